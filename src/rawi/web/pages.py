"""What each page shows: from what a reader asks for to the name of a template and its values."""

import calendar
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException

from rawi.core.sections import SECTIONS
from rawi.errors import QueryError
from rawi.model import Article, Headline, Order, Revision
from rawi.web.changes import Passage, passages
from rawi.web.render import direction

if TYPE_CHECKING:
    from rawi.archive import Archive

RUN = 48
"""Headlines in the run on every page."""
A_PAGE = 40
"""Headlines in a page of a list."""
A_SECTION = 5
"""Headlines of a section on the front page."""
RESULTS = 20
MOST_PAGES = 500
MOST_QUERY = 500
MOST_PASSAGES = 12
"""Changed passages shown of one revision."""
UNSORTED = "unsorted"
"""Stands in addresses for the articles without a section."""

ORDERS: tuple[Order, ...] = ("relevance", "newest", "oldest")

_ID = re.compile(r"[0-9a-f]{20}")
_CURSOR = re.compile(r"(\d{8}T\d{6}\.\d{6})Z-([0-9a-f]{20})", re.ASCII)
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_OR = re.compile(r"(?<!\S)(?:OR|OU|أو)(?!\S)")
_GROUPS = re.compile(r'\([^()]*\)|"[^"]*"')
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader asks for: a page, in a language of the interface."""

    language: str
    path: dict[str, str]
    """The parts of the address that the route names."""
    query: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the answer is made from."""

    template: str
    values: dict[str, Any]
    status: int = 200


Make = Callable[["Archive", Asked], Page]


def unfit(status: int, why: str) -> HTTPException:
    """The error for a request that cannot be answered; `why` is a key of the locale's errors."""
    return HTTPException(status, why)


# ------------------------------------------------------------------------------------------ front page


def front(archive: "Archive", asked: Asked) -> Page:
    """The newest article large, others beside it, then each section, then the publishers."""
    latest = archive.headlines(limit=24)
    counts = dict(archive.topics())
    sections = [(topic, archive.headlines(topic=topic, limit=A_SECTION)) for topic in SECTIONS if counts.get(topic)]
    values: dict[str, Any] = {
        "lead": None,
        "sections": sections,
        "publishers": archive.publishers()[:24],
        "state": archive.state(),
    }
    if latest:
        lead = _lead(latest, asked.language)
        article = archive.article(lead.id)
        values |= {
            "lead": lead,
            "excerpt": excerpt(article.text, 320),
            "pictures": archive.pictures(article)[:1],
            "beside": [headline for headline in latest if headline.id != lead.id][:10],
        }
    return Page(template="front.html", values=values)


def _lead(latest: Sequence[Headline], language: str) -> Headline:
    """The newest that the reader can read, if it is among the newest dozen; else the newest."""
    return next((headline for headline in latest[:12] if headline.language == language), latest[0])


def excerpt(text: str, most: int) -> str:
    """The first paragraphs up to so many letters, cut between words."""
    start = " ".join(text[: most * 2].split())
    return start if len(start) <= most else start[:most].rpartition(" ")[0].rstrip(",;:،؛ ") + " …"


# ----------------------------------------------------------------------------------------------- lists


def latest(archive: "Archive", asked: Asked) -> Page:
    """All headlines, newest first."""
    return _list(archive, asked, "latest")


def section(archive: "Archive", asked: Asked) -> Page:
    """The headlines of a section."""
    topic = asked.path["topic"]
    if topic not in (*SECTIONS, UNSORTED):
        raise unfit(404, "not_found")
    counts = dict(archive.topics())
    number = counts.get("" if topic == UNSORTED else topic, 0)
    return _list(archive, asked, "section", topic=None if topic == UNSORTED else topic, number=number)


