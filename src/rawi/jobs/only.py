"""Which items of an import are wanted: by host, by day of capture, by language of the text."""

import re
from dataclasses import dataclass
from datetime import date

from rawi.core import languages, payload, urls
from rawi.errors import BadInput
from rawi.model import Exchange

_MARKUP = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^>]*>|&[#\w]+;", re.DOTALL | re.IGNORECASE)
_MOST_READ = 200_000
"""Bytes of a page of which its language is told."""
_FIRST_LETTERS = 4000


@dataclass(frozen=True, kw_only=True, slots=True)
class Only:
    """What is wanted; an empty field wants everything."""

    hosts: tuple[str, ...] = ()
    """These and those below them."""
    languages: tuple[str, ...] = ()
    """ISO 639-1."""
    since: date | None = None
    until: date | None = None
    """Days of capture (UTC), both included."""

    @property
    def key(self) -> str:
        """Names this choice: what was imported by one is not done for another. Empty when everything is wanted."""
        parts = (",".join(sorted(self.hosts)), ",".join(sorted(self.languages)), str(self.since), str(self.until))
        return "" if self == Only() else " ".join(parts)

    def leaves_out(self, exchange: Exchange) -> str:
        """Why an exchange is not wanted, in a word or two; empty when it is."""
        if self.hosts and not self._is_of_hosts(exchange.url):
            return "of other hosts"
        day = exchange.at.date()
        if (self.since and day < self.since) or (self.until and day > self.until):
            return "of other days"
        if self.languages and not exchange.revisit and _language(exchange) not in self.languages:
            return "in other languages"
        return ""

    def _is_of_hosts(self, url: str) -> bool:
        try:
            host = urls.publisher_of(urls.host(url))
        except BadInput:
            return False
        return any(host == one or host.endswith(f".{one}") for one in map(urls.publisher_of, self.hosts))


def _language(exchange: Exchange) -> str:
    """The language of a page's text; empty for what has none (a picture, a redirect)."""
    body, _ = payload.unpack(exchange.body, payload.header(exchange.head, "content-encoding"), _MOST_READ)
    words, _ = payload.decode(body[:_MOST_READ], exchange.media_type)
    # Menus are at the beginning of a page, the article in the middle: the letters of all of it decide.
    bare = " ".join(_MARKUP.sub(" ", words).split())
    middle = max(len(bare) // 2 - _FIRST_LETTERS // 2, 0)
    return languages.language(bare[middle : middle + _FIRST_LETTERS])
