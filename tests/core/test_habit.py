"""What is learnt of when a publisher puts out what is new."""

from datetime import UTC, datetime, timedelta

import pytest

from rawi.core import habit
from rawi.core.habit import Habit

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHORTEST, LONGEST = timedelta(minutes=5), DAY


def watched(days: int, per_day: list[datetime], every: timedelta = HOUR) -> Habit:
    """The habit after so many days of asking at an interval, with these times (of the first day) each day."""
    learnt, before = None, None
    start = NOW - days * DAY
    now = start
    while now <= NOW:
        times = [t + n * DAY for n in range(days) for t in per_day if (before or start) < t + n * DAY <= now]
        learnt = habit.learn(learnt, before, now, len(times), times)
        before, now = now, now + every
    assert learnt is not None
    return learnt


def morning() -> Habit:
    first = (NOW - 10 * DAY).replace(hour=6)
    return watched(10, [first + timedelta(minutes=5 * n) for n in range(12)])


def test_a_morning_paper_is_asked_often_in_the_morning_and_rarely_at_night() -> None:
    learnt = morning()
    six, evening = NOW.replace(hour=6), NOW.replace(hour=15)
    assert learnt.next_ask(six, SHORTEST, LONGEST) - six < timedelta(minutes=40)
    assert learnt.next_ask(evening, SHORTEST, LONGEST) - evening > 3 * HOUR


def test_the_wait_ends_with_the_next_burst() -> None:
    evening = NOW.replace(hour=15)
    due = morning().next_ask(evening, SHORTEST, LONGEST)
    assert due < evening + LONGEST
    assert due <= (evening + DAY).replace(hour=7)


def test_rates_are_those_of_what_was_seen() -> None:
    rates = morning().rates()
    assert sum(rates) == pytest.approx(12, rel=0.25)
    assert max(range(24), key=rates.__getitem__) == 6
    assert rates[18] < 0.2


def test_no_more_is_awaited_than_a_feed_can_hold() -> None:
    busy = Habit(NOW, (1000.0,) * 24, (10.0,) * 24)
    assert busy.next_ask(NOW, timedelta(0), LONGEST) - NOW == pytest.approx(
        habit.MOST_EXPECTED / 100 * HOUR, abs=timedelta(seconds=1)
    )


def test_the_bounds_are_kept() -> None:
    busy = Habit(NOW, (1e6,) * 24, (1.0,) * 24)
    dead = Habit(NOW, (0.0,) * 24, (100.0,) * 24)
    assert busy.next_ask(NOW, SHORTEST, LONGEST) == NOW + SHORTEST
    assert dead.next_ask(NOW, SHORTEST, LONGEST) == NOW + LONGEST


def test_what_a_feed_holds_when_first_seen_tells_its_rate() -> None:
    times = [NOW - n * 2 * HOUR for n in range(20)]
    learnt = habit.learn(None, None, NOW, 20, times)
    assert learnt is not None
    assert sum(learnt.rates()) == pytest.approx(12, rel=0.3)


def test_a_first_look_without_times_teaches_nothing() -> None:
    assert habit.learn(None, None, NOW, 20, []) is None


def test_links_without_a_time_count_evenly_since_the_last_ask() -> None:
    first = habit.learn(None, None, NOW, 1, [NOW - HOUR])
    learnt = habit.learn(first, NOW, NOW + 4 * HOUR, 8, [])
    assert learnt is not None
    assert [round(learnt.seen[hour], 1) for hour in range(12, 16)] == [2.0] * 4


def test_old_articles_put_into_a_feed_are_no_news() -> None:
    first = habit.learn(None, None, NOW, 1, [NOW - HOUR])
    learnt = habit.learn(first, NOW, NOW + HOUR, 3, [NOW - 5 * DAY] * 3)
    assert learnt is not None
    assert first is not None
    assert sum(learnt.seen) < sum(first.seen) + 0.01


def test_a_habit_that_ended_is_forgotten() -> None:
    learnt = Habit(NOW, (10.0,) * 24, (10.0,) * 24)
    before = sum(learnt.rates())
    now = NOW
    for _ in range(60):
        learnt = habit.learn(learnt, now, now + DAY, 0, []) or learnt
        now += DAY
    assert sum(learnt.rates()) < before / 10


def test_a_clock_that_went_back_changes_nothing() -> None:
    learnt = Habit(NOW, (1.0,) * 24, (1.0,) * 24)
    assert habit.learn(learnt, NOW, NOW - DAY, 3, [NOW]) == learnt


def test_what_is_written_is_read_back() -> None:
    learnt = morning()
    again = habit.parse(habit.write(learnt))
    assert again is not None
    assert again.rates() == pytest.approx(learnt.rates(), rel=0.02)
    assert habit.write(None) == ""
    assert len(habit.write(learnt)) < 400


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "1",
        "1 5",
        "2 5 " + "1 " * 48,
        "1 5 " + "1 " * 47 + "nan",
        "1 5 " + "1 " * 47 + "-1",
        "1 a " + "1 " * 47 + "1",
    ],
)
def test_what_was_not_written_here_is_no_habit(text: str) -> None:
    assert habit.parse(text) is None
