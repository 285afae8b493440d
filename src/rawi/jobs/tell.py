"""How long work says how far it is, without knowing who listens."""

from collections.abc import Callable

Tell = Callable[[str, int, int | None], None]
"""Called with what is being done, how many items are done, and of how many (None when that is not known)."""


def silent(what: str, done: int, total: int | None) -> None:
    """Nobody listens."""
