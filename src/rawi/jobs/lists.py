"""Lists of publishers and feeds: taken up from OPML files and catalogues, and written as OPML."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from rawi.core import urls
from rawi.core.catalogue import Catalogue, Entry
from rawi.core.opml import read_opml, write_opml
from rawi.errors import BadInput
from rawi.jobs.add import Added, feed_at, publisher_at, put_added
from rawi.model import Feed, Publisher
from rawi.ports import Store


def add_opml(data: bytes, *, store: Store, now: Callable[[], datetime]) -> tuple[list[Added], list[str]]:
    """Adds the feeds of an OPML file, each under the publisher whose host it has; gives them, and what was refused."""
    outlines, problem = read_opml(data)
    added, problems = [], [problem] if problem else []
    for outline in outlines:
        try:
            feed_url = urls.clean(outline.url)
            home = urls.clean(outline.home) if outline.home else feed_url
            hosts = [urls.clean(f"https://{host}/") for host in outline.hosts]
        except BadInput as error:
            problems.append(str(error))
            continue
        publisher = _with_hosts(publisher_at(home, outline.title, "", now()), feed_url, *hosts)
        feeds = (feed_at(feed_url, outline.kind, publisher, now(), outline.title),)
        added.append(put_added(Added(publisher=publisher, feeds=feeds), store=store, now=now()))
    return added, problems


def opml(name: str, *, store: Store) -> str:
    """All publishers with their feeds, as an OPML file."""
    publishers = sorted(store.find(Publisher, limit=100_000), key=lambda one: (one.name.casefold(), one.id))
    return write_opml(name, ((one, store.find(Feed, publisher=one.id, limit=100_000)) for one in publishers))


def add_catalogue(catalogue: Catalogue, *, store: Store, now: Callable[[], datetime]) -> list[Added]:
    """Adds the publishers of a catalogue with their feeds; of one without feeds its home page is watched, which
    announces them. Nothing is asked yet."""
    return [put_added(_added(entry, catalogue.country, now()), store=store, now=now()) for entry in catalogue.entries]


def _added(entry: Entry, country: str, now: datetime) -> Added:
    named = replace(publisher_at(entry.home, entry.name, entry.language, now), country=country)
    publisher = _with_hosts(named, *entry.feeds, *(f"https://{host}/" for host in entry.hosts))
    feeds = [feed_at(url, "rss", publisher, now) for url in entry.feeds]
    return Added(publisher=publisher, feeds=tuple(feeds or [feed_at(entry.home, "section", publisher, now)]))


def _with_hosts(publisher: Publisher, *addresses: str) -> Publisher:
    """With the hosts of these addresses: a feed may stand on another host than its publisher's home."""
    return replace(publisher, hosts=tuple(dict.fromkeys((*publisher.hosts, *map(urls.host, addresses)))))
