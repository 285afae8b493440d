"""What only an index in a folder can do: be opened again, be lost, be broken, be written by one and read by others."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.adapters.ranking import order_key
from rawi.adapters.tantivy_index import TantivyIndex
from rawi.errors import ArchiveBusy, StoreError
from rawi.model import Doc, Query, Word


def doc(id: str, body: str = "ferry") -> Doc:
    return Doc(
        id=id,
        title="",
        body=body,
        title_terms="",
        body_terms=body,
        authors=(),
        language="en",
        publisher="p",
        topic="",
        author=(),
        day=20250301,
        dated_at=1_740_000_000,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an index of two documents, closed."""
    made = TantivyIndex(tmp_path / "archive" / "index")
    made.put([doc("a"), doc("b")])
    made.commit()
    made.close()
    return tmp_path / "archive" / "index"


def ids_in(index: TantivyIndex) -> Iterator[str]:
    return (key for key, _ in index.states())


def ferries(index: TantivyIndex) -> int:
    return index.search(Query(root=Word("ferry"))).total


def test_it_is_there_when_opened_again(folder: Path) -> None:
    first = TantivyIndex(folder)
    name = first.name
    assert (ferries(first), sorted(ids_in(first))) == (2, ["a", "b"])
    first.close()
    assert TantivyIndex(folder).name == name
    assert len(name) == 32


def test_what_was_not_committed_is_not_there(folder: Path) -> None:
    index = TantivyIndex(folder)
    index.put([doc("c")])
    index.drop(["a"])
    index.close()
    assert sorted(ids_in(TantivyIndex(folder))) == ["a", "b"]


def test_every_new_one_has_a_name_of_its_own(folder: Path, tmp_path: Path) -> None:
    assert TantivyIndex(folder).name != TantivyIndex(tmp_path / "other").name


def test_a_lost_folder_is_made_anew_with_another_name(folder: Path) -> None:
    index = TantivyIndex(folder)
    name = index.name
    folder.rename(folder.with_name("away"))
    assert TantivyIndex(folder).name != name
    assert index.name == TantivyIndex(folder).name, "who had the old one open sees it"
    assert ferries(index) == 0
    index.put([doc("c")])
    index.commit()
    assert ferries(TantivyIndex(folder)) == 1


def test_a_folder_lost_under_the_one_who_writes(folder: Path) -> None:
    index = TantivyIndex(folder)
    index.put([doc("c")])
    folder.rename(folder.with_name("away"))
    index.put([doc("d")])
    index.commit()
    index.close()
    assert list(ids_in(TantivyIndex(folder))) == ["d"]


def test_a_reader_sees_what_a_writer_commits(folder: Path) -> None:
    reader, writer = TantivyIndex(folder), TantivyIndex(folder)
    assert ferries(reader) == 2
    for number in range(5):
        writer.put([doc(f"c{number}")])
        assert ferries(reader) == 2 + number
        writer.commit()
        assert ferries(reader) == 3 + number
    writer.clear()
    assert (ferries(reader), reader.count()) == (0, 0)


def test_a_list_of_ids_is_of_one_moment(folder: Path) -> None:
    reader, writer = TantivyIndex(folder), TantivyIndex(folder)
    listing = ids_in(reader)
    seen = [next(listing)]
    writer.clear()
    writer.put([doc("z")])
    writer.commit()
    assert sorted(seen + list(listing)) == ["a", "b"]


# ------------------------------------------------------------------------------------------ one writer

WRITES = """
import sys
from pathlib import Path
from rawi.adapters.tantivy_index import TantivyIndex
index = TantivyIndex(Path(sys.argv[1]))
index.drop(["none"])
print("writing", flush=True)
sys.stdin.read()
"""


