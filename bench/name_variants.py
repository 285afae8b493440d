"""Measures how many Latin spellings of our names are known, on pairs of names of Wikidata.

    ./do bench name_variants

The pairs are `wd_arabic_*` (CC0; a Latin and an Arabic word, and how often they were found aligned), read in place from
RAWI_SHARED (default ../shared). Judged are those whose Arabic word is in our table; wrong is a Latin word that is taken
for a name other than the one it is paired with (which may be the pair's own mistake: "jordan" is جوردن and الاردن).
"""

import os
from collections.abc import Iterator
from pathlib import Path

from rawi.core.name_variants import name_of
from rawi.core.text import forms

SHARED = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared"))
GIVEN = ("wd_arabic_16.tsv", "wd_arabic_64.tsv")


def pairs() -> Iterator[tuple[str, str, int]]:
    for name in GIVEN:
        for line in (SHARED / "data" / "names" / name).read_text().splitlines():
            latin, arabic, times = line.split("\t")
            one, other = forms(latin), forms(arabic.replace(" ", ""))
            if len(one) == len(other) == 1:
                yield one[0], other[0], int(times)


def main() -> None:
    judged = found = said = wrong = 0
    for latin, arabic, times in pairs():
        key, ours = name_of(arabic), name_of(latin)
        judged += times if key else 0
        found += times if key and ours == key else 0
        said += times if ours else 0
        wrong += times if ours and ours != key else 0
    print(f"of {judged:,} times that a name of ours was written in Latin letters {found / judged:.3f} are known")
    print(f"of {said:,} Latin words taken for names {wrong / said:.3f} are paired with another")


if __name__ == "__main__":
    main()
