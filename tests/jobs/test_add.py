"""Adding publishers: what is found of theirs, and what is asked for it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rawi.adapters.canned import CannedFetcher
from rawi.adapters.memory_captures import MemoryCaptures
from rawi.adapters.memory_store import MemoryStore
from rawi.core.urls import clean
from rawi.errors import BadInput, FetchError
from rawi.jobs.add import MOST_ASKED, Added, add_address
from rawi.jobs.history import history
from rawi.jobs.rules import Rules
from rawi.model import Capture, Exchange, Feed, Host, Publisher, Visit
from tests.jobs.test_gather import HOME, ROBOTS, START, answer, rss

PAGE = "<html lang='en'><head><title>Harbour</title>{}</head><body>{}</body></html>"
ANNOUNCED = "<link rel='alternate' type='application/rss+xml' href='/news.xml'>"


class Site:
    """A publisher's answers, and an archive that adds it."""

    def __init__(self, **answers: Exchange | FetchError) -> None:
        known = {ROBOTS: answer(ROBOTS, "", 404), f"{HOME}/": answer(f"{HOME}/", PAGE.format("", ""))}
        self.fetcher = CannedFetcher({**known, **answers})
        self.store, self.captures = MemoryStore(), MemoryCaptures()

    def add(self, address: str = f"{HOME}/", *, sections: bool = False) -> Added:
        return add_address(
            address,
            store=self.store,
            captures=self.captures,
            fetcher=self.fetcher,
            agent="rawi/test",
            now=lambda: START,
            sections=sections,
        )

    def asked(self) -> list[str]:
        return [ask.url for ask in self.fetcher.asked]


def feeds(added: Added) -> dict[str, str]:
    return {feed.url: feed.kind for feed in added.feeds}


def test_the_feeds_that_a_page_announces_and_the_sitemaps_of_its_rules() -> None:
    site = Site(
        **{
            f"{HOME}/": answer(f"{HOME}/", PAGE.format(ANNOUNCED, "")),
            ROBOTS: answer(ROBOTS, f"Sitemap: {HOME}/map.xml"),
        }
    )
    assert feeds(site.add()) == {f"{HOME}/news.xml": "rss", f"{HOME}/map.xml": "sitemap"}
    assert site.asked() == [ROBOTS, f"{HOME}/"]
    due = {visit.url for visit in site.store.find(Visit) if visit.due_at}
    assert due == {f"{HOME}/news.xml", f"{HOME}/map.xml"}


def test_what_is_asked_to_add_it_is_kept() -> None:
    site = Site()
    site.add()
    kept = {card.url: card.purpose for card in site.store.find(Capture)}
    assert kept == {ROBOTS: "robots", f"{HOME}/": "feed"}
    assert [one.event for one in history(f"{HOME}/", store=site.store, now=START).fates] == ["captured"]


def test_the_gatherer_need_not_ask_again_for_the_rules() -> None:
    site = Site(**{ROBOTS: answer(ROBOTS, "User-agent: *\nDisallow: /private")})
    site.add()
    rules = Rules(site.store, site.captures, lambda: START + timedelta(hours=1)).of(f"{HOME}/1")
    assert rules is not None
    assert not rules.allows(f"{HOME}/private", "rawi/test")


def test_where_nothing_is_announced_the_usual_places_are_looked_at() -> None:
    site = Site(**{f"{HOME}/rss.xml": answer(f"{HOME}/rss.xml", rss(f"{HOME}/1"), media_type="application/rss+xml")})
    assert feeds(site.add()) == {f"{HOME}/rss.xml": "rss"}


def test_a_page_in_the_place_of_a_feed_is_none() -> None:
    everything = answer(f"{HOME}/feed", PAGE.format("", "Not found"))
    site = Site(**{f"{HOME}/feed": everything})
    assert feeds(site.add()) == {f"{HOME}/": "section"}
    assert len(site.asked()) <= MOST_ASKED


def test_a_feed_is_added_by_itself() -> None:
    url = f"{HOME}/rss.xml"
    site = Site(**{url: answer(url, rss(f"{HOME}/1"), media_type="application/rss+xml")})
    assert feeds(site.add(url)) == {url: "rss"}


def test_both_ends_of_a_redirect_are_hosts_of_the_publisher() -> None:
    www = "https://www.harbour.example"
    site = Site(
        **{
            f"{HOME}/": answer(f"{HOME}/", "", 301, Location=f"{www}/"),
            f"{www}/": answer(f"{www}/", PAGE.format(ANNOUNCED, "")),
            f"{www}/robots.txt": answer(f"{www}/robots.txt", "", 404),
        }
    )
    assert set(site.add().publisher.hosts) == {"harbour.example", "www.harbour.example"}


