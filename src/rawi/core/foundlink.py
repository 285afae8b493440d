"""What a feed, a sitemap or a page is read to: links, with what is said of them; and the forms of their text."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

MOST_LINKS = 50_000
"""Links that are taken from one feed: as many as a sitemap may have."""

MOST_TITLE = 1000
MOST_SUMMARY = 2000
MOST_MARKUP = 8_000
"""Characters of a title, of a summary, and of the markup that is read for either."""

CUT = "it is cut short; what came whole was read"
_MOST_ID = 1000

NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML has not, and that no text needs."""
_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
# A tag as browsers read it: ">" in a quoted value does not end it.
_TAG = re.compile(r"""</?([a-zA-Z][a-zA-Z0-9:]*+)(?:[^"'<>]++|"[^"]*+"|'[^']*+')*+>|<[!?][^<>]*+>""")
# fmt: off
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})
# fmt: on
"""Elements that part no words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundLink:
    """An article's address, with what is said of it where it was found. What is not said is empty."""

    url: str
    """In canonical form."""
    title: str = ""
    """Plain text, as are author and summary."""
    published_at: datetime | None = None
    published_on: date | None = None
    """The day in the publisher's zone; it may be known when the moment is not."""
    updated_at: datetime | None = None
    author: str = ""
    summary: str = ""
    id: str = ""
    """What the feed calls it; the SHA-256 of that when it is longer than 1,000 characters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedReading:
    """What was read from a feed."""

    kind: str = ""
    """ "rss", "atom", "json", "sitemap", "section" (a page); empty when it is none of these."""
    title: str = ""
    links: tuple[FoundLink, ...] = ()
    """In the feed's order, each address once."""
    feeds: tuple[str, ...] = ()
    """The sitemaps of a sitemap index; the feeds that a page announces."""
    problem: str = ""
    """Why nothing was read, or not all."""


def collected(kind: str, title: str, links: Iterable[FoundLink | None], problem: str = "") -> FeedReading:
    """A reading of these links, each address once, `MOST_LINKS` at most."""
    once: dict[str, FoundLink] = {}
    for link in links:
        if link and link.url not in once:
            if len(once) == MOST_LINKS:
                problem = f"it has more than {MOST_LINKS} links; the first were read"
                break
            once[link.url] = link
    return FeedReading(kind=kind, title=title, links=tuple(once.values()), problem=problem)


def plain(markup: str) -> str:
    """The text of a piece of HTML, on one line."""
    markup = markup[:MOST_MARKUP]
    if "<" in markup:
        markup = _TAG.sub(_parting, _UNSEEN.sub("", markup))
    return tidy(html.unescape(markup) if "&" in markup else markup)


def _parting(tag: re.Match[str]) -> str:
    """What a tag leaves behind: nothing within a line, a blank where it begins or ends one."""
    name = tag[1]
    return "" if name is None or name.lower().rpartition(":")[2] in _INLINE else " "


def tidy(text: str) -> str:
    """Text on one line, without characters that no text needs."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return " ".join(NOT_TEXT.sub("", line).encode("utf-8", "ignore").decode("utf-8").split())


def short_id(said: str) -> str:
    """An id as it is kept."""
    said = tidy(said)
    return said if len(said) <= _MOST_ID else sha256(said.encode()).hexdigest()


def web(said: str) -> str:
    """An id, when it is an address; else ""."""
    return said if said.lower().startswith(("http://", "https://")) else ""
