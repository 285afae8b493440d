import csv
from io import StringIO

import pytest

from rawi.web.tables import csv_of


def rows(body: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(body.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        '=HYPERLINK("http://x")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_no_text_is_a_formula(text: str) -> None:
    assert rows(csv_of(("a", "b"), [(text, 1)])) == [["a", "b"], [f"'{text}", "1"]]


def test_all_else_is_as_it_was() -> None:
    given = ("القاهرة", 'a "b", c', "two\nlines", 3, 0.25, True, None, "")
    expected = ["القاهرة", 'a "b", c', "two\nlines", "3", "0.25", "yes", "", ""]
    body = csv_of([str(at) for at in range(len(given))], [given])
    assert rows(body)[1] == expected
    assert body.startswith("\ufeff".encode())


def test_halves_of_characters_and_nothing_characters_do_no_harm() -> None:
    assert rows(csv_of(("a",), [("x\x00y\ud800",)]))[1] == ["xy?"]
