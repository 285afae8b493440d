"""Tables that belong to an article: results, prices, a league. A model that looks for prose passes them over."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from rawi.core.blocks import BIT, Block, Page
from rawi.core.lines import Line

A_CELL = "a cell of a table in the article"
IN_BOX = "in a box named "
"""How the reason begins why something in a box that calls itself no text is none."""
_LONGEST_CELL, _MOST_COLUMNS, _MOST_CELLS, _FARTHEST, _FEWEST_LETTERS = 60, 12, 2000, 4, 200
_ALIKE, _OF_FIGURES = 0.8, 0.6
_NOT_ITS_OWN = BIT["aside"] | BIT["footer"] | BIT["nav"] | BIT["form"] | BIT["hidden"] | BIT["dialog"]
_FIGURE = re.compile(r"[\W_]*\d[\d\s.,:/٪%+–-]*(?:\W|\w{1,3})?")


@dataclass(slots=True)
class _Table:
    """A table's cells as places of blocks, by their rows."""

    rows: dict[int, list[int]] = field(default_factory=dict)
    has_head: bool = False
    is_data: bool = True


def add(page: Page, decided: list[Line]) -> None:
    """Takes the cells of those tables for text that stand in the box that holds most of the text and hold data."""
    frame = _frame(page, decided)
    if frame < 0:
        return
    tables: dict[int, _Table] = {}
    home = _tables(page, frame)
    for place, block in enumerate(page.blocks):
        if (box := home[block.box]) >= 0:
            _put(page, tables.setdefault(box, _Table()), place, block)
    first = next(place for place, line in enumerate(decided) if line.is_text)
    for table in tables.values():
        cells = [place for row in table.rows.values() for place in row]
        is_furniture = any(decided[place].why.startswith(IN_BOX) for place in cells)
        if _is_data(page, table) and min(cells) > first and not is_furniture:
            for place in (place for place in cells if not decided[place].is_text):
                decided[place] = replace(decided[place], is_text=True, why=A_CELL)


def _frame(page: Page, decided: list[Line]) -> int:
    """The box that the paragraphs of most of the text stand in; -1 when there is hardly a text."""
    chars: Counter[int] = Counter()
    for block, line in zip(page.blocks, decided, strict=True):
        if line.is_text and page.boxes[block.box].tag not in ("td", "th"):
            chars[page.boxes[block.box].parent] += len(block.text)
    return max(chars, key=chars.__getitem__) if chars.total() >= _FEWEST_LETTERS else -1


def _tables(page: Page, frame: int) -> list[int]:
    """Of each box the outermost table near the frame that it stands in; -1 where there is none."""
    home, steps = [-1] * len(page.boxes), [-1] * len(page.boxes)
    steps[frame] = 0
    for place, box in enumerate(page.boxes):
        if box.parent < 0 or steps[box.parent] < 0:
            continue
        steps[place] = steps[box.parent] + 1
        is_near = steps[place] <= _FARTHEST and not box.flags & _NOT_ITS_OWN & ~page.boxes[frame].flags
        home[place] = home[box.parent]
        if home[place] < 0 and box.tag == "table" and is_near:
            home[place] = place
    return home


def _put(page: Page, table: _Table, place: int, block: Block) -> None:
    box = page.boxes[block.box]
    is_cell = box.tag in ("td", "th") and len(block.text) <= _LONGEST_CELL
    table.is_data = table.is_data and (is_cell or box.tag == "caption")
    if is_cell:
        table.has_head = table.has_head or box.tag == "th"
        table.rows.setdefault(box.parent, []).append(place)


def _is_data(page: Page, table: _Table) -> bool:
    """Whether a table has rows of one length, of short cells that are no links, and a head or a column of figures."""
    rows = list(table.rows.values())
    cells = [page.blocks[place] for row in rows for place in row]
    if not table.is_data or len(rows) < 2 or len(cells) > _MOST_CELLS:
        return False
    length, often = Counter(map(len, rows)).most_common(1)[0]
    if not 2 <= length <= _MOST_COLUMNS or often < _ALIKE * len(rows):
        return False
    if 2 * sum(block.link_chars for block in cells) > sum(len(block.text) for block in cells):
        return False
    regular = [row for row in rows if len(row) == length]
    figures = max(
        sum(_FIGURE.fullmatch(page.blocks[row[column]].text) is not None for row in regular) for column in range(length)
    )
    return table.has_head or figures >= _OF_FIGURES * len(regular)
