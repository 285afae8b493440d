"""When an address is to be asked again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rawi.model import Purpose, Visit, address_id

LONGEST_PAUSE = timedelta(days=1)
"""However often a feed fails, it is asked once a day: publishers come back."""

MOST_FAILURES = 6
"""An article or picture that gave no answer so often in a row is given up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How often to ask."""

    feed: timedelta
    """Between two visits of a feed."""
    revisits: tuple[timedelta, ...]
    """After which times, counted from its first capture, an article is asked again for revisions."""


def first_visit(url: str, purpose: Purpose, publisher: str, feed: str, due_at: datetime) -> Visit:
    """The notebook's first line on an address."""
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
    )


def answered(
    visit: Visit, now: datetime, *, pace: Pace, status: int, etag: str, last_modified: str, digest: str
) -> Visit:
    """The notebook after an answer that could be used (2xx, 304)."""
    return replace(
        visit,
        due_at=_next(visit, now, pace),
        asked_at=now,
        status=status,
        etag=etag or visit.etag,
        last_modified=last_modified or visit.last_modified,
        digest=digest or visit.digest,
        visits=visit.visits + 1,
        failures=0,
    )


def failed(visit: Visit, now: datetime, *, pace: Pace, status: int = 0) -> Visit:
    """The notebook after no answer, or one that says to come again: twice as long each time, a day at most."""
    failures = visit.failures + 1
    wait = min(pace.feed * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
    give_up = visit.purpose != "feed" and failures >= MOST_FAILURES
    return replace(visit, due_at=None if give_up else now + wait, asked_at=now, status=status, failures=failures)


def ended(visit: Visit, now: datetime, *, status: int) -> Visit:
    """The notebook after an answer that settles it (gone, refused, moved): feeds are tried again in a day."""
    due = now + LONGEST_PAUSE if visit.purpose == "feed" else None
    return replace(visit, due_at=due, asked_at=now, status=status, failures=visit.failures + 1)


def _next(visit: Visit, now: datetime, pace: Pace) -> datetime | None:
    if visit.purpose == "feed":
        return now + pace.feed
    if visit.purpose == "article":
        return _next_revisit(visit.visits, now, pace.revisits)
    return None


def _next_revisit(visits: int, now: datetime, revisits: Sequence[timedelta]) -> datetime | None:
    """The revisits are counted from the first capture; from one to the next it is the difference that counts."""
    if visits >= len(revisits):
        return None
    before = revisits[visits - 1] if visits else timedelta(0)
    return now + revisits[visits] - before
