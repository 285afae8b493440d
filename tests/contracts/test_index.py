"""The contract of an index, held against the one in memory and tantivy's."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rawi.adapters.memory_index import MemoryIndex
from rawi.adapters.opensearch_index import OpenSearchIndex, Parts
from rawi.adapters.opensearch_node import Reach
from rawi.adapters.tantivy_index import TantivyIndex
from rawi.model import (
    And,
    Days,
    Doc,
    Everything,
    Inflected,
    Is,
    Near,
    Node,
    Not,
    Or,
    Order,
    Phrase,
    Prefix,
    Query,
    Word,
)
from rawi.ports import Index
from tests.opensearch import fresh_name, opensearch


@pytest.fixture(params=["memory", "tantivy", pytest.param("opensearch", marks=pytest.mark.opensearch)])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    if request.param == "opensearch":
        yield request.getfixturevalue("emptied_opensearch")
        return
    made: Index = MemoryIndex() if request.param == "memory" else TantivyIndex(tmp_path / "index")
    yield made
    made.close()


@pytest.fixture(scope="module")
def opensearch_index() -> Iterator[OpenSearchIndex]:
    """Of two shards and with little in a part, so that what is found comes from several."""
    with fresh_name() as name:
        made = OpenSearchIndex(Reach(nodes=(opensearch(),)), name, Parts(shards=2, docs=20))
        yield made
        made.close()


@pytest.fixture
def emptied_opensearch(opensearch_index: OpenSearchIndex) -> OpenSearchIndex:
    opensearch_index.clear()
    return opensearch_index


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
    is_revised: bool = False,
) -> Doc:
    """The term of a form is here all of it but an "s" at its end."""
    return Doc(
        id=f"d{number}",
        title=title,
        body=body,
        title_terms=terms(title),
        body_terms=terms(body),
        language=language,
        publisher=publisher,
        topic=topic,
        author=author,
        authors=tuple(name.title() for name in author),
        day=20250300 + number if day is None else day,
        dated_at=1_740_000_000 + number * 86_400,
        is_revised=is_revised,
    )


def terms(forms: str) -> str:
    return " ".join(form.removesuffix("s") or "s" for form in forms.split())


DOCS = (
    doc(1, "ferry struck", "the ferry left the islands", author=("dana kettani",), is_revised=True),
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


def ids_in(index: Index) -> list[str]:
    return [key for key, _ in index.states()]


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
        (Inflected("island", ("island",)), ["d1"]),
        (Inflected("islands", ("island",)), ["d1"]),
        (Inflected("islands", ("islands",)), ["d1"]),
        (Inflected("island", ("x", "island", "week")), ["d2", "d1"]),
        (Inflected("islands", ("island",), "title"), []),
        (Inflected("ferries", ("ferry",), "title"), ["d1"]),
        (Inflected("kettani", ("kettani",)), []),
        (Not(Inflected("ferries", ("ferry",))), ["d4", "d3"]),
        (Near(("struck", "ferry"), 0), ["d1"]),
        (Near(("left", "ferry"), 0), ["d1"]),
        (Near(("week", "struck"), 3), []),
        (Near(("week", "struck"), 4), ["d2"]),
        (Near(("harbour", "week"), 4), ["d2"]),
        (Near(("struck", "ferry"), 0, "title"), ["d1"]),
        (Near(("left", "ferry"), 0, "title"), []),
        (Near(("ferry", "island"), 9), []),
        (Is("is", "revised"), ["d1"]),
        (Is("id", "d3"), ["d3"]),
        (Is("id", "d"), []),
        (Or((Is("id", "d4"), Is("id", "none"), Is("id", "d1"))), ["d4", "d1"]),
        (Is("is", "other"), []),
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


def test_the_form_that_was_asked_for_fits_better(index: Index) -> None:
    index.put([doc(1, "harbours", "one"), doc(2, "harbour", "one"), doc(3, "harbours", "one")])
    index.commit()
    assert found(index, Inflected("harbours", ("harbour",)), "relevance") == ["d3", "d1", "d2"]
    assert found(index, Inflected("harbour", ("harbour",)), "relevance") == ["d2", "d3", "d1"]


def test_equal_hits_come_newest_first(index: Index) -> None:
    index.put(doc(number, "same words", "same text") for number in range(1, 10))
    index.commit()
    assert found(index, Word("words"), "relevance") == [f"d{number}" for number in range(9, 0, -1)]


# Ids as ours, and others: what their first letters are must not matter.
IDS = [
    "00",
    "0a1b2c3d",
    "0a1b2c3e",
    "0a1b2c",
    "9zz",
    "Gone",
    "a",
    "a!",
    "a0",
    "ab",
    "ab-c",
    "abd",
    "b9",
    "f" * 20,
    "z",
    "é",
]


def many(index: Index) -> list[Doc]:
    docs = [
        replace(doc(0, "ferry " * (1 + at % 2)), id=f"{begin}{copy}", dated_at=at % 3 - 1)
        for at, begin in enumerate(IDS)
        for copy in ("", "0", "x")
    ]
    for start in range(0, len(docs), 10):
        index.put(docs[start : start + 10])
        index.commit()
    return docs


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_pages_are_exact(index: Index, order: Order, size: int) -> None:
    docs = many(index)
    pages = [
        hit
        for offset in range(0, len(docs) + size, size)
        for hit in index.search(Query(root=Word("ferry"), order=order, limit=size, offset=offset)).hits
    ]
    known = {one.id: one for one in docs}
    keys = [(hit.score, known[hit.id].dated_at, hit.id) for hit in pages]
    assert keys == sorted(keys, reverse=order != "oldest")
    assert sorted(hit.id for hit in pages) == sorted(known)
    assert {hit.score > 0 for hit in pages} == {order == "relevance"}


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("size", [1, 7, 47, 48, 100])
def test_each_answer_says_where_the_next_begins(index: Index, order: Order, size: int) -> None:
    many(index)
    whole = index.search(Query(root=Word("ferry"), order=order, limit=1000))
    assert not whole.next
    hits, after, asked = list(whole.hits), "", 0
    while True:
        answer = index.search(Query(root=Word("ferry"), order=order, limit=size, after=after))
        assert answer.total == len(hits)
        assert list(answer.hits) == hits[asked : asked + size]
        asked, after = asked + size, answer.next
        if not after:
            break
    assert asked >= len(hits)


def test_what_comes_in_meanwhile_does_not_shift_what_is_behind_a_hit(filled: Index) -> None:
    first = filled.search(Query(order="newest", limit=2))
    filled.put([doc(9, "later")])
    filled.drop(["d3"])
    filled.commit()
    assert [hit.id for hit in filled.search(Query(order="newest", limit=9, after=first.next)).hits] == ["d2", "d1"]


def test_a_bound_of_time_changes_nothing_that_is_in_time(filled: Index) -> None:
    query = Query(root=Word("ferry"), facets=("publisher",), per_day=True)
    assert filled.search(replace(query, seconds=60.0)) == filled.search(query)


def test_a_selection_has_no_better_and_worse(filled: Index) -> None:
    only = And((Is("language", "en"), Not(Word("bread")), Days(20250101, None), Prefix("str")))
    assert [(hit.id, hit.score) for hit in filled.search(Query(root=only)).hits] == [("d2", 0.0), ("d1", 0.0)]


@pytest.mark.parametrize("day", [0, 1_01_01, 9999_12_31])
@pytest.mark.parametrize("dated_at", [-62_135_596_800, -1, 0, 253_402_300_799])
def test_any_date_there_is(index: Index, day: int, dated_at: int) -> None:
    index.put([replace(doc(1), day=day, dated_at=dated_at), doc(2)])
    index.commit()
    expected = ["d1", "d2"] if dated_at > doc(2).dated_at else ["d2", "d1"]
    assert found(index, Everything()) == expected
    assert found(index, Days(day, day)) == (["d1"] if day else [])


def test_a_page_behind_the_last_is_empty(filled: Index) -> None:
    for order in ("relevance", "newest"):
        answer = filled.search(Query(root=Word("ferry"), offset=50, limit=10**9, order=order))  # type: ignore[arg-type]
        assert (answer.total, answer.hits) == (2, ())
    assert len(filled.search(Query(limit=10**9)).hits) == 4


def test_facets_and_days_are_of_all_that_matches(filled: Index) -> None:
    answer = filled.search(Query(limit=1, facets=("publisher", "language", "topic", "author"), per_day=True))
    assert (answer.total, len(answer.hits)) == (4, 1)
    assert answer.facets == {
        "publisher": (("almina", 2), ("harbour", 2)),
        "language": (("en", 3), ("ar", 1)),
        "topic": (("politics", 2), ("economy", 1)),
        "author": (("Dana Kettani", 1),),
    }
    assert answer.days == ((20250301, 1), (20250302, 1), (20250303, 1))


def test_every_value_is_counted(index: Index) -> None:
    index.put(replace(doc(number), publisher=f"p{number % 40:02}", day=19000000 + number) for number in range(200))
    index.put([replace(doc(500), publisher="", topic="", language="")])
    index.commit()
    answer = index.search(Query(facets=("publisher", "language"), per_day=True))
    assert answer.facets["publisher"] == tuple((f"p{number:02}", 5) for number in range(40))
    assert answer.facets["language"] == (("en", 200),)
    assert answer.days == (*((19000000 + number, 1) for number in range(200)), (20250800, 1))


def test_a_facet_has_its_most_frequent_values(index: Index) -> None:
    index.put(replace(doc(n), authors=("Everyone", f"Author {n:04}", f"Author {n:04}")) for n in range(1100))
    index.commit()
    counts = index.search(Query(facets=("author",))).facets["author"]
    assert counts[:2] == (("Everyone", 1100), ("Author 0000", 1))
    assert len(counts) == 1000


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
    assert (filled.count(), sorted(ids_in(filled))) == (3, ["d1", "d3", "d4"])


def test_the_last_of_several_wins(index: Index) -> None:
    index.put([doc(1, "one"), doc(1, "two")])
    index.drop(["d2"])
    index.put([doc(2, "three")])
    index.commit()
    assert (found(index, Word("one")), found(index, Word("two")), found(index, Word("three"))) == ([], ["d1"], ["d2"])


def test_clear_is_at_once(filled: Index) -> None:
    name = filled.name
    filled.clear()
    assert (filled.count(), list(ids_in(filled)), filled.name) == (0, [], name)


def test_an_empty_index_answers(index: Index) -> None:
    answer = index.search(Query(facets=("publisher",), per_day=True))
    assert (answer.total, answer.hits, answer.facets, answer.days) == (0, (), {"publisher": ()}, ())


def test_ids_are_those_there_each_once(index: Index) -> None:
    for _ in range(3):
        index.put(doc(number, "again") for number in range(300))
        index.commit()
    index.drop(f"d{number}" for number in range(100))
    index.commit()
    assert sorted(ids_in(index)) == sorted(f"d{number}" for number in range(100, 300))


def test_states_are_those_put_last(index: Index) -> None:
    index.put([replace(doc(1), state="a1"), replace(doc(2, "odd id"), id="two words", state="a2")])
    index.commit()
    index.put([replace(doc(1), state="b1")])
    index.commit()
    assert sorted(index.states()) == [("d1", "b1"), ("two words", "a2")]


def test_phrases_stay_within_a_text(index: Index) -> None:
    index.put([doc(1, "one two", "three four", author=("dana kettani", "sami noor"))])
    index.commit()
    assert found(index, Phrase(("two", "three"))) == []
    assert found(index, Phrase(("kettani", "sami"), "author")) == []
    assert found(index, Phrase(("sami", "noor"), "author")) == ["d1"]


@pytest.mark.parametrize(
    "odd", ["", "\0", "\ud800", "a b", "x" * 70_000, "(", ".*", "a\\", "'\"", "\U0001f600", "'; drop--"]
)
def test_odd_terms_find_nothing(filled: Index, odd: str) -> None:
    for root in (
        Word(odd),
        Phrase((odd, odd)),
        Near((odd, "ferry"), 3),
        Inflected(odd, (odd,)),
        Is("publisher", odd),
        Is("id", odd),
        Word(odd, "author"),
    ):
        assert found(filled, root) == [], root
    assert found(filled, Prefix(odd)) == (["d4", "d3", "d2", "d1"] if odd == "" else [])


def test_an_empty_value_is_a_value(filled: Index) -> None:
    assert found(filled, Is("topic", "")) == ["d3"]


@pytest.mark.parametrize(
    "query",
    [
        Query(root=Word("a", "day")),
        Query(root=Prefix("a", "publisher")),
        Query(root=Phrase(("a", "b"), "topic")),
        Query(root=Phrase(("a",))),
        Query(root=Near(("a", "a"), 1)),
        Query(root=Near(("a", "b"), 1, "author")),
        Query(root=Near(("a", "b"), -1)),
        Query(root=Inflected("a", ())),
        Query(root=Inflected("a", ("a",), "author")),
        Query(after="at 20", order="newest"),
        Query(root=Word("a"), after="behind 5 d1"),
        Query(after="behind x d1"),
        Query(after="at 1", root=Word("a"), offset=1),
        Query(after="20", root=Word("a")),
        Query(root=Not(Is("title", "a"))),
        Query(root=And(())),
        Query(root=Or((Or(()), Word("a")))),
        Query(facets=("title",)),
        Query(root=Is("author", "Dana Kettani")),
        Query(order="best"),  # type: ignore[arg-type]
    ],
)
def test_what_no_index_has_is_refused(filled: Index, query: Query) -> None:
    with pytest.raises(ValueError, match=r"."):
        filled.search(query)


def test_a_deep_tree_is_answered_and_a_deeper_one_refused(filled: Index) -> None:
    def deep(levels: int) -> Node:
        node: Node = Word("ferry")
        for level in range(levels - 1):
            node = [Not(node), And((node, Everything())), Or((node, Word("none")))][level % 3]
        return node

    assert found(filled, deep(97)) == ["d2", "d1"]
    with pytest.raises(ValueError, match="deep"):
        filled.search(Query(root=deep(5000)))


def test_several_threads_search_while_one_writes(index: Index) -> None:
    index.put([doc(1, "ferry")])
    index.commit()
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(lambda: index.search(Query(root=Word("ferry"))).total) for _ in range(200)]
        for number in range(2, 12):
            index.put([doc(number, "ferry")])
            index.commit()
        totals = [answer.result() for answer in asked]
    assert set(totals) <= set(range(1, 12))
    assert index.search(Query(root=Word("ferry"))).total == 11


def test_commit_and_drop_of_nothing_are_nothing(index: Index) -> None:
    index.commit()
    index.drop([])
    index.put([])
    index.commit()
    assert (index.count(), list(ids_in(index))) == (0, [])


# ------------------------------------------------------------------------------ the two beside each other

Folders = pytest.TempPathFactory

TERMS = st.sampled_from(["aa", "ab", "abc", "b", "ميناء"])
SOME = st.lists(TERMS, max_size=4).map(" ".join)
DOC = st.builds(
    Doc,
    id=st.sampled_from(["0", "a1", "a10", "a2", "f", "zz", "é"]),
    title=SOME,
    body=SOME,
    title_terms=SOME,
    body_terms=SOME,
    language=st.sampled_from(["ar", "en"]),
    publisher=st.sampled_from(["x", "y"]),
    topic=st.sampled_from(["", "sport"]),
    author=st.lists(SOME, max_size=2).map(tuple),
    authors=st.lists(st.sampled_from(["", "Dana Kettani", "ليلى"]), max_size=2).map(tuple),
    is_revised=st.booleans(),
    day=st.sampled_from([0, 20250301, 20250401]),
    dated_at=st.sampled_from([-5, 0, 7]),
)
BATCHES = st.lists(st.tuples(st.lists(DOC, max_size=5), st.sets(st.sampled_from(["0", "a1", "f", "q"]))), max_size=3)
FIELDS = st.sampled_from(["", "title", "author"])
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, TERMS, FIELDS),
    st.builds(Prefix, st.sampled_from(["a", "ab", "مي"]), FIELDS),
    st.builds(Phrase, st.lists(TERMS, min_size=2, max_size=3).map(tuple), FIELDS),
    st.builds(Inflected, TERMS, st.lists(TERMS, min_size=1, max_size=2).map(tuple), st.sampled_from(["", "title"])),
    st.builds(
        Near,
        st.lists(TERMS, min_size=2, max_size=2, unique=True).map(tuple),
        st.integers(0, 3),
        st.sampled_from(["", "title"]),
    ),
    st.builds(Is, st.just("is"), st.just("revised")),
    st.builds(Is, st.just("publisher"), st.sampled_from(["x", "z"])),
    st.builds(Is, st.just("topic"), st.sampled_from(["", "sport"])),
    st.builds(Days, st.sampled_from([None, 0, 20250301]), st.sampled_from([None, 0, 20250331])),
    st.just(Everything()),
)


def branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(And, several), st.builds(Or, several), st.builds(Not, inner))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=BATCHES, roots=st.lists(st.recursive(LEAVES, branches, max_leaves=6), min_size=1, max_size=8))
def test_tantivy_finds_what_the_oracle_finds(
    tmp_path_factory: Folders, batches: list[tuple[list[Doc], set[str]]], roots: list[Node]
) -> None:
    indexes: list[Index] = [MemoryIndex(), TantivyIndex(tmp_path_factory.mktemp("index") / "i")]
    for index in indexes:
        for docs, gone in batches:
            index.put(docs)
            index.drop(gone)
            index.commit()
    memory, tantivy = indexes
    assert sorted(ids_in(memory)) == sorted(ids_in(tantivy))
    assert memory.count() == tantivy.count()
    for root in roots:
        for order, limit, offset in (("newest", 50, 0), ("oldest", 2, 1), ("newest", 2, 2)):
            query = Query(
                root=root,
                order=order,  # type: ignore[arg-type]
                limit=limit,
                offset=offset,
                facets=("publisher", "topic", "language", "author"),
                per_day=True,
            )
            assert memory.search(query) == tantivy.search(query)
        best = Query(root=root, limit=50)
        assert {hit.id for hit in memory.search(best).hits} == {hit.id for hit in tantivy.search(best).hits}
    for index in indexes:
        index.close()
