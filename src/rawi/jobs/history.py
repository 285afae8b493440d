"""Everything that happened to an address, in words, and what is to come."""

from dataclasses import dataclass
from datetime import datetime

from rawi.jobs.found import fate
from rawi.model import Article, Fate, Feed, Host, Link, Revision, Visit, address_id
from rawi.ports import Store

_MOST = 100_000

_WORDS = {
    "blocked": "never asked: {}",
    "captured": "asked, answered and kept: {}",
    "failed": "no usable answer: {}",
    "found": "seen for the first time, {}",
    "gone": "not to be had: {}",
    "imported": "came from a file: {}",
    "redirected": "leads elsewhere: {}",
    "refused": "not asked: {}",
    "rejected": "kept, but no article was found in it: {}",
    "unchanged": "asked again, nothing had changed: {}",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """What is known of an address."""

    fates: tuple[Fate, ...]
    """In order."""
    now: tuple[str, ...]
    """How it stands, in sentences."""


def told(one: Fate) -> str:
    """What happened, in words."""
    return _WORDS[one.event].format(one.note) if one.note else _WORDS[one.event].rstrip(", :{}")


def history(address: str, *, store: Store, now: datetime) -> History:
    """The history of an address; both parts are empty when nothing is known of it."""
    key = address_id(address)
    fates = [*_as_found(key, store), *store.find(Fate, order="at", address=key, limit=_MOST)]
    return History(fates=tuple(fates), now=(*_as_article(key, store), *_as_visit(key, store, now)))


def _as_found(key: str, store: Store) -> list[Fate]:
    """The first line of most histories, which is not stored twice: the link says it."""
    said = []
    for link in store.get_many(Link, [key]):
        places = [feed.url for feed in store.get_many(Feed, [link.feed])]
        note = f"in {places[0]}" if places else "in a page"
        if not store.get_many(Visit, [key]):
            note += "; not asked: its host is not one of this publisher's"
        said.append(fate(link.url, link.found_at, "found", note))
    return said


def _as_article(key: str, store: Store) -> list[str]:
    said = []
    for article in store.get_many(Article, [key]):
        said.append(f"It is an article: “{article.title}”, read from the capture of {_time(article.captured_at)}.")
        if readings := store.count(Revision, article=key):
            said.append(f"It was found in {readings} different readings (rawi show --revisions tells them).")
    return said


def _as_visit(key: str, store: Store, now: datetime) -> list[str]:
    said = []
    for visit in store.get_many(Visit, [key]):
        asked = f"It was asked last at {_time(visit.asked_at)}" if visit.asked_at else "It was not asked yet"
        if visit.due_at is None:
            said.append(f"{asked}, and is not asked again{' by itself' if visit.purpose == 'robots' else ''}.")
        else:
            said.append(f"{asked}; it is to be asked {'from' if visit.due_at <= now else 'at'} {_time(visit.due_at)}.")
        said += [
            f"Its host is left alone until {_time(host.rest_until)}: {host.why}."
            for host in store.get_many(Host, [visit.host])
            if host.why and host.rest_until and host.rest_until > now
        ]
    return said


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
