"""A follower reads the log of changes from its own cursor, works, then moves the cursor."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from rawi.jobs.tell import Tell, silent
from rawi.model import Failure
from rawi.ports import Runner, Store

R = TypeVar("R")
A = TypeVar("A")
B = TypeVar("B")
A_co = TypeVar("A_co", covariant=True)
B_contra = TypeVar("B_contra", contravariant=True)


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


class Plan(Protocol[A_co, B_contra]):
    """What is to be done for one batch of records."""

    @property
    def size(self) -> int:
        """How many items there are."""
        ...

    def items(self) -> Iterable[A_co]:
        """What a runner is to work on; asked for as the runner takes it."""
        ...

    def write(self, answers: Sequence[B_contra | Failure]) -> None:
        """Takes the runner's answers, in the order of the items, and writes what follows from them."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class _Planned:
    """A plan that is under way."""

    plan: Plan[Any, Any]
    seq: int
    records: int


def follow_ahead(
    name: str,
    kind: type[R],
    plan: Callable[[list[R]], Plan[A, B]],
    work: Callable[[A], B],
    *,
    store: Store,
    runner: Runner,
    batch: int = 500,
    tell: Tell = silent,
) -> int:
    """As `follow`, for work that a runner does: while a batch is written, the next ones are being worked on.

    Batches are planned ahead, in order, and written in order; the cursor moves behind each. So a plan may not depend
    on what an earlier one writes.
    """
    done = 0
    while store.changes(store.cursor(name), 1):  # the log may have grown meanwhile
        goal, under_way, answers = store.head(), deque[_Planned](), list[Any]()
        for answer in runner.map(work, _items(name, kind, plan, under_way, store=store, batch=batch)):
            answers.append(answer)
            while under_way and len(answers) >= under_way[0].plan.size:
                done += _finish(name, under_way.popleft(), answers, store=store)
                tell(name.partition("/")[0], done, done + max(goal - store.cursor(name), 0))
        while under_way:  # those without items, at the end
            done += _finish(name, under_way.popleft(), answers, store=store)
        tell(name.partition("/")[0], done, done + max(goal - store.cursor(name), 0))
    return done


def _items(
    name: str,
    kind: type[R],
    plan: Callable[[list[R]], Plan[A, B]],
    under_way: deque[_Planned],
    *,
    store: Store,
    batch: int,
) -> Iterator[A]:
    """The items of all batches, one after the other; each batch is noted before the first of its items."""
    cursor = store.cursor(name)
    while changes := store.changes(cursor, batch):
        ids = list(dict.fromkeys(change.id for change in changes if change.kind == kind.__name__))
        cursor = changes[-1].seq
        made = plan(store.get_many(kind, ids))
        under_way.append(_Planned(plan=made, seq=cursor, records=len(ids)))
        yield from made.items()


def _finish(name: str, planned: _Planned, answers: list[Any], *, store: Store) -> int:
    mine = answers[: planned.plan.size]
    del answers[: planned.plan.size]
    planned.plan.write(mine)
    store.advance(name, planned.seq)
    return planned.records
