"""What tests of every kind may ask for."""

from collections.abc import Iterator

import pytest

from tests.s3 import s3_server


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    with s3_server() as address:
        yield address
