"""A PostgreSQL of one's own for a test: a fresh schema on the server that RAWI_TEST_POSTGRESQL names."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

VARIABLE = "RAWI_TEST_POSTGRESQL"


@contextmanager
def fresh_postgresql() -> Iterator[str]:
    """The URL of an empty schema, which is gone when the block ends.

    Where no server is named the test is skipped; in CI it fails.
    """
    server = sa.make_url(_server())
    name = f"test_{uuid.uuid4().hex}"
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.schema.CreateSchema(name))
    try:
        yield server.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(sa.schema.DropSchema(name, cascade=True))


def _server() -> str:
    server = os.environ.get(VARIABLE, "")
    if not server:
        say = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        say(f"no PostgreSQL: start one with `./do services` and set {VARIABLE} as it says")
    return server
