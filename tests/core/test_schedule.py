"""When an address is due again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rawi.core import schedule
from rawi.core.schedule import Pace
from rawi.model import Visit

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
PACE = Pace(feed=timedelta(minutes=15), revisits=(HOUR, 24 * HOUR, 168 * HOUR))
FEED = schedule.first_visit("https://x.example/feed", "feed", "x.example", "f", NOW)
ARTICLE = replace(FEED, purpose="article")


def answered(visit: Visit, now: datetime) -> Visit:
    return schedule.answered(visit, now, pace=PACE, status=200, etag="e", last_modified="", digest="d")


def test_a_feed_is_asked_again_at_its_pace() -> None:
    assert answered(FEED, NOW).due_at == NOW + PACE.feed


def test_an_article_is_asked_again_at_the_times_counted_from_its_first_capture() -> None:
    visit, now, dues = ARTICLE, NOW, []
    for _ in range(3):
        visit = answered(visit, now)
        assert visit.due_at is not None
        now = visit.due_at
        dues.append(now - NOW)
    assert dues == [HOUR, 24 * HOUR, 168 * HOUR]
    assert answered(visit, now).due_at is None


def test_a_picture_is_asked_once() -> None:
    assert answered(replace(FEED, purpose="picture"), NOW).due_at is None


def test_failures_wait_twice_as_long_each_time_but_a_day_at_most() -> None:
    visit, waits = FEED, []
    for _ in range(9):
        visit = schedule.failed(visit, NOW, pace=PACE)
        assert visit.due_at is not None
        waits.append(visit.due_at - NOW)
    assert waits[:3] == [PACE.feed, 2 * PACE.feed, 4 * PACE.feed]
    assert waits[-1] == timedelta(days=1)


def test_an_article_that_never_answers_is_given_up_and_a_feed_is_not() -> None:
    feed = replace(FEED, failures=schedule.MOST_FAILURES - 1)
    assert schedule.failed(feed, NOW, pace=PACE).due_at is not None
    assert schedule.failed(replace(feed, purpose="article"), NOW, pace=PACE).due_at is None


def test_success_forgets_failures_and_keeps_validators() -> None:
    visit = answered(replace(FEED, failures=3, etag="old", last_modified="then"), NOW)
    assert (visit.failures, visit.etag, visit.last_modified, visit.visits) == (0, "e", "then", 1)


def test_what_is_gone_is_not_asked_again_but_a_feed_in_a_day() -> None:
    assert schedule.ended(ARTICLE, NOW, status=410).due_at is None
    assert schedule.ended(FEED, NOW, status=410).due_at == NOW + timedelta(days=1)
