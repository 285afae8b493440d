"""Credits: the words in which an article names where it came from, and all that only looks like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import agencies, page
from rawi.core.credits import find, seen, words
from rawi.core.extract import extract
from rawi.core.outline import Outline

FIRST = "The ferry left the island at nine in the evening with two hundred people on board, the port said."
LAST = "The inquiry will begin on Monday."
FIRST_AR = "غادرت العبارة الجزيرة في التاسعة مساء وعلى متنها مئتا راكب كما قالت سلطة الميناء للصحفيين."
LAST_AR = "ويبدأ التحقيق يوم الاثنين."


def read(text: str, **more: object) -> list[tuple[str, str, str]]:
    found = find(text, **more)  # type: ignore[arg-type]
    assert all(one.start is None or text[one.start : one.end] == one.words for one in found)
    return [(one.who, one.words, one.where) for one in found if one.where != "sentence"]


def cited(text: str, **more: object) -> list[tuple[str, str]]:
    found = find(text, **more)  # type: ignore[arg-type]
    assert all(one.start is None or text[one.start : one.end] == one.words for one in found)
    return [(one.who, one.words) for one in found if one.where == "sentence"]


@pytest.mark.parametrize(
    ("lead", "who"),
    [
        ("(Reuters) -", "Reuters"),
        ("BEIRUT (AFP) —", "AFP"),
        ("BEIRUT, March 3 (Xinhua) --", "Xinhua"),
        ("MERSANA/TRIPOLI (Reuters) -", "Reuters"),
        ("PORT AMAL, N.H. (AP) —", "AP"),
        ("(ANSA) - ROMA, 03 MAR -", "ANSA"),
        ("Berlin (dpa) -", "dpa"),
        ("Berlin (dpa/lnw) -", "dpa"),
        ("PARIS (AFP), 3 mars 2021 -", "AFP"),
        ("PARIS, 3 mars 2021 (AFP) -", "AFP"),
        ("DAMASCUS, (SANA) -", "SANA"),
        ("MOSCOW, March 3. /TASS/.", "TASS"),
        ("МОСКВА (Интерфакс) -", "Interfax"),
        ("RABAT (MAP) -", "MAP"),
        ("LONDON (Thomson Reuters Foundation) -", "Reuters"),
        ("PORT AMAL (WXYZ) —", "WXYZ"),
        ("AFP - PARIS -", "AFP"),
        ("القاهرة - أ ف ب:", "AFP"),
        ("(د ب أ) -", "dpa"),
        ("برلين (د.ب.أ) -", "dpa"),
        ("القاهرة (أ ش أ)", "MENA"),
        ("واس - الرياض:", "SPA"),
        ("الدوحة - قنا:", "QNA"),
        ("قنا - الدوحة:", "QNA"),
        ("رويترز:", "Reuters"),
        ("(وكالات) -", "agencies"),
        ("بورت أمل (و م أ) -", "و م أ"),
        ("و م أ:", "و م أ"),
        ("دمشق-سانا", ""),
    ],
)
def test_before_the_first_sentence(lead: str, who: str) -> None:
    rest = FIRST_AR if not lead.isascii() and lead[:1] not in "МB" else FIRST
    found = read(f"{lead} {rest}\n{LAST}")
    assert found == ([(who, lead, "first line")] if who else [])


def test_a_line_of_its_own_before_the_text() -> None:
    assert read(f"Reuters\n{FIRST}\n{LAST}") == [("Reuters", "Reuters", "first line")]
    assert read(f"القاهرة - رويترز\n{FIRST_AR}\n{LAST_AR}") == [("Reuters", "القاهرة - رويترز", "first line")]


def test_one_dateline_behind_another() -> None:
    found = read(f"CAIRO, (AFP) - WASHINGTON (Reuters) - {FIRST}")
    assert found == [
        ("AFP", "CAIRO, (AFP) -", "first line"),
        ("Reuters", "WASHINGTON (Reuters) -", "first line"),
    ]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("AFP", ["AFP"]),
        ("— Reuters", ["Reuters"]),
        ("(AFP, Reuters)", ["AFP", "Reuters"]),
        ("Reuters/AFP", ["Reuters", "AFP"]),
        ("nsh/msh (AP, Reuters)", None),
        ("Source: The Guardian", ["The Guardian"]),
        ("Source : AFP", ["AFP"]),
        ("Sources: AFP, Reuters", ["AFP", "Reuters"]),
        ("Quelle: dpa", ["dpa"]),
        ("Fuente: EFE", ["EFE"]),
        ("Source: The Harbour Wire", ["The Harbour Wire"]),
        ("Avec AFP", ["AFP"]),
        ("(avec AFP)", ["AFP"]),
        ("Con información de EFE", ["EFE"]),
        ("Mit Material von dpa", ["dpa"]),
        ("With reporting from AP", ["AP"]),
        ("With Harbour wires", ["agencies"]),
        ("The Associated Press contributed to this report.", ["AP"]),
        ("Harbour News’ Dana Q. Kettani and The Associated Press contributed to this report.", ["AP"]),
        ("Dana Kettani, Samir Haddad, and The Associated Press contributed to this report.", ["AP"]),
        ("Associated Press writer Dana Kettani contributed to this report.", ["AP"]),
        ("This story is based on reporting by The Associated Press.", ["AP"]),
        ("This report contains material from the Associated Press.", ["AP"]),
        ("Contributing: Dana Kettani; The Associated Press", ["AP"]),
        ("© 2020 AFP", ["AFP"]),
        ("Copyright 2018 The Associated Press. All rights reserved.", ["AP"]),
        ("This article first appeared in The Harbour Review.", ["The Harbour Review"]),
        ("This article was originally published on The Conversation. Read the original article.", ["The Conversation"]),
        ("This story was originally published by ProPublica.", ["ProPublica"]),
        ("Originally published by The Harbour Review", ["The Harbour Review"]),
        ("Republished with permission from The Harbour Review.", ["The Harbour Review"]),
        ("Cet article a été initialement publié dans Le Monde.", ["Le Monde"]),
        ("(Reporting by Dana Kettani in Mersana; Editing by Samir Haddad)", [""]),
        ("المصدر: وكالة مرسانة للأنباء", ["وكالة مرسانة للأنباء"]),
        ("المصدر: رويترز", ["Reuters"]),
        ("المصدر : الأناضول + وكالات", ["AA", "agencies"]),
        ("نقلا عن صحيفة الميناء", ["صحيفة الميناء"]),
        ("نقلاً عن وكالة الأنباء السعودية (واس)", ["SPA"]),
        ("(وكالات)", ["agencies"]),
        ("وكالات", ["agencies"]),
        ("أ ف ب", ["AFP"]),
        ("«رويترز»", ["Reuters"]),
        ("* خدمة «نيويورك تايمز»", ["The New York Times"]),
        ("نشر هذا المقال أولا في موقع المونيتور", ["Al-Monitor"]),
    ],
)  # fmt: skip
def test_behind_the_last_sentence(line: str, who: list[str] | None) -> None:
    found = read(f"{FIRST}\n{LAST}\n{line}")
    if who is None:
        assert [(one[0], one[2]) for one in found] == [("AP", "last line"), ("Reuters", "last line")]
    else:
        assert found == [(name, line, "last line") for name in who]


@pytest.mark.parametrize(
    ("end", "who", "said"),
    [
        (" (AFP)", "AFP", "(AFP)"),
        (" (avec AFP)", "AFP", "(avec AFP)"),
        (" - Reuters", "Reuters", "- Reuters"),
        (" The Associated Press contributed to this report.", "AP", "The Associated Press contributed to this report."),
        (" /أ ف ب/", "AFP", "/أ ف ب/"),
        (" (المصدر: رويترز)", "Reuters", "(المصدر: رويترز)"),
        (" Source: Reuters", "Reuters", "Source: Reuters"),
    ],
)
def test_at_the_end_of_the_last_paragraph(end: str, who: str, said: str) -> None:
    assert read(f"{FIRST}\n{LAST}{end}") == [(who, said, "last line")]


def test_lines_behind_the_credit_do_not_hide_it() -> None:
    text = f"{FIRST}\n{LAST}\nThe Associated Press contributed to this report.\nThis story has been updated."
    assert [who for who, _, _ in read(text)] == ["AP"]


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}\nPORT AMAL (Reuters) - Not by that agency, which stands in the middle of it all.\n" + f"{LAST}\n" * 5,
        f"“(Reuters) - {FIRST}”\n{LAST}",
        f"{FIRST}\nHe read it out: “The port is closed. (Reuters)”",
        f"{FIRST}\nComment: Source: The Guardian",
        f"{FIRST}\nPhoto: AFP",
        f"Photo: AFP / Dana Kettani\n{FIRST}",
        f"Dana Kettani / AFP\n{FIRST}",
        f"The mayor of the port (Dana Kettani/Reuters)\n{FIRST}",
        f"{FIRST}\n(Photo by Dana Kettani/AFP)",
        f"{FIRST}\n{LAST[:-1]}, the mayor told Reuters.",
        f"{FIRST}\nHe told Reuters.",
        f"{FIRST}\nوقال لوكالة رويترز",
        f"{FIRST_AR}\nوقال المدير لوكالة رويترز إن التحقيق يبدأ الاثنين.",
        f"قالت وكالة الصحافة الفرنسية (أ ف ب) - {FIRST_AR}",
        f"Agence France-Presse (AFP) - {FIRST}",
        f"The Harbour Treaty Organization (HTO) - {FIRST}",
        f"WATCH (VIDEO) - {FIRST}",
        f"3 آب - {FIRST_AR}",
        f"{FIRST}\nSource: National Bureau of Statistics",
        f"{FIRST}\nHarbour News’ Dana Kettani contributed to this report.",
        f"{FIRST}\nFirst published on 3 March 2021",
        f"{FIRST}\nHe had written for foreign policy.",
        f"{FIRST}\nThe article appeared in his mind, he said, as a map.",
        f"{FIRST}\nmap",
        f"{FIRST}\n© 2020 The Harbour Post. All rights reserved.",
        "",
        "\n\n",
        "(",
    ],
)
def test_what_only_looks_like_a_credit(text: str) -> None:
    assert read(text) == []


def test_the_line_under_a_picture_is_its_own() -> None:
    assert read(f"{FIRST}\n© 2020 AFP", captions=["© 2020 AFP"]) == []
    assert read(f"(AFP)\n{FIRST}", captions=["(AFP)"]) == []


@pytest.mark.parametrize(
    ("author", "who"),
    [
        ("AFP", ["AFP"]),
        ("Le Havre avec AFP", ["AFP"]),
        ("By Dana Kettani, Reuters", ["Reuters"]),
        ("الرياض : واس", ["SPA"]),
        ("أ. ف. ب", ["AFP"]),
        ("الوئام - رويترز:", ["Reuters"]),
        ("\u00a0واس (جدة)", ["SPA"]),
        ("أ. ف. ب. (واشنطن)", ["AFP"]),
        ('القاهرة"د ب أ', ["dpa"]),
        ("و م أ", ["و م أ"]),
        ("Dana Kettani (dpa)", ["dpa"]),
        ("وكالات - بورت أمل", ["agencies"]),
        ("Dana Kettani", []),
        ("Photo: AFP", []),
        ("فهد العتيبي", []),
    ],
)
def test_by_lines(author: str, who: list[str]) -> None:
    assert read(FIRST, authors=[author]) == [(name, author, "byline") for name in who]


def boxes(html: str) -> list[tuple[str, str, str]]:
    tree = page.parse(f"<html><body><article><p>{FIRST}</p>{html}</article></body></html>")
    return read(FIRST, seen=seen(Outline(tree)))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<div class="article-source">Source: AFP</div>', [("AFP", "Source: AFP", "box")]),
        ('<span class="news-agency">أ ف ب</span>', [("AFP", "أ ف ب", "box")]),
        ('<p class="byline">Par AFP</p>', [("AFP", "Par AFP", "byline")]),
        ('<figure><span class="source">AFP</span></figure>', []),
        ('<div class="comments"><p class="source">Source: The Guardian</p></div>', []),
        ('<div class="photo-box"><p class="credit">AFP</p></div>', []),
        ('<pre class="source-code">AFP</pre>', []),
        ('<div class="source">The ferry came from the island.</div>', []),
    ],
)
def test_boxes_that_are_named_for_the_source(html: str, expected: list[tuple[str, str, str]]) -> None:
    assert boxes(html) == expected


def test_the_publishers_own_mark_is_no_credit_but_an_agencys_is() -> None:
    assert read(f"{FIRST}\nSource: The Harbour Post", site="Harbour Post") == []
    assert read(f"PORT AMAL (CNN) - {FIRST}", site="CNN") == []
    assert [who for who, _, _ in read(f"PORT AMAL (Reuters) - {FIRST}", site="Reuters")] == ["Reuters"]


def test_a_reader_of_pages_gives_credits_as_data_and_the_words_of_the_first() -> None:
    found = extract(
        f"<html><body><article><h1>Ferry struck</h1><p>PORT AMAL (Reuters) - {FIRST}</p>"
        f"<p>{LAST} The survivors were taken to the hospital of the island.</p><p>Source: The Guardian</p></article>"
        '<div class="comments"><p>Source: AFP</p></div></body></html>',
        "https://www.harbour.example/1",
    )
    assert found.credit == "PORT AMAL (Reuters) -"
    assert [(one.who, one.where) for one in found.credits] == [
        ("Reuters", "first line"),
        ("The Guardian", "last line"),
    ]
    assert words(()) is None


@pytest.mark.parametrize(
    ("sentence", "who", "said"),
    [
        ("أعلنت الوزارة نقلا عن وكالة رويترز أن المحطة تعمل.", "Reuters", "نقلا عن وكالة رويترز"),
        ("أعلنت الوزارة نقلاً عن رويترز، أن المحطة تعمل.", "Reuters", "نقلاً عن رويترز"),
        ("بدأ العمل في المحطة وفق وكالة فرانس برس اليوم.", "AFP", "وفق وكالة فرانس برس"),
        ("بدأ العمل، وفقا لوكالة الأنباء السورية، اليوم.", "SANA", "وفقا لوكالة الأنباء السورية"),
        ("بدأ العمل بحسب رويترز اليوم.", "Reuters", "بحسب رويترز"),
        ("بدأ العمل حسبما نقلت وكالة سانا عن مصدر.", "SANA", "حسبما نقلت وكالة سانا"),
        ("بدأ العمل كما أفادت صحيفة لوموند.", "Le Monde", "كما أفادت صحيفة لوموند"),
        ("بدأ العمل بحسب ما ذكرت وكالة الأناضول.", "AA", "بحسب ما ذكرت وكالة الأناضول"),
        ("وقال المدير لوكالة فرانس برس إن العمل بدأ.", "AFP", "لوكالة فرانس برس"),
        ("وقال المدير لرويترز إن العمل بدأ.", "Reuters", "لرويترز"),
        ("Le bac est parti, selon l'AFP, à neuf heures.", "AFP", "selon l'AFP"),
        ("Le bac est parti, a rapporté Reuters.", "Reuters", "a rapporté Reuters"),
        ("D’après l’agence de presse Reuters, le bac est parti.", "Reuters", "D’après l’agence de presse Reuters"),
        ("« Il est parti », a déclaré à l’AFP le capitaine.", "AFP", "a déclaré à l’AFP"),
        ("The ferry left, according to Reuters.", "Reuters", "according to Reuters"),
        ("The ferry left, Reuters reported on Monday.", "Reuters", "Reuters reported"),
        ("The ferry left, the New York Times reported.", "The New York Times", "the New York Times reported"),
        ("“It left,” the captain told the AFP news agency.", "AFP", "told the AFP"),
        ("It left, said the port, citing the state news agency SANA.", "SANA", "citing the state news agency SANA"),
        ("Die Fähre fuhr laut der Nachrichtenagentur dpa um neun.", "dpa", "laut der Nachrichtenagentur dpa"),
    ],
)
def test_a_sentence_that_names_whose_word_it_is(sentence: str, who: str, said: str) -> None:
    found = find(f"{FIRST}\n{sentence}\n{LAST}")
    assert [(one.who, one.words, one.where) for one in found] == [(who, said, "sentence")]
    assert words(found) is None


@pytest.mark.parametrize(
    "text",
    [
        "According to the Independent Commission the ferry left, and the Guardian Life company agreed.",
        "He told The Times of Oman that the ferry had left.",
        "“It left, according to Reuters,” said the captain, who had been told a map was on board.",
        "He said that, according to observers, it was a matter of foreign policy.",
        "Selon la police, le bac est parti; il a déclaré à la presse qu'il reviendrait.",
        "وقال للصحفيين إن العمل بدأ وفقا للخطة التي أعلنتها الوزارة.",
        f"{FIRST}\n" * 8 + "It left, according to Reuters.",
    ],
)
def test_a_sentence_that_names_nobody_known(text: str) -> None:
    assert cited(text) == []


def test_sentences_come_behind_the_credits_and_repeat_none() -> None:
    text = f"PORT AMAL (Reuters) - {FIRST}\nIt left, he told Reuters. It sank, according to AFP.\n{LAST}"
    found = find(text)
    assert [(one.who, one.where) for one in found] == [("Reuters", "first line"), ("AFP", "sentence")]
    assert words(found) == "PORT AMAL (Reuters) -"
    assert cited("It left, according to CNN.", site="CNN") == []


@given(st.text(alphabet=' \n()[]/-–:.،"“”«»أفبABCafp©1', max_size=400))
def test_no_text_brings_it_down(text: str) -> None:
    for one in find(text, [text[:50]], [("box", text[:60])]):
        assert one.start is None or text[one.start : one.end] == one.words


@pytest.mark.parametrize(
    "flood", ["(", "© ", "told ", "l'", "Reuters ", "AFP / ", "نقلا عن ", "a, ", ". ", " - ", "Reporting by a; "]
)
def test_floods_are_read_in_little_time(flood: str) -> None:
    find(flood * 300_000)
    find((flood * 300_000).replace(" ", "\n"))


def test_the_tables_are_sorted_and_name_each_form_once() -> None:
    for table in (agencies._TABLE, agencies._PAPERS):
        rows = table.strip().replace("\n  ", " ").splitlines()
        names = [row.split(" | ")[0] for row in rows]
        assert names == sorted(set(names), key=str.casefold)
        assert all(row.count("|") <= 2 for row in rows)
        assert [getattr(agencies.named(name), "name", None) for name in names] == names


@pytest.mark.parametrize(
    ("said", "name"),
    [("ا.ف.ب", "AFP"), ("وكالة رويترز", "Reuters"), ("«واس»", "SPA"), ("Agence France-Presse", "AFP"), ("آب", None),
     ("Map", None), ("The Xinhua news agency", "Xinhua"), ("وكالة أنباء مهر", "Mehr"),
     ("وكاله الانباء القطريه", "QNA")],
)  # fmt: skip
def test_names_of_agencies(said: str, name: str | None) -> None:
    found = agencies.named(said)
    assert (found and found.name) == name
