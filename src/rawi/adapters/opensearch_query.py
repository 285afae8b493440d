"""What OpenSearch is told and asked: its fields, its documents, its queries, its orders and its counts."""

from typing import Any

from rawi.adapters.queries import EXACT_WEIGHT, MOST_VALUES, TITLE_WEIGHT
from rawi.model import (
    And,
    Days,
    Doc,
    Everything,
    Inflected,
    Is,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Word,
)

LONGEST_TERM = 255
"""Letters of a term; the engine would part a longer one."""

MOST_COUNTED = 10_000
"""Values that are counted at once; where there are more, they are asked for part by part."""

_NOTHING: dict[str, Any] = {"match_none": {}}


def mappings(meta: dict[str, Any]) -> dict[str, Any]:
    """Terms come ready, parted by spaces. Documents are not kept as they came: all can be made again from the log."""
    text = {"type": "text", "analyzer": "whitespace"}
    value = {"type": "keyword"}
    return {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "_meta": meta,
        "properties": {
            "id": value,
            "state": value,
            "title": text,
            "body": text,
            "title_terms": {**text, "index_options": "freqs"},
            "body_terms": {**text, "index_options": "freqs"},
            # No phrase reaches from one author to the next.
            "author": {**text, "position_increment_gap": 10_000},
            "authors": value,
            "publisher": value,
            "language": value,
            "topic": value,
            "is": value,
            "day": {"type": "integer"},
            "dated_at": {"type": "long"},
        },
    }


def document(doc: Doc) -> dict[str, Any]:
    return {
        "id": doc.id,
        "state": doc.state,
        "title": doc.title,
        "body": doc.body,
        "title_terms": doc.title_terms,
        "body_terms": doc.body_terms,
        "author": doc.author,
        "authors": [name for name in doc.authors if name],
        "publisher": doc.publisher,
        "language": doc.language,
        "topic": doc.topic,
        "is": ["revised"] if doc.is_revised else [],
        "day": doc.day,
        "dated_at": doc.dated_at,
    }


# -------------------------------------------------------------------------------------------- queries


def translated(node: Node) -> dict[str, Any]:
    """The engine's query for a tree. Only words and phrases weigh; the rest selects and adds nothing to a score."""
    match node:
        case Word(form, field):
            return _any_of(_in_texts(field, lambda name, boost: _term(name, form, boost)))
        case Inflected(form, terms, field):
            weighed = [part for term in terms for part in _in_texts(field, _having(term, "_terms", 1.0))]
            return _any_of(weighed + _in_texts(field, _having(form, "", EXACT_WEIGHT)))
        case Phrase(forms, field):
            return _any_of(_in_texts(field, lambda name, boost: _phrase(name, forms, boost)))
        case Near(forms, distance, field):
            return _any_of(_in_texts(field, lambda name, boost: _near(name, forms, distance, boost)))
        case Prefix(start, field):
            return _selecting(_any_of(_in_texts(field, lambda name, _: _beginning(name, start))))
        case Is(field, value):
            return _selecting({"term": {field: {"value": value}}} if _is_text(value) else _NOTHING)
        case Days(since, until):
            bounds = {"gte": max(since or 1, 1)} | ({} if until is None else {"lte": until})
            return _selecting({"range": {"day": bounds}})
        case And(nodes):
            return _all_of(nodes)
        case Or(nodes):
            return _one_of(nodes) or _any_of([translated(part) for part in nodes])
        case Not():
            return _all_of((node,))
        case Everything():
            return _selecting({"match_all": {}})


def _all_of(nodes: tuple[Node, ...]) -> dict[str, Any]:
    without = [translated(part.node) for part in nodes if isinstance(part, Not)]
    having = [translated(part) for part in nodes if not isinstance(part, Not)]
    return {"bool": {"must": having or [translated(Everything())], "must_not": without}}


def _one_of(nodes: tuple[Node, ...]) -> dict[str, Any] | None:
    """Several values of one field as one clause: a query may have a thousand clauses, and 65,000 values in one."""
    fields = {node.field if isinstance(node, Is) else "" for node in nodes}
    if len(nodes) < 2 or len(fields) > 1 or fields == {""}:
        return None
    values = [node.value for node in nodes if isinstance(node, Is) and _is_text(node.value)]
    return _selecting({"terms": {fields.pop(): values}})


def _any_of(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}


def _in_texts(field: str, make: Any) -> list[dict[str, Any]]:
    return [make(field, 1.0)] if field else [make("title", TITLE_WEIGHT), make("body", 1.0)]


def _having(term: str, kind: str, weight: float) -> Any:
    return lambda name, boost: _term(name + kind, term, boost * weight)


def _term(name: str, term: str, boost: float) -> dict[str, Any]:
    return {"term": {name: {"value": term, "boost": boost}}} if _is_term(term) else _NOTHING


def _phrase(name: str, forms: tuple[str, ...], boost: float) -> dict[str, Any]:
    if not all(map(_is_term, forms)):
        return _NOTHING
    return {"match_phrase": {name: {"query": " ".join(forms), "boost": boost}}}


def _near(name: str, forms: tuple[str, str], distance: int, boost: float) -> dict[str, Any]:
    if not all(map(_is_term, forms)):
        return _NOTHING
    clauses = [{"span_term": {name: form}} for form in forms]
    return {"span_near": {"clauses": clauses, "slop": min(distance, 1 << 20), "in_order": False, "boost": boost}}


def _beginning(name: str, start: str) -> dict[str, Any]:
    return {"prefix": {name: {"value": start}}} if not start or _is_term(start) else _NOTHING


def _selecting(query: dict[str, Any]) -> dict[str, Any]:
    return {"constant_score": {"filter": query, "boost": 0.0}}


def _is_term(term: str) -> bool:
    """Whether any document can have it."""
    return len(term) <= LONGEST_TERM and term.split() == [term] and _is_text(term)


def _is_text(value: str) -> bool:
    return len(value) <= 8_000 and not any("\ud800" <= letter <= "\udfff" for letter in value)


# ---------------------------------------------------------------------------------------------- counts


def field_of(facet: str) -> str:
    """Where the values of a facet are: authors are searched by their forms and counted by their names."""
    return "authors" if facet == "author" else facet


def counting(field: str) -> dict[str, Any]:
    """Every value with its count, or so many of them as fit into one answer."""
    return {"terms": {"field": field, "size": MOST_COUNTED, "shard_size": MOST_COUNTED}}


def counting_behind(field: str, behind: dict[str, Any] | None) -> dict[str, Any]:
    """The next part of all values, by their order."""
    parts: dict[str, Any] = {"size": MOST_COUNTED, "sources": [{"value": {"terms": {"field": field}}}]}
    return {"composite": parts | ({"after": behind} if behind else {})}


def is_whole(answer: dict[str, Any]) -> bool:
    """Whether an answer to `counting` has all values there are."""
    return not answer["sum_other_doc_count"] and not answer.get("doc_count_error_upper_bound")


def pairs(answer: dict[str, Any]) -> list[tuple[Any, int]]:
    """Values and counts, without the empty value."""
    found = ((bucket["key"], int(bucket["doc_count"])) for bucket in answer["buckets"])
    return [(key["value"] if isinstance(key, dict) else key, times) for key, times in found if key not in ("", 0)]


def most_frequent(counts: list[tuple[Any, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((str(key), n) for key, n in counts if key), key=lambda one: (-one[1], one[0])))[:MOST_VALUES]


def by_day(counts: list[tuple[Any, int]]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((int(day), times) for day, times in counts if day))
