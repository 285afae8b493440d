"""What is decided about telling people of what a saved search finds: targets, times, the words of a subject."""

import re
from datetime import datetime, timedelta

from rawi.core import urls
from rawi.errors import BadInput

MOST_WAITING = 1000
"""Articles that are remembered one by one for a target; further ones are counted."""
SHOWN = 20
"""Articles that one message shows; the others are counted."""
LONGEST_NAME = 200
LONGEST_QUERY = 4000

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 240, 720))


def mail_address(text: str) -> str:
    """An e-mail address as it may stand in a header and in a command, its host in lower case; else BadInput."""
    local, at, domain = text.strip().rpartition("@")
    try:
        host = urls.host(f"http://{domain}/") if at else ""
    except BadInput:
        host = ""
    is_sound = len(local) <= 64 and len(host) <= 180 and _LOCAL.fullmatch(local) and re.fullmatch(r"[a-z0-9.-]+", host)
    if not is_sound:
        raise BadInput(f"{text[:100]!r} is no e-mail address: write one like desk@paper.example")
    return f"{local}@{host}"


def is_mail(target: str) -> bool:
    """Whether a target is an e-mail address, and not that of a webhook."""
    return "://" not in target


def next_attempt(now: datetime, failures: int) -> datetime:
    """When a target that failed so many times in a row is tried again: after a minute, later after half a day."""
    return now + _WAITS[min(max(failures, 1), len(_WAITS)) - 1]


def single_line(text: str, most: int) -> str:
    """A text in one line, without control and bidi characters and lone surrogates."""
    line = " ".join("".join(c if c.isprintable() else " " if c.isspace() else "" for c in text).split())
    return line if len(line) <= most else line[: most - 1] + "…"
