"""Drift: a publisher's pages have changed, and are not read any more as they were.

Its newest articles are compared with what its recipe expects, else with those before them. Both tests are exact; the
chance that one look at an archive says anything although nothing has changed is at most `FALSE_ALARMS`, over all its
comparisons (Bonferroni: each gets its part). Only what falls far is said, however sure it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import comb
from statistics import median

from rawi.core.recipes import Expectations

FALSE_ALARMS = 0.01
RECENT, PAST = 40, 200
"""Articles that are compared, and those before them that they are compared with."""

_LEAST_RECENT, _LEAST_PAST = 20, 40
_LEAST_EXPECTED = 10
"""Articles that an expectation can be asked about."""
_FAR = 0.2
"""How far a share must fall: less changes with the news of the week."""

NOTHING = Expectations()


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What of an article matters here."""

    address: str
    date: bool
    author: bool
    section: bool
    picture: bool
    characters: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Watched:
    """A publisher whose pages are compared."""

    publisher: str
    articles: tuple[Seen, ...] = ()
    """The newest first."""
    pages: tuple[tuple[str, bool], ...] = ()
    """Addresses of captured pages, and whether each is an article; the newest first."""
    expect: Expectations = NOTHING
    expected: int = 0
    """How many of the newest articles the expectations are about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drift:
    """One way in which a publisher's pages are not what they were, or should be."""

    publisher: str
    what: str
    """What its newest articles are, in words: "without an author"."""
    having: int
    """How many of the newest are so."""
    of: int
    usual: float
    """The share of those before them that were so, or the most that the recipe expects."""
    is_expected: bool
    """Whether it is the recipe that says so."""
    examples: tuple[str, ...]
    """Addresses of some that are so, the newest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Question:
    """One comparison: are far more of the newest so than should be?"""

    drift: Drift
    chance: float
    """Of as many or more, if nothing has changed."""


def drifts(watched: Sequence[Watched]) -> list[Drift]:
    """What has drifted, publisher by publisher. `FALSE_ALARMS` is shared out among all comparisons."""
    asked = [question for one in watched for question in _questions(one)]
    each = FALSE_ALARMS / max(len(asked), 1)
    return [q.drift for q in asked if q.chance <= each and q.drift.having / q.drift.of - q.drift.usual >= _FAR]


_WITHOUT: dict[str, tuple[str, Callable[[Seen], bool]]] = {
    "author": ("without an author", lambda seen: not seen.author),
    "date": ("without a date", lambda seen: not seen.date),
    "picture": ("without a picture", lambda seen: not seen.picture),
    "section": ("without a section", lambda seen: not seen.section),
}


def _questions(watched: Watched) -> Iterator[_Question]:
    by_recipe = watched.articles[: min(watched.expected, RECENT)]
    recent, past = _parted(watched.articles)
    for key, (words, lacks) in _WITHOUT.items():
        least = getattr(watched.expect, key)
        if least is None:
            yield from _compared(watched.publisher, words, _told(recent, lacks), _told(past, lacks))
        else:
            yield from _expected(watched.publisher, words, _told(by_recipe, lacks), 1 - least)
    if watched.expect.characters:
        shortest, longest = watched.expect.characters
        # Where the middle one is in the range, at most half of them lie below it, and at most half above.
        short = _told(by_recipe, lambda seen: seen.characters < shortest)
        long = _told(by_recipe, lambda seen: seen.characters > longest)
        yield from _expected(watched.publisher, f"shorter than {shortest:,} characters", short, 0.5)
        yield from _expected(watched.publisher, f"longer than {longest:,} characters", long, 0.5)
    elif recent and past:
        # Of both together: then which of them are the newest does not matter to it, and the test is exact.
        middle = median(seen.characters for seen in (*recent, *past))
        for words, is_so in (
            ("less than half as long as usual", lambda seen: seen.characters * 2 < middle),
            ("more than twice as long as usual", lambda seen: seen.characters > middle * 2),
        ):
            yield from _compared(watched.publisher, words, _told(recent, is_so), _told(past, is_so))
    pages, before = _parted(watched.pages)
    rejected, rejected_before = (
        [(address, not is_article) for address, is_article in some] for some in (pages, before)
    )
    yield from _compared(watched.publisher, "rejected: no articles", rejected, rejected_before)


_Told = list[tuple[str, bool]]


def _told(articles: Sequence[Seen], is_so: Callable[[Seen], bool]) -> _Told:
    return [(seen.address, is_so(seen)) for seen in articles]


def _parted(all_: Sequence[object]) -> tuple[Sequence, Sequence]:  # type: ignore[type-arg]
    """The newest, and those before them; nothing where there are too few to compare."""
    count = min(RECENT, len(all_) // 3)
    recent, past = all_[:count], all_[count : count + PAST]
    return (recent, past) if count >= _LEAST_RECENT and len(past) >= _LEAST_PAST else ((), ())


def _compared(publisher: str, what: str, recent: _Told, past: _Told) -> Iterator[_Question]:
    if not recent:
        return
    having, had = (sum(is_so for _, is_so in some) for some in (recent, past))
    yield _Question(
        drift=_drift(publisher, what, recent, had / len(past), is_expected=False),
        chance=more_by_chance(having, len(recent), had, len(past)),
    )


def _expected(publisher: str, what: str, recent: _Told, most: float) -> Iterator[_Question]:
    if len(recent) < _LEAST_EXPECTED:
        return
    having = sum(is_so for _, is_so in recent)
    yield _Question(
        drift=_drift(publisher, what, recent, most, is_expected=True),
        chance=as_many_by_chance(having, len(recent), most),
    )


def _drift(publisher: str, what: str, recent: _Told, usual: float, *, is_expected: bool) -> Drift:
    so = [address for address, is_so in recent if is_so]
    return Drift(
        publisher=publisher,
        what=what,
        having=len(so),
        of=len(recent),
        usual=usual,
        is_expected=is_expected,
        examples=tuple(so[:3]),
    )


def more_by_chance(having: int, of: int, had: int, of_past: int) -> float:
    """The chance that so many or more of the newest are so, if they are any of all: Fisher's exact test, one side."""
    so, all_ = having + had, of + of_past
    ways = sum(comb(so, k) * comb(all_ - so, of - k) for k in range(having, min(of, so) + 1))
    return ways / comb(all_, of)


def as_many_by_chance(having: int, of: int, share: float) -> float:
    """The chance that so many or more of these are so, if each is with the chance `share`."""
    return sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(having, of + 1))
