"""What changed between two readings of a text, as passages with the words taken out and put in."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

Kind = Literal["same", "gone", "new"]
Piece = tuple[Kind, str]
Passage = tuple[Piece, ...]

AROUND = 8
"""Words shown on each side of a change."""

MOST_COMPARED = 400_000
"""Beyond this product of two lengths a comparison takes too long for a page: the whole is shown as replaced."""

_WORDS = re.compile(r"\S+\s*")


@lru_cache(maxsize=128)
def passages(old: str, new: str) -> tuple[Passage, ...]:
    """The passages that differ, in order; blanks alone make no difference."""
    before, after = ([" ".join(line.split()) for line in text.split("\n") if line.strip()] for text in (old, new))
    return tuple(
        passage
        for tag, i1, i2, j1, j2 in _compared(before, after)
        if tag != "equal"
        for passage in _inside(before[i1:i2], after[j1:j2])
    )


def _inside(gone: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    """Paragraphs that were replaced one for one are compared word by word; others come or go whole."""
    if len(gone) == len(new):
        for old_line, new_line in zip(gone, new, strict=True):
            yield _words(old_line, new_line)
        return
    if gone and new:
        yield _words(" ".join(gone), " ".join(new))
        return
    yield from ((("gone", line),) for line in gone)
    yield from ((("new", line),) for line in new)


def _words(old: str, new: str) -> Passage:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    compared = _compared([w.strip() for w in before], [w.strip() for w in after])
    for number, (tag, i1, i2, j1, j2) in enumerate(compared):
        if tag == "equal":
            pieces.append(("same", _shortened(after[j1:j2], number == 0, number == len(compared) - 1)))
            continue
        if i2 > i1:
            pieces.append(("gone", "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(("new", "".join(after[j1:j2])))
    return tuple(pieces)


def _shortened(words: Sequence[str], is_first: bool, is_last: bool) -> str:
    """Unchanged words with those far from any change left out."""
    head = 0 if is_first else AROUND
    tail = 0 if is_last else AROUND
    if len(words) <= head + tail + 2:
        return "".join(words)
    return "".join(words[:head]) + "… " + "".join(words[len(words) - tail :])


def _compared(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """What SequenceMatcher finds, common ends set aside first: it is slow on long texts that hardly differ."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    b, a = before[start : len(before) - end], after[start : len(after) - end]
    middle: list[tuple[str, int, int, int, int]] = []
    if len(a) * len(b) > MOST_COMPARED:
        middle = [("replace", 0, len(b), 0, len(a))]
    elif a or b:
        middle = [tuple(code) for code in SequenceMatcher(None, b, a).get_opcodes()]  # type: ignore[misc]
    moved = [(tag, i1 + start, i2 + start, j1 + start, j2 + start) for tag, i1, i2, j1, j2 in middle]
    first = [("equal", 0, start, 0, start)] if start else []
    last = [("equal", len(before) - end, len(before), len(after) - end, len(after))] if end else []
    return first + moved + last
