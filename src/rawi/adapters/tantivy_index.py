"""The index in a folder, by tantivy. Queries are built as objects: its own parser overflows the stack on deep ones."""

import errno
import fcntl
import os
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

import tantivy
from tantivy import Occur

from rawi.adapters.ranking import order_key
from rawi.errors import ArchiveBusy, CannotRun, StorageFull, StoreError
from rawi.model import And, Days, Doc, Everything, Found, Hit, Is, Node, Not, Or, Phrase, Prefix, Query, Word

TITLE_WEIGHT = 2.5
WRITER_BYTES = 64_000_000
MOST_VALUES = 65_000
"""Values of a facet, and days of a curve, that are counted: tantivy's own limit for one answer."""

FACETS = ("publisher", "language", "topic")
TIED = 200
_ID_PAGE = 10_000
_VERSION = "1"
"""Of the schema below; raised when it changes, so that an older index is seen to be one."""


class TantivyIndex:
    """An `Index` in a folder. Made when it is not there; any number of processes search it, one writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = Path(folder)
        self._lock = RLock()
        self._writer: Any = None
        self._held: int | None = None
        self._dirty = False
        self._open()

    def _open(self) -> None:
        card = self._folder / "name"
        with self._faults():
            if not card.exists():
                self._make(card)
            version, _, self._name = card.read_text("ascii").strip().partition(" ")
        if version != _VERSION or not self._name:
            raise StoreError(
                f"{self._folder} is an index of another version of Rawi: delete the folder, run `rawi rebuild index`"
            )
        try:
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, path=str(self._folder / "tantivy"))
            self._index.register_tokenizer("terms", _terms())
        except (ValueError, OSError) as error:
            raise StoreError(
                f"{self._folder} cannot be read as an index ({error}): delete the folder and run `rawi rebuild index`"
            ) from error

    def _make(self, card: Path) -> None:
        """The card is written last: a folder without it was never finished, and is made anew."""
        shutil.rmtree(self._folder / "tantivy", ignore_errors=True)
        (self._folder / "tantivy").mkdir(parents=True)
        tantivy.Index(_schema(), path=str(self._folder / "tantivy"))
        draft = card.with_suffix(".part")
        draft.write_text(f"{_VERSION} {uuid.uuid4().hex}", "ascii")
        draft.replace(card)

    @property
    def name(self) -> str:
        return self._name

    # --------------------------------------------------------------------------------------- writing

    def put(self, docs: Iterable[Doc]) -> None:
        with self._lock, self._faults():
            writer = self._writing()
            for doc in docs:
                writer.delete_documents_by_term("id", doc.id)
                writer.add_document(_document(doc))

    def drop(self, ids: Iterable[str]) -> None:
        with self._lock, self._faults():
            writer = self._writing()
            for id in ids:  # noqa: A001
                writer.delete_documents_by_term("id", id)

    def commit(self) -> None:
        with self._lock, self._faults():
            if self._dirty:
                self._writer.commit()
                self._dirty = False
                self._index.reload()

    def clear(self) -> None:
        with self._lock, self._faults():
            self._writing().delete_all_documents()
            self.commit()

    def _writing(self) -> Any:
        if self._writer is None:
            self._held = self._take_lock()
            self._writer = self._index.writer(WRITER_BYTES, 1)
        self._dirty = True
        return self._writer

    def _take_lock(self) -> int:
        """Our own lock: it is gone with the process that had it, however that ended."""
        file = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(file, 20).decode("ascii", "replace").strip()
            os.close(file)
            raise ArchiveBusy(
                f"{self._folder} is being written by process {holder}: wait until it is done, or stop it"
            ) from error
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        (self._folder / "tantivy" / ".tantivy-writer.lock").unlink(missing_ok=True)
        return file

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """The library's errors and the disk's, as ours."""
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StorageFull(
                    f"no room is left for the index in {self._folder}: make room, then start again"
                ) from error
            if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
                raise CannotRun(f"{self._folder} cannot be written: {error.strerror}") from error
            raise StoreError(f"the index in {self._folder} failed: {error}") from error
        except ValueError as error:
            if "space left" in str(error) or "os error 28" in str(error):
                raise StorageFull(
                    f"no room is left for the index in {self._folder}: make room, then start again"
                ) from error
            raise StoreError(
                f"the index in {self._folder} failed: {error}; `rawi rebuild index` makes it anew"
            ) from error

    # ------------------------------------------------------------------------------------- searching

    def _searcher(self) -> Any:
        """Sees what was committed until now, by whatever process."""
        self._index.reload()
        return self._index.searcher()

    def search(self, query: Query) -> Found:
        searcher, asked = self._searcher(), self._translated(query.root)
        total, hits = self._hits(searcher, asked, query)
        wanted = {field: {"terms": {"field": field, "size": MOST_VALUES}} for field in query.facets}
        if query.per_day:
            wanted["day"] = {"terms": {"field": "day", "size": MOST_VALUES}}
        counted = searcher.aggregate(asked, wanted) if wanted and total else {}
        return Found(
            total=total,
            hits=hits,
            facets={field: _facet(counted.get(field, {})) for field in query.facets},
            days=_days(counted.get("day", {})),
        )

    def _hits(self, searcher: Any, asked: Any, query: Query) -> tuple[int, tuple[Hit, ...]]:
        if query.limit <= 0:
            return searcher.search(asked, limit=1).count, ()
        if query.order == "relevance" and _has_words(query.root):
            return self._by_relevance(searcher, asked, query)
        order = tantivy.Order.Asc if query.order == "oldest" else tantivy.Order.Desc
        found = searcher.search(asked, limit=query.limit, offset=query.offset, order_by_field="order", order=order)
        return found.count, tuple(Hit(searcher.doc(place)["id"][0], 0.0) for _, place in found.hits)

    def _by_relevance(self, searcher: Any, asked: Any, query: Query) -> tuple[int, tuple[Hit, ...]]:
        """Equal scores are ordered newest first. The engine breaks ties by where a document happens to lie, so some
        more than are wanted are asked for; of more than `TIED` equals, which come first is the engine's choice."""
        end = query.offset + query.limit
        found = searcher.search(asked, limit=end + TIED)
        keys = searcher.fast_field_values("order", [place for _, place in found.hits])
        ranked = sorted(zip(found.hits, keys, strict=True), key=lambda hit: (-hit[0][0], -hit[1]))[query.offset : end]
        return found.count, tuple(Hit(searcher.doc(place)["id"][0], score) for (score, place), _ in ranked)

    def _translated(self, node: Node) -> Any:
        match node:
            case Everything():
                return tantivy.Query.all_query()
            case And(nodes):
                return self._all_of(nodes)
            case Or(nodes):
                return tantivy.Query.boolean_query([(Occur.Should, self._translated(part)) for part in nodes])
            case Not():
                return self._all_of((node,))
            case Is(field, value):
                return tantivy.Query.const_score_query(tantivy.Query.term_query(self._schema, field, value), 0.0)
            case Days(since, until):
                days = tantivy.Query.range_query(
                    self._schema, "day", tantivy.FieldType.Unsigned, since or 1, until or 99_991_231
                )
                return tantivy.Query.const_score_query(days, 0.0)
            case Word(term, field):
                return self._in_texts(field, lambda name: tantivy.Query.term_query(self._schema, name, term))
            case Prefix(start, field):
                pattern = re.sub(r"([^\w])", r"\\\1", start) + ".*"
                return self._in_texts(field, lambda name: tantivy.Query.regex_query(self._schema, name, pattern))
            case Phrase(terms, field):
                return self._in_texts(field, lambda name: tantivy.Query.phrase_query(self._schema, name, list(terms)))

    def _all_of(self, nodes: tuple[Node, ...]) -> Any:
        parts = [
            (Occur.MustNot, self._translated(p.node)) if isinstance(p, Not) else (Occur.Must, self._translated(p))
            for p in nodes
        ]
        if all(occur == Occur.MustNot for occur, _ in parts):
            parts.append((Occur.Must, tantivy.Query.const_score_query(tantivy.Query.all_query(), 0.0)))
        return tantivy.Query.boolean_query(parts)

    def _in_texts(self, field: str, make: Any) -> Any:
        if field:
            return make(field)
        title = tantivy.Query.boost_query(make("title"), TITLE_WEIGHT)
        return tantivy.Query.boolean_query([(Occur.Should, title), (Occur.Should, make("body"))])

    # ------------------------------------------------------------------------------------- the whole

    def count(self) -> int:
        return int(self._searcher().num_docs)

    def ids(self) -> Iterator[str]:
        searcher, everything = self._searcher(), tantivy.Query.all_query()
        for offset in range(0, searcher.num_docs, _ID_PAGE):
            found = searcher.search(everything, limit=_ID_PAGE, offset=offset, count=False, order_by_field="order")
            for _, place in found.hits:
                yield searcher.doc(place)["id"][0]

    def close(self) -> None:
        with self._lock:
            if self._writer is not None:
                self._writer.wait_merging_threads()
                self._writer = None
            if self._held is not None:
                os.close(self._held)
                self._held = None


