"""What a feed, a sitemap or a page links to. Nothing here raises, whatever the bytes."""

import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import feedparser
from lxml import etree

from rawi.core import pagelinks, payload
from rawi.core.dates import Moment, read_date
from rawi.core.urls import clean, host, publisher_of
from rawi.errors import BadInput

MOST_BYTES = 20_000_000
"""What is read of a feed; what comes behind is passed over, and `problem` says so."""

MOST_LINKS = 50_000
"""Links that are taken from one feed: as many as a sitemap may have."""

_MOST_TITLE = 1000
_MOST_SUMMARY = 2000
_MOST_ID = 1000
_MOST_MARKUP = 20_000
_CUT = "it is cut short; what came whole was read"


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundLink:
    """An article's address, with what is said of it where it was found. What is not said is empty."""

    url: str
    """In canonical form."""
    title: str = ""
    """Plain text, as are author and summary."""
    published_at: datetime | None = None
    published_on: date | None = None
    """The day in the publisher's zone; it may be known when the moment is not."""
    updated_at: datetime | None = None
    author: str = ""
    summary: str = ""
    id: str = ""
    """What the feed calls it; the SHA-256 of that when it is longer than 1,000 characters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedReading:
    """What was read from a feed."""

    kind: str = ""
    """ "rss", "atom", "json", "sitemap", "section" (a page); empty when it is none of these."""
    title: str = ""
    links: tuple[FoundLink, ...] = ()
    """In the feed's order, each address once."""
    feeds: tuple[str, ...] = ()
    """The sitemaps of a sitemap index; the feeds that a page announces."""
    problem: str = ""
    """Why nothing was read, or not all."""


