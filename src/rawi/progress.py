"""Shows how far long work is: a live line on a terminal, plain lines elsewhere. Everything goes to standard error."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rawi.jobs.tell import Tell

PLAIN_EVERY_SECONDS = 5.0


@contextmanager
def progress(*, is_quiet: bool = False) -> Iterator[Tell]:
    """Gives the function that long work calls to say how far it is: items, rate, time left."""
    if is_quiet:
        yield _silent
    elif sys.stderr.isatty():
        with _live() as tell:
            yield tell
    else:
        yield _Plain().tell


def _silent(what: str, done: int, total: int | None) -> None:
    """Nobody watches."""


@contextmanager
def _live() -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description:10}"),
        BarColumn(bar_width=30),
        TextColumn("{task.completed:>8,.0f}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as shown:
        tasks, started = {}, {}

        def tell(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what], started[what] = shown.add_task(what, total=total, rate=""), time.monotonic()
            rate = done / max(time.monotonic() - started[what], 0.001)
            shown.update(tasks[what], completed=done, total=total, rate=f"{rate:,.0f}/s")

        yield tell


class _Plain:
    """A line every few seconds, for logs."""

    def __init__(self) -> None:
        self._started: dict[str, float] = {}
        self._said: dict[str, float] = {}

    def tell(self, what: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        start = self._started.setdefault(what, now)
        if now - self._said.setdefault(what, now) < PLAIN_EVERY_SECONDS:
            return
        self._said[what] = now
        rate = done / (now - start)
        left = f" of {total:,}, {(total - done) / rate:,.0f} s left" if total and rate else ""
        sys.stderr.write(f"{what}: {done:,}{left}, {rate:,.1f}/s\n")
