"""The texts of the interface."""

import re
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import pytest
from jinja2 import Environment

from rawi.core.sections import SECTIONS
from rawi.web.pages import refined
from rawi.web.render import LANGUAGES, PLURALS, direction, fill, plain, read_language, tongue, web_address

FORMS = {"ar": ["few", "many", "one", "other", "two", "zero"], "en": ["one", "other"], "fr": ["one", "other"]}


def keys(texts: dict[str, Any], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in texts.items():
        if isinstance(value, dict):
            found |= keys(value, f"{before}{name}.")
        else:
            found[before + name] = str(value)
    return found


def counted(language: str) -> dict[str, list[str]]:
    return {name: sorted(forms) for name, forms in read_language(language).texts["count"].items()}


def uncounted(language: str) -> dict[str, str]:
    return {name: text for name, text in keys(read_language(language).texts).items() if not name.startswith("count.")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_the_same_texts(language: str) -> None:
    english, other = uncounted("en"), uncounted(language)
    assert set(other) == set(english)
    for name, text in other.items():
        assert text.strip() or name == "language.group", name
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[name])), name
    assert counted(language) == dict.fromkeys(read_language("en").texts["count"], FORMS[language])


def test_every_section_has_a_name() -> None:
    for language in LANGUAGES:
        assert set(read_language(language).texts["topics"]) == {*SECTIONS, "unsorted"}


def test_arabic_texts_are_arabic() -> None:
    latin = {
        name: text
        for name, text in uncounted("ar").items()
        if re.search("[a-z]{3,}", re.sub(r"\{\w+\}", "", text)) and not name.startswith("language.")
    }
    assert latin == {}


def templates() -> dict[str, str]:
    folder = files("rawi.web").joinpath("templates")
    return {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".html")}


@pytest.mark.parametrize("name", sorted(templates()))
def test_templates_have_no_words_of_their_own(name: str) -> None:
    source = templates()[name]
    bare = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", "", source, flags=re.DOTALL)
    for attribute in re.findall(r'\s(?:aria-label|alt|title|placeholder|abbr)="([^"]*)"', bare):
        assert not re.search(r"[^\W\d_]", attribute), attribute
    text = re.sub(r"<[^>]*>", " ", bare)
    assert not re.findall(r"[^\W\d_]+", text)


def test_templates_name_only_texts_that_exist() -> None:
    known = set(uncounted("en")) | {name.rpartition(".")[0] for name in uncounted("en")}
    for name, source in templates().items():
        Environment(autoescape=True).parse(source)
        for used in re.findall(r"\bt\.([a-z_]+(?:\.[a-z_]+)?)", source):
            assert used in known, (name, used)


@pytest.mark.parametrize("n", [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 1000, 1234567])
def test_numbers_have_their_forms(n: int) -> None:
    for language in LANGUAGES:
        assert PLURALS[language](n) in FORMS[language]
        assert read_language(language).count("articles", n)


def test_counted_texts() -> None:
    assert [read_language("en").count("articles", n) for n in (0, 1, 1234)] == [
        "0 articles",
        "1 article",
        "1,234 articles",
    ]
    assert [read_language("fr").count("articles", n) for n in (0, 1, 1234)] == [
        "0 article",
        "1 article",
        "1\u202f234 articles",
    ]
    arabic = [read_language("ar").count("articles", n) for n in (0, 1, 2, 3, 11, 100, 103)]
    assert arabic == ["لا مقالات", "مقال واحد", "مقالان", "3 مقالات", "11 مقالًا", "100 مقال", "103 مقالات"]


def test_dates_are_written_as_each_language_does() -> None:
    on, at = date(2015, 10, 2), datetime(2015, 10, 1, 7, 5, tzinfo=UTC)
    assert [read_language(code).day(on) for code in LANGUAGES] == ["2 October 2015", "2 أكتوبر 2015", "2 octobre 2015"]
    assert read_language("fr").day(at.date()) == "1er octobre 2015"
    assert read_language("fr").weekday(on) == "vendredi 2 octobre 2015"
    assert read_language("en").moment(at) == "1 October 2015, 07:05 UTC"
    assert {read_language(code).digits(on) for code in LANGUAGES} == {"02 - 10 - 2015"}


def test_foreign_text_cannot_reach_beyond_itself() -> None:
    assert plain("a\u202eb\u2066c\x00d\ufeff\u2028e") == "abcd e"
    assert plain("سلام\u200f \u200cx\n") == "سلام\u200f \u200cx\n"
    assert fill("<{x}>", x="<b>\u202e") == "&lt;&lt;b&gt;&gt;"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://a.example/x?y=1", True),
        ("https://a.example", True),
        ("HTTPS://a.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//a.example", False),
        ("http:", False),
        ("http:///x", False),
        ("http://[::1", False),
        ("http://a.example/ x", False),
        ("ni:///sha-256;abc", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_linked(url: str, shown: bool) -> None:
    assert web_address(url) == (url if shown else "")


def test_direction_of_languages() -> None:
    assert [direction(code) for code in ("ar", "fa", "he", "en", "fr", "")] == [
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
        "auto",
    ]
    assert tongue("ar") == ' lang="ar" dir="rtl"'
    assert tongue('"><script>') == ' dir="auto"'


@pytest.mark.parametrize(
    ("query", "value", "narrowed"),
    [
        ("water", "a.example", "water publisher:a.example"),
        ("water", "127.0.0.9:80", 'water publisher:"127.0.0.9:80"'),
        ("a OR b", "x", "(a OR b) publisher:x"),
        ("(a OR b) c", "x", "(a OR b) c publisher:x"),
        ("((a OR b) c) d", "x", "((a OR b) c) d publisher:x"),
        ('"a OR b"', "x", '"a OR b" publisher:x'),
        ("أ أو ب", "x", "(أ أو ب) publisher:x"),
        ("*", "x", "publisher:x"),
    ],
)
def test_refined_queries(query: str, value: str, narrowed: str) -> None:
    assert refined(query, "publisher", value) == narrowed
