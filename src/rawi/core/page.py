"""What an HTML page declares of itself: headline, authors, dates, section, pictures, address.

Sources are schema.org data (JSON-LD and microdata), OpenGraph and other meta elements, `time` elements and the page's
visible dated lines. Nothing here decides what the article is; `core.extract` does, from what is declared.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

import lxml.html
import orjson
from lxml import etree

from rawi.core import authors, headlines, mastheads, page_dates, sections
from rawi.core.authors import Named
from rawi.core.dates import Moment
from rawi.core.headlines import Candidate
from rawi.core.images import declared as pictures_declared
from rawi.core.images import images
from rawi.core.markup import plain as _plain
from rawi.core.markup import without_floods
from rawi.core.outline import outline
from rawi.core.page_dates import Witness
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
_SECTION_METAS = ("article:section", "articlesection", "section", "parsely-section", "cxenseparse:recs:articlesection")
_SECTION_NAMES = re.compile(r"categ|\\bcat|section|rubri|kick|ariane|crumb|path|\\bover\\b|قسم", re.IGNORECASE)
_LONGEST_SECTION, _MOST_LINKS = 40, 400
_HOLDS_JSON = re.compile(r"\s*+(?:[\[{]|(?:var |let |const |window|self|__)[\w.$\[\]\"' ]{1,80}=\s*+[\[{])")
_NUL_TO_BLANK = bytes([32, *range(1, 256)])
_CONTROLS = bytes([*range(1, 9), 11, 12, *range(14, 32), 127])
_PARAGRAPH_END = re.compile(r"</(?:p|div|li|h[1-6]|blockquote)>|<br\s*/?>", re.IGNORECASE)


_ALL_ALIKE = etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
"""lxml.html asks a Python function for the class of every element that is touched, to give forms their own: a third of
the time of a pass over a tree, for nothing that is read here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """What the page says of itself; empty where it says nothing."""

    headlines: tuple[Candidate, ...] = ()
    """What may be the headline; the page's title comes last."""
    authors: tuple[str, ...] = ()
    named: tuple[Named, ...] = ()
    """Where the authors are named: first the place that was taken."""
    published: Moment | None = None
    modified: Moment | None = None
    date_notes: tuple[str, ...] = ()
    """What was doubtful about its dates."""
    witnesses: tuple[Witness, ...] = ()
    """What says so of its dates."""
    section: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    """All that it calls its section, and where ("JSON-LD", "microdata", "meta", "link"); the first is taken."""
    site: str = ""
    site_names: tuple[str, ...] = ()
    """All that the site calls itself."""
    address: str = ""
    language: str = ""
    images: tuple[Image, ...] = ()
    pictured: tuple[Image, ...] = ()
    """The pictures that JSON-LD and OpenGraph name, which need not be seen on the page."""
    is_article: bool = False
    """Whether it calls itself one, by its type."""
    form: str = ""
    """"live blog" or "gallery", when it calls itself so."""
    descriptions: tuple[str, ...] = ()
    """What it says of itself in short; often its standfirst."""
    body: str = ""
    """The article's text as JSON-LD gives it (`articleBody`, the entries of a live blog), a paragraph a line."""
    scripts: tuple[str, ...] = ()
    """The longer scripts that may hold JSON, whole."""


@dataclass(slots=True)
class _Data:
    """The page's declarations, gathered once."""

    tree: Any
    metas: dict[str, str] = field(default_factory=dict)
    articles: list[dict[str, Any]] = field(default_factory=list)


def parse(html: str) -> Any | None:
    """The tree of a page (an lxml element); None when there is nothing in it that could be a tree."""
    # As bytes, because what goes over a whole page takes a third of the time so.
    data = html.encode("utf-8", "replace").translate(_NUL_TO_BLANK, _CONTROLS)
    data = without_floods(data).lstrip()
    data = _whole(data)
    if data.startswith(b"<?xml"):  # it may name another charset
        data = data.partition(b"?>")[2]
    if not data.strip():
        return None
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    parser.set_element_class_lookup(_ALL_ALIKE)
    try:
        tree = lxml.html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree.tag, str) else None


def _whole(data: bytes) -> bytes:
    """A page that goes on behind its `</html>`, as browsers show it; libxml2 would leave the rest out."""
    for end in (b"</html>", b"</HTML>"):
        at = data.find(end)
        if at >= 0 and data[at + len(end) :].strip():
            data = data.replace(end, b"")
    return data


