"""Trains the judgement of text blocks (`core.body`) on labelled pages, and says how good it is on unseen publishers.

    ./do bench train_text [--dry] [--worst]     scores by cross-validation, then writes src/rawi/core/models/text.json

With --dry the model is left as it is; with --worst the worst pages are named. The models that have not seen a part are
left in bench/.parts, where `bench/extract.py` finds them.

Needs RAWI_SHARED (default ../shared) with `data/fundus`, `data/arabic11`, `data/wcxb` and `tools/score_reading.py`, and
`.venv/bin/pip install catboost`, which Rawi itself does not need. A block is text when most of its runs of three words
stand in the true text. Publishers are dealt into five parts by the hash of their names. What the first judgement says
of a page, for the second to learn from, and the tables of words come from the other parts, so that both are learnt as
they are met.
"""

import hashlib
import json
import math
import os
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from rawi.core import body, page, trees
from rawi.core.blocks import Block, Page, blocks, name_parts
from rawi.core.body import Model
from rawi.core.features import Described, Matrix, Tables, describe, short_words
from rawi.core.page import Declared

SHARED = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared"))
SETS = ("fundus", "arabic11", "wcxb-dev")
TARGET = Path(__file__).parents[1] / "src" / "rawi" / "core" / "models" / "text.json"
PARTS = 5
UNSEEN = Path(__file__).parent / ".parts"
SEEDS = (1, 2)
"""Trees grown from each are taken together: what one run happens to make of a page weighs less so."""
OPTIONS = {
    "loss_function": "CrossEntropy",
    "iterations": 80,
    "depth": 6,
    "learning_rate": 0.15,
    "l2_leaf_reg": 5,
    "border_count": 64,
    "rsm": 0.4,
    "bootstrap_type": "Bernoulli",
    "subsample": 0.7,
    "thread_count": 2,
    "logging_level": "Silent",
    "allow_writing_files": False,
}


@dataclass(slots=True)
class Labelled:
    """A page with its truth."""

    set: str
    name: str
    publisher: str
    part: int
    html: str
    found: Declared
    page: Page
    truth: str
    labels: list[float]
    counts: tuple[Counter[str], Counter[str], Counter[str], Counter[str]]
    """Of words in names: characters of text, all characters; of words in short blocks: in text, in all."""


# ---------------------------------------------------------------------------------------------- pages


def part_of(publisher: str) -> int:
    """The part of the cross-validation in which a publisher's pages are judged."""
    return int(hashlib.md5(publisher.encode()).hexdigest(), 16) % PARTS


def publishers(name: str) -> dict[str, str]:
    """Of a set's pages, by their addresses, the publishers: as the truth names them, else their hosts."""
    if name.startswith("wcxb"):
        files = sorted((SHARED / "data" / "wcxb" / "dev" / "ground-truth").glob("*.json"))
        rows = [json.loads(file.read_text(encoding="utf-8")) | {"id": file.stem} for file in files]
    else:
        rows = [json.loads(line) for line in (SHARED / "data" / name / "truth.jsonl").open(encoding="utf-8")]
    hosts = {row["url"]: (urlsplit(row["url"]).hostname or row["id"]).removeprefix("www.") for row in rows}
    return {row["url"]: row.get("publisher") or hosts[row["url"]] for row in rows}


def load(scorer: Any) -> list[Labelled]:
    """All labelled pages."""
    return [
        labelled(name, key, known[url], html, url, truth["body"] or "", scorer)
        for name in SETS
        for known in [publishers(name)]
        for key, html, url, truth in scorer.load(name, SHARED / "data")
    ]


def labelled(name: str, key: str, publisher: str, html: str, url: str, truth: str, scorer: Any) -> Labelled:
    """One page, in blocks, with the label of each: the share of it that stands in the truth."""
    tree = page.parse(html)
    found = page.declared(tree, url)
    shown = blocks(tree, body.MOST_JUDGED)
    labels = label(shown.blocks, truth, scorer)
    return Labelled(name, key, publisher, part_of(publisher), html, found, shown, truth, labels, counted(shown, labels))


