"""Articles as rows of plain values, and rows as CSV and JSON lines: the same for exports, downloads and tables.

Text is cleaned alike in all forms: no control characters but line breaks and tabs, no lone surrogates.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import orjson

from rawi.model import Article

Value = str | int | float | bool | date | datetime | None
Row = dict[str, Value]

COLUMNS = (
    "id",
    "url",
    "canonical_url",
    "title",
    "publisher",
    "publisher_name",
    "authors",
    "published_on",
    "published_at",
    "modified_at",
    "language",
    "topic",
    "section",
    "credit",
    "captured_at",
    "text",
)
"""The columns of a row of an article, in order; only added to, never moved."""

_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠']")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")


def row(article: Article) -> Row:
    """An article as a flat row of `COLUMNS`; its authors are parted by "; "."""
    said = {name: getattr(article, name) for name in COLUMNS if name != "authors"}
    said["authors"] = "; ".join(article.authors)
    return {name: _clean(said[name]) for name in COLUMNS}


def _clean(value: Value) -> Value:
    return _NOT_TEXT.sub("", value) if isinstance(value, str) else value


def as_csv(names: Sequence[str], rows: Iterable[Iterable[Value]]) -> Iterator[bytes]:
    """A table as CSV (RFC 4180, UTF-8, CR LF), line by line, the names of its columns first.

    What a spreadsheet would take for a formula (a cell that begins with = + - @, a tab, a carriage return or a
    full-width form of these) begins with an apostrophe, and so does what began with one: `text_of` takes it off.
    Numbers and dates are written as they are, times in ISO form, nothing for None.
    """
    yield _line(names)
    for values in rows:
        yield _line([cell(value) for value in values])


def cell(value: Value) -> str:
    """A value as a cell of CSV that no spreadsheet runs."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        said = _NOT_TEXT.sub("", value)
        return f"'{said}" if _FORMULA.match(said) else said
    return str(value)


def text_of(cell: str) -> str:
    """The text that `cell` made a cell of."""
    return cell[1:] if cell.startswith("'") else cell


def _line(values: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue().encode("utf-8")


def as_json_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Rows as JSON lines: an object each, keys in their order, times in ISO form in UTC."""
    for one in rows:
        yield orjson.dumps(one, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)
