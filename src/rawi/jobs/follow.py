"""A follower reads the log of changes from its own cursor, works, then moves the cursor."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from rawi.jobs.tell import Tell, silent
from rawi.ports import Store

R = TypeVar("R")


def follow(
    name: str,
    kind: type[R],
    work: Callable[[list[R]], None],
    *,
    store: Store,
    gone: Callable[[Sequence[str]], None] | None = None,
    batch: int = 500,
    tell: Tell = silent,
) -> int:
    """Brings one follower up to the end of the log; says how many records it was given.

    `work` gets the records of `kind` that were put, each once a batch, as they are now; `gone` the ids of those that
    were dropped. The cursor moves after both, so a batch may come twice: doing it twice must change nothing.
    """
    done, cursor = 0, store.cursor(name)
    goal = store.head()  # the log grows by what followers write themselves: that is not work ahead
    while changes := store.changes(cursor, batch):
        ids = list(dict.fromkeys(change.id for change in changes if change.kind == kind.__name__))
        present: list[Any] = store.get_many(kind, ids)
        if present:
            work(present)
        if gone and (missing := sorted(set(ids) - {record.id for record in present})):
            gone(missing)
        cursor = changes[-1].seq
        store.advance(name, cursor)
        done += len(ids)
        tell(name.partition("/")[0], done, done + max(goal - cursor, 0))
    return done
