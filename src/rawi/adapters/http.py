"""Asks publishers over HTTP/1.1, in a thread of its own.

Request and response are kept byte for byte, with their transfer coding undone and content codings kept. No cookies, no
credentials, no proxies, no redirects; certificates are verified. Every limit is an argument or a constant of
`core.http1`.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Coroutine, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from typing import Any

from yarl import URL

from rawi.adapters.http_connection import Connecting, Peer
from rawi.adapters.http_turns import Places, Visitor
from rawi.core import payload
from rawi.core.answers import RESTS
from rawi.core.http1 import MalformedResponse, ResponseReader
from rawi.core.urls import clean, host, is_loopback, is_public
from rawi.errors import AddressRefused, BadInput, FetchError, HostRests
from rawi.model import Ask, Exchange

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
"""What `core.payload` can undo."""

LOOK_AHEAD = 1000
"""Asks that are taken before their answers are had, so that one host's many do not hide another's."""

ROOM = 8
"""So many bodies of the greatest size may be in memory at once; further long ones wait with their rest unread."""

_LOOK_EVERY = 1.0
"""Seconds after which the asks are looked at again that had nothing more at the moment."""
_LONGEST_VALIDATOR = 2000
_MOST_LOOKUPS = 64
_ALL = 2**62
_UNPACKED_AT_ONCE = 256 * 1024
_ACCEPT = {
    "article": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "feed": "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5",
    "picture": "image/*,*/*;q=0.5",
    "robots": "text/plain,*/*;q=0.5",
}

_Outcome = Exchange | FetchError


@dataclass(slots=True)
class _Host:
    """One host's turn-taking."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    """By the loop's clock."""
    waiting: int = 0


@dataclass(slots=True)
class _Call:
    """One call of `fetch`."""

    results: SimpleQueue[tuple[int, Ask, _Outcome]] = field(default_factory=SimpleQueue)
    resting: dict[str, int] = field(default_factory=dict)
    """Hosts that asked for a rest, and up to which ask it holds: those handed in before the caller knew of it."""


class HttpFetcher:
    """See `ports.Fetcher`.

    `seconds` is for one address, from looking up its host to the last byte; `max_bytes` is of one body, packed and
    unpacked. Between two requests to one host lies `pause` seconds, or `pause_factor` times what its last answer took
    (`longest_pause` at most), or what the ask says. `concurrency` is how many hosts are asked at once,
    `at_one_address` how many of them that share one network address; waiting for that takes none of an ask's time. With
    `allow_loopback` this machine's own addresses may be asked too, and all ports: for demonstrations and tests.
    `unverified_hosts` are asked also if their certificate cannot be verified.
    """

    def __init__(
        self,
        agent: str,
        *,
        seconds: float = 30.0,
        max_bytes: int = 12 * 1024 * 1024,
        pause: float = 3.0,
        pause_factor: float = 5.0,
        longest_pause: float = 30.0,
        concurrency: int = 500,
        at_one_address: int = 4,
        ports: tuple[int, ...] = (80, 443),
        allow_loopback: bool = False,
        unverified_hosts: tuple[str, ...] = (),
    ) -> None:
        self._agent = agent
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._pause = pause
        self._pause_factor = pause_factor
        self._longest_pause = longest_pause
        self._concurrency = concurrency
        self._at_one_address = at_one_address
        self._ports = ports
        self._allow_loopback = allow_loopback
        self._connecting = Connecting(self._may_connect, unverified_hosts)
        self._hosts: dict[str, _Host] = {}
        self._starting = threading.Lock()
        self._running: _Running | None = None
        self._is_closed = False

    # ------------------------------------------------------------------------------- the caller's thread

    def fetch(self, asks: Iterable[Ask | None]) -> Iterator[tuple[Ask, _Outcome]]:
        call, pending = _Call(), dict[int, Future[None]]()
        rest, number, is_more = iter(asks), 0, True
        try:
            while is_more or pending:
                is_idle = False
                while is_more and not is_idle and len(pending) < LOOK_AHEAD and call.results.empty():
                    try:
                        ask = next(rest)
                    except StopIteration:
                        is_more = False
                        break
                    if ask is None:
                        is_idle = True
                        continue
                    number += 1
                    running = self._run()
                    pending[number] = running.submit(self._answer(running, number, ask, call))
                try:
                    done, ask, outcome = call.results.get(
                        timeout=_LOOK_EVERY if is_idle else None, block=bool(pending) or is_idle
                    )
                except Empty:
                    continue
                del pending[done]
                yield ask, outcome
                if isinstance(outcome, Exchange) and outcome.status in RESTS:
                    call.resting[host(ask.url)] = number
                del outcome  # a long body is not held while the next one comes
                if self._running:
                    self._running.taken(done, call)
        finally:
            for task in pending.values():
                task.cancel()
            if self._running:
                self._running.left(call)

    def close(self) -> None:
        with self._starting:
            self._is_closed = True
            if self._running:
                self._running.stop()
            self._running = None

    def _run(self) -> "_Running":
        with self._starting:
            if self._is_closed:
                raise RuntimeError("this fetcher was closed")
            if self._running is None:
                places = Places(self._concurrency, self._at_one_address)
                self._running = _Running(places, min(self._concurrency, _MOST_LOOKUPS), ROOM * self._max_bytes)
            return self._running

    # --------------------------------------------------------------------------------- the loop's thread

    def _may_connect(self, ip: str) -> bool:
        return is_public(ip) or (self._allow_loopback and is_loopback(ip))

    async def _answer(self, running: "_Running", number: int, ask: Ask, call: _Call) -> None:
        """Puts an ask's outcome among the results, whatever happens: the caller waits for it."""
        outcome: _Outcome = FetchError(f"{ask.url}: given up, the fetcher was closed", "closed")
        try:
            outcome = await self._politely(running, number, ask, self._target(ask.url), call)
        except FetchError as error:
            outcome = error
        except Exception as error:
            # An error that nobody foresaw costs this address only. It is told whole.
            outcome = FetchError(f"{ask.url}: {type(error).__name__}: {error}", "protocol")
            outcome.__cause__ = error
        finally:
            call.results.put((number, ask, outcome))

    def _target(self, url: str) -> str:
        try:
            target = clean(url)
        except BadInput as error:
            raise AddressRefused(f"{url[:200]}: {error}") from error
        if URL(target).port not in self._ports and not self._allow_loopback:
            raise AddressRefused(f"{url[:200]}: only ports {', '.join(map(str, self._ports))} are asked")
        return target

    async def _politely(self, running: "_Running", number: int, ask: Ask, target: str, call: _Call) -> Exchange:
        """Waits for the host's turn and its pause, then asks."""
        loop, name = asyncio.get_running_loop(), host(target)
        lane = self._hosts.setdefault(name, _Host())
        lane.waiting += 1
        try:
            async with lane.turn:
                await asyncio.sleep(max(0.0, lane.free_at - loop.time()))
                if number <= call.resting.get(name, 0):
                    raise HostRests(f"{ask.url[:200]}: {name} asked for a rest before this address's turn")
                visitor = Visitor(running.places)
                try:
                    await visitor.enter()
                    began = loop.time()
                    try:
                        answer = await self._ask(running, (call, number), ask, target, visitor)
                    finally:
                        taken = loop.time() - began - visitor.waited
                        lane.free_at = loop.time() + self._pause_after(ask, taken)
                finally:
                    visitor.leave()
                if answer.status in RESTS:
                    call.resting[name] = _ALL
                return answer
        finally:
            lane.waiting -= 1
            self._forget_idle(loop.time())

    def _pause_after(self, ask: Ask, seconds: float) -> float:
        return max(self._pause, ask.pause, min(self._pause_factor * seconds, self._longest_pause))

    def _forget_idle(self, now: float) -> None:
        if len(self._hosts) > 10_000:
            self._hosts = {n: lane for n, lane in self._hosts.items() if lane.waiting or lane.free_at > now}

    async def _ask(self, running: "_Running", key: "_Key", ask: Ask, target: str, visitor: Visitor) -> Exchange:
        """Asks one address; FetchError when there is no answer that could be kept."""
        at, url = datetime.now(UTC), URL(target, encoded=True)
        request = self._request(ask, target)
        reader, peer = ResponseReader(self._max_bytes), Peer()
        try:
            async with asyncio.timeout(self._seconds) as visitor.limit:
                await self._connecting.ask(url, request, reader, peer, visitor, lambda n: running.reserve(key, n))
        except TimeoutError as error:
            if not reader.has_head:
                raise FetchError(f"{ask.url[:200]}: no answer within {self._seconds:g} seconds", "timeout") from error
            reader.truncated = "time"
        except MalformedResponse as error:
            if not reader.length:
                raise FetchError(f"{ask.url[:200]}: no HTTP that could be kept: {error}", "protocol") from error
            reader.truncated = "disconnect"
        except OSError as error:
            if not reader.has_head:
                raise FetchError(f"{ask.url[:200]}: {error or type(error).__name__}", "connect") from error
            reader.truncated = "disconnect"
        finally:
            running.keep_room(key, reader.length)
        return _exchange(ask, at, request, reader, peer, await self._cut_in_coding(reader))

    def _request(self, ask: Ask, target: str) -> bytes:
        """The bytes of a request."""
        name, slash, path = target.partition("://")[2].partition("/")
        lines = [
            f"GET {slash or '/'}{path} HTTP/1.1",
            f"Host: {name}",
            f"User-Agent: {self._agent}",
            f"Accept: {_ACCEPT[ask.purpose]}",
            f"Accept-Encoding: {ACCEPT_ENCODING}",
        ]
        if etag := _as_sent(ask.etag):
            lines.append(f"If-None-Match: {etag}")
        if last_modified := _as_sent(ask.last_modified):
            lines.append(f"If-Modified-Since: {last_modified}")
        # One request, one connection: nothing that came behind an answer is ever taken for another's.
        return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")

    async def _cut_in_coding(self, reader: ResponseReader) -> str:
        """Why a body that came whole is not whole in its content coding, or unpacks to more than the limit."""
        coding = reader.value("content-encoding").decode("latin-1")
        if not coding or reader.truncated or not reader.length:
            return ""
        if reader.length < _UNPACKED_AT_ONCE:
            return payload.cut_in_coding(reader.body, coding, self._max_bytes)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, payload.cut_in_coding, reader.body, coding, self._max_bytes)


