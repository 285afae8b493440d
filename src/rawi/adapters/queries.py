"""What every index asks of a query before it answers."""

import re

from rawi.model import And, Days, Everything, Inflected, Is, Near, Node, Not, Or, Phrase, Prefix, Query, Word

TITLE_WEIGHT = 2.5
"""How much more a term counts in a headline than in the text."""

EXACT_WEIGHT = 0.5
"""How much the form that was asked for counts beside what all its inflections count."""

SELECTED = ("id", "publisher", "language", "topic", "is")
"""The fields of `Is`."""

COUNTED = ("publisher", "language", "topic", "author")
"""The fields of facets."""

MOST_VALUES = 1000
"""Of a facet, the most frequent ones; there may be a hundred thousand authors."""

READ = ("", "title", "author")
"""The fields of `Word`, `Prefix` and `Phrase`."""

TEXTS = ("", "title")
"""The fields of `Inflected` and `Near`."""

DEEPEST = 100
"""An engine may answer a deeper tree by bringing the process down."""


def check(query: Query) -> None:
    """ValueError for fields there are not, an unknown order, empty nodes and a tree nested too deep."""
    for facet in query.facets:
        _member(facet, COUNTED, "facet")
    _member(query.order, ("relevance", "newest", "oldest"), "order")
    if query.after and query.offset:
        raise ValueError("a query with both an offset and a place to go on behind")
    if query.after and (not _is_place(query.after) or is_by_time(query) != query.after.startswith("behind")):
        raise ValueError(f"no place to go on behind in this order: {query.after!r}")
    _check(query.root, 1)


def is_by_time(query: Query) -> bool:
    """Whether hits are ordered by time alone."""
    return query.order != "relevance" or not weighs(query.root)


def weighs(node: Node) -> bool:
    """Whether documents can fit this better or worse: it asks for words or phrases, not only for a selection."""
    match node:
        case And(nodes) | Or(nodes):
            return any(map(weighs, nodes))
        case Word() | Inflected() | Phrase() | Near():
            return True
        case _:
            return False


def _check(node: Node, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError(f"a query nests more than {DEEPEST} deep")
    match node:
        case And(nodes) | Or(nodes):
            if not nodes:
                raise ValueError("an And or Or without nodes")
            for part in nodes:
                _check(part, depth + 1)
        case Not(part):
            _check(part, depth + 1)
        case Phrase(forms, field):
            _member(field, READ, "field")
            if len(forms) < 2:
                raise ValueError("a phrase of less than two forms")
        case Near(forms, distance, field):
            _member(field, TEXTS, "field")
            if forms[0] == forms[1] or distance < 0:
                raise ValueError("forms near each other are two different ones, at a distance of 0 or more")
        case Inflected(_, terms, field):
            _member(field, TEXTS, "field")
            if not terms:
                raise ValueError("an inflected word without terms")
        case Word(_, field) | Prefix(_, field):
            _member(field, READ, "field")
        case Is(field, _):
            _member(field, SELECTED, "field")
        case Days() | Everything():
            pass


def _member(value: str, known: tuple[str, ...], kind: str) -> None:
    if value not in known:
        raise ValueError(f"no such {kind}: {value!r}")


def place_behind(place: int) -> str:
    """A place in an order by relevance, for `Found.next`."""
    return f"at {place}"


def key_behind(order: int, id: str) -> str:
    """A hit in an order by time (`ranking.order_key`), for `Found.next`: hits that come later do not shift it."""
    return f"behind {order} {id}"


def first_place(query: Query) -> int:
    """Which hit is the first that a query asks for, as far as it says that by number."""
    word, *rest = query.after.split(" ", 2)
    return int(rest[0]) if word == "at" else max(0, query.offset)


def first_key(query: Query) -> tuple[int, str] | None:
    """The hit behind which a query asks, as far as it says that by key."""
    word, *rest = query.after.split(" ", 2)
    return (int(rest[0]), rest[1]) if word == "behind" else None


def _is_place(said: str) -> bool:
    return bool(_PLACE.fullmatch(said)) and int(said.split(" ", 2)[1]) < 1 << 64


_PLACE = re.compile(r"at \d{1,9}|behind \d{1,20} .+", re.ASCII | re.DOTALL)
