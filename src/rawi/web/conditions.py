"""The conditions of a search: put on with a link, and taken away with one."""

import re
from dataclasses import dataclass, replace

from rawi.core import query as queries
from rawi.errors import QueryError
from rawi.model import And, Days, Everything, Is, Node, Not, Or, Phrase, Query, Word

_OR = re.compile(r"(?<!\S)(?:OR|OU|أو)(?!\S)")
_GROUPS = re.compile(r'\([^()]*\)|"[^"]*"')


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Something that a whole search is restricted to, and the search without it."""

    field: str
    """"publisher", "language", "topic", "author", "is" or "date"."""
    value: str
    """As it was asked for; of a date in the query language."""
    rest: str


def refined(query: str, field: str, value: str) -> str:
    """The search with one condition more, in the query language."""
    fit = value if re.fullmatch(r"[\w.-]+", value) else '"' + value.replace('"', " ") + '"'
    return narrowed(query, f"{field}:{fit}")


def narrowed(query: str, condition: str) -> str:
    """The search with a condition more that is written out already."""
    if query == "*":
        return condition
    inside = f"({query})" if _OR.search(_GROUPS.sub("", query)) else query
    return f"{inside} {condition}"


def conditions(query: str, language: str, *, exact: bool, names: bool) -> list[Condition]:
    """The conditions of a search that can be understood, in order, each once."""
    root = queries.parse(query, language, exact=exact, names=names).root
    nodes = root.nodes if isinstance(root, And) else (root,)
    found: dict[Node, Condition] = {}
    for node in nodes:
        if named := _named(node):
            left = tuple(other for other in nodes if other != node)
            rest = left[0] if len(left) == 1 else And(left) if left else Everything()
            written = _without(query, node, rest, language, exact, names)
            found[node] = Condition(field=named[0], value=named[1], rest=written)
    return list(found.values())


def _named(node: Node) -> tuple[str, str] | None:
    match node:
        case Is(field, value):
            return field, value
        case Word(form, "author"):
            return "author", form
        case Phrase(forms, "author"):
            return "author", " ".join(forms)
        case Days():
            return "date", queries.understood(Query(root=node))
        case Or(nodes) if all(isinstance(part, Is) for part in nodes):
            return "", queries.understood(Query(root=node))
        case Not(Is(_, _)):
            return "", queries.understood(Query(root=node))
        case _:
            return None


def _without(query: str, node: Node, rest: Node, language: str, exact: bool, names: bool) -> str:
    """The search as the reader wrote it, less the condition that a link put behind it; else as it was understood."""
    plain = queries.understood(replace(Query(), root=node))
    for shorter in (query.removesuffix(f" {plain}"), query.removesuffix(f" {plain.partition(' ')[0]}")):
        try:
            if shorter != query and queries.parse(shorter, language, exact=exact, names=names).root == rest:
                return shorter
        except QueryError:
            continue
    return queries.understood(Query(root=rest))
