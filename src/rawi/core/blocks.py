"""A page as a reader meets it: blocks of text in their order, and the boxes they stand in."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml import etree

_NAME_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+")

UNSEEN = frozenset(
    """
    applet area audio base canvas col colgroup datalist embed frame frameset iframe input link map math meta
    noembed noframes noscript object optgroup option param rp rt script select style svg template textarea title track
    video
    """.split()  # noqa: SIM905 - a table, many words a line
)
"""Elements whose content is not shown as text."""

INLINE = frozenset(
    """
    a abbr acronym amp-img b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr picture q rb rtc
    ruby s samp small source span strike strong sub sup time tt u var wbr
    """.split()  # noqa: SIM905 - a table, many words a line
)
"""Elements that do not break a line."""

FLAGS = (
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "dialog",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hidden",
    "li",
    "main",
    "nav",
    "section",
    "table",
)
"""What a box can stand in, itself included; bit by bit in `Box.flags`, in this order. "body" is an element that is
declared to be the article's (`itemprop="articleBody"`)."""

BIT = {name: 1 << place for place, name in enumerate(FLAGS)}
_OF_TAG = {name: bit for name, bit in BIT.items() if name != "body"} | dict.fromkeys(("ul", "ol", "dl"), BIT["li"])
_ROLES = {
    "complementary": "aside",
    "contentinfo": "footer",
    "dialog": "dialog",
    "main": "main",
    "navigation": "nav",
    "banner": "header",
    "article": "article",
    "search": "form",
}
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Box:
    """An element that breaks lines, with what stands in it (sums go upward: a box counts what its inner boxes hold)."""

    parent: int
    """Its place in `Page.boxes`; -1 for the outermost."""
    depth: int
    tag: str
    named: str
    """Its class and id, as written."""
    flags: int
    """See `FLAGS`."""
    chars: int = 0
    link_chars: int = 0
    blocks: int = 0
    paragraphs: int = 0
    """Blocks of a `p`, at any depth."""


@dataclass(slots=True, eq=False)
class Block:
    """A run of text that stands on lines of its own."""

    text: str
    """Blanks made one; a newline where the page has a `br`."""
    box: int
    """Where it stands: its place in `Page.boxes`."""
    link_chars: int
    links: int
    bold_chars: int
    label: str
    """Class and id of the one inline element that holds all of it; "" when there is none."""
    time_chars: int = 0
    """Characters but blanks that stand in `time` elements."""


