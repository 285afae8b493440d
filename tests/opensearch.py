"""An index of one's own on the OpenSearch that RAWI_TEST_OPENSEARCH names, for a test."""

import os
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from tests.services import missing

VARIABLE = "RAWI_TEST_OPENSEARCH"


def opensearch() -> str:
    """The address of the node; where none is named the test is skipped, in CI it fails."""
    return os.environ.get(VARIABLE) or missing(f"no OpenSearch: start one with `./do services` and set {VARIABLE}")


@contextmanager
def fresh_name() -> Iterator[str]:
    """A name that no index has; what is made under it is gone when the block ends."""
    node, name = opensearch(), f"test-{uuid.uuid4().hex}"
    try:
        yield name
    finally:
        # The node has no wildcard to lose more than this by: the name is ours alone.
        request = urllib.request.Request(f"{node}/{name}-*", method="DELETE")
        urllib.request.urlopen(request, timeout=60).close()
