"""Asks publishers over HTTP, with aiohttp in a thread of its own.

What a response is kept as: the body as it came (content codings kept), the heads rebuilt from the fields that aiohttp
hands on, in their order and spelling. No cookies, no proxies, no redirects; certificates are verified.
"""

import asyncio
import socket
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import SimpleQueue
from typing import Any, Self

import aiohttp
from aiohttp.http_exceptions import BadHttpMessage, ContentLengthError
from yarl import URL

from rawi.core.urls import clean, host, is_loopback, is_public
from rawi.errors import AddressRefused, BadInput, FetchError
from rawi.model import Ask, Exchange

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
"""What `core.payload` can undo."""

LOOK_AHEAD = 1000
"""Asks that are taken before their answers are had, so that one host's many do not hide another's."""

_LONGEST_LINE = 16 * 1024
_LONGEST_FIELD = 64 * 1024
_MOST_FIELDS = 400
_LONGEST_VALIDATOR = 2000
_PIECE = 64 * 1024
_ACCEPT = {
    "article": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "feed": "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5",
    "picture": "image/*,*/*;q=0.5",
    "robots": "text/plain,*/*;q=0.5",
}

_Outcome = Exchange | FetchError
_Results = SimpleQueue[tuple[int, Ask, _Outcome]]


class _NotPublic(OSError):
    """The address that was about to be connected to is not public."""


class _Answer(aiohttp.ClientResponse):
    """A response that remembers whom it came from, also when its connection is gone."""

    ip = ""

    async def start(self, connection: Any) -> Self:
        peer = connection.transport.get_extra_info("peername") if connection.transport else None
        self.ip = str(peer[0]) if peer else ""
        await super().start(connection)
        return self


@dataclass(slots=True)
class _Host:
    """One host's turn-taking."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    """By the loop's clock."""
    waiting: int = 0


