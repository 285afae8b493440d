"""Recipes: what evidence cannot decide about reading one publisher's pages, as TOML, read strictly.

A recipe has rules, each with the days of capture for which it holds: when a site is rebuilt, its recipe gains an entry,
and what was captured before is still read by the old one. `core.by_recipe` applies them to a page.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rawi.core import selectors, urls
from rawi.errors import BadInput
from rawi.model import content_id

HEADLINES = ("h1", "og:title", "json-ld", "title")
"""What `prefer` may say."""
DAY_FIRST, MONTH_FIRST = "day first", "month first"

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
_MOST_BYTES = 200_000
_DIGEST = 8
_MOST_CHARACTERS, _MOST_UNKNOWN = 10_000_000, 10

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Expectations:
    """What the articles that a recipe reads come to, when it reads them right; None where nothing is expected.

    Shares are of all articles, and the least that is expected.
    """

    date: float | None = None
    author: float | None = None
    section: float | None = None
    picture: float | None = None
    characters: tuple[int, int] | None = None
    """Between which the length of the middle article's text lies."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """How pages that were captured in some days are read. What is empty is left to the evidence."""

    id: str
    """The recipe's name and a digest of what it says about reading: other rules are another method."""
    since: date | None = None
    """The first day of capture (UTC) for which they hold; None: all days before `until`."""
    until: date | None = None
    """The day from which they hold no more; None: they still hold."""
    text: tuple[str, ...] = ()
    """Selectors of the elements that are the text, the whole text."""
    drop: tuple[str, ...] = ()
    """Selectors of what belongs to no article: emptied before anything else is read."""
    headline: tuple[str, ...] = ()
    """Selectors; the first that finds something is taken. So for `section`, `date`."""
    prefer: str = ""
    """One of `HEADLINES`, or empty."""
    authors: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    not_article: tuple[str, ...] = ()
    """Selectors; a page on which one finds something is no article."""
    not_article_addresses: tuple[str, ...] = ()
    """Patterns of path and query; "*" stands for anything."""
    timezone: str = ""
    """The IANA name of the zone of times that are written without one."""
    day_month: str = ""
    """`DAY_FIRST` or `MONTH_FIRST`: how 02/10/2015 is meant; empty when the page decides."""
    expect: Expectations = Expectations()


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """What is known of one publisher's pages."""

    name: str
    hosts: tuple[str, ...]
    """The hosts whose pages it reads, and all hosts below them; without port."""
    rules: tuple[Rules, ...]
    """In the order of their days, which never overlap."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipes:
    """The recipes of an archive."""

    all: tuple[Recipe, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    """The files that cannot be used, and why; they cost no other."""
    by_host: Mapping[str, Recipe] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """Names all these rules: another when any of them reads otherwise, or on other days."""
        parts = [(recipe.hosts, rules.id, rules.since, rules.until) for recipe in self.all for rules in recipe.rules]
        return content_id(*map(repr, parts)) if parts else ""


NONE = Recipes()


def choose(recipes: Recipes, url: str, captured_at: datetime) -> Rules | None:
    """The rules for a page: of the recipe that names its host most closely, those that held when it was captured."""
    if not recipes.by_host:
        return None
    try:
        host = _bare_host(urls.host(url))
    except BadInput:
        return None
    while host:
        if recipe := recipes.by_host.get(host):
            return _holding(recipe, captured_at.date())
        host = host.partition(".")[2]
    return None


def _holding(recipe: Recipe, day: date) -> Rules | None:
    held = (r for r in recipe.rules if (r.since is None or r.since <= day) and (r.until is None or day < r.until))
    return next(held, None)


# ------------------------------------------------------------------------------------------- reading TOML


def gather(files: Iterable[tuple[str, bytes]]) -> Recipes:
    """The recipes of these files (name and content). A file with a slip costs itself only; all of its slips are
    told."""
    known: list[Recipe] = []
    problems: list[tuple[str, str]] = []
    by_host: dict[str, Recipe] = {}
    for file, data in sorted(files):
        try:
            recipe = read_recipe(data, file)
        except BadInput as error:
            problems += [(file, slip) for slip in str(error).split("\n")]
            continue
        twice = next((host for host in recipe.hosts if host in by_host), "")
        if twice:
            other = by_host[twice].name
            problems.append((file, f"{twice} has a recipe already, {other}.toml: put the rules of both into one file"))
            continue
        known.append(recipe)
        by_host.update(dict.fromkeys(recipe.hosts, recipe))
    return Recipes(all=tuple(known), problems=tuple(problems), by_host=by_host)


def read_recipe(data: bytes, file: str) -> Recipe:
    """A recipe from its file, named NAME.toml. BadInput that names all keys at fault, a line each, and says what to
    do."""
    name = file.removesuffix(".toml")
    if not _NAME.fullmatch(name):
        raise BadInput("its name may have small letters, digits, '.', '_' and '-' only, 60 at most: rename it")
    said, slips = _toml(data), _Slips()
    slips.take(_only, said, ("hosts", "rules"), "at its top")
    texts = slips.take(_texts, said, "hosts", "at its top")
    if texts == []:
        slips.add('hosts is missing: the publisher\'s hosts, such as hosts = ["harbour.example"]')
    hosts = dict.fromkeys(host for said_host in texts or () if (host := slips.take(_host, said_host)))
    tables = slips.take(_tables, said) or []
    if isinstance(said.get("rules"), dict):
        slips.add("[rules] must be written [[rules]], with double brackets: there may be several")
    rules = [(number, _rules(table, number, name, slips)) for number, table in enumerate(tables, 1)]
    rules.sort(key=lambda one: one[1].since or date.min)
    for (number, earlier), (other, later) in pairwise(rules):
        if earlier.until is None or later.since is None or later.since < earlier.until:
            slips.add(
                f"rules {number} and {other} hold on the same days: end the earlier with an until = YYYY-MM-DD that is "
                "the from of the later, or before it"
            )
    if slips.all:
        raise BadInput("\n".join(dict.fromkeys(slips.all)))
    return Recipe(name=name, hosts=tuple(hosts), rules=tuple(one for _, one in rules))


class _Slips:
    """What is wrong in a file: it is read to its end, and all of it told at once."""

    def __init__(self) -> None:
        self.all: list[str] = []

    def add(self, slip: str) -> None:
        self.all.append(" ".join(slip.split()))

    def take(self, read: Callable[..., T], *asked: Any) -> T | None:
        """What is read; None, and a slip more, when it is wrong."""
        try:
            return read(*asked)
        except BadInput as error:
            self.add(str(error))
            return None


def _tables(said: dict[str, Any]) -> list[dict[str, Any]]:
    tables = said.get("rules")
    if isinstance(tables, dict):
        return [tables]
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise BadInput("it has no [[rules]]: write at least one such table")
    return tables


def _toml(data: bytes) -> dict[str, Any]:
    if len(data) > _MOST_BYTES:
        raise BadInput(f"it has more than {_MOST_BYTES:,} bytes: that is no recipe")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise BadInput(f"not TOML ({str(error)[:200]})") from error


_SELECTORS = ("authors", "date", "drop", "headline", "not_article", "pictures", "section", "text")
KEYS = (*_SELECTORS, "day_month", "expect", "from", "not_article_addresses", "prefer", "timezone", "until")


def _rules(table: dict[str, Any], number: int, name: str, slips: _Slips) -> Rules:
    where, before = f"rules {number}", len(slips.all)
    slips.take(_only, table, KEYS, where)
    since, until = slips.take(_day, table, "from", where), slips.take(_day, table, "until", where)
    if since and until and since >= until:
        slips.add(f"{where}: from {since} is not before until {until}; until is the day after the last")
    said: dict[str, Any] = {key: _selectors(table, key, where, slips) for key in _SELECTORS}
    said["not_article_addresses"] = slips.take(_patterns, table, where) or ()
    said["prefer"] = slips.take(_one_of, table, "prefer", HEADLINES, where) or ""
    said["day_month"] = slips.take(_one_of, table, "day_month", (DAY_FIRST, MONTH_FIRST), where) or ""
    said["timezone"] = slips.take(_zone, table, where) or ""
    expect = _expectations(table.get("expect", {}), where, slips)
    if not any(said.values()) and expect == Expectations() and len(slips.all) == before:
        slips.add(f"{where}: it says nothing; there are {', '.join(KEYS)}")
    digest = content_id(*(f"{key}={said[key]!r}" for key in sorted(said) if said[key]))[:_DIGEST]
    return Rules(id=f"{name}/{digest}", since=since, until=until, expect=expect, **said)


def _expectations(table: Any, where: str, slips: _Slips) -> Expectations:
    where = f"{where}, expect"
    if not isinstance(table, dict):
        slips.add(f"{where}: it must be a table, [rules.expect]")
        return Expectations()
    shares = ("author", "date", "picture", "section")
    slips.take(_only, table, (*shares, "characters"), where)
    return Expectations(
        **{key: slips.take(_share, table[key], key, where) for key in shares if key in table},
        characters=slips.take(_range, table["characters"], where) if "characters" in table else None,
    )


def _share(said: Any, key: str, where: str) -> float:
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 <= said <= 1:
        raise BadInput(f"{where}: {key} must be a share from 0 to 1, such as 0.95")
    return float(said)


def _range(said: Any, where: str) -> tuple[int, int]:
    is_pair = isinstance(said, list) and len(said) == 2 and all(type(number) is int for number in said)
    if not is_pair or not 0 <= said[0] < said[1] <= _MOST_CHARACTERS:
        raise BadInput(f"{where}: characters must be two whole numbers, the least and the most, such as [500, 12000]")
    return said[0], said[1]


def _selectors(table: dict[str, Any], key: str, where: str, slips: _Slips) -> tuple[str, ...]:
    found = slips.take(_texts, table, key, where) or []
    for selector in found:
        try:
            selectors.check(selector)
        except BadInput as error:
            slips.add(f"{where}: {key}: {error}")
    return tuple(found)


def _patterns(table: dict[str, Any], where: str) -> tuple[str, ...]:
    key = "not_article_addresses"
    found = _texts(table, key, where)
    wrong = next((one for one in found if not one.startswith(("/", "*"))), None)
    if wrong is not None:
        raise BadInput(f"{where}: {key}: {wrong[:80]!r} must begin with '/' or '*': it is compared with path and query")
    return tuple(found)


def _zone(table: dict[str, Any], where: str) -> str:
    name = table.get("timezone", "")
    if not isinstance(name, str):
        raise BadInput(f"{where}: timezone must be a text, such as 'Asia/Beirut'")
    try:
        return ZoneInfo(name).key if name else ""
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(
            f"{where}: timezone: there is no {name[:80]!r}; it is an IANA name, such as 'Asia/Beirut'"
        ) from error


def _day(table: dict[str, Any], key: str, where: str) -> date | None:
    said = table.get(key)
    if said is not None and type(said) is not date:
        raise BadInput(f"{where}: {key} must be a day without quotes, such as {key} = 2021-05-01")
    return said


def _one_of(table: dict[str, Any], key: str, words: tuple[str, ...], where: str) -> str:
    said = table.get(key, "")
    if said != "" and said not in words:
        raise BadInput(f"{where}: {key} must be one of {', '.join(map(repr, words))}")
    return str(said)


def _host(said: str) -> str:
    try:
        host = urls.host(f"https://{said}/")
    except BadInput as error:
        raise BadInput(f"hosts: {error}") from error
    if any(mark in said for mark in "/?#@") or host != _bare_host(host):
        raise BadInput(f"hosts: {said[:100]!r} is no host: leave out scheme, port and path")
    return host


def _bare_host(host: str) -> str:
    return host if host.startswith("[") else host.partition(":")[0]


def _only(table: dict[str, Any], keys: tuple[str, ...], where: str) -> None:
    unknown = [repr(key[:80]) for key in sorted(set(table) - set(keys))[:_MOST_UNKNOWN]]
    if unknown:
        what = f"unknown key{'s' if len(unknown) > 1 else ''} {', '.join(unknown)}"
        raise BadInput(f"{where}: {what}; there are {', '.join(sorted(keys))}")


def _texts(table: dict[str, Any], key: str, where: str) -> list[str]:
    """A text, or a list of texts."""
    value = table.get(key, [])
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
        raise BadInput(f"{where}: {key} must be a text or a list of texts, none of them empty")
    return [one.strip() for one in found]
