"""Asking publishers: what is kept, what is asked next, and what becomes of each address."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from rawi.adapters.canned import CannedFetcher
from rawi.adapters.memory_captures import MemoryCaptures
from rawi.adapters.memory_store import MemoryStore
from rawi.core.answers import MOST_HOPS
from rawi.core.foundlink import FoundLink
from rawi.core.schedule import Pace, first_visit
from rawi.errors import AddressRefused, FetchError
from rawi.jobs.found import MOST_NESTING, Finder
from rawi.jobs.gather import Gatherer
from rawi.jobs.history import history
from rawi.jobs.outcome import Outcome
from rawi.model import Ask, Capture, Day, Exchange, Fate, Feed, Host, Link, Publisher, Reference, Visit, address_id

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOME = "https://harbour.example"
FEED = f"{HOME}/rss.xml"
ROBOTS = f"{HOME}/robots.txt"
PACE = Pace(
    feed=timedelta(minutes=15),
    shortest=timedelta(minutes=15),
    longest=timedelta(minutes=15),
    revisits=(timedelta(hours=1),),
)
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
        self.answers = {ROBOTS: answer(ROBOTS, "", 404), **self.answers}
        self.fetcher = CannedFetcher(self.answers)  # type: ignore[arg-type]
        self.gatherer = self.start()
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

    def start(self, pace: Pace = PACE, holder: str = "one", fetcher: CannedFetcher | None = None) -> Gatherer:
        """A gatherer that begins now and remembers nothing, as after a start of the program."""
        self.gatherer = Gatherer(
            store=self.store,
            captures=self.captures,
            fetcher=fetcher or self.fetcher,
            pace=pace,
            agent="rawi/test",
            now=self.tick,
            holder=holder,
            listen=self.heard.append,
        )
        return self.gatherer

    def tick(self) -> datetime:
        """A clock that never shows the same time twice, as no clock does."""
        self.time += timedelta(microseconds=1)
        return self.time

    def asked(self) -> list[str]:
        return sorted(ask.url for ask in self.fetcher.asked if ask.purpose != "robots")

    def robots_asked(self) -> list[str]:
        """With which validator robots.txt was asked for, in order."""
        return [ask.etag for ask in self.fetcher.asked if ask.url == ROBOTS]

    def events(self, url: str) -> list[str]:
        return [fate.event for fate in history(url, store=self.store, now=self.time).fates]

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
    w.fetcher.answers[ROBOTS] = answer(ROBOTS, "User-agent: *\nDisallow: /two")
    w.gatherer.ask_all()
    assert w.fetcher.asked[0].url == ROBOTS
    assert w.asked() == sorted([FEED, ONE])
    assert w.events(TWO) == ["found", "refused"]
    assert [c.purpose for c in w.captured(ROBOTS)] == ["robots"]


@pytest.mark.parametrize(
    "fault", [answer(ROBOTS, "", 503), answer(ROBOTS, "", 429), FetchError("no answer", "timeout")]
)
def test_while_robots_cannot_be_had_nothing_is_asked_and_its_host_rests(
    world: Callable[..., World], fault: object
) -> None:
    w = world(**{ROBOTS: fault})
    w.gatherer.ask_all()
    assert w.asked() == []
    assert w.events(ROBOTS) == ["failed"]
    host = w.store.get(Host, "harbour.example")
    assert host.rest_until is not None
    assert timedelta(minutes=1) <= host.rest_until - START <= timedelta(minutes=6)
    assert [o.failed for o in w.heard] == [True]
    # It is asked again behind the rest, and then goes on.
    w.fetcher.answers[ROBOTS] = answer(ROBOTS, "", 404)
    w.gatherer.ask_all()
    assert w.asked() == []
    w.time += timedelta(minutes=6)
    w.gatherer.ask_all()
    assert w.asked() == sorted([FEED, ONE, TWO])


def test_robots_that_could_not_be_had_for_a_month_count_as_missing(world: Callable[..., World]) -> None:
    w = world(**{ROBOTS: FetchError("no answer", "timeout")})
    for _ in range(60):
        w.time += timedelta(days=1)
        w.gatherer.ask_all()
        if w.asked():
            break
    assert timedelta(days=30) < w.time - START < timedelta(days=45)


def test_robots_are_asked_once_a_day_however_often_a_gatherer_starts(world: Callable[..., World]) -> None:
    w = world(**{ROBOTS: answer(ROBOTS, "User-agent: *\nDisallow: /two", ETag='"r"')})
    w.gatherer.ask_all()
    w.time += timedelta(hours=1)
    w.start()
    w.gatherer.ask_all()
    assert w.robots_asked() == [""]
    w.time += timedelta(hours=23)
    w.start()
    w.fetcher.answers[ROBOTS] = answer(ROBOTS, "", 304)
    w.gatherer.ask_all()
    assert w.robots_asked() == ["", '"r"']
    assert TWO not in w.asked()


def test_that_there_is_no_robots_is_remembered_too(world: Callable[..., World]) -> None:
    w = world()
    w.gatherer.ask_all()
    w.time += timedelta(hours=1)
    w.start()
    w.gatherer.ask_all()
    assert len(w.robots_asked()) == 1


def test_robots_behind_a_redirect_of_the_publishers_own_are_obeyed(world: Callable[..., World]) -> None:
    moved = "https://www.harbour.example/robots.txt"
    w = world(
        **{ROBOTS: answer(ROBOTS, "", 301, Location=moved), moved: answer(moved, "User-agent: *\nDisallow: /two")}
    )
    w.gatherer.ask_all()
    assert w.asked() == sorted([FEED, ONE])


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/robots.txt", "http://10.0.0.1/", "nonsense://x", "/robots.txt"]
)
def test_robots_that_lead_nowhere_useful_count_as_missing(world: Callable[..., World], target: str) -> None:
    w = world(**{ROBOTS: answer(ROBOTS, "", 302, Location=target)})
    w.gatherer.ask_all()
    assert w.asked() == sorted([FEED, ONE, TWO])
    assert {ask.url for ask in w.fetcher.asked if ask.purpose == "robots"} == {ROBOTS}


def test_a_crawl_delay_is_handed_to_the_fetcher(world: Callable[..., World]) -> None:
    w = world(**{ROBOTS: answer(ROBOTS, "User-agent: *\nCrawl-delay: 7")})
    w.gatherer.ask_all()
    assert {ask.pause for ask in w.fetcher.asked if ask.purpose != "robots"} == {7.0}


def test_an_article_comes_again_for_revisions_and_equal_bytes_are_kept_once(
    world: Callable[..., World],
) -> None:
    w = world()
    w.gatherer.ask_all()
    w.time += timedelta(hours=1)
    w.fetcher.answers[ONE] = answer(ONE, "1", at=w.time)
    w.gatherer.ask_all()
    assert w.events(ONE) == ["found", "captured", "unchanged"]
    first, again = w.captured(ONE)
    assert (again.revisit_of, again.digest) == (first.id, first.digest)
    kept = w.captures.read(again.place)
    assert (kept.status, kept.body) == (200, b"")
    assert kept.revisit == Reference(place=first.place, url=ONE, at=first.at, digest=first.digest)


def test_an_article_that_is_not_modified_is_a_revisit_of_its_first_capture(world: Callable[..., World]) -> None:
    w = world(**{ONE: answer(ONE, "1", ETag='"1"')})
    w.start(replace(PACE, revisits=(timedelta(hours=1), timedelta(hours=2))))
    w.gatherer.ask_all()
    for hour in (1, 2):
        w.time = START + timedelta(hours=hour, minutes=1)
        w.fetcher.answers[ONE] = answer(ONE, "", 304, at=w.time)
        w.gatherer.ask_all()
    first, *others = w.captured(ONE)
    assert [(card.status, card.revisit_of) for card in others] == [(304, first.id)] * len(others)
    assert others


def test_a_changed_article_is_captured_again(world: Callable[..., World]) -> None:
    w = world()
    w.gatherer.ask_all()
    w.time += timedelta(hours=1)
    w.fetcher.answers[ONE] = answer(ONE, "1, corrected", at=w.time)
    w.gatherer.ask_all()
    assert [w.captures.read(c.place).body for c in w.captured(ONE)] == [b"1", b"1, corrected"]


def test_validators_are_sent_as_they_came_and_of_a_feed_304_keeps_nothing(world: Callable[..., World]) -> None:
    w = world()
    w.fetcher.answers[FEED] = feed(ETag='W/"a b"', Last_Modified="Thu, 01 Jan 2026 00:00:00 GMT")
    w.gatherer.ask_all()
    w.time += timedelta(minutes=15)
    w.fetcher.answers[FEED] = answer(FEED, "", 304)
    w.gatherer.ask_all()
    asked = w.fetcher.asked[-1]
    assert (asked.url, asked.etag, asked.last_modified) == (FEED, 'W/"a b"', "Thu, 01 Jan 2026 00:00:00 GMT")
    assert w.events(FEED) == ["captured"]  # that nothing is new is counted by the day
    assert len(w.captured(FEED)) == 1
    assert [o.event for o in w.heard if o.address == FEED] == ["captured", "unchanged"]


def test_what_says_unchanged_for_a_week_is_had_whole_again(world: Callable[..., World]) -> None:
    w = world(**{FEED: feed(ETag='"x"')})
    w.gatherer.ask_all()
    w.fetcher.answers[FEED] = lambda ask: answer(FEED, "", 304) if ask.etag else feed(ETag='"x"', at=w.time)
    for _ in range(16 * 4):
        w.time += timedelta(hours=6)
        w.gatherer.ask_all()
    asked = [ask for ask in w.fetcher.asked if ask.url == FEED]
    assert len([ask for ask in asked if not ask.etag]) == 3
    assert [card.revisit_of != "" for card in w.captured(FEED)] == [False, True, True]


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
    assert w.asked().count(TWO) == 1  # one page's failure is not its host's


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
    assert {visit.url for visit in w.store.find(Visit)} == {ROBOTS, FEED, ONE, TWO}


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


def test_a_watched_page_leads_to_the_feeds_that_it_announces(world: Callable[..., World]) -> None:
    home, here, moved = f"{HOME}/home", f"{HOME}/rss.xml", f"{HOME}/new-home"
    announced = "<link rel='alternate' type='application/rss+xml' href='{}'>"
    page = announced.format("/rss.xml") + announced.format("https://elsewhere.example/rss.xml")
    w = world(
        **{
            home: answer(home, "", 301, Location=moved),
            moved: answer(moved, f"<html><head>{page}</head><body>News</body></html>"),
            here: answer(here, rss(ONE), media_type="application/rss+xml"),
        }
    )
    w.store.put(first_visit(home, "feed", "harbour.example", address_id(home), START))
    w.gatherer.ask_all()
    assert w.store.get(Feed, address_id(here)).kind == "rss"
    assert w.captured(ONE)
    assert not [url for url in w.asked() if "elsewhere" in url]


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


# ------------------------------------------------------------------------------------- hosts that ask for a rest


def test_a_host_that_says_too_many_rests_as_long_as_it_says(world: Callable[..., World]) -> None:
    w = world(**{ONE: answer(ONE, "slow down", 429, Retry_After="7200")})
    w.gatherer.ask_all()
    assert w.asked() == sorted([FEED, ONE])
    assert w.store.get(Host, "harbour.example").why == "HTTP 429, Retry-After: 7200"
    w.time = START + timedelta(minutes=119)
    w.gatherer.ask_all()
    assert TWO not in w.asked()
    w.time = START + timedelta(minutes=121)
    w.fetcher.answers[ONE] = answer(ONE, "1")
    w.gatherer.ask_all()
    assert {ONE, TWO} <= set(w.asked())
    assert w.events(ONE) == ["found", "failed", "captured"]
    assert w.store.get(Host, "harbour.example").failures == 0


def test_a_host_that_cannot_be_reached_is_left_alone_at_once(world: Callable[..., World]) -> None:
    w = world(**{ONE: FetchError("no connection", "connect"), TWO: FetchError("no connection", "connect")})
    w.gatherer.ask_all()
    assert w.asked() == sorted([FEED, ONE])


def test_a_host_that_fails_again_and_again_is_left_alone(world: Callable[..., World]) -> None:
    pages = [f"{HOME}/{n}" for n in range(10)]
    w = world(**{FEED: feed(*pages), **{page: FetchError("no answer", "timeout") for page in pages}})
    w.gatherer.ask_all()
    assert len(w.asked()) == 1 + 3


def test_one_host_resting_keeps_no_other_waiting(world: Callable[..., World]) -> None:
    w = world(**{ROBOTS: FetchError("no answer", "dns")})
    other = "https://other.example/feed"
    w.fetcher.answers[other] = answer(other, rss(), media_type="application/rss+xml")
    w.fetcher.answers["https://other.example/robots.txt"] = answer("https://other.example/robots.txt", "", 404)
    w.store.put(first_visit(other, "feed", "other.example", address_id(other), START + timedelta(seconds=0)))
    w.gatherer.ask_all()
    assert w.asked() == [other]


def test_asking_once_ends_though_feeds_become_due_again_meanwhile(world: Callable[..., World]) -> None:
    w = world()

    def slow(ask: Ask) -> Exchange:
        w.time += timedelta(hours=2)  # the feed is due again by then
        return answer(ask.url, "1")

    w.fetcher.answers |= {ONE: slow, TWO: slow}
    assert w.gatherer.ask_all() == 3
    assert w.asked().count(FEED) == 1


# ---------------------------------------------------------------------------------------- several gatherers


def test_what_one_gatherer_has_in_hand_no_other_asks(world: Callable[..., World]) -> None:
    w = world()
    second = CannedFetcher(w.answers)  # type: ignore[arg-type]
    others: list[int] = []

    def asked_meanwhile(ask: Ask) -> Exchange:
        mine = w.gatherer
        others.append(w.start(holder="two", fetcher=second).ask_all())
        w.gatherer = mine
        return feed(ONE, TWO)

    w.fetcher.answers[FEED] = asked_meanwhile
    w.gatherer.ask_all()
    assert others == [0]
    assert second.asked == []
    assert w.store.holders() == {}


def test_what_a_dead_gatherer_held_is_free_when_its_time_is_over(world: Callable[..., World]) -> None:
    w = world()
    w.store.lease(["host/harbour.example"], "dead", now=START, until=START + timedelta(minutes=3))
    w.gatherer.ask_all()
    assert w.asked() == []
    w.time = START + timedelta(minutes=3)
    w.gatherer.ask_all()
    assert w.asked() == sorted([FEED, ONE, TWO])


def test_told_to_stop_it_keeps_what_it_has_and_gives_back_what_it_held(world: Callable[..., World]) -> None:
    w = world()
    w.gatherer.is_stopped = lambda: len(w.fetcher.asked) >= 3  # robots, the feed, an article
    w.gatherer.watch()
    assert len(w.captured(ONE)) == 1
    assert w.captured(TWO) == []
    assert w.store.holders() == {}


# ------------------------------------------------------------------------------------------- what is counted


def test_the_day_of_a_publisher_is_counted(world: Callable[..., World]) -> None:
    w = world(**{TWO: answer(TWO, "", 500)})
    w.gatherer.ask_all()
    (day,) = w.store.find(Day)
    assert (day.publisher, day.host, day.day) == ("harbour.example", "harbour.example", START.date())
    assert (day.asked, day.answered, day.failed, day.found) == (4, 3, 1, 2)
    w.time += timedelta(days=1)
    w.gatherer.ask_all()
    assert {d.day: d.found for d in w.store.find(Day)} == {START.date(): 2, START.date() + timedelta(days=1): 0}


def test_what_a_capture_was_asked_for_is_told_to_the_fetcher(world: Callable[..., World]) -> None:
    w = world()
    w.gatherer.ask_all()
    w.time += timedelta(hours=1)
    w.gatherer.ask_all()
    whys = {ask.url: [a.why for a in w.fetcher.asked if a.url == ask.url] for ask in w.fetcher.asked}
    assert whys[ROBOTS] == [f"robots.txt of {ROBOTS}"]
    assert whys[ONE] == [f"article in {FEED}", "revisit 1"]
    assert whys[FEED] == ["feed"] * 2


# --------------------------------------------------------------------------------- what is taken for what it is


def test_a_cut_answer_is_kept_and_never_taken_for_the_whole(world: Callable[..., World]) -> None:
    w = world(**{ONE: replace(answer(ONE, "half", ETag='"half"'), truncated="time")})
    w.gatherer.ask_all()
    assert [card.truncated for card in w.captured(ONE)] == ["time"]
    visit = w.store.get(Visit, address_id(ONE))
    assert (visit.etag, visit.digest, visit.capture) == ("", "", "")


def test_an_empty_page_takes_nothing_away(world: Callable[..., World]) -> None:
    w = world()
    w.gatherer.ask_all()
    before = w.store.get(Visit, address_id(ONE))
    w.time += timedelta(hours=1)
    w.fetcher.answers[ONE] = answer(ONE, "", at=w.time)
    w.gatherer.ask_all()
    assert w.events(ONE) == ["found", "captured", "failed"]
    assert w.store.get(Visit, address_id(ONE)).digest == before.digest


def test_an_article_that_leads_to_the_front_page_is_gone(world: Callable[..., World]) -> None:
    w = world(**{ONE: answer(ONE, "", 302, Location="/")})
    w.gatherer.ask_all()
    assert w.events(ONE) == ["found", "gone"]
    assert f"{HOME}/" not in w.asked()


def test_a_section_page_leads_into_no_trap(world: Callable[..., World]) -> None:
    links = "".join(f"<a href='/story/{n};jsessionid={n:016x}'>A headline of the harbour</a>" for n in range(30))
    page = f"<html><body><h1>News</h1>{links}<a href='/a/b/a/b/a/b/'>A headline that goes on</a></body></html>"
    w = world(**{FEED: answer(FEED, page)})
    w.gatherer.ask_all()
    assert w.asked() == [FEED]


def test_of_a_sitemap_of_years_the_rest_waits_its_turn(world: Callable[..., World]) -> None:
    w = world()
    publishers = {publisher.id: publisher for publisher in w.store.find(Publisher)}
    finder = Finder(store=w.store, publishers=publishers, now=START, pause=timedelta(seconds=3))
    links = [FoundLink(url=f"{HOME}/{n}") for n in range(150)]
    visits = [one for one in finder.links(w.store.find(Visit)[0], links, "article").new if isinstance(one, Visit)]
    waits = [visit.due_at - START for visit in visits if visit.due_at]
    assert len(waits) == 150
    assert waits == sorted(waits)
    assert waits[100] < timedelta(seconds=1)
    assert timedelta(seconds=294) <= waits[-1] < timedelta(seconds=295)


def test_sitemaps_that_nest_without_end_end(world: Callable[..., World]) -> None:
    w = world()

    def nested(ask: Ask) -> Exchange:
        number = int(ask.url.rpartition("?")[2]) + 1
        xml = f"<sitemapindex><sitemap><loc>{HOME}/index.xml?{number}</loc></sitemap></sitemapindex>"
        return answer(ask.url, xml, media_type="text/xml")

    w.fetcher.answers |= {f"{HOME}/index.xml?{n}": nested for n in range(50)}
    w.store.put(first_visit(f"{HOME}/index.xml?0", "feed", "harbour.example", "", START))
    w.gatherer.ask_all()
    assert sum("index.xml" in url for url in w.asked()) == MOST_NESTING + 1
    last = f"{HOME}/index.xml?{MOST_NESTING}"
    assert any("within one another" in fate.note for fate in w.store.find(Fate, address=address_id(last)))


def test_a_challenge_of_a_firewall_is_named(world: Callable[..., World]) -> None:
    w = world(**{ONE: answer(ONE, "<title>Just a moment...</title>", 403)})
    w.gatherer.ask_all()
    assert "firewall" in w.store.find(Fate, order="at", address=address_id(ONE))[-1].note
