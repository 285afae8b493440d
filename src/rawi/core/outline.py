"""The few elements of a page in which it speaks of itself, found in one pass over its tree."""

from collections.abc import Mapping, Sequence
from typing import Any

TAGS = ("a", "h1", "h2", "h3", "link", "meta", "script", "title")

Outline = Mapping[str, Sequence[Any]]
"""Elements by their tags, in the order of the page."""


def outline(tree: Any) -> Outline:
    """The elements of a tree that have one of the tags in `TAGS`."""
    found: dict[str, list[Any]] = {tag: [] for tag in TAGS}
    for element in tree.iter(*TAGS):
        found[element.tag].append(element)
    return found
