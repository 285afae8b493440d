"""Attention over time: from counts a day to series by day, week, month or year on one axis, each with its share of all
that was published, and with what is known to be missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rawi.core.health import Gap
from rawi.model import And, Days, Is, Node, Or

Period = Literal["day", "week", "month", "year"]
"""A week begins on its Monday (ISO 8601)."""

PERIODS: tuple[Period, ...] = ("day", "week", "month", "year")

MOST_PERIODS = 40_000
"""Of a series: more than a century of days. What would have more is told by a longer period."""

_LONGEST_BY: tuple[tuple[int, Period], ...] = ((62, "day"), (371, "week"), (3660, "month"))
"""Up to so many days a span is told by this period, if none is asked for: at most some 120 points."""

PerDay = Sequence[tuple[date, int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """From when until when it is known, day by day, whether a publisher answered; and on which days it did not."""

    publisher: str
    since: date
    until: date
    gaps: tuple[tuple[date, Gap], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """What makes a line: articles by day, all articles by day that they are a share of, the publishers concerned."""

    key: str
    days: PerDay
    all: PerDay
    watches: tuple[Watch, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """Days of publishers on which nothing can be concluded from an absence of articles, among those that are known."""

    known: int = 0
    """One publisher on one day is one."""
    silent: int = 0
    unreachable: int = 0
    not_asked: int = 0

    @property
    def total(self) -> int:
        """All three kinds."""
        return self.silent + self.unreachable + self.not_asked

    @property
    def share(self) -> float:
        """Of the days that are known; 0.0 when none is."""
        return self.total / self.known if self.known else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A line in one period."""

    articles: int
    all: int
    missing: Missing

    @property
    def share(self) -> float | None:
        """Of all articles of the period; None when there are none."""
        return self.articles / self.all if self.all else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One series."""

    key: str
    points: tuple[Point, ...]

    @property
    def articles(self) -> int:
        """In all periods together."""
        return sum(point.articles for point in self.points)


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A period of the axis, from its first day to its last."""

    first: date
    last: date
    is_incomplete: bool
    """Whether only a part of it was asked for, or it is not over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attention:
    """Lines on one axis of time without holes; nothing at all when nothing with a day was found."""

    period: Period
    slots: tuple[Slot, ...] = ()
    lines: tuple[Line, ...] = ()
    missing: tuple[Missing, ...] = ()
    """By period, of all lines together, each publisher once."""
    earlier: int = 0
    """Articles older than the axis, which are left out of it; only where even years would be too many."""

    @property
    def is_watched(self) -> bool:
        """Whether it is known, of any day, who answered."""
        return any(one.known for one in self.missing)


# -------------------------------------------------------------------------------------------- periods


def start(day: date, period: Period) -> date:
    """The first day of the period that a day is in."""
    if period == "week":
        # The first week of the calendar began on a Monday, so that this reaches no further back.
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if period == "year" else day


def end(day: date, period: Period) -> date:
    """The last day of the period that a day is in."""
    first = start(day, period)
    if period == "day":
        return first
    if period == "year":
        return first.replace(month=12, day=31)
    if period == "week":
        return first + timedelta(days=min(6, (date.max - first).days))
    last = 28
    while last < 31 and (first + timedelta(days=last)).month == first.month:
        last += 1
        if first.replace(day=last) == date.max:
            break
    return first.replace(day=last)


def fitting(first: date, last: date, asked: Period | Literal["auto"] = "auto", most: int = MOST_PERIODS) -> Period:
    """The period asked for, or one that suits the span; a longer one where these would be more than `most`."""
    span = (last - first).days + 1
    period = next((period for days, period in _LONGEST_BY if span <= days), "year") if asked == "auto" else asked
    place = PERIODS.index(period)
    while place < len(PERIODS) - 1 and _number(first, last, PERIODS[place]) > most:
        place += 1
    return PERIODS[place]


def _number(first: date, last: date, period: Period) -> int:
    """How many periods there are from one day to another."""
    if period == "year":
        return last.year - first.year + 1
    if period == "month":
        return (last.year - first.year) * 12 + last.month - first.month + 1
    days = (start(last, period) - start(first, period)).days
    return days // (7 if period == "week" else 1) + 1


def _slots(first: date, last: date, period: Period, today: date) -> Iterator[Slot]:
    day = start(first, period)
    while True:
        until = end(day, period)
        yield Slot(first=day, last=until, is_incomplete=day < first or until > last or until >= today)
        if until >= last:
            return
        day = until + timedelta(days=1)


# --------------------------------------------------------------------------------------------- series


def series(
    counted: Sequence[Counted],
    *,
    today: date,
    period: Period | Literal["auto"] = "auto",
    since: date | None = None,
    until: date | None = None,
    most: int = MOST_PERIODS,
) -> Attention:
    """The lines on one axis: from `since`, else the first day on which any of them has an article, to `until`, else
    the last one. What lies outside is not counted. Of too many years the last ones are told."""
    days = [day for one in counted for day, articles in one.days if articles]
    days = [day for day in days if (since or day) <= day <= (until or day)]
    chosen: Period = "day" if period == "auto" else period
    if not days:
        return Attention(period=chosen, lines=tuple(Line(key=one.key, points=()) for one in counted))
    chosen = fitting(since or min(days), until or max(days), period, most)
    # Where no day was asked for, a period is told whole: what it is a share of reaches beyond the articles found.
    first, last = since or start(min(days), chosen), until or end(max(days), chosen)
    cut = first
    if chosen == "year" and last.year - first.year >= most:
        cut = date(last.year - most + 1, 1, 1)
    slots = tuple(_slots(cut, last, chosen, today))
    earlier = sum(articles for one in counted for day, articles in one.days if first <= day < cut)
    lines = tuple(Line(key=one.key, points=tuple(_points(one, slots, chosen, cut, last))) for one in counted)
    watches = {watch.publisher: watch for one in counted for watch in one.watches}
    missing = tuple(_missing(tuple(watches.values()), slots, chosen, cut, last))
    return Attention(period=chosen, slots=slots, lines=lines, missing=missing, earlier=earlier)


def _points(one: Counted, slots: Sequence[Slot], period: Period, first: date, last: date) -> Iterator[Point]:
    articles, everything = (_by_period(days, period, first, last) for days in (one.days, one.all))
    missing = _missing(one.watches, slots, period, first, last)
    for slot, lacking in zip(slots, missing, strict=True):
        yield Point(articles=articles.get(slot.first, 0), all=everything.get(slot.first, 0), missing=lacking)


def _by_period(days: PerDay, period: Period, first: date, last: date) -> dict[date, int]:
    counts: dict[date, int] = {}
    for day, articles in days:
        if first <= day <= last:
            begins = start(day, period)
            counts[begins] = counts.get(begins, 0) + articles
    return counts


def _missing(
    watches: Sequence[Watch], slots: Sequence[Slot], period: Period, first: date, last: date
) -> Iterator[Missing]:
    counts = {slot.first: dict.fromkeys(("known", "silent", "unreachable", "not_asked"), 0) for slot in slots}
    for watch in watches:
        since, until = max(watch.since, first), min(watch.until, last)
        for slot in slots:
            days = (min(slot.last, until) - max(slot.first, since)).days + 1
            counts[slot.first]["known"] += max(0, days)
        for day, gap in watch.gaps:
            if since <= day <= until:
                counts[start(day, period)][gap.replace(" ", "_")] += 1
    return (Missing(**counts[slot.first]) for slot in slots)


def summed(many: Sequence[PerDay]) -> list[tuple[date, int]]:
    """Several counts a day as one, in order."""
    counts: dict[date, int] = {}
    for days in many:
        for day, articles in days:
            counts[day] = counts.get(day, 0) + articles
    return sorted(counts.items())


# ------------------------------------------------------------------------------- what a query asks for


def publishers_asked(root: Node) -> tuple[str, ...]:
    """The publishers that a query restricts itself to, in order; empty when it does to none."""
    found = [ids for node in _conditions(root) if (ids := _only_publishers(node))]
    return tuple(sorted(set.intersection(*map(set, found)))) if found else ()


def _only_publishers(node: Node) -> tuple[str, ...]:
    match node:
        case Is("publisher", value):
            return (value,)
        case Or(nodes):
            each = [_only_publishers(part) for part in nodes]
            return tuple(value for values in each for value in values) if all(each) else ()
        case _:
            return ()


def days_asked(root: Node) -> tuple[date | None, date | None]:
    """The first and the last day that a query restricts itself to; None where it leaves an end open."""
    found = [node for node in _conditions(root) if isinstance(node, Days)]
    since = max((node.since for node in found if node.since is not None), default=None)
    until = min((node.until for node in found if node.until is not None), default=None)
    return _date(since), _date(until)


def _conditions(root: Node) -> tuple[Node, ...]:
    return root.nodes if isinstance(root, And) else (root,)


def _date(number: int | None) -> date | None:
    return date(number // 10_000, number // 100 % 100, number % 100) if number is not None else None
