"""Text pages saved from a press archive, in three languages."""

from datetime import UTC, date, datetime

import pytest

from rawi.core.archive_page import read_archive_page
from tests.shared import shared

ENGLISH = """First headline    Second headline    Third, with an Arabic comma\u060c too


Thank you for reporting!
This image will be automatically disabled when it gets reported by several people.



The harbour opens again
Published in Harbour Post on 04 - 03 - 2021

The harbour opened again on Thursday.

It had been shut for a week.
"We waited," a captain said. It was published in March on 3 pages.


Clic here to read the story from its source."""

ARABIC = """عنوان أول    عنوان ثان

شكرا على الإبلاغ!
سيتم حجب هذه الصورة تلقائيا عندما يتم الإبلاغ عنها من طرف عدة أشخاص.


الميناء يفتح أبوابه من جديد
نشر في الميناء يوم 04 - 03 - 2021

فتح الميناء أبوابه يوم الخميس.
وكان مغلقا أسبوعا كاملا.

انقر هنا لقراءة الخبر من مصدره."""

FRENCH = """Un titre    Un autre titre

Merci d'avoir signalé!
Cette image sera automatiquement bloquée après qu'elle soit signalée par plusieurs personnes.


Le port rouvre ses quais
Publié dans Le Quotidien le 04 - 03 - 2021

Le port a rouvert jeudi.
Il était fermé depuis une semaine.

Cliquez ici pour lire l'article depuis sa source."""


@pytest.mark.parametrize(
    ("page", "language", "title", "publisher", "first", "last"),
    [
        (ENGLISH, "en", "The harbour opens again", "Harbour Post", "The harbour opened", "on 3 pages."),
        (ARABIC, "ar", "الميناء يفتح أبوابه من جديد", "الميناء", "فتح الميناء", "أسبوعا كاملا."),
        (FRENCH, "fr", "Le port rouvre ses quais", "Le Quotidien", "Le port a rouvert", "une semaine."),
    ],
)
def test_the_three_forms(page: str, language: str, title: str, publisher: str, first: str, last: str) -> None:
    found = read_archive_page(page)
    assert found is not None
    assert (found.language, found.title, found.publisher) == (language, title, publisher)
    assert found.published_on == date(2021, 3, 4)
    assert found.text.startswith(first)
    assert found.text.endswith(last)


def test_paragraphs_are_parted_by_one_newline() -> None:
    found = read_archive_page(ENGLISH)
    assert found is not None
    assert found.text.split("\n") == [
        "The harbour opened again on Thursday.",
        "It had been shut for a week.",
        '"We waited," a captain said. It was published in March on 3 pages.',
    ]


@pytest.mark.parametrize(
    "line",
    [
        "نشر في الميناء يوم ٠٤ - ٠٣ - ٢٠٢١",
        "\u200fنشر في الميناء يوم 04-03-2021\u200f",
        "نشر في الميناء يوم 04 – 03 – 2021  ",
    ],
)
def test_digits_marks_and_dashes_of_the_dated_line(line: str) -> None:
    found = read_archive_page(f"عنوان\n{line}\n\nنص.")
    assert found is not None
    assert (found.publisher, found.published_on) == ("الميناء", date(2021, 3, 4))


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("Published in Harbour on Sea on 4 March 2021", None),
        ("Published in Harbour on Sea on 04 - 03 - 2021 10:11 GMT", datetime(2021, 3, 4, 10, 11, tzinfo=UTC)),
        ("نشر في Harbour on Sea يوم ٤ آذار ٢٠٢١", None),
        ("Publié dans Harbour on Sea le 4 mars 2021", None),
    ],
)
def test_days_in_words_and_times(line: str, at: datetime | None) -> None:
    found = read_archive_page(f"A headline\n{line}\n\nA text.")
    assert found is not None
    assert (found.publisher, found.published_on, found.published_at) == ("Harbour on Sea", date(2021, 3, 4), at)


def test_windows_line_ends() -> None:
    found = read_archive_page(ENGLISH.replace("\n", "\r\n"))
    assert found is not None
    assert found.text == getattr(read_archive_page(ENGLISH), "text", None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A note.\n\nNothing was published here.",
        "Published in Harbour Post on 04 - 03 - 2021\n\nNo headline above.",
        "Headline\nPublished in Harbour Post on 44 - 03 - 2021\n\nNo such day.",
        "Headline\nPublished in March on paper.\n\nNo day at all.",
        "Thank you for reporting!\nPublished in Harbour Post on 04 - 03 - 2021\n\nA notice is no headline.",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert read_archive_page(text) is None


def test_the_seed_page() -> None:
    found = read_archive_page(shared("data/seed/press_archive_page.txt").read_text("utf-8"))
    assert found is not None
    assert found.title == "Russia admits targeting non-Isis groups in Syria as airstrikes continue"
    assert (found.publisher, found.published_on, found.language) == ("Albawaba", date(2015, 10, 2), "en")
    paragraphs = found.text.split("\n")
    assert len(paragraphs) == 32
    assert paragraphs[0].startswith("Russian combat aircraft have carried out a second day")
    assert paragraphs[-1].endswith("…and I'll leave it there,\" Warren said.".lstrip("…"))
    assert "Thank you" not in found.text
    assert "Clic here" not in found.text
    assert "EGX closes" not in found.text
