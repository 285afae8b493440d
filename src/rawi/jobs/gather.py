"""From what is due to captures: asks publishers, keeps the answers, notes what became of each address."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rawi.core.answers import ends_turn, is_failure
from rawi.core.schedule import Pace
from rawi.errors import FetchError, HostRests
from rawi.jobs.outcome import Listen, unheard
from rawi.jobs.rules import Rules
from rawi.jobs.settle import Answered, Refused, Settling
from rawi.jobs.turns import Turns
from rawi.model import Ask, Capture, Exchange, Feed, Visit
from rawi.ports import Captures, Fetcher, Store

KEPT_TOGETHER = 50
KEPT_TOGETHER_BYTES = 16 * 1024 * 1024
KEPT_WITHIN = timedelta(seconds=2)
"""Answers are kept, with one fsync, when so many (or so much) have come or the first has waited so long."""

LOOKED_FOR_EVERY = timedelta(seconds=1)
"""So often at most the store is asked for what has become due, while nothing else gives reason to."""

FULL_AFTER = timedelta(days=7)
"""When an address is asked without conditions, whatever its validators say: some servers answer 304 for ever."""


class _Stopped(Exception):
    """The gatherer was told to stop."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is on its way: the visit, the host in whose turn it is asked, and the origin whose rules it may bring."""

    visit: Visit
    host: str
    origin: str = ""


