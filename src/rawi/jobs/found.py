"""From what a feed, a sitemap or a page leads to: links, and the visits they call for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from rawi.core import schedule, urls
from rawi.core.extract import clean
from rawi.core.foundlink import FeedReading, FoundLink
from rawi.core.traps import trapped
from rawi.errors import BadInput
from rawi.model import Fate, Feed, FeedKind, Link, Publisher, Purpose, Visit, address_id, content_id
from rawi.ports import Store

MOST_SITEMAPS = 1000
"""Taken from one sitemap index."""

MOST_ANNOUNCED = 20
"""Feeds that one watched page may announce."""

MOST_NESTING = 3
"""Sitemap indexes within sitemap indexes (the protocol knows one); some sites nest them without end."""

ASKED_AT_ONCE = 100
"""Links of one feed that are asked as soon as can be; of a longer one (a sitemap of years) the rest waits its turn."""

_INSTANT = timedelta(microseconds=1)
_LONGEST_NOTE = 1000
_LONGEST_TITLE = 1000


@dataclass(slots=True)
class Found:
    """What was new in one answer: records for the store, and how many articles' addresses that were."""

    new: list[Any] = field(default_factory=list)
    """To be put where nothing is stored under their ids yet."""
    fates: list[Fate] = field(default_factory=list)
    count: int = 0
    times: list[datetime] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finder:
    """Takes up what answers lead to. Only hosts of the publishers an owner added are asked. `now` is one moment."""

    store: Store
    publishers: dict[str, Publisher]
    now: datetime
    pause: timedelta
    _known_hosts: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Whether a host is a publisher's: the links of one feed are hardly ever of many."""

    def in_feed(self, visit: Visit, reading: FeedReading) -> Found:
        """What a feed, sitemap or section page leads to."""
        found = self.links(visit, reading.links, "article", is_page=reading.kind == "section")
        if reading.problem:
            found.fates.append(fate(visit.url, self.now, "failed", reading.problem))
        if reading.kind == "section" and visit.hops < MOST_NESTING:
            found.new += self._feeds(visit, reading.feeds[:MOST_ANNOUNCED], "rss")
        if reading.kind == "sitemap":
            found.new += self._sitemaps(visit, reading)
            if reading.feeds and visit.hops >= MOST_NESTING:
                note = f"its sitemaps are not asked: it is the {visit.hops + 1}th within one another"
                found.fates.append(fate(visit.url, self.now, "failed", note))
        return found

    def _sitemaps(self, visit: Visit, reading: FeedReading) -> list[Any]:
        """The sitemaps of a sitemap index that are new."""
        return [] if visit.hops >= MOST_NESTING else self._feeds(visit, reading.feeds[:MOST_SITEMAPS], "sitemap")

    def _feeds(self, visit: Visit, urls: Sequence[str], kind: FeedKind) -> list[Any]:
        """The feeds at these addresses that are the publisher's and new, each with its visit."""
        ours = [url for url in urls if self._is_ours(visit, url)]
        known = {feed.id for feed in self.store.get_many(Feed, [address_id(url) for url in ours])}
        return [record for url in ours if address_id(url) not in known for record in self._feed(visit, url, kind)]

    def links(self, visit: Visit, links: Sequence[FoundLink], purpose: Purpose, *, is_page: bool = False) -> Found:
        """The addresses that are new, each with its link and, if it is the publisher's, its visit."""
        found = Found()
        ids = [address_id(link.url) for link in links]
        known = {link.id for link in self.store.get_many(Link, ids)}
        known |= {visit.id for visit in self.store.get_many(Visit, ids)}
        for key, link in zip(ids, links, strict=True):
            if key in known or (is_page and trapped(link.url)):
                continue
            known.add(key)
            found.new.append(self._link(visit, link, purpose))
            if self._is_ours(visit, link.url):
                found.new.append(self._visit(visit, link, purpose, found.count))
                found.count += 1
                found.times += [link.published_at] if link.published_at else []
        return found

    def _visit(self, visit: Visit, link: FoundLink, purpose: Purpose, place: int) -> Visit:
        # What a publisher put out in years is asked at half the host's pace, so that its news does not wait behind it;
        # and what a feed names first is asked first.
        due_at = self.now + max(place - ASKED_AT_ONCE, 0) * 2 * self.pause + place * _INSTANT
        hops = visit.hops + 1 if purpose == visit.purpose else 0
        return schedule.first_visit(link.url, purpose, visit.publisher, visit.feed, due_at, hops=hops)

    def _feed(self, visit: Visit, url: str, kind: FeedKind) -> tuple[Any, ...]:
        feed = Feed(id=address_id(url), url=url, publisher=visit.publisher, kind=kind, title="", added_at=self.now)
        return feed, schedule.first_visit(url, "feed", feed.publisher, feed.id, self.now, hops=visit.hops + 1)

    def _link(self, visit: Visit, link: FoundLink, purpose: Purpose) -> Link:
        return Link(
            id=address_id(link.url),
            url=link.url,
            feed=visit.feed,
            publisher=visit.publisher,
            purpose=purpose,
            title=clean(link.title)[:_LONGEST_TITLE] if link.title else "",
            published_at=link.published_at,
            found_at=self.now,
        )

    def _is_ours(self, visit: Visit, url: str) -> bool:
        publisher = self.publishers.get(visit.publisher)
        if publisher is None:
            return False
        key = publisher.id, urls.host_of(url)
        if key not in self._known_hosts:
            self._known_hosts[key] = belongs(url, publisher)
        return self._known_hosts[key]


def belongs(url: str, publisher: Publisher) -> bool:
    """Whether an address stands on a host of the publisher's, or on one below or above it."""
    try:
        host = urls.publisher_of(urls.host(url))
    except BadInput:
        return False
    own = [urls.publisher_of(h) for h in publisher.hosts]
    return any(host == h or host.endswith(f".{h}") or h.endswith(f".{host}") for h in own)


def fate(url: str, at: datetime, event: str, note: str) -> Fate:
    """A line of an address's history."""
    note = clean(note)[:_LONGEST_NOTE]
    key = content_id(url, at.isoformat(), event, note)
    return Fate(id=key, address=address_id(url), url=url, at=at, event=event, note=note)
