"""Whom the sentences of an article name: "according to Reuters", "نقلا عن وكالة رويترز", "selon l'AFP".

Such words give one fact as somebody else's; that the text is, only a credit says (`core.credits`). They count where one
of the first paragraphs says them outside quotes, of an agency or a paper that is known (`core.agencies`).
"""

import re
from collections.abc import Iterator

from rawi.core import agencies
from rawi.model import Credit

SENTENCE = "sentence"
"""`Credit.where` of what is found here."""
_FIRST_LINES, _MOST_LETTERS, _MOST_CUES = 6, 2500, 60
_MOST_WORDS, _MOST_FILLERS = 8, 4

_BEFORE = re.compile(
    r"\b(?:according\s+to|as\s+(?:first\s+)?reported\s+by|(?:first\s+)?reported\s+by|cited\s+by|quoted\s+by|citing|told|"
    r"(?:in\s+an\s+)?interview\s+with|in\s+a\s+statement\s+to|in\s+comments\s+to|"
    r"selon|d['’]après|citée?s?\s+par|citant|rapportée?s?\s+par|interrogée?s?\s+par|contactée?s?\s+par|auprès\s+de|"
    r"(?:a|ont)\s+(?:rapporté|annoncé|indiqué|appris|affirmé|déclaré|confié|assuré|dit|précisé|expliqué)(?:\s+à)?|"
    r"rapporte|rapportent|"
    r"laut|nach\s+(?:angaben|informationen)(?:\s+von)?|berichtete?n?|sagte|"
    r"según|informó|secondo|segundo)\s+"
    r"|(?<!\w)[وف]?(?:نقل(?:اً|ا|ًا)\s+عن|(?:وفق(?:اً|ا|ًا)?|[بو]?حسب|طبق(?:اً|ا|ًا))"
    r"(?:\s+ل?ما\s+(?:نقلت|نقلته|نقل|نقله|أفادت|أفاد|أوردت|أوردته|أورد|ذكرت|ذكرته|ذكر|ذكره|أعلنت|أعلنته|نشرت|نشرته)(?:\s+به)?)?|"
    r"(?:حسبما|كما|فيما|مثلما)\s+(?:نقلت|نقل|أفادت|أفاد|أوردت|أورد|ذكرت|ذكر|أعلنت|كشفت|نشرت|قالت)|"
    r"نقلت|أفادت|أوردت|ذكرت|نشرت|أبلغ|أبلغت|"
    r"(?:في\s+)?(?:تصريح(?:ات)?|حديث|مقابلة|حوار)\s+(?:مع|إلى))\s+",
    re.IGNORECASE,
)
_TO_ARABIC = re.compile(r"(?<!\w)(?=ل(?:وكالة|صحيفة|قناة|موقع|شبكة|مجلة|رويترز|فرانس|أسوشيتد|بي بي|سي إن)\S*)")
"""Whom somebody said it to: the letter stands with the name."""
_REPORTED = re.compile(
    r"\s(?:has\s+|had\s+)?(?:reported|reports|a\s+rapporté|rapportait|berichtet(?:e)?|informó)\b", re.IGNORECASE
)
_OPENERS, _CLOSERS = frozenset("„‚'"), frozenset("“”’'")
_WORD = re.compile(r"[^\s,;:.!?؟،؛()\[\]\"“”«»\n]+(?:\.(?=\w)[^\s,;:.!?؟،؛()\[\]\"“”«»\n]+)*")
_FILLERS = frozenset(
    """
    agence agencia agency agentur agenzia broadcaster chaîne channel daily das de den der die el il journal journaliste
    journalistes l' la le les magazine network news newspaper nachrichtenagentur noticias presse quotidien state the
    un wire zeitung à
    أنباء الأنباء الوكالة جريدة شبكة صحيفة قناة مجلة مراسل مصادر موقع وكالة وسائل
    """.split()  # noqa: SIM905 - a table, many words a line
)
"""What may stand between the cue and the name."""
_AGENCY_WORDS = frozenset(
    "agence agencia agency agentur agenzia daily nachrichtenagentur news newspaper wire وكالة".split()  # noqa: SIM905
)
"""Those that make a name of a form that is a word, too."""


