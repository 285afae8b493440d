"""Asking publishers: what is kept, what is asked next, and what becomes of each address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from rawi.adapters.canned import CannedFetcher
from rawi.adapters.memory_captures import MemoryCaptures
from rawi.adapters.memory_store import MemoryStore
from rawi.core.schedule import Pace, first_visit
from rawi.errors import AddressRefused, FetchError
from rawi.jobs.gather import MOST_HOPS, Gatherer
from rawi.jobs.outcome import Outcome
from rawi.model import Ask, Capture, Exchange, Fate, Feed, Link, Publisher, Visit, address_id

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOME = "https://harbour.example"
FEED = f"{HOME}/rss.xml"
ONE, TWO = f"{HOME}/one", f"{HOME}/two"


def answer(
    url: str, body: str, status: int = 200, media_type: str = "text/html", at: datetime = START, **headers: str
) -> Exchange:
    said = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return Exchange(
        url=url,
        at=at,
        status=status,
        request=b"GET / HTTP/1.1\r\n\r\n",
        head=f"HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\n{said}\r\n".encode(),
        body=body.encode(),
        media_type=media_type,
        purpose="article",
        source="gather",
    )


def rss(*links: str) -> str:
    items = "".join(f"<item><title>T</title><link>{link}</link></item>" for link in links)
    return f"<rss version='2.0'><channel><title>Harbour</title>{items}</channel></rss>"


def feed(*links: str, **headers: str) -> Exchange:
    return answer(FEED, rss(*links), media_type="application/rss+xml", **headers)


@dataclass
class World:
    """A publisher's answers, a clock that is set by hand, and a gatherer."""

    answers: dict[str, object] = field(default_factory=dict)
    time: datetime = START
    heard: list[Outcome] = field(default_factory=list)
    store: MemoryStore = field(default_factory=MemoryStore)
    captures: MemoryCaptures = field(default_factory=MemoryCaptures)

    def __post_init__(self) -> None:
        self.answers = {f"{HOME}/robots.txt": answer(f"{HOME}/robots.txt", "", 404), **self.answers}
        self.fetcher = CannedFetcher(self.answers)  # type: ignore[arg-type]
        self.gatherer = Gatherer(
            store=self.store,
            captures=self.captures,
            fetcher=self.fetcher,
            pace=Pace(feed=timedelta(minutes=15), revisits=(timedelta(hours=1),)),
            agent="rawi/test",
            now=self.tick,
            listen=self.heard.append,
        )
        self.store.put(
            Publisher(
                id="harbour.example",
                name="Harbour",
                home=HOME,
                language="en",
                country="",
                hosts=("harbour.example",),
                added_at=START,
            ),
            Feed(id=address_id(FEED), url=FEED, publisher="harbour.example", kind="rss", title="", added_at=START),
            first_visit(FEED, "feed", "harbour.example", address_id(FEED), START),
        )

    def tick(self) -> datetime:
        """A clock that never shows the same time twice, as no clock does."""
        self.time += timedelta(microseconds=1)
        return self.time

    def asked(self) -> list[str]:
        return sorted(ask.url for ask in self.fetcher.asked if ask.purpose != "robots")

    def events(self, url: str) -> list[str]:
        return [fate.event for fate in self.store.find(Fate, order="at", address=address_id(url))]

    def captured(self, url: str) -> list[Capture]:
        return self.store.find(Capture, order="at", address=address_id(url))


@pytest.fixture
def world() -> Callable[..., World]:
    return lambda **answers: World({FEED: feed(ONE, TWO), ONE: answer(ONE, "1"), TWO: answer(TWO, "2"), **answers})


def test_a_feed_leads_to_its_articles(world: Callable[..., World]) -> None:
    w = world()
    assert w.gatherer.ask_all() == 3
    assert w.asked() == sorted([FEED, ONE, TWO])
    assert [w.captures.read(c.place).body for url in (ONE, TWO) for c in w.captured(url)] == [b"1", b"2"]
    assert w.events(ONE) == ["found", "captured"]
    assert {c.publisher for c in w.store.find(Capture)} == {"harbour.example"}


