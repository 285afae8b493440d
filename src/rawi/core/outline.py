"""A page's elements, gathered in one pass over its tree: what looks for some of them need not pass over it again.

An element that lxml has handed out once costs a third of the first time when it is met again, as long as it is held;
so an outline also makes what still walks through the tree cheaper.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, islice
from typing import Any

from lxml import etree

from rawi.core.markup import plain

MOST = 200_000
"""Elements: a page has some thousand; of a longer one the rest is not looked at."""
_MOST_MARKED, _MOST_NAMES, _MOST_NAMED, _MOST_SCRIPTS, _MOST_LINKS = 2000, 20_000, 2000, 5000, 3000
_BETWEEN = "\x00"
"""What stands in no attribute."""

_count = etree.XPath("count(descendant::*)")
_marked = etree.XPath(f"(descendant-or-self::*[@itemprop])[position() <= {_MOST_MARKED}]")


class Outline:
    """The elements of a page by their tags, by their places, and by what is marked on them."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.elements: list[Any] = list(islice(tree.iter("*"), MOST))
        """All of them, in the order of the page: an element's place is its number here."""
        self.classes: list[str | None] = [element.get("class") for element in self.elements]
        """Their class attributes, by their places."""
        self._places: dict[str, list[int]] = {}
        places = self._places
        for place, tag in enumerate([element.tag for element in self.elements]):
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

    def span(self, element: Any) -> range:
        """The places of an element and of all that stands in it."""
        start = next((n for n in self.places(element.tag) if self.elements[n] is element), len(self.elements))
        return range(start, start + 1 + int(_count(element)))

    def named(self, words: Iterable[str]) -> list[str]:
        """The first class attributes of the page in which one of these words stands, in capitals or not."""
        lowered, names, starts = self._names
        found: set[int] = set()
        for word in words:
            at = lowered.find(word)
            while at >= 0:
                found.add(bisect_right(starts, at) - 1)
                end = lowered.find(_BETWEEN, at)
                at = lowered.find(word, end) if end >= 0 else -1
        return [names[number] for number in sorted(found)[:_MOST_NAMED]]

    @cached_property
    def _names(self) -> tuple[str, list[str], list[int]]:
        """All class attributes of the page in small letters, as one text, as they are, and where each begins in it: to
        look for a word in one text is a hundred times faster than in each."""
        names = list(islice(filter(None, dict.fromkeys(self.classes)), _MOST_NAMES))
        lowered = [name.lower() for name in names]
        ends = accumulate(len(name) + len(_BETWEEN) for name in lowered)
        return _BETWEEN.join(lowered), names, [0, *ends][: len(names)]

    @cached_property
    def links(self) -> Mapping[int, tuple[str | None, str | None]]:
        """Where the first links lead, and their `rel`, by their places."""
        links = ((place, self.elements[place]) for place in self.places("a")[:_MOST_LINKS])
        return {place: (link.get("href"), link.get("rel")) for place, link in links}

    @cached_property
    def marked(self) -> Sequence[tuple[str, Any]]:
        """The elements that name a property of schema.org (`itemprop`), with its name, in the order of the page."""
        return [(element.get("itemprop"), element) for element in _marked(self.tree)]

    @cached_property
    def scripts(self) -> Sequence[tuple[str, str]]:
        """The kinds (small letters) and texts of the page's scripts that have a text."""
        scripts = self.first("script", most=_MOST_SCRIPTS)
        return [((script.get("type") or "").lower(), text) for script in scripts if (text := script.text)]

    @cached_property
    def metas(self) -> Mapping[str, str]:
        """What the meta elements say, by their names in small letters; of equal names what the first says."""
        return self._metas[0]

    @cached_property
    def equivalents(self) -> Mapping[str, str]:
        """What meta elements say in place of the response's headers."""
        return self._metas[1]

    @cached_property
    def _metas(self) -> tuple[dict[str, str], dict[str, str]]:
        metas: dict[str, str] = {}
        equivalents: dict[str, str] = {}
        for meta in self["meta"]:
            name = meta.get("property") or meta.get("name") or meta.get("itemprop")
            named, found = (name, metas) if name else (meta.get("http-equiv") or "", equivalents)
            if (named := named.strip().lower()) and (content := plain(meta.get("content") or "")):
                found.setdefault(named, content)
        return metas, equivalents
