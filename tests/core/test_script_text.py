"""Texts that stand in scripts only."""

import json
from typing import Any

import pytest

from rawi.core import page
from rawi.core.script_text import text_in, told_in

PARAGRAPHS = [
    f"The council of ward {ward} met on Monday and spoke at length of the water that had not come. Nobody objected."
    for ward in range(5)
]
TEXT = "\n".join(PARAGRAPHS)
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


@pytest.mark.parametrize(
    "script",
    [
        json.dumps({"props": {"article": {"title": "Water", "body": HTML}}}),
        json.dumps({"content_elements": [{"type": "text", "content": paragraph} for paragraph in PARAGRAPHS]}),
        json.dumps([{"paragraphs": PARAGRAPHS}, {"teasers": ["Short one", "Short two"]}]),
        "window.__STATE__ = " + json.dumps({"a": {"text": TEXT}}) + "; window.run();",
        "var x = {broken: 1}; window.y = " + json.dumps({"articleBody": TEXT}),
    ],
)
def test_the_running_text_is_found(script: str) -> None:
    assert text_in([script], page.parse) == TEXT


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "[" * 100_000,
        json.dumps({"body": "short"}),
        json.dumps({"body": "key value " * 100}),
        json.dumps({"text": "function() { return 1. } " + TEXT.replace("The", "function(")}),
        "window.dataLayer = []; " + "x" * 1000,
    ],
)
def test_what_is_no_running_text_is_left(script: str) -> None:
    assert text_in([script], page.parse) == ""


def test_the_longest_of_several_wins() -> None:
    teaser = "\n".join(PARAGRAPHS[:3])
    assert text_in([json.dumps({"text": teaser}), json.dumps({"text": TEXT})], page.parse) == TEXT


@pytest.mark.parametrize(
    "held",
    [
        {"title": "Water", "body": HTML, "author": {"name": "Salma Nour"}},
        {"headline": "Water", "authors": [{"displayName": "Salma Nour"}], "blocks": [{"text": p} for p in PARAGRAPHS]},
        {"headlines": {"basic": "Water"}, "byline": "Salma Nour", "content": {"parts": PARAGRAPHS}},
    ],
)
def test_headline_and_authors_are_those_beside_the_text(held: dict[str, object]) -> None:
    script = json.dumps({"title": "The Harbour Post", "props": {"menu": [{"title": "Sport"}], "page": {"a": held}}})
    told = told_in([script], page.parse)
    assert (told.headline, told.authors) == ("Water", ("Salma Nour",))


def test_of_very_many_scripts_the_longest_are_looked_at() -> None:
    asked: list[str] = []

    def parse(html: str) -> Any:
        asked.append(html)
        return page.parse(html)

    teasers = [json.dumps({"body": f"<p>{'A teaser of the day. ' * 12}{number}</p>"}) for number in range(300)]
    assert text_in([*teasers, json.dumps({"body": HTML}), *teasers], parse) == TEXT
    assert len(asked) == 50
