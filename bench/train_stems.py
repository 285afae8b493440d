"""Makes the lists of Arabic words that the stemmer parts clitics by, and writes them into the package.

    ./do bench train_stems [FILE OF ARTICLES]

A noun is what is seen with the article, the base of a verb what is seen after the ya of its present. The articles are
ANT's (Chouigui et al., "An Arabic multi-source news corpus", Apache-2.0), the names Wikidata's (CC0), both read in
place from RAWI_SHARED (default ../shared). Only single words and no counts are kept.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

from rawi.core.stems_ar import Words, pack
from rawi.core.text import forms

SHARED = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared"))
GIVEN = SHARED / "data" / "sections" / "ant_ar_until_2017_04_21.json"
NAMES = SHARED / "data" / "names" / "wd_arabic_64.tsv"
SHIPPED = Path(__file__).parents[1] / "src" / "rawi" / "core" / "models" / "stems_ar.txt"

ARTICLES = ("ال", "وال", "بال", "فال", "كال", "لل", "وبال", "ولل")
SEEN = 2
"""Times that a word must be seen: what stands once is often misspelt."""
SEEN_AS_NAME = 3
SUSPECT = tuple("وفبلكسيتن")
"""Letters that may be clitics: of other names nothing need be known."""


def nouns(counts: Counter[str]) -> frozenset[str]:
    with_article: Counter[str] = Counter()
    for form, times in counts.items():
        for article in ARTICLES:
            if form.startswith(article):
                with_article[form[len(article) :]] += times
    # "للجنة" is ل and الجنة as well as لل and جنة: a word counts only where it is seen after ال itself, too.
    return frozenset(
        word
        for word, times in with_article.items()
        if times >= SEEN and len(word) > 1 and counts["ال" + word] and not word.startswith("لل")
    )


def verbs(counts: Counter[str], known: frozenset[str]) -> frozenset[str]:
    after_ya = {form[1:]: times for form, times in counts.items() if form.startswith("ي") and form not in known}
    return frozenset(
        base
        for base, times in after_ya.items()
        if times >= SEEN and len(base) > 2 and (counts["ت" + base] or counts["سي" + base] or counts["ا" + base])
    )


def names(path: Path, known: frozenset[str]) -> frozenset[str]:
    """Names that begin with what could be a clitic and are no noun of the language."""
    found = set()
    for line in path.read_text().splitlines():
        _, arabic, times = line.split("\t")
        for form in forms(arabic.replace(" ", "")):
            if int(times) >= SEEN_AS_NAME and form.startswith(SUSPECT) and len(form) > 3 and form[1:] not in known:
                found.add(form)
    return frozenset(found)


def main() -> None:
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else GIVEN
    counts: Counter[str] = Counter()
    for article in json.loads(given.read_text()):
        counts.update(forms(article["title"] + "\n" + article["text"]))
    known = nouns(counts)
    found = Words(nouns=known, verbs=verbs(counts, known), names=names(NAMES, known))
    SHIPPED.write_text(pack(found))
    print(*(f"{len(group)} {name}" for name, group in found._asdict().items()), sep=", ")
    print(f"{SHIPPED.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
