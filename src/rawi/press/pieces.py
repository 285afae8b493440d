"""The records of the made-up press: an article, its texts over time, and how it can be read at a moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta


class BadNewsroom(ValueError):
    """Files of the press contradict its rules. The text has one line for each fault, each naming its file."""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    text: str
    heading: str = ""
    """The sub-heading above it, if any."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """What an article says: what a revision may change."""

    headline: str
    standfirst: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A text and the time it is put up: `after` the article's publication, or so long after the press is `started`."""

    text: Text
    after: timedelta = timedelta()
    since_start: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class Piece:
    """An article of a publisher with all its editions, first text first."""

    publisher: str
    slug: str
    section: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    picture: str
    """A key of `pictures.KEYS`, or empty."""
    picture_of: str
    """The key of the article the picture was made for: copies carry the same picture."""
    caption: str
    published_at: datetime | None
    """None for a live article, whose date is its `since_start` after the start of the press."""
    since_start: timedelta | None
    editions: tuple[Edition, ...]
    copied_from: str
    """`publisher/slug` of what it was made from; empty for an original."""

    @property
    def key(self) -> str:
        return f"{self.publisher}/{self.slug}"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A piece as it can be read at a moment."""

    piece: Piece
    text: Text
    published_at: datetime
    modified_at: datetime
    edition: int
    """0 for the first text."""