# The namespaces whose elements matter, by a part of their names; "" are the feed's own elements.
_NAMESPACES = {
    "backend.userland.com": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "cyber.law.harvard.edu/rss": "",
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
_PREFIXES = ("atom", "content", "dc", "dcterms", "media", "news", "rdf")
"""Prefixes that are believed where a feed forgot to declare them."""

_ROOTS = {
    "rss": "rss",
    "rdf": "rss",
    "channel": "rss",
    "feed": "atom",
    "urlset": "sitemap",
    "sitemapindex": "sitemap",
}
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")

_ROOT = re.compile(r"<\s*(?:[\w.-]{1,40}:)?([a-zA-Z][\w.-]{0,40})")
_PROLOGUE = re.compile(r"\s+|<\?[^>]{0,2000}>|<!--.{0,100000}?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!doctype\s[^\[>]{0,2000}", re.IGNORECASE)
_START = re.compile(r"<\?xml|<rss\b|<rdf:RDF\b|<feed\b|<urlset\b|<sitemapindex\b")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?:(#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?", re.DOTALL
)
_ENTITY = re.compile(r"<!ENTITY\s+(?:%\s+)?[\w:.-]+\s", re.IGNORECASE)
_MOST_DOCTYPE = 100_000
_XML_NAMES = ("amp", "lt", "gt", "quot", "apos")
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_ADDRESSED = re.compile(r"^\s*[^\s()]+@[^\s()]+\s*\(([^()]{1,200})\)\s*$")


def read_feed(data: bytes, url: str, content_type: str = "") -> FeedReading:
    """What a feed, a sitemap or a page of this address links to.

    `data` is the body with its content codings undone (a gzip file is opened). RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0, JSON
    Feed, sitemaps (index, news, plain text) and HTML pages are told apart by what they are, not by `content_type`,
    which only helps with the charset and tells a page in a feed's place from a section page.
    """
    is_cut = False
    if data[:2] == b"\x1f\x8b":
        data, wrong = payload.gunzip(data, MOST_BYTES)
        is_cut = bool(wrong)
    if len(data) > MOST_BYTES:
        data, is_cut = data[:MOST_BYTES], True
    text = _text(data, content_type)
    reading = _read(text, url, payload.media_type(content_type))
    if is_cut and not reading.problem:
        return _with_problem(reading, _CUT)
    return reading


def _with_problem(reading: FeedReading, problem: str) -> FeedReading:
    return FeedReading(
        kind=reading.kind, title=reading.title, links=reading.links, feeds=reading.feeds, problem=problem
    )


def _text(data: bytes, content_type: str) -> str:
    # UTF-16 without its mark is valid UTF-8 with many NULs.
    for start, name in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be")):
        if data.startswith(start):
            return data.decode(name, "replace")
    return payload.decode(data, content_type)[0]


def _read(text: str, url: str, media_type: str) -> FeedReading:
    text = text.lstrip("\ufeff \t\r\n\0")
    if not text:
        return FeedReading(problem="it is empty")
    if text[0] in "{[":
        return _read_json(text, url)
    root = _root(text)
    if root not in _ROOTS and media_type in _FEED_TYPES and (start := _START.search(text[:20_000])):
        # What stands before the feed is a program's complaint, or an advertisement.
        text = text[start.start() :]
        root = _root(text)
    if root in _ROOTS:
        return _read_xml(text, url, _ROOTS[root])
    if root == "html" or (text[0] == "<" and "html" in media_type):
        if media_type in _FEED_TYPES:
            return FeedReading(problem="an HTML page, not a feed")
        return _read_page(text, url)
    if root:
        return FeedReading(problem=f"neither a feed nor a page: its first element is <{root}>")
    return _read_lines(text, url)


def _root(text: str) -> str:
    """The local name of the first element, in lower case; empty when the text does not begin with one."""
    at = 0
    while found := _PROLOGUE.match(text, at):
        at = found.end()
    if found := _DOCTYPE.match(text, at):
        if found[0].lower().split()[1:2] == ["html"]:
            return "html"
        # An internal subset ends at the first "]>": entities may not hold one.
        end = text.find("]>", at) + 2 if text[found.end() : found.end() + 1] == "[" else text.find(">", at) + 1
        if end < 2:
            return ""
        at = end
        while skipped := _PROLOGUE.match(text, at):
            at = skipped.end()
    root = _ROOT.match(text, at)
    return root[1].lower() if root else ""


# ------------------------------------------------------------------------------------------------ XML


def _read_xml(text: str, url: str, kind: str) -> FeedReading:
    root, fault = _parsed(text)
    if root is None:
        return _read_otherwise(text, url, kind) or FeedReading(kind=kind, problem=f"XML that cannot be read: {fault}")
    if kind == "sitemap":
        reading = _read_sitemap(root, url, _is_torn(text, ("url", "sitemap")))
    else:
        reading = _read_items(root, _items(root), url, kind, _is_torn(text, ("item", "entry")))
        if not reading.links and (otherwise := _read_otherwise(text, url, kind)):
            return otherwise
    if reading.problem:
        return reading
    if _ENTITY.search(text[:_MOST_DOCTYPE]):
        return _with_problem(reading, "it declares entities of its own, which are not read")
    return _with_problem(reading, f"broken XML: {fault}") if fault and not (reading.links or reading.feeds) else reading


def _parsed(text: str) -> tuple[Any, str]:
    """The root of an XML document, None when there is none; and its first fault that is more than a slip, or "".

    No entity reaches the parser: those of HTML become their letters, all others the text they are written with.
    """
    text = _AMPERSAND.sub(_ampersand, _NOT_XML.sub("", text))
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, str(error)[:200]
    faults = [fault for fault in parser.error_log if fault.level >= etree.ErrorLevels.FATAL]
    return root, faults[0].message[:200] if faults else ""


def _ampersand(found: re.Match[str]) -> str:
    name = found[1]
    if found[0][0] == "<" or (name and (name in _XML_NAMES or name[0] == "#")):
        return found[0]
    letters = html.entities.html5.get(f"{name};", "") if name else ""
    # A few HTML names mean "<" or "&": as text only.
    return html.escape(letters) if letters else "&amp;" + found[0][1:]


def _is_torn(text: str, names: tuple[str, ...]) -> bool:
    """Whether the last item was begun and never ended."""
    tail = text[-200_000:].lower()
    for name in names:
        begun = max(tail.rfind(f"<{name}>"), tail.rfind(f"<{name} "))
        if begun >= 0 and f"</{name}" not in tail[begun:] and "/>" not in tail[begun:]:
            return True
    return False


def _module(tag: str, own: str) -> tuple[str, str]:
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


def _children(element: Any, own: str) -> Iterator[tuple[tuple[str, str], Any]]:
    for child in element:
        if isinstance(child.tag, str):
            yield _module(child.tag, own), child


def _own(element: Any) -> str:
    """The namespace of an element, which is that of all "own" elements in it."""
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag[:1] == "{" else ""


def _items(root: Any) -> list[Any]:
    return [e for e in root.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2].lower() in ("item", "entry")]


