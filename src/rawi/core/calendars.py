"""Days of other calendars, and summer time in the United States, by arithmetic."""

from datetime import date, timedelta
from functools import cache

_EPOCH_OF_HIJRA = date(622, 7, 19).toordinal()
"""1 Muharram 1, 16 July 622 in the Julian calendar of its time."""
_FIRST_OF_UMM_AL_QURA = date(1900, 4, 30).toordinal()
_LONG_MONTHS = (
    "56db5a752f25e8ad16a56ab56b4da9b92b2564ba9b35a6d95d4da5d4aa955369752f46e96d46a953525d4bd9ba3b4b69b2a"
    "a554ada5d2da6d9eaae94d2ac564aea6d56ad55d4aa9352ba5b53a6b5ea9d52d29a554ad56daea6e4ed1da2aaa95a2da5b9"
    "bb27646c95552ab4dbaba5b4da9d52aa592d26d8ed2daad5aa5a4b4979372b6975d69d52c9592b25b4db9d55d2da5d4aa95"
    "54daad3aabd2bc4b89a9552d5adb6a6d4dc9d92aa69562ae56d36ab55aaa94d49d95d2ba5b55aad55a9a92e26e55dada6d4"
    "6a5b27a4d4ad56db5a754f49e92d26a563566b5baab92b2568ba9b55aada5b4da9b52a9a536276575af26d46a95552ad4bd"
    "9ba574b69b52a9552da5d4daad96b2e95e2ac9692eaad56ad65d4a"
)
"""Three hexadecimal digits a year, from 1318 on, whose bits say which months have thirty days, the first month lowest
(from the calendar `islamic-umalqura` of Unicode's CLDR)."""
_EPOCH_OF_IRAN = date(622, 3, 21).toordinal()
_SUNDAY = 6


def from_hijri(year: int, month: int, day: int) -> date:
    """The Gregorian day of a day of the Hijra: by the calendar of Umm al-Qura, which Saudi Arabia keeps, from 1318 to
    1500 (1900 to 2077), and by the tabular calendar (civil epoch, the second of thirty years a leap year) otherwise.

    Elsewhere months follow sightings of the moon: the day may be one earlier or later than the one meant. The tabular
    calendar is up to two days off. Raises ValueError when the calendar has no such day.
    """
    if not (1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError(f"no day {day} of month {month}")
    lengths = _umm_al_qura().get(year)
    if lengths is None:
        is_leap = (11 * year + 14) % 30 < 11
        if month % 2 == 0 and day == 30 and not (month == 12 and is_leap):
            raise ValueError(f"month {month} of {year} has 29 days")
        months = (59 * (month - 1) + 1) // 2
        return date.fromordinal(_EPOCH_OF_HIJRA + (year - 1) * 354 + (3 + 11 * year) // 30 + months + day - 1)
    first, days = lengths
    if day > days[month - 1]:
        raise ValueError(f"month {month} of {year} has {days[month - 1]} days")
    return date.fromordinal(first + sum(days[: month - 1]) + day - 1)


@cache
def _umm_al_qura() -> dict[int, tuple[int, tuple[int, ...]]]:
    """By year: the ordinal of its first day, and the days of its months."""
    years, first = {}, _FIRST_OF_UMM_AL_QURA
    for at in range(0, len(_LONG_MONTHS), 3):
        bits = int(_LONG_MONTHS[at : at + 3], 16)
        days = tuple(29 + (bits >> month & 1) for month in range(12))
        years[1318 + at // 3] = first, days
        first += sum(days)
    return years


def from_persian(year: int, month: int, day: int) -> date:
    """The Gregorian day of a day of Iran's solar calendar, right for the years 1178 to 1633 (1799 to 2254).

    Raises ValueError when the calendar has no such day.
    """
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        raise ValueError(f"no day {day} of month {month}")
    leaps = (8 * year + 21) // 33
    if month == 12 and day == 30 and (8 * year + 29) // 33 == leaps:
        raise ValueError(f"month 12 of {year} has 29 days")
    months = 31 * (month - 1) if month <= 6 else 186 + 30 * (month - 7)
    return date.fromordinal(_EPOCH_OF_IRAN + (year - 1) * 365 + leaps + months + day - 1)


def is_american_summer(day: date) -> bool:
    """Whether the United States keep summer time on this day: by the rule of 2007, and before it by that of 1987."""
    if day.year >= 2007:
        begins, ends = _sunday_from(date(day.year, 3, 8)), _sunday_from(date(day.year, 11, 1))
    else:
        begins, ends = _sunday_from(date(day.year, 4, 1)), _sunday_from(date(day.year, 10, 25))
    return begins <= day < ends


def _sunday_from(day: date) -> date:
    return day + timedelta(days=(_SUNDAY - day.weekday()) % 7)
