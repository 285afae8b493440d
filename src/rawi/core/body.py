"""An article's own text among the blocks of its page.

Every block gets two judgements by boosted trees: the first looks at the block and what it stands in, the second also at
what the first said of its neighbours, of blocks that look like it and of the boxes around it. What is chosen comes out
in the page's order. The way from text blocks by their features to a decision is that of Kohlschütter et al.,
"Boilerplate Detection using Shallow Text Features" (WSDM 2010); the second look is stacking in the sense of Cohen and
Carvalho, "Stacked Sequential Learning" (IJCAI 2005).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from rawi.core import boilerplate, bylines, data_tables, script_text, trees
from rawi.core.blocks import BIT, PASSED_OVER, Block, Box, Page, all_blocks, blocks, counted
from rawi.core.features import Described, Matrix, Tables, Told, describe, is_plain_link, look, shifted
from rawi.core.lines import OF_BLOCKS, PLAIN_LINK, Line
from rawi.core.page import Declared
from rawi.core.trees import Trees

Odds = NDArray[np.float64]

ENOUGH = 0.5
"""From these odds on a block is text."""
_FEW, _ENOUGH_OF_FEW = 200, 0.25
"""Characters: a page with less sure text than that is judged once more by lower odds."""
_FEWEST_CAPTIONS = 5
"""Pictures with words of their own: a page of so many that says next to nothing else is a gallery."""
_MOST_BLOCKS = 25_000
MOST_JUDGED, _UNSURE = 1_500, 20
"""Blocks: those of a longer page are judged by the ones before them that look like them."""
_LONG, _MOST_LAST = 2000, 2
_REPEATED = 40
"""Characters: a text as long as this that stands twice in a page is shown once in each of its two shapes."""
_LONGEST_CELL, _LONGEST_BYLINE = 60, 120
_MOST_BYLINES = 300
"""Lines of a page that are asked whether they are one: to read names takes longer than all else."""
_EVIDENCE, _MOST_COMPARED = 200_000, 100
"""Characters of a declared text, and paragraphs of the shown one, that are compared: a look for each of ten thousand in
two million takes seconds."""


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt: the tables of words, the first and the second judgement."""

    tables: Tables
    first: Trees
    second: Trees


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article, and how it was come by."""

    text: str
    lines: list[Line]
    source: str
    note: str
    headline: str = ""
    authors: tuple[str, ...] = ()
    """What stands beside the text in the object of a script that holds it."""


def of_json(model: Mapping[str, Any]) -> Model:
    """A model as it stands in its file."""
    return Model(
        tables=Tables(model["names"], model["words"]),
        first=trees.of_json(model["first"]),
        second=trees.of_json(model["second"]),
    )


@cache
def shipped() -> Model:
    """The model that came with Rawi; it was made by `bench/train_text.py`."""
    return of_json(orjson.loads(resources.files("rawi.core").joinpath("models", "text.json").read_bytes()))


def read(tree: Any, found: Declared, parse: Callable[[str], Any], model: Model | None = None) -> Body:
    """The text of a page's article: what its tree shows, else what it declares, else what its scripts hold.

    `parse` makes a tree of HTML; `model` is another than the one that came with Rawi.
    """
    model = model or shipped()
    read = read_blocks(blocks(tree, _MOST_BLOCKS), found, parse, model)
    if len(read.text) >= _FEW:
        return read
    if next(tree.iter(*PASSED_OVER), None) is not None:
        # A menu that was never closed, or a page that misuses the element, may hold it all.
        again = read_blocks(all_blocks(tree, _MOST_BLOCKS), found, parse, model)
        read = again if len(again.text) > 2 * len(read.text) else read
    return _gallery(read, found)


def _gallery(read: Body, found: Declared) -> Body:
    """A text with the captions of the pictures, where it is short and there are many, or the page is a gallery."""
    captions = list(dict.fromkeys(image.caption for image in found.images if image.caption))
    is_declared = found.form == "gallery"
    if len(read.text) >= _FEW or sum(map(len, captions)) <= len(read.text):
        return read
    if not is_declared and len(captions) < _FEWEST_CAPTIONS:
        return read
    said = "\n".join(filter(None, (read.text, *captions)))
    note = "; ".join(filter(None, (read.note, "" if is_declared else "a gallery")))
    return replace(read, text=said, source="the captions of a gallery's pictures", note=note)


def read_blocks(page: Page, found: Declared, parse: Callable[[str], Any], model: Model) -> Body:
    """As `read`, of a page that is in blocks already, by any model."""
    decided = lines(page, told_by(found), model)
    shown = text(page, decided)
    note = f"only the first {len(page.blocks):,} blocks of the page were read" if page.is_cut else ""
    # A live blog declares all its entries, of which the page shows the last: what it shows is what was said by then.
    is_live = found.form == "live blog" and len(shown) >= _FEW
    if not is_live and _is_fuller(found.body, shown) and not _has_both_ends(found.body, decided):
        said = boilerplate.without_phrases(found.body)
        return Body(said, decided, "as JSON-LD gives it: the page shows less", note)
    if len(shown) < _FEW and len((held := script_text.told_in(found.scripts, parse)).text) > 2 * len(shown):
        source = "in the page's scripts: the page shows none"
        return Body(boilerplate.without_phrases(held.text), decided, source, note, held.headline, held.authors)
    return Body(shown, decided, OF_BLOCKS, note)


def told_by(found: Declared) -> Told:
    """What a page's declarations tell of its text."""
    headlines = tuple(candidate.text for candidate in found.headlines)
    body = found.body[:_EVIDENCE]
    return Told(headlines=headlines, descriptions=found.descriptions, authors=found.authors, body=body)