def publisher(archive: "Archive", asked: Asked) -> Page:
    """The headlines of a publisher."""
    known = {summary.id: summary for summary in archive.publishers()}
    summary = known.get(asked.path["id"])
    if not summary:
        raise unfit(404, "not_found")
    return _list(archive, asked, "publisher", publisher=summary.id, summary=summary)


def day(archive: "Archive", asked: Asked) -> Page:
    """The headlines of a day, with the way to the days before and after on which something was published."""
    on = _day(asked.path["day"])
    days = [known for known, _ in archive.days()]
    if not days or not days[0] <= on <= days[-1]:
        raise unfit(404, "not_found")
    before = max((known for known in days if known < on), default=None)
    after = min((known for known in days if known > on), default=None)
    return _list(archive, asked, "day", day=on, before_day=before, after_day=after)


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise unfit(404, "not_found")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise unfit(404, "not_found") from error


_FILTERS = ("publisher", "topic", "day")


def _list(archive: "Archive", asked: Asked, kind: str, **values: Any) -> Page:
    """A page of headlines behind the place that the address names, grouped by day."""
    language = asked.query.get("language", "")
    if language and not _LANGUAGE.fullmatch(language):
        raise unfit(400, "bad_request_text")
    before = _read_cursor(asked.query["before"]) if asked.query.get("before") else None
    chosen = {name: value for name, value in values.items() if name in _FILTERS}
    found = archive.headlines(**chosen, language=language, before=before, limit=A_PAGE + 1)
    if before and not found:
        raise unfit(404, "not_found")
    shown = found[:A_PAGE]
    values |= {
        "kind": kind,
        "on": values.pop("day", None),
        "groups": _by_day(shown),
        "is_first": before is None,
        "older": cursor(shown[-1]) if len(found) > A_PAGE else "",
        "chosen_language": language,
    }
    return Page(template="list.html", values=values)


def _by_day(headlines: Sequence[Headline]) -> list[tuple[date | None, list[Headline]]]:
    """Headlines by their day, in the order in which the days first come.

    Lists follow the moment, days follow the publisher's own time zone: around midnight two days may alternate.
    """
    groups: dict[date | None, list[Headline]] = {}
    for headline in headlines:
        groups.setdefault(headline.published_on, []).append(headline)
    return list(groups.items())


def cursor(headline: Headline) -> str:
    """The place behind a headline, as it stands in an address."""
    at = headline.dated_at.astimezone(UTC)
    return f"{at.year:04}{at:%m%dT%H%M%S.%f}Z-{headline.id}"


def _read_cursor(text: str) -> tuple[datetime, str]:
    found = _CURSOR.fullmatch(text)
    if not found:
        raise unfit(400, "cursor")
    try:
        return datetime.strptime(found[1], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), found[2]
    except ValueError as error:
        raise unfit(400, "cursor") from error


# ------------------------------------------------------------------------------------- what there is


def sections(archive: "Archive", _: Asked) -> Page:
    """Every section that has articles."""
    counts = dict(archive.topics())
    known = [(topic, counts[topic]) for topic in SECTIONS if counts.get(topic)]
    return Page(template="sections.html", values={"sections": known, "unsorted": counts.get("", 0)})


def publishers(archive: "Archive", _: Asked) -> Page:
    """Every publisher."""
    return Page(template="publishers.html", values={"publishers": archive.publishers()})


def about(archive: "Archive", _: Asked) -> Page:
    """What this archive is, and how much there is in it."""
    return Page(template="about.html", values={"state": archive.state()})


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month of the calendar."""

    number: int
    articles: int
    level: int
    """How much that is compared with the fullest month: 0 (nothing) to 4."""
    weeks: tuple[tuple[tuple[int, int, int] | None, ...], ...] = ()
    """Per week and day: the day's number, its articles, its level; None outside of the month."""


