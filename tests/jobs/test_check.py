"""`rawi check` against somebody who alters what is kept, and makes its digests fit; against a site that was rebuilt."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rawi.adapters.local import SerialRunner
from rawi.adapters.memory_captures import MemoryCaptures
from rawi.adapters.memory_index import MemoryIndex
from rawi.adapters.memory_store import MemoryStore
from rawi.core.recipes import gather
from rawi.jobs import read
from rawi.jobs.check import Finding, check
from rawi.jobs.keep import keep
from rawi.model import Article, Exchange, Publisher, address_id
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


START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = "The ferry left the island at nine in the evening with passengers and a cargo of oranges for the market."


def gathered(*looks: tuple[int, str]) -> tuple[MemoryStore, MemoryCaptures]:
    """A publisher's articles, an hour apart: so many of each look of its pages, which has a place for the headline."""
    store, captures = MemoryStore(), MemoryCaptures()
    store.put(
        Publisher(
            id="harbour",
            name="Harbour",
            home="https://harbour.example/",
            language="en",
            country="",
            hosts=("harbour.example",),
            added_at=START,
        )
    )
    bodies = [look for count, look in looks for _ in range(count)]
    for number, look in enumerate(bodies):
        at = START + timedelta(hours=number)
        body = look.format(number=number, at=at.isoformat()).encode()
        keep(
            [replace(PAGE, url=f"https://harbour.example/{number}", publisher="harbour", at=at, body=body)],
            store=store,
            captures=captures,
        )
    return store, captures


LOOK = (
    "<html><head><meta property=article:published_time content={at}>WHO</head><body><h1>Ferry number {number}</h1>"
    f"<article><p>{WORDS}</p><p>{WORDS}</p></article></body></html>"
)
SIGNED = LOOK.replace("WHO", '<meta name=author content="Dana Kettani">')
REBUILT = LOOK.replace("WHO", '<meta name=x-desk-1 content="Dana Kettani">')
RECIPE = b"""
hosts = ["harbour.example"]
[[rules]]
authors = "meta[name=x-desk-1]"
"""


def drifted(store: MemoryStore, captures: MemoryCaptures, recipe: bytes = b"") -> list[Finding]:
    recipes = gather([("harbour.toml", recipe)] if recipe else [])
    read.rebuild_articles(
        store=store, captures=captures, runner=SerialRunner(), unread=lambda *_: None, recipes=recipes
    )
    found = check(store=store, captures=captures, index=MemoryIndex(), recipes=recipes)
    return [one for one in found if "follower" not in one.what and "search index" not in one.what]


def test_a_site_that_was_rebuilt_is_noticed_and_a_recipe_mends_it() -> None:
    store, captures = gathered((50, SIGNED), (25, REBUILT))
    [found] = drifted(store, captures)
    assert found.what == "of the newest 25 pages of harbour are without an author (before: 0%)"
    assert found.sentence.startswith(
        "25 of the newest 25 pages of harbour are without an author (before: 0%), such as https://"
    )
    assert found.count == 25
    assert found.examples[0] == "https://harbour.example/74"
    assert "recipe" in found.advice
    assert drifted(store, captures, RECIPE) == []


def test_a_site_that_stays_as_it_is_is_not_spoken_of() -> None:
    assert drifted(*gathered((75, REBUILT))) == []


def test_what_a_recipe_expects_and_does_not_get_is_said() -> None:
    store, captures = gathered((15, REBUILT))
    expecting = RECIPE.replace(b"x-desk-1", b"x-desk-2") + b"[rules.expect]\nauthor = 0.9\ndate = 0.9\n"
    [found] = drifted(store, captures, expecting)
    assert found.what == "of the newest 15 pages of harbour are without an author (its recipe expects 10% at most)"


def test_pages_that_are_no_articles_any_more_are_noticed() -> None:
    store, captures = gathered((50, SIGNED), (25, "<html><body><p>Please log in, number {number}</p></body></html>"))
    [found] = drifted(store, captures)
    assert found.what == "of the newest 25 pages of harbour are rejected: no articles (before: 0%)"


def test_a_broken_recipe_is_found() -> None:
    store, captures = gathered((1, SIGNED))
    [found] = drifted(store, captures, b"hosts = 3\ncolour = 3")
    assert (found.what, found.count) == ("a recipe cannot be used", 1)
    assert [one[:20] for one in found.examples] == [
        "harbour.toml: at its",
        "harbour.toml: at its",
        "harbour.toml: it has",
    ]
    assert found.sentence.startswith("the recipe harbour.toml cannot be used: at its top: unknown key 'colour'")
    assert found.sentence.endswith("; 2 more (`rawi recipes` tells all)")
    assert store.get(Article, address_id("https://harbour.example/0")).authors == ("Dana Kettani",)


def test_a_rebuild_that_was_stopped_is_found() -> None:
    store, captures = gathered((1, SIGNED))
    assert drifted(store, captures) == []
    store.advance(f"{read.REBUILDING}extract/0", 1)
    [found] = [one for one in check(store=store, captures=captures, index=MemoryIndex()) if "rebuild of" in one.what]
    assert found.advice.startswith("run `rawi rebuild articles`")
