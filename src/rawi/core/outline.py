"""A page's elements, gathered in one pass over its tree: what looks for some of them need not pass over it again.

An element that lxml has handed out once costs a third of the first time when it is met again, as long as it is held;
so an outline also makes what still walks through the tree cheaper.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from lxml import etree

from rawi.core.markup import plain

MOST = 300_000
"""Elements: a page has some thousand; of a longer one the rest is not looked at."""
_MOST_MARKED = 2000

_marked = etree.XPath(f"(descendant-or-self::*[@itemprop])[position() <= {_MOST_MARKED}]")


class Outline:
    """The elements of a page by their tags, by their places, and by what is marked on them."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.elements: list[Any] = []
        """All of them, in the order of the page: an element's place is its number here."""
        self.classes: list[str | None] = []
        """Their class attributes, by their places."""
        self._places: dict[str, list[int]] = {}
        elements, classes, places = self.elements, self.classes, self._places
        for place, element in enumerate(islice(tree.iter("*"), MOST)):
            elements.append(element)
            classes.append(element.get("class"))
            tag = element.tag
            if tag in places:
                places[tag].append(place)
            else:
                places[tag] = [place]

    def __getitem__(self, tag: str) -> Sequence[Any]:
        """The elements of a tag, in the order of the page."""
        elements = self.elements
        return [elements[place] for place in self._places.get(tag, ())]

    def places(self, *tags: str) -> list[int]:
        """Where the elements of these tags stand, in order."""
        if len(tags) == 1:
            return self._places.get(tags[0], [])
        return sorted(place for tag in tags for place in self._places.get(tag, ()))

    def first(self, *tags: str, most: int) -> list[Any]:
        """The first elements of these tags, in the order of the page."""
        return [self.elements[place] for place in self.places(*tags)[:most]]

    @cached_property
    def marked(self) -> Sequence[tuple[str, Any]]:
        """The elements that name a property of schema.org (`itemprop`), with its name, in the order of the page."""
        return [(element.get("itemprop"), element) for element in _marked(self.tree)]

    @cached_property
    def scripts(self) -> Sequence[tuple[str, str]]:
        """The kinds (small letters) and texts of the page's scripts that have a text."""
        return [((script.get("type") or "").lower(), text) for script in self["script"] if (text := script.text)]

    @cached_property
    def metas(self) -> Mapping[str, str]:
        """What the meta elements say, by their names in small letters; of equal names what the first says."""
        return _named(self["meta"], ("property", "name", "itemprop"))

    @cached_property
    def equivalents(self) -> Mapping[str, str]:
        """What meta elements say in place of the response's headers."""
        return _named(self["meta"], ("http-equiv",))


def _named(elements: Iterable[Any], attributes: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in elements:
        name = next(_said(meta, attributes), "").strip().lower()
        if name and (content := plain(meta.get("content") or "")):
            found.setdefault(name, content)
    return found


def _said(element: Any, attributes: Sequence[str]) -> Iterator[str]:
    return (said for name in attributes if (said := element.get(name)))
