"""RSS 0.9x, 1.0, 1.1, 2.0, Atom 0.3 and 1.0 (RFC 4287), and sitemaps (sitemaps.org, with Google's news), as they are.

An element counts by what it means: its namespace where that is declared, the usual prefix where it is not.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from rawi.core import xmltext
from rawi.core.dates import Moment, read_date
from rawi.core.foundlink import (
    CUT,
    MOST_LINKS,
    MOST_MARKUP,
    MOST_SUMMARY,
    MOST_TITLE,
    FeedReading,
    FoundLink,
    collected,
    plain,
    short_id,
    tidy,
    web,
)
from rawi.core.urls import absolute, host, publisher_of
from rawi.errors import BadInput

ROOTS = {
    "rss": "rss",
    "rdf": "rss",
    "channel": "rss",
    "feed": "atom",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
"""What is read here, by the name of the first element."""

# The namespaces whose elements matter, by a part of their names; "" are the feed's own elements.
_NAMESPACES = {
    "backend.userland.com": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "cyber.law.harvard.edu/rss": "",
    "itunes.com/dtds/podcast": "itunes",
    "my.netscape.com": "",
    "purl.org/atom": "atom",
    "purl.org/dc/elements": "dc",
    "purl.org/dc/terms": "dcterms",
    "purl.org/net/rss1.1": "",
    "purl.org/rss/1.0/modules/content": "content",
    "schemas/sitemap-news": "news",
    "search.yahoo.com/mrss": "media",
    "w3.org/1999/02/22-rdf": "rdf",
    "w3.org/1999/xhtml": "xhtml",
    "w3.org/2005/atom": "atom",
}
_OWN_NAMESPACES = re.compile(r"^http://(?:purl\.org/rss/(?:1\.0|0\.9)/?|channel\.netscape\.com/.*)$")
_PREFIXES = ("atom", "content", "dc", "dcterms", "itunes", "media", "news", "rdf")
"""Prefixes that are believed where a feed forgot to declare them."""

_ADDRESSED = re.compile(r"\s*+[^\s()@]++@[^\s()@]++\s*+\(([^()]{1,200})\)\s*")
_ITEMS = ("url", "sitemap", "item", "entry")
_BEGUN = re.compile(rf"<(?:[\w.-]{{1,40}}:)?(?:{'|'.join(_ITEMS)})[\s/>]", re.IGNORECASE)
_MOST_OF_A_NAME = 20
"""Elements of one name that are looked at in an item: a few links, a few authors."""

Name = tuple[str, str]
Fields = dict[Name, list[Any]]
"""Elements by the sort and the local name of each."""

_TITLES = (("", "title"), ("dc", "title"), ("atom", "title"), ("media", "title"))
_PUBLISHED = (
    ("", "pubdate"),
    ("", "published"),
    ("", "issued"),
    ("", "created"),
    ("atom", "published"),
    ("dc", "date"),
    ("dcterms", "issued"),
    ("dcterms", "created"),
    ("", "date"),
)
_UPDATED = (("", "updated"), ("", "modified"), ("atom", "updated"), ("dcterms", "modified"))
_SUMMARIES = (("", "description"), ("", "summary"), ("", "content"), ("content", "encoded"))
_IDS = (("", "guid"), ("", "id"), ("atom", "id"), ("dc", "identifier"))


def read(text: str, url: str, kind: str) -> FeedReading:
    """A feed or a sitemap, of the kind that `ROOTS` gives for its first element."""
    document = xmltext.parsed(text)
    root, fault = document.root, document.fault
    if root is None:
        return FeedReading(kind=kind, problem=f"XML that cannot be read: {fault}")
    is_torn = bool(fault) and xmltext.is_torn(text, *_ITEMS)
    reading = _read_sitemap(root, url, is_torn) if kind == "sitemap" else _read_items(root, url, kind, is_torn)
    if reading.problem:
        return reading
    if document.stopped and _has_more(text, root):
        return replace(reading, problem=f"broken XML, of which only the beginning was read: {document.stopped}")
    if xmltext.has_entities(text):
        return replace(reading, problem="it declares entities of its own, which are not read")
    is_lost = fault and not (reading.links or reading.feeds)
    return replace(reading, problem=f"broken XML: {fault}") if is_lost else reading


def _has_more(text: str, root: Any) -> bool:
    """Whether the text has items that are not in its tree."""
    return len(_BEGUN.findall(text)) > sum(1 for element in root.iter("*") if _local(element) in _ITEMS)


# ------------------------------------------------------------------------------------------- elements


@lru_cache(maxsize=2048)
def _name(tag: str, own: str) -> Name:
    """The sort of an element ("" for the feed's own, "dc", "atom", …, "?" for all others), and its local name."""
    if tag[:1] == "{":
        namespace, _, local = tag[1:].partition("}")
        if namespace == own or _OWN_NAMESPACES.match(namespace):
            return "", local.lower()
        known = (sort for part, sort in _NAMESPACES.items() if part in namespace.lower())
        return next(known, "?"), local.lower()
    prefix, colon, local = tag.rpartition(":")
    if not colon:
        return "", tag.lower()
    return (prefix.lower() if prefix.lower() in _PREFIXES else "?"), local.lower()


def _fields(element: Any) -> Fields:
    tag = element.tag
    # The namespace of an element is that of all "own" elements in it.
    own, found = tag[1:].partition("}")[0] if tag[:1] == "{" else "", Fields()
    for child in element.iterchildren("*"):
        some = found.setdefault(_name(child.tag, own), [])
        if len(some) < _MOST_OF_A_NAME:
            some.append(child)
    return found


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _first(fields: Fields, read: Callable[[Any], str], *names: Name) -> str:
    """What the first of these elements that has any text says."""
    for name in names:
        for element in fields.get(name, ()):
            if text := read(element):
                return text
    return ""


def _inner_text(element: Any) -> str:
    said = "".join(element.itertext()) if len(element) else element.text
    return said.strip() if said else ""


def _markup_text(element: Any) -> str:
    """The text of an element that may hold HTML, escaped or not; Atom's plain text is left as it is."""
    if len(element):
        etree.strip_elements(element, "{*}script", "{*}style", with_tail=False)
    text = _inner_text(element)[:MOST_MARKUP]
    said = (element.get("type") or element.get("mode") or "").lower()
    if said in ("text", "text/plain", "xhtml", "application/xhtml+xml"):
        return tidy(text)
    return plain(text)


def _date(fields: Fields, names: tuple[Name, ...]) -> Moment | None:
    for name in names:
        for element in fields.get(name, ()):
            if moment := read_date(_inner_text(element), "en"):
                return moment
    return None


# ---------------------------------------------------------------------------------------------- items


def _read_items(root: Any, url: str, kind: str, is_torn: bool) -> FeedReading:
    channel = _fields(_channel(root))
    home = _address(channel, url)
    base = home if kind == "rss" and home and _same_publisher(home, url) else url
    author = _author(channel) if kind == "atom" else ""  # RFC 4287, section 4.2.1
    title = _first(channel, _markup_text, ("", "title"), ("dc", "title"))[:MOST_TITLE]
    items = _with_the_last_cut(_items(root)) if is_torn else _items(root)
    links = (_item(_fields(item), item, base, author) for item in items)
    return collected(kind, title, links, CUT if is_torn else "")


def _items(root: Any) -> Iterator[Any]:
    """All items one by one: a hundred thousand elements held at once cost more time than reading them."""
    item = None
    for item in root.iter("{*}item", "{*}entry"):
        # An entry may carry a whole feed of others as its content.
        if next(item.iterancestors("{*}item", "{*}entry"), None) is None:
            yield item
    if item is None:
        yield from (element for element in root.iter("*") if _local(element) in ("item", "entry"))


def _with_the_last_cut(items: Iterator[Any]) -> Iterator[Any]:
    """The items; of the last one, in which the text ends, what came before its last element."""
    last = None
    for item in items:
        if last is not None:
            yield last
        last = item
    if last is not None:
        for cut in last[-1:]:
            last.remove(cut)
        yield last


def _channel(root: Any) -> Any:
    if _local(root) in ("feed", "channel"):
        return root
    return next((child for child in root.iterchildren("*") if _local(child) == "channel"), root)


def _item(fields: Fields, item: Any, base: str, author: str) -> FoundLink | None:
    address = _address(fields, base) or absolute(_about(item), base)
    if not address:
        return None
    published, updated = _date(fields, _PUBLISHED), _date(fields, _UPDATED)
    return FoundLink(
        url=address,
        title=_first(fields, _markup_text, *_TITLES)[:MOST_TITLE],
        published_at=published.at if published else None,
        published_on=published.on if published else None,
        updated_at=updated.at if updated else None,
        author=_author(fields) or author,
        summary=_first(fields, _markup_text, *_SUMMARIES)[:MOST_SUMMARY],
        id=short_id(_first(fields, _inner_text, *_IDS) or _about(item)),
    )


def _about(item: Any) -> str:
    return next((str(value) for name, value in item.items() if name.endswith("}about")), "")


def _author(fields: Fields) -> str:
    names = [plain(_inner_text(element)) for element in fields.get(("dc", "creator"), ())]
    for element in (*fields.get(("", "author"), ()), *fields.get(("atom", "author"), ())):
        inner = _fields(element) if len(element) else {}
        name = _first(inner, _inner_text, ("", "name"), ("atom", "name")) if inner else _inner_text(element)
        mail = _ADDRESSED.fullmatch(name[:MOST_TITLE])
        names.append(plain(mail[1] if mail else name))
    if not any(names):
        names = [plain(_inner_text(element)) for element in fields.get(("itunes", "author"), ())]
    return ", ".join(dict.fromkeys(name for name in names if name))[:MOST_TITLE]


# ------------------------------------------------------------------------------------------ addresses


def _address(fields: Fields, base: str) -> str:
    """The address that an item or a channel is about: link, else a permanent guid or an id that is an address."""
    for said, element in _candidates(fields):
        if said and (address := absolute(said, _base(element, base))):
            return address
    return ""


def _candidates(fields: Fields) -> Iterator[tuple[str, Any]]:
    own = fields.get(("", "link"), [])
    for element in own:
        yield (_inner_text(element) if (element.get("rel") or "alternate") == "alternate" else ""), element
    linked = [e for e in (*own, *fields.get(("atom", "link"), ())) if e.get("href")]
    alternates = [e for e in linked if (e.get("rel") or "alternate").lower() == "alternate"]
    alternates.sort(key=lambda e: "html" not in (e.get("type") or "text/html"))
    for element in alternates:
        yield element.get("href"), element
    for element in fields.get(("", "guid"), ()):
        is_permanent = (element.get("ispermalink") or element.get("isPermaLink") or "true").lower() != "false"
        yield (web(_inner_text(element)) if is_permanent else ""), element
    for element in fields.get(("", "id"), ()):
        yield web(_inner_text(element)), element


def _base(element: Any, base: str) -> str:
    """What relative addresses in an element are relative to: its xml:base, else `base`."""
    said = element.base
    return absolute(said, base) or base if said else base


def _same_publisher(one: str, other: str) -> bool:
    try:
        return publisher_of(host(one)) == publisher_of(host(other))
    except BadInput:
        return False


# ------------------------------------------------------------------------------------------- sitemaps


def _read_sitemap(root: Any, url: str, is_torn: bool) -> FeedReading:
    sitemaps, links, title = dict[str, None](), list[FoundLink | None](), ""
    entries = _with_the_last_cut(root.iterchildren("*")) if is_torn else root.iterchildren("*")
    for entry in islice(entries, MOST_LINKS + 1):
        fields = _fields(entry)
        address = absolute(_first(fields, _inner_text, ("", "loc")), url)
        if address and _local(entry) == "sitemap":
            sitemaps[address] = None
        elif address:
            news = _fields(fields[("news", "news")][0]) if ("news", "news") in fields else {}
            title = title or _publication(news)
            links.append(_sitemap_link(address, fields, news))
    reading = collected("sitemap", title, links, CUT if is_torn else "")
    return replace(reading, feeds=tuple(sitemaps)[:MOST_LINKS])


def _sitemap_link(address: str, fields: Fields, news: Fields) -> FoundLink:
    published, updated = _date(news, (("", "publication_date"),)), _date(fields, (("", "lastmod"),))
    return FoundLink(
        url=address,
        title=_first(news, _markup_text, ("", "title"))[:MOST_TITLE],
        published_at=published.at if published else None,
        published_on=published.on if published else None,
        updated_at=updated.at if updated else None,
    )


def _publication(news: Fields) -> str:
    for element in news.get(("", "publication"), ()):
        return _first(_fields(element), _markup_text, ("", "name"))[:MOST_TITLE]
    return ""
