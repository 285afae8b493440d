"""What robots.txt of each origin allows: asked for when it is needed, kept as evidence, held for a day."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from rawi.core import payload, schedule
from rawi.core.answers import GONE, MOST_HOPS, REDIRECTS, location
from rawi.core.robots import Robots
from rawi.errors import BadInput, CaptureError, FetchError
from rawi.jobs.found import belongs
from rawi.model import Capture, Exchange, Publisher, Visit, address_id
from rawi.ports import Captures, Store

HOLDS = timedelta(days=1)  # RFC 9309, section 2.4
GIVEN_UP_AFTER = 40
"""Failures in a row, the last thirty of them a day apart (`schedule.unreachable`): a robots.txt that could not be had
for so long counts as one that is not there (RFC 9309, section 2.3.1.4)."""

_MOST_HELD = 50_000
_NOTHING_SAID = Robots(b"", 404)


def robots_address(url: str) -> str:
    """Where the rules for an address are."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


@dataclass(slots=True)
class Rules:
    """The rules of all origins, as far as they are known. `now` is the clock.

    What was learnt before this process began is read from the captures, so that no robots.txt is asked for twice a
    day however often a gatherer starts.
    """

    store: Store
    captures: Captures
    now: Callable[[], datetime]
    _held: dict[str, tuple[datetime, Robots]] = field(default_factory=dict)

    def of(self, url: str) -> Robots | None:
        """The rules that hold for an address now; None: its robots.txt must be asked for first."""
        address = robots_address(url)
        held = self._held.get(address) or self._remembered(address)
        if held is None or held[0] + HOLDS <= self.now():
            return None
        self._held[address] = held
        return held[1]

    def visit(self, url: str, publisher: str) -> Visit:
        """The notebook's line on the robots.txt of an address."""
        address = robots_address(url)
        for known in self.store.get_many(Visit, [address_id(address)]):
            return known
        first = schedule.first_visit(address, "robots", publisher, "", self.now())
        return replace(first, due_at=None)  # it is asked for when an address of its origin is

    def behind(self, visit: Visit, answer: Exchange | FetchError) -> Visit | None:
        """The address to be asked next, where a robots.txt stands behind a redirect to a host of its publisher."""
        if isinstance(answer, FetchError) or answer.status not in REDIRECTS or visit.hops >= MOST_HOPS:
            return None
        try:
            target = location(answer)
        except BadInput:
            return None
        publishers = self.store.get_many(Publisher, [visit.publisher])
        if not any(belongs(target, publisher) for publisher in publishers):
            return None
        further = schedule.first_visit(target, "robots", visit.publisher, "", self.now(), hops=visit.hops + 1)
        return replace(further, due_at=None)

    def learn(self, origin: str, visit: Visit, answer: Exchange | FetchError) -> bool:
        """Takes up the last answer to a robots.txt's address; says whether there are rules now.

        2xx: its rules; 304: those known before; other 3xx and 4xx: none, all is allowed. 429, 5xx and no answer: none
        can be had, and nothing may be asked (RFC 9309, section 2.3.1).
        """
        status = 0 if isinstance(answer, FetchError) else answer.status
        if isinstance(answer, Exchange) and _says_rules(status):
            known = self._held.get(origin) or self._remembered(origin) if status == 304 else None
            rules = known[1] if known else _read(answer)
        elif visit.failures >= GIVEN_UP_AFTER:
            rules = _NOTHING_SAID
        else:
            return False
        if len(self._held) >= _MOST_HELD:
            self._held.clear()
        self._held[origin] = self.now(), rules
        return True

    def _remembered(self, address: str) -> tuple[datetime, Robots] | None:
        for visit in self.store.get_many(Visit, [address_id(address)]):
            if visit.asked_at is None or not _says_rules(visit.status) or visit.status in REDIRECTS:
                return None
            if visit.status in GONE:
                return visit.asked_at, _NOTHING_SAID
            for card in self.store.get_many(Capture, [visit.capture]):
                try:
                    return visit.asked_at, _read(self.captures.read(card.place))
                except CaptureError:
                    return None
        return None


def _says_rules(status: int) -> bool:
    return 200 <= status < 500 and status != 429


def _read(answer: Exchange) -> Robots:
    body, _ = payload.unpack(answer.body, payload.header(answer.head, "content-encoding"))
    return Robots(body, 404 if answer.status == 304 else answer.status)
