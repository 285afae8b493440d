"""Questions to an archive, as readers ask them."""

import pytest

from rawi.adapters.local import SerialRunner
from rawi.adapters.memory_store import MemoryStore
from rawi.adapters.tantivy_index import TantivyIndex
from rawi.errors import BadInput, QueryError
from rawi.jobs.index import index_articles
from rawi.jobs.search import Results, search
from rawi.ports import Index
from tests.hostile_queries import HOSTILE
from tests.jobs.test_index import ARTICLES


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[MemoryStore, Index]:
    store, index = MemoryStore(), TantivyIndex(tmp_path_factory.mktemp("search") / "index")
    store.put(*ARTICLES)
    index_articles(store=store, index=index, runner=SerialRunner())
    return store, index


def asked(parts: tuple[MemoryStore, Index], text: str, **how: object) -> Results:
    return search(text, store=parts[0], index=parts[1], **how)  # type: ignore[arg-type]


def test_what_was_asked_for_is_marked(parts: tuple[MemoryStore, Index]) -> None:
    [hit] = asked(parts, "number 17 struck", limit=1).hits
    assert hit.title == (("Ferry ", False), ("struck", True))
    assert [said for said, is_wanted in hit.snippet if is_wanted] == ["number", "17"]


def test_pages_go_on_behind_a_hit(parts: tuple[MemoryStore, Index]) -> None:
    for order in ("newest", "oldest", "relevance"):
        first = asked(parts, "ferry", order=order, limit=150)
        second = asked(parts, "ferry", order=order, limit=150, after=first.next)
        assert {one.id for one in (*first, *second)} == {one.id for one in ARTICLES}
        assert (first.total, second.total, second.next) == (200, 200, "")


@pytest.mark.parametrize("after", ["x", "at -1", "behind", "behind x d", f"behind {2**64} d", "at 1", "at 99999999999"])
def test_a_place_of_another_search_is_told(parts: tuple[MemoryStore, Index], after: str) -> None:
    with pytest.raises(BadInput, match="first page") as caught:
        asked(parts, "ferry", order="newest", after=after)
    assert caught.value


def test_hostile_texts_find_or_are_refused(parts: tuple[MemoryStore, Index]) -> None:
    answered = refused = 0
    for text in HOSTILE:
        try:
            found = asked(parts, text, facets=("publisher", "author"), days=True, limit=3)
        except QueryError as error:
            refused += 0 <= error.position <= len(text)
        else:
            answered += 0 <= found.total <= 200
    assert answered + refused == len(HOSTILE)
    assert min(answered, refused) > 50
