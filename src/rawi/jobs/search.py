"""From a question to articles with the words it asks for marked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rawi.core import query as queries
from rawi.core import sections, text
from rawi.jobs.index import follower
from rawi.model import And, Article, Is, Node, Not, Or, Order
from rawi.ports import Index, Store

if TYPE_CHECKING:
    import pandas
    import polars

MOST_DEEP = 10_000
"""No result behind this one is shown: a narrower question finds it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """An article found, and the part of its text that fits best: pieces, each with whether it was asked for."""

    article: Article
    snippet: tuple[tuple[str, bool], ...]
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

    def _rows(self) -> list[dict[str, Any]]:
        return [row_of(hit.article) for hit in self.hits]


def row_of(article: Article) -> dict[str, Any]:
    """An article as a flat row of plain values."""
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "published_on": article.published_on,
        "published_at": article.published_at,
        "language": article.language,
        "topic": article.topic,
        "section": article.section,
        "authors": "; ".join(article.authors),
        "text": article.text,
    }


def search(
    asked: str,
    *,
    store: Store,
    index: Index,
    language: str = "en",
    order: Order = "relevance",
    limit: int = 20,
    offset: int = 0,
    facets: tuple[str, ...] = (),
    days: bool = False,
) -> Results:
    """What a question finds; QueryError when it cannot be understood."""
    query = queries.parse(asked, language)
    root = _with_topics(query.root)
    limit = max(0, min(limit, MOST_DEEP - max(0, min(offset, MOST_DEEP))))
    found = index.search(
        replace(query, root=root, order=order, limit=limit, offset=max(0, offset), facets=facets, per_day=days)
    )
    wanted = queries.wanted(query)
    articles = {article.id: article for article in store.get_many(Article, [hit.id for hit in found.hits])}
    return Results(
        total=found.total,
        hits=tuple(
            Result(article=article, snippet=text.snippet(article.text, wanted, article.language), score=hit.score)
            for hit in found.hits
            if (article := articles.get(hit.id))
        ),
        facets=found.facets,
        days=tuple((date(day // 10000, day // 100 % 100, day % 100), count) for day, count in found.days),
        understood=queries.understood(query),
        incomplete=store.cursor(follower(index)) < store.head(),
    )


def _with_topics(node: Node) -> Node:
    """The tree with publishers' words for sections turned into the archive's keys."""
    if isinstance(node, Is) and node.field == "topic":
        return Is("topic", sections.topic(node.value) or node.value)
    if isinstance(node, And | Or):
        return type(node)(tuple(map(_with_topics, node.nodes)))
    return Not(_with_topics(node.node)) if isinstance(node, Not) else node
