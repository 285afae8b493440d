"""Pages from before headings were used, with layout tables, `font` and `br`."""

from datetime import date

import pytest

from rawi.core.extract import extract
from tests.core.test_extract import PARAGRAPHS

URL = "http://www.harbour.example/news/2241.htm"
PLAIN = "Ferry struck off the port"
ARABIC = "غرق عبارة قبالة الميناء ونجاة مئتي راكب"
TEXT_AR = [
    "غادرت العبارة الجزيرة في التاسعة مساء وعلى متنها مئتا راكب، كما قالت سلطة الميناء للصحفيين في المدينة اليوم.",
    "واصطدمت بها سفينة شحن على بعد ميلين من حاجز الأمواج، كما قال ناجون نقلوا إلى مستشفى المدينة قبل الفجر.",
    "وتستمع لجنة التحقيق يوم الاثنين إلى ربان السفينة وإلى العاملين في برج المراقبة الذين كانوا في نوبتهم.",
]
MENU = "<td width=20%><a href=/1>Home</a><br><a href=/2>World</a><br><b><a href=/3>Ferry lines of the port</a></b></td>"


def old(title: str, opening: str, texts: list[str], lang: str = "en") -> str:
    cells = "".join(f"<tr><td>{text}</td></tr>" for text in texts)
    table = f"<table><tr>{MENU}<td>{opening}<table>{cells}</table></td></tr></table>"
    return f"<html lang={lang}><head><title>{title}</title></head><body>{table}</body></html>"


@pytest.mark.parametrize("title", ["Ferry", "The Harbour", "", "Harbour.example: a ferry was struck off the port"])
@pytest.mark.parametrize(
    "opening", ["<font size=4>{}</font>", "<b>{}</b>", "<font color=red><strong>{}</strong></font>"]
)
def test_the_first_set_off_line_is_the_headline_and_the_day_below_it_the_articles(title: str, opening: str) -> None:
    found = extract(old(title, opening.format(PLAIN) + "<br>12 June 2003", PARAGRAPHS), URL)
    assert (found.title, found.published_on) == (PLAIN, date(2003, 6, 12))
    assert found.text.split("\n") == PARAGRAPHS


def test_in_arabic_with_breaks_alone() -> None:
    body = f"<font size=5><b>{ARABIC}</b></font><br>الأحد, 3 أيار 2009<br><br>" + "<br>".join(TEXT_AR)
    found = extract(f"<html lang=ar dir=rtl><title>غرق عبارة</title><body>{body}</body></html>", URL)
    assert (found.title, found.published_on) == (ARABIC, date(2009, 5, 3))
    assert found.text.split("\n") == TEXT_AR


@pytest.mark.parametrize(
    "opening",
    [f"<b>{PLAIN}</b> with two hundred on board", f"<font size=2>{PLAIN}</font>", f"<b><a href=/4>{PLAIN}</a></b>"],
)
def test_a_line_that_is_not_set_off_is_no_headline(opening: str) -> None:
    assert extract(old("The Harbour", opening, PARAGRAPHS), URL).title == "The Harbour"


def test_a_page_with_a_headline_keeps_it() -> None:
    found = extract(old("Ferry", f"<h1>{PLAIN}</h1><b>Ferry struck again, says the port</b>", PARAGRAPHS), URL)
    assert found.title == PLAIN
