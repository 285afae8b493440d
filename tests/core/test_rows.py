"""Articles as rows, and rows as files that spreadsheets and scripts read."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import rows
from tests.hostile_queries import HOSTILE
from tests.jobs.test_index import ARTICLES

TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("=+-@'\t\r\n,;\"＝＠")))


def read_back(lines: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(lines.decode("utf-8"), newline="")))


def test_a_row_has_all_columns_in_order() -> None:
    one = rows.row(ARTICLES[0])
    assert tuple(one) == rows.COLUMNS
    assert (one["authors"], one["published_on"]) == ("Dana Kettani", date(2025, 3, 1))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+1-2 goals", "'+1-2 goals"),
        ("-5 degrees", "'-5 degrees"),
        ("@SUM(1+1)*cmd|' /C calc'!A0", "'@SUM(1+1)*cmd|' /C calc'!A0"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("'quoted' words", "''quoted' words"),
        ("\x00=1", "'=1"),
        ("a=b", "a=b"),
        ("", ""),
        (None, ""),
        (-5, "-5"),
        (date(2025, 3, 1), "2025-03-01"),
        (datetime(2025, 3, 1, 9, tzinfo=UTC), "2025-03-01T09:00:00+00:00"),
    ],
)
def test_no_cell_is_a_formula(value: rows.Value, expected: str) -> None:
    assert rows.cell(value) == expected


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_a_table_comes_back_as_it_was(table: list[list[str]]) -> None:
    lines = b"".join(rows.as_csv(["a", "b"], table))
    head, *read = read_back(lines)
    assert head == ["a", "b"]
    kept = [[str(rows._clean(value)) for value in values] for values in table]
    assert [[rows.text_of(cell) for cell in values] for values in read] == kept
    assert not any(cell.startswith(tuple("=+-@\t\r＝＋－＠")) for values in read for cell in values)


def test_hostile_texts_come_back_from_every_form() -> None:
    articles = [replace(ARTICLES[0], title=text, text=f"x {text}") for text in HOSTILE]
    wanted = [rows.row(one)["title"] for one in articles]
    lines = b"".join(rows.as_csv(rows.COLUMNS, (rows.row(one).values() for one in articles)))
    place = rows.COLUMNS.index("title")
    assert [rows.text_of(values[place]) for values in read_back(lines)[1:]] == wanted
    objects = [json.loads(line) for line in rows.as_json_lines(map(rows.row, articles))]
    assert [one["title"] for one in objects] == wanted
