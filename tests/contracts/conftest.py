"""What the suites of contracts run against."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rawi.adapters.database import DatabaseStore
from rawi.adapters.memory_store import MemoryStore
from rawi.ports import Store
from tests.postgresql import fresh_postgresql


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each make."""
    if request.param == "memory":
        yield MemoryStore()
    elif request.param == "sqlite":
        yield from _open(f"sqlite:///{tmp_path}/store.db")
    else:
        with fresh_postgresql() as url:
            yield from _open(url)


def _open(url: str) -> Iterator[Store]:
    store = DatabaseStore(url)
    try:
        yield store
    finally:
        store.close()
