from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import query as queries
from rawi.core.attention import (
    MOST_PERIODS,
    PERIODS,
    Attention,
    Counted,
    Period,
    Watch,
    days_asked,
    end,
    fitting,
    publishers_asked,
    series,
    start,
    summed,
)

TODAY = date(2026, 6, 15)


def line(*days: tuple[date, int], all: tuple[tuple[date, int], ...] = (), watches: tuple[Watch, ...] = ()) -> Counted:
    return Counted(key="a", days=days, all=all or days, watches=watches)


def articles(found: Attention, at: int = 0) -> list[int]:
    return [point.articles for point in found.lines[at].points]


@pytest.mark.parametrize(
    ("day", "period", "first", "last"),
    [
        (date(2026, 1, 1), "week", date(2025, 12, 29), date(2026, 1, 4)),
        (date(2024, 12, 30), "week", date(2024, 12, 30), date(2025, 1, 5)),
        (date(2023, 1, 1), "week", date(2022, 12, 26), date(2023, 1, 1)),
        (date(2024, 2, 10), "month", date(2024, 2, 1), date(2024, 2, 29)),
        (date(2023, 2, 10), "month", date(2023, 2, 1), date(2023, 2, 28)),
        (date(2023, 4, 30), "month", date(2023, 4, 1), date(2023, 4, 30)),
        (date(2023, 12, 31), "month", date(2023, 12, 1), date(2023, 12, 31)),
        (date(2023, 12, 31), "year", date(2023, 1, 1), date(2023, 12, 31)),
        (date(2023, 12, 31), "day", date(2023, 12, 31), date(2023, 12, 31)),
        (date.min, "week", date.min, date(1, 1, 7)),
        (date.max, "week", date(9999, 12, 27), date.max),
        (date.max, "month", date(9999, 12, 1), date.max),
        (date.max, "year", date(9999, 1, 1), date.max),
    ],
)
def test_periods_begin_and_end(day: date, period: Period, first: date, last: date) -> None:
    assert (start(day, period), end(day, period)) == (first, last)


@given(st.dates(), st.sampled_from(PERIODS))
def test_a_day_is_in_its_period(day: date, period: Period) -> None:
    first, last = start(day, period), end(day, period)
    assert first <= day <= last
    assert start(last, period) == first
    assert end(first, period) == last


def test_weeks_over_new_year_are_one_week() -> None:
    found = series(
        [line((date(2025, 12, 31), 2), (date(2026, 1, 1), 3), (date(2026, 1, 5), 4))], period="week", today=TODAY
    )
    assert [slot.first for slot in found.slots] == [date(2025, 12, 29), date(2026, 1, 5)]
    assert articles(found) == [5, 4]


def test_empty_periods_are_filled() -> None:
    found = series([line((date(2026, 1, 31), 2), (date(2026, 4, 1), 3))], period="month", today=TODAY)
    assert articles(found) == [2, 0, 0, 3]
    assert [slot.first.month for slot in found.slots] == [1, 2, 3, 4]


@pytest.mark.parametrize("period", ["auto", *PERIODS])
def test_nothing_found_is_no_axis(period: Period) -> None:
    for counted in ([], [line()], [line(all=((date(2026, 1, 1), 5),))], [line((date(2026, 1, 1), 0))]):
        found = series(counted, period=period, today=TODAY)
        assert found.slots == ()
        assert all(one.points == () for one in found.lines)
        assert len(found.lines) == len(counted)


def test_one_day_is_one_point() -> None:
    day = date(2026, 2, 3)
    for period in PERIODS:
        found = series([line((day, 7), all=((day, 14),))], period=period, today=TODAY)
        assert articles(found) == [7]
        assert found.lines[0].points[0].share == 0.5
    assert series([line((day, 7))], today=TODAY).period == "day"


@pytest.mark.parametrize(
    ("days", "period"),
    [(1, "day"), (62, "day"), (63, "week"), (371, "week"), (372, "month"), (3660, "month"), (3661, "year")],
)
def test_the_period_suits_the_span(days: int, period: Period) -> None:
    first = date(2010, 1, 4)
    assert fitting(first, first + timedelta(days=days - 1)) == period


def test_a_period_that_makes_too_many_points_is_made_longer() -> None:
    first, last = date(2000, 1, 1), date(2019, 12, 31)
    assert [fitting(first, last, "day", most) for most in (8000, 2000, 240, 239, 1)] == [
        "day",
        "week",
        "month",
        "year",
        "year",
    ]


def test_of_too_many_years_the_last_are_told() -> None:
    found = series([line((date(1066, 10, 14), 1), (date(2026, 1, 1), 2))], today=TODAY, most=10)
    assert len(found.slots) == 10
    assert (found.earlier, articles(found)[-1]) == (1, 2)
    far = series([line((date.min, 1), (date.max, 2))], today=TODAY)
    assert len(far.slots) == 9999 <= MOST_PERIODS


