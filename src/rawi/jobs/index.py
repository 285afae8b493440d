"""From articles to the search index: a follower whose name holds the index's own, so that a lost index starts anew."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

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
        index.put(_docs(articles, store=store, runner=runner))
        index.commit()

    def gone(ids: Sequence[str]) -> None:
        index.drop(ids)
        index.commit()

    return follow(follower(index), Article, work, gone=gone, store=store, batch=BATCH, tell=tell)


def mend(found: "Differences", *, store: Store, index: Index, runner: Runner) -> int:
    """Puts right what differs between the archive and its index, and nothing else; says how many articles."""
    wrong = [*found.missing, *found.stale]
    for start in range(0, len(wrong), BATCH):
        index.put(_docs(store.get_many(Article, wrong[start : start + BATCH]), store=store, runner=runner))
    index.drop(found.extra)
    index.commit()
    return len(wrong) + len(found.extra)


@dataclass(frozen=True, kw_only=True, slots=True)
class Differences:
    """Ids of articles in which archive and index differ."""

    missing: list[str]
    """Not in the index."""
    stale: list[str]
    """In the index as they are not any more, or as another version of Rawi read them."""
    extra: list[str]
    """In the index alone."""


def compare(*, store: Store, index: Index, deep: bool = True) -> Differences:
    """What differs between the archive and its index; without `deep` what is stale is not looked for."""
    states = dict(index.states())
    missing, stale, there = [], [], set()
    ids = list(store.ids(Article))
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        there.update(some)
        missing += [one for one in some if one not in states]
        if deep:
            articles = store.get_many(Article, some)
            revised = _revised(articles, store)
            stale += [a.id for a in articles if states.get(a.id, "") not in ("", state_of(a, a.id in revised))]
    return Differences(missing=missing, stale=stale, extra=sorted(states.keys() - there))


def _docs(articles: Sequence[Article], *, store: Store, runner: Runner) -> list[Doc]:
    revised = _revised(articles, store)
    docs = runner.map(doc_of, [(article, article.id in revised) for article in articles])
    return [doc for doc in docs if isinstance(doc, Doc)]


def _revised(articles: Sequence[Article], store: Store) -> set[str]:
    """The ids of those of these articles that were captured in different readings."""
    ids = tuple(article.id for article in articles)
    return {revision.article for revision in store.find(Revision, article=ids, number=2, limit=len(ids))}


def state_of(article: Article, is_revised: bool) -> str:
    """See `Doc.state`."""
    known = (
        article.title,
        article.text,
        article.language,
        article.publisher,
        article.topic,
        article.authors,
        article.published_on,
        article.dated_at,
        is_revised,
        text.MADE_BY,
    )
    return hashlib.blake2b(repr(known).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def doc_of(known: tuple[Article, bool]) -> Doc:
    """An article, and whether it is revised, as an index sees it."""
    article, is_revised = known
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
        is_revised=is_revised,
        state=state_of(article, is_revised),
    )
