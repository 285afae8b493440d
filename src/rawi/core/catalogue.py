"""Lists of a country's publishers with their feeds, as TOML, read strictly: a slip in one is said, not guessed at."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from rawi.core import urls
from rawi.errors import BadInput

MOST_PUBLISHERS = 5_000
"""In one catalogue."""

_LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A publisher as a catalogue names it; addresses are in canonical form."""

    name: str
    home: str
    language: str = ""
    """ISO 639-1; empty when it is not said, or several."""
    feeds: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    """Hosts of its articles beside those of its home and its feeds."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """The publishers of a country."""

    title: str
    country: str
    """ISO 3166-1 alpha-2 in lower case; empty when they are of several."""
    entries: tuple[Entry, ...]


def read_catalogue(data: bytes) -> Catalogue:
    """A catalogue from its file. BadInput that names the publisher and the key at fault; nothing is read in part."""
    try:
        said = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(f"it is no catalogue: not TOML ({str(error)[:200]})") from error
    _only(said, ("title", "country", "publisher"), "at its top")
    tables = said.get("publisher")
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise BadInput("it is no catalogue: it has no [[publisher]]")
    if len(tables) > MOST_PUBLISHERS:
        raise BadInput(f"it has {len(tables):,} publishers, more than {MOST_PUBLISHERS:,}: split it")
    entries = tuple(_entry(table, number) for number, table in enumerate(tables, 1))
    _once([(entry.home, entry.name) for entry in entries])
    _once([(urls.publisher_of(urls.host(entry.home)), entry.name) for entry in entries])
    _once([(feed, entry.name) for entry in entries for feed in entry.feeds])
    country = _text(said, "country", "at its top")
    return Catalogue(
        title=_text(said, "title", "at its top"), country=_code(country, "country", "at its top"), entries=entries
    )


def _entry(table: dict[str, Any], number: int) -> Entry:
    name = table.get("name")
    where = f"publisher {number}" + (f" ({name[:80]!r})" if isinstance(name, str) else "")
    _only(table, ("name", "home", "language", "feeds", "hosts"), where)
    if not table.get("home"):
        raise BadInput(f"{where}: home is missing, the address of its front page")
    entry = Entry(
        name=" ".join(_text(table, "name", where).split())[:_LONGEST_NAME],
        home=_address(_text(table, "home", where), where),
        language=_code(_text(table, "language", where), "language", where),
        feeds=tuple(_address(feed, where) for feed in _texts(table, "feeds", where)),
        hosts=tuple(_host(host, where) for host in _texts(table, "hosts", where)),
    )
    if not entry.name:
        raise BadInput(f"{where}: it has no name")
    return entry


def _only(table: dict[str, Any], keys: tuple[str, ...], where: str) -> None:
    unknown = sorted(set(table) - set(keys))
    if unknown:
        raise BadInput(f"{where}: unknown key {unknown[0]!r}; there are {', '.join(keys)}")


def _text(table: dict[str, Any], key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise BadInput(f"{where}: {key} must be a text")
    return value.strip()


def _texts(table: dict[str, Any], key: str, where: str) -> list[str]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BadInput(f"{where}: {key} must be a list of texts")
    return value


def _code(said: str, key: str, where: str) -> str:
    code = said.lower()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise BadInput(f"{where}: {key} must be a code of two letters, not {said[:40]!r}")
    return code


def _address(said: str, where: str) -> str:
    try:
        return urls.clean(said)
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from error


def _host(said: str, where: str) -> str:
    host = urls.host(_address(f"https://{said}/", where))
    if host != said.strip().lower() and any(mark in said for mark in "/?#:"):
        raise BadInput(f"{where}: {said[:100]!r} is no host: leave out scheme and path")
    return host


def _once(addresses: list[tuple[str, str]]) -> None:
    for address, count in Counter(address for address, _ in addresses).items():
        if count > 1:
            names = dict.fromkeys(name for one, name in addresses if one == address)
            raise BadInput(f"{address}: it stands there {count} times ({', '.join(names)})")
