"""From a page to its article: what is declared, what is doubtful, and what no page may do to us."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import body, outline
from rawi.core.blocks import blocks
from rawi.core.extract import clean, explain, extract
from rawi.core.page import parse
from rawi.core.recipes import read_recipe
from tests.shared import shared

AT = datetime(2025, 3, 20, tzinfo=UTC)
URL = "https://www.harbour.example/2025/03/ferry"
PARAGRAPHS = [
    "The ferry left the island at nine in the evening with two hundred and fourteen people on board, the port said.",
    "A freighter struck it two miles off the breakwater, survivors told this newspaper at the hospital.",
    "“We waited for two hours,” said one of them, a teacher from the island who had travelled with her two sons.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(head: str = "", before: str = "<h1>Ferry struck off the port</h1>", after: str = "", lang: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body><nav><a href="/">Home</a>'
        f"<a href='/sport'>Sport</a></nav><main><article>{before}{BODY}</article></main>{after}"
        "<footer>© The Harbour Post. All rights reserved.</footer></body></html>"
    )


PLAIN = "Ferry struck off the port"


def og(name: str, said: str) -> str:
    return f'<meta property="og:{name}" content="{said}">'


def ld(**said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **said})}</script>'


def test_the_text_is_the_paragraphs_and_nothing_else() -> None:
    assert extract(page(), URL, captured_at=AT).text.split("\n") == PARAGRAPHS


def test_lines_that_only_say_when_and_how_long_are_no_text() -> None:
    before = "<h1>Ferry struck off the port</h1><p>Fri 14 Mar 2025, 7.40pm</p><p>5 min read</p>"
    assert extract(page(before=before), URL, captured_at=AT).text.split("\n") == PARAGRAPHS


def test_boxes_that_are_named_for_what_they_are_are_no_text() -> None:
    box = "<p>Six dinars a month keep the lamps of this newspaper lit for another whole year, dear readers.</p>"
    names = ("newsletter-box", "ad ad--top", "share", "c-banner cookie")
    boxes = "".join(f'<div class="{name}">{box}</div>' for name in names)
    before = f"<h1>Ferry struck off the port</h1>{boxes}"
    assert extract(page(before=before), URL, captured_at=AT).text.split("\n") == PARAGRAPHS


def test_a_masthead_is_no_headline() -> None:
    head = "<title>The Harbour Post - Ferry struck off the port</title>"
    found = extract(
        page(head, before='<h1><a href="/">The Harbour Post</a></h1><div>Ferry struck off the port</div>'), URL
    )
    assert (found.title, found.publisher_name) == ("Ferry struck off the port", "The Harbour Post")


def test_a_section_that_is_only_seen() -> None:
    found = extract(page(before='<a class="kicker" href="/p">Politics</a><h1>Ferry struck off the port</h1>'), URL)
    assert (found.section, found.topic) == ("Politics", "politics")


def test_a_picture_without_a_figure() -> None:
    box = '<div class="photo"><img src="/f.jpg" width="640"><br>The ferry under tow.</div><img src="/i.gif">'
    found = extract(page(before=f"<h1>Ferry struck off the port</h1>{box}"), URL)
    assert [(i.url, i.caption) for i in found.images] == [("https://www.harbour.example/f.jpg", "The ferry under tow.")]


def test_a_script_that_looks_like_a_tag_of_many_attributes_costs_no_text() -> None:
    script = "<script>if(a<b &&" + " x" * 500 + " 'it')</script>"
    assert extract(page(before=f"<h1>Ferry struck off the port</h1>{script}"), URL).text.split("\n") == PARAGRAPHS


def test_schema_org_says_everything() -> None:
    found = extract(
        page(
            ld(
                headline="Ferry struck off the port",
                datePublished="2025-03-14T09:05:00+02:00",
                dateModified="2025-03-14T12:00:00+02:00",
                author=[{"@type": "Person", "name": "Dana Kettani"}, {"name": "Samir Haddad"}],
                publisher={"name": "The Harbour Post"},
                articleSection="Society",
                image={"url": "/pictures/ferry.jpg"},
            ),
            before='<h1>Ferry struck off the port</h1><figure><img src="/pictures/ferry.jpg?w=800" width="800">'
            "<figcaption>The ferry under tow.</figcaption></figure>",
        ),
        URL,
        captured_at=AT,
    )
    assert found.title == "Ferry struck off the port"
    assert found.published_at == datetime(2025, 3, 14, 7, 5, tzinfo=UTC)
    assert found.published_on == date(2025, 3, 14)
    assert found.modified_at == datetime(2025, 3, 14, 10, 0, tzinfo=UTC)
    assert found.authors == ("Dana Kettani", "Samir Haddad")
    assert (found.publisher, found.publisher_name) == ("harbour.example", "The Harbour Post")
    assert (found.section, found.topic) == ("Society", "society")
    assert [image.caption for image in found.images] == ["The ferry under tow."]
    assert found.images[0].url == "https://www.harbour.example/pictures/ferry.jpg?w=800"


@pytest.mark.parametrize("flood", ["<a href='/x'>one two three</a> ", "<span>one </span>", "<div></div>", "<i></i>"])
def test_of_a_page_of_very_many_elements_a_bounded_number_is_looked_at(flood: str) -> None:
    """They took half a minute; the article's own paragraphs are in the text all the same."""
    html = page(before=f"<h1>Ferry struck off the port</h1><div>{flood * 60_000}</div>")
    found = explain(html, URL)
    assert PARAGRAPHS[-1] in found.article.text
    assert found.article.title == PLAIN
    tree = parse(page(before=f"<div>{flood * 250_000}</div>"))
    parts = outline.Outline(tree)
    assert len(parts.elements) == outline.MOST
    assert len(parts.links) <= 3000
    assert len(blocks(tree, 25_000).boxes) <= 100_000


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By Dana Kettani and Samir Haddad", ("Dana Kettani", "Samir Haddad")),
        ("بقلم دانا الكتاني - القاهرة", ("دانا الكتاني",)),
        ("Dana Kettani (dk), Samir Haddad (sh.)", ("Dana Kettani", "Samir Haddad")),
        ("(Image: Getty Images/Harbour), Dana Kettani", ("Dana Kettani",)),
        ("dana-kettani", ("Dana Kettani",)),
        ("https://www.harbour.example/authors/dana", ()),
        ("Jean-Pierre Haddad", ("Jean-Pierre Haddad",)),
    ],
)
def test_names_in_declared_bylines(said: str, names: tuple[str, ...]) -> None:
    assert extract(page(ld(headline="Ferry struck", author=said)), URL).authors == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ('<p class="article-author">By Dana Kettani</p>', ("Dana Kettani",)),
        ('<div class="byline">von Dana Kettani und Samir Haddad</div>', ("Dana Kettani", "Samir Haddad")),
        ('<p class="author">About the author</p>', ("The Harbour Post",)),
        ('<p class="author">Name *</p>', ("The Harbour Post",)),
        ('<p class="authority">Dana Kettani</p>', ("The Harbour Post",)),
        ('<p class="lead">Dana Kettani</p>', ("The Harbour Post",)),
    ],
)
def test_where_the_paper_stands_for_a_name_the_line_that_is_seen_counts(line: str, names: tuple[str, ...]) -> None:
    head = ld(headline="Ferry struck", author="The Harbour Post", publisher={"name": "The Harbour Post"})
    assert extract(page(head, before=line), URL).authors == names


