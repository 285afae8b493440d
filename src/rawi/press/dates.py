"""How each publisher writes the date of an article."""

from collections.abc import Callable
from datetime import datetime

from rawi.press.publishers import ZONE

ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FRENCH_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
FRENCH_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
ARABIC_DAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
EGYPTIAN_MONTHS = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
LEVANTINE_MONTHS = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def date_line(publisher: str, at: datetime) -> str:
    """The date of an article in the words of a publisher, in Marsana's time."""
    return FORMS[publisher](at.astimezone(ZONE))


def dateline_day(language: str, at: datetime) -> str:
    """Day and month as an agency puts them before its text."""
    local = at.astimezone(ZONE)
    if language == "en":
        return f"{ENGLISH_MONTHS[local.month - 1]} {local.day}"
    months = FRENCH_MONTHS if language == "fr" else EGYPTIAN_MONTHS
    return f"{'1er' if language == 'fr' and local.day == 1 else local.day} {months[local.month - 1]}"


def _mna(at: datetime) -> str:
    return f"{ENGLISH_MONTHS[at.month - 1]} {at.day}, {at.year} {at:%H:%M} (GMT+2)"


def _wam(at: datetime) -> str:
    return f"{ARABIC_DAYS[at.weekday()]} {at:%d/%m/%Y} {at:%H:%M}"


def _harbour(at: datetime) -> str:
    half = "am" if at.hour < 12 else "pm"
    hour = at.hour % 12 or 12
    return (
        f"{ENGLISH_DAYS[at.weekday()][:3]} {at.day} {ENGLISH_MONTHS[at.month - 1][:3]} {at.year}, {hour}.{at:%M}{half}"
    )


def _tribune(at: datetime) -> str:
    ending = "th" if 10 < at.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(at.day % 10, "th")
    return f"{ENGLISH_DAYS[at.weekday()]} the {at.day}{ending} of {ENGLISH_MONTHS[at.month - 1]} {at.year}"


def _almina(at: datetime) -> str:
    month = f"{EGYPTIAN_MONTHS[at.month - 1]}/{LEVANTINE_MONTHS[at.month - 1]}"
    return f"{ARABIC_DAYS[at.weekday()]} {at.day} {month} {at.year} - {at:%H:%M}"


def _zahra(at: datetime) -> str:
    return f"{at.day:02} {LEVANTINE_MONTHS[at.month - 1]} {at.year} | {at:%H:%M}"


def _mirat(at: datetime) -> str:
    half = "صباحا" if at.hour < 12 else "مساء"
    line = f"{at.day} {EGYPTIAN_MONTHS[at.month - 1]} {at.year}، {at.hour % 12 or 12}:{at:%M} {half}"
    return line.translate(ARABIC_INDIC)


def _quotidien(at: datetime) -> str:
    return f"{'1er' if at.day == 1 else at.day} {FRENCH_MONTHS[at.month - 1]} {at.year} à {at:%H}h{at:%M}"


def _echo(at: datetime) -> str:
    day = f"{FRENCH_DAYS[at.weekday()]} {'1er' if at.day == 1 else at.day}"
    return f"{day.capitalize()} {FRENCH_MONTHS[at.month - 1]} {at.year}, {at.hour} h {at:%M}"


def _alp(at: datetime) -> str:
    return f"{at:%d/%m/%Y} - {at:%H:%M}"


FORMS: dict[str, Callable[[datetime], str]] = {
    "almina": _almina,
    "alp": _alp,
    "echo": _echo,
    "harbour": _harbour,
    "mirat": _mirat,
    "mna": _mna,
    "quotidien": _quotidien,
    "tribune": _tribune,
    "wam": _wam,
    "zahra": _zahra,
}
