"""Measures how well Arabic questions find their passage: our stems beside forms, light10, Snowball, ISRI and 4-grams.

    ./do bench search_ar

The questions are ARCD's (Mozannar et al. 2019, MIT), read in place from RAWI_SHARED (default ../shared): 1,395
questions on 465 passages of Wikipedia. All peers see the same folded words and the same BM25 (k1 1.2, b .75);
the measure is the mean reciprocal rank of the passage among the first ten. Articles are parted by a hash of their
title into a half that was looked at while the stemmer was made and one that was not. nltk (`.venv/bin/pip install
nltk`) brings Snowball and ISRI; without it they are left out.
"""

import json
import math
import os
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from rawi.adapters.queries import EXACT_WEIGHT
from rawi.core.stems import stem
from rawi.core.text import forms

SHARED = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared"))
GIVEN = SHARED / "data" / "search_ar" / "arcd.json"

K1, B = 1.2, 0.75
FIRST = 10
RESAMPLES = 2000

STOP_WORDS = frozenset(
    """
    في من الي علي عن ان انه انها التي الذي الذين هذا هذه ذلك تلك ما ماذا متي اين كيف كم هو هي هم كان كانت يكون
    تكون قد لا لم لن ليس ليست مع او ثم حتي بعد قبل بين كل بعض غير عند عندما لدي حيث اذا لو كما منذ خلال حول ضد
    اي ايضا اما الا لكن ولكن وقد وفي ومن وهو وهي وكان وكانت فيه فيها منه منها عليه عليها له لها به بها هل
    لماذا لقد اكثر احد دون تم وتم عام
    """.split()  # noqa: SIM905 - a table, many words a line
)
"""For the peer that leaves them out: short words that nearly every Arabic text has (ours; light10's list is longer)."""

Read = Callable[[str], list[str]]


class Question(NamedTuple):
    text: str
    passage: int
    is_unseen: bool


def load(path: Path) -> tuple[list[str], list[Question]]:
    """The different passages, and each question with the number of its own."""
    passages: dict[str, int] = {}
    questions = []
    for article in json.loads(path.read_text())["data"]:
        is_unseen = crc32(article["title"].encode()) % 2 == 1
        for paragraph in article["paragraphs"]:
            number = passages.setdefault(paragraph["context"], len(passages))
            questions += [Question(asked["question"], number, is_unseen) for asked in paragraph["qas"]]
    return list(passages), questions


class Scorer:
    """BM25 of passages read in one way."""

    def __init__(self, read: Read, passages: Sequence[str]) -> None:
        self._read = read
        counts = [Counter(read(passage)) for passage in passages]
        self._lengths = [count.total() for count in counts]
        self._mean = sum(self._lengths) / len(self._lengths)
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for term, times in count.items():
                self._postings[term].append((number, times))

    def add(self, question: str, scores: dict[int, float], weight: float) -> None:
        for term in self._read(question):
            found = self._postings.get(term, [])
            rarity = math.log(1 + (len(self._lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for number, times in found:
                norm = K1 * (1 - B + B * self._lengths[number] / self._mean)
                scores[number] += weight * rarity * times * (K1 + 1) / (times + norm)


def reciprocal_ranks(
    reads: Sequence[tuple[Read, float]], passages: Sequence[str], questions: Sequence[Question]
) -> list[float]:
    """For each question one over the rank of its passage; 0 where it is not among the first ten. Scores of several ways
    of reading are added up by their weights."""
    scorers = [(Scorer(read, passages), weight) for read, weight in reads]
    ranks = []
    for question in questions:
        scores: dict[int, float] = defaultdict(float)
        for scorer, weight in scorers:
            scorer.add(question.text, scores, weight)
        best = sorted(scores, key=lambda number: (-scores[number], number))[:FIRST]
        ranks.append(1 / (best.index(question.passage) + 1) if question.passage in best else 0.0)
    return ranks


# ---------------------------------------------------------------------------------------------- peers


def light10(form: str) -> str:
    """Larkey, Ballesteros and Connell (2002, 2007): a prefix where two letters are left, endings in their order."""
    if form.startswith("و") and len(form) > 3:
        form = form[1:]
    for article in ("ال", "وال", "بال", "كال", "فال", "لل"):
        if form.startswith(article) and len(form) - len(article) >= 2:
            form = form[len(article) :]
            break
    for ending in ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"):
        if form.endswith(ending) and len(form) - len(ending) >= 2:
            form = form[: -len(ending)]
    return form


def four_grams(form: str) -> list[str]:
    return [form[at : at + 4] for at in range(max(1, len(form) - 3))]


def by_word(cut: Callable[[str], str]) -> Read:
    cut = lru_cache(maxsize=None)(cut)
    return lambda text: [cut(form) for form in forms(text)]


def without_stop_words(cut: Callable[[str], str]) -> Read:
    return lambda text: [cut(form) for form in forms(text) if form not in STOP_WORDS]


def peers() -> dict[str, list[tuple[Read, float]]]:
    found: dict[str, Read] = {
        "words parted by blanks": str.split,
        "folded forms": lambda text: list(forms(text)),
        "light10": by_word(light10),
        "light10, no stop words": without_stop_words(light10),
        "4-grams": lambda text: [gram for form in forms(text) for gram in four_grams(form)],
    }
    if find_spec("nltk"):
        found["Snowball"] = by_word(import_module("nltk.stem.snowball").SnowballStemmer("arabic").stem)
        found["ISRI"] = by_word(import_module("nltk.stem.isri").ISRIStemmer().stem)
    found["ours"] = by_word(lambda form: stem(form, "ar"))
    found["ours, no stop words"] = without_stop_words(lambda form: stem(form, "ar"))
    alone = {name: [(read, 1.0)] for name, read in found.items()}
    written: Read = lambda text: list(forms(text))  # noqa: E731
    both = {"ours, as a search weighs": [(found["ours"], 1.0), (written, EXACT_WEIGHT)]}
    return {**alone, **both}


# --------------------------------------------------------------------------------------------- report


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def spread(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """Where the difference of two means lies in 95 of 100 resamplings of the questions."""
    chance = random.Random(1)
    gains = [one - other for one, other in zip(ours, theirs, strict=True)]
    means = sorted(mean(chance.choices(gains, k=len(gains))) for _ in range(RESAMPLES))
    return means[RESAMPLES // 40], means[-RESAMPLES // 40]


def main() -> None:
    passages, questions = load(GIVEN)
    unseen = [question.is_unseen for question in questions]
    print(f"{len(questions)} questions, {sum(unseen)} of them on unseen articles; {len(passages)} passages; MRR@10")
    print(f"{'':24} {'all':>6} {'looked at':>10} {'unseen':>7}")
    ranks = {name: reciprocal_ranks(reads, passages, questions) for name, reads in peers().items()}
    for name, values in ranks.items():
        halves = [
            mean([value for value, is_unseen in zip(values, unseen, strict=True) if is_unseen == half])
            for half in (False, True)
        ]
        print(f"{name:24} {mean(values):6.4f} {halves[0]:10.4f} {halves[1]:7.4f}", flush=True)
    for name in ("light10", "light10, no stop words"):
        ours = ranks["ours, as a search weighs"]
        low, high = spread(ours, ranks[name])
        print(f"ours as a search weighs less {name}: {mean(ours) - mean(ranks[name]):+.4f} ({low:+.4f} to {high:+.4f})")


if __name__ == "__main__":
    main()
