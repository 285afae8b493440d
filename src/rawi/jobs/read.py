"""From captures to articles and their revisions: the first follower of the log."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from rawi.core import reading, recipes, revisions
from rawi.core.reading import Reading, ToRead
from rawi.core.recipes import Recipes
from rawi.core.urls import host
from rawi.errors import BadInput, CaptureError
from rawi.jobs.follow import follow_ahead
from rawi.jobs.found import fate
from rawi.jobs.tell import Tell, silent
from rawi.model import Article, Capture, Failure, Fate, Publisher, Revision
from rawi.ports import Captures, Runner, Store

FOLLOWER = "articles"
REBUILDING = "rebuild/articles/"
"""What the follower of a rebuild is called, before the name of the method by which it reads."""
BATCH = 200
_MOST_CAPTURES = 10_000
_LONGEST_ID = 200


Unread = Callable[[Capture, str], None]
"""Is told of each capture whose bytes cannot be had, and why."""


@dataclass(frozen=True, slots=True)
class _Missing(Failure):
    """Why the bytes of a capture cannot be had."""


@dataclass(kw_only=True, slots=True)
class Came:
    """What reading came to."""

    read: int = 0
    """Captures that were read."""
    differ: int = 0
    """Articles that are new, say something else than what was stored, or are none any more."""


def read_articles(
    *,
    store: Store,
    captures: Captures,
    runner: Runner,
    unread: Unread,
    recipes: Recipes = recipes.NONE,
    tell: Tell = silent,
) -> int:
    """Brings articles and revisions up to date with the captures; says how many captures were looked at.

    A capture whose bytes cannot be had says nothing about its address: what was concluded of it before stays.
    """

    batch_of = partial(_Batch, came=Came(), unread=unread, store=store, captures=captures, recipes=recipes)

    def plan(found: list[Capture]) -> _Batch:
        cards = [card for card in found if can_be_read(card)]
        addresses = tuple(dict.fromkeys(card.address for card in cards))
        return batch_of(addresses=addresses, asked=list(_one_a_digest(_known(addresses, store))))

    return follow_ahead(FOLLOWER, Capture, plan, _read, store=store, runner=runner, batch=BATCH, tell=tell)


def rebuild_articles(
    *,
    store: Store,
    captures: Captures,
    runner: Runner,
    unread: Unread,
    recipes: Recipes = recipes.NONE,
    batch: int = BATCH,
    tell: Tell = silent,
) -> Came:
    """Reads all captures again, and writes what came out different.

    One that was stopped goes on where it was, unless the method is another by now. The usual follower need not read
    again what was read here.
    """
    name = f"{REBUILDING}{reading.MADE_BY}+{recipes.method}"
    for other in store.followers():
        if other.startswith(REBUILDING) and other != name:
            store.forget(other)
    came = Came()
    batch_of = partial(_Batch, came=came, unread=unread, store=store, captures=captures, recipes=recipes)

    def plan(found: list[Capture]) -> _Batch:
        ids = {card.id for card in found if can_be_read(card)}
        known = _known(tuple(dict.fromkeys(card.address for card in found if card.id in ids)), store)
        # Whatever comes later in the log, an address is judged once: with the capture whose id is the first of all.
        first = {card.address: card.id for card in sorted(known, key=lambda card: card.id, reverse=True)}
        addresses = tuple(address for address in first if first[address] in ids)
        mine = (card for card in known if first[card.address] in ids)
        return batch_of(addresses=addresses, asked=list(_one_a_digest(mine)))

    follow_ahead(name, Capture, plan, _read, store=store, runner=runner, batch=batch, tell=tell)
    store.advance(FOLLOWER, max(store.cursor(FOLLOWER), store.cursor(name)))
    store.forget(name)
    return came


def can_be_read(capture: Capture) -> bool:
    """Whether an article may be in it."""
    is_whole_answer = 200 <= capture.status < 300 and capture.status != 206 and not capture.revisit_of
    return capture.purpose == "article" and is_whole_answer


def _known(addresses: tuple[str, ...], store: Store) -> list[Capture]:
    """All captures of these addresses: judged together, so that the order in which they came does not matter."""
    if not addresses:
        return []
    return [c for c in store.find(Capture, address=addresses, limit=_MOST_CAPTURES) if can_be_read(c)]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Batch:
    """The captures of some addresses, to be read and settled."""

    addresses: tuple[str, ...]
    asked: list[Capture]
    came: Came
    """What all batches come to."""
    unread: Unread
    store: Store
    captures: Captures
    recipes: Recipes

    @property
    def size(self) -> int:
        return len(self.asked)

    def items(self) -> Iterator[ToRead | Failure]:
        for capture in self.asked:
            try:
                exchange = self.captures.read(capture.place)
            except CaptureError as error:
                yield _Missing(str(error))
                continue
            rules = recipes.choose(self.recipes, capture.url, capture.at)
            yield ToRead(capture=capture.id, captured_at=capture.at, exchange=exchange, recipe=rules)

    def write(self, answers: Sequence[Reading | Failure]) -> None:
        publishers = Known(self.store)
        readings: dict[str, list[Article]] = {}
        fates: list[Fate] = []
        left: set[str] = set()
        for capture, got in zip(self.asked, answers, strict=True):
            article = _article_of(got)
            if isinstance(got, _Missing):
                left.add(capture.address)
                self.unread(capture, got.reason)
            elif article:
                readings.setdefault(capture.address, []).append(publishers.named(article))
            else:
                fates.append(_rejected(capture, got))
        made: dict[str, list[Any]] = {}
        for address, articles in readings.items():
            if address not in left:
                article, revised = revisions.settle(articles)
                made[address] = [article, *revised]
        self.came.read += self.size
        self.came.differ += _write(self.store, [a for a in self.addresses if a not in left], made, fates)


def _one_a_digest(found: Iterable[Capture]) -> Iterator[Capture]:
    """The same bytes at the same address read the same: the first whole capture of them is enough."""
    seen = set()
    for capture in sorted(found, key=lambda c: (c.truncated != "", c.at, c.id)):
        if (capture.address, capture.digest) not in seen:
            seen.add((capture.address, capture.digest))
            yield capture


def _read(asked: ToRead | Failure) -> Reading | Failure:
    return asked if isinstance(asked, Failure) else reading.read(asked)


def _article_of(got: Reading | Failure) -> Article | None:
    return got.article if isinstance(got, Reading) else None


def _rejected(capture: Capture, got: Reading | Failure) -> Fate:
    why = got.problem if isinstance(got, Reading) else got.reason
    return fate(capture.url, capture.at, "rejected", why)


def _write(store: Store, addresses: Sequence[str], made: dict[str, list[Any]], fates: list[Fate]) -> int:
    """Puts what was concluded of these addresses, and drops what is concluded of them no longer; says how many articles
    that changed."""
    if not addresses:
        return 0
    stored: dict[str, Any] = {article.id: article for article in store.get_many(Article, addresses)}
    stored |= {r.id: r for r in store.find(Revision, article=tuple(addresses), limit=_MOST_CAPTURES)}
    kept = {record.id for records in made.values() for record in records}
    new = {address: [r for r in records if not _is_known(r, stored.get(r.id))] for address, records in made.items()}
    try:
        store.put(*(record for records in new.values() for record in records), *fates)
    except ValueError:
        # Something in one of them that no store can keep: it must cost that address only, and be said.
        store.put(*fates)
        for address, records in new.items():
            _put_or_reject(store, made[address][0], records)
    gone = [record.id for record in stored.values() if isinstance(record, Revision) and record.id not in kept]
    if gone:
        store.drop(Revision, *gone)
    dropped = store.drop(Article, *(address for address in addresses if address not in kept))
    return dropped + sum(isinstance(record, Article) for records in new.values() for record in records)


def _is_known(record: Any, stored: Any) -> bool:
    """Whether a conclusion is stored already, by whichever method it was drawn: it keeps the name of the first that
    drew it, so that a new method passes on only what it reads otherwise."""
    return stored is not None and replace(record, made_by=stored.made_by) == stored


def _put_or_reject(store: Store, article: Article, records: list[Any]) -> None:
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

    def at(self, url: str) -> str:
        """The publisher that has the host of an address; "" when none has."""
        try:
            return self._by_host.get(host(url), "")
        except BadInput:
            return ""

    def named(self, article: Article) -> Article:
        """The article with its publisher: by its address, else by the name on the page, else what its host gives."""
        by_host = self.at(article.url)
        publisher = by_host or ("" if article.publisher else self._by_name.get(_folded(article.publisher_name), ""))
        publisher = publisher or article.publisher or _slug(article.publisher_name) or "unknown"
        return replace(article, publisher=publisher[:_LONGEST_ID])


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _slug(name: str) -> str:
    """A publisher known by its name alone is called by it."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.casefold()).split())[:80]
