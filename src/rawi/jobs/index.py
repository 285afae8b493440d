"""From articles to the search index: a follower whose name holds the index's own, so that a lost index starts anew."""

from collections.abc import Sequence
from dataclasses import replace

from rawi.core import text
from rawi.jobs.follow import follow
from rawi.jobs.tell import Tell, silent
from rawi.model import Article, Doc, Revision
from rawi.ports import Index, Runner, Store

BATCH = 1000
PREFIX = "index/"
LONGEST_NAME = 200
"""Characters of an author's name by which articles are counted."""


def follower(index: Index) -> str:
    """The name under which an index follows the log."""
    return f"{PREFIX}{index.name}"


def index_articles(*, store: Store, index: Index, runner: Runner, tell: Tell = silent) -> int:
    """Brings the index up to date; the cursor moves when what it passes is on disk."""

    def work(articles: list[Article]) -> None:
        revised = {revision.article for revision in _second_readings(articles, store)}
        docs = [doc for doc in runner.map(doc_of, articles) if isinstance(doc, Doc)]
        index.put(replace(doc, is_revised=True) if doc.id in revised else doc for doc in docs)
        index.commit()

    def gone(ids: Sequence[str]) -> None:
        index.drop(ids)
        index.commit()

    return follow(follower(index), Article, work, gone=gone, store=store, batch=BATCH, tell=tell)


def _second_readings(articles: list[Article], store: Store) -> list[Revision]:
    """One revision for each of these articles that has any."""
    ids = tuple(article.id for article in articles)
    return store.find(Revision, article=ids, number=2, limit=len(ids))


def doc_of(article: Article) -> Doc:
    """An article as an index sees it."""
    title, body = text.indexed(article.title, article.language), text.indexed(article.text, article.language)
    return Doc(
        id=article.id,
        title=title.forms,
        body=body.forms,
        title_terms=title.terms,
        body_terms=body.terms,
        language=article.language,
        publisher=article.publisher,
        topic=article.topic or "",
        author=tuple(" ".join(text.forms(author)) for author in article.authors),
        authors=tuple(author[:LONGEST_NAME] for author in article.authors),
        day=int(article.published_on.strftime("%Y%m%d")) if article.published_on else 0,
        dated_at=int(article.dated_at.timestamp()),
    )
