import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import snippets, stems
from rawi.core.snippets import Wanted, snippet


def asking(*wanted: str) -> Wanted:
    """Words as written, and those that begin so."""
    starts = tuple(entry[:-1] for entry in wanted if entry.endswith("*"))
    return Wanted(frozenset(entry for entry in wanted if not entry.endswith("*")), frozenset(), starts)


def marked(text: str, *wanted: str, length: int = 240) -> str:
    pieces = snippet(text, asking(*wanted), "en", length)
    return "".join(f"[{said}]" if is_wanted else said for said, is_wanted in pieces)


FILLER = "nothing of note was said here today. "
LONG = (
    FILLER * 10
    + "Lavrov met Kerry\nabout Syria and Syrian refugees in Geneva. "
    + FILLER * 10
    + "Lavrov left. "
    + FILLER
)


@pytest.mark.parametrize(
    ("text", "wanted", "length", "expected"),
    [
        ("", ["x"], 240, ""),
        ("   \n ", ["x"], 240, " "),
        ("one two", [], 240, "one two"),
        ("one  \n two", ["two"], 240, "one [two]"),
        ("Two, two; TWO’s", ["two"], 240, "[Two], [two]; [TWO]’s"),
        ("مدرسة القاهرة", ["القاهره"], 240, "مدرسة [القاهرة]"),
        ("syria syrian iran", ["syri*"], 240, "[syria] [syrian] iran"),
        ("one two three four", [], 9, "one two…"),
        ("one two three four", ["four"], 10, "…three [four]"),
        ("a" * 30, ["x"], 10, "a" * 10 + "…"),
    ],
)
def test_snippet(text: str, wanted: list[str], length: int, expected: str) -> None:
    assert marked(text, *wanted, length=length) == expected


def test_the_part_with_most_of_what_is_wanted_is_shown() -> None:
    shown = marked(LONG, "lavrov", "syri*", "geneva", length=100)
    assert "[Lavrov] met Kerry about [Syria] and [Syrian] refugees in [Geneva]." in shown
    assert shown.startswith("…")
    assert shown.endswith("…")


def test_the_beginning_is_shown_when_nothing_wanted_is_there() -> None:
    assert marked(LONG, "absent", length=40) == "nothing of note was said here today.…"


@given(
    st.text(st.one_of(st.characters(), st.sampled_from("ab cd\n'-"))),
    st.sets(st.sampled_from(["a", "b", "ab*", "c", "d*", "*", ""])),
    st.integers(1, 60),
)
def test_a_snippet_is_a_part_of_its_text(text: str, wanted: set[str], length: int) -> None:
    pieces = snippet(text, asking(*wanted), "en", length)
    said = "".join(piece for piece, _ in pieces).strip("…")
    assert said in " ".join(text.split()) or said.strip() in " ".join(text.split())
    assert len(said) <= length
    assert all(piece for piece, _ in pieces)
    assert snippet(text, asking(*wanted), "en", length) == pieces


def test_inflections_are_marked_by_what_they_share() -> None:
    wanted = Wanted(terms=frozenset(stems.stems("houses")))
    assert snippets.marked("Two houses.", wanted, "en") == (("Two ", False), ("houses", True), (".", False))


def test_a_whole_text_is_marked() -> None:
    text = "one two " * 100
    pieces = snippets.marked(text, asking("two"), "en")
    assert "".join(said for said, _ in pieces) == text
    assert [said for said, is_wanted in pieces if is_wanted] == ["two"] * 100
