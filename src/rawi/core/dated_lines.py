"""The lines of a page that say to its reader when it was published or changed.

Found from the figures of years outwards: the smallest short block around a year that holds a whole date, then judged by
the words before the date, by the names of the elements around it, and by how near it stands to the headline. Dates of
teasers, comments, notices of copyright and of the story itself are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

from rawi.core import date_words, dates

LONGEST_LINE = 160
_FURTHEST_UP = 12
"""Elements above a date whose names are looked at: comments and teasers are named for what they are close above it."""

_NOT_READ = "[not(parent::script or parent::style or parent::noscript or parent::option or parent::textarea)]"
_YEARS = etree.XPath(f"(//body//text()[contains(.,'20') or contains(.,'19')]{_NOT_READ})[position() <= 300]")
_EASTERN_YEARS = etree.XPath(
    "(//body//text()[contains(.,'٢٠') or contains(.,'١٩') or contains(.,'١٤') or contains(.,'۲۰') or contains(.,'۱۳')"
    f" or contains(.,'۱۴') or contains(.,'هـ')]{_NOT_READ})[position() <= 300]"
)
_FIGURES = re.compile(r"(?<!\d)\d{4}(?!\d)")
_CUE = re.compile(
    rf"(?<![a-z])(?:(?P<modified>{'|'.join(map(re.escape, date_words.MODIFIED))})"
    rf"|(?P<published>{'|'.join(map(re.escape, date_words.PUBLISHED))}))"
)
_DATED = re.compile(
    r"date|time|publi|posted|byline|(?<![a-z])by(?![a-z])|meta|stamp|heure|datum|fecha|parution|author|info|تاريخ|نشر",
    re.IGNORECASE,
)
_MODIFIED_NAMES = re.compile(r"modif|updat|changed|revis", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?<![a-z])(?:comment|relat(?:ed|ion)|side-?bar|(?<!elementor-)widget|foot(?:er|note)|copyright|teaser|promos?(?![a-z])"
    r"|recommend|most[-_]?(?:read|pop)|popular|trending|latest|event|calendar|read[-_]?(?:more|next)|newsticker|cards?(?![a-z])"
    r"|swiper|carousel|slick|modal|cookie|disqus|menu|nav(?:bar|igation)?(?![a-z])|breaking|references|bibliograph|citation)",
    re.IGNORECASE,
)
_ELSEWHERE_TAGS = {"aside", "button", "footer", "nav", "select"}
_IN_FIGURES = re.compile(r"(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?!\d)")
_LONGEST_READ = 2000
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|all rights|حقوق", re.IGNORECASE)
_LONGEST_BARE = 60
_CUED, _NAMED = 10, 5
_SHORTEST_TITLE, _LONGEST_TITLE = 8, 300
_NEAR = ((4, 4), (7, 3), (10, 2), (14, 1))
"""Steps from the headline to the line through the tree, and what they weigh."""
_LEAST = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A short text with a date in it."""

    text: str
    """All of it, as the page has it."""
    part: str
    """What of it holds the date, as `dates.fold` leaves it."""
    is_change: bool
    """Whether it says when the page was changed."""
    weight: int
    """How much speaks for it."""


def lines(tree: Any) -> list[Line]:
    """The dated lines of a page, the best first; of equals the one that stands first."""
    above = above_headline(tree)
    return _lines(_YEARS(tree), above) or _lines(_EASTERN_YEARS(tree), above)


def _lines(texts: list[Any], above: dict[Any, int]) -> list[Line]:
    found: set[Any] = set()
    kept: list[Line] = []
    said: dict[Any, str | None] = {}
    for text in texts:
        if not _FIGURES.search(text[:_LONGEST_READ]):
            continue
        block = _block(text, said)
        if block is not None and block[0] not in found:
            found.add(block[0])
            kept += _read(*block, above)
    return sorted(kept, key=lambda line: -line.weight)


def above_headline(tree: Any) -> dict[Any, int]:
    """The elements above the headline, and how far above: a heading that stands in the page's title, else the first."""
    title = next((" ".join((element.text or "").split()) for element in tree.iter("title")), "")
    headings = list(islice(tree.iter("h1", "h2", "h3"), 20))
    said = ((heading, short_text(heading, _LONGEST_TITLE) or "") for heading in headings)
    heading = next(
        (h for h, words in said if len(words) > _SHORTEST_TITLE and (words in title or title in words)), None
    )
    if heading is None:
        heading = next((h for h in headings if h.tag == "h1"), headings[0] if headings else None)
    return {} if heading is None else {element: up for up, element in enumerate([heading, *heading.iterancestors()])}


