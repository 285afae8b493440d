"""Charts: well formed, and equal to the table behind them."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from rawi.core.attention import Attention, Counted, Watch, series
from rawi.web.attended import MOST_DRAWN, csv_rows, drawn, share, texts_of
from rawi.web.charts import HEIGHT, Wording, ceiling, chart, marker
from rawi.web.render import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 6, 15)
FIRST = date(2026, 1, 1)
BASE, TOP = 176, 16


def attention(*counts: list[int], all: int = 0, watches: tuple[Watch, ...] = ()) -> Attention:
    lines = [
        Counted(
            key=str(at),
            days=[(FIRST + timedelta(days=day), number) for day, number in enumerate(line)],
            all=[(FIRST + timedelta(days=day), all) for day in range(len(line))],
            watches=watches,
        )
        for at, line in enumerate(counts)
    ]
    return series(lines, period="day", since=FIRST, until=FIRST + timedelta(days=len(counts[0]) - 1), today=TODAY)


def wording(text: str = "x") -> Wording:
    return Wording(
        title=text,
        description=text,
        value=lambda value: f"{value:g}",
        slot=lambda slot: f"{text} {slot.first}",
        tick=lambda slot: f"{text} {slot.first}",
    )


def read(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def heights(svg: str) -> list[float]:
    return [float(bar.get("height", "")) for bar in read(svg).findall(f"{SVG}g[@class='bars']/{SVG}rect")]


def test_bars_are_as_high_as_their_numbers() -> None:
    svg = chart(attention([10, 0, 5, 20]), wording())
    assert heights(svg) == [80, 40, 160]
    titles = [title.text for title in read(svg).findall(f".//{SVG}rect/{SVG}title")]
    assert titles == ["x 2026-01-01: 10", "x 2026-01-03: 5", "x 2026-01-04: 20"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_share", [False, True])
def test_the_table_has_the_numbers_that_are_drawn(language: str, is_share: bool) -> None:
    counts = [3, 0, 12, 7, 1, 0, 0, 9]
    found = attention(counts, all=40)
    shown = drawn(found, language, ["ferry"], is_share=is_share)
    assert shown
    assert [int(row.cells[0][0]) for row in shown.rows] == counts
    assert [row.cells[0][1] for row in shown.rows] == [share(texts_of(language), number / 40) for number in counts]
    top = 0.5 if is_share else 20
    part = 40 if is_share else 1
    expected = [(BASE - TOP) * number / part / top for number in counts if number]
    assert heights(shown.svg) == pytest.approx(expected, abs=0.01)
    written = [row.cells[0][1 if is_share else 0] for row in shown.rows if row.cells[0][0] != "0"]
    titles = [str(title.text) for title in read(shown.svg).findall(f".//{SVG}rect/{SVG}title")]
    assert [title.rpartition(": ")[2] for title in titles] == written


def test_lines_go_through_their_numbers() -> None:
    svg = read(chart(attention([10, 0, 20], [20, 20, 0]), wording()))
    lines = [line.get("points", "").split() for line in svg.iter(f"{SVG}polyline")]
    assert [[float(point.split(",")[1]) for point in line] for line in lines] == [[96, 176, 16], [16, 16, 176]]
    marks = [(mark.get("href"), float(mark.get("y", ""))) for mark in svg.iter(f"{SVG}use")]
    assert marks == [("#m0", 96), ("#m0", 176), ("#m0", 16), ("#m1", 16), ("#m1", 16), ("#m1", 176)]
    assert [text.text for text in svg.iter(f"{SVG}text") if text.get("class") == "letter"] == ["A", "B"]


def test_a_line_does_not_reach_over_what_is_not_known() -> None:
    lines = [
        Counted(key=key, days=[(FIRST, 1), (FIRST + timedelta(days=3), 1)], all=[(FIRST, 2), (FIRST + timedelta(3), 2)])
        for key in "ab"
    ]
    svg = read(chart(series(lines, period="day", today=TODAY), wording(), is_share=True))
    assert not list(svg.iter(f"{SVG}polyline"))
    assert len(list(svg.iter(f"{SVG}use"))) == 4


def test_letters_of_lines_that_end_together_stand_apart() -> None:
    svg = read(chart(attention(*([5, 0] for _ in range(7))), wording()))
    places = sorted(float(text.get("y", "")) for text in svg.iter(f"{SVG}text") if text.get("class") == "letter")
    assert len(places) == 7
    assert all(after - before >= 14 for before, after in pairwise(places))
    assert places[-1] <= HEIGHT


def test_gaps_are_hatched() -> None:
    watch = Watch(
        publisher="a",
        since=FIRST,
        until=FIRST + timedelta(days=3),
        gaps=((FIRST, "silent"), (FIRST + timedelta(days=2), "unreachable")),
    )
    heard = Watch(publisher="b", since=FIRST + timedelta(days=2), until=FIRST + timedelta(days=9), gaps=())
    heard_too = Watch(publisher="c", since=FIRST + timedelta(days=2), until=FIRST + timedelta(days=9), gaps=())
    found = attention([1, 1, 1, 1], watches=(watch, heard, heard_too))
    svg = read(chart(found, wording()))
    assert [rect.get("x") for rect in svg.iter(f"{SVG}rect") if rect.get("class") == "gap"] == ["0%"]
    strips = [
        (rect.get("x"), float(rect.get("height", "")))
        for rect in svg.iter(f"{SVG}rect")
        if rect.get("class") == "missing"
    ]
    assert strips == [("0%", 10), ("50%", 3.33)]
    shown = drawn(found, "en", ["ferry"])
    assert shown
    assert [row.missing for row in shown.rows] == ["silent 1", "0", "unreachable 1", "0"]


HOSTILE = ["<script>alert(1)</script>", '"><g onload="x">', "]]>&amp;&", "\u202ex\x00\x1b\ud800", "'", "{x} %s", "🙂"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("counts", [([3, 1],), ([3, 1], [1, 2])])
def test_hostile_words_stay_words(text: str, counts: tuple[list[int], ...]) -> None:
    svg = read(chart(attention(*counts), wording(text)))
    assert not svg.xpath("//*[local-name()='script'] | //@onload | //@style")
    title = svg.findtext(f"{SVG}title")
    assert title is not None
    assert not re.search("[\u202a-\u202e\x00-\x08]", title)
    if text.isprintable():
        assert title == text


def test_a_chart_can_be_read_without_seeing_it() -> None:
    svg = read(drawn(attention([3, 1]), "en", ["ferry"]).svg)  # type: ignore[union-attr]
    assert svg.get("role") == "img"
    named = {element.get("id"): element.text for element in svg.iter() if element.get("id")}
    title, described = (named[key] for key in svg.get("aria-labelledby", "").split())
    assert title == "Articles a day"
    assert "Highest: 3, 1 January 2026." in str(described)


def test_words_along_the_axis_run_as_their_language_does() -> None:
    for language, direction, anchor in (("ar", "rtl", "end"), ("en", None, "start")):
        svg = read(drawn(attention([3, 1, 1]), language, ["ferry"]).svg)  # type: ignore[union-attr]
        first = next(text for text in svg.iter(f"{SVG}text") if text.get("class") == "tick")
        assert (first.get("x"), first.get("direction"), first.get("text-anchor")) == ("0%", direction, anchor)


def test_nothing_is_not_drawn() -> None:
    nothing = series([Counted(key="", days=(), all=())], today=TODAY)
    assert chart(nothing, wording()) == ""
    assert drawn(nothing, "en", ["x"]) is None
    assert csv_rows(nothing, ["x"]) == []


@pytest.mark.parametrize(
    ("most", "is_share", "top"),
    [
        (0, False, 2), (1, False, 2), (2, False, 2), (3, False, 5), (10, False, 10), (11, False, 20),
        (999, False, 1000), (1_000_001, False, 2_000_000),
        (0.03, True, 0.05), (0.2, True, 0.2), (0.6, True, 1), (1, True, 1), (0.0001, True, 0.0001),
    ],
)  # fmt: skip
def test_charts_reach_up_to_a_round_number(most: float, is_share: bool, top: float) -> None:
    assert ceiling(most, is_share) == pytest.approx(top)


@settings(max_examples=60)
@given(
    st.lists(st.lists(st.integers(0, 10**6), min_size=1, max_size=MOST_DRAWN), min_size=1, max_size=7),
    st.booleans(),
    st.sampled_from(LANGUAGES),
)
def test_any_chart_is_well_formed_and_inside_of_itself(lines: list[list[int]], is_share: bool, language: str) -> None:
    long = max(map(len, lines))
    found = attention(*(line + [0] * (long - len(line)) for line in lines), all=10**6)
    shown = drawn(found, language, [str(at) for at in range(len(lines))], is_share=is_share)
    if shown is None:
        assert not any(map(any, lines))
        return
    for element in read(shown.svg).iter():
        for name in ("y", "y1", "y2"):
            assert 0 <= float(element.get(name, "0").rstrip("%")) <= HEIGHT
        for name in ("x", "x1", "x2", "width"):
            assert 0 <= float(element.get(name, "0").rstrip("%")) <= 100.01


def test_every_line_has_a_sign() -> None:
    assert len({str(marker(at)) for at in range(7)}) == 7
    for at in range(7):
        etree.fromstring(marker(at))