def test_a_graph_and_broken_json_are_read() -> None:
    broken = '{"@graph": [{"@type": "WebSite"}, {"@type": ["Article"], "headline": "A\nB",}]}'
    head = f'<script type="application/ld+json">{broken}</script>'
    assert extract(page(head, before=""), URL).title == "A B"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (f'{og("title", "Ferry struck off the port | The Harbour Post")}{og("site_name", "The Harbour Post")}', PLAIN),
        ("<title>Ferry struck off the port - Harbour Post</title>", "Ferry struck off the port"),
        ('<meta property="og:title" content="Ferry &amp; freighter">', "Ferry & freighter"),
    ],
)  # fmt: skip
def test_the_headline_without_the_site(head: str, title: str) -> None:
    before = "" if "&amp;" in head else "<h1>Ferry struck off the port</h1>"
    assert extract(page(head, before=before), URL).title == title


def test_an_arabic_comma_inside_a_headline_stays() -> None:
    assert extract(page(before="<h1>BYD\u060c Brazil's Sigma Lithium JV likely</h1>"), URL).title == (
        "BYD\u060c Brazil's Sigma Lithium JV likely"
    )


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ('<p class="date">14 آذار 2025 - 09:05</p>', date(2025, 3, 14)),
        ('<div class="publication">Publié le 14 mars 2025 à 09h05</div>', date(2025, 3, 14)),
        ('<span class="تاريخ">١٤ مارس ٢٠٢٥</span>', date(2025, 3, 14)),
        ('<p class="byline">By Dana Kettani, March 14, 2025</p>', date(2025, 3, 14)),
        ('<time datetime="2025-03-14">Friday</time>', date(2025, 3, 14)),
    ],
)
def test_dates_of_visible_lines(line: str, day: date) -> None:
    found = extract(page(before=f"<h1>Ferry struck off the port</h1>{line}"), URL, captured_at=AT)
    assert (found.published_on, found.dated_at) == (day, datetime(2025, 3, 14, tzinfo=UTC))


