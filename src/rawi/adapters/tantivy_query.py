"""What tantivy is told and asked: its fields, its documents, its queries and its counts."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from zlib import crc32

import tantivy
from tantivy import Occur

from rawi.adapters.queries import EXACT_WEIGHT, MOST_VALUES, SELECTED, TITLE_WEIGHT
from rawi.adapters.ranking import order_key
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
    Query,
    Word,
)

TOKENIZER = "terms"
BUCKETS = tuple(f"{number:02x}" for number in range(256))
"""What keys begin with, so that all can be listed a part at a time."""

MOST_COUNTED = 65_000
"""Values that the engine counts in one answer."""

_LAST_DAY = 9999_12_31
_COLUMNS = {"author": "authors"}
"""What a facet is counted by, where it is not a field of its own name."""


def schema() -> Any:
    """`key` stands for the id, `state` for id and state; `order` is what dates are ordered by (see `ranking`).

    Terms have no positions: what is asked for in an order is asked for as written.
    """
    build = tantivy.SchemaBuilder()
    build.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    build.add_text_field("state", tokenizer_name="raw", index_option="basic")
    for name in ("title", "body", "author"):
        build.add_text_field(name, tokenizer_name=TOKENIZER, index_option="position")
    for name in ("title_terms", "body_terms"):
        build.add_text_field(name, tokenizer_name=TOKENIZER, index_option="freq")
    for name in (*(name for name in SELECTED if name != "id"), "authors"):
        build.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    build.add_unsigned_field("day", indexed=True, fast=True)
    build.add_unsigned_field("order", fast=True)
    return build.build()


_SCHEMA = schema()


def tokenizer() -> Any:
    """Terms come ready, parted by spaces: nothing is left to read."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def key_of(id: str) -> str:
    """An id behind its bucket."""
    return BUCKETS[crc32(id.encode()) & 255] + id


def id_of(key: str) -> str:
    return key[2:]


def state_of(said: str) -> tuple[str, str]:
    """An id and a state from what stands in the field `state`."""
    key, _, state = said.rpartition(" ")
    return id_of(key), state


def document(doc: Doc) -> Any:
    made = tantivy.Document()
    made.add_text("key", key_of(doc.id))
    made.add_text("state", f"{key_of(doc.id)} {doc.state}")
    made.add_text("title", doc.title)
    made.add_text("body", doc.body)
    made.add_text("title_terms", doc.title_terms)
    made.add_text("body_terms", doc.body_terms)
    for author in doc.author:
        made.add_text("author", author)
    for name in dict.fromkeys(doc.authors):
        made.add_text("authors", name)
    if doc.is_revised:
        made.add_text("is", "revised")
    made.add_text("publisher", doc.publisher)
    made.add_text("language", doc.language)
    made.add_text("topic", doc.topic)
    made.add_unsigned("day", doc.day)
    made.add_unsigned("order", order_key(doc.dated_at, doc.id))
    return made


# -------------------------------------------------------------------------------------------- queries


def translated(node: Node) -> Any:
    """The engine's query for a tree. Only words and phrases weigh; the rest selects and adds nothing to a score."""
    match node:
        case Word(form, field):
            return _any_of(_in_texts(field, (form,), partial(_term, word=form)))
        case Inflected(form, terms, field):
            return _inflected(form, terms, field)
        case Phrase(forms, field):
            return _any_of(_in_texts(field, forms, lambda name: _phrase(name, forms, 0)))
        case Near(forms, distance, field):
            orders = (forms, forms[::-1])
            return _any_of(
                [q for order in orders for q in _in_texts(field, order, partial(_phrase, forms=order, gaps=distance))]
            )
        case Prefix(start, field):
            # Of no distance at all: unlike a pattern it needs no quoting, whatever the letters.
            begins = _in_texts(
                field, (start,), lambda name: tantivy.Query.fuzzy_term_query(_SCHEMA, name, start, 0, True, True)
            )
            return _selecting(_any_of(begins))
        case Is("id", value):
            return _selecting(
                _known((value,), lambda: tantivy.Query.term_query(_SCHEMA, "key", key_of(value), "basic"))
            )
        case Is(field, value):
            return _selecting(_known((value,), lambda: tantivy.Query.term_query(_SCHEMA, field, value, "basic")))
        case Days(since, until):
            return _selecting(_days(since, until))
        case And(nodes):
            return _all_of(nodes)
        case Or(nodes):
            return tantivy.Query.boolean_query([(Occur.Should, translated(part)) for part in nodes])
        case Not():
            return _all_of((node,))
        case Everything():
            return _selecting(tantivy.Query.all_query())


