"""Two to four questions side by side: attention, the words that set them apart, who was first, what they share."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from statistics import median

from rawi.core import attention, contrast
from rawi.core import query as queries
from rawi.core.attention import MOST_PERIODS, Attention
from rawi.core.contrast import Apart
from rawi.core.snippets import Wanted
from rawi.errors import BadInput, QueryError
from rawi.jobs.attention import Asked, Question, Totals, WatchOf, bounds, line_of, not_those, question
from rawi.jobs.index import follower
from rawi.jobs.search import day_of
from rawi.model import And, Article, Days, Found, Is, Node, Query
from rawi.ports import Index, Store

LEAST_SIDES, MOST_SIDES = 2, 4

MOST_TEXTS = 150
"""Articles of a side whose words are read."""

STRETCHES = 10
"""Into so many stretches of time a side with more articles is cut; the newest of each are read."""

MOST_PUBLISHERS = 10
"""Publishers of whom it is told when they were first: those with most articles found."""

_DATED = Days(None, None)


@dataclass(frozen=True, kw_only=True, slots=True)
class First:
    """The first article of a side, or of a publisher in it, by its time of publication."""

    article: Article
    lag: timedelta
    """Behind the first of that side; in whole days where one of the two has no time but only a day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PublisherFirsts:
    """When a publisher was first with each side."""

    publisher: str
    articles: tuple[int, ...]
    """Found, by side."""
    firsts: tuple[First | None, ...]
    """By side; None where it has no article with a day."""
    median_lag: timedelta | None
    """Behind the first, over the sides that it has an article of; None when there are none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the questions."""

    asked: str
    understood: str
    total: int
    undated: int
    language: str
    """That most of its articles are in; empty when there are none."""
    first: First | None
    words: tuple[Apart, ...]
    """That set it apart from the other sides together, the surest first."""
    texts: int
    """Articles whose words were read."""
    is_sample: bool
    """Whether there are more of them than were read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Overlap:
    """How many articles two sides (by their places) have in common."""

    one: int
    other: int
    articles: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Questions side by side. The lines of `attention` are the sides, in their order, named by their places."""

    sides: tuple[Side, ...]
    attention: Attention
    overlaps: tuple[Overlap, ...]
    publishers: tuple[PublisherFirsts, ...]
    incomplete: bool
    """Whether the index is still behind the archive."""
    is_partial: bool
    """Whether the time ran out somewhere: then some of this is missing."""


def understood_all(
    asked: Sequence[str], *, since: date | None, until: date | None, language: str, exact: bool, names: bool
) -> list[Question]:
    """The questions as they are understood; QueryError names the first that cannot be, BadInput a number of them that
    cannot be compared."""
    if not LEAST_SIDES <= len(asked) <= MOST_SIDES:
        raise BadInput(f"compare takes {LEAST_SIDES} to {MOST_SIDES} queries, not {len(asked)}")
    found = []
    for number, text in enumerate(asked, 1):
        try:
            found.append(question(text, since=since, until=until, language=language, exact=exact, names=names))
        except QueryError as error:
            raise QueryError(f"query {number}, character {error.position + 1}: {error}", error.position) from error
    return found


def compare(
    asked: Sequence[str],
    questions: Sequence[Question],
    *,
    store: Store,
    index: Index,
    totals: Totals,
    watch_of: WatchOf,
    today: date,
    period: Asked = "auto",
    most: int = MOST_PERIODS,
    seconds: float | None = None,
) -> Comparison:
    """What two to four questions find, side by side; `seconds` bounds each look into the index."""
    look = _Look(index, seconds)
    founds = [look.at(one.root, facets=("publisher", "language"), per_day=True) for one in questions]
    days = [[(day_of(day), articles) for day, articles in found.days] for found in founds]
    lines = [
        line_of(one.root, str(place), days[place], _ids(founds[place]), totals, watch_of)
        for place, one in enumerate(questions)
    ]
    since, until = _bounds(questions, totals, today)
    roots = [one.root for one in questions]
    starts = _starts(roots, founds, store, look)
    read = [_read(roots, place, store, look) for place in range(len(roots))]
    wanted = [queries.wanted(one.query) for one in questions]
    counted = [contrast.counted(((_text(one), one.language) for one in texts), _those(wanted)) for texts, _ in read]
    words = contrast.contrast(counted)
    return Comparison(
        sides=tuple(
            Side(
                asked=asked[place],
                understood=queries.understood(questions[place].query),
                total=found.total,
                undated=0 if found.is_partial else found.total - sum(articles for _, articles in days[place]),
                language=next((language for language, _ in found.facets["language"]), ""),
                first=_first(starts[place], starts[place]),
                words=words[place],
                texts=counted[place].read,
                is_sample=read[place][1],
            )
            for place, found in enumerate(founds)
        ),
        attention=attention.series(lines, today=today, period=period, since=since, until=until, most=most),
        overlaps=tuple(
            Overlap(one=one, other=other, articles=look.at(And((roots[one], roots[other]))).total)
            for one, other in combinations(range(len(roots)), 2)
        ),
        publishers=_publishers(roots, founds, starts, store, look),
        incomplete=store.cursor(follower(index)) < store.head(),
        is_partial=look.is_partial,
    )


