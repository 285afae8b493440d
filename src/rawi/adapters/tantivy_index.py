"""The index in a folder, by tantivy. Queries are built as objects: its own parser overflows the stack on deep ones.

    folder/card         names the index and the version of its schema
    folder/NAME/        the index itself, as tantivy writes it
    folder/lock         held by the process that writes

The card is written last and replaced at one stroke: an index made anew is another subfolder, and who still searches
the old one finds out by the card.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock
from typing import Any
from uuid import uuid4

import tantivy

from rawi.adapters import queries
from rawi.adapters import tantivy_query as engine
from rawi.adapters.ranking import Ranked, page
from rawi.errors import ArchiveBusy, CannotRun, StorageFull, StoreError
from rawi.model import Doc, Found, Hit, Query

VERSION = "rawi-index/3"
"""Of the schema; another number when it changes, so that an older index is seen to be one."""

WRITER_BYTES = 64_000_000
"""What documents may take in memory before they go to disk, committed or not."""

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_LITTLE_ROOM = 4_000_000
"""Bytes free on a disk below which a writer that died without a reason died of that."""

MOST_AT_ONCE = 4
"""Searches with a bound of time that run at once in a process."""

MOST_SHARED = 10_000
"""Documents of one place in the order of time: there may be as many as have the same second and nearly the same id."""

_LITTLE = 50
"""Hits looked at on each side of a page, which may tie with its first and last."""

_Stamp = tuple[int, int, int] | None


class TantivyIndex:
    """An `Index` in a folder, made when it is not there. Any number of processes search it, one writes.

    Nothing is opened before it is needed. What is broken, or of another version, gives StoreError; `clear` mends it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = Path(folder)
        self._card = self._folder / "card"
        self._reading = RLock()
        self._opened: _Opened | None = None
        self._writing = RLock()
        self._writer: Any = None
        self._written: _Opened | None = None
        self._held: int | None = None
        self._is_dirty = False
        self._threads: ThreadPoolExecutor | None = None

    @property
    def name(self) -> str:
        with self._faults():
            return self._current().name

    # --------------------------------------------------------------------------------------- writing

    def put(self, docs: Iterable[Doc]) -> None:
        for doc in docs:
            with self._changing() as writer:
                writer.delete_documents_by_term("key", engine.key_of(doc.id))
                writer.add_document(engine.document(doc))

    def drop(self, ids: Iterable[str]) -> None:
        for id in ids:  # noqa: A001
            with self._changing() as writer:
                writer.delete_documents_by_term("key", engine.key_of(id))

    def commit(self) -> None:
        with self._writing:
            if self._is_dirty:
                with self._changing() as writer:
                    writer.commit()
                self._is_dirty = False

    def clear(self) -> None:
        with self._writing:
            self._hold()
            if not self._is_sound():
                self._make_anew()
                return
            with self._changing() as writer:
                writer.delete_all_documents()
                writer.commit()
            self._is_dirty = False

    def close(self) -> None:
        with self._writing:
            if self._writer is not None:
                with self._faults():
                    self._writer.wait_merging_threads()
            self._let_go()
        with self._reading:
            self._opened = None
            if self._threads is not None:
                self._threads.shutdown(wait=False, cancel_futures=True)
                self._threads = None

    @contextmanager
    def _changing(self) -> Iterator[Any]:
        """The writer. When it fails, what was not committed is lost, and the next one begins from the last commit."""
        with self._writing:
            try:
                with self._faults():
                    self._hold()
                    opened = self._current()
                    if self._writer is None or self._written is not opened:
                        self._writer = None
                        self._writer, self._written = opened.index.writer(WRITER_BYTES, 1), opened
                    self._is_dirty = True
                    yield self._writer
            except BaseException:
                self._let_go()
                raise

    def _hold(self) -> None:
        """Takes our own lock, which is gone with the process that has it, however that ends."""
        if self._held is not None:
            return
        with self._faults():
            self._folder.mkdir(parents=True, exist_ok=True)
            file = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(file, 20).decode("ascii", "replace").strip()
            os.close(file)
            message = f"{self._folder} is being written by process {holder}: wait until it is done, or stop it"
            raise ArchiveBusy(message) from error
        self._held = file
        with self._faults():
            os.ftruncate(file, 0)
            os.pwrite(file, str(os.getpid()).encode(), 0)

    def _let_go(self) -> None:
        self._writer, self._written, self._is_dirty = None, None, False
        if self._held is not None:
            os.close(self._held)
            self._held = None

    # --------------------------------------------------------------------------------------- opening

    def _current(self) -> "_Opened":
        """The index that the card names now."""
        with self._reading:
            stamp = _stamp(self._card)
            if self._opened is None or stamp is None or self._opened.card != stamp:
                self._opened = self._open()
            return self._opened

    def _open(self) -> "_Opened":
        if not self._card.exists():
            self._make()
        stamp = _stamp(self._card)
        version, _, name = self._card.read_text("utf-8", "replace").strip().partition(" ")
        if version != VERSION or not name.isalnum():
            raise StoreError(f"{self._folder} holds an index of another version: run `rawi rebuild index`")
        index = tantivy.Index.open(str(self._folder / name))
        index.register_tokenizer(engine.TOKENIZER, engine.tokenizer())
        index.config_reader("manual")
        return _Opened(card=stamp, name=name, index=index, meta=self._folder / name / "meta.json")

    def _make(self) -> None:
        """A new index; of several processes that make one at the same time, the first has its way."""
        name, draft = self._draft()
        try:
            os.link(draft, self._card)
        except FileExistsError:
            shutil.rmtree(self._folder / name, ignore_errors=True)
        draft.unlink()

    def _make_anew(self) -> None:
        """A new index in the place of a broken one. What is left of that goes, now that we are the one who writes."""
        with self._faults():
            name, draft = self._draft()
            draft.replace(self._card)
            for left in self._folder.iterdir():
                if left.is_dir() and left.name != name:
                    shutil.rmtree(left, ignore_errors=True)

    def _draft(self) -> tuple[str, Path]:
        name = uuid4().hex
        (self._folder / name).mkdir(parents=True)
        tantivy.Index(engine.schema(), path=str(self._folder / name))
        draft = self._folder / f"card.{name}"
        with draft.open("w", encoding="ascii") as file:
            file.write(f"{VERSION} {name}\n")
            file.flush()
            os.fsync(file.fileno())
        return name, draft

    def _is_sound(self) -> bool:
        try:
            with self._faults():
                self._searcher()
                return True
        except StoreError:
            return False

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """The library's errors and the disk's, as ours."""
        try:
            yield
        except OSError as error:
            if error.errno in _FORBIDDEN:
                raise CannotRun(f"{self._folder}: {error.strerror}: give this user the right to it") from error
            raise self._fault(error, is_full=error.errno in _FULL) from error
        except ValueError as error:
            raise self._fault(error, is_full=self._is_full(str(error))) from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":
                raise
            raise self._fault(error, is_full=self._is_full("killed")) from error

    def _fault(self, error: BaseException, *, is_full: bool) -> StorageFull | StoreError:
        if is_full:
            return StorageFull(f"no room is left for the index in {self._folder}: make room, then start again")
        return StoreError(f"the index in {self._folder} is broken ({error}): run `rawi rebuild index`")

    def _is_full(self, said: str) -> bool:
        """The engine tells of the disk in words; a writer that died in its own thread tells nothing."""
        if any(f"os error {number})" in said for number in _FULL):
            return True
        return "killed" in said and shutil.disk_usage(self._folder).free < _LITTLE_ROOM

    # ------------------------------------------------------------------------------------- searching

    def _searcher(self) -> Any:
        """Sees what was committed until now, by whatever process."""
        with self._reading:
            opened = self._current()
            stamp = _stamp(opened.meta)
            if stamp is None or stamp != opened.seen:
                opened.index.reload()
                opened.seen = stamp
            return opened.index.searcher()

    def search(self, query: Query) -> Found:
        queries.check(query)
        if query.seconds is None:
            answer = _Answer()
            self._fill(answer, query)
            return answer.found(query)
        return self._in_time(query, query.seconds)

    def _in_time(self, query: Query, seconds: float) -> Found:
        """What there is of an answer when its time is over. The engine cannot be stopped: what goes on for longer does
        so on one of few threads, so that it cannot take all processors from those who ask for less."""
        answer = _Answer()
        work = self._pool().submit(self._fill, answer, query)
        try:
            work.result(seconds)
        except TimeoutError:
            work.cancel()
            return replace(answer.found(query), is_partial=True)
        return answer.found(query)

    def _pool(self) -> ThreadPoolExecutor:
        with self._reading:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="search")
            return self._threads

    def _fill(self, answer: "_Answer", query: Query) -> None:
        with self._faults():
            searcher, asked = self._searcher(), engine.translated(query.root)
            answer.total, answer.hits, answer.next = _hits(searcher, asked, query)
            if query.facets and answer.total:
                answer.facets = engine.count(searcher, asked, query)
            if query.per_day and answer.total:
                answer.days = engine.count_days(searcher, query.root)

    def count(self) -> int:
        with self._faults():
            return int(self._searcher().num_docs)

    def states(self) -> Iterator[tuple[str, str]]:
        with self._faults():
            searcher = self._searcher()
        for bucket in engine.BUCKETS:
            with self._faults():
                there = searcher.terms_with_prefix("state", bucket, tantivy.Query.all_query())
            yield from (engine.state_of(said) for said, _ in there)