def _has_words(node: Node) -> bool:
    """Whether anything in a query tells one match from another; else the newest come first."""
    if isinstance(node, And | Or):
        return any(map(_has_words, node.nodes))
    return isinstance(node, Word | Prefix | Phrase)


def _schema() -> Any:
    build = tantivy.SchemaBuilder()
    build.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("title", "body", "author"):
        build.add_text_field(name, tokenizer_name="terms", index_option="position")
    for name in FACETS:
        build.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    build.add_unsigned_field("day", indexed=True, fast=True)
    build.add_unsigned_field("order", fast=True)
    return build.build()


def _terms() -> Any:
    """Terms come ready, parted by spaces: nothing is left to read."""
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def _document(doc: Doc) -> Any:
    made = tantivy.Document()
    for name in ("id", "title", "body", *FACETS):
        made.add_text(name, getattr(doc, name))
    for author in doc.author:
        made.add_text("author", author)
    made.add_unsigned("day", doc.day)
    made.add_unsigned("order", order_key(doc))
    return made


def _facet(counted: Any) -> tuple[tuple[str, int], ...]:
    pairs = [(bucket["key"], int(bucket["doc_count"])) for bucket in counted.get("buckets", ())]
    return tuple(sorted((pair for pair in pairs if pair[0]), key=lambda pair: (-pair[1], pair[0])))


def _days(counted: Any) -> tuple[tuple[int, int], ...]:
    pairs = [(int(bucket["key"]), int(bucket["doc_count"])) for bucket in counted.get("buckets", ())]
    return tuple(sorted(pair for pair in pairs if pair[0]))
