"""What tantivy is told and asked: its fields, its documents, its queries and its counts."""

from collections.abc import Callable, Iterable
from typing import Any
from zlib import crc32

import tantivy
from tantivy import Occur

from rawi.adapters.queries import COUNTED, TITLE_WEIGHT
from rawi.adapters.ranking import order_key
from rawi.model import And, Days, Doc, Everything, Is, Node, Not, Or, Phrase, Prefix, Query, Word

TOKENIZER = "terms"
BUCKETS = tuple(f"{number:02x}" for number in range(256))
"""What keys begin with, so that all can be listed a part at a time."""

MOST_VALUES = 65_000
"""Values that the engine counts in one answer."""

_LAST_DAY = 9999_12_31


def schema() -> Any:
    """`key` stands for the id; `order` is what dates are ordered by (see `ranking`)."""
    build = tantivy.SchemaBuilder()
    build.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "body", "author"):
        build.add_text_field(name, tokenizer_name=TOKENIZER, index_option="position")
    for name in COUNTED:
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


def document(doc: Doc) -> Any:
    made = tantivy.Document()
    made.add_text("key", key_of(doc.id))
    made.add_text("title", doc.title)
    made.add_text("body", doc.body)
    for author in doc.author:
        made.add_text("author", author)
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
        case Word(term, field):
            return _in_texts(field, (term,), lambda name: tantivy.Query.term_query(_SCHEMA, name, term))
        case Phrase(terms, field):
            return _in_texts(field, terms, lambda name: tantivy.Query.phrase_query(_SCHEMA, name, list(terms)))
        case Prefix(start, field):
            # Of no distance at all: unlike a pattern it needs no quoting, whatever the letters.
            any_of = _in_texts(
                field, (start,), lambda name: tantivy.Query.fuzzy_term_query(_SCHEMA, name, start, 0, True, True)
            )
            return _selecting(any_of)
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


def _days(since: int | None, until: int | None) -> Any:
    first, last = max(since or 1, 1), _LAST_DAY if until is None else until
    if first > last:
        return tantivy.Query.empty_query()
    return tantivy.Query.range_query(_SCHEMA, "day", tantivy.FieldType.Unsigned, first, last)


def _in_texts(field: str, terms: Iterable[str], make: Callable[[str], Any]) -> Any:
    if field:
        return _known(terms, lambda: make(field))
    title = _known(terms, lambda: tantivy.Query.boost_query(make("title"), TITLE_WEIGHT))
    body = _known(terms, lambda: make("body"))
    return tantivy.Query.boolean_query([(Occur.Should, title), (Occur.Should, body)])


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
    answer = searcher.aggregate(asked, {field: _values(field) for field in query.facets})
    return {field: tuple(sorted(_pairs(answer[field]), key=lambda pair: (-pair[1], pair[0]))) for field in query.facets}


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
    return {"terms": {"field": field, "size": MOST_VALUES, "segment_size": MOST_VALUES}}


def _pairs(answer: Any) -> list[tuple[Any, int]]:
    """Values and counts, without the empty value."""
    return [(bucket["key"], int(bucket["doc_count"])) for bucket in answer["buckets"] if bucket["key"]]
