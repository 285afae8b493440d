"""What tests of every kind may ask for."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.s3 import s3_server

# No test looks at the clock: the first example may load a model, and machines are busy.
settings.register_profile("rawi", deadline=None)
settings.load_profile("rawi")


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    with s3_server() as address:
        yield address
