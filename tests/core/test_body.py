"""An article's own text among the blocks of its page. All pages are made up."""

from dataclasses import replace

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import body, bylines, page
from rawi.core.extract import extract
from rawi.core.page import Declared

URL = "https://www.harbour.example/2025/03/water"
PARAGRAPHS = [
    "The water came back to the northern wards on Monday, eleven days after the pump at the old mill had stopped.",
    "“We carried it from the church,” said Salma Rahhal, who keeps a bakery near the quay, “twice before dawn.”",
    "The company had promised a new pump in the spring; it arrived in a crate without its valves, the mayor said.",
    "Engineers worked through the night to join the old valves to the new pump, and by six the first taps ran brown.",
    "Nobody could say how long the mended pump would last, or who would pay for the next one when it does not.",
    "The council meets on Thursday, and the bakers of the quay have asked to be heard before the budget is put.",
]
MENU = "".join(f"<li><a href='/{name}'>{name.title()}</a></li>" for name in ("news", "sport", "opinion", "weather"))
FRAME = (
    "<html lang=en><head><title>Water comes back</title></head><body>"
    "<header class=site-header><a href='/'>Harbour Post</a><ul class=menu>{menu}</ul></header>"
    "<main><article class='story'><h1>Water comes back to the north</h1>"
    "<div class=byline>By Dana Kettani</div>{text}</article></main>"
    "<aside class=sidebar><h3>Most read</h3><ul>{menu}</ul></aside>"
    "<footer><p>© The Harbour Post. All rights reserved.</p></footer></body></html>"
)


def read(text: str, head: str = "") -> body.Body:
    html = FRAME.format(menu=MENU, text=text).replace("</head>", f"{head}</head>")
    tree = page.parse(html)
    return body.read(tree, page.declared(tree, URL), page.parse)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def why(found: body.Body, start: str) -> str:
    return next(line.why for line in found.lines if line.text.startswith(start))


def test_the_article_whole_and_alone() -> None:
    assert read(paragraphs(*PARAGRAPHS)).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"<div class=wrap><div><p>{paragraph}</p></div></div>" for paragraph in PARAGRAPHS),
        "<div class=story-text>" + "<br><br>".join(PARAGRAPHS) + "</div>",
        "<div class=story-text>" + "<br>".join(PARAGRAPHS) + "</div>",
        "<table><tr><td>" + "</td></tr><tr><td>".join(PARAGRAPHS) + "</td></tr></table>",
        "".join(f"<div class=para>{paragraph}</div>" for paragraph in PARAGRAPHS),
        "<div>" + paragraphs(*PARAGRAPHS[:3]) + "</div><section>" + paragraphs(*PARAGRAPHS[3:]) + "</section>",
    ],
    ids=["wrapped one by one", "parted by two br", "parted by br", "a table", "div elements", "two boxes"],
)
def test_whatever_paragraphs_are_made_of(text: str) -> None:
    assert read(text).text.split("\n") == PARAGRAPHS


def test_lists_quotations_and_sub_headings_stay_in_their_places() -> None:
    item = "A pump with its valves, delivered and joined before the summer."
    quote = "We shall not drink brown water for another year, whatever the company may say of it."
    found = read(
        paragraphs(*PARAGRAPHS[:2])
        + "<h2>What the bakers ask</h2>"
        + f"<ul><li>{item}</li><li>{item.replace('A pump', 'A second pump')}</li></ul>"
        + paragraphs(*PARAGRAPHS[2:4])
        + f"<blockquote><p>{quote}</p></blockquote>"
        + paragraphs(*PARAGRAPHS[4:])
    )
    assert found.text.split("\n") == [
        *PARAGRAPHS[:2],
        "What the bakers ask",
        item,
        item.replace("A pump", "A second pump"),
        *PARAGRAPHS[2:4],
        quote,
        *PARAGRAPHS[4:],
    ]
    assert why(found, "What the bakers") == "a sub-heading"
    assert why(found, item) == "an item of a list"


@pytest.mark.parametrize(
    ("furniture", "reason"),
    [
        (
            "<figure><img src=a.jpg><figcaption>The old mill, seen from the quay on Monday.</figcaption></figure>",
            "caption",
        ),
        (
            "<div class='newsletter-box'><p>Get our letter every morning, free of charge and of spam.</p></div>",
            "newsletter",
        ),
        (
            "<div class=lire-aussi><p>Lire aussi <a href=/x>Le moulin est à vendre depuis mardi</a></p></div>",
            "lire-aussi",
        ),
        ("<p>Read more: <a href=/x>The mill has been for sale since Tuesday, its owner says</a></p>", "leads to"),
        ("<p><a href=/x>The mill has been for sale since Tuesday</a></p>", "plain link"),
        (f"<p>{PARAGRAPHS[0]}</p>", "said before"),
    ],
)
def test_what_stands_between_the_paragraphs_is_left_and_said_why(furniture: str, reason: str) -> None:
    found = read(paragraphs(*PARAGRAPHS[:3]) + furniture + paragraphs(*PARAGRAPHS[3:]))
    assert found.text.split("\n") == PARAGRAPHS
    assert any(reason in line.why for line in found.lines if not line.is_text)


def test_rows_of_a_data_table_stand_on_a_line_each() -> None:
    table = "<table><tr><td>Ward</td><td>Days</td></tr><tr><td>North</td><td>11</td></tr></table>"
    tree = page.parse(table)
    shown = body.blocks(tree, 100)
    decided = [body.Line(block.text, "td", "", True, 1.0, "") for block in shown.blocks]
    assert body.text(shown, decided) == "Ward | Days\nNorth | 11"


