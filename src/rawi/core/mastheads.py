"""What a paper calls itself on its pages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from rawi.core.markup import plain
from rawi.core.outline import Outline

_METAS = ("og:site_name", "application-name")
_LESSER_METAS = (
    "apple-mobile-web-app-title",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "copyright",
    "twitter:site",
)
_KINDS = frozenset(["newsmediaorganization", "organization", "website"])
_LONGEST, _LONGEST_TITLE, _MOST, _MOST_LINKS = 80, 1000, 12, 400
_BARS = re.compile(r"\s+[-–—*·•»«/>:]+\s+|\s?[|｜：]\s?")


def names(parts: Outline, publishers: Sequence[str], nodes: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The names of the paper, the one that stands for it first; `publishers` are those that the article's JSON-LD
    gives, `nodes` all of the page's JSON-LD."""
    found, metas = [*publishers], parts.metas
    found += [metas[name] for name in _METAS if name in metas]
    title = next((plain(title.text or "") for title in parts["title"][:1]), "")
    apart = frozenset(_BARS.split(title[:_LONGEST_TITLE]))
    found += [name for name in _of_home_links(parts) if name in apart]
    found += [name for node in nodes for name in _of_node(node)]
    found += [metas[name].removeprefix("@") for name in _LESSER_METAS if name in metas]
    fit = (name for name in found if 1 < len(name) <= _LONGEST and "://" not in name)
    return tuple(dict.fromkeys(fit))[:_MOST]


def _of_home_links(parts: Outline) -> Iterator[str]:
    """The words of the links that lead to the front page, in letters or of a picture."""
    count = 0
    for place, (href, rel) in islice(parts.links.items(), _MOST_LINKS):
        if href != "/" and rel != "home" and "logo" not in (parts.classes[place] or ""):
            continue
        link = parts.elements[place]
        said = plain("".join(islice(link.itertext(), _MOST)))
        pictures = (picture.get("alt") for picture in islice(link.iter("img"), 2))
        yield from filter(None, (said, link.get("aria-label"), link.get("title"), *pictures))
        if (count := count + 1) == _MOST:
            return


def _of_node(node: Mapping[str, Any]) -> Iterator[str]:
    kind, name = node.get("@type"), node.get("name")
    kinds = kind if isinstance(kind, list) else [kind]
    if isinstance(name, str) and any(isinstance(one, str) and one.lower() in _KINDS for one in kinds):
        yield plain(name)