def in_sentences(text: str, site: str = "") -> Iterator[Credit]:
    """Who is named in the first paragraphs of a text for what they say, each once; `site` is the publisher's name,
    whose own is none."""
    own = agencies.named(site) if site else None
    told: set[str] = {own.name if own else site}
    at = 0
    for line in text[:_MOST_LETTERS].split("\n", _FIRST_LINES)[:_FIRST_LINES]:
        for who, start, end in sorted(_in_line(line), key=lambda one: one[1]):
            if who not in told and not _is_in_quote(line[:start]):
                told.add(who)
                yield Credit(who=who, words=text[at + start : at + end], where=SENTENCE, start=at + start, end=at + end)
        at += len(line) + 1


def _in_line(line: str) -> Iterator[tuple[str, int, int]]:
    for _, cue in zip(range(_MOST_CUES), _BEFORE.finditer(line), strict=False):
        if found := _named_behind(line, cue.end()):
            yield found[0], cue.start(), found[1]
    for _, cue in zip(range(_MOST_CUES), _TO_ARABIC.finditer(line), strict=False):
        if found := _named_behind(line, cue.end() + 1):
            yield found[0], cue.start(), found[1]
    for _, cue in zip(range(_MOST_CUES), _REPORTED.finditer(line), strict=False):
        if before := _named_before(line, cue.start()):
            yield before[0], before[1], cue.end()


def _named_behind(line: str, at: int) -> tuple[str, int] | None:
    """Who is named from a place on, and where that ends: the longest name there, or behind words as "the agency"."""
    words = _words_behind(line, at)
    is_agency = False
    for first in range(min(_MOST_FILLERS + 1, len(words))):
        for last in range(len(words), first, -1):
            start, end = words[first][0], words[last - 1][1]
            start += not first and line[start] == "ل"  # "وفقا لرويترز"
            if who := _known(line[start:end], line[end:], is_agency=is_agency):
                return who, end + (line[start] in _OPENERS and line[end : end + 1] in _CLOSERS)
        filler = line[words[first][0] : words[first][1]].casefold()
        if filler not in _FILLERS and filler.lstrip("ل") not in _FILLERS:
            return None
        is_agency = is_agency or filler.lstrip("ل") in _AGENCY_WORDS
    return None


def _words_behind(line: str, at: int) -> list[tuple[int, int]]:
    """Where the next words stand, up to the first mark between them."""
    words: list[tuple[int, int]] = []
    while len(words) < _MOST_WORDS and (found := _WORD.match(line, at)):
        start, end = found.span()
        if line[start : start + 2].casefold() in ("l'", "l’"):
            start += 2
        words.append((start, end))
        at = end + 1 if line[end : end + 1].isspace() else len(line)
    return words


def _named_before(line: str, at: int) -> tuple[str, int] | None:
    words = [found.span() for found in _WORD.finditer(line, max(0, at - 80), at)][-_MOST_WORDS:]
    while words and line[words[-1][0] : at].casefold().rstrip() in _AGENCY_WORDS:
        at = words.pop()[0]
    for first in range(len(words)):
        start = words[first][0]
        start += 2 if line[start : start + 2].casefold() in ("l'", "l’") else 0
        if who := _known(line[start:at].strip(), "", is_agency=False):
            return who, start
    return None


def _known(said: str, behind: str, *, is_agency: bool) -> str:
    """Who is meant by a name for certain; "" for words that may mean something else. `is_agency` says that a word
    before it calls it one."""
    means = agencies.named(said)
    if means is None or means.name == agencies.AGENCIES:
        return ""
    if means.is_weak and not is_agency and not (len(said) > 2 and said.isupper()):
        return ""
    # "The Times of Oman", "The Independent Commission": the name goes on.
    following = behind.split(maxsplit=1)[:1] if behind[:1].isspace() else []
    goes_on = following and (following[0] == "of" or (following[0][:1].isupper() and not means.is_agency))
    return "" if goes_on else means.name


def _is_in_quote(before: str) -> bool:
    return before.count("“") > before.count("”") or before.count("«") > before.count("»") or before.count('"') % 2 == 1