def test_the_headline_is_no_part_of_the_text() -> None:
    found = read(paragraphs(*PARAGRAPHS))
    assert "Water comes back to the north" not in found.text.split("\n")


@pytest.mark.parametrize("end", ["</html>", "</HTML>", "</Html>", "</html >", "</html\n>"])
def test_text_behind_the_end_of_the_page_is_read(end: str) -> None:
    html = FRAME.format(menu=MENU, text="").partition("<article")[0] + f"</body>{end}" + paragraphs(*PARAGRAPHS)
    tree = page.parse(html)
    assert body.read(tree, page.declared(tree, URL), page.parse).text.split("\n") == PARAGRAPHS


def test_an_article_in_a_menu_that_was_never_closed_is_found() -> None:
    html = f"<html><body><nav class=top><a href=/>Home</a>{paragraphs(*PARAGRAPHS)}</body></html>"
    tree = page.parse(html)
    assert body.read(tree, page.declared(tree, URL), page.parse).text.split("\n") == PARAGRAPHS


DECLARED = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Water comes back to the north",'
    '"articleBody":"' + "\\n".join(p.replace('"', "'") for p in PARAGRAPHS) + '"}</script>'
)


def test_the_declared_text_stands_for_what_the_page_does_not_show() -> None:
    found = read(paragraphs(PARAGRAPHS[0]), DECLARED)
    assert found.text.split("\n") == PARAGRAPHS
    assert "JSON-LD" in found.source


def test_a_declared_text_of_something_else_is_not_taken() -> None:
    other = [
        f"On day {day} of the fair the ring of lamps was lit by another guild, to the same song." for day in range(3)
    ]
    assert read(paragraphs(*other), DECLARED).text.split("\n") == other


def test_what_a_live_blog_shows_is_what_it_said_by_then() -> None:
    entries = ",".join(f'{{"@type":"BlogPosting","articleBody":"{paragraph}"}}' for paragraph in PARAGRAPHS * 2)
    live = f'<script type="application/ld+json">{{"@type":"LiveBlogPosting","liveBlogUpdate":[{entries}]}}</script>'
    assert read(paragraphs(*PARAGRAPHS[:3]), live).text.split("\n") == PARAGRAPHS[:3]
    assert read("", live).text.split("\n") == PARAGRAPHS * 2


def test_a_gallery_says_what_its_captions_say() -> None:
    gallery = '<script type="application/ld+json">{"@type":"ImageGallery","name":"Water comes back"}</script>'
    captions = ["Salma Rahhal at her oven on Monday.", "The old mill, seen from the quay.", "The first brown water."]
    figures = "".join(
        f"<figure><img src=/{n}.jpg width=900 height=600><figcaption>{caption}</figcaption></figure>"
        for n, caption in enumerate(captions)
    )
    found = read(figures, gallery)
    assert found.text.split("\n") == captions
    assert "captions" in found.source


def test_a_page_of_pictures_with_captions_is_a_gallery() -> None:
    captions = [f"A baker of ward {ward} carries his bread to the quay, before the water comes." for ward in range(6)]
    figures = "".join(
        f"<figure><img src=/{n}.jpg width=900 height=600><figcaption>{caption} Photo: AFP</figcaption></figure>"
        for n, caption in enumerate(captions)
    )
    found = read(f"<p>Our photographer walked along the quay.</p>{figures}")
    assert found.text.split("\n") == ["Our photographer walked along the quay.", *captions]
    assert found.note == "a gallery"
    assert read(paragraphs(*PARAGRAPHS) + figures).text.split("\n") == PARAGRAPHS


def test_a_flood_of_links_takes_nothing_from_the_article() -> None:
    flood = "<p>" + "<a href=/x>one two</a> " * 3000 + "</p>"
    assert read(flood + paragraphs(*PARAGRAPHS)).text.split("\n") == PARAGRAPHS


def test_a_long_article_is_judged_by_its_beginning() -> None:
    many = [
        f"In the {n}th week the bakers of the quay came before the council again, and were heard." for n in range(5000)
    ]
    found = read("<div class=story-text>" + paragraphs(*many) + "</div>")
    assert found.text.split("\n") == many
    assert why(found, "By Dana") == "the by-line"


@given(st.text(alphabet="<>/=\"' \n&;!-abpdivtrxliul#0\x1f\ud800", max_size=400))
def test_no_page_brings_it_down(html: str) -> None:
    tree = page.parse(html)
    if tree is not None:
        assert isinstance(body.read(tree, Declared(), page.parse).text, str)


def test_blocks_come_from_the_tree_as_lxml_makes_it() -> None:
    assert [block.text for block in body.blocks(lxml.html.fromstring("<div>a<p>b</p></div>"), 10).blocks] == ["a", "b"]


def test_of_a_flood_of_by_lines_few_are_read_for_names(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    people = bylines.people
    monkeypatch.setattr(bylines, "people", lambda said: asked.append(said) or people(said))
    named = '<meta name="author" content="Dana Kettani">'
    flood = "".join(f"<p>By Dana Kettani, dana{number}@harbour.example</p>" for number in range(2000))
    found = read(paragraphs(*PARAGRAPHS) + flood, named)
    assert found.text.split("\n") == PARAGRAPHS
    assert len(asked) < 1000


def test_a_page_is_read_by_the_model_that_is_given() -> None:
    """Measurements read a page by a model that has not seen its publisher, and the next one by the shipped."""
    html = "<h1>Water</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    shipped = body.shipped()
    sceptic = replace(shipped, second=replace(shipped.second, bias=-(10**9)))
    assert extract(html, URL, model=sceptic).text == ""
    assert extract(html, URL).text.split("\n") == PARAGRAPHS
