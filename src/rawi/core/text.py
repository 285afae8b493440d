"""The one reading of text: what is indexed, what is asked for and what is marked are read by the same function.

A form is a word without what writers leave to habit: case, accents, Arabic vowel signs and the forms of alef, hamza,
ya and ta marbuta, the kind of digits, ligatures and full-width forms, bidi marks. A term is what all inflections of a
form share (`core.stems`). Offsets stay those of the text as it was given.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rawi.core import stems

MADE_BY = "terms/4"
"""This reading, with its stems: another when any text gives other terms, so that an older index is seen to be one."""

LONGEST = 64
"""Characters of a term; what is longer (a broken page, an encoded file) is cut there."""

_MOST_KNOWN = 50_000
"""Runs of letters whose reading is remembered for each language while texts are indexed."""

_LONGEST_READ = 4 * LONGEST
"""Characters of a word that are looked at: enough for a term whose every letter carries three marks."""


class Term(NamedTuple):
    """A word of a text as it is compared, and where it stands: `text[start:end]`."""

    term: str
    """What its inflections share; `form` itself where nothing is known of them."""
    start: int
    end: int
    form: str
    """The word as written, without what writers leave to habit."""


class Indexed(NamedTuple):
    """A text as an index takes it: its words in their order, parted by single blanks."""

    forms: str
    terms: str


# --------------------------------------------------------------------------------------------- tables


def _chars(categories: set[str], *ranges: range) -> str:
    return "".join(chr(c) for wide in ranges for c in wide if unicodedata.category(chr(c)) in categories)


def _ranges(chars: str) -> str:
    """Characters as the inside of a pattern's class: with ranges it is compiled ten times faster."""
    codes = sorted(map(ord, chars))
    firsts = [code for code, before in zip(codes, [-2, *codes], strict=False) if code != before + 1]
    lasts = [code for code, behind in zip(codes, [*codes[1:], -2], strict=True) if code != behind - 1]
    return "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in zip(firsts, lasts, strict=True))


_MARKS = _chars({"Mn", "Mc", "Me"}, range(0x300, 0x20F1), range(0x302A, 0x309B), range(0xA66F, 0xABEE))
_MARKS += _chars({"Mn", "Mc"}, range(0x10A01, 0x11F5A), range(0x1E000, 0x1E95B))
_MARKS += _chars({"Mn"}, range(0xFB1E, 0xFB1F), range(0xFE00, 0xFE30), range(0xE0100, 0xE01F0))
"""Combining characters: `\\w` leaves them out, yet they are inside words."""

_INVISIBLE = _chars({"Cf"}, range(0xAD, 0xAE), range(0x600, 0x8E3), range(0x180B, 0x2070), range(0xFEFF, 0xFF00))
"""Soft hyphen, zero-width and bidi marks."""

_ACCENTS = "".join(
    mark
    for mark in _MARKS
    if re.match("[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u06ed\u0898-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff]", mark)
    or re.match("[\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef\ufb1e]", mark)
)
"""The marks that writers leave out or put in at will; the vowel signs of Indic scripts are not among them."""

_APOSTROPHES = "'\u2019\u2018\u02bc\u02bb\u02be\u02bf\uff07"

_LETTERS = {
    "ٱ": "ا",  # alef wasla; the other alefs come apart into alef and a mark
    "ٲ": "ا",
    "ٳ": "ا",
    "ى": "ي",
    "ی": "ي",  # Persian ya
    "ې": "ي",
    "ے": "ي",
    "ک": "ك",  # Persian kaf
    "ة": "ه",
    "ھ": "ه",
    "ہ": "ه",
    "ۃ": "ه",
    "ە": "ه",
    "ڤ": "ف",  # v in borrowed words: both spellings are printed
    "ٴ": "",  # high hamza
    "ـ": "",  # tatweel
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
}

DIGITS = {first + n: str(n) for first in (0x660, 0x6F0) for n in range(10)}
"""For `str.translate`: the digits of Arabic and of Persian to those of ASCII."""

_FOLD = {**str.maketrans({**dict.fromkeys(_ACCENTS + _INVISIBLE + _APOSTROPHES, ""), **_LETTERS}), **DIGITS}

