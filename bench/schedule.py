"""When to ask feeds again: 30 days of 500 made-up feeds, ours beside fixed and adaptive intervals.

Publication times are drawn by a seed; each policy asks the same feeds. Told per policy: requests in all, the delay from
publication to first sight (median, 90th percentile, mean), and items that had left the feed before anyone saw them.
The constants of `core.habit` were chosen on `--choose` (another mix and other seeds); the table is of the rest.
"""

import argparse
import random
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rawi.core import schedule
from rawi.core.schedule import Pace

START = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 30
BEFORE = 20
"""Days before the start of which a feed still shows something."""
PACE = Pace(feed=timedelta(minutes=15), shortest=timedelta(minutes=5), longest=timedelta(days=1), revisits=())
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Kind:
    """A sort of publisher: items a day by hour of its local day, fewer at week-ends."""

    name: str
    a_day: float
    hours: tuple[tuple[int, int, float], ...]
    """From hour, to hour, weight."""
    weekend: float = 1.0
    window: int = 25


KINDS = (
    Kind("agency", 200, ((0, 6, 0.5), (6, 22, 1.5), (22, 24, 0.7)), 0.6, 30),
    Kind("portal", 60, ((6, 24, 1.0), (0, 6, 0.15)), 0.7, 25),
    Kind("daily", 40, ((4, 7, 8.0), (7, 20, 0.6), (20, 24, 0.2), (0, 4, 0.0)), 0.5, 20),
    Kind("night paper", 25, ((0, 2, 10.0), (2, 24, 0.05)), 1.0, 30),
    Kind("radio", 10, ((7, 9, 3.0), (12, 14, 2.0), (17, 19, 3.0), (9, 12, 0.3)), 0.3, 20),
    Kind("weekly", 1.5, ((9, 18, 1.0),), 0.0, 20),
    Kind("dead", 0.01, ((0, 24, 1.0),), 1.0, 10),
)
MIXES = {
    "choose": {"agency": 8, "portal": 20, "daily": 25, "night paper": 5, "radio": 15, "weekly": 17, "dead": 10},
    "table": {"agency": 5, "portal": 12, "daily": 35, "night paper": 8, "radio": 10, "weekly": 15, "dead": 15},
}


@dataclass
class Made:
    """One feed: when each of its items was published, in order, and how many it shows."""

    kind: str
    times: list[datetime]
    window: int
    says_times: bool


def made_feed(chance: random.Random, kind: Kind) -> Made:
    """A feed of this kind: its own size, zone and days; one in eight changes its habit in the middle."""
    size, shift = chance.lognormvariate(0, 0.4), chance.randrange(24)
    changes_on = chance.randrange(10, 20) if chance.random() < 0.125 else None
    times = []
    for day in range(-BEFORE, DAYS):
        if changes_on is not None and day == changes_on:
            size, shift = size * chance.choice((0.2, 3.0)), (shift + chance.randrange(4, 20)) % 24
        midnight = START + timedelta(days=day)
        weight = kind.weekend if midnight.weekday() >= 5 else 1.0
        total = sum((end - begin) * part for begin, end, part in kind.hours)
        for begin, end, part in kind.hours:
            mean = kind.a_day * size * weight * (end - begin) * part / total
            count = poisson(chance, mean)
            times += [midnight + (chance.uniform(begin, end) + shift) * HOUR for _ in range(count)]
    return Made(kind.name, sorted(times), kind.window, chance.random() < 0.8)


def poisson(chance: random.Random, mean: float) -> int:
    if mean > 50:
        return max(0, round(chance.gauss(mean, mean**0.5)))
    count, left = 0, chance.expovariate(1.0)
    while left < mean:
        count += 1
        left += chance.expovariate(1.0)
    return count


def made_feeds(mix: str, seed: int, count: int) -> list[Made]:
    chance = random.Random(f"{mix} {seed}")
    names, weights = zip(*MIXES[mix].items(), strict=True)
    kinds = {kind.name: kind for kind in KINDS}
    return [made_feed(chance, kinds[name]) for name in chance.choices(names, weights, k=count)]


