"""What is special to the store in a database: its schema, its transactions, its errors, its speed."""

import multiprocessing
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from rawi.adapters import kinds, migrations, schema
from rawi.adapters.database import DatabaseStore, address_of, bring_up_to_date
from rawi.adapters.database_engines import Postgresql, connect
from rawi.errors import BadInput, CannotRun, SchemaTooNew, StorageFull, StoreError
from rawi.model import Article, Capture, Credit, Fate, Feed, Headline, Revision, Visit
from tests.contracts.records import BARE, FULL, NOON, article, make
from tests.postgresql import fresh_postgresql

LONG = 60.0
"""Seconds after which a test is given up that waits for a thread."""


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/store.db"


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    with fresh_postgresql() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database of each make."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(url: str) -> Iterator[DatabaseStore]:
    with closing(DatabaseStore(url)) as store:
        yield store


def ask(url: str, statement: str) -> list[Any]:
    """What a database answers to one statement, past the store."""
    with closing(connect(url, LONG)) as database, database.writing() as connection:
        answer = connection.exec_driver_sql(statement)
        return list(answer) if answer.returns_rows else []


# ------------------------------------------------------------------------------------------ the schema


@pytest.mark.parametrize("kind", kinds.STORED)
def test_a_table_has_the_fields_of_its_records(kind: type) -> None:
    columns = {column.name: column for column in schema.TABLES[kind].columns}
    fields = kinds.fields(kind)
    assert columns.keys() == fields.keys()
    assert {name for name in columns if columns[name].nullable} == {name for name in fields if fields[name].optional}
    assert [column.name for column in schema.TABLES[kind].primary_key] == ["id"]
    for name, field in fields.items():
        type_ = columns[name].type
        kept = type_.impl_instance if isinstance(type_, sa.TypeDecorator) else type_
        assert isinstance(kept, sa.JSON) if field.several else kept.python_type is field.type


def test_every_kind_has_a_table_and_every_table_a_purpose() -> None:
    assert schema.TABLES.keys() == set(kinds.STORED)
    others = {schema.changes, schema.cursors, schema.leases, schema.archive_schema}
    assert set(schema.metadata.tables.values()) == {*schema.TABLES.values(), *others}


def test_headlines_are_columns_that_stand_before_the_texts() -> None:
    names = [column.name for column in schema.articles.columns]
    of_headlines = kinds.fields(Headline).keys()
    assert set(names[: len(of_headlines)]) == of_headlines
    assert names[-1] == "text"


def test_no_long_text_is_in_an_index() -> None:
    indexed = {
        column.name
        for table in schema.TABLES.values()
        for index in table.indexes
        for column in index.columns
        if isinstance(column.type, sa.Text)
    }
    assert indexed | {"id"} == kinds.KEYS


def test_the_steps_make_the_schema(url: str) -> None:
    DatabaseStore(url).close()
    with closing(connect(url, LONG)) as database, database.reading() as connection:
        made = MigrationContext.configure(connection, opts={"version_table": "archive_schema"})
        assert compare_metadata(made, schema.metadata) == []
        # Alembic leaves the table that it writes itself out of the comparison.
        (column,) = sa.inspect(connection).get_columns("archive_schema")
    assert column["name"] == "version_num"


def test_there_is_a_step_for_every_number() -> None:
    steps = sorted(path.name[:4] for path in (migrations.HERE / "versions").glob("*.py"))
    assert steps == [migrations.revision_name(number) for number in range(1, schema.NUMBER + 1)]


def test_no_step_imports_what_moves_on() -> None:
    for path in (migrations.HERE / "versions").glob("*.py"):
        assert "rawi" not in path.read_text("utf-8").lower()


@pytest.mark.postgresql
def test_texts_are_ordered_by_no_language(postgresql_url: str) -> None:
    DatabaseStore(postgresql_url).close()
    texts = ask(
        postgresql_url,
        "SELECT DISTINCT collation_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND data_type = 'text'",
    )
    assert [tuple(row) for row in texts] == [("C",)]


