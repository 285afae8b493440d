"""What can be told of a block of text without knowing what it says: the columns by which `core.body` decides.

Two tables that were learnt with the decision (`bench/train_text.py`) say how often words of class names, and words of
short texts, stand with an article's own text at the publishers of the labelled pages.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rawi.core.blocks import FLAGS, Block, Box, Page, counted, name_parts

Matrix = NDArray[np.float64]
Look = tuple[str, str, str, str]

_DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{1,2}[:.]\d\d\b|[٠-٩]{4}")
_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]")
_DIGIT = re.compile(r"\d")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE_ENDS = (". ", "? ", "! ", "؟ ", "۔ ", "… ", ".” ", '." ', "。", "！", "？")
_STOPS = frozenset(".!?。！？؟۔…:")
_CLOSERS = "\"'”’»)]」』 "
_BULLETS = frozenset("•▶►→>+*#©")
_OPENERS = frozenset("\"'“„«‘—–-")

_TAGS = """
p div li h1 h2 h3 h4 h5 h6 td th blockquote figcaption span section article dd dt pre body address button header
footer aside nav center form label figure cite time summary details main ul
"""
_TAG_PLACE = {tag: place for place, tag in enumerate(_TAGS.split())}

_KIND_WORDS = """
comments: comment comments commentlist disqus respond discussion forum reply replies talk
elsewhere: related relatedposts recommend recommended recommendation recommendations recirc more similar outbrain also
elsewhere: taboola teaser teasers trending popular most latest lire liens suggest suggested upnext next mehr carousel
elsewhere: slider aussi readmore weiterlesen
offers: newsletter newsletters subscribe subscription signup paywall premium regwall register registration login member
offers: piano offer abo abonnement donate donation membership app
sharing: share sharing sharedaddy social socials follow facebook twitter whatsapp telegram
authors: author authors byline autor autoren auteur writer bio biography contributor profile avatar redaction
advertising: advert adverts advertisement advertising sponsor sponsored promo promotion banner ad ads dfp adslot pub
advertising: commercial affiliate werbung publicite anzeige
consent: cookie cookies consent gdpr privacy cmp sourcepoint placeholder blocked embed
pictures: caption captions credit credits legend copyright source photo photos image images media figure gallery bild
pictures: video player
imprint: foot footer footnote legal disclaimer imprint contact about address colophon
menus: nav navigation menu breadcrumb breadcrumbs crumb toolbar pagination pager skip search lang
beside: sidebar widget widgets rail aside secondary complementary right side sticky
labels: tag tags topic topics keyword keywords category categories kicker label badge rubrik rubric overline
headings: head header masthead topbar title titles headline heading hed
body: articlebody entry content body text copy story prose paragraph paragraphs wysiwyg richtext rich articletext
standfirst: lead lede standfirst intro summary dek chapo excerpt subtitle subhead abstract vorspann description deck
standfirst: preamble entradilla bajada synopsis highlights bullet bulletpoints subheadline sub
dates: date time publish published updated meta stamp timestamp info
boxes: factbox infobox box panel card callout pullquote highlight inset note quote
unseen: hidden hide none modal popup overlay dialog tooltip dropdown reader only print noprint mobile
"""
"""Words of class names and ids, by what they are said of; a line for each ten or so."""

_KIND_LINES = [line.split(": ") for line in _KIND_WORDS.split("\n") if line]
_KINDS = {kind: place for place, kind in enumerate(dict.fromkeys(kind for kind, _ in _KIND_LINES))}
_KIND_OF = {word: _KINDS[kind] for kind, words in _KIND_LINES for word in words.split()}

_LEVELS = 5
_NEIGHBOUR_COLUMNS = (0, 3, 6, 21, 5)
_SHORT, _START = 300, 200
_MOST_LINKS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What the page says of its article beside the text, as far as it helps to find that."""

    headlines: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    body: str = ""
    """The text as declared (JSON-LD's `articleBody`)."""


@dataclass(frozen=True, slots=True)
class Tables:
    """How words speak for (above 0) or against (below) an article's own text: logarithms of odds ratios."""

    names: Mapping[str, float]
    """Words of classes and ids."""
    words: Mapping[str, float]
    """Words of short texts."""


@dataclass(frozen=True, slots=True)
class Described:
    """The blocks that may be text, and what is known of each."""

    chosen: list[int]
    """Their places in `Page.blocks`; the others are plain links."""
    columns: Matrix
    """A line for each."""
    kin: NDArray[np.int64]
    """Blocks with the same number look alike: same elements, same classes."""
    looks: dict[Look, int]
    """What these numbers stand for."""
    ups: NDArray[np.int64]
    """Of each, the box it stands in and the `_LEVELS` - 1 next outer ones that hold more (places in `Page.boxes`)."""


