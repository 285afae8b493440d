"""The kinds of records a store keeps, and whether a value fits its field: shared by all stores, so that they agree.

To add a kind: its class in `model`, a line in `STORED` here, its table in `schema`, a step in `migrations`.
"""

import dataclasses
import typing
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal

from rawi.model import (
    Alert,
    Article,
    Capture,
    Day,
    Fate,
    Feed,
    Headline,
    Host,
    Link,
    Publisher,
    Revision,
    Said,
    Search,
    Visit,
)

STORED: tuple[type, ...] = (
    Publisher,
    Feed,
    Link,
    Capture,
    Fate,
    Article,
    Revision,
    Visit,
    Host,
    Day,
    Search,
    Said,
    Alert,
)
VIEWS: dict[type, type] = {Headline: Article}
"""Kinds that read some fields of another."""
UNLOGGED: frozenset[type] = frozenset({Fate, Visit, Host, Day, Search, Said, Alert})
"""Kinds whose changes nobody follows."""

KEYS = frozenset({"address", "article", "digest", "host", "id", "language", "publisher", "search", "topic"})
"""Text fields that are looked up by. PostgreSQL's indexes take no long texts, so none is taken here."""
LONGEST_KEY = 260
WHOLE_NUMBERS = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Field:
    """What may stand in a field of a record."""

    name: str
    type: type
    """str, int, bool, date or datetime; for a field of several values also a record class."""
    several: bool
    """A tuple of values; such a field is kept and given back, but nothing is looked up or ordered by it."""
    optional: bool


def fields(kind: Any) -> dict[str, Field]:
    """The fields of a record class by name, in their order."""
    return _fields(kind)


@cache
def _fields(kind: Any) -> dict[str, Field]:
    hints = typing.get_type_hints(kind)
    return {field.name: _field(field.name, hints[field.name]) for field in dataclasses.fields(kind)}


def _field(name: str, hint: Any) -> Field:
    optional = several = False
    if typing.get_origin(hint) is UnionType and NoneType in typing.get_args(hint):
        optional = True
        (hint,) = (part for part in typing.get_args(hint) if part is not NoneType)
    if typing.get_origin(hint) is tuple:
        several = True
        hint, _ = typing.get_args(hint)
    if typing.get_origin(hint) is Literal:
        hint = str
    return Field(name, hint, several, optional)


def stored_kind(kind: type) -> type:
    """The kind in whose table the records of this kind are; ValueError when it is no kind."""
    if kind in STORED:
        return kind
    if kind in VIEWS:
        return VIEWS[kind]
    raise ValueError(f"{_name(kind)} is not a kind of record that is stored")


def writable_kind(kind: type) -> type:
    """This kind, when its records can be put and dropped; ValueError when not."""
    if kind in VIEWS:
        stored = VIEWS[kind].__name__
        raise ValueError(f"{kind.__name__} only shows fields of {stored}: put or drop the {stored}")
    return stored_kind(kind)


def single_field(kind: type, name: str) -> Field:
    """A field that can be looked up and ordered by; ValueError when there is none of that name."""
    field = fields(kind).get(name)
    if field is None:
        raise ValueError(f"{kind.__name__} has no field {name!r}")
    if field.several:
        raise ValueError(f"{kind.__name__}.{name} holds several values: records are not looked up or ordered by it")
    return field


def fitted(records: Iterable[Any]) -> dict[tuple[type, str], Any]:
    """The records by kind and id, ready to be stored, their times in UTC; ValueError for one that cannot be.

    Of several with the same id the last is taken.
    """
    ready = {}
    for record in records:
        writable_kind(type(record))
        record = _fitted(record)
        ready[type(record), record.id] = record
    return ready


def _fitted(record: Any) -> Any:
    kind = type(record)
    moved = {}
    for name, field in fields(kind).items():
        value = getattr(record, name)
        if _is_plain(field, value):
            continue
        fault = _fault(field, value)
        if fault:
            raise ValueError(f"{kind.__name__} {record.id!r} cannot be stored: its {name} {fault}")
        if isinstance(value, datetime) and value.tzinfo is not UTC:
            moved[name] = value.astimezone(UTC)
    return dataclasses.replace(record, **moved) if moved else record


def sought(kind: type, name: str, value: Any) -> Any:
    """A value to compare a field with, times in UTC; ValueError when it is of another type than the field."""
    field = single_field(kind, name)
    if value is None:
        return None
    if not _is_of(field.type, value):
        raise ValueError(f"{kind.__name__}.{name} is compared with a {field.type.__name__}, not with {value!r}")
    if not isinstance(value, datetime):
        return value
    fault = _fault_of_time(value)
    if fault:
        raise ValueError(f"{value!r} {fault}")
    return value.astimezone(UTC)