def days(archive: "Archive", _: Asked) -> Page:
    """The calendar: every year and month since the first day."""
    counts: Counter[tuple[int, int]] = Counter()
    for on, number in archive.days():
        counts[on.year, on.month] += number
    most = max(counts.values(), default=0)
    years = sorted({year for year, _ in counts}, reverse=True)
    calendars = [
        (year, [Month(number=m, articles=counts[year, m], level=_level(counts[year, m], most)) for m in range(1, 13)])
        for year in years
    ]
    return Page(template="days.html", values={"years": calendars})


def year(archive: "Archive", asked: Asked) -> Page:
    """The days of a year."""
    known = archive.days()
    years = sorted({on.year for on, _ in known})
    this = int(asked.path["year"])
    if this not in years:
        raise unfit(404, "not_found")
    counts = {(on.month, on.day): number for on, number in known if on.year == this}
    values = {
        "year": this,
        "counts": counts,
        "total": sum(counts.values()),
        "before_year": max((other for other in years if other < this), default=None),
        "after_year": min((other for other in years if other > this), default=None),
        "months_from": lambda first_weekday: _months(this, counts, first_weekday),
    }
    return Page(template="year.html", values=values)


def _months(year: int, counts: dict[tuple[int, int], int], first_weekday: int) -> list[Month]:
    most = max(counts.values())
    made = []
    for month in range(1, 13):
        weeks = calendar.Calendar(first_weekday).monthdayscalendar(year, month)
        cells = tuple(tuple(_cell(counts.get((month, on), 0), on, most) for on in week) for week in weeks)
        articles = sum(cell[1] for week in cells for cell in week if cell)
        made.append(Month(number=month, articles=articles, level=0, weeks=cells))
    return made


def _cell(articles: int, on: int, most: int) -> tuple[int, int, int] | None:
    return (on, articles, _level(articles, most)) if on else None


