"""How the gathering goes, by publisher."""

from dataclasses import dataclass
from datetime import date, datetime

from rawi.core import health
from rawi.core.health import Gap, Health
from rawi.model import Article, Day, Host, Link, Publisher
from rawi.ports import Store

_MOST_LINKS = 2000
_MOST_DAYS = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class PublisherHealth:
    """A publisher, how its gathering goes, and how its hosts are."""

    publisher: str
    name: str
    health: Health
    last_success_at: datetime | None
    """When one of its hosts last gave a usable answer."""
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
    return PublisherHealth(
        publisher=publisher.id,
        name=publisher.name,
        health=health.health(days, times, articles=articles, undated=undated, now=now),
        last_success_at=max((host.asked_at for host in hosts if host.asked_at and not host.failures), default=None),
        resting=tuple(host for host in hosts if host.why and host.rest_until and host.rest_until > now),
    )


def gaps(publisher: str, since: date, until: date, *, store: Store) -> list[tuple[date, Gap]]:
    """See `core.health.gaps`."""
    return health.gaps(_days(publisher, store), since, until)


def _days(publisher: str, store: Store) -> list[Day]:
    return store.find(Day, publisher=publisher, order="day", newest_first=True, limit=_MOST_DAYS)
