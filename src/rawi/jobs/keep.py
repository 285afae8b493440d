"""The one door for evidence: first the captures, on disk, then the store's card of them."""

from collections.abc import Sequence
from hashlib import sha256

from rawi.core.payload import media_type
from rawi.model import Capture, Exchange, Torn, address_id, content_id
from rawi.ports import Captures, Store


def keep(exchanges: Sequence[Exchange], *, store: Store, captures: Captures) -> list[Capture]:
    """Keeps exchanges; gives their cards. When it returns, they are on disk and in the log."""
    if not exchanges:
        return []
    places = captures.keep(exchanges)
    made = [capture_of(exchange, place) for exchange, place in zip(exchanges, places, strict=True)]
    store.put(*made)
    return made


def capture_of(exchange: Exchange, place: str) -> Capture:
    """The card of an exchange that is kept at a place."""
    earlier = exchange.revisit
    digest = earlier.digest if earlier else sha256(exchange.body).hexdigest()
    return Capture(
        id=capture_id(exchange),
        address=address_id(exchange.url),
        url=exchange.url,
        at=exchange.at,
        status=exchange.status,
        media_type=media_type(exchange.media_type),
        digest=digest,
        length=len(exchange.body),
        truncated=exchange.truncated,
        purpose=exchange.purpose,
        publisher=exchange.publisher,
        source=exchange.source,
        place=place,
        revisit_of=content_id(earlier.url, earlier.at.isoformat(), earlier.digest) if earlier else "",
    )


def capture_id(exchange: Exchange) -> str:
    """The id that the capture of an exchange has, before it is kept too."""
    # Of a revisit the body is empty: its id is another than that of the capture it confirms, also at the same moment.
    return content_id(exchange.url, exchange.at.isoformat(), sha256(exchange.body).hexdigest())


def recover(*, store: Store, captures: Captures) -> tuple[int, list[Torn]]:
    """After a crash: takes up what was kept but has no card yet; says how many that were, and what was torn.

    To be called before the first keeping. A capture whose card is there already keeps it.
    """
    found, torn = captures.recover()
    return add_cards(found, store=store), torn


def add_cards(found: Sequence[tuple[str, Exchange]], *, store: Store) -> int:
    """Makes the cards that are missing for what is kept; says how many."""
    cards = [capture_of(exchange, place) for place, exchange in found]
    known = {card.id for card in store.get_many(Capture, [card.id for card in cards])}
    missing = {card.id: card for card in reversed(cards) if card.id not in known}
    return store.put(*missing.values()) if missing else 0
