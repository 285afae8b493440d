"""What a search finds, newest first, as RSS 2.0, Atom 1.0 and JSON Feed 1.1."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import orjson
from lxml import etree

from rawi.core.alerts import single_line
from rawi.web.render import address, plain, web_address

if TYPE_CHECKING:
    from rawi.archive import Archive
    from rawi.jobs.search import Result

FORMS = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "json": "application/feed+json",
}
MOST = 50
CACHED = "max-age=300"
_NAMES = UUID("5d3a2c3e-6f0b-5a52-9d0a-7c1f5b8a4e11")
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A search as feeds tell of it."""

    key: str
    """What its feed is known by, whatever its address: a saved search's id, or language and query."""
    name: str
    query: str
    language: str
    exact: bool = False
    names: bool = True
    page: str
    """Its page, and the feed itself, as paths."""
    path: str


@dataclass(frozen=True, kw_only=True)
class _Item:
    id: str
    title: str
    publisher: str
    authors: tuple[str, ...]
    at: datetime
    changed_at: datetime
    page: str
    url: str
    snippet: str
    language: str
    topic: str


def feed(archive: "Archive", asked: Asked, form: str, site: str, untitled: str) -> bytes:
    """The bytes of a feed; `site` is the site's address without a slash at its end. QueryError as a search."""
    found = archive.search(
        asked.query,
        language=asked.language,
        order="newest",
        limit=MOST,
        facets=(),
        exact=asked.exact,
        names=asked.names,
    )
    items = [_item(hit, archive, asked, site, untitled) for hit in found.hits]
    make = {"rss": _rss, "atom": _atom, "json": _json}[form]
    return make(archive.name, asked, site, items)


def _item(hit: "Result", archive: "Archive", asked: Asked, site: str, untitled: str) -> _Item:
    article = hit.article
    name = archive.publisher_name(article.publisher) or article.publisher_name
    return _Item(
        id=_urn(article.id),
        title=_line(article.title) or untitled,
        publisher=_line(name) or "-",
        authors=tuple(filter(None, map(_line, article.authors))),
        at=article.dated_at.astimezone(UTC),
        changed_at=max(article.dated_at, article.modified_at or article.dated_at).astimezone(UTC),
        page=site + address(asked.language, "articles", article.id),
        url=web_address(article.url),
        snippet=_line("".join(piece for piece, _ in hit.snippet)),
        language=article.language,
        topic=article.topic or "",
    )


def _urn(key: str) -> str:
    return f"urn:uuid:{uuid5(_NAMES, key)}"


def _line(text: str) -> str:
    return single_line(plain(text), 1000)


def _html(item: _Item) -> str:
    source = f' <a href="{escape(item.url)}">{escape(item.url)}</a>' if item.url else ""
    return f"<p>{escape(item.snippet)}</p><p>{escape(item.publisher)}{source}</p>"


def _title(archive_name: str, asked: Asked) -> str:
    return f"{_line(asked.name)} – {_line(archive_name)}"


def _element(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, name, attributes)
    made.text = text or None
    return made


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _rss(archive_name: str, asked: Asked, site: str, items: list[_Item]) -> bytes:
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": _ATOM, "dc": _DC})
    channel = _element(root, "channel")
    _element(channel, "title", _title(archive_name, asked))
    _element(channel, "link", site + asked.page)
    _element(channel, "description", _line(asked.query))
    _element(channel, "language", asked.language)
    _element(channel, f"{{{_ATOM}}}link", href=site + asked.path, rel="self", type=FORMS["rss"])
    for item in items:
        one = _element(channel, "item")
        _element(one, "title", item.title)
        _element(one, "link", item.page)
        _element(one, "guid", item.id, isPermaLink="false")
        _element(one, "pubDate", format_datetime(item.at, usegmt=True))
        _element(one, f"{{{_DC}}}creator", ", ".join(item.authors) or item.publisher)
        _element(one, f"{{{_DC}}}publisher", item.publisher)
        if item.url:
            _element(one, f"{{{_DC}}}source", item.url)
        _element(one, "description", _html(item))
    return _bytes(root)


def _atom(archive_name: str, asked: Asked, site: str, items: list[_Item]) -> bytes:
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", asked.language)

    def put(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
        return _element(parent, f"{{{_ATOM}}}{name}", text, **attributes)

    put(root, "id", _urn(asked.key))
    put(root, "title", _title(archive_name, asked))
    put(root, "updated", _rfc3339(max((item.changed_at for item in items), default=_NEVER)))
    put(root, "link", href=site + asked.page, rel="alternate", type="text/html")
    put(root, "link", href=site + asked.path, rel="self", type=FORMS["atom"])
    for item in items:
        one = put(root, "entry")
        put(one, "id", item.id)
        put(one, "title", item.title)
        put(one, "published", _rfc3339(item.at))
        put(one, "updated", _rfc3339(item.changed_at))
        put(one, "link", href=item.page, rel="alternate", type="text/html")
        if item.url:
            put(one, "link", href=item.url, rel="via")
        for author in item.authors or (item.publisher,):
            put(put(one, "author"), "name", author)
        put(one, "summary", _html(item), type="html")
    return _bytes(root)


def _json(archive_name: str, asked: Asked, site: str, items: list[_Item]) -> bytes:
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(archive_name, asked),
        "description": _line(asked.query),
        "home_page_url": site + asked.page,
        "feed_url": site + asked.path,
        "language": asked.language,
        "items": [
            {
                "id": item.id,
                "url": item.page,
                **({"external_url": item.url} if item.url else {}),
                "title": item.title,
                "content_html": _html(item),
                "summary": item.snippet,
                "date_published": _rfc3339(item.at),
                "date_modified": _rfc3339(item.changed_at),
                "authors": [{"name": author} for author in item.authors or (item.publisher,)],
                **({"language": item.language} if item.language else {}),
                **({"tags": [item.topic]} if item.topic else {}),
            }
            for item in items
        ],
    }
    return orjson.dumps(made)


def _rfc3339(at: datetime) -> str:
    return f"{at.year:04}{at:-%m-%dT%H:%M:%S}Z"
