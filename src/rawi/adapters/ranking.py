"""How hits are ordered when they tie: the same in every index, so that pages of results are exact and stable."""

from hashlib import sha256

from rawi.model import Doc

_HASH_BITS = 20
_BEFORE_1970 = 2**33
"""Seconds: enough for the first newspapers."""


def order_key(doc: Doc) -> int:
    """A number by which documents are ordered from oldest to newest; of the same second, by a hash of their id."""
    seconds = max(0, doc.dated_at + _BEFORE_1970)
    tie = int.from_bytes(sha256(doc.id.encode()).digest()[:4], "big") >> (32 - _HASH_BITS)
    return seconds << _HASH_BITS | tie
