"""Trains the model that tells an Arabic article's section from its words, and writes it into the package.

    ./do bench train_sections [FILE OF ARTICLES]

The articles are ANT's (Chouigui et al., "An Arabic multi-source news corpus", Apache-2.0), read in place from
RAWI_SHARED (default ../shared). Needs scikit-learn (`.venv/bin/pip install scikit-learn`); Rawi itself does not.
"""

import json
import math
import os
import sys
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from rawi.core import section_model
from rawi.core.section_model import Model

SHARED = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared"))
GIVEN = SHARED / "data" / "sections" / "ant_ar_until_2017_04_21.json"
SHIPPED = Path(__file__).parents[1] / "src" / "rawi" / "core" / "models" / "sections_ar.bin"

KEYS = {
    "culture": "culture",
    "diverse": "human-interest",
    "economy": "economy",
    "internationalNews": "world",
    "localNews": "local",
    "politic": "politics",
    "society": "society",
    "sport": "sport",
    "technology": "science",
}
"""ANT's labels and the archive's sections."""

KEPT = 30_000
"""Features in the shipped model; twice as many are no better."""
RAREST = 2
"""Articles in which a feature must stand to be one."""
SLACK = 2.0
"""C of the support vector machine."""


class Row(NamedTuple):
    title: str
    text: str
    key: str
    day: str
    """ISO; ANT writes some of its dates 2017-03-31T08:07 and others 31/03/2017."""


def rows(path: Path) -> list[Row]:
    """The labelled articles of one of ANT's files, oldest first."""
    found = [
        Row(row["title"], row["text"], KEYS[row["section"]], _day(row["date"]))
        for row in json.loads(path.read_text())
        if row["section"] in KEYS
    ]
    return sorted(found, key=lambda row: row.day)


def _day(said: str) -> str:
    return said[:10] if said[4] == "-" else f"{said[6:10]}-{said[3:5]}-{said[:2]}"


def train(given: Sequence[Row], held_out: Sequence[Row]) -> Model:
    """A model of the given articles, sharpened on held-out ones by a model that has not seen them; then of both."""
    sharpness = _sharpness(_fit(given), held_out)
    return _fit([*given, *held_out])._replace(sharpness=sharpness)


def _fit(given: Sequence[Row]) -> Model:
    import numpy as np
    from scipy.sparse import csr_matrix, diags
    from sklearn.svm import LinearSVC

    seen = [section_model.features(row.title, row.text) for row in given]
    spread = Counter(feature for found in seen for feature in found)
    chosen = sorted(feature for feature, count in spread.items() if count >= RAREST)
    wanted = np.array([row.key for row in given])

    def fitted(chosen: list[int]) -> tuple[Any, Any]:
        at = {feature: n for n, feature in enumerate(chosen)}
        cells = [
            (n, at[feature], section_model.damped(count))
            for n, found in enumerate(seen)
            for feature, count in found.items()
            if feature in at
        ]
        lines, columns, values = zip(*cells, strict=True)
        matrix = csr_matrix((values, (lines, columns)), shape=(len(seen), len(chosen)))
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
        # Rare features say more; the fifth brings numbers to a length that suits C.
        rarity = np.array([math.log((1 + len(seen)) / (1 + spread[feature])) + 1 for feature in chosen]) / 5
        ready = diags(1 / np.maximum(lengths, 1)) @ matrix @ diags(rarity)
        machine = LinearSVC(C=SLACK, random_state=0).fit(ready, wanted)
        return machine, machine.coef_ * rarity

    _, weights = fitted(chosen)
    importance = np.abs(weights).max(axis=0) * np.sqrt([spread[feature] for feature in chosen])
    chosen = sorted(chosen[n] for n in np.argsort(-importance, kind="stable")[:KEPT])
    machine, weights = fitted(chosen)
    scales = np.abs(weights).max(axis=1) / 127
    whole = np.round(weights / scales[:, None]).astype(int).T
    return Model(
        keys=tuple(machine.classes_.tolist()),
        scales=tuple(scales.tolist()),
        biases=tuple(machine.intercept_.tolist()),
        sharpness=1.0,
        weights={feature: tuple(row) for feature, row in zip(chosen, whole.tolist(), strict=True) if any(row)},
    )


def _sharpness(model: Model, held_out: Sequence[Row]) -> float:
    """What makes the likelihoods of held-out articles truest: the least log loss, to a tenth."""

    def loss(sharpness: float) -> float:
        total = 0.0
        for row in held_out:
            made = section_model.judge(model._replace(sharpness=sharpness), row.title, row.text)
            if made:
                total -= math.log(made.likely if made.key == row.key else max(1e-6, 1 - made.likely))
        return total

    return min((n / 10 for n in range(10, 41, 2)), key=loss)


def main() -> None:
    if not find_spec("sklearn"):
        sys.exit("training needs scikit-learn: .venv/bin/pip install scikit-learn")
    given = rows(Path(sys.argv[1]) if len(sys.argv) > 1 else GIVEN)
    cut = int(len(given) * 0.85)
    model = train(given[:cut], given[cut:])
    packed = section_model.pack(model)
    SHIPPED.write_bytes(packed)
    print(f"{SHIPPED}: {len(given):,} articles, {len(model.weights):,} features, {len(packed):,} bytes", end=", ")
    print(f"sharpness {model.sharpness}")


if __name__ == "__main__":
    main()
