"""Attention as pages show it: the chart, its key, and the table behind it, in the words of one language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from markupsafe import Markup

from rawi.core.attention import Attention, Missing, Period, Slot
from rawi.core.rows import Value
from rawi.web import charts
from rawi.web.charts import LETTERS, Wording
from rawi.web.render import Language, read_language

MOST_DRAWN = 130
"""Periods of a chart on a page: more cannot be told apart. Days over a longer time are told by weeks, and so on."""

MOST_OF_LINES = 96
"""Periods of a chart with several lines: its table is that much wider."""

CSV_HEAD = (
    "period", "first_day", "last_day", "line", "articles", "all_articles", "share", "known_publisher_days", "silent",
    "unreachable", "not_asked", "is_incomplete",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Key:
    """What a line of the chart is."""

    letter: str
    name: str
    sign: Markup
    articles: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """A period of the table."""

    name: str
    condition: str
    """That a search has more to find only this."""
    cells: tuple[tuple[str, str], ...]
    """Per line, the number and the share, as they are written."""
    missing: str
    is_incomplete: bool


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A chart and all that stands around it."""

    svg: Markup
    title: str
    period: Period
    keys: tuple[Key, ...]
    """Empty when there is one line."""
    rows: tuple[Row, ...]
    has_gaps: bool
    has_partial: bool
    is_watched: bool
    earlier: int


def drawn(attention: Attention, language: str, names: Sequence[str], *, is_share: bool = False) -> Drawn | None:
    """The chart of some attention, its lines by their names; None when there is nothing to draw."""
    if not attention.slots:
        return None
    tongue = texts_of(language)
    title = tongue.texts["chart"][f"share_{attention.period}" if is_share else attention.period]
    wording = Wording(
        title=title,
        description=_described(attention, tongue, is_share),
        value=value_writer(tongue, is_share),
        slot=lambda slot: slot_name(tongue, slot, attention.period),
        tick=lambda slot: _tick(tongue, slot, attention.period),
        direction=tongue.direction,
    )
    several = len(attention.lines) > 1
    return Drawn(
        svg=charts.chart(attention, wording, is_share=is_share),
        title=title,
        period=attention.period,
        keys=tuple(
            Key(letter=LETTERS[at], name=names[at], sign=charts.marker(at), articles=line.articles)
            for at, line in enumerate(attention.lines)
        )
        if several
        else (),
        rows=tuple(_row(attention, place, tongue) for place in range(len(attention.slots))),
        has_gaps=any(one.total for one in attention.missing),
        has_partial=any(slot.is_incomplete for slot in attention.slots),
        is_watched=attention.is_watched,
        earlier=attention.earlier,
    )


@cache
def texts_of(language: str) -> Language:
    """The texts of a language, read once."""
    return read_language(language)


def share(language: Language, value: float | None) -> str:
    """A share as the language writes it; a dash when it is not known."""
    if value is None:
        return "–"
    hundredths = value * 100
    digits = 0 if hundredths in (0.0, 50.0, 100.0) else 1 if hundredths >= 0.1 else 3
    written = f"{hundredths:.{digits}f}".replace(".", language.texts["language"]["decimal"])
    return str(language.texts["language"]["percent"]).format(n=written)


def value_writer(language: Language, is_share: bool) -> Callable[[float], str]:
    """How values of a chart are written."""
    return (lambda value: share(language, value)) if is_share else (lambda value: language.number(int(value)))


def slot_name(language: Language, slot: Slot, period: Period) -> str:
    """A period in words."""
    if period == "day":
        return language.day(slot.first)
    if period == "week":
        return str(language.texts["chart"]["week_of"]).format(day=language.day(slot.first))
    return language.month(slot.first.year, slot.first.month) if period == "month" else str(slot.first.year)


def _tick(language: Language, slot: Slot, period: Period) -> str:
    month = language.texts["dates"]["short_months"][slot.first.month - 1]
    if period == "year":
        return str(slot.first.year)
    if period == "month":
        return str(language.texts["dates"]["month"]).format(month=month, year=slot.first.year)
    return str(language.texts["chart"]["tick"]).format(day=slot.first.day, month=month, year=slot.first.year)


def _described(attention: Attention, language: Language, is_share: bool) -> str:
    values = [
        (charts.value_of(point, is_share) or 0.0, -place)
        for line in attention.lines
        for place, point in enumerate(line.points)
    ]
    most, place = max(values)
    return str(language.texts["chart"]["described"]).format(
        first=slot_name(language, attention.slots[0], attention.period),
        last=slot_name(language, attention.slots[-1], attention.period),
        value=value_writer(language, is_share)(most),
        slot=slot_name(language, attention.slots[-place], attention.period),
    )


def _row(attention: Attention, place: int, language: Language) -> Row:
    slot, missing = attention.slots[place], attention.missing[place]
    points = [line.points[place] for line in attention.lines]
    return Row(
        name=slot_name(language, slot, attention.period),
        condition=_condition(slot, attention.period),
        cells=tuple((language.number(point.articles), share(language, point.share)) for point in points),
        missing=_missing(missing, language),
        is_incomplete=slot.is_incomplete,
    )


def _missing(missing: Missing, language: Language) -> str:
    texts = language.texts["chart"]
    if not missing.known:
        return str(texts["unwatched_cell"])
    said = [
        str(texts[kind]).format(n=language.number(number))
        for kind in ("silent", "unreachable", "not_asked")
        if (number := getattr(missing, kind))
    ]
    return str(language.texts["language"]["comma"]).join(said) or "0"


def _condition(slot: Slot, period: Period) -> str:
    if period == "week":
        return f"date:[{slot.first} TO {slot.last}]"
    return f"date:{str(slot.first)[: {'day': 10, 'month': 7, 'year': 4}[period]]}"


def csv_rows(attention: Attention, names: Sequence[str]) -> list[tuple[Value, ...]]:
    """The series as rows under `CSV_HEAD`, line by line."""
    return [
        (
            attention.period,
            slot.first.isoformat(),
            slot.last.isoformat(),
            name,
            point.articles,
            point.all,
            None if point.share is None else round(point.share, 6),
            point.missing.known,
            point.missing.silent,
            point.missing.unreachable,
            point.missing.not_asked,
            "yes" if slot.is_incomplete else "no",
        )
        for name, line in zip(names, attention.lines, strict=True)
        for slot, point in zip(attention.slots, line.points, strict=True)
    ]


def lag(language: Language, behind: timedelta) -> str:
    """A stretch of time in words: days, hours or minutes, whichever tells it best."""
    minutes = round(behind.total_seconds() / 60)
    if minutes >= 2 * 24 * 60:
        return language.count("days", round(minutes / (24 * 60)))
    if minutes >= 2 * 60:
        return language.count("hours", round(minutes / 60))
    return language.count("minutes", minutes)
