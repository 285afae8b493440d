"""What a database's failure means for the archive's keeper: SQLite's and PostgreSQL's errors as ours."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from rawi.errors import CannotRun, RawiError, StorageFull, StoreError

LITTLE_ROOM = 1 << 20
"""Bytes free on a disk below which a failed write is taken to mean that it is full."""

DENIED = frozenset({"25006", "42501"})
"""PostgreSQL's codes for: the server takes no writes, this user may not."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a database is, for messages."""

    name: str
    """The file's path, or the server's address without its password."""
    file: Path | None
    patience: float
    """Seconds that are waited for a lock."""


@contextmanager
def explained(place: Place) -> Iterator[None]:
    """Lets errors of the database out as ours, with the place and what to do."""
    try:
        yield
    except NoConnection as error:
        raise StoreError(f"{place.name}: too many threads use it at once, none of its connections came free") from error
    except DBAPIError as error:
        raise _meaning(error.orig or error, place, lost=error.connection_invalidated) from error
    except sqlite3.Error as error:
        raise _meaning(error, place, lost=False) from error


def _meaning(error: BaseException, place: Place, *, lost: bool) -> RawiError:
    if isinstance(error, sqlite3.Error):
        return _meaning_of_sqlite(error, place)
    return _meaning_of_postgresql(error, place, lost=lost)


def _meaning_of_sqlite(error: sqlite3.Error, place: Place) -> RawiError:
    # Errors that Python finds itself, before SQLite is asked, have no code. The low byte is the kind of error.
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return _full(place)
        case sqlite3.SQLITE_IOERR if _has_little_room(place):
            return _full(place)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _locked(place)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return CannotRun(f"{place.name} cannot be written ({error}): let this user write the file and its folder")
        case sqlite3.SQLITE_CANTOPEN:
            return CannotRun(
                f"{place.name} cannot be opened ({error}): it must be a file, in a folder that is there, "
                "and this user must be allowed to read and write both"
            )
        case sqlite3.SQLITE_NOTADB:
            return CannotRun(f"{place.name} is no database of an archive ({error}): name another file, or move it away")
        case sqlite3.SQLITE_CORRUPT:
            return StoreError(
                f"{place.name} is damaged ({error}): set a copy of it aside, then put a backup in its place, "
                "or start a new database and import the archive's captures into it"
            )
    return StoreError(f"{place.name} failed: {error}")


def _meaning_of_postgresql(error: BaseException, place: Place, *, lost: bool) -> RawiError:
    code = getattr(error, "sqlstate", None)
    said = " ".join(str(error).split())
    if code == "53100":
        return _full(place)
    if code == "55P03":
        return _locked(place)
    if code in DENIED:
        return CannotRun(f"{place.name} cannot be written: {said}")
    if lost:
        return StoreError(f"{place.name} broke the connection ({said}): look into the server's log, then try again")
    if code is None and type(error).__name__ == "OperationalError":
        return CannotRun(
            f"{place.name} cannot be reached ({said}): see that the server runs, and that the address, "
            "the database, the user and the password are right"
        )
    return StoreError(f"{place.name} failed: {said}")


def _full(place: Place) -> StorageFull:
    return StorageFull(
        f"No room is left for {place.name}: make room on its disk, then do the same again. "
        "Nothing of this step was stored; what was stored before is unharmed."
    )


def _locked(place: Place) -> StoreError:
    return StoreError(
        f"{place.name} was locked by another process for more than {place.patience:g} seconds: "
        "let that one finish, or end it, then do the same again"
    )


def _has_little_room(place: Place) -> bool:
    return place.file is not None and shutil.disk_usage(place.file.parent).free < LITTLE_ROOM
