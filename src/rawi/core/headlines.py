"""The headline of an article: which of the texts that may be it is it.

A page says its headline up to eight times (JSON-LD, OpenGraph, its headings, its title...), now with the paper's name,
now with a kicker, now shortened, now in another wording for search engines. Texts that differ in nothing but case and
punctuation are one candidate; the site's name is taken off by evidence; a table of weights, learnt by
`bench/train_headlines.py`, says which candidate has most for it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import unquote

from lxml import etree

from rawi.core import urls
from rawi.core.markup import plain
from rawi.core.outline import Outline
from rawi.core.text import composed

MOST_READ = 1000
"""Characters of a text that may be a headline; what is longer is none."""
_MOST_DECLARED, _MOST_HEADINGS, _MOST_CANDIDATES = 3, 6, 24
_SHORTEST_IN_TITLE = 12
_FEWEST_LETTERS, _FIRST_IDEOGRAPH = 4, 0x2E80
"""A headline of fewer letters is a fragment of a declaration; in writings where a letter is a word it need not be."""
_MOST_CUTS, _LONGEST_NAME = 12, 80
_MOST_BLOCKS = 20_000

SOURCES = ("news", "json", "microdata", "og", "twitter", "meta", "h1", "part", "later", "h2", "block", "title")
"""What a candidate's source may be; see `Candidate.source`."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may be the headline, and what says so."""

    text: str
    source: str
    """One of: news (JSON-LD of a NewsArticle), json (of another article, or
    beside the text in a script), microdata, og, twitter, meta, h1, part (of an
    h1, without its kicker), later (another h1), h2 (or h3, which says what is said elsewhere), block (which stands in
    the title too), title."""


# ------------------------------------------------------------------------------------------ gathering

_METAS = {
    "og": ("og:title",),
    "twitter": ("twitter:title",),
    "meta": ("headline", "parsely-title", "sailthru.title", "cxenseparse:title", "dc.title", "dcterms.title", "title"),
}
_LONGEST_TITLE = 1000
_LOGO = re.compile(r"logo|brand|masthead|site-?(?:title|name)|sr-only|visually-hidden|is_blind", re.IGNORECASE)
_KICKER = re.compile(
    r"kicker|eyebrow|overline|dachzeile|roofline|spitzmarke|topline|vignette|surtitre|antetitulo|label|categor|badge",
    re.IGNORECASE,
)
_ASIDE = frozenset(["aside", "footer", "nav"])
_BLOCKS = ("h1", "h2", "h3", "div", "p", "td", "span", "b", "strong", "font")
_APART = frozenset(["br", "div", "li", "p", "small"])
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)

_leads_home = etree.XPath("boolean(.//a[@href='/'] | .//img[contains(@class, 'logo')] | ancestor::a[@href='/'][1])")


