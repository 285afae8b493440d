"""What inflections share and what names do: measured on our table of pairs, and by rules that hold for every word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import stems
from rawi.core.name_variants import name_of
from rawi.core.text import forms, terms
from tests.core.stem_pairs import APART, SAME

GROUPS = [(line.split(":")[0], line.split(":")[1].split()) for line in SAME.strip().splitlines()]
PAIRS = [(first, other) for first, others in GROUPS for other in others]


def found_by(one: str, other: str) -> bool:
    """Whether who asks for one word finds a text with the other."""
    return bool(set(stems.stems(forms(one)[0])) & set(stems.stems(forms(other)[0])))


def test_words_that_belong_together_find_each_other() -> None:
    assert len(PAIRS) >= 300
    lost = [pair for pair in PAIRS if not found_by(*pair)]
    recall = 1 - len(lost) / len(PAIRS)
    assert recall >= 0.95, lost


def test_no_word_finds_another_that_only_looks_like_it() -> None:
    pairs = [line.split() for line in APART.strip().splitlines()]
    assert len(pairs) >= 100
    assert [pair for pair in pairs if found_by(*pair)] == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ministers met the President's children", "en", "minister meet the president child"),
        ("Les présidentes des nouvelles villes", "fr", "les president des nouveau ville"),
        ("وقالت الحكومة للصحفيين", "ar", "قال حكوم صحيف"),
        ("Sisi et Poutine", "fr", "السيسي et بوتين"),
        ("ministers", "de", "ministers"),
        ("کتاب‌های وزارت", "fa", "كتابهاي وزارت"),
    ],
)
def test_terms_are_those_of_their_language(text: str, language: str, expected: str) -> None:
    assert " ".join(found.term for found in terms(text, language)) == expected


@given(st.text(min_size=1), st.sampled_from(["ar", "en", "fr", "de", "fa", ""]))
def test_every_form_has_a_stem(text: str, language: str) -> None:
    for form in forms(text):
        found = stems.stem(form, language)
        assert found
        assert " " not in found


@given(st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويء"), min_size=1, max_size=12))
def test_every_arabic_word_has_a_stem(form: str) -> None:
    assert stems.stem(form, "ar")
    assert stems.stems(form)


def test_what_is_asked_for_is_what_a_text_holds() -> None:
    for word, language in (("elections", "en"), ("journaux", "fr"), ("الحكومات", "ar"), ("Qadhafi", "de")):
        (form,) = forms(word)
        assert stems.stem(form, language) in stems.stems(form)


@pytest.mark.parametrize(
    "form",
    [
        "said",
        "sale",
        "make",
        "side",
        "quite",
        "back",
        "room",
        "der",
        "salle",
        "chienne",
        "ditch",
        "alley",
        "smell",
        "neiger",
        "صدر",
        "قاعد",
        "",
    ],
)
def test_words_are_no_names(form: str) -> None:
    assert name_of(form) == ""


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("الكويتيين", "ar", "الكويت"),
        ("organisations", "en", "organization"),
        ("labour", "en", "labor"),
        ("compromised", "en", "compromise"),
        ("annoncent", "fr", "annonc"),
        ("president", "fr", "president"),
        ("parlement", "fr", "parlement"),
        ("تؤكد", "ar", "اكد"),
        ("تشارك", "ar", "شارك"),
        ("تحدث", "ar", "تحدث"),
        ("الجامعات", "ar", "جامعه"),
    ],
)
def test_stems_of_words(word: str, language: str, expected: str) -> None:
    (form,) = forms(word)
    assert stems.stem(form, language) == expected


def test_short_vowels_part_names_of_three_consonants() -> None:
    assert name_of("souleiman") == name_of("suliman") == "سليمان"
    assert name_of("hamid") == name_of("hamad") == ""


def test_names_are_apart_from_words_that_are_written_so_without_their_article() -> None:
    assert name_of("الصدر") == name_of("sadr") != stems.stem("صدر", "ar")


def test_all_spellings_of_a_name_have_one_key() -> None:
    spellings = ["gaddafi", "qadhafi", "kadhafi", "qaddafi", "kaddafi", "القذافي", "والقذافي", "للقذافي"]
    assert all(name_of(one) == name_of(other) for one, other in pairwise(spellings))


@pytest.mark.parametrize(
    "spellings",
    [
        "الحوثي حوثي الحوثيين الحوثيون Houthi Houthis Huthi",
        "الحريري حريري Hariri",
        "سوريا السوريين Syria Syrie Syrian syriens syrienne",
        "Israel Israeli Israelis إسرائيل الإسرائيلي",
    ],
)
def test_each_form_of_a_name_finds_each_other(spellings: str) -> None:
    found = spellings.split()
    assert [(one, other) for one in found for other in found if not found_by(one, other)] == []
