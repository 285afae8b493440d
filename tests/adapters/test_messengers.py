"""Messages over the wire: a webhook and a mail server on loopback."""

import hashlib
import hmac
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from rawi.adapters.smtp import MailServer, SmtpMessenger
from rawi.adapters.webhook import WebhookMessenger
from rawi.errors import MessageError
from rawi.model import Message
from tests.adapters.server import Server, ok
from tests.contracts.records import NOON


def message(target: str, subject: str = "Of “water”") -> Message:
    return Message(
        id="a" * 20,
        target=target,
        language="ar",
        at=NOON,
        subject=subject,
        text="ماء\n",
        html="<p>ماء</p>",
        data={"a": 1},
    )


@contextmanager
def mail_server(refuse: bool = False) -> Iterator[tuple[int, list[bytes]]]:
    listener, got = socket.create_server(("127.0.0.1", 0)), list[bytes]()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rwb") as lines:

            def say(text: str) -> None:
                lines.write(text.encode() + b"\r\n")
                lines.flush()

            say("220 here")
            for line in lines:
                word = line[:4].upper()
                if word == b"DATA":
                    say("354 go on")
                    body = b""
                    while (part := lines.readline()) != b".\r\n":
                        body += part
                    got.append(body)
                if word == b"QUIT":
                    say("221 bye")
                    return
                say("550 nobody" if refuse and word == b"RCPT" else "250 ok")

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1], got
    finally:
        thread.join(10)
        listener.close()


def messenger(port: int, **more: Any) -> SmtpMessenger:
    server = MailServer(host="127.0.0.1", port=port, security="none", sender="rawi@paper.example", **more)
    return SmtpMessenger(server, name="أرشيف\r\nBcc: x@y")


def test_a_mail_has_both_parts_and_no_foreign_headers() -> None:
    with mail_server() as (port, got):
        messenger(port).send(message("desk@paper.example", "Water\r\nBcc: evil@x.example"))
    (raw,) = got
    read = message_from_bytes(raw, policy=default)
    assert read["Bcc"] is None
    assert read["Subject"] == "Water Bcc: evil@x.example"
    assert raw.isascii()
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]  # type: ignore[attr-defined]


def test_a_refused_address_is_not_the_way() -> None:
    with mail_server(refuse=True) as (port, _), pytest.raises(MessageError, match="550") as caught:
        messenger(port).send(message("desk@paper.example"))
    assert not caught.value.is_of_way


def test_no_password_goes_in_clear_or_is_shown() -> None:
    with pytest.raises(MessageError, match="clear") as caught:
        messenger(1, user="u", password="hush").send(message("desk@paper.example"))
    assert "hush" not in str(caught.value) + repr(messenger(1, user="u", password="hush")._server)


def test_a_webhook_is_signed() -> None:
    with Server({"/hook": ok(b"")}) as server:
        WebhookMessenger("rawi", secret="s", allow_loopback=True).send(message(server.root + "/hook"))
    signed = hmac.new(b"s", b'{"a":1}', hashlib.sha256).hexdigest()
    assert f"Rawi-Signature: sha256={signed}".encode() in server.requests[0]


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 302 F\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 500 N\r\n\r\n"]
)
def test_only_a_plain_yes_counts(answer: bytes) -> None:
    with Server({"/hook": answer}) as server, pytest.raises(MessageError, match=r"302|500"):
        WebhookMessenger("rawi", allow_loopback=True).send(message(server.root + "/hook"))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "host", ["127.0.0.1:9", "10.0.0.1", "169.254.169.254", "[::1]", "localhost", "[::ffff:127.0.0.1]"]
)
def test_internal_addresses_are_refused(host: str) -> None:
    with pytest.raises(MessageError, match=r"not a public address"):
        WebhookMessenger("rawi").send(message(f"http://{host}/"))
