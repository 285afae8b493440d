"""What became of one item of a long job, for whoever listens: one line of a command's output."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of an address or a file."""

    address: str
    """The address, or the file's name when it has none."""
    event: str
    """A word of `model.FATES`, or "known" for what was there already."""
    note: str
    failed: bool
    """Whether the item needs someone's eye."""
    capture: str = ""
    """The id of its capture: from now on it is on disk."""


Listen = Callable[[Outcome], None]
"""Called when what it says is on disk."""


def unheard(outcome: Outcome) -> None:
    """Nobody listens."""
