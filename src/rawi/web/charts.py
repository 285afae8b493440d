"""Charts of attention as SVG: from data to text.

Time runs from left to right in every language of the pages, as it does in the charts that the Arabic press prints, and
so that one chart says the same in all three. Lengths across are parts of the width, so that a chart fills any screen
while its letters keep their size. Colours, dashes and hatching are classes of the style sheet; nothing is told by
colour alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from rawi.core.attention import Attention, Point, Slot
from rawi.web.render import plain

HEIGHT = 216
_TOP, _BASE = 16, 176
_STRIP = 10
"""How high the strip below the base is, in which it is told what is missing."""
_LABELS = 206
_RIGHT = 96.0
"""Where the lines end, in parts of a hundred: behind stand their letters."""
_APART = 14
"""Between the letters of two lines."""
_MOST_MARKERS = 18
"""Points of a line that are marked."""
_MOST_TITLED = 60
"""Bars up to which each says its number when pointed at."""
_MOSTLY = 0.5
"""From this part of its days on, what is missing is hatched over the whole height."""
_DATES = 5
"""Along the axis."""

_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" aria-labelledby="plot-title plot-desc" '
    'direction="ltr" width="100%" height="{height}"><title id="plot-title">{title}</title>'
    '<desc id="plot-desc">{description}</desc><defs><pattern id="hatch" width="5" height="5" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0v5"/></pattern></defs>'
)

LETTERS = "ABCDEFG"

_MARKERS = (
    '<circle r="3.5"/>',
    '<path d="M-3.2-3.2h6.4v6.4h-6.4z"/>',
    '<path d="M0-4.4 4.2 3.2h-8.4z"/>',
    '<path d="M0-4.6 4.6 0 0 4.6-4.6 0z"/>',
    '<path d="M-4.2-3.2h8.4L0 4.4z"/>',
    '<path d="M-1.4-4h2.8v2.6H4v2.8H1.4V4h-2.8V1.4H-4v-2.8h2.6z"/>',
    '<path d="M-4.4 0-1.5-3.8h3L4.4 0 1.5 3.8h-3z"/>',
)
"""One for each line."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The texts of a chart."""

    title: str
    description: str
    value: Callable[[float], str]
    """A number of articles, or a share, as it is written."""
    slot: Callable[[Slot], str]
    """A period in words."""
    tick: Callable[[Slot], str]
    """A period along the axis, in few letters."""
    direction: str = "ltr"
    """In which its letters run."""