_ELIDED = frozenset(["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
"""What French writes before an apostrophe and reads as a word of its own; no term is made of it."""

_TAILS = frozenset(["s", "ll", "re", "ve"])
"""What English writes after an apostrophe and reads as a word of its own."""

_SINGLE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
"""Characters of scripts that part no words: each is a term."""

_LETTER = rf"[^\W_{_SINGLE}]"
_INSIDE = f"[{_ranges(_MARKS + _INVISIBLE)}]"
_RUN = rf"{_LETTER}+(?:{_INSIDE}+{_LETTER}*)*"
_WORD = re.compile(rf"{_RUN}(?:[{_APOSTROPHES}]{_RUN})*|[{_SINGLE}]{_INSIDE}*")
_ONE = re.compile(f"[{_SINGLE}]")
_APART = re.compile(f"[{_APOSTROPHES}]")
_LOOSE_MARK = re.compile(rf" (?=[{_ranges(_ACCENTS)}])")
_MANY_MARKS = re.compile(rf"([{_ranges(_MARKS)}]{{30}})[{_ranges(_MARKS)}]+")
PLAIN = re.compile(rf"[^\W_]+(?:{_INSIDE}+[^\W_]*)*")
"""A word, apostrophes apart."""

# ---------------------------------------------------------------------------------------------- terms


def terms(text: str, language: str = "") -> list[Term]:
    """The words of a text in a language (ISO 639-1; "" when not known), in order, with their offsets in it.

    A hyphen parts words ("Al-Sisi": al, sisi), an apostrophe does not ("Sana'a": sanaa), but the elided article and
    the possessive fall away ("l'homme": homme; "Cairo's": cairo). Chinese and Japanese characters are each a word.
    Any string is read: what has no letters or digits gives nothing.
    """
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if end - start > _LONGEST_READ:
            start_of_word = text[start : start + _LONGEST_READ]
            found += [Term(_stem(form, language), start + at, end, form) for form, at, _ in _read(start_of_word)]
            continue
        found += [Term(_stem(form, language), start + at, start + to, form) for form, at, to in _read(match[0])]
    return found


def forms(text: str) -> tuple[str, ...]:
    """The words of a text as written, as `Term.form` has them."""
    return tuple(form for word in _WORD.findall(text) for form, _, _ in _read(word[:_LONGEST_READ]))


def indexed(text: str, language: str = "") -> Indexed:
    """All words of a text for an index: what `terms` gives, in a tenth of the time."""
    known = known_in(language)
    read = [known[run] for run in text.split()]
    return Indexed(" ".join([forms for forms, _ in read if forms]), " ".join([terms for _, terms in read if terms]))


def composed(text: str) -> str:
    """A text in NFC. Of a run of more than 30 marks on one letter the rest goes, as in UAX #15's Stream-Safe Text
    Format: to put 400,000 in their order takes minutes."""
    return unicodedata.normalize("NFC", _MANY_MARKS.sub(r"\1", text) if not text.isascii() else text)


class Known(dict[str, tuple[str, str]]):
    """What stood between blanks in texts of one language so far: its forms and terms, parted by single blanks.

    No word has a blank in it, so a text can be read run by run.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._of: dict[str, list[str]] = {}

    def __missing__(self, run: str) -> tuple[str, str]:
        found = forms(run)
        stems = [_stem(form, self._language) for form in found]
        if len(self) >= _MOST_KNOWN:
            self.clear()
            self._of.clear()
        for word in {*found, *stems}:
            self._of.setdefault(word, []).append(run)
        read = self[run] = " ".join(found), " ".join(stems)
        return read

    def runs_with(self, words: Iterable[str], runs: set[str]) -> set[str]:
        """Those among these runs that have one of the words, as a form or as a term."""
        for run in [run for run in runs if run not in self]:
            self[run]
        return {run for word in words for run in self._of.get(word, ())} & runs


@lru_cache(maxsize=64)
def known_in(language: str) -> Known:
    """What is remembered of texts in a language; it reads what it does not know."""
    return Known(language)


_stem = lru_cache(maxsize=1 << 17)(stems.stem)


@lru_cache(maxsize=1 << 16)
def _read(word: str) -> tuple[tuple[str, int, int], ...]:
    """The terms of one word, with their offsets in it: one nearly always, none or several where folding says so."""
    start, end = 0, len(word)
    if not word.isalnum():
        start, end = _kernel(word)
    folded = _fold(word[start:end])
    return tuple((term, start, end) for term in folded if term)


def _kernel(word: str) -> tuple[int, int]:
    """Where the word itself stands between an elided article and a possessive."""
    start, end = 0, len(word)
    cuts = [cut.start() for cut in _APART.finditer(word)]
    while cuts and word[start : cuts[0]].casefold() in _ELIDED:
        start = cuts.pop(0) + 1
    if cuts and word[cuts[-1] + 1 :].casefold() in _TAILS:
        end = cuts[-1]
    return start, end


def _fold(word: str) -> list[str]:
    if word.isascii():
        return [word.replace("'", "").lower()[:LONGEST]]
    # A second look: what the first brought out (a ligature's letters, a capital of a compatibility form) folds too.
    folded = _fold_once(_fold_once(word))
    if folded.isalnum() and len(folded) <= LONGEST and not _ONE.search(folded):
        return [folded]
    return [found[:LONGEST] for found in _WORD.findall(folded)]


def _fold_once(word: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return unicodedata.normalize("NFC", _LOOSE_MARK.sub("", apart).translate(_FOLD))