def test_what_robots_forbid_is_not_asked() -> None:
    site = Site(**{ROBOTS: answer(ROBOTS, "User-agent: *\nDisallow: /")})
    with pytest.raises(FetchError, match="forbids it"):
        site.add()
    assert site.asked() == [ROBOTS]
    assert site.store.count(Feed) == 0
    assert [card.url for card in site.store.find(Capture)] == [ROBOTS]
    assert [one.event for one in history(f"{HOME}/", store=site.store, now=START).fates] == ["refused"]


@pytest.mark.parametrize("fault", [answer(ROBOTS, "", 503), FetchError("no such host", "dns")])
def test_without_rules_nothing_is_asked(fault: Exchange | FetchError) -> None:
    site = Site(**{ROBOTS: fault})
    with pytest.raises(FetchError, match="cannot be had"):
        site.add()
    assert site.asked() == [ROBOTS]


def test_an_answer_that_is_no_page_is_said() -> None:
    site = Site(**{f"{HOME}/": answer(f"{HOME}/", "", 500)})
    with pytest.raises(FetchError, match="HTTP 500"):
        site.add()


@pytest.mark.parametrize("address", ["nonsense", "ftp://x.example/", "http://user:word@x.example/", ""])
def test_what_is_no_address_is_said(address: str) -> None:
    with pytest.raises(BadInput):
        Site().add(address)


def test_redirects_without_end_are_left() -> None:
    hops = {f"{HOME}/{n}": answer(f"{HOME}/{n}", "", 302, Location=f"/{n + 1}") for n in range(30)}
    with pytest.raises(FetchError, match="redirects"):
        Site(**hops).add(f"{HOME}/0")


def test_what_is_neither_a_page_nor_a_feed_adds_nothing() -> None:
    site = Site(**{f"{HOME}/a.pdf": answer(f"{HOME}/a.pdf", "%PDF-1.7 \x00\x01", media_type="application/pdf")})
    with pytest.raises(FetchError, match="nothing that leads to articles"):
        site.add(f"{HOME}/a.pdf")
    assert site.store.count(Publisher) == 0


def test_a_host_that_asked_for_a_rest_gets_it() -> None:
    site = Site()
    rest = Host(
        id="harbour.example", asked_at=START, rest_until=START + timedelta(minutes=1), why="HTTP 429", failures=1
    )
    site.store.put(rest)
    with pytest.raises(FetchError, match=r"left alone until 2026-01-01 12:01:00 UTC \(HTTP 429\)"):
        site.add()
    assert site.asked() == []
    site.store.put(replace(rest, rest_until=START))
    site.add()


def test_adding_twice_adds_nothing() -> None:
    site = Site(**{f"{HOME}/": answer(f"{HOME}/", PAGE.format(ANNOUNCED, ""))})
    first = site.add()
    assert (first.is_known, first.new) == (False, 1)
    before = site.store.count(Feed), site.store.find(Visit)
    again = site.add()
    assert (again.is_known, again.new, again.feeds) == (True, 0, first.feeds)
    assert (site.store.count(Feed), site.store.find(Visit)) == before


MENU = """<header><a href="/">Home</a></header><nav><a href="/politics">Politics</a><a href="/private/sport">Sport</a>
<a href="/category/economy/">Economy</a><a href="/contact-us">Contact</a><a href="/tag/war">War</a>
<a href="/2015/10/02/">2 October</a><a href="/about.html">About</a>
<a href="https://elsewhere.example/world">World</a><a href="/اخبار">أخبار</a>
<a href="/politics/council-approves-new-ferry-timetable">Council</a><a href="/files/a.pdf">Paper</a></nav>
<main><a href="/culture">Culture</a></main><footer><a href="/terms">Terms</a><a href="/us">Us</a></footer>"""
SECTIONS = (f"{HOME}/politics", f"{HOME}/category/economy/", clean(f"{HOME}/اخبار"))


def test_without_feeds_the_sections_of_the_menu_are_watched() -> None:
    site = Site(
        **{
            f"{HOME}/": answer(f"{HOME}/", PAGE.format("", MENU)),
            ROBOTS: answer(ROBOTS, "User-agent: *\nDisallow: /private"),
        }
    )
    assert feeds(site.add()) == dict.fromkeys((f"{HOME}/", *SECTIONS), "section")


def test_with_feeds_sections_are_watched_on_demand() -> None:
    pages = {f"{HOME}/": answer(f"{HOME}/", PAGE.format(ANNOUNCED, MENU.replace("/private", "")))}
    assert feeds(Site(**pages).add()) == {f"{HOME}/news.xml": "rss"}
    assert set(feeds(Site(**pages).add(sections=True))) == {
        f"{HOME}/news.xml",
        f"{HOME}/",
        f"{HOME}/sport",
        *SECTIONS,
    }
