"""What was decided on each block of a page; apart from `core.body`, which loads numpy: who only shows it need not."""

from dataclasses import dataclass

PLAIN_LINK = "a plain link"
"""Why a block is no text that is not judged at all."""
OF_BLOCKS = "the blocks judged to be text"
"""The source of a text that is made of the page's blocks."""


@dataclass(frozen=True, slots=True)
class Line:
    """A block of the page, and what was thought of it."""

    text: str
    tag: str
    """The element it stands in."""
    named: str
    """The classes and ids of that and of the one around it."""
    is_text: bool
    odds: float
    """From 0 to 1; 0 for plain links, which are not judged."""
    why: str
