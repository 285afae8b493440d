"""What the archive needs from outside. Each docstring is a contract that `tests/contracts/` holds every adapter to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar

from rawi.errors import FetchError
from rawi.model import Article, Ask, Change, Doc, Exchange, Failure, Fault, Found, Message, Query, Torn

R = TypeVar("R")
A = TypeVar("A")
B = TypeVar("B")

Value = str | int | float | date | datetime | None


class Store(Protocol):
    """Records by kind and id, the log of their changes, and the cursors of those who follow it.

    A kind is a record class of `model`: Publisher, Feed, Link, Capture, Fate, Article, Revision, Visit, Host, Day,
    Search, Said, Alert; and Headline, which reads some fields of the stored Articles and cannot be put or dropped.

    - `put` and `drop` are each one transaction: all or nothing, on disk when they return.
    - A record that is already stored and equal is left untouched and not logged; a new or different one is logged
      once, in the order of putting. Of several with one id in one call the last is put. Fate, Visit, Host, Day,
      Search, Said and Alert are never logged: nobody follows them.
    - The log has one writer at a time, so numbers become visible in their order: who reads `changes` on from the
      last number seen misses none. Numbers may have gaps.
    - Texts may hold any character but NUL and lone surrogates, and order by their characters' numbers; what other
      fields look up (ids, publisher, language, topic, …) is at most 260 characters long. Times come back aware, in
      UTC, to the microsecond. A value that cannot be stored is found nowhere.
    - Errors: NotFound from `get`; CannotRun, StorageFull, StoreError from all; ValueError for a kind or field that
      is not there, for a record that cannot be stored, and for a value of another type than its field.
    """

    def put(self, *records: Any) -> int:
        """Stores records of any kinds; says how many were new or different."""
        ...

    def put_new(self, *records: Any) -> int:
        """As `put`, but what is stored under an id already stays as it is. Says how many were new."""
        ...

    def drop(self, kind: type, *ids: str) -> int:
        """Takes records away; ids that are not there are passed over. Says how many were there."""
        ...

    def get(self, kind: type[R], id: str) -> R:
        """One record; NotFound when there is none."""
        ...

    def get_many(self, kind: type[R], ids: Sequence[str]) -> list[R]:
        """The records of these ids, in the order of the ids; those not there are left out. Any number of ids."""
        ...

    def find(
        self,
        kind: type[R],
        /,
        *,
        order: str = "id",
        newest_first: bool = False,
        since: Value = None,
        until: Value = None,
        after: tuple[Value, str] | None = None,
        limit: int = 100,
        **equal: Value | tuple[str, ...],
    ) -> list[R]:
        """Records whose fields equal these, ordered by `order`, then id.

        A tuple means: equal to one of its members; None: without a value.
        With `newest_first` both go downwards. Records without a value in `order` come last, both ways.
        `since` and `until` bound the `order` field, both included, and leave out records without a value there.
        `after` is (value of `order`, id) of the last record seen; gives those behind it. It must have a value.
        """
        ...

    def first_of_each(self, kind: type[R], field: str, /, *, order: str, until: Value, limit: int = 10_000) -> list[R]:
        """For each value of a text field, its first record by `order`, then id, if that is not behind `until`.

        Ordered by `order`, then id; records without a value in `order` are left out. Takes as long as there are
        values, not records, where an index of (field, order) serves.
        """
        ...

    def tally(self, kind: type, field: str, /, **equal: Value | tuple[str, ...]) -> dict[Any, int]:
        """How many records there are for each value of a field (None included), among those that equal these."""
        ...

    def count(self, kind: type, /, **equal: Value | tuple[str, ...]) -> int:
        """How many records there are that equal these."""
        ...

    def ids(self, kind: type) -> Iterator[str]:
        """All ids of a kind, in order, as a stream that holds no lock for long."""
        ...

    def head(self) -> int:
        """The number of the log's last line; 0 when it has none."""
        ...

    def changes(self, after: int, limit: int = 500) -> list[Change]:
        """Lines of the log behind a number, in order."""
        ...

    def cursor(self, follower: str) -> int:
        """How far a follower has read; 0 when it never has."""
        ...

    def advance(self, follower: str, seq: int) -> None:
        """Moves a follower's cursor; it may also go back, which makes the follower read again."""
        ...

    def followers(self) -> dict[str, int]:
        """Every cursor there is."""
        ...

    def forget(self, follower: str) -> None:
        """Takes a cursor away."""
        ...

    def lease(self, names: Sequence[str], holder: str, *, now: datetime, until: datetime) -> list[str]:
        """Gives a holder these names for itself until a time; says which ones it has now, in their order.

        A name is to be had when nobody holds it, when its holder's time is over, or when the holder has it already
        (which prolongs it). One transaction: of several who ask at once, one gets it.
        """
        ...

    def release(self, names: Sequence[str], holder: str) -> None:
        """Gives names back; what another holds is left to it."""
        ...

    def holders(self) -> dict[str, str]:
        """Every name that is leased, and who holds it (also when the time is over)."""
        ...

    def close(self) -> None: ...


