"""What an HTML page declares of itself: headline, authors, dates, section, pictures, address.

Sources are schema.org data (JSON-LD and microdata), OpenGraph and other meta elements, `time` elements and the page's
visible dated lines. Nothing here decides what the article is; `core.extract` does, from what is declared.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

import lxml.html
from lxml import etree

from rawi.core import authors, headlines, linked, mastheads, page_dates, sections, urls
from rawi.core.authors import Named
from rawi.core.dates import Moment
from rawi.core.headlines import Candidate
from rawi.core.images import declared as pictures_declared
from rawi.core.images import images
from rawi.core.markup import DEEPEST, flattened, plain, without_floods
from rawi.core.outline import Outline
from rawi.core.page_dates import Witness
from rawi.model import Image

_LONGEST_HEAD = 500_000

_SECTION_METAS = ("article:section", "articlesection", "section", "parsely-section", "cxenseparse:recs:articlesection")
_SECTION_NAMES = re.compile(r"categ|\bcat|section|rubri|kick|ariane|crumb|path|\bover\b|قسم", re.IGNORECASE)
_LONGEST_DESCRIPTION, _MOST_DESCRIPTIONS = 2000, 10
_LONGEST_SECTION, _LONGEST_NAME, _MOST_LINKS, _MOST_MARKED = 40, 400, 400, 20
_HOLDS_JSON = re.compile(r"\s*+(?:[\[{]|(?:var |let |const |window|self|__)[\w.$\[\]\"' ]{1,80}=\s*+[\[{])")
_END = re.compile(rb"</html\s*>", re.IGNORECASE)
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])


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
    """All that it calls its section, and where ("JSON-LD", "microdata", "meta", "path", "link"); the first is taken."""
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


TOO_DEEP = f"only {DEEPEST} levels of its boxes were read"
"""The note of a page whose boxes stand deeper in each other."""


def parse(html: str) -> Any | None:
    """The tree of a page (an lxml element); None when there is nothing in it that could be a tree."""
    return parsed(html)[0]


def parsed(html: str) -> tuple[Any | None, str]:
    """The tree of a page, as `parse` gives it, and what is to be noted of it."""
    # As bytes, because what goes over a whole page takes a third of the time so.
    data = html.encode("utf-8", "replace").translate(None, _CONTROLS)
    data = without_floods(data).lstrip()
    data = _whole(data)
    if data.startswith(b"<?xml"):  # it may name another charset
        data = data.partition(b"?>")[2]
    if not data.strip():
        return None, ""
    tree, is_too_deep = _tree(data, huge=False)
    if not is_too_deep:
        return tree, ""
    data, is_cut = flattened(data)
    tree, is_too_deep = _tree(data, huge=True)
    return tree, TOO_DEEP if is_cut or is_too_deep else ""


def _tree(data: bytes, *, huge: bool) -> tuple[Any | None, bool]:
    """The tree of a page, and whether the parser gave up because of its depth: at 256 levels, or at 2,048 of a `huge`
    one."""
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=huge)
    parser.set_element_class_lookup(_ALL_ALIKE)
    try:
        tree = lxml.html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, False
    is_too_deep = any("Excessive depth" in error.message for error in parser.error_log)
    return (tree if isinstance(tree.tag, str) else None), is_too_deep


def _whole(data: bytes) -> bytes:
    """A page that goes on behind its `</html>`, as browsers show it; libxml2 would leave the rest out."""
    end = _END.search(data)
    return _END.sub(b"", data) if end and data[end.end() :].strip() else data


def declared(tree: Any, url: str = "", captured_at: datetime | None = None, parts: Outline | None = None) -> Declared:
    """Reads a page's declarations from its tree; leaves the tree as it is. Address and time of capture are evidence of
    its dates; `parts` is the tree's outline, where that is made already."""
    parts = Outline(tree) if parts is None else parts
    metas = parts.metas
    nodes = linked.nodes(parts.scripts)
    articles = [node for node in nodes if linked.is_article(node)]
    site_names = mastheads.names(parts, list(linked.said(articles, "publisher")), nodes)
    titles = headlines.candidates(parts, list(linked.headlines(articles)))
    dated = page_dates.read_dates(
        parts,
        nodes=nodes,
        articles=articles,
        metas=metas,
        tag=_language_tag(parts),
        url=url,
        captured_at=captured_at,
    )
    named = authors.authors(parts, articles, linked.by_id(nodes), site_names)
    in_section = _sections(parts, nodes, articles, url, (*site_names, *(one.text for one in titles)))
    pictured = pictures_declared(articles, metas)
    return Declared(
        headlines=titles,
        authors=named[0].names if named else (),
        named=named,
        published=dated.published,
        modified=dated.modified,
        date_notes=dated.notes,
        witnesses=dated.witnesses,
        section=in_section[0][0] if in_section else "",
        sections=in_section,
        site=next(iter(site_names), ""),
        site_names=site_names,
        address=_address(parts, articles),
        language=re.split(r"[-_]", _language_tag(parts))[0][:3],
        images=images(parts, pictured),
        pictured=tuple(pictured),
        is_article=bool(articles) or metas.get("og:type", "").lower() == "article",
        form=linked.form(nodes),
        descriptions=_descriptions(metas, articles),
        body=linked.body(articles),
        scripts=tuple(text for _, text in parts.scripts if _HOLDS_JSON.match(text)),
    )