def test_what_lies_outside_of_the_days_asked_for_is_not_counted() -> None:
    days = line(*((date(2026, 1, 1) + timedelta(days=n), 1) for n in range(60)))
    found = series([days], period="month", since=date(2026, 1, 30), until=date(2026, 2, 3), today=TODAY)
    assert articles(found) == [2, 3]
    assert [slot.is_incomplete for slot in found.slots] == [True, True]


def test_the_axis_reaches_as_far_as_was_asked() -> None:
    found = series(
        [line((date(2026, 2, 3), 1))], period="month", since=date(2026, 1, 1), until=date(2026, 3, 31), today=TODAY
    )
    assert articles(found) == [0, 1, 0]
    assert not any(slot.is_incomplete for slot in found.slots)


def test_a_period_that_is_not_over_is_marked() -> None:
    found = series(
        [line((date(2026, 5, 1), 9), (date(2026, 6, 14), 1))],
        period="month",
        since=date(2026, 5, 1),
        until=date(2026, 6, 30),
        today=TODAY,
    )
    assert [slot.is_incomplete for slot in found.slots] == [False, True]


def test_a_period_is_told_whole_where_no_day_was_asked_for() -> None:
    counted = line((date(2026, 1, 15), 1), all=((date(2026, 1, 1), 4), (date(2026, 1, 15), 1), (date(2026, 1, 31), 5)))
    found = series([counted], period="month", today=TODAY)
    assert found.lines[0].points[0].all == 10
    assert not found.slots[0].is_incomplete


def test_a_share_of_nothing_is_unknown() -> None:
    found = series(
        [line((date(2026, 1, 1), 1), (date(2026, 1, 3), 1), all=((date(2026, 1, 1), 4),))], period="day", today=TODAY
    )
    assert [point.share for point in found.lines[0].points] == [0.25, None, None]


def test_gaps_are_counted_where_they_are_known() -> None:
    watch = Watch(
        publisher="a",
        since=date(2026, 1, 10),
        until=date(2026, 2, 10),
        gaps=(
            (date(2026, 1, 12), "silent"),
            (date(2026, 1, 13), "unreachable"),
            (date(2026, 2, 1), "not asked"),
            (date(2026, 3, 1), "silent"),
        ),
    )
    counted = line((date(2026, 1, 1), 1), (date(2026, 3, 31), 1), watches=(watch, replace(watch, publisher="b")))
    found = series([counted, counted], period="month", today=TODAY)
    january, february, march = (point.missing for point in found.lines[0].points)
    assert (january.known, january.silent, january.unreachable, january.not_asked) == (44, 2, 2, 0)
    assert (february.known, february.not_asked, february.total) == (20, 2, 2)
    assert february.share == 0.1
    assert (march.known, march.total, march.share) == (0, 0, 0.0)
    assert found.missing == tuple(point.missing for point in found.lines[0].points)  # each publisher once
    assert found.is_watched


def test_without_watches_nothing_is_known_of_gaps() -> None:
    assert not series([line((date(2026, 1, 1), 1))], today=TODAY).is_watched


DAYS = st.dictionaries(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 50), max_size=30)


@given(DAYS, DAYS, st.sampled_from(["auto", *PERIODS]))
def test_no_article_is_lost_and_no_period_left_out(
    one: dict[date, int], other: dict[date, int], period: Period
) -> None:
    lines = [Counted(key=key, days=sorted(days.items()), all=()) for key, days in (("1", one), ("2", other))]
    found = series(lines, period=period, today=TODAY)
    assert [line.articles for line in found.lines] == [sum(one.values()), sum(other.values())]
    for before, after in zip(found.slots, found.slots[1:], strict=False):
        assert after.first == before.last + timedelta(days=1)
    assert dict(summed([line.days for line in lines])) == {
        day: one.get(day, 0) + other.get(day, 0) for day in {*one, *other}
    }


@pytest.mark.parametrize(
    ("query", "publishers"),
    [
        ("ferry", ()),
        ("publisher:a.example", ("a.example",)),
        ("ferry publisher:a.example", ("a.example",)),
        ("ferry (publisher:b.example OR publisher:a.example)", ("a.example", "b.example")),
        ("ferry (publisher:a.example OR storm)", ()),
        ("ferry OR publisher:a.example", ()),
        ("-publisher:a.example", ()),
    ],
)
def test_the_publishers_that_a_query_restricts_itself_to(query: str, publishers: tuple[str, ...]) -> None:
    assert publishers_asked(queries.parse(query).root) == publishers


@pytest.mark.parametrize(
    ("query", "since", "until"),
    [
        ("ferry", None, None),
        ("ferry date:2015-10", date(2015, 10, 1), date(2015, 10, 31)),
        ("after:2015 before:2016", date(2015, 1, 1), date(2015, 12, 31)),
        ("date:2015 after:2015-03", date(2015, 3, 1), date(2015, 12, 31)),
        ("ferry OR date:2015", None, None),
    ],
)
def test_the_days_that_a_query_restricts_itself_to(query: str, since: date | None, until: date | None) -> None:
    assert days_asked(queries.parse(query).root) == (since, until)
