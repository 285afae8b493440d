"""Captures in a bucket of an object store, by way of a spool folder on this machine.

What is kept is first appended to a file in the spool and synced, as in a folder of captures. When a file is closed it
is sent to the bucket, read back, compared by its SHA-256, and only then removed here. See
docs/decisions/005-captures-in-an-object-store.md.

A spool has an id of its own, so that several machines can share a bucket: a place is ID/NAME@OFFSET, the object
PREFIX/ID/NAME.warc.gz. A place without an id is of captures that were moved to the bucket from a folder.
"""

import contextlib
import fcntl
import re
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from hashlib import file_digest
from pathlib import Path
from typing import IO

from rawi.adapters import warc_files as files
from rawi.adapters.cdxj import INDEX
from rawi.adapters.disk import Disk
from rawi.adapters.s3 import Bucket, NotThere
from rawi.adapters.warc import WarcCaptures
from rawi.adapters.warc_format import read_exchange, read_record
from rawi.adapters.warc_shared import Found, SharedWarcCaptures
from rawi.errors import CannotRun, CaptureError, StorageFull
from rawi.model import Exchange, Torn

_ID = re.compile(r"s[0-9a-f]{12}")
_STEM = re.compile(r"(?:s[0-9a-f]{12}/)?(?:k[1-9][0-9]{0,3}/)?rawi-[0-9]{8}T[0-9]{6}Z-[0-9]{6,18}")
_PLACE = re.compile(rf"({_STEM.pattern})@([0-9]{{1,18}})")
_ONE = 256 * 1024
"""Read at once for one capture: most are smaller."""
_MANY = 8 * 1024 * 1024
"""Read at once where everything is read."""

Make = Callable[[Path, Callable[[str], str]], WarcCaptures]
"""See `warc_shared.Make`."""