_Key = tuple[_Call, int]


class _Running:
    """A thread with a loop, and what lives in it: places for connections and room for long bodies."""

    def __init__(self, places: Places, lookups: int, room: int) -> None:
        self.loop = asyncio.new_event_loop()
        # Looking up a name holds a thread.
        self._lookups = ThreadPoolExecutor(max_workers=lookups, thread_name_prefix="rawi-lookup")
        self.loop.set_default_executor(self._lookups)
        self.places = places
        self._room = room
        self._held: dict[tuple[int, int], int] = {}
        self._queue: deque[tuple[tuple[int, int], int, asyncio.Future[None]]] = deque()
        self._thread = threading.Thread(target=self._work, name="rawi-fetch", daemon=True)
        self._thread.start()

    def submit(self, work: Coroutine[Any, Any, None]) -> "Future[None]":
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    # -- room for long bodies, from their first long read until the caller has taken the answer

    def reserve(self, key: _Key, size: int) -> "asyncio.Future[None] | None":
        """Reserves room; gives what to wait for when there is none now. Who came first gets it first, and gets all
        it may need at once, so that no two can wait for each other."""
        if not self._queue and self._has_room(size):
            self._held[_id(key)] = size
            return None
        room = self.loop.create_future()
        self._queue.append((_id(key), size, room))
        return room

    def _has_room(self, size: int) -> bool:
        return not self._held or sum(self._held.values()) + size <= self._room

    def keep_room(self, key: _Key, size: int) -> None:
        """What was reserved shrinks to what the body really takes."""
        if _id(key) in self._held:
            self._held[_id(key)] = size
        self._queue = deque(waiting for waiting in self._queue if waiting[0] != _id(key))
        self._give_room()

    def _give_room(self) -> None:
        while self._queue and self._has_room(self._queue[0][1]):
            key, size, room = self._queue.popleft()
            self._held[key] = size
            if not room.done():
                room.set_result(None)

    def taken(self, number: int, call: _Call) -> None:
        """The caller has an answer: it counts no longer. From the caller's thread."""
        if (id(call), number) in self._held:
            self.loop.call_soon_threadsafe(self._free, [(id(call), number)])

    def left(self, call: _Call) -> None:
        """The caller takes no more answers of a call. From the caller's thread."""
        if not self.loop.is_closed():
            held = [key for key in list(self._held) if key[0] == id(call)]
            self.loop.call_soon_threadsafe(self._free, held)

    def _free(self, keys: list[tuple[int, int]]) -> None:
        for key in keys:
            self._held.pop(key, None)
        self._give_room()

    # -- life

    def stop(self) -> None:
        self.submit(self._end()).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self._lookups.shutdown(wait=False, cancel_futures=True)
        self.loop.close()

    def _work(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    async def _end(self) -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


def _id(key: _Key) -> tuple[int, int]:
    return id(key[0]), key[1]


def _as_sent(validator: str) -> str:
    """A validator that goes out as the very bytes that came in (they were read as Latin-1); empty for one with control
    characters or beyond Latin-1, and for one that is very long: the answer is then the whole page, which costs time
    but no truth."""
    is_clean = all((" " <= c <= "\xff" and c != "\x7f") or c == "\t" for c in validator)
    return validator if is_clean and len(validator) <= _LONGEST_VALIDATOR else ""


def _exchange(ask: Ask, at: datetime, request: bytes, reader: ResponseReader, peer: Peer, cut: str) -> Exchange:
    return Exchange(
        url=ask.url,
        at=at,
        status=reader.status,
        request=request,
        head=reader.head,
        body=reader.body,
        media_type=reader.value("content-type").decode("latin-1"),
        purpose=ask.purpose,
        source="gather",
        ip=peer.ip,
        truncated=reader.truncated or cut,
        why=ask.why,
        tls=peer.tls,
        tls_problem=peer.tls_problem,
        certificates=peer.certificates,
    )
