"""How well the language of a headline alone is told, in Arabic, English and French.

    ./do bench headline_language [--worst 20]

Headlines are read in place from RAWI_SHARED (default ../shared): ANT and the Arabic day (Arabic), BBC, AG News and the
round-ups (English), the French items of the real feeds and of the Fundus pages. What is right is the language of the
set, of the feed or of the page.
"""

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from rawi.core.languages import language
from rawi.core.links import read_feed

SHARED = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared")) / "data"
SHORTEST = 15
"""Letters of a headline: what is shorter ("Live: Politics") may be of any language."""
LISTS = {
    "ar": ("sections/ant_ar_until_2017_04_21.json", "copies/arabic_day.json"),
    "en": ("sections/bbc_en.json", "sections/agnews_test_en.json", "stories/roundups.json"),
}
MOST = 4000
"""Of one file."""


def headlines() -> Iterator[tuple[str, str]]:
    """Languages and headlines, each once."""
    for code, files in LISTS.items():
        for file in files:
            data = json.loads((SHARED / file).read_text("utf-8"))
            articles = data if isinstance(data, list) else data.get("articles", [])
            yield from ((code, str(one.get("title") or "")) for one in articles[:MOST])
    for line in (SHARED / "fundus" / "truth.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        if one.get("lang") in ("ar", "en", "fr"):
            yield one["lang"], one["title"] or ""
    for file in sorted((SHARED / "feeds").rglob("*.xml")):
        data = file.read_bytes()
        start = data[:3000].lower()
        code = "fr" if b"<language>fr" in start or b'xml:lang="fr' in start else ""
        if code:
            yield from ((code, link.title) for link in read_feed(data, "https://feed.example/").links)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--worst", type=int, default=0)
    worst = asked.parse_args().worst
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is not there: set RAWI_SHARED to the folder of shared data")
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    wrong: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, title in dict.fromkeys(headlines()):
        if sum(map(str.isalpha, title)) < SHORTEST:
            continue
        told = language(title)
        total[code] += 1
        right[code] += told == code
        if told != code:
            wrong[code].append((told, title))
    for code in sorted(total):
        print(f"{code}  {right[code] / total[code]:.4f}  of {total[code]:,} headlines")
        for told, title in wrong[code][:worst]:
            print(f"    {told or '–'}  {title}")
    print(f"all {right.total() / total.total():.4f}")


if __name__ == "__main__":
    main()