def chart(attention: Attention, wording: Wording, *, is_share: bool = False) -> Markup:
    """Bars for one line, lines for several; empty when there is nothing to draw. With `is_share` it draws shares."""
    if not attention.slots:
        return Markup()
    is_bars = len(attention.lines) == 1
    values = [[value_of(point, is_share) for point in line.points] for line in attention.lines]
    top = ceiling(max((value for line in values for value in line if value is not None), default=0), is_share)
    axis = _Axis(len(attention.slots), 100.0 if is_bars else _RIGHT, top)
    parts = [
        _HEAD.format(height=HEIGHT, title=_safe(wording.title), description=_safe(wording.description)),
        *_bands(attention, axis),
        *(f'<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/>' for _, y in _scale(top)),
        *(_bars(attention, values[0], axis, wording) if is_bars else _lines(attention, values, axis)),
        # Over the bars, which may reach up to them.
        *(
            f'<text class="scale" x="0" y="{_n(float(y) - 3)}">{_safe(wording.value(value))}</text>'
            for value, y in _scale(top)
        ),
        f'<line class="base" x1="0" x2="100%" y1="{_BASE}" y2="{_BASE}"/>',
        *_dates(attention.slots, axis, wording),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - numbers of ours, and texts escaped by _safe


def value_of(point: Point, is_share: bool) -> float | None:
    """What is drawn of a point; None where there is nothing it could be a share of."""
    return point.share if is_share else float(point.articles)


def ceiling(most: float, is_share: bool) -> float:
    """The round number that a chart reaches up to: 1, 2, 5 with zeros; of articles 2 at least, of shares 1 at most."""
    if not is_share:
        most = max(most, 2.0)
    unit = 1e-6
    while unit * 10 < most:
        unit *= 10
    top = next((unit * times for times in (1, 2, 5, 10) if unit * times >= most * (1 - 1e-9)), unit * 10)
    return min(1.0, round(top, 9)) if is_share else float(round(top))


def marker(place: int) -> Markup:
    """The sign of a line, with a piece of the line, as the key shows it."""
    return Markup(  # noqa: S704 - tables of ours
        f'<svg class="plot" width="34" height="12" aria-hidden="true"><path class="line s{place}" d="M0 6h34"/>'
        f'<g class="mark s{place}" transform="translate(17 6)">{_MARKERS[place]}</g></svg>'
    )


class _Axis:
    """Where periods and values lie."""

    def __init__(self, slots: int, right: float, top: float) -> None:
        self.step = right / slots
        self.top = top

    def left(self, place: int) -> float:
        return self.step * place

    def middle(self, place: int) -> float:
        return self.step * (place + 0.5)

    def height(self, value: float) -> float:
        """At least so much of what is more than nothing that it can be seen."""
        return max(2.0, (_BASE - _TOP) * value / self.top) if value else 0.0


def _safe(text: str) -> str:
    return str(escape(plain(text)))


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _bands(attention: Attention, axis: _Axis) -> list[str]:
    """What is not whole: periods of which a part is told, and days on which publishers were not heard."""
    parts = []
    for place, slot in enumerate(attention.slots):
        x, wide = _n(axis.left(place)), _n(axis.step)
        missing = attention.missing[place]
        if slot.is_incomplete:
            parts.append(f'<rect class="partial" x="{x}%" y="{_TOP}" width="{wide}%" height="{_BASE - _TOP}"/>')
        if missing.share >= _MOSTLY:
            parts.append(
                f'<rect class="gap" fill="url(#hatch)" x="{x}%" y="{_TOP}" width="{wide}%" height="{_BASE - _TOP}"/>'
            )
        if missing.total:
            high = _n(max(2.0, _STRIP * missing.share))
            parts.append(
                f'<rect class="missing" fill="url(#hatch)" x="{x}%" y="{_BASE + 3}" width="{wide}%" height="{high}"/>'
            )
    return parts


def _scale(top: float) -> list[tuple[float, str]]:
    """The values that are named on the scale, and where they lie."""
    values = [value for value in (top, top / 2) if value.is_integer() or top <= 1]
    return [(value, _n(_BASE - (_BASE - _TOP) * value / top)) for value in values]


def _bars(attention: Attention, values: Sequence[float | None], axis: _Axis, wording: Wording) -> list[str]:
    wide = _n(axis.step * (0.8 if len(values) < 100 else 0.9))
    parts = ['<g class="bars">']
    for place, (slot, value) in enumerate(zip(attention.slots, values, strict=True)):
        if not value:
            continue
        high = axis.height(value)
        is_titled = len(values) <= _MOST_TITLED
        said = f"{wording.slot(slot)}: {wording.value(value)}" if is_titled else ""
        title = f"><title>{_safe(said)}</title></rect>" if said else "/>"
        kind = ' class="part"' if slot.is_incomplete else ""
        x = _n(axis.left(place) + axis.step * 0.1)
        parts.append(f'<rect{kind} x="{x}%" y="{_n(_BASE - high)}" width="{wide}%" height="{_n(high)}"{title}')
    return [*parts, "</g>"]


def _lines(attention: Attention, values: Sequence[Sequence[float | None]], axis: _Axis) -> list[str]:
    every = -(-len(attention.slots) // _MOST_MARKERS)
    parts = ["<defs>", *(f'<g id="m{at}">{_MARKERS[at]}</g>' for at in range(len(values))), "</defs>"]
    ends = []
    for at, line in enumerate(values):
        heights = [None if value is None else _BASE - (axis.height(value) if value else 0.0) for value in line]
        parts += [_run(at, run, axis) for run in _runs(heights)]
        for place, y in enumerate(heights):
            if y is not None and (place % every == 0 or place == len(line) - 1):
                kind = " hollow" if attention.lines[at].points[place].missing.total else ""
                x = _n(axis.middle(place))
                parts.append(f'<use class="mark s{at}{kind}" href="#m{at}" x="{x}%" y="{_n(y)}"/>')
        ends.append(next((y for y in reversed(heights) if y is not None), float(_BASE)))
    for at, y in enumerate(_parted(ends)):
        parts.append(f'<text class="letter" x="{_n(_RIGHT + 1)}%" y="{_n(y + 4)}">{LETTERS[at]}</text>')
    return parts


def _runs(heights: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """The pieces of a line: it does not reach over a period in which its value is not known."""
    runs: list[list[tuple[int, float]]] = [[]]
    for place, y in enumerate(heights):
        if y is None:
            runs.append([])
        else:
            runs[-1].append((place, y))
    return [run for run in runs if len(run) > 1]


def _run(at: int, run: Sequence[tuple[int, float]], axis: _Axis) -> str:
    points = " ".join(f"{axis.middle(place) * 10:.0f},{y:.1f}" for place, y in run)
    return (
        f'<svg width="100%" height="{HEIGHT}" viewBox="0 0 1000 {HEIGHT}" preserveAspectRatio="none">'
        f'<polyline class="line s{at}" vector-effect="non-scaling-stroke" points="{points}"/></svg>'
    )


def _parted(ends: Sequence[float]) -> list[float]:
    """Where the lines' letters stand: beside their ends, pushed apart where these are close, inside of the chart."""
    order = sorted(range(len(ends)), key=lambda at: (ends[at], at))
    placed = list(ends)
    for before, at in pairwise(order):
        placed[at] = max(placed[at], placed[before] + _APART)
    over = max(0.0, max(placed) - _BASE)
    for at in reversed(order):
        limit = _BASE - _APART * (len(order) - 1 - order.index(at))
        placed[at] = min(placed[at], float(limit)) if over else placed[at]
    return placed


def _dates(slots: Sequence[Slot], axis: _Axis, wording: Wording) -> list[str]:
    """Some periods by name, the first and the last among them; every other one may be left out on a narrow screen."""
    number = min(_DATES, len(slots))
    turned = ' direction="rtl"' if wording.direction == "rtl" else ""
    places = [round(at * (len(slots) - 1) / max(1, number - 1)) for at in range(number)]
    parts = []
    for at, place in enumerate(places):
        x, anchor = axis.middle(place), "middle"
        if len(slots) > 1 and at in (0, number - 1):
            x, anchor = (0.0, "start") if at == 0 else (axis.step * len(slots), "end")
        if wording.direction == "rtl":
            anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
        kind = "tick more" if at % 2 and number > 3 else "tick"
        said = _safe(wording.tick(slots[place]))
        parts.append(f'<text class="{kind}" x="{_n(x)}%" y="{_LABELS}" text-anchor="{anchor}"{turned}>{said}</text>')
    return parts
