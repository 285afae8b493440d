"""What an HTML page declares of itself: headline, authors, dates, section, pictures, address.

Sources are schema.org data (JSON-LD and microdata), OpenGraph and other meta elements, `time` elements and the page's
visible dated lines. Nothing here decides what the article is; `core.extract` does, from what is declared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import lxml.html
import orjson
from lxml import etree

from rawi.core import bylines, dates, sections
from rawi.core.dates import Moment
from rawi.core.images import declared as pictures_declared
from rawi.core.images import images
from rawi.core.markup import without_floods
from rawi.model import Image

MOST_JSON = 2 * 1024 * 1024
"""Longer JSON-LD is passed over: an article's own is a thousand times shorter."""
_MOST_NODES = 2000
_LONGEST_HEAD = 500_000

_ARTICLE_TYPES = {
    "advertisercontentarticle",
    "analysisnewsarticle",
    "article",
    "askpublicnewsarticle",
    "backgroundnewsarticle",
    "blogposting",
    "liveblogposting",
    "newsarticle",
    "opinionnewsarticle",
    "report",
    "reportagenewsarticle",
    "reviewnewsarticle",
    "satiricalarticle",
    "scholarlyarticle",
    "socialmediaposting",
    "techarticle",
}
_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "date",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
)
_SECTION_METAS = ("article:section", "articlesection", "section", "parsely-section", "cxenseparse:recs:articlesection")
_DATED_NAMES = re.compile(r"date|time|publi|posted|byline|meta|stamp|heure|تاريخ|نشر", re.IGNORECASE)
_SECTION_NAMES = re.compile(r"categ|\\bcat|section|rubri|kick|ariane|crumb|path|\\bover\\b|قسم", re.IGNORECASE)
_SHORTEST_HEADLINE, _LONGEST_SECTION, _MOST_LINKS = 12, 40, 400
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """What the page says of itself; empty where it says nothing."""

    headlines: tuple[str, ...] = ()
    """From the most to the least trustworthy: JSON-LD, OpenGraph, h1, title."""
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    section: str = ""
    site: str = ""
    address: str = ""
    language: str = ""
    images: tuple[Image, ...] = ()
    is_article: bool = False
    """Whether it calls itself one, by its type."""


@dataclass(slots=True)
class _Data:
    """The page's declarations, gathered once."""

    tree: Any
    metas: dict[str, str] = field(default_factory=dict)
    articles: list[dict[str, Any]] = field(default_factory=list)


def parse(html: str) -> Any | None:
    """The tree of a page (an lxml element); None when there is nothing in it that could be a tree."""
    html = without_floods(html.replace("\x00", " ")).lstrip()
    if html.startswith("<?xml"):  # lxml refuses text that declares a charset
        html = html.partition("?>")[2]
    if not html.strip():
        return None
    try:
        tree = lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(remove_comments=True, remove_pis=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree.tag, str) else None


def declared(tree: Any) -> Declared:
    """Reads a page's declarations from its tree; leaves the tree as it is."""
    data = _Data(tree)
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name and (content := _plain(meta.get("content") or "")):
            data.metas.setdefault(name, content)
    data.articles = [node for node in _json_ld(tree) if _is_article(node)]
    site = _site(data)
    return Declared(
        headlines=tuple(dict.fromkeys(h for h in _headlines(data) if h)),
        authors=_authors(data, site),
        published=_published(data),
        modified=_first_date(_said(data, "dateModified", _MODIFIED_METAS)),
        section=next(iter(_said(data, "articleSection", _SECTION_METAS)), "") or _section_line(tree),
        site=site,
        address=_address(data),
        language=_language(data),
        images=images(tree, pictures_declared(data.articles, data.metas)),
        is_article=bool(data.articles) or data.metas.get("og:type", "").lower() == "article",
    )