def label(shown: Sequence[Block], truth: str, scorer: Any) -> list[float]:
    """Of each block how much stands in the truth, from 0 to 1."""

    def words(said: str) -> list[str]:
        return list(scorer.TOK.findall(said.lower()))

    true = words(truth)
    threes, twos = set(zip(true, true[1:], true[2:], strict=False)), set(pairwise(true))
    lines = {tuple(words(line)) for line in truth.split("\n")}
    found: list[float | None] = []
    for block in shown:
        said = words(block.text)
        if not said:
            found.append(0.0)
        elif tuple(said) in lines:
            found.append(1.0)
        elif len(said) >= 3:
            found.append(
                sum(three in threes for three in zip(said, said[1:], said[2:], strict=False)) / (len(said) - 2)
            )
        else:
            found.append(None)
    # One word or two stand in any text: they are of it when what stands around them is.
    for place, share in enumerate(found):
        if share is None:
            said = words(shown[place].text)
            before = next((s for s in reversed(found[:place]) if s is not None), 0.0)
            after = next((s for s in found[place + 1 :] if s is not None), 0.0)
            is_in = tuple(said) in twos if len(said) == 2 else said[0] in true
            found[place] = 1.0 if is_in and before > 0.5 and after > 0.5 else 0.0
    return [share or 0.0 for share in found]


def counted(shown: Page, labels: Sequence[float]) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """How often words of names and of short blocks stand with text, and at all."""
    names_text, names_all, words_text, words_all = (Counter[str]() for _ in range(4))
    text, everything = [0.0] * len(shown.boxes), [0.0] * len(shown.boxes)
    for block, share in zip(shown.blocks, labels, strict=True):
        size, is_text = min(len(block.text), 400), share > 0.5
        text[block.box] += size * is_text
        everything[block.box] += size
        if len(block.text) < 200:
            for word in short_words(block.text):
                words_text[word] += is_text
                words_all[word] += 1
        for part in name_parts(block.label):
            names_text[part] += size * is_text
            names_all[part] += size
    for place in range(len(shown.boxes) - 1, -1, -1):
        box = shown.boxes[place]
        if box.parent >= 0:
            text[box.parent] += text[place]
            everything[box.parent] += everything[place]
        if everything[place]:
            for part in name_parts(box.named):
                names_text[part] += text[place]  # type: ignore[assignment]
                names_all[part] += everything[place]  # type: ignore[assignment]
    return names_text, names_all, words_text, words_all


def tables(pages: Sequence[Labelled]) -> Tables:
    """The words that speak for or against text at several publishers."""
    publishers: dict[str, list[Counter[str]]] = {}
    for one in pages:
        mine = publishers.setdefault(one.publisher, [Counter() for _ in range(4)])
        for sum_of, counts in zip(mine, one.counts, strict=True):
            sum_of.update(counts)
    return Tables(odds(publishers, 0, 0.45, 3), odds(publishers, 2, 0.25, 4))


def odds(publishers: dict[str, list[Counter[str]]], at: int, base: float, fewest: int) -> dict[str, float]:
    """Logarithms of odds ratios, a publisher a vote, drawn to `base` as if two more had that share."""
    shares, votes = Counter[str](), Counter[str]()
    for counts in publishers.values():
        for word, total in counts[at + 1].items():
            if total:
                shares[word] += counts[at][word] / total  # type: ignore[assignment]
                votes[word] += 1
    found = {}
    for word, count in sorted(votes.items()):
        if count >= fewest and len(word) >= 2:
            share = (shares[word] + 2 * base) / (count + 2)
            value = math.log(share / (1 - share)) - math.log(base / (1 - base))
            if abs(value) > 0.25:
                found[word] = round(max(-3.0, min(3.0, value)), 1)
    return found


# ------------------------------------------------------------------------------------------- training

Rows = tuple[Matrix, Matrix, Matrix]
"""Columns, labels, weights."""


def rows(one: Labelled, chosen: Sequence[int], columns: Matrix) -> Rows:
    """What is learnt from a page: a block weighs as much as its share of the true text."""
    size = max(200, len(one.truth))
    shares = [one.labels[place] for place in chosen]
    weights = [min(1.0, (len(one.page.blocks[place].text) + 15) / size) * 20 for place in chosen]
    return columns, np.clip(np.array(shares), 0, 1), np.array(weights)


