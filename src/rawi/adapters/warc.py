"""Captures in WARC files in a folder of this machine.

The file system is trusted with one thing only: that bytes are on disk once `fsync` has returned. Everything else (a
torn end, a changed byte, a rename that did not happen) is found when reading and mended by `recover`.
"""

import contextlib
import errno
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import overload

from rawi.adapters import warc_files as files
from rawi.adapters.cdxj import INDEX, write_index
from rawi.adapters.disk import FULL, Disk, write_all
from rawi.adapters.warc_format import pack_exchange, pack_information, read_exchange, read_record
from rawi.errors import CannotRun, CaptureError, StorageFull
from rawi.model import Exchange, Torn

_TORN = "torn"


@dataclass(slots=True)
class _Growing:
    """The file that is being written."""

    name: str
    descriptor: int
    end: int = 0
    """Behind the last whole record that is on disk."""
    is_full: bool = False


@dataclass(slots=True)
class _Survey:
    """What a file that had not been closed was found to hold."""

    end: int = 0
    """Behind the last whole record."""
    size: int = 0
    places: list[str] = field(default_factory=list)
    gaps: list[files.Piece] = field(default_factory=list)


class WarcCaptures:
    """Keeps exchanges in WARC/1.1 files, a gzip member a record. Safe to use from several threads.

    `record_id` gives the record id of what is kept at a place, also where that is in another folder.
    A file is closed and the next one begun when it has grown to `max_file_bytes`; that also bounds what `recover` has
    to read. A disk error that leaves it open whether something was written ends keeping for the life of this object.
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_file_bytes: int = 128 * 1024 * 1024,
        software: str = "rawi/0.1.0",
        disk: Disk | None = None,
        record_id: Callable[[str], str] | None = None,
    ) -> None:
        self._folder = Path(folder)
        self._max_file_bytes = max_file_bytes
        self._software = software
        self._disk = disk or Disk()
        self._find_id = record_id or self.record_id
        self._guard = threading.Lock()
        self._lock: int | None = None
        self._growing: _Growing | None = None
        self._recovered: list[str] = []
        self._broken = ""

    # ------------------------------------------------------------------------------------------ keeping

    def keep(self, exchanges: Sequence[Exchange]) -> list[str]:
        if not exchanges:
            return []
        with self._guard:
            if self._broken:
                raise CannotRun(self._broken)
            try:
                self._take_lock()
                self._close_recovered()
                growing = self._room()
            except OSError as error:
                if error.errno == errno.EIO:
                    self._give_up(error)
                raise self._cannot_write(error) from error
            return self._append(growing, exchanges)

    def _append(self, growing: _Growing, exchanges: Sequence[Exchange]) -> list[str]:
        end = growing.end
        places = []
        try:
            if end == 0:
                information = pack_information(growing.name + files.CLOSED, self._software, datetime.now(UTC))
                end = write_all(self._disk, growing.descriptor, information, end)
            for exchange in exchanges:
                places.append(f"{growing.name}@{end}")
                packed = pack_exchange(exchange, self._software, self._refers_to(exchange))
                end = write_all(self._disk, growing.descriptor, packed, end)
            self._disk.sync(growing.descriptor)
            if growing.end == 0:
                self._disk.sync_folder(self._folder)
            growing.end = end
        except OSError as error:
            self._cut_back(growing)
            if error.errno not in FULL:
                # After a failed write or fsync nobody knows what is on disk; to try again could pretend that it is.
                self._give_up(error)
            growing.is_full = True
            raise self._cannot_write(error) from error
        except BaseException:
            self._cut_back(growing)
            raise
        return places

    def _refers_to(self, exchange: Exchange) -> str:
        """The record id of the capture that a revisit confirms; empty when it cannot be read."""
        try:
            return self._find_id(exchange.revisit.place) if exchange.revisit else ""
        except CaptureError:
            return ""

    def _cut_back(self, growing: _Growing) -> None:
        """Takes away what a failed `keep` has written."""
        try:
            self._disk.cut(growing.descriptor, growing.end)
        except OSError as error:
            self._give_up(error)

    def _room(self) -> _Growing:
        """The file to write to now: the one that grows, or a new one."""
        growing = self._growing
        if growing and (growing.is_full or growing.end >= self._max_file_bytes) and growing.end > 0:
            self._finish(growing)
            growing = None
        if growing is None:
            name = files.new_name(self._folder)
            growing = _Growing(name, self._disk.create(self._folder / (name + files.OPEN)))
            self._growing = growing
        return growing

    def _finish(self, growing: _Growing) -> None:
        self._growing = None
        self._disk.close(growing.descriptor)
        if growing.end == 0:
            self._disk.remove(self._folder / (growing.name + files.OPEN))
        else:
            self._close_file(growing.name)

    def _close_file(self, name: str) -> None:
        self._disk.rename(self._folder / (name + files.OPEN), self._folder / (name + files.CLOSED))
        self._disk.sync_folder(self._folder)
        try:
            write_index(self._disk, self._folder, name)
        except OSError as error:
            if error.errno not in FULL:  # no room: `recover` makes it when there is some
                raise

    def close(self) -> None:
        with self._guard:
            try:
                if self._growing:
                    self._finish(self._growing)
            except OSError as error:
                # All that was kept is on disk already; the next `recover` closes the file.
                raise self._cannot_write(error) from error
            finally:
                self._recovered = []
                if self._lock is not None:
                    os.close(self._lock)
                    self._lock = None

    # ------------------------------------------------------------------------------------------ reading

    def read(self, place: str) -> Exchange:
        name, offset = files.parse_place(place)
        try:
            with files.open_named(self._folder, name) as file:
                return read_exchange(file, offset)[0]
        except OSError as error:
            raise CaptureError(
                f"{self._folder / name}{files.CLOSED} at byte {offset} cannot be read ({error.strerror or error}); "
                "restore the file from a copy"
            ) from error

    def record_id(self, place: str) -> str:
        """The WARC-Record-ID of what is kept at a place."""
        name, offset = files.parse_place(place)
        try:
            with files.open_named(self._folder, name) as file:
                return read_record(file, offset).fields.get("warc-record-id", "")
        except OSError as error:
            raise CaptureError(f"{self._folder / name}: cannot be read ({error.strerror or error})") from error

    def scan(self) -> Iterator[tuple[str, Exchange]]:
        try:
            names = files.names(self._folder)
        except OSError as error:
            raise CaptureError(f"{self._folder} cannot be read ({error.strerror}): look at its permissions") from error
        for name in names:
            try:
                with files.open_named(self._folder, name) as file:
                    for piece in files.walk(file):
                        if piece.exchange:
                            yield f"{name}@{piece.offset}", piece.exchange
            except OSError:
                continue  # by contract: what cannot be read is passed over

    # --------------------------------------------------------------------------------------- recovering

    def recover(self) -> tuple[Sequence[tuple[str, Exchange]], list[Torn]]:
        """Sets torn ends aside in the folder `torn`; see `Captures.recover`.

        The files are closed by the next `keep`, not here: until then a kill could lose what the caller has not
        taken up yet.
        """
        with self._guard:
            try:
                self._take_lock()
                return self._recover()
            except OSError as error:
                raise self._cannot_write(error) from error

    def _recover(self) -> tuple[Sequence[tuple[str, Exchange]], list[Torn]]:
        places: list[str] = []
        torn: list[Torn] = []
        self._recovered = []
        for name in files.names(self._folder):
            path = self._folder / (name + files.OPEN)
            if not path.exists() and not (self._folder / (name + INDEX)).exists():
                with contextlib.suppress(OSError):  # one file that cannot be read must not keep us from starting
                    write_index(self._disk, self._folder, name)
            is_ours = self._growing is not None and self._growing.name == name
            # Both forms of one file can only come from a copy of the folder made while it was written. The closed one
            # is the whole one; it is never written over.
            if is_ours or not path.exists() or (self._folder / (name + files.CLOSED)).exists():
                continue
            survey = _survey(path, name)
            torn += [
                Torn(file=name + files.CLOSED, offset=gap.offset, length=gap.end - gap.offset, kept_as="")
                for gap in survey.gaps
                if gap.end <= survey.end
            ]
            if survey.end < survey.size:
                torn.append(self._set_aside(path, name, survey))
            places += survey.places
            if survey.end:
                self._recovered.append(name)
            else:
                self._disk.remove(path)
        return _Found(self, places), torn

    def _set_aside(self, path: Path, name: str, survey: _Survey) -> Torn:
        """Copies what is behind the last whole record to a file of its own; only then cuts it off."""
        folder = self._folder / _TORN
        self._disk.make_folder(folder)
        target = folder / f"{name}@{survey.end}"
        part = target.with_name(target.name + ".part")
        with path.open("rb") as source, part.open("wb") as copy:
            source.seek(survey.end)
            shutil.copyfileobj(source, copy)
            copy.flush()
            self._disk.sync(copy.fileno())
        self._disk.rename(part, target)
        self._disk.sync_folder(folder)
        self._disk.sync_folder(self._folder)
        descriptor = self._disk.open(path)
        try:
            self._disk.cut(descriptor, survey.end)
            self._disk.sync(descriptor)
        finally:
            self._disk.close(descriptor)
        length = survey.size - survey.end
        return Torn(file=name + files.CLOSED, offset=survey.end, length=length, kept_as=str(target))

    def take_up(self) -> None:
        """What `recover` gave is known to the store: closes its files."""
        with self._guard:
            try:
                self._close_recovered()
            except OSError as error:
                raise self._cannot_write(error) from error

    def _close_recovered(self) -> None:
        while self._recovered:
            self._close_file(self._recovered[-1])
            self._recovered.pop()

    # ------------------------------------------------------------------------------------ lock and errors

    def _take_lock(self) -> None:
        if self._lock is None:
            self._lock = files.lock_folder(self._disk, self._folder)

    def _give_up(self, error: OSError) -> None:
        self._broken = f"{self._what_failed(error)}; nothing more is kept until Rawi is started again"

    def _cannot_write(self, error: OSError) -> CannotRun:
        if error.errno in FULL:
            return StorageFull(
                f"no room is left in {self._folder} ({error.strerror}): make room or move the archive to a larger "
                "disk; what was kept before is safe"
            )
        return CannotRun(f"{self._what_failed(error)}; what was kept before is safe")

    def _what_failed(self, error: OSError) -> str:
        return f"{self._folder} cannot be written ({error.strerror or error}): look at the disk and at the permissions"


class _Found(Sequence[tuple[str, Exchange]]):
    """Places with their exchanges, each read when it is looked at."""

    def __init__(self, captures: WarcCaptures, places: list[str]) -> None:
        self._captures = captures
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> tuple[str, Exchange]: ...

    @overload
    def __getitem__(self, index: slice) -> "Sequence[tuple[str, Exchange]]": ...

    def __getitem__(self, index: int | slice) -> "tuple[str, Exchange] | Sequence[tuple[str, Exchange]]":
        if isinstance(index, slice):
            return _Found(self._captures, self._places[index])
        place = self._places[index]
        return place, self._captures.read(place)


def _survey(path: Path, name: str) -> _Survey:
    survey = _Survey()
    with path.open("rb") as file:
        for piece in files.walk(file):
            survey.size = piece.end
            if piece.is_gap:
                survey.gaps.append(piece)
                continue
            survey.end = piece.end
            if piece.exchange:
                survey.places.append(f"{name}@{piece.offset}")
    return survey
