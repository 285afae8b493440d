"""What a paper calls itself on its pages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from rawi.core.markup import plain

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
_LONGEST, _LONGEST_TITLE, _MOST = 80, 1000, 12
_BARS = re.compile(r"\s+[-–—*·•»«/>:]+\s+|\s?[|｜：]\s?")
_home_links = etree.XPath("//a[@href='/' or @rel='home' or contains(@class, 'logo') or contains(@class, 'brand')]")
_pictures = etree.XPath(".//img[@alt]")


def names(
    tree: Any, metas: Mapping[str, str], publishers: Sequence[str], nodes: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    """The names of the paper, the one that stands for it first; `publishers` are those that the article's JSON-LD gives,
    `nodes` all of the page's JSON-LD."""
    found = [*publishers]
    found += [metas[name] for name in _METAS if name in metas]
    parts = title_parts(tree)
    found += [name for name in _of_home_links(tree) if name in parts]
    found += [name for node in nodes for name in _of_node(node)]
    found += [metas[name].removeprefix("@") for name in _LESSER_METAS if name in metas]
    fit = (name for name in found if 1 < len(name) <= _LONGEST and "://" not in name)
    return tuple(dict.fromkeys(fit))[:_MOST]


def title_parts(tree: Any) -> list[str]:
    """The parts of a page's title, as bars and dashes set them off."""
    title = plain(next((element.text or "" for element in tree.iter("title")), ""))
    return _BARS.split(title[:_LONGEST_TITLE])


def _of_home_links(tree: Any) -> Iterator[str]:
    """The words of the links that lead to the front page, in letters or of a picture."""
    for link in _home_links(tree)[:_MOST]:
        said = plain("".join(link.itertext())) if len(link) < _MOST else ""
        pictures = [picture.get("alt") for picture in _pictures(link)[:2]]
        yield from (
            text for text in (said, link.get("aria-label") or "", link.get("title") or "", *pictures) if len(text) > 1
        )


def _of_node(node: Mapping[str, Any]) -> Iterator[str]:
    kind, name = node.get("@type"), node.get("name")
    kinds = kind if isinstance(kind, list) else [kind]
    if isinstance(name, str) and any(isinstance(one, str) and one.lower() in _KINDS for one in kinds):
        yield plain(name)
