"""What readers look through: headlines in order, publishers, sections, days, one article and what is known of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rawi.core.payload import header, unpack
from rawi.errors import CaptureError, NotFound
from rawi.jobs.pictures import RASTER, is_picture
from rawi.model import Article, Capture, Headline, Image, Publisher, Revision, address_id
from rawi.ports import Captures, Store


@dataclass(frozen=True, kw_only=True, slots=True)
class PublisherSummary:
    """A publisher and how much of it there is."""

    id: str
    name: str
    home: str
    language: str
    articles: int
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture of an article that we kept."""

    image: Image
    capture: str


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """How much there is in an archive."""

    articles: int
    captures: int
    publishers: int
    first_on: date | None
    last_on: date | None
    behind: int
    """Changes that the search index has not taken in."""


def headlines(
    *,
    store: Store,
    publisher: str = "",
    topic: str | None = "",
    language: str = "",
    day: date | None = None,
    before: tuple[datetime, str] | None = None,
    limit: int = 48,
) -> list[Headline]:
    """The newest headlines of a publisher, a topic (None: without one; "": any), a language, a day of publication.

    `before` is (dated_at, id) of the last headline seen.
    """
    equal: dict[str, str | date | None] = {"publisher": publisher, "language": language}
    equal = {name: value for name, value in equal.items() if value}
    if topic != "":
        equal["topic"] = topic
    if day:
        equal["published_on"] = day
    return store.find(Headline, order="dated_at", newest_first=True, after=before, limit=limit, **equal)


def publishers(*, store: Store) -> list[PublisherSummary]:
    """Every publisher that has an article or was added, most articles first."""
    counts: dict[str, int] = store.tally(Article, "publisher")
    added = {publisher.id: publisher for publisher in store.find(Publisher, limit=100_000)}
    made = [_summary(key, counts.get(key, 0), added.get(key), store) for key in {*counts, *added}]
    return sorted(made, key=lambda summary: (-summary.articles, summary.id))


def _summary(id: str, articles: int, added: Publisher | None, store: Store) -> PublisherSummary:
    first, last = (_end(store, newest_first, publisher=id) for newest_first in (False, True))
    return PublisherSummary(
        id=id,
        name=added.name if added else publisher_name(id, store=store),
        home=added.home if added else "",
        language=added.language if added else (last.language if last else ""),
        articles=articles,
        first_on=first.published_on if first else None,
        last_on=last.published_on if last else None,
    )


def _end(store: Store, newest_first: bool, **equal: Any) -> Headline | None:
    """The first or last headline that has a day of publication."""
    found = store.find(Headline, order="published_on", newest_first=newest_first, limit=1, **equal)
    return found[0] if found and found[0].published_on else None


def publisher_name(id: str, *, store: Store) -> str:
    """A publisher's name: as it was added, else as its newest page gives it, else its id."""
    for publisher in store.get_many(Publisher, [id]):
        return publisher.name
    newest = store.find(Headline, order="dated_at", newest_first=True, limit=1, publisher=id)
    return (newest[0].publisher_name if newest else "") or id


def topics(*, store: Store) -> list[tuple[str, int]]:
    """Each topic that has articles, and how many; "" for those without; most first."""
    counts = store.tally(Article, "topic")
    return sorted(((topic or "", count) for topic, count in counts.items()), key=lambda pair: (-pair[1], pair[0]))


def days(*, store: Store) -> list[tuple[date, int]]:
    """Each day on which an article was published, and how many were, in order."""
    counts = store.tally(Article, "published_on")
    return sorted((day, count) for day, count in counts.items() if day)


def article(id_or_address: str, *, store: Store) -> Article:
    """An article by its id or its address; NotFound otherwise."""
    for found in store.get_many(Article, [id_or_address, address_id(id_or_address)]):
        return found
    raise NotFound(f"{id_or_address}: no article of that id or address (`rawi fate ADDRESS` tells what became of it)")


def revisions(article_id: str, *, store: Store) -> list[Revision]:
    """The different readings of an article, the first included, in order; empty when it never changed."""
    return store.find(Revision, order="number", article=article_id, limit=10_000)


def pictures(article: Article, *, store: Store) -> list[Picture]:
    """The pictures of an article that we kept and may show."""
    addresses = tuple(address_id(image.url) for image in article.images)
    found = store.find(Capture, address=addresses, limit=10_000) if addresses else []
    cards = {card.address: card for card in sorted(found, key=lambda card: card.at) if is_picture(card)}
    return [
        Picture(image=image, capture=cards[address].id)
        for image, address in zip(article.images, addresses, strict=True)
        if address in cards
    ]


_SIGNS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
    "image/avif": b"\x00\x00\x00",
}


def picture(capture_id: str, *, store: Store, captures: Captures) -> tuple[str, bytes]:
    """A kept picture: its media type and bytes; NotFound when it is none of the kinds that cannot be active."""
    for card in store.get_many(Capture, [capture_id]):
        if is_picture(card):
            body = _body(card, captures)
            if card.media_type in RASTER and body.startswith(_SIGNS[card.media_type]):
                return card.media_type, body
    raise NotFound(f"{capture_id}: no picture of that id")


def _body(card: Capture, captures: Captures) -> bytes:
    try:
        exchange = captures.read(card.place)
    except CaptureError as error:
        raise NotFound(f"{card.id}: its capture cannot be read ({error})") from error
    return unpack(exchange.body, header(exchange.head, "content-encoding"))[0]


def state(*, store: Store, followed: str) -> State:
    """How much there is; `followed` is the name of the index's cursor."""
    first, last = (_end(store, newest_first) for newest_first in (False, True))
    return State(
        articles=store.count(Article),
        captures=store.count(Capture),
        publishers=len(store.tally(Article, "publisher")),
        first_on=first.published_on if first else None,
        last_on=last.published_on if last else None,
        behind=store.head() - store.cursor(followed),
    )
