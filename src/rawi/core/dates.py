"""Dates as publishers write them: ISO 8601, RFC 822 and prose in the languages of `core.date_words`."""

import re
import unicodedata
from calendar import isleap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from rawi.core import calendars, date_words
from rawi.core.date_words import HIJRI_MONTHS, MONTHS, PERSIAN_MONTHS

LONGEST = 200
"""Characters that are read: a date stands in a line, not in an essay."""

FIRST_YEAR = 1600
"""No press before it; years below are of other calendars (1437 of the Hijra, 1394 of Iran), or nonsense."""

DAY_FIRST = ("ar", "de", "es", "fr")
"""Languages that write 02/10/2015 for the second of October only."""

OPEN_ORDER = "day and month may be the other way round"


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """When something was published, as far as the publisher said it."""

    at: datetime | None
    """Aware, in UTC; None when time or zone is not known."""
    on: date | None
    """The day in the publisher's own zone."""
    text: str
    """The publisher's wording."""
    note: str = ""
    """What was doubtful in the reading."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What one wording of a date says, and what it leaves open."""

    on: date
    text: str
    clock: timedelta | None = None
    """Since midnight, where it was written."""
    offset: timedelta | None = None
    """East of Greenwich; None when no zone is written, or one that nobody knows."""
    has_zone: bool = False
    """Whether a zone is written, known or not."""
    swapped: date | None = None
    """The other day it may be, when day and month may be the other way round."""
    note: str = ""

    @property
    def at(self) -> datetime | None:
        """The moment in UTC, where time and zone are known."""
        if self.clock is None or self.offset is None:
            return None
        try:
            return datetime.combine(self.on, time(), UTC) + self.clock - self.offset
        except OverflowError:
            return None


_FURTHEST_ZONE = timedelta(hours=14)


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Any word may stand where a month does: whether it is one is looked up, which costs less than a list in the pattern.
_MONTH = r"(?<![^\W\d])(?P<month>[^\W\d]{2,16})\b\.?"
# "تشرين الأول/أكتوبر", "تشرين الأول (أكتوبر)", "juillet - juli": the same month said twice.
_TWICE = r"(?:\s{0,3}[/(-]\s{0,3}(?P<again>[^\W\d]{2,16})\b\s{0,3}\)?)?"
_DAY = r"(?<![\d:/])(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|eme|[.ºª])?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_OF = r"(?:\s|[,،./-]|\b(?:de|del|di|of|من|شهر|tháng)\b){0,5}?"
_IN = r"(?:\s|[,،./'’-]|\b(?:de|del|do|of|عام|سنه|m|gada)\b){1,5}"
_ZONE_NAMES = (*date_words.ZONES, *date_words.AMERICAN_ZONES, *date_words.OPEN_ZONES)
_ZONE = (
    r"(?P<zone>(?:(?:utc|gmt)\s?)?[+\u2212-]\s?\d{1,2}(?::?\d{2})?(?!\d)"
    rf"|\b(?:{_any_of(_ZONE_NAMES)})\b|\bبتوقيت\s[^\W\d]{{2,12}}|(?<=\d)z\b)"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:\s?[:h]\s?|\.)(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,12}))?)?(?!\d)"
)
_HALF = rf"(?P<half>[ap]\.?\s?m\b\.?|\b(?:{_any_of((*date_words.AFTERNOON, *date_words.FORENOON))})\b)"
_HOUR = r"\b(?:uhr|heures|hrs|hs|h)\b\s?"
_TIME = (
    rf"(?<![\d:])(?:{_CLOCK}\s{{0,3}}(?:{_HOUR})?(?:{_HALF})?"
    rf"|(?P<hour_only>\d{{1,2}})\s?(?:{_HALF.replace('half', 'half_only')}|(?<=\d)h\b|{_HOUR}))"
    rf"\s{{0,3}}[(,]?\s?(?:{_ZONE})?"
)
_BETWEEN = rf"(?:[\s,،;:|()@•·–—/.-]|\b(?:{_any_of((*date_words.BETWEEN, *date_words.WEEKDAYS))})\b){{0,16}}"
_ISO_TIME = (
    r"(?:t|\s{1,3})(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<part>\d{1,12}))?)?)?(?![\d:]|\s?[ap]\.?m\b)"
    rf"\s{{0,3}}(?:{_ZONE})?"
)

# What nearly all feeds and declarations write, letter for letter: RFC 822 with a numeric zone or GMT, RFC 3339.
_RFC_822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) (GMT|UTC|Z|[+-]\d\d[0-5]\d)", re.ASCII
)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:?[0-5]\d)", re.ASCII)

_AFTER = re.compile(_BETWEEN + _TIME)
_BEFORE = re.compile(_TIME + _BETWEEN + r"$")
_AFTER_ISO = re.compile(_ISO_TIME)