def own_address(html: str) -> str:
    """The address that a saved page gives as its own (canonical link, og:url, the browser's note on saving); or ""."""
    saved = re.search(r"<!--\s*saved from url=\(\d+\)\s*(https?://[^\s>]+)", html[:4000])
    if saved:
        return saved.group(1)
    head = html[:_LONGEST_HEAD].partition("</head>")[0]  # a page's head is a small part of it, and says its address
    tree = parse(head)
    if tree is None:
        return ""
    metas = {m.get("property", "").lower(): _plain(m.get("content") or "") for m in tree.iter("meta")}
    found = _address(_Data(tree, metas))
    return found if found.startswith(("http://", "https://")) else ""


# ------------------------------------------------------------------------------------------- JSON-LD


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from _nodes(_loads(script.text or ""))


def _loads(text: str) -> Any:
    if len(text) > MOST_JSON:
        return None
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    mended = re.sub(r",\s*([}\]])", r"\1", re.sub(r"[\x00-\x1f]+", " ", text))
    for attempt in (text, mended):
        try:
            return orjson.loads(attempt)
        except orjson.JSONDecodeError:
            continue
    return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in lists and graphs, outermost first; without recursion, because depth is the page's to choose."""
    waiting, seen = [value], 0
    while waiting and seen < _MOST_NODES:
        node, seen = waiting.pop(0), seen + 1
        if isinstance(node, list):
            waiting[:0] = node[:_MOST_NODES]
        elif isinstance(node, dict):
            yield node
            waiting += [
                node[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage")
                if isinstance(node.get(key), dict | list)
            ]


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.rpartition("/")[2].lower() in _ARTICLE_TYPES for kind in kinds)


def _texts(value: Any) -> Iterator[str]:
    """The texts or names that a JSON-LD value stands for."""
    if isinstance(value, str):
        yield _plain(value)
    elif isinstance(value, dict):
        yield from _texts(value.get("name") or value.get("@value") or value.get("url"))
    elif isinstance(value, list):
        for item in value[:50]:
            if not isinstance(item, list):
                yield from _texts(item)


def _said(data: _Data, key: str, metas: tuple[str, ...]) -> list[str]:
    """What JSON-LD, then microdata, then meta elements say of one thing, in that order."""
    found = [text for node in data.articles for text in _texts(node.get(key)) if text]
    found += [text for element in _with_property(data.tree, key) if (text := _value(element))]
    found += [data.metas[name] for name in metas if name in data.metas]
    return found


def _with_property(tree: Any, name: str) -> list[Any]:
    return [element for element in tree.xpath(f"//*[@itemprop='{name}']")[:20] if element.tag != "meta"]


def _value(element: Any) -> str:
    return _plain(element.get("content") or element.get("datetime") or element.text_content() or "")


# ---------------------------------------------------------------------------------------- one by one


def _headlines(data: _Data) -> Iterator[str]:
    for node in data.articles:
        yield from _texts(node.get("headline") or node.get("name"))
    for element in _with_property(data.tree, "headline")[:1]:
        yield _value(element)
    yield data.metas.get("og:title", "")
    yield data.metas.get("twitter:title", "")
    for heading in data.tree.xpath("//h1")[:3]:
        if not heading.xpath(".//a[@href='/']"):  # a heading that leads home is the paper's own name
            yield _plain(heading.text_content())
    yield _in_title(data)
    for title in data.tree.xpath("//head/title | //title")[:1]:
        yield _plain(title.text_content())


def _in_title(data: _Data) -> str:
    """What the page's title says besides the paper's name: the longest text of a block that stands in the title too."""
    title = next((_plain(element.text_content()) for element in data.tree.xpath("//title")[:1]), "")
    if not title:
        return ""
    blocks = data.tree.xpath("//h1 | //h2 | //h3 | //div[not(*)] | //p[not(*)] | //td[not(*)] | //span[not(*)]")
    texts = (_plain(block.text_content()) for block in blocks if not block.xpath(".//a[@href='/']"))
    return max(
        (text for text in texts if _SHORTEST_HEADLINE <= len(text) <= len(title) and text in title), key=len, default=""
    )


