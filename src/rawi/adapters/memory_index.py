"""An index in memory: it reads every document for every question. For tests, and the measure of every other index."""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import uuid4

from rawi.adapters import queries
from rawi.model import And, Days, Doc, Everything, Found, Hit, Is, Node, Not, Or, Phrase, Prefix, Query, Word


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
        is_weighed = query.order == "relevance" and queries.weighs(query.root)
        weights = {read.doc.id: _weight(query.root, read) if is_weighed else 0.0 for read in found}
        found.sort(key=lambda read: (weights[read.doc.id], read.doc.dated_at, read.doc.id))
        if query.order != "oldest":
            found.reverse()
        shown = found[max(0, query.offset) :][: max(0, query.limit)]
        return Found(
            total=len(found),
            hits=tuple(Hit(read.doc.id, weights[read.doc.id]) for read in shown),
            facets={field: _counted(found, field) for field in query.facets},
            days=_per_day(found) if query.per_day else (),
        )

    def count(self) -> int:
        return len(self._docs)

    def ids(self) -> Iterator[str]:
        yield from list(self._docs)

    def clear(self) -> None:
        with self._lock:
            self._docs, self._waiting = {}, {}

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Read:
    doc: Doc
    parts: dict[str, tuple[tuple[str, ...], ...]]
    """Per field, its texts, each as its terms: there may be several authors, and no phrase reaches over two."""


def _read(doc: Doc) -> _Read:
    said = {"title": (doc.title,), "body": (doc.body,), "author": doc.author}
    return _Read(doc, {field: tuple(tuple(text.split()) for text in texts) for field, texts in said.items()})


def _texts(read: _Read, field: str) -> tuple[tuple[str, ...], ...]:
    return read.parts[field] if field else read.parts["title"] + read.parts["body"]


def _matches(node: Node, read: _Read) -> bool:
    match node:
        case Word(term, field):
            return any(term in text for text in _texts(read, field))
        case Prefix(start, field):
            return any(term.startswith(start) for text in _texts(read, field) for term in text)
        case Phrase(terms, field):
            return any(_times(terms, text) for text in _texts(read, field))
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


def _times(terms: tuple[str, ...], text: tuple[str, ...]) -> int:
    return sum(text[at : at + len(terms)] == terms for at in range(len(text) - len(terms) + 1))


def _weight(node: Node, read: _Read) -> float:
    """How often words and phrases are there, in the headline above all, against the length of what they are in."""
    match node:
        case And(nodes) | Or(nodes):
            return sum(_weight(part, read) for part in nodes)
        case Word(term, field):
            return _weight_of((term,), field, read)
        case Phrase(terms, field):
            return _weight_of(terms, field, read)
        case _:
            return 0.0


def _weight_of(terms: tuple[str, ...], field: str, read: _Read) -> float:
    weight = 0.0
    for name in (field,) if field else ("title", "body"):
        for text in read.parts[name]:
            times = _times(terms, text)
            weight += (queries.TITLE_WEIGHT if name == "title" else 1.0) * times / (times + 1 + len(text) / 500)
    return weight


def _counted(found: list[_Read], field: str) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for read in found if (value := getattr(read.doc, field)))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _per_day(found: list[_Read]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(Counter(read.doc.day for read in found if read.doc.day > 0).items()))
