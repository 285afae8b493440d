"""A self-hosted press archive: gathers, keeps, reads and shows the news of many publishers."""

from rawi.archive import Archive
from rawi.wiring import open_archive

__all__ = ["Archive", "open_archive"]