def test_a_day_in_the_future_is_doubted_and_not_taken() -> None:
    found = extract(page(ld(datePublished="2031-01-01")), URL, captured_at=AT)
    assert (found.published_on, found.dated_at) == (None, AT)
    assert "2031-01-01" in found.notes[0]


def test_a_day_in_the_address_is_better_than_none() -> None:
    found = extract(page(), "https://www.harbour.example/2025/03/14/ferry", captured_at=AT)
    assert (found.published_on, found.date_text) == (date(2025, 3, 14), "")
    assert "address" in found.notes[0]
    assert extract(page(), "https://www.harbour.example/2025/13/14/ferry", captured_at=AT).published_on is None


def test_without_a_date_the_capture_stands_for_it_in_lists() -> None:
    found = extract(page(), URL, captured_at=AT)
    assert (found.published_at, found.published_on, found.dated_at) == (None, None, AT)


def test_without_a_headline_the_first_words_stand_for_it() -> None:
    found = extract(page(before=""), URL)
    assert found.title.startswith("The ferry left the island")
    assert any("no headline" in note for note in found.notes)


def test_the_language_is_that_of_the_text() -> None:
    assert extract(page(lang="ar"), URL).language == "en"


def test_the_same_bytes_give_the_same_article() -> None:
    assert extract(page().encode(), URL, captured_at=AT) == extract(page().encode(), URL, captured_at=AT)


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"   \n",
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"<" * 100_000,
        b"<div>" * 100_000 + b"deep",
        b"<p>" + b"<b>" * 50_000 + b"x",
        b"<table>" * 20_000,
        b"\xff\xfe" + "<p>نص".encode("utf-16-le"),
        b'<?xml version="1.0" encoding="utf-8"?><html><p>x</p></html>',
        b"<html><script type='application/ld+json'>" + b"[" * 100_000,
        b'<html><script type=\'application/ld+json\'>{"@type": "Article", "headline": {"name": [[[1]]]}}</script>',
        b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><p>&x;</p>",
        b"<html><title>\x00\x01\x02</title><p>\xed\xa0\x80</p>",
    ],
)
def test_no_page_brings_it_down(hostile: bytes) -> None:
    found = extract(hostile, "https://x.example/")
    assert "root:" not in found.text
    assert "\x00" not in found.title + found.text


