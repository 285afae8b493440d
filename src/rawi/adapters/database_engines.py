"""Connections to the archive's database: SQLite and PostgreSQL differ here and nowhere else."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import orjson
from sqlalchemy import (
    URL,
    Column,
    ColumnElement,
    Connection,
    Engine,
    any_,
    create_engine,
    event,
    func,
    literal,
    make_url,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import ArgumentError

from rawi.adapters.database_errors import Place, explained
from rawi.errors import BadInput, CannotRun

LOCK = 0x52415749
"""The advisory lock of archives on PostgreSQL ("RAWI"); its second half is the schema's name."""

POOL_SIZE = 10
POOL_OVERFLOW = 50
"""Connections kept open, and more at need: a web server answers from some forty threads."""

WAL_LIMIT = 64 << 20
"""Bytes to which SQLite's log file is cut after it has grown."""

CACHE_KIB = 16 << 10
"""Pages that one SQLite connection keeps in memory."""


class Database(Protocol):
    """A database that many may read while one writes."""

    place: Place

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection for statements that read, all from the same commit."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that is alone in writing from its first moment, and on disk when the block has ended."""
        ...

    def among(self, column: Column[Any], values: Sequence[Any]) -> ColumnElement[bool]:
        """Says that a column has one of these values: any number of them, in one parameter."""
        ...

    def close(self) -> None: ...


def connect(address: str, patience: float) -> Database:
    """The database at an SQLAlchemy URL; `patience` is how many seconds to wait for a lock."""
    try:
        url = make_url(address)
        backend = url.get_backend_name()
    except ArgumentError as error:
        raise BadInput(f"{address!r} is no address of a database: {FORMS}") from error
    if backend == "sqlite" and url.database not in (None, "", ":memory:"):
        return Sqlite(url, patience)
    if backend in ("postgresql", "postgres"):
        return Postgresql(url.set(drivername="postgresql+psycopg"), patience)
    raise BadInput(f"{url.render_as_string()!r} is no address of a database we know: {FORMS}")


FORMS = "write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"


class Sqlite:
    """A file, in WAL mode: readers see the last commit and never wait; a commit is on disk when it returns."""

    def __init__(self, url: URL, patience: float) -> None:
        file = Path(str(url.database).removeprefix("file:")).absolute()
        self.place = Place(str(file), file, patience)
        self._engine = create_engine(
            url,
            # No transaction that Python begins by itself: see `_begin_sqlite`.
            connect_args={"timeout": patience, "isolation_level": None, "check_same_thread": False},
            pool_size=POOL_SIZE,
            max_overflow=POOL_OVERFLOW,
            json_serializer=_to_json,
            json_deserializer=orjson.loads,
        )
        self._writer = self._engine.execution_options(writes=True)
        event.listen(self._engine, "connect", _set_up_sqlite)
        event.listen(self._engine, "begin", _begin_sqlite)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with explained(self.place), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with explained(self.place), self._writer.begin() as connection:
            yield connection

    def among(self, column: Column[Any], values: Sequence[Any]) -> ColumnElement[bool]:
        to_stored = column.type.dialect_impl(self._engine.dialect).bind_processor(self._engine.dialect)
        stored = [to_stored(value) for value in values] if to_stored else list(values)
        return column.in_(select(func.json_each(_to_json(stored)).table_valued("value").c.value))

    def close(self) -> None:
        self._engine.dispose()


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # Asked first, since setting it takes a lock even where it is set already.
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT}")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


def _begin_sqlite(connection: Connection) -> None:
    # A write that began as a read could not get its lock any more once another had written.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Postgresql:
    """A schema on a server, reached by psycopg."""

    def __init__(self, url: URL, patience: float) -> None:
        self.place = Place(url.render_as_string(hide_password=True), None, patience)
        self._engine = _postgresql_engine(url, patience)
        self._reader = self._engine.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with explained(self.place), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with explained(self.place), self._engine.begin() as connection:
            self.take_lock(connection)
            yield connection

    def take_lock(self, connection: Connection) -> None:
        """Waits until nobody else writes, and keeps others out until the transaction ends.

        Without it two transactions take numbers of the log in one order and commit in the other, and a follower
        whose cursor stands behind the later number never sees the earlier.
        """
        connection.execute(select(func.pg_advisory_xact_lock(LOCK, func.hashtext(func.current_schema()))))

    def among(self, column: Column[Any], values: Sequence[Any]) -> ColumnElement[bool]:
        return column == any_(literal(list(values), ARRAY(column.type)))

    def close(self) -> None:
        self._engine.dispose()


def _postgresql_engine(url: URL, patience: float) -> Engine:
    # Times from a session in another zone could leave the years Python knows; a server may be set to answer
    # before its disk has; and 0 would mean to wait for a lock for ever.
    ours = f"-c timezone=UTC -c synchronous_commit=on -c lock_timeout={max(int(patience * 1000), 1)}"
    given = url.query.get("options", "")
    options = " ".join([given, ours] if isinstance(given, str) else [*given, ours])
    try:
        return create_engine(
            url.difference_update_query(["options"]),
            connect_args={"options": options, "connect_timeout": 10},
            # What another wrote while we waited for the lock must be seen behind it.
            isolation_level="READ COMMITTED",
            pool_size=POOL_SIZE,
            max_overflow=POOL_OVERFLOW,
            pool_pre_ping=True,
            json_serializer=_to_json,
            json_deserializer=orjson.loads,
        )
    except ModuleNotFoundError as error:
        raise CannotRun(
            "psycopg is missing, without which PostgreSQL is not reached: install rawi[postgresql]"
        ) from error


def _to_json(value: Any) -> str:
    return orjson.dumps(value).decode()
