"""Tags with floods of attributes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import markup
from rawi.core.markup import MOST_ATTRIBUTES


def without_floods(page: str) -> str:
    return markup.without_floods(page.encode()).decode()


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>a < b && c > d</p>",
        '<a href="x>y" title=\'it"s\'>z</a>',
        '<img src="data:image/png;base64,' + "A" * 100_000 + '">',
        '<div data-json="' + "{ } " * 5000 + '">x</div>',
        "<p " + " ".join(f"a{n}" for n in range(MOST_ATTRIBUTES - 2)) + " >x</p>",
        '<a href="/x/"">a stray quote opens nothing</a>' + '<p class="b c">x</p> ' * MOST_ATTRIBUTES,
        '<script>if (a<b) { c = "<p a=\'" }</script><p>x</p>',
    ],
)
def test_real_pages_stay_as_they_are(page: str) -> None:
    assert without_floods(page) == page


@pytest.mark.parametrize("value", ["", "=1", '="<b>"', "='\"'"])
def test_a_flood_is_taken_away_and_the_rest_stays(value: str) -> None:
    flood = " ".join(f"a{number}{value}" for number in range(50_000))
    assert without_floods(f"<b>1</b><p {flood}>2</p><i>3</i>") == "<b>1</b><p>2</p><i>3</i>"


@given(st.text(alphabet="<>\"'ab =/", max_size=80))
def test_short_pages_are_never_changed(page: str) -> None:
    assert without_floods(page) == page


@pytest.mark.parametrize(
    ("bait", "left"),
    [
        ('<a "', "<a>"),
        ("<a '", "<a>"),
        ("<a b=\"'", "<a>"),
        ("<a", None),
        ("<a <", "<a>"),
        ("<a \"'", "<a>"),
        ("<!--", None),
        ("<a b ", "<a>"),
    ],
)
def test_bait_is_one_tag_to_its_end_or_none(bait: str, left: str | None) -> None:
    """What is one tag is read in one pass, because no part of it is looked at as the beginning of another."""
    page = bait * 500_000
    assert without_floods(page) == (page if left is None else left)
    assert len(markup._TAG.findall(page.encode())) == (0 if bait == "<!--" else 1)


def flattened(page: str) -> tuple[str, bool]:
    thinned, is_cut = markup.flattened(page.encode())
    return thinned.decode(), is_cut


def test_boxes_that_say_nothing_are_thinned_and_lines_stay_lines() -> None:
    html = "<div>" * 300 + "one</div><div>two" + "</div>" * 300 + "<p>three</p>"
    thinned, is_cut = flattened(html)
    assert (thinned.count("<div>"), thinned.count("</div>"), is_cut) == (250, 250, False)
    assert "one<br><br> two<br><br>" in thinned
    assert thinned.endswith("<p>three</p>")


def test_boxes_that_say_something_are_cut_deeper_down() -> None:
    html = "<div class='a>b'>" * 200 + "<p>x</p>"
    assert flattened(html) == (html, False)
    thinned, is_cut = flattened(html * 2)
    assert (thinned.count("<div class='a>b'>"), is_cut) == (250, True)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<div><p>x</p></div>",
        "<script>" + "'<div>'" * 300 + "</script><p>x</p>",
        "<!--" + "<div>" * 300 + "--><p>x</p>",
    ],
)
def test_pages_that_do_not_nest_deep_are_not_thinned(page: str) -> None:
    assert flattened(page) == (page, False)


@pytest.mark.parametrize("bait", ["<div", "<div ", "<!--", "<script>", "<div a='", "</div", "<div>", "<b></b x"])
def test_baits_are_thinned_in_one_pass(bait: str) -> None:
    markup.flattened((bait * 200_000).encode())
