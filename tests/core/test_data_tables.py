"""Tables of figures inside an article are text of it; those around it are not."""

import pytest

from tests.core.test_body import PARAGRAPHS, paragraphs, read, why

ROWS = [("Islanders", "78"), ("Harbour FC", "71")]
TABLE = "<table>{head}" + "".join(f"<tr><td>{name}</td><td>{points}</td></tr>" for name, points in ROWS) + "</table>"
HEAD = "<tr><th>Team</th><th>Points</th></tr>"
SAID = [" | ".join(row) for row in ROWS]


@pytest.mark.parametrize("around", ["{}", "<figure><div class=scroll>{}</div></figure>"])
def test_a_table_in_the_article_is_text(around: str) -> None:
    found = read(paragraphs(*PARAGRAPHS) + around.format(TABLE.format(head=HEAD)))
    assert found.text.split("\n") == [*PARAGRAPHS, "Team | Points", *SAID]
    assert why(found, "Islanders") == "a cell of a table in the article"


def test_a_column_of_figures_makes_a_table_without_a_head_one_of_data() -> None:
    assert read(paragraphs(*PARAGRAPHS) + TABLE.format(head="")).text.split("\n") == [*PARAGRAPHS, *SAID]


@pytest.mark.parametrize(
    "table",
    [
        f"<aside>{TABLE.format(head=HEAD)}</aside>",
        f"<div class=newsletter>{TABLE.format(head=HEAD)}</div>",
        "<table><tr><th><a href=/1>Ferry</a></th><td><a href=/2>8</a></td></tr><tr><td><a href=/3>Sea</a></td></table>",
        "<table><tr><td>Name</td><td>Address</td></tr><tr><td>Send</td><td>Cancel</td></tr></table>",
    ],
)
def test_other_tables_are_none(table: str) -> None:
    assert read(paragraphs(*PARAGRAPHS) + table).text.split("\n") == PARAGRAPHS
