"""Serves the made-up press on loopback: one HTTP server for each publisher, each on an address of its own."""

import gzip
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from rawi.press.newsroom import Newsroom, load
from rawi.press.publishers import PUBLISHERS
from rawi.press.publishers import Publisher as House
from rawi.press.site import Answer, Site

Clock = Callable[[], datetime]
TRIES = 20


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """A publisher on the air."""

    id: str
    name: str
    language: str
    home: str
    """The address of its front page."""
    hosts: tuple[str, ...]
    """Its host with port, as it stands in its addresses."""


class Press:
    """The press while it is served. Closes itself at the end of a `with`."""

    def __init__(self, servers: list["_Server"], started_at: datetime) -> None:
        self._servers = servers
        self.started_at = started_at
        self.port = servers[0].server_port
        self.publishers = tuple(_on_air(server.site) for server in servers)
        self._threads = [threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True) for server in servers]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Stops all servers; their addresses are free when it returns. May be called twice."""
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()
        self._servers, self._threads = [], []

    def __enter__(self) -> "Press":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def serve(
    port: int = 0,
    started_at: datetime | None = None,
    live: bool = True,
    *,
    clock: Clock = _now,
    newsroom: Newsroom | None = None,
) -> Press:
    """Puts the press on the air, all publishers on one port (0: one that is free on all their addresses).

    `started_at` is the moment live pieces count from (default: now, by `clock`). Without `live` nothing changes.
    OSError when the port is taken; BadNewsroom when the press's files break its rules.
    """
    started_at = started_at or clock()
    newsroom = newsroom or load()
    for attempt in range(TRIES):
        servers: list[_Server] = []
        try:
            for house in PUBLISHERS:
                servers.append(
                    _Server(house, servers[0].server_port if servers else port, newsroom, started_at, live, clock)
                )
        except OSError:
            for server in servers:
                server.server_close()
            # Another program may hold the port that was free on the first address: take another one.
            if port or not servers or attempt == TRIES - 1:
                raise
        else:
            return Press(servers, started_at)
    raise AssertionError("unreachable")


def _on_air(site: Site) -> Publisher:
    house = site.publisher
    return Publisher(
        id=house.id,
        name=house.name,
        language=house.language,
        home=f"{site.base}/",
        hosts=(site.base.removeprefix("http://"),),
    )


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Readers that keep connections open must not hold up the closing.
    block_on_close = False

    def __init__(
        self, house: House, port: int, newsroom: Newsroom, started_at: datetime, live: bool, clock: Clock
    ) -> None:
        super().__init__((house.address, port), _Handler)
        self.clock = clock
        self.site = Site(house, newsroom, f"http://{house.address}:{self.server_port}", started_at, live)

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that hangs up is no matter for the terminal."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Press"
    sys_version = ""
    server: _Server
    timeout = 30

    def do_GET(self) -> None:
        self._reply(with_body=True)

    def do_HEAD(self) -> None:
        self._reply(with_body=False)

    def _reply(self, with_body: bool) -> None:
        answer = self.server.site.answer(self.path, self.server.clock())
        tag = f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'
        if answer.status == 200 and self._has_it(answer, tag):
            self.send_response(304)
            self._validators(answer, tag)
            self.end_headers()
            return
        body, packed = self._packed(answer)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self._validators(answer, tag)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _validators(self, answer: Answer, tag: str) -> None:
        if self.server.site.publisher.gzip:
            self.send_header("Vary", "Accept-Encoding")
        if answer.status == 200:
            # The tag is weak where the body may come packed or not.
            self.send_header("ETag", f"W/{tag}" if self.server.site.publisher.gzip else tag)
            self.send_header("Last-Modified", format_datetime(answer.changed_at, usegmt=True))
            self.send_header(
                "Cache-Control", "max-age=86400" if answer.media_type.startswith("image/") else "max-age=30"
            )

    def _has_it(self, answer: Answer, tag: str) -> bool:
        """Whether the reader holds this very answer: by its tag if it names one, else by its date."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return tags.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        if since is None:
            return False
        try:
            held = parsedate_to_datetime(since)
        except ValueError:
            return False
        return held.replace(tzinfo=held.tzinfo or UTC) >= answer.changed_at

    def _packed(self, answer: Answer) -> tuple[bytes, bool]:
        wanted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (wanted and self.server.site.publisher.gzip) or answer.media_type.startswith("image/"):
            return answer.body, False
        return gzip.compress(answer.body, mtime=0), True

    def log_message(self, format: str, *args: object) -> None:
        """Writes nothing: the terminal belongs to whoever started the press."""
