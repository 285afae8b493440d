"""When an address is due again, and when a host may be asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from rawi.core import schedule
from rawi.core.schedule import Pace
from rawi.model import Visit

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PACE = Pace(feed=15 * MINUTE, shortest=5 * MINUTE, longest=DAY, revisits=(HOUR, 24 * HOUR, 168 * HOUR))
FEED = schedule.first_visit("https://x.example:8080/feed", "feed", "x.example", "f", NOW)
ARTICLE = replace(FEED, purpose="article")


def answered(visit: Visit, now: datetime, found: int = 0, times: tuple[datetime, ...] = ()) -> Visit:
    return schedule.answered(
        visit,
        now,
        pace=PACE,
        status=200,
        etag="e",
        last_modified="",
        digest="d",
        capture="c",
        found=found,
        times=times,
    )


def wait(visit: Visit, now: datetime = NOW) -> timedelta:
    assert visit.due_at is not None
    return visit.due_at - now


def test_a_visit_knows_its_host() -> None:
    assert FEED.host == "x.example:8080"
    assert schedule.first_visit("https://x.example/", "feed", "p", "f", NOW, hops=2).hops == 2


def test_a_feed_of_unknown_habit_is_asked_at_the_pace_that_was_set() -> None:
    assert 0.9 * PACE.feed <= wait(answered(FEED, NOW)) <= PACE.feed


def test_a_feed_is_asked_at_its_publishers_rhythm_within_bounds() -> None:
    busy = answered(FEED, NOW, 30, tuple(NOW - n * MINUTE for n in range(30)))
    slow = answered(FEED, NOW, 10, tuple(NOW - n * DAY for n in range(10)))
    assert PACE.shortest <= wait(busy) < 20 * MINUTE
    assert 2 * HOUR < wait(slow) <= PACE.longest
    for visit in (busy, slow):
        assert visit.habit


def test_feeds_that_were_asked_together_are_not_due_together() -> None:
    feeds = [schedule.first_visit(f"https://x.example/{n}", "feed", "x", "f", NOW) for n in range(50)]
    assert len({answered(feed, NOW).due_at for feed in feeds}) == 50


def test_an_article_is_asked_again_at_the_times_counted_from_its_first_capture() -> None:
    visit, now, dues = ARTICLE, NOW, []
    for _ in range(3):
        visit = answered(visit, now)
        assert visit.due_at is not None
        now = visit.due_at
        dues.append(now - NOW)
    assert dues == [HOUR, 24 * HOUR, 168 * HOUR]
    assert answered(visit, now).due_at is None


def test_after_a_week_of_standing_still_an_article_is_not_asked_all_at_once() -> None:
    visit = answered(ARTICLE, NOW)
    assert wait(answered(visit, NOW + 7 * DAY), NOW + 7 * DAY) == 23 * HOUR


def test_a_picture_is_asked_once() -> None:
    assert answered(replace(FEED, purpose="picture"), NOW).due_at is None


def test_failures_wait_twice_as_long_each_time_but_a_day_at_most() -> None:
    visit, waits = FEED, []
    for _ in range(9):
        visit = schedule.failed(visit, NOW, pace=PACE)
        waits.append(wait(visit))
    assert waits[:3] == [PACE.feed, 2 * PACE.feed, 4 * PACE.feed]
    assert waits[-1] == DAY


def test_an_article_that_never_answers_is_given_up_and_a_feed_is_not() -> None:
    feed = replace(FEED, failures=schedule.MOST_FAILURES - 1)
    assert schedule.failed(feed, NOW, pace=PACE).due_at is not None
    assert schedule.failed(replace(feed, purpose="article"), NOW, pace=PACE).due_at is None


def test_success_forgets_failures_and_keeps_what_is_not_said_anew() -> None:
    visit = answered(replace(FEED, failures=3, etag="old", last_modified="then", capture="c0"), NOW)
    assert (visit.failures, visit.etag, visit.last_modified, visit.visits, visit.capture) == (0, "e", "then", 1, "c")
    cut = schedule.answered(visit, NOW, pace=PACE, status=200, etag="", last_modified="", digest="", capture="")
    assert (cut.etag, cut.digest, cut.capture) == ("e", "d", "c")


def test_what_is_settled_is_not_asked_again_but_a_feed_in_a_day() -> None:
    assert schedule.ended(ARTICLE, NOW, status=301).due_at is None
    assert wait(schedule.ended(FEED, NOW, status=301)) == DAY


def test_an_article_that_was_had_and_is_missing_is_looked_for_at_its_next_revisits() -> None:
    had = answered(ARTICLE, NOW)
    missing = schedule.gone(had, NOW + HOUR, pace=PACE, status=404)
    assert wait(missing, NOW + HOUR) == 23 * HOUR
    again = schedule.gone(missing, NOW + DAY, pace=PACE, status=404)
    assert wait(again, NOW + DAY) == 144 * HOUR
    assert schedule.gone(again, NOW + 7 * DAY, pace=PACE, status=404).due_at is None


@pytest.mark.parametrize("status", [410, 451])
def test_what_is_gone_for_good_is_not_asked_again(status: int) -> None:
    assert schedule.gone(answered(ARTICLE, NOW), NOW, pace=PACE, status=status).due_at is None
    assert wait(schedule.gone(FEED, NOW, pace=PACE, status=status)) == DAY


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_was_never_had_is_asked_in_a_day_and_in_a_week_and_then_no_more(status: int) -> None:
    visit, waits = ARTICLE, []
    for _ in range(3):
        visit = schedule.gone(visit, NOW, pace=PACE, status=status)
        waits.append(visit.due_at)
    assert waits == [NOW + DAY, NOW + 7 * DAY, None]


def test_robots_are_asked_with_what_they_rule_and_never_by_themselves() -> None:
    robots = replace(FEED, purpose="robots")
    for after in (
        answered(robots, NOW),
        schedule.failed(robots, NOW, pace=PACE),
        schedule.gone(robots, NOW, pace=PACE, status=404),
        schedule.ended(robots, NOW, status=301),
    ):
        assert after.due_at is None


# ---------------------------------------------------------------------------------------------- hosts


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("120", NOW + 2 * MINUTE),
        (" 3 ", NOW + timedelta(seconds=3)),
        (format_datetime(NOW + HOUR, usegmt=True), NOW + HOUR),
        ("Thursday, 01-Jan-26 02:00:00 GMT", NOW + 2 * HOUR),
        ("999999999", NOW + DAY),
        ("9" * 90, NOW + DAY),
        (format_datetime(NOW + 400 * DAY, usegmt=True), NOW + DAY),
    ],
)
def test_a_host_rests_as_long_as_it_says_but_a_day_at_most(said: str, until: datetime) -> None:
    assert schedule.rest_until(NOW, said, 0) == until


@pytest.mark.parametrize("said", ["", "soon", "-5", "0", "1.5", "١٢٠", "Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Foo"])
def test_a_host_that_says_nothing_usable_rests_twice_as_long_each_time(said: str) -> None:
    assert [schedule.rest_until(NOW, said, n) - NOW for n in (0, 1, 2)] == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert schedule.rest_until(NOW, said, 500) == NOW + DAY


def test_a_host_that_cannot_be_reached_rests_twice_as_long_each_time() -> None:
    waits = [schedule.unreachable(NOW, n) - NOW for n in (0, 1, 2, 500)]
    assert waits == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, DAY]
