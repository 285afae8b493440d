"""What a page says of its article in JSON-LD, as schema.org names it."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

import orjson

from rawi.core import urls
from rawi.core.headlines import Candidate
from rawi.core.markup import plain

Node = Mapping[str, Any]

MOST_JSON = 2 * 1024 * 1024
"""Longer JSON-LD is passed over: an article's own is a thousand times shorter."""
_MOST_ALL, _MOST_NODES, _MOST_TEXTS, _DEEPEST = 4 * MOST_JSON, 2000, 50, 5
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
_PARAGRAPH_END = re.compile(r"</(?:p|div|li|h[1-6]|blockquote)>|<br\s{0,9}/?>", re.IGNORECASE)
_MOST_CRUMBS, _LONGEST_CRUMB = 6, 40
_HOMES = frozenset(
    """
    accueil anasayfa forside front frontpage hem hjem home homepage index inicio início news nieuws nachrichten noticias
    portada start startseite úvod etusivu главная الرئيسية الرئيسيه
    """.split()  # noqa: SIM905 - a table, a few words a line
)
"""What the first step of a path is called, in small letters; it is no section."""


def nodes(scripts: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """The objects in a page's JSON-LD, outermost first; `scripts` are the kinds and texts of all its scripts."""
    found: list[dict[str, Any]] = []
    left = _MOST_ALL
    for kind, text in scripts:
        if "ld+json" in kind and len(text) <= min(left, MOST_JSON):
            left -= len(text)
            found += _within(_loads(text))
    return found


def _loads(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        return orjson.loads(re.sub(r",\s*+([}\]])", r"\1", re.sub(r"[\x00-\x1f]+", " ", text)))
    except orjson.JSONDecodeError:
        return None


def _within(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in lists and graphs, outermost first; without recursion, because depth is the page's to choose."""
    waiting, seen = deque([value]), 0
    while waiting and seen < _MOST_NODES:
        node, seen = waiting.popleft(), seen + 1
        if isinstance(node, list):
            waiting.extendleft(reversed(node[:_MOST_NODES]))
        elif isinstance(node, dict):
            yield node
            inner = (node.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))
            waiting.extend(value for value in inner if isinstance(value, dict | list))


def by_id(found: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The objects that others refer to and that have a name, by their "@id"."""
    return {node["@id"]: node for node in found if isinstance(node.get("@id"), str) and "name" in node}


def is_article(node: Node) -> bool:
    """Whether an object is an article, by its type."""
    return any(
        isinstance(kind, str) and kind.rpartition("/")[2].lower() in _ARTICLE_TYPES for kind in _many(node.get("@type"))
    )


def texts(value: Any, depth: int = 0) -> Iterator[str]:
    """The texts or names that a value stands for."""
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, dict) and depth < _DEEPEST:
        yield from texts(value.get("name") or value.get("@value") or value.get("url"), depth + 1)
    elif isinstance(value, list):
        for item in value[:_MOST_TEXTS]:
            if not isinstance(item, list):
                yield from texts(item, depth)


def said(articles: Iterable[Node], key: str) -> Iterator[str]:
    """The texts that articles give for one of their properties."""
    return (text for node in articles for text in texts(node.get(key)) if text)


def headlines(articles: Iterable[Node]) -> Iterator[Candidate]:
    """The headlines that articles are given."""
    for node in articles:
        source = "news" if "newsarticle" in str(node.get("@type")).lower() else "json"
        for text in texts(node.get("headline") or node.get("name")):
            yield Candidate(text, source)


def form(found: Iterable[Node]) -> str:
    """ "live blog" or "gallery", when the page calls itself so."""
    types = {str(kind).lower() for node in found for kind in _many(node.get("@type"))}
    return "live blog" if "liveblogposting" in types else "gallery" if "imagegallery" in types else ""


def body(articles: Sequence[Node]) -> str:
    """The longest text that an article is given; a live blog has those of its entries."""
    found = [_lined(node.get("articleBody")) for node in articles]
    for node in articles:
        entries = [entry for entry in _many(node.get("liveBlogUpdate")) if isinstance(entry, dict)]
        found.append(
            "\n".join(filter(None, (_lined(e.get(key)) for e in entries for key in ("headline", "articleBody"))))
        )
    return max(found, key=len, default="")


def _lined(value: Any) -> str:
    """A text without its markup, its paragraphs kept."""
    if not isinstance(value, str):
        return ""
    value = unescape(value) if "&lt;" in value else value
    value = _PARAGRAPH_END.sub("\n", value) if "<" in value else value
    return "\n".join(line for part in value.splitlines() if (line := plain(part)))


def section(found: Sequence[Node], url: str, names: Iterable[str]) -> str:
    """The section that the page's path of links says, as "Sport > Football"; "" when it says none.

    `names` are what else stands in such paths: the site's own and the headline.
    """
    others = {" ".join(name.split()).casefold() for name in names}
    for node in found:
        for path in (node, *(inner for inner in _many(node.get("breadcrumb")) if isinstance(inner, dict))):
            if "BreadcrumbList" in _many(path.get("@type")):
                steps = [
                    name
                    for name, address in _steps(path.get("itemListElement"))
                    if name and len(name) <= _LONGEST_CRUMB and not _is_front(address) and address != url
                    if name.casefold() not in _HOMES and name.casefold() not in others
                ]
                if steps:
                    return " > ".join(steps)
    return ""


def _steps(value: Any) -> list[tuple[str, str]]:
    """The names and addresses of the steps of a path, in their order."""
    steps: list[tuple[float, str, str]] = []
    for step in _many(value)[:_MOST_CRUMBS]:
        if not isinstance(step, dict):
            continue
        item = step.get("item")
        inner = item if isinstance(item, dict) else {}
        name = next(texts(step.get("name") or inner.get("name")), "")
        address = item if isinstance(item, str) else inner.get("@id") or inner.get("url")
        steps.append((_number(step.get("position")), name, address if isinstance(address, str) else ""))
    return [(name, address) for _, name, address in sorted(steps, key=lambda step: step[0])]


def _number(said: Any) -> float:
    if isinstance(said, int | float):
        return said
    return int(said) if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 6 else 0


def _is_front(address: str) -> bool:
    """Whether an address is that of a front page."""
    if "://" not in address:
        return address == "/"
    split = urls.parts(address)
    return bool(split.netloc) and split.path in ("", "/")


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
