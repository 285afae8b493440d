"""The part of a text that answers a question, with the words asked for marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from rawi.core import text as reading

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it was asked for; they make the text when joined."""

_MOST_READ = 100_000
"""Characters of a text in which a snippet is looked for."""

_ELLIPSIS = "…"
_SPACES = re.compile(r"\s+")
_RUN = re.compile(r"\S+")


class Mark(NamedTuple):
    """A word asked for, where it stands in a text."""

    key: str
    """What it was asked for as: a form, a term, or the beginning of a form."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words that a question asks for."""

    forms: frozenset[str] = frozenset()
    """As written (`Term.form`)."""
    terms: frozenset[str] = frozenset()
    """In any inflection (`Term.term`)."""
    starts: tuple[str, ...] = ()
    """What forms begin with."""

    def marks(self, text: str, language: str) -> list[Mark]:
        """Where they stand in a text of that language, in order."""
        runs, known = set(text.split()), reading.known_in(language)
        wanted = known.runs_with(self.forms | self.terms, runs)
        if self.starts:
            wanted |= {run for run in runs if any(form.startswith(self.starts) for form in known[run][0].split())}
        if not wanted:
            return []
        found = (run for run in _RUN.finditer(text) if run[0] in wanted)
        return [mark for run in found for mark in self._inside(run[0], run.start(), language)]

    def _inside(self, run: str, at: int, language: str) -> Iterator[Mark]:
        for term, start, end, form in reading.terms(run, language):
            if form in self.forms:
                yield Mark(form, at + start, at + end)
            elif term in self.terms:
                yield Mark(term, at + start, at + end)
            elif begins := next((begin for begin in self.starts if form.startswith(begin)), ""):
                yield Mark(begins, at + start, at + end)


def marked(text: str, wanted: Wanted, language: str) -> Pieces:
    """A whole text in pieces."""
    marks = [(mark.start, mark.end) for mark in wanted.marks(text, language)]
    return tuple(_joined(_pieces(text, 0, len(text), marks)))


def snippet(text: str, wanted: Wanted, language: str, length: int = 240) -> Pieces:
    """The part of a text that shows most of what is wanted, in pieces, each with whether it is that.

    Whole words, at most `length` characters and an ellipsis on each side where the text goes on; the beginning of the
    text when nothing wanted is in it. Blanks are made one.
    """
    text = text[:_MOST_READ]
    marks = wanted.marks(text, language)
    start, end = _window(text, _best(marks, length), length)
    pieces = _pieces(text, start, end, [(mark.start, mark.end) for mark in marks])
    if pieces and text[:start].strip():
        pieces.insert(0, (_ELLIPSIS, False))
    if pieces and text[end:].strip():
        pieces.append((_ELLIPSIS, False))
    return tuple(_joined(pieces))


def _best(marks: list[Mark], length: int) -> tuple[int, int]:
    """Where the marks stand that show most different words together, then most words, then come first."""
    best, at, first = (0, 0), (0, 0), 0
    for last, mark in enumerate(marks):
        while mark.end - marks[first].start > length and first < last:
            first += 1
        inside = marks[first : last + 1]
        worth = (len({mark.key for mark in inside}), len(inside))
        if worth > best:
            best, at = worth, (marks[first].start, mark.end)
    return at


def _window(text: str, core: tuple[int, int], length: int) -> tuple[int, int]:
    """Widens a place in a text to `length` characters of whole words: one third of what is free goes before it."""
    free = max(0, length - (core[1] - core[0]))
    start = max(0, min(core[0] - free // 3, len(text) - length))
    end = min(len(text), start + length)
    if start > 0 and not text[start - 1].isspace():
        gap = _SPACES.search(text, start, max(start, core[0]))
        start = gap.end() if gap else start
    if end < len(text) and not text[end].isspace():
        gap_at = max((gap.start() for gap in _SPACES.finditer(text, max(start, core[1]), end)), default=end)
        end = gap_at if gap_at > start else end
    return start, end


def _pieces(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces = []
    at = start
    for first, last in marks:
        if last <= at or first >= end:
            continue
        first, last = max(first, at), min(last, end)
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    return [*pieces, (text[at:end], False)]


def _joined(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Without line breaks, empty pieces and neighbours that are both plain."""
    joined: list[tuple[str, bool]] = []
    for said, is_wanted in pieces:
        said = _SPACES.sub(" ", said)
        if joined and not is_wanted and not joined[-1][1]:
            joined[-1] = (joined[-1][0] + said, False)
        elif said:
            joined.append((said, is_wanted))
    return joined
