"""The chart, the facets and the conditions of a search; searches side by side; what can be downloaded of them."""

import csv
import re
from io import StringIO
from urllib.parse import quote, urlencode

import pytest
from lxml import html

from rawi.archive import Archive
from rawi.core import query as queries
from rawi.model import Found, Query
from rawi.web.app import make_app
from rawi.web.conditions import conditions, narrowed, refined
from rawi.web.render import LANGUAGES
from tests.jobs.test_attention import Late, watched
from tests.web.conftest import NOW, Browser, Sample, page, select
from tests.web.test_pages import tree, words


def rows(browser: Browser, path: str) -> list[dict[str, str]]:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="[a-z]+\.csv"', answer.headers["content-disposition"])
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_behind_the_chart_has_every_article(browser: Browser, sample: Sample, language: str) -> None:
    root = tree(browser.get(f"/{language}/search?q=aqueduct&period=year"))
    cells = [[cell.text_content() for cell in select(row, "td")] for row in select(root, "figure table tbody tr")]
    total = sample.archive.search("aqueduct").total
    assert sum(int(row[0]) for row in cells) == total
    drawn = [title.text_content() for title in select(root, "svg.plot .bars title")]
    assert [title.rpartition(": ")[2] for title in drawn] == [row[0] for row in cells if row[0] != "0"]
    assert all(th.get("scope") in ("col", "row") for th in select(root, "table th"))


def test_a_row_of_the_table_leads_to_its_articles(browser: Browser) -> None:
    root = tree(browser.get("/en/search?q=aqueduct&period=year"))
    for row in select(root, "figure table tbody tr"):
        number = int(select(row, "td")[0].text_content())
        found = browser.get(select(row, "th a")[0].get("href"))
        assert re.search(rf"\b{number} articles? found", words(found)) or not number


def test_publishers_have_lines_with_letters(browser: Browser) -> None:
    root = tree(browser.get("/en/search?q=aqueduct+OR+conseil&by=publisher&period=year"))
    keys = [" ".join(key.text_content().split()) for key in select(root, ".key li")]
    assert re.fullmatch(r"A .* \d+", keys[0])
    letters = [text.text_content() for text in select(root, "svg.plot text.letter")]
    assert letters == [key[0] for key in keys]
    assert select(root, ".options a[aria-current]")


def test_conditions_stand_there_and_can_be_taken_away(browser: Browser) -> None:
    root = tree(browser.get("/en/search?q=aqueduct+publisher%3Aharbour.example+date%3A2023&order=oldest&exact=1"))
    links = {link.get("aria-label"): link.get("href") for link in select(root, ".conditions a")}
    assert "harbour.example" not in links["Take away: The Harbour Post"]
    assert len(links) == 2
    for link in links.values():
        assert "order=oldest" in link
        assert "exact=1" in link
        assert browser.get(link).status_code == 200


def test_the_form_keeps_what_was_chosen(browser: Browser) -> None:
    root = tree(browser.get("/fr/search?q=conseil&exact=1&names=0&order=newest&by=publisher&period=week&show=share"))
    form = select(root, "form.ask")[0]
    assert select(form, "input[name=exact]")[0].get("checked") is not None
    boxes = select(form, "input[name=names]")
    assert [(box.get("type"), box.get("value"), box.get("checked")) for box in boxes] == [
        ("hidden", "0", None),
        ("checkbox", "1", None),
    ]
    kept = {box.get("name"): box.get("value") for box in select(form, "input[type=hidden]")}
    assert kept == {"names": "0", "order": "newest", "by": "publisher", "period": "week", "show": "share"}
    on = tree(browser.get("/fr/search?q=conseil&names=0&names=1"))
    assert select(on, "form.ask input[type=checkbox][name=names]")[0].get("checked") is not None


@pytest.mark.parametrize(
    "path", ["search?q=x&by=speaker", "search?q=x&period=hour", "search?q=x&show=all", "compare?period=hour"]
)
def test_what_no_form_asks_is_refused(browser: Browser, path: str) -> None:
    assert browser.get(f"/en/{path}").status_code == 400


def test_partial_answers_and_an_index_behind_are_said(empty: Archive) -> None:
    empty.add_page("http://harbour.example/1", page("Council votes", on=NOW.date()), NOW)
    empty.follow()
    empty.add_page("http://harbour.example/2", page("Council votes again", on=NOW.date()), NOW)
    browser = Browser(make_app(empty))
    behind = "still taking in new articles"
    for path in ("/en/search?q=council", "/en/compare?q=council&q=aqueduct"):
        assert behind in words(browser.get(path))
    empty.index = Late(empty.index)  # type: ignore[arg-type]
    for path in ("/en/search?q=council", "/en/compare?q=council&q=aqueduct"):
        assert "ran out" in words(browser.get(path))
    assert "Nothing was found" not in words(browser.get("/en/search?q=council"))
    empty.index = WithoutBound(empty.index)  # type: ignore[arg-type]
    assert browser.get("/en/search/days.csv?q=council").status_code == 200