# ----------------------------------------------------------------------------------- older, newer schemas

NEXT, AFTER_NEXT = schema.NUMBER + 1, schema.NUMBER + 2
NEWEST_NAME, NEXT_NAME, AFTER_NEXT_NAME = map(migrations.revision_name, (schema.NUMBER, NEXT, AFTER_NEXT))

ADDS_A_FIELD = f"""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{NEXT_NAME}", "{NEWEST_NAME}"

def upgrade():
    op.add_column("feeds", sa.Column("shoe", sa.Text(), nullable=False, server_default="none"))
    op.execute("UPDATE feeds SET shoe = 'of ' || publisher")
    op.create_table("shoes", sa.Column("id", sa.Text(), primary_key=True))
"""

BREAKS = f"""
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{AFTER_NEXT_NAME}", "{NEXT_NAME}"

def upgrade():
    op.execute("UPDATE feeds SET shoe = 'lost'")
    op.drop_table("shoes")
    op.add_column("feeds", sa.Column("hat", sa.Text()))
    op.execute("SELECT size FROM nowhere")
"""


@pytest.fixture
def steps(tmp_path: Path) -> Path:
    """The program's steps and one more, as a later version will have it."""
    folder = tmp_path / "per%cent" / "migrations"
    shutil.copytree(migrations.HERE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"{NEXT_NAME}_shoes.py").write_text(ADDS_A_FIELD)
    return folder


def test_an_older_schema_is_brought_up_to_date_with_its_records(url: str, steps: Path) -> None:
    with closing(DatabaseStore(url)) as store:
        store.put(*FULL, make(Feed, "x", publisher="p"))
        head = store.head()
    with closing(connect(url, LONG)) as database:
        bring_up_to_date(database, NEXT, steps)
        bring_up_to_date(database, NEXT, steps)
    assert {tuple(row) for row in ask(url, "SELECT id, shoe FROM feeds")} == {("f1", "of a.example"), ("x", "of p")}
    assert [tuple(row) for row in ask(url, "SELECT version_num FROM archive_schema")] == [(NEXT_NAME,)]
    ask(url, f"UPDATE archive_schema SET version_num = '{NEWEST_NAME}'")
    with closing(DatabaseStore(url)) as store:
        assert all(store.get(type(record), record.id) == record for record in FULL)
        assert store.head() == head


def test_hosts_are_filled_in_where_the_first_schema_had_none(url: str) -> None:
    """Schema 2 is reached from an archive of schema 1 with its visits and captures in place."""
    with closing(connect(url, LONG)) as database:
        bring_up_to_date(database, 1)
    ask(
        url,
        "INSERT INTO visits (id, url, purpose, publisher, feed, status, etag, last_modified, digest, visits, failures) "
        "VALUES ('v', 'https://a.example:8080/feed?x=1', 'feed', 'a.example', 'f', 200, '', '', 'd', 3, 1)",
    )
    with closing(DatabaseStore(url)) as store:
        visit = store.get(Visit, "v")
        assert (visit.host, visit.hops, visit.capture, visit.habit) == ("a.example:8080", 0, "", "")
        assert (visit.visits, visit.failures, visit.digest) == (3, 1, "d")


def test_articles_of_the_second_schema_have_no_credits(url: str) -> None:
    """Schema 3 is reached with articles in place, which can be written over with credits."""
    old = article("a")
    with closing(connect(url, LONG)) as database:
        bring_up_to_date(database, 2)
        names = [name for name in kinds.fields(Article) if name != "credits"]
        table = sa.table("articles", *(sa.column(name, schema.articles.c[name].type) for name in names))
        with database.writing() as connection:
            connection.execute(sa.insert(table), {name: getattr(old, name) for name in names})
    with closing(DatabaseStore(url)) as store:
        assert store.get(Article, "a") == old
        read_again = replace(old, credits=(Credit(who="AFP", words="(AFP)", where="first line", start=0, end=5),))
        store.put(read_again)
        assert store.get(Article, "a") == read_again


