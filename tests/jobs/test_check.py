"""`rawi check` against somebody who alters what is kept, and makes its digests fit."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rawi.adapters.memory_captures import MemoryCaptures
from rawi.adapters.memory_index import MemoryIndex
from rawi.adapters.memory_store import MemoryStore
from rawi.jobs.check import Finding, check
from rawi.jobs.keep import keep
from rawi.model import Exchange
from tests.contracts.test_captures import PAGE

LATER = replace(PAGE, at=PAGE.at + timedelta(days=1), body=b"<h1>Later</h1>")


class Forged(MemoryCaptures):
    """Captures that give something else for one place than what was kept there."""

    def __init__(self) -> None:
        super().__init__()
        self.forgery: dict[str, Exchange] = {}

    def read(self, place: str) -> Exchange:
        return self.forgery.get(place) or super().read(place)


def checked(store: MemoryStore, captures: MemoryCaptures) -> list[Finding]:
    return [one for one in check(store=store, captures=captures, index=MemoryIndex()) if "follower" not in one.what]


@pytest.mark.parametrize(
    "change",
    [
        {"body": b"<h1>Another</h1>"},
        {"status": 404},
        {"url": "https://news.example/another"},
        {"at": PAGE.at + timedelta(days=365)},
        {"media_type": "text/plain"},
        {"truncated": "length"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_was_altered_is_found(change: dict[str, Any]) -> None:
    store, captures = MemoryStore(), Forged()
    card, _ = keep([PAGE, LATER], store=store, captures=captures)
    assert checked(store, captures) == []
    captures.forgery[card.place] = replace(PAGE, **change)
    [found] = checked(store, captures)
    assert found.what == "captures cannot be read back whole"
    assert (found.count, found.examples) == (1, (f"{PAGE.url} at {card.place}: holds another response",))


def test_two_records_that_changed_places_are_found() -> None:
    store, captures = MemoryStore(), Forged()
    one, other = keep([PAGE, LATER], store=store, captures=captures)
    captures.forgery |= {one.place: LATER, other.place: PAGE}
    [found] = checked(store, captures)
    assert found.count == 2


def test_a_record_that_was_taken_away_is_found() -> None:
    store, captures = MemoryStore(), MemoryCaptures()
    keep([PAGE], store=store, captures=captures)
    [found] = checked(store, MemoryCaptures())
    assert found.what == "captures cannot be read back whole"


def test_a_record_that_was_added_is_found() -> None:
    store, captures = MemoryStore(), MemoryCaptures()
    keep([PAGE], store=store, captures=captures)
    [place] = captures.keep([LATER])
    [found] = checked(store, captures)
    assert (found.what, found.examples) == ("captures are kept but not in the database", (place,))
