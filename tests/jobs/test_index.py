"""The index beside the articles: what differs is found, all of it, and put right, and nothing else."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rawi.adapters.local import SerialRunner
from rawi.adapters.memory_index import MemoryIndex
from rawi.adapters.memory_store import MemoryStore
from rawi.adapters.tantivy_index import TantivyIndex
from rawi.jobs.index import Differences, compare, index_articles, mend
from rawi.model import Article, Query, Revision, Word, address_id, content_id
from rawi.ports import Index

AT = datetime(2025, 3, 1, 9, tzinfo=UTC)


def article(number: int, title: str = "Ferry struck") -> Article:
    url = f"https://harbour.example/{number}"
    at = AT + timedelta(hours=number)
    return Article(
        id=address_id(url),
        url=url,
        canonical_url=url,
        publisher="harbour.example",
        publisher_name="The Harbour Post",
        title=title,
        authors=("Dana Kettani",),
        published_at=at,
        published_on=at.date(),
        date_text=at.isoformat(),
        modified_at=None,
        language="en",
        section="World",
        topic="world",
        text=f"The ferry number {number} left the island.",
        images=(),
        credit=None,
        capture="",
        captured_at=at,
        dated_at=at,
        notes=(),
        made_by="test/1",
    )


ARTICLES = [article(number) for number in range(200)]


@pytest.fixture(params=["memory", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    return MemoryIndex() if request.param == "memory" else TantivyIndex(tmp_path / "index")


@pytest.fixture
def store(index: Index) -> MemoryStore:
    """With two hundred articles that are all in the index."""
    store = MemoryStore()
    store.put(*ARTICLES)
    index_articles(store=store, index=index, runner=SerialRunner())
    return store


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_difference_is_found_and_put_right(store: MemoryStore, index: Index, seed: int) -> None:
    chance = random.Random(seed)
    lost = chance.sample(ARTICLES, 30)
    changed = chance.sample([one for one in ARTICLES if one not in lost], 20)
    unknown = [article(number) for number in range(1000, 1010)]
    others = MemoryStore()
    others.put(*(replace(one, title="Ferry sunk") for one in changed), *unknown)
    index_articles(store=others, index=index, runner=SerialRunner())
    index.drop(one.id for one in lost)
    index.commit()
    found = compare(store=store, index=index)
    assert found == Differences(
        missing=sorted(one.id for one in lost),
        stale=sorted(one.id for one in changed),
        extra=sorted(one.id for one in unknown),
    )
    assert mend(found, store=store, index=index, runner=SerialRunner()) == 60
    assert compare(store=store, index=index) == Differences(missing=[], stale=[], extra=[])
    assert index.search(Query(root=Word("sunk"))).total == 0
    assert index.search(Query(root=Word("struck"))).total == 200


def test_an_article_that_came_to_be_revised_is_found(store: MemoryStore, index: Index) -> None:
    one = ARTICLES[7]
    for number in (1, 2):
        revision = Revision(
            id=content_id(one.id, f"c{number}"),
            article=one.id,
            capture=f"c{number}",
            number=number,
            at=AT,
            title=one.title,
            text="",
            made_by="test/1",
        )
        store.put(revision)
    assert compare(store=store, index=index).stale == [one.id]


def test_what_is_stale_is_looked_for_only_in_depth(store: MemoryStore, index: Index) -> None:
    store.put(replace(ARTICLES[0], title="Another"))
    assert compare(store=store, index=index, deep=False) == Differences(missing=[], stale=[], extra=[])
    assert compare(store=store, index=index).stale == [ARTICLES[0].id]
