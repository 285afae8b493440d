"""Selectors of CSS: what they find, what is refused, and that no page makes them take long."""

import pytest

from rawi.core import page, selectors
from rawi.errors import BadInput

TREE = page.parse(
    """<html><body>
    <div id=a class="story big"><p id=b class=lead>One</p>
    <section id=c><p id=d>Two</p><p id=e lang=ar>Three</p></section></div>
    <div id=f class=stories><p id=g data-kind="teaser wide">Four</p></div>
    <div id=h><div id=i class=story><p id=j>Five</p></div></div>
    </body></html>"""
)


@pytest.mark.parametrize(
    ("selector", "ids"),
    [
        ("p", "b d e g j"),
        ("P.lead", "b"),
        (".story", "a i"),
        ("div.story.big", "a"),
        ("#c", "c"),
        (".story p", "b d e j"),
        (".story > p", "b j"),
        ("div div p", "j"),
        ("div > section > p", "d e"),
        ("body .big section p[lang]", "e"),
        ("p + p", "e"),
        ("p + section > p", "d e"),
        ("p[data-kind~=wide]", "g"),
        ("p[data-kind^=teas]", "g"),
        ("p[data-kind$='wide']", "g"),
        ("p[lang='ar']", "e"),
        ("div:not(.story)", "f h"),
        ("section > :not([lang])", "d"),
        ("#j, #b, .story", "a b i j"),
        ("nav p", ""),
    ],
)
def test_what_a_selector_finds(selector: str, ids: str) -> None:
    assert [element.get("id") for element in selectors.select(selector, TREE)] == ids.split()


@pytest.mark.parametrize(
    ("selector", "why"),
    [
        ("h1..x", "no selector"),
        ("", "no selector"),
        ("p ~ p", "'~' is not taken"),
        ("p:nth-child(2)", "only elements"),
        ("p:has(a)", "only elements"),
        ("p:is(a)", "only elements"),
        ("p::before", "only elements"),
        ("svg|a", "no namespace"),
        ("[svg|a]", "no namespace"),
        ("*" + " a" * 20, "more than 10 parts"),
        ("p" * 501, "longer than 500"),
        ("p" + ":not(" * 90, "no selector"),
    ],
)
def test_what_is_not_taken_is_said(selector: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        selectors.check(selector)


def test_elements_within_share_what_was_looked_at() -> None:
    """200,000 elements deep in one another: who climbed from each of them to the top would climb 20 thousand million
    steps."""
    deep = page.parse("<div class=story>" + "<b>" * 200_000 + "x")
    found = selectors.select(".story b", deep)
    assert len(found) == len(list(deep.iter("b"))) > 200
    assert selectors.select("section b", deep) == []
