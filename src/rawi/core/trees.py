"""Decisions by boosted trees: what a model file holds, and what it says of rows of numbers.

The trees are oblivious: every level of a tree asks one question of all rows (Prokhorenkova et al., "CatBoost: unbiased
boosting with categorical features", NeurIPS 2018). Leaves are whole numbers, so that their sum is the same on every
machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SCALE = 10_000
"""A leaf's number for a logit of 1."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of one depth: `columns` and `borders` have a row a tree and a column a level, `leaves` 2**depth columns."""

    columns: NDArray[np.int64]
    borders: NDArray[np.float64]
    leaves: NDArray[np.int64]
    bias: int

    def odds(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability of each row, in thousandths, as a number from 0 to 1."""
        count, depth = self.columns.shape
        answers = rows[:, self.columns.ravel()] > self.borders.ravel()
        leaf = answers.reshape(len(rows), count, depth) @ (1 << np.arange(depth))
        logits = (self.leaves[np.arange(count), leaf].sum(axis=1) + self.bias) / SCALE
        # Rounded, because the last digits of an exponential differ from machine to machine.
        return np.rint(1000 / (1 + np.exp(-np.clip(logits, -30, 30)))) / 1000  # type: ignore[no-any-return]


def of_json(model: Mapping[str, Any]) -> Trees:
    """Trees as they stand in a model file: see `bench/train_text.py`, which writes it."""
    return Trees(
        columns=np.array(model["columns"], dtype=np.int64),
        borders=np.array(model["borders"], dtype=np.float64),
        leaves=np.array(model["leaves"], dtype=np.int64),
        bias=int(model["bias"]),
    )