class HttpFetcher:
    """See `ports.Fetcher`.

    `seconds` is for one address, from looking up its host to the last byte; `max_bytes` is of one body; `pause` is
    in seconds, between two requests to one host; `concurrency` is how many hosts are asked at once. With
    `allow_loopback` this machine's own addresses may be asked too, and all ports: for demonstrations and tests.
    """

    def __init__(
        self,
        agent: str,
        *,
        seconds: float = 30.0,
        max_bytes: int = 12 * 1024 * 1024,
        pause: float = 3.0,
        concurrency: int = 32,
        ports: tuple[int, ...] = (80, 443),
        allow_loopback: bool = False,
    ) -> None:
        self._agent = agent
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._pause = pause
        self._concurrency = concurrency
        self._ports = ports
        self._allow_loopback = allow_loopback
        self._hosts: dict[str, _Host] = {}
        self._starting = threading.Lock()
        self._running: _Running | None = None
        self._is_closed = False

    # ------------------------------------------------------------------------------- the caller's thread

    def fetch(self, asks: Iterable[Ask]) -> Iterator[tuple[Ask, _Outcome]]:
        results: _Results = SimpleQueue()
        pending: dict[int, Future[None]] = {}
        rest, number, is_more = iter(asks), 0, True
        try:
            while is_more or pending:
                while is_more and len(pending) < LOOK_AHEAD and results.empty():
                    ask = next(rest, None)
                    if ask is None:
                        is_more = False
                        break
                    number += 1
                    running = self._run()
                    pending[number] = running.submit(self._answer(running, number, ask, results))
                if pending:
                    done, ask, outcome = results.get()
                    del pending[done]
                    yield ask, outcome
        finally:
            for task in pending.values():
                task.cancel()

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
                self._running = _Running(self._concurrency, self._session)
            return self._running

    # --------------------------------------------------------------------------------- the loop's thread

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                socket_factory=self._socket,
                resolver=aiohttp.ThreadedResolver(),
                # One request, one connection: nothing that came behind an answer is ever taken for another's.
                force_close=True,
                limit=0,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            response_class=_Answer,
            auto_decompress=False,
            trust_env=False,
            skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
            max_line_size=_LONGEST_LINE,
            max_field_size=_LONGEST_FIELD,
            max_headers=_MOST_FIELDS,
            read_bufsize=_PIECE,
        )

    def _socket(self, info: Any) -> socket.socket:
        """The socket for an address that a name led to. Here is the very address that is connected to."""
        family, kind, protocol, _, address = info
        if not self._may_connect(str(address[0])):
            raise _NotPublic(f"{address[0]} is not a public address")
        return socket.socket(family=family, type=kind, proto=protocol)

    def _may_connect(self, ip: str) -> bool:
        return is_public(ip) or (self._allow_loopback and is_loopback(ip))

    async def _answer(self, running: "_Running", number: int, ask: Ask, results: _Results) -> None:
        """Puts an ask's outcome among the results, whatever happens: the caller waits for it."""
        outcome: _Outcome = FetchError(f"{ask.url}: given up, the fetcher was closed", "closed")
        try:
            outcome = await self._politely(running, ask, self._target(ask.url))
        except FetchError as error:
            outcome = error
        except Exception as error:
            # An error that nobody foresaw costs this address only. It is told whole.
            outcome = FetchError(f"{ask.url}: {type(error).__name__}: {error}", "protocol")
            outcome.__cause__ = error
        finally:
            results.put((number, ask, outcome))

    def _target(self, url: str) -> str:
        try:
            target = clean(url)
        except BadInput as error:
            raise AddressRefused(f"{url[:200]}: {error}") from error
        if URL(target).port not in self._ports and not self._allow_loopback:
            raise AddressRefused(f"{url[:200]}: only ports {', '.join(map(str, self._ports))} are asked")
        return target

    async def _politely(self, running: "_Running", ask: Ask, target: str) -> Exchange:
        """Waits for the host's turn and its pause, then asks."""
        loop, name = asyncio.get_running_loop(), host(target)
        lane = self._hosts.setdefault(name, _Host())
        lane.waiting += 1
        try:
            async with lane.turn:
                await asyncio.sleep(max(0.0, lane.free_at - loop.time()))
                async with running.places:
                    try:
                        return await self._within_time(running.session, ask, target)
                    finally:
                        lane.free_at = loop.time() + self._pause
        finally:
            lane.waiting -= 1
            self._forget_idle(loop.time())

    def _forget_idle(self, now: float) -> None:
        if len(self._hosts) > 10_000:
            self._hosts = {n: lane for n, lane in self._hosts.items() if lane.waiting or lane.free_at > now}

    async def _within_time(self, session: aiohttp.ClientSession, ask: Ask, target: str) -> Exchange:
        at, body, truncated = datetime.now(UTC), bytearray(), ""
        answer: _Answer | None = None
        try:
            async with asyncio.timeout(self._seconds):
                answer = await self._ask(session, ask, target)
                truncated = await self._read(answer, body)
        except TimeoutError as error:
            if answer is None:
                raise FetchError(f"{ask.url}: no answer within {self._seconds:g} seconds", "timeout") from error
            truncated = "time"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if answer is not None:
                self._save_rest(answer, body)
            if answer is None or (not body and _is_malformed(error)):
                raise _reason(ask.url, error) from error
            truncated = "disconnect"
        finally:
            if answer is not None:
                answer.close()
        return _exchange(ask, at, answer, bytes(body), truncated)

    def _save_rest(self, answer: _Answer, body: bytearray) -> None:
        """Takes what had come in when the connection broke: reading on would give the error in its place."""
        body += answer.content._read_nowait(-1)  # noqa: SLF001 - aiohttp has no other way to it
        del body[self._max_bytes :]

    async def _ask(self, session: aiohttp.ClientSession, ask: Ask, target: str) -> _Answer:
        url = URL(target, encoded=True)
        answer: Any = await session.get(url, headers=self._headers(ask), allow_redirects=False)
        return answer  # type: ignore[no-any-return]  # the session makes no others

    def _headers(self, ask: Ask) -> dict[str, str]:
        headers = {
            "User-Agent": self._agent,
            "Accept": _ACCEPT[ask.purpose],
            "Accept-Encoding": ACCEPT_ENCODING,
        }
        if etag := _as_sent(ask.etag):
            headers["If-None-Match"] = etag
        if last_modified := _as_sent(ask.last_modified):
            headers["If-Modified-Since"] = last_modified
        return headers

    async def _read(self, answer: _Answer, body: bytearray) -> str:
        """Reads a body into `body`; says why it is not whole, or ""."""
        async for piece in answer.content.iter_chunked(_PIECE):
            body += piece
            if len(body) > self._max_bytes:
                del body[self._max_bytes :]
                return "length"
        return ""