def is_plain_link(block: Block) -> bool:
    """Whether a block is so plainly a link of a menu or a list that nothing else need be asked."""
    size = len(block.text)
    return (
        block.link_chars >= 0.9 * size if size < 120 else block.links > _MOST_LINKS and block.link_chars >= 0.8 * size
    )


def look(page: Page, block: Block) -> Look:
    """What blocks that look alike have in common: element and class of their box and of the one around it."""
    box = page.boxes[block.box]
    above = page.boxes[box.parent] if box.parent >= 0 else box
    return box.tag, box.named, above.tag, above.named


def describe(page: Page, told: Told, tables: Tables, most: int) -> Described:
    """The columns of a page's blocks, of `most` of them at most."""
    blocks, boxes = page.blocks, page.boxes
    chosen = list(islice((place for place, block in enumerate(blocks) if not is_plain_link(block)), most))
    own = [blocks[place].box for place in chosen]
    ups = _ups(boxes, own)
    kin, looks, groups = _kin(page, chosen)
    parts = (
        _texts(blocks, chosen),
        _places(blocks, chosen, _headline_place(page, told)),
        _boxes(boxes, own),
        _containers(page, ups),
        groups,
        _told(blocks, chosen, told),
        _names(page, chosen, tables),
        _words(blocks, chosen, tables),
    )
    return Described(chosen, _with_neighbours(np.hstack(parts)), kin, looks, ups)


def _texts(blocks: list[Block], chosen: list[int]) -> Matrix:
    rows = []
    for place in chosen:
        block = blocks[place]
        text = block.text
        size = len(text)
        start = text[:_START]
        shown = len(start)
        ideographs = 0.0 if text.isascii() else len(_IDEOGRAPH.findall(start)) / shown
        lines = text.count("\n")
        words = text.count(" ") + lines + 1
        first = text[0]
        digits = len(_DIGIT.findall(start))
        ends = text[-6:].rstrip(_CLOSERS)[-1:] in _STOPS
        rows.append(
            (
                math.log1p(size * (1 + 1.5 * ideographs)),
                words,
                size / words,
                block.link_chars / size,
                block.links,
                ends + sum(map(text.count, _SENTENCE_ENDS)),
                ends,
                (text.count(",") + text.count("،") + text.count("、")) / size * 100,
                1.0 if first.isupper() else 0.5 if first.islower() else 0.0,
                digits / shown,
                len(_CAPITAL.findall(start)) / shown,
                ("|" in start) + ("›" in start) + ("»" in start and "«" not in start),
                "©" in start,
                ("@" in start) + ("http" in start),
                digits > 2 and _DATE.search(start) is not None,
                block.bold_chars / size,
                lines,
                text[-1] in ":：",
                first in _OPENERS,
                ideographs,
                first in _BULLETS,
                block.label != "",
            )
        )
    return np.array(rows, dtype=np.float64).reshape(len(chosen), 22)


def _bits(numbers: list[int], count: int) -> Matrix:
    """The bits of numbers, a row each, the lowest first."""
    return ((np.array(numbers, dtype=np.int64)[:, None] >> np.arange(count)) & 1).astype(np.float64)


def _places(blocks: list[Block], chosen: list[int], headline: int) -> Matrix:
    sizes = np.array([counted(block) for block in blocks] or [0], dtype=np.float64)
    before = np.concatenate([[0.0], np.cumsum(sizes)])
    total, count = max(1.0, before[-1]), max(1, len(blocks))
    at = np.array(chosen, dtype=np.int64)
    gaps = np.diff(at, prepend=-1) - 1
    after = np.diff(at, append=len(blocks)) - 1
    return np.column_stack(
        [
            at / count,
            before[at] / total,
            at - headline if headline >= 0 else at,
            np.full(len(at), count),
            np.full(len(at), math.log1p(total)),
            gaps,
            after,
        ]
    ).astype(np.float64)


def _headline_place(page: Page, told: Told) -> int:
    """Where the headline stands among the blocks; -1 when it does not."""
    headlines = {_folded(headline) for headline in told.headlines if headline}
    first, any_heading = -1, -1
    for place, block in enumerate(page.blocks):
        is_heading = page.boxes[block.box].tag == "h1"
        if is_heading and any_heading < 0:
            any_heading = place
        if len(block.text) < _SHORT and (is_heading or first < 0) and _folded(block.text) in headlines:
            if is_heading:
                return place
            first = place
    return first if first >= 0 else any_heading