def test_what_is_heard_is_on_disk(world: Callable[..., World]) -> None:
    w = world()
    w.gatherer.listen = lambda outcome: w.store.get(Capture, outcome.capture) and w.heard.append(outcome)
    w.gatherer.ask_all()
    assert [outcome.event for outcome in w.heard] == ["captured"] * 3


def test_nothing_is_asked_before_robots_and_nothing_that_it_forbids(world: Callable[..., World]) -> None:
    w = world()
    w.fetcher.answers[f"{HOME}/robots.txt"] = answer(f"{HOME}/robots.txt", "User-agent: *\nDisallow: /two")
    w.gatherer.ask_all()
    assert w.fetcher.asked[0].url == f"{HOME}/robots.txt"
    assert w.asked() == sorted([FEED, ONE])
    assert w.events(TWO) == ["found", "refused"]
    assert [c.purpose for c in w.captured(f"{HOME}/robots.txt")] == ["article"]  # the canned answer's own word


@pytest.mark.parametrize("fault", [answer(f"{HOME}/robots.txt", "", 503), FetchError("no answer", "timeout")])
def test_robots_that_cannot_be_had_forbid_everything(world: Callable[..., World], fault: object) -> None:
    w = world()
    w.fetcher.answers[f"{HOME}/robots.txt"] = fault  # type: ignore[assignment]
    w.gatherer.ask_all()
    assert w.asked() == []
    assert w.events(FEED) == ["refused"]


def test_an_article_comes_again_for_revisions_and_equal_bytes_are_kept_once(
    world: Callable[..., World],
) -> None:
    w = world()
    w.gatherer.ask_all()
    w.time += timedelta(hours=1)
    w.gatherer.ask_all()
    assert w.events(ONE) == ["found", "captured", "unchanged"]
    assert len(w.captured(ONE)) == 1


def test_a_changed_article_is_captured_again(world: Callable[..., World]) -> None:
    w = world()
    w.gatherer.ask_all()
    w.time += timedelta(hours=1)
    w.fetcher.answers[ONE] = answer(ONE, "1, corrected", at=w.time)
    w.gatherer.ask_all()
    assert [w.captures.read(c.place).body for c in w.captured(ONE)] == [b"1", b"1, corrected"]


def test_validators_are_sent_as_they_came_and_304_keeps_nothing(world: Callable[..., World]) -> None:
    w = world()
    w.fetcher.answers[FEED] = feed(ETag='W/"a b"', Last_Modified="Thu, 01 Jan 2026 00:00:00 GMT")
    w.gatherer.ask_all()
    w.time += timedelta(minutes=15)
    w.fetcher.answers[FEED] = answer(FEED, "", 304)
    w.gatherer.ask_all()
    assert w.fetcher.asked[-1] == Ask(
        url=FEED, purpose="feed", etag='W/"a b"', last_modified="Thu, 01 Jan 2026 00:00:00 GMT"
    )
    assert w.events(FEED) == ["captured", "unchanged"]


def test_304_to_an_unconditional_request_is_a_failure(world: Callable[..., World]) -> None:
    w = world(**{ONE: answer(ONE, "", 304)})
    w.gatherer.ask_all()
    assert w.events(ONE) == ["found", "failed"]


@pytest.mark.parametrize(("status", "event"), [(404, "gone"), (410, "gone"), (403, "gone"), (500, "failed")])
def test_answers_that_are_no_article(world: Callable[..., World], status: int, event: str) -> None:
    w = world(**{ONE: answer(ONE, "sorry", status)})
    w.gatherer.ask_all()
    assert w.events(ONE) == ["found", event]
    assert w.events(TWO) == ["found", "captured"]
    assert len(w.captured(ONE)) == 1  # what the publisher said is kept too


def test_no_answer_is_asked_again_later(world: Callable[..., World]) -> None:
    w = world(**{ONE: FetchError("no answer", "timeout")})
    w.gatherer.ask_all()
    due = w.store.get(Visit, address_id(ONE)).due_at
    assert due is not None
    assert timedelta(minutes=15) <= due - START < timedelta(minutes=16)
    assert [o.failed for o in w.heard if o.address == ONE] == [True]