@given(st.binary(max_size=2000))
def test_no_bytes_bring_it_down(hostile: bytes) -> None:
    assert extract(b"<html>" + hostile, "https://x.example/").url == "https://x.example/"


def test_arabic_pages_of_the_shared_data() -> None:
    """Not a measure (that is the benchmark's): four real pages give the headline and a part of their text."""
    import gzip

    folder = shared("data/arabic11")
    for row in map(json.loads, (folder / "truth.jsonl").read_text("utf-8").splitlines()):
        html = gzip.decompress((folder / "html" / f"{row['id']}.html.gz").read_bytes())
        found = extract(html, row["url"], captured_at=AT)
        assert found.language == "ar"
        assert " ".join(found.title.split()) == " ".join(row["title"].split())
        assert row["body"].split("\n")[-1].strip()[:40] in found.text


def test_two_short_sentences_of_a_declared_article_are_no_empty_shell() -> None:
    linked = '{"@type":"NewsArticle","headline":"Harbour council approves the ferry timetable"}'
    html = (
        f'<html><head><title>Timetable</title><script type="application/ld+json">{linked}</script></head><body>'
        "<article><h1>Harbour council approves the ferry timetable</h1>"
        "<p>It was approved at noon.</p><p>More will follow soon.</p>"
    )
    assert extract(html, URL).text == "It was approved at noon.\nMore will follow soon."


def test_a_nul_in_a_word_does_not_split_it() -> None:
    html = page(f"<title>{PLAIN.replace('rr', chr(0) + 'rr')}</title>").replace("ferry", "fe\0rry")
    found = extract(html.encode(), URL)
    assert found.title == PLAIN
    assert "The ferry left" in found.text
    assert "fe rry" not in found.text


def test_a_page_that_is_a_script_gives_the_headline_and_the_authors_beside_its_text() -> None:
    state = {"props": {"story": {"title": PLAIN, "body": BODY, "author": {"name": "Jane Doe"}}}}
    script = f"<script type=application/json>{json.dumps(state)}</script>"
    found = extract(f"<title>Ferry | The Harbour Post</title><div id=__next></div>{script}", URL)
    assert (found.title, found.authors, found.text) == (PLAIN, ("Jane Doe",), "\n".join(PARAGRAPHS))


@pytest.mark.parametrize("depth", [300, 2500, 20_000])
def test_a_text_in_many_boxes_is_read_and_what_stands_behind_them_too(depth: int) -> None:
    last = "The port has asked the owner of the freighter for an answer by Thursday, and will publish what it says."
    html = page(before=f"<h1>{PLAIN}</h1>" + "<div>" * depth).replace(
        "</article>", "</div>" * depth + f"<p>{last}</p></article>"
    )
    found = extract(html, URL)
    assert found.text.split("\n") == [*PARAGRAPHS, last]
    assert found.notes == ()
    cut = extract(html.replace("<div>", "<div class=box>"), URL)
    assert cut.text.split("\n") == [*PARAGRAPHS, last]
    assert cut.notes == ("only 250 levels of its boxes were read",)


@pytest.mark.parametrize("address", ["http://[", "http://[::1", "//[x]/y", "http://a\u2100b/", "\0", "http://x:y/", ""])
def test_no_address_is_too_odd(address: str) -> None:
    links = [f'<h2><a href="/{n}/some-words">A long headline of some words {n}</a></h2>' for n in range(30)]
    listed, dated = "".join(links), '<meta name="date" content="02/03/2015">'
    for html in (page(), page(dated), f"<html><body>{listed}</body></html>"):
        assert extract(html, address, captured_at=datetime(9999, 12, 31, tzinfo=UTC)).url == address


