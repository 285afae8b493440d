"""Dates as publishers write them: ISO 8601, RFC 822 and prose in Arabic, English, French, German and Spanish."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

LONGEST = 200
"""Characters that are read: a date stands in a line, not in an essay."""

FIRST_YEAR = 1600
"""No press before it; years below are of other calendars (1437 of the Hijra, 1394 of Iran), or nonsense."""


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


_MONTHS = {
    # English
    "january": 1,
    "february": 2,
    "march": 3,
    "april": 4,
    "may": 5,
    "june": 6,
    "july": 7,
    "august": 8,
    "september": 9,
    "october": 10,
    "november": 11,
    "december": 12,
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
    # French, without accents
    "janvier": 1,
    "fevrier": 2,
    "mars": 3,
    "avril": 4,
    "mai": 5,
    "juin": 6,
    "juillet": 7,
    "aout": 8,
    "septembre": 9,
    "octobre": 10,
    "novembre": 11,
    "decembre": 12,
    "janv": 1,
    "fev": 2,
    "fevr": 2,
    "avr": 4,
    "juil": 7,
    # German, without accents
    "januar": 1,
    "janner": 1,
    "februar": 2,
    "marz": 3,
    "mrz": 3,
    "juni": 6,
    "juli": 7,
    "oktober": 10,
    "okt": 10,
    "dezember": 12,
    "dez": 12,
    # Spanish
    "enero": 1,
    "febrero": 2,
    "marzo": 3,
    "abril": 4,
    "mayo": 5,
    "junio": 6,
    "julio": 7,
    "agosto": 8,
    "septiembre": 9,
    "setiembre": 9,
    "octubre": 10,
    "noviembre": 11,
    "diciembre": 12,
    "ene": 1,
    "abr": 4,
    "ago": 8,
    "set": 9,
    "dic": 12,
    # Egypt, the Gulf, Sudan, Yemen (folded: no hamza, no marks, ه for ة, ي for ى)
    "يناير": 1,
    "فبراير": 2,
    "مارس": 3,
    "ابريل": 4,
    "مايو": 5,
    "يونيو": 6,
    "يونيه": 6,
    "يوليو": 7,
    "يوليه": 7,
    "اغسطس": 8,
    "سبتمبر": 9,
    "اكتوبر": 10,
    "نوفمبر": 11,
    "ديسمبر": 12,
    # Levant, Iraq
    "كانون الثاني": 1,
    "كانون ثاني": 1,
    "شباط": 2,
    "اذار": 3,
    "نيسان": 4,
    "ايار": 5,
    "حزيران": 6,
    "تموز": 7,
    "اب": 8,
    "ايلول": 9,
    "تشرين الاول": 10,
    "تشرين اول": 10,
    "تشرين الثاني": 11,
    "تشرين ثاني": 11,
    "كانون الاول": 12,
    "كانون اول": 12,
    # Tunisia, Algeria
    "جانفي": 1,
    "فيفري": 2,
    "افريل": 4,
    "ماي": 5,
    "جوان": 6,
    "جويليه": 7,
    "اوت": 8,
    # Morocco, Mauritania
    "يوليوز": 7,
    "غشت": 8,
    "شتنبر": 9,
    "نونبر": 11,
    "دجنبر": 12,
    "دجمبر": 12,
    # Libya until 2011
    "اي النار": 1,
    "النوار": 2,
    "الربيع": 3,
    "الطير": 4,
    "الماء": 5,
    "الصيف": 6,
    "ناصر": 7,
    "هانيبال": 8,
    "الفاتح": 9,
    "التمور": 10,
    "الحرث": 11,
    "الكانون": 12,
}

# Hours east of Greenwich: RFC 822's own, and those that mean one thing to everyone who writes them in news.
_ZONES = {
    "acdt": 10.5,
    "acst": 9.5,
    "aedt": 11,
    "aest": 10,
    "akdt": -8,
    "akst": -9,
    "awst": 8,
    "bst": 1,
    "cat": 2,
    "cdt": -5,
    "cest": 2,
    "cet": 1,
    "cst": -6,
    "eat": 3,
    "edt": -4,
    "eest": 3,
    "eet": 2,
    "est": -5,
    "gmt": 0,
    "hkt": 8,
    "hst": -10,
    "jst": 9,
    "kst": 9,
    "mdt": -6,
    "mesz": 2,
    "met": 1,
    "mez": 1,
    "msk": 3,
    "mst": -7,
    "nzdt": 13,
    "nzst": 12,
    "pdt": -7,
    "pst": -8,
    "sast": 2,
    "ut": 0,
    "utc": 0,
    "west": 1,
    "wet": 0,
    "z": 0,
    "بتوقيت جرينتش": 0,
    "بتوقيت غرينتش": 0,
    "بتوقيت مكه": 3,
    "بتوقيت مكه المكرمه": 3,
    "ت غ": 0,
    "تغ": 0,
    "توقيت جرينتش": 0,
    "توقيت غرينتش": 0,
    "غرينتش": 0,
}
_OPEN_ZONES = (
    "ast",  # Arabia, Atlantic
    "ct",  # with or without summer time
    "et",
    "ist",  # India, Ireland, Israel
    "mt",
    "pt",
)
_ZONE_NAMES = (*_ZONES, *_OPEN_ZONES)
_FURTHEST_ZONE = timedelta(hours=14)

_DAY_FIRST = ("ar", "de", "es", "fr")
"""Languages that write 02/10/2015 for the second of October only."""

_AFTERNOON = ("ظهرا", "عصرا", "م", "مساء")
_FORENOON = ("ص", "صباحا")

# Words that may stand between a date and its time.
_BETWEEN_WORDS = (
    "a",
    "alle",
    "at",
    "das",
    "de",
    "el",
    "h",
    "heure",
    "in",
    "kl",
    "las",
    "le",
    "los",
    "on",
    "the",
    "time",
    "uhr",
    "um",
    "الساعه",
    "الموافق",
    "تمام",
    "عند",
    "علي",
    "في",
    "م",
    "يوم",
)
_WEEKDAYS = (
    "mon",
    "monday",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "wednesday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "fri",
    "friday",
    "sat",
    "saturday",
    "sun",
    "sunday",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "الاثنين",
    "الثلاثاء",
    "الاربعاء",
    "الخميس",
    "الجمعه",
    "السبت",
    "الاحد",
)


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_MONTH = rf"\b(?P<month>{_any_of(_MONTHS)})\b\.?"
# "تشرين الأول/أكتوبر", "تشرين الأول (أكتوبر)", "juillet - juli": the same month said twice.
_TWICE = rf"(?:\s{{0,3}}[/(-]\s{{0,3}}(?P<again>{_any_of(_MONTHS)})\b\s{{0,3}}\)?)?"
_DAY = r"(?<![\d:/])(?P<day>\d{1,2})(?:st|nd|rd|th|er|re|eme|[.ºª])?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_OF = r"(?:\s|[,،./-]|\b(?:de|del|of|من|شهر)\b){1,5}"
_IN = r"(?:\s|[,،./'’-]|\b(?:de|del|of|عام|سنه)\b){1,5}"
_ZONE = (
    r"(?P<zone>(?:(?:utc|gmt)\s?)?[+\u2212-]\s?\d{1,2}(?::?\d{2})?(?!\d)"
    rf"|\b(?:{_any_of(_ZONE_NAMES)})\b|(?<=\d)z\b)"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:\s?[:h]\s?|\.)(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,12}))?)?(?!\d)"
)
_HALF = rf"(?P<half>[ap]\.?\s?m\b\.?|\b(?:{_any_of((*_AFTERNOON, *_FORENOON))})\b)"
_TIME = (
    rf"(?<![\d:])(?:{_CLOCK}\s{{0,3}}(?:uhr\b\s?)?(?:{_HALF})?"
    rf"|(?P<hour_only>\d{{1,2}})\s?{_HALF.replace('half', 'half_only')})"
    rf"\s{{0,3}}[(,]?\s?(?:{_ZONE})?"
)
_BETWEEN = rf"(?:[\s,،;:|()@•·–—/.-]|\b(?:{_any_of((*_BETWEEN_WORDS, *_WEEKDAYS))})\b){{0,16}}"
_ISO_TIME = (
    r"(?:t|\s{1,3})(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<part>\d{1,12}))?)?)?(?!\d)"
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

_ISO = re.compile(r"(?<![\d+-])(?P<year>\d{4})(?P<mark>[-/.])(?P<number>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)")
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


def read_date(text: str, language: str = "", *, offset: timedelta | None = None) -> Moment | None:
    """The first whole date in a text, or None: no date is ever guessed from a part of one.

    A time counts only with its zone, which is written with it or given by `offset` (east of Greenwich): otherwise
    only the day is kept, and the time is lost. 02/10/2015 is the second of October, unless that cannot be; where the
    text's language leaves it open, `note` says so. Only the first 200 characters are read.
    """
    said = text[:LONGEST].strip()
    if machine := _of_machine(said):
        return machine
    folded = _fold(said)
    for match in _matches(folded):
        day, note = _day(match, language)
        if day:
            at, doubt = _at(day, match, folded, offset)
            return Moment(at=at, on=day, text=said, note=note or doubt)
    return None


def _of_machine(said: str) -> Moment | None:
    """A date in one of the two forms that machines write; None for all else, and where there is no such moment."""
    if mail := _RFC_822.fullmatch(said):
        day, month, year, clock, zone = mail.groups()
        number = _MONTHS.get(month.lower(), 0)
        iso = f"{year}-{number:02}-{int(day):02}T{clock}{zone if zone[0] in '+-' else 'Z'}"
    elif _RFC_3339.fullmatch(said):
        iso = said
    else:
        return None
    try:
        local = datetime.fromisoformat(iso)
        shift = local.utcoffset() or timedelta()
        at = local.replace(tzinfo=UTC) - shift
    except (ValueError, OverflowError):
        return None
    if local.year < FIRST_YEAR or abs(shift) > _FURTHEST_ZONE:
        return None
    return Moment(at=at, on=local.date(), text=said)


def _matches(folded: str) -> Iterator[re.Match[str]]:
    """What looks like a date, from the first on."""
    start = _WEEKDAY.match(folded)
    at = start.end() if start else 0
    if leading := _ISO.match(folded, at) or _DAY_MONTH.match(folded, at):
        # What machines write: there is no need to look for anything else.
        yield leading
    found = [match for pattern in _PATTERNS for match in pattern.finditer(folded)]
    yield from sorted(found, key=lambda match: match.start())


def _fold(text: str) -> str:
    """Lower case, without accents, hamzas, marks and directions; one sort of space; ه for ة, ي for ى."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(c for c in bare if unicodedata.category(c) not in ("Mn", "Cf"))
    return kept.translate(_LETTERS)[: 2 * LONGEST]


