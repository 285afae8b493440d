"""An index in memory: it reads every document for every question. For tests, and the measure of every other index."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from rawi.adapters import queries
from rawi.adapters.ranking import order_key
from rawi.model import (
    And,
    Days,
    Doc,
    Everything,
    Found,
    Hit,
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


class MemoryIndex:
    """Documents in a dictionary; what was put or dropped waits for `commit`."""

    def __init__(self) -> None:
        self._name = uuid4().hex
        self._lock = threading.RLock()
        self._docs: dict[str, _Read] = {}
        self._waiting: dict[str, _Read | None] = {}

    @property
    def name(self) -> str:
        return self._name

    def put(self, docs: Iterable[Doc]) -> None:
        for doc in docs:
            with self._lock:
                self._waiting[doc.id] = _read(doc)

    def drop(self, ids: Iterable[str]) -> None:
        for id in ids:  # noqa: A001
            with self._lock:
                self._waiting[id] = None

    def commit(self) -> None:
        with self._lock:
            merged = {**self._docs, **self._waiting}
            self._docs = {doc.doc.id: doc for doc in merged.values() if doc}
            self._waiting = {}

    def search(self, query: Query) -> Found:
        queries.check(query)
        found = [read for read in self._docs.values() if _matches(query.root, read)]
        is_weighed = not queries.is_by_time(query)
        weights = {read.doc.id: _weight(query.root, read) if is_weighed else 0.0 for read in found}
        found.sort(key=lambda read: (weights[read.doc.id], read.doc.dated_at, read.doc.id))
        if query.order != "oldest":
            found.reverse()
        first = queries.first_place(query)
        if (key := queries.first_key(query)) is not None:
            first = sum(not _is_behind(read, key, query.order == "oldest") for read in found)
        shown = found[first:][: max(0, query.limit)]
        goes_on = bool(shown) and first + len(shown) < len(found)
        return Found(
            total=len(found),
            hits=tuple(Hit(read.doc.id, weights[read.doc.id]) for read in shown),
            facets={field: _counted(found, field) for field in query.facets},
            days=_per_day(found) if query.per_day else (),
            next=_next(shown[-1], first + len(shown), is_weighed) if goes_on else "",
        )

    def count(self) -> int:
        return len(self._docs)

    def states(self) -> Iterator[tuple[str, str]]:
        for read in list(self._docs.values()):
            yield read.doc.id, read.doc.state

    def clear(self) -> None:
        with self._lock:
            self._docs, self._waiting = {}, {}

    def close(self) -> None: ...


def _next(last: "_Read", place: int, is_weighed: bool) -> str:
    return queries.place_behind(place) if is_weighed else queries.key_behind(*_key(last))


def _key(read: "_Read") -> tuple[int, str]:
    return order_key(read.doc.dated_at, read.doc.id), read.doc.id


def _is_behind(read: "_Read", key: tuple[int, str], is_upwards: bool) -> bool:
    return _key(read) > key if is_upwards else _key(read) < key


@dataclass(frozen=True, slots=True)
class _Read:
    doc: Doc
    parts: dict[str, tuple[tuple[str, ...], ...]]
    """Per field, its texts, each as its terms: there may be several authors, and no phrase reaches over two."""


def _read(doc: Doc) -> _Read:
    said = {
        "title": (doc.title,),
        "body": (doc.body,),
        "author": doc.author,
        "title_terms": (doc.title_terms,),
        "body_terms": (doc.body_terms,),
    }
    return _Read(doc, {field: tuple(tuple(text.split()) for text in texts) for field, texts in said.items()})


def _texts(read: _Read, field: str) -> tuple[tuple[str, ...], ...]:
    return read.parts[field] if field else read.parts["title"] + read.parts["body"]


def _terms(read: _Read, field: str) -> tuple[tuple[str, ...], ...]:
    return read.parts[f"{field}_terms"] if field else read.parts["title_terms"] + read.parts["body_terms"]


def _matches(node: Node, read: _Read) -> bool:
    match node:
        case Word(form, field):
            return any(form in text for text in _texts(read, field))
        case Inflected(form, terms, field):
            has_term = any(term in text for text in _terms(read, field) for term in terms)
            return has_term or any(form in text for text in _texts(read, field))
        case Prefix(start, field):
            return any(form.startswith(start) for text in _texts(read, field) for form in text)
        case Phrase(forms, field):
            return any(_times(forms, text) for text in _texts(read, field))
        case Near(forms, distance, field):
            return any(_together(forms, distance, text) for text in _texts(read, field))
        case Is("is", value):
            return value == "revised" and read.doc.is_revised
        case Is(field, value):
            return bool(getattr(read.doc, field) == value)
        case Days(since, until):
            return read.doc.day > 0 and (since or 0) <= read.doc.day and (until is None or read.doc.day <= until)
        case And(nodes):
            return all(_matches(part, read) for part in nodes)
        case Or(nodes):
            return any(_matches(part, read) for part in nodes)
        case Not(part):
            return not _matches(part, read)
        case Everything():
            return True


def _times(forms: tuple[str, ...], text: tuple[str, ...]) -> int:
    return sum(text[at : at + len(forms)] == forms for at in range(len(text) - len(forms) + 1))


def _together(forms: tuple[str, str], distance: int, text: tuple[str, ...]) -> int:
    """How often the one follows the other, with at most so many other words between them."""
    reach = distance + 2
    return sum(
        text[at : at + reach].count(second)
        for first, second in (forms, forms[::-1])
        for at in range(len(text))
        if text[at] == first
    )


def _weight(node: Node, read: _Read) -> float:
    """How often words and phrases are there, in the headline above all, against the length of what they are in."""
    match node:
        case And(nodes) | Or(nodes):
            return sum(_weight(part, read) for part in nodes)
        case Word(form, field):
            return _weight_of((form,), field, read)
        case Inflected(form, terms, field):
            return _weight_of((form,), field, read) * queries.EXACT_WEIGHT + sum(
                _weight_of((term,), field, read, "_terms") for term in terms
            )
        case Phrase(forms, field):
            return _weight_of(forms, field, read)
        case Near(forms, distance, field):
            return sum(float(_together(forms, distance, text)) for text in _texts(read, field))
        case _:
            return 0.0


def _weight_of(forms: tuple[str, ...], field: str, read: _Read, kind: str = "") -> float:
    weight = 0.0
    for name in (field,) if field else ("title", "body"):
        for text in read.parts[name + kind]:
            times = _times(forms, text)
            weight += (queries.TITLE_WEIGHT if name == "title" else 1.0) * times / (times + 1 + len(text) / 500)
    return weight


def _values(doc: Doc, field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(doc.authors)) if field == "author" else (getattr(doc, field),)


def _counted(found: list[_Read], field: str) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for read in found for value in _values(read.doc, field) if value)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))[: queries.MOST_VALUES]


def _per_day(found: list[_Read]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(Counter(read.doc.day for read in found if read.doc.day > 0).items()))
