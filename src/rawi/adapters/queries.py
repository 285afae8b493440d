"""What every index asks of a query before it answers."""

from rawi.model import And, Days, Everything, Is, Node, Not, Or, Phrase, Prefix, Query, Word

TITLE_WEIGHT = 2.5
"""How much more a term counts in a headline than in the text."""

COUNTED = ("publisher", "language", "topic")
"""The fields of `Is` and of facets."""

READ = ("", "title", "author")
"""The fields of `Word`, `Prefix` and `Phrase`."""

DEEPEST = 100
"""An engine may answer a deeper tree by bringing the process down."""


def check(query: Query) -> None:
    """ValueError for fields there are not, an unknown order, empty nodes and a tree nested too deep."""
    for facet in query.facets:
        _member(facet, COUNTED, "facet")
    _member(query.order, ("relevance", "newest", "oldest"), "order")
    _check(query.root, 1)


def weighs(node: Node) -> bool:
    """Whether documents can fit this better or worse: it asks for words or phrases, not only for a selection."""
    match node:
        case And(nodes) | Or(nodes):
            return any(map(weighs, nodes))
        case Word() | Phrase():
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
        case Phrase(terms, field):
            _member(field, READ, "field")
            if len(terms) < 2:
                raise ValueError("a phrase of less than two terms")
        case Word(_, field) | Prefix(_, field):
            _member(field, READ, "field")
        case Is(field, _):
            _member(field, COUNTED, "field")
        case Days() | Everything():
            pass


def _member(value: str, known: tuple[str, ...], kind: str) -> None:
    if value not in known:
        raise ValueError(f"no such {kind}: {value!r}")
