"""The reading of one HTTP/1.1 response: whatever the pieces it comes in, the same."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import http1
from rawi.core.http1 import MalformedResponse, ResponseReader

MOST = 1000
OK = b"HTTP/1.1 200 OK\r\n"


def read(data: bytes, most: int = MOST, size: int | None = None) -> ResponseReader:
    """What comes of these bytes, in pieces of a size, and of the connection's end behind them."""
    reader = ResponseReader(most)
    step = size or max(len(data), 1)
    for start in range(0, len(data), step):
        reader.feed(data[start : start + step])
    reader.end()
    return reader


def fault(data: bytes, size: int | None = None) -> str:
    with pytest.raises(MalformedResponse) as caught:
        read(data, size=size)
    return str(caught.value)


GOOD = {
    "length": (OK + b"Content-Length: 3\r\n\r\nabc", b"abc", ""),
    "more than the length": (OK + b"Content-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\n\r\nevil", b"abc", ""),
    "the same length twice": (OK + b"Content-Length: 3\r\nContent-Length: 3, 3\r\n\r\nabc", b"abc", ""),
    "no length": (OK + b"\r\nabc", b"abc", ""),
    "nothing": (OK + b"Content-Length: 0\r\n\r\n", b"", ""),
    "bare line feeds": (b"HTTP/1.1 200 OK\nContent-Length: 3\n\nabc", b"abc", ""),
    "no reason": (b"HTTP/1.1 200\r\nContent-Length: 3\r\n\r\nabc", b"abc", ""),
    "HTTP/1.0": (b"HTTP/1.0 200 OK\r\n\r\nabc", b"abc", ""),
    "a line without a colon": (OK + b"no field\r\nContent-Length: 3\r\n\r\nabcd", b"abc", ""),
    "chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde", ""),
    "chunks and a trailer": (OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX: y\r\n\r\nmore", b"abc", ""),
    "chunks win over a length": (
        OK + b"Content-Length: 1\r\nTransfer-Encoding: CHUNKED\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        b"abc",
        "",
    ),
    "identity": (OK + b"Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc", b"abc", ""),
    "one hint before": (
        b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + b"Content-Length: 3\r\n\r\nabc",
        b"abc",
        "",
    ),
    "204 with a body": (b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", b"", ""),
    "304 with a body": (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello", b"", ""),
    "too short": (OK + b"Content-Length: 10\r\n\r\nabc", b"abc", "disconnect"),
    "much too short": (OK + b"Content-Length: 10995116277760\r\n\r\nabc", b"abc", "disconnect"),
    "chunks without an end": (OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", b"abc", "disconnect"),
    "a chunk without an end": (OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\nabc", b"abc", "disconnect"),
    "a part": (b"HTTP/1.1 206 Partial Content\r\nContent-Length: 3\r\n\r\nabc", b"abc", "length"),
    "a part in chunks": (
        b"HTTP/1.1 206 P\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        b"abc",
        "length",
    ),
    "too long": (OK + b"\r\n" + b"x" * (MOST + 1), b"x" * MOST, "length"),
    "as long as may be": (OK + b"\r\n" + b"x" * MOST, b"x" * MOST, ""),
    "too long in chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + b"x" * 2000, b"x" * MOST, "length"),
}


@pytest.mark.parametrize("size", [None, 1, 7])
@pytest.mark.parametrize(("data", "body", "truncated"), GOOD.values(), ids=GOOD.keys())
def test_an_answer_is_read(data: bytes, body: bytes, truncated: str, size: int | None) -> None:
    reader = read(data, size=size)
    assert (reader.body, reader.truncated, reader.is_over) == (body, truncated, True)


BAD = {
    "nothing": (b"", "closed without an answer"),
    "half a head": (OK + b"Content-Le", "inside the head"),
    "no status line": (b"<html>page</html>", "no status line"),
    "HTTP/2": (b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00" * 18, "no status line"),
    "a strange status": (b"HTTP/1.1 abc Strange\r\n\r\n", "status line"),
    "status 999": (b"HTTP/1.1 999 No\r\n\r\n", "status line"),
    "status 099": (b"HTTP/1.1 099 No\r\n\r\n", "status line"),
    "another protocol": (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", "another protocol"),
    "hints without end": (b"HTTP/1.1 103 Early Hints\r\n\r\n" * (http1.MOST_INTERIM + 1), "interim"),
    "a negative length": (OK + b"Content-Length: -1\r\n\r\nabc", "length"),
    "a length in words": (OK + b"Content-Length: twelve\r\n\r\nabc", "length"),
    "a length in Arabic digits": (OK + "Content-Length: ٣\r\n\r\nabc".encode(), "length"),
    "two lengths": (OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "different lengths"),
    "an unknown coding": (OK + b"Transfer-Encoding: gremlin, chunked\r\n\r\n0\r\n\r\n", "gremlin"),
    "chunked twice": (OK + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "chunked"),
    "a size that is none": (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n", "zz"),
    "a negative size": (OK + b"Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n", "-3"),
    "a huge size": (OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n", "ffff"),
    "a chunk that goes on": (OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n", "longer than it says"),
    "a size without an end": (OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"1" * 40_000, "no end"),
    "NUL": (OK + b"X: a\0b\r\n\r\n", "NUL"),
    "many fields": (OK + b"X: y\r\n" * 5000 + b"\r\n", "fields"),
    "a long field": (OK + b"X: " + b"y" * 100_000 + b"\r\n\r\n", "longer than"),
    "a field without an end": (OK + b"X: " + b"y" * 100_000, "longer than"),
    "fields without end": (OK + (b"X: " + b"y" * 1000 + b"\r\n") * 3000, "longer than"),
}


@pytest.mark.parametrize("size", [None, 4096])
@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD.keys())
def test_what_is_no_answer_is_said(data: bytes, said: str, size: int | None) -> None:
    assert said in fault(data, size)


def test_the_head_is_kept_byte_for_byte() -> None:
    head = b"HTTP/1.1 404 Nicht  da\r\nx-ODD: a\r\nSet-Cookie: b\r\nX-Folded: one\r\n\ttwo\r\n"
    head += b"X-Title: \xd8\xff\x01\r\nContent-Length: 2\r\n\r\n"
    reader = read(head + b"no")
    assert reader.head == head
    assert reader.status == 404
    assert reader.value("x-folded") == b"one two"
    assert reader.value("x-title") == b"\xd8\xff\x01"
    assert reader.value("not-there") == b""


def test_extensions_without_end_are_counted_as_bytes() -> None:
    piece = b"1;" + b"x" * 16_000 + b"\r\na\r\n"
    reader = ResponseReader(10_000_000)
    reader.feed(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    fed = 0
    while not reader.is_over:
        reader.feed(piece)
        fed += len(piece)
    assert reader.truncated == "length"
    assert fed < 2 * http1.MOST_OVERHEAD


def test_trailers_without_end_are_counted_as_bytes() -> None:
    reader = ResponseReader(MOST)
    reader.feed(OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n")
    fed = 0
    while not reader.is_over:
        reader.feed(b"X-More: y\r\n")
        fed += 11
    assert (reader.body, reader.truncated) == (b"abc", "length")
    assert fed < 2 * http1.MOST_TRAILER


def test_what_comes_behind_the_end_is_left() -> None:
    reader = ResponseReader(MOST)
    reader.feed(OK + b"Content-Length: 3\r\n\r\nabc")
    reader.feed(b"HTTP/1.1 200 OK\r\n\r\nanother's")
    reader.end()
    assert reader.body == b"abc"


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=8), st.lists(st.integers(0, 600), max_size=6))
def test_pieces_make_no_difference(chunks: list[bytes], cuts: list[int]) -> None:
    coded = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
    data = OK + b"Transfer-Encoding: chunked\r\n\r\n" + coded
    reader = ResponseReader(MOST)
    for start, end in pairwise(sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})):
        reader.feed(data[start:end])
    reader.end()
    assert (reader.body, reader.truncated) == (b"".join(chunks), "")


@given(st.binary(max_size=300))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    for start in (b"", OK, OK + b"Transfer-Encoding: chunked\r\n\r\n"):
        try:
            reader = read(start + data, size=7)
        except MalformedResponse:
            continue
        assert reader.is_over
        assert len(reader.body) <= MOST
