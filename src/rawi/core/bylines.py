"""By-lines: the names of persons and agencies in a line that says who wrote something."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import unquote

from rawi.core import agencies, urls

LONGEST = 300
"""Characters of a by-line; what is longer is a text about its author."""
MOST = 20
"""Names of one article."""
_SHORTEST_SITE = 3

# --------------------------------------------------------------------------------------------- tables

_BY_WORDS = """
    [(]?(?:additional\\ )?reporting\\ by | (?:posted|published|reported|story|text|words|written)\\ by | by
    | (?:écrit|propos\\ recueillis|publié|rédigé)\\ par | par
    | (?:ein\\ )?(?:bericht|beitrag|gastbeitrag|kommentar|text)\\ von | (?:geschrieben\\ )?von
    | (?:escrito|texto)\\ por | por | door | tekst | texte | text | testo\\ di | a\\ cura\\ di | di | av | af | przez
    | yazan | haber | haberi\\ yazan
    | بقلم | كتبت | كتبه | كتب | تقرير | إعداد | اعداد | تحقيق | حوار | حاورته | حاوره
"""
_BY_COLONS = (
    "auteurs? autor(?:en|es|a)? authors? автор текст tekst yazar muhabir redaktion الكاتبة الكاتب المحرر المصدر 文 取材"
)
_BY = re.compile(
    rf"^\W{{0,3}}(?:(?:{_BY_WORDS})(?:\s*[:：]\s*|\s+|$)|(?:{'|'.join(_BY_COLONS.split())})\s*[:：／]\s*)",
    re.IGNORECASE | re.VERBOSE,
)
_BY_RUN_TOGETHER = re.compile(r"^(?:By|Von|Par|Por)(?=[A-Z]\w+\s)")
_NOT_BY = re.compile(
    r"^\W*(?:(?:additional|edit|translat|photograph|illustrat|fact.?check|review)\w*(?:\s+\w+)?\s+by\b"
    r"|photos? by|traduit par|تحرير|ترجمة|تصوير|foto:|fotos:)",
    re.IGNORECASE,
)

_SPLIT = re.compile(
    r"\s*[;|•·،、\n]\s*|,(?!\s*(?:Jr|Sr|M\.?D|Ph\.?D|Esq)\b)\s*"
    r"|\s+(?:and|et|und|og|och|ve|avec|mit|with)\s+|\s+[/&+]\s+|(?<=[A-Z])/(?=[A-Z])|\s+و\s+",
    re.IGNORECASE,
)
_SPLIT_IN_PAIRS = re.compile(r"\s(?:y|e|en|i|o)\s")
"""These part names only where a whole name stands on both sides: "Ortega y Gasset" is one."""

_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,40}[)\]]\s*$")
_INITIALS = re.compile(r"\s*\([\w.]{1,6}\)$")
_PLACE = re.compile(r"\s+(?:[-–—]|in|from|à|depuis|aus|desde|da|من|في)\s+\S.*$")
_DASHED = re.compile(r"\s[-–—]\s")
_MAIL = re.compile(r"\S*@\S*")
_EDGES = ' \t-–—|,.:;·•*/＝＆"“”»«‹›'
_PICTURE = re.compile(r"^\(|\b(?:image|photo|foto|bild|credit|getty)\b", re.IGNORECASE)
_PICTURE_NOTE = re.compile(r"\([^()]{0,80}\b(?:image|photo|foto|bild|credit|getty)\b[^()]{0,80}\)", re.IGNORECASE)
_SLUG = re.compile(r"[a-z]{2,}(?:-[a-z]{2,}){1,3}")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,6}", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d\d|^\W*\d+\W*$|\d+\s*(?:min|mins|minutes?|hours?|days?|ago|دقيقة|ساعة)\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+\d",
    re.IGNORECASE,
)
_PEOPLE_PATHS = re.compile(
    r"/(?:(?:authors?|auteurs?|autor(?:en|es|i)?|by|columnists?|contributors?|forfatter|journalistes?|journalists?"
    r"|kolumnen?|medarbejder|people|persons?|personen|profiles?|redakteure?|redactie|reporters?|staff|team|writers?|yazar(?:lar)?"
    r"|كاتب|كتاب|الكاتب)/)(?=[^/?#])",
    re.IGNORECASE,
)

_ELSEWHERE = re.compile(
    r"(?:https?:)?//(?:[a-z0-9-]+\.)*(?:bsky\.app|facebook\.com|instagram\.com|linkedin\.com|threads\.net|tiktok\.com"
    r"|twitter\.com|x\.com|youtube\.com)/",
    re.IGNORECASE,
)

_ROLE = re.compile(
    r"^(?:(?:senior|junior|chief|deputy|associate|assistant|managing|contributing|executive|staff|freelance|former|special"
    r"|political|business|sports?|foreign|editorial|head|master|founder|co-founder|ceo|cto|director|vice|lead|principal"
    r"|guest|our|columnist|professor|md|phd|rd)\b.*|.*\b(?:editor|reporter|correspondent|writer|journalist|columnist"
    r"|contributor|analyst|producer|consultant|redakteur(?:in)?|korrespondent(?:in)?|reporter(?:in)?|journaliste|rédacteur"
    r"|rédactrice|chroniqueur|correspondante?|periodista|redactor(?:a)?|corresponsal|giornalista|redattore|redacteur"
    r"|verslaggever|journalist(?:in)?|muhabir[i]?|editör[ü]?|gardener|astrologer|manager|officer|specialist|strategist"
    r"|director|president|founder|coach|educator|author)s?)$",
    re.IGNORECASE,
)
_ARABIC_ROLE = re.compile(
    r"^(?:مراسل|مراسلة|مراسلو|محرر|محررة|صحفي|صحفية|صحافي|صحافية|كاتب|كاتبة|رئيس|رئيسة|مدير|باحث|باحثة|إعلامي|إعلامية|خاص|موفد|"
    r"أستاذ)(?:\s|$)"
)
_NOBODY = re.compile(
    r"^(?:(?:site |super ?|web ?)?(?:admin|administrator|user|guest|root|webmaster|master)\d*|author|editor|anonymous"
    r"|unknown|none|null|undefined|n/?a|test|by|contributor|publisher|(?:view|see|read|more|about|follow|share)\b.*"
    r"|all posts.*|مدير|المدير|المحرر|الكاتب|الإدارة|ادمن|أدمن)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"[\d:@/…?!|*<>{}=]|\b(?:about|all|and|author|by|comments?|contact|copyright|edit|editor|follow|for|from|latest|more"
    r"|most|news|on|photo|posts?|privacy|profile|published|read|redaktion|see|share|sign|subscribe|the|this|to|updated|view"
    r"|von|with|you|your|written|في|من|على|عن|إلى|المزيد|منذ|نشر)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    """
    af al ap bar ben bin bint d da das de del della den der des di do dos du el ibn la las le los o of ould te ten ter
    und van vom von y zu zum
    """.split()  # noqa: SIM905 - a table, a few words a line
)
_CJK_NAME = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,6}")
_CJK_ROLE = re.compile("(?:\\s?(?:記者|记者|기자|特派員|論説委員))$")

# ---------------------------------------------------------------------------------------------- names


def people(said: str) -> list[str]:
    """The names in a line such as "By Dana Kettani and Samir Haddad (AFP)", as they are written; of an address only
    the one that its last part spells ("/authors/dana-kettani")."""
    if "://" in said or said.startswith("/"):
        return _in_address(said)
    if len(said) > LONGEST:
        return []
    said = without_by(_MAIL.sub(" ", _PICTURE_NOTE.sub("", said)))
    if is_agency(said):
        return [said]
    if _SLUG.fullmatch(said):
        return [_from_slug(said)]
    parts = [half for part in _SPLIT.split(said) if part and not _NOT_BY.match(part) for half in _halves(part)]
    all_named = [name for part in parts if 1 < len(name := _bare_name(part)) < 80]
    # A role alone is who the paper says it was; beside a name it only says what she is.
    found = [name for name in all_named if not is_role(name)] or all_named[:1]
    # Behind a whole name a word alone is a place, or the paper.
    is_line = len(found) > 1 and (" " in found[0] or bool(_HOST.fullmatch(found[0])))
    told = [name for n, name in enumerate(found) if not (n and is_line and _is_lone(name))]
    # What is written there as no name is says what the person is: "professor at the university of the coast".
    is_person = is_name(told[0]) if told else False
    return [name for n, name in enumerate(told) if not (n and is_person and _is_described(name))]


def without_by(said: str) -> str:
    """A line without the words in front that say that a name follows."""
    said = said.strip()
    for _ in range(2):
        said = _BY_RUN_TOGETHER.sub("", _BY.sub("", said)).strip(_EDGES)
    return said


def says_by(said: str) -> bool:
    """Whether a line begins with words that say that a name follows."""
    return bool(_BY.match(said)) and not _NOT_BY.match(said)


def _halves(part: str) -> list[str]:
    halves = _SPLIT_IN_PAIRS.split(part)
    return halves if all(" " in half.strip() for half in halves) else [part]


def _bare_name(said: str) -> str:
    """A name without what stands behind it: initials, a role, a place; "" for what names nobody."""
    name = _INITIALS.sub("", said.strip())
    if _PICTURE.search(name) or _WHEN.search(name):
        return ""
    name = _CJK_ROLE.sub("", _IN_BRACKETS.sub("", name))
    before = _PLACE.sub("", name)
    name = before if " " in before or _DASHED.search(name) else name
    name = without_by(name)
    return "" if _NOBODY.match(name) or not any(map(str.isalpha, name)) else name


def _is_lone(name: str) -> bool:
    return " " not in name and not is_agency(name) and not _CJK_NAME.fullmatch(name) and not _HOST.fullmatch(name)


def _is_described(said: str) -> bool:
    words = said.split()
    return len(words) > 1 and words[-1][0].islower()


def _from_slug(slug: str) -> str:
    return slug.replace("-", " ").title()


def _in_address(url: str) -> list[str]:
    """The name that an address of an author's page spells; none where it is not certain that it does."""
    path = unquote(urls.parts(url.strip()).path) if len(url) < LONGEST else ""
    found = _PEOPLE_PATHS.search(path)
    last = path.rstrip("/").rpartition("/")[2].removesuffix(".html")
    return [_from_slug(last)] if found and _SLUG.fullmatch(last) else []


def leads_to_author(href: str) -> bool:
    """Whether an address is that of a page about one author."""
    return bool(_PEOPLE_PATHS.search(href[:LONGEST])) and not _ELSEWHERE.match(href)


# --------------------------------------------------------------------------------------- kinds of names


@lru_cache(maxsize=2048)
def is_agency(name: str) -> bool:
    """Whether a name is a news agency's. A form that is a word or a first name too ("Petra", "Sid", "Map") counts only
    in capitals, or with the word agency."""
    name = name.strip(" .")
    means = agencies.named(name)
    if name.islower() and name.isascii() and " " not in name:
        capitals = agencies.named(name.upper())  # "afp", as addresses of authors' pages have it
        means = capitals if capitals and not capitals.is_weak else means
        return bool(means and means.is_agency and not (means.is_weak and means is not capitals))
    return bool(means and means.is_agency and (not means.is_weak or (name.isupper() and name.isascii())))


def is_role(name: str) -> bool:
    """Whether a name says what somebody is, such as "Senior Editor"."""
    return not is_agency(name) and bool(_ROLE.match(name) or _ARABIC_ROLE.match(name))


def is_paper(name: str, site_names: Sequence[str]) -> bool:
    """Whether a name is that of the paper, or an address."""
    if _HOST.fullmatch(name):
        return True
    said = _key(name)
    sites = [key for name in site_names for key in (_key(name), _key(name).removeprefix("the")) if key]
    return any(said == site or (len(said) > 4 and site.startswith(said)) for site in sites)


def is_of_paper(name: str, site_names: Sequence[str]) -> bool:
    """Whether a name is the paper's or that of a part of it, which begins with the paper's: "MDR Thüringen"."""
    words = name.casefold().split()
    sites = [site.casefold().split() for site in site_names if len(site) >= _SHORTEST_SITE]
    return is_paper(name, site_names) or any(words[: len(site)] == site for site in sites)


def _key(name: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name).casefold()))


def is_name(said: str) -> bool:
    """Whether a text that stands where names stand may be a person's or an agency's: two to five words that are written
    as names are."""
    if is_agency(said) or _CJK_NAME.fullmatch(said):
        return True
    words = said.split()
    if not 2 <= len(words) <= 5 or len(said) > 50 or _NO_NAME.search(said) or is_role(said):
        return False
    return not words[-1][0].islower() and all(
        not word[0].islower() or word.casefold() in _PARTICLES or "'" in word or "’" in word for word in words
    )


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names without those that differ from an earlier one in case, accents or punctuation alone; of such the one in
    mixed case is kept."""
    kept: dict[str, str] = {}
    for name in names:
        before = kept.get(key := _key(name))
        if before is None or (before.isupper() and not name.isupper()):
            kept[key] = name
    kept.pop("", None)
    return tuple(kept.values())[:MOST]