@dataclass(slots=True, eq=False)
class Page:
    """All blocks of a page in reading order, with their boxes (outer ones first)."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    is_cut: bool = False
    """Whether the page goes on behind them."""


PASSED_OVER = frozenset(["footer", "nav"])
"""Elements in which hardly ever a word of an article stands: nearly half of what a page holds."""

_IN_LINE, _NOT_SHOWN, _BREAK, _BOX, _SKIPPED = range(5)
_ALL_KINDS = dict.fromkeys(INLINE, _IN_LINE) | dict.fromkeys(UNSEEN, _NOT_SHOWN) | {"br": _BREAK}
_KINDS = _ALL_KINDS | dict.fromkeys(PASSED_OVER, _SKIPPED)
_MOST_COUNTED = 3000
_BOXES_A_BLOCK = 4
"""Of a page that is read as far as so many blocks, four times as many boxes are; real ones have two."""
_MOST_STEPS = 600_000
"""Into elements and out of them: 300,000 elements, where real pages have some thousand."""
_MARK = "\x1f"
"""Stands for a `br` while a line is gathered: no page holds it (`page.parse` takes control characters out)."""


class _Line:
    """The text that is gathered since the last block ended."""

    __slots__ = ("bold_chars", "breaks", "is_open", "labels", "link_chars", "links", "parts", "time_chars")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.is_open = False
        """Whether there is anything but blanks in it."""
        self.link_chars = self.links = self.bold_chars = self.time_chars = 0
        self.breaks = 0
        """How many `br` came since the last word."""
        self.labels: list[str] = []

    def add(self, text: str, in_link: int, in_bold: int) -> None:
        self.parts.append(text)
        if not text.isspace():
            self.is_open = True
            self.breaks = 0
            if in_link:
                self.link_chars += len(text)
            if in_bold:
                self.bold_chars += len(text)


def blocks(tree: Any, most: int) -> Page:
    """The blocks of a page, `most` of them and four boxes for each at most, of its first 300,000 elements; without
    those in `PASSED_OVER`. `tree` is an lxml element.

    Time grows with the tree alone.
    """
    return _walk(tree, most, _KINDS)


def all_blocks(tree: Any, most: int) -> Page:
    """As `blocks`, with what stands in menus and feet: for a page that has no text elsewhere."""
    return _walk(tree, most, _ALL_KINDS)


def _walk(tree: Any, most: int, kinds: dict[str, int]) -> Page:
    page = Page()
    boxes = page.boxes
    line = _Line()
    in_link = in_bold = 0
    box = -1
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in islice(walk, _MOST_STEPS):
        tag = element.tag
        kind = kinds.get(tag, _BOX)
        if event == "start":
            if kind == _BOX:
                if line.is_open:
                    line = _end(page, line, box)
                if len(page.blocks) >= most or len(boxes) >= _BOXES_A_BLOCK * most:
                    page.is_cut = True
                    break
                box = _open(boxes, box, element, tag)
            elif kind in (_NOT_SHOWN, _SKIPPED):
                if kind == _SKIPPED and line.is_open:
                    line = _end(page, line, box)
                walk.skip_subtree()
                continue
            elif kind == _BREAK:
                line.breaks += 1
                line.parts.append(_MARK)
                if line.breaks == 2 and line.is_open:
                    line = _end(page, line, box)
                continue
            elif tag == "a":
                in_link += 1
                line.links += 1
            elif tag == "b" or tag == "strong":
                in_bold += 1
            if text := element.text:
                if kind == _IN_LINE and not line.is_open and (named := element.get("class")):
                    line.labels.append(named)
                line.add(text, in_link, in_bold)
                if tag == "time":
                    line.time_chars += len("".join(text.split()))
            continue
        if kind == _BOX:
            if line.is_open:
                line = _end(page, line, box)
            box = boxes[box].parent
        elif tag == "a":
            in_link = max(0, in_link - 1)
        elif tag == "b" or tag == "strong":
            in_bold = max(0, in_bold - 1)
        if (text := element.tail) and element is not tree:
            line.add(text, in_link, in_bold)
    page.is_cut = page.is_cut or next(walk, None) is not None
    if line.is_open and box >= 0 and len(page.blocks) < most:
        _end(page, line, box)
    _sum_up(page)
    return page


def _open(boxes: list[Box], parent: int, element: Any, tag: Any) -> int:
    above = boxes[parent] if parent >= 0 else None
    flags = (above.flags if above else 0) | _OF_TAG.get(tag, 0)
    named = ""
    for name, value in element.items():
        if name == "class" or name == "id":
            named = f"{named} {value}" if named else value
        elif name == "role":
            flags |= BIT.get(_ROLES.get(value, ""), 0)
        elif name == "itemprop" and "articlebody" in value.lower():
            flags |= BIT["body"]
        elif (
            name == "hidden"
            or (name == "aria-hidden" and value == "true")
            or (name == "style" and _UNSHOWN.search(value[:500]))
        ):
            flags |= BIT["hidden"]
    boxes.append(Box(parent, above.depth + 1 if above else 0, str(tag), named, flags))
    return len(boxes) - 1


def _end(page: Page, line: _Line, box: int) -> _Line:
    """Puts a line among the blocks and begins the next."""
    said = "".join(line.parts)
    if page.boxes[box].tag == "pre":
        said = said.replace("\n", _MARK)
    if _MARK in said:
        text = "\n".join(filter(None, (" ".join(part.split()) for part in said.split(_MARK))))
    else:
        text = " ".join(said.split())
    if text:
        label = line.labels[0] if len(line.labels) == 1 else ""
        linked = min(line.link_chars, len(text))
        page.blocks.append(Block(text, box, linked, line.links, line.bold_chars, label, line.time_chars))
    return _Line()


def counted(block: Block) -> int:
    """How many characters of a block count where blocks are weighed against each other: one flood is not all."""
    return min(len(block.text), _MOST_COUNTED)


def _sum_up(page: Page) -> None:
    for block in page.blocks:
        box = page.boxes[block.box]
        box.chars += counted(block)
        box.link_chars += min(block.link_chars, counted(block))
        box.blocks += 1
        box.paragraphs += box.tag == "p"
    for box in reversed(page.boxes):
        if box.parent >= 0:
            above = page.boxes[box.parent]
            above.chars += box.chars
            above.link_chars += box.link_chars
            above.blocks += box.blocks
            above.paragraphs += box.paragraphs


@lru_cache(maxsize=20_000)
def name_parts(named: str) -> tuple[str, ...]:
    """The words of a class or id, each once: "articleBody__lead-text" gives article, body, lead, text."""
    return tuple(dict.fromkeys(part.lower() for part in _NAME_PARTS.findall(named[:300])))
