"""The ten publishers of the made-up press: what is fixed about each of them.

How their pages look is in `templates/`, what they write in `originals/` and `derived/`.
"""

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal
from urllib.parse import quote

FeedForm = Literal["rss", "atom", "rdf", "json", "none"]

ZONE = timezone(timedelta(hours=2))
"""The time of Marsana, all year."""

SECTIONS = (
    "politics",
    "world",
    "economy",
    "society",
    "culture",
    "sport",
    "science",
    "health",
    "environment",
    "justice",
    "local",
    "opinion",
)

ENGLISH = dict(zip(SECTIONS, (name.capitalize() for name in SECTIONS), strict=True))
ARABIC = {
    "politics": "سياسة",
    "world": "العالم",
    "economy": "اقتصاد",
    "society": "مجتمع",
    "culture": "ثقافة",
    "sport": "رياضة",
    "science": "علوم",
    "health": "صحة",
    "environment": "بيئة",
    "justice": "قضاء",
    "local": "محليات",
    "opinion": "رأي",
}
FRENCH = {
    "politics": "Politique",
    "world": "Monde",
    "economy": "Économie",
    "society": "Société",
    "culture": "Culture",
    "sport": "Sport",
    "science": "Sciences",
    "health": "Santé",
    "environment": "Environnement",
    "justice": "Justice",
    "local": "Région",
    "opinion": "Opinions",
}
FRENCH_SLUGS = {
    "politics": "politique",
    "world": "monde",
    "economy": "economie",
    "society": "societe",
    "culture": "culture",
    "sport": "sport",
    "science": "sciences",
    "health": "sante",
    "environment": "environnement",
    "justice": "justice",
    "local": "region",
    "opinion": "opinions",
}


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """One publisher: where it is, what it is called, and the forms it keeps to."""

    id: str
    address: str
    """The loopback address that it alone is served on."""
    name: str
    short: str
    language: str
    feed: FeedForm
    feed_path: str = ""
    charset: str = "utf-8"
    agency: bool = False
    sections: dict[str, str]
    """Its own word for each section."""
    section_path: str
    """The path of a section page; `{slug}` and `{label}` are filled in."""
    page_parameter: str = "page"
    article_path: str
    """The path of an article; see `article_path()`."""
    picture_folder: str = "/media"
    sitemap_path: str = "/sitemap.xml"
    per_page: int = 10
    gzip: bool = False
    colour: str = "#334455"
    """Of its little icon."""

    @property
    def direction(self) -> str:
        return "rtl" if self.language == "ar" else "ltr"