def own_address(html: str) -> str:
    """The address that a saved page gives as its own (the browser's note, canonical link, og:url, JSON-LD); or ""."""
    saved = re.search(r"<!--\s*saved from url=\(\d+\)\s*(https?://[^\s>]+)", html[:4000])
    if saved:
        return saved.group(1)
    head = html[:_LONGEST_HEAD].partition("</head>")[0]  # a page's head is a small part of it, and says its address
    tree = parse(head)
    if tree is None:
        return ""
    if _is_whole(found := _address(Outline(tree))):
        return found
    whole = parse(html) if head != html else tree  # JSON-LD may stand at the page's end
    nodes = linked.nodes(Outline(whole).scripts) if whole is not None else []
    return _linked_address([node for node in nodes if linked.is_article(node)])


def _is_whole(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def linked_headline(tree: Any) -> str:
    """The headline that a page's JSON-LD gives its article; "" when it gives none."""
    articles = [node for node in linked.nodes(Outline(tree).scripts) if linked.is_article(node)]
    return next(linked.said(articles, "headline"), "")


# ---------------------------------------------------------------------------------------- one by one


def _sections(
    parts: Outline, nodes: Sequence[linked.Node], articles: Sequence[linked.Node], url: str, names: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """What a page calls its section, and where: JSON-LD, microdata, meta elements; else the path of links to the page,
    or a link that shows it. `names` are the site's and the headline."""
    found = [(text, "JSON-LD") for text in linked.said(articles, "articleSection") if text]
    marked = (element for name, element in parts.marked if name == "articleSection" and element.tag != "meta")
    found += [(text, "microdata") for text in map(_value, islice(marked, _MOST_MARKED)) if text]
    found += [(parts.metas[name], "meta") for name in _SECTION_METAS if name in parts.metas]
    if not found:
        path = linked.section(nodes, url, names)
        line = "" if sections.topic(path) else _section_line(parts)
        found = [(text, where) for text, where in ((line, "link"), (path, "path")) if text]
    return tuple(dict.fromkeys(found))


def _value(element: Any) -> str:
    return plain(element.get("content") or element.get("datetime") or element.text_content() or "")


def _section_line(parts: Outline) -> str:
    """The section where a page says it only to the eye: a short link, named for it, in words that are known."""
    is_named = cache(_is_section_name)
    around: dict[Any, bool] = {}
    links = ((place, rel) for place, (href, rel) in parts.links.items() if href is not None)
    for place, rel in islice(links, _MOST_LINKS):
        link, name = parts.elements[place], parts.classes[place]
        if (name and is_named(name)) or (rel and is_named(rel)) or _is_in_named(link, is_named, around):
            said = plain("".join(link.itertext()))
            if len(said) <= _LONGEST_SECTION and sections.topic(said):
                return said
    return ""


def _is_in_named(link: Any, is_named: Callable[[str], bool], known: dict[Any, bool]) -> bool:
    """Whether one of the two elements around a link is named for a section; `known` are those that were asked before:
    all links of a menu stand in one."""
    for element in islice(link.iterancestors(), 2):
        if element not in known:
            known[element] = is_named(element.get("class") or "")
        if known[element]:
            return True
    return False


def _is_section_name(name: str) -> bool:
    return bool(_SECTION_NAMES.search(name[:_LONGEST_NAME]))


def _address(parts: Outline, articles: Sequence[linked.Node] = ()) -> str:
    """The canonical link, og:url, or the one address that JSON-LD gives the page's articles."""
    for link in parts["link"]:
        if link.get("rel") == "canonical" and (href := link.get("href")) is not None:
            return str(href).strip()
    if said := parts.metas.get("og:url", ""):
        return said
    return _linked_address(articles)


def _linked_address(articles: Sequence[linked.Node]) -> str:
    """The address that all of a page's articles have in JSON-LD; "" for several: none is known to be the page."""
    given = {address for article in articles if (address := _address_of(article))}
    return given.pop() if len(given) == 1 else ""


def _address_of(article: linked.Node) -> str:
    for value in (article.get("mainEntityOfPage"), article.get("url"), article.get("@id")):
        said = (value.get("@id") or value.get("url")) if isinstance(value, dict) else value
        if isinstance(said, str) and _is_whole(said) and urls.parts(said).path.strip("/"):
            return said.strip().partition("#")[0]
    return ""


def _descriptions(metas: Mapping[str, str], articles: Sequence[linked.Node]) -> tuple[str, ...]:
    said = [metas.get(name, "") for name in ("description", "og:description", "twitter:description")]
    told = dict.fromkeys(filter(None, (*said, *linked.said(articles, "description"))))
    return tuple(text[:_LONGEST_DESCRIPTION] for text in islice(told, _MOST_DESCRIPTIONS))


def _language_tag(parts: Outline) -> str:
    said = parts.tree.get("lang") or parts.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    said = said or parts.metas.get("og:locale", "") or parts.metas.get("language", "")
    return str(said).strip().lower()