def _fields(element: Any) -> dict[tuple[str, str], list[Any]]:
    own, found = _own(element), dict[tuple[str, str], list[Any]]()
    for name, child in _children(element, own):
        found.setdefault(name, []).append(child)
    return found


_Fields = dict[tuple[str, str], list[Any]]


def _read_items(root: Any, items: list[Any], url: str, kind: str, is_torn: bool) -> FeedReading:
    channel = _fields(_channel(root))
    home = _address(channel, url)
    base = home if kind == "rss" and home and _same_publisher(home, url) else url
    author = _author(channel) if kind == "atom" else ""
    title = _first(channel, _markup_text, ("", "title"), ("dc", "title"))[:_MOST_TITLE]
    links = (_item(_fields(item), item, base, author) for item in (items[:-1] if is_torn else items))
    return _reading(kind, title, links, _CUT if is_torn else "")


def _channel(root: Any) -> Any:
    if root.tag.rpartition("}")[2].lower() in ("feed", "channel"):
        return root
    for child in root:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2].lower() == "channel":
            return child
    return root


def _item(fields: _Fields, item: Any, base: str, author: str) -> FoundLink | None:
    address = _address(fields, base) or _absolute(_about(item), base)
    if not address:
        return None
    published = _date(
        fields, ("", "pubdate"), ("", "published"), ("", "issued"), ("", "created"), ("atom", "published")
    )
    published = published or _date(fields, ("dc", "date"), ("dcterms", "issued"), ("dcterms", "created"), ("", "date"))
    updated = _date(fields, ("", "updated"), ("", "modified"), ("atom", "updated"), ("dcterms", "modified"))
    name = _first(fields, _inner_text, ("", "guid"), ("", "id"), ("atom", "id"), ("dc", "identifier")) or _about(item)
    return FoundLink(
        url=address,
        title=_first(fields, _markup_text, ("", "title"), ("dc", "title"), ("atom", "title"), ("media", "title"))[
            :_MOST_TITLE
        ],
        published_at=published.at if published else None,
        published_on=published.on if published else None,
        updated_at=updated.at if updated else None,
        author=_author(fields) or author,
        summary=_first(
            fields, _markup_text, ("", "description"), ("", "summary"), ("", "content"), ("content", "encoded")
        )[:_MOST_SUMMARY],
        id=_short_id(name),
    )


def _reading(kind: str, title: str, links: Iterable[FoundLink | None], problem: str = "") -> FeedReading:
    once: dict[str, FoundLink] = {}
    for link in links:
        if link and link.url not in once:
            if len(once) == MOST_LINKS:
                problem = f"it has more than {MOST_LINKS} links; the first were read"
                break
            once[link.url] = link
    return FeedReading(kind=kind, title=title, links=tuple(once.values()), problem=problem)


def _first(fields: _Fields, read: Callable[[Any], str], *names: tuple[str, str]) -> str:
    """What the first of these elements that has any text says."""
    for name in names:
        for element in fields.get(name, ()):
            if text := read(element):
                return text
    return ""


def _inner_text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _markup_text(element: Any) -> str:
    """The text of an element that may hold HTML, escaped or not; Atom's plain text is left as it is."""
    if len(element):
        etree.strip_elements(element, "{*}script", "{*}style", with_tail=False)
    text = "".join(element.itertext())[:_MOST_MARKUP]
    said = (element.get("type") or element.get("mode") or "").lower()
    if said in ("text", "text/plain", "xhtml", "application/xhtml+xml"):
        return _tidy(text)
    return _plain(text)


def _plain(markup: str) -> str:
    """The text of a piece of HTML, on one line."""
    markup = markup[:_MOST_MARKUP]
    if "<" in markup:
        markup = _TAG.sub(" " if "<p" in markup or "<br" in markup else "", _UNSEEN.sub(" ", markup))
    return _tidy(html.unescape(markup) if "&" in markup else markup)


def _tidy(text: str) -> str:
    return " ".join(_NOT_XML.sub("", text).encode("utf-8", "ignore").decode("utf-8").split())


def _short_id(said: str) -> str:
    said = _tidy(said)
    return said if len(said) <= _MOST_ID else sha256(said.encode()).hexdigest()


def _about(item: Any) -> str:
    return next((str(value) for name, value in item.attrib.items() if name.endswith("}about")), "")


