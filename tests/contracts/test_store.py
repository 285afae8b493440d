"""The contract of `ports.Store`, for every store there is."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rawi.adapters.database import DatabaseStore
from rawi.adapters.memory_store import MemoryStore
from rawi.errors import NotFound
from rawi.model import Article, Capture, Fate, Feed, Headline, Image, Link, Publisher, Revision, Visit
from rawi.ports import Store
from tests.contracts.records import BARE, FULL, NOON, article, make

HOUR = timedelta(hours=1)


def logged(store: Store, after: int = 0) -> list[tuple[str, str]]:
    """What the log says behind a number, and that its numbers go up."""
    lines = store.changes(after)
    numbers = [after, *(line.seq for line in lines)]
    assert all(one < next_ for one, next_ in pairwise(numbers))
    return [(line.kind, line.id) for line in lines]


def found(store: Store, kind: type = Article, /, **asked: Any) -> list[str]:
    return [record.id for record in store.find(kind, **asked)]


# ------------------------------------------------------------------------------------- putting, getting


@pytest.mark.parametrize("record", [*FULL, *BARE], ids=lambda record: record.id)
def test_what_was_put_comes_back_equal(store: Store, record: Any) -> None:
    assert store.put(record) == 1
    assert store.get(type(record), record.id) == record
    assert store.get_many(type(record), [record.id]) == [record]
    assert store.find(type(record)) == [record]


def test_records_of_all_kinds_are_put_at_once(store: Store) -> None:
    assert store.put(*FULL, *BARE) == len(FULL) + len(BARE)
    assert all(store.get(type(record), record.id) == record for record in (*FULL, *BARE))


def test_an_id_is_of_a_kind(store: Store) -> None:
    store.put(make(Feed, "x", title="feed"), make(Publisher, "x", name="publisher"))
    assert store.get(Feed, "x").title == "feed"
    assert store.get(Publisher, "x").name == "publisher"
    assert store.drop(Feed, "x") == 1
    assert store.count(Publisher) == 1


def test_a_different_record_takes_the_place_of_the_old(store: Store) -> None:
    for record in FULL:
        store.put(record, make(type(record), "other"))
        bare = make(type(record), record.id)
        assert store.put(bare) == 1
        assert store.get(type(record), record.id) == bare
        assert store.get(type(record), "other") == make(type(record), "other")


def test_put_counts_new_and_different_ones(store: Store) -> None:
    assert store.put() == 0
    assert store.put(article("a"), article("b")) == 2
    assert store.put(article("a"), article("b", title="other"), article("c")) == 2


def test_of_one_id_in_one_call_the_last_is_put(store: Store) -> None:
    assert store.put(article("a", title="1"), article("b"), article("a", title="2")) == 2
    assert store.get(Article, "a").title == "2"
    assert sorted(logged(store)) == [("Article", "a"), ("Article", "b")]
    assert store.put(article("a", title="3"), article("a", title="2")) == 0


def test_get_says_what_is_not_there(store: Store) -> None:
    store.put(article("a"))
    with pytest.raises(NotFound, match="Article 'b'"):
        store.get(Article, "b")
    with pytest.raises(NotFound):
        store.get(Feed, "a")
    with pytest.raises(NotFound):
        store.get(Article, "no\0id")
    with pytest.raises(NotFound):
        store.get(Article, "\ud800")


def test_many_are_got_in_the_order_asked(store: Store) -> None:
    store.put(*(make(Fate, f"{number:05}", note=str(number)) for number in range(6000)))
    asked = [f"{number * 7919 % 7000:05}" for number in range(5000)]
    there = [each for each in asked if int(each) < 6000]
    assert 0 < len(there) < len(asked)
    assert [fate.id for fate in store.get_many(Fate, asked)] == there
    assert store.get_many(Fate, []) == []
    assert store.get_many(Fate, ["no\0id", "00001", "\ud800"]) == [store.get(Fate, "00001")]
    assert [fate.note for fate in store.get_many(Fate, ["00002", "00001", "00002"])] == ["2", "1", "2"]


# --------------------------------------------------------------------------------------- what is stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "‏،\u200e؟ \u202eabc\u202c",
        "👩‍👩‍👧 𝔘 \U0010ffff \uffff \ufeff",
        "\x01\x1b\x7f\x80\x9f\r\n\t\u2028",
        "e\u0301 é",
        "% _ ' \" \\ :name ? %(x)s {} [] null",
    ],
    ids=ascii,
)
def test_a_text_may_hold_any_character(store: Store, text: str) -> None:
    record = article("a", title=text, authors=(text,), images=(Image(url=text),), section=text, publisher=text)
    store.put(record, make(Feed, text or "empty", title=text))
    assert store.get(Article, "a") == record
    assert found(store, title=text) == ["a"]
    assert store.find(Feed, title=(text, "x")) == [store.get(Feed, text or "empty")]
    assert store.tally(Article, "publisher") == {text: 1}
    assert store.put(record) == 0


def test_a_text_may_be_huge(store: Store) -> None:
    record = article("a", text="نص طويل. Text\n" * 500_000, title="x" * 100_000, url="https://" + "a" * 100_000)
    store.put(record)
    assert store.get(Article, "a") == record
    assert store.find(Headline)[0].url == record.url


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2015, 10, 2, 1, 30, 0, 123456, tzinfo=UTC),
        datetime(2015, 10, 2, 1, 30, 0, 1, tzinfo=timezone(timedelta(hours=5, minutes=45))),
        datetime(2015, 10, 2, 1, 30, tzinfo=timezone(-timedelta(hours=11))),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1900, 1, 1, tzinfo=timezone(timedelta(seconds=8998))),
    ],
    ids=str,
)
def test_times_come_back_in_utc_to_the_microsecond(store: Store, moment: datetime) -> None:
    record = article("a", dated_at=moment, published_at=moment)
    store.put(record)
    again = store.get(Article, "a")
    assert again == record
    assert again.dated_at.tzinfo is UTC
    assert again.published_at is not None
    assert again.published_at.tzinfo is UTC
    assert store.put(replace(record, dated_at=moment.astimezone(UTC))) == 0
    assert found(store, dated_at=moment) == ["a"]
    assert found(store, dated_at=(moment, NOON)) == ["a"]
    assert found(store, order="dated_at", since=moment, until=moment) == ["a"]
    (value,) = store.tally(Article, "dated_at")
    assert (value, value.tzinfo) == (moment, UTC)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2016, 2, 29)], ids=str)
def test_days_come_back(store: Store, day: date) -> None:
    store.put(article("a", published_on=day), article("b"))
    assert store.get(Article, "a").published_on == day
    assert found(store, published_on=day) == ["a"]
    assert found(store, order="published_on", since=day, until=day) == ["a"]
    assert store.tally(Article, "published_on") == {day: 1, None: 1}


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**63 - 1, -(2**63)])
def test_numbers_of_64_bits_come_back(store: Store, number: int) -> None:
    store.put(make(Capture, "a", length=number))
    assert store.get(Capture, "a").length == number
    assert found(store, Capture, length=number) == ["a"]
    assert found(store, Capture, length=(number, 7)) == ["a"]


@dataclass(frozen=True, kw_only=True)
class Stranger:
    id: str


UNFIT = {
    "naive time": article("bad", dated_at=datetime(2015, 10, 2)),
    "time before the year 1": article("bad", dated_at=datetime(1, 1, 1, tzinfo=timezone(HOUR))),
    "time after the year 9999": article("bad", dated_at=datetime(9999, 12, 31, 23, tzinfo=timezone(-2 * HOUR))),
    "time for a day": article("bad", published_on=NOON),
    "no value": article("bad", title=None),
    "NUL": article("bad", text="a\0b"),
    "NUL in a tuple": article("bad", authors=("x", "a\0b")),
    "NUL in an image": article("bad", images=(Image(url="x", alt="\0"),)),
    "lone surrogate": article("bad", text="\ud83d"),
    "lone surrogate in an id": make(Feed, "\udc80"),
    "list for a tuple": article("bad", authors=["x"]),
    "number in a tuple of texts": article("bad", authors=(1,)),
    "number for a text": article("bad", title=5),
    "text for a number": make(Capture, "bad", status="200"),
    "truth for a number": make(Capture, "bad", status=True),
    "number of 65 bits": make(Capture, "bad", length=2**63),
    "long key": article("bad", publisher="x" * 261),
    "long id": make(Feed, "x" * 261),
    "no id": make(Feed, None),  # type: ignore[arg-type]
    "unhashable id": make(Feed, ["x"]),  # type: ignore[arg-type]
    "no image": article("bad", images=("https://a.example/i.jpg",)),
    "view": make(Headline, "bad"),
    "stranger": Stranger(id="bad"),
    "text": "bad",
    "nothing": None,
}


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT.keys())
def test_nothing_is_put_when_one_record_cannot_be(store: Store, unfit: Any) -> None:
    store.put(article("old"))
    head = store.head()
    with pytest.raises(ValueError, match=r"\w"):
        store.put(article("new"), article("old", title="changed"), unfit, make(Feed, "new"))
    assert store.find(Article) == [article("old")]
    assert store.find(Feed) == []
    assert store.head() == head


def test_the_longest_key_fits(store: Store) -> None:
    key = "\U0001f5de" * 260
    record = article(key, publisher=key, language=key, topic=key)
    store.put(record, make(Capture, key, address=key, digest=key), make(Revision, key, article=key))
    assert store.find(Article, topic=key, order="dated_at") == [record]


# ------------------------------------------------------------------------------------------ the log


def test_what_is_new_or_different_is_logged_once(store: Store) -> None:
    store.put(article("a"), article("b"))
    head = store.head()
    store.put(article("a"), article("b", title="other"), article("c"))
    assert logged(store) == [("Article", "a"), ("Article", "b"), ("Article", "b"), ("Article", "c")]
    assert logged(store, head) == [("Article", "b"), ("Article", "c")]


@pytest.mark.parametrize("record", [*FULL, *BARE], ids=lambda record: record.id)
def test_an_equal_record_is_not_logged(store: Store, record: Any) -> None:
    store.put(record)
    head = store.head()
    assert store.put(replace(record)) == 0
    assert store.head() == head


def test_the_log_is_in_the_order_of_putting(store: Store) -> None:
    first = [make(Link, "z"), article("m"), make(Link, "a"), make(Publisher, "y"), article("b")]
    store.put(*first)
    store.put(make(Feed, "first"))
    kinds_and_ids = [("Link", "z"), ("Article", "m"), ("Link", "a"), ("Publisher", "y"), ("Article", "b")]
    assert logged(store) == [*kinds_and_ids, ("Feed", "first")]


def test_visits_and_fates_are_never_logged(store: Store) -> None:
    assert store.put(make(Visit, "v"), make(Fate, "f"), article("a")) == 3
    assert store.put(make(Visit, "v", visits=1), make(Fate, "f", note="x")) == 2
    assert store.drop(Visit, "v") == 1
    assert store.drop(Fate, "f") == 1
    assert logged(store) == [("Article", "a")]


def test_every_other_kind_is_logged(store: Store) -> None:
    store.put(*FULL)
    names = [kind.__name__ for kind in (Publisher, Feed, Link, Capture, Article, Revision)]
    assert [kind for kind, _ in logged(store)] == names


def test_drop_takes_away_and_logs_what_was_there(store: Store) -> None:
    store.put(article("a"), article("b"), article("c"), make(Feed, "a"))
    head = store.head()
    assert store.drop(Article, "c", "x", "a", "c", "no\0id", "\ud800") == 2
    assert found(store) == ["b"]
    assert found(store, Feed) == ["a"]
    assert logged(store, head) == [("Article", "c"), ("Article", "a")]
    assert store.drop(Article, "c", "a") == 0
    assert store.drop(Article) == 0
    assert logged(store, head) == [("Article", "c"), ("Article", "a")]
    assert store.put(article("a")) == 1
    assert logged(store, head)[2:] == [("Article", "a")]


def test_thousands_are_dropped(store: Store) -> None:
    store.put(*(make(Feed, f"{number:05}") for number in range(5000)))
    assert store.drop(Feed, *(f"{number:05}" for number in range(1, 40_000))) == 4999
    assert found(store, Feed) == ["00000"]


def test_the_log_is_read_in_stretches(store: Store) -> None:
    assert (store.head(), store.changes(0)) == (0, [])
    store.put(*(article(f"{number:04}") for number in range(1200)))
    whole = store.changes(0, limit=10_000)
    assert len(whole) == 1200
    assert whole[-1].seq == store.head()
    assert store.changes(0) == whole[:500]
    assert store.changes(whole[499].seq) == whole[500:1000]
    assert store.changes(whole[999].seq) == whole[1000:]
    assert store.changes(whole[3].seq, limit=2) == whole[4:6]
    assert store.changes(store.head()) == []
    assert store.changes(store.head() + 1000) == []
    assert store.changes(0, limit=0) == []


def test_numbers_are_not_given_twice(store: Store) -> None:
    store.put(article("a"))
    head = store.head()
    store.drop(Article, "a")
    store.put(article("a"))
    assert logged(store, head) == [("Article", "a"), ("Article", "a")]


def test_cursors_go_forth_and_back(store: Store) -> None:
    assert (store.cursor("index"), store.followers()) == (0, {})
    store.advance("index", 7)
    store.advance("articles", 3)
    assert (store.cursor("index"), store.cursor("articles"), store.cursor("x")) == (7, 3, 0)
    store.advance("index", 2)
    store.advance("فهرس", 2**40)
    assert store.followers() == {"index": 2, "articles": 3, "فهرس": 2**40}
    store.forget("index")
    store.forget("never was")
    assert store.followers() == {"articles": 3, "فهرس": 2**40}
    assert store.cursor("index") == 0
    assert store.head() == 0


# ------------------------------------------------------------------------------------------- finding


def test_find_gives_a_hundred_by_id(store: Store) -> None:
    store.put(*(make(Feed, f"{number * 7 % 150:03}") for number in range(150)))
    assert found(store, Feed) == [f"{number:03}" for number in range(100)]
    assert found(store, Feed, newest_first=True, limit=3) == ["149", "148", "147"]
    assert found(store, Feed, limit=1000, after=("147", "147")) == ["148", "149"]
    assert found(store, Feed, newest_first=True, after=("001", "001")) == ["000"]
    assert found(store, Feed, since="010", until="012") == ["010", "011", "012"]
    assert found(store, Feed, limit=0) == []


def test_find_by_equal_fields(store: Store) -> None:
    store.put(
        article("a", language="ar", topic="world", published_on=date(2015, 10, 2)),
        article("b", language="ar", topic=None, published_on=date(2015, 10, 3)),
        article("c", language="fr", topic="world", published_at=NOON),
        article("d", language="", topic=""),
    )
    assert found(store, language="ar") == ["a", "b"]
    assert found(store, language="ar", topic="world") == ["a"]
    assert found(store, language="") == ["d"]
    assert found(store, topic="") == ["d"]
    assert found(store, published_on=date(2015, 10, 3)) == ["b"]
    assert found(store, published_at=NOON.astimezone(timezone(3 * HOUR))) == ["c"]
    assert found(store, language="en") == []
    assert found(store, id="c") == ["c"]


def test_find_by_a_field_that_is_called_kind(store: Store) -> None:
    store.put(make(Feed, "a", kind="rss"), make(Feed, "b", kind="atom"))
    assert found(store, Feed, kind="rss") == ["a"]
    assert store.count(Feed, kind=("rss", "atom")) == 2
    assert store.tally(Feed, "id", kind="atom") == {"b": 1}


def test_find_without_a_value(store: Store) -> None:
    store.put(article("a", topic="world"), article("b"), article("c", topic=""))
    assert found(store, topic=None) == ["b"]
    assert found(store, topic=None, published_on=None, order="published_on") == ["b"]
    assert found(store, language=None) == []
    assert (store.count(Article, topic=None), store.tally(Article, "id", topic=None)) == (1, {"b": 1})


def test_find_one_of_several_values(store: Store) -> None:
    store.put(article("a", topic="world"), article("b"), article("c", topic="sport"), article("d", topic=""))
    assert found(store, topic=("sport", "world", "none")) == ["a", "c"]
    assert found(store, topic=("sport",)) == ["c"]
    assert found(store, topic=("sport", "sport")) == ["c"]
    assert found(store, topic=("", "sport")) == ["c", "d"]
    assert found(store, topic=(None, "sport")) == ["b", "c"]
    assert found(store, topic=()) == []
    assert found(store, topic=("sport", "wor\0ld")) == ["c"]
    assert (store.count(Article, topic=()), store.tally(Article, "topic", topic=())) == (0, {})


def test_find_one_of_thousands_of_values(store: Store) -> None:
    store.put(*(make(Feed, f"{number:05}", url=f"u{number}", publisher="p") for number in range(300)))
    many = tuple(f"u{number}" for number in range(7, 70_000, 7))
    expected = [f"{number:05}" for number in range(7, 300, 7)]
    assert found(store, Feed, url=many) == expected
    assert found(store, Feed, url=many, publisher=("p", "q"), newest_first=True, limit=2) == expected[:-3:-1]
    assert store.count(Feed, url=many) == len(expected)
    assert store.tally(Feed, "publisher", url=many) == {"p": len(expected)}


def test_values_that_cannot_be_stored_are_not_found(store: Store) -> None:
    store.put(article("a", title="x"), make(Capture, "c"))
    for text in ("x\0", "\ud800", "x\0y"):
        assert found(store, title=text) == []
        assert found(store, title=(text,)) == []
        assert store.count(Article, title=text) == 0
    assert found(store, Capture, length=2**63) == []


ORDERED = ["published_at", "published_on", "dated_at", "topic", "title", "id"]


@pytest.fixture
def mixed(store: Store) -> list[Article]:
    """Thirty articles, with ties and gaps in every field that orders."""
    articles = [
        article(
            f"{number * 17 % 30:02}",
            title="ab"[number % 2],
            topic=[None, "s", "w"][number % 3],
            dated_at=NOON + timedelta(microseconds=number % 7),
            published_at=None if number % 5 < 2 else NOON + timedelta(days=number % 4),
            published_on=None if number % 4 == 0 else date(2015, 10, 1 + number % 3),
        )
        for number in range(30)
    ]
    store.put(*articles)
    return articles


def in_order(articles: list[Article], order: str, newest_first: bool) -> list[str]:
    """As the contract says it: by value, then id, both downwards if wanted; those without a value last."""
    valued = [each for each in articles if getattr(each, order) is not None]
    rest = [each for each in articles if getattr(each, order) is None]
    valued.sort(key=lambda each: (getattr(each, order), each.id), reverse=newest_first)
    rest.sort(key=lambda each: each.id, reverse=newest_first)
    return [each.id for each in valued + rest]


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("order", ORDERED)
def test_order_and_paging(store: Store, mixed: list[Article], order: str, newest_first: bool) -> None:
    whole = in_order(mixed, order, newest_first)
    assert found(store, order=order, newest_first=newest_first) == whole
    for last in mixed:
        value = getattr(last, order)
        if value is not None:
            behind = whole[whole.index(last.id) + 1 :]
            assert found(store, order=order, newest_first=newest_first, after=(value, last.id)) == behind
            assert found(store, order=order, newest_first=newest_first, after=(value, last.id), limit=4) == behind[:4]


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("order", ORDERED)
def test_bounds(store: Store, mixed: list[Article], order: str, newest_first: bool) -> None:
    values = sorted({getattr(each, order) for each in mixed} - {None})
    for since, until in [(values[0], None), (None, values[-1]), (values[1], values[-1]), (values[-1], values[0])]:
        inside = [
            each
            for each in mixed
            if getattr(each, order) is not None
            and (since is None or getattr(each, order) >= since)
            and (until is None or getattr(each, order) <= until)
        ]
        whole = in_order(inside, order, newest_first)
        asked = {"order": order, "newest_first": newest_first, "since": since, "until": until}
        assert found(store, **asked) == whole
        for last in inside:
            behind = whole[whole.index(last.id) + 1 :]
            assert found(store, **asked, after=(getattr(last, order), last.id)) == behind


def test_a_list_goes_on_where_a_record_was(store: Store, mixed: list[Article]) -> None:
    whole = found(store, order="dated_at", newest_first=True)
    last = store.get(Article, whole[9])
    store.drop(Article, last.id)
    assert found(store, order="dated_at", newest_first=True, after=(last.dated_at, last.id)) == whole[10:]


def test_order_is_among_those_that_equal(store: Store, mixed: list[Article]) -> None:
    some = [each for each in mixed if each.topic == "w" and each.title == "a"]
    assert found(store, order="published_at", topic="w", title="a") == in_order(some, "published_at", False)
    assert found(store, order="topic", topic=None) == in_order([m for m in mixed if m.topic is None], "topic", False)


def test_texts_order_by_their_characters_numbers(store: Store) -> None:
    titles = ["", " b", "A", "Z", "Zz", "a", "a b", "a-b", "ab", "z", "é", "ا", "ب", "\ue000", "\uffff", "𝔘", "👩"]
    assert titles == sorted(titles)
    store.put(*(make(Feed, title or "empty", title=title) for title in reversed(titles)))
    assert [feed.title for feed in store.find(Feed, order="title")] == titles
    assert list(store.ids(Feed)) == found(store, Feed) == sorted([*titles[1:], "empty"])
    assert [feed.title for feed in store.find(Feed, order="title", since="Z", until="ab")] == titles[3:9]
    assert [feed.title for feed in store.find(Feed, order="title", after=("\uffff", "\uffff"))] == titles[15:]
    assert [feed.title for feed in store.find(Feed, order="title", newest_first=True)] == titles[::-1]


def test_headlines_are_seen_of_articles(store: Store) -> None:
    full = next(record for record in FULL if isinstance(record, Article))
    store.put(full, article("b", dated_at=NOON + HOUR))
    headline = Headline(
        id=full.id,
        url=full.url,
        publisher=full.publisher,
        publisher_name=full.publisher_name,
        title=full.title,
        published_on=full.published_on,
        language=full.language,
        topic=full.topic,
        dated_at=full.dated_at,
    )
    assert store.get(Headline, full.id) == headline
    assert store.get_many(Headline, ["x", full.id]) == [headline]
    assert store.find(Headline, topic="world") == [headline]
    assert found(store, Headline, order="dated_at", newest_first=True) == ["b", full.id]
    assert store.tally(Headline, "topic") == {"world": 1, None: 1}
    assert (store.count(Headline), store.count(Headline, language="en")) == (2, 1)
    assert list(store.ids(Headline)) == ["a1", "b"]
    with pytest.raises(NotFound, match="Headline 'x'"):
        store.get(Headline, "x")
    with pytest.raises(ValueError, match="Article"):
        store.drop(Headline, full.id)
    assert store.count(Article) == 2


def test_tally_and_count(store: Store, mixed: list[Article]) -> None:
    assert store.tally(Article, "topic") == {None: 10, "s": 10, "w": 10}
    assert store.tally(Article, "topic", title="a") == {None: 5, "s": 5, "w": 5}
    assert store.tally(Article, "title", topic=("s", "w")) == {"a": 10, "b": 10}
    assert store.tally(Article, "topic", title="none") == {}
    assert sum(store.tally(Article, "published_on").values()) == store.count(Article) == 30
    assert store.count(Article, topic=None, title="b") == 5
    assert (store.count(Feed), store.tally(Feed, "publisher")) == (0, {})


def test_numbers_are_tallied(store: Store) -> None:
    store.put(make(Visit, "a", status=200), make(Visit, "b", status=404), make(Visit, "c", status=200))
    assert store.tally(Visit, "status") == {200: 2, 404: 1}


# ------------------------------------------------------------------------------------ the stream of ids


def test_all_ids_are_given_in_order(store: Store) -> None:
    ids = [f"{number * 7 % 20_001:05}" for number in range(20_001)]
    store.put(*(make(Fate, each) for each in ids))
    assert list(store.ids(Fate)) == sorted(ids)
    assert list(store.ids(Feed)) == []


def test_a_stream_of_ids_stands_in_nobodys_way(store: Store) -> None:
    store.put(*(make(Feed, f"{number:05}") for number in range(0, 22_000, 2)))
    stream = store.ids(Feed)
    seen = [next(stream)]
    store.put(make(Feed, "00001"), make(Feed, "21999"))
    store.drop(Feed, "00004", "21000")
    seen += stream
    assert seen == sorted(set(seen))
    assert {f"{number:05}" for number in range(0, 22_000, 2)} - {"00004", "21000"} <= set(seen)


# ------------------------------------------------------------------------------------- what makes no sense

NONSENSE: dict[str, Callable[[Store], Any]] = {
    "unknown field": lambda store: store.find(Article, shoe="x"),
    "unknown field without a value": lambda store: store.find(Article, shoe=None),
    "unknown field among none": lambda store: store.find(Article, shoe=()),
    "unknown order": lambda store: store.find(Article, order="shoe"),
    "field that a headline has not": lambda store: store.find(Headline, section="World"),
    "order that a headline has not": lambda store: store.find(Headline, order="captured_at"),
    "tally of an unknown field": lambda store: store.tally(Article, "shoe"),
    "tally among an unknown field": lambda store: store.tally(Article, "topic", shoe=1),
    "count of an unknown field": lambda store: store.count(Article, shoe=1),
    "equality of a field of several values": lambda store: store.find(Article, authors="x"),
    "order by a field of several values": lambda store: store.find(Article, order="authors"),
    "tally of a field of several values": lambda store: store.tally(Article, "authors"),
    "find of an unknown kind": lambda store: store.find(Stranger),
    "get of an unknown kind": lambda store: store.get(Stranger, "a"),
    "get_many of an unknown kind": lambda store: store.get_many(Stranger, ["a"]),
    "get_many of none of an unknown kind": lambda store: store.get_many(Stranger, []),
    "drop of an unknown kind": lambda store: store.drop(Stranger, "a"),
    "drop of a view": lambda store: store.drop(Headline, "a"),
    "ids of an unknown kind": lambda store: store.ids(Stranger),
    "count of an unknown kind": lambda store: store.count(Stranger),
    "tally of an unknown kind": lambda store: store.tally(Stranger, "id"),
    "negative limit": lambda store: store.find(Article, limit=-1),
    "after nothing": lambda store: store.find(Article, order="topic", after=(None, "a")),
    "text for a time": lambda store: store.find(Article, dated_at="2015-10-02"),
    "naive time": lambda store: store.find(Article, order="dated_at", since=datetime(2015, 10, 2)),
    "day for a time": lambda store: store.find(Article, order="dated_at", until=date(2015, 10, 2)),
    "time for a day": lambda store: store.find(Article, published_on=NOON),
    "number for a text": lambda store: store.find(Article, title=5),
    "place of another type": lambda store: store.find(Article, order="dated_at", after=("x", "a")),
    "bound that cannot be": lambda store: store.find(Article, order="title", since="a\0"),
}


@pytest.mark.parametrize("ask", NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense_is_refused(store: Store, ask: Callable[[Store], Any]) -> None:
    store.put(article("a"))
    with pytest.raises(ValueError, match=r"\w"):
        ask(store)
    assert found(store) == ["a"]


# -------------------------------------------------------------------------------------- several threads


def test_several_threads_put_and_read(store: Store) -> None:
    def put(thread: int) -> int:
        return sum(store.put(*batch(thread, number)) for number in range(10))

    def batch(thread: int, number: int) -> Iterator[Article]:
        return (article(f"{thread}-{number}-{each}", text="x" * 1000) for each in range(10))

    def read(_: int) -> list[int]:
        return [len(store.find(Article, limit=1000)) for _ in range(20)]

    with ThreadPoolExecutor(8) as threads:
        written = [threads.submit(put, number) for number in range(4)]
        seen = [threads.submit(read, number) for number in range(4)]
        assert [each.result() for each in written] == [100] * 4
        # Each put is there whole or not at all, and nothing goes away again.
        assert all(each.result() == sorted(each.result()) for each in seen)
        assert all(number % 10 == 0 for each in seen for number in each.result())
    assert store.count(Article) == 400
    lines = logged(store)
    assert sorted(lines) == [("Article", each) for each in store.ids(Article)]
    puts = [each.rpartition("-")[0] for _, each in lines]
    assert all(len(set(puts[start : start + 10])) == 1 for start in range(0, 400, 10))


def test_several_threads_put_the_same(store: Store) -> None:
    records = [article(f"{number:03}", text="same") for number in range(50)]
    with ThreadPoolExecutor(6) as threads:
        changed = [each.result() for each in [threads.submit(store.put, *records) for _ in range(6)]]
    assert sorted(changed) == [0, 0, 0, 0, 0, 50]
    assert len(logged(store)) == 50


# ----------------------------------------------------------------------------- any sequence of calls

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3)
TIMES = st.datetimes(
    min_value=datetime(1990, 1, 1),
    max_value=datetime(2030, 1, 1),
    timezones=st.sampled_from([UTC, timezone(3 * HOUR), timezone(-5 * HOUR)]),
) | st.sampled_from([NOON, NOON + timedelta(microseconds=1)])
IDS = st.sampled_from("abcdeé")
RECORDS = st.one_of(
    st.builds(
        article,
        IDS,
        title=TEXTS,
        topic=st.none() | st.sampled_from(["", "world"]),
        dated_at=TIMES,
        published_at=st.none() | TIMES,
        published_on=st.none() | st.dates(date(2015, 10, 1), date(2015, 10, 3)),
        authors=st.lists(TEXTS, max_size=2).map(tuple),
        images=st.lists(st.builds(Image, url=TEXTS, width=st.none() | st.integers(0, 9)), max_size=2).map(tuple),
    ),
    IDS.flatmap(lambda each: st.builds(lambda title: make(Feed, each, title=title), st.sampled_from(["", "A", "b"]))),
    IDS.flatmap(lambda each: st.builds(lambda due: make(Visit, each, due_at=due), st.none() | TIMES)),
)
CALLS = st.one_of(
    st.lists(RECORDS, max_size=6).map(lambda records: ("put", *records)),
    st.lists(IDS, max_size=4).flatmap(
        lambda ids: st.sampled_from([Article, Feed, Visit]).map(lambda kind: ("drop", kind, *ids))
    ),
    st.builds(lambda follower, seq: ("advance", follower, seq), IDS, st.integers(0, 99)),
    IDS.map(lambda follower: ("forget", follower)),
    st.tuples(st.just("get_many"), st.just(Article), st.lists(IDS, max_size=8)),
)
ORDERS = st.sampled_from([(Article, order) for order in ORDERED] + [(Feed, "title"), (Visit, "due_at")])


def everything(store: Store) -> list[Any]:
    """All that can be seen of a store but the numbers of its log, which may have gaps."""
    kinds = (Article, Headline, Feed, Visit)
    return [
        [store.find(kind) for kind in kinds],
        [list(store.ids(kind)) for kind in kinds],
        [store.count(kind) for kind in kinds],
        [store.tally(Article, field) for field in ORDERED],
        logged(store),
        store.followers(),
    ]


@given(
    calls=st.lists(CALLS, max_size=8),
    order=ORDERS,
    newest_first=st.booleans(),
    limit=st.integers(0, 5),
    bounds=st.tuples(st.none() | RECORDS, st.none() | RECORDS, st.none() | RECORDS),
)
@settings(max_examples=100, deadline=None)
def test_memory_and_sqlite_answer_alike(
    sqlite_template: Path,
    calls: list[tuple[Any, ...]],
    order: tuple[type, str],
    newest_first: bool,
    limit: int,
    bounds: tuple[Any, Any, Any],
) -> None:
    kind, field = order
    since, until, last = (getattr(record, field) if isinstance(record, kind) else None for record in bounds)
    asked: dict[str, Any] = {"order": field, "newest_first": newest_first, "since": since, "until": until}
    if last is not None:
        asked["after"] = (last, bounds[2].id)
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(sqlite_template, folder)
        memory = MemoryStore()
        with closing(DatabaseStore(f"sqlite:///{path}")) as sqlite:
            for name, *arguments in calls:
                assert getattr(memory, name)(*arguments) == getattr(sqlite, name)(*arguments)
            assert everything(memory) == everything(sqlite)
            assert memory.find(kind, **asked, limit=limit) == sqlite.find(kind, **asked, limit=limit)


# ------------------------------------------------------------------------------- new ones only, first ones


def test_put_new_leaves_what_is_there(store: Store) -> None:
    store.put(article("a", title="first"))
    assert store.put_new(article("a", title="second"), article("b")) == 1
    assert store.get(Article, "a").title == "first"
    assert logged(store) == [("Article", "a"), ("Article", "b")]
    assert store.put_new() == store.put_new(article("b", title="x")) == 0


def visit(id: str, host: str, hours: int | None) -> Visit:
    return make(Visit, id, host=host, due_at=None if hours is None else NOON + hours * HOUR)


def test_the_first_of_each_value(store: Store) -> None:
    store.put(visit("a", "x", 3), visit("b", "x", 1), visit("c", "y", 2), visit("d", "y", None), visit("e", "z", None))
    store.put(visit("f", "w", 9), visit("g", "y", 2))

    def firsts(hours: int, **more: int) -> list[str]:
        return [v.id for v in store.first_of_each(Visit, "host", order="due_at", until=NOON + hours * HOUR, **more)]

    assert firsts(0) == []
    assert firsts(1) == ["b"]
    assert firsts(3) == ["b", "c"]
    assert firsts(9) == ["b", "c", "f"]
    assert firsts(9, limit=2) == ["b", "c"]


def test_no_first_where_nothing_is_stored(store: Store) -> None:
    assert store.first_of_each(Visit, "host", order="due_at", until=NOON) == []


@pytest.mark.parametrize(("field", "order"), [("nothing", "due_at"), ("host", "nothing")])
def test_first_of_each_refuses_fields_that_are_not_there(store: Store, field: str, order: str) -> None:
    with pytest.raises(ValueError, match="nothing"):
        store.first_of_each(Visit, field, order=order, until=NOON)


# ----------------------------------------------------------------------------------------------- leases


def lease(store: Store, holder: str, *names: str, at: int = 0, hours: int = 1) -> list[str]:
    now = NOON + at * HOUR
    return store.lease(names, holder, now=now, until=now + hours * HOUR)


def test_a_name_is_leased_to_one_at_a_time(store: Store) -> None:
    assert lease(store, "one", "b", "a", "b") == ["b", "a"]
    assert lease(store, "two", "a", "c") == ["c"]
    assert store.holders() == {"a": "one", "b": "one", "c": "two"}


def test_a_holder_prolongs_its_lease_and_another_gets_it_when_the_time_is_over(store: Store) -> None:
    assert lease(store, "one", "a") == ["a"]
    assert lease(store, "one", "a", hours=3) == ["a"]
    assert lease(store, "two", "a", at=2) == []
    assert lease(store, "two", "a", at=3) == ["a"]
    assert lease(store, "one", "a", at=3) == []


def test_what_is_given_back_is_free_and_what_another_holds_is_left(store: Store) -> None:
    lease(store, "one", "a", "b")
    lease(store, "two", "c")
    store.release(["a", "c", "never"], "one")
    assert store.holders() == {"b": "one", "c": "two"}
    assert lease(store, "two", "a", "b") == ["a"]
    assert store.lease([], "one", now=NOON, until=NOON) == []


def test_of_many_who_ask_at_once_one_gets_it(store: Store) -> None:
    names = [str(number) for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        had = list(pool.map(lambda holder: lease(store, str(holder), *names), range(8)))
    assert sorted(name for one in had for name in one) == sorted(names)


def test_leases_are_no_records(store: Store) -> None:
    lease(store, "one", "a")
    assert store.head() == 0
