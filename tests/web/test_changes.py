"""What changed between two readings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.web.changes import passages


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("same", "same", ()),
        ("a  b\n\nc", "a b\nc", ()),
        ("one two three", "one 2 three", ((("same", "one "), ("gone", "two "), ("new", "2 "), ("same", "three")),)),
        ("first\nlast", "first\nmiddle\nlast", ((("new", "middle"),),)),
        ("first\nmiddle\nlast", "first\nlast", ((("gone", "middle"),),)),
        ("", "something", ((("new", "something"),),)),
    ],
)
def test_passages(old: str, new: str, expected: object) -> None:
    assert passages(old, new) == expected


def test_words_far_from_a_change_are_left_out() -> None:
    long = " ".join(f"w{n}" for n in range(100))
    [passage] = passages(long, long.replace("w50", "X"))
    words = " ".join(text for _, text in passage).split()
    assert len(words) < 25
    assert {"w49", "w50", "X", "w51", "…"} <= set(words)


def test_long_texts_are_shown_whole_instead_of_compared() -> None:
    [passage] = passages("a b " * 2000, "c d " * 2000)
    assert [kind for kind, _ in passage] == ["gone", "new"]


lines = st.lists(st.text(alphabet="abc ", min_size=1, max_size=12), max_size=6).map("\n".join)


@given(old=lines, new=lines)
def test_every_new_word_is_shown_or_was_there(old: str, new: str) -> None:
    shown = passages(old, new)
    squeezed = [[" ".join(line.split()) for line in text.split("\n") if line.strip()] for text in (old, new)]
    assert bool(shown) == (squeezed[0] != squeezed[1])
    gone = [word for passage in shown for kind, text in passage if kind == "gone" for word in text.split()]
    added = [word for passage in shown for kind, text in passage if kind == "new" for word in text.split()]
    assert sorted(old.split() + added) == sorted(new.split() + gone)
