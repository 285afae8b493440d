"""Revisits in the WARCs of others: finds the capture whose content each of them confirms."""

from dataclasses import replace
from datetime import timedelta

from rawi.core import urls
from rawi.errors import BadInput, CaptureError
from rawi.model import Capture, Exchange, Reference, address_id
from rawi.ports import Captures, Store

_SECOND = timedelta(seconds=1)


def resolved(exchange: Exchange, confirmed: Reference, *, store: Store, captures: Captures) -> Exchange | None:
    """A revisit as it is to be kept; None when the archive does not have what it confirms.

    One of the same address confirms that capture. One of another address stands for an answer with the same content,
    left out by its writer to save room (WARC/1.1, section 6.7.2): it gets that content back.
    """
    card = _card(confirmed, store)
    if card is None:
        return None
    if card.url == exchange.url:
        known = Reference(place=card.place, url=card.url, at=card.at, digest=card.digest)
        return replace(exchange, purpose=card.purpose, revisit=known)
    if not 200 <= exchange.status < 300:
        return None
    try:
        first = captures.read(card.place)
    except CaptureError:
        return None
    return replace(
        exchange,
        head=exchange.head or first.head,
        body=first.body,
        media_type=exchange.media_type or first.media_type,
        purpose=first.purpose,
        truncated=first.truncated,
        revisit=None,
    )


def _card(confirmed: Reference, store: Store) -> Capture | None:
    """The capture of that address and time, to the second: some writers leave out the fraction."""
    try:
        address = address_id(urls.clean(confirmed.url))
    except BadInput:
        return None
    second = confirmed.at.replace(microsecond=0)
    found = store.find(Capture, address=address, order="at", since=second, until=second + _SECOND, limit=20)
    found.sort(key=lambda card: abs(card.at - confirmed.at))
    for card in found:
        if not card.revisit_of:
            return card
        for first in store.get_many(Capture, [card.revisit_of]):
            return first
    return None
