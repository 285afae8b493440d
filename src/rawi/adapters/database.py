"""The store in a database: SQLite or PostgreSQL, by its SQLAlchemy URL."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Column, ColumnElement, Connection, Table

from rawi.adapters import kinds, schema
from rawi.adapters.database_engines import Database, connect
from rawi.errors import CannotRun, NotFound, SchemaTooNew
from rawi.model import Change
from rawi.ports import Value

R = TypeVar("R")

PATIENCE = 30.0
IDS_AT_ONCE = 10_000


def address_of(file: Path) -> str:
    """The address of an SQLite file, whatever characters are in its path."""
    return sa.URL.create("sqlite", database=str(file)).render_as_string()


class DatabaseStore:
    """A `Store` at `sqlite:///FILE` or `postgresql://USER:PASSWORD@HOST/DATABASE`. Several threads may use it.

    An empty database becomes an archive's, an older schema is brought up to date, before anything else is done.
    `patience` is how many seconds to wait while another process writes.
    Errors on opening: CannotRun, SchemaTooNew, StorageFull, StoreError; BadInput for an address of another form.
    """

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        self._database = connect(url, patience)
        try:
            bring_up_to_date(self._database)
        except BaseException:
            self._database.close()
            raise

    # -- records

    def put(self, *records: Any) -> int:
        return self._put(kinds.fitted(records), also_different=True)

    def put_new(self, *records: Any) -> int:
        return self._put(kinds.fitted(records), also_different=False)

    def _put(self, ready: dict[tuple[type, str], Any], also_different: bool) -> int:
        if not ready:
            return 0
        with self._database.writing() as connection:
            changed: set[tuple[type, str]] = set()
            for kind in dict.fromkeys(kind for kind, _ in ready):
                records = [record for (of_kind, _), record in ready.items() if of_kind is kind]
                changed |= self._put_kind(connection, kind, records, also_different)
            _log(connection, [key for key in ready if key in changed])
        return len(changed)

    def _put_kind(
        self, connection: Connection, kind: type, records: list[Any], also_different: bool
    ) -> set[tuple[type, str]]:
        """Stores those that are new (or different); gives their kinds and ids."""
        table = schema.TABLES[kind]
        stored: dict[str, Any] = self._by_id(connection, kind, [record.id for record in records])
        new = [record for record in records if record.id not in stored]
        different = [r for r in records if also_different and r.id in stored and stored[r.id] != r]
        if new:
            connection.execute(sa.insert(table), _rows(new))
        if different:
            this = table.c.id == sa.bindparam("this_id")
            to_set: dict[str, Any] = {name: sa.bindparam(name) for name in kinds.fields(kind) if name != "id"}
            rows = [{"this_id": row.pop("id"), **row} for row in _rows(different)]
            connection.execute(sa.update(table).where(this).values(to_set), rows)
        return {(kind, record.id) for record in (*new, *different)}

    def drop(self, kind: type, *ids: str) -> int:
        table = schema.TABLES[kinds.writable_kind(kind)]
        sought = _storable(ids)
        if not sought:
            return 0
        with self._database.writing() as connection:
            these = self._database.among(table.c.id, sought)
            stored = set(connection.scalars(sa.select(table.c.id).where(these)))
            gone = [key for key in dict.fromkeys(sought) if key in stored]
            if gone:
                connection.execute(sa.delete(table).where(these))
                _log(connection, [(kind, key) for key in gone])
        return len(gone)

    def get(self, kind: type[R], id: str) -> R:
        found = self.get_many(kind, [id])
        if not found:
            raise NotFound(f"there is no {kind.__name__} {id!r}")
        return found[0]

    def get_many(self, kind: type[R], ids: Sequence[str]) -> list[R]:
        kinds.stored_kind(kind)
        sought = _storable(ids)
        if not sought:
            return []
        with self._database.reading() as connection:
            stored = self._by_id(connection, kind, sought)
        return [stored[key] for key in sought if key in stored]

    def _by_id(self, connection: Connection, kind: type[R], ids: Sequence[str]) -> dict[str, R]:
        if len(ids) == 1:
            rows = connection.execute(_with_id(kind), {"sought": ids[0]})  # type: ignore[arg-type]  # classes can be hashed
        else:
            rows = connection.execute(sa.select(*_columns(kind)).where(self._is_one_of(_table(kind).c.id, ids)))
        return {record.id: record for record in _records(kind, rows)}  # type: ignore[attr-defined]

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
        page = kinds.page(kind, order, since, until, after, limit)
        table = _table(kind)
        equals = sa.select(*_columns(kind)).where(*self._equal(kind, equal))
        column = table.c[order]
        valued = equals.where(*_bounds(table, page, newest_first)).order_by(*_towards(newest_first, column, table.c.id))
        with self._database.reading() as connection:
            rows = connection.execute(valued.limit(limit)).all()
            if page.has_empty and len(rows) < limit:
                # SQLite takes NULL for the least value, PostgreSQL for the greatest: asked apart, in both an index
                # of the field serves.
                empty = equals.where(column.is_(None)).order_by(*_towards(newest_first, table.c.id))
                rows = [*rows, *connection.execute(empty.limit(limit - len(rows)))]
        return _records(kind, rows)

    def first_of_each(self, kind: type[R], field: str, /, *, order: str, until: Value, limit: int = 10_000) -> list[R]:
        table = _table(kind)
        kinds.single_field(kind, field)
        last = kinds.bound(kind, order, until)
        column, ordered = table.c[field], table.c[order]
        # A step from each value to the next in the index, instead of a look at every record.
        values = sa.select(sa.func.min(column).label("value")).cte("firsts", recursive=True)
        following = sa.select(sa.func.min(column)).where(column > values.c.value).scalar_subquery()
        values = values.union_all(sa.select(following).where(values.c.value.is_not(None)))
        first = sa.select(table.c.id).where(column == values.c.value, ordered <= last)
        ids = sa.select(first.order_by(ordered, table.c.id).limit(1).scalar_subquery()).select_from(values)
        query = sa.select(*_columns(kind)).where(table.c.id.in_(ids)).order_by(ordered, table.c.id).limit(limit)
        with self._database.reading() as connection:
            return _records(kind, connection.execute(query).all())

    def tally(self, kind: type, field: str, /, **equal: Value | tuple[str, ...]) -> dict[Any, int]:
        kinds.single_field(kind, field)
        column = _table(kind).c[field]
        query = sa.select(column, sa.func.count()).where(*self._equal(kind, equal)).group_by(column)
        with self._database.reading() as connection:
            return dict(connection.execute(query).all())

    def count(self, kind: type, /, **equal: Value | tuple[str, ...]) -> int:
        query = sa.select(sa.func.count()).select_from(_table(kind)).where(*self._equal(kind, equal))
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one()

    def ids(self, kind: type) -> Iterator[str]:
        return self._ids(_table(kind))

    def _ids(self, table: Table) -> Iterator[str]:
        query = sa.select(table.c.id).order_by(table.c.id).limit(IDS_AT_ONCE)
        last: str | None = None
        while True:
            with self._database.reading() as connection:
                some = connection.scalars(query if last is None else query.where(table.c.id > last)).all()
            yield from some
            if len(some) < IDS_AT_ONCE:
                return
            last = some[-1]

    def _equal(self, kind: type, equal: dict[str, Any]) -> list[ColumnElement[bool]]:
        table = _table(kind)
        choices = {name: kinds.choices(kind, name, value) for name, value in equal.items()}
        return [self._is_one_of(table.c[name], values) for name, values in choices.items()]

    def _is_one_of(self, column: Column[Any], values: Sequence[Any]) -> ColumnElement[bool]:
        """Says that a column has one of these values; None among them means: no value."""
        given = [value for value in values if value is not None]
        ways: list[ColumnElement[bool]] = []
        if len(given) == 1:
            ways.append(column == given[0])
        elif given:
            ways.append(self._database.among(column, given))
        if len(given) < len(values):
            ways.append(column.is_(None))
        return ways[0] if len(ways) == 1 else sa.or_(sa.false(), *ways)

    # -- the log and its followers

    def head(self) -> int:
        with self._database.reading() as connection:
            return connection.execute(sa.select(sa.func.max(schema.changes.c.seq))).scalar_one() or 0

    def changes(self, after: int, limit: int = 500) -> list[Change]:
        table = schema.changes
        query = sa.select(table.c.seq, table.c.kind, table.c.id).where(table.c.seq > after)
        with self._database.reading() as connection:
            return [Change(*row) for row in connection.execute(query.order_by(table.c.seq).limit(limit))]

    def cursor(self, follower: str) -> int:
        table = schema.cursors
        query = sa.select(table.c.seq).where(table.c.follower == follower)
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one_or_none() or 0

    def advance(self, follower: str, seq: int) -> None:
        table = schema.cursors
        with self._database.writing() as connection:
            moved = connection.execute(sa.update(table).where(table.c.follower == follower).values(seq=seq))
            if not moved.rowcount:
                connection.execute(sa.insert(table).values(follower=follower, seq=seq))

    def followers(self) -> dict[str, int]:
        query = sa.select(schema.cursors.c.follower, schema.cursors.c.seq)
        with self._database.reading() as connection:
            return dict(connection.execute(query).all())

    def forget(self, follower: str) -> None:
        table = schema.cursors
        with self._database.writing() as connection:
            connection.execute(sa.delete(table).where(table.c.follower == follower))

    def lease(self, names: Sequence[str], holder: str, *, now: datetime, until: datetime) -> list[str]:
        table, wanted = schema.leases, list(dict.fromkeys(names))
        if not wanted:
            return []
        with self._database.writing() as connection:
            these = self._database.among(table.c.name, wanted)
            held = sa.and_(table.c.holder != holder, table.c.until > now)
            taken = set(connection.scalars(sa.select(table.c.name).where(these, held)))
            had = [name for name in wanted if name not in taken]
            if had:
                connection.execute(sa.delete(table).where(self._database.among(table.c.name, had)))
                connection.execute(sa.insert(table), [{"name": name, "holder": holder, "until": until} for name in had])
        return had

    def release(self, names: Sequence[str], holder: str) -> None:
        table = schema.leases
        if names:
            with self._database.writing() as connection:
                these = self._database.among(table.c.name, list(names))
                connection.execute(sa.delete(table).where(these, table.c.holder == holder))

    def holders(self) -> dict[str, str]:
        query = sa.select(schema.leases.c.name, schema.leases.c.holder)
        with self._database.reading() as connection:
            return dict(connection.execute(query).all())

    def close(self) -> None:
        self._database.close()


# ------------------------------------------------------------------------------------- the schema's number


def bring_up_to_date(database: Database, newest: int = schema.NUMBER, steps: Path | None = None) -> None:
    """Takes the database to the newest schema, step by step, each in a transaction of its own.

    `newest` and `steps` (a folder of Alembic's form) are the program's own but in tests.
    """
    with database.reading() as connection:
        number = schema_number(connection, database.place.name)
    if number > newest:
        raise SchemaTooNew(
            f"{database.place.name} has schema {number}, made by a later version of Rawi; this one knows schemas up "
            f"to {newest}: install the later version, or open a copy of the archive from before it was upgraded"
        )
    while number < newest:
        with database.writing() as connection:
            # Another process may have taken steps while we waited.
            number = schema_number(connection, database.place.name)
            if number < newest:
                number += 1
                _run_step(connection, number, steps)


def schema_number(connection: Connection, place: str) -> int:
    """The number of the schema that a database has; 0 when it is empty."""
    names = sa.inspect(connection).get_table_names()
    if schema.archive_schema.name in names:
        return int(connection.execute(sa.select(schema.archive_schema.c.version_num)).scalar_one())
    if names:
        raise CannotRun(f"{place} holds tables of something else ({', '.join(sorted(names)[:5])}): name an empty one")
    return 0


def _run_step(connection: Connection, number: int, steps: Path | None) -> None:
    # Alembic takes longer to import than most commands take; it is rarely needed.
    from rawi.adapters import migrations

    migrations.run_step(connection, number, steps or migrations.HERE)


# ------------------------------------------------------------------------------------- records and rows


def _table(kind: type) -> Table:
    return schema.TABLES[kinds.stored_kind(kind)]


def _columns(kind: type) -> list[Column[Any]]:
    table = _table(kind)
    return [table.c[name] for name in kinds.fields(kind)]


@cache
def _with_id(kind: Any) -> sa.Select[Any]:
    """The record of one id: asked so often that making the statement anew would take longer than its answer."""
    return sa.select(*_columns(kind)).where(_table(kind).c.id == sa.bindparam("sought"))


def _records(kind: type[R], rows: Iterable[Any]) -> list[R]:
    names = tuple(kinds.fields(kind))
    return [kind(**dict(zip(names, row, strict=True))) for row in rows]


def _rows(records: Sequence[Any]) -> list[dict[str, Any]]:
    names = tuple(kinds.fields(type(records[0])))
    return [{name: getattr(record, name) for name in names} for record in records]


def _storable(ids: Iterable[str]) -> list[str]:
    """The ids that a record can have at all."""
    return [key for key in ids if kinds.is_storable(key)]


def _log(connection: Connection, keys: Iterable[tuple[type, str]]) -> None:
    lines = [{"kind": kind.__name__, "id": key} for kind, key in keys if kind not in kinds.UNLOGGED]
    if lines:
        connection.execute(sa.insert(schema.changes), lines)


def _bounds(table: Table, page: kinds.Page, newest_first: bool) -> Iterator[ColumnElement[bool]]:
    """What keeps the records with a value to the stretch that is wanted."""
    column = table.c[page.field.name]
    if page.has_empty:
        yield column.is_not(None)
    if page.since is not None:
        yield column >= page.since
    if page.until is not None:
        yield column <= page.until
    if page.after is not None:
        here = sa.tuple_(column, table.c.id)
        last = sa.tuple_(sa.literal(page.after[0], column.type), sa.literal(page.after[1], table.c.id.type))
        yield here < last if newest_first else here > last


def _towards(newest_first: bool, *columns: Column[Any]) -> list[ColumnElement[Any]]:
    return [column.desc() if newest_first else column.asc() for column in dict.fromkeys(columns)]
