"""Who wrote an article: what a page declares, and where that names nobody but the paper, what it shows."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

from rawi.core import bylines, headlines, sections
from rawi.core.markup import plain
from rawi.core.outline import Outline

_METAS = (
    "author",
    "authors",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "cxenseparse:recs:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
    "creator",
    "mediator_author",
)
_LAST_NAME_FIRST = frozenset(["citation_author", "dc.creator", "dcterms.creator"])
_LAST_FIRST = re.compile(r"^([^,\s]+),\s*([^,\s]+)$")
_WRITTEN_BY = re.compile(
    r"written|author|by\b|écrit|auteur|verfasst|geschrieben|escrito|autor|scritto|كتب|الكاتب", re.IGNORECASE
)

_JOINED = re.compile(r"^(?:[,;&،]|(?:and|und|et|y|e|og|och|ve|en|و)\s)", re.IGNORECASE)
_JOINS = re.compile(r"(?:[,;&،]|(?:^|\s)(?:and|und|et|y|e|og|och|ve|en|و))$", re.IGNORECASE)
_BYLINE_STEMS = (
    "aut",
    "byline",
    "by-line",
    "contributor",
    "creator",
    "forfatter",
    "journalist",
    "muhabir",
    "person-link",
    "redakteur",
    "reporter",
    "signature",
    "writer",
    "yazar",
    "كاتب",
)
"""Looked for first: a pattern for all of them takes ten times as long to say that there is none."""
_BYLINE_NAMES = re.compile(
    r"(?:^|[-_\s]|text)(?:authors?|autor(?:en|es)?|auteurs?|by-line|contributors?|creator|forfatter|journalist|muhabir"
    r"|person-link|redakteur|reporter|signature|writers?|yazar)(?-i:(?![a-z]))|author_?-?name|byline|كاتب",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"comment|related|teaser|recirc|recommend|sidebar|popular|trending|promo|caption|credit|copyright|most-?read|newsletter"
    r"|latest|carousel|swiper",
    re.IGNORECASE,
)
_NO_LINES = frozenset(
    ["aside", "button", "figcaption", "figure", "footer", "form", "nav", "noscript", "script", "style"]
)
_LINE_TAGS = frozenset(
    ["b", "div", "em", "h2", "h3", "h4", "h5", "h6", "i", "li", "p", "small", "span", "strong", "td"]
)
_LONGEST_LINE, _LONGEST_BLOCK, _MOST_LINES, _MOST_ELEMENTS = 120, 400, 60, 50_000
_MOST_METAS, _MOST_LOOKED_AT = 50, 500
_FAR, _FARTHEST, _LONGEST_BYLINE = 30, _MOST_ELEMENTS, 60
_MOST_LAST = 100
_AT_RIGHT = re.compile(r"text-align\s{0,3}:\s{0,3}(?:right|end)")
_NEAR = 3
"""Levels of the tree: names of one by-line stand this near to one another."""

_names_in = etree.XPath(".//*[@itemprop='name']")


@dataclass(frozen=True, slots=True)
class Named:
    """Those whom one place of a page names as authors."""

    names: tuple[str, ...]
    source: str
    """"JSON-LD", "meta", "microdata", "by-line" or "signature"."""


def authors(
    parts: Outline,
    articles: Sequence[Mapping[str, Any]],
    by_id: Mapping[str, Any],
    site_names: Sequence[str],
) -> tuple[Named, ...]:
    """Those who wrote a page's article, by the place that names them; the paper's own name only where no other is to be
    found. First those that are taken, then what was looked at before and names only the paper; empty when nobody is
    named.

    `articles` are its JSON-LD of articles, `by_id` all objects of it by their "@id".
    """
    declared = (
        ("JSON-LD", _in_json(articles, by_id)),
        ("meta", _in_metas(parts)),
        ("microdata", _in_microdata(parts)),
    )
    papers: list[Named] = []
    for source, names in declared:
        if found := _persons_first(bylines.distinct(names), site_names):
            named = Named(_capitalised(found, parts), source)
            if not all(bylines.is_paper(name, site_names) for name in found):
                return (named, *papers)
            papers.append(named)
    if not papers:
        shown = bylines.distinct(_shown(parts, _FARTHEST))
    else:
        # Against the paper's own word only a person's name counts that stands where by-lines do.
        shown = bylines.distinct(name for name in _shown(parts, _FAR) if not bylines.is_agency(name))
    if shown := _persons_first(shown, site_names):
        return (Named(shown, "by-line"), *papers)
    signed = tuple(_signed(parts))
    return (*([Named(signed, "signature")] if signed else []), *papers)


def _persons_first(names: tuple[str, ...], site_names: Sequence[str]) -> tuple[str, ...]:
    """Without sections, which nobody is; and where a person is named, without the paper and its desks."""
    names = tuple(name for name in names if not sections.is_heading(name))
    of_paper = {name for name in names if bylines.is_of_paper(name, site_names)}
    has_person = any(bylines.is_name(name) and not bylines.is_agency(name) for name in names if name not in of_paper)
    return tuple(name for name in names if name not in of_paper) if has_person else names


def _capitalised(names: tuple[str, ...], parts: Outline) -> tuple[str, ...]:
    """Names that are declared in small letters, as the by-line writes them."""
    if not any(name.islower() and " " in name for name in names):
        return names
    written = {name.casefold(): name for name in _shown(parts, _FARTHEST)}
    return tuple(written.get(name, name) if name.islower() else name for name in names)


def _in_json(articles: Sequence[Mapping[str, Any]], by_id: Mapping[str, Any]) -> Iterator[str]:
    for node in articles:
        for said in _named(node.get("author") or node.get("creator"), by_id):
            yield from bylines.people(plain(said))


def _named(value: Any, by_id: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """The names that a JSON-LD value stands for: texts, objects, lists of both, references to objects elsewhere."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth < 3:
        for item in value[: bylines.MOST]:
            yield from _named(item, by_id, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        whole = value if value.get("name") else by_id.get(str(value.get("@id")), value)
        name = whole.get("name") or whole.get("@value") or _in_full(whole) or whole.get("url") or whole.get("@id")
        yield from _named(name, by_id, depth + 1)


def _in_full(person: Mapping[str, Any]) -> str:
    parts = (person.get("givenName"), person.get("familyName"))
    return " ".join(part for part in parts if isinstance(part, str))


def _in_microdata(parts: Outline) -> Iterator[str]:
    first = None
    properties = (element for name, element in parts.marked if name in ("author", "creator"))
    for element in islice(properties, bylines.MOST):
        names = _names_in(element) if element.tag != "meta" else []
        told = names[0] if names else element
        said = told.get("content") or _line(told, bylines.LONGEST)
        if (
            said
            and (element.tag == "meta" or not _stands_elsewhere(element))
            and (first is None or _is_near(element, first))
        ):
            first = element if first is None else first
            yield from bylines.people(said)


def _in_metas(parts: Outline) -> Iterator[str]:
    metas = parts.metas
    for name in _METAS:
        if name not in metas:
            continue
        named = (
            meta for meta in parts["meta"] if (meta.get("name") or meta.get("property") or "").strip().lower() == name
        )
        all_said = [metas[name], *(plain(meta.get("content") or "") for meta in islice(named, _MOST_METAS))]
        if name in _LAST_NAME_FIRST:
            all_said = [_LAST_FIRST.sub(r"\2 \1", said) for said in all_said]
        found = [person for said in all_said for person in bylines.people(said)]
        if found:
            yield from found
            return
    if _WRITTEN_BY.search(metas.get("twitter:label1", "")):
        yield from bylines.people(metas.get("twitter:data1", ""))


# ------------------------------------------------------------------------------------------- what is shown


def _shown(parts: Outline, farthest: int) -> Iterator[str]:
    """The names in the by-line nearest to the headline, no more than so many elements from it; one before it must be
    twice as near."""
    heading = next((one for one in parts.first("h1", most=_MOST_LINES) if not headlines.is_masthead(one)), None)
    frame = set(heading.iterancestors()) if heading is not None else {parts.tree}
    of_bylines = frozenset(filter(_BYLINE_NAMES.search, parts.named(_BYLINE_STEMS)))
    links = parts.links
    lines: list[tuple[int, Any, list[str]]] = []
    looked_at = 0
    start, end = 0, _MOST_ELEMENTS
    for at, (element, named) in enumerate(zip(parts.elements, parts.classes, strict=True)):
        if element is heading:
            start, end = at, min(end, at + farthest)
        elif named in of_bylines or (_is_authors(links[at]) if at in links else _begins_by(element)):
            if element.tag in _NO_LINES:
                continue
            looked_at += 1
            if (names := _in_line(element, is_link=at in links and _is_authors(links[at]))) and not _stands_elsewhere(
                element, frame
            ):
                lines.append((at, element, names))
                if start or heading is None:  # what comes far behind this one is farther from the headline, and no part
                    end = min(end, at + _LONGEST_BYLINE)
        if at > end or len(lines) > _MOST_LINES or looked_at > _MOST_LOOKED_AT:
            break
    near = [(at - start if at > start else 2 * (start - at), element) for at, element, _ in lines]
    distance, nearest = min(near, key=lambda line: line[0], default=(farthest, None))
    for _, element, names in lines:
        if distance < farthest and _is_near(element, nearest):
            yield from names


def _signed(parts: Outline) -> Iterator[str]:
    """The name that stands alone at the right margin behind the text, as letters are signed."""
    for element in reversed(parts["p"][-_MOST_LAST:]):
        if element.get("align") == "right" or _AT_RIGHT.search((element.get("style") or "")[:_LONGEST_BLOCK]):
            said = _line(element)
            if bylines.is_name(said) and not bylines.is_agency(said) and not _stands_elsewhere(element):
                yield said
                return


def _is_authors(link: tuple[str | None, str | None]) -> bool:
    """Whether a link, by its address and its `rel`, leads to an author."""
    href, rel = link
    return rel == "author" or (href is not None and bylines.leads_to_author(href))


def _in_line(element: Any, *, is_link: bool) -> list[str]:
    """The names in a by-line; in a link to an author a word alone is one, too."""
    if not (line := _line(element)):
        return []
    if names := _in_parts(element) or [name for name in bylines.people(line) if bylines.is_name(name)]:
        return names
    return [name for name in bylines.people(line) if _is_single(name)] if is_link else []


def _in_parts(element: Any) -> list[str]:
    """The names of the first part of a by-line that has any, and of those that are joined to it: what follows it else
    says what she is, or when she wrote."""
    names: list[str] = []
    is_joined = True
    for piece in element.itertext():
        part = plain(piece)
        if part and (is_joined or _JOINED.match(part)):
            names += [name for name in bylines.people(part) if bylines.is_name(name)]
        if part:
            is_joined = not names or bool(_JOINS.search(part))
    return names


def _begins_by(element: Any) -> bool:
    said = element.text if element.tag in _LINE_TAGS else ""
    return bool(said and bylines.says_by(said[:_LONGEST_LINE].lstrip()))


def _is_single(name: str) -> bool:
    return name.isalpha() and len(name) > 2 and name[0].isupper() and not name.isupper()


def _line(element: Any, longest: int = _LONGEST_LINE) -> str:
    """The words of an element, its parts set apart; "" when they are more than a line."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece.strip())
        if length > longest or len(pieces) > longest:
            return ""
    return plain(" ".join(pieces))


def _stands_elsewhere(element: Any, frame: Container[Any] = ()) -> bool:
    """Whether an element belongs to something around the article: a teaser, a comment, the caption of a picture. What
    holds the headline, `frame`, is the article's own, whatever it is called."""
    for above in (element, *element.iterancestors()):
        if above in frame or above.tag in ("main", "body"):
            return False
        if above.tag in _NO_LINES or _ELSEWHERE.search(above.get("class") or ""):
            return True
        if above.tag == "a" and above is not element and not bylines.leads_to_author(above.get("href") or ""):
            return True
        if above.tag == "article":
            return False
    return False


def _is_near(element: Any, first: Any) -> bool:
    """Whether an element stands in the same small block as the first one."""
    block = first
    for _ in range(_NEAR):
        above = block.getparent()
        if above is None or above.tag in ("article", "main", "body") or not _line(above, _LONGEST_BLOCK):
            break
        block = above
    return element is block or any(above is block for above in element.iterancestors())