def _all_of(nodes: tuple[Node, ...]) -> Any:
    parts = [
        (Occur.MustNot, translated(part.node)) if isinstance(part, Not) else (Occur.Must, translated(part))
        for part in nodes
    ]
    if all(isinstance(part, Not) for part in nodes):
        parts.append((Occur.Must, translated(Everything())))
    return tantivy.Query.boolean_query(parts)


def behind(order: int, is_upwards: bool) -> Any:
    """What comes at or behind a place in the order of time, without weight."""
    first, last = (order, None) if is_upwards else (None, order)
    return _selecting(tantivy.Query.range_query(_SCHEMA, "order", tantivy.FieldType.Unsigned, first, last))


def _days(since: int | None, until: int | None) -> Any:
    first, last = max(since or 1, 1), _LAST_DAY if until is None else until
    if first > last:
        return tantivy.Query.empty_query()
    return tantivy.Query.range_query(_SCHEMA, "day", tantivy.FieldType.Unsigned, first, last)


def _inflected(form: str, terms: tuple[str, ...], field: str) -> Any:
    """What has the form or one of the terms, and the more so what has both."""
    parts = [part for term in terms for part in _in_texts(field, (term,), partial(_term, word=term, kind="_terms"))]
    exact = _in_texts(field, (form,), partial(_term, word=form))
    return _any_of([*parts, *(tantivy.Query.boost_query(part, EXACT_WEIGHT) for part in exact)])


def _term(name: str, word: str, kind: str = "") -> Any:
    return tantivy.Query.term_query(_SCHEMA, name + kind, word)


def _phrase(name: str, forms: tuple[str, ...], gaps: int) -> Any:
    return tantivy.Query.phrase_query(_SCHEMA, name, list(forms), gaps)


def _in_texts(field: str, words: Iterable[str], make: Callable[[str], Any]) -> list[Any]:
    """A query of one field, or one of headline and one of text."""
    if field:
        return [_known(words, lambda: make(field))]
    title = _known(words, lambda: tantivy.Query.boost_query(make("title"), TITLE_WEIGHT))
    return [title, _known(words, lambda: make("body"))]


def _any_of(parts: list[Any]) -> Any:
    return tantivy.Query.boolean_query([(Occur.Should, part) for part in parts]) if len(parts) > 1 else parts[0]


def _known(terms: Iterable[str], make: Callable[[], Any]) -> Any:
    """Nothing, for terms that no document can have."""
    is_text = all(not ("\ud800" <= letter <= "\udfff") for term in terms for letter in term)
    return make() if is_text else tantivy.Query.empty_query()


def _selecting(query: Any) -> Any:
    return tantivy.Query.const_score_query(query, 0.0)


# --------------------------------------------------------------------------------------------- counts


def count(searcher: Any, asked: Any, query: Query) -> dict[str, tuple[tuple[str, int], ...]]:
    """Per facet that a query asks for, its values and how often each is there, the most frequent first."""
    if not query.facets:
        return {}
    answer = searcher.aggregate(asked, {field: _values(_COLUMNS.get(field, field)) for field in query.facets})
    return {field: _most_frequent(_pairs(answer[field])) for field in query.facets}


def _most_frequent(pairs: list[tuple[Any, int]]) -> tuple[tuple[Any, int], ...]:
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES])


def count_days(searcher: Any, root: Node) -> tuple[tuple[int, int], ...]:
    """Per day, in order, how many documents there are."""
    answer = searcher.aggregate(translated(root), {"day": _values("day")})["day"]
    if not answer["sum_other_doc_count"]:
        return tuple(sorted((int(day), times) for day, times in _pairs(answer)))
    counted: list[tuple[int, int]] = []
    for century in range(100):  # more days than the engine counts at once
        within = Days(century * 1_000_000, century * 1_000_000 + 999_999)
        part = searcher.aggregate(translated(And((root, within))), {"day": _values("day")})["day"]
        counted += sorted((int(day), times) for day, times in _pairs(part))
    return tuple(counted)


def _values(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MOST_COUNTED, "segment_size": MOST_COUNTED}}


def _pairs(answer: Any) -> list[tuple[Any, int]]:
    """Values and counts, without the empty value."""
    return [(bucket["key"], int(bucket["doc_count"])) for bucket in answer["buckets"] if bucket["key"]]