def choices(kind: type, name: str, value: Any) -> list[Any]:
    """The values one of which a field must have to equal this; those that no record can have are left out."""
    single_field(kind, name)
    values = value if isinstance(value, tuple) else (value,)
    return [one for one in (sought(kind, name, one) for one in values) if is_storable(one)]


@dataclass(frozen=True, slots=True)
class Page:
    """Which stretch of an ordered list is wanted; see `Store.find`."""

    field: Field
    since: Any
    until: Any
    after: tuple[Any, str] | None

    @property
    def has_empty(self) -> bool:
        """Whether records without a value in the field can be in it."""
        return self.field.optional and self.since is None and self.until is None


def page(kind: type, order: str, since: Any, until: Any, after: tuple[Any, str] | None, limit: int) -> Page:
    """The stretch that was asked for, checked; ValueError when it makes no sense."""
    stored_kind(kind)
    if limit < 0:
        raise ValueError(f"{limit} is no limit")
    if after is not None:
        if after[0] is None:
            raise ValueError("a list cannot go on behind a record without a value: there is no place to name")
        after = (bound(kind, order, after[0]), bound(kind, "id", after[1]))
    return Page(single_field(kind, order), bound(kind, order, since), bound(kind, order, until), after)


def bound(kind: type, name: str, value: Any) -> Any:
    """A value that bounds a field or marks a place in its order; ValueError when no record could have it."""
    value = sought(kind, name, value)
    if value is not None and not is_storable(value):
        raise ValueError(f"{kind.__name__}.{name} is never {value!r}")
    return value


def is_storable(value: Any) -> bool:
    """Whether a text or number (of any field) is one that every database can keep; nothing else is found there."""
    if isinstance(value, str):
        return "\0" not in value and (value.isascii() or _is_unicode(value))
    return not isinstance(value, int) or value in WHOLE_NUMBERS


def _is_plain(field: Field, value: Any) -> bool:
    """Whether a value can be stored as it is, told at first sight: most can, and a sitemap brings a million."""
    kind = type(value)
    if kind is not field.type or field.several:
        return value is None and field.optional
    if kind is str:
        return value.isascii() and "\0" not in value and (len(value) <= LONGEST_KEY or field.name not in KEYS)
    if kind is int:
        return value in WHOLE_NUMBERS
    return kind is date or (kind is datetime and value.tzinfo is UTC)


def _fault(field: Field, value: Any) -> str:
    """What is wrong with a value of a field, in words; empty when nothing is."""
    if value is None:
        return "" if field.optional else "is missing"
    if not field.several:
        return _fault_of_one(field, value)
    if not isinstance(value, tuple):
        return f"is no tuple: {value!r}"
    member = Field(field.name, field.type, several=False, optional=False)
    return next((fault for fault in (_fault(member, one) for one in value) if fault), "")


def _fault_of_one(field: Field, value: Any) -> str:
    if not _is_of(field.type, value):
        naive = field.type is datetime and isinstance(value, datetime)
        return "has no time zone" if naive else f"is no {field.type.__name__}: {value!r}"
    if dataclasses.is_dataclass(value):
        parts = ((name, _fault(part, getattr(value, name))) for name, part in fields(type(value)).items())
        return next((f"has a {name} that {fault}" for name, fault in parts if fault), "")
    if isinstance(value, datetime):
        return _fault_of_time(value)
    if not is_storable(value):
        return "is too large a number" if isinstance(value, int) else "has a NUL or a lone surrogate in it"
    if field.name in KEYS and len(value) > LONGEST_KEY:
        return f"is longer than {LONGEST_KEY} characters"
    return ""


def _fault_of_time(value: datetime) -> str:
    try:
        value.astimezone(UTC)
    except OverflowError:
        return "is, in UTC, outside the years 1 to 9999"
    return ""


def _is_of(wanted: type, value: Any) -> bool:
    """Whether a value is of a field's type, exactly: no bool for an int, no datetime for a date, no naive time."""
    if wanted is str:
        return isinstance(value, str)
    if wanted is datetime:
        return isinstance(value, datetime) and value.utcoffset() is not None
    return type(value) is wanted


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _name(kind: Any) -> str:
    return getattr(kind, "__name__", repr(kind))