@dataclass(slots=True)
class _Opened:
    card: _Stamp
    name: str
    index: Any
    meta: Path
    seen: _Stamp = None
    """How `meta` was when it was last read: it is another file after every commit."""


def _stamp(file: Path) -> _Stamp:
    try:
        stat = file.stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


@dataclass(slots=True)
class _Answer:
    """An answer as far as it is known."""

    total: int = 0
    hits: tuple[Hit, ...] = ()
    next: str = ""
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    days: tuple[tuple[int, int], ...] = ()

    def found(self, query: Query) -> Found:
        counted = {name: self.facets.get(name, ()) for name in query.facets}
        return Found(total=self.total, hits=self.hits, facets=counted, days=self.days, next=self.next)


def _hits(searcher: Any, asked: Any, query: Query) -> tuple[int, tuple[Hit, ...], str]:
    """How many there are, those of the page in the one order there is, and where the next ones begin."""
    is_weighed, is_upwards = not queries.is_by_time(query), query.order == "oldest"
    first, limit = queries.first_place(query), max(0, query.limit)
    key = queries.first_key(query)
    if key is not None:
        total = searcher.search(asked, limit=1).count
        asked = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, asked), (tantivy.Occur.Must, engine.behind(key[0], is_upwards))]
        )
    elif not limit:
        return searcher.search(asked, limit=1).count, (), ""
    ranked = _Ranked(
        searcher, asked, {} if is_weighed else {"order_by_field": "order", "order": _direction(is_upwards)}
    )

    def id_of(place: Any) -> str:
        return engine.id_of(searcher.doc(place)["key"][0])

    def orders_of(places: list[Any]) -> list[Any]:
        return list(searcher.fast_field_values("order", places)) if is_weighed else [0] * len(places)

    if key is not None:
        # Those that share the key of the last hit shown come first here: it may be any of them.
        shared = page(ranked.some(0, 1), 0, MOST_SHARED, orders_of, id_of, is_upwards=is_upwards)
        first = sum(
            order == key[0] and (id_of(place) <= key[1] if is_upwards else id_of(place) >= key[1])
            for order, place in shared
        )
    run, skipped = ranked.some(first, first + limit), ranked.start
    shown = page(run, first - skipped, first - skipped + limit, orders_of, id_of, is_upwards=is_upwards)
    if key is None:
        total = ranked.count
    hits = tuple(Hit(id_of(place), float(order) if is_weighed else 0.0) for order, place in shown)
    if not shown or first + len(shown) >= ranked.count:
        return total, hits, ""
    behind = (
        queries.place_behind(first + len(shown)) if is_weighed else queries.key_behind(int(shown[-1][0]), hits[-1].id)
    )
    return total, hits, behind


