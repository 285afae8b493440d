"""What happened to an address, in words; how the gathering of a publisher goes."""

from collections.abc import Callable
from datetime import timedelta

from rawi.errors import FetchError
from rawi.jobs import health, history
from rawi.model import FATES, Fate
from tests.contracts.records import NOON, make
from tests.jobs.test_gather import FEED, ONE, ROBOTS, START, TWO, World, answer, world

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


def trouble(w: World) -> dict[str, str]:
    (found,) = health.publishers_health(store=w.store, now=w.time)
    return dict(found.troubled)


def test_a_feed_that_brings_nothing_is_named(world: Callable[..., World]) -> None:
    w = world()
    w.gatherer.ask_all()
    assert trouble(w) == {}
    gone = world(**{FEED: answer(FEED, "", 404)})
    gone.gatherer.ask_all()
    assert trouble(gone) == {FEED: "not to be had: HTTP 404"}
    page = world(**{FEED: answer(FEED, "<html><body>Log in</body></html>", ETag="x")})
    page.gatherer.ask_all()
    assert "links to no articles" in trouble(page)[FEED]
    page.fetcher.answers[FEED] = answer(FEED, "", 304)
    page.time += timedelta(days=1)
    page.gatherer.ask_all()
    assert "links to no articles" in trouble(page)[FEED]


def test_a_feed_that_is_forbidden_is_named(world: Callable[..., World]) -> None:
    w = world(**{ROBOTS: answer(ROBOTS, "User-agent: *\nDisallow: /")})
    w.gatherer.ask_all()
    assert trouble(w) == {FEED: "not asked: robots.txt forbids it"}
    (found,) = health.publishers_health(store=w.store, now=w.time)
    assert found.last_success_at is None


def test_trouble_that_is_over_is_not_told(world: Callable[..., World]) -> None:
    w = world()
    w.gatherer.ask_all()
    for there, told in ((answer(FEED, "", 500), {FEED: "no usable answer: HTTP 500"}), (answer(FEED, "", 304), {})):
        w.fetcher.answers[FEED] = there
        w.time += timedelta(days=1)
        w.gatherer.ask_all()
        assert trouble(w) == told
