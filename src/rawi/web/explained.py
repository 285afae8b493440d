"""A reading explained as one HTML page that stands by itself: no script, and nothing that is asked of anyone."""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

from rawi.core.lines import Line
from rawi.core.reasons import folded
from rawi.jobs.look import NO_ADDRESS, Looked
from rawi.web.render import render_alone

WORDS = {
    "blocks": "The page, block by block",
    "capture": "captured",
    "colours": "The number says how likely a block is the article’s own, from 0 to 1; the deeper the colour, the surer "
    "the decision. What stands in menus and feet (nav, footer) is not looked at where there is text elsewhere.",
    "elsewhere": "The text of this article was not taken from these blocks: see “text” above.",
    "fields": "What was taken, from where, and why",
    "from_address": "address:",
    "link": "plain link",
    "links": "plain links",
    "no_article": "No article",
    "no_text": "no text",
    "none": "none",
    "note": "Note:",
    "of": "of",
    "over": "How this page was read",
    "part": "Part",
    "passed": "passed over",
    "reason": "Source and reason",
    "tail": "how it was read",
    "text": "text",
    "texts": "blocks are text.",
    "value": "Value",
}
"""What the page says, in English as all of the command line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """A block of the page, or some plain links."""

    lines: tuple[Line, ...]
    links: int = 0
    tenths: int = 0
    """The odds in tenths: a class of the style."""


def page_of(looked: Looked) -> str:
    """The page that explains a reading."""
    style = files("rawi.web").joinpath("static", "explained.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return render_alone(
        "explained.html",
        w=WORDS,
        looked=looked,
        has_address=looked.url != NO_ADDRESS,
        captured_at=f"{looked.captured_at:%Y-%m-%d %H:%M:%S} UTC",
        rows=_rows(looked.blocks),
        texts=sum(line.is_text for line in looked.blocks),
        style=Markup(style),  # noqa: S704 - a file of ours
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    )


def _rows(blocks: tuple[Line, ...]) -> list[_Row]:
    """The blocks, plain links that follow one another in one row."""
    rows, at = [], 0
    for one in folded(blocks):
        count = one if isinstance(one, int) else 1
        lines, at = blocks[at : at + count], at + count
        tenths = 0 if isinstance(one, int) else round(one.odds * 10)
        rows.append(_Row(lines=lines, links=count if isinstance(one, int) else 0, tenths=tenths))
    return rows
