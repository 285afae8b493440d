"""One request over one connection of its own: found, checked, connected to, and read to the end or to a limit.

The address is checked where it is connected to, after its name was looked up and without a second look-up: what was
checked is what is asked.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yarl import URL

from rawi.adapters.http_turns import Visitor
from rawi.core.http1 import MalformedResponse, ResponseReader
from rawi.errors import AddressRefused, FetchError

_CONNECT_SECONDS = 10.0
"""For one of a name's addresses; then the next is tried."""

Reserve = Callable[[int], "asyncio.Future[None] | None"]
"""Asks for room for a long body; gives what to wait for, or None when there is room at once."""

LONG_BODY = 256 * 1024
"""Bytes from which on a body needs room of its own."""


@dataclass(slots=True)
class Peer:
    """Whom a response came from."""

    ip: str = ""
    tls: str = ""
    tls_problem: str = ""
    certificates: tuple[bytes, ...] = ()


class Connecting:
    """Makes connections to addresses that `may_connect` allows.

    `unverified_hosts` are asked also if their certificate cannot be verified, which is then said.
    """

    def __init__(self, may_connect: Callable[[str], bool], unverified_hosts: tuple[str, ...]) -> None:
        self._may_connect = may_connect
        self._unverified_hosts = frozenset(unverified_hosts)
        self._verifying = ssl.create_default_context()
        self._verifying.set_alpn_protocols(["http/1.1"])
        self._trusting = ssl.create_default_context()
        self._trusting.set_alpn_protocols(["http/1.1"])
        self._trusting.check_hostname = False
        self._trusting.verify_mode = ssl.CERT_NONE

    async def ask(
        self, url: URL, request: bytes, reader: ResponseReader, peer: Peer, visitor: Visitor, reserve: Reserve
    ) -> None:
        """Sends a request and reads the answer into `reader`; FetchError when there is none.

        What broke off is in the reader all the same; `peer` says whom it came from. `visitor` waits for its turn at
        the address before it is connected to.
        """
        exchange = _OneAnswer(reader, reserve)
        transport = await self._connect(url, exchange, peer, visitor)
        try:
            _note_tls(transport, peer)
            transport.write(request)
            await exchange.over
        finally:
            transport.abort()

    async def _connect(self, url: URL, protocol: "_OneAnswer", peer: Peer, visitor: Visitor) -> Any:
        """The connected transport, with TLS where the address wants it."""
        sock = await self._reach(url, peer, visitor)
        if url.scheme != "https":
            return await _transport(protocol, sock)
        name = (url.raw_host or "").removesuffix(".")
        try:
            return await _transport(protocol, sock, self._verifying, name)
        except ssl.SSLCertVerificationError as error:
            if name not in self._unverified_hosts:
                raise FetchError(
                    f"{_short(url)}: its certificate cannot be verified ({error.verify_message}); to ask all the same, "
                    f"put {name!r} into gather.unverified_hosts",
                    "tls",
                ) from error
            peer.tls_problem = str(error.verify_message)
        except (ssl.SSLError, ConnectionError) as error:
            raise FetchError(f"{_short(url)}: no TLS connection: {error}", "tls") from error
        return await _transport(protocol, await self._reach(url, peer, visitor), self._trusting, name)

    async def _reach(self, url: URL, peer: Peer, visitor: Visitor) -> socket.socket:
        """A socket connected to the first address of the name that is allowed and answers."""
        refused, fault = "", ""
        for family, address in await _addresses(url):
            if not self._may_connect(address[0]):
                refused = address[0]
                continue
            await visitor.connect(address[0])
            sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
            sock.setblocking(False)
            try:
                async with asyncio.timeout(_CONNECT_SECONDS):
                    await asyncio.get_running_loop().sock_connect(sock, address)
            except (OSError, TimeoutError) as error:
                sock.close()
                fault = f"{address[0]}: {error or 'no answer'}"
                continue
            except BaseException:
                sock.close()
                raise
            peer.ip = str(sock.getpeername()[0])
            return sock
        if refused and not fault:
            raise AddressRefused(f"{_short(url)}: {refused} is not a public address")
        raise FetchError(f"{_short(url)}: no connection ({fault})", "connect")


class _OneAnswer(asyncio.Protocol):
    """Hands what comes to a reader, until that has enough."""

    def __init__(self, reader: ResponseReader, reserve: Reserve) -> None:
        self._reader = reader
        self._reserve = reserve
        self._has_room = False
        self._transport: Any = None
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            self._reader.feed(data)
        except MalformedResponse as error:
            self._end(error)
            return
        if self._reader.is_over:
            self._end()
        elif not self._has_room and self._reader.length >= LONG_BODY:
            self._has_room = True
            room = self._reserve(self._reader.most_bytes)
            if room is not None:
                self._transport.pause_reading()
                room.add_done_callback(self._go_on)

    def _go_on(self, room: "asyncio.Future[None]") -> None:
        if not room.cancelled() and not self.over.done() and not self._transport.is_closing():
            self._transport.resume_reading()

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, error: Exception | None) -> None:
        if self.over.done():
            return
        if error is not None and not self._reader.has_head:
            self._end(error)
            return
        try:
            self._reader.end()
        except MalformedResponse as malformed:
            self._end(malformed)
            return
        if error is not None and not self._reader.truncated:
            self._reader.truncated = "disconnect"  # a reset is no end of a body, whatever its length
        self._end()

    def _end(self, error: Exception | None = None) -> None:
        if self.over.done():
            return
        if error is None:
            self.over.set_result(None)
        else:
            self.over.set_exception(error)


async def _transport(
    protocol: _OneAnswer, sock: socket.socket, context: ssl.SSLContext | None = None, name: str = ""
) -> Any:
    loop = asyncio.get_running_loop()
    try:
        transport, _ = await loop.create_connection(
            lambda: protocol, sock=sock, ssl=context, server_hostname=name if context else None
        )
    except BaseException:
        sock.close()
        raise
    return transport


async def _addresses(url: URL) -> list[tuple[int, Any]]:
    """The families and socket addresses that a host's name leads to; a literal leads to itself."""
    host, port = (url.raw_host or "").removesuffix("."), url.port or 80
    loop = asyncio.get_running_loop()
    try:
        if ":" in host or host.rpartition(".")[2].isdigit():
            found = await _literal(host, port)
        else:
            found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"{_short(url)}: its name {host[:100]!r} cannot be looked up ({error})", "dns") from error
    return [(family, address) for family, _, _, _, address in found]


async def _literal(host: str, port: int) -> list[Any]:
    # Answered at once, so that no thread is needed.
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)


def _note_tls(transport: Any, peer: Peer) -> None:
    shown = transport.get_extra_info("ssl_object")
    if shown is None:
        return
    cipher = shown.cipher()
    peer.tls = f"{shown.version()} {cipher[0] if cipher else ''}".strip()
    peer.certificates = _chain(shown)


def _chain(shown: Any) -> tuple[bytes, ...]:
    """The certificates as the server sent them, its own first."""
    with contextlib.suppress(AttributeError):
        return tuple(bytes(one) for one in shown.get_unverified_chain())  # since Python 3.13
    with contextlib.suppress(AttributeError, TypeError):
        chain = shown._sslobj.get_unverified_chain()  # noqa: SLF001 - it is there since 3.10, without a public name
        return tuple(ssl.PEM_cert_to_DER_cert(one.public_bytes()) for one in chain)
    own = shown.getpeercert(binary_form=True)
    return (own,) if own else ()


def _short(url: URL) -> str:
    return str(url)[:200]
