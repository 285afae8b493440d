"""From the bytes of a page to the article on it.

The text is found by trafilatura (Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction", ACL 2021); headline, authors, dates, section and pictures are read from what the page
declares (`core.page`).
"""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Any

from lxml import etree

from rawi.core import dates, furniture, page, payload, sections, text, urls
from rawi.core.page import Declared
from rawi.errors import BadInput
from rawi.model import Article, Image, address_id

MADE_BY = "extract/3"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNWANTED = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF, 0xFEFF, 0xAD]
)
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
_MOST_DATELINES, _LONGEST_DATELINE = 4, 90
_READING_TIME = re.compile(r"temps de lecture|\bmin(?:ute)?s? read|مدة القراءة", re.IGNORECASE)
_MOST_ELEMENTS = 10_000
"""Of a page with more, trafilatura is not asked for its second opinions, whose time grows with the square. Real ones
have a thousand."""
_TELLING = 1200
"""Characters of a text that are enough to tell its language by."""

_PARTS = re.compile(r"\s+[|·–—»-]\s+|\s*::\s*")
_AGENCY_FIRST = re.compile(r"^[(\[]?\s*([A-Z]{2,6}|Reuters|Xinhua|أ ف ب|ا ف ب|رويترز|د ب أ|وكالات)\s*[)\]]?\s*[-–—:]\s")
_SOURCE_LAST = re.compile(
    r"^((?:نقلا عن|المصدر\s*:|Source\s*:|This article (?:first|originally) appeared in)\s.{2,80}?)[.]?$"
)


_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters and characters that are none."""


def extract(
    html: bytes | str,
    url: str,
    headers: Mapping[str, str] | None = None,
    *,
    captured_at: datetime = _EPOCH,
    capture: str = "",
) -> Article:
    """The article of a page.

    `html` is the page's body with content codings undone; `headers` are the response's (only Content-Type is used).
    Never raises: a page without an article gives one with an empty `text`, and `notes` that say why. The same bytes
    give the same article for the same `made_by`.
    """
    notes: list[str] = []
    if isinstance(html, bytes):
        content_type = next((v for k, v in (headers or {}).items() if k.lower() == "content-type"), "")
        html, doubt = payload.decode(html, content_type)
        notes += [doubt] if doubt else []
    # A parser of HTML may stop at them, and no text means anything by them.
    tree = page.parse(_NOT_TEXT.sub("", html))
    if tree is None:
        return article(url, captured_at=captured_at, capture=capture, notes=(*notes, "there is no page in it"))
    found = page.declared(tree)
    title = clean(_headline(found))
    body, problem = _body(tree, url)
    notes += [problem] if problem else []
    body = _without_dateline(_without_headline(clean(body), title), found)
    if not title and body:
        title = _first_words(body)
        notes.append("no headline: the text's first words stand for it")
    return article(
        url,
        captured_at=captured_at,
        capture=capture,
        notes=tuple(notes),
        title=title,
        text=body,
        declared=found,
    )


def article(
    url: str,
    *,
    captured_at: datetime,
    capture: str,
    notes: tuple[str, ...] = (),
    title: str = "",
    text: str = "",
    declared: Declared = Declared(),  # noqa: B008 - frozen
) -> Article:
    """An article from its parts, with everything in it that follows from others."""
    at = declared.published.at if declared.published else None
    on = declared.published.on if declared.published else None
    date_text = clean(declared.published.text)[:200] if declared.published else ""
    if on is None and text and (on := _day_in(url)):
        date_text = ""
        notes += ("its date is the one in its address",)
    if on and on > captured_at.date() and captured_at > _EPOCH and (on - captured_at.date()).days > 1:
        notes += (f"its date, {on.isoformat()}, is later than its capture: not taken",)
        at = on = None
    language = _language(title, text, declared.language)
    return Article(
        id=address_id(url),
        url=url,
        canonical_url=urls.absolute(declared.address, url) or url,
        publisher=_publisher(url),
        publisher_name=clean(declared.site),
        title=title,
        authors=tuple(clean(author) for author in declared.authors),
        published_at=at,
        published_on=on,
        date_text=date_text if on else "",
        modified_at=declared.modified.at if declared.modified else None,
        language=language,
        section=clean(declared.section) or None,
        topic=sections.judge(declared.section, url, title, text, language).key,
        text=text,
        images=_pictures(declared.images, url),
        credit=_credit(text),
        capture=capture,
        captured_at=captured_at,
        dated_at=dated_at(at, on, captured_at),
        notes=notes,
        made_by=MADE_BY,
    )


def _day_in(url: str) -> date | None:
    """The day in an address such as /2015/10/02/ or /2015-10-02-; None when there is none."""
    found = _DAY_IN_ADDRESS.search(url)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def dated_at(published_at: datetime | None, published_on: date | None, captured_at: datetime) -> datetime:
    """Where an article stands in lists; see `Article.dated_at`."""
    return published_at or (datetime.combine(published_on, time(), UTC) if published_on else captured_at)


def clean(said: str) -> str:
    """A text that every database takes and no reader trips over: no control characters but the newline, NFC, no blank
    lines, no blanks at the ends of lines."""
    said = unicodedata.normalize("NFC", said.translate(_UNWANTED))
    return "\n".join(line for part in said.splitlines() if (line := " ".join(part.split())))


def _headline(found: Declared) -> str:
    """The article's own headline: the most trusted that another declaration bears out, else the first."""
    plain = [_bare(headline, found.site) for headline in found.headlines]
    for headline in plain:
        if headline and sum(headline == other for other in plain) > 1:
            return headline
    return next((headline for headline in plain if headline), "")


