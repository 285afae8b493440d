"""The same bytes give the same article under the same name of the method."""

from pathlib import Path

import pytest

from rawi.core.extract import MADE_BY
from tests import golden


@pytest.mark.parametrize("case", golden.CASES, ids=lambda case: case.name)
def test_a_page_reads_as_it_did(case: Path) -> None:
    assert golden.read(case) == golden.expected(case)


def test_there_are_cases_in_all_three_languages() -> None:
    assert {golden.expected(case)["language"] for case in golden.CASES} == {"ar", "en", "fr"}


def test_another_reading_has_another_name() -> None:
    """When this fails: raise `extract.MADE_BY`, run `python -m tests.golden`, and read the difference."""
    assert golden.digests()[MADE_BY] == golden.digest()
