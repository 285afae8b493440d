"""How a publisher's gathering goes."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rawi.core import health
from rawi.core.health import Gap
from rawi.model import Day

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
HOUR, ONE_DAY = timedelta(hours=1), timedelta(days=1)


def day(on: date, asked: int = 10, answered: int = 10, found: int = 5, host: str = "a.example") -> Day:
    return Day(
        id=f"{on}{host}",
        publisher="a.example",
        host=host,
        day=on,
        asked=asked,
        answered=answered,
        failed=asked - answered,
        found=found,
    )


def of(days: list[Day], found_at: list[datetime], articles: int = 0, undated: int = 0) -> health.Health:
    return health.health(days, found_at, articles=articles, undated=undated, now=NOW)


def test_of_a_publisher_never_gathered_nothing_is_said() -> None:
    found = of([], [])
    assert (found.last_new_at, found.usual_silence, found.is_silent) == (None, None, False)
    assert (found.error_rate, found.undated_share) == (None, None)


@pytest.mark.parametrize(("silent_for", "is_silent"), [(5, False), (11, False), (13, True), (48, True)])
def test_silence_is_measured_by_habit(silent_for: int, is_silent: bool) -> None:
    times = [NOW - silent_for * HOUR - n * 8 * HOUR for n in range(50)]
    found = of([], times)
    assert found.usual_silence == 12 * HOUR
    assert found.is_silent == is_silent
    assert found.last_new_at == NOW - silent_for * HOUR


def test_one_long_holiday_is_no_habit_and_a_busy_agency_may_sleep() -> None:
    times = [NOW - n * HOUR / 4 for n in range(400)] + [NOW - 20 * ONE_DAY]
    assert of([], times).usual_silence == 6 * HOUR


def test_few_finds_make_no_habit() -> None:
    assert of([], [NOW - n * ONE_DAY for n in range(3)]).usual_silence is None


def test_errors_are_those_of_a_week() -> None:
    days = [day(NOW.date() - n * ONE_DAY, asked=10, answered=9 if n < 7 else 0) for n in range(30)]
    assert of(days, []).error_rate == pytest.approx(0.1)


def test_the_share_without_a_date() -> None:
    assert of([], [], articles=8, undated=2).undated_share == 0.25


def told(days: list[Day]) -> list[tuple[int, Gap]]:
    return [(on.day, gap) for on, gap in health.gaps(days, date(2026, 3, 1), date(2026, 3, 4))]


def weeks_before(found: int) -> list[Day]:
    return [day(date(2026, 3, 4) - n * ONE_DAY, found=found) for n in range(4, 60)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([day(date(2026, 3, n)) for n in (1, 2, 3, 4)], []),
        ([day(date(2026, 3, n)) for n in (1, 2, 4)], [(3, "not asked")]),
        ([day(date(2026, 3, n), answered=1 if n == 2 else 10) for n in (1, 2, 3, 4)], [(2, "unreachable")]),
        ([day(date(2026, 3, n), found=0 if n == 4 else 1) for n in (1, 2, 3, 4)], [(4, "silent")]),
    ],
)
def test_gaps_are_told_apart(days: list[Day], expected: list[tuple[int, Gap]]) -> None:
    assert told(days + weeks_before(5)) == expected


def test_who_says_little_is_not_called_silent() -> None:
    days = [day(date(2026, 3, n), found=0) for n in (1, 2, 3, 4)]
    assert told(days + weeks_before(2)) == []
    assert told(days) == []


def test_a_weekday_is_measured_by_its_own_kind() -> None:
    """Nothing on a Sunday, as on every Sunday."""
    before = [
        day(on, found=0 if on.weekday() == 6 else 20) for on in (date(2026, 2, 28) - n * ONE_DAY for n in range(60))
    ]
    days = [day(date(2026, 3, n), found=0) for n in (1, 2, 3, 4)]
    assert told(days + before) == [(2, "silent"), (3, "silent"), (4, "silent")]


def test_a_day_is_the_sum_of_its_hosts() -> None:
    days = [day(date(2026, 3, n)) for n in (1, 2, 3, 4)]
    days += [day(date(2026, 3, n), answered=0, found=0, host="b.example") for n in (1, 2, 3, 4)]
    assert told(days) == []