def _section_line(tree: Any) -> str:
    """The section where a page says it only to the eye: a short link, named for it, in words that are known."""
    for element in tree.xpath("//a[@href]")[:_MOST_LINKS]:
        near = [element, *list(element.iterancestors())[:2]]
        if any(_SECTION_NAMES.search(f"{e.get('class') or ''} {e.get('rel') or ''}") for e in near):
            said = _plain(element.text_content())
            if len(said) <= _LONGEST_SECTION and sections.topic(said):
                return said
    return ""


def _authors(data: _Data, site: str) -> tuple[str, ...]:
    names = [text for node in data.articles for text in _texts(node.get("author")) if text]
    if not names:
        for element in _with_property(data.tree, "author"):
            inner = element.xpath(".//*[@itemprop='name']")
            names.append(_value(inner[0]) if inner else _value(element))
    if not names:
        names = [
            data.metas[key] for key in ("author", "article:author", "dc.creator", "parsely-author") if key in data.metas
        ][:1]
    if not names:
        names = [_plain(link.text_content()) for link in data.tree.xpath("//a[@rel='author']")[:5]]
    kept = tuple(dict.fromkeys(name for said in names for name in bylines.people(said)))[:20]
    if not all(bylines.is_paper(name, site) for name in kept):
        return kept
    # The paper itself stands where a name should, or nothing: what a reader sees may say more.
    return bylines.seen(data.tree) or kept


def _published(data: _Data) -> Moment | None:
    sure = _first_date(_said(data, "datePublished", _PUBLISHED_METAS))
    return sure or _first_date(_times(data.tree)) or _first_date(_dated_lines(data.tree))


def _times(tree: Any) -> Iterator[str]:
    for element in tree.xpath("//time[not(ancestor::aside or ancestor::nav or ancestor::footer)]")[:8]:
        yield element.get("datetime") or ""
        yield _plain(element.text_content())


def _dated_lines(tree: Any) -> Iterator[str]:
    """Short texts that stand where pages put their dates: by class or id, then near the headline."""
    for element in tree.xpath("//*[@class or @id][not(self::script or self::style)]"):
        if _DATED_NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            text = _plain(element.text_content())
            if 5 < len(text) <= 160:
                yield text
    for heading in tree.xpath("//h1")[:1]:
        for element in heading.xpath(
            "./following::*[self::p or self::div or self::span or self::small][position() <= 12]"
        ):
            text = _plain(element.text_content())
            if 5 < len(text) <= 160:
                yield text


def _first_date(texts: Iterator[str] | list[str]) -> Moment | None:
    for text in texts:
        if text and (moment := dates.read_date(text)) and (moment.at or moment.on):
            return moment
    return None


def _site(data: _Data) -> str:
    for node in data.articles:
        for name in _texts(node.get("publisher")):
            if name and "://" not in name:
                return name
    said = data.metas.get("og:site_name", "") or data.metas.get("application-name", "")
    return said or _masthead(data)


def _masthead(data: _Data) -> str:
    """The paper's name where only the link to its front page says it: words that stand in the page's title too."""
    title = next((_plain(element.text_content()) for element in data.tree.xpath("//title")[:1]), "")
    texts = (_plain(link.text_content()) for link in data.tree.xpath("//a[@href='/']")[:10])
    return next((text for text in texts if len(text) > 1 and text in title), "")


def _address(data: _Data) -> str:
    for link in data.tree.xpath("//link[@rel='canonical'][@href]")[:1]:
        return str(link.get("href")).strip()
    return data.metas.get("og:url", "")


def _language(data: _Data) -> str:
    said = data.tree.get("lang") or data.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    said = said or data.metas.get("og:locale", "") or data.metas.get("language", "")
    return re.split(r"[-_]", said.strip().lower())[0][:3]


def _plain(text: str) -> str:
    if "&" in text:
        text = unescape(text)
    if "<" in text:
        text = re.sub(r"<[^<>]{0,300}>", " ", text)
    return _BLANKS.sub(" ", text).strip()
