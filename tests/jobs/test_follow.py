"""Followers of the log: each change once, the cursor behind the work, and what is said of the progress."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from rawi.adapters.local import SerialRunner
from rawi.adapters.memory_store import MemoryStore
from rawi.jobs.follow import follow, follow_ahead
from rawi.model import Feed, Link


def feed(number: int, title: str = "") -> Feed:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Feed(id=f"f{number}", url=f"https://a.example/{number}", publisher="a", kind="rss", title=title, added_at=at)


def link(number: int) -> Link:
    return Link(
        id=f"l{number}",
        url=f"https://a.example/l{number}",
        feed="",
        publisher="a",
        purpose="article",
        title="",
        published_at=None,
        found_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_each_record_is_given_once_a_batch_as_it_is_now() -> None:
    store, given = MemoryStore(), []
    store.put(feed(1), feed(2))
    store.put(feed(1, "new"))
    assert follow("reader", Feed, given.append, store=store) == 2
    assert [[f.title for f in batch] for batch in given] == [["new", ""]]
    assert follow("reader", Feed, given.append, store=store) == 0


def test_other_kinds_are_passed_over_and_what_was_dropped_is_told() -> None:
    store, given, gone = MemoryStore(), [], []
    store.put(feed(1), feed(2), link(1))
    store.drop(Feed, "f2")
    follow("reader", Feed, given.append, gone=gone.append, store=store)
    assert ([f.id for f in given[0]], gone) == (["f1"], [["f2"]])


def test_the_cursor_moves_only_when_the_work_is_done() -> None:
    store = MemoryStore()
    store.put(feed(1))

    def fail(found: list[Feed]) -> None:
        raise RuntimeError(found)

    with pytest.raises(RuntimeError):
        follow("reader", Feed, fail, store=store)
    assert store.cursor("reader") == 0


def test_what_a_follower_writes_itself_is_not_work_ahead() -> None:
    store, told = MemoryStore(), []
    store.put(*(feed(number) for number in range(4)))

    def work(found: list[Feed]) -> None:
        store.put(*(link(int(f.id[1:])) for f in found))

    follow("reader", Feed, work, store=store, batch=2, tell=lambda what, done, total: told.append((what, done, total)))
    assert told[:2] == [("reader", 2, 4), ("reader", 4, 4)]


class Doubling:
    """A plan that has the numbers of some feeds doubled, two items each."""

    def __init__(self, found: list[Feed], written: list[list[object]], fails: bool = False) -> None:
        self._numbers = [int(feed.id[1:]) for feed in found for _ in range(2)]
        self._written = written
        self._fails = fails

    @property
    def size(self) -> int:
        return len(self._numbers)

    def items(self) -> list[int]:
        return self._numbers

    def write(self, answers: Sequence[object]) -> None:
        if self._fails:
            raise RuntimeError
        self._written.append(list(answers))


def double(number: int) -> int:
    return 2 * number


def test_answers_come_to_the_batch_whose_items_they_are() -> None:
    store, written = MemoryStore(), list[list[object]]()
    store.put(*map(feed, range(5)))
    store.put(*map(link, range(5)))
    store.put(feed(7))
    told: list[tuple[str, int, int | None]] = []
    done = follow_ahead(
        "reader/new",
        Feed,
        lambda found: Doubling(found, written),
        double,
        store=store,
        runner=SerialRunner(),
        batch=2,
        tell=lambda *said: told.append(said),
    )
    assert done == 6
    assert [batch for batch in written if batch] == [[0, 0, 2, 2], [4, 4, 6, 6], [8, 8], [14, 14]]
    assert store.cursor("reader/new") == store.head()
    assert told[-1] == ("reader", 6, 6)


def test_what_is_planned_ahead_is_planned_before_the_batch_before_is_written_and_the_cursor_stays_behind_it() -> None:
    store, written = MemoryStore(), list[list[object]]()
    store.put(*map(feed, range(4)))
    planned: list[str] = []

    def plan(found: list[Feed]) -> Doubling:
        planned.append(found[0].id)
        return Doubling(found, written, fails=found[0].id == "f2")

    class Eager(SerialRunner):
        """Takes all items before it gives an answer, as a pool may."""

        def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
            return super().map(function, list(items))

    with pytest.raises(RuntimeError):
        follow_ahead("reader", Feed, plan, double, store=store, runner=Eager(), batch=2)
    assert (planned, written, store.cursor("reader")) == (["f0", "f2"], [[0, 0, 2, 2]], 2)
    written.clear()
    follow_ahead("reader", Feed, lambda found: Doubling(found, written), double, store=store, runner=Eager(), batch=2)
    assert written == [[4, 4, 6, 6]]
