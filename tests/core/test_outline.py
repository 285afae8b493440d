"""A page's elements, gathered in one pass."""

from rawi.core import page
from rawi.core.outline import Outline

PAGE = """
<html><head><title>Ferry</title><meta name="Author" content="Dana &amp;amp; Samir"><meta name="author" content="x">
<meta http-equiv="X-Robots-Tag" content="noai"><script type="Application/LD+JSON">{}</script>
<script src="/a.js"></script>
</head><body><h1 class="Head Line">A</h1><p class="text">b</p><h2>c</h2><h1>d</h1>
<p class="ByLine" itemprop="author">By Dana</p><p class="text">e</p></body></html>
"""


def outline(html: str = PAGE) -> Outline:
    tree = page.parse(html)
    assert tree is not None
    return Outline(tree)


def texts(elements: list[object]) -> list[str]:
    return [element.text for element in elements]  # type: ignore[attr-defined]


def test_elements_come_by_their_tags_in_the_order_of_the_page() -> None:
    parts = outline()
    assert texts(list(parts["h1"])) == ["A", "d"]
    assert texts(parts.first("h2", "h1", most=2)) == ["A", "c"]
    assert texts([parts.elements[place] for place in parts.places("h1", "h2")]) == ["A", "c", "d"]
    assert list(parts["video"]) == parts.places("video") == []


def test_classes_stand_by_the_places_of_their_elements() -> None:
    parts = outline()
    assert [parts.classes[place] for place in parts.places("h1", "p")] == ["Head Line", "text", None, "ByLine", "text"]


def test_words_are_found_in_class_attributes_whatever_their_case() -> None:
    parts = outline()
    assert parts.named(["line"]) == ["Head Line", "ByLine"]
    assert parts.named(["byline", "text"]) == ["text", "ByLine"]
    assert parts.named(["linetext", "nobody"]) == []
    assert outline("<p>no class</p>").named(["line"]) == []
    assert outline('<p class="İx">a<p class="author">b').named(["auth"]) == ["author"]


def test_what_the_head_says() -> None:
    parts = outline()
    assert parts.metas == {"author": "Dana & Samir"}
    assert parts.equivalents == {"x-robots-tag": "noai"}
    assert list(parts.scripts) == [("application/ld+json", "{}")]
    assert [(name, element.text) for name, element in parts.marked] == [("author", "By Dana")]
