"""An archive of made-up pages in three languages, and a browser for its site."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import httpx
import pytest
from lxml import html
from PIL import Image
from starlette.applications import Starlette

from rawi.archive import Archive
from rawi.jobs.keep import keep
from rawi.model import Exchange, address_id
from rawi.web.app import make_app
from rawi.wiring import open_memory_archive

NOW = datetime(2024, 6, 12, 9, tzinfo=UTC)

SENTENCES = {
    "en": "The council of the old town has voted to repair the aqueduct before the winter rains reach the valley.",
    "fr": "Le conseil de la vieille ville a voté la réparation de l’aqueduc avant que les pluies d’hiver n’arrivent.",
    "ar": "صوّت مجلس المدينة القديمة على ترميم القناة قبل أن تصل أمطار الشتاء إلى الوادي كما قال رئيس البلدية.",
}
TITLES = {
    "en": "Council votes to repair aqueduct number {}",
    "fr": "Le conseil vote la réparation de l’aqueduc numéro {}",
    "ar": "المجلس يقر ترميم القناة رقم {}",
}
HOSTS = {"en": "harbour.example", "fr": "courrier.example", "ar": "manara.example"}
NAMES = {"en": "The Harbour Post", "fr": "Le Courrier du Port", "ar": "المنارة"}


def page(
    title: str,
    *,
    language: str = "en",
    on: date | None = None,
    name: str = "",
    section: str = "",
    image: str = "",
    extra: str = "",
) -> str:
    """A publisher's page, as plain as they come."""
    dated = f'<meta property="article:published_time" content="{on}T06:00:00+00:00">' if on else ""
    return f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{title}">{dated}
<meta property="og:site_name" content="{name or NAMES[language]}">
{f'<meta property="article:section" content="{section}">' if section else ""}
{f'<meta property="og:image" content="{image}">' if image else ""}
<meta name="author" content="Mona Halim"></head>
<body><article><h1>{title}</h1>{f"<p>{SENTENCES[language]}</p>" * 4}{extra}</article></body></html>"""


@dataclass(frozen=True)
class Sample:
    """The archive, and addresses of some of its articles."""

    archive: Archive
    seed: str
    revised: str
    pictured: str
    picture: str
    sectioned: str


SEED = "http://albawaba.example/news/russia"
REVISED = "http://harbour.example/revised"
PICTURED = "http://manara.example/pictured"


def fill(archive: Archive) -> None:
    """Puts a hundred and some articles of nine years into an archive."""
    for number in range(100):
        language = ("en", "ar", "fr")[number % 3]
        on = (NOW - timedelta(days=number * 33 + 1)).date()
        section = ("Politics", "Economy", "Sport", "")[number % 4]
        archive.add_page(
            f"http://{HOSTS[language]}/{number}",
            page(TITLES[language].format(number), language=language, on=on, section=section),
            NOW,
        )
    archive.add_page(SEED, page("Russia admits", name="Albawaba", on=date(2015, 10, 2)), NOW)
    archive.add_page(
        PICTURED, page("صورة من الميناء", language="ar", on=date(2023, 1, 5), image="http://manara.example/p.png"), NOW
    )
    archive.add_page(REVISED, page("Mayor promises", on=date(2022, 3, 1)), NOW - timedelta(days=3))
    extra = "<p>A correction was added to this article after the engineers had written to the paper.</p>"
    archive.add_page(REVISED, page("Mayor denies", on=date(2022, 3, 1), extra=extra), NOW)


def keep_picture(archive: Archive, url: str, media_type: str, body: bytes) -> str:
    """Keeps a picture as the gatherer does; gives the id of its capture."""
    exchange = Exchange(
        url=url,
        at=NOW,
        status=200,
        request=b"",
        head=b"",
        body=body,
        media_type=media_type,
        purpose="picture",
        source="gather",
        publisher="manara.example",
    )
    return keep([exchange], store=archive.store, captures=archive.captures)[0].id


def png() -> bytes:
    """A small picture."""
    made = BytesIO()
    Image.new("RGB", (4, 3), (120, 30, 30)).save(made, "PNG")
    return made.getvalue()


@pytest.fixture(scope="session")
def sample() -> Iterator[Sample]:
    """One archive for all tests that only read."""
    with open_memory_archive(now=lambda: NOW) as archive:
        fill(archive)
        picture = keep_picture(archive, "http://manara.example/p.png", "image/png", png())
        archive.follow()
        yield Sample(
            archive=archive,
            seed=address_id(SEED),
            revised=address_id(REVISED),
            pictured=address_id(PICTURED),
            picture=picture,
            sectioned=address_id("http://harbour.example/0"),
        )


@pytest.fixture
def empty() -> Iterator[Archive]:
    """An archive that a test may fill itself."""
    with open_memory_archive(now=lambda: NOW) as archive:
        yield archive


_STEP = re.compile(r"([ >]*)([a-z0-9]*)((?:\.[a-z]+|\[[^]]+\])*)")


def select(root: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """The elements that a simple CSS selector names (names, classes, attributes, blanks, ">", commas)."""
    return list(root.xpath(" | ".join(_xpath(part.strip()) for part in selector.split(","))))


def _xpath(selector: str) -> str:
    path = "."
    for between, name, conditions in _STEP.findall(selector):
        if not name and not conditions:
            continue
        path += ("/" if ">" in between else "//") + (name or "*")
        for condition in re.findall(r"\.[a-z]+|\[[^]]+\]", conditions):
            key, _, value = condition.strip("[]").partition("=")
            if condition.startswith("."):
                path += f"[contains(concat(' ', @class, ' '), ' {condition[1:]} ')]"
            else:
                path += f"[@{key}='{value}']" if value else f"[@{key}]"
    return path


class Browser:
    """Sends requests to the site, without following redirects."""

    def __init__(self, app: Starlette) -> None:
        self._app = app

    def ask(self, method: str, path: str, **headers: str) -> httpx.Response:
        """The answer to one request; header names are written with underscores."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://archive.test") as client:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                return await client.request(method, path, headers=named)

        return asyncio.run(send())

    def get(self, path: str, **headers: str) -> httpx.Response:
        """The answer to a GET."""
        return self.ask("GET", path, **headers)


@pytest.fixture(scope="session")
def browser(sample: Sample) -> Browser:
    """A browser of the sample's site."""
    return Browser(make_app(sample.archive))