def _is_fuller(declared: str, shown: str) -> bool:
    """Whether the declared text is plainly more than what is shown, and the same."""
    if len(declared) < _FEW or len(shown) * 2 > len(declared):
        return False
    parts = [part for part in shown[:_EVIDENCE].split("\n") if len(part) > _REPEATED][:_MOST_COMPARED]
    body = " ".join(declared[:_EVIDENCE].split())
    same = sum(part[:_REPEATED] in body or part[-_REPEATED:] in body for part in parts)
    return same * 2 >= len(parts)


def _has_both_ends(declared: str, decided: list[Line]) -> bool:
    """Whether the page shows a text from its beginning to its end: then what more is declared stands in its boxes."""
    body = " ".join(declared.split())
    judged = (" ".join(line.text.split()) for line in decided if line.is_text or line.why == boilerplate.PHRASE)
    parts = [part for part in judged if len(part) > _REPEATED]
    if sum(map(len, parts)) < _LONG:
        return False
    first, last = body.find(parts[0][:_REPEATED]), body.rfind(parts[-1][-_REPEATED:])
    return 0 <= first < len(body) // 10 and last >= len(body) * 9 // 10


def lines(page: Page, told: Told, model: Model) -> list[Line]:
    """Every block of the page in its order, with the decision on it."""
    odds = dict(zip(*_judged(page, told, model), strict=True))
    sure = sum(len(page.blocks[place].text) for place, value in odds.items() if value > ENOUGH)
    enough = ENOUGH if sure >= _FEW else _ENOUGH_OF_FEW
    headlines = {" ".join(headline.split()) for headline in told.headlines}
    furniture = boilerplate.furniture(page)
    seen: set[str] = set()
    decided = []
    asked: list[bool] = []
    for place, block in enumerate(page.blocks):
        box = page.boxes[block.box]
        value = odds.get(place, 0.0)
        why = PLAIN_LINK
        if place in odds:
            named_so = furniture[block.box]
            why = (
                f"{data_tables.IN_BOX}“{named_so}”"
                if named_so
                else _why_not(block, box, value, enough, headlines, seen)
            )
            if not why and _names_author(block.text, told.authors):
                # Of a flood of such lines the rest is what most of the first were.
                is_asked = len(asked) < _MOST_BYLINES
                asked += [_is_byline(block.text, told.authors)] if is_asked else []
                why = "the by-line" if (asked[-1] if is_asked else 2 * sum(asked) > len(asked)) else ""
        if not why:
            seen.add(block.text)
        named = " ".join(filter(None, (box.named, page.boxes[box.parent].named if box.parent >= 0 else "")))
        decided.append(Line(block.text, box.tag, named, not why, value, why or _KINDS_OF_TEXT.get(box.tag, "text")))
    data_tables.add(page, decided)
    return _ended(decided)


