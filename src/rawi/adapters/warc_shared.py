"""Captures in WARC files in one folder that several processes write at once.

Each process writes into a folder of its own, which it locks: the folder itself for the first, `k1`, `k2`, … below it
for those that come while others write. A place is NAME@OFFSET, with the folder before it where it is not the first. A
folder whose process is gone is free for the next, which first takes up what was left there.

Folders `s…` come from an object store (see `warc_objects`): they are read, and never written again.
"""

import contextlib
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import overload

from rawi.adapters.warc import WarcCaptures
from rawi.errors import ArchiveBusy, CannotRun, CaptureError
from rawi.model import Exchange, Torn

_FOLDER = re.compile(r"k[1-9][0-9]{0,3}|s[0-9a-f]{12}(?:/k[1-9][0-9]{0,3})?")
_MOST_KEEPERS = 1000

Make = Callable[[Path, Callable[[str], str]], WarcCaptures]
"""Makes the captures of one folder; the function given finds the record id of any place."""


class SharedWarcCaptures:
    """See `ports.Captures`. Safe to use from several threads."""

    def __init__(self, folder: Path, make: Make = lambda folder, find: WarcCaptures(folder, record_id=find)) -> None:
        self._folder = Path(folder)
        self._make = make
        self._guard = threading.Lock()
        self._opening = threading.Lock()
        self._opened: dict[str, WarcCaptures] = {}
        self._own = ""
        self._has_own = False
        self._to_take_up: list[str] = []
        """Folders with what `recover` gave and nobody has taken up yet."""

    # ------------------------------------------------------------------------------------------ keeping

    def keep(self, exchanges: Sequence[Exchange]) -> list[str]:
        if not exchanges:
            return []
        with self._guard:
            self._take_up()
            if not self._has_own:
                return self._keep_in_first_free(exchanges)
        return self._placed(self._own, self._of(self._own).keep(exchanges))

    def _keep_in_first_free(self, exchanges: Sequence[Exchange]) -> list[str]:
        for number in range(_MOST_KEEPERS):
            name = f"k{number}" if number else ""
            with contextlib.suppress(ArchiveBusy):
                places = self._of(name).keep(exchanges)
                self._own, self._has_own = name, True
                return self._placed(name, places)
        raise CannotRun(f"{self._folder} is being written by {_MOST_KEEPERS} processes: stop some of them")

    def _take_up(self) -> None:
        while self._to_take_up:
            name = self._to_take_up[-1]
            self._of(name).take_up()
            if name != self._own or not self._has_own:
                self._of(name).close()  # whoever comes next may have it; we take it again if it is ours
            self._to_take_up.pop()

    def recover(self) -> tuple[Sequence[tuple[str, Exchange]], list[Torn]]:
        found: list[tuple[str, Sequence[tuple[str, Exchange]]]] = []
        torn: list[Torn] = []
        with self._guard:
            for name in self._names():
                with contextlib.suppress(ArchiveBusy):  # its process lives
                    some, broken = self._of(name).recover()
                    torn += broken
                    if name not in self._to_take_up:
                        self._to_take_up.append(name)
                    found.append((name, some))
        return Found(found), torn

    def close(self) -> None:
        with self._guard:
            self._has_own = False
            self._to_take_up = []
            for captures in self._opened.values():
                captures.close()

    # ------------------------------------------------------------------------------------------ reading

    def read(self, place: str) -> Exchange:
        name, rest = _parted(place)
        return self._of(name).read(rest)

    def record_id(self, place: str) -> str:
        """The WARC-Record-ID of what is kept at a place."""
        name, rest = _parted(place)
        return self._of(name).record_id(rest)

    def scan(self) -> Iterator[tuple[str, Exchange]]:
        for name in self._names():
            for place, exchange in self._of(name).scan():
                yield _place(name, place), exchange

    # ------------------------------------------------------------------------------------------ folders

    def _of(self, name: str) -> WarcCaptures:
        # Two threads must never have two: each would lock the other out.
        with self._opening:
            if name not in self._opened:
                self._opened[name] = self._make(self._folder / name if name else self._folder, self.record_id)
            return self._opened[name]

    def _names(self) -> list[str]:
        """The folders there are, the first one first."""
        try:
            paths = [path for pattern in ("[ks]*", "s*/k*") for path in self._folder.glob(pattern) if path.is_dir()]
        except OSError as error:
            raise CaptureError(f"{self._folder} cannot be read ({error.strerror}): look at its permissions") from error
        found = (str(path.relative_to(self._folder)) for path in paths)
        return ["", *sorted((name for name in found if _FOLDER.fullmatch(name)), key=_order)]

    def _placed(self, name: str, places: list[str]) -> list[str]:
        return [_place(name, place) for place in places]


class Found(Sequence[tuple[str, Exchange]]):
    """Places of several folders with their exchanges, each read when it is looked at."""

    def __init__(self, parts: list[tuple[str, Sequence[tuple[str, Exchange]]]]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(len(some) for _, some in self._parts)

    @overload
    def __getitem__(self, index: int) -> tuple[str, Exchange]: ...

    @overload
    def __getitem__(self, index: slice) -> "Sequence[tuple[str, Exchange]]": ...

    def __getitem__(self, index: int | slice) -> "tuple[str, Exchange] | Sequence[tuple[str, Exchange]]":
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        for name, some in self._parts:
            if number < len(some):
                place, exchange = some[number]
                return _place(name, place), exchange
            number -= len(some)
        raise IndexError(index)


def _place(name: str, place: str) -> str:
    return f"{name}/{place}" if name else place


def _parted(place: str) -> tuple[str, str]:
    name, slash, rest = place.rpartition("/")
    if slash and not _FOLDER.fullmatch(name):
        raise CaptureError(f"there is no capture at {place!r}: places look like NAME@OFFSET")
    return name, rest


def _order(name: str) -> tuple[str, int]:
    folder, _, last = name.rpartition("/")
    return (folder, int(last[1:])) if last[0] == "k" else (name, 0)