def candidates(parts: Outline, declared: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The texts of a page that may be its headline; `declared` are those of its JSON-LD, the article's own first. The
    page's title comes last."""
    title, metas = next(map(_words, parts["title"]), "")[:_LONGEST_TITLE], parts.metas
    found = [*declared[:_MOST_DECLARED]]
    if not found:
        marked = next((one for name, one in parts.marked if name == "headline" and one is not parts.tree), None)
        found += [Candidate(marked.get("content") or _words(marked), "microdata")] if marked is not None else []
    found += [Candidate(metas[name], source) for source, names in _METAS.items() for name in names if name in metas]
    found += _of_headings(parts["h1"])
    found += _confirmed(parts, {key(one.text) for one in found})
    if title and not any(one.source in ("h1", "h2") and _within(one.text, title) for one in found):
        found.append(Candidate(_in_title(parts, title), "block"))
    found.append(Candidate(title, "title"))
    fit = (Candidate(plain(one.text), one.source) for one in found if len(one.text) <= MOST_READ)
    return tuple(dict.fromkeys(one for one in fit if one.text))


def _of_headings(elements: Sequence[Any]) -> Iterator[Candidate]:
    """What the first headings say that are no logo, those of the article itself before those of its page."""
    headings = [(_rank(one), at, one) for at, one in enumerate(elements[: 3 * _MOST_HEADINGS]) if not is_masthead(one)]
    source = "h1"
    for rank, _, heading in sorted(headings, key=lambda one: one[:2])[:_MOST_HEADINGS]:
        if not (text := _words(heading)):
            continue
        if rank == _AROUND:
            source = "later"
        yield Candidate(text, source)
        if source == "h1":
            yield Candidate(_without_kicker(heading), "part")
            source = "later"


def _confirmed(parts: Outline, keys: set[str]) -> Iterator[Candidate]:
    """The first lesser heading that says what is said elsewhere: some pages show the headline in one."""
    for heading in (*parts.first("h2", most=_MOST_HEADINGS), *parts.first("h3", most=_MOST_HEADINGS)):
        if (text := _words(heading)) and key(text) in keys:
            yield Candidate(text, "h2")
            return


def is_masthead(heading: Any) -> bool:
    """Whether a heading is the paper's name, or none of the article's, or not to be seen."""
    if _leads_home(heading):
        return True
    if _LOGO.search(f"{heading.get('class') or ''} {heading.get('id') or ''}"):
        return True
    return heading.get("hidden") is not None or bool(_HIDDEN.search(heading.get("style") or ""))


_OF_ARTICLE, _OF_PAGE, _AROUND = 0, 1, 2


def _rank(heading: Any) -> int:
    """Whether a heading is the article's, the page's, or one of what stands around them."""
    rank = _OF_PAGE
    for above in heading.iterancestors():
        if above.tag in _ASIDE:
            return _AROUND
        if above.tag in ("article", "main"):
            rank = _OF_ARTICLE
    return rank


def _without_kicker(heading: Any) -> str:
    """A heading's words but for the part that is named as its kicker; "" where there is none."""
    kickers = {part for part in heading.iterdescendants() if _KICKER.search(part.get("class") or "")}
    if not kickers:
        return ""
    return _words(heading, kickers)


def _words(element: Any, without: set[Any] | frozenset[Any] = frozenset()) -> str:
    """An element's words; blocks and spans that follow one another in it are set apart by a blank."""
    pieces: list[str] = []
    if len(element) == 0:
        return plain(element.text or "")
    for action, part in etree.iterwalk(element, ("start", "end")):
        if action == "start":
            is_apart = part.tag in _APART or (part.tag == "span" and _follows(part))
            is_left_out = part in without or part.tag in ("script", "style", "svg")
            pieces += [" "] if is_apart else []
            pieces += [part.text or ""] if not is_left_out else []
        elif part is not element:
            pieces += [" "] if part.tag in _APART else []
            pieces.append(part.tail or "")
        if sum(map(len, pieces[-1:])) > MOST_READ or len(pieces) > MOST_READ:
            break
    return plain("".join(pieces))


def _follows(part: Any) -> bool:
    before = part.getprevious()
    return before is not None and before.tag == "span" and not before.tail


def _within(text: str, title: str) -> bool:
    return bool(inner := key(text)) and inner in key(title)


def _in_title(parts: Outline, title: str) -> str:
    """What the page's title says besides the paper's name: the longest text of a block that stands in the title too."""
    best = ""
    for block in parts.first(*_BLOCKS, most=_MOST_BLOCKS):
        if len(block) or not (said := block.text) or not len(best) < len(said) < MOST_READ:
            continue
        if "&" not in said and "<" not in said and " ".join(said.split()) not in title:
            continue
        text = plain(said)
        if max(_SHORTEST_IN_TITLE, len(best) + 1) <= len(text) <= len(title) and text in title:
            best = text
    return best


# ------------------------------------------------------------------------------- without the site's name

_NO_LETTERS = re.compile(r"[\W_]+")
_CUT = re.compile(r"\s(?:[-–—*·•»«/>:]+|::)\s+|\s?[|｜：]\s?")
_WORD = re.compile(r"[^\W\d_]{3,}")
_FIRST_COLON = re.compile(r"[^:]{1,60}:\s+")
_LAST_COLON = re.compile(r"\s*:\s+(?=[^:]{1,60}$)")


@lru_cache(maxsize=512)
def key(text: str) -> str:
    """What two wordings of one headline have in common: letters and digits without case."""
    return _NO_LETTERS.sub("", (text if text.isascii() else unicodedata.normalize("NFKC", composed(text))).casefold())


def _keys_of(names: Sequence[str], url: str) -> frozenset[str]:
    """The keys of the names that the site goes by, that of its address among them."""
    host = urls.parts(url).hostname or "" if "//" in url else ""
    labels = [label for label in host.split(".")[:-1] if len(label) > 2 and label != "www"]
    return frozenset(filter(None, map(key, (*names, *labels[-2:], host.removeprefix("www.")))))


def _names_site(part: str, sites: frozenset[str]) -> bool:
    """Whether a part of a title is the site's name, or one is a good part of the other."""
    said = key(part)
    if not said or len(part) > _LONGEST_NAME:
        return False
    return said in sites or any(_is_much_of(*sorted((said, site), key=len)) for site in sites)


def _is_much_of(shorter: str, longer: str) -> bool:
    if shorter not in longer or len(shorter) < 3:
        return False
    return 2 * len(shorter) >= len(longer) or (len(shorter) > 4 and longer.startswith(shorter))


def is_site(text: str, names: Sequence[str], url: str) -> bool:
    """Whether a text is only the name of the site; `names` are what it calls itself."""
    return _names_site(text, _keys_of(names, url))


def bare(text: str, sites: frozenset[str]) -> str:
    """A headline without the site's name, where it is set off at its end or start."""
    return _without_last(_without_first(text, sites), sites)


def _beginning(text: str, others: frozenset[str]) -> str:
    """The beginning of a text, up to where something is set off, that is one of the keys `others`; else all of it."""
    ends = (cut.start() for cut in islice(_CUT.finditer(text), _MOST_CUTS))
    return next((text[:end] for end in ends if key(text[:end]) in others), text)


def _part(title: str, others: frozenset[str]) -> str:
    """The part of a page's title, where marks set it off, that is one of the keys `others`; else all of it."""
    cuts = [cut.span() for cut in islice(_CUT.finditer(title), _MOST_CUTS)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(title)]
    parts = (title[start:end] for start in starts for end in ends if start < end)
    return next((part for part in parts if key(part) in others), title)


def _without_last(text: str, sites: frozenset[str]) -> str:
    while cuts := [*_CUT.finditer(text), *_LAST_COLON.finditer(text)][:_MOST_CUTS]:
        last = max(cuts, key=lambda cut: cut.end())
        if not last.start() or not _names_site(text[last.end() :], sites):
            break
        text = text[: last.start()].rstrip()
    return text


def _without_first(text: str, sites: frozenset[str]) -> str:
    first = _CUT.search(text) or _FIRST_COLON.match(text)
    if first and first.end() < len(text) and key(text[: first.end()]) in sites:
        return text[first.end() :]
    return text


# ------------------------------------------------------------------------------------------- choosing

WEIGHTS: dict[str, float] = {
    "apart": -1.07,
    "block": 0.49,
    "h1": 1.84,
    "h2": 1.40,
    "has a kicker": -0.57,
    "later": 1.46,
    "meta": 0.20,
    "microdata": 0.55,
    "news": 6.00,
    "og": 1.15,
    "short": -0.42,
    "slug": 1.00,
    "title": 0.19,
    "twitter": 0.06,
}
"""What `bench/train_headlines.py` prints: sources by their names, then what `features` finds."""


@dataclass(slots=True)
class Group:
    """The candidates that say the same."""

    texts: list[str] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)


