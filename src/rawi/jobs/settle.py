"""From answers to records: keeps what came, notes what became of each address and host, takes up the links found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from rawi.core import payload, schedule
from rawi.core.answers import Content, Verdict, is_failure, is_new, judge
from rawi.core.foundlink import FoundLink
from rawi.core.links import read_feed
from rawi.core.schedule import Pace
from rawi.errors import FetchError
from rawi.jobs.found import Finder, Found, fate
from rawi.jobs.keep import keep
from rawi.jobs.outcome import Outcome
from rawi.model import Capture, Day, Exchange, Host, Publisher, Reference, Visit, content_id
from rawi.ports import Captures, Store

_CONFIRMED = ("article", "picture")
"""What is kept as a revisit each time it is found unchanged; of feeds and robots.txt once a week is enough."""

_WEEK = timedelta(days=7)
_ROUTINE = ("feed", "robots")
"""Of these what goes as it should is counted by the day and not noted one by one: they are asked all the time."""


MOST_HELD = 10_000
"""Records of what was found that are held before they are put: a batch may hold many sitemaps of years."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A visit and the answer to it."""

    visit: Visit
    answer: Exchange | FetchError

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.answer.body) if isinstance(self.answer, Exchange) else 0

    @property
    def is_for_rules(self) -> bool:
        """Whether it was asked for its host's rules only."""
        return self.visit.purpose == "robots"


@dataclass(frozen=True, slots=True)
class Refused:
    """A visit that robots.txt forbids."""

    visit: Visit
    size: int = 0
    is_for_rules: bool = False


