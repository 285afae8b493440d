"""In which language a text is written."""

import socket
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core.languages import ToldLanguage, judge_language, language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian combat aircraft have carried out strikes", "en"),
        ("Putin says Syria deal close", "en"),
        ("OIL PRICES RISE", "en"),
        ("Macron à Beyrouth", "fr"),
        ("Le gouvernement a annoncé une hausse des prix", "fr"),
        ("PARIS : LE GOUVERNEMENT RECULE", "fr"),
        ("مصر تفوز", "ar"),
        ("انتخابات الرئاسة", "ar"),
        ("سلام", "ar"),
        ("ﺍﻟﻌﺮﺑﻴﺔ", "ar"),
        ("قال الوزير إن اتفاق NATO سيوقع غدا", "ar"),
        ("رئیس جمهور ایران گفت", "fa"),
        ("وزیر اعظم نے کہا", "ur"),
        ("El presidente del gobierno dijo que no", "es"),
        ("Der Bundeskanzler sagte am Montag", "de"),
        ("Россия и Турция", "ru"),
        ("日本の首相", "ja"),
        ("", ""),
        ("12 345 !", ""),
        ("\ud800\x00…", ""),
        ("\n\n2015 \x00 The \ud800 president \n of the republic\u2028said", "en"),
    ],
)
def test_language(text: str, expected: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        ("Syria", "fr", "fr"),
        ("Syria", "fr-FR", "fr"),
        ("Syria", "EN_us", "en"),
        ("Syria", "ar", "en"),  # not written so
        ("مصر", "en", "ar"),
        ("Putin says Syria deal close", "fr", "en"),  # the text is sure
        ("Le gouvernement a annoncé une hausse des prix", "en", "fr"),
        ("", "fr", ""),
        ("Syria", "nonsense", "en"),
        ("Syria", "\x00", "en"),
        ("Syria", "", "en"),
    ],
)
def test_what_is_declared_decides_only_when_the_text_does_not(text: str, declared: str, expected: str) -> None:
    assert language(text, declared) == expected


ZULU = (
    "Umengameli uthe uhulumeni uzosebenzisana nabantu bonke ukuze kwakhiwe izindlu ezintsha emadolobheni amakhulu "
    "ezweni. Amaphoyisa athi owesilisa oneminyaka engu-30 uboshwe ngemuva kokuba kutholakale imali emotweni yakhe."
)


@pytest.mark.parametrize(("declared", "expected"), [("", ""), ("zu", "zu"), ("en", ""), ("fr-FR", ""), ("ar", "")])
def test_prose_in_a_language_that_nobody_knows_is_told_as_no_other(declared: str, expected: str) -> None:
    assert language(ZULU, declared) == expected
    assert language(" ".join(word.title() for word in ZULU.split()), "en") == "en"  # names tell nothing


def test_what_tells_a_language() -> None:
    assert judge_language("Putin says Syria deal close", "en") == ToldLanguage("en", "text", "en")
    assert judge_language("Syria", "en") == ToldLanguage("en", "declared", "en")
    assert judge_language("Syria", "fr") == ToldLanguage("fr", "declared", "en")
    assert judge_language("Syria") == ToldLanguage("en", "text", "en")
    assert judge_language("2015", "fr") == ToldLanguage("", "", "")


@given(st.text(st.characters()), st.text(max_size=6))
def test_any_text_has_a_language_or_none(text: str, declared: str) -> None:
    code = language(text, declared)
    assert code == language(text, declared)
    assert code == "" or (len(code) == 2 and code.isascii() and code.islower())


def test_the_language_is_told_without_a_network() -> None:
    asked: list[str] = []
    watching = [True]
    sys.addaudithook(lambda event, _: asked.append(event) if watching[0] and event.startswith("socket.") else None)
    try:
        language("Le président de la République")
        assert asked == []
        socket.socket().close()
        assert asked, "the watch works"
    finally:
        watching[0] = False
