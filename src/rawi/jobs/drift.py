"""Whose pages are not read any more as they were: what `core.drift` compares, fetched from the store."""

from collections.abc import Iterator
from heapq import heappush, heappushpop
from typing import Any

from rawi.core import drift, recipes
from rawi.core.drift import Drift, Seen, Watched
from rawi.core.recipes import Recipes
from rawi.core.urls import host_of, publisher_of
from rawi.jobs.read import Known, can_be_read
from rawi.model import Article, Capture, Headline
from rawi.ports import Store

_KEPT = drift.RECENT + drift.PAST
_PAGE = 1000

_Pages = dict[str, list[tuple[Any, str, bool]]]


def find_drift(*, store: Store, recipes: Recipes) -> list[Drift]:
    """What has drifted. Of each publisher the newest articles are read, and of all captures their cards, once."""
    pages = _newest_pages(store)
    publishers = sorted({*store.tally(Article, "publisher"), *pages})
    return drift.drifts([_watched(one, pages.get(one, []), store, recipes) for one in publishers])


def _watched(publisher: str, pages: list[tuple[Any, str, bool]], store: Store, known: Recipes) -> Watched:
    articles = store.find(Article, publisher=publisher, order="dated_at", newest_first=True, limit=_KEPT)
    chosen = [recipes.choose(known, article.url, article.captured_at) for article in articles]
    rules = chosen[0] if chosen else None
    # The newest that its newest rules read, in one piece.
    expected = next((count for count, other in enumerate(chosen) if other != rules), len(chosen)) if rules else 0
    return Watched(
        publisher=publisher,
        articles=tuple(_seen(article) for article in articles),
        pages=tuple((url, is_article) for _, url, is_article in sorted(pages, reverse=True)),
        expect=rules.expect if rules else drift.NOTHING,
        expected=expected,
    )


def _seen(article: Article) -> Seen:
    return Seen(
        address=article.url,
        date=article.published_on is not None,
        author=bool(article.authors),
        section=bool(article.section),
        picture=bool(article.images),
        characters=len(article.text),
    )


def _newest_pages(store: Store) -> _Pages:
    """By publisher, the newest addresses that were captured as articles, and whether they are. An address whose page
    was captured several times may stand there so often: each is a look at the publisher's pages."""
    publishers = Known(store)
    newest: _Pages = {}
    for cards in _pages(store):
        readable = [card for card in cards if can_be_read(card)]
        articles = {found.id for found in store.get_many(Headline, list({card.address for card in readable}))}
        for card in readable:
            kept = newest.setdefault(card.publisher or publishers.at(card.url) or publisher_of(host_of(card.url)), [])
            item = (card.at, card.url, card.address in articles)
            if len(kept) < _KEPT:
                heappush(kept, item)
            else:
                heappushpop(kept, item)
    return newest


def _pages(store: Store) -> Iterator[list[Capture]]:
    after: tuple[str, str] | None = None
    while page := store.find(Capture, order="id", after=after, limit=_PAGE):
        yield page
        after = (page[-1].id, page[-1].id)
