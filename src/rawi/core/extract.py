"""From the bytes of a page to the article on it.

The text is found by trafilatura (Barbaresi, "Trafilatura: A Web Scraping Library and Command-Line Tool for Text
Discovery and Extraction", ACL 2021); headline, authors, dates, section and pictures are read from what the page
declares (`core.page`).
"""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from lxml import etree

from rawi.core import (
    by_recipe,
    credits,  # noqa: A004 - the word of the field; nobody asks Python for its credits
    dates,
    furniture,
    headlines,
    kinds,
    page,
    page_dates,
    payload,
    sections,
    text,
    urls,
)
from rawi.core.dates import Moment
from rawi.core.page import Declared
from rawi.core.recipes import Rules
from rawi.errors import BadInput
from rawi.model import Article, Image, address_id

MADE_BY = "extract/3"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNWANTED = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF, 0xFEFF, 0xAD]
)
_MOST_DATELINES, _LONGEST_DATELINE = 4, 90
_READING_TIME = re.compile(r"temps de lecture|\bmin(?:ute)?s? read|مدة القراءة", re.IGNORECASE)
_MOST_ELEMENTS = 10_000
"""Of a page with more, trafilatura is not asked for its second opinions, whose time grows with the square. Real ones
have a thousand."""
_TELLING = 1200
"""Characters of a text that are enough to tell its language by."""


_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters and characters that are none."""


def extract(
    html: bytes | str,
    url: str,
    headers: Mapping[str, str] | None = None,
    *,
    captured_at: datetime = _EPOCH,
    capture: str = "",
    recipe: Rules | None = None,
) -> Article:
    """The article of a page.

    `html` is the page's body with content codings undone; `headers` are the response's (Content-Type, X-Robots-Tag and
    TDM-Reservation are used); `recipe` says what its publisher's pages leave open (`recipes.choose`), and stands in
    `made_by`.
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
    if recipe and (problem := by_recipe.why_none(recipe, tree, url)):
        return article(url, captured_at=captured_at, capture=capture, notes=(*notes, problem))
    told = by_recipe.told(recipe, tree) if recipe else by_recipe.Told()
    notes += told.notes
    found = page.declared(tree, url, captured_at if captured_at > _EPOCH else None)
    found = by_recipe.declared(recipe, told, found) if recipe else found
    named = credits.seen(tree)
    looked = kinds.look(tree, found, {name.lower(): said for name, said in (headers or {}).items()})
    title = clean(told.headline or headlines.choose(found.headlines, found.site_names, url))
    body, problem = (told.text, "") if told.text else _body(tree, url)
    body = _without_dateline(_without_headline(clean(body), title), found)
    if reason := kinds.no_article(looked, found, body, url):
        return article(
            url, captured_at=captured_at, capture=capture, notes=(*notes, reason), title=title, declared=found
        )
    notes += [problem] if problem else []
    notes += kinds.notes(looked, body)
    if not title and body:
        title = _first_words(body)
        notes.append("no headline: the text's first words stand for it")
    made = article(
        url,
        captured_at=captured_at,
        capture=capture,
        notes=tuple(notes),
        title=title,
        text=body,
        declared=found,
        named=named,
    )
    return replace(made, made_by=f"{MADE_BY}+{recipe.id}") if recipe else made


def article(
    url: str,
    *,
    captured_at: datetime,
    capture: str,
    notes: tuple[str, ...] = (),
    title: str = "",
    text: str = "",
    declared: Declared = Declared(),  # noqa: B008 - frozen
    named: tuple[tuple[str, str], ...] = (),
) -> Article:
    """An article from its parts, with everything in it that follows from others.

    `named` are the short texts of its page that may name where it came from (`credits.seen`).
    """
    published, doubts = _published(url, declared, captured_at, bool(text))
    images = _pictures(declared.images, url)
    captions = (words for image in images for words in (image.caption, image.credit, image.alt))
    found = credits.find(text, declared.authors, named, captions, declared.site)
    return Article(
        id=address_id(url),
        url=url,
        canonical_url=urls.absolute(declared.address, url) or url,
        publisher=_publisher(url),
        publisher_name=clean(declared.site),
        title=title,
        authors=tuple(clean(author) for author in declared.authors),
        published_at=published.at if published else None,
        published_on=published.on if published else None,
        date_text=clean(published.text)[:200] if published else "",
        modified_at=declared.modified.at if declared.modified else None,
        language=_language(title, text, declared.language),
        section=clean(declared.section) or None,
        topic=sections.topic(declared.section),
        text=text,
        images=images,
        credit=credits.words(found),
        credits=found,
        capture=capture,
        captured_at=captured_at,
        dated_at=dated_at(published.at, published.on, captured_at) if published else captured_at,
        notes=(*notes, *doubts),
        made_by=MADE_BY,
    )


def _published(
    url: str, declared: Declared, captured_at: datetime, has_text: bool
) -> tuple[Moment | None, tuple[str, ...]]:
    """The day of an article, and what is doubtful about it: as declared, else as its address says, never later than
    its capture. An address dates an article only: a page without text has none."""
    said, notes = declared.published, declared.date_notes
    on = said.on if said else None
    if on and captured_at > _EPOCH and page_dates.is_future(on, captured_at):
        said, notes = None, (*notes, f"its date, {on.isoformat()}, is later than its capture: not taken")
    elif said is None and (day := page_dates.day_in_address(url)):
        said, notes = Moment(at=None, on=day, text="", note=page_dates.BY_ADDRESS), (*notes, page_dates.BY_ADDRESS)
    elif said and said.note:
        notes = (*notes, said.note)
    is_by_address = said is not None and not said.text
    return (None, notes) if is_by_address and not has_text else (said, tuple(dict.fromkeys(notes)))


def dated_at(published_at: datetime | None, published_on: date | None, captured_at: datetime) -> datetime:
    """Where an article stands in lists; see `Article.dated_at`."""
    return published_at or (datetime.combine(published_on, time(), UTC) if published_on else captured_at)


def clean(said: str) -> str:
    """A text that every database takes and no reader trips over: no control characters but the newline, NFC, no blank
    lines, no blanks at the ends of lines."""
    said = unicodedata.normalize("NFC", said.translate(_UNWANTED))
    return "\n".join(line for part in said.splitlines() if (line := " ".join(part.split())))


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


def _publisher(url: str) -> str:
    with suppress(BadInput):
        return urls.publisher_of(urls.host(url))
    return ""
