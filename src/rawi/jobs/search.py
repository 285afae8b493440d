"""From a question to articles with the words it asks for marked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from rawi.core import query as queries
from rawi.core import rows, sections, snippets
from rawi.core.snippets import Pieces
from rawi.errors import BadInput
from rawi.jobs.index import follower
from rawi.model import And, Article, Is, Node, Not, Or, Order, Query
from rawi.ports import Index, Store

if TYPE_CHECKING:
    import pandas
    import polars

MOST_DEEP = 100_000
"""No result behind this one is shown: a narrower question finds it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """An article found: its headline and the part of its text that fits best, with the words asked for marked."""

    article: Article
    title: Pieces
    snippet: Pieces
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """What a search finds. `total`, `facets` and `days` are of all that matches; `hits` of the part asked for."""

    total: int
    hits: tuple[Result, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]
    days: tuple[tuple[date, int], ...]
    understood: str
    """The question as it was understood, in the query language."""
    incomplete: bool
    """Whether the index is still behind the archive."""
    is_partial: bool
    """Whether the time ran out: what is missing is left empty, what is there is right."""
    next: str
    """Where the next hits begin (`after`); empty when there are none."""

    def __iter__(self) -> Iterator[Article]:
        return (hit.article for hit in self.hits)

    def to_polars(self) -> "polars.DataFrame":
        """The hits as a table, one article a row (needs `pip install rawi[tables]`)."""
        import polars

        return polars.DataFrame(self._rows())

    def to_pandas(self) -> "pandas.DataFrame":
        """The hits as a table, one article a row (needs pandas)."""
        import pandas

        return pandas.DataFrame(self._rows())

    def _rows(self) -> list[rows.Row]:
        return [rows.row(hit.article) for hit in self.hits]


def asked_for(asked: str, language: str = "en", *, exact: bool = False, names: bool = True) -> Query:
    """A question as an index takes it; QueryError when it cannot be understood."""
    query = queries.parse(asked, language, exact=exact, names=names)
    return replace(query, root=_with_topics(query.root))


def search(
    asked: str,
    *,
    store: Store,
    index: Index,
    language: str = "en",
    order: Order = "relevance",
    limit: int = 20,
    offset: int = 0,
    after: str = "",
    facets: tuple[str, ...] = (),
    days: bool = False,
    exact: bool = False,
    names: bool = True,
    seconds: float | None = None,
) -> Results:
    """What a question finds; QueryError when it cannot be understood.

    `after` is `Results.next` of the same question; BadInput when it is not. With `exact` words are taken as written,
    without `names` those that are names; `seconds` bounds what the index may take.
    """
    query = asked_for(asked, language, exact=exact, names=names)
    limit = max(0, min(limit, MOST_DEEP - max(0, min(offset, MOST_DEEP))))
    whole = replace(
        query,
        order=order,
        limit=limit,
        offset=0 if after else max(0, offset),
        after=after,
        facets=facets,
        per_day=days,
        seconds=seconds,
    )
    try:
        found = index.search(whole)
    except ValueError as error:
        if not after:
            raise
        raise BadInput("the place to go on from is not one of this search: begin at its first page") from error
    wanted = queries.wanted(query)
    articles = {article.id: article for article in store.get_many(Article, [hit.id for hit in found.hits])}
    return Results(
        total=found.total,
        hits=tuple(
            Result(
                article=article,
                title=snippets.marked(article.title, wanted, article.language),
                snippet=snippets.snippet(article.text, wanted, article.language),
                score=hit.score,
            )
            for hit in found.hits
            if (article := articles.get(hit.id))
        ),
        facets=found.facets,
        days=tuple((day_of(day), count) for day, count in found.days),
        understood=queries.understood(query),
        incomplete=store.cursor(follower(index)) < store.head(),
        is_partial=found.is_partial,
        next=found.next,
    )


def day_of(number: int) -> date:
    """The day that an index knows as yyyymmdd."""
    return date(number // 10_000, number // 100 % 100, number % 100)


def _with_topics(node: Node) -> Node:
    """The tree with publishers' words for sections turned into the archive's keys."""
    if isinstance(node, Is) and node.field == "topic":
        return Is("topic", sections.topic(node.value) or node.value)
    if isinstance(node, And | Or):
        return type(node)(tuple(map(_with_topics, node.nodes)))
    return Not(_with_topics(node.node)) if isinstance(node, Not) else node