@dataclass
class Told:
    """What asking by one policy came to."""

    requests: int
    delays: list[float]
    """In minutes."""
    missed: int


Policy = Callable[[int, Made], "Asker"]


class Asker:
    """Decides for one feed when it is asked next."""

    def next(self, now: datetime, found: int, times: list[datetime]) -> datetime:
        raise NotImplementedError


class Fixed(Asker):
    def __init__(self, every: timedelta) -> None:
        self.every = every

    def next(self, now: datetime, found: int, times: list[datetime]) -> datetime:
        return now + self.every


class Adaptive(Asker):
    """As Nutch and news-crawl do it: longer by a part when nothing was new, shorter by one when something was."""

    def __init__(self, longer: float, shorter: float, least: timedelta, most: timedelta) -> None:
        self.longer, self.shorter, self.least, self.most = longer, shorter, least, most
        self.every = timedelta(hours=3)

    def next(self, now: datetime, found: int, times: list[datetime]) -> datetime:
        factor = 1 - self.shorter if found else 1 + self.longer
        self.every = min(max(self.every * factor, self.least), self.most)
        return now + self.every


class Ours(Asker):
    def __init__(self, number: int) -> None:
        self.visit = schedule.first_visit(f"https://feed{number}.example/rss", "feed", "p", "f", START)

    def next(self, now: datetime, found: int, times: list[datetime]) -> datetime:
        status = 200 if found else 304
        self.visit = schedule.answered(
            self.visit, now, pace=PACE, status=status, etag="", last_modified="", digest="", found=found, times=times
        )
        assert self.visit.due_at is not None
        return self.visit.due_at


POLICIES: dict[str, Policy] = {
    "ours": lambda number, _: Ours(number),
    "every hour": lambda *_: Fixed(HOUR),
    "every 15 min": lambda *_: Fixed(HOUR / 4),
    "adaptive +.4/-.2, 1 h to 30 d": lambda *_: Adaptive(0.4, 0.2, HOUR, timedelta(days=30)),
    "adaptive +.5/-.2, 90 min to 90 d": lambda *_: Adaptive(0.5, 0.2, 1.5 * HOUR, timedelta(days=90)),
}


def simulate(feeds: list[Made], policy: Policy) -> Told:
    told = Told(0, [], 0)
    for number, feed in enumerate(feeds):
        _simulate_feed(number, feed, policy(number, feed), told)
    return told


def _simulate_feed(number: int, feed: Made, asker: Asker, told: Told) -> None:
    now, end, seen = START + timedelta(seconds=7 * number), START + timedelta(days=DAYS), 0
    published, is_first = 0, True
    while now < end:
        told.requests += 1
        while published < len(feed.times) and feed.times[published] <= now:
            published += 1
        oldest = max(published - feed.window, 0)
        new = feed.times[max(seen, oldest) : published]
        if not is_first:
            told.missed += max(oldest - seen, 0)
            told.delays += [(now - time) / timedelta(minutes=1) for time in new]
        seen, is_first = published, False
        now = asker.next(now, len(new), new if feed.says_times else [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--choose", action="store_true", help="the mix and seed on which constants were chosen")
    parser.add_argument("--feeds", type=int, default=500)
    options = parser.parse_args()
    mix, seeds = ("choose", (1,)) if options.choose else ("table", (2, 3))
    for seed in seeds:
        feeds = made_feeds(mix, seed, options.feeds)
        items = sum(time >= START for feed in feeds for time in feed.times)
        print(f"\n{options.feeds} feeds, {DAYS} days, {items:,} items, mix “{mix}”, seed {seed}")
        print(f"{'policy':34} {'requests':>9} {'median':>8} {'p90':>8} {'mean':>8}  minutes   {'missed':>6}")
        for name, policy in POLICIES.items():
            told = simulate(feeds, policy)
            parts = statistics.quantiles(told.delays, n=10)
            print(
                f"{name:34} {told.requests:9,} {parts[4]:8.1f} {parts[8]:8.1f} {statistics.mean(told.delays):8.1f}"
                f"            {told.missed:6,}"
            )


if __name__ == "__main__":
    main()