def _author(fields: _Fields) -> str:
    names = [_plain(_inner_text(element)) for element in fields.get(("dc", "creator"), ())]
    for element in (*fields.get(("", "author"), ()), *fields.get(("atom", "author"), ())):
        inner = _fields(element)
        name = _first(inner, _inner_text, ("", "name"), ("atom", "name")) if inner else _inner_text(element)
        mail = _ADDRESSED.match(name)
        names.append(_plain(mail[1] if mail else name))
    return ", ".join(dict.fromkeys(name for name in names if name))[:_MOST_TITLE]


def _date(fields: _Fields, *names: tuple[str, str]) -> Moment | None:
    for name in names:
        for element in fields.get(name, ()):
            if moment := read_date(_inner_text(element), "en"):
                return moment
    return None


# ------------------------------------------------------------------------------------------ addresses


def _address(fields: _Fields, base: str) -> str:
    """The address that an item or a channel is about: link, else a permanent guid or an id that is an address."""
    for said, element in _candidates(fields):
        if said and (address := _absolute(said, _base(element, base))):
            return address
    return ""


def _candidates(fields: _Fields) -> Iterator[tuple[str, Any]]:
    atoms = (*fields.get(("", "link"), ()), *fields.get(("atom", "link"), ()))
    alternates = [e for e in atoms if e.get("href") and (e.get("rel") or "alternate").lower() == "alternate"]
    alternates.sort(key=lambda e: "html" not in (e.get("type") or "text/html"))
    for element in fields.get(("", "link"), ()):
        yield (_inner_text(element) if (element.get("rel") or "alternate") == "alternate" else ""), element
    for element in alternates:
        yield element.get("href"), element
    for element in fields.get(("", "guid"), ()):
        is_permanent = (element.get("ispermalink") or element.get("isPermaLink") or "true").lower() != "false"
        yield (_web(_inner_text(element)) if is_permanent else ""), element
    for element in fields.get(("", "id"), ()):
        yield _web(_inner_text(element)), element


def _web(said: str) -> str:
    return said if said.lower().startswith(("http://", "https://")) else ""


def _base(element: Any, base: str) -> str:
    """What relative addresses in an element are relative to: its xml:base, else `base`."""
    said = element.base
    return _absolute(said, base) or base if said else base


def _absolute(said: str, base: str) -> str:
    try:
        return clean(said.strip(), base) if said.strip() else ""
    except BadInput:
        return ""


def _same_publisher(one: str, other: str) -> bool:
    try:
        return publisher_of(host(one)) == publisher_of(host(other))
    except BadInput:
        return False


# ------------------------------------------------------------------------------------------- sitemaps


def _read_sitemap(root: Any, url: str, is_torn: bool) -> FeedReading:
    sitemaps, links, title = dict[str, None](), list[FoundLink | None](), ""
    entries = [e for e in root if isinstance(e.tag, str)]
    for entry in entries[:-1] if is_torn else entries[: MOST_LINKS + 1]:
        fields = _fields(entry)
        address = _absolute(_first(fields, _inner_text, ("", "loc")), url)
        if address and entry.tag.rpartition("}")[2].lower() == "sitemap":
            sitemaps[address] = None
        elif address:
            news = _fields(fields[("news", "news")][0]) if ("news", "news") in fields else {}
            title = title or _publication(news)
            links.append(_sitemap_link(address, fields, news))
    reading = _reading("sitemap", title, links, _CUT if is_torn else "")
    return FeedReading(
        kind="sitemap", title=title, links=reading.links, feeds=tuple(sitemaps)[:MOST_LINKS], problem=reading.problem
    )


def _sitemap_link(address: str, fields: _Fields, news: _Fields) -> FoundLink:
    published = _date(news, ("", "publication_date"))
    updated = _date(fields, ("", "lastmod"))
    return FoundLink(
        url=address,
        title=_first(news, _markup_text, ("", "title"))[:_MOST_TITLE],
        published_at=published.at if published else None,
        published_on=published.on if published else None,
        updated_at=updated.at if updated else None,
    )


def _publication(news: _Fields) -> str:
    for element in news.get(("", "publication"), ()):
        return _first(_fields(element), _markup_text, ("", "name"))[:_MOST_TITLE]
    return ""


