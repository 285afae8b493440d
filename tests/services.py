"""Services that some tests need. Where one is missing, the test is skipped and says so; with CI=true it fails."""

import os
import shutil

import pytest


def chromium() -> str:
    """The path of Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    return found or missing("Chromium is not here: run ./do services")


def missing(why: str) -> str:
    if os.environ.get("CI") == "true":
        pytest.fail(why)
    pytest.skip(why)