def groups(found: Sequence[Candidate], names: Sequence[str], url: str) -> dict[str, Group]:
    """What may be the headline, by its key, in the order of `found`; shortened forms count for what they shorten."""
    sites = _keys_of(names, url)
    firm = frozenset(key(one.text) for one in found if one.source not in ("title", "later", "block"))
    blocks = frozenset(key(one.text) for one in found if one.source == "block")
    made: dict[str, Group] = {}
    bared: dict[str, str] = {}
    for one in found[:_MOST_CANDIDATES]:
        if one.text not in bared:
            others = firm - {key(one.text)}
            is_title = one.source == "title"
            inner = _part(one.text, others | blocks) if is_title else _beginning(one.text, others)
            bared[one.text] = bare(inner, sites)
        if said := key(bared[one.text]):
            group = made.setdefault(said, Group())
            group.texts.append(bared[one.text])
            group.sources.add(one.source)
    for said, group in list(made.items()):
        longer = next((other for other in made if other != said and other.startswith(said)), "")
        if longer and len(said) > 15 and all(text.endswith(("…", "...")) for text in group.texts):
            made[longer].sources |= made.pop(said).sources
    only_site = [said for said in made if said in sites]
    if len(only_site) < len(made):
        for said in only_site:
            del made[said]
    fragments = [said for said in made if len(said) < _FEWEST_LETTERS and all(ord(c) < _FIRST_IDEOGRAPH for c in said)]
    if len(fragments) < len(made):
        for said in fragments:
            del made[said]
    return made