class Index(Protocol):
    """Finds articles by the terms of their text.

    - `put` replaces documents of the same id; what was put or dropped is found after `commit` and on disk then.
      Without `commit` it may be lost, all of it or from some point on.
    - Words and phrases make a score, in the headline more than in the text; all else only selects. Pages are exact:
      while nothing is committed, each match is on one page of those that an order and a limit make.
    - `search` may be called from several threads, and by any process, which sees what another commits. Only one
      process may write, from its first `put`, `drop` or `clear` to its `close`.
    - What is broken gives StoreError; `clear` makes it anew, under another name.
    - Errors: StorageFull and StoreError from all; ArchiveBusy when another process writes; ValueError from `search`
      for a field or order there is not, an And or Or of nothing, and a tree more than 100 deep.
    """

    @property
    def name(self) -> str:
        """Names this very index: another when it was lost and made anew, so that its follower starts at zero."""
        ...

    def put(self, docs: Iterable[Doc]) -> None: ...

    def drop(self, ids: Iterable[str]) -> None: ...

    def commit(self) -> None: ...

    def search(self, query: Query) -> Found: ...

    def count(self) -> int:
        """How many documents there are."""
        ...

    def states(self) -> Iterator[tuple[str, str]]:
        """Every id with the document's `state`, in no order, each once."""
        ...

    def clear(self) -> None:
        """Empties it, at once and on disk."""
        ...

    def close(self) -> None: ...


class Captures(Protocol):
    """Keeps exchanges as they came, for good.

    - `keep` has them on disk (fsync) when it returns; each place it gives can be read from then on, by any process.
      When it raises, none of the places of that call was given; some bytes may still be there.
    - What was kept is never altered or removed.
    - An exchange with a `revisit` is kept as a revisit record that refers to the capture at that place.
    - Any number of processes may keep at once, each into files of its own, and any number may read meanwhile.
    - Errors: CaptureError from `read` (not there, torn, altered); StorageFull, CannotRun from `keep`.
    """

    def keep(self, exchanges: Sequence[Exchange]) -> list[str]:
        """Keeps these, in order; gives a place for each."""
        ...

    def read(self, place: str) -> Exchange:
        """What was kept at a place, equal in every field; its digest is checked."""
        ...

    def scan(self) -> Iterator[tuple[str, Exchange]]:
        """Every place and what is kept there, each process's in the order of its keeping; what cannot be read is
        passed over."""
        ...

    def recover(self) -> tuple[Sequence[tuple[str, Exchange]], list[Torn]]:
        """To be called before keeping, once: sets torn ends of files aside that no living process writes.

        Gives what was kept in files that had not been closed (it may be unknown to the store), and what was torn.
        The exchanges are read as they are looked at, so that a long file fits in memory. The next `keep` means that
        they were taken up; without it, another `recover` gives them again. Errors: CannotRun, StorageFull.
        """
        ...

    def close(self) -> None: ...


