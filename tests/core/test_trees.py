"""Decisions by boosted trees."""

import numpy as np

from rawi.core.trees import SCALE, of_json

MODEL = {
    "columns": [[0, 1], [1, 1]],
    "borders": [[0.5, 10], [3, 1e300]],
    "leaves": [[0, SCALE, 2 * SCALE, 3 * SCALE], [-SCALE, 0, 7, 7]],
    "bias": -SCALE,
}


def test_every_level_asks_one_question_and_the_leaves_are_summed() -> None:
    rows = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 11.0], [1.0, 11.0], [0.5, 3.0]])
    logits = np.array([0 - 1 - 1, 1 - 1 - 1, 2 + 0 - 1, 3 + 0 - 1, 0 - 1 - 1])
    assert of_json(MODEL).odds(rows).tolist() == np.round(1 / (1 + np.exp(-logits)), 3).tolist()


def test_no_rows_have_no_odds() -> None:
    assert of_json(MODEL).odds(np.zeros((0, 2))).tolist() == []


def test_very_sure_trees_stay_between_nothing_and_one() -> None:
    sure = MODEL | {"bias": 1000 * SCALE}
    assert of_json(sure).odds(np.zeros((1, 2))).tolist() == [1.0]
