"""From what is due to captures: asks publishers, keeps the answers, notes what became of each address."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from rawi.core import payload, schedule, urls
from rawi.core.extract import clean
from rawi.core.links import FoundLink, read_feed
from rawi.core.robots import Robots
from rawi.core.schedule import Pace
from rawi.errors import AddressRefused, BadInput, FetchError
from rawi.jobs.keep import keep
from rawi.jobs.outcome import Listen, Outcome, unheard
from rawi.model import Ask, Exchange, Fate, Feed, Link, Publisher, Visit, address_id, content_id
from rawi.ports import Captures, Fetcher, Store

MOST_HOPS = 5
"""Redirects that are followed from one address."""

DUE_AT_ONCE = 1000
KEPT_TOGETHER = 50
KEPT_WITHIN = timedelta(seconds=2)
"""Answers are kept, with one fsync, when so many have come or the first has waited so long."""

ROBOTS_HOLD = timedelta(days=1)  # RFC 9309, section 2.4
REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (401, 403, 404, 410, 451)


@dataclass(slots=True)
class Gatherer:
    """Asks what is due. One for each process that gathers; `now` is the clock."""

    store: Store
    captures: Captures
    fetcher: Fetcher
    pace: Pace
    agent: str
    now: Callable[[], datetime]
    listen: Listen = unheard
    _robots: dict[str, tuple[datetime, Robots]] = field(default_factory=dict)
    _hops: dict[str, int] = field(default_factory=dict)

    def ask_due(self) -> int:
        """Asks everything that is due now, once; says how many addresses that were."""
        due = self.store.find(Visit, order="due_at", until=self.now(), limit=DUE_AT_ONCE)
        self._learn_robots(due)
        allowed = list(self._allowed(due))
        visits = {visit.url: visit for visit in allowed}
        waiting: list[tuple[Visit, Exchange | FetchError]] = []
        waiting_since = self.now()
        for ask, answer in self.fetcher.fetch(map(_ask, allowed)):
            waiting_since = waiting_since if waiting else self.now()
            waiting.append((visits[ask.url], answer))
            if len(waiting) >= KEPT_TOGETHER or self.now() - waiting_since >= KEPT_WITHIN:
                self._settle(waiting)
                waiting = []
        self._settle(waiting)
        return len(due)

    def ask_all(self) -> int:
        """Asks what is due, and what is found by it, until nothing new is due; says how many addresses that were."""
        asked = self.ask_due()
        while self.has_new():
            asked += self.ask_due()
        return asked

    def has_new(self) -> bool:
        """Whether an address that was never asked is due."""
        return bool(self.store.find(Visit, order="due_at", until=self.now(), limit=1, asked_at=None))

    def next_due(self) -> datetime | None:
        """When the next address is due; None when none ever is."""
        first = self.store.find(Visit, order="due_at", limit=1)
        return first[0].due_at if first else None

    # ------------------------------------------------------------------------------------------ robots

    def _learn_robots(self, due: Sequence[Visit]) -> None:
        fresh = self.now() - ROBOTS_HOLD
        origins = {_origin(visit.url): visit.publisher for visit in due}
        unknown = {o: p for o, p in origins.items() if o not in self._robots or self._robots[o][0] < fresh}
        asks = [Ask(url=f"{origin}/robots.txt", purpose="robots") for origin in unknown]
        for ask, answer in self.fetcher.fetch(asks):
            origin = _origin(ask.url)
            if isinstance(answer, Exchange):
                keep([replace(answer, publisher=unknown[origin])], store=self.store, captures=self.captures)
                body, _ = payload.unpack(answer.body, payload.header(answer.head, "content-encoding"))
                robots = Robots(body, answer.status)
            else:
                robots = Robots(b"", 503)  # RFC 9309, section 2.3.1.4: unreachable means disallowed
            self._robots[origin] = (self.now(), robots)

    def _allowed(self, due: Iterable[Visit]) -> Iterator[Visit]:
        refused: list[Any] = []
        for visit in due:
            if self._robots[_origin(visit.url)][1].allows(visit.url, self.agent):
                yield visit
            else:
                fate = self._fate(visit.url, "refused", "robots.txt forbids it, or could not be had")
                refused += [schedule.ended(visit, self.now(), status=0), fate]
                self.listen(Outcome(address=visit.url, event=fate.event, note=fate.note, failed=False))
        self.store.put(*refused)

    # ----------------------------------------------------------------------------------------- answers

    def _settle(self, answers: Sequence[tuple[Visit, Exchange | FetchError]]) -> None:
        """Keeps what came, notes what became of each address, and takes up the links found: in this order, so that
        a process that is killed between has lost nothing and asks again at worst."""
        new = [(v, replace(a, publisher=v.publisher)) for v, a in answers if isinstance(a, Exchange) and _is_new(v, a)]
        kept = keep([answer for _, answer in new], store=self.store, captures=self.captures)
        captured = {visit.id: capture for (visit, _), capture in zip(new, kept, strict=True)}
        records: list[Any] = []
        outcomes: list[Outcome] = []
        for visit, answer in answers:
            after, fate, found = self._judge(visit, answer)
            records += [after, fate, *found]
            capture = captured.get(visit.id)
            outcomes.append(
                Outcome(
                    address=visit.url,
                    event=fate.event,
                    note=fate.note,
                    failed=fate.event in ("failed", "blocked"),
                    capture=capture.id if capture else "",
                )
            )
        self.store.put(*_once(records))
        for outcome in outcomes:
            self.listen(outcome)

    def _judge(self, visit: Visit, answer: Exchange | FetchError) -> tuple[Visit, Fate, list[Any]]:
        """What an answer means: the notebook after it, the address's fate, and the records it gives rise to."""
        now = self.now()
        if isinstance(answer, AddressRefused):
            return schedule.ended(visit, now, status=0), self._fate(visit.url, "blocked", str(answer)), []
        if isinstance(answer, FetchError):
            return self._failed(visit, f"{answer.reason}: {answer}")
        status = answer.status
        if status in REDIRECTS:
            return self._redirected(visit, answer)
        if status in _GONE:
            return schedule.ended(visit, now, status=status), self._fate(visit.url, "gone", f"HTTP {status}"), []
        if status == 304 and not visit.visits:
            return self._failed(visit, "HTTP 304 to an unconditional request", status)
        if status != 304 and not 200 <= status < 300:
            return self._failed(visit, f"HTTP {status}", status)
        after = self._answered(visit, answer)
        if status == 304 or not _is_new(visit, answer):
            return after, self._fate(visit.url, "unchanged", f"HTTP {status}"), []
        note = f"HTTP {status}, {len(answer.body)} bytes" + (f", cut: {answer.truncated}" if answer.truncated else "")
        return after, self._fate(visit.url, "captured", note), self._found(visit, answer)

    def _answered(self, visit: Visit, answer: Exchange) -> Visit:
        return schedule.answered(
            visit,
            self.now(),
            pace=self.pace,
            status=answer.status,
            etag=_validator(answer, "etag"),
            last_modified=_validator(answer, "last-modified"),
            digest="" if answer.status == 304 else _digest(answer),
        )

    def _failed(self, visit: Visit, note: str, status: int = 0) -> tuple[Visit, Fate, list[Any]]:
        return (
            schedule.failed(visit, self.now(), pace=self.pace, status=status),
            self._fate(visit.url, "failed", note),
            [],
        )

    def _redirected(self, visit: Visit, answer: Exchange) -> tuple[Visit, Fate, list[Any]]:
        try:
            target = location(answer)
        except BadInput as error:
            return self._failed(visit, f"redirected to no usable address: {error}", answer.status)
        hops = self._hops.get(visit.id, 0) + 1
        after = schedule.ended(visit, self.now(), status=answer.status)
        if hops > MOST_HOPS:
            return after, self._fate(visit.url, "failed", f"more than {MOST_HOPS} redirects"), []
        self._hops[address_id(target)] = hops
        link = FoundLink(url=target, title="")
        return after, self._fate(visit.url, "redirected", f"to {target}"), self._links(visit, [link], visit.purpose)

    # ------------------------------------------------------------------------------------------- links

    def _found(self, visit: Visit, answer: Exchange) -> list[Any]:
        """The new links and feeds in a feed's answer."""
        if visit.purpose != "feed":
            return []
        body, _ = payload.unpack(answer.body, payload.header(answer.head, "content-encoding"))
        reading = read_feed(body, visit.url, answer.media_type)
        problem = [self._fate(visit.url, "failed", reading.problem)] if reading.problem else []
        more = [
            self._feed(visit, url) for url in reading.feeds if reading.kind == "sitemap" and self._is_ours(visit, url)
        ]
        return [*problem, *(r for pair in more for r in pair), *self._links(visit, reading.links, "article")]

    def _feed(self, visit: Visit, url: str) -> tuple[Any, ...]:
        feed = Feed(
            id=address_id(url), url=url, publisher=visit.publisher, kind="sitemap", title="", added_at=self.now()
        )
        return (
            ()
            if self.store.get_many(Feed, [feed.id])
            else (feed, schedule.first_visit(feed.url, "feed", feed.publisher, feed.id, self.now()))
        )

    def _links(self, visit: Visit, found: Sequence[FoundLink], purpose: Any) -> list[Any]:
        ids = [address_id(link.url) for link in found]
        known = {visit.id for visit in self.store.get_many(Visit, ids)}
        made: list[Any] = []
        for link, key in zip(found, ids, strict=True):
            if key in known:
                continue
            known.add(key)
            is_ours = self._is_ours(visit, link.url)
            note = (
                f"in {visit.url}" if is_ours else f"in {visit.url}; not asked: its host is not one of this publisher's"
            )
            made += [self._link(visit, link, purpose), self._fate(link.url, "found", note)]
            if is_ours:
                made.append(schedule.first_visit(link.url, purpose, visit.publisher, visit.feed, self.now()))
        return made

    def _link(self, visit: Visit, link: FoundLink, purpose: Any) -> Link:
        return Link(
            id=address_id(link.url),
            url=link.url,
            feed=visit.feed,
            publisher=visit.publisher,
            purpose=purpose,
            title=clean(link.title)[:1000],
            published_at=link.published_at,
            found_at=self.now(),
        )

    def _is_ours(self, visit: Visit, url: str) -> bool:
        """Whether an address is the publisher's: only those are asked, because only those its owner added."""
        return any(belongs(url, publisher) for publisher in self.store.get_many(Publisher, [visit.publisher]))

    def _fate(self, url: str, event: str, note: str) -> Fate:
        at, note = self.now(), clean(note)[:1000]
        return Fate(
            id=content_id(url, at.isoformat(), event, note),
            address=address_id(url),
            url=url,
            at=at,
            event=event,
            note=note,
        )