class ForeignWarcs(Protocol):
    """Reads WARC and ARC files that others made.

    Never raises for what is in a file, or for a file that cannot be read: that is a Fault, and reading goes on
    behind it where it can. What is torn, altered or too large is never given as an exchange. Memory is bounded.
    A revisit comes with the address, time and digest of what it confirms, as far as the file tells them: the place is
    left empty, since only who has that capture knows it; a time that is the revisit's own means any earlier one; the
    digest is as WARC writes it, or empty.
    """

    def read(self, path: Path, after: int = 0) -> Iterator[tuple[int, Exchange | Fault]]:
        """What the file holds, in order, each with its offset; with `after`, only what lies behind that offset.

        The offset is where the record begins in the file. Of records packed together in one gzip member or zstd
        frame, each further one counts one more than the one before. Offsets only grow.
        """
        ...

    def missing(self) -> list[str]:
        """The folders whose files are to be referenced, by the names of their settings, that are not there."""
        ...

    def place(self, path: Path, offset: int) -> str:
        """Where a record can be read again by itself, if its file is one of those that are referenced and not copied
        into the archive; else empty."""
        ...

    def read_at(self, place: str) -> Exchange:
        """What is at a place. Its request comes with it where it stands behind it. Errors: CaptureError."""
        ...


class Packer(Protocol):
    """Writes articles, with their captures where it wants them, as a file of one form.

    - The same articles and captures give the same bytes.
    - Memory does not grow with their number by more than a few hundred bytes each.
    - Errors: CannotRun when what it needs is not installed; OSError as the file raises them.
    """

    def pack(self, found: Iterable[tuple[Article, Callable[[], Sequence[Exchange]]]], file: IO[bytes]) -> None:
        """Writes these in their order. The function beside an article reads its captures; whoever wants none need not
        call it."""
        ...


class Fetcher(Protocol):
    """Asks addresses of their publishers.

    - One request, one response: redirects are not followed (the answer's Location tells).
    - No connection is made to an address that is not public, unless loopback was allowed by a setting.
    - Every answer ends within the limits of time and size it was made with; what was cut is marked. What was sent in
      a content coding that unpacks to more than the limit is cut there too, and marked.
    - One request at a time to a host, and between two of them a pause: the longest of the fetcher's own, the ask's
      and what the host's own speed suggests. Hosts do not wait for one another.
    - An answer of 429 or 503 makes its host rest: what was handed in for it before the caller has taken that answer is
      not asked (HostRests).
    - Memory is bounded, however many are asked and however slowly the answers are taken.
    """

    def fetch(self, asks: Iterable[Ask | None]) -> Iterator[tuple[Ask, Exchange | FetchError]]:
        """Asks all of these, several hosts at once; gives answers as they come.

        A None among the asks means: nothing more at the moment. The fetcher goes on with what it has, and looks for
        a next one after each answer and at least once a second; it ends when the asks end.
        """
        ...

    def close(self) -> None: ...


class Runner(Protocol):
    """Applies a pure function to many items, somewhere.

    Results come in the order of the items. An item for which the function raises, takes too long, or brings its
    process down, gives a Failure that says so, and costs no other item. Items are taken as they are needed, so that
    a stream of any length fits in memory. Function and items must be picklable.
    """

    def map(self, function: Callable[[A], B], items: Iterable[A]) -> Iterator[B | Failure]: ...

    def close(self) -> None: ...


class Messenger(Protocol):
    """Hands messages to their targets, by one way (mail, webhooks).

    - When `send` returns, the other side has said that it took the message. When it raises MessageError, it may have
      taken it or not; `is_of_way` says that any other message would fail now, too.
    - It ends within a time that was set, whatever the other side does; no redirect is followed.
    - No text of a message gets to where it could be read as a header or a command.
    - No password or secret is ever in an error.
    """

    def send(self, message: Message) -> None: ...
