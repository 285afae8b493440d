"""Text pages saved from a press archive, in English, Arabic and French.

Such a page is the text a reader copies or a browser saves: a run of headlines, a notice about reported images, then

    HEADLINE
    Published in PUBLISHER on DD - MM - YYYY      (نشر في … يوم DD - MM - YYYY, Publié dans … le DD - MM - YYYY)

    PARAGRAPH
    …
    Clic here to read the story from its source.

The dated line is what makes it one: everything else is found from there.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from rawi.core import dates
from rawi.core.dates import Reading

_MARKS = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_DATED = {
    "en": ("published in ", " on "),
    "ar": ("نشر في ", " يوم "),
    "fr": ("publié dans ", " le "),
}
"""Of each language, how a dated line begins, and what stands between the publisher and the day."""
_BEGINS_WITH_DAY = re.compile(r"\W{0,3}(?:[^\W\d]+\W{1,3})?\d")
_LONGEST_DAY, _LONGEST_LINE, _LONGEST_NAME = 60, 300, 200

# How these pages close, and what they say about reported images; compared with letters and blanks folded.
_CLOSING = re.compile(
    r"(clic|click)\s+here\s+to\s+read\s+the\s+(story|article|full\s+story)\s+from\s+its\s+(original\s+)?source"
    r"|read\s+the\s+story\s+from\s+its\s+source"
    r"|(انقر|اضغط)\s+هنا\s+لقراءة\s+الخبر\s+من\s+مصدره"
    r"|cliquez\s+ici\s+pour\s+lire\s+l['’]article\s+(depuis|de|à)\s+sa\s+source"
    r"|lire\s+l['’]article\s+depuis\s+sa\s+source",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"thank you for reporting|this image will be automatically disabled"
    r"|شكرا على الإبلاغ|شكرا على التبليغ|سيتم حجب هذه الصورة|سيتم إيقاف هذه الصورة"
    r"|merci d['’]avoir signal|cette image sera automatiquement",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivePage:
    """What a saved text page says."""

    title: str
    publisher: str
    published_on: date
    published_at: datetime | None
    """Where the line says a time with its zone."""
    date_text: str
    """The dated line, as it stands."""
    language: str
    """Of the page's own wording (en, ar, fr); the article's may differ."""
    text: str
    """Paragraphs parted by one newline."""


def read_archive_page(text: str) -> ArchivePage | None:
    """Reads such a page; None when no line of it says where and on which day it was published, under a headline."""
    lines = [_clean(line) for line in text.split("\n")]
    for at, line in enumerate(lines):
        dated = _dated(line)
        if dated is None:
            continue
        title = _headline_above(lines, at)
        if title:
            language, publisher, said = dated
            return ArchivePage(
                title=title,
                publisher=publisher,
                published_on=said.on,
                published_at=said.at,
                date_text=line,
                language=language,
                text="\n".join(_paragraphs(lines[at + 1 :])),
            )
    return None


def _clean(line: str) -> str:
    return " ".join(line.replace("\x00", " ").split())


def _dated(line: str) -> tuple[str, str, Reading] | None:
    """The language, the publisher and the day of a dated line; these archives write the day before the month."""
    plain = line.translate(_MARKS).strip()
    if len(plain) > _LONGEST_LINE:
        return None
    for language, (start, joint) in _DATED.items():
        if not plain.casefold().startswith(start):
            continue
        publisher, _, day = plain[len(start) :].rpartition(joint)
        said = dates.read(day, language, month_first=False) if len(day) <= _LONGEST_DAY else None
        if said and 0 < len(publisher) <= _LONGEST_NAME and _BEGINS_WITH_DAY.match(day):
            return language, publisher.strip(), said
    return None


def _headline_above(lines: list[str], at: int) -> str:
    """The nearest line above that says something and is no notice."""
    above = (line for line in reversed(lines[:at]) if line)
    nearest = next(above, "")
    return "" if _NOTICE.search(nearest) else nearest


def _paragraphs(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if _CLOSING.search(line) and len(line) < 120:
            break
        if line and not (_NOTICE.search(line) and len(line) < 200):
            found.append(line)
    return found