def test_several_steps_are_taken_from_nothing(url: str, steps: Path) -> None:
    with closing(connect(url, LONG)) as database:
        bring_up_to_date(database, NEXT, steps)
    assert ask(url, "SELECT * FROM shoes") == []


def test_a_step_that_breaks_leaves_the_schema_before_it(url: str, steps: Path) -> None:
    with closing(DatabaseStore(url)) as store:
        store.put(make(Feed, "x", publisher="p"))
    (steps / "versions" / f"{AFTER_NEXT_NAME}_broken.py").write_text(BREAKS)
    with closing(connect(url, LONG)) as database, pytest.raises(StoreError, match="nowhere"):
        bring_up_to_date(database, AFTER_NEXT, steps)
    assert [tuple(row) for row in ask(url, "SELECT id, shoe FROM feeds")] == [("x", "of p")]
    assert ask(url, "SELECT id FROM shoes") == []
    assert [tuple(row) for row in ask(url, "SELECT version_num FROM archive_schema")] == [(NEXT_NAME,)]
    with closing(connect(url, LONG)) as database, pytest.raises(StoreError, match="hat"), database.reading() as reader:
        reader.exec_driver_sql("SELECT hat FROM feeds")


def test_a_newer_schema_is_left_alone(url: str) -> None:
    with closing(DatabaseStore(url)) as store:
        store.put(article("a"))
    ask(url, "UPDATE archive_schema SET version_num = '0937'")
    with pytest.raises(
        SchemaTooNew, match=rf"(store\.db|rawi_test).* schema 937.* up to {schema.NUMBER}: install the later"
    ):
        DatabaseStore(url)
    assert [tuple(row) for row in ask(url, "SELECT id FROM articles")] == [("a",)]


def test_a_database_of_something_else_is_left_alone(url: str) -> None:
    ask(url, "CREATE TABLE shoes (size INTEGER)")
    with pytest.raises(CannotRun, match=r"something else \(shoes\)"):
        DatabaseStore(url)
    assert ask(url, "SELECT * FROM shoes") == []