_LETTERS = str.maketrans({"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": "", "٫": ".", "٬": ","})


def _day(match: re.Match[str], language: str) -> tuple[date | None, str]:
    """The day that was matched, None when there is no such day, and what is doubtful about it."""
    part = match.groupdict()
    try:
        year = _year(part)
        if year < FIRST_YEAR:
            return None, ""
        if part.get("week"):
            return date.fromisocalendar(year, int(part["week"]), int(part["weekday"])), ""
        if part.get("ordinal"):
            return _ordinal(year, int(part["ordinal"])), ""
        if part.get("first"):
            return _numbers(year, int(part["first"]), int(part["second_number"]), part["mark"], language)
        month = int(part["number"]) if part.get("number") else _MONTHS[part["month"]]
        if part.get("again") and _MONTHS[part["again"]] != month:
            return None, ""
        return date(year, month, int(part["day"])), ""
    except ValueError:
        return None, ""


def _year(part: dict[str, str]) -> int:
    if not part.get("short_year"):
        return int(part["year"])
    short = int(part["short_year"])
    return short + (2000 if short < 50 else 1900)  # RFC 2822, section 4.3


def _ordinal(year: int, number: int) -> date | None:
    day = date(year, 1, 1) + timedelta(days=number - 1)
    return day if number and day.year == year else None