def _bare(headline: str, site: str) -> str:
    """Without the site's name at either end, where a dash or bar sets it off."""
    parts = _PARTS.split(headline)
    if len(parts) > 1 and site:
        name = site.casefold()
        if parts[-1].casefold() in name or name in parts[-1].casefold():
            return headline[: headline.rfind(parts[-1])].rstrip(" |·–—»-:\t")
        if parts[0].casefold() == name:
            return headline[len(parts[0]) :].lstrip(" |·–—»-:\t")
    return headline


def _body(tree: Any, url: str) -> tuple[str, str]:
    import trafilatura  # here, because it takes longer to load than a search or a page of the site takes to answer

    try:
        furniture.clear(tree)
        is_huge = sum(1 for _ in tree.iter()) > _MOST_ELEMENTS
        document = trafilatura.bare_extraction(tree, url=url, fast=is_huge, include_comments=False, with_metadata=False)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError) as error:
        # What a library does with a page that nobody foresaw must cost that page only.
        return "", f"the page could not be read: {type(error).__name__}"
    found = str(getattr(document, "text", "") or "")
    return found, "" if found.strip() else "no article text in the page"


def _without_headline(body: str, title: str) -> str:
    first, newline, rest = body.partition("\n")
    return rest if newline and " ".join(first.split()).casefold() == title.casefold() else body


def _without_dateline(body: str, found: Declared) -> str:
    """Without the lines before the first paragraph that only say who published it, when, and how long it is to read."""
    lines = body.split("\n")
    for count, line in enumerate(lines[:_MOST_DATELINES]):
        if not _is_dateline(line, found):
            return "\n".join(lines[count:])
    return "\n".join(lines[_MOST_DATELINES:])


def _is_dateline(line: str, found: Declared) -> bool:
    if len(line) > _LONGEST_DATELINE:
        return False
    if line == found.site or line in found.authors or _READING_TIME.search(line):
        return True
    moment = dates.read_date(line)
    return bool(moment and moment.on and not line.endswith((".", "؟", "!", "?", "»", "”")))


def _first_words(body: str) -> str:
    line = body.partition("\n")[0]
    return line if len(line) <= 100 else line[:100].rpartition(" ")[0] + "…"


def _language(title: str, body: str, declared: str) -> str:
    return text.language(f"{title}\n{body[:_TELLING]}", declared) if title or body else declared[:2]


def _pictures(images: tuple[Image, ...], url: str) -> tuple[Image, ...]:
    kept: dict[str, Image] = {}
    for image in images:
        if address := urls.absolute(image.url, url):
            kept.setdefault(
                address,
                Image(
                    url=address,
                    caption=clean(image.caption),
                    credit=clean(image.credit),
                    alt=clean(image.alt),
                    width=image.width,
                    height=image.height,
                ),
            )
    return tuple(kept.values())


def _credit(body: str) -> str | None:
    """The words at the start or the end of the text that say which agency or publisher it came from."""
    found = _AGENCY_FIRST.match(body[:120]) or _SOURCE_LAST.match(body.rpartition("\n")[2])
    return " ".join(found.group(1).split()) if found else None


def _publisher(url: str) -> str:
    with suppress(BadInput):
        return urls.publisher_of(urls.host(url))
    return ""
