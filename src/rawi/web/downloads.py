"""Tables of a search or a comparison as files."""

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from rawi.core.rows import COLUMNS, Value, as_csv, as_json_lines, row
from rawi.errors import BadInput
from rawi.web.attended import CSV_HEAD, csv_rows
from rawi.web.comparing import Compared, compared
from rawi.web.pages import FACETS, Asked, Download, Searched, Stream, line_names, searched

if TYPE_CHECKING:
    from rawi.archive import Archive

_PIECE = 64 * 1024


def days(archive: "Archive", asked: Asked) -> Download:
    """The attention to a search, by day unless another period is asked for."""
    one = searched(asked)
    period = one.period if asked.query.get("period") else "day"
    found = archive.attention(one.query or "*", by=one.by, period=period, **_said(one)).attention
    names = line_names(archive, found, one.language, one.query)
    return _file("days", CSV_HEAD, csv_rows(found, names))


def facets(archive: "Archive", asked: Asked) -> Download:
    """How many articles of a search there are by each field."""
    one = searched(asked)
    found = archive.search(one.query or "*", limit=0, facets=FACETS, **_said(one)).facets
    rows: list[tuple[Value, ...]] = [
        (field, value, archive.publisher_name(value) if field == "publisher" else value, articles)
        for field in FACETS
        for value, articles in found.get(field, ())
    ]
    return _file("facets", ("field", "value", "name", "articles"), rows)


def articles_csv(archive: "Archive", asked: Asked) -> Stream:
    """All articles that a search finds, as a table."""
    one = searched(asked)
    found = archive.everything(one.query or "*", **_said(one))
    lines = as_csv(COLUMNS, (row(article).values() for article in found.articles))
    return Stream(
        name="articles.csv",
        media_type="text/csv; charset=utf-8",
        articles=found.total,
        parts=_together(chain((BOM_UTF8,), lines)),
    )


def articles_jsonl(archive: "Archive", asked: Asked) -> Stream:
    """All articles that a search finds, an object a line."""
    one = searched(asked)
    found = archive.everything(one.query or "*", **_said(one))
    lines = as_json_lines(map(row, found.articles))
    return Stream(name="articles.jsonl", media_type="application/jsonl", articles=found.total, parts=_together(lines))


def _together(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Lines in pieces worth sending."""
    waiting: list[bytes] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= _PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def compared_days(archive: "Archive", asked: Asked) -> Download:
    """The attention to searches side by side."""
    one = compared(asked)
    period = one.period if asked.query.get("period") else "day"
    found = archive.compare(_whole(one), period=period, **_said(one)).attention
    return _file("compare", CSV_HEAD, csv_rows(found, one.queries))


def words(archive: "Archive", asked: Asked) -> Download:
    """The words that set searches apart."""
    one = compared(asked)
    sides = archive.compare(_whole(one), **_said(one)).sides
    rows: list[tuple[Value, ...]] = [
        (side.asked, place, apart.word, round(apart.z, 4), apart.times, apart.others, apart.texts, side.texts)
        for side in sides
        for place, apart in enumerate(side.words, 1)
    ]
    head = ("query", "place", "word", "z", "times", "times_elsewhere", "articles_with_it", "articles_read")
    return _file("words", head, rows)


def _whole(one: Compared) -> tuple[str, ...]:
    if one.too_long or not one.is_enough:
        raise BadInput("two to four searches can be compared, none of them too long")
    return one.queries


def _said(one: Searched | Compared) -> dict[str, Any]:
    """No bound of time: a file is whole, or there is none."""
    return {"language": one.language, "exact": one.exact, "names": one.names}


def _file(name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> Download:
    """A table behind a byte order mark, without which spreadsheets take Arabic for something else."""
    body = BOM_UTF8 + b"".join(as_csv(head, rows))
    return Download(name=f"{name}.csv", media_type="text/csv; charset=utf-8", body=body)
