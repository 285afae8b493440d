"""When a publisher puts out what is new: learnt for each feed, hour of the day by hour of the day.

A habit is 24 rates (new links an hour, by the hour of the day in UTC), each from what was seen and for how long that
hour was watched; both fade with a half-life, so that a habit that changes is learnt anew. Asking costs the publisher
something and waiting costs the reader something; the interval that makes the sum least goes with one over the root of
the rate (the square-root rule of Cho and Garcia-Molina, TODS 2003, and Sia, Cho and Cho, TKDE 2007), so the next
ask is due when the integral of the root of the rate reaches a constant.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

HALF_LIFE = timedelta(days=10)
LONGEST_LOOK_BACK = timedelta(days=14)
"""What a feed held when it was first seen tells no more than this about its habit."""

REACHED = 1.2
"""The integral of the root of the rate, in the root of hours, at which the next ask is due. Chosen by
`./do bench schedule` on its mix for choosing: a lower one asks more often."""

MOST_EXPECTED = 8.0
"""New links after which a feed is asked in any case: many feeds hold no more than ten or twenty."""

_HOUR = timedelta(hours=1)
_HOURS = 24
_PRIOR_HOURS = 2.0
"""How many hours of watching the mean over the day is worth, for an hour of the day that was hardly watched."""
_LEAST_RATE = 1 / (24 * 30)
_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Habit:
    """What is known at a time: for each hour of the day how many links were new, and how many hours it was watched."""

    at: datetime
    seen: tuple[float, ...]
    watched: tuple[float, ...]

    def rates(self) -> tuple[float, ...]:
        """New links an hour, for each hour of the day."""
        mean = sum(self.seen) / max(sum(self.watched), 1e-9)
        raw = [
            (seen + mean * _PRIOR_HOURS) / (watched + _PRIOR_HOURS)
            for seen, watched in zip(self.seen, self.watched, strict=True)
        ]
        # What came at 7:05 today may come at 6:55 tomorrow.
        return tuple(
            max(0.25 * raw[hour - 1] + 0.5 * raw[hour] + 0.25 * raw[(hour + 1) % _HOURS], _LEAST_RATE)
            for hour in range(_HOURS)
        )

    def next_ask(self, now: datetime, shortest: timedelta, longest: timedelta) -> datetime:
        """When the feed is to be asked next, between the shortest and the longest wait."""
        reached = expected = 0.0
        rates = self.rates()
        for start, hours in _hours(now, now + longest):
            rate = rates[start.hour]
            part = min(
                (REACHED - reached) / math.sqrt(rate), (MOST_EXPECTED - expected) / rate
            )  # hours of this one until either is reached
            if part <= hours:
                return min(max(start + part * _HOUR, now + shortest), now + longest)
            reached += math.sqrt(rate) * hours
            expected += rate * hours
        return now + longest


def learn(
    habit: Habit | None, before: datetime | None, now: datetime, found: int, times: Sequence[datetime]
) -> Habit | None:
    """The habit after an ask that gave `found` new links, of which some say when they were published.

    `before` is the ask before; None at the first one, when the times of what the feed holds tell all there is to tell.
    """
    known = sorted(time for time in times if now - LONGEST_LOOK_BACK <= time <= now)
    since = before or (min(known) if known else None)
    if since is None or since >= now:
        return habit
    since = max(since, now - LONGEST_LOOK_BACK)
    faded = _faded(habit, now)
    seen, watched = list(faded.seen), list(faded.watched)
    for start, hours in _hours(since, now):
        watched[start.hour] += hours
    recent = [time for time in known if time > since - _HOUR]
    for time in recent:
        seen[time.astimezone(UTC).hour] += 1
    # Links that do not say when they were published came at some time since the last ask. At the first one nobody
    # knows since when, and links known to be old are no news.
    undated = max(found - len(times), 0) if before else 0
    whole = (now - since) / _HOUR
    for start, hours in _hours(since, now):
        seen[start.hour] += undated * hours / whole
    return Habit(now, tuple(seen), tuple(watched))


def parse(text: str) -> Habit | None:
    """A habit as `write` wrote it; None for anything else."""
    version, _, rest = text.partition(" ")
    parts = rest.split(" ")
    if version != _VERSION or len(parts) != 1 + 2 * _HOURS:
        return None
    try:
        at = datetime.fromtimestamp(int(parts[0]), UTC)
        numbers = tuple(float(part) for part in parts[1:])
    except (ValueError, OverflowError, OSError):
        return None
    if not all(math.isfinite(number) and number >= 0 for number in numbers):
        return None
    return Habit(at, numbers[:_HOURS], numbers[_HOURS:])


def write(habit: Habit | None) -> str:
    """A habit as a text that a store can keep; empty for none."""
    if habit is None:
        return ""
    numbers = " ".join(f"{number:.3g}" for number in (*habit.seen, *habit.watched))
    return f"{_VERSION} {int(habit.at.timestamp())} {numbers}"


def _faded(habit: Habit | None, now: datetime) -> Habit:
    if habit is None:
        return Habit(now, (0.0,) * _HOURS, (0.0,) * _HOURS)
    factor = 0.5 ** (max(now - habit.at, timedelta(0)) / HALF_LIFE)
    return Habit(now, tuple(n * factor for n in habit.seen), tuple(n * factor for n in habit.watched))


def _hours(since: datetime, until: datetime) -> Iterator[tuple[datetime, float]]:
    """The stretch between two times, cut at full hours: where each piece begins, and how long it is in hours."""
    at = since.astimezone(UTC)
    while at < until:
        end = min(at.replace(minute=0, second=0, microsecond=0) + _HOUR, until)
        yield at, (end - at) / _HOUR
        at = end
