"""Attention over time: what a question finds by period, beside all that was published and what is known to be
missing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from rawi.core import attention
from rawi.core import query as queries
from rawi.core.attention import MOST_PERIODS, Attention, Counted, PerDay, Period, Watch
from rawi.errors import BadInput
from rawi.jobs import health
from rawi.jobs.index import follower
from rawi.jobs.search import asked_for, day_of
from rawi.model import And, Day, Days, Is, Node, Not, Or, Query
from rawi.ports import Index, Store

MOST_LINES = 6
"""Publishers that have a line of their own; the others are summed."""

MOST_WATCHED = 50
"""Publishers whose gaps are looked at: those with most articles found."""

OTHERS = "*"
"""Stands for the publishers that have no line of their own."""

By = Literal["", "publisher"]
Asked = Period | Literal["auto"]

Totals = Callable[[str], PerDay]
"""Per day, all articles of a publisher; of the archive for "". Who asks often keeps them: counting takes a while."""

WatchOf = Callable[[str], Watch | None]
"""What is known of the days of a publisher; None when it was never asked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attended:
    """The attention to a question."""

    attention: Attention
    """Its lines are publishers with `by="publisher"`, with `OTHERS` last; else there is one."""
    total: int
    """Articles found, those without a day included unless days were asked for."""
    undated: int
    """Articles found whose day is not known: they are in no line."""
    understood: str
    incomplete: bool
    """Whether the index is still behind the archive."""
    is_partial: bool
    """Whether the time ran out: then there are no lines."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question as it is put to an index."""

    query: Query
    """As it was understood."""
    root: Node
    """With the days that were asked for besides."""
    since: date | None
    until: date | None
    """The days that it restricts itself to."""


def question(
    asked: str,
    *,
    since: date | None = None,
    until: date | None = None,
    language: str = "en",
    exact: bool = False,
    names: bool = True,
) -> Question:
    """Understands a question and the days that are asked for besides; QueryError when it cannot be understood."""
    if since and until and since > until:
        raise BadInput(f"{since} is later than {until}: give the earlier day first")
    query = asked_for(asked, language, exact=exact, names=names)
    root = query.root
    if since or until:
        root = And((root, Days(_number(since), _number(until))))
    from_query, to_query = attention.days_asked(query.root)
    return Question(
        query=query,
        root=root,
        since=max(filter(None, (since, from_query)), default=None),
        until=min(filter(None, (until, to_query)), default=None),
    )


def attend(
    asked: Question,
    *,
    store: Store,
    index: Index,
    totals: Totals,
    watch_of: WatchOf,
    today: date,
    by: By = "",
    period: Asked = "auto",
    most: int = MOST_PERIODS,
    seconds: float | None = None,
) -> Attended:
    """The attention to a question, of all publishers together or of those that have most of it."""
    whole = Query(root=asked.root, limit=0, facets=("publisher",), per_day=True, seconds=seconds)
    found = index.search(whole)
    days = [(day_of(day), articles) for day, articles in found.days]
    publishers = [publisher for publisher, _ in found.facets["publisher"]]
    is_partial = found.is_partial
    if by and publishers:
        lines, is_cut = _by_publisher(publishers, days, whole, index, totals, watch_of)
        is_partial |= is_cut
    else:
        lines = [line_of(asked.root, "", days, publishers, totals, watch_of)]
    since, until = bounds(asked, totals, today)
    return Attended(
        attention=attention.series(
            [] if is_partial else lines, today=today, period=period, since=since, until=until, most=most
        ),
        total=found.total,
        undated=0 if is_partial else found.total - sum(articles for _, articles in days),
        understood=queries.understood(asked.query),
        incomplete=store.cursor(follower(index)) < store.head(),
        is_partial=is_partial,
    )


def line_of(root: Node, key: str, days: PerDay, publishers: list[str], totals: Totals, watch_of: WatchOf) -> Counted:
    """One line for all that a question finds: a share of what the publishers put out that it asks for, else of all."""
    asked = attention.publishers_asked(root)
    everything = attention.summed([totals(publisher) for publisher in asked]) if asked else totals("")
    watches = [watch_of(publisher) for publisher in list(asked or publishers)[:MOST_WATCHED]]
    return Counted(key=key, days=days, all=everything, watches=tuple(filter(None, watches)))


def _by_publisher(
    publishers: list[str], days: PerDay, whole: Query, index: Index, totals: Totals, watch_of: WatchOf
) -> tuple[list[Counted], bool]:
    """A line for each of the first publishers, one for the others together; and whether the time ran out."""
    named = publishers if len(publishers) <= MOST_LINES else publishers[: MOST_LINES - 1]
    lines, is_cut = [], False
    for publisher in named:
        found = index.search(replace(whole, root=And((whole.root, Is("publisher", publisher))), facets=()))
        is_cut |= found.is_partial
        counts = [(day_of(day), articles) for day, articles in found.days]
        watches = tuple(filter(None, (watch_of(publisher),)))
        lines.append(Counted(key=publisher, days=counts, all=totals(publisher), watches=watches))
    others = publishers[len(named) :]
    if others:
        asked = attention.publishers_asked(whole.root)
        everything = attention.summed([totals(publisher) for publisher in asked]) if asked else totals("")
        lines.append(
            Counted(
                key=OTHERS,
                days=without(days, lines),
                all=without(everything, [replace(line, days=line.all) for line in lines]),
                watches=tuple(filter(None, map(watch_of, others[:MOST_WATCHED]))),
            )
        )
    return lines, is_cut


def without(days: PerDay, lines: list[Counted]) -> list[tuple[date, int]]:
    """What is left of counts a day when those of lines are taken away."""
    left = dict(days)
    for day, articles in attention.summed([line.days for line in lines]):
        left[day] = left.get(day, 0) - articles
    return [(day, articles) for day, articles in sorted(left.items()) if articles > 0]


def bounds(asked: Question, totals: Totals, today: date) -> tuple[date | None, date | None]:
    """The days that a question restricts itself to, as far as the archive reaches."""
    known = totals("") if asked.since or asked.until else ()
    if not known:
        return None, None
    first, last = known[0][0], max(known[-1][0], today)
    since, until = asked.since and max(asked.since, first), asked.until and min(asked.until, last)
    return (None, None) if since and until and since > until else (since, until)


def per_day(publisher: str, *, index: Index) -> list[tuple[date, int]]:
    """What the index has of a publisher, or with "" of all, by day."""
    root: Query = Query(limit=0, per_day=True)
    found = index.search(replace(root, root=Is("publisher", publisher)) if publisher else root)
    return [(day_of(day), articles) for day, articles in found.days]


def watch(publisher: str, until: date, *, store: Store) -> Watch | None:
    """What is known of the days of a publisher, from the first on which it was asked until a day that is over."""
    first = store.find(Day, publisher=publisher, order="day", limit=1)
    if not first or first[0].day > until:
        return None
    since = first[0].day
    return Watch(
        publisher=publisher, since=since, until=until, gaps=tuple(health.gaps(publisher, since, until, store=store))
    )


def yesterday(today: date) -> date:
    """The last day that is over."""
    return today - timedelta(days=1)


def not_those(root: Node, others: list[Node]) -> Node:
    """What a question finds and none of the others does."""
    return And((root, Not(others[0] if len(others) == 1 else Or(tuple(others))))) if others else root


def _number(day: date | None) -> int | None:
    return day.year * 10_000 + day.month * 100 + day.day if day else None