def _level(number: int, most: int) -> int:
    return 0 if not number else min(4, 1 + 4 * (number - 1) // max(1, most))


# --------------------------------------------------------------------------------------------- article


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A revision as its article's page shows it."""

    revision: Revision
    passages: tuple[Passage, ...]
    hidden: int
    """How many further passages changed."""


def article(archive: "Archive", asked: Asked) -> Page:
    """An article with what is known of it."""
    if not _ID.fullmatch(asked.path["id"]):
        raise unfit(404, "not_found")
    found = archive.article(asked.path["id"])
    values = {
        "article": found,
        "publisher": archive.publisher_name(found.publisher) or found.publisher_name or found.publisher,
        "paragraphs": [line for line in found.text.split("\n") if line.strip()],
        "pictures": archive.pictures(found),
        "readings": _readings(archive.revisions(found.id)),
        "description": excerpt(found.text, 200),
        "neighbours": _neighbours(archive, found),
        "text_direction": direction(found.language),
    }
    return Page(template="article.html", values=values)


def _neighbours(archive: "Archive", found: Article) -> list[Headline]:
    """Some older articles of the same publisher."""
    return archive.headlines(publisher=found.publisher, before=(found.dated_at, found.id), limit=5)


def _readings(revisions: Sequence[Revision]) -> list[Reading]:
    made = []
    for number, revision in enumerate(revisions):
        changed: tuple[Passage, ...] = ()
        if number:
            before = revisions[number - 1]
            changed = passages(before.title, revision.title) + passages(before.text, revision.text)
        shown = changed[:MOST_PASSAGES]
        made.append(Reading(revision=revision, passages=shown, hidden=len(changed) - len(shown)))
    return made


# ---------------------------------------------------------------------------------------------- search


def search(archive: "Archive", asked: Asked) -> Page:
    """What a search finds, or why it cannot be understood."""
    query = without_controls(asked.query.get("q", ""))
    if len(query) > MOST_QUERY:
        raise unfit(400, "query_long")
    order, page = _order(asked.query.get("order", "")), _page_number(asked.query.get("page", ""))
    values: dict[str, Any] = {"query": query, "order": order, "orders": ORDERS, "page": page, "results": None}
    if not query:
        return Page(template="search.html", values=values)
    try:
        results = archive.search(
            query, language=asked.language, order=order, limit=RESULTS, offset=(page - 1) * RESULTS, days=True
        )
    except QueryError as error:
        values |= {"reason": str(error), "position": error.position}
        return Page(template="search_failed.html", values=values, status=400)
    pages = min(MOST_PAGES, -(-results.total // RESULTS))
    if page > 1 and page > pages:
        raise unfit(404, "not_found")
    values |= {
        "results": results,
        "pages": pages,
        "names": {value: archive.publisher_name(value) for value, _ in results.facets.get("publisher", ())},
        "refine": lambda field, value: refined(query, field, value),
        "chart": chart(results.days),
        "facets": [(name, results.facets.get(name, ())) for name in ("language", "topic", "publisher")],
    }
    return Page(template="search.html", values=values)


def without_controls(query: str) -> str:
    """A query as a reader sees it."""
    return " ".join(_CONTROL.sub(" ", query).split())


def refined(query: str, field: str, value: str) -> str:
    """The search with one condition more, in the query language."""
    fit = value if re.fullmatch(r"[\w.-]+", value) else '"' + value.replace('"', " ") + '"'
    if query == "*":
        return f"{field}:{fit}"
    inside = f"({query})" if _OR.search(_GROUPS.sub("", query)) else query
    return f"{inside} {field}:{fit}"


def _order(text: str) -> Order:
    for order in ORDERS:
        if text in ("", order):
            return order
    raise unfit(400, "bad_request_text")


def _page_number(text: str) -> int:
    if not text:
        return 1
    if not _NUMBER.fullmatch(text) or int(text) > MOST_PAGES:
        raise unfit(400, "page")
    return int(text)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A month or year of a chart, in the chart's own units."""

    year: int
    month: int
    """0 when the bar is a year."""
    articles: int
    x: float
    y: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Chart:
    """How many articles were found over time."""

    bars: tuple[Bar, ...]
    bar_width: float
    is_by_year: bool
    first: date
    last: date


CHART_WIDTH, CHART_HEIGHT = 600, 90
MOST_MONTHS = 120


def chart(per_day: Sequence[tuple[date, int]]) -> Chart | None:
    """The bars for these counts: by month, or by year when there are more than ten years; None for less than two."""
    if not per_day:
        return None
    first, last = per_day[0][0], per_day[-1][0]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    is_by_year = months > MOST_MONTHS
    counts: Counter[int] = Counter()
    for on, number in per_day:
        counts[on.year - first.year if is_by_year else (on.year - first.year) * 12 + on.month - first.month] += number
    steps = last.year - first.year + 1 if is_by_year else months
    if steps < 2:
        return None
    step, most = CHART_WIDTH / steps, max(counts.values())
    bars = tuple(_bar(place, counts[place], first, is_by_year, step, most) for place in sorted(counts) if counts[place])
    return Chart(bars=bars, bar_width=round(max(1.0, step * 0.8), 2), is_by_year=is_by_year, first=first, last=last)


def _bar(place: int, articles: int, first: date, is_by_year: bool, step: float, most: int) -> Bar:
    months = first.month - 1 + place
    height = max(2.0, round(CHART_HEIGHT * articles / most, 1))
    return Bar(
        year=first.year + (place if is_by_year else months // 12),
        month=0 if is_by_year else months % 12 + 1,
        articles=articles,
        x=round(place * step, 2),
        y=round(CHART_HEIGHT - height, 1),
        height=height,
    )


# ------------------------------------------------------------------------------------- every page


def in_other_language(asked: Asked, other: str, path: str) -> str:
    """The same page with the interface in another language."""
    moved = "/" + other + quote(path.removeprefix(f"/{asked.language}"), safe="/:@")
    return f"{moved}?{urlencode(asked.query)}" if asked.query else moved
