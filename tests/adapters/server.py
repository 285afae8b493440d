"""A publisher for tests: a socket on loopback that answers as it is told, byte for byte."""

import select
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

Behaviour = bytes | Callable[[socket.socket], None]


class Server:
    """Answers each path with bytes, or lets a function write to the connection. Use with `with`.

    `requests` are the heads that came, byte for byte, in order. `overlapped` says whether a connection was made while
    another was being answered.
    """

    def __init__(self, answers: dict[str, Behaviour], ip: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.answers = answers
        self.requests: list[bytes] = []
        self.overlapped = False
        self._listener = socket.create_server((ip, 0))
        self.port = self._listener.getsockname()[1]
        self.root = f"http{'s' if tls else ''}://{ip}:{self.port}"
        self._threads = [threading.Thread(target=self._accept)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                thread = threading.Thread(target=self._answer, args=(connection,))
                self._threads.append(thread)
                thread.start()

    def _answer(self, connection: socket.socket) -> None:
        with suppress(OSError), self._tls.wrap_socket(connection, True) if self._tls else connection as connection:
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65536)
                if not piece:
                    return
                head += piece
                if head.startswith(b"\x16"):  # TLS's greeting
                    connection.sendall(b"HTTP/1.1 400 Speak plainly\r\n\r\n")
                    return
            self.requests.append(head)
            behaviour = self.answers[head.split(b" ", 2)[1].decode()]
            # Whoever asks two things at once is knocking by now, or very soon.
            self.overlapped |= bool(select.select([self._listener], [], [], 0.02)[0])
            if isinstance(behaviour, bytes):
                connection.sendall(behaviour)
            else:
                behaviour(connection)


def ok(body: bytes, *headers: str) -> bytes:
    """A good answer."""
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", *headers, f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def until_left(connection: socket.socket) -> None:
    """Says nothing more until the other side goes."""
    while connection.recv(65536):
        pass


def stalls_after(start: bytes) -> Behaviour:
    def behave(connection: socket.socket) -> None:
        connection.sendall(start)
        until_left(connection)

    return behave


def drips(start: bytes) -> Behaviour:
    """A byte now and then, for ever: no single wait is long."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(start)
        while not select.select([connection], [], [], 0.02)[0]:
            connection.sendall(b".")

    return behave


def repeats(start: bytes, piece: bytes) -> Behaviour:
    """As fast as it can, for ever."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(piece)

    return behave


def resets_after(start: bytes) -> Behaviour:
    """Breaks the connection off as soon as the other side has read what was sent."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(start)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    return behave
