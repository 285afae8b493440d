"""Imports a file into an archive and brings the conclusions up to date, and is killed at a chosen point of it.

    python -m tests.walk.killed ARCHIVE SOURCE CALLS

After CALLS calls of Python functions it kills itself with SIGKILL; 0: never, and then it prints how many there were.
Counting calls reaches every point between two steps, again and again the same one, without a clock. Each capture is
printed when the archive acknowledges it.
"""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from rawi import open_archive
from rawi.jobs.outcome import Outcome

calls = 0


def main(place: str, source: str, most_calls: int) -> None:
    def count(frame: FrameType, event: str, argument: object) -> None:
        global calls
        calls += 1
        if calls == most_calls:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    with open_archive(place) as archive:
        archive.import_paths([Path(source)], listen=acknowledge)
        archive.follow()
    sys.setprofile(None)
    os.write(1, f"calls {calls}\n".encode())


def acknowledge(outcome: Outcome) -> None:
    if outcome.capture:
        os.write(1, f"capture {outcome.capture}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
