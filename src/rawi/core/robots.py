"""What a publisher's robots.txt allows, after RFC 9309."""

import math
import re
from codecs import BOM_UTF8

from protego import Protego

from rawi.core.urls import clean
from rawi.errors import BadInput

MOST_BYTES = 500 * 1024
"""What RFC 9309 asks everyone to read; what comes behind is not read."""

LONGEST_DELAY = 300.0
"""Seconds: a publisher who wants fewer visits than that can forbid them."""

_NONSENSE_DELAY = 1e7
_MOST_SITEMAPS = 1000
_COMPATIBLE = re.compile(r"\(compatible;\s*([^/;)\s]+)")
_EVERYTHING = "User-agent: *\nAllow: /\n"
_NOTHING = "User-agent: *\nDisallow: /\n"


class Robots:
    """The rules of one origin. `body` is robots.txt with content codings undone; `status` is the answer's status,
    0 when there was none.

    2xx: the rules as they stand (a page that is no robots.txt has none). 3xx (after the last hop) and 4xx: there are
    no rules, all is allowed. 429, 5xx and no answer: nothing is allowed until it can be read.
    """

    def __init__(self, body: bytes, status: int = 200) -> None:
        self._rules = Protego.parse(_text(body, status))

    def allows(self, url: str, agent: str) -> bool:
        """Whether an agent, by its User-Agent or its name alone, may ask for an address of this origin."""
        return bool(self._rules.can_fetch(url, _name(agent)))

    def delay(self, agent: str) -> float:
        """Seconds that an agent is to leave between two requests; 0.0 when nothing usable is said."""
        rate = self._rules.request_rate(_name(agent))
        wishes = [self._rules.crawl_delay(_name(agent)) or 0.0]
        if rate and rate.requests:
            wishes.append(rate.seconds / rate.requests)
        usable = [wish for wish in wishes if math.isfinite(wish) and 0 < wish < _NONSENSE_DELAY]
        return min(max(usable, default=0.0), LONGEST_DELAY)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps it names, in canonical form, each once, in order; what is no web address is left out."""
        found: dict[str, None] = {}
        for said in list(self._rules.sitemaps)[:_MOST_SITEMAPS]:
            try:
                found[clean(said)] = None
            except BadInput:
                continue
        return tuple(found)


def _name(agent: str) -> str:
    """The product token (RFC 9309, section 2.2.1) of a User-Agent: no word of its remarks is anyone's name."""
    compatible = _COMPATIBLE.search(agent)
    return compatible[1] if compatible else agent.partition("/")[0].strip()


def _text(body: bytes, status: int) -> str:
    if 300 <= status < 500 and status != 429:
        return _EVERYTHING
    if not 200 <= status < 300:
        return _NOTHING
    body = body.removeprefix(BOM_UTF8)
    if len(body) > MOST_BYTES:
        body = _whole_lines(body[:MOST_BYTES])
    # NUL ends nothing in Python, but no directive has one.
    return body.decode("utf-8", "replace").replace("\0", "")


def _whole_lines(body: bytes) -> bytes:
    """Without the last line, which is cut: "Disallow: /private" cut to "Disallow: /" would forbid everything."""
    return body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]