def features(said: str, made: Mapping[str, Group], url: str) -> dict[str, float]:
    """What speaks for a group and against it, by the names of `WEIGHTS`."""
    group = made[said]
    title = next((other.texts[-1] for other in made.values() if "title" in other.sources), "")
    text = group.texts[0]
    found = dict.fromkeys(group.sources, 1.0)
    found["slug"] = _of_slug(text, url)
    found["has a kicker"] = float(any(len(other) > 11 and said != other and said.endswith(other) for other in made))
    found["short"] = float(len(text) < 16)
    found["apart"] = float(bool(title) and _tokens(text).isdisjoint(_tokens(title)))
    return {name: value for name, value in found.items() if value}


def _tokens(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _of_slug(text: str, url: str) -> float:
    """The share of the words in the address that stand in a text; 0 where the address has no words."""
    parts = [_WORD.findall(unquote(part).casefold()) for part in urls.parts(url).path.split("/")]
    words = max(parts, key=len, default=[])[:40]
    if len(words) < 3:
        return 0.0
    there = _tokens(text) | _tokens(unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode())
    return sum(word in there for word in words) / len(words)


def score(features: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


@dataclass(frozen=True, slots=True)
class Judged:
    """What may be the headline, and what speaks for it."""

    text: str
    """As it is best written."""
    sources: tuple[str, ...]
    weight: float
    reasons: tuple[tuple[str, float], ...]
    """What makes up the weight, by the names of `WEIGHTS`."""


def choose(found: Sequence[Candidate], names: Sequence[str], url: str) -> str:
    """The article's headline among the candidates, as it is best written; "" when there is none. `names` are what the
    site calls itself."""
    return next((one.text for one in judged(found, names, url)), "")


def judged(found: Sequence[Candidate], names: Sequence[str], url: str) -> list[Judged]:
    """All that may be the headline, what has most for it first: what `choose` chooses, and what it passes over."""
    made = groups(found, names, url)
    told = []
    for said, group in made.items():
        seen = features(said, made, url)
        reasons = tuple((name, weight) for name, value in seen.items() if (weight := WEIGHTS.get(name, 0.0) * value))
        sources = tuple(source for source in SOURCES if source in group.sources)
        told.append(Judged(_best_written(group.texts), sources, score(seen), reasons))
    told.sort(key=lambda one: -one.weight)
    shown = next((one for one in told if {"h1", "title"} <= set(one.sources)), None)
    # One declaration alone may be the lasting name of a page whose heading follows the news, as live tickers have it.
    is_declared_twice = bool(told) and len(told[0].sources) > 1
    if shown and shown is not told[0] and is_declared_twice and _is_another(shown.text, told[0].text):
        told.remove(shown)
        told.insert(0, shown)
    return told


def _is_another(shown: str, declared: str) -> bool:
    """Whether what heading and title show is another headline, and no other wording: then what is declared was left
    from an earlier one."""
    words, others = set(shown.casefold().split()), set(declared.casefold().split())
    return len(words & others) * 4 < min(len(words), len(others))


def _best_written(texts: Sequence[str]) -> str:
    """Of texts that differ in case and punctuation: not the one in capitals, then the one said most, then first."""
    mixed = [text for text in texts if not text.isupper()] or texts
    return Counter(mixed).most_common(1)[0][0]