@dataclass(slots=True)
class Gatherer:
    """Asks what is due. Any number of processes may gather into one archive; `holder` names this one among them.

    `now` is the clock; `is_stopped` is looked at between two answers.
    """

    store: Store
    captures: Captures
    fetcher: Fetcher
    pace: Pace
    agent: str
    now: Callable[[], datetime]
    holder: str = "only"
    pause: timedelta = timedelta(0)
    """The least pause between two requests to a host, as the fetcher keeps it."""
    listen: Listen = unheard
    is_stopped: Callable[[], bool] = lambda: False
    _rules: Rules = field(init=False)
    _turns: Turns = field(init=False)
    _settling: Settling = field(init=False)
    _waiting: list[Answered | Refused] = field(default_factory=list)
    _waiting_bytes: int = 0
    _waiting_since: datetime | None = None
    _looked_at: datetime | None = None
    _is_settled: bool = True
    _asking: dict[Ask, _Asking] = field(default_factory=dict)
    _behind: list[Ask] = field(default_factory=list)
    """Rules behind a redirect that are to be asked for."""
    _count: int = 0

    def __post_init__(self) -> None:
        self._rules = Rules(self.store, self.captures, self.now)
        self._settling = Settling(self.store, self.captures, self.pace, self.now, self.pause)

    def ask_all(self) -> int:
        """Asks what is due by now and what comes of it, until nothing is left; says how many addresses that were."""
        started = self.now()
        return self._run(lambda visit: visit.asked_at is None or _is_due(visit, started), goes_on=False)

    def watch(self) -> int:
        """Asks whatever becomes due, until it is stopped; says how many addresses that were."""
        return self._run(lambda _: True, goes_on=True)

    def has_new(self) -> bool:
        """Whether an address that was never asked is due."""
        return bool(self.store.find(Visit, order="due_at", until=self.now(), limit=1, asked_at=None))

    def next_due(self) -> datetime | None:
        """When the next address is due; None when none ever is."""
        first = self.store.find(Visit, order="due_at", limit=1)
        return first[0].due_at if first else None

    # ----------------------------------------------------------------------------------------- the loop

    def _run(self, is_wanted: Callable[[Visit], bool], *, goes_on: bool) -> int:
        self._turns = Turns(self.store, self.holder, self.now, is_wanted)
        self._count, self._is_settled = 0, True
        try:
            for ask, answer in self.fetcher.fetch(self._asks(goes_on)):
                self._take(ask, answer)
                if self._is_time_to_keep():
                    self._settle()
            self._settle()
        except _Stopped:
            self._settle()
        finally:
            self._asking.clear()
            self._behind.clear()
            self._turns.give_back()
        return self._count

    def _asks(self, goes_on: bool) -> Iterator[Ask | None]:
        """What is to be asked, as it becomes due; None: nothing at the moment."""
        while True:
            if self.is_stopped():
                raise _Stopped  # through the fetcher, which lets go of what is on its way
            if ask := self._next_ask():
                yield ask
            elif not self._asking:
                # Nothing is on its way: what came is kept at once, since what is due next may follow from it.
                self._settle()
                if self._turns.take():
                    continue
                if not goes_on and not self._turns.is_pausing:
                    return
                yield None
            elif not self._look():
                yield None

    def _look(self) -> bool:
        """Looks in the store for what has become due; says whether there was anything."""
        if not self._is_settled and self._looked_at and self.now() - self._looked_at < LOOKED_FOR_EVERY:
            return False
        self._looked_at, self._is_settled = self.now(), False
        return self._turns.take()

    def _next_ask(self) -> Ask | None:
        """The next ask of the hosts in hand; before the first one to an origin its robots.txt."""
        if self._behind:
            return self._behind.pop()
        while visit := self._turns.next():
            rules = self._rules.of(visit.url)
            if rules is None:
                robots = self._rules.visit(visit.url, visit.publisher)
                self._turns.first(robots)
                return self._ask(_Asking(robots, visit.host, robots.url))
            if rules.allows(visit.url, self.agent):
                return self._ask(_Asking(visit, visit.host), pause=rules.delay(self.agent))
            self._turns.answered(visit.host)
            self._wait(Refused(visit))
        return None

    def _ask(self, asking: _Asking, pause: float = 0.0) -> Ask:
        visit = asking.visit
        is_conditional = bool(visit.etag or visit.last_modified) and not self._is_old(visit)
        ask = Ask(
            url=visit.url,
            purpose=visit.purpose,
            etag=visit.etag if is_conditional else "",
            last_modified=visit.last_modified if is_conditional else "",
            why=f"robots.txt of {asking.origin}" if asking.origin else self._why(visit),
            pause=pause,
        )
        self._asking[ask] = asking
        return ask

    def _is_old(self, visit: Visit) -> bool:
        """Whether the last capture of an address is so old that it should be had whole again."""
        return any(card.at + FULL_AFTER <= self.now() for card in self.store.get_many(Capture, [visit.capture]))

    def _why(self, visit: Visit) -> str:
        """Why an address is asked, for the capture's record."""
        if visit.purpose == "article" and visit.visits:
            return f"revisit {visit.visits}"
        if visit.hops and visit.purpose != "feed":  # of a sitemap they tell how deep it lies in others
            return f"{visit.purpose}, behind {visit.hops} redirects"
        found_in = [feed.url for feed in self.store.get_many(Feed, [visit.feed]) if feed.url != visit.url]
        return f"{visit.purpose} in {found_in[0]}" if found_in else visit.purpose

    # -------------------------------------------------------------------------------------- the answers

    def _take(self, ask: Ask, answer: Exchange | FetchError) -> None:
        asking = self._asking.pop(ask)
        if isinstance(answer, HostRests):
            self._turns.answered(asking.host, goes_on=False)
        elif asking.origin:
            self._take_rules(asking, answer)
        else:
            self._turns.answered(asking.host, goes_on=not ends_turn(answer), is_failure=is_failure(answer))
            self._wait(Answered(asking.visit, answer))

    def _take_rules(self, asking: _Asking, answer: Exchange | FetchError) -> None:
        """Learns rules; a host whose rules cannot be had is asked for nothing until they can (RFC 9309, 2.3.1)."""
        self._wait(Answered(asking.visit, answer))
        if further := self._rules.behind(asking.visit, answer):
            self._behind.append(self._ask(_Asking(further, asking.host, asking.origin)))
        else:
            self._turns.answered(asking.host, goes_on=self._rules.learn(asking.origin, asking.visit, answer))

    def _wait(self, came: Answered | Refused) -> None:
        self._waiting_since = self._waiting_since if self._waiting else self.now()
        self._waiting.append(came)
        self._waiting_bytes += came.size

    def _is_time_to_keep(self) -> bool:
        return (
            len(self._waiting) >= KEPT_TOGETHER
            or self._waiting_bytes >= KEPT_TOGETHER_BYTES
            or bool(self._waiting_since and self.now() - self._waiting_since >= KEPT_WITHIN)
        )

    def _settle(self) -> None:
        self._count += sum(not came.is_for_rules for came in self._waiting)
        for outcome in self._settling.settle(self._waiting):
            self.listen(outcome)
        self._waiting, self._waiting_bytes, self._waiting_since = [], 0, None
        self._turns.settle()
        self._is_settled = True


def _is_due(visit: Visit, at: datetime) -> bool:
    return visit.due_at is not None and visit.due_at <= at
