"""The contract of an index, held against the one in memory and tantivy's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rawi.adapters.memory_index import MemoryIndex
from rawi.adapters.tantivy_index import TantivyIndex
from rawi.model import And, Days, Doc, Everything, Is, Node, Not, Or, Phrase, Prefix, Query, Word
from rawi.ports import Index


@pytest.fixture(params=["memory", "tantivy"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    made: Index = MemoryIndex() if request.param == "memory" else TantivyIndex(tmp_path / "index")
    yield made
    made.close()


def doc(
    number: int,
    title: str = "",
    body: str = "",
    *,
    publisher: str = "harbour",
    language: str = "en",
    topic: str = "politics",
    author: tuple[str, ...] = (),
    day: int | None = None,
) -> Doc:
    return Doc(
        id=f"d{number}",
        title=title,
        body=body,
        language=language,
        publisher=publisher,
        topic=topic,
        author=author,
        day=20250300 + number if day is None else day,
        dated_at=1_740_000_000 + number * 86_400,
    )


DOCS = (
    doc(1, "ferry struck", "the ferry left the island", author=("dana kettani",)),
    doc(2, "harbour reopens", "the harbour was shut for a week after a ferry was struck", publisher="almina"),
    doc(3, "العباره", "غرقت العباره قرب الميناء", publisher="almina", language="ar", topic=""),
    doc(4, "bread", "the price of bread rose again", topic="economy", day=0),
)


@pytest.fixture
def filled(index: Index) -> Index:
    index.put(DOCS)
    index.commit()
    return index


def found(index: Index, root: Node, order: str = "newest") -> list[str]:
    return [hit.id for hit in index.search(Query(root=root, order=order)).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("root", "ids"),
    [
        (Everything(), ["d4", "d3", "d2", "d1"]),
        (Word("ferry"), ["d2", "d1"]),
        (Word("ferry", "title"), ["d1"]),
        (Word("Ferry"), []),
        (Word("العباره"), ["d3"]),
        (Word("kettani"), []),
        (Word("kettani", "author"), ["d1"]),
        (Prefix("harb"), ["d2"]),
        (Prefix("الع"), ["d3"]),
        (Prefix("stru", "title"), ["d1"]),
        (Prefix("a.b*["), []),
        (Phrase(("ferry", "struck")), ["d1"]),
        (Phrase(("price", "of", "bread")), ["d4"]),
        (Phrase(("struck", "the")), []),
        (Phrase(("dana", "kettani"), "author"), ["d1"]),
        (Is("publisher", "almina"), ["d3", "d2"]),
        (Is("publisher", "alm"), []),
        (Is("language", "ar"), ["d3"]),
        (Is("topic", "economy"), ["d4"]),
        (Days(20250302, None), ["d3", "d2"]),
        (Days(None, 20250302), ["d2", "d1"]),
        (Days(20250302, 20250302), ["d2"]),
        (And((Word("the"), Not(Word("ferry")))), ["d4"]),
        (And((Not(Word("ferry")), Not(Word("bread")))), ["d3"]),
        (Or((Word("bread"), Word("harbour"))), ["d4", "d2"]),
        (Not(Or((Word("bread"), Word("harbour")))), ["d3", "d1"]),
        (Or((Not(Word("the")), Word("bread"))), ["d4", "d3"]),
        (And((Everything(), Word("bread"))), ["d4"]),
    ],
)
def test_what_is_found(filled: Index, root: Node, ids: list[str]) -> None:
    assert found(filled, root) == ids
    assert filled.search(Query(root=root)).total == len(ids)


def test_orders(filled: Index) -> None:
    assert found(filled, Everything(), "oldest") == ["d1", "d2", "d3", "d4"]
    assert found(filled, Word("ferry"), "relevance") == ["d1", "d2"], "in the headline weighs more"


def test_equal_hits_come_newest_first(index: Index) -> None:
    index.put(doc(number, "same words", "same text") for number in range(1, 10))
    index.commit()
    assert found(index, Word("words"), "relevance") == [f"d{number}" for number in range(9, 0, -1)]


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
def test_pages_are_exact(index: Index, order: str) -> None:
    index.put(doc(number, "ferry " * (number % 5 + 1)) for number in range(1, 31))
    index.commit()
    whole = [hit.id for hit in index.search(Query(root=Word("ferry"), order=order, limit=30)).hits]  # type: ignore[arg-type]
    pages = [
        hit.id
        for offset in range(0, 30, 7)
        for hit in index.search(Query(root=Word("ferry"), order=order, limit=7, offset=offset)).hits  # type: ignore[arg-type]
    ]
    assert pages == whole
    assert len(set(whole)) == 30


def test_facets_and_days_are_of_all_that_matches(filled: Index) -> None:
    answer = filled.search(Query(limit=1, facets=("publisher", "language", "topic"), per_day=True))
    assert (answer.total, len(answer.hits)) == (4, 1)
    assert answer.facets == {
        "publisher": (("almina", 2), ("harbour", 2)),
        "language": (("en", 3), ("ar", 1)),
        "topic": (("politics", 2), ("economy", 1)),
    }
    assert answer.days == ((20250301, 1), (20250302, 1), (20250303, 1))


def test_nothing_wanted_still_counts(filled: Index) -> None:
    answer = filled.search(Query(root=Word("ferry"), limit=0, facets=("publisher",)))
    assert (answer.total, answer.hits) == (2, ())
    assert answer.facets["publisher"] == (("almina", 1), ("harbour", 1))


def test_put_replaces_and_drop_removes_at_commit(filled: Index) -> None:
    filled.put([doc(1, "oranges")])
    filled.drop(["d2", "never there"])
    assert found(filled, Word("ferry")) == ["d2", "d1"]
    filled.commit()
    assert found(filled, Word("ferry")) == []
    assert found(filled, Word("oranges")) == ["d1"]
    assert (filled.count(), sorted(filled.ids())) == (3, ["d1", "d3", "d4"])


def test_the_last_of_several_wins(index: Index) -> None:
    index.put([doc(1, "one"), doc(1, "two")])
    index.drop(["d2"])
    index.put([doc(2, "three")])
    index.commit()
    assert (found(index, Word("one")), found(index, Word("two")), found(index, Word("three"))) == ([], ["d1"], ["d2"])


def test_clear_is_at_once(filled: Index) -> None:
    name = filled.name
    filled.clear()
    assert (filled.count(), list(filled.ids()), filled.name) == (0, [], name)


def test_an_empty_index_answers(index: Index) -> None:
    answer = index.search(Query(facets=("publisher",), per_day=True))
    assert (answer.total, answer.hits, answer.facets, answer.days) == (0, (), {"publisher": ()}, ())


# ------------------------------------------------------------------------------ the two beside each other

Folders = pytest.TempPathFactory

TERMS = st.sampled_from(["aa", "ab", "abc", "b", "ميناء"])
SOME = st.lists(TERMS, max_size=4).map(" ".join)
CORPORA = st.lists(
    st.builds(
        doc,
        st.integers(1, 12),
        SOME,
        SOME,
        publisher=st.sampled_from(["x", "y"]),
        topic=st.sampled_from(["", "sport"]),
        day=st.sampled_from([0, 20250301, 20250401]),
    ),
    max_size=8,
)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, TERMS, st.sampled_from(["", "title"])),
    st.builds(Prefix, st.sampled_from(["a", "ab", "مي"])),
    st.builds(Phrase, st.tuples(TERMS, TERMS)),
    st.builds(Is, st.just("publisher"), st.sampled_from(["x", "z"])),
    st.builds(Days, st.sampled_from([None, 20250301]), st.sampled_from([None, 20250331])),
    st.just(Everything()),
)


def branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(And, several), st.builds(Or, several), st.builds(Not, inner))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(corpus=CORPORA, root=st.recursive(LEAVES, branches, max_leaves=6))
def test_tantivy_finds_what_the_oracle_finds(tmp_path_factory: Folders, corpus: list[Doc], root: Node) -> None:
    query = Query(root=root, order="newest", limit=50, facets=("publisher", "topic"), per_day=True)
    answers = []
    indexes: list[Index] = [MemoryIndex(), TantivyIndex(tmp_path_factory.mktemp("index") / "i")]
    for index in indexes:
        index.put(corpus)
        index.commit()
        answers.append(index.search(query))
        index.close()
    assert answers[0] == answers[1]
