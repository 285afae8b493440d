"""Which of the texts of a page is its headline, and how it is written."""

import json

import pytest

from rawi.core import headlines, page
from rawi.core.headlines import Candidate, choose

URL = "https://www.harbour.example/2025/03/ferry-struck-off-the-port"
PLAIN = "Ferry struck off the port"


def chosen(head: str = "", body: str = "", url: str = URL) -> str:
    tree = page.parse(f"<html><head>{head}</head><body>{body}<p>It left at nine in the evening.</p></body></html>")
    found = page.declared(tree)
    return headlines.choose(found.headlines, found.site_names, url)


def og(name: str, said: str) -> str:
    return f'<meta property="og:{name}" content="{said}">'


def ld(**said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **said})}</script>'


@pytest.mark.parametrize(
    "said",
    [
        "Ferry struck off the port | The Harbour Post",
        "Ferry struck off the port - Society - The Harbour Post",
        "Ferry struck off the port – Harbour Post",
        "Ferry struck off the port : The Harbour Post",
        "The Harbour Post: Ferry struck off the port",
        "The Harbour Post | Ferry struck off the port",
        "Ferry struck off the port｜The Harbour Post",
        "Ferry struck off the port — harbour.example",
    ],
)
def test_the_sites_name_is_taken_off_either_end(said: str) -> None:
    head = og("title", said) + og("site_name", "The Harbour Post")
    assert chosen(head, f"<h1>{PLAIN}</h1>") == PLAIN


def test_the_address_tells_the_sites_name() -> None:
    assert chosen("<title>Ferry struck off the port | Harbour</title>") == PLAIN


def test_a_dash_in_a_headline_stays() -> None:
    head = og("title", "Ferry struck - two hundred saved") + og("site_name", "The Harbour Post")
    assert chosen(head) == "Ferry struck - two hundred saved"


def test_a_part_that_another_text_does_without_is_no_part_of_it() -> None:
    head = f"<title>{PLAIN} | Society | All our news</title>"
    assert chosen(head, f"<h1>{PLAIN}</h1>") == PLAIN


@pytest.mark.parametrize(
    "logo",
    [
        '<h1><a href="/">The Harbour Post</a></h1>',
        '<h1 class="site-logo">The Harbour Post</h1>',
        '<a href="/"><h1>The Harbour Post</h1></a>',
        '<h1 style="display: none">Everything about the sea</h1>',
        "<h1 hidden>Everything about the sea</h1>",
        "<nav><h1>Everything about the sea</h1></nav>",
    ],
)
def test_a_heading_that_is_not_the_articles_is_passed_over(logo: str) -> None:
    assert chosen("<title>Harbour</title>", f"{logo}<main><h1>{PLAIN}</h1></main>") == PLAIN


def test_the_heading_of_the_article_comes_before_that_of_the_page() -> None:
    assert chosen("", f"<h1>Society today</h1><article><h1>{PLAIN}</h1></article>") == PLAIN


def test_what_a_newsroom_declares_comes_first_and_what_others_declare_behind_what_is_seen() -> None:
    body = f"<h1>{PLAIN}</h1>"
    other = "Ferry accident: all you need to know"
    assert chosen(ld(headline=other) + og("title", PLAIN), body) == other
    assert chosen(ld(headline=other).replace("NewsArticle", "BlogPosting") + og("title", PLAIN), body) == PLAIN


def test_a_shortened_text_loses_to_the_whole_one() -> None:
    whole = "Ferry struck two miles off the breakwater of the port, survivors say"
    head = ld(headline="Ferry struck two miles off the breakwater…") + og("title", "Ferry struck two miles off the…")
    assert chosen(head, f"<h1>{whole}</h1>") == whole


def test_capitals_lose_to_the_same_in_mixed_case() -> None:
    assert chosen(og("title", PLAIN), f"<h1>{PLAIN.upper()}</h1>") == PLAIN
    assert chosen("", "<h1>FERRY STRUCK</h1>") == "FERRY STRUCK"


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Ferry struck<br>off the port", PLAIN),
        ("<span>Ferry struck</span><span>off the port</span>", PLAIN),
        ("Ferry <em>str</em>uck  off\n the port", PLAIN),
        ("Ferry &amp;amp; freighter", "Ferry & freighter"),
        ("<script>x()</script>Ferry struck off the port", PLAIN),
    ],
)
def test_the_words_of_a_heading(heading: str, title: str) -> None:
    assert chosen("", f"<h1>{heading}</h1>") == title


def test_a_kicker_inside_a_heading_goes_where_others_do_without_it() -> None:
    heading = f'<h1><span class="kicker">Sea</span> {PLAIN}</h1>'
    assert chosen(ld(headline=PLAIN), heading) == PLAIN
    both = og("title", f"Sea: {PLAIN}")
    assert chosen(both, heading) == f"Sea: {PLAIN}"


def test_a_headline_that_is_only_the_sites_name_is_none_where_there_is_another() -> None:
    head = og("title", "The Harbour Post") + og("site_name", "The Harbour Post") + f"<title>{PLAIN}</title>"
    assert chosen(head) == PLAIN


def test_without_a_heading_the_block_that_stands_in_the_title_is_it() -> None:
    head = f"<title>The Daily Harbour of Monday - {PLAIN} - page 3</title>"
    assert chosen(head, f"<div>{PLAIN}</div>") == PLAIN


def test_arabic() -> None:
    whole = "غرق عبّارة قبالة الميناء، ونجاة مئتي راكب"
    head = og("title", f"{whole} | صحيفة المرفأ") + og("site_name", "صحيفة المرفأ")
    assert chosen(head, f"<h1>{whole}</h1>") == whole


def test_a_page_that_says_nothing() -> None:
    assert chosen() == ""


def test_a_flood_of_headings_and_a_headline_without_end() -> None:
    assert chosen("", f"<h1>{PLAIN}</h1>" + "<h1>x | y</h1>" * 20_000) == PLAIN
    assert chosen(og("title", "a - " * 100_000), f"<h1>{PLAIN}</h1>") == PLAIN
    assert chosen(og("title", " | - : " * 140), f"<h1>{PLAIN}</h1>") == PLAIN


def test_a_headline_that_was_changed_beside_stale_declarations_is_the_one_readers_saw() -> None:
    stale = "Harbour council approves the ferry timetable"
    declared = [Candidate(stale, "news"), Candidate(stale, "og")]
    changed = "Members quietly change their minds"
    assert choose([*declared, Candidate(changed, "h1"), Candidate(changed, "title")], (), "") == changed
    worded = "Harbour council approves ferry timetable at last"
    assert choose([*declared, Candidate(worded, "h1"), Candidate(worded, "title")], (), "") == stale
    assert choose([declared[0], Candidate(changed, "h1"), Candidate(changed, "title")], (), "") == stale


def test_a_fragment_of_a_declaration_loses_against_a_heading() -> None:
    assert chosen(ld(headline=["a", "b"]) + og("title", "a"), f"<h1>{PLAIN}</h1>") == PLAIN
    assert chosen(ld(headline="Oil"), "") == "Oil"
    assert chosen(ld(headline="沉船"), f"<h1>{PLAIN}</h1>") == "沉船"