def fitted(learnt: Sequence[Rows]) -> dict[str, Any]:
    """Trees, as they stand in the model file."""
    import catboost

    columns, labels, weights = (np.concatenate(part) for part in zip(*learnt, strict=True))
    pool = catboost.Pool(columns, labels, weight=weights)
    grown = []
    for seed in SEEDS:
        learner = catboost.CatBoost(OPTIONS | {"random_seed": seed})
        learner.fit(pool)
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            learner.save_model(file.name, format="json")
            grown.append(json.loads(Path(file.name).read_text()))
    return plain(grown)


def plain(grown: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """CatBoost's own JSON of several runs without what is not needed: their mean, the leaves as whole numbers."""
    scale = trees.SCALE / len(grown)
    all_trees = [tree for run in grown for tree in run["oblivious_trees"]]
    depth = max(len(tree["splits"]) for tree in all_trees)
    columns, borders, leaves = [], [], []
    for tree in all_trees:
        missing = depth - len(tree["splits"])
        columns.append([split["float_feature_index"] for split in tree["splits"]] + [0] * missing)
        borders.append([round(split["border"], 6) for split in tree["splits"]] + [1e300] * missing)
        values = [round(value * scale) for value in tree["leaf_values"]]
        leaves.append(values + [0] * (2**depth - len(values)))
    biases = [run["scale_and_bias"][1] for run in grown]
    bias = sum(value[0] if isinstance(value, list) else value for value in biases)
    return {"columns": columns, "borders": borders, "leaves": leaves, "bias": round(bias * scale)}


def train(pages: Sequence[Labelled]) -> dict[str, Any]:
    """The model of these pages, as it stands in its file."""
    parts = sorted({one.part for one in pages})
    seen: dict[str, Described] = {}
    for part in parts:
        known = tables([one for one in pages if one.part != part])
        for one in pages:
            if one.part == part:
                seen[one.name] = describe(one.page, body.told_by(one.found), known, body.MOST_JUDGED)
    first = {one.name: rows(one, seen[one.name].chosen, seen[one.name].columns) for one in pages}
    second = []
    for part in parts:
        judge = trees.of_json(fitted([first[one.name] for one in pages if one.part != part]))
        for one in pages:
            found = seen[one.name]
            if one.part == part and found.chosen:
                looked = body.second_look(one.page, found, judge.odds(found.columns))
                second.append(rows(one, found.chosen, looked))
    known = tables(pages)
    return {
        "names": known.names,
        "words": known.words,
        "first": fitted(list(first.values())),
        "second": fitted(second),
    }


# -------------------------------------------------------------------------------------------- scoring


def score(pages: Sequence[Labelled], model: Model, scorer: Any) -> dict[str, tuple[float, tuple[float, ...]]]:
    """Of each page, read as pages are (`body.read`), the F1 of its words, and its runs of four words (found, false,
    missed)."""
    scores = {}
    for one in pages:
        said = body.read(page.parse(one.html), one.found, page.parse, model).text
        scores[one.name] = (scorer.bag_prf(one.truth, said)[2], scorer.aeb_page(one.truth, said))
    return scores


def main() -> None:
    sys.path.insert(0, str(SHARED / "tools"))
    import score_reading as scorer

    pages = load(scorer)
    scores = {}
    for part in range(PARTS):
        model = train([one for one in pages if one.part != part])
        UNSEEN.mkdir(exist_ok=True)
        UNSEEN.joinpath(f"text-{part}.json").write_text(json.dumps(model), encoding="utf-8")
        scores |= score([one for one in pages if one.part == part], body.of_json(model), scorer)
        print(f"part {part + 1} of {PARTS}", file=sys.stderr)
    for name in SETS:
        mine = [(one, *scores[one.name]) for one in pages if one.set == name]
        words = statistics.mean(f1 for _, f1, _ in mine)
        runs = scorer.aeb_agg([counts for *_, counts in mine])[2]
        print(
            f"{name:9} {len(mine):4} pages of unseen publishers: words F1 {words:.4f}, runs of four words F1 {runs:.4f}"
        )
        worst = sorted((f1, one.name) for one, f1, _ in mine)[: 12 if "--worst" in sys.argv else 0]
        print(*(f"    {f1:.3f} {key}" for f1, key in worst), sep="\n")
    if "--dry" not in sys.argv:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(json.dumps(train(pages), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
        print(f"written: {TARGET}")


if __name__ == "__main__":
    main()
