"""The store in memory: for tests, and the shortest full reading of what a store is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from threading import RLock
from typing import Any, TypeVar

from rawi.adapters import kinds
from rawi.errors import NotFound
from rawi.model import Change
from rawi.ports import Value

R = TypeVar("R")


class MemoryStore:
    """A `Store` whose records are gone when the process ends. Several threads may use it."""

    def __init__(self) -> None:
        self._records: dict[type, dict[str, Any]] = {kind: {} for kind in kinds.STORED}
        self._log: list[Change] = []
        self._cursors: dict[str, int] = {}
        self._leases: dict[str, tuple[str, datetime]] = {}
        self._lock = RLock()

    def put(self, *records: Any) -> int:
        ready = kinds.fitted(records)
        with self._lock:
            changed = [key for key, record in ready.items() if self._records[key[0]].get(key[1]) != record]
            self._put(ready, changed)
        return len(changed)

    def put_new(self, *records: Any) -> int:
        ready = kinds.fitted(records)
        with self._lock:
            new = [key for key in ready if key[1] not in self._records[key[0]]]
            self._put(ready, new)
        return len(new)

    def _put(self, ready: dict[tuple[type, str], Any], keys: list[tuple[type, str]]) -> None:
        for kind, key in keys:
            self._records[kind][key] = ready[kind, key]
            self._note(kind, key)

    def drop(self, kind: type, *ids: str) -> int:
        stored = self._records[kinds.writable_kind(kind)]
        with self._lock:
            gone = [key for key in dict.fromkeys(ids) if stored.pop(key, None) is not None]
            for key in gone:
                self._note(kind, key)
        return len(gone)

    def _note(self, kind: type, id: str) -> None:
        if kind not in kinds.UNLOGGED:
            self._log.append(Change(len(self._log) + 1, kind.__name__, id))

    def get(self, kind: type[R], id: str) -> R:
        found = self.get_many(kind, [id])
        if not found:
            raise NotFound(f"there is no {kind.__name__} {id!r}")
        return found[0]

    def get_many(self, kind: type[R], ids: Sequence[str]) -> list[R]:
        stored = self._records[kinds.stored_kind(kind)]
        with self._lock:
            return [_seen_as(kind, stored[key]) for key in ids if key in stored]

    def find(
        self,
        kind: type[R],
        /,
        *,
        order: str = "id",
        newest_first: bool = False,
        since: Value = None,
        until: Value = None,
        after: tuple[Value, str] | None = None,
        limit: int = 100,
        **equal: Value | tuple[str, ...],
    ) -> list[R]:
        page = kinds.page(kind, order, since, until, after, limit)
        found = self._matching(kind, equal)
        valued = [record for record in found if _is_in(page, record, newest_first)]
        valued.sort(key=lambda record: (getattr(record, order), record.id), reverse=newest_first)
        empty = [record for record in found if getattr(record, order) is None] if page.has_empty else []
        empty.sort(key=lambda record: record.id, reverse=newest_first)
        return [_seen_as(kind, record) for record in (valued + empty)[:limit]]

    def first_of_each(self, kind: type[R], field: str, /, *, order: str, until: Value, limit: int = 10_000) -> list[R]:
        kinds.single_field(kind, field)
        firsts: dict[Any, R] = {}
        for record in self.find(kind, order=order, until=until, limit=kinds.WHOLE_NUMBERS[-1]):
            firsts.setdefault(getattr(record, field), record)
        return list(firsts.values())[:limit]

    def tally(self, kind: type, field: str, /, **equal: Value | tuple[str, ...]) -> dict[Any, int]:
        kinds.single_field(kind, field)
        return dict(Counter(getattr(record, field) for record in self._matching(kind, equal)))

    def count(self, kind: type, /, **equal: Value | tuple[str, ...]) -> int:
        return len(self._matching(kind, equal))

    def _matching(self, kind: type, equal: dict[str, Any]) -> list[Any]:
        stored = self._records[kinds.stored_kind(kind)]
        wanted = {name: frozenset(kinds.choices(kind, name, value)) for name, value in equal.items()}
        with self._lock:
            records = list(stored.values())
        return [record for record in records if all(getattr(record, name) in wanted[name] for name in wanted)]

    def ids(self, kind: type) -> Iterator[str]:
        stored = self._records[kinds.stored_kind(kind)]
        with self._lock:
            return iter(sorted(stored))

    def head(self) -> int:
        return len(self._log)

    def changes(self, after: int, limit: int = 500) -> list[Change]:
        return self._log[max(after, 0) :][:limit]

    def cursor(self, follower: str) -> int:
        return self._cursors.get(follower, 0)

    def advance(self, follower: str, seq: int) -> None:
        self._cursors[follower] = seq

    def followers(self) -> dict[str, int]:
        return dict(self._cursors)

    def forget(self, follower: str) -> None:
        self._cursors.pop(follower, None)

    def lease(self, names: Sequence[str], holder: str, *, now: datetime, until: datetime) -> list[str]:
        with self._lock:
            had = {name for name in names if self._is_free(name, holder, now)}
            self._leases.update(dict.fromkeys(had, (holder, until)))
        return [name for name in dict.fromkeys(names) if name in had]

    def _is_free(self, name: str, holder: str, now: datetime) -> bool:
        held_by, until = self._leases.get(name, (holder, now))
        return held_by == holder or until <= now

    def release(self, names: Sequence[str], holder: str) -> None:
        with self._lock:
            for name in names:
                if self._leases.get(name, ("",))[0] == holder:
                    del self._leases[name]

    def holders(self) -> dict[str, str]:
        with self._lock:
            return {name: holder for name, (holder, _) in self._leases.items()}

    def close(self) -> None:
        """Nothing is open."""


def _seen_as(kind: type[R], record: Any) -> R:
    if type(record) is kind:
        return record
    return kind(**{name: getattr(record, name) for name in kinds.fields(kind)})


def _is_in(page: kinds.Page, record: Any, newest_first: bool) -> bool:
    """Whether a record with a value in the order's field belongs to this stretch."""
    value = getattr(record, page.field.name)
    if value is None or (page.since is not None and value < page.since):
        return False
    if page.until is not None and value > page.until:
        return False
    if page.after is None:
        return True
    place = (value, record.id)
    return place < page.after if newest_first else place > page.after