def _boxes(boxes: list[Box], own: list[int]) -> Matrix:
    rows, flags = [], []
    for place in own:
        box = boxes[place]
        above = boxes[box.parent] if box.parent >= 0 else box
        rows.append((_TAG_PLACE.get(box.tag, 99), _TAG_PLACE.get(above.tag, 99), box.depth, box.blocks))
        flags.append(box.flags)
    return np.hstack([np.array(rows, dtype=np.float64).reshape(len(own), 4), _bits(flags, len(FLAGS))])


def _ups(boxes: list[Box], own: list[int]) -> NDArray[np.int64]:
    up: dict[int, int] = {}

    def wider(place: int) -> int:
        if place not in up:
            outer = boxes[place].parent
            while outer >= 0 and boxes[outer].blocks <= boxes[place].blocks:
                outer = boxes[outer].parent
            up[place] = outer if outer >= 0 else place
        return up[place]

    rows = []
    memo: dict[int, list[int]] = {}
    for place in own:
        if place not in memo:
            line = [place]
            while len(line) < _LEVELS:
                line.append(wider(line[-1]))
            memo[place] = line
        rows.append(memo[place])
    return np.array(rows, dtype=np.int64).reshape(len(own), _LEVELS)


def _containers(page: Page, ups: NDArray[np.int64]) -> Matrix:
    boxes = page.boxes
    plain = float(max(1, boxes[0].chars - boxes[0].link_chars)) if boxes else 1.0
    sums = np.array([(b.chars, b.link_chars, b.blocks, b.paragraphs, b.depth) for b in boxes] or [(0,) * 5], np.float64)
    nearest = _nearest_frames(boxes)
    columns: list[Any] = []
    for level in range(_LEVELS):
        chars, links, blocks, paragraphs, _ = sums[ups[:, level]].T
        columns += [np.log1p(chars), links / np.maximum(chars, 1), blocks, paragraphs, (chars - links) / plain]
    frame = nearest[ups[:, 0]]
    chars, links, blocks, *_ = sums[np.maximum(frame, 0)].T
    columns += [np.where(frame < 0, -1.0, (chars - links) / plain), np.where(frame < 0, 0, blocks), sums[ups[:, 1], 4]]
    return np.column_stack(columns)


def _nearest_frames(boxes: list[Box]) -> NDArray[np.int64]:
    """Of each box the innermost `article` or `main` around it; -1 where there is none."""
    frames: list[int] = []
    for place, box in enumerate(boxes):
        is_frame = box.tag == "article" or box.tag == "main"
        frames.append(place if is_frame else frames[box.parent] if box.parent >= 0 else -1)
    return np.array(frames or [-1], dtype=np.int64)


def _kin(page: Page, chosen: list[int]) -> tuple[NDArray[np.int64], dict[Look, int], Matrix]:
    numbers: dict[Look, int] = {}
    kin, sizes, links = [], [], []
    for place in chosen:
        block = page.blocks[place]
        kin.append(numbers.setdefault(look(page, block), len(numbers)))
        sizes.append(counted(block))
        links.append(min(block.link_chars, counted(block)))
    of, count = np.array(kin, dtype=np.int64), len(numbers)
    many = np.bincount(of, minlength=count).astype(np.float64)
    chars = np.bincount(of, weights=sizes, minlength=count)
    linked = np.bincount(of, weights=links, minlength=count)
    total = max(1.0, float(chars.sum()))
    columns = [many, chars / np.maximum(many, 1), linked / np.maximum(chars, 1), chars / total]
    return of, numbers, np.column_stack([column[of] for column in columns]).astype(np.float64).reshape(len(of), 4)


def _told(blocks: list[Block], chosen: list[int], told: Told) -> Matrix:
    headlines = {_folded(headline) for headline in told.headlines}
    descriptions = [said for said in map(_folded, told.descriptions) if said]
    authors = [name for name in map(_folded, told.authors) if name]
    body = " ".join(told.body.split())
    starts = [_folded(blocks[place].text[:_START]) for place in chosen]
    often: dict[str, int] = {}
    for start in starts:
        often[start] = often.get(start, 0) + 1
    before: dict[str, int] = {}
    rows = []
    for place, start in zip(chosen, starts, strict=True):
        text = blocks[place].text
        size = len(text)
        rows.append(
            (
                size < _START and start in headlines,
                any(start == said or (size > 30 and said.startswith(start[:60])) for said in descriptions),
                body != "",
                _share(text, body),
                size < 120 and any(name in start for name in authors),
                before.get(start, 0),
                often[start],
            )
        )
        before[start] = before.get(start, 0) + 1
    return np.array(rows, dtype=np.float64).reshape(len(chosen), 7)


