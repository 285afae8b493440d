"""The index on OpenSearch, for an archive that one machine cannot search.

    NAME                an alias over all parts: what is searched
    NAME-000001, …      the parts; new documents go into the newest, and a new one begins after a time or a size
    NAME-lease          who writes

A document stays in the part in which it was first put, so that it is never in two. Each part's `_meta` has the name of
the whole, the version of the schema and the part's number: a part that is lost is seen to be.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from threading import RLock
from typing import Any
from uuid import uuid4
from zlib import crc32

import orjson

from rawi.adapters import opensearch_query as engine
from rawi.adapters import queries
from rawi.adapters.opensearch_lease import Lease
from rawi.adapters.opensearch_node import Failed, Node, Reach, Unreachable, explained
from rawi.adapters.ranking import dated_at_of, order_key
from rawi.errors import ArchiveBusy, StoreError
from rawi.model import Doc, Found, Hit, Query

VERSION = "rawi-opensearch/1"
"""Of the schema; another number when it changes, so that an older index is seen to be one."""

MOST_AT_ONCE = 10_000
"""Hits in one answer, by OpenSearch's own bound; what lies deeper is walked to."""

_BATCH_DOCS = 1_000
_BATCH_BYTES = 5_000_000
_LOOK_SECONDS = 5.0
"""For how long what is known of the parts is taken to hold while searching."""

