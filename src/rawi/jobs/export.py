"""What a search finds, whole: every article, oldest first, in memory that does not grow with it."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from rawi.errors import BadInput, CannotRun, CaptureError, StorageFull
from rawi.jobs.search import asked_for
from rawi.jobs.tell import Tell, silent
from rawi.model import Article, Capture, Exchange, Query
from rawi.ports import Captures, Index, Packer, Store

BATCH = 500
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Everything:
    """All that a question finds."""

    total: int
    articles: Iterator[Article]
    """Oldest first, each once, read as they are taken; what comes into the archive meanwhile is not among them."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export came to."""

    articles: int
    missing: tuple[str, ...]
    """Addresses of captures whose bytes could not be had, and why: the first of them."""
    more_missing: int = 0


def everything(
    asked: str, *, store: Store, index: Index, language: str = "en", exact: bool = False, names: bool = True
) -> Everything:
    """All articles that a question finds; QueryError when it cannot be understood."""
    query = replace(asked_for(asked, language, exact=exact, names=names), order="oldest")
    total = index.search(replace(query, limit=0)).total
    return Everything(total, _articles(query, total, store, index))


def _articles(query: Query, total: int, store: Store, index: Index) -> Iterator[Article]:
    given, after = 0, ""
    while given < total:
        found = index.search(replace(query, limit=min(BATCH, total - given), after=after))
        articles = store.get_many(Article, [hit.id for hit in found.hits])
        yield from articles
        given, after = given + len(found.hits), found.next
        if not after:
            return


def pack(
    found: Everything, file: IO[bytes], *, packer: Packer, store: Store, captures: Captures, tell: Tell = silent
) -> Exported:
    """Writes what was found to a file or stream that is open."""
    missing: list[str] = []
    count = _Count()
    articles = _told(found, count, tell)
    packer.pack(((one, _exchanges(one, store, captures, missing)) for one in articles), file)
    return Exported(count.number, tuple(missing[:_MOST_NAMED]), max(0, len(missing) - _MOST_NAMED))


def pack_whole(path: Path, write: Callable[[IO[bytes]], Exported], *, overwrite: bool = False) -> Exported:
    """Has a file written: whole, or not at all.

    What is being written is called `.part` until it is done and on disk. BadInput when there is a file already, or no
    folder for it; StorageFull, CannotRun when the disk refuses.
    """
    if path.exists() and not overwrite:
        raise BadInput(f"{path}: there is such a file already; give another name, or --force to replace it")
    if not path.parent.is_dir():
        raise BadInput(f"{path}: there is no folder {path.parent}")
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            done = write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink()
    return done


class _Count:
    number = 0


def _told(found: Everything, count: _Count, tell: Tell) -> Iterator[Article]:
    for count.number, article in enumerate(found.articles, 1):
        yield article
        tell("export", count.number, found.total)


def _exchanges(article: Article, store: Store, captures: Captures, missing: list[str]) -> Callable[[], list[Exchange]]:
    """The captures of an article, oldest first, read when they are asked for, each with what it confirms before it."""

    def read() -> list[Exchange]:
        cards = store.find(Capture, address=article.id, order="at", limit=1000)
        known = {card.id for card in cards}
        confirmed = [card.revisit_of for card in cards if card.revisit_of and card.revisit_of not in known]
        exchanges = []
        for card in (*store.get_many(Capture, confirmed), *cards):
            try:
                exchanges.append(captures.read(card.place))
            except CaptureError as error:
                missing.append(f"{card.url}: {error}")
        return exchanges

    return read


def _refused(path: Path, error: OSError) -> Exception:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull(f"{path}: no room is left for the export; what was there is untouched")
    return CannotRun(f"{path}: {error.strerror}")
