"""Messages as e-mail, by SMTP."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from rawi.core.alerts import mail_address, single_line
from rawi.errors import BadInput, MessageError
from rawi.model import Message

# Nothing needs a server that takes eight bits.
_POLICY = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """How a mail server is reached."""

    host: str
    port: int
    security: str
    """"starttls", "tls" or "none"."""
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    seconds: float = 20.0


class SmtpMessenger:
    """See `ports.Messenger`. `name` stands with the sender's address."""

    def __init__(self, server: MailServer, *, name: str, context: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._name = single_line(name, 100)
        self._context = context

    def send(self, message: Message) -> None:
        server = self._server
        if not server.host or not server.sender:
            missing = "mail.host" if not server.host else "mail.sender"
            raise MessageError(f"{missing} is not set in rawi.toml: no mail can be sent", is_of_way=True)
        if server.user and server.security == "none":
            raise MessageError("mail.security = none: the password of mail.user is not sent in clear", is_of_way=True)
        made = self._made(message)
        try:
            with self._connected() as connection:
                connection.send_message(made)
        except smtplib.SMTPRecipientsRefused as error:
            codes = ", ".join(_said(code, words) for code, words in error.recipients.values())
            raise MessageError(f"{message.target} was refused by {server.host}: {codes}") from error
        except smtplib.SMTPResponseException as error:
            is_of_way = not isinstance(error, smtplib.SMTPDataError)
            raise MessageError(
                f"{server.host} says {_said(error.smtp_code, error.smtp_error)}", is_of_way=is_of_way
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MessageError(
                f"mail server {server.host} port {server.port}: {single_line(str(error), 200) or type(error).__name__}",
                is_of_way=True,
            ) from error

    def _connected(self) -> smtplib.SMTP:
        server, context = self._server, self._context or ssl.create_default_context()
        connection: smtplib.SMTP
        if server.security == "tls":
            connection = smtplib.SMTP_SSL(server.host, server.port, timeout=server.seconds, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.seconds)
        try:
            if server.security == "starttls":
                connection.starttls(context=context)
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _made(self, message: Message) -> EmailMessage:
        try:
            sender, target = mail_address(self._server.sender), mail_address(message.target)
        except BadInput as error:
            raise MessageError(str(error)) from error
        made = EmailMessage(policy=_POLICY)
        made["From"] = Address(display_name=self._name, addr_spec=sender)
        made["To"] = Address(addr_spec=target)
        made["Subject"] = single_line(message.subject, 200)
        made["Date"] = message.at
        made["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
        made["Auto-Submitted"] = "auto-generated"
        made["Content-Language"] = message.language
        made.set_content(message.text)
        made.add_alternative(message.html, subtype="html")
        return made


def _said(code: int, words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {single_line(said, 200)}"