class WithoutBound(Late):
    """An index that is given no bound of time."""

    def search(self, query: Query) -> Found:
        assert query.seconds is None
        return super().search(query)


def test_gaps_are_told_beside_the_chart(empty: Archive) -> None:
    bad = {NOW.date().replace(day=day) for day in (2, 3, 4)}
    watched_since = NOW.date().replace(day=1)
    for day in (1, 5):
        on = NOW.date().replace(day=day)
        empty.add_page(f"http://harbour.example/{day}", page(f"Council votes {day}", on=on), NOW)
    watched(empty, "harbour.example", watched_since, bad)
    empty.follow()
    answer = Browser(make_app(empty)).get("/en/search?q=council")
    root = tree(answer)
    assert len(select(root, "svg.plot rect.gap")) == 3
    assert words(answer).count("unreachable 1") == 3
    assert "need not mean little attention" in words(answer)


# ------------------------------------------------------------------------------------------- compare


@pytest.mark.parametrize("language", LANGUAGES)
def test_searches_stand_side_by_side(browser: Browser, language: str) -> None:
    answer = browser.get(f"/{language}/compare?q=mayor&q=conseil&q=" + quote("القناة"))
    assert answer.status_code == 200
    assert len(answer.content) < 60_000
    root = tree(answer)
    assert len(select(root, "svg.plot text.letter")) == 3
    assert len(select(root, ".apart > div")) == 3
    assert [box.get("value") for box in select(root, "form.ask input[type=search]")] == [
        "mayor",
        "conseil",
        "القناة",
        "",
    ]
    labels = {label.get("for") for label in select(root, "form.ask label[for]")}
    assert labels == {box.get("id") for box in select(root, "form.ask input[type=search]")}
    assert all(th.get("scope") in ("col", "row") for th in select(root, "table th"))
    assert not select(root, "script, style, [style]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_is_told_beside_its_search(browser: Browser, language: str) -> None:
    answer = browser.get(f"/{language}/compare?q=mayor&q=" + quote("council (x"))
    assert answer.status_code == 400
    root = tree(answer)
    [box] = select(root, "input[aria-invalid]")
    assert (box.get("id"), box.get("value")) == ("q1", "council (x")
    [wrong] = select(root, ".wrong")
    assert wrong.get("id") == box.get("aria-describedby")
    assert " 9" in wrong.text_content()
    assert select(wrong, "mark")[0].text_content() == "(x"


def test_one_search_is_not_enough_and_five_are_too_many(browser: Browser) -> None:
    assert "Give at least two" in words(browser.get("/en/compare?q=mayor"))
    assert "first four" in words(browser.get("/en/compare?" + urlencode([("q", word) for word in "abcde"])))
    too_long = browser.get("/en/compare?q=mayor&q=" + "a" * 501)
    assert too_long.status_code == 400
    assert "500 characters at most" in words(too_long)


# ----------------------------------------------------------------------------------------- downloads


def test_days_are_a_table(browser: Browser, sample: Sample) -> None:
    found = rows(browser, "/en/search/days.csv?q=aqueduct")
    days = dict(sample.archive.search("aqueduct", days=True).days)
    assert {row["first_day"]: int(row["articles"]) for row in found if row["articles"] != "0"} == {
        day.isoformat(): number for day, number in days.items()
    }
    assert {row["line"] for row in found} == {"aqueduct"}
    by_year = rows(browser, "/en/search/days.csv?q=aqueduct&period=year&by=publisher")
    assert sum(int(row["articles"]) for row in by_year) == sum(days.values())


def test_facets_are_a_table(browser: Browser, sample: Sample) -> None:
    found = rows(browser, "/en/search/facets.csv?q=aqueduct")
    facets = sample.archive.search("aqueduct", facets=("publisher", "language", "topic", "author")).facets
    assert {(row["field"], row["value"]): int(row["articles"]) for row in found} == {
        (field, value): number for field, values in facets.items() for value, number in values
    }
    assert "The Harbour Post" in {row["name"] for row in found}


def test_comparisons_are_tables(browser: Browser) -> None:
    found = rows(browser, "/en/compare.csv?q=mayor&q=conseil&period=year")
    assert {row["line"] for row in found} == {"mayor", "conseil"}
    assert all(float(row["z"]) > 1.9 for row in rows(browser, "/en/compare/words.csv?q=mayor&q=conseil"))
    assert browser.get("/en/compare.csv?q=mayor").status_code == 400
    assert browser.get("/en/compare.csv?q=mayor&q=(").status_code == 400


def test_a_query_is_no_formula_in_a_table(browser: Browser) -> None:
    found = browser.get("/en/search/days.csv?" + urlencode({"q": "-nothingofthekind"})).content.decode("utf-8-sig")
    assert ",'-nothingofthekind," in found


HOSTILE = [
    "",
    " ",
    "*",
    "**",
    "(",
    ")",
    "((((((((((((((((((((((((",
    '"',
    "-",
    "+",
    "--",
    "AND",
    "OR OR",
    "NOT",
    "a OR",
    "publisher:",
    "x:y",
    "date:9999",
    "date:0001",
    "before:0001",
    "after:9999-12-31",
    "date:[* TO *]",
    "date:[2015 TO 2014]",
    "date:[0001 TO 9999]",
    "=1+1",
    "@x",
    "\t=x",
    "＝x",
    "%",
    "%00",
    "\x00",
    "\ud800",
    "\u202e",
    "🙂",
    "é" * 400,
    "a" * 500,
    "a" * 501,
    "<script>",
    '"><svg onload=x>',
    "{{7*7}}",
    "{x}",
    "publisher:<x>",
    'author:"<b>"',
    'author:"x" OR *',
    "language:xx",
    "topic:nothing",
    "is:revised",
    "NOT publisher:a",
    "publisher:a OR publisher:b",
    "ا*",
    "أو",
    'near5:"a b"',
    '"a b"~3',
    "\u0660",
    "a\nb",
    "' OR 1=1 --",
    "../../etc/passwd",
]


@pytest.mark.parametrize(
    "path", ["search", "compare", "search/days.csv", "search/facets.csv", "compare.csv", "compare/words.csv"]
)
def test_hostile_questions_fell_nothing(browser: Browser, path: str) -> None:
    for asked in HOSTILE:
        for more in ([("q", "aqueduct")], [("by", "publisher"), ("period", "month")]):
            said = urlencode([("q", asked), *more], errors="surrogatepass")
            for language in LANGUAGES[:2]:
                answer = browser.get(f"/{language}/{path}?{said}")
                assert answer.status_code in (200, 400), (asked, more)
                if answer.headers["content-type"].startswith("text/html"):
                    root = html.document_fromstring(answer.text)
                    assert not root.xpath("//script | //*[@onload or @style]")


def test_an_empty_archive_has_its_pages(empty: Archive) -> None:
    browser = Browser(make_app(empty))
    for language in LANGUAGES:
        for path in ("search?q=x&by=publisher", "compare?q=x&q=y", "search/days.csv?q=x", "compare.csv?q=x&q=y"):
            assert browser.get(f"/{language}/{path}").status_code == 200


# ---------------------------------------------------------------------------------------- conditions


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("water", []),
        ("water publisher:a.example", [("publisher", "a.example", "water")]),
        ("publisher:a.example", [("publisher", "a.example", "*")]),
        ("(a OR b) language:fr", [("language", "fr", "(a OR b)")]),
        ("language:fr water", [("language", "fr", "water")]),
        ("water date:2015-10-02", [("date", "date:2015-10-02", "water")]),
        ('water author:"Mona Halim"', [("author", "mona halim", "water")]),
        ("water OR publisher:a", []),
        (
            "water publisher:a language:fr",
            [("publisher", "a", "water AND language:fr"), ("language", "fr", "water publisher:a")],
        ),
    ],
)
def test_conditions_of_a_search(query: str, expected: list[tuple[str, str, str]]) -> None:
    found = conditions(query, "en", exact=False, names=True)
    assert [(one.field, one.value, one.rest) for one in found] == expected


@pytest.mark.parametrize("query", ["water", "a OR b", '"a b" c', "-x", "*"])
@pytest.mark.parametrize(
    ("field", "value"), [("publisher", "127.0.0.1:80"), ("language", "ar"), ("author", "Mona Halim")]
)
def test_what_is_put_on_can_be_taken_away(query: str, field: str, value: str) -> None:
    [one] = [
        one for one in conditions(refined(query, field, value), "en", exact=False, names=True) if one.field == field
    ]
    assert queries.parse(one.rest).root == queries.parse(query).root
    assert narrowed(query, "date:2015").endswith("date:2015")