def _ended(decided: list[Line]) -> list[Line]:
    """The same without what leads to nothing at the end of the text."""
    said = [place for place, line in enumerate(decided) if line.is_text]
    last: list[int] = []
    while said and boilerplate.leads_to_nothing(decided[said[-1]].text, decided[said[-1]].tag):
        last.append(said.pop())
    # Many headings in a row are a list, and a page of nothing else has them for its text.
    for place in last if said and len(last) <= _MOST_LAST else ():
        decided[place] = replace(decided[place], is_text=False, why=LEADS_TO_NOTHING)
    return decided


LEADS_TO_NOTHING = "leads to nothing: it is the last"
_KINDS_OF_TEXT = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "a sub-heading"),
    **dict.fromkeys(("li", "dd", "dt"), "an item of a list"),
    **dict.fromkeys(("td", "th"), "a cell of a table"),
    "blockquote": "a quotation",
}


def _why_not(block: Block, box: Box, odds: float, enough: float, headlines: set[str], seen: set[str]) -> str:
    """Why a block is no text; "" when it is."""
    if odds <= enough:
        return "not like text"
    if box.flags & BIT["figcaption"]:
        return "the caption of a picture"
    if box.tag == "h1" and " ".join(block.text.split()) in headlines:
        return "the headline"
    if boilerplate.leads_elsewhere(block):
        return "leads to another article"
    if block.time_chars and block.time_chars >= len("".join(block.text.split())):
        return "a date"
    if why := boilerplate.phrase(block.text):
        return why
    if len(block.text) >= _REPEATED and block.text in seen:
        return "said before"
    return ""


def _names_author(said: str, authors: tuple[str, ...]) -> bool:
    return len(said) <= _LONGEST_BYLINE and any(name in said for name in authors)


def _is_byline(said: str, authors: tuple[str, ...]) -> bool:
    """Whether a line names the article's authors and says nothing else."""
    named = bylines.people(said)
    return bool(named) and set(named) <= set(authors)


def text(page: Page, decided: list[Line]) -> str:
    """The text that was decided on: paragraphs, items and sub-headings on a line each, rows of tables on one."""
    said: list[str] = []
    row = None
    for block, line in zip(page.blocks, decided, strict=True):
        if not line.is_text:
            continue
        box = page.boxes[block.box]
        is_cell = box.tag in ("td", "th") and len(block.text) <= _LONGEST_CELL
        if is_cell and row == box.parent and said:
            said[-1] += f" | {block.text}"
        else:
            said.append(block.text)
        row = box.parent if is_cell else None
    return "\n".join(said)


def judge(page: Page, told: Told, model: Model) -> tuple[Described, Odds]:
    """How likely each block that may be text is the article's own; of a very long page, of the first ones."""
    found = describe(page, told, model.tables, MOST_JUDGED)
    if not found.chosen:
        return found, np.zeros(0)
    first = model.first.odds(found.columns)
    return found, model.second.odds(second_look(page, found, first))


def _judged(page: Page, told: Told, model: Model) -> tuple[list[int], list[float]]:
    """The places of the blocks that are no plain links, and the odds of each."""
    found, odds = judge(page, told, model)
    places, values = list(found.chosen), odds.tolist()
    if len(places) < MOST_JUDGED:
        return places, values
    like = (np.bincount(found.kin, weights=odds) / np.maximum(1, np.bincount(found.kin))).tolist()
    # The last of those judged had nothing behind them, which speaks against them: they are asked by their looks, too.
    first_left = places[-_UNSURE]
    del places[-_UNSURE:], values[-_UNSURE:]
    for place in range(first_left, len(page.blocks)):
        if not is_plain_link(page.blocks[place]):
            number = found.looks.get(look(page, page.blocks[place]))
            places.append(place)
            values.append(like[number] if number is not None else 0.0)
    return places, values


