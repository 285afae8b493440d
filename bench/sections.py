"""Sections told by an article's words: ours beside TF-IDF with a support vector machine, on months not trained on.

    ./do bench sections [--later FILE]

Without options both are trained on ANT's Arabic articles before April 2017 and judged on those from then on; with
`--later`, the model that is shipped is judged on that file (in ANT's form), and the other is trained on all that is
given. Reads RAWI_SHARED (default ../shared). Training needs scikit-learn (`.venv/bin/pip install scikit-learn`).
"""

import sys
import time
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import train_sections
from rawi.core import section_model
from rawi.core.section_model import Guess, Model
from rawi.core.sections import SURE, is_clear
from train_sections import GIVEN, Row

FIRST_JUDGED = "2017-04-01"


def main() -> None:
    later = Path(sys.argv[sys.argv.index("--later") + 1]) if "--later" in sys.argv else None
    if not GIVEN.is_file():
        sys.exit(f"{GIVEN} is not there: set RAWI_SHARED to the folder of shared data")
    has_sklearn = find_spec("sklearn") is not None
    if not later and not has_sklearn:
        sys.exit("left out, not installed: scikit-learn, which trains on the earlier months; with --later FILE the "
                 "shipped model is judged without it")  # fmt: skip
    rows = train_sections.rows(GIVEN)
    trained = rows if later else [row for row in rows if row.day < FIRST_JUDGED]
    judged = train_sections.rows(later) if later else [row for row in rows if row.day >= FIRST_JUDGED]
    print(f"trained on {len(trained):,} articles until {trained[-1].day}")
    print(f"judged on {len(judged):,} articles, {judged[0].day} to {judged[-1].day}")
    cut = int(len(trained) * 0.85)
    show_ours(section_model.shipped() if later else train_sections.train(trained[:cut], trained[cut:]), judged)
    if has_sklearn:
        show_svm(trained, judged)
    else:
        print("left out, not installed: scikit-learn")
    labels = Counter(row.key for row in judged)
    print(f"always {labels.most_common(1)[0][0]!r}: accuracy {labels.most_common(1)[0][1] / len(judged):.4f}")


def show_ours(model: Model, judged: Sequence[Row]) -> None:
    started = time.process_time()
    found = [section_model.judge(model, row.title, row.text) for row in judged]
    took = (time.process_time() - started) / len(judged)
    right = sum(made is not None and made.key == row.key for made, row in zip(found, judged, strict=True))
    print(f"rawi: accuracy {right / len(judged):.4f} with no abstention, {took * 1000:.2f} ms an article")
    sure = [(made, row) for made, row in zip(found, judged, strict=True) if made and is_clear(made)]
    precision = sum(made.key == row.key for made, row in sure) / max(1, len(sure))
    print(f"rawi, where clear (likely by {SURE}, and not home news): ", end="")
    print(f"coverage {len(sure) / len(judged):.4f}, precision {precision:.4f}")
    for key in model.keys:
        show_key(key, [pair for pair in sure if pair[0].key == key], sum(row.key == key for row in judged))


def show_key(key: str, said: Sequence[tuple[Guess, Row]], there: int) -> None:
    right = sum(row.key == key for _, row in said)
    print(f"    {key:15} said of {len(said):5}, right of {right:5}, there are {there:5}")


def show_svm(trained: Sequence[Row], judged: Sequence[Row]) -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    machine = make_pipeline(TfidfVectorizer(), LinearSVC(random_state=0))
    machine.fit([f"{row.title}\n{row.text}" for row in trained], [row.key for row in trained])
    started = time.process_time()
    found = machine.predict([f"{row.title}\n{row.text}" for row in judged])
    took = (time.process_time() - started) / len(judged)
    right = sum(key == row.key for key, row in zip(found, judged, strict=True))
    print(f"TF-IDF and SVM of scikit-learn: accuracy {right / len(judged):.4f}, {took * 1000:.2f} ms an article")


if __name__ == "__main__":
    main()