def test_one_process_writes_and_another_is_told_who(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITES, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "writing\n"
        index = TantivyIndex(folder)
        for change in (lambda: index.put([doc("c")]), lambda: index.drop(["a"]), index.clear):
            with pytest.raises(ArchiveBusy, match=f"process {other.pid}") as caught:
                change()
            assert str(folder) in str(caught.value)
        assert ferries(index) == 2, "reading goes on"
        index.commit()
        other.kill()
        other.wait()
    index.put([doc("c")])
    index.commit()
    assert ferries(index) == 3, "a killed process holds nothing back"


def test_a_second_one_in_the_same_process_waits_too(folder: Path) -> None:
    first, second = TantivyIndex(folder), TantivyIndex(folder)
    first.put([doc("c")])
    with pytest.raises(ArchiveBusy):
        second.put([doc("d")])
    first.close()
    second.put([doc("d")])
    second.commit()
    assert sorted(ids_in(second)) == ["a", "b", "d"]


# ---------------------------------------------------------------------------------------------- broken


def replace(file: Path, left: bytes) -> None:
    """Another file under the name: to cut one that is mapped into memory would bring the process down."""
    draft = file.with_suffix(".draft")
    draft.write_bytes(left)
    draft.replace(file)


def assert_broken_then_mended(folder: Path) -> None:
    index = TantivyIndex(folder)
    for ask in (lambda: ferries(index), index.count, lambda: list(ids_in(index)), lambda: index.put([doc("c")])):
        with pytest.raises(StoreError, match="rawi rebuild index") as caught:
            ask()
        assert str(folder) in str(caught.value)
    index.close()
    mender = TantivyIndex(folder)
    mender.clear()
    mender.put([doc("z")])
    mender.commit()
    assert list(ids_in(mender)) == ["z"]
    mender.close()
    assert list(ids_in(TantivyIndex(folder))) == ["z"]
    assert len([part for part in folder.iterdir() if part.is_dir()]) == 1, "nothing is left of the old one"


@pytest.mark.parametrize("card", ["", "rawi-index/0 abc", "rawi-index/99999 abc", "\x00\xff", "rawi-index/1 ../x", "1"])
def test_another_version_is_told_and_mended(folder: Path, card: str) -> None:
    (folder / "card").write_text(card, "latin-1")
    assert_broken_then_mended(folder)


def test_a_card_without_its_index_is_told_and_mended(folder: Path) -> None:
    name = TantivyIndex(folder).name
    (folder / name).rename(folder / "away")
    assert_broken_then_mended(folder)


@pytest.mark.parametrize("left", [b"", b"{", b"\x00" * 300, b"{}"])
def test_a_broken_catalogue_is_told_and_mended(folder: Path, left: bytes) -> None:
    name = TantivyIndex(folder).name
    replace(folder / name / "meta.json", left)
    assert_broken_then_mended(folder)
    assert TantivyIndex(folder).name != name


@pytest.mark.parametrize("kind", ["idx", "term", "pos", "fast", "store", "fieldnorm"])
@pytest.mark.parametrize("share", [0.0, 0.5])
def test_a_torn_file_is_told_and_mended(folder: Path, kind: str, share: float) -> None:
    name = TantivyIndex(folder).name
    for file in (folder / name).glob(f"*.{kind}"):
        replace(file, file.read_bytes()[: int(file.stat().st_size * share)])
    index = TantivyIndex(folder)
    with pytest.raises(StoreError, match="rawi rebuild index"):
        index.search(Query(root=Word("ferry"), facets=("publisher",), per_day=True))
    index.close()
    mender = TantivyIndex(folder)
    mender.clear()
    mender.put([doc("z")])
    mender.commit()
    assert ferries(mender) == 1


def test_who_searches_a_broken_one_sees_it_mended(folder: Path) -> None:
    reader, writer = TantivyIndex(folder), TantivyIndex(folder)
    name = reader.name
    replace(folder / name / "meta.json", b"")
    with pytest.raises(StoreError):
        ferries(reader)
    writer.clear()
    writer.put([doc("z")])
    writer.commit()
    assert (ferries(reader), reader.name == name) == (1, False)


def test_a_folder_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("not a folder")
    with pytest.raises(StoreError, match=str(tmp_path / "index")):
        TantivyIndex(tmp_path / "index").count()


def test_a_fault_of_those_who_bring_documents_stays_theirs(folder: Path) -> None:
    def torn() -> "list[Doc]":
        raise ValueError("no documents today")

    index = TantivyIndex(folder)
    with pytest.raises(ValueError, match="no documents today"):
        index.put(one for one in torn())


# --------------------------------------------------------------------------------------------- ranking

IDS = st.one_of(st.text("0123456789abcdef", max_size=8), st.text(max_size=8))


@given(st.lists(st.tuples(st.integers(-62_135_596_800, 253_402_300_799), IDS), min_size=2, max_size=2).map(sorted))
def test_order_keys_never_turn_two_round(pair: list[tuple[int, str]]) -> None:
    (earlier, first), (later, second) = pair
    assert 0 <= order_key(earlier, first) <= order_key(later, second) < 2**64


@given(st.integers(-62_135_596_800, 253_402_300_799), st.sets(st.text("0123456789abcdef", min_size=5, max_size=5)))
def test_order_keys_of_our_ids_differ(dated_at: int, ids: set[str]) -> None:
    assert len({order_key(dated_at, one) for one in ids}) == len(ids)
