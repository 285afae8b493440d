"""Reading pages: ours beside other extractors on labelled pages, by the scorer of the shared data.

    ./do bench extract [--sets fundus,arabic11,wcxb-dev] [OPTIONS OF THE SCORER, such as --worst 5]

Needs RAWI_SHARED (default ../shared) with its `tools/score_reading.py`, which says what is measured and asks all in one
process, page by page in random order, on one core. The model that is shipped has seen these pages: with the models that
`./do bench train_text` leaves in bench/.parts the text of each is found by one that has not seen its publisher. Others
that are not installed are named and left out; to have them:
`.venv/bin/pip install newspaper4k readability-lxml html_text resiliparse`.
"""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rawi.core import body
from rawi.core.extract import extract
from train_text import PARTS, SETS, UNSEEN, part_of, publishers

SHARED = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared"))
PEERS = {
    "trafilatura": "trafilatura",
    "trafilatura_fast": "trafilatura",
    "resiliparse": "resiliparse",
    "newspaper4k": "newspaper",
    "readability_lxml": "readability",
}
"""Functions of the scorer's `peers`, and the package each of them needs."""


def unseen() -> dict[str, body.Model]:
    """Of each labelled page, by its address, a model that has not seen its publisher; none when there are no such
    models."""
    files = [UNSEEN / f"text-{part}.json" for part in range(PARTS)]
    if not all(file.is_file() for file in files):
        return {}
    models = [body.of_json(json.loads(file.read_text())) for file in files]
    return {url: models[part_of(publisher)] for name in SETS for url, publisher in publishers(name).items()}


MODELS = unseen()
"""Loaded before the clock runs. Pages that are in none of the labelled sets are read by the model that is shipped."""


def rawi(html: str, url: str) -> dict[str, Any]:
    """What the scorer asks of an extractor."""
    article = extract(html, url or "https://nowhere.example/", model=MODELS.get(url))
    date = article.published_on or article.published_at  # the day in the publisher's zone
    return {"title": article.title, "authors": list(article.authors), "date": date, "body": article.text}


def main() -> None:
    scorer = SHARED / "tools" / "score_reading.py"
    if not scorer.is_file():
        sys.exit(f"{scorer} is not there: set RAWI_SHARED to the folder of shared data")
    if not MODELS:
        print(
            "the text is found by a model that has seen these pages: run ./do bench train_text first", file=sys.stderr
        )
    there = [name for name, package in PEERS.items() if find_spec(package)]
    for name in PEERS.keys() - there:
        print(f"left out, not installed: {name}", file=sys.stderr)
    asked = sys.argv[1:] if "--sets" in sys.argv else ["--sets", "fundus,arabic11,wcxb-dev", *sys.argv[1:]]
    beside = ",".join(f"peers:{name}" for name in there)
    here = str(Path(__file__).parent)
    command = [sys.executable, str(scorer), "extract:rawi", "--path", here, "--beside", beside, "--cpu", "0", *asked]
    sys.exit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    main()
