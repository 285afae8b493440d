"""Captures in a list: for tests and trials."""

from collections.abc import Iterator, Sequence

from rawi.errors import CaptureError
from rawi.model import Exchange, Torn


class MemoryCaptures:
    """Keeps exchanges as long as the process lives."""

    def __init__(self) -> None:
        self._kept: list[Exchange] = []

    def keep(self, exchanges: Sequence[Exchange]) -> list[str]:
        first = len(self._kept)
        self._kept.extend(exchanges)
        return [f"memory@{number}" for number in range(first, len(self._kept))]

    def read(self, place: str) -> Exchange:
        number = place.removeprefix("memory@")
        if place == number or not (number.isascii() and number.isdigit()) or int(number) >= len(self._kept):
            raise CaptureError(f"there is no capture at {place!r}: places are what keeping gave")
        return self._kept[int(number)]

    def scan(self) -> Iterator[tuple[str, Exchange]]:
        for number, exchange in enumerate(self._kept):
            yield f"memory@{number}", exchange

    def recover(self) -> tuple[Sequence[tuple[str, Exchange]], list[Torn]]:
        return [], []

    def close(self) -> None:
        pass
