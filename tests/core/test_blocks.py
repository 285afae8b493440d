"""A page in blocks."""

import lxml.html
import pytest

from rawi.core.blocks import BIT, Page, all_blocks, blocks, name_parts


def of(html: str, most: int = 1000) -> Page:
    return blocks(lxml.html.document_fromstring(html), most)


def texts(html: str) -> list[str]:
    return [block.text for block in of(html).blocks]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One\n  two</p><p>three", ["One two", "three"]),
        ("<div>before<p>in</p>after</div>", ["before", "in", "after"]),
        ("<p>a <b>b</b><i>c</i> d", ["a bc d"]),
        ("<td>one<br>two<br><br>three<br/><br/><br/>four", ["one\ntwo", "three", "four"]),
        ("<br><br>only<br>", ["only"]),
        ("<p>seen<script>var x</script> still<style>p{}</style>", ["seen still"]),
        ("<pre>line one\nline  two</pre>", ["line one\nline two"]),
        ("<p>大統領<ruby><rb>弾劾</rb><rp>(</rp><rt>だんがい</rt><rp>)</rp></ruby>訴追", ["大統領弾劾訴追"]),
        ("<a href=x><div>in a link</div></a> out", ["in a link", "out"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<p> &nbsp; </p>", []),
        ("<title>no</title><article><p>without a body", ["without a body"]),
        ("<x-card>own element</x-card><p>p", ["own element", "p"]),
    ],
)
def test_blocks_are_what_a_reader_sees_on_lines_of_their_own(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def test_links_and_bold_words_are_counted() -> None:
    (block,) = of("<p>ab <a href=x>linked <b>bold</b></a> cd <strong>efg</strong>").blocks
    assert (block.links, block.link_chars, block.bold_chars) == (1, 11, 7)


def test_an_unclosed_link_counts_what_it_holds() -> None:
    first, second = of("<p><a href=x>one</p><p>two</a></p>").blocks
    assert first.link_chars == 3
    assert second.text == "two"


def test_a_block_knows_where_it_stands() -> None:
    html = (
        "<main><article class='story' id='s1'><div itemprop=articleBody><p>text</div></article></main>"
        "<nav><p>menu</nav><div style='display:none'><p>hidden</div><div role=navigation><p>roles"
    )
    page = all_blocks(lxml.html.document_fromstring(html), 100)
    flags = {block.text: page.boxes[block.box].flags for block in page.blocks}
    assert flags["text"] & BIT["main"]
    assert flags["text"] & BIT["article"]
    assert flags["text"] & BIT["body"]
    assert flags["menu"] & BIT["nav"]
    assert not flags["menu"] & BIT["main"]
    assert flags["hidden"] & BIT["hidden"]
    assert not flags["text"] & BIT["hidden"]
    assert flags["roles"] & BIT["nav"]
    assert "story s1" in [box.named for box in page.boxes]


def test_boxes_sum_up_what_stands_in_them() -> None:
    page = of("<body><div><p>12345</p><p><a href=x>123</a></p></div><p>1")
    by_tag = {box.tag: box for box in page.boxes}
    assert (by_tag["div"].chars, by_tag["div"].link_chars, by_tag["div"].blocks, by_tag["div"].paragraphs) == (
        8,
        3,
        2,
        2,
    )
    assert (by_tag["body"].chars, by_tag["body"].paragraphs) == (9, 3)


def test_menus_and_feet_are_passed_over_unless_all_is_asked_for() -> None:
    html = "<nav>menu</nav><p>text <nav>within</nav> goes on</p><footer><p>foot</footer>"
    assert texts(html) == ["text", "goes on"]
    tree = lxml.html.document_fromstring(html)
    assert [block.text for block in all_blocks(tree, 100).blocks] == ["menu", "text", "within", "goes on", "foot"]


def test_no_more_blocks_are_read_than_asked_for() -> None:
    assert len(of("<p>x" * 50, most=10).blocks) == 10


def test_the_words_of_a_name() -> None:
    assert name_parts("articleBody__lead-text tw:mt-4 RTLPage text") == (
        "article",
        "body",
        "lead",
        "text",
        "tw",
        "mt",
        "rtl",
        "page",
    )


def test_a_page_of_empty_boxes_is_read_as_far_as_its_blocks_may_need() -> None:
    page = of("<div></div>" * 5000 + "<p>Too far down.</p>", 1000)
    assert (len(page.boxes), page.blocks, page.is_cut) == (4000, [], True)
    assert not of("<div></div>" * 100 + "<p>Near.</p>", 1000).is_cut


@pytest.mark.parametrize("flood", ["a<br>", "<i>a</i>"])
def test_of_a_flood_of_elements_the_first_are_walked_through(flood: str) -> None:
    page = of(f"<p>{flood * 400_000}", 25_000)
    assert page.is_cut
    assert sum(block.text.count("a") for block in page.blocks) <= 300_000
    assert not of(f"<p>{flood * 1000}").is_cut
