"""Publishers' words for sections."""

import pytest

from rawi.core.sections import _KEYS, SECTIONS, topic


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Politics", "politics"),
        ("سياسة", "politics"),
        ("Politique", "politics"),
        ("Middle East", "world"),
        ("Business & markets", "economy"),
        ("اقتصاد", "economy"),
        ("الرياضة", "sport"),
        ("SPORTS", "sport"),
        ("Santé", "health"),
        ("Sante\u0301", "health"),
        ("Nos partenaires", None),
        ("", None),
        (None, None),
    ],
)
def test_words_of_three_languages(words: str | None, key: str | None) -> None:
    assert topic(words) == key


def test_every_word_leads_to_a_section() -> None:
    assert set(_KEYS.values()) == set(SECTIONS)
