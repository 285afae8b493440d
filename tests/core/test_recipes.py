"""Recipes: read strictly; chosen by host and day; and what they make of a page."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from rawi.core import recipes
from rawi.core.extract import MADE_BY, extract
from rawi.core.recipes import Recipe, Rules, choose, gather, read_recipe
from rawi.errors import BadInput
from rawi.model import Article, Image
from tests.shared import ROOT

URL = "https://harbour.example/2026/ferry"
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONE = 'hosts = ["harbour.example"]\n[[rules]]\nheadline = "h1"\n'


def recipe(*lines: str, name: str = "harbour.toml", hosts: str = '["harbour.example"]') -> Recipe:
    return read_recipe("\n".join([f"hosts = {hosts}", "[[rules]]", *lines]).encode(), name)


def rules(*lines: str) -> Rules:
    return recipe(*lines).rules[0]


def read(page: str, *lines: str, url: str = URL) -> Article:
    return extract(page, url, captured_at=AT, recipe=rules(*lines))


# ------------------------------------------------------------------------------------------- the file


def test_what_is_not_said_is_empty() -> None:
    [one] = read_recipe(ONE.encode(), "harbour.toml").rules
    assert one == Rules(id=one.id, headline=("h1",))


def test_a_text_stands_for_a_list_of_one() -> None:
    assert rules('text = "div.story"') == rules('text = ["div.story"]')
    assert rules('text = [" div.story ", "article"]').text == ("div.story", "article")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("hosts = ?", "not TOML .*line 1"),
        ("\udcff", "not TOML"),
        ("a = " + "[" * 10_000, "not TOML"),
        ("#" * 300_000, "more than 200,000 bytes"),
        (ONE.replace("hosts", "host"), "at its top: unknown key 'host'; there are hosts, rules"),
        (ONE.replace('["harbour.example"]', "[]"), "hosts is missing"),
        (ONE.replace('"harbour.example"', "3"), "hosts must be a text or a list of texts"),
        (ONE.replace("harbour", "https://harbour"), "hosts: .* leave out scheme"),
        (ONE.replace("harbour.example", "harbour.example:8080"), "hosts: .* leave out scheme, port"),
        (ONE.replace("harbour.example", "a b"), "hosts: .*a b"),
        (ONE.partition("[[")[0], r"no \[\[rules\]\]"),
        (ONE.replace("[[rules]]", "[rules]"), r"\[rules\] must be written \[\[rules\]\], with double brackets"),
        (ONE.replace('[[rules]]\nheadline = "h1"', "rules = 3"), r"no \[\[rules\]\]"),
        (ONE + "a = 1\nb = 2", "rules 1: unknown keys 'a', 'b'; there are"),
        (ONE.partition("headline")[0], "rules 1: it says nothing"),
        (ONE + "headlin = 3", "rules 1: unknown key 'headlin'; there are .*headline"),
        (ONE + "text = 3", "rules 1: text must be a text or a list of texts"),
        (ONE + 'text = [""]', "rules 1: text must be .*none of them empty"),
        (ONE + 'drop = ["p", "h1..x"]', r"rules 1: drop: 'h1\.\.x' is no selector"),
        (ONE + 'drop = "p:nth-child(2)"', "rules 1: drop: .*only elements"),
        (ONE + 'prefer = "h2"', "rules 1: prefer must be one of 'h1', 'og:title'"),
        (ONE + "prefer = []", "rules 1: prefer must be one of"),
        (ONE + 'day_month = "american"', "rules 1: day_month must be one of 'day first', 'month first'"),
        (ONE + 'timezone = "Beirut"', "rules 1: timezone: there is no 'Beirut'; it is an IANA name"),
        (ONE + 'timezone = "../../etc/passwd"', "rules 1: timezone: there is no"),
        (ONE + "timezone = 3", "rules 1: timezone must be a text"),
        (ONE + 'not_article_addresses = "tag"', "rules 1: not_article_addresses: 'tag' must begin with '/'"),
        (ONE + 'from = "2021-05-01"', "rules 1: from must be a day without quotes"),
        (ONE + "until = 2021-05-01T00:00:00Z", "rules 1: until must be a day"),
        (ONE + "from = 2021-05-01\nuntil = 2021-05-01", "rules 1: from 2021-05-01 is not before until 2021-05-01"),
        (ONE + ONE.partition("\n")[2], "rules 1 and 2 hold on the same days: end the earlier"),
        (
            ONE + "until = 2021-05-02\n" + ONE.partition("\n")[2] + "from = 2021-05-01",
            "rules 1 and 2 hold on the same days",
        ),
        (ONE + "expect = 3", r"rules 1, expect: it must be a table"),
        (ONE + "expect = {dates = 1}", "rules 1, expect: unknown key 'dates'; there are author, characters, date"),
        (ONE + "expect = {date = 95}", "rules 1, expect: date must be a share from 0 to 1"),
        (ONE + "expect = {date = true}", "rules 1, expect: date must be a share"),
        (ONE + "expect = {characters = 500}", "characters must be two whole numbers"),
        (ONE + "expect = {characters = [500, 400]}", "characters must be two whole numbers"),
    ],
)
def test_a_slip_is_said(text: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        read_recipe(text.encode("utf-8", "surrogateescape"), "harbour.toml")


def test_all_slips_of_a_file_are_told_at_once() -> None:
    text = """hosts = ["harbour.example:80", "coast.example/"]
        colour = "red"
        [[rules]]
        headlin = "h1"
        drop = ["h1..x", "p:nth-child(2)"]
        timezone = "Beirut"
        [rules.expect]
        date = 95
        dates = 1
        [[rules]]
        until = "today"
        prefer = "h2"
    """
    [*problems] = gather([("harbour.toml", text.encode())]).problems
    assert {file for file, _ in problems} == {"harbour.toml"}
    starts = [
        "at its top: unknown key 'colour'",
        "hosts: 'harbour.example:80' is no host",
        "hosts: 'coast.example/' is no host",
        "rules 1: unknown key 'headlin'",
        "rules 1: drop: 'h1..x' is no selector",
        "rules 1: drop: 'p:nth-child(2)'",
        "rules 1: timezone: there is no 'Beirut'",
        "rules 1, expect: unknown key 'dates'",
        "rules 1, expect: date must be a share",
        "rules 2: until must be a day",
        "rules 2: prefer must be one of",
        "rules 1 and 2 hold on the same days",
    ]
    assert len(problems) == len(starts)
    for (_, problem), start in zip(problems, starts, strict=True):
        assert problem.startswith(start)


def test_single_brackets_are_told_with_what_else_is_wrong() -> None:
    text = ONE.replace("[[rules]]", "[rules]") + "headlin = 3"
    assert [problem[:13] for _, problem in gather([("harbour.toml", text.encode())]).problems] == [
        "[rules] must ",
        "rules 1: unkn",
    ]


@pytest.mark.parametrize("name", ["Harbour.toml", "har bour.toml", ".toml", "a/b.toml", "x" * 70 + ".toml"])
def test_a_name_that_could_not_stand_in_made_by_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="rename it"):
        read_recipe(ONE.encode(), name)


def test_a_bad_recipe_costs_itself_only() -> None:
    other = ONE.replace("harbour", "coast")
    found = gather([("c.toml", b"?"), ("b.toml", other.encode()), ("a.toml", ONE.encode()), ("z.toml", other.encode())])
    assert [one.name for one in found.all] == ["a", "b"]
    [broken, twice] = found.problems
    assert broken[0] == "c.toml"
    assert "not TOML" in broken[1]
    assert twice == ("z.toml", "coast.example has a recipe already, b.toml: put the rules of both into one file")


def test_the_order_of_the_files_does_not_matter() -> None:
    files = [("a.toml", ONE.encode()), ("b.toml", ONE.encode())]
    assert gather(files) == gather(reversed(files))


# ------------------------------------------------------------------------------------- which for a page


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://harbour.example/a", "harbour"),
        ("https://www.harbour.example/a", "harbour"),
        ("http://harbour.example:8080/a", "harbour"),
        ("https://sport.harbour.example/a", "sport"),
        ("https://live.sport.harbour.example/a", "sport"),
        ("https://newharbour.example/a", ""),
        ("https://example/a", ""),
        ("urn:nothing", ""),
    ],
)
def test_the_recipe_that_names_the_host_most_closely_is_chosen(url: str, name: str) -> None:
    sport = ONE.replace("harbour", "sport.harbour")
    chosen = choose(gather([("harbour.toml", ONE.encode()), ("sport.toml", sport.encode())]), url, AT)
    assert (chosen.id.partition("/")[0] if chosen else "") == name


@pytest.mark.parametrize(
    ("day", "headline"),
    [
        (date(2015, 1, 1), "h2"),
        (date(2021, 4, 30), "h2"),
        (date(2021, 5, 1), "h1"),
        (date(2024, 12, 31), "h1"),
        (date(2025, 1, 1), None),
        (date(2026, 1, 1), "h3"),
    ],
)
def test_the_rules_of_the_day_of_capture_are_chosen(day: date, headline: str | None) -> None:
    text = """
        hosts = ["harbour.example"]
        [[rules]]
        from = 2021-05-01
        until = 2025-01-01
        headline = "h1"
        [[rules]]
        until = 2021-05-01
        headline = "h2"
        [[rules]]
        from = 2026-01-01
        headline = "h3"
    """
    chosen = choose(gather([("harbour.toml", text.encode())]), URL, datetime(day.year, day.month, day.day, tzinfo=UTC))
    assert (chosen.headline[0] if chosen else None) == headline


def test_other_rules_are_another_method_and_other_days_or_expectations_are_not() -> None:
    one = rules('headline = "h1"')
    assert rules("# a note", 'headline = ["h1"]', "from = 2020-01-01", "expect = {date = 1}").id == one.id
    assert one.id.startswith("harbour/")
    assert rules('headline = "h2"').id != one.id
    assert rules('text = "h1"').id != one.id
    assert extract("<h1>A</h1>", URL, recipe=one).made_by == f"{MADE_BY}+{one.id}"
    assert extract("<h1>A</h1>", URL).made_by == MADE_BY


def test_all_rules_together_have_a_name_too() -> None:
    known = {
        gather([("a.toml", text.encode())]).method
        for text in (ONE, ONE + "until = 2020-01-01", ONE.replace("h1", "h2"), ONE.replace("harbour", "coast"))
    }
    assert len(known) == 4
    assert gather([]).method == recipes.NONE.method == ""
    assert gather([("a.toml", ONE.encode())]).method == gather([("a.toml", b"# a note\n" + ONE.encode())]).method


# ------------------------------------------------------------------------------------- what is read by it

WORDS = "The ferry left the island at nine in the evening with passengers and a cargo of oranges for the market."
PAGE = f"""<html lang=en><head><title>Ferry struck | Harbour</title>
<meta property="og:title" content="Ferry struck off the port | Harbour">
<meta property="og:site_name" content="Harbour">
<meta property="article:published_time" content="2026-03-01">
<meta name="author" content="Web Desk">
<meta property="og:image" content="/logo.png">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "A ferry is struck"}}</script>
</head><body>
<h1>Harbour<!-- the paper's name --></h1>
<h2 class=title>Ferry struck
   off the port</h2>
