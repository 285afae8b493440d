"""An S3 server of one's own for tests: moto's, in a process of its own on loopback; a fresh bucket for each test."""

import re
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from rawi.adapters.s3 import Access


@contextmanager
def s3_server() -> Iterator[str]:
    """The address of a running server, which is stopped when the block ends."""
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr
        try:
            address = next(
                found[0] for line in process.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+", line))
            )
            # What it says later goes nowhere: a full pipe would stop it.
            drain = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
            yield address
        finally:
            process.kill()
    drain.wait()


def fresh_bucket(address: str) -> Access:
    """A new bucket of a server."""
    name = f"b{uuid.uuid4().hex[:20]}"
    urllib.request.urlopen(urllib.request.Request(f"{address}/{name}", method="PUT"), timeout=30).close()
    return Access(bucket=name, endpoint=address, access_key_id="key", secret_access_key="secret", seconds=10, retries=0)
