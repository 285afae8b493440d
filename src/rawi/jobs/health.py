"""How the gathering goes, by publisher."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rawi.core import health
from rawi.core.health import Gap, Health
from rawi.jobs.history import told
from rawi.model import Article, Capture, Day, Fate, Feed, Host, Link, Publisher, Visit
from rawi.ports import Store

_MOST_LINKS = 2000
_MOST_FEEDS = 10_000
_MOST_CAPTURES = 20
_MOST_DAYS = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class PublisherHealth:
    """A publisher, how its gathering goes, and how its hosts are."""

    publisher: str
    name: str
    health: Health
    last_success_at: datetime | None
    """When one of its feeds or articles last gave a usable answer."""
    troubled: tuple[tuple[str, str], ...]
    """Its feeds that gave no usable answer when they were last asked, or may not be asked; and why, in words."""
    resting: tuple[Host, ...]
    """Its hosts that are left alone for a while, and why."""


def publishers_health(*, store: Store, now: datetime) -> list[PublisherHealth]:
    """The health of every publisher that was added, by name."""
    added = store.find(Publisher, limit=100_000)
    articles = store.tally(Article, "publisher")
    undated = store.tally(Article, "publisher", published_on=None)
    return sorted(
        (_health(one, articles.get(one.id, 0), undated.get(one.id, 0), store, now) for one in added),
        key=lambda found: (found.name.casefold(), found.publisher),
    )


def _health(publisher: Publisher, articles: int, undated: int, store: Store, now: datetime) -> PublisherHealth:
    days = _days(publisher.id, store)
    links = store.find(Link, publisher=publisher.id, order="found_at", newest_first=True, limit=_MOST_LINKS)
    times = [link.found_at for link in links if link.purpose == "article"]
    hosts = store.get_many(Host, sorted({day.host for day in days}))
    feeds = [feed.id for feed in store.find(Feed, publisher=publisher.id, limit=_MOST_FEEDS)]
    visits = store.get_many(Visit, feeds)
    return PublisherHealth(
        publisher=publisher.id,
        name=publisher.name,
        health=health.health(days, times, articles=articles, undated=undated, now=now),
        last_success_at=_last_success(publisher.id, visits, store),
        troubled=tuple((visit.url, why) for visit in visits if (why := _trouble(visit, store))),
        resting=tuple(host for host in hosts if host.why and host.rest_until and host.rest_until > now),
    )


def _last_success(publisher: str, visits: Sequence[Visit], store: Store) -> datetime | None:
    """An answer of 304 makes no capture, and an article that answered is no visit of a feed: both are looked at."""
    times = [visit.asked_at for visit in visits if visit.asked_at and _is_usable(visit.status)]
    captures = store.find(Capture, publisher=publisher, order="at", newest_first=True, limit=_MOST_CAPTURES)
    times += [card.at for card in captures if card.purpose != "robots" and _is_usable(card.status)][:1]
    return max(times, default=None)


def _is_usable(status: int) -> bool:
    return 200 <= status < 400


def _trouble(visit: Visit, store: Store) -> str:
    """Why a feed brings nothing, in words; empty when it does, or was not asked yet."""
    fates = store.find(Fate, address=visit.id, order="at", newest_first=True, limit=2)
    last = [fate for fate in fates if fate.at == fates[0].at]
    bad = [fate for fate in last if fate.event in ("failed", "gone", "refused", "blocked")]
    if not bad:
        return ""
    # That a feed has not changed is not told each time: trouble with the host may be over since, trouble with what it
    # said (told beside its capture) is not.
    is_of_content = any(fate.event == "captured" for fate in last)
    is_over = _is_usable(visit.status) and visit.asked_at is not None and bad[0].at < visit.asked_at
    return "" if is_over and not is_of_content else told(bad[0])


def gaps(publisher: str, since: date, until: date, *, store: Store) -> list[tuple[date, Gap]]:
    """See `core.health.gaps`."""
    return health.gaps(_days(publisher, store), since, until)


def _days(publisher: str, store: Store) -> list[Day]:
    return store.find(Day, publisher=publisher, order="day", newest_first=True, limit=_MOST_DAYS)
