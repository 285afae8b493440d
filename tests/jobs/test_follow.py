"""Followers of the log: each change once, the cursor behind the work, and what is said of the progress."""

from datetime import UTC, datetime

import pytest

from rawi.adapters.memory_store import MemoryStore
from rawi.jobs.follow import follow
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
