"""Is every part of the archive consistent with every other? And if not, what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from rawi.core.payload import media_type
from rawi.core.recipes import NONE, Recipes
from rawi.errors import CaptureError
from rawi.jobs import index as indexing
from rawi.jobs import pictures, read
from rawi.jobs.drift import find_drift
from rawi.jobs.keep import capture_id
from rawi.jobs.tell import Tell, silent
from rawi.model import Article, Capture, Exchange, Fate, Headline
from rawi.ports import Captures, Index, Store

R = TypeVar("R")

_PAGE = 1000
_MOST_EXAMPLES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    what: str
    count: int
    examples: tuple[str, ...]
    advice: str
    sentence: str = ""
    """The whole of it in words, where "so many times that" would be none."""


def check(
    *,
    store: Store,
    captures: Captures,
    index: Index,
    recipes: Recipes = NONE,
    deep: bool = True,
    tell: Tell = silent,
) -> list[Finding]:
    """Compares the parts with one another. With `deep`, every kept byte is read and its digest compared,
    and every article with what the index knows of it."""
    found = [*_behind(store, index)]
    found += _captures(store, captures, tell) if deep else []
    found += [*_unread(store), *_articles(store)]
    found += _index(store, index, deep)
    found += [*_broken(recipes), *_drifted(store, recipes)]
    return found


def _behind(store: Store, index: Index) -> Iterator[Finding]:
    head = store.head()
    for name in (read.FOLLOWER, pictures.FOLLOWER, indexing.follower(index)):
        if left := head - store.cursor(name):
            yield Finding(
                what=f"the follower “{name}” has not read the end of the log",
                count=left,
                examples=(),
                advice="run `rawi follow`",
            )

    for name in store.followers():
        if name.startswith(read.REBUILDING):
            yield Finding(
                what="a rebuild of the articles was stopped before its end",
                count=1,
                examples=(),
                advice="run `rawi rebuild articles`: it goes on where it was",
            )


def _captures(store: Store, captures: Captures, tell: Tell) -> Iterator[Finding]:
    """Cards without bytes, and bytes without a card."""
    broken: list[str] = []
    places = set()
    total = store.count(Capture)
    for done, card in enumerate(_all(store, Capture), 1):
        try:
            exchange = captures.read(card.place)
            places.add(card.place)
            if not _is_of(card, exchange):
                broken.append(f"{card.url} at {card.place}: holds another response")
        except CaptureError as error:
            broken.append(f"{card.url}: {error}")
        tell("check", done, total)
    if broken:
        yield _finding(
            "captures cannot be read back whole",
            broken,
            "restore these files from a backup; where a referenced collection has moved, say so in rawi.toml",
        )
    unknown = [place for place, _ in captures.scan() if place not in places]
    if unknown:
        yield _finding("captures are kept but not in the database", unknown, "run `rawi rebuild captures`")


def _unread(store: Store) -> Iterator[Finding]:
    """Captures that nothing was ever concluded from: their bytes could not be had when it was their turn."""
    if store.cursor(read.FOLLOWER) < store.head():
        return  # their turn may be to come
    unread: list[str] = []
    for cards in _pages(store, Capture):
        addresses = {card.address: card.url for card in cards if read.can_be_read(card)}
        known = {found.id for found in store.get_many(Headline, list(addresses))}
        open_ones = tuple(address for address in addresses if address not in known)
        fates = store.find(Fate, address=open_ones, event="rejected", limit=1_000_000) if open_ones else []
        told = {fate.address for fate in fates}
        unread += [addresses[address] for address in open_ones if address not in told]
    if unread:
        yield _finding("captures were never read", list(dict.fromkeys(unread)), "run `rawi rebuild articles`")


def _is_of(card: Capture, exchange: Exchange) -> bool:
    """Whether a card tells of what is at its place. Who can write our files can make their digests fit, too."""
    told = card.id, card.status, card.media_type, card.truncated
    return told == (capture_id(exchange), exchange.status, media_type(exchange.media_type), exchange.truncated)


def _articles(store: Store) -> Iterator[Finding]:
    lost = []
    for articles in _pages(store, Article):
        there = {card.id for card in store.get_many(Capture, [article.capture for article in articles])}
        lost += [article.url for article in articles if article.capture not in there]
    if lost:
        yield _finding("articles have no capture", lost, "run `rawi rebuild`")


def _index(store: Store, index: Index, deep: bool) -> Iterator[Finding]:
    found = indexing.compare(store=store, index=index, deep=deep)
    for what, ids in (
        ("articles are missing from the search index", found.missing),
        ("articles are in the search index as they are not any more", found.stale),
        ("the search index holds what are no articles", found.extra),
    ):
        if ids:
            yield _finding(what, ids, "run `rawi check --mend`")


def _broken(recipes: Recipes) -> Iterator[Finding]:
    """A finding for each recipe that cannot be used."""
    slips: dict[str, list[str]] = {}
    for file, problem in recipes.problems:
        slips.setdefault(file, []).append(problem)
    for file, problems in slips.items():
        more = f"; {len(problems) - 1} more (`rawi recipes` tells all)" if len(problems) > 1 else ""
        yield Finding(
            what="a recipe cannot be used",
            count=1,
            examples=tuple(f"{file}: {problem}" for problem in problems[:_MOST_EXAMPLES]),
            advice="mend it, then run `rawi rebuild articles`",
            sentence=f"the recipe {file} cannot be used: {problems[0]}{more}",
        )


def _drifted(store: Store, recipes: Recipes) -> Iterator[Finding]:
    """Publishers whose pages are not read any more as they were, or as their recipe expects."""
    for found in find_drift(store=store, recipes=recipes):
        usual = f"its recipe expects {found.usual:.0%} at most" if found.is_expected else f"before: {found.usual:.0%}"
        told = f"of the newest {found.of} pages of {found.publisher} are {found.what} ({usual})"
        examples = f", such as {', '.join(found.examples)}" if found.examples else ""
        yield Finding(
            what=told,
            count=found.having,
            examples=found.examples,
            advice="look at one with `rawi read ADDRESS --explain`; its site may have been rebuilt: write or mend its "
            "recipe (docs/guides/recipes.md), then run `rawi rebuild articles`",
            sentence=f"{found.having} {told}{examples}",
        )


def _finding(what: str, cases: list[str], advice: str) -> Finding:
    return Finding(what=what, count=len(cases), examples=tuple(cases[:_MOST_EXAMPLES]), advice=advice)


def _all(store: Store, kind: type[Capture]) -> Iterator[Capture]:
    for page in _pages(store, kind):
        yield from page


def _pages(store: Store, kind: type[R]) -> Iterator[list[R]]:
    after: tuple[str, str] | None = None
    while page := store.find(kind, order="id", after=after, limit=_PAGE):
        yield page
        last: Any = page[-1]
        after = (last.id, last.id)
