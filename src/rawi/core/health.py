"""How a publisher's gathering goes: when it last answered, whether it is silent longer than it usually is, and on which
days it was silent or could not be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from rawi.model import Day

Gap = Literal["silent", "unreachable", "not asked"]

WATCHED = timedelta(days=60)
"""How far back a habit is looked for."""

_LEAST_SILENCE = timedelta(hours=6)
_MORE_THAN_USUAL = 1.5
_ERRORS_OF = timedelta(days=7)
_WEEKS = 8
_LEAST_EXPECTED = 3.0
"""New links that a day's habit must promise before their absence is called silence."""
_LEAST_ANSWERED = 0.2


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """How the gathering of one publisher goes, at one moment."""

    last_new_at: datetime | None
    """When its last new link was found."""
    usual_silence: timedelta | None
    """Between two finds, in nineteen of twenty cases, and half as much again; None when not known."""
    is_silent: bool
    """Whether it has been silent for longer than that."""
    error_rate: float | None
    """Share of what was asked in the last seven days that got no usable answer; None when nothing was asked."""
    undated_share: float | None
    """Share of its articles that have no day of publication; None when it has no articles."""


def health(days: Sequence[Day], found_at: Sequence[datetime], *, articles: int, undated: int, now: datetime) -> Health:
    """The health of a publisher from its days, the times at which its links were found (any order), and how many of
    its articles have no day."""
    times = sorted(time for time in set(found_at) if time <= now)
    usual = _usual_silence([time for time in times if time >= now - WATCHED])
    recent = [day for day in days if day.day > (now - _ERRORS_OF).date()]
    asked = sum(day.asked for day in recent)
    last = times[-1] if times else None
    return Health(
        last_new_at=last,
        usual_silence=usual,
        is_silent=bool(last and usual and now - last > usual),
        error_rate=sum(day.failed for day in recent) / asked if asked else None,
        undated_share=undated / articles if articles else None,
    )


def _usual_silence(times: Sequence[datetime]) -> timedelta | None:
    gaps = sorted(later - earlier for earlier, later in pairwise(times))
    if len(gaps) < 5:
        return None
    return max(gaps[int(0.95 * (len(gaps) - 1))] * _MORE_THAN_USUAL, _LEAST_SILENCE)


def gaps(days: Sequence[Day], since: date, until: date) -> list[tuple[date, Gap]]:
    """The days from `since` to `until`, both included, on which nothing can be concluded from an absence of articles.

    "not asked": nobody asked the publisher; "unreachable": it gave hardly any usable answer; "silent": it answered, and
    nothing was new although its habit on that weekday promises something.
    """
    totals = _totals(days)
    found: list[tuple[date, Gap]] = []
    day = since
    while day <= until:
        if (gap := _gap(day, totals)) is not None:
            found.append((day, gap))
        day += timedelta(days=1)
    return found


def _gap(day: date, totals: dict[date, tuple[int, int, int]]) -> Gap | None:
    asked, answered, found = totals.get(day, (0, 0, 0))
    if not asked:
        return "not asked"
    if answered < _LEAST_ANSWERED * asked:
        return "unreachable"
    return "silent" if not found and _expected(day, totals) >= _LEAST_EXPECTED else None


def _expected(day: date, totals: dict[date, tuple[int, int, int]]) -> float:
    """New links that the same weekday brought on average, in the weeks before it."""
    before = [totals.get(day - timedelta(weeks=week), (0, 0, 0)) for week in range(1, _WEEKS + 1)]
    found = [new for asked, answered, new in before if asked and answered >= _LEAST_ANSWERED * asked]
    return sum(found) / len(found) if found else 0.0


def _totals(days: Sequence[Day]) -> dict[date, tuple[int, int, int]]:
    """Asked, answered and found by day, over all hosts."""
    totals: dict[date, tuple[int, int, int]] = {}
    for day in days:
        asked, answered, found = totals.get(day.day, (0, 0, 0))
        totals[day.day] = asked + day.asked, answered + day.answered, found + day.found
    return totals
