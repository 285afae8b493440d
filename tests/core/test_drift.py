"""Drift: what is said, what is not, and how often it is said of pages that have not changed."""

from dataclasses import replace
from math import comb

import pytest

from rawi.core.drift import (
    FALSE_ALARMS,
    PAST,
    RECENT,
    Drift,
    Seen,
    Watched,
    as_many_by_chance,
    drifts,
    more_by_chance,
)
from rawi.core.recipes import Expectations

GOOD = Seen(address="", date=True, author=True, section=True, picture=True, characters=3000)


def articles(*runs: tuple[int, dict[str, object]]) -> tuple[Seen, ...]:
    """The newest first: so many of each kind."""
    kinds = [change for count, change in runs for _ in range(count)]
    return tuple(replace(GOOD, address=f"a{n}", **change) for n, change in enumerate(kinds))  # type: ignore[arg-type]


def said(**watched: object) -> list[str]:
    return [found.what for found in drifts([Watched(publisher="harbour", **watched)])]  # type: ignore[arg-type]


BEFORE = (RECENT, {}), (PAST, {})


def test_pages_that_are_as_they_were_are_not_spoken_of() -> None:
    assert said(articles=articles(*BEFORE), pages=tuple((f"a{n}", True) for n in range(RECENT + PAST))) == []
    assert said() == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"author": False}, "without an author"),
        ({"date": False}, "without a date"),
        ({"picture": False}, "without a picture"),
        ({"section": False}, "without a section"),
        ({"characters": 1200}, "less than half as long as usual"),
        ({"characters": 7000}, "more than twice as long as usual"),
    ],
)
def test_what_the_newest_lost_is_said(change: dict[str, object], what: str) -> None:
    assert said(articles=articles((RECENT, change), (PAST, {}))) == [what]
    assert said(articles=articles((RECENT, {}), (PAST, change))) in ([], _other_way(what))


def _other_way(what: str) -> list[str]:
    lengths = ["less than half as long as usual", "more than twice as long as usual"]
    return [other for other in lengths if what in lengths and other != what]


def test_a_fall_is_told_with_its_shares_and_examples() -> None:
    lost = {"author": False}
    [found] = drifts([Watched(publisher="harbour", articles=articles((4, {}), (36, lost), (190, {}), (10, lost)))])
    assert found == Drift(
        publisher="harbour",
        what="without an author",
        having=36,
        of=40,
        usual=0.05,
        is_expected=False,
        examples=("a4", "a5", "a6"),
    )


def test_pages_that_are_rejected_more_often_are_said() -> None:
    pages = tuple((f"a{n}", n >= RECENT) for n in range(RECENT + PAST))
    assert said(pages=pages) == ["rejected: no articles"]
    assert said(pages=pages[::-1]) == []


def test_a_small_fall_and_few_articles_are_not_spoken_of() -> None:
    lost = {"author": False}
    assert said(articles=articles((7, lost), (RECENT - 7, {}), (PAST, {}))) == []
    assert said(articles=articles((19, lost), (38, {}))) == []
    assert said(articles=articles((20, lost), (40, {}))) == ["without an author"]


def test_what_a_recipe_expects_stands_in_place_of_the_past() -> None:
    lost = articles((RECENT, {"author": False}), (PAST, {}))
    assert said(articles=lost, expect=Expectations(author=0.0), expected=RECENT) == []
    never = articles((RECENT + PAST, {"author": False}))
    assert said(articles=never) == []
    assert said(articles=never, expect=Expectations(author=0.9), expected=RECENT) == ["without an author"]
    assert said(articles=never, expect=Expectations(author=0.9), expected=9) == []


@pytest.mark.parametrize(
    ("characters", "what"),
    [(499, ["shorter than 500 characters"]), (500, []), (4000, []), (4001, ["longer than 4,000 characters"])],
)
def test_the_length_that_a_recipe_expects(characters: int, what: list[str]) -> None:
    read = articles((RECENT + PAST, {"characters": characters}))
    assert said(articles=read, expect=Expectations(characters=(500, 4000)), expected=RECENT) == what


def test_more_publishers_make_each_comparison_stricter() -> None:
    lost = Watched(
        publisher="lost", articles=articles((11, {"author": False}), (29, {}), (190, {}), (10, {"author": False}))
    )
    assert [found.publisher for found in drifts([lost])] == ["lost"]
    assert drifts([lost] * 1000) == []


def binomial(k: int, n: int, share: float) -> float:
    return comb(n, k) * share**k * (1 - share) ** (n - k)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.8])
def test_false_alarms_are_as_rare_as_is_said(share: float) -> None:
    """Over everything that can come out when nothing has changed, a comparison at a level is wrong no more often."""
    for level in (FALSE_ALARMS, 0.05):
        wrong = sum(
            binomial(having, 20, share) * binomial(had, 60, share)
            for had in range(61)
            for having in range(21)
            if more_by_chance(having, 20, had, 60) <= level
        )
        assert 0 < wrong <= level or share == 0.02
        expected = sum(binomial(k, 40, share) for k in range(41) if as_many_by_chance(k, 40, share) <= level)
        assert 0 < expected <= level


def test_chances() -> None:
    assert more_by_chance(0, 5, 3, 5) == 1
    assert more_by_chance(3, 3, 0, 3) == pytest.approx(1 / 20)
    assert as_many_by_chance(2, 2, 0.5) == 0.25
    assert as_many_by_chance(0, 3, 0.0) == 1
    assert as_many_by_chance(1, 3, 0.0) == 0
