"""A folder of capture files: their names, the lock of the one who writes, and what a file holds from end to end.

A file is `NAME.warc.gz.open` while it is written and `NAME.warc.gz` for good. Names carry a number that grows, so that
their order is the order of keeping even when the clock was set back.
"""

import contextlib
import fcntl
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from rawi.adapters.disk import Disk
from rawi.adapters.warc_format import MEMBER_START, Record, read_exchange, read_record
from rawi.errors import ArchiveBusy, CaptureError
from rawi.model import Exchange

CLOSED = ".warc.gz"
OPEN = ".warc.gz.open"
SENT = ".sent"
"""Ends the name of an empty file that stands for one which is elsewhere now, so that its number is not given again."""

_NAME = re.compile(r"rawi-[0-9]{8}T[0-9]{6}Z-([0-9]{6,18})")
_PLACE = re.compile(r"([0-9A-Za-z-]{1,80})@([0-9]{1,18})")
_LOCK = "keeper.lock"
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a file: an exchange, another sound record (neither exchange nor gap), or a gap: unreadable bytes."""

    offset: int
    end: int
    exchange: Exchange | None = None
    is_gap: bool = False


def walk(file: IO[bytes]) -> Iterator[Piece]:
    """All that a file holds, stretch by stretch; behind a gap it goes on at the next sound record."""
    offset = 0
    while offset < (size := file.seek(0, os.SEEK_END)):  # it may be growing
        piece = _piece(file, offset)
        if piece is None:
            piece = Piece(offset, _next_sound(file, offset + 1, size), is_gap=True)
        yield piece
        offset = piece.end


def records(file: IO[bytes]) -> Iterator[tuple[int, Record]]:
    """Every sound record of a file with its offset."""
    offset, size = 0, file.seek(0, os.SEEK_END)
    while offset < size:
        try:
            record = read_record(file, offset)
        except CaptureError:
            offset = _next_sound(file, offset + 1, size)
            continue
        yield offset, record
        offset = record.end


def _piece(file: IO[bytes], offset: int) -> Piece | None:
    try:
        exchange, end = read_exchange(file, offset)
        return Piece(offset, end, exchange)
    except CaptureError:
        pass  # it may be another sort of record
    try:
        record = read_record(file, offset)
    except CaptureError:
        return None
    return Piece(offset, record.end) if record.fields.get("warc-type") == "warcinfo" else None


def _next_sound(file: IO[bytes], offset: int, size: int) -> int:
    """Where the next sound exchange or `warcinfo` begins; the size when none does."""
    while offset < size:
        file.seek(offset)
        data = file.read(_CHUNK)
        found = data.find(MEMBER_START)
        if found < 0:
            offset += max(len(data) - len(MEMBER_START) + 1, 1)
        elif _piece(file, offset + found):
            return offset + found
        else:
            offset += found + 1
    return size


# ---------------------------------------------------------------------------------------------- names


def names(folder: Path) -> list[str]:
    """The names of all capture files, in the order of keeping."""
    try:
        entries = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []
    found = {entry.removesuffix(".open").removesuffix(CLOSED) for entry in entries if entry.endswith((CLOSED, OPEN))}
    return sorted((name for name in found if _NAME.fullmatch(name)), key=lambda name: (number(name), name))


def number(name: str) -> int:
    """The number that a name carries."""
    match = _NAME.fullmatch(name)
    return int(match[1]) if match else 0


def new_name(folder: Path) -> str:
    """A name for a file of a folder that begins now."""
    entries = (path.name for path in folder.iterdir())
    known = (number(re.sub(r"(\.warc\.gz(\.open)?|\.sent)$", "", entry)) for entry in entries)
    return f"rawi-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{max(known, default=0) + 1:06d}"


def parse_place(place: str) -> tuple[str, int]:
    """The name and the offset of a place; else CaptureError."""
    match = _PLACE.fullmatch(place)
    if not match:
        raise CaptureError(f"there is no capture at {place!r}: places look like NAME@OFFSET")
    return match[1], int(match[2])


def open_named(folder: Path, name: str) -> IO[bytes]:
    """The file of a name, open for reading, whether it is still written or closed."""
    for suffix in (CLOSED, OPEN):
        with contextlib.suppress(FileNotFoundError):
            return (folder / (name + suffix)).open("rb")
    return (folder / (name + CLOSED)).open("rb")  # it may have been closed between the two looks


# ----------------------------------------------------------------------------------------------- lock


def lock_folder(disk: Disk, folder: Path) -> int:
    """Makes this the only writer of a folder until the descriptor is closed; ArchiveBusy when there is another."""
    is_new = not folder.exists()
    disk.make_folder(folder)
    if is_new:
        disk.sync_folder(folder.parent)
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
        os.close(descriptor)
        raise ArchiveBusy(
            f"{folder} is being written by another process (id {holder}): let it finish or stop it, then try again"
        ) from None
    except OSError:
        os.close(descriptor)
        raise
    with contextlib.suppress(OSError):  # the id is a courtesy to whom the lock turns away; a full disk may refuse it
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
    return descriptor