EVENTS = [
    "2 October 2015 – Russia begins airstrikes in Homs",
    "5 October 2015 – Turkey protests",
    "7 October 2015 – ships fire from the Caspian Sea",
    "9 October 2015 – the council meets in New York",
]


@pytest.mark.parametrize("behind", [[], PARAGRAPHS])
def test_the_lines_of_a_chronology_are_text(behind: list[str]) -> None:
    body = "".join(f"<p>{line}</p>" for line in (*EVENTS, *behind))
    declared = ld(headline="Six days", articleBody="\n".join([*EVENTS, *behind]))
    text = extract(f"<html><body><article><h1>Six days</h1>{body}</article>{declared}</body></html>", URL).text
    assert text.split("\n") == [*EVENTS, *behind]


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_day_of_the_story_does_not_date_the_page(count: int) -> None:
    body = "".join(f"<p>{line}</p>" for line in (*EVENTS[:count], *PARAGRAPHS))
    html = f"<html><head><title>Six days at sea</title></head><body><h1>Six days at sea</h1>{body}</body></html>"
    found = extract(html, "https://x.example/six-days", captured_at=AT)
    assert found.text.split("\n") == [*EVENTS[:count], *PARAGRAPHS]
    assert found.published_on is None


def test_what_a_recipe_points_at_keeps_its_dates() -> None:
    rules = read_recipe(b'hosts = ["harbour.example"]\n[[rules]]\ntext = ".b p"\n', "harbour.toml").rules[0]
    lines = ["2 October 2015", *PARAGRAPHS]
    html = f'<h1>Six days</h1><div class="b">{"".join(f"<p>{line}</p>" for line in lines)}</div>'
    assert extract(html, "https://harbour.example/a", recipe=rules).text.split("\n") == lines


@pytest.mark.parametrize(
    "line",
    [
        "Published 2 October 2015 at 14:05",
        "Fri 2 October 2015, 2.05pm BST",
        "Updated: 2 October 2015 | World",
        "2 min read · 2 October 2015",
        "October 2nd, 2015, 10:45 AM",
        "نشر في: الجمعة 2 أكتوبر 2015 الساعة 14:05 مساءً",
        "Publié le vendredi 2 octobre 2015 à 14h05",
    ],
)
def test_a_line_that_only_says_when_is_no_text(line: str) -> None:
    html = page().replace(f"<p>{PARAGRAPHS[0]}", f"<p>{line}</p><p>{PARAGRAPHS[0]}", 1)
    assert extract(html, URL, captured_at=AT).text.split("\n") == PARAGRAPHS


def test_a_flood_of_marks_is_cut() -> None:
    flood = "a" + "\u0315\u0300\u0316\u0301" * 100_000
    assert len(clean(f"{flood} b")) < 40
    assert clean("e\u0301 \u0644\u0651\u064e") == "é \u0644\u064e\u0651"


def test_control_characters_of_terminals_go() -> None:
    assert clean("a\x9b31mb\x85c") == "a31mb\nc"


def test_what_is_compared_with_each_block_is_bounded() -> None:
    """Every block is looked for in what the page declares: what is handed on has a most."""
    many = [f"d{number} {'x' * 3000}" for number in range(40)]
    html = page(ld(headline="Ferry", description=many, articleBody="word " * 60_000) + f"<title>{'t' * 9999}</title>")
    found = explain(html, URL).declared
    assert (len(found.descriptions), max(map(len, found.descriptions))) == (10, 2000)
    assert len(body.told_by(found).body) == 200_000
    assert max(len(one.text) for one in found.headlines) <= 1000


def test_a_page_of_boxes_only_is_read_as_far_as_its_bound_and_says_so() -> None:
    found = extract("<html><body>" + BODY + "<div></div>" * 150_000 + BODY.replace("ferry", "boat"), URL)
    assert "only the first" in " ".join(found.notes)
    assert found.text.split("\n") == PARAGRAPHS
