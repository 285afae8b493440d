"""What happened to an address, in words; how the gathering of a publisher goes."""

from collections.abc import Callable
from datetime import timedelta

from rawi.errors import FetchError
from rawi.jobs import health, history
from rawi.model import FATES, Fate
from tests.contracts.records import NOON, make
from tests.jobs.test_gather import FEED, ONE, START, TWO, World, answer, world

__all__ = ["world"]  # the fixture


def said(w: World, url: str) -> tuple[list[str], str]:
    found = history.history(url, store=w.store, now=w.time)
    return [history.told(fate) for fate in found.fates], " ".join(found.now)


def test_every_event_has_words() -> None:
    for event in FATES:
        fate = make(Fate, event, event=event, note="a note", at=NOON)
        assert "a note" in history.told(fate)
        assert "{}" not in history.told(make(Fate, event, event=event, at=NOON))


def test_the_history_of_an_article(world: Callable[..., World]) -> None:
    w = world()
    w.gatherer.ask_all()
    words, now = said(w, ONE)
    assert words == [f"seen for the first time, in {FEED}", "asked, answered and kept: HTTP 200, 1 bytes"]
    assert now == "It was asked last at 2026-01-01 12:00:00 UTC; it is to be asked at 2026-01-01 13:00:00 UTC."


def test_the_history_of_an_address_whose_host_rests(world: Callable[..., World]) -> None:
    w = world(**{ONE: answer(ONE, "", 429, Retry_After="3600")})
    w.gatherer.ask_all()
    words, now = said(w, TWO)
    assert words == [f"seen for the first time, in {FEED}"]
    assert now.startswith("It was not asked yet; it is to be asked from 2026-01-01 12:00:00 UTC.")
    assert now.endswith("Its host is left alone until 2026-01-01 13:00:00 UTC: HTTP 429, Retry-After: 3600.")


def test_of_an_unknown_address_there_is_no_history(world: Callable[..., World]) -> None:
    assert said(world(), "https://elsewhere.example/") == ([], "")


def test_the_health_of_a_publisher(world: Callable[..., World]) -> None:
    w = world(**{TWO: FetchError("no connection", "connect")})
    w.gatherer.ask_all()
    (found,) = health.publishers_health(store=w.store, now=w.time)
    assert (found.publisher, found.name) == ("harbour.example", "Harbour")
    assert found.health.error_rate == 0.25
    assert found.health.last_new_at is not None
    assert [host.why for host in found.resting] == ["connect: no connection"]
    days = health.gaps("harbour.example", START.date() - timedelta(days=1), START.date(), store=w.store)
    assert days == [(START.date() - timedelta(days=1), "not asked")]
