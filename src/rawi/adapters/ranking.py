"""The order of hits: by fit where it is asked for, then by time, then by id; the same in every index.

With it pages of results are exact: each hit is on one page, whichever way the engine lies on disk.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

_YEAR_1 = -62_135_596_800
_YEAR_9999 = 253_402_300_799
"""Seconds since 1970: the first and the last that a date can have."""

_LETTERS = "0123456789abcdef"
_LOOKED_AT = 5
_BASE = 2 * len(_LETTERS) + 1
_KEYS: int = _BASE**_LOOKED_AT

Ranked = tuple[Any, Any]
"""By what an engine has ordered a hit, and its place in the engine."""


def order_key(dated_at: int, id: str) -> int:
    """A number of 64 bits that orders as (dated_at, id) does, except that a few which differ get the same."""
    seconds = min(max(dated_at, _YEAR_1), _YEAR_9999) - _YEAR_1
    return seconds * _KEYS + _id_key(id)


def dated_at_of(key: int) -> int:
    """The time in an `order_key`."""
    return key // _KEYS + _YEAR_1


def _id_key(id: str) -> int:
    """The first letters of an id as a number. Behind a letter that ids of ours do not have, nothing is looked at."""
    key, is_ours = 0, True
    for letter in id[:_LOOKED_AT].ljust(_LOOKED_AT, "\0"):
        ordinal = 2 * bisect_left(_LETTERS, letter) if is_ours else 0
        is_ours = is_ours and letter in _LETTERS
        key = key * _BASE + ordinal + is_ours
    return key


def page(
    ranked: Sequence[Ranked],
    first: int,
    end: int,
    orders_of: Callable[[list[Any]], list[Any]],
    id_of: Callable[[Any], str],
    *,
    is_upwards: bool,
) -> list[Ranked]:
    """The hits from `first` to `end`, those that tie put in order by `orders_of` their places, then by id.

    Only those that tie across the page are looked at.
    """
    settled: list[Ranked] = []
    for _, run in groupby(ranked, key=lambda hit: hit[0]):
        tied = list(run)
        begins = len(settled)
        if len(tied) > 1 and begins < end and begins + len(tied) > first:
            tied = _settled(tied, orders_of, id_of, is_upwards)
        settled += tied
    return settled[first:end]


def _settled(
    tied: list[Ranked],
    orders_of: Callable[[list[Any]], list[Any]],
    id_of: Callable[[Any], str],
    is_upwards: bool,
) -> list[Ranked]:
    orders = orders_of([place for _, place in tied])
    pairs = sorted(zip(orders, tied, strict=True), key=lambda pair: pair[0], reverse=not is_upwards)
    settled: list[Ranked] = []
    for _, run in groupby(pairs, key=lambda pair: pair[0]):
        equals = [hit for _, hit in run]
        settled += sorted(equals, key=lambda hit: id_of(hit[1]), reverse=not is_upwards) if equals[1:] else equals
    return settled
