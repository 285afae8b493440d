"""The lines of a page that say to its reader when it was published or changed.

Found from the figures of years outwards: the smallest short block around a year that holds a whole date, then judged by
the words before the date, by the names of the elements around it, and by how near it stands to the headline. Dates of
teasers, comments, notices of copyright and of the story itself are passed over.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from rawi.core import date_words, dates
from rawi.core.outline import Outline

LONGEST_LINE = 160
_FURTHEST_UP = 12
"""Elements above a date whose names are looked at: comments and teasers are named for what they are close above it."""

_NOT_READ = frozenset(["noscript", "option", "script", "style", "textarea"])
_YEARS = ("20", "19")
_EASTERN_YEARS = ("٢٠", "١٩", "١٤", "۲۰", "۱۳", "۱۴", "هـ")
"""What stands in a text with a year in it: in figures of the West, in others and behind years of the Hijra."""
_MOST_TEXTS = 300
_all_text = etree.XPath("string()")
_FIGURES = re.compile(r"(?<!\d)\d{4}(?!\d)")
_CUE = re.compile(
    rf"(?<![a-z])(?:(?P<modified>{'|'.join(map(re.escape, date_words.MODIFIED))})"
    rf"|(?P<published>{'|'.join(map(re.escape, date_words.PUBLISHED))}))"
)
_CUE_WORD = re.compile(rf"{_CUE.pattern}[^\W\d_]*")
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
_WORD = re.compile(r"\b[^\W\d_]+")
_BESIDE = frozenset(
    """
    am am: ap autor avec by et ecrit for from gmt ist last min minute minutes mins mise par pm por publication read
    reading temps und utc von with أ ا اخر الي بقلم بواسطه بتوقيت دقائق دقيقه كتب من مده و
    """.split()  # noqa: SIM905 - a table, many words a line
)
"""Words that stand beside the date in a line which says nothing but when, by whom, and how long it is to read."""
_SAYING_WHEN = frozenset(
    word
    for table in (
        date_words.MONTHS,
        date_words.HIJRI_MONTHS,
        date_words.PERSIAN_MONTHS,
        date_words.ZONES,
        date_words.AMERICAN_ZONES,
        date_words.OPEN_ZONES,
        date_words.AFTERNOON,
        date_words.FORENOON,
        date_words.BETWEEN,
        date_words.WEEKDAYS,
    )
    for entry in table
    for word in _WORD.findall(dates.fold(entry))
)
_MOST_BESIDE, _MOST_BESIDE_CUED = 3, 5
"""Words beside the date in a line of which nothing but its place says that it dates the page, such as a town; and in
one that says so itself."""
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
    beside: int = 0
    """Words beside the date, where nothing but its place says that the line dates the page."""


class _Text(NamedTuple):
    """A text of the page, and the element that it stands in."""

    said: str
    element: Any


def lines(parts: Outline) -> list[Line]:
    """The dated lines of a page, the best first; of equals the one that stands first."""
    above = above_headline(parts)
    return _lines(_texts(parts, _YEARS), above) or _lines(_texts(parts, _EASTERN_YEARS), above)


def _texts(parts: Outline, years: tuple[str, ...]) -> Iterator[_Text]:
    """The first texts of a page that hold one of these years, in its order."""
    whole = next(map(_all_text, parts["body"]), "")
    if not any(year in whole for year in years):
        return iter(())
    return islice(_texts_with(parts, re.compile("|".join(years))), _MOST_TEXTS)


def _texts_with(parts: Outline, years: re.Pattern[str]) -> Iterator[_Text]:
    for body in parts["body"][:1]:
        for event, at in etree.iterwalk(body, ("start", "end")):
            if event == "start":
                if at.tag not in _NOT_READ and (said := at.text) and years.search(said):
                    yield _Text(said, at)
            elif (said := at.tail) and years.search(said) and at is not body:
                above = at.getparent()
                if above.tag not in _NOT_READ:
                    yield _Text(said, above)


def _lines(texts: Iterable[_Text], above: dict[Any, int]) -> list[Line]:
    found: set[Any] = set()
    kept: list[Line] = []
    read: dict[Any, str | None] = {}
    for text in texts:
        if not _FIGURES.search(text.said[:_LONGEST_READ]):
            continue
        block = _block(text, read)
        if block is not None and block[0] not in found:
            found.add(block[0])
            kept += _read(*block, above)
    if len({line.part for line in kept if line.beside}) > 1:  # days of a chronology
        kept = [line for line in kept if not line.beside]
    return sorted((line for line in kept if line.beside <= _MOST_BESIDE), key=lambda line: -line.weight)


def above_headline(parts: Outline) -> dict[Any, int]:
    """The elements above the headline, and how far above: a heading that stands in the page's title, else the first."""
    title = next((" ".join((element.text or "").split()) for element in parts["title"]), "")
    headings = parts.first("h1", "h2", "h3", most=20)
    said = ((heading, short_text(heading, _LONGEST_TITLE) or "") for heading in headings)
    heading = next(
        (h for h, words in said if len(words) > _SHORTEST_TITLE and (words in title or title in words)), None
    )
    if heading is None:
        heading = next((h for h in headings if h.tag == "h1"), headings[0] if headings else None)
    return {} if heading is None else {element: up for up, element in enumerate([heading, *heading.iterancestors()])}


def _block(text: _Text, read: dict[Any, str | None]) -> tuple[Any, str] | None:
    """The smallest element around a text that holds a whole date and is short, and what it says; in a long paragraph,
    the text alone, if nothing but a line. `read` are the elements already read: the same one may hold many years."""
    element = text.element
    for _ in range(3):
        if element is None:
            return None
        if element not in read:
            read[element] = short_text(element)
        said = read[element]
        if said is None:
            said = " ".join(text.said[:_LONGEST_READ].split())
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
            beside = 0 if is_cued or weighs >= _NAMED else len(words_beside(said))
            changes = cue == "modified" or (not cue and is_change(element))
            yield Line(text=said, part=part, is_change=changes, weight=total, beside=beside)


def says_only_when(said: str, known: Iterable[str]) -> bool:
    """Whether a dated line says nothing but when, by whom and how long it is to read; `known` are names of the page."""
    beside = words_beside(said, known)
    return not beside or (len(beside) <= _MOST_BESIDE_CUED and bool(_CUE.match(dates.fold(said))))


def words_beside(said: str, known: Iterable[str] = ()) -> list[str]:
    """The words of a dated line but for date, time and weekday, what announces them, and what is `known` of the page
    (its names, its authors), folded."""
    left = dates.fold(said)
    for name in known:
        left = left.replace(folded, " ") if (folded := dates.fold(name).strip()) else left
    left = _CUE_WORD.sub(" ", left)
    return [word for word in _WORD.findall(left) if word not in _SAYING_WHEN and word not in _BESIDE]


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


def is_month_first(parts: Outline) -> bool | None:
    """How a page writes its dates in figures, told by those that can be read in one way only; None when none tells."""
    first, last = 0, 0
    for text in _texts(parts, _YEARS):
        for one, two in islice(_IN_FIGURES.findall(text.said[:_LONGEST_READ]), 20):
            first += int(one) <= 12 < int(two) <= 31
            last += int(two) <= 12 < int(one) <= 31
    return None if first == last else first > last