def test_a_current_archive_is_opened_without_alembic(url: str) -> None:
    DatabaseStore(url).close()
    program = (
        "import sys; from rawi.adapters.database import DatabaseStore; DatabaseStore(sys.argv[1]).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, url], check=True)


def _open(url: str) -> int:
    with closing(DatabaseStore(url)) as store:
        return store.put(article("a"))


def test_several_processes_may_open_a_new_archive_at_once(url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        assert sorted(pool.map(_open, [url] * 6, chunksize=1)) == [0, 0, 0, 0, 0, 1]


# -------------------------------------------------------------------------------------- one writer at a time


@contextmanager
def held_before_commit(store: DatabaseStore) -> Iterator[tuple[Event, Event]]:
    """The first commit of a store waits: the one event says that it is about to, the other lets it go on."""
    arrived, go_on = Event(), Event()

    def hold(_: sa.Connection) -> None:
        if not arrived.is_set():
            arrived.set()
            assert go_on.wait(LONG)

    engine = store._database._engine  # type: ignore[attr-defined]
    sa.event.listen(engine, "commit", hold)
    try:
        yield arrived, go_on
    finally:
        go_on.set()
        sa.event.remove(engine, "commit", hold)


class Follower:
    """Reads the log as followers do: a batch, then the cursor moves behind it."""

    def __init__(self, store: DatabaseStore) -> None:
        self.store = store
        self.cursor = 0
        self.seen: list[str] = []

    def follow(self) -> None:
        batch = self.store.changes(self.cursor)
        self.seen += [change.id for change in batch]
        self.cursor = batch[-1].seq if batch else self.cursor


def waits_for_a_lock(url: str) -> bool:
    return bool(ask_freely(url, "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"))


def ask_freely(url: str, statement: str) -> list[Any]:
    """Like `ask`, without the archive's lock."""
    with closing(connect(url, LONG)) as database, database.reading() as connection:
        return list(connection.exec_driver_sql(statement))


@pytest.mark.postgresql
def test_a_late_commit_is_not_missed_on_postgresql(postgresql_url: str) -> None:
    with (
        closing(DatabaseStore(postgresql_url)) as late,
        closing(DatabaseStore(postgresql_url)) as quick,
        ThreadPoolExecutor(2) as threads,
        held_before_commit(late) as (arrived, go_on),
    ):
        follower = Follower(quick)
        first = threads.submit(late.put, article("late"))
        assert arrived.wait(LONG)
        second = threads.submit(quick.put, article("quick"))
        while not waits_for_a_lock(postgresql_url):
            assert not second.done(), "the second writer did not wait for the first"
        follower.follow()
        assert follower.seen == []
        go_on.set()
        assert (first.result(LONG), second.result(LONG)) == (1, 1)
        follower.follow()
        assert follower.seen == ["late", "quick"]


class Unlocked(Postgresql):
    """Writes without taking the lock, to show what it is for."""

    def take_lock(self, connection: sa.Connection) -> None:
        pass


@pytest.mark.postgresql
def test_without_the_lock_a_late_commit_would_be_missed(postgresql_url: str) -> None:
    with (
        closing(DatabaseStore(postgresql_url)) as late,
        closing(DatabaseStore(postgresql_url)) as quick,
        ThreadPoolExecutor(1) as threads,
    ):
        for store in (late, quick):
            store.close()
            store._database = Unlocked(sa.make_url(postgresql_url), LONG)
        follower = Follower(quick)
        with held_before_commit(late) as (arrived, go_on):
            first = threads.submit(late.put, article("late"))
            assert arrived.wait(LONG)
            quick.put(article("quick"))
            follower.follow()
            go_on.set()
            first.result(LONG)
        follower.follow()
        assert follower.seen == ["quick"]
        assert [change.id for change in quick.changes(0)] == ["late", "quick"]


def test_nobody_else_writes_before_a_commit(url: str) -> None:
    with (
        closing(DatabaseStore(url)) as late,
        closing(DatabaseStore(url, patience=0.01)) as other,
        ThreadPoolExecutor(1) as threads,
        held_before_commit(late) as (arrived, go_on),
    ):
        follower = Follower(other)
        other.advance("before", 1)
        first = threads.submit(late.put, article("late"))
        assert arrived.wait(LONG)
        for write in (
            lambda: other.put(article("quick")),
            lambda: other.drop(Article, "x"),
            lambda: other.put(make(Fate, "unlogged")),
        ):
            with pytest.raises(StoreError, match=r"locked by another process for more than 0\.01 seconds"):
                write()
        follower.follow()
        assert (follower.seen, other.count(Article), other.count(Fate)) == ([], 0, 0)
        go_on.set()
        assert first.result(LONG) == 1
        assert other.put(article("quick")) == 1
        follower.follow()
        assert follower.seen == ["late", "quick"]


def test_readers_do_not_wait_for_a_writer(store: DatabaseStore) -> None:
    store.put(article("a", title="old"))
    with ThreadPoolExecutor(1) as threads, held_before_commit(store) as (arrived, go_on):
        writing: Future[int] = threads.submit(store.put, article("a", title="new"), article("b"))
        assert arrived.wait(LONG)
        assert store.get(Article, "a").title == "old"
        assert list(store.ids(Article)) == ["a"]
        go_on.set()
        assert writing.result(LONG) == 2
    assert store.get(Article, "a").title == "new"


@pytest.mark.postgresql
def test_archives_on_one_server_do_not_wait_for_each_other(postgresql_url: str) -> None:
    with (
        fresh_postgresql() as other_url,
        closing(DatabaseStore(other_url, patience=0.01)) as other,
        closing(DatabaseStore(postgresql_url)) as late,
        ThreadPoolExecutor(1) as threads,
        held_before_commit(late) as (arrived, go_on),
    ):
        first = threads.submit(late.put, article("late"))
        assert arrived.wait(LONG)
        assert other.put(article("quick")) == 1
        go_on.set()
        assert first.result(LONG) == 1


def test_a_crash_before_the_commit_leaves_nothing(store: DatabaseStore) -> None:
    def crash(_: sa.Connection) -> None:
        raise KeyboardInterrupt

    engine = store._database._engine  # type: ignore[attr-defined]
    sa.event.listen(engine, "commit", crash)
    with pytest.raises(KeyboardInterrupt):
        store.put(*FULL)
    sa.event.remove(engine, "commit", crash)
    assert (store.count(Article), store.head()) == (0, 0)
    assert store.put(*FULL) == len(FULL)


# --------------------------------------------------------------------------------------------- settings


def test_sqlite_has_what_it_needs_to_keep_what_was_put(sqlite_url: str) -> None:
    with closing(DatabaseStore(sqlite_url, patience=7)) as store, store._database.reading() as connection:
        asked = ("journal_mode", "synchronous", "busy_timeout")
        got = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in asked]
    assert got == ["wal", 2, 7000]


@pytest.mark.postgresql
def test_postgresql_has_what_it_needs_to_keep_what_was_put(postgresql_url: str) -> None:
    with closing(DatabaseStore(postgresql_url, patience=7)) as store, store._database.writing() as connection:
        asked = ("synchronous_commit", "lock_timeout", "timezone", "transaction_isolation")
        got = [connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in asked]
    assert got == ["on", "7s", "UTC", "read committed"]


@pytest.mark.parametrize("name", ["a b.db", "what?.db", "50%20.db", "#1.db", "أرشيف.db", "a@b:c.db"])
def test_a_file_may_have_any_name(tmp_path: Path, name: str) -> None:
    with closing(DatabaseStore(address_of(tmp_path / name))) as store:
        store.put(article("a"))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_is_closed_whole(sqlite_url: str, tmp_path: Path) -> None:
    with closing(DatabaseStore(sqlite_url)) as store:
        store.put(*FULL)
    assert [path.name for path in tmp_path.iterdir()] == ["store.db"]


# ---------------------------------------------------------------------------------------------- errors


def test_a_full_disk_is_named_and_costs_only_that_put(sqlite_url: str) -> None:
    with closing(DatabaseStore(sqlite_url)) as store:
        store.put(article("old"))

        def room(pages: int) -> None:
            store.close()
            engine = store._database._engine  # type: ignore[attr-defined]
            sa.event.listen(engine, "connect", lambda each, _: each.execute(f"PRAGMA max_page_count = {pages}"))

        room(1)
        with pytest.raises(StorageFull, match=r"store\.db.*make room on its disk") as caught:
            store.put(article("new", text="x" * 1_000_000), make(Feed, "new"))
        assert isinstance(caught.value.__cause__, sa.exc.DBAPIError)
        assert store.find(Article) == [article("old")]
        assert (store.count(Feed), store.head()) == (0, 1)
        room(1_000_000)
        assert store.put(article("new", text="x" * 1_000_000), make(Feed, "new")) == 2


@pytest.mark.parametrize("content", [b"not a database, but long enough to be one" * 100, b"%PDF-1.4\n" + b"x" * 5000])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(CannotRun, match=r"notes\.txt is no database"):
        DatabaseStore(f"sqlite:///{path}")
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["", "missing/store.db"])
def test_what_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(CannotRun, match="cannot be opened") as caught:
        DatabaseStore(f"sqlite:///{path}")
    assert str(path) in str(caught.value)


