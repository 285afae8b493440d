"""The words that set sets of texts apart: log-odds ratios with an informative Dirichlet prior.

After Burt Monroe, Michael Colaresi and Kevin Quinn, "Fightin' Words" (Political Analysis 16, 2008, section 3.5.1). The
prior is what all sets say together: a word that is rare there moves little, however unevenly it is shared out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log, sqrt

from rawi.core.stopwords import tells_nothing
from rawi.core.text import terms

MOST_READ = 250
"""Words of a text that are read: what news is about stands at its beginning."""

_PER_WORD = 12
"""Characters that a word takes at most on average: no more than that of a text is looked at."""

PRIOR = 1_000.0
PRIOR_PART = 0.1
"""What the prior weighs: so many words at most, and no more than this part of all that were read."""

LEAST_Z = 1.96
"""Below this, chance explains a difference well enough (one case in twenty)."""

LEAST_TEXTS = 2
"""Texts of a set that a word is in, for it to be told: what one text says says nothing of the set."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Apart:
    """A word that one set of texts has more of than the others."""

    word: str
    """As it is written most often."""
    z: float
    """How sure that is, in standard errors."""
    times: int
    """In this set."""
    others: int
    """In the other sets together."""
    texts: int
    """In how many texts of this set."""


@dataclass(slots=True)
class Words:
    """What is counted of a set of texts."""

    times: Counter[str]
    texts: Counter[str]
    written: dict[str, Counter[str]]
    read: int = 0
    """Texts."""


def counted(
    texts: Iterable[tuple[str, str]], leave_out: Callable[[str, str], bool] = lambda _term, _form: False
) -> Words:
    """The words of (text, language) by their terms, without those that tell nothing or that `leave_out` (term, form)
    says."""
    found = Words(Counter(), Counter(), {})
    for text, language in texts:
        here: Counter[str] = Counter()
        for term in islice(terms(text[: MOST_READ * _PER_WORD], language), MOST_READ):
            if tells_nothing(term.form) or (leave_out is not None and leave_out(term.term, term.form)):
                continue
            here[term.term] += 1
            found.written.setdefault(term.term, Counter())[text[term.start : term.end]] += 1
        found.times += here
        found.texts.update(here.keys())
        found.read += 1
    return found


def contrast(sets: Sequence[Words], most: int = 15) -> list[tuple[Apart, ...]]:
    """For each set, the words that set it apart from all others together, the surest first, at most so many."""
    everything: Counter[str] = Counter()
    for one in sets:
        everything.update(one.times)
    return [_apart(one, everything, most) for one in sets]


def _apart(one: Words, everything: Counter[str], most: int) -> tuple[Apart, ...]:
    others = everything - one.times
    scores = z_scores(one.times, others, everything, min(PRIOR, PRIOR_PART * everything.total()))
    found = [
        Apart(word=_written(one, term), z=z, times=one.times[term], others=others[term], texts=one.texts[term])
        for term, z in scores.items()
        if z >= LEAST_Z and one.texts[term] >= LEAST_TEXTS
    ]
    return tuple(sorted(found, key=lambda apart: (-apart.z, apart.word))[:most])


def _written(one: Words, term: str) -> str:
    """The spelling that is most frequent; of equally frequent ones the first in the alphabet."""
    return min(one.written[term].items(), key=lambda item: (-item[1], item[0]))[0]


def z_scores(
    these: Mapping[str, int], those: Mapping[str, int], background: Mapping[str, int], prior: float
) -> dict[str, float]:
    """Per word of the background, the z-score of its log-odds ratio: above 0 it belongs to these, below to those.

    `background` has the frequencies that the prior follows, every word of both among them; `prior` is its weight in
    words. Equations 15, 16, 20 and 22 of the paper.
    """
    total = sum(background.values())
    if not total or not these or not those:
        return {}
    n, m = sum(these.values()), sum(those.values())
    scores = {}
    for word, frequency in background.items():
        alpha = prior * frequency / total
        y, x = these.get(word, 0) + alpha, those.get(word, 0) + alpha
        rest_y, rest_x = n + prior - y, m + prior - x
        if rest_y <= 0 or rest_x <= 0:
            continue  # one word is all there is
        scores[word] = (log(y / rest_y) - log(x / rest_x)) / sqrt(1 / y + 1 / x)
    return scores
