"""Pages from before headings were used: what stands in bold or large letters at the head of the text is the headline,
and the day below it the article's."""

import re
from collections.abc import Sequence
from typing import Any

from rawi.core import dates, headlines
from rawi.core.dated_lines import short_text
from rawi.core.dates import Moment
from rawi.core.headlines import Candidate
from rawi.core.outline import Outline

_MOST_LOOKED_AT, _SHORTEST, _LONGEST, _FEWEST_LETTERS = 100, 10, 200, 4
_LONGEST_DAY_LINE = 60
_LARGE = re.compile(r"\s*(?:[4-7]|\+[1-4])")
_WORD = re.compile(r"[^\W\d_]{3,}")


def headline(parts: Outline, found: Sequence[Candidate], names: Sequence[str], url: str, text: str) -> str:
    """The headline of a page that has none but its title: the first line in bold or large letters that is like that,
    or that begins the text where the title is only the site's name; "" when there is none, or no need."""
    if any(one.source != "title" for one in found):
        return ""
    title = next((one.text for one in found), "")
    first = text.partition("\n")[0]
    is_of_site = not title or headlines.is_site(title, names, url)
    for element in parts.first("font", "big", "b", "strong", most=_MOST_LOOKED_AT):
        said = short_text(element, _LONGEST) if _is_set_off(element) else None
        if said and len(said) >= _SHORTEST and (said == first if is_of_site else _is_like(said, title)):
            return said
    return ""


def _is_set_off(element: Any) -> bool:
    is_large = element.tag != "font" or bool(_LARGE.match(element.get("size") or ""))
    return is_large and next(element.iterancestors("a"), None) is None and next(element.iter("a"), None) is None


def _is_like(said: str, title: str) -> bool:
    """Whether a line says what the title says and more, or most of its words."""
    if len(headlines.key(title)) >= _FEWEST_LETTERS and headlines.key(title) in headlines.key(said):
        return True
    words, others = set(_WORD.findall(said.casefold())), set(_WORD.findall(title.casefold()))
    return len(words) > 1 and len(words & others) * 2 > len(words)


def day(text: str, language: str) -> Moment | None:
    """The day of an article whose text begins with a line that says little else."""
    first = text.partition("\n")[0]
    moment = dates.read_date(first, language) if len(first) <= _LONGEST_DAY_LINE else None
    return moment if moment and moment.on and not first.endswith((".", "!", "?", "؟")) else None
