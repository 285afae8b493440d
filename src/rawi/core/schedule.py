"""When an address is to be asked again, and when a host may be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from rawi.core import habit
from rawi.core.urls import host_of
from rawi.model import Purpose, Visit, address_id

DAY = timedelta(days=1)
WEEK = timedelta(days=7)

LONGEST_PAUSE = DAY
"""However often a feed fails, it is asked once a day: publishers come back. No host rests longer, whatever it says."""

MOST_FAILURES = 6
"""An article or picture that gave no answer so often in a row is given up."""

_FIRST_REST = timedelta(minutes=1)
_FIRST_UNREACHABLE = timedelta(minutes=5)
_FOR_GOOD = (410, 451)
_SPREAD = 0.1
"""By how much of it an interval differs from one address to another: 5,000 feeds must not fall on one second."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How often to ask."""

    feed: timedelta
    """Between two visits of a feed whose habit is not known yet, and after its first failure."""
    shortest: timedelta
    """Between two visits of a feed, at least."""
    longest: timedelta
    """Between two visits of a feed, at most."""
    revisits: tuple[timedelta, ...]
    """After which times, counted from its first capture, an article is asked again for revisions."""


def first_visit(url: str, purpose: Purpose, publisher: str, feed: str, due_at: datetime, hops: int = 0) -> Visit:
    """The notebook's first line on an address in canonical form; `hops` redirects led to it."""
    return Visit(
        id=address_id(url),
        url=url,
        purpose=purpose,
        publisher=publisher,
        feed=feed,
        due_at=due_at,
        asked_at=None,
        status=0,
        etag="",
        last_modified="",
        digest="",
        visits=0,
        failures=0,
        host=host_of(url),
        hops=hops,
        capture="",
        habit="",
    )


def answered(
    visit: Visit,
    now: datetime,
    *,
    pace: Pace,
    status: int,
    etag: str,
    last_modified: str,
    digest: str,
    capture: str = "",
    found: int = 0,
    times: Sequence[datetime] = (),
) -> Visit:
    """The notebook after an answer that could be used (2xx, 304).

    Validators, digest and capture are those of a whole body, else empty, and what was known before stays. `found` is
    how many new links a feed had, and `times` when those were published that say it.
    """
    learnt = habit.parse(visit.habit)
    if visit.purpose == "feed":
        learnt = habit.learn(learnt, visit.asked_at if visit.visits else None, now, found, times)
    return replace(
        visit,
        due_at=_next(visit, now, pace, learnt),
        asked_at=now,
        status=status,
        etag=etag or visit.etag,
        last_modified=last_modified or visit.last_modified,
        digest=digest or visit.digest,
        capture=capture or visit.capture,
        visits=visit.visits + 1,
        failures=0,
        habit=habit.write(learnt),
    )


def failed(visit: Visit, now: datetime, *, pace: Pace, status: int = 0) -> Visit:
    """The notebook after no answer, or one that says to come again: twice as long each time, a day at most."""
    failures = visit.failures + 1
    give_up = visit.purpose != "feed" and failures >= MOST_FAILURES
    due_at = None if give_up or visit.purpose == "robots" else now + _doubled(pace.feed, visit.failures)
    return replace(visit, due_at=due_at, asked_at=now, status=status, failures=failures)


def gone(visit: Visit, now: datetime, *, pace: Pace, status: int) -> Visit:
    """The notebook after an answer that there is nothing, or nothing for us (401, 403, 404, 410, 451).

    A feed is asked once a day. An article that was had before is asked at its next revisit, unless it is gone for good
    (410, 451): removed articles come back. What was never had is asked in a day and in a week, then no more.
    """
    after = replace(visit, asked_at=now, status=status, failures=visit.failures + 1)
    if visit.purpose == "feed":
        return replace(after, due_at=now + DAY)
    if visit.purpose == "robots" or status in _FOR_GOOD:
        return replace(after, due_at=None)
    if visit.purpose == "article" and visit.visits:
        # It counts as a visit of the ladder, which ends.
        return replace(after, due_at=_next_revisit(visit.visits, now, pace.revisits), visits=visit.visits + 1)
    waits = (DAY, WEEK)
    return replace(after, due_at=now + waits[visit.failures] if visit.failures < len(waits) else None)


def ended(visit: Visit, now: datetime, *, status: int) -> Visit:
    """The notebook after what settles an address (refused, blocked, moved): feeds are tried again in a day."""
    due = now + DAY if visit.purpose == "feed" else None
    return replace(visit, due_at=due, asked_at=now, status=status, failures=visit.failures + 1)


# ---------------------------------------------------------------------------------------------- hosts


def rest_until(now: datetime, retry_after: str, failures: int) -> datetime:
    """Until when a host rests that answered 429 or 503, for the (failures + 1)th time in a row.

    Never earlier than its Retry-After says (RFC 9110, section 10.2.3: seconds, or a date), but a day at most. One that
    says nothing that can be used rests a minute, and twice as long each time.
    """
    own = now + _doubled(_FIRST_REST, failures)
    told = _told(now, retry_after.strip())
    return min(max(told, now), now + LONGEST_PAUSE) if told and told > now else own


def unreachable(now: datetime, failures: int) -> datetime:
    """Until when a host rests that cannot be reached: five minutes, and twice as long each time, a day at most."""
    return now + _doubled(_FIRST_UNREACHABLE, failures)


def _told(now: datetime, retry_after: str) -> datetime | None:
    """The time that a Retry-After means; None when it means none."""
    if retry_after.isascii() and retry_after.isdigit():
        return now + min(timedelta(seconds=min(int(retry_after[:12]), 10**9)), LONGEST_PAUSE)
    try:
        told = parsedate_to_datetime(retry_after)
    except (ValueError, IndexError, TypeError):
        return None
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told


def _doubled(first: timedelta, failures: int) -> timedelta:
    return min(first * (1 << min(failures, 16)), LONGEST_PAUSE)


# ------------------------------------------------------------------------------------------ addresses


def _next(visit: Visit, now: datetime, pace: Pace, learnt: habit.Habit | None) -> datetime | None:
    if visit.purpose == "feed":
        due = learnt.next_ask(now, pace.shortest, pace.longest) if learnt else now + pace.feed
        return now + max(_spread(due - now, visit.id), pace.shortest)
    if visit.purpose == "article":
        return _next_revisit(visit.visits, now, pace.revisits)
    return None


def _spread(wait: timedelta, id: str) -> timedelta:
    """An interval, or a little less of it: how much depends on the address alone."""
    return wait * (1 - _SPREAD * int(id[:4], 16) / 0xFFFF)


def _next_revisit(visits: int, now: datetime, revisits: Sequence[timedelta]) -> datetime | None:
    """The revisits are counted from the first capture; from one to the next it is the difference that counts, so that
    one that came late does not bring the next ones all at once."""
    if visits >= len(revisits):
        return None
    before = revisits[visits - 1] if visits else timedelta(0)
    return now + revisits[visits] - before