def declared(tree: Any, url: str = "", captured_at: datetime | None = None) -> Declared:
    """Reads a page's declarations from its tree; leaves the tree as it is. Address and time of capture are evidence of
    its dates."""
    data, parts = _Data(tree), outline(tree)
    for meta in parts["meta"]:
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        if name and (content := _plain(meta.get("content") or "")):
            data.metas.setdefault(name, content)
    nodes = list(_json_ld(parts["script"]))
    data.articles = [node for node in nodes if _is_article(node)]
    site_names = mastheads.names(parts, data.metas, _publishers(data), nodes)
    site = next(iter(site_names), "")
    dated = page_dates.read_dates(
        tree,
        nodes=nodes,
        articles=data.articles,
        metas=data.metas,
        tag=_language_tag(data),
        url=url,
        captured_at=captured_at,
    )
    named = authors.authors(tree, parts, data.metas, data.articles, _by_id(nodes), site_names)
    in_section = _sections(data)
    pictured = pictures_declared(data.articles, data.metas)
    return Declared(
        headlines=headlines.candidates(tree, parts, data.metas, list(_headlines(data))),
        authors=named[0].names if named else (),
        named=named,
        published=dated.published,
        modified=dated.modified,
        date_notes=dated.notes,
        witnesses=dated.witnesses,
        section=in_section[0][0] if in_section else "",
        sections=in_section,
        site=site,
        site_names=site_names,
        address=_address(data),
        language=_language(data),
        images=images(tree, pictured),
        pictured=tuple(pictured),
        is_article=bool(data.articles) or data.metas.get("og:type", "").lower() == "article",
        form=_form(nodes),
        descriptions=_descriptions(data),
        body=_article_body(data),
        scripts=tuple(text for script in parts["script"] if (text := script.text) and _HOLDS_JSON.match(text)),
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


def _json_ld(scripts: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for script in scripts:
        if "ld+json" in (script.get("type") or "").lower():
            yield from _nodes(_loads(script.text or ""))


def linked_headline(tree: Any) -> str:
    """The headline that a page's JSON-LD gives its article; "" when it gives none."""
    said = (text for node in _json_ld(tree) if _is_article(node) for text in _texts(node.get("headline")))
    return next(filter(None, said), "")


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


def _by_id(nodes: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}


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


def _sections(data: _Data) -> tuple[tuple[str, str], ...]:
    """What a page calls its section, and where: JSON-LD, then microdata, then meta elements; else a link."""
    key = "articleSection"
    found = [(text, "JSON-LD") for node in data.articles for text in _texts(node.get(key)) if text]
    found += [(text, "microdata") for element in _with_property(data.tree, key) if (text := _value(element))]
    found += [(data.metas[name], "meta") for name in _SECTION_METAS if name in data.metas]
    if not found and (said := _section_line(data.tree)):
        found.append((said, "link"))
    return tuple(dict.fromkeys(found))


def _with_property(tree: Any, name: str) -> list[Any]:
    return [element for element in tree.xpath(f"//*[@itemprop='{name}']")[:20] if element.tag != "meta"]


def _value(element: Any) -> str:
    return _plain(element.get("content") or element.get("datetime") or element.text_content() or "")


# ---------------------------------------------------------------------------------------- one by one


def _headlines(data: _Data) -> Iterator[Candidate]:
    """The headlines that JSON-LD gives."""
    for node in data.articles:
        source = "news" if "newsarticle" in str(node.get("@type")).lower() else "json"
        for text in _texts(node.get("headline") or node.get("name")):
            yield Candidate(text, source)


def _section_line(tree: Any) -> str:
    """The section where a page says it only to the eye: a short link, named for it, in words that are known."""
    for element in tree.xpath("//a[@href]")[:_MOST_LINKS]:
        near = [element, *list(element.iterancestors())[:2]]
        if any(_SECTION_NAMES.search(f"{e.get('class') or ''} {e.get('rel') or ''}") for e in near):
            said = _plain(element.text_content())
            if len(said) <= _LONGEST_SECTION and sections.topic(said):
                return said
    return ""


def _publishers(data: _Data) -> list[str]:
    return [name for node in data.articles for name in _texts(node.get("publisher")) if name]


def _address(data: _Data) -> str:
    for link in data.tree.iter("link"):
        if link.get("rel") == "canonical" and (href := link.get("href")) is not None:
            return str(href).strip()
    return data.metas.get("og:url", "")


def _form(nodes: list[dict[str, Any]]) -> str:
    types = {str(kind).lower() for node in nodes for kind in _many(node.get("@type"))}
    return "live blog" if "liveblogposting" in types else "gallery" if "imagegallery" in types else ""


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _descriptions(data: _Data) -> tuple[str, ...]:
    said = [data.metas.get(name, "") for name in ("description", "og:description", "twitter:description")]
    said += [text for node in data.articles for text in _texts(node.get("description"))]
    return tuple(dict.fromkeys(text for text in said if text))


def _article_body(data: _Data) -> str:
    """The longest text that JSON-LD gives an article; a live blog has those of its entries."""
    said = [_lined(node.get("articleBody")) for node in data.articles]
    for node in data.articles:
        entries = [entry for entry in _many(node.get("liveBlogUpdate")) if isinstance(entry, dict)]
        said.append(
            "\n".join(filter(None, (_lined(e.get(key)) for e in entries for key in ("headline", "articleBody"))))
        )
    return max(said, key=len, default="")


def _lined(value: Any) -> str:
    """A text without its markup, its paragraphs kept."""
    if not isinstance(value, str):
        return ""
    value = _PARAGRAPH_END.sub("\n", unescape(value) if "&lt;" in value else value)
    return "\n".join(line for part in value.splitlines() if (line := _plain(part)))


def _language(data: _Data) -> str:
    return re.split(r"[-_]", _language_tag(data))[0][:3]


def _language_tag(data: _Data) -> str:
    said = data.tree.get("lang") or data.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    said = said or data.metas.get("og:locale", "") or data.metas.get("language", "")
    return str(said).strip().lower()
