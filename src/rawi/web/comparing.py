"""The page that shows searches side by side."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from rawi.core import query as queries
from rawi.core.attention import PERIODS
from rawi.errors import QueryError
from rawi.jobs.attention import Asked as AskedPeriod
from rawi.jobs.compare import LEAST_SIDES, MOST_SIDES
from rawi.web.attended import MOST_OF_LINES, drawn, lag, share, texts_of
from rawi.web.charts import LETTERS
from rawi.web.pages import MOST_QUERY, SECONDS, Asked, Page, cleaned, unfit

if TYPE_CHECKING:
    from rawi.archive import Archive


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What a reader asks to be compared, and how it is to be shown."""

    language: str
    queries: tuple[str, ...]
    is_cut: bool
    """Whether there were more than can be compared."""
    exact: bool
    names: bool
    period: AskedPeriod
    is_share: bool

    @property
    def too_long(self) -> frozenset[int]:
        """The places of those that are too long."""
        return frozenset(at for at, query in enumerate(self.queries) if len(query) > MOST_QUERY)

    @property
    def is_enough(self) -> bool:
        """Whether there is anything to compare."""
        return len(self.queries) >= LEAST_SIDES

    def address(self, path: str = "compare", **changes: str) -> str:
        """The address of this comparison with something changed; what is as usual is left out."""
        said = {
            "exact": "1" if self.exact else "",
            "names": "" if self.names else "0",
            "period": "" if self.period == "auto" else self.period,
            "show": "share" if self.is_share else "",
        } | changes
        pairs = [("q", query) for query in self.queries] + [(name, value) for name, value in said.items() if value]
        return f"/{self.language}/{path}?{urlencode(pairs)}"


def compared(asked: Asked) -> Compared:
    """Reads what is to be compared; an error of the request when it says something else than the page's form can."""
    given = [query for name, text in asked.repeated if name == "q" and (query := cleaned(text))]
    period, show = asked.query.get("period", ""), asked.query.get("show", "")
    if period not in ("", "auto", *PERIODS) or show not in ("", "share"):
        raise unfit(400, "bad_request_text")
    return Compared(
        language=asked.language,
        queries=tuple(given[:MOST_SIDES]),
        is_cut=len(given) > MOST_SIDES,
        exact=asked.query.get("exact", "") not in ("", "0"),
        names=asked.query.get("names", "1") != "0",
        period=cast(AskedPeriod, period or "auto"),
        is_share=bool(show),
    )


def compare(archive: "Archive", asked: Asked) -> Page:
    """Searches side by side; or the form, with what is wrong beside the search that it is wrong with."""
    one = compared(asked)
    mistakes = {at: mistake for at in range(len(one.queries)) if (mistake := _mistake(one, at))}
    values: dict[str, Any] = {
        "one": one,
        "letters": LETTERS[:MOST_SIDES],
        "mistakes": mistakes,
        "most_query": MOST_QUERY,
        "found": None,
        "query": "",
    }
    if mistakes or not one.is_enough:
        return Page(template="compare.html", values=values, status=400 if mistakes else 200)
    found = archive.compare(
        one.queries,
        period=one.period,
        language=one.language,
        exact=one.exact,
        names=one.names,
        seconds=SECONDS,
        most=MOST_OF_LINES,
    )
    texts = texts_of(one.language)
    languages = {side.language for side in found.sides if side.language}
    values |= {
        "found": found,
        "drawn": drawn(found.attention, one.language, one.queries, is_share=one.is_share),
        "publisher_name": archive.publisher_name,
        "lag": lambda behind: lag(texts, behind),
        "share": lambda part, whole: share(texts, part / whole if whole else None),
        "score": lambda z: f"{z:.1f}".replace(".", texts.texts["language"]["decimal"]),
        "is_many_tongued": len(languages) > 1,
        "has_words": any(side.words for side in found.sides),
    }
    return Page(template="compare.html", values=values)


def _mistake(one: Compared, at: int) -> tuple[str, int] | None:
    """What is wrong with a search, and where; an empty text for one that is too long."""
    if at in one.too_long:
        return "", 0
    try:
        queries.parse(one.queries[at], one.language, exact=one.exact, names=one.names)
    except QueryError as error:
        return str(error), error.position
    return None
