"""What a page says of its article in JSON-LD."""

import json
from typing import Any

import pytest

from rawi.core import linked, page

URL = "https://harbour.example/sport/ferry-race"
NAMES = ("Harbour Post", "The ferry race is won")


def step(name: str, address: str = "", position: object = None) -> dict[str, Any]:
    return {"@type": "ListItem", "position": position, "name": name, "item": address}


def path(*steps: Any) -> dict[str, Any]:
    return {"@type": "BreadcrumbList", "itemListElement": list(steps)}


@pytest.mark.parametrize(
    ("steps", "section"),
    [
        ([step("Sport"), step("Sailing")], "Sport > Sailing"),
        ([step("Home", "https://harbour.example/"), step("Sport")], "Sport"),
        ([step("Willkommen", "https://harbour.example"), step("Sport")], "Sport"),
        ([step("الرئيسية"), step("رياضة")], "رياضة"),
        ([step("harbour post"), step("Sport"), step("The ferry race is won")], "Sport"),
        ([step("Sport"), step("Won at last", URL)], "Sport"),
        ([step("Sport"), step("The race of the ferries, which was won by the smallest of them")], "Sport"),
        ([step("Sailing", position=3), step("Sport", position="2")], "Sport > Sailing"),
        ([{"item": {"@id": "/sport", "name": "Sport"}}], "Sport"),
        ([step("Home")], ""),
        (["Sport", None, 7, {"item": None}], ""),
        ([{"name": "Sport", "item": "http://["}], "Sport"),
    ],
)
def test_the_path_of_links_says_the_section(steps: list[Any], section: str) -> None:
    assert linked.section([path(*steps)], URL, NAMES) == section


def test_the_path_may_stand_in_the_page_that_it_leads_to() -> None:
    assert linked.section([{"@type": "WebPage", "breadcrumb": path(step("Sport"))}], URL, NAMES) == "Sport"


def read(html: str) -> page.Declared:
    tree = page.parse(f"<html><head><title>T</title></head><body>{html}</body></html>")
    assert tree is not None
    return page.declared(tree, URL)


def script(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_a_section_that_is_named_comes_before_the_path() -> None:
    trail = path(step("Sport"))
    assert read(script([trail, {"@type": "NewsArticle", "articleSection": "Sailing"}])).section == "Sailing"
    assert read(script(trail) + '<meta property="article:section" content="Regatta">').section == "Regatta"
    assert read(script(trail) + '<a class="category" href="/p">Politics</a>').section == "Sport"


def test_a_path_in_unknown_words_comes_after_a_link_in_known_ones() -> None:
    trail = path(step("Dispatches"))
    assert read(script(trail) + '<a class="category" href="/p">Politics</a>').section == "Politics"
    assert read(script(trail)).section == "Dispatches"


@pytest.mark.parametrize(
    ("name", "section"),
    [("cat-link", "Politics"), ("tag over", "Politics"), ("scatter", ""), ("overlay", ""), ("breadcrumbs", "Politics")],
)
def test_a_link_is_named_for_a_section(name: str, section: str) -> None:
    assert read(f'<p class="{name}"><a href="/p">Politics</a></p>').section == section


def test_names_within_names_are_read_to_a_depth() -> None:
    deep: Any = "Harbour Post"
    for _ in range(500):
        deep = {"name": deep}
    assert read(script({"@type": "NewsArticle", "publisher": deep})).site == ""
    assert (
        read(script({"@type": "NewsArticle", "publisher": {"name": {"@value": "Harbour Post"}}})).site == "Harbour Post"
    )


def test_commas_at_the_end_and_line_breaks_in_texts_are_mended() -> None:
    found = linked.nodes([("application/ld+json", '{"@type": "Article", "headline": "A\nferry",}')])
    assert list(linked.said(found, "headline")) == ["A ferry"]
    assert (
        linked.nodes([("text/javascript", "{}"), ("application/ld+json", "{"), ("application/ld+json", "[" * 9999)])
        == []
    )


def test_lists_are_read_before_what_they_stand_beside() -> None:
    text = json.dumps([[{"name": "a"}, {"@graph": [{"name": "d"}]}], {"name": "c"}])
    assert [node.get("name") for node in linked.nodes([("application/ld+json", text)])] == ["a", None, "c", "d"]
