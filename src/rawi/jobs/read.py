"""From captures to articles and their revisions: the first follower of the log."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rawi.core import reading, revisions
from rawi.core.reading import Reading, ToRead
from rawi.core.urls import host
from rawi.errors import BadInput, CaptureError
from rawi.jobs.follow import follow
from rawi.jobs.found import fate
from rawi.jobs.tell import Tell, silent
from rawi.model import Article, Capture, Failure, Fate, Publisher, Revision
from rawi.ports import Captures, Runner, Store

FOLLOWER = "articles"
BATCH = 200
_MOST_CAPTURES = 10_000
_LONGEST_ID = 200


Unread = Callable[[Capture, str], None]
"""Is told of each capture whose bytes cannot be had, and why."""


@dataclass(frozen=True, slots=True)
class _Missing(Failure):
    """Why the bytes of a capture cannot be had."""


def read_articles(
    *, store: Store, captures: Captures, runner: Runner, unread: Unread, name: str = FOLLOWER, tell: Tell = silent
) -> int:
    """Brings articles and revisions up to date with the captures; says how many captures were looked at.

    A capture whose bytes cannot be had says nothing about its address: what was concluded of it before stays.
    """

    def work(found: list[Capture]) -> None:
        _read_batch([c for c in found if can_be_read(c)], unread, store=store, captures=captures, runner=runner)

    return follow(name, Capture, work, store=store, batch=BATCH, tell=tell)


def can_be_read(capture: Capture) -> bool:
    """Whether an article may be in it."""
    is_whole_answer = 200 <= capture.status < 300 and capture.status != 206 and not capture.revisit_of
    return capture.purpose == "article" and is_whole_answer


def _read_batch(found: Sequence[Capture], unread: Unread, *, store: Store, captures: Captures, runner: Runner) -> None:
    addresses = tuple(dict.fromkeys(capture.address for capture in found))
    if not addresses:
        return
    # All captures of an address are judged together, so that the order in which they came does not matter.
    known = [c for c in store.find(Capture, address=addresses, limit=_MOST_CAPTURES) if can_be_read(c)]
    asked = list(_one_a_digest(known))
    publishers = Known(store)
    readings: dict[str, list[Article]] = {}
    fates: list[Fate] = []
    left: set[str] = set()
    for capture, got in zip(asked, runner.map(_read, _bodies(asked, captures)), strict=True):
        article = _article_of(got)
        if isinstance(got, _Missing):
            left.add(capture.address)
            unread(capture, got.reason)
        elif article:
            readings.setdefault(capture.address, []).append(publishers.named(article))
        else:
            fates.append(_rejected(capture, got))
    made: dict[str, list[Any]] = {}
    for address, articles in readings.items():
        if address not in left:
            article, revised = revisions.settle(articles)
            made[address] = [article, *revised]
    _write(store, [address for address in addresses if address not in left], made, fates)


def _one_a_digest(found: Iterable[Capture]) -> Iterator[Capture]:
    """The same bytes at the same address read the same: the first whole capture of them is enough."""
    seen = set()
    for capture in sorted(found, key=lambda c: (c.truncated != "", c.at, c.id)):
        if (capture.address, capture.digest) not in seen:
            seen.add((capture.address, capture.digest))
            yield capture


def _bodies(asked: Iterable[Capture], captures: Captures) -> Iterator[ToRead | Failure]:
    for capture in asked:
        try:
            yield ToRead(capture=capture.id, captured_at=capture.at, exchange=captures.read(capture.place))
        except CaptureError as error:
            yield _Missing(str(error))


def _read(asked: ToRead | Failure) -> Reading | Failure:
    return asked if isinstance(asked, Failure) else reading.read(asked)


def _article_of(got: Reading | Failure) -> Article | None:
    return got.article if isinstance(got, Reading) else None


def _rejected(capture: Capture, got: Reading | Failure) -> Fate:
    why = got.problem if isinstance(got, Reading) else got.reason
    return fate(capture.url, capture.at, "rejected", why)


def _write(store: Store, addresses: Sequence[str], made: dict[str, list[Any]], fates: list[Fate]) -> None:
    """Puts what was concluded of these addresses, and drops what is concluded of them no longer."""
    if not addresses:
        return
    kept = {record.id for records in made.values() for record in records}
    gone = [r.id for r in store.find(Revision, article=tuple(addresses), limit=_MOST_CAPTURES) if r.id not in kept]
    try:
        store.put(*(record for records in made.values() for record in records), *fates)
    except ValueError:
        # Something in one of them that no store can keep: it must cost that address only, and be said.
        store.put(*fates)
        for records in made.values():
            _put_or_reject(store, records)
    if gone:
        store.drop(Revision, *gone)
    store.drop(Article, *(address for address in addresses if address not in kept))


def _put_or_reject(store: Store, records: list[Any]) -> None:
    article: Article = records[0]
    try:
        store.put(*records)
    except ValueError as error:
        store.put(fate(article.url, article.captured_at, "rejected", str(error)))


class Known:
    """The publishers the archive knows, to tell whose an article is."""

    def __init__(self, store: Store) -> None:
        found = store.find(Publisher, limit=100_000)
        self._by_host = {host: publisher.id for publisher in found for host in publisher.hosts}
        self._by_name = {_folded(publisher.name): publisher.id for publisher in found}

    def named(self, article: Article) -> Article:
        """The article with its publisher: by its address, else by the name on the page, else what its host gives."""
        try:
            by_host = self._by_host.get(host(article.url), "")
        except BadInput:
            by_host = ""
        publisher = by_host or ("" if article.publisher else self._by_name.get(_folded(article.publisher_name), ""))
        publisher = publisher or article.publisher or _slug(article.publisher_name) or "unknown"
        return replace(article, publisher=publisher[:_LONGEST_ID])


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _slug(name: str) -> str:
    """A publisher known by its name alone is called by it."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())[:80]