def _read_lines(text: str, url: str) -> FeedReading:
    """A sitemap of plain text: an address on each line; lines that are none are passed over."""
    lines = text[: MOST_BYTES // 4].splitlines()[: 2 * MOST_LINKS]
    links = [FoundLink(url=address) for line in lines if (address := _absolute(_web(line.strip()), url))]
    if not links:
        return FeedReading(problem="neither a feed nor a page")
    return _reading("sitemap", "", links)


# ----------------------------------------------------------------------------------------------- JSON


def _read_json(text: str, url: str) -> FeedReading:
    """A JSON Feed. Of keys that are said twice the last counts; fields of a wrong type are passed over."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        return FeedReading(problem=f"JSON that cannot be read: {str(error)[:100]}")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return FeedReading(problem="JSON that is no feed")
    links = (_json_item(item, feed, url) for item in items if isinstance(item, dict))
    return _reading("json", _tidy(_string(feed.get("title")))[:_MOST_TITLE], links)


def _json_item(item: dict[str, Any], feed: dict[str, Any], url: str) -> FoundLink | None:
    said = (item.get("url"), item.get("external_url"), _web(_string(item.get("id"))))
    address = next((found for one in said if isinstance(one, str) and (found := _absolute(one, url))), "")
    if not address:
        return None
    published = read_date(_string(item.get("date_published")), "en")
    updated = read_date(_string(item.get("date_modified")), "en")
    summary = _string(item.get("summary")) or _string(item.get("content_text"))
    return FoundLink(
        url=address,
        title=_tidy(_string(item.get("title"))[:_MOST_MARKUP])[:_MOST_TITLE],
        published_at=published.at if published else None,
        published_on=published.on if published else None,
        updated_at=updated.at if updated else None,
        author=(_json_author(item) or _json_author(feed))[:_MOST_TITLE],
        summary=(_tidy(summary[:_MOST_MARKUP]) or _plain(_string(item.get("content_html"))))[:_MOST_SUMMARY],
        id=_short_id(_string(item.get("id"))),
    )


def _json_author(thing: dict[str, Any]) -> str:
    said = thing.get("authors") if isinstance(thing.get("authors"), list) else [thing.get("author")]
    names = [_tidy(_string(one.get("name"))[:_MOST_MARKUP]) for one in (said or [])[:50] if isinstance(one, dict)]
    return ", ".join(name for name in names if name)


def _string(value: Any) -> str:
    """A string, or a number as one; empty for all else."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18 else ""


# ----------------------------------------------------------------------------------------------- HTML


def _read_page(text: str, url: str) -> FeedReading:
    tree = pagelinks.parsed(_NOT_XML.sub("", text))
    if tree is None:
        return FeedReading(problem="an HTML page without any content")
    base = pagelinks.base(tree, url)
    links = (FoundLink(url=address, title=title) for address, title in pagelinks.articles(tree, url, base))
    reading = _reading("section", pagelinks.title(tree)[:_MOST_TITLE], links)
    feeds = tuple(pagelinks.announced(tree, base))
    nothing = "an HTML page, not a feed; it links to no articles" if not (reading.links or feeds) else reading.problem
    return FeedReading(kind="section", title=reading.title, links=reading.links, feeds=feeds, problem=nothing)


# ------------------------------------------------------------------------------ where lxml finds nothing


def _read_otherwise(text: str, url: str, kind: str) -> FeedReading | None:
    """What feedparser, slower and more forgiving, finds where lxml finds no item; None when that is nothing too."""
    if len(text) > 1_000_000 or text.count("=") > 10_000 or not re.search(r"<\s*(?:\w+:)?(?:item|entry)\b", text):
        return None
    try:
        found = feedparser.parse(io.BytesIO(text.encode("utf-8", "replace")), sanitize_html=False)
    except Exception:  # a library's fault on broken input, of any sort, costs this feed only
        return None
    links = [_otherwise(entry, url) for entry in found.entries[: MOST_LINKS + 1]]
    return _reading(kind, _plain(found.feed.get("title", "")), links) if any(links) else None


def _otherwise(entry: Any, url: str) -> FoundLink | None:
    address = _absolute(_string(entry.get("link")), url)
    if not address:
        return None
    published = read_date(_string(entry.get("published")), "en")
    return FoundLink(
        url=address,
        title=_plain(_string(entry.get("title")))[:_MOST_TITLE],
        published_at=published.at if published else None,
        published_on=published.on if published else None,
        id=_short_id(_string(entry.get("id"))),
    )