class _Running:
    """A thread with a loop, and what lives in it."""

    def __init__(self, concurrency: int, make_session: Any) -> None:
        self.loop = asyncio.new_event_loop()
        # Looking up a name holds a thread: as many names at once as hosts.
        self._lookups = ThreadPoolExecutor(max_workers=concurrency, thread_name_prefix="rawi-lookup")
        self.loop.set_default_executor(self._lookups)
        self._thread = threading.Thread(target=self._work, name="rawi-fetch", daemon=True)
        self._thread.start()
        self.session, self.places = self.submit(_made(make_session, concurrency)).result()

    def submit(self, work: Any) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self.loop)

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
        await self.session.close()


async def _made(make_session: Any, concurrency: int) -> tuple[aiohttp.ClientSession, asyncio.Semaphore]:
    return make_session(), asyncio.Semaphore(concurrency)


def _as_sent(validator: str) -> str:
    """A validator as aiohttp must be given it so that the very bytes go out that once came in.

    Fields are read as Latin-1 and written as UTF-8. One that cannot be sent so, or is very long, is not sent: the
    answer is then the whole page, which costs time but no truth.
    """
    try:
        exact = validator.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return ""
    is_clean = all(" " <= c != "\x7f" or c == "\t" for c in exact)
    return exact if is_clean and len(exact) <= _LONGEST_VALIDATOR else ""


def _is_malformed(error: BaseException) -> bool:
    """Whether a body broke the rules of HTTP, rather than ended early."""
    cause = error.__cause__
    return isinstance(cause, BadHttpMessage) and not isinstance(cause, ContentLengthError)


def _reason(url: str, error: Exception) -> FetchError:
    """Our error for one of aiohttp's."""
    said = f"{url[:200]}: {str(error)[:300] or type(error).__name__}"
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, _NotPublic):
        return AddressRefused(f"{url[:200]}: {error.os_error}")
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return FetchError(said, "dns")
    if isinstance(error, aiohttp.ClientSSLError):
        return FetchError(said, "tls")
    if isinstance(error, aiohttp.ClientConnectorError):
        return FetchError(said, "connect")
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return FetchError(f"{url[:200]}: the connection was closed without an answer", "protocol")
    if isinstance(error, OSError):
        return FetchError(said, "connect")
    return FetchError(said, "protocol")


def _exchange(ask: Ask, at: datetime, answer: _Answer, body: bytes, truncated: str) -> Exchange:
    transfer = ",".join(answer.headers.getall("Transfer-Encoding", [])).lower().strip()
    if transfer not in ("", "chunked", "identity"):
        raise FetchError(f"{ask.url[:200]}: a transfer coding that nobody can undo: {transfer[:80]}", "protocol")
    asked = answer.request_info
    request = [f"{asked.method} {asked.url.raw_path_qs} HTTP/1.1".encode()]
    request += [f"{name}: {value}".encode() for name, value in asked.headers.items()]
    version = answer.version or aiohttp.HttpVersion11
    head = [
        f"HTTP/{version.major}.{version.minor} {answer.status} {answer.reason or ''}".encode("utf-8", "surrogateescape")
    ]
    head += [name + b": " + value for name, value in answer.raw_headers]
    return Exchange(
        url=ask.url,
        at=at,
        status=answer.status,
        request=b"\r\n".join([*request, b"", b""]),
        head=b"\r\n".join([*head, b"", b""]),
        body=body,
        media_type=_media_type(answer),
        purpose=ask.purpose,
        source="gather",
        ip=answer.ip,
        # Nobody asked for a part (206).
        truncated=truncated or ("length" if answer.status == 206 else ""),
    )


def _media_type(answer: _Answer) -> str:
    said = (value for name, value in answer.raw_headers if name.lower() == b"content-type")
    return next(said, b"").decode("latin-1").strip()
