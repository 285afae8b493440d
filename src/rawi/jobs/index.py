"""From articles to the search index: a follower whose name holds the index's own, so that a lost index starts anew."""

from collections.abc import Sequence

from rawi.core import text
from rawi.jobs.follow import follow
from rawi.jobs.tell import Tell, silent
from rawi.model import Article, Doc
from rawi.ports import Index, Runner, Store

BATCH = 1000
PREFIX = "index/"


def follower(index: Index) -> str:
    """The name under which an index follows the log."""
    return f"{PREFIX}{index.name}"


def index_articles(*, store: Store, index: Index, runner: Runner, tell: Tell = silent) -> int:
    """Brings the index up to date; the cursor moves when what it passes is on disk."""

    def work(articles: list[Article]) -> None:
        index.put([doc for doc in runner.map(doc_of, articles) if isinstance(doc, Doc)])
        index.commit()

    def gone(ids: Sequence[str]) -> None:
        index.drop(ids)
        index.commit()

    return follow(follower(index), Article, work, gone=gone, store=store, batch=BATCH, tell=tell)


def doc_of(article: Article) -> Doc:
    """An article as an index sees it."""
    return Doc(
        id=article.id,
        title=_terms(article.title, article.language),
        body=_terms(article.text, article.language),
        language=article.language,
        publisher=article.publisher,
        topic=article.topic or "",
        author=tuple(_terms(author, article.language) for author in article.authors),
        day=int(article.published_on.strftime("%Y%m%d")) if article.published_on else 0,
        dated_at=int(article.dated_at.timestamp()),
    )


def _terms(said: str, language: str) -> str:
    return " ".join(found.term for found in text.terms(said, language))
