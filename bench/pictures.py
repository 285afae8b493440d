"""The pictures of articles: ours beside those that parsers written by hand for each publisher found.

    ./do bench pictures [--all] [--half even|odd]

Needs RAWI_SHARED (default ../shared) with `data/fundus`. Its truth is addresses without captions, and of a picture
that a page gives in several sizes it holds one: two addresses are the same picture when their file is, whatever size
they ask for. The truth leaves out pages whose parser gives no pictures at all; so do we. `--all` names, page by page,
what is missing (-) and what is too much (+); `--half` keeps to the publishers whose MD5 is even or odd.
Beside precision and recall: how many of our pictures have a caption, and what `images` costs a page.
"""

import gzip
import hashlib
import json
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import mean
from typing import Any
from urllib.parse import unquote, urlsplit

from rawi.core import page
from rawi.core.extract import extract
from rawi.core.images import images
from rawi.core.outline import Outline

SHARED = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared"))
SIZE = re.compile(r"(?:[-_](?:\d{2,4}x\d{2,4}|\d{2,4}w|scaled|\d{10,13}|\d{3,4}-\d\d))+$", re.IGNORECASE)
TIMES = 20


def tokens(address: str) -> set[str]:
    """What tells a picture's address from others, whatever size it asks for."""
    address = unquote(unquote(address))
    path = urlsplit(address[max(0, address.rfind("http")) :]).path or address
    name = re.sub(r"(?:\.(?:jpe?g|png|webp|gif|avif))+$", "", path.rstrip("/").rpartition("/")[2], flags=re.IGNORECASE)
    stem = SIZE.sub("", name)
    long = {part for part in re.split(r"[/.,=&?:_~]", path) if len(part) >= 10 and re.search(r"\d", part)}
    return {stem, *long} if (len(stem) > 4 and not stem.isdigit()) or len(stem) > 7 else long or {path}


def same(ours: list[str], truth: list[str]) -> tuple[set[int], set[int]]:
    """Which of ours, and which of the truth, the other has."""
    ours_have, truth_have = [tokens(one) for one in ours], [tokens(one) for one in truth]
    count = Counter(token for have in truth_have for token in have)
    own = [{token for token in have if count[token] < max(2, len(truth))} or have for have in truth_have]
    pairs = [(i, j) for i, have in enumerate(ours_have) for j, other in enumerate(own) if have & other]
    return {i for i, _ in pairs}, {j for _, j in pairs}


def wanted(half: str) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in (SHARED / "data/fundus/truth.jsonl").read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["images"]]
    odd = {row["id"]: int(hashlib.md5(row["publisher"].encode()).hexdigest(), 16) % 2 for row in rows}
    return [row for row in rows if not half or odd[row["id"]] == (half == "odd")]


def main() -> None:
    if not (SHARED / "data/fundus").is_dir():
        sys.exit(f"{SHARED / 'data/fundus'} is not there: set RAWI_SHARED to the folder of shared data")
    half = sys.argv[sys.argv.index("--half") + 1] if "--half" in sys.argv else ""
    precisions, recalls, exact, found, captioned, spent = [], [], [], 0, 0, []
    for row in wanted(half):
        html = gzip.decompress((SHARED / "data/fundus/html" / f"{row['id']}.html.gz").read_bytes())
        truth = list(dict.fromkeys(row["images"]))
        shown = extract(html, row["url"]).images
        ours = [image.url for image in shown]
        right, met = same(ours, truth)
        precisions.append(len(right) / len(ours) if ours else 0.0)
        recalls.append(len(met) / len(truth))
        exact.append(len(set(ours) & set(truth)) / len(truth))
        found, captioned = found + len(ours), captioned + sum(bool(image.caption) for image in shown)
        spent.append(cost(html))
        if "--all" in sys.argv:
            say(
                row["id"],
                [truth[j] for j in range(len(truth)) if j not in met],
                [ours[i] for i in range(len(ours)) if i not in right],
            )
    precision, recall = mean(precisions), mean(recalls)
    print(f"{len(recalls)} pages: precision {precision:.3f}, recall {recall:.3f}, "
          f"F1 {2 * precision * recall / (precision + recall):.3f}; the very address {mean(exact):.3f}; "
          f"{found} pictures, {captioned} with a caption; {1000 * mean(spent):.2f} ms a page")  # fmt: skip


def cost(html: bytes) -> float:
    """Seconds that finding the pictures of a page takes, its tree given: the best of several times."""
    tree = page.parse(html.decode("utf-8", "replace"))
    if tree is None:
        return 0.0
    best = 1.0
    for _ in range(TIMES):
        began = time.perf_counter()
        images(Outline(tree))
        best = min(best, time.perf_counter() - began)
    return best


def say(name: str, missing: list[str], too_much: list[str]) -> None:
    for sign, addresses in (("-", missing), ("+", too_much)):
        for address in addresses:
            print(f"{sign} {name}  {address[:180]}")


if __name__ == "__main__":
    main()