class _Ranked:
    """The hits of a query in the engine's order, which breaks ties by where documents happen to lie."""

    def __init__(self, searcher: Any, asked: Any, how: dict[str, Any]) -> None:
        self._searcher, self._asked, self._how = searcher, asked, how
        self.count = 0
        self.start = 0
        """The place of the first that `some` gave."""

    def some(self, first: int, end: int) -> list[Ranked]:
        """The hits from `first` to `end` with all that tie with the first or the last of them."""
        # The engine makes room for all that it is asked for.
        last = self._searcher.num_docs
        first, end = min(first, last), min(end, last)
        before, behind = max(0, first - _LITTLE), end + _LITTLE
        while True:
            found = self._searcher.search(self._asked, limit=behind - before, offset=before, **self._how)
            hits: list[Ranked] = found.hits
            self.count, self.start = found.count, before
            is_cut_before = before > 0 and len(hits) > first - before and hits[0][0] == hits[first - before][0]
            is_cut_behind = len(hits) == behind - before and hits[min(end, behind) - before - 1][0] == hits[-1][0]
            if not is_cut_before and not is_cut_behind:
                return hits
            before = max(0, first - 8 * (first - before)) if is_cut_before else before
            behind = end + 8 * (behind - end) if is_cut_behind else behind


def _direction(is_upwards: bool) -> Any:
    return tantivy.Order.Asc if is_upwards else tantivy.Order.Desc