def _block(text: Any, read: dict[Any, str | None]) -> tuple[Any, str] | None:
    """The smallest element around a text that holds a whole date and is short, and what it says; in a long paragraph,
    the text alone, if nothing but a line. `read` are the elements already read: the same one may hold many years."""
    element = text.getparent()
    if element is not None and text.is_tail:
        element = element.getparent()
    for _ in range(3):
        if element is None:
            return None
        if element not in read:
            read[element] = short_text(element)
        said = read[element]
        if said is None:
            said = " ".join(text[:_LONGEST_READ].split())
            is_line = len(said) <= _LONGEST_BARE or (len(said) <= LONGEST_LINE and _CUE.match(dates.fold(said)))
            return (element, said) if is_line and dates.read(said) else None
        if dates.read(said):
            return element, said
        element = element.getparent()
    return None


def short_text(element: Any, longest: int = LONGEST_LINE) -> str | None:
    """The text of an element, its blanks made one; None when it is long."""
    parts, left = [], 2 * longest
    for part in element.itertext():
        left -= len(part) if len(part) < longest else 1 + len(part.strip())
        if left < 0:
            return None
        parts.append(part)
    said = " ".join(" ".join(parts).split())
    return said if len(said) <= longest else None


def _read(element: Any, said: str, above: dict[Any, int]) -> Iterator[Line]:
    weighs = None if _COPYRIGHT.search(said) else weight(element, above)
    if weighs is None:
        return
    parts = list(_parts(dates.fold(said)))
    for cue, part in parts:
        is_cued = bool(cue) or len(parts) > 1  # a date before "updated" is that of publication
        if not is_cued and weighs < _NAMED and len(said) > _LONGEST_BARE:
            continue  # a sentence of the story
        total = weighs + (_CUED if is_cued else 0) + (1 if len(said) <= _LONGEST_BARE else 0)
        if total >= _LEAST and (len(parts) == 1 or dates.read(part)):
            changes = cue == "modified" or (not cue and is_change(element))
            yield Line(text=said, part=part, is_change=changes, weight=total)


def _parts(folded: str) -> Iterator[tuple[str, str]]:
    """A line cut before each word that announces a date, with what it announces: "published", "modified" or ""."""
    cues = list(_CUE.finditer(folded))
    ends = [*(cue.start() for cue in cues), len(folded)]
    if before := folded[: ends[0]].strip():
        yield "", before
    for cue, end in zip(cues, ends[1:], strict=True):
        yield cue.lastgroup or "", folded[cue.start() : end]


def weight(element: Any, above: dict[Any, int]) -> int | None:
    """How much the elements around a line speak for it; None where they say that it is of something else."""
    is_named, down, at = False, 0, element
    while at is not None and at not in above and down < _FURTHEST_UP:
        names = _names(at)
        if at.tag in _ELSEWHERE_TAGS or (names and _ELSEWHERE.search(names)):
            return None
        is_named = is_named or (down < 3 and (at.tag == "time" or bool(_DATED.search(names))))
        down, at = down + 1, at.getparent()
    steps = above[at] + down if at in above else 99
    near = next((weighs for most, weighs in _NEAR if steps <= most), 0)
    is_link = element.tag == "a" or any(parent.tag == "a" for parent in islice(element.iterancestors(), 2))
    return (_NAMED if is_named else 0) + near - (2 if is_link else 0)


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}".strip()


def is_change(element: Any) -> bool:
    """Whether an element is named for a change of the page, or follows a word that announces one."""
    parent = element.getparent()
    if _MODIFIED_NAMES.search(_names(element)) or (parent is not None and _MODIFIED_NAMES.search(_names(parent))):
        return True
    before = element.getprevious()
    said = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    if not said.strip() and before is not None:
        said = short_text(before) or ""
    cues = list(_CUE.finditer(dates.fold(said[-LONGEST_LINE:])))
    return bool(cues) and cues[-1].lastgroup == "modified"


def is_month_first(tree: Any) -> bool | None:
    """How a page writes its dates in figures, told by those that can be read in one way only; None when none tells."""
    first, last = 0, 0
    for text in _YEARS(tree):
        for one, two in islice(_IN_FIGURES.findall(text[:_LONGEST_READ]), 20):
            first += int(one) <= 12 < int(two) <= 31
            last += int(two) <= 12 < int(one) <= 31
    return None if first == last else first > last
