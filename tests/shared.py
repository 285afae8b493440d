"""The shared data, where it is: labelled pages and real inputs that are read in place, never copied."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("RAWI_SHARED", ROOT.parent / "shared"))


def shared(name: str) -> Path:
    """A file or folder of the shared data; the test is skipped where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not here: set RAWI_SHARED to the folder of the shared data")
    return path