class _Look:
    """Looks into the index, and remembers whether the time ran out."""

    def __init__(self, index: Index, seconds: float | None) -> None:
        self._index, self._seconds = index, seconds
        self.is_partial = False

    def at(self, root: Node, *, limit: int = 0, facets: tuple[str, ...] = (), per_day: bool = False) -> Found:
        """What there is, with the newest of it."""
        return self._find(Query(root=root, order="newest", limit=limit, facets=facets, per_day=per_day))

    def first(self, root: Node, store: Store) -> Article | None:
        """The first article that has a day."""
        found = self._find(Query(root=And((root, _DATED)), order="oldest", limit=1))
        return next(iter(store.get_many(Article, [hit.id for hit in found.hits])), None)

    def _find(self, query: Query) -> Found:
        found = self._index.search(replace(query, seconds=self._seconds))
        self.is_partial |= found.is_partial
        return found


def _ids(found: Found) -> list[str]:
    return [publisher for publisher, _ in found.facets["publisher"]]


def _bounds(questions: Sequence[Question], totals: Totals, today: date) -> tuple[date | None, date | None]:
    """The days that all questions together restrict themselves to."""
    ends = [bounds(one, totals, today) for one in questions]
    since, until = [one for one, _ in ends if one], [one for _, one in ends if one]
    return (
        min(since) if len(since) == len(questions) else None,
        max(until) if len(until) == len(questions) else None,
    )


# -------------------------------------------------------------------------------------- who was first


def _starts(roots: Sequence[Node], founds: Sequence[Found], store: Store, look: _Look) -> list[Article | None]:
    return [look.first(root, store) if found.total else None for root, found in zip(roots, founds, strict=True)]


def _first(article: Article | None, start: Article | None) -> First | None:
    return First(article=article, lag=_lag(article, start)) if article and start else None


def _lag(article: Article, start: Article) -> timedelta:
    if article.published_at and start.published_at:
        return article.published_at - start.published_at
    if article.published_on and start.published_on:
        return article.published_on - start.published_on
    return article.dated_at - start.dated_at


def _publishers(
    roots: Sequence[Node], founds: Sequence[Found], starts: Sequence[Article | None], store: Store, look: _Look
) -> tuple[PublisherFirsts, ...]:
    """The publishers with most articles, those that were first soonest before the others."""
    counts = [dict(found.facets["publisher"]) for found in founds]
    most = _by_articles({publisher: sum(c.get(publisher, 0) for c in counts) for c in counts for publisher in c})
    made = []
    for publisher in most[:MOST_PUBLISHERS]:
        firsts = tuple(
            _first(look.first(And((root, Is("publisher", publisher))), store), start) if count.get(publisher) else None
            for root, start, count in zip(roots, starts, counts, strict=True)
        )
        lags = [first.lag for first in firsts if first]
        made.append(
            PublisherFirsts(
                publisher=publisher,
                articles=tuple(count.get(publisher, 0) for count in counts),
                firsts=firsts,
                median_lag=_median(lags) if lags else None,
            )
        )
    return tuple(sorted(made, key=lambda one: (one.median_lag is None, one.median_lag or timedelta(), one.publisher)))


def _median(lags: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(lag.total_seconds() for lag in lags))


def _by_articles(counts: dict[str, int]) -> list[str]:
    """Publishers by their articles, most first, then by name."""
    return sorted(counts, key=lambda publisher: (-counts[publisher], publisher))


# -------------------------------------------------------------------------------------- words apart


def _read(roots: Sequence[Node], place: int, store: Store, look: _Look) -> tuple[list[Article], bool]:
    """The articles of a side whose words are read, and whether there are more.

    Those that other sides have too are left out, unless a side has no others. Up to `MOST_TEXTS` all are read; of more
    the days are cut into `STRETCHES` with about as many articles each, and the newest of each are read.
    """
    root = not_those(roots[place], [other for at, other in enumerate(roots) if at != place and other != roots[place]])
    found = look.at(root, limit=MOST_TEXTS, per_day=True)
    if not found.total:
        root = roots[place]
        found = look.at(root, limit=MOST_TEXTS, per_day=True)
    ids = [hit.id for hit in found.hits]
    is_sample = found.total > len(ids)
    if is_sample and found.days:
        ids = [
            hit.id
            for since, until in stretches(found.days)
            for hit in look.at(And((root, Days(since, until))), limit=MOST_TEXTS // STRETCHES).hits
        ]
    return store.get_many(Article, ids), is_sample


def stretches(days: Sequence[tuple[int, int]], number: int = STRETCHES) -> Iterator[tuple[int, int]]:
    """The first and last day of stretches of time with about as many articles each; fewer where a day has many."""
    total, before = sum(articles for _, articles in days), 0
    cut: dict[int, list[int]] = {}
    for day, articles in days:
        middle = before + articles / 2
        cut.setdefault(min(number - 1, int(number * middle / total)), []).append(day)
        before += articles
    for inside in cut.values():
        yield inside[0], inside[-1]


def _text(article: Article) -> str:
    return f"{article.title}\n{article.text}"


def _those(wanted: Sequence[Wanted]) -> Callable[[str, str], bool]:
    """Whether a word is one of those asked for: that they set the sides apart goes without saying."""
    known = frozenset[str]().union(*(one.forms | one.terms for one in wanted))
    starts = tuple(start for one in wanted for start in one.starts)
    return lambda term, form: term in known or form in known or form.startswith(starts)