_ISO = re.compile(r"(?<![\d+-])(?P<year>\d{4})(?P<mark>[-/.])\s?(?P<number>\d{1,2})(?P=mark)\s?(?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^(?P<year>\d{4})(?P<number>\d\d)(?P<day>\d\d)(?=$|t|\d{4}(?:\d\d)?$|\s)")
_COMPACT_TIME = re.compile(r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?$")
_WEEK = re.compile(r"(?<!\d)(?P<year>\d{4})-?w(?P<week>\d\d)-?(?P<weekday>[1-7])(?!\d)")
_ORDINAL = re.compile(r"(?<![\d+-])(?P<year>\d{4})-(?P<ordinal>\d{3})(?![\d-])")
_NUMBERS = re.compile(
    r"(?<![\d/.:-])(?P<first>\d{1,2})\s{0,2}(?P<mark>[-/.])\s{0,2}(?P<second_number>\d{1,2})\s{0,2}(?P=mark)\s{0,2}"
    + _YEAR
)
_DAY_MONTH = re.compile(_DAY + _OF + _MONTH + _TWICE + _IN + _YEAR)
_DAY_MONTH_SHORT = re.compile(_DAY + r"[\s-]" + _MONTH + r"[\s-](?P<short_year>\d{2})(?=\s+\d{1,2}:\d{2}|\s*$)")
_MONTH_DAY = re.compile(_MONTH + _TWICE + r"\s{0,3}" + _DAY + r"(?:\s{0,3}[,،]\s{0,3}|\s{1,3}|\s?-\s?)" + _YEAR)
_YEAR_MONTH_DAY = re.compile(r"(?<!\d)" + _YEAR + _IN + _MONTH + _TWICE + _IN + _DAY + r"(?![\d:])")
_ASCTIME = re.compile(_MONTH + r"\s{1,3}" + _DAY + r"\s{1,3}" + _TIME + r"\s{1,3}" + _YEAR)
_WEEKDAY = re.compile(r"[a-z]{2,12}\.?,?\s{1,3}")
_NUMBER_FIRST = (_ISO, _COMPACT, _WEEK, _ORDINAL)
_PATTERNS = (*_NUMBER_FIRST, _NUMBERS, _DAY_MONTH, _DAY_MONTH_SHORT, _MONTH_DAY, _YEAR_MONTH_DAY, _ASCTIME)
_HIJRI_NUMBERS = re.compile(
    r"(?<![\d/.:-])(?P<day>\d{1,2})\s{0,2}(?P<mark>[-/.])\s{0,2}(?P<number>\d{1,2})\s{0,2}(?P=mark)\s{0,2}"
    r"(?P<year>\d{4})(?=\s{0,3}(?:ه\b|هجري))"
)

_A_YEAR = re.compile(r"\d{4}|(?<!\d)\d{1,2}[\s-][^\W\d]{3,9}[\s-]\d{2}(?!\d)")
"""Without it there is no date: most texts need no closer look."""


def read_date(text: str, language: str = "", *, offset: timedelta | None = None) -> Moment | None:
    """The first whole date in a text, or None: no date is ever guessed from a part of one.

    A time counts only with its zone, which is written with it or given by `offset` (east of Greenwich): otherwise
    only the day is kept, and the time is lost. 02/10/2015 is the second of October, unless that cannot be; where the
    text's language leaves it open, `note` says so. Only the first 200 characters are read.
    """
    said = text[:LONGEST].strip()
    if machine := _of_machine(said):
        return Moment(at=machine.at, on=machine.on, text=said)
    found = read(said, language)
    if found is None:
        return None
    if found.offset is None and not found.has_zone and offset is not None:
        found = replace(found, offset=offset)
    return Moment(at=found.at, on=found.on, text=said, note=found.note)


def read(text: str, language: str = "", *, month_first: bool | None = None) -> Reading | None:
    """The first whole date in the first 200 characters of a text, with what it leaves open; None when there is none.

    `month_first` says how dates in figures are written, where that is known. A day of the Hijra or of Iran is taken
    only when no Gregorian one stands beside it.
    """
    said = text[:LONGEST].strip()
    if machine := _of_machine(said):
        return machine
    folded = fold(said)
    if not _A_YEAR.search(folded):
        return None
    for match in _matches(folded):
        if found := _reading(match, folded, said, language, month_first):
            return found
    for match in (*_DAY_MONTH.finditer(folded), *_YEAR_MONTH_DAY.finditer(folded), *_HIJRI_NUMBERS.finditer(folded)):
        if found := _of_another_calendar(match, folded, said, language):
            return found
    return None


def _of_machine(said: str) -> Reading | None:
    """A date in one of the two forms that machines write; None for all else, and where there is no such moment."""
    if _RFC_3339.fullmatch(said):
        iso = said
    elif mail := _RFC_822.fullmatch(said):
        day, month, year, clock, zone = mail.groups()
        number = MONTHS.get(month.lower(), 0)
        iso = f"{year}-{number:02}-{int(day):02}T{clock}{zone if zone[0] in '+-' else 'Z'}"
    else:
        return None
    try:
        local = datetime.fromisoformat(iso)
    except ValueError:
        return None
    shift = local.utcoffset() or timedelta()
    if local.year < FIRST_YEAR or abs(shift) > _FURTHEST_ZONE:
        return None
    clock = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return Reading(on=local.date(), text=said, clock=clock, offset=shift, has_zone=True)


def _matches(folded: str) -> Iterator[re.Match[str]]:
    """What looks like a date, from the first on."""
    start = _WEEKDAY.match(folded)
    at = start.end() if start else 0
    if leading := _ISO.match(folded, at) or _DAY_MONTH.match(folded, at):
        # What machines write: there is no need to look for anything else.
        yield leading
    found = [match for pattern in _PATTERNS for match in pattern.finditer(folded)]
    yield from sorted(found, key=lambda match: match.start())


def fold(text: str) -> str:
    """Small letters without accents, hamzas, marks and directions; ه for ة, ي for ى; names of months of two words
    joined by a low line; Chinese, Japanese, Korean and Vietnamese dates in figures."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c for c in bare if unicodedata.category(c) not in _LEFT_OUT).translate(_LETTERS)
    if _FAR_EAST.search(kept):
        for pattern, instead in _IN_FIGURES:
            kept = pattern.sub(instead, kept)
    return _TWO_WORDS.sub(_joined, kept)[: 2 * LONGEST]


def _joined(match: re.Match[str]) -> str:
    return match[0].replace(" ", "_")


_LEFT_OUT = ("Cf", "Mc", "Me", "Mn")
_LETTERS = str.maketrans({"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "", "٫": ".", "٬": ",", "–": "-"})
_TWO_WORDS = re.compile(rf"\b(?:{_any_of((*date_words.TWO_WORDS, 'بعد الظهر'))})\b")
_FAR_EAST = re.compile("[年\u1102]|thang")
_YEARS, _MONTHS_, _DAYS_, _HOURS_ = (
    "(?:年|\u1102\u1167\u11ab)",
    "(?:月|\u110b\u116f\u11af)",
    "(?:日|\u110b\u1175\u11af)",
    "(?:時|时|点|\u1109\u1175)",
)
_IN_FIGURES = (
    (
        re.compile(
            rf"(\d{{4}})\s?{_YEARS}\s?(\d{{1,2}})\s?{_MONTHS_}\s?(\d{{1,2}})\s?{_DAYS_}(?:\s?\([^()]{{1,6}}\))?"
        ),
        r"\1-\2-\3 ",
    ),
    (re.compile(r"(\d{1,2}) thang (\d{1,2}),?(?: nam)? (\d{4})"), r"\3-\2-\1"),
    (re.compile(rf"(\d{{1,2}})\s?{_HOURS_}\s?(\d{{1,2}})\s?(?:分|\u1107\u116e\u11ab)?"), r"\1:\2"),
    (re.compile(rf"(?:午後|下午|{unicodedata.normalize('NFKD', '오후')})\s?(\d{{1,2}}:\d{{2}})"), r"\1 pm"),
    (re.compile(rf"(?:午前|上午|{unicodedata.normalize('NFKD', '오전')})\s?(\d{{1,2}}:\d{{2}})"), r"\1 am"),
)


def _reading(match: re.Match[str], folded: str, said: str, language: str, month_first: bool | None) -> Reading | None:
    on, swapped = _day(match, language, month_first)
    if on is None:
        return None
    return _with_clock(
        match, folded, language, Reading(on=on, text=said, swapped=swapped, note=OPEN_ORDER if swapped else "")
    )


def _of_another_calendar(match: re.Match[str], folded: str, said: str, language: str) -> Reading | None:
    """A day of the Hijra, by its month's name or the letter behind its year; or one of Iran, by its month's name."""
    part = match.groupdict()
    year, day, month = int(part["year"]), int(part["day"]), part.get("month") or ""
    try:
        if month in HIJRI_MONTHS and year in _HIJRI_YEARS:
            on = calendars.from_hijri(year, HIJRI_MONTHS[month], day)
        elif part.get("number") and year in _HIJRI_YEARS:
            on = calendars.from_hijri(year, int(part["number"]), day)
        elif month in PERSIAN_MONTHS and year in _PERSIAN_YEARS:
            on = calendars.from_persian(year, PERSIAN_MONTHS[month], day)
            return _with_clock(match, folded, language, Reading(on=on, text=said))
        else:
            return None
    except ValueError:
        return None
    note = f"reckoned from {day} {month or part['number']} {year} of the Hijra: a day earlier or later is possible"
    return _with_clock(match, folded, language, Reading(on=on, text=said, note=note))


_HIJRI_YEARS = range(1200, 1501)
_PERSIAN_YEARS = range(1250, 1501)


def _with_clock(match: re.Match[str], folded: str, language: str, found: Reading) -> Reading:
    """With the time and the zone that stand beside the day."""
    clock = _clock(match, folded)
    part = clock.groupdict() if clock else {}
    passed = _since_midnight(part) if part else None
    if passed is None:
        return found
    zone = (part["zone"] or "").strip()
    offset = _zone(zone, language, found.on) if zone else None
    note = found.note or (f"unknown time zone: {zone}" if zone and offset is None else "")
    return replace(found, clock=passed, offset=offset, has_zone=bool(zone), note=note)


def _day(match: re.Match[str], language: str, month_first: bool | None) -> tuple[date | None, date | None]:
    """The day that was matched, None when there is no such day; and the other one that it may be."""
    part = match.groupdict()
    try:
        year = _year(part)
        if year < FIRST_YEAR:
            return None, None
        if part.get("week"):
            return date.fromisocalendar(year, int(part["week"]), int(part["weekday"])), None
        if part.get("ordinal"):
            return _ordinal(year, int(part["ordinal"])), None
        if part.get("first"):
            is_known = part["mark"] == "." or language in DAY_FIRST
            return _numbers(year, int(part["first"]), int(part["second_number"]), False if is_known else month_first)
        month = int(part["number"]) if part.get("number") else MONTHS.get(part["month"], 0)
        again = part.get("again")
        if again and MONTHS.get(again, month) != month:
            return None, None
        return date(year, month, int(part["day"])), None
    except ValueError:
        return None, None


def _year(part: dict[str, str]) -> int:
    if not part.get("short_year"):
        return int(part["year"])
    short = int(part["short_year"])
    return short + (2000 if short < 50 else 1900)  # RFC 2822, section 4.3


def _ordinal(year: int, number: int) -> date | None:
    """The day of that number in its year; None when the year has none."""
    days = 366 if isleap(year) else 365
    return date(year, 1, 1) + timedelta(days=number - 1) if 1 <= number <= days else None


def _numbers(year: int, first: int, second: int, month_first: bool | None) -> tuple[date, date | None]:
    if first > 12 or second > 12:
        return (date(year, second, first) if second <= 12 else date(year, first, second)), None
    days = date(year, second, first), date(year, first, second)
    if first == second or month_first is False:
        return days[0], None
    return (days[1], None) if month_first else days


def _clock(match: re.Match[str], folded: str) -> re.Match[str] | None:
    """The time that belongs to a date: in it, behind it, before it."""
    if match.re is _ASCTIME:
        return match
    end = match.end()
    if match.re in _NUMBER_FIRST and (found := _AFTER_ISO.match(folded, end)):
        return found
    if match.re is _COMPACT and (found := _COMPACT_TIME.match(folded, end)):
        return _AFTER_ISO.match("t" + found[0])
    if found := _AFTER.match(folded, end):
        return found
    return _BEFORE.search(folded[: match.start()])


def _since_midnight(part: dict[str, str]) -> timedelta | None:
    """From midnight to the time of day; None when there is no such time."""
    half = part.get("half") or part.get("half_only") or ""
    hour = int(part.get("hour") or part.get("hour_only") or 0)
    minute, second = int(part["minute"] or 0), int(part["second"] or 0)
    micro = int((part["part"] or "0")[:6].ljust(6, "0"))
    if half and hour <= 12:
        is_afternoon = half.startswith("p") or half in date_words.AFTERNOON
        hour = hour % 12 + (12 if is_afternoon else 0)
    is_midnight = hour == 24 and not (minute or second)
    # A leap second is the first of the next minute to us.
    if (hour > 23 and not is_midnight) or minute > 59 or second > 60:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)


def _zone(name: str, language: str, day: date) -> timedelta | None:
    """Hours east of Greenwich; None when there is no such zone, or several."""
    if name in date_words.ZONES:
        return timedelta(hours=date_words.ZONES[name])
    if name in date_words.AMERICAN_ZONES:
        return timedelta(hours=date_words.AMERICAN_ZONES[name] + calendars.is_american_summer(day))
    if name in date_words.OPEN_ZONES:
        hours = date_words.OPEN_ZONES[name].get(language)
        return None if hours is None else timedelta(hours=hours)
    digits = re.sub(r"[^\d]", "", name)
    if not digits:
        return None
    hour, minute = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    shift = timedelta(hours=int(hour), minutes=int(minute))
    if int(minute) > 59 or shift > _FURTHEST_ZONE:
        return None
    return shift if "+" in name else -shift