class ObjectCaptures:
    """See `ports.Captures`. Safe to use from several threads.

    While the bucket cannot be written, files wait in the spool and keeping goes on, until `most_waiting` of them wait.
    With `at_once` each `keep` sends what it kept before it returns, so that every machine can read it then.
    """

    def __init__(
        self,
        bucket: Bucket,
        prefix: str,
        spool: Path,
        *,
        make: Make = lambda folder, find: WarcCaptures(folder, record_id=find),
        at_once: bool = False,
        most_waiting: int = 10,
        disk: Disk | None = None,
    ) -> None:
        self._bucket = bucket
        self._prefix = prefix.strip("/")
        self._spool = Path(spool)
        self._make = make
        self._at_once = at_once
        self._most_waiting = most_waiting
        self._disk = disk or Disk()
        self._guard = threading.Lock()
        self._opened: tuple[str, SharedWarcCaptures] | None = None
        self._failed = 0
        """How many files waited when the bucket was last tried in vain; 0 when it was not."""

    # ------------------------------------------------------------------------------------------ keeping

    def keep(self, exchanges: Sequence[Exchange]) -> list[str]:
        if not exchanges:
            return []
        with self._guard:
            name, local = self._local()
            self._send_some()
            places = [f"{name}/{place}" for place in local.keep(exchanges)]
            if self._at_once:
                local.close()
                self._send_all()
            return places

    def recover(self) -> tuple[Sequence[tuple[str, Exchange]], list[Torn]]:
        with self._guard:
            name, local = self._local()
            found, torn = local.recover()
            return Found([(name, found)]), torn

    def close(self) -> None:
        """Sends what waits. CannotRun when the bucket does not take it: it stays in the spool for the next time."""
        with self._guard:
            if self._opened:  # who only reads sends nothing
                self._opened[1].close()
                self._opened = None
                self._send_all()

    # ------------------------------------------------------------------------------------------ sending

    def _send_some(self) -> None:
        """Sends closed files; a fault is raised only when too many wait. Tried again when another file has closed."""
        waiting = self._waiting()
        if len(waiting) <= self._failed < self._most_waiting:
            return
        try:
            self._send(waiting)
        except CannotRun as error:
            self._failed = len(self._waiting())
            if self._failed >= self._most_waiting:
                kind = StorageFull if isinstance(error, StorageFull) else CannotRun
                raise kind(f"{error}. {self._failed} files wait in {self._spool}; nothing is lost") from error

    def _send_all(self) -> None:
        waiting = self._waiting()
        try:
            self._send(waiting)
        except CannotRun as error:
            kind = StorageFull if isinstance(error, StorageFull) else CannotRun
            raise kind(f"{error}. What was kept waits in {self._spool} and is sent by the next `rawi`") from error

    def _send(self, paths: list[Path]) -> None:
        try:
            for path in paths:
                self._send_one(path)
        except OSError as error:
            raise CannotRun(f"{self._spool} cannot be read ({error.strerror}): look at its permissions") from error
        self._failed = 0

    def _waiting(self) -> list[Path]:
        """Closed files, this process's and those of others that share the spool."""
        return sorted(self._spool.glob(f"s*/**/*{files.CLOSED}"))

    def _send_one(self, path: Path) -> None:
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return  # another process has sent it
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # another process is at it
            if not path.exists():
                return
            key = self._key(str(path.relative_to(self._spool)))
            self._put_whole(path, key, file_digest(file, "sha256").hexdigest())
            self._leave_number(path)

    def _put_whole(self, path: Path, key: str, digest: str) -> None:
        """Has the object in the bucket, compared with what was sent."""
        where = f"s3://{self._bucket.name}/{key}"
        if self._bucket.size(key) is None:
            self._bucket.put(key, path)
            if self._bucket.digest(key) != digest:
                with contextlib.suppress(CannotRun):
                    self._bucket.drop(key)
                raise CannotRun(
                    f"{where} came back altered: look at the object store's disks, and remove it if it is still there"
                )
        elif self._bucket.digest(key) != digest:
            raise CannotRun(
                f"{where} is there with other bytes than {path}: two spools have one id; give this one another name"
            )
        index = path.with_name(path.name.removesuffix(files.CLOSED) + INDEX)
        if index.exists():
            self._bucket.put(key.removesuffix(files.CLOSED) + INDEX, index)

    def _leave_number(self, path: Path) -> None:
        """Removes a file that is in the bucket, and leaves its number behind."""
        name = path.name.removesuffix(files.CLOSED)
        mark = path.with_name(name + files.SENT)
        if not mark.exists():
            self._disk.close(self._disk.create(mark))
            self._disk.sync_folder(path.parent)
        self._disk.remove(path)
        path.with_name(name + INDEX).unlink(missing_ok=True)
        for older in path.parent.glob(f"*{files.SENT}"):
            if files.number(older.name.removesuffix(files.SENT)) < files.number(name):
                older.unlink(missing_ok=True)

    # ------------------------------------------------------------------------------------------ reading

    def read(self, place: str) -> Exchange:
        with self._opened_at(place) as (file, offset):
            return read_exchange(file, offset)[0]

    def record_id(self, place: str) -> str:
        """The WARC-Record-ID of what is kept at a place."""
        with self._opened_at(place) as (file, offset):
            return read_record(file, offset).fields.get("warc-record-id", "")

    def scan(self) -> Iterator[tuple[str, Exchange]]:
        for stem in self._stems():
            try:
                with self._open(stem, _MANY) as file:
                    for piece in files.walk(file):
                        if piece.exchange:
                            yield f"{stem}@{piece.offset}", piece.exchange
            except (OSError, NotThere):
                continue  # by contract: what cannot be read is passed over
            except CannotRun as error:  # but a store that is down is no damage
                raise CaptureError(str(error)) from error

    @contextlib.contextmanager
    def _opened_at(self, place: str) -> Iterator[tuple[IO[bytes], int]]:
        """The file of a place, open, and the offset in it; faults there are CaptureErrors."""
        match = _PLACE.fullmatch(place)
        if not match:
            raise CaptureError(f"there is no capture at {place!r}: places look like ID/NAME@OFFSET")
        try:
            with self._open(match[1], _ONE) as file:
                yield file, int(match[2])
        except (OSError, CannotRun) as error:
            raise CaptureError(str(error)) from error

    def _open(self, stem: str, ahead: int) -> IO[bytes]:
        """A file of captures: from the spool while it is there, else from the bucket."""
        path = self._spool / stem
        try:
            if _ID.match(stem):
                return files.open_named(path.parent, path.name)
        except FileNotFoundError:
            pass
        return self._bucket.open(self._key(stem + files.CLOSED), ahead)

    def _stems(self) -> list[str]:
        """The names, with their folders, of all files here and in the bucket."""
        here = {
            str(path.relative_to(self._spool)).removesuffix(".open").removesuffix(files.CLOSED)
            for pattern in (files.CLOSED, files.OPEN)
            for path in self._spool.glob(f"s*/**/*{pattern}")
        }
        start = len(self._prefix) + 1 if self._prefix else 0
        try:
            keys = [key[start:] for key in self._bucket.keys(self._prefix)]
        except CannotRun as error:
            raise CaptureError(str(error)) from error
        there = {key.removesuffix(files.CLOSED) for key in keys if key.endswith(files.CLOSED)}
        return sorted((stem for stem in here | there if _STEM.fullmatch(stem)), key=_order)

    # -------------------------------------------------------------------------------------------- spool

    def _key(self, name: str) -> str:
        return f"{self._prefix}/{name}" if self._prefix else name

    def _local(self) -> tuple[str, SharedWarcCaptures]:
        if self._opened is None:
            try:
                name = self._id()
            except OSError as error:
                raise CannotRun(
                    f"{self._spool} cannot be written ({error.strerror}): look at the disk and at the permissions"
                ) from error
            local = SharedWarcCaptures(self._spool / name, lambda folder, _: self._make(folder, self.record_id))
            self._opened = (name, local)
        return self._opened

    def _id(self) -> str:
        """The id of this spool, made when there is none."""
        self._disk.make_folder(self._spool)
        with (self._spool / "spool.lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            found = sorted(path.name for path in self._spool.iterdir() if _ID.fullmatch(path.name))
            if not found:
                found = [f"s{secrets.token_hex(6)}"]
                self._disk.make_folder(self._spool / found[0])
                self._disk.sync_folder(self._spool)
            return found[0]


def _order(stem: str) -> tuple[str, int, str]:
    folder, _, name = stem.rpartition("/")
    return folder, files.number(name), name