@dataclass(slots=True)
class _Settled:
    """What one batch comes to."""

    records: list[Any] = field(default_factory=list)
    new: list[Any] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    hosts: dict[str, Host] = field(default_factory=dict)
    days: dict[str, Day] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settling:
    """Settles batches of answers. `now` is the clock, `pause` the least pause between two requests to a host."""

    store: Store
    captures: Captures
    pace: Pace
    now: Callable[[], datetime]
    pause: timedelta

    def settle(self, came: Sequence[Answered | Refused]) -> list[Outcome]:
        """Captures first, then what was found, then the notebook: a process that is killed in between has lost
        nothing and asks again at worst. Gives what became of each address; it is on disk."""
        if not came:
            return []
        answered = [one for one in came if isinstance(one, Answered)]
        cards = self._keep(answered)
        settled = self._begun(came)
        finder = Finder(store=self.store, publishers=self._publishers(came), now=self.now(), pause=self.pause)
        for one in came:
            if isinstance(one, Answered):
                self._settle_answer(one, cards.get(one.visit.id), finder, settled)
            else:
                self._settle_refused(one.visit, settled)
            if len(settled.new) >= MOST_HELD:
                self._put_found(settled)
        self._put_found(settled)
        self.store.put(*settled.records, *settled.hosts.values(), *settled.days.values())
        return settled.outcomes

    def _put_found(self, settled: _Settled) -> None:
        self.store.put_new(*_first_of_each_id(settled.new))
        settled.new = []

    def _begun(self, came: Sequence[Answered | Refused]) -> _Settled:
        """The hosts and days as they stand before this batch."""
        today = self.now().date()
        names = sorted({one.visit.host for one in came})
        hosts = {host.id: host for host in self.store.get_many(Host, names)}
        keys = sorted({_day_id(one.visit, today) for one in came})
        return _Settled(hosts=hosts, days={day.id: day for day in self.store.get_many(Day, keys)})

    def _publishers(self, came: Sequence[Answered | Refused]) -> dict[str, Publisher]:
        ids = sorted({one.visit.publisher for one in came})
        return {publisher.id: publisher for publisher in self.store.get_many(Publisher, ids)}

    # ---------------------------------------------------------------------------------------- captures

    def _keep(self, answered: Sequence[Answered]) -> dict[str, Capture]:
        """Keeps what is to be kept of these answers; gives the cards by the id of their visit."""
        pairs = [(one.visit, kept) for one in answered if (kept := self._to_keep(one)) is not None]
        cards = keep([exchange for _, exchange in pairs], store=self.store, captures=self.captures)
        return {visit.id: card for (visit, _), card in zip(pairs, cards, strict=True)}

    def _to_keep(self, one: Answered) -> Exchange | None:
        if isinstance(one.answer, FetchError):
            return None
        answer = replace(one.answer, publisher=one.visit.publisher, purpose=one.visit.purpose)
        if is_new(one.visit, answer):
            return answer
        for card in self.store.get_many(Capture, [one.visit.capture]):
            if one.visit.purpose in _CONFIRMED or card.at + _WEEK <= answer.at:
                return replace(answer, body=b"", revisit=self._reference(card))
        return None

    def _reference(self, card: Capture) -> Reference:
        for first in self.store.get_many(Capture, [card.revisit_of]):
            card = first
        return Reference(place=card.place, url=card.url, at=card.at, digest=card.digest)

    # ----------------------------------------------------------------------------------------- answers

    def _settle_answer(self, one: Answered, card: Capture | None, finder: Finder, settled: _Settled) -> None:
        visit, answer, now = one.visit, one.answer, finder.now
        found = self._found(visit, answer, finder)
        failures = settled.hosts[visit.host].failures if visit.host in settled.hosts else 0
        content = Content(capture=card.id if card else "", found=found.count, times=tuple(found.times))
        verdict = judge(visit, answer, now, pace=self.pace, failures=failures, content=content)
        if verdict.target:
            found.new += finder.links(visit, [FoundLink(url=verdict.target)], visit.purpose).new
        settled.records += [verdict.visit, *found.fates]
        settled.new += found.new
        self._note_host(visit, answer, verdict, now, settled)
        self._note_day(visit, answer, found.count, now.date(), settled)
        is_routine = verdict.event == "unchanged" if visit.purpose == "feed" else verdict.event != "failed"
        if not (is_routine and visit.purpose in _ROUTINE):
            settled.records.append(fate(visit.url, now, verdict.event, verdict.note))
        if one.is_for_rules and is_routine:
            return
        settled.outcomes.append(
            Outcome(
                address=visit.url,
                event=verdict.event,
                note=verdict.note,
                failed=verdict.event in ("failed", "blocked"),
                capture=card.id if card else "",
            )
        )

    def _found(self, visit: Visit, answer: Exchange | FetchError, finder: Finder) -> Found:
        if visit.purpose != "feed" or isinstance(answer, FetchError) or not 200 <= answer.status < 300:
            return Found()
        if not is_new(visit, answer):
            return Found()
        body, _ = payload.unpack(answer.body, payload.header(answer.head, "content-encoding"))
        return finder.in_feed(visit, read_feed(body, visit.url, answer.media_type))

    def _settle_refused(self, visit: Visit, settled: _Settled) -> None:
        told = fate(visit.url, self.now(), "refused", "robots.txt forbids it")
        settled.records += [schedule.ended(visit, self.now(), status=0), told]
        settled.outcomes.append(Outcome(address=visit.url, event=told.event, note=told.note, failed=False))

    def _note_host(
        self, visit: Visit, answer: Exchange | FetchError, verdict: Verdict, now: datetime, settled: _Settled
    ) -> None:
        host = settled.hosts.get(visit.host) or Host(id=visit.host, asked_at=None, rest_until=None, why="", failures=0)
        pause = now + self.pause if self.pause else None  # another gatherer must keep the pause too
        settled.hosts[visit.host] = replace(
            host,
            asked_at=now,
            rest_until=verdict.rest_until or pause,
            why=verdict.note[:500] if verdict.rest_until else "",
            failures=host.failures + 1 if is_failure(answer) else 0,
        )

    def _note_day(
        self, visit: Visit, answer: Exchange | FetchError, found: int, today: date, settled: _Settled
    ) -> None:
        key = _day_id(visit, today)
        day = settled.days.get(key) or Day(
            id=key, publisher=visit.publisher, host=visit.host, day=today, asked=0, answered=0, failed=0, found=0
        )
        failed = is_failure(answer)
        settled.days[key] = replace(
            day,
            asked=day.asked + 1,
            answered=day.answered + (not failed),
            failed=day.failed + failed,
            found=day.found + found,
        )


def _day_id(visit: Visit, day: date) -> str:
    return content_id(visit.publisher, visit.host, day.isoformat())


def _first_of_each_id(records: list[Any]) -> list[Any]:
    """Two feeds of one batch may find the same link: the first finding counts."""
    return list({(type(record), record.id): record for record in reversed(records)}.values())[::-1]
