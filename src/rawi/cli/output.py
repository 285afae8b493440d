"""What commands print, and where; how they end; and the archive they open."""

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from rawi import config
from rawi.archive import Archive
from rawi.core.recipes import Recipes
from rawi.jobs.outcome import Outcome
from rawi.model import Torn
from rawi.wiring import open_archive

_STEERS = re.compile("[\x7f-\x9f\u061c\u2028-\u202e\u2066-\u2069]")
DONE, SOME_FAILED, WRONG_USE, COULD_NOT_RUN = 0, 1, 2, 3


@contextmanager
def opened_archive(place: str) -> Iterator[Archive]:
    with open_archive(place or config.default_place()) as opened:
        yield opened


def until_stopped(work: Any) -> None:
    """Runs work that ends when its event is set, until Ctrl-C."""
    stop = threading.Event()
    with suppress(KeyboardInterrupt):
        work(stop)
    stop.set()


class Failed:
    """Counts what failed."""

    def __init__(self) -> None:
        self.number = 0

    def count(self, outcome: Outcome) -> None:
        self.number += outcome.failed

    @property
    def status(self) -> int:
        return SOME_FAILED if self.number else DONE


def say_torn(torn: list[Torn]) -> None:
    for piece in torn:
        note(
            f"{piece.file}: its last {counted(piece.length, 'byte')} made no whole record after a crash; "
            f"set aside as {piece.kept_as}"
        )


def say_unread(unread: dict[str, str]) -> int:
    """Names captures whose bytes could not be had; gives the exit status that this makes."""
    if not unread:
        return DONE
    address, why = next(reversed(unread.items()))
    note(f"{counted(len(unread), 'capture')} or more could not be read, such as {address}: {why}")
    note("what was concluded of them before stays; bring the files back, then run rawi rebuild articles")
    return SOME_FAILED


def say_broken(recipes: Recipes) -> int:
    """Names recipes that cannot be used; gives the exit status that this makes."""
    for file, problem in recipes.problems:
        note(f"recipe {file}: {problem}")
    return SOME_FAILED if recipes.problems else DONE


def say(value: Any, as_json: bool, said: str = "") -> None:
    """Prints a result: as JSON, or as it is said to people."""
    if as_json:
        import orjson

        sys.stdout.write(escaped(orjson.dumps(value, default=_as_json).decode()) + "\n")
        sys.stdout.flush()
    else:
        sys.stdout.write(printable(said) + "\n")


def _as_json(value: object) -> object:
    """What JSON has no form for: a stretch of time is told in seconds."""
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(type(value).__name__)


def counted(number: int, noun: str, plural: str = "") -> str:
    """ "1 article", "2 articles"."""
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


def note(said: str) -> None:
    sys.stderr.write(printable(said) + "\n")


def escaped(said: str) -> str:
    """The same JSON without what could steer a terminal or turn the order of what is read (C1, bidi controls), which
    stands as \\uXXXX: only texts can hold it."""
    return _STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", said)


def printable(said: str) -> str:
    """Without what could steer a terminal: foreign text is printed here too."""
    return "".join(c if c == "\n" or c.isprintable() or c in "\u200e\u200f" else "\ufffd" for c in said)
