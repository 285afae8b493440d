"""From a kept exchange to what it says: which reader for which kind of body."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson

from rawi.core import archive_page, dates, extract, page, payload, text, urls
from rawi.core.extract import Explanation
from rawi.core.page import Declared
from rawi.core.recipes import Rules
from rawi.errors import BadInput
from rawi.model import Article, Exchange, Image

MADE_BY = extract.MADE_BY
"""The name and version of the whole reading: readings of the same name and bytes are equal."""

ARTICLE_JSON = "application/vnd.rawi.article+json"
"""The media type under which a line of JSONL that holds an article's fields is kept."""

FEWEST_LETTERS = 60
"""A text shorter than this is no article: a sentence of a notice or a teaser."""

FEWEST_DECLARED = 20
"""Of a page that calls itself an article one sentence is enough: a flash, or the beginning of what is not free."""

_NO_TEXT = "no article text in the page"

TEXT_PAGE, JSON_LINE = "a text page of a press archive", "the fields of a line of JSONL"
"""What `Explanation.source` says of what is no HTML."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What was read from one capture: an article, or why there is none."""

    capture: str
    article: Article | None
    problem: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ToRead:
    """A capture to be read."""

    capture: str
    captured_at: datetime
    exchange: Exchange
    recipe: Rules | None = None
    """What is known of its publisher's pages of that day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Explained:
    """A reading, and what it was made from."""

    reading: Reading
    explanation: Explanation | None = None
    """None when the bytes were not looked at: they are of no kind that is read."""


def read(asked: ToRead) -> Reading:
    """Reads one capture. Never raises, and needs nothing but what it is given: it may run in any process."""
    return explain(asked).reading


def explain(asked: ToRead) -> Explained:
    """Reads one capture, as `read` does, and tells what was taken from where. Never raises."""
    exchange = asked.exchange
    body, problem = payload.unpack(exchange.body, payload.header(exchange.head, "content-encoding"))
    if problem.startswith(payload.UNKNOWN):
        return _unread(asked, problem)
    if not body.strip():
        return _unread(asked, problem or "the page is empty")
    if not (reader := _READERS.get(kind(exchange.media_type, body))):
        return _unread(asked, f"not a page: {_what(exchange.media_type, body)}")
    found = reader(asked, body)
    if found is None:
        return _unread(asked, "a text without the line that says where and when it was published")
    notes = (*found.article.notes, *([problem] if problem else []))
    notes += (f"the page is not whole ({exchange.truncated})",) if exchange.truncated else ()
    article = replace(found.article, notes=notes)
    found = replace(found, article=article)
    fewest = FEWEST_DECLARED if found.declared.is_article else FEWEST_LETTERS
    if sum(map(str.isalpha, article.text)) < fewest:
        why = found.no_article or (_NO_TEXT if not article.text else f"its text has fewer than {fewest} letters")
        return Explained(reading=Reading(capture=asked.capture, article=None, problem=why), explanation=found)
    return Explained(reading=Reading(capture=asked.capture, article=article), explanation=found)


def _unread(asked: ToRead, problem: str) -> Explained:
    return Explained(reading=Reading(capture=asked.capture, article=None, problem=problem))


def kind(media_type: str, body: bytes) -> str:
    """Which reader a body needs: "html", "text", "json", or "" when it is none of what we read."""
    said, start = payload.media_type(media_type), body[:1024].lstrip()
    if said == ARTICLE_JSON:
        return "json"
    if _is_binary(body):
        return ""
    if said == "text/plain":
        return "html" if start[:15].lower().startswith((b"<!doctype html", b"<html")) else "text"
    return "html" if said in ("", "text/html", "application/xhtml+xml", "application/octet-stream") else ""


def _is_binary(body: bytes) -> bool:
    if body.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return False  # UTF-16
    start = body[:512]
    # A stray NUL in a page makes it no picture.
    few_nuls = start.lstrip()[:1] == b"<" and start.count(b"\0") * 20 < len(start)
    return (b"\x00" in start and not few_nuls) or body.startswith(
        (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
    )


_SIGNS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF"),
)


def _what(media_type: str, body: bytes) -> str:
    sign = next((name for start, name in _SIGNS if body.startswith(start)), "")
    return sign or payload.media_type(media_type) or "bytes of no known kind"


def _html(asked: ToRead, body: bytes) -> Explanation:
    exchange = asked.exchange
    return extract.explain(
        body,
        exchange.url,
        {
            "content-type": exchange.media_type,
            "x-robots-tag": payload.header(exchange.head, "x-robots-tag"),
            "tdm-reservation": payload.header(exchange.head, "tdm-reservation"),
        },
        captured_at=asked.captured_at,
        capture=asked.capture,
        recipe=asked.recipe,
    )


def _text(asked: ToRead, body: bytes) -> Explanation | None:
    words, doubt = payload.decode(body, asked.exchange.media_type)
    found = archive_page.read_archive_page(words)
    if found is None:
        return None
    declared = Declared(
        published=dates.Moment(at=found.published_at, on=found.published_on, text=found.date_text),
        site=found.publisher,
        language=found.language,
    )
    made = extract.article(
        asked.exchange.url,
        captured_at=asked.captured_at,
        capture=asked.capture,
        notes=(doubt,) if doubt else (),
        title=extract.clean(found.title),
        text=extract.clean(found.text),
        declared=declared,
    )
    made = replace(made, publisher="")  # the archive it was saved from is not its publisher: the name decides
    return Explanation(article=made, declared=declared, source=TEXT_PAGE)


def _json(asked: ToRead, body: bytes) -> Explanation | None:
    """A line of JSONL: `url`, `title`, `text` or `body`; and `authors`, `date`, `language`, `section`, `publisher`."""
    with suppress(orjson.JSONDecodeError):
        row = orjson.loads(body)
        if isinstance(row, dict):
            return _row(asked, row)
    return None


def _row(asked: ToRead, row: dict[str, Any]) -> Explanation:
    authors = _first(row, "authors", "author", "byline")
    said = _word(row, "published_at", "date", "publish_date", "published", "publication_date", "crawl_date")
    declared = Declared(
        authors=tuple(str(a) for a in authors)
        if isinstance(authors, list)
        else tuple(filter(None, [str(authors or "")])),
        published=dates.read_date(said) if said else None,
        section=_word(row, "section", "category"),
        site=_word(row, "publisher_name", "publisher", "source", "site"),
        language=_word(row, "language", "lang")[:2].lower(),
        images=tuple(Image(url=str(u)) for u in row.get("images") or () if isinstance(u, str)),
    )
    made = extract.article(
        asked.exchange.url,
        captured_at=asked.captured_at,
        capture=asked.capture,
        title=extract.clean(_word(row, "title", "headline")),
        text=extract.clean(_word(row, "text", "body", "content", "maintext", "article_text")),
        declared=declared,
    )
    language = _word(row, "language", "lang")[:2].lower() or text.language(made.text)
    return Explanation(article=replace(made, language=language), declared=declared, source=JSON_LINE)


def _first(row: dict[str, Any], *names: str) -> Any:
    return next((row[name] for name in names if row.get(name)), None)


def _word(row: dict[str, Any], *names: str) -> str:
    found = _first(row, *names)
    return found if isinstance(found, str) else "" if found is None or isinstance(found, dict | list) else str(found)


_READERS: dict[str, Callable[[ToRead, bytes], Explanation | None]] = {"html": _html, "text": _text, "json": _json}


def own_address(body: bytes, media_type: str) -> str:
    """The address that a page from a file gives as its own, in canonical form; "" when it gives none of use."""
    words, _ = payload.decode(body, media_type)
    with suppress(BadInput):
        return urls.clean(page.own_address(words))
    return ""