def test_a_file_that_may_not_be_written_can_be_read(sqlite_url: str, tmp_path: Path) -> None:
    with closing(DatabaseStore(sqlite_url)) as store:
        store.put(article("a"))
    read_only = f"sqlite:///file:{tmp_path}/store.db?mode=ro&uri=true"
    with closing(DatabaseStore(read_only)) as store:
        assert store.find(Article) == [article("a")]
        with pytest.raises(CannotRun, match=r"store\.db cannot be written"):
            store.put(article("b"))


def test_a_damaged_file_is_named(sqlite_url: str, tmp_path: Path) -> None:
    with closing(DatabaseStore(sqlite_url)) as store:
        store.put(*(article(f"{number:04}", text="x" * 2000) for number in range(200)))
    with (tmp_path / "store.db").open("r+b") as file:
        file.seek(4096 * 40)
        file.write(b"\xff" * 4096 * 40)
    with closing(DatabaseStore(sqlite_url)) as store, pytest.raises(StoreError, match=r"store\.db is damaged"):
        list(store.find(Article, limit=1000))


@pytest.mark.parametrize(
    "address", ["", "archive.db", "sqlite://", "sqlite:///:memory:", "mysql://u:secret@h/d", "://"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match=r"sqlite:///FILE or postgresql://") as caught:
        DatabaseStore(address)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("server", ["127.0.0.1:1/rawi", pytest.param("WRONG PASSWORD", marks=pytest.mark.postgresql)])
def test_a_server_that_cannot_be_reached_is_named_without_its_password(
    server: str, request: pytest.FixtureRequest
) -> None:
    url = f"postgresql://rawi:secret@{server}"
    if server == "WRONG PASSWORD":
        right = sa.make_url(request.getfixturevalue("postgresql_url"))
        url = right.set(password="secret").render_as_string(hide_password=False)
    with pytest.raises(CannotRun, match=r"127\.0\.0\.1.*cannot be reached.*see that the server runs") as caught:
        DatabaseStore(url)
    assert "secret" not in str(caught.value)


@pytest.mark.postgresql
def test_a_broken_connection_is_told_and_the_next_call_has_another(postgresql_url: str) -> None:
    with closing(DatabaseStore(postgresql_url)) as store:
        store.put(article("a"))

        def end(connection: sa.Connection) -> None:
            own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            ask_freely(postgresql_url, f"SELECT pg_terminate_backend({own})")

        engine = store._database._engine  # type: ignore[attr-defined]
        sa.event.listen(engine, "commit", end)
        with pytest.raises(StoreError, match="broke the connection"):
            store.put(article("b"))
        sa.event.remove(engine, "commit", end)
        assert store.put(article("b")) == 1
        assert store.count(Article) == 2


@pytest.mark.postgresql
def test_a_server_that_takes_no_writes_is_named(postgresql_url: str) -> None:
    DatabaseStore(postgresql_url).close()
    read_only = sa.make_url(postgresql_url)
    read_only = read_only.update_query_dict(
        {"options": f"{read_only.query['options']} -c default_transaction_read_only=on"}
    )
    with closing(DatabaseStore(read_only.render_as_string(hide_password=False))) as store:
        assert store.find(Article) == []
        with pytest.raises(CannotRun, match=r"rawi_test.* cannot be written: .*read-only"):
            store.put(article("a"))


# ----------------------------------------------------------------------------------------------- speed


class Statements:
    """What a store says to its database while this is open."""

    def __init__(self, store: DatabaseStore) -> None:
        self.said: list[tuple[str, Any]] = []
        self._engine: sa.Engine = store._database._engine  # type: ignore[attr-defined]

    def __enter__(self) -> list[tuple[str, Any]]:
        sa.event.listen(self._engine, "before_cursor_execute", self._note)
        return self.said

    def __exit__(self, *_: object) -> None:
        sa.event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        self.said.append((statement, parameters))


def test_many_records_are_put_with_few_statements(store: DatabaseStore) -> None:
    old = [article(f"{number:04}") for number in range(300)]
    store.put(*old)
    changed = [article(f"{number:04}", title="other") for number in range(200, 500)]
    with Statements(store) as said:
        assert store.put(*old, *changed, *FULL, *BARE) == 300 + len(FULL) + len(BARE)
    # The beginning, perhaps the lock; of each kind one select, insert and update; the log.
    assert len(said) <= 2 + 3 * len(kinds.STORED) + 1
    with Statements(store) as said:
        assert store.drop(Article, *(each.id for each in changed)) == 300
    assert len(said) <= 5
    with Statements(store) as said:
        assert len(store.get_many(Article, [each.id for each in old])) == 200
    assert len(said) <= 2


LISTS: dict[str, tuple[type, dict[str, Any], str]] = {
    "latest": (Headline, {"order": "dated_at", "newest_first": True}, "articles_by_date"),
    "latest, next page": (
        Headline,
        {"order": "dated_at", "newest_first": True, "after": (NOON, "x")},
        "articles_by_date",
    ),
    "between": (
        Headline,
        {"order": "dated_at", "since": NOON, "until": NOON + timedelta(days=1)},
        "articles_by_date",
    ),
    "publisher": (
        Headline,
        {"order": "dated_at", "newest_first": True, "publisher": "p", "after": (NOON, "x")},
        "articles_of_publisher",
    ),
    "topic": (
        Headline,
        {"order": "dated_at", "newest_first": True, "topic": "world", "after": (NOON, "x")},
        "articles_of_topic",
    ),
    "no topic": (Headline, {"order": "dated_at", "newest_first": True, "topic": None}, "articles_of_topic"),
    "language": (Headline, {"order": "dated_at", "newest_first": True, "language": "ar"}, "articles_of_language"),
    "day": (Headline, {"order": "dated_at", "newest_first": True, "published_on": NOON.date()}, "articles_of_day"),
    "captures of an address": (Capture, {"order": "at", "newest_first": True, "address": "a"}, "captures_of_address"),
    "captures of a digest": (Capture, {"digest": "d"}, "captures_of_digest"),
    "revisions": (Revision, {"order": "number", "article": "a"}, "revisions_of_article"),
    "fates": (Fate, {"order": "at", "address": "a"}, "fates_of_address"),
    "due": (Visit, {"order": "due_at", "until": NOON}, "visits_by_due_time"),
    "feeds of a publisher": (Feed, {"publisher": "p"}, "feeds_of_publisher"),
    "ids": (Article, {"after": ("a", "a")}, "sqlite_autoindex_articles_1"),
}


@pytest.mark.parametrize(("kind", "asked", "index"), LISTS.values(), ids=LISTS.keys())
def test_a_list_is_read_from_its_index(sqlite_url: str, kind: type, asked: dict[str, Any], index: str) -> None:
    with closing(DatabaseStore(sqlite_url)) as store:
        with Statements(store) as said:
            store.find(kind, **asked)
        (statement,) = ((text, given) for text, given in said if text.startswith("SELECT"))
        with store._database.reading() as connection:
            plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement[0]}", statement[1])]
    assert len(plan) == 1, plan
    assert f"USING INDEX {index}" in plan[0]


@pytest.mark.parametrize("field", ["publisher", "topic", "language", "published_on"])
def test_a_tally_of_all_articles_reads_no_article(sqlite_url: str, field: str) -> None:
    with closing(DatabaseStore(sqlite_url)) as store:
        with Statements(store) as said:
            store.tally(Headline, field)
        (statement,) = (text for text, _ in said if text.startswith("SELECT"))
        with store._database.reading() as connection:
            plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
    assert len(plan) == 1, plan
    assert "USING COVERING INDEX" in plan[0]
