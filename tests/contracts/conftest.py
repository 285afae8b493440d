"""What the suites of contracts run against.

Making the tables takes longer than most tests: a made file is copied, and a schema on the server is emptied.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rawi.adapters import schema
from rawi.adapters.database import DatabaseStore
from rawi.adapters.memory_store import MemoryStore
from rawi.ports import Store
from tests.postgresql import fresh_postgresql


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each make."""
    if request.param == "memory":
        yield MemoryStore()
    elif request.param == "sqlite":
        with closing(DatabaseStore(request.getfixturevalue("sqlite_url"))) as store:
            yield store
    else:
        yield request.getfixturevalue("emptied_postgresql")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and no records."""
    path = tmp_path_factory.mktemp("template") / "store.db"
    DatabaseStore(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of an empty store in a file."""
    shutil.copyfile(sqlite_template, tmp_path / "store.db")
    return f"sqlite:///{tmp_path}/store.db"


@pytest.fixture(scope="session")
def postgresql_store() -> Iterator[DatabaseStore]:
    with fresh_postgresql() as url, closing(DatabaseStore(url)) as store:
        yield store


@pytest.fixture
def emptied_postgresql(postgresql_store: DatabaseStore) -> DatabaseStore:
    with postgresql_store._database.writing() as connection:
        for table in schema.metadata.tables.values():
            if table is not schema.archive_schema:
                connection.execute(table.delete())
    return postgresql_store
