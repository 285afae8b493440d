"""What an article's words say of its section: a linear model over light stems and their pairs.

Headline and text are read by `core.text.terms`; every word is cut to a light stem (Arabic prefixes and endings fall
away), and stems, neighbouring stems and those of the headline once more are the features. Each feature has one weight
a section, trained by `bench/train_sections.py` as a support vector machine, one section against the others, and kept
as a byte. Only Arabic has a model: no labelled articles that may be shipped are to be had in other languages.
"""

import json
import struct
import zlib
from collections import Counter
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from math import exp, log, sqrt
from typing import NamedTuple
from zlib import crc32

from rawi.core.text import terms

LANGUAGES = frozenset(["ar"])

_READ = 1200
"""Characters of a text that are read: more does not make the answer better, and costs time."""
_HEADLINE_READ = 300
_FEWEST = 8
"""Features that must be known for an answer: of a few words anything can be said."""

_PREFIXES = ("وال", "فال", "بال", "كال", "لل", "ال", "و", "ب", "ل", "ف")
_ENDINGS = ("هما", "ات", "ون", "ين", "ان", "ها", "هم", "يه", "ه", "ي")
_SHORTEST_STEM = 3


class Guess(NamedTuple):
    """A section that a text may belong to, and how likely the model holds it to be (0 to 1)."""

    key: str
    likely: float


class Model(NamedTuple):
    """Weights by feature, one for each of `keys`; the meaning of a weight is its number times the key's scale."""

    keys: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    sharpness: float
    """What scores are multiplied by before they are made likelihoods; found on months that were not trained on."""
    weights: dict[int, tuple[int, ...]]


def guess(title: str, text: str, language: str) -> Guess | None:
    """The section that a text most likely belongs to; None in a language without a model or when too little is known
    of its words. It is the caller who decides how likely is likely enough."""
    if language not in LANGUAGES:
        return None
    return judge(shipped(), title, text)


def judge(model: Model, title: str, text: str) -> Guess | None:
    """As `guess`, by a model of one's own."""
    known: dict[int, list[tuple[int, ...]]] = {}
    for feature, count in features(title, text).items():
        if weights := model.weights.get(feature):
            known.setdefault(count, []).append(weights)
    if sum(map(len, known.values())) < _FEWEST:
        return None
    sums = [0.0] * len(model.keys)
    length = 0.0
    for count, rows in known.items():
        worth = damped(count)
        length += worth * worth * len(rows)
        for at, column in enumerate(zip(*rows, strict=True)):
            sums[at] += worth * sum(column)
    norm = sqrt(length)
    scores = [
        model.sharpness * (total * scale / norm + bias)
        for total, scale, bias in zip(sums, model.scales, model.biases, strict=True)
    ]
    best = max(scores)
    return Guess(model.keys[scores.index(best)], 1 / sum(exp(score - best) for score in scores))


def damped(count: int) -> float:
    """What a feature is worth that stands in a text `count` times."""
    return 1 + log(count)


def features(title: str, text: str) -> Counter[int]:
    """The features of an article, as numbers, and how often each stands in it.

    A stem's number is a checksum of it; a pair's goes on from the first stem's with the second.
    """
    headline = [_stem(term.form) for term in terms(title[:_HEADLINE_READ])]
    body = [_stem(term.form) for term in terms(text[:_READ])]
    found = [number for _, number in headline]
    found += [number for _, number in body]
    pairs = [crc32(second, first) for (_, first), (second, _) in pairwise(headline)]
    found += pairs
    found += [crc32(second, first) for (_, first), (second, _) in pairwise(body)]
    # A headline's words once more: they weigh more, and a place before a colon opens news of that place.
    found += [crc32(b"headline", number) for _, number in headline]
    found += [crc32(b"headline", number) for number in pairs]
    found += [crc32(b"first", number) for _, number in headline[:1]]
    return Counter(found)


@lru_cache(maxsize=1 << 15)
def _stem(word: str) -> tuple[bytes, int]:
    """A word's stem and the stem's number."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_STEM:
            word = word[len(prefix) :]
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    stem = f"{word} ".encode("utf-8", "replace")
    return stem, crc32(stem)


@cache
def shipped() -> Model:
    """The model that the package carries, read once."""
    return unpack(resources.files("rawi.core").joinpath("models", "sections_ar.bin").read_bytes())


def pack(model: Model) -> bytes:
    """A model as the bytes of a file: a line of JSON, then the features' numbers, then their weights, compressed."""
    head = {"keys": model.keys, "scales": model.scales, "biases": model.biases, "sharpness": model.sharpness}
    numbers = sorted(model.weights)
    wide = len(model.keys)
    # Differences of sorted numbers, and weights key by key: both are compressed better so.
    steps = [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]
    columns = [model.weights[number][at] for at in range(wide) for number in numbers]
    body = struct.pack(f"<{len(steps)}I", *steps) + struct.pack(f"<{len(columns)}b", *columns)
    return zlib.compress(json.dumps({**head, "count": len(numbers)}).encode() + b"\n" + body, 9)


def unpack(packed: bytes) -> Model:
    """The model that was packed."""
    line, _, body = zlib.decompress(packed).partition(b"\n")
    head = json.loads(line)
    count, wide = head["count"], len(head["keys"])
    number, numbers = 0, []
    for step in struct.unpack_from(f"<{count}I", body):
        number += step
        numbers.append(number)
    flat = struct.unpack_from(f"<{count * wide}b", body, 4 * count)
    rows = zip(*(flat[at * count : (at + 1) * count] for at in range(wide)), strict=True)
    return Model(
        tuple(head["keys"]),
        tuple(head["scales"]),
        tuple(head["biases"]),
        head["sharpness"],
        dict(zip(numbers, rows, strict=True)),
    )
