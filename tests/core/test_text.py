import socket
import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core.text import LONGEST, Term, ToldLanguage, forms, indexed, judge_language, language, terms


def read(text: str) -> list[str]:
    return [found.form for found in terms(text)]


# ---------------------------------------------------------------------------------------------- terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Putin MET Assad", "putin met assad"),
        ("café Élysée naïve Šešelj", "cafe elysee naive seselj"),
        ("Œuvre, cœur, æther, Straße, Łódź, Ørsted, İstanbul", "oeuvre coeur aether strasse lodz orsted istanbul"),
        ("cafe\u0301 and caf\u00e9", "cafe and cafe"),
        ("ﬁnal ＡＢＣ１２ ① m² ℌ", "final abc12 1 m2 h"),
        ("Al-Sisi 2015-10-02 a_b e.g. x/y", "al sisi 2015 10 02 a b e g x y"),
        # French and English apostrophes, straight and curled
        ("l'homme d’affaires qu'il jusqu'à lorsqu’elle", "homme affaires il a elle"),
        ("aujourd'hui d'aujourd’hui presqu'île quelqu'un", "aujourdhui aujourdhui presquile quelquun"),
        ("L'Oréal's Cairo's the president’s workers'", "oreal cairo the president workers"),
        ("don't they'll we're I've", "dont they we i"),
        ("Sana'a Shi'ite Qur’an O'Brien ʿAbd al-Raḥmān", "sanaa shiite quran obrien abd al rahman"),
        ("'quoted' ‘words’ ''", "quoted words"),
        # Arabic
        ("الأُسْتاذُ إلى آخِر ٱلقرآن", "الاستاذ الي اخر القران"),
        ("مستشفى مستشفي", "مستشفي مستشفي"),
        ("المدرسة المدرسه", "المدرسه المدرسه"),
        ("القــــاهرة", "القاهره"),
        ("مسؤول رؤية شيئًا", "مسوول رويه شييا"),
        ("قال: «نعم»، ثم سكت؛ أليس كذلك؟", "قال نعم ثم سكت اليس كذلك"),
        ("٢٠١٥ ۲۰۱۵ 2015", "2015 2015 2015"),
        ("ﺍﻟﻌﺮﺑﻴﺔ ﻻ ﷲ", "العربيه لا الله"),
        ("ﷺ", "صلي الله عليه وسلم"),
        ("\u200fالعر\u200dبية\u200e \u202bنعم\u202c", "العربيه نعم"),
        ("کیهان", "كيهان"),
        ("ڤيتنام فيتنام", "فيتنام فيتنام"),
        # other scripts
        ("Россия: Путин", "россия путин"),
        ("東京の한국어", "東 京 の 한국어"),
        ("が か", "が か"),
        ("a〸 ゟ", "a 十 よ り"),
        ("हिन्दी में", "हिन्दी में"),
        ("Αθήνα", "αθηνα"),
        ("co\u00adoperation zero\u200bwidth", "cooperation zerowidth"),
        # nothing to read
        ("", ""),
        (" \t\n\x00\x1f!?…—_*\u0640", ""),
        ("😀👍🏽", ""),
        ("\ud800 a \udfff\ud83d", "a"),
        ("\u0301\u064b\u200f", ""),
    ],
)
def test_terms(text: str, expected: str) -> None:
    assert read(text) == expected.split()


def test_offsets_are_those_of_the_text() -> None:
    text = "«L’Égypte», dit Al-Sisi — القــاهِرة, İstanbul, 東京 (ﷺ)"
    assert [text[found.start : found.end] for found in terms(text)] == [
        *["Égypte", "dit", "Al", "Sisi", "القــاهِرة", "İstanbul", "東", "京"],
        *["ﷺ"] * 4,
    ]
    assert terms("the Cairo's")[1] == Term("القاهره", 4, 9, "cairo")


def test_the_language_changes_nothing_yet() -> None:
    text = "l'homme القاهرة Cairo's"
    assert terms(text, "ar") == terms(text, "en") == terms(text)


@given(st.text(st.characters()))
def test_any_text_is_read(text: str) -> None:
    found = terms(text)
    places = [(one.start, one.end) for one in found]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(earlier == later or earlier[1] <= later[0] for earlier, later in pairwise(places))
    assert all(1 <= len(one.term) <= LONGEST for one in found)
    assert not set("".join(one.term for one in found)) & set(" \t\n'\u2019-")


@given(st.text(st.characters(), max_size=30))
def test_what_was_read_reads_the_same(text: str) -> None:
    for found in terms(text):
        assert read(found.term) == [found.term]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_canonically_equal_texts_read_the_same(text: str) -> None:
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert read(composed) == read(apart)


@pytest.mark.parametrize("text", ["a", "é", "e\u0301", "ا", "\u064b", "a'", "l'", "-", "\ud800", "\x00", "\u0300"])
def test_ten_million_of_one_letter(text: str) -> None:
    found = terms(text * (10_000_000 // len(text) if len(text.encode("utf-8", "surrogatepass")) == 1 else 100_000))
    assert all(len(one.term) <= LONGEST for one in found)
    assert len(found) <= 4


def test_a_million_ideographs() -> None:
    assert len(terms("東" * 1_000_000)) == 1_000_000


# ------------------------------------------------------------------------------------------- language


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


@given(st.text(st.one_of(st.characters(), st.sampled_from("ab cd\n'-éلاي東"))), st.sampled_from(["", "ar", "en", "fr"]))
def test_an_index_is_given_the_same_words(text: str, language: str) -> None:
    found = terms(text, language)
    assert forms(text) == tuple(term.form for term in found)
    assert indexed(text, language) == (" ".join(term.form for term in found), " ".join(term.term for term in found))
