"""From a home page or a feed to a publisher and its feeds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rawi.core import page, pagelinks, payload, schedule, urls
from rawi.core.answers import MOST_HOPS, REDIRECTS, location
from rawi.core.foundlink import FeedReading
from rawi.core.links import read_feed
from rawi.core.robots import Robots
from rawi.errors import AddressRefused, BadInput, FetchError, HostRests
from rawi.jobs.found import fate
from rawi.jobs.keep import keep
from rawi.jobs.rules import robots_address
from rawi.model import Ask, Capture, Exchange, Feed, FeedKind, Host, Publisher, Visit, address_id
from rawi.ports import Captures, Fetcher, Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """What adding one address did."""

    publisher: Publisher
    feeds: tuple[Feed, ...]
    """What was found, whether it was there before or not."""
    is_known: bool = False
    """Whether the publisher was there before: then it stays as it is."""
    new: int = 0
    """How many of the feeds are new."""


def add_address(
    address: str,
    *,
    store: Store,
    captures: Captures,
    fetcher: Fetcher,
    agent: str,
    now: Callable[[], datetime],
    name: str = "",
    sections: bool = False,
) -> Added:
    """Adds the publisher of a home page or a feed, with the feeds and sitemaps that the address leads to.

    Where there are none, the page and the section pages of its menu are watched instead; with `sections`, always.
    robots.txt is asked first and obeyed; every answer is kept. BadInput when it is no address; FetchError when it may
    not be asked, cannot be, or does not answer with a page or a feed.
    """
    asking = _Asking(fetcher, agent, store, now())
    try:
        answer = asking.ask(urls.clean(address))
        body, _ = payload.unpack(answer.body, payload.header(answer.head, "content-encoding"))
        reading = read_feed(body, answer.url, answer.media_type)
        if reading.kind in ("rss", "atom", "json", "sitemap"):
            publisher = publisher_at(answer.url, name or reading.title, "", now())
            found: dict[str, FeedKind] = {answer.url: _kind(reading)}
        elif not reading.kind:
            raise FetchError(f"{answer.url}: nothing that leads to articles ({reading.problem})", "content")
        else:
            html, _ = payload.decode(body, answer.media_type)
            publisher = _of_home_page(answer.url, html, name, now())
            found = _feeds_of_page(answer.url, reading, asking)
            if sections or not found:
                found |= dict.fromkeys([answer.url, *_sections(answer.url, html, asking, agent)], "section")
        # An address that leads to another host (www., https) names both.
        hosts = dict.fromkeys(
            (*publisher.hosts, *(urls.host(one.url) for one in asking.came if one.purpose != "robots"))
        )
        publisher = replace(publisher, hosts=tuple(hosts))
    finally:
        _keep(asking.came, store=store, captures=captures)
        store.put(*(fate(url, now(), "refused", "robots.txt forbids it") for url in asking.refused))
    feeds = tuple(feed_at(url, kind, publisher, now()) for url, kind in found.items())
    return put_added(Added(publisher=publisher, feeds=feeds), store=store, now=now())


def _keep(came: Sequence[Exchange], *, store: Store, captures: Captures) -> None:
    """Keeps what was asked, tells its fate, and hands the rules on to the gatherer, which need not ask for them."""
    cards = keep(came, store=store, captures=captures)
    fates = [
        fate(card.url, card.at, "captured", f"HTTP {card.status}, asked since its owner adds it") for card in cards
    ]
    rules = [_known_rules(card) for card in cards if card.purpose == "robots"]
    store.put(*fates)
    store.put_new(*rules)


def _known_rules(card: Capture) -> Visit:
    first = schedule.first_visit(card.url, "robots", card.publisher, "", card.at)
    return replace(
        first, due_at=None, asked_at=card.at, status=card.status, capture=card.id, digest=card.digest, visits=1
    )


MOST_ASKED = 30
"""Addresses that one adding asks."""

USUAL_PLACES = (
    "/feed",
    "/rss",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/news-sitemap.xml",
    "/sitemap.xml",
)
"""Where feeds are found most often on sites that announce none."""


class _Asking:
    """Asks addresses one after another, obeying robots.txt; `came` are the answers, `refused` what it forbids."""

    def __init__(self, fetcher: Fetcher, agent: str, store: Store, now: datetime) -> None:
        self._fetcher = fetcher
        self._agent = agent
        self._store = store
        self._now = now
        self.refused: list[str] = []
        self._rules: dict[str, Robots] = {}
        self.came: list[Exchange] = []

    def ask(self, url: str) -> Exchange:
        """The first answer that is no redirect; FetchError when it is not one with content."""
        for _ in range(MOST_HOPS + 1):
            answer = self._once(url)
            if 200 <= answer.status < 300:
                return answer
            if answer.status not in REDIRECTS:
                raise FetchError(
                    f"{url}: the publisher answers HTTP {answer.status}; look at it in a browser", "status"
                )
            url = location(answer)
        raise FetchError(f"{url}: more than {MOST_HOPS} redirects", "redirects")

    def rules(self, url: str) -> Robots:
        """The rules for an address; FetchError when they cannot be had, since nothing may be asked then."""
        address = robots_address(url)
        if address not in self._rules:
            answer = self._answer(Ask(url=address, purpose="robots", why=f"robots.txt of {address}"))
            if isinstance(answer, AddressRefused | HostRests):
                raise answer
            status = 0 if isinstance(answer, FetchError) else answer.status
            if isinstance(answer, FetchError) or status == 429 or status >= 500:
                why = f"HTTP {status}" if status else str(answer)
                raise FetchError(
                    f"{address}: cannot be had, so nothing may be asked there ({why}); check it, or try later",
                    "robots",
                )
            body, _ = payload.unpack(answer.body, payload.header(answer.head, "content-encoding"))
            self._rules[address] = Robots(body, status)
        return self._rules[address]

    def _once(self, url: str) -> Exchange:
        rules = self.rules(url)
        if not rules.allows(url, self._agent):
            self.refused.append(url)
            raise FetchError(f"{url}: robots.txt forbids it", "robots")
        answer = self._answer(Ask(url=url, purpose="feed", why="its owner adds it", pause=rules.delay(self._agent)))
        if isinstance(answer, FetchError):
            raise answer
        return answer

    def _answer(self, ask: Ask) -> Exchange | FetchError:
        if len(self.came) >= MOST_ASKED:
            raise FetchError(f"{ask.url}: more than {MOST_ASKED} addresses were asked to add this publisher", "limit")
        for host in self._store.get_many(Host, [urls.host(ask.url)]):
            if host.why and host.rest_until and host.rest_until > self._now:
                until = f"{host.rest_until:%Y-%m-%d %H:%M:%S} UTC"
                raise HostRests(f"{ask.url}: its host is to be left alone until {until} ({host.why}); try again then")
        answer = next(iter(self._fetcher.fetch([ask])))[1]
        if isinstance(answer, Exchange):
            self.came.append(replace(answer, purpose=ask.purpose))
        return answer


def _feeds_of_page(url: str, reading: FeedReading, asking: _Asking) -> dict[str, FeedKind]:
    """The feeds a home page announces and the sitemaps of its robots.txt; where there are none, those found in the
    usual places."""
    found: dict[str, FeedKind] = dict.fromkeys(reading.feeds, "rss")
    for sitemap in asking.rules(url).sitemaps[:50]:
        found.setdefault(sitemap, "sitemap")
    if not found:
        found = dict(_in_usual_places(url, asking))
    return found


def _sections(url: str, html: str, asking: _Asking, agent: str) -> list[str]:
    """The section pages of a home page that may be asked."""
    tree, rules = pagelinks.parsed(html), asking.rules(url)
    found = pagelinks.sections(tree, url, pagelinks.base(tree, url)) if tree is not None else []
    return [section for section in found if urls.host(section) != urls.host(url) or rules.allows(section, agent)]


def _in_usual_places(url: str, asking: _Asking) -> Iterator[tuple[str, FeedKind]]:
    for place in USUAL_PLACES:
        with suppress(FetchError, BadInput):
            answer = asking.ask(urls.clean(place, url))
            body, _ = payload.unpack(answer.body, payload.header(answer.head, "content-encoding"))
            reading = read_feed(body, answer.url, answer.media_type)
            if reading.kind in ("rss", "atom", "json", "sitemap") and (reading.links or reading.feeds):
                yield answer.url, _kind(reading)


def _kind(reading: FeedReading) -> FeedKind:
    kinds: dict[str, FeedKind] = {"rss": "rss", "atom": "atom", "json": "json", "sitemap": "sitemap"}
    return kinds.get(reading.kind, "section")


def publisher_at(url: str, name: str, language: str, now: datetime) -> Publisher:
    """The publisher of an address, called by its host where it has no name."""
    host = urls.host(url)
    return Publisher(
        id=urls.publisher_of(host),
        name=name.strip()[:200] or urls.publisher_of(host),
        home=urls.clean("/", url),
        language=language,
        country="",
        hosts=(host,),
        added_at=now,
    )


def _of_home_page(url: str, html: str, name: str, now: datetime) -> Publisher:
    tree = page.parse(html)
    said = page.declared(tree) if tree is not None else page.Declared()
    title = said.site or next((said.text for said in said.headlines[-1:]), "")
    return publisher_at(url, name or title, said.language[:2], now)


def feed_at(url: str, kind: FeedKind, publisher: Publisher, now: datetime, title: str = "") -> Feed:
    """A publisher's feed at an address."""
    return Feed(id=address_id(url), url=url, publisher=publisher.id, kind=kind, title=title, added_at=now)


def _joined(known: Publisher, found: Publisher) -> Publisher:
    return replace(known, hosts=tuple(dict.fromkeys((*known.hosts, *found.hosts))))


def put_added(added: Added, *, store: Store, now: datetime) -> Added:
    """Puts what is new; a publisher or feed that was added before stays as it is, but for hosts that are new: what a
    feed on another host leads to is asked too."""
    known = store.get_many(Publisher, [added.publisher.id])
    ids = [feed.id for feed in added.feeds]
    known_feeds = {feed.id for feed in store.get_many(Feed, ids)}
    known_visits = {visit.id for visit in store.get_many(Visit, ids)}
    records: list[Any] = [_joined(known[0], added.publisher)] if known else [added.publisher]
    records += [feed for feed in added.feeds if feed.id not in known_feeds]
    records += [
        schedule.first_visit(f.url, "feed", f.publisher, f.id, now) for f in added.feeds if f.id not in known_visits
    ]
    store.put(*records)
    return Added(
        publisher=known[0] if known else added.publisher,
        feeds=added.feeds,
        is_known=bool(known),
        new=len({feed.id for feed in added.feeds} - known_feeds),
    )
