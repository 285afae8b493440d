"""Revisits in the WARCs of others: finds the capture whose content each of them confirms."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from rawi.core import digests, urls
from rawi.errors import BadInput, CaptureError
from rawi.model import Capture, Exchange, Reference, address_id
from rawi.ports import Captures, Store

_SECOND = timedelta(seconds=1)
_MOST_LOOKED_AT = 20
"""Captures of one address whose content is compared with a digest."""


class NotHere(Exception):
    """The archive does not have what a revisit confirms, or not yet."""


def resolved(exchange: Exchange, confirmed: Reference, *, store: Store, captures: Captures) -> Exchange:
    """A revisit as it is to be kept; NotHere when the archive does not have what it confirms.

    One of the same address confirms that capture. One of another address stands for an answer with the same content,
    left out by its writer to save room (WARC/1.1, section 6.7.2): it gets that content back.
    """
    for card in _candidates(exchange, confirmed, store):
        try:
            first = captures.read(card.place)
        except CaptureError:
            continue
        if digests.fits(confirmed.digest, first.body) is False and not first.truncated:
            continue  # what it says it confirms is not what we have under that name
        if card.url == exchange.url:
            known = Reference(place=card.place, url=card.url, at=card.at, digest=card.digest)
            return replace(exchange, purpose=card.purpose, revisit=known)
        return replace(
            exchange,
            head=exchange.head or first.head,
            body=first.body,
            media_type=exchange.media_type or first.media_type,
            purpose=first.purpose,
            truncated=first.truncated,
            revisit=None,
        )
    raise NotHere


def _candidates(exchange: Exchange, confirmed: Reference, store: Store) -> Iterator[Capture]:
    """The captures that may be meant, the likeliest first: that of the address and time that it tells, to the second
    (some writers leave out the fraction); where it tells a digest, earlier ones of its own address."""
    try:
        address = address_id(urls.clean(confirmed.url))
    except BadInput:
        return
    second = confirmed.at.replace(microsecond=0)
    if confirmed.at != exchange.at or confirmed.url != exchange.url:
        near = store.find(Capture, address=address, order="at", since=second, until=second + _SECOND, limit=20)
        near.sort(key=lambda card: abs(card.at - confirmed.at))
        yield from _firsts(near, store)
    if digests.unpacked(confirmed.digest):
        earlier = store.find(
            Capture,
            address=address_id(exchange.url),
            order="at",
            newest_first=True,
            until=exchange.at,
            limit=_MOST_LOOKED_AT,
        )
        yield from (card for card in earlier if not card.revisit_of)


def _firsts(cards: list[Capture], store: Store) -> Iterator[Capture]:
    """These captures; for those that confirm an earlier one, that."""
    for card in cards:
        yield from store.get_many(Capture, [card.revisit_of]) if card.revisit_of else [card]