def second_look(page: Page, found: Described, first: Odds) -> Matrix:
    """The columns of the second judgement: those of the first, and what that said of what stands around."""
    sizes = np.array([counted(page.blocks[place]) for place in found.chosen], dtype=np.float64)
    whole = max(1.0, float((first * sizes).sum()))
    columns = [found.columns, first[:, None]]
    columns += [shifted(first[:, None], by, 0.0) for by in (3, 2, 1, -1, -2, -3)]
    columns.append(_around(page, found, first, sizes, whole))
    like = np.bincount(found.kin, weights=first * sizes) / np.maximum(1.0, np.bincount(found.kin, weights=sizes))
    columns.append(like[found.kin][:, None])
    columns.append(_along(first, sizes, whole))
    return np.hstack(columns)


def _around(page: Page, found: Described, first: Odds, sizes: Odds, whole: float) -> Matrix:
    """Of the boxes around each block: how much of them is text, and where the box stands that holds most."""
    boxes = page.boxes
    good, total, gain = ([0.0] * len(boxes) for _ in range(3))
    for box, odds, size in zip(found.ups[:, 0].tolist(), first.tolist(), sizes.tolist(), strict=True):
        good[box] += odds * size
        total[box] += size
        gain[box] += (odds - 0.5) * size
    for place in range(len(boxes) - 1, 0, -1):
        outer = boxes[place].parent
        if outer >= 0:
            good[outer] += good[place]
            total[outer] += total[place]
            gain[outer] += gain[place]
    goods, totals, gains = np.array(good), np.maximum(1.0, np.array(total)), np.array(gain)
    best = int(np.argmax(gains))
    columns = []
    for level in range(found.ups.shape[1]):
        at = found.ups[:, level]
        columns += [goods[at] / totals[at], goods[at] / whole, gains[at] / whole]
    away, rise = _distances(page, best)
    own = found.ups[:, 0]
    columns += [away[own] == 0, away[own], rise[own]]
    return np.column_stack(columns).astype(np.float64)


def _distances(page: Page, best: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each box: its steps below the best box or one around that, and how many steps that one is above the best."""
    boxes = page.boxes
    around, outer = set(), best
    while outer >= 0:
        around.add(outer)
        outer = boxes[outer].parent
    away, rise = [], []
    depth = boxes[best].depth
    inside = [False] * len(boxes)
    for place, box in enumerate(boxes):
        inside[place] = place == best or (box.parent >= 0 and inside[box.parent])
        if inside[place] or place in around or box.parent < 0:
            away.append(0 if inside[place] else 1)
            rise.append(0 if inside[place] else depth - box.depth)
        else:
            away.append(away[box.parent] + 1)
            rise.append(rise[box.parent])
    return np.array(away, dtype=np.int64), np.array(rise, dtype=np.int64)


def _along(first: Odds, sizes: Odds, whole: float) -> Matrix:
    """Where a block stands in the run of the page: behind the first sure block, before the last, near a fair one."""
    count = len(first)
    sure = np.flatnonzero((first > 0.7) & (sizes > 80))
    begin, end = (int(sure[0]), int(sure[-1])) if len(sure) else (0, count)
    at = np.arange(count)
    fair = (first > 0.6) & (sizes > 60)
    return np.column_stack(
        [
            at - begin,
            end - at,
            np.cumsum(first * sizes) / whole,
            np.full(count, len(sure)),
            np.full(count, whole),
            _since(fair, sizes),
            _since(fair[::-1], sizes[::-1])[::-1],
        ]
    ).astype(np.float64)


def _since(fair: NDArray[np.bool_], sizes: Odds) -> Odds:
    """Characters since the last fair block (that of the block itself not counted)."""
    waited, gone = [], 0.0
    for is_fair, size in zip(fair.tolist(), sizes.tolist(), strict=True):
        waited.append(gone)
        gone = 0.0 if is_fair else gone + size
    return np.array(waited)
