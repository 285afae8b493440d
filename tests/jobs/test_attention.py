"""Attention and comparisons over an archive in memory."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from rawi.adapters.memory_index import MemoryIndex
from rawi.archive import Archive
from rawi.core.contrast import MOST_READ
from rawi.errors import BadInput, QueryError
from rawi.jobs.attention import MOST_LINES, OTHERS
from rawi.jobs.compare import MOST_TEXTS, STRETCHES, stretches
from rawi.model import Article, Day, Found, Publisher, Query, address_id, content_id
from rawi.wiring import open_memory_archive

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


@pytest.fixture
def archive() -> Iterator[Archive]:
    with open_memory_archive(now=lambda: NOW) as made:
        yield made


def article(
    number: int,
    on: date | None,
    text: str,
    *,
    publisher: str = "a.example",
    at: time | None = None,
    language: str = "en",
) -> Article:
    url = f"http://{publisher}/{number}"
    published_at = datetime.combine(on, at, UTC) if on and at else None
    return Article(
        id=address_id(url),
        url=url,
        canonical_url=url,
        publisher=publisher,
        publisher_name=publisher,
        title=f"Number {number}",
        authors=(),
        published_at=published_at,
        published_on=on,
        date_text="",
        modified_at=None,
        language=language,
        section=None,
        topic=None,
        text=text,
        images=(),
        credit=None,
        capture="",
        captured_at=NOW,
        dated_at=published_at or (datetime.combine(on, time(), UTC) if on else NOW),
        notes=(),
        made_by="test",
    )


def put(archive: Archive, *articles: Article) -> None:
    archive.store.put(*articles)
    archive.follow()


def watched(archive: Archive, publisher: str, since: date, bad: set[date]) -> None:
    archive.store.put(Publisher(id=publisher, name=publisher, home="", country="", language="", hosts=(), added_at=NOW))
    for number in range((NOW.date() - since).days + 1):
        day = since + timedelta(days=number)
        archive.store.put(
            Day(
                id=content_id(publisher, publisher, day.isoformat()),
                publisher=publisher,
                host=publisher,
                day=day,
                asked=10,
                answered=0 if day in bad else 10,
                failed=10 if day in bad else 0,
                found=1,
            )
        )


def test_a_query_is_counted_beside_the_archive(archive: Archive) -> None:
    put(
        archive,
        article(1, date(2026, 1, 5), "ferry"),
        article(2, date(2026, 1, 20), "storm"),
        article(3, date(2026, 2, 2), "ferry"),
        article(4, date(2026, 2, 3), "storm", publisher="b.example"),
        article(5, None, "ferry"),
    )
    found = archive.attention("ferry", period="month")
    [line] = found.attention.lines
    assert [(point.articles, point.all, point.share) for point in line.points] == [(1, 2, 0.5), (1, 2, 0.5)]
    assert (found.total, found.undated, found.is_partial, found.incomplete) == (3, 1, False, False)
    asked = archive.attention("ferry publisher:a.example", period="month").attention.lines[0]
    assert [point.all for point in asked.points] == [2, 1]


def test_totals_follow_the_index(archive: Archive) -> None:
    put(archive, article(1, date(2026, 1, 5), "ferry"))
    assert archive.attention("ferry").attention.lines[0].points[0].all == 1
    archive.store.put(article(2, date(2026, 1, 5), "storm"))
    behind = archive.attention("ferry")
    assert behind.incomplete
    assert behind.attention.lines[0].points[0].all == 1
    archive.follow()
    assert archive.attention("ferry").attention.lines[0].points[0].all == 2


def test_publishers_have_lines_and_the_rest_one(archive: Archive) -> None:
    many = [
        article(number * 100 + at, date(2026, 1, 5), "ferry", publisher=f"p{number}.example")
        for number in range(8)
        for at in range(8 - number)
    ]
    put(archive, *many, article(1, date(2026, 1, 5), "storm", publisher="p7.example"))
    lines = archive.attention("ferry", by="publisher").attention.lines
    assert [line.key for line in lines] == [*(f"p{number}.example" for number in range(5)), OTHERS]
    assert len(lines) == MOST_LINES
    assert [line.articles for line in lines] == [8, 7, 6, 5, 4, 6]
    assert [line.points[0].all for line in lines] == [8, 7, 6, 5, 4, 7]
    alone = archive.attention("storm", by="publisher").attention.lines
    assert [(line.key, line.articles, line.points[0].all) for line in alone] == [("p7.example", 1, 2)]
    one = archive.attention("ferry publisher:p3.example", by="publisher").attention.lines
    assert [line.key for line in one] == ["p3.example"]


def test_days_asked_for_bound_the_axis_and_the_counts(archive: Archive) -> None:
    put(archive, *(article(day, date(2026, 1, day), "ferry") for day in (1, 5, 9, 20)))
    found = archive.attention("ferry", since=date(2026, 1, 5), until=date(2026, 1, 10), period="day")
    assert [slot.first.day for slot in found.attention.slots] == [5, 6, 7, 8, 9, 10]
    assert (found.total, found.attention.lines[0].articles) == (2, 2)
    asked = archive.attention("ferry date:[2026-01-05 TO 2026-01-10]", period="day")
    assert asked.attention.slots == found.attention.slots
    endless = archive.attention("ferry after:0001", period="day").attention
    assert (endless.slots[0].first, endless.slots[-1].first) == (date(2026, 1, 1), date(2026, 1, 20))
    with pytest.raises(BadInput):
        archive.attention("ferry", since=date(2026, 1, 5), until=date(2026, 1, 4))


def test_days_without_answers_are_told(archive: Archive) -> None:
    watched(archive, "a.example", date(2026, 1, 3), {date(2026, 1, 4)})
    put(archive, article(1, date(2026, 1, 1), "ferry"), article(2, date(2026, 1, 6), "ferry"))
    found = archive.attention("ferry", period="day").attention
    assert [(one.known, one.unreachable) for one in found.missing] == [(0, 0), (0, 0), (1, 0), (1, 1), (1, 0), (1, 0)]
    assert found.is_watched
    today = archive.attention("ferry", period="day", since=date(2026, 1, 1), until=NOW.date()).attention
    assert not today.is_watched or today.missing[-1].known == 0


@pytest.mark.parametrize("query", ["ferry", "*", "publisher:nobody.example"])
def test_an_empty_archive_has_no_axis(archive: Archive, query: str) -> None:
    found = archive.attention(query, by="publisher")
    assert (found.total, found.undated, found.attention.slots) == (0, 0, ())


class Late:
    """An index whose time is always over."""

    def __init__(self, index: MemoryIndex) -> None:
        self._index = index

    def search(self, query: Query) -> Found:
        found = self._index.search(query)
        return replace(found, days=(), facets=dict.fromkeys(query.facets, ()), is_partial=query.seconds is not None)

    def __getattr__(self, name: str) -> object:
        return getattr(self._index, name)


def test_what_is_missing_of_an_answer_is_no_zero(archive: Archive) -> None:
    put(archive, article(1, date(2026, 1, 5), "ferry"), article(2, date(2026, 1, 5), "storm"))
    archive.index = Late(archive.index)  # type: ignore[arg-type]
    found = archive.attention("ferry", seconds=0.001)
    assert (found.is_partial, found.attention.lines, found.undated) == (True, (), 0)
    assert archive.compare(["ferry", "storm"], seconds=0.001).is_partial


# ------------------------------------------------------------------------------------------ compare


def test_sides_are_told_by_words_first_articles_and_overlap(archive: Archive) -> None:
    day = date(2026, 1, 1)
    sea = [article(n, day + timedelta(days=n), "ferry The harbour and its sailors.") for n in range(1, 30)]
    law = [
        article(n, day + timedelta(days=n), "storm The court and its judges.", publisher="b.example") for n in range(30)
    ]
    both = article(99, date(2026, 5, 1), "ferry storm")
    put(archive, *sea, *law, both)
    found = archive.compare(["ferry", "storm"])
    one, other = found.sides
    assert (one.total, other.total) == (30, 31)
    assert {"harbour", "sailors"} == {apart.word for apart in one.words}
    assert {"court", "judges"} == {apart.word for apart in other.words}
    assert (one.texts, one.is_sample) == (29, False)
    assert [(pair.one, pair.other, pair.articles) for pair in found.overlaps] == [(0, 1, 1)]
    assert one.first is not None
    assert one.first.article.id == sea[0].id
    swapped = archive.compare(["storm", "ferry"])
    assert [side.words for side in swapped.sides] == [other.words, one.words]
    assert [line.articles for line in found.attention.lines] == [30, 31]


def test_lags_are_told_to_the_minute_or_in_days(archive: Archive) -> None:
    put(
        archive,
        article(1, date(2026, 1, 5), "ferry", publisher="a.example", at=time(8, 0)),
        article(2, date(2026, 1, 5), "ferry", publisher="b.example", at=time(9, 30)),
        article(3, date(2026, 1, 7), "ferry", publisher="c.example"),
        article(4, date(2026, 2, 1), "storm", publisher="b.example", at=time(8, 0)),
        article(5, date(2026, 2, 1), "storm", publisher="a.example", at=time(8, 30)),
        article(6, None, "storm", publisher="c.example"),
    )
    found = archive.compare(["ferry", "storm"])
    lags = {one.publisher: (one.median_lag, [first and first.lag for first in one.firsts]) for one in found.publishers}
    minutes, days = timedelta(minutes=1), timedelta(days=1)
    assert lags == {
        "a.example": (15 * minutes, [0 * minutes, 30 * minutes]),
        "b.example": (45 * minutes, [90 * minutes, 0 * minutes]),
        "c.example": (2 * days, [2 * days, None]),
    }
    assert [one.publisher for one in found.publishers] == ["a.example", "b.example", "c.example"]
    assert [side.undated for side in found.sides] == [0, 1]


def test_a_side_inside_of_another_keeps_its_articles(archive: Archive) -> None:
    put(archive, *(article(n, date(2026, 1, 5), "ferry storm" if n % 2 else "ferry") for n in range(10)))
    inner = archive.compare(["ferry", "storm"]).sides[1]
    assert inner.texts == 5
    same = archive.compare(["ferry", "ferry"])
    assert [side.texts for side in same.sides] == [10, 10]
    assert [side.words for side in same.sides] == [(), ()]


def test_of_many_articles_a_sample_is_read(archive: Archive) -> None:
    many = [article(n, date(2020, 1, 1) + timedelta(days=n), "ferry harbour") for n in range(MOST_TEXTS * 2)]
    put(archive, *many, article(9999, date(2020, 1, 1), "storm"))
    side = archive.compare(["ferry", "storm"]).sides[0]
    assert (side.is_sample, side.texts) == (True, MOST_TEXTS)
    assert archive.compare(["ferry", "storm"]).sides[0] == side


def test_stretches_hold_about_as_many_articles_each() -> None:
    days = [(20200000 + n, 10) for n in range(1, 101)]
    cut = list(stretches(days))
    assert len(cut) == STRETCHES
    assert cut[0] == (20200001, 20200010)
    assert cut[-1][1] == 20200100
    assert list(stretches([(20200101, 500)])) == [(20200101, 20200101)]
    assert list(stretches([(20200101, 990), (20200102, 10)])) == [(20200101, 20200101), (20200102, 20200102)]


def test_no_more_than_the_beginning_of_a_text_is_read(archive: Archive) -> None:
    put(archive, article(1, date(2026, 1, 5), "ferry " + "x " * 50_000), article(2, date(2026, 1, 5), "storm"))
    assert archive.compare(["ferry", "storm"]).sides[0].texts == 1
    assert MOST_READ < 1000


@pytest.mark.parametrize("queries", [[], ["ferry"], ["a", "b", "c", "d", "e"]])
def test_two_to_four_can_be_compared(archive: Archive, queries: list[str]) -> None:
    with pytest.raises(BadInput):
        archive.compare(queries)


def test_the_query_that_is_wrong_is_named(archive: Archive) -> None:
    with pytest.raises(QueryError, match="query 2, character 7") as caught:
        archive.compare(["ferry", "storm (x"])
    assert caught.value.position == 6


def test_nothing_is_compared_with_nothing(archive: Archive) -> None:
    found = archive.compare(["ferry", "storm"])
    assert [(side.total, side.first, side.words, side.language) for side in found.sides] == [(0, None, (), "")] * 2
    assert found.publishers == ()
    assert found.attention.slots == ()
