"""What several readings of an address come to, in whatever order they arrive."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations

from rawi.core.extract import article
from rawi.core.revisions import settle
from rawi.model import Article


def reading(day: int, text: str, title: str = "Ferry collides", on: date | None = None) -> Article:
    at = datetime(2025, 3, day, tzinfo=UTC)
    made = article("https://x.example/a", captured_at=at, capture=f"c{day}", title=title, text=text)
    return replace(made, published_on=on, published_at=None)


FOUR = reading(14, "Four are missing.", on=date(2025, 3, 14))
SAME = reading(15, "Four  are missing. ")
SEVEN = reading(16, "Seven are missing.")
BACK = reading(17, "Four are missing.")


def test_one_reading_is_the_article_and_no_revision() -> None:
    assert settle([FOUR]) == (FOUR, [])


def test_readings_that_say_the_same_are_no_revision() -> None:
    article, revised = settle([FOUR, SAME])
    assert (article.capture, revised) == ("c14", [])


def test_every_order_of_arrival_comes_to_the_same() -> None:
    expected = settle([FOUR, SAME, SEVEN, BACK])
    assert [(r.number, r.capture, r.text) for r in expected[1]] == [
        (1, "c14", "Four are missing."),
        (2, "c16", "Seven are missing."),
        (3, "c17", "Four are missing."),
    ]
    for order in permutations([FOUR, SAME, SEVEN, BACK]):
        assert settle(order) == expected


def test_the_article_is_the_latest_reading_at_the_place_of_the_first() -> None:
    article, _ = settle([SEVEN, FOUR])
    assert (article.text, article.published_on, article.dated_at) == (
        "Seven are missing.",
        FOUR.published_on,
        FOUR.dated_at,
    )


def test_a_changed_headline_alone_is_a_revision() -> None:
    _, revised = settle([FOUR, replace(FOUR, capture="c18", captured_at=BACK.captured_at, title="Ferry sinks")])
    assert [r.title for r in revised] == ["Ferry collides", "Ferry sinks"]
