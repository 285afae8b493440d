"""What every `Captures` does: see its docstring in `rawi.ports`."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rawi.adapters.memory_captures import MemoryCaptures
from rawi.adapters.s3 import Bucket
from rawi.adapters.warc import WarcCaptures
from rawi.adapters.warc_foreign import WarcReader
from rawi.adapters.warc_objects import ObjectCaptures
from rawi.adapters.warc_referenced import WithReferenced
from rawi.adapters.warc_shared import SharedWarcCaptures
from rawi.errors import CaptureError
from rawi.model import Exchange, Reference
from rawi.ports import Captures
from tests.s3 import fresh_bucket

PAGE = Exchange(
    url="https://news.example/2015/10/02/story",
    at=datetime(2015, 10, 2, 12, 30, 1, 123456, tzinfo=UTC),
    status=200,
    request=b"GET /2015/10/02/story HTTP/1.1\r\nHost: news.example\r\n\r\n",
    head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n",
    body="<h1>روسيا</h1>".encode(),
    media_type="text/html; charset=utf-8",
    purpose="article",
    source="gather",
    publisher="news.example",
    ip="192.0.2.7",
)
SAVED = Exchange(
    url="https://news.example/saved",
    at=datetime(2020, 1, 1, tzinfo=UTC),
    status=200,
    request=b"",
    head=b"",
    body=b"<p>saved</p>",
    media_type="text/html",
    purpose="article",
    source="import saved page.html",
)


CONFIRMED = replace(
    PAGE,
    at=PAGE.at + timedelta(hours=1),
    body=b"",
    revisit=Reference(place="nowhere@0", url=PAGE.url, at=PAGE.at, digest="ab" * 32),
)


@pytest.fixture(
    params=["memory", "warc", "shared", "shared with another", "objects", "objects at once", "with referenced"]
)
def captures(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Captures]:
    def in_objects(*, at_once: bool) -> ObjectCaptures:
        bucket = Bucket(fresh_bucket(request.getfixturevalue("s3_address")))
        return ObjectCaptures(bucket, "press/2026", tmp_path, at_once=at_once)

    made: dict[str, Callable[[], Captures]] = {
        "memory": MemoryCaptures,
        "warc": lambda: WarcCaptures(tmp_path),
        "shared": lambda: SharedWarcCaptures(tmp_path),
        "shared with another": lambda: SharedWarcCaptures(tmp_path),
        "objects": lambda: in_objects(at_once=False),
        "objects at once": lambda: in_objects(at_once=True),
        "with referenced": lambda: WithReferenced(WarcCaptures(tmp_path), WarcReader()),
    }
    other = WarcCaptures(tmp_path)
    if request.param == "shared with another":
        other.recover()  # holds the first folder, and keeps nothing in it
    captures = made[request.param]()
    yield captures
    captures.close()
    other.close()


def numbered(count: int) -> list[Exchange]:
    return [replace(PAGE, url=f"https://news.example/{number}", body=b"%d" % number) for number in range(count)]


def test_gives_back_what_was_kept(captures: Captures) -> None:
    first, second = captures.keep([PAGE, SAVED])
    assert captures.read(first) == PAGE
    assert captures.read(second) == SAVED


def test_gives_a_place_for_each_in_order(captures: Captures) -> None:
    exchanges = numbered(5)
    places = captures.keep(exchanges[:3]) + captures.keep(exchanges[3:])
    assert len(set(places)) == 5
    assert [captures.read(place) for place in places] == exchanges
    assert list(captures.scan()) == list(zip(places, exchanges, strict=True))


def test_keeps_equal_exchanges_as_often_as_they_are_given(captures: Captures) -> None:
    places = captures.keep([PAGE, PAGE])
    assert places[0] != places[1]
    assert [exchange for _, exchange in captures.scan()] == [PAGE, PAGE]


def test_keeping_nothing_gives_nothing(captures: Captures) -> None:
    assert captures.keep([]) == []
    assert list(captures.scan()) == []


def test_has_nothing_to_recover_in_a_new_archive(captures: Captures) -> None:
    found, torn = captures.recover()
    assert (len(found), torn) == (0, [])


def test_reads_what_was_kept_after_it_was_closed(captures: Captures) -> None:
    place = captures.keep([PAGE])[0]
    captures.close()
    assert captures.read(place) == PAGE
    assert list(captures.scan()) == [(place, PAGE)]


@pytest.mark.parametrize(
    "place", ["", "@", "nowhere", "nowhere@0", "memory@9", "memory@-1", "memory@²", "../keeper.lock@0", "a@99999999"]
)
def test_names_a_place_where_nothing_is_kept(captures: Captures, place: str) -> None:
    captures.keep([PAGE])
    with pytest.raises(CaptureError):
        captures.read(place)


def test_a_place_inside_a_capture_is_none(captures: Captures) -> None:
    place = captures.keep([PAGE, SAVED])[0]
    name, _, offset = place.partition("@")
    with pytest.raises(CaptureError):
        captures.read(f"{name}@{int(offset) + 7}")


@pytest.mark.parametrize(
    "exchange",
    [
        replace(PAGE, url="https://news.example/أخبار?q=é&x=%D8%A7 b<c>\"'\\"),
        replace(PAGE, url="http://news.example/\r\nWARC-Type: warcinfo\r\n\r\n"),
        replace(PAGE, source="import a\r\nb‮\udcff.html", publisher="ناشر", media_type="text/html\r\nX: y"),
        replace(PAGE, ip="not an address\n", truncated="Why? \r\n"),
        replace(PAGE, ip="2001:db8::1", truncated="disconnect"),
        replace(PAGE, at=datetime(1, 1, 1, tzinfo=UTC)),
        replace(PAGE, at=datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        replace(PAGE, at=datetime(2024, 5, 5, 1, 2, 3, tzinfo=timezone(timedelta(hours=3, minutes=30)))),
        replace(PAGE, head=b"HTTP/1.1 200 OK\nServer: bare line feeds\n\n"),
        replace(PAGE, head=b"HTTP/1.1 200 OK\r\n\r\nX: behind the blank line\r\n\r\n"),
        replace(PAGE, head=b"no end", body=b"\r\n\r\nbody"),
        replace(PAGE, head=b"HTTP/1.1 200 OK\r\nX-Crawler-Transfer-Encoding: a\r\ntransfer-encoding : b\r\n\r\n"),
        replace(PAGE, head=b"HTTP/1.1 200 OK\r\nX-crawler-x-Crawler-transfer-encoding: a\r\n\r\n"),
        replace(PAGE, head=b"HTTP/1.1 200 OK\r\nX: \x00\xff\xfe\r\n folded\r\n\r\n", body=bytes(range(256))),
        replace(PAGE, request=b""),
        replace(PAGE, head=b""),
        replace(PAGE, request=b"\x00", body=b"", status=0, media_type=""),
        replace(SAVED, body=b"", media_type="", status=404, url=""),
        replace(SAVED, body=b"WARC/1.1\r\n\r\n" * 3, media_type="ü"),
        replace(PAGE, body=bytes(3_000_000)),
        replace(PAGE, why="article in https://news.example/feed\r\nX: ی", tls="TLSv1.3 TLS_AES_256_GCM_SHA384"),
        replace(PAGE, tls_problem="certificate has expired", certificates=(b"\x30\x00\xff", b"", b"\r\n")),
        replace(SAVED, why="owner"),
        CONFIRMED,
        replace(CONFIRMED, status=304, head=b"HTTP/1.1 304 Not Modified\r\n\r\n", why="revisit 2"),
        replace(CONFIRMED, head=b"", request=b""),
        replace(CONFIRMED, revisit=Reference(place="a b@ü", url="http://x/é \r\n", at=PAGE.at, digest="")),
    ],
)
def test_keeps_every_field_of_odd_exchanges(captures: Captures, exchange: Exchange) -> None:
    places = captures.keep([exchange, PAGE])
    assert [captures.read(place) for place in places] == [exchange, PAGE]


texts = st.text(st.characters(codec=None), max_size=40)
heads = st.one_of(
    st.binary(max_size=80),
    st.lists(
        st.sampled_from(
            [b"HTTP/1.1 200 OK", b"Transfer-Encoding: chunked", b"X-Crawler-", b"\r\n", b"\n", b"A: b", b""]
        )
    ).map(lambda parts: b"\r\n".join(parts)),
)
exchanges = st.builds(
    Exchange,
    url=texts,
    at=st.datetimes(timezones=st.just(UTC)),
    status=st.integers(0, 999),
    request=heads,
    head=heads,
    body=st.binary(max_size=200),
    media_type=texts,
    purpose=st.sampled_from(["article", "feed", "picture", "robots"]),
    source=texts,
    publisher=texts,
    ip=st.one_of(st.ip_addresses().map(str), texts),
    truncated=st.one_of(st.sampled_from(["", "length", "time"]), texts),
    why=texts,
    tls=texts,
    tls_problem=texts,
    certificates=st.lists(st.binary(min_size=1, max_size=20), max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=st.lists(exchanges, max_size=3))
def test_gives_back_any_exchange(captures: Captures, batch: list[Exchange]) -> None:
    places = captures.keep(batch)
    assert [captures.read(place) for place in places] == batch
