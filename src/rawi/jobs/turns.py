"""Which hosts this gatherer has in hand, and whose address is asked next: one at a time from each host.

Hosts are leased from the store, so that many gatherers may share one archive: what one has in hand no other asks.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rawi.core.answers import MOST_FAILURES
from rawi.model import Host, Visit
from rawi.ports import Store

MOST_HOSTS = 500
"""In hand at once."""

MOST_OF_A_HOST = 20
"""Addresses of one host that are looked up at once."""

LEASED_FOR = timedelta(minutes=3)
"""A gatherer that died lets others wait so long at most; longer than any one answer may take."""

RENEWED_WITHIN = timedelta(minutes=1)


@dataclass(slots=True)
class Turn:
    """One host in hand."""

    host: Host
    queue: deque[Visit] = field(default_factory=deque)
    asking: Visit | None = None
    failures: int = 0
    """In a row."""


@dataclass(slots=True)
class Turns:
    """The hosts in hand. `holder` names this gatherer in the store; `now` is the clock."""

    store: Store
    holder: str
    now: Callable[[], datetime]
    is_wanted: Callable[[Visit], bool]
    """Which of the addresses that are due are to be asked."""
    _in_hand: dict[str, Turn] = field(default_factory=dict)
    _ready: deque[str] = field(default_factory=deque)
    """Hosts with an address to ask and none being asked."""
    _renewed_at: datetime | None = None
    is_pausing: bool = False
    """Whether, when it was last looked, something was due at a host that only makes its pause."""

    def take(self) -> bool:
        """Takes more hosts in hand that have something due; says whether there is anything more to ask."""
        now = self.now()
        room = MOST_HOSTS - len(self._in_hand)
        if room <= 0:
            return False
        due = self.store.first_of_each(Visit, "host", order="due_at", until=now)
        free = self._free(due, now)
        names = [_lease(host) for host in free][:room]
        leased = self.store.lease(names, self.holder, now=now, until=now + LEASED_FOR) if names else []
        begun = [self._begin(free[name.removeprefix("host/")], now) for name in leased]
        return any(begun)

    def _begin(self, host: Host, now: datetime) -> bool:
        # Looked up behind the lease: what another gatherer has asked meanwhile is due no more.
        due = self.store.find(Visit, host=host.id, order="due_at", until=now, limit=MOST_OF_A_HOST)
        wanted = deque(visit for visit in due if self.is_wanted(visit))
        self._in_hand[host.id] = Turn(host, wanted)
        if wanted:
            self._ready.append(host.id)
        return bool(wanted)

    def _free(self, due: Sequence[Visit], now: datetime) -> dict[str, Host]:
        """The hosts of these visits that are not in hand and need not rest."""
        fronts = {visit.host: visit for visit in due if visit.host not in self._in_hand}
        known = {host.id: host for host in self.store.get_many(Host, list(fronts))}
        hosts = [known.get(name) or _unknown(name) for name in fronts]
        resting = [host for host in hosts if host.rest_until is not None and host.rest_until > now]
        self.is_pausing = any(not host.why and self.is_wanted(fronts[host.id]) for host in resting)
        names = {host.id for host in resting}
        return {host.id: host for host in hosts if host.id not in names}

    def next(self) -> Visit | None:
        """The next address to be asked; None: none at the moment."""
        while self._ready:
            turn = self._in_hand[self._ready.popleft()]
            if turn.queue and turn.asking is None:
                turn.asking = turn.queue.popleft()
                return turn.asking
        return None

    def first(self, visit: Visit) -> None:
        """Has an address asked before the one that was just given by `next`, which then comes again."""
        turn = self._in_hand[visit.host]
        if turn.asking is not None:
            turn.queue.appendleft(turn.asking)
        turn.asking = visit

    def answered(self, host: str, *, goes_on: bool = True, is_failure: bool = False) -> None:
        """The address that was asked of a host has its answer; `goes_on`: its next one may be asked.

        After some failures in a row its turn is over: what is wrong is not one page.
        """
        turn = self._in_hand[host]
        turn.asking = None
        turn.failures = turn.failures + 1 if is_failure else 0
        if not goes_on or turn.failures >= MOST_FAILURES:
            turn.queue.clear()
        elif turn.queue:
            self._ready.append(host)

    def settle(self) -> None:
        """All answers so far are in the store: hosts with nothing left are given back, the others kept."""
        done = [name for name, turn in self._in_hand.items() if turn.asking is None and not turn.queue]
        for name in done:
            del self._in_hand[name]
        self.store.release([_lease(name) for name in done], self.holder)
        self._renew(self.now())

    def _renew(self, now: datetime) -> None:
        self._renewed_at = self._renewed_at or now
        if now - self._renewed_at >= RENEWED_WITHIN and self._in_hand:
            names = [_lease(name) for name in self._in_hand]
            self.store.lease(names, self.holder, now=now, until=now + LEASED_FOR)
            self._renewed_at = now

    def give_back(self) -> None:
        """Gives everything back: the gatherer stops."""
        self.store.release([_lease(name) for name in self._in_hand], self.holder)
        self._in_hand.clear()
        self._ready.clear()


def _lease(host: str) -> str:
    return f"host/{host}"


def _unknown(name: str) -> Host:
    return Host(id=name, asked_at=None, rest_until=None, why="", failures=0)
