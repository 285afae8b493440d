"""What a text tells of itself that a reader should know: that it was decoded wrongly, that it breaks off, that its
parts are in several languages."""

import re
from collections import Counter
from collections.abc import Sequence

from rawi.core import text
from rawi.core.lines import Line

WRONGLY_DECODED = "the text looks wrongly decoded"
BROKEN_OFF = "the page ends in the middle of the text"

_LOOKED_AT = 5000
# How the bytes of UTF-8 look where they are read as windows-1252: a first byte's letter, then a following byte's.
_MISREAD = re.compile("[ÂÃÄÅÎÏÐÑØÙÚÛà-ïâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_FEWEST_MISREAD, _FEW_LETTERS = 3, 200
"""So many, and one in so many characters, are no chance."""

_END = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_SHORTEST_LAST = 25
_ENDS = frozenset(".!?。！？؟۔…:;؛\"'”’»)]」』*|")

_TOLD_APART = frozenset(["ar", "de", "el", "en", "es", "fa", "fr", "he", "hi", "it", "ja", "ko", "ru", "tr", "zh"])
"""Languages that one paragraph tells from each other; of neighbours as Norwegian and Danish it does not."""
_LONG_PART, _MOST_PARTS, _SMALLEST_SHARE = 90, 24, 0.12
_FEW_PARTS, _TELLING = 4, 200


def of_text(said: str) -> tuple[str, ...]:
    """What is doubtful in the letters of a text, and which languages it is in where there are several."""
    misread = len(_MISREAD.findall(said, 0, _LOOKED_AT))
    if misread >= _FEWEST_MISREAD and misread * _FEW_LETTERS >= min(len(said), _LOOKED_AT):
        return (WRONGLY_DECODED,)
    parted = languages(said)
    return (f"its parts are in several languages: {', '.join(parted)}",) if len(parted) > 1 else ()


def languages(said: str) -> Sequence[str]:
    """The languages of the longer paragraphs of a text, those of much of it, in the order of their coming."""
    parts = [line for line in said.split("\n") if len(line) >= _LONG_PART][:_MOST_PARTS]
    if len(parts) < 2:
        return ()
    # To tell a language takes longer than most else: few are asked, and all only where these differ.
    few = parts[:: -(-len(parts) // _FEW_PARTS)]
    if len({text.language(part[:_TELLING]) for part in few}) == 1:
        return ()
    chars: Counter[str] = Counter()
    for part in parts:
        chars[text.language(part[:_TELLING])] += len(part)
    return [code for code, count in chars.items() if code in _TOLD_APART and count >= _SMALLEST_SHARE * chars.total()]


def is_broken_off(html: str, lines: Sequence[Line], said: str) -> bool:
    """Whether a page has no end, and its last words are those of its text, without an end."""
    last = said.rpartition("\n")[2]
    if len(last) < _SHORTEST_LAST or last[-1] in _ENDS or not lines or not lines[-1].is_text:
        return False
    return " ".join(lines[-1].text.split()).endswith(last[-_SHORTEST_LAST:]) and not _END.search(html)
