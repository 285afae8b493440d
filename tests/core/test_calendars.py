"""Days of other calendars."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core.calendars import from_hijri, from_persian, is_american_summer


@pytest.mark.parametrize(
    ("hijri", "expected"),
    [
        ((1318, 1, 1), date(1900, 4, 30)),
        ((1400, 1, 1), date(1979, 11, 21)),
        ((1437, 1, 1), date(2015, 10, 14)),
        ((1442, 9, 1), date(2021, 4, 13)),
        ((1500, 12, 30), date(2077, 11, 16)),
        ((1300, 1, 1), date(1882, 11, 12)),
    ],
)
def test_days_of_the_hijra(hijri: tuple[int, int, int], expected: date) -> None:
    assert from_hijri(*hijri) == expected


@pytest.mark.parametrize(
    ("persian", "expected"),
    [
        ((1394, 7, 10), date(2015, 10, 2)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1404, 1, 1), date(2025, 3, 21)),
    ],
)
def test_days_of_iran(persian: tuple[int, int, int], expected: date) -> None:
    assert from_persian(*persian) == expected


@pytest.mark.parametrize("parts", [(1437, 0, 1), (1437, 13, 1), (1437, 1, 0), (1437, 1, 31), (1437, 2, 30)])
def test_no_such_day_of_the_hijra(parts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="month"):
        from_hijri(*parts)


@given(st.integers(1318, 1499), st.integers(1, 12))
def test_months_follow_each_other(year: int, month: int) -> None:
    following = from_hijri(year, month + 1, 1) if month < 12 else from_hijri(year + 1, 1, 1)
    assert following - from_hijri(year, month, 1) in (timedelta(days=29), timedelta(days=30))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 3, 13), False),
        (date(2021, 3, 14), True),
        (date(2021, 11, 6), True),
        (date(2021, 11, 7), False),
        (date(2006, 4, 1), False),
        (date(2006, 4, 2), True),
        (date(2006, 10, 29), False),
    ],
)
def test_american_summers(day: date, expected: bool) -> None:
    assert is_american_summer(day) is expected


@pytest.mark.parametrize("calendar", [from_hijri, from_persian])
@pytest.mark.parametrize("year", [1200, 1290, 1299, 1300, 1316, 1399, 1400, 1403, 1404])
def test_each_day_of_a_year_is_another_and_none_is_left_out(calendar: Callable[..., date], year: int) -> None:
    days = []
    for month in range(1, 13):
        for day in range(1, 32):
            with suppress(ValueError):
                days.append(calendar(year, month, day))
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert calendar(year + 1, 1, 1) - days[-1] == timedelta(days=1)