_BEST = re.compile(r"best (\S+) (-?\d{1,12}) (.+)", re.ASCII | re.DOTALL)
_DAY = 86_400_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """How an index is parted."""

    shards: int = 1
    replicas: str = "0-1"
    """A number, or a range that follows the number of nodes."""
    days: float = 90.0
    """After which a new part begins."""
    docs: int = 20_000_000
    """In one part, about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Whole:
    """The parts there are, oldest first."""

    name: str
    parts: tuple[str, ...]
    first: int
    looked: float


class OpenSearchIndex:
    """An `Index` on OpenSearch, made when it is not there. Any number of processes search it, one writes.

    Nothing is asked before it is needed. A commit makes what was put searchable; it is in the logs of all copies,
    synced, as soon as it was sent.
    """

    def __init__(
        self,
        reach: Reach,
        name: str,
        parts: Parts = Parts(),
        *,
        node: Node | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._alias, self._parts, self._now = name, parts, now
        self._node = node or Node(reach)
        self._to = f"the index {name} at {reach.nodes[0]}"
        self._lease = Lease(self._node, name, self._to, now=now)
        self._lock = RLock()
        self._waiting: dict[str, list[bytes] | None] = {}
        self._bytes = 0
        self._target: _Whole | None = None
        """Where documents go, from the first change behind a commit until the next commit."""
        self._seen: _Whole | None = None

    @property
    def name(self) -> str:
        return self._look().name

    # --------------------------------------------------------------------------------------- writing

    def put(self, docs: Iterable[Doc]) -> None:
        for doc in docs:
            self._change(doc.id, orjson.dumps(engine.document(doc)))

    def drop(self, ids: Iterable[str]) -> None:
        for id in ids:  # noqa: A001
            self._change(id, None)

    def _change(self, id: str, content: bytes | None) -> None:
        with self._lock:
            if self._target is None:
                self._begin()
            self._make_sure()
            before = self._waiting.pop(id, None)
            self._bytes += len(content or b"") - sum(map(len, before or ()))
            self._waiting[id] = [content] if content is not None else None
            if len(self._waiting) >= _BATCH_DOCS or self._bytes >= _BATCH_BYTES:
                self._send()

    def _make_sure(self) -> None:
        """ArchiveBusy when the right to write was lost since the last commit: what was sent since then may have been
        written over, so all of it is to be put again."""
        if self._target is not None and not self._lease.is_held:
            self._give_up()
            raise ArchiveBusy(f"{self._to} was lost to another while it was written: start again")

    def _begin(self) -> None:
        is_new = not self._lease.is_held
        self._waiting, self._bytes, self._target = {}, 0, None
        self._lease.hold()
        if is_new:  # what one who died had sent is to be seen before it is looked where documents are
            self._look()
            self._ask("POST", f"/{self._alias}/_refresh")
        self._target = self._rolled(self._look())

    def _send(self) -> None:
        """Sends what waits. When that fails, all that was not committed is given up."""
        if not self._waiting or self._target is None:
            return
        self._make_sure()
        try:
            self._lease.hold()
            places = self._places(self._target, list(self._waiting))
            newest = self._target.parts[-1]
            actions = [
                [orjson.dumps({"index" if content else "delete": {"_index": places.get(key, newest), "_id": key}})]
                + (content or [])
                for key, content in self._waiting.items()
            ]
            self._node.write(actions, to=self._to)
        except BaseException:
            self._give_up()
            raise
        self._waiting, self._bytes = {}, 0

    def _places(self, whole: _Whole, ids: list[str]) -> dict[str, str]:
        """In which of the older parts documents are. All that was put into those is to be seen: they take no new ones,
        and one begins only behind a commit."""
        older = whole.parts[:-1]
        if not older:
            return {}
        body = {
            "query": {"terms": {"id": ids}},
            "size": len(ids),
            "sort": [{"id": "asc"}],
            "stored_fields": "_none_",
        }
        hits = self._ask("POST", f"/{','.join(older)}/_search", body)["hits"]["hits"]
        return {hit["sort"][0]: hit["_index"] for hit in hits}

    def commit(self) -> None:
        with self._lock:
            if self._target is None:
                return
            self._make_sure()
            self._send()
            try:
                self._whole_answer(self._ask("POST", f"/{self._alias}/_refresh"))
                self._lease.renew()  # not ours any more: then another may have written over it
                if self._look().name != self._target.name:
                    raise StoreError(f"{self._to} was made anew while it was written: start again")
            except BaseException:
                self._give_up()
                raise
            self._target = None

    def clear(self) -> None:
        with self._lock:
            self._lease.hold()
            self._waiting, self._bytes, self._target = {}, 0, None
            name = self._name_if_sound() or uuid4().hex
            old = self._there()
            number = max([_number(part) for part in old], default=0) + 1
            self._make(name, number, first=number, instead_of=old)

    def close(self) -> None:
        with self._lock:
            self._give_up()
            self._node.close()

    def _give_up(self) -> None:
        self._waiting, self._bytes, self._target = {}, 0, None
        self._lease.release()

    # ----------------------------------------------------------------------------------------- parts

    def _look(self) -> _Whole:
        """The parts as they are now; a first one is made where there is none."""
        there = self._there()
        if not there:
            self._make(uuid4().hex, 1, first=1, instead_of={})
            there = self._there()
        whole = self._read(there)
        self._seen = whole
        return whole

    def _look_lately(self) -> _Whole:
        seen = self._seen
        return seen if seen and 0 <= self._now() - seen.looked < _LOOK_SECONDS else self._look()

    def _there(self) -> dict[str, dict[str, Any]]:
        """What the mapping of each part says of it."""
        try:
            found = self._node.try_to("GET", f"/_alias/{self._alias}")
            mapped = self._node.try_to("GET", f"/{','.join(found)}/_mapping") if found else {}
        except Failed as fault:
            if fault.status == 404:
                return {}
            raise explained(fault, self._to) from fault
        except Unreachable as fault:
            raise explained(fault, self._to) from fault
        return {name: answer["mappings"].get("_meta", {}) for name, answer in mapped.items()}

    def _read(self, there: dict[str, dict[str, Any]]) -> _Whole:
        metas = sorted(there.items(), key=lambda one: _number(one[0]))
        if any(meta.get("version") != VERSION for _, meta in metas):
            raise StoreError(f"{self._to} is of another version: run `rawi rebuild index`")
        first = metas[0][1]["first"] if metas else 0
        numbers = [_number(name) for name, _ in metas]
        last = max((meta.get("last", 0) for _, meta in metas), default=0)
        names = {meta["name"] for _, meta in metas}
        if len(names) != 1 or numbers != list(range(first, first + len(numbers))) or numbers[-1] < last:
            raise StoreError(f"{self._to} has lost a part: run `rawi rebuild index`")
        return _Whole(name=names.pop(), parts=tuple(name for name, _ in metas), first=first, looked=self._now())

    def _make(self, name: str, number: int, *, first: int, instead_of: Iterable[str]) -> None:
        """Makes a part. Of several processes that make the same one, the first has its way."""
        part = f"{self._alias}-{number:06}"
        old = [{"remove_index": {"index": one}} for one in instead_of]
        body: dict[str, Any] = {
            "settings": {
                "number_of_shards": self._parts.shards,
                **_copies(self._parts.replicas),
                "refresh_interval": "-1",
                "translog.durability": "request",
            },
            "mappings": engine.mappings({"version": VERSION, "name": name, "first": first, "last": number}),
        }
        try:
            if old and self._is_left_over(part):
                self._node.try_to("DELETE", f"/{part}")
            self._node.try_to("PUT", f"/{part}", body if old else {**body, "aliases": {self._alias: {}}})
        except Failed as fault:
            if fault.kind != "resource_already_exists_exception" or old:
                raise explained(fault, self._to) from fault
        except Unreachable as fault:
            raise explained(fault, self._to) from fault
        if old:
            self._ask("POST", "/_aliases", {"actions": [{"add": {"index": part, "alias": self._alias}}, *old]})
        elif number == first and part not in self._there():
            raise StoreError(f"{self._to}: {part} is there and not ours; give index another name in rawi.toml")
        self._seen = None

    def _is_left_over(self, part: str) -> bool:
        """Whether a part is there that one who was killed while clearing made, and that belongs to nothing."""
        try:
            found = self._node.try_to("GET", f"/{part}")
        except Failed as fault:
            if fault.status == 404:
                return False
            raise
        about = found[part]
        return not about["aliases"] and "version" in about["mappings"].get("_meta", {})

    def _rolled(self, whole: _Whole) -> _Whole:
        """The parts, with a new one when the newest has had its time or is full."""
        newest = whole.parts[-1]
        settings = self._ask("GET", f"/{newest}/_settings/index.creation_date")
        made = int(settings[newest]["settings"]["index"]["creation_date"])
        docs = int(self._ask("GET", f"/{newest}/_count")["count"])
        is_old = self._now() * 1000 - made > self._parts.days * _DAY
        if not docs or not (is_old or docs >= self._parts.docs):
            return whole
        number = _number(newest) + 1
        self._make(whole.name, number, first=whole.first, instead_of=())
        oldest = engine.mappings({"version": VERSION, "name": whole.name, "first": whole.first, "last": number})
        self._ask("PUT", f"/{whole.parts[0]}/_mapping", {"_meta": oldest["_meta"]})
        return self._look()

    def _name_if_sound(self) -> str:
        try:
            whole = self._look()
            health = self._ask("GET", f"/_cluster/health/{self._alias}")
        except StoreError:
            return ""
        return whole.name if health["status"] != "red" else ""

    # ------------------------------------------------------------------------------------- searching

    def search(self, query: Query) -> Found:
        best = _BEST.fullmatch(query.after) if query.order == "relevance" else None
        queries.check(replace(query, after="") if best else query)
        if best and (query.offset or queries.is_by_time(query)):
            raise ValueError(f"no place to go on behind in this order: {query.after!r}")
        self._look_lately()
        asking = _Asking(query, best)
        ends = None if query.seconds is None else time.monotonic() + query.seconds
        answer = self._page(asking, ends, is_first=True)
        total, counted = int(answer["hits"]["total"]["value"]), answer.get("aggregations", {})
        hits, is_cut = asking.take(answer), bool(answer["timed_out"])
        while not is_cut and asking.wants_more(len(hits)):
            answer = self._page(asking, ends, is_first=False)
            hits, is_cut = asking.take(answer), bool(answer["timed_out"])
        if is_cut:
            return Found(total=0, hits=(), facets=dict.fromkeys(query.facets, ()), is_partial=True)
        return Found(
            total=total,
            hits=tuple(Hit(hit[-1], float(hit[0]) if asking.is_weighed else 0.0) for hit in asking.shown),
            facets={
                field: engine.most_frequent(self._counts(engine.field_of(field), asking, counted.get(field)))
                for field in query.facets
            },
            days=engine.by_day(self._counts("day", asking, counted.get("day"))) if query.per_day else (),
            next=asking.next(),
        )

    def _page(self, asking: "_Asking", ends: float | None, *, is_first: bool) -> dict[str, Any]:
        body = asking.body(is_first=is_first)
        if ends is not None:
            body["timeout"] = f"{max(1, int(1000 * (ends - time.monotonic())))}ms"
        answer = self._ask("POST", f"/{self._alias}/_search", body, params=asking.params)
        return self._whole_answer(answer)

    def _counts(self, field: str, asking: "_Asking", answer: dict[str, Any] | None) -> list[tuple[Any, int]]:
        if answer is None:
            return []
        if engine.is_whole(answer):
            return engine.pairs(answer)
        counted: list[tuple[Any, int]] = []
        behind: dict[str, Any] | None = None
        while True:
            aggregations = {"part": engine.counting_behind(field, behind)}
            body = {"size": 0, "query": asking.selecting, "aggs": aggregations}
            part = self._whole_answer(self._ask("POST", f"/{self._alias}/_search", body, params=asking.params))
            counts = part["aggregations"]["part"]
            counted += engine.pairs(counts)
            behind = counts.get("after_key")
            if not behind:
                return counted

    def count(self) -> int:
        self._look_lately()
        return int(self._whole_answer(self._ask("GET", f"/{self._alias}/_count"))["count"])

    def states(self) -> Iterator[tuple[str, str]]:
        self._look_lately()
        body: dict[str, Any] = {
            "size": MOST_AT_ONCE,
            "query": {"match_all": {}},
            "sort": [{"id": "asc"}, {"state": "asc"}],
            "stored_fields": "_none_",
            "track_total_hits": False,
        }
        while True:
            answer = self._whole_answer(self._ask("POST", f"/{self._alias}/_search", body))
            hits = [hit["sort"] for hit in answer["hits"]["hits"]]
            yield from ((key, state) for key, state in hits)
            if len(hits) < MOST_AT_ONCE:
                return
            body["search_after"] = hits[-1]

    def _ask(self, method: str, path: str, body: object = None, *, params: dict[str, str] | None = None) -> Any:
        return self._node.ask(method, path, body, params=params, to=self._to)

    def _whole_answer(self, answer: dict[str, Any]) -> dict[str, Any]:
        """An answer, if all parts gave theirs: what is left out of a count would be a lie."""
        shards = answer["_shards"]
        if shards["failed"]:
            raise StoreError(
                f"{self._to} lacks {shards['failed']} of {shards['total']} shards: bring the lost node back, "
                "or run `rawi rebuild index`"
            )
        return answer


def _number(part: str) -> int:
    digits = part.rpartition("-")[2]
    return int(digits) if digits.isdigit() else 0


def _copies(replicas: str) -> dict[str, str]:
    return {"auto_expand_replicas": replicas} if "-" in replicas else {"number_of_replicas": replicas}


class _Asking:
    """A search as it is put to OpenSearch, which gives 10,000 hits at once: what is deeper is walked to."""

    def __init__(self, query: Query, best: re.Match[str] | None) -> None:
        self.query = query
        self.is_weighed = not queries.is_by_time(query)
        self.selecting = engine.translated(query.root)
        self._direction = "asc" if query.order == "oldest" else "desc"
        self._behind: list[Any] | None = None
        self._skipped = queries.first_place(query) if not best else 0
        if best:
            self._behind = [float(best[1]), int(best[2]), best[3]]
        elif key := queries.first_key(query):
            self._behind = [dated_at_of(key[0]), key[1]]
        self._limit = max(0, query.limit)
        self.shown: list[list[Any]] = []
        self._size, self._has_more = 0, False
        # One and the same copy of each shard answers for all pages: copies weigh with deletions of their own.
        self.params = {"preference": f"q{crc32(repr(query.root).encode('utf-8', 'replace')):08x}"}
        if self.is_weighed:
            self.params["search_type"] = "dfs_query_then_fetch"

    def body(self, *, is_first: bool) -> dict[str, Any]:
        wanted = self._skipped + self._limit - len(self.shown) if self._limit else 0
        # One more than is shown tells whether there is a next.
        self._size = min(wanted + 1, MOST_AT_ONCE) if wanted else 0
        sort = [{"dated_at": self._direction}, {"id": self._direction}]
        body: dict[str, Any] = {
            "query": self.selecting,
            "size": self._size,
            "sort": [{"_score": "desc"}, *sort] if self.is_weighed else sort,
            "stored_fields": "_none_",
            "track_total_hits": is_first,
        }
        if self._behind is not None and self._size:
            body["search_after"] = self._behind
        if is_first:
            counting = {field: engine.counting(engine.field_of(field)) for field in self.query.facets}
            if self.query.per_day:
                counting["day"] = engine.counting("day")
            body |= {"aggs": counting} if counting else {}
        return body

    def take(self, answer: dict[str, Any]) -> list[list[Any]]:
        """The hits of an answer; those that are asked for are shown."""
        hits = [hit["sort"] for hit in answer["hits"]["hits"]]
        skipped = min(self._skipped, len(hits))
        self._skipped -= skipped
        room = self._limit - len(self.shown)
        self.shown += hits[skipped : skipped + room]
        self._has_more = len(hits) > skipped + room
        if hits:
            self._behind = hits[-1]
        return hits

    def wants_more(self, had: int) -> bool:
        return had == self._size > 0 and len(self.shown) < self._limit

    def next(self) -> str:
        """Where the next hits begin."""
        if not self.shown or not self._has_more:
            return ""
        last = self.shown[-1]
        if self.is_weighed:
            return f"best {last[0]!r} {last[1]} {last[2]}"
        return queries.key_behind(order_key(last[0], last[1]), last[1])
