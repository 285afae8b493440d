"""Long files of a search: whole, safe, few at once."""

import json

import pytest

from rawi.archive import Archive
from rawi.core import rows
from rawi.web.app import make_app
from tests.web.conftest import NOW, Browser, page


@pytest.fixture
def site(empty: Archive) -> Browser:
    for number in range(30):
        empty.add_page(f"http://harbour.example/{number}", page(f"=Council {number}", on=NOW.date()), NOW)
    empty.follow()
    return Browser(make_app(empty))


def test_all_articles_are_sent(site: Browser) -> None:
    answer = site.get("/en/search/articles.jsonl?q=council")
    assert answer.headers["x-rawi-articles"] == "30"
    assert answer.headers["content-disposition"] == 'attachment; filename="articles.jsonl"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    titles = [json.loads(line)["title"] for line in answer.text.splitlines()]
    assert sorted(titles) == sorted(f"=Council {number}" for number in range(30))
    table = site.get("/ar/search/articles.csv?q=council").content.decode("utf-8-sig").splitlines()
    assert table[0] == ",".join(rows.COLUMNS)
    assert len(table) > 30
    assert ",'=Council 7," in "".join(table)


def test_a_question_that_cannot_be_understood_has_no_file(site: Browser) -> None:
    assert site.get("/en/search/articles.csv?q=(council").status_code == 400


def test_few_are_sent_at_once(empty: Archive) -> None:
    made = make_app(empty, streams=0)
    busy = Browser(made).get("/en/search/articles.csv?q=council")
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "60")
    assert "Try again in a minute" in busy.text


def test_who_was_sent_a_file_makes_room_for_the_next(site: Browser) -> None:
    assert [site.get("/en/search/articles.csv?q=council").status_code for _ in range(5)] == [200] * 5