def _numbers(year: int, first: int, second: int, mark: str, language: str) -> tuple[date | None, str]:
    if second > 12:
        return date(year, first, second), ""
    is_open = first <= 12 and first != second and mark != "." and language not in _DAY_FIRST
    return date(year, second, first), "day and month may be the other way round" if is_open else ""


def _at(day: date, match: re.Match[str], folded: str, offset: timedelta | None) -> tuple[datetime | None, str]:
    """The moment in UTC, and what is doubtful about it."""
    clock = _clock(match, folded)
    if clock is None:
        return None, ""
    part = clock.groupdict()
    zone = _zone(part["zone"]) if part["zone"] else offset
    if part["zone"] and zone is None:
        return None, f"unknown time zone: {part['zone']}"
    try:
        passed = _since_midnight(part)
        if zone is None or passed is None:
            return None, ""
        return datetime.combine(day, time(), UTC) + passed - zone, ""
    except (ValueError, OverflowError):
        return None, ""


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
        is_afternoon = half.startswith("p") or half in _AFTERNOON
        hour = hour % 12 + (12 if is_afternoon else 0)
    is_midnight = hour == 24 and not (minute or second)
    # A leap second is the first of the next minute to us.
    if (hour > 23 and not is_midnight) or minute > 59 or second > 60:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)


def _zone(name: str) -> timedelta | None:
    """Hours east of Greenwich; None when there is no such zone, or several."""
    name = name.strip()
    if name in _OPEN_ZONES:
        return None
    if name in _ZONES:
        return timedelta(hours=_ZONES[name])
    digits = re.sub(r"[^\d]", "", name)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    if int(minutes) > 59 or shift > _FURTHEST_ZONE:
        return None
    return shift if "+" in name else -shift