def _share(text: str, body: str) -> float:
    """How much of a block stands in the declared text: 0, 0.5 (its start or its end), 1; -1 where nobody can say."""
    if not body or len(text) < 15:
        return -1.0
    return ((text[:40].replace("\n", " ") in body) + (text[-40:].replace("\n", " ") in body)) / 2


def _folded(said: str) -> str:
    return " ".join(said.lower().split())


def _names(page: Page, chosen: list[int], tables: Tables) -> Matrix:
    """What classes and ids say: of the block's own box, of all around it, of the next."""
    memo: dict[str, tuple[float, float, float, int]] = {"": (0.0, 0.0, 0.0, 0)}

    def said(named: str) -> tuple[float, float, float, int]:
        if named not in memo:
            parts = name_parts(named)
            found = [tables.names[part] for part in parts if part in tables.names]
            kinds = 0
            for kind in {_KIND_OF[part] for part in parts if part in _KIND_OF}:
                kinds |= 1 << kind
            memo[named] = (min(found), max(found), round(sum(found), 1), kinds) if found else (0.0, 0.0, 0.0, kinds)
        return memo[named]

    around: dict[int, tuple[float, float, float, float, float, int]] = {}
    for place in _outer_first(page.boxes, {page.blocks[place].box for place in chosen}):
        box = page.boxes[place]
        least, most, total, kinds = said(box.named)
        if box.parent < 0:
            around[place] = (total, least, most, total, total, 0)
            continue
        _, low, high, whole, near, inherited = around[box.parent]
        kinds = inherited if box.tag == "body" else inherited | kinds
        near = total if box.named else near * 0.7
        around[place] = (total, min(low, least), max(high, most), whole + total, near, kinds)
    rows = []
    own_kinds, around_kinds = [], []
    for place in chosen:
        block = page.blocks[place]
        box = page.boxes[block.box]
        above = box.parent if box.parent >= 0 else block.box
        label = said(block.label)
        own = said(box.named)[3] | label[3]
        if page.boxes[above].blocks == box.blocks:
            own |= said(page.boxes[above].named)[3]
        *sums, all_kinds = around[block.box]
        rows.append(
            (
                *sums,
                label[2],
                around[above][0],
                around[above][4],
            )
        )
        own_kinds.append(own)
        around_kinds.append(all_kinds)
    sums_of = np.array(rows, dtype=np.float64).reshape(len(chosen), 8)
    return np.hstack([sums_of, _bits(own_kinds, len(_KINDS)), _bits(around_kinds, len(_KINDS))])


def _outer_first(boxes: list[Box], own: set[int]) -> list[int]:
    """These boxes and all around them, in the order of the page."""
    found: set[int] = set()
    for place in own:
        while place >= 0 and place not in found:
            found.add(place)
            place = boxes[place].parent
    return sorted(found)


def _words(blocks: list[Block], chosen: list[int], tables: Tables) -> Matrix:
    rows = []
    for place in chosen:
        text = blocks[place].text
        said = short_words(text) if len(text) < _SHORT else ()
        found = [tables.words[word] for word in said if word in tables.words]
        total = sum(found)
        rows.append((min(found), total / math.sqrt(len(found)), total) if found else (0.0, 0.0, 0.0))
    return np.array(rows, dtype=np.float64).reshape(len(chosen), 3)


def short_words(text: str) -> Iterable[str]:
    """The words by which a block's text is judged, in a fixed order: those it begins with, each once."""
    return dict.fromkeys(_WORD.findall(text[:_START].lower()))


def _with_neighbours(columns: Matrix) -> Matrix:
    """The columns, and beside them a few of the two blocks before and the two after (-1 where there is none)."""
    return np.hstack([columns, *(shifted(columns[:, _NEIGHBOUR_COLUMNS], by, -1.0) for by in (2, 1, -1, -2))])


def shifted(columns: Matrix, by: int, empty: float) -> Matrix:
    """Lines moved down by so many (up when negative); what comes in is `empty`."""
    moved = np.full_like(columns, empty)
    if by > 0:
        moved[by:] = columns[:-by]
    else:
        moved[:by] = columns[-by:]
    return moved
