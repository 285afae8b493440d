"""Learns the weights by which a headline is chosen, on labelled pages, and prints them for `rawi.core.headlines`.

    ./do bench train_headlines [--sets fundus,wcxb-dev]

A conditional logit: of the groups of candidates on a page one is right, and the weights make it likely. Judged with
the publishers in ten parts, each read with weights learnt on the other nine; the table is learnt on all of them. Needs
RAWI_SHARED (default ../shared) with `tools/score_reading.py` and the labelled pages. The same pages give the same
table.
"""

import argparse
import math
import os
import sys
import zlib
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from rawi.core import headlines, page, urls
from rawi.core.extract import clean

SHARED = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared"))
PARTS, STEPS, RATE = 10, 150, 0.5
RIDGE = 0.03
"""How much a weight costs, for each page: what few pages speak of stays near nothing."""

Page = tuple[str, list[tuple[dict[str, float], bool]], float]
"""The publisher, the groups with their features and whether they are right, and how much the page counts."""


def read(sets: list[str]) -> list[Page]:
    sys.path.insert(0, str(SHARED / "tools"))
    import score_reading as scorer

    pages = []
    for name in sets:
        rows = scorer.load(name, SHARED / "data")
        for _, html, url, truth in rows:
            tree = page.parse(html)
            if tree is None or not truth.get("title"):
                continue
            found = page.declared(tree)
            made = headlines.groups(found.headlines, found.site_names, url)
            wanted = scorer.norm(truth["title"])
            right = [any(scorer.norm(clean(text)) == wanted for text in group.texts) for group in made.values()]
            if not any(right):
                right = [said == headlines.key(wanted) for said in made]
            groups = [(headlines.features(said, made, url), ok) for said, ok in zip(made, right, strict=True)]
            pages.append((urls.publisher_of(urlsplit(url).hostname or ""), groups, WORTH.get(name, 1.0)))
    return pages


FIXED = {"news": 6.0}
"""What a newsroom says in the JSON-LD of a NewsArticle is weighed above all else by rule, and the other weights are
learnt on pages that have none: learnt together, likelihood, which cares for more than the first place, gives it half as
much, which costs one page in forty of `fundus` and gains none elsewhere."""
WORTH = {"fundus": 2.0}
"""News counts for more than other articles."""


def learn(pages: list[Page]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float, FIXED)
    useful = [
        (groups, worth)
        for _, groups, worth in pages
        if len(groups) > 1 and any(ok for _, ok in groups) and not any("news" in features for features, _ in groups)
    ]
    total = sum(worth for _, worth in useful)
    for _ in range(STEPS):
        slope: dict[str, float] = defaultdict(float)
        for groups, worth in useful:
            likely = [math.exp(headlines.score(features, weights)) for features, _ in groups]
            whole, good = sum(likely), sum(p for p, (_, ok) in zip(likely, groups, strict=True) if ok)
            for p, (features, ok) in zip(likely, groups, strict=True):
                for name, value in features.items():
                    slope[name] += worth * value * ((p / good if ok else 0.0) - p / whole)
        for name, value in slope.items():
            weights[name] += RATE * (value / total * 10 - RIDGE * weights[name])
            if name in headlines.SOURCES:  # that a source says it speaks for it, whatever other sources say
                weights[name] = max(weights[name], 0.0)
    return dict(weights)


def right(pages: list[Page], weights: dict[str, float]) -> int:
    count = 0
    for _, groups, _ in pages:
        best = max(groups, key=lambda group: headlines.score(group[0], weights), default=({}, False))
        count += best[1]
    return count


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sets", default="fundus,wcxb-dev")
    sets = asked.parse_args().sets.split(",")
    pages = {name: read([name]) for name in sets}
    everything = [one for some in pages.values() for one in some]
    parts = {publisher: zlib.crc32(publisher.encode()) % PARTS for publisher, _, _ in everything}
    found: dict[str, int] = defaultdict(int)
    for part in range(PARTS):
        weights = learn([one for one in everything if parts[one[0]] != part])
        for name, some in pages.items():
            found[name] += right([one for one in some if parts[one[0]] == part], weights)
    weights = learn(everything)
    for name, some in pages.items():
        reachable = sum(any(ok for _, ok in groups) for _, groups, _ in some)
        print(
            f"# {name}: {len(some)} pages, a right candidate on {reachable / len(some):.3f}; chosen, cross-validated: "
            f"{found[name] / len(some):.3f}; with the table: {right(some, weights) / len(some):.3f}"
        )
    for name, value in sorted(weights.items()):
        if round(value, 2):
            print(f'    "{name}": {value:.2f},')


if __name__ == "__main__":
    main()