<p class=by>By <a href=/d>Dana Kettani</a> and <a href=/s>Samir Haddad</a></p>
<p class=when>02/03/2026 09:15</p>
<p class=in>Shipping</p>
<figure class=lead><img src=/ferry.jpg alt="A ferry" width=800><figcaption>The ferry</figcaption></figure>
<div class=story>First paragraph. {WORDS}<br>Second <b>para</b>graph.
  {WORDS}<script>track()</script>
  <p>Third paragraph. {WORDS}</p><p class=promo>Read more: {WORDS}</p>
  <ul><li>A point</li><li>Another</li></ul>
  <figure><img src=/x.jpg><figcaption>A caption inside</figcaption></figure></div>
<div class=teasers><p>{WORDS} Elsewhere.</p><p>{WORDS} Again.</p></div>
</body></html>"""


def test_text_is_what_the_recipe_says_and_nothing_else() -> None:
    found = read(PAGE, 'text = ".story"', 'drop = ".promo"')
    assert found.text.split("\n") == [
        f"First paragraph. {WORDS}",
        f"Second paragraph. {WORDS}",
        f"Third paragraph. {WORDS}",
        "A point",
        "Another",
    ]
    assert found.notes == ()


def test_pieces_of_text_come_in_the_order_of_the_selectors_and_each_once() -> None:
    found = read(PAGE, 'text = [".in", ".story p", ".story"]', 'drop = ".promo"')
    assert found.text.split("\n")[:2] == ["Shipping", f"First paragraph. {WORDS}"]
    assert found.text.count("Third paragraph.") == 1


def test_what_is_dropped_is_in_nothing_and_what_follows_it_stays() -> None:
    page = f"<h1>Ferry struck off the port</h1><article><p>{WORDS}</p><p>One <b>Advert</b> two. {WORDS}</p></article>"
    found = read(page, 'drop = ["b", "p + p + p"]')
    assert found.text.split("\n")[-1] == f"One two. {WORDS}"


def test_a_recipe_that_finds_no_text_leaves_it_to_the_evidence_and_says_so() -> None:
    found = read(PAGE, 'text = ".gone"', 'headline = ".away"')
    assert "Third paragraph." in found.text
    assert found.title
    assert [note.partition(" finds ")[2] for note in found.notes] == [
        "no text on this page",
        "no headline on this page",
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('headline = ".title"', "Ferry struck off the port"),
        ('headline = [".gone", "h2"]', "Ferry struck off the port"),
        ('prefer = "h1"', "Harbour"),
        ('prefer = "og:title"', "Ferry struck off the port"),
        ('prefer = "title"', "Ferry struck"),
        ('prefer = "json-ld"', "A ferry is struck"),
        ("headline = \"meta[property='og:title']\"", "Ferry struck off the port"),
    ],
)
def test_the_headline(line: str, title: str) -> None:
    assert read(PAGE, line).title == title


def test_authors_section_and_pictures() -> None:
    found = read(
        PAGE, 'authors = ".by"', 'section = ".in"', 'pictures = ["figure.lead", "meta[property=\'og:image\']"]'
    )
    assert found.authors == ("Dana Kettani", "Samir Haddad")
    assert found.section == "Shipping"
    assert found.images == (
        Image(url="https://harbour.example/ferry.jpg", caption="The ferry", alt="A ferry", width=800),
        Image(url="https://harbour.example/logo.png"),
    )
    assert read(PAGE, 'authors = ".by a"').authors == ("Dana Kettani", "Samir Haddad")


@pytest.mark.parametrize(
    ("lines", "on", "at"),
    [
        ((), date(2026, 3, 1), None),
        (('date = ".when"',), date(2026, 3, 2), None),
        (('date = ".when"', 'day_month = "day first"'), date(2026, 3, 2), None),
        (('date = ".when"', 'day_month = "month first"'), date(2026, 2, 3), None),
        (('date = ".when"', 'timezone = "Asia/Beirut"'), date(2026, 3, 2), datetime(2026, 3, 2, 7, 15, tzinfo=UTC)),
        (
            ('date = ".when"', 'timezone = "Asia/Beirut"', 'day_month = "month first"'),
            date(2026, 2, 3),
            datetime(2026, 2, 3, 7, 15, tzinfo=UTC),
        ),
        (('date = ".gone"',), date(2026, 3, 1), None),
    ],
)
def test_dates(lines: tuple[str, ...], on: date, at: datetime | None) -> None:
    found = read(PAGE, 'headline = "h2"', *lines)
    assert (found.published_on, found.published_at) == (on, at)
    assert found.date_text == ("02/03/2026 09:15" if 'date = ".when"' in lines else "2026-03-01")


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2025-07-01T10:00:00", datetime(2025, 7, 1, 7, tzinfo=UTC)),  # summer time
        ("2025-12-01T10:00:00", datetime(2025, 12, 1, 8, tzinfo=UTC)),
        ("2025-12-01T10:00:00-05:00", datetime(2025, 12, 1, 15, tzinfo=UTC)),
        ("2025-12-01", None),
    ],
)
def test_a_declared_time_without_a_zone_is_in_the_publishers(said: str, at: datetime | None) -> None:
    page = PAGE.replace('content="2026-03-01"', f'content="{said}"')
    assert read(page, 'timezone = "Asia/Beirut"').published_at == at


@pytest.mark.parametrize(
    ("line", "url", "is_article"),
    [
        ('not_article = ".teasers"', URL, False),
        ('not_article = "body.front"', URL, True),
        ('not_article_addresses = "/tag/*"', "https://harbour.example/tag/ferry", False),
        ('not_article_addresses = "/tag/*"', "https://harbour.example/news/tag/ferry", True),
        ('not_article_addresses = "*/tag/*"', "https://harbour.example/news/tag/ferry", False),
        ('not_article_addresses = "*?page=*"', "https://harbour.example/news?page=2", False),
        ('not_article_addresses = "/"', "https://harbour.example/", False),
        ('not_article_addresses = "/"', "https://harbour.example/a", True),
        ('not_article_addresses = "/a*a"', "https://harbour.example/a", True),
        ('not_article_addresses = "/وسم/*"', "https://harbour.example/%D9%88%D8%B3%D9%85/x", False),
    ],
)
def test_a_page_that_is_no_article(line: str, url: str, is_article: bool) -> None:
    found = read(PAGE, line, url=url)
    assert bool(found.text) == is_article
    assert any("no articles" in note for note in found.notes) != is_article


def test_without_a_recipe_for_it_a_page_reads_as_before() -> None:
    assert extract(PAGE, URL, captured_at=AT, recipe=None) == extract(PAGE, URL, captured_at=AT)
    bare = read(PAGE, 'not_article = "nav"')
    assert replace(bare, made_by=MADE_BY) == extract(PAGE, URL, captured_at=AT)


ALL = (
    'text = [".story", "div", "b"]',
    'drop = [".promo", "i", "div div b"]',
    'headline = ["h1", "b"]',
    'prefer = "json-ld"',
    'authors = ["div", "b"]',
    'date = ["b", "time"]',
    'section = "b"',
    'pictures = ["div", "img", "b"]',
    'not_article = "nav nav nav"',
    'timezone = "Asia/Beirut"',
    'day_month = "month first"',
)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "\x00",
        "<",
        b"\xff\xfe<\x00",
        "<b>" * 100_000 + "x",
        "<div class=story>" * 50_000 + "x",
        "<i>x</i>y" * 5_000,
        '<img src="/a.jpg">' * 5_000,
        "<html class=promo><body class=promo><div class=story>x",
        "<div class=story><b>99/99/9999 99:99</b><time datetime='31/02/9999 23:59'>",
        "<div class=story><b>12/31/9999 23:59</b>",
        "<div class=story><b>01/01/0001 00:00</b>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": [[["x"]], {"name": 3}]}</script>',
    ],
    ids=lambda page: repr(page[:20]),
)
def test_no_page_makes_it_raise(page: Any) -> None:
    found = read(page, *ALL)
    assert found.url == URL


def test_the_example_in_the_guide_is_a_recipe() -> None:
    guide = (ROOT / "docs/guides/recipes.md").read_text("utf-8")
    example = guide.partition("```toml\n")[2].partition("```")[0]
    found = read_recipe(example.encode(), "harbour.toml")
    assert len(found.rules) == 2
    assert all(f"`{key}`" in guide for key in recipes.KEYS)


@pytest.mark.parametrize(
    ("img", "url", "width"),
    [
        ('<img src="/small.jpg" srcset="/small.jpg 300w, /large.jpg 1200w">', "/large.jpg", 1200),
        ('<img src="data:image/gif;base64,R0lGOD" data-src="/late.jpg" width="640">', "/late.jpg", 640),
        ('<img data-lazy-src="/late.jpg">', "/late.jpg", None),
        ('<picture><source srcset="/wide.webp 1600w"><img src="/a.jpg"></picture>', "/wide.webp", 1600),
        ('<img src="/a.jpg" width="800" height="600">', "/a.jpg", 800),
    ],
)
def test_pictures_are_had_in_their_largest_size(img: str, url: str, width: int | None) -> None:
    found = read(f'<h1>A</h1><div class="album">{img}</div>', 'pictures = ".album"').images
    assert [(image.url, image.width) for image in found] == [(f"https://harbour.example{url}", width)]