PUBLISHERS = (
    Publisher(
        id="mna",
        address="127.0.0.11",
        name="Marsana News Agency",
        short="MNA",
        language="en",
        feed="rss",
        feed_path="/rss/all.xml",
        agency=True,
        sections=ENGLISH | {"society": "General News", "local": "Domestic", "justice": "Courts"},
        colour="#0b3d6e",
        section_path="/wire/{slug}",
        article_path="/wire/{y}/{m}/{d}/{slug}.html",
        sitemap_path="/sitemaps/index.xml",
        per_page=12,
    ),
    Publisher(
        id="wam",
        address="127.0.0.12",
        name="وكالة مرسانة للأنباء",
        short="و م أ",
        language="ar",
        feed="rss",
        feed_path="/rss.php",
        charset="windows-1256",
        agency=True,
        sections=ARABIC | {"world": "أخبار دولية", "society": "أخبار عامة", "local": "محافظات"},
        picture_folder="/upload/images",
        colour="#14532d",
        section_path="/list.php?cat={slug}",
        page_parameter="p",
        article_path="/news.php?id={number}",
        sitemap_path="/sitemap_index.xml",
        per_page=12,
    ),
    Publisher(
        id="harbour",
        address="127.0.0.13",
        name="The Harbour Post",
        short="Harbour Post",
        language="en",
        feed="atom",
        feed_path="/feed.atom",
        sections=ENGLISH | {"local": "Port & city", "society": "Marsana", "economy": "Business"},
        picture_folder="/i/img",
        colour="#0f2a43",
        section_path="/{slug}",
        article_path="/{section}/{y}/{mon}/{d}/{slug}",
        gzip=True,
    ),
    Publisher(
        id="tribune",
        address="127.0.0.14",
        name="Tell Zahra Tribune",
        short="Tribune",
        language="en",
        feed="none",
        sections=ENGLISH | {"local": "Around the valley", "politics": "Public affairs", "opinion": "Letters & views"},
        colour="#7a1f1f",
        section_path="/sections/{slug}.html",
        article_path="/story/{slug}.html",
        sitemap_path="/sitemap_all.xml",
        per_page=8,
    ),
    Publisher(
        id="almina",
        address="127.0.0.15",
        name="صحيفة الميناء",
        short="الميناء",
        language="ar",
        feed="rss",
        feed_path="/feed/",
        sections=ARABIC | {"politics": "شؤون سياسية", "local": "المدينة", "economy": "مال وأعمال"},
        picture_folder="/uploads/2026",
        colour="#b5121b",
        section_path="/قسم/{label}",
        article_path="/خبر/{number}/{headline}",
        gzip=True,
    ),
    Publisher(
        id="zahra",
        address="127.0.0.16",
        name="الزهراء اليوم",
        short="الزهراء اليوم",
        language="ar",
        feed="none",
        sections=ARABIC | {"society": "منوعات", "opinion": "مدونات", "sport": "ملاعب"},
        colour="#d6246e",
        section_path="/category/{slug}",
        article_path="/{section}/{headline}-{number}",
        sitemap_path="/sitemap-index.xml",
        gzip=True,
    ),
    Publisher(
        id="mirat",
        address="127.0.0.17",
        name="مرآة الجنوب",
        short="المرآة",
        language="ar",
        feed="json",
        feed_path="/feed.json",
        sections=ARABIC | {"local": "أخبار الجنوب", "environment": "أرض وماء"},
        picture_folder="/wp-content/uploads",
        colour="#8a5a17",
        section_path="/?cat={slug}",
        page_parameter="paged",
        article_path="/?p={number}",
        sitemap_path="/wp-sitemap.xml",
        per_page=8,
    ),
    Publisher(
        id="quotidien",
        address="127.0.0.18",
        name="Le Quotidien de Port-Amal",
        short="Le Quotidien",
        language="fr",
        feed="atom",
        feed_path="/flux/une.atom",
        sections=FRENCH | {"world": "International", "opinion": "Débats", "environment": "Planète"},
        picture_folder="/photos/1200",
        colour="#111111",
        section_path="/{slug}/",
        article_path="/{section}/article/{y}/{m}/{d}/{slug}_{number}.html",
        sitemap_path="/sitemaps/plan.xml",
        gzip=True,
    ),
    Publisher(
        id="echo",
        address="127.0.0.19",
        name="L’Écho du Littoral",
        short="L’Écho",
        language="fr",
        feed="json",
        feed_path="/flux.json",
        sections=FRENCH | {"local": "Près de chez vous", "society": "Vie locale", "sport": "Sports"},
        colour="#00708c",
        section_path="/rubrique/{slug}",
        article_path="/{slug},{number}.php",
        per_page=8,
    ),
    Publisher(
        id="alp",
        address="127.0.0.20",
        name="Agence Littoral Presse",
        short="ALP",
        language="fr",
        feed="rdf",
        feed_path="/backend.rdf",
        charset="iso-8859-15",
        agency=True,
        sections=FRENCH | {"society": "Informations générales", "local": "Marsane"},
        picture_folder="/img",
        colour="#c2410c",
        section_path="/fil.asp?rub={slug}",
        article_path="/depeche.asp?date={y}{m}{d}&ref={number}",
        per_page=12,
    ),
)

BY_ID = {publisher.id: publisher for publisher in PUBLISHERS}

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def section_slug(publisher: Publisher, section: str) -> str:
    """What a section is called in addresses."""
    return FRENCH_SLUGS[section] if publisher.language == "fr" else section


def section_path(publisher: Publisher, section: str, page: int = 1) -> str:
    """The path (with query) of a section's page; pages are counted from 1."""
    slug, label = section_slug(publisher, section), publisher.sections[section].replace(" ", "-")
    return paged(publisher, _quoted(publisher.section_path.format(slug=slug, label=label)), page)


def paged(publisher: Publisher, path: str, page: int) -> str:
    """The path of a later page of a list."""
    if page == 1:
        return path
    return f"{path}{'&' if '?' in path else '?'}{publisher.page_parameter}={page}"


def article_path(publisher: Publisher, slug: str, section: str, headline: str, published_at: datetime) -> str:
    """The path (with query) of an article, from what does not change about it: `headline` is its first one."""
    local = published_at.astimezone(ZONE)
    words = "".join(c if c.isalnum() else " " for c in headline).split()
    return _quoted(
        publisher.article_path.format(
            y=f"{local.year:04}",
            m=f"{local.month:02}",
            d=f"{local.day:02}",
            mon=MONTHS[local.month - 1],
            section=section_slug(publisher, section),
            slug=slug,
            headline="-".join(words[:8]),
            number=number(publisher.id, slug),
        )
    )


def number(*key: str) -> int:
    """A number of six digits that belongs to a key, the same on every day."""
    return 100_000 + zlib.crc32("/".join(key).encode()) % 900_000


def _quoted(path: str) -> str:
    return quote(path, safe="/?&=,.-_+~")