def location(answer: Exchange) -> str:
    """Where a redirect leads; BadInput when to no usable address. Many write it in UTF-8."""
    said = payload.header(answer.head, "location").encode("latin-1")
    return urls.clean(said.decode("utf-8", "replace"), answer.url)


def belongs(url: str, publisher: Publisher) -> bool:
    """Whether an address stands on a host of the publisher's, or on one below or above it."""
    try:
        host = urls.publisher_of(urls.host(url))
    except BadInput:
        return False
    own = [urls.publisher_of(h) for h in publisher.hosts]
    return any(host == h or host.endswith(f".{h}") or h.endswith(f".{host}") for h in own)


def _ask(visit: Visit) -> Ask:
    return Ask(url=visit.url, purpose=visit.purpose, etag=visit.etag, last_modified=visit.last_modified)


def _validator(answer: Exchange, name: str) -> str:
    """A validator as it came; one with control characters in it is none that could be sent back."""
    said = payload.header(answer.head, name)
    return said if said.isprintable() and len(said) < 1000 else ""


def _is_new(visit: Visit, answer: Exchange) -> bool:
    return answer.status != 304 and (not visit.digest or _digest(answer) != visit.digest)


def _digest(answer: Exchange) -> str:
    return sha256(answer.body).hexdigest()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _once(records: list[Any]) -> list[Any]:
    """Two feeds of one batch may find the same link: the first finding counts."""
    return list({(type(record), record.id): record for record in reversed(records)}.values())[::-1]
