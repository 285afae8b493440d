"""Messages as JSON, by POST to an address of their reader's.

The address is checked where it is connected to, after its name was looked up and without a second look-up.
"""

import hashlib
import hmac
import socket
import ssl
import time

import orjson
from yarl import URL

from rawi.core.http1 import MalformedResponse, ResponseReader
from rawi.core.urls import clean, is_loopback, is_public
from rawi.errors import BadInput, MessageError
from rawi.model import Message

MOST_BYTES = 64 * 1024
"""Of an answer, of which only the status is used."""
SIGNATURE = "Rawi-Signature"


class WebhookMessenger:
    """See `ports.Messenger`. `seconds` is for one message; with a secret each is signed."""

    def __init__(self, agent: str, *, secret: str = "", seconds: float = 10.0, allow_loopback: bool = False) -> None:
        self._agent = agent
        self._secret = secret
        self._seconds = seconds
        self._allow_loopback = allow_loopback

    def send(self, message: Message) -> None:
        until = time.monotonic() + self._seconds
        try:
            url = URL(clean(message.target), encoded=True)
        except BadInput as error:
            raise MessageError(str(error)) from error
        body = orjson.dumps(message.data)
        reader = ResponseReader(MOST_BYTES)
        try:
            with self._connected(url, until) as connection:
                connection.settimeout(_left(until))
                connection.sendall(self._request(url, message, body))
                while not reader.is_over and not reader.has_head:
                    connection.settimeout(_left(until))
                    data = connection.recv(16 * 1024)
                    if not data:
                        reader.end()
                        break
                    reader.feed(data)
        except TimeoutError as error:
            raise MessageError(f"{url.host}: no answer within {self._seconds:g} seconds") from error
        except (OSError, MalformedResponse) as error:
            raise MessageError(f"{url.host}: {str(error)[:200] or type(error).__name__}") from error
        if 300 <= reader.status < 400:
            raise MessageError(
                f"{url.host} answered {reader.status}: redirects are not followed, give the last address"
            )
        if not 200 <= reader.status < 300:
            raise MessageError(f"{url.host} answered {reader.status}")

    def _request(self, url: URL, message: Message, body: bytes) -> bytes:
        host = str(url).partition("://")[2].partition("/")[0]
        lines = [
            f"POST {url.raw_path_qs} HTTP/1.1",
            f"Host: {host}",
            f"User-Agent: {self._agent}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            f"Rawi-Message: {message.id}",
        ]
        if self._secret:
            signed = hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()
            lines.append(f"{SIGNATURE}: sha256={signed}")
        return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1", "replace") + body

    def _connected(self, url: URL, until: float) -> socket.socket:
        name, refused, fault = (url.raw_host or "").removesuffix("."), "", ""
        try:
            found = socket.getaddrinfo(name, url.port or 80, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise MessageError(f"{name}: its name cannot be looked up ({error})") from error
        for family, _, _, _, address in found:
            ip = str(address[0])
            if not (is_public(ip) or (self._allow_loopback and is_loopback(ip))):
                refused = ip
                continue
            connection = socket.socket(family, socket.SOCK_STREAM)
            try:
                connection.settimeout(_left(until))
                connection.connect(address)
                if url.scheme == "https":
                    return ssl.create_default_context().wrap_socket(connection, server_hostname=name)
            except OSError as error:
                connection.close()
                fault = f"{ip}: {error or 'no answer'}"
                continue
            return connection
        if refused and not fault:
            raise MessageError(
                f"{name}: {refused} is not a public address (webhook.allow_loopback is for this machine)"
            )
        raise MessageError(f"{name}: no connection ({fault})")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
