"""What each page shows: from what a reader asks for to the name of a template and its values."""

import calendar
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException

from rawi.core.attention import PERIODS, Attention
from rawi.core.sections import SECTIONS
from rawi.errors import QueryError
from rawi.jobs.attention import OTHERS, By
from rawi.jobs.attention import Asked as AskedPeriod
from rawi.model import Article, Headline, Order, Revision
from rawi.web.attended import MOST_DRAWN, MOST_OF_LINES, drawn, texts_of
from rawi.web.changes import Passage, passages
from rawi.web.conditions import conditions, narrowed, refined
from rawi.web.render import address, direction

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

SECONDS = 5.0
"""That the index may take for one look at a search."""
FACETS = ("publisher", "language", "topic", "author")

ORDERS: tuple[Order, ...] = ("relevance", "newest", "oldest")

_ID = re.compile(r"[0-9a-f]{20}")
_CURSOR = re.compile(r"(\d{8}T\d{6}\.\d{6})Z-([0-9a-f]{20})", re.ASCII)
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader asks for: a page, in a language of the interface."""

    language: str
    path: dict[str, str]
    """The parts of the address that the route names."""
    query: dict[str, str]
    repeated: tuple[tuple[str, str], ...] = ()
    """What stands behind the question mark, in order: a name may come several times."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the answer is made from."""

    template: str
    values: dict[str, Any]
    status: int = 200


@dataclass(frozen=True, kw_only=True)
class Download:
    """A file that is made from the archive."""

    name: str
    media_type: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Stream:
    """A file that is made as it is sent: it may be as large as the archive."""

    name: str
    media_type: str
    articles: int
    """How many are in it: whoever gets fewer knows that it was cut off."""
    parts: Iterator[bytes]


Make = Callable[["Archive", Asked], Page | Download | Stream]


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


@dataclass(frozen=True, kw_only=True)
class Searched:
    """What a reader asks of a search, and how it is to be shown."""

    language: str
    query: str
    order: Order
    page: int
    exact: bool
    names: bool
    by: By
    period: AskedPeriod
    is_share: bool

    def address(self, path: str = "search", **changes: str | int) -> str:
        """The address of this search with something changed; what is as usual is left out."""
        usual: dict[str, str | int] = {
            "q": self.query,
            "order": "" if self.order == "relevance" else self.order,
            "exact": 1 if self.exact else "",
            "names": "" if self.names else 0,
            "by": self.by,
            "period": "" if self.period == "auto" else self.period,
            "show": "share" if self.is_share else "",
        }
        return address(self.language, *path.split("/"), **(usual | changes))


def searched(asked: Asked) -> Searched:
    """Reads what is asked of a search; an error of the request when some of it cannot be."""
    query = cleaned(asked.query.get("q", ""))
    if len(query) > MOST_QUERY:
        raise unfit(400, "query_long")
    by, period, show = (asked.query.get(name, "") for name in ("by", "period", "show"))
    if by not in ("", "publisher") or period not in ("", "auto", *PERIODS) or show not in ("", "share"):
        raise unfit(400, "bad_request_text")
    return Searched(
        language=asked.language,
        query=query,
        order=_order(asked.query.get("order", "")),
        page=_page_number(asked.query.get("page", "")),
        exact=asked.query.get("exact", "") not in ("", "0"),
        names=asked.query.get("names", "1") != "0",
        by=cast(By, by),
        period=cast(AskedPeriod, period or "auto"),
        is_share=bool(show),
    )


def cleaned(query: str) -> str:
    """A query without what no reader types."""
    return " ".join(_CONTROL.sub(" ", query).split())


def search(archive: "Archive", asked: Asked) -> Page:
    """What a search finds, or why it cannot be understood."""
    one = searched(asked)
    query, page = one.query, one.page
    values: dict[str, Any] = {"query": query, "one": one, "orders": ORDERS, "page": page, "results": None}
    if not query:
        return Page(template="search.html", values=values)
    said: dict[str, Any] = {"language": one.language, "exact": one.exact, "names": one.names, "seconds": SECONDS}
    try:
        results = archive.search(
            query, order=one.order, limit=RESULTS, offset=(page - 1) * RESULTS, facets=FACETS, **said
        )
        attended = archive.attention(
            query, by=one.by, period=one.period, most=MOST_OF_LINES if one.by else MOST_DRAWN, **said
        )
    except QueryError as error:
        values |= {"reason": str(error), "position": error.position}
        return Page(template="search_failed.html", values=values, status=400)
    pages = min(MOST_PAGES, -(-results.total // RESULTS))
    if page > 1 and page > pages and not results.is_partial:
        raise unfit(404, "not_found")
    names = {value: archive.publisher_name(value) for value, _ in results.facets.get("publisher", ())}
    values |= {
        "results": results,
        "pages": pages,
        "names": names,
        "refine": lambda field, value: refined(query, field, value),
        "narrow": lambda condition: narrowed(query, condition),
        "conditions": conditions(query, one.language, exact=one.exact, names=one.names),
        "publisher_name": archive.publisher_name,
        "is_partial": results.is_partial or attended.is_partial,
        "undated": attended.undated,
        "drawn": drawn(
            attended.attention,
            one.language,
            line_names(archive, attended.attention, one.language, query),
            is_share=one.is_share,
        ),
        "facets": [(name, results.facets.get(name, ())) for name in FACETS],
    }
    return Page(template="search.html", values=values)


def line_names(archive: "Archive", attention: Attention, language: str, query: str) -> list[str]:
    """What the lines of an answer are called: publishers by their names, the only line by what was asked."""
    others = texts_of(language).texts["chart"]["others"]
    return [
        others if line.key == OTHERS else archive.publisher_name(line.key) if line.key else query
        for line in attention.lines
    ]


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


# ------------------------------------------------------------------------------------- every page


def in_other_language(asked: Asked, other: str, path: str) -> str:
    """The same page with the interface in another language."""
    moved = "/" + other + quote(path.removeprefix(f"/{asked.language}"), safe="/:@")
    said = asked.repeated or tuple(asked.query.items())
    return f"{moved}?{urlencode(said)}" if said else moved