def test_an_address_that_is_not_public_is_blocked_for_good(world: Callable[..., World]) -> None:
    w = world(**{ONE: AddressRefused(f"{ONE} leads to 10.0.0.1")})
    w.gatherer.ask_all()
    assert w.events(ONE) == ["found", "blocked"]
    assert w.store.get(Visit, address_id(ONE)).due_at is None


def test_a_redirect_is_kept_and_followed(world: Callable[..., World]) -> None:
    w = world(**{ONE: answer(ONE, "", 301, Location="/moved"), f"{HOME}/moved": answer(f"{HOME}/moved", "1")})
    w.gatherer.ask_all()
    assert w.events(ONE) == ["found", "redirected"]
    assert w.events(f"{HOME}/moved") == ["found", "captured"]


def test_redirects_that_never_end_are_left(world: Callable[..., World]) -> None:
    hops = {f"{HOME}/hop{n}": answer(f"{HOME}/hop{n}", "", 302, Location=f"/hop{n + 1}") for n in range(50)}
    w = world(**{ONE: answer(ONE, "", 302, Location="/hop0")}, **hops)
    w.gatherer.ask_all()
    assert len([url for url in w.asked() if "hop" in url]) == MOST_HOPS


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "http://user:word@harbour.example/"])
def test_a_redirect_to_no_usable_address(world: Callable[..., World], target: str) -> None:
    w = world(**{ONE: answer(ONE, "", 302, Location=target)})
    w.gatherer.ask_all()
    assert w.asked() == sorted([FEED, ONE, TWO])
    assert {visit.url for visit in w.store.find(Visit)} == {FEED, ONE, TWO}


def test_only_the_publishers_own_addresses_are_asked(world: Callable[..., World]) -> None:
    w = world(**{FEED: feed(ONE, "https://elsewhere.example/x", "http://169.254.169.254/latest")})
    w.gatherer.ask_all()
    assert w.asked() == sorted([FEED, ONE])
    assert w.events("https://elsewhere.example/x") == ["found"]


def test_the_same_link_in_two_feeds_is_asked_once(world: Callable[..., World]) -> None:
    w = world()
    other = f"{HOME}/other.xml"
    w.fetcher.answers[other] = answer(other, rss(ONE), media_type="application/rss+xml")
    w.store.put(
        Feed(id=address_id(other), url=other, publisher="harbour.example", kind="rss", title="", added_at=START),
        first_visit(other, "feed", "harbour.example", address_id(other), START),
    )
    w.gatherer.ask_all()
    assert w.asked().count(ONE) == 1
    assert len(w.store.find(Link, url=ONE)) == 1


def test_a_sitemap_index_leads_to_its_sitemaps(world: Callable[..., World]) -> None:
    index, map1 = f"{HOME}/index.xml", f"{HOME}/map1.xml"
    entry = (
        '<?xml version="1.0"?><{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><{1}><loc>{2}</loc></{1}></{0}>'
    )
    w = world(
        **{
            index: answer(index, entry.format("sitemapindex", "sitemap", map1), media_type="text/xml"),
            map1: answer(map1, entry.format("urlset", "url", f"{HOME}/old"), media_type="text/xml"),
            f"{HOME}/old": answer(f"{HOME}/old", "old"),
        }
    )
    w.store.put(first_visit(index, "feed", "harbour.example", address_id(index), START))
    w.gatherer.ask_all()
    assert len(w.captured(f"{HOME}/old")) == 1
    assert w.store.get(Feed, address_id(map1)).kind == "sitemap"


def test_a_feed_that_is_a_page_says_so_and_is_asked_again(world: Callable[..., World]) -> None:
    w = world(**{FEED: answer(FEED, "<html><body>Log in</body></html>")})
    w.gatherer.ask_all()
    assert w.store.get(Visit, address_id(FEED)).due_at is not None


def test_doing_it_twice_changes_nothing(world: Callable[..., World]) -> None:
    w = world()
    w.gatherer.ask_all()
    before = (w.store.head(), w.store.count(Capture), len(w.asked()))
    w.gatherer.ask_all()
    assert (w.store.head(), w.store.count(Capture), len(w.asked())) == before
