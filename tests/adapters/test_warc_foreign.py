"""WARC and ARC files of others: real ones, and a sound one broken in many ways."""

import base64
import gzip
import hashlib
import os
import re
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rawi.adapters.warc import WarcCaptures
from rawi.adapters.warc_foreign import WarcReader, read_foreign
from rawi.model import Exchange, Fault, Reference

SHARED = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "warc"

Found = list[tuple[int, Exchange | Fault]]

# ------------------------------------------------------------------------------------- a sound file


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def record(
    kind: str, block: bytes, *, version: str = "1.0", closing: bytes = b"\r\n\r\n", **fields: str | None
) -> bytes:
    """A record; a field given as None is left out. `Content_Length` stands for Content-Length, and so on."""
    told: dict[str, str | None] = {
        "WARC_Type": kind,
        "WARC_Record_ID": f"<urn:uuid:{hashlib.md5(block).hexdigest()}>",
        "WARC_Date": "2015-10-02T12:30:01Z",
        "WARC_Block_Digest": sha1(block),
        "Content_Length": str(len(block)),
        "Content_Type": f"application/http; msgtype={kind}" if kind in ("request", "response") else "text/html",
        **fields,
    }
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items() if value is not None]
    return f"WARC/{version}\r\n{''.join(lines)}\r\n".encode() + block + closing


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: test\r\n\r\n"


def url(number: int) -> str:
    return f"https://news.example/{number}"


def response(number: int, block: bytes = b"", **fields: str | None) -> bytes:
    block = block or HEAD + f"<p>story {number}</p>\n\n<p>{'x' * 50}</p>".encode()
    return record("response", block, **{"WARC_Target_URI": url(number), **fields})


def request(number: int, **fields: str | None) -> bytes:
    block = f"GET /{number} HTTP/1.1\r\nHost: news.example\r\n\r\n".encode()
    return record("request", block, **{"WARC_Target_URI": url(number), **fields})


INFO = record("warcinfo", b"software: test\r\n", Content_Type="application/warc-fields")
STORIES = [INFO, response(0), request(0), response(1), request(1), response(2), request(2)]
EXPECTED = [
    Exchange(
        url=url(number),
        at=datetime(2015, 10, 2, 12, 30, 1, tzinfo=UTC),
        status=200,
        request=f"GET /{number} HTTP/1.1\r\nHost: news.example\r\n\r\n".encode(),
        head=HEAD,
        body=f"<p>story {number}</p>\n\n<p>{'x' * 50}</p>".encode(),
        media_type="text/html",
        purpose="article",
        source="import a.warc",
    )
    for number in range(3)
]


def plain(records: list[bytes]) -> bytes:
    return b"".join(records)


def gz(records: list[bytes]) -> bytes:
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def gz_whole(records: list[bytes]) -> bytes:
    return gzip.compress(b"".join(records), mtime=0)


def zst(records: list[bytes]) -> bytes:
    return b"".join(zstandard.ZstdCompressor(write_checksum=True).compress(each) for each in records)


def zst_with_dictionary(records: list[bytes]) -> bytes:
    dictionary = zstandard.ZstdCompressionDict(b"".join(STORIES), dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    raw = dictionary.as_bytes()
    packer = zstandard.ZstdCompressor(dict_data=dictionary, write_checksum=True)
    return b"\x5d\x2a\x4d\x18" + len(raw).to_bytes(4, "little") + raw + b"".join(packer.compress(r) for r in records)


PACKINGS = [plain, gz, gz_whole, zst, zst_with_dictionary]
Packing = Callable[[list[bytes]], bytes]


def read(folder: Path, data: bytes, after: int = 0, most_bytes: int = 1_000_000) -> Found:
    path = folder / "a.warc"
    path.write_bytes(data)
    return list(WarcReader(most_bytes).read(path, after))


def exchanges(found: Found) -> list[Exchange]:
    return [each for _, each in found if isinstance(each, Exchange)]


def faults(found: Found) -> list[str]:
    return [each.reason for _, each in found if isinstance(each, Fault)]


def urls(found: Found) -> list[str]:
    return [each.url for each in exchanges(found)]


# ---------------------------------------------------------------------------------------- real files


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("jwarc/cc.warc.gz", ["http://commoncrawl.org/"]),
        ("jwarc/gzip_extra_sl.warc.gz", []),
        ("warcio/bad.arc", ["its length is '-1'"] * 2 + ["http://example.com/", "its length is 'abc'"]),
        ("warcio/example-bad-non-chunked.warc.gz", ["http://example.com/", "http://example.com/"]),
        (
            "warcio/example-bad.warc.gz.bad",
            ["http://example.com?example=1"] * 2 + ["http://www.iana.org/domains/example"],
        ),
        ("warcio/example-digest.warc", []),
        ("warcio/example-iana.org-chunked.warc", ["http://www.iana.org/"]),
        ("warcio/example-resource.warc.gz", ["http://example.com/"]),
        ("warcio/example-space-in-target-uri.warc.gz", ["'file:///example with spaces.png' is not one of http"]),
        ("warcio/example-space-in-url.arc", ["the file ends inside the record"]),
        ("warcio/example-trunc.warc", ["Content-Length does not lead to its end"]),
        (
            "warcio/example-wget-bad-target-uri.warc.gz",
            ["http://example.com/", "record of metadata:", "record of metadata:"],
        ),
        ("warcio/example-wrong-chunks.warc.gz", ["Content-Length does not lead to its end"]),
        ("warcio/example.arc", ["http://example.com/"]),
        ("warcio/example.arc.gz", ["http://example.com/"]),
        ("warcio/example.warc", ["http://example.com/", "http://example.com/"]),
        ("warcio/example.warc.gz", ["http://example.com/", "http://example.com/"]),
        ("warcio/post-test.warc.gz", ["http://httpbin.org/post"] * 2 + ["http://httpbin.org/post?foo=bar"]),
        ("warcio/LICENSE", ["no WARC record begins here"]),
    ],
)
def test_reads_real_files(name: str, expected: list[str]) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not there: set RAWI_SHARED to the folder of shared data")
    found = list(WarcReader().read(path))
    assert len(found) == len(expected)
    for (offset, each), words in zip(found, expected, strict=True):
        if isinstance(each, Fault):
            assert words in each.reason
            assert (each.file, each.offset) == (str(path), offset)
        else:
            assert each.url == words
    for offset, _ in found:
        rest = [pair for pair in found if pair[0] > offset] if offset else found
        assert list(WarcReader().read(path, offset)) == rest


def test_a_chunked_body_of_a_real_file_is_joined() -> None:
    path = SHARED / "warcio/example-iana.org-chunked.warc"
    if not path.exists():
        pytest.skip(f"{path} is not there: set RAWI_SHARED to the folder of shared data")
    (exchange,) = read_foreign(path)
    assert isinstance(exchange, Exchange)
    assert exchange.body.startswith(b"<!doctype html>\n<html>")
    assert exchange.body.endswith(b"</html>\n")
    assert b"\r\n" not in exchange.body
    assert exchange.truncated == ""


# ------------------------------------------------------------------------------------------ packings


@pytest.mark.parametrize("packing", PACKINGS)
def test_reads_each_packing(tmp_path: Path, packing: Packing) -> None:
    found = read(tmp_path, packing(STORIES))
    assert [each for _, each in found] == EXPECTED
    offsets = [offset for offset, _ in found]
    assert offsets == sorted(set(offsets))


@pytest.mark.parametrize("packing", PACKINGS)
def test_goes_on_behind_any_offset(tmp_path: Path, packing: Packing) -> None:
    broken = [INFO, response(0), request(0), response(5, WARC_Date="never"), b"rubbish", *STORIES[3:]]
    data = packing(broken)
    found = read(tmp_path, data)
    assert [type(each) for _, each in found] == [Exchange, Fault, Fault, Exchange, Exchange]
    told = [offset for offset, _ in found]
    for after in [*told, *range(0, len(data) + 2, 17)]:
        rest = [pair for pair in found if pair[0] > after] if after else found
        got = read(tmp_path, data, after)
        if after in told:
            assert got == rest
        else:
            assert exchanges(got) == exchanges(rest)


@pytest.mark.parametrize("packing", [gz, zst])
def test_records_of_one_member_are_counted_up(tmp_path: Path, packing: Packing) -> None:
    data = packing([plain(STORIES[:3]), plain(STORIES[3:])])
    second = len(packing([plain(STORIES[:3])]))
    found = read(tmp_path, data)
    assert [offset for offset, _ in found] == [1, second, second + 2]
    for after in (1, second, second + 2):
        assert read(tmp_path, data, after) == [pair for pair in found if pair[0] > after]


def test_empty_members_zeros_and_blank_lines_between_records_are_passed_over(tmp_path: Path) -> None:
    empty = gzip.compress(b"", mtime=0)
    data = empty + empty.join(gzip.compress(each, mtime=0) for each in STORIES) + empty + bytes(700)
    assert [each for _, each in read(tmp_path, data)] == EXPECTED
    assert [each for _, each in read(tmp_path, b"\r\n".join([b"\n", *STORIES, b""]))] == EXPECTED
    members = [gzip.compress(plain(STORIES)[at : at + 100], mtime=0) for at in range(0, len(plain(STORIES)), 100)]
    assert [each for _, each in read(tmp_path, b"".join(members))] == EXPECTED


def test_a_zstd_file_without_its_dictionary_is_named(tmp_path: Path) -> None:
    data = zst_with_dictionary(STORIES)
    found = read(tmp_path, data[8 + int.from_bytes(data[4:8], "little") :])
    assert exchanges(found) == []
    assert any("zstd frame is damaged" in reason for reason in faults(found))


# ---------------------------------------------------------------------------------------------- torn


@pytest.mark.parametrize("packing", PACKINGS)
def test_cut_at_every_byte_gives_the_whole_records_and_names_the_torn_one(tmp_path: Path, packing: Packing) -> None:
    records = [INFO, response(0), response(1)]
    data = packing(records)
    ends = [len(packing(records[:count])) for count in range(len(records) + 1)]
    expected = [replace(each, request=b"") for each in EXPECTED]
    for length in range(len(data)):
        found = read(tmp_path, data[:length])
        got = exchanges(found)
        assert got == expected[: len(got)]
        if packing is gz_whole:
            assert faults(found)
            continue
        whole = max(0, sum(end <= length for end in ends[1:]) - 1)
        assert len(got) == whole
        if length in ends and length > ends[0]:
            assert faults(found) == []
        else:
            assert len(faults(found)) == 1
            if length > ends[1]:
                assert found[-1][0] == max(end for end in ends if end <= length)


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_changed_byte_gives_no_altered_body(tmp_path: Path, packing: Packing) -> None:
    data = bytearray(packing(STORIES[1:4]))
    bodies = {each.body for each in EXPECTED}
    for offset in range(len(data)):
        change = (0x01, 0x20, 0xFF)[offset % 3]
        data[offset] ^= change
        for each in exchanges(read(tmp_path, bytes(data))):
            assert each.body in bodies
        data[offset] ^= change


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    members = [gz([each]) for each in STORIES]
    damaged = bytearray(members[3])
    damaged[60] ^= 0xFF
    found = read(tmp_path, b"".join([*members[:3], bytes(damaged), *members[4:]]))
    assert exchanges(found) == [EXPECTED[0], EXPECTED[2]]
    assert [offset for offset, each in found if isinstance(each, Fault)] == [len(b"".join(members[:3]))]
    torn = b"".join([*members[:3], members[3][:90], *members[4:]])
    found = read(tmp_path, torn)
    assert exchanges(found) == [EXPECTED[0], EXPECTED[2]]
    assert len(faults(found)) == 1


def test_a_torn_file_does_not_give_a_record_that_was_hidden_in_a_page(tmp_path: Path) -> None:
    hidden = response(7, HEAD + b"forged")
    data = gz([INFO, response(0, HEAD + b"\r\n\r\n" + hidden + os.urandom(500))])
    for length in range(len(gz([INFO])), len(data)):
        assert exchanges(read(tmp_path, data[:length])) == []


@pytest.mark.parametrize("packing", [plain, gz, gz_whole, zst])
@pytest.mark.parametrize(
    "length",
    ["+1", "-1", "+5", "-30", "-5", "1e9", "1000000000", "99999", str(2**63), "9" * 30, None, "", "0x10", "12, 12"],
)
def test_a_length_that_lies_costs_one_record(tmp_path: Path, packing: Packing, length: str | None) -> None:
    honest = len(STORIES[3].partition(b"\r\n\r\n")[2]) - 4
    said = str(honest + int(length)) if length and re.fullmatch(r"[+-]\d{1,2}", length) and length != "-5" else length
    lying = response(1, Content_Length=said)
    found = read(tmp_path, packing([*STORIES[:3], lying, *STORIES[4:]]))
    assert EXPECTED[0] in exchanges(found)
    if not (packing is gz_whole and length in ("1000000000", str(2**63))):  # there it may stop, with a word
        assert exchanges(found) == [EXPECTED[0], EXPECTED[2]]
    assert len(faults(found)) >= 1


@pytest.mark.parametrize("packing", [plain, gz])
def test_a_length_that_lies_is_found_without_a_digest_too(tmp_path: Path, packing: Packing) -> None:
    block = HEAD + b"one\r\n\r\ntwo\r\n\r\nthree"
    for lie in range(-len(block), 40):
        lying = response(1, block, Content_Length=str(len(block) + lie), WARC_Block_Digest=None)
        found = read(tmp_path, packing([response(0), lying, response(2)]))
        assert urls(found) == ([url(0), url(1), url(2)] if lie == 0 else [url(0), url(2)])


def test_two_lengths_that_differ_are_none(tmp_path: Path) -> None:
    twice = response(1).replace(b"Content-Length: ", b"Content-Length: 5\r\nContent-Length: ", 1)
    found = read(tmp_path, plain([response(0), twice, response(2)]))
    assert urls(found) == [url(0), url(2)]
    assert "and" in faults(found)[0]


@pytest.mark.parametrize("closing", [b"\r\n", b"\r\n\r\n\r\n", b"\n\n", b"\n", b"\r\n\r\n" * 500])
def test_other_line_ends_between_records_are_read_when_the_digest_proves_them(tmp_path: Path, closing: bytes) -> None:
    block = HEAD + b"<p>story</p>"
    found = read(tmp_path, record("response", block, closing=closing, WARC_Target_URI=url(0)) + response(1))
    assert urls(found) == [url(0), url(1)]
    bare = record("response", block, closing=closing, WARC_Target_URI=url(0), WARC_Block_Digest=None)
    found = read(tmp_path, bare + response(1))
    assert url(1) in urls(found)
    assert len(found) == 2


def test_rubbish_before_between_and_behind_is_named(tmp_path: Path) -> None:
    data = b"rubbish" + response(0) + b"more\r\n\r\n" + response(1) + b"and more"
    found = read(tmp_path, data)
    assert urls(found) == [url(0), url(1)]
    assert len(faults(found)) == 3
    data = gz([response(0)]) + b"more" + gz([response(1)]) + b"and more"
    found = read(tmp_path, data)
    assert urls(found) == [url(0), url(1)]
    assert len(faults(found)) == 2


# ----------------------------------------------------------------------------------------- digests


@pytest.mark.parametrize("case", ["base16", "BASE16", "base32", "label", "base64", "sha256", "sha256 in 32", "unknown"])
def test_digests_are_checked_in_every_base(tmp_path: Path, case: str) -> None:
    block = HEAD + b"<p>story</p>"
    one, two = hashlib.sha1(block).digest(), hashlib.sha256(block).digest()
    said = {
        "base16": f"sha1:{one.hex()}",
        "BASE16": f"sha1:{one.hex().upper()}",
        "base32": f"sha1:{base64.b32encode(one).decode().lower()}",
        "label": f"SHA-1:{base64.b32encode(one).decode()}",
        "base64": f"sha1:{base64.b64encode(one).decode()}",
        "sha256": f"sha256:{two.hex()}",
        "sha256 in 32": f"sha256:{base64.b32encode(two).decode().rstrip('=')}",
        "unknown": "foo:abc",
    }[case]
    assert urls(read(tmp_path, response(0, block, WARC_Block_Digest=said))) == [url(0)]
    if case == "unknown":
        return
    found = read(tmp_path, response(0, block[:-1] + b"!", WARC_Block_Digest=said) + response(1))
    assert urls(found) == [url(1)]
    assert "digest" in faults(found)[0]


@pytest.mark.parametrize("said", ["sha1:", "sha1:====", "sha1:!", "sha256:zz", "md5:ü", "sha1:" + "a" * 40])
def test_a_digest_that_cannot_be_read_does_not_fit(tmp_path: Path, said: str) -> None:
    assert len(faults(read(tmp_path, response(0, WARC_Block_Digest=said)))) == 1
    assert len(faults(read(tmp_path, response(0, WARC_Payload_Digest=said)))) == 1


def test_the_payload_digest_may_be_of_the_body_with_or_without_its_chunks(tmp_path: Path) -> None:
    head = HEAD.replace(b"Server: test", b"Transfer-Encoding: chunked")
    raw, body = b"4\r\nlike\r\n0\r\n\r\n", b"like"
    for data in (raw, body):
        (exchange,) = exchanges(read(tmp_path, response(0, head + raw, WARC_Payload_Digest=sha1(data))))
        assert exchange.body == body
        assert exchange.head == head
    assert faults(read(tmp_path, response(0, head + raw, WARC_Payload_Digest=sha1(b"x"))))


# ------------------------------------------------------------------------------------ what is taken


@pytest.mark.parametrize(
    ("raw", "body", "truncated"),
    [
        (b"4\r\nlike\r\n0\r\n\r\n", b"like", ""),
        (b"0004;x=y\r\nlike\r\n2\r\n a\r\n0\r\nTrailer: x\r\n\r\n", b"like a", ""),
        (b"A\r\n0123456789\r\n0\r\n\r\n", b"0123456789", ""),
        (b"0\r\n\r\n", b"", ""),
        (b"4\r\nli", b"li", "disconnect"),
        (b"4\r\nlike\r\n4", b"like", "disconnect"),
        (b"4\r\nlike\r\n", b"like", "disconnect"),
        (b"<p>not chunked</p>", b"<p>not chunked</p>", ""),
        (b"4\r\nlike and then not", b"4\r\nlike and then not", ""),
        (b"4\r\nlike\r\nrubbish that is no length", b"4\r\nlike\r\nrubbish that is no length", ""),
        (b"", b"", ""),
        (b"ffffffffffffffff\r\nlike", b"like", "disconnect"),
    ],
)
def test_chunks_are_joined_where_there_are_any(tmp_path: Path, raw: bytes, body: bytes, truncated: str) -> None:
    head = HEAD.replace(b"Server: test", b"transfer-encoding : Chunked")
    (exchange,) = exchanges(read(tmp_path, response(0, head + raw)))
    assert (exchange.body, exchange.truncated) == (body, truncated)


def test_content_codings_are_left(tmp_path: Path) -> None:
    body = gzip.compress(b"<p>story</p>")
    head = HEAD.replace(b"Server: test", b"Content-Encoding: gzip")
    (exchange,) = exchanges(read(tmp_path, response(0, head + body)))
    assert exchange.body == body


@pytest.mark.parametrize(
    ("block", "status", "head", "media_type"),
    [
        (HEAD, 200, HEAD, "text/html"),
        (b"HTTP/2 404\r\ncontent-type: Text/HTML; Charset=x\r\n\r\n", 404, None, "Text/HTML; Charset=x"),
        (b"HTTP/1.0 301 Moved\nContent-Type:text/plain\n\n", 301, None, "text/plain"),
        (b"HTTP/1.1 204\r\n\r\n", 204, None, ""),
        (b"HTTP/1.1 304 Not Modified\r\nX: y", 304, None, ""),
        (b"HTTP/1.1 200 OK\r\nContent-Type: \xe9\x00\r\n\r\n", 200, None, "é"),
        (b"<p>no head</p>", 200, b"", ""),
    ],
)
def test_heads_of_responses(tmp_path: Path, block: bytes, status: int, head: bytes | None, media_type: str) -> None:
    (exchange,) = exchanges(read(tmp_path, response(0, block)))
    assert exchange.head == (block if head is None else head)
    assert (exchange.status, exchange.media_type) == (status, media_type)


@pytest.mark.parametrize("block", [b"HTTP/1.1 OK\r\n\r\n", b"HTTP/1.1 99999\r\n\r\n", b"HTTP/"])
def test_a_head_without_a_status_is_refused(tmp_path: Path, block: bytes) -> None:
    found = read(tmp_path, response(0, block))
    assert exchanges(found) == []
    assert "status line" in faults(found)[0]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("<https://news.example/0>", "https://news.example/0"),
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("HTTPS://news.example/أ", "HTTPS://news.example/أ"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("dns:news.example", None),
        ("screenshot:https://news.example/", None),
        ("https://news.example/" + "a" * 100_000, None),
        ("https://news.example/\0", None),
        ("https://", None),
        ("https://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses(tmp_path: Path, said: str | None, expected: str | None) -> None:
    found = read(tmp_path, response(0, WARC_Target_URI=said) + response(1))
    assert urls(found) == ([expected] if expected else []) + [url(1)]
    assert len(faults(found)) == (0 if expected else 1)


@pytest.mark.parametrize("said", ["dns:news.example", "metadata://gnu.org/software/wget", "urn:pageinfo:x", "WHOIS:x"])
def test_what_is_never_an_answer_of_a_publisher_is_passed_over(tmp_path: Path, said: str) -> None:
    found = read(tmp_path, response(0, WARC_Target_URI=said) + response(1))
    assert urls(found) == [url(1)]
    assert [each.is_passed_over for _, each in found if isinstance(each, Fault)] == [True]
    broken = read(tmp_path, response(0, WARC_Target_URI="file:///etc/passwd"))
    assert [each.is_passed_over for _, each in broken if isinstance(each, Fault)] == [False]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2015-10-02T12:30:01Z", datetime(2015, 10, 2, 12, 30, 1, tzinfo=UTC)),
        ("2015-10-02T12:30:01.123456789Z", datetime(2015, 10, 2, 12, 30, 1, 123456, tzinfo=UTC)),
        ("2015-10-02T12:30:01.5", datetime(2015, 10, 2, 12, 30, 1, 500000, tzinfo=UTC)),
        ("2015-10-02T12:30:01+02:00", datetime(2015, 10, 2, 10, 30, 1, tzinfo=UTC)),
        ("2015-10-02T12:30Z", datetime(2015, 10, 2, 12, 30, tzinfo=UTC)),
        ("2015-10-02", datetime(2015, 10, 2, tzinfo=UTC)),
        ("2015", datetime(2015, 1, 1, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("0001-01-01T00:00:00+23:00", None),
        ("0000-01-01T00:00:00Z", None),
        ("2015-13-02T12:30:01Z", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_dates(tmp_path: Path, said: str | None, expected: datetime | None) -> None:
    found = read(tmp_path, response(0, WARC_Date=said))
    assert [each.at for each in exchanges(found)] == ([expected] if expected else [])
    assert len(faults(found)) == (0 if expected else 1)


@pytest.mark.parametrize(
    ("address", "media_type", "purpose"),
    [
        ("https://news.example/a", "text/html", "article"),
        ("https://news.example/a", "", "article"),
        ("https://news.example/a", "Image/PNG; x=y", "picture"),
        ("https://news.example/a", "application/rss+xml; charset=utf-8", "feed"),
        ("https://news.example/sitemap.xml", "text/xml", "feed"),
        ("https://news.example/a", "application/xhtml+xml", "article"),
        ("https://news.example/robots.txt", "text/plain", "robots"),
        ("https://news.example/robots.txt?x", "text/html", "robots"),
    ],
)
def test_the_purpose_is_guessed(tmp_path: Path, address: str, media_type: str, purpose: str) -> None:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n".encode()
    (exchange,) = exchanges(read(tmp_path, response(0, block, WARC_Target_URI=address)))
    assert exchange.purpose == purpose


def test_a_resource_is_a_page_without_heads(tmp_path: Path) -> None:
    data = record("resource", b"<p>saved</p>", WARC_Target_URI=url(0), WARC_IP_Address="192.0.2.1")
    (exchange,) = exchanges(read(tmp_path, data))
    assert (exchange.status, exchange.head, exchange.request) == (200, b"", b"")
    assert (exchange.body, exchange.media_type, exchange.ip) == (b"<p>saved</p>", "text/html", "192.0.2.1")


@pytest.mark.parametrize(("said", "expected"), [("length", "length"), ("Time", "time"), ("a b\tc", "unspecified")])
def test_what_was_cut_is_marked(tmp_path: Path, said: str, expected: str) -> None:
    (exchange,) = exchanges(read(tmp_path, response(0, WARC_Truncated=said, WARC_Payload_Digest=sha1(b"the whole"))))
    assert exchange.truncated == expected


def test_a_segment_is_marked_as_cut_and_its_continuation_is_named(tmp_path: Path) -> None:
    data = response(0, WARC_Segment_Number="1") + record("continuation", b"rest", WARC_Target_URI=url(0))
    found = read(tmp_path, data)
    assert [each.truncated for each in exchanges(found)] == ["length"]
    assert "continuation" in faults(found)[0]


@pytest.mark.parametrize("order", ["request first", "response first"])
@pytest.mark.parametrize("link", ["on the request", "on the response", "both", "none", "to another"])
def test_a_request_beside_its_response_belongs_to_it(tmp_path: Path, order: str, link: str) -> None:
    one, other = "<urn:uuid:1>", "<urn:uuid:2>"
    asked = {"on the request": one, "both": one, "to another": "<urn:uuid:9>"}.get(link)
    answered = {"on the response": other, "both": other}.get(link)
    pair = [
        response(0, WARC_Record_ID=one, WARC_Concurrent_To=answered),
        request(0, WARC_Record_ID=other, WARC_Concurrent_To=asked),
    ]
    found = read(tmp_path, plain([response(5), *(reversed(pair) if order == "request first" else pair), response(6)]))
    assert urls(found) == [url(5), url(0), url(6)]
    expected = b"" if link == "to another" else EXPECTED[0].request
    assert [each.request for each in exchanges(found)] == [b"", expected, b""]


def test_of_a_request_with_a_body_only_the_head_is_taken(tmp_path: Path) -> None:
    block = b"POST / HTTP/1.1\r\nHost: a\r\n\r\nsecret=1"
    data = response(0) + record("request", block, WARC_Target_URI=url(0))
    assert exchanges(read(tmp_path, data))[0].request == b"POST / HTTP/1.1\r\nHost: a\r\n\r\n"


def test_other_types_are_passed_over_or_named(tmp_path: Path) -> None:
    quiet = [record(kind, b"x", WARC_Target_URI=url(0)) for kind in ("warcinfo", "metadata", "conversion", "request")]
    assert read(tmp_path, plain(quiet)) == []
    found = read(tmp_path, record("banana", b"x", WARC_Target_URI=url(0)) + record("", b"x") + response(1))
    assert urls(found) == [url(1)]
    assert len(faults(found)) == 2


def revisit(block: bytes = b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", **fields: str) -> bytes:
    return record("revisit", block, **{"WARC_Target_URI": url(0), "WARC_Date": "2015-10-03T12:30:01Z", **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {"WARC_Payload_Digest": "sha1:" + sha1(EXPECTED[0].body).partition(":")[2]},
        {"WARC_Payload_Digest": "SHA-1:" + hashlib.sha1(EXPECTED[0].body).hexdigest()},
        {"WARC_Refers_To": "<urn:uuid:1>"},
        {"WARC_Refers_To_Target_URI": url(0), "WARC_Refers_To_Date": "2015-10-02T12:30:01Z"},
        {"WARC_Refers_To_Date": "2015-10-02T12:30:01Z", "WARC_Truncated": "length"},
        {"WARC_Refers_To": "<urn:uuid:1>", "WARC_Block_Digest": sha1(b"of the whole response")},
    ],
)
def test_a_revisit_says_what_it_confirms(tmp_path: Path, fields: dict[str, str]) -> None:
    first = response(0, WARC_Payload_Digest=sha1(EXPECTED[0].body), WARC_Record_ID="<urn:uuid:1>")
    original, confirming = exchanges(read(tmp_path, first + revisit(**fields)))
    said = fields.get("WARC_Payload_Digest", "")
    assert confirming.revisit == Reference(place="", url=original.url, at=original.at, digest=said)
    assert (confirming.url, confirming.at) == (url(0), datetime(2015, 10, 3, 12, 30, 1, tzinfo=UTC))
    assert (confirming.status, confirming.body, confirming.truncated) == (304, b"", "")
    assert confirming.head.endswith(b"ETag: x\r\n\r\n")


def test_a_revisit_may_confirm_what_another_file_or_another_address_holds(tmp_path: Path) -> None:
    [one] = exchanges(read(tmp_path, revisit(b"", WARC_Refers_To_Target_URI=url(1), WARC_Refers_To_Date="2014")))
    assert one.revisit == Reference(place="", url=url(1), at=datetime(2014, 1, 1, tzinfo=UTC), digest="")
    assert (one.url, one.status, one.head) == (url(0), 200, b"")


def test_a_digest_alone_means_an_earlier_answer_of_the_same_address(tmp_path: Path) -> None:
    [one] = exchanges(read(tmp_path, revisit(WARC_Payload_Digest=sha1(b"another"))))
    assert one.revisit == Reference(place="", url=url(0), at=one.at, digest=sha1(b"another"))


def test_of_two_answers_with_one_content_that_of_the_same_address_is_meant(tmp_path: Path) -> None:
    empty = b"HTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n"
    answers = [record("response", empty, WARC_Target_URI=url(n), WARC_Payload_Digest=sha1(b"")) for n in (0, 1)]
    again = revisit(WARC_Target_URI=url(1), WARC_Payload_Digest=sha1(b""))
    *_, one = exchanges(read(tmp_path, plain([*answers, again])))
    assert one.revisit is not None
    assert one.revisit.url == url(1)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"WARC_Refers_To": "<urn:uuid:2>"},
        {"WARC_Payload_Digest": "foo:abc"},
        {"WARC_Payload_Digest": "sha1:!!!"},
        {"WARC_Refers_To_Date": "yesterday"},
        {"WARC_Refers_To_Target_URI": "javascript:x", "WARC_Refers_To_Date": "2014"},
    ],
)
def test_a_revisit_of_nobody_knows_what_is_named(tmp_path: Path, fields: dict[str, str]) -> None:
    first = response(0, WARC_Payload_Digest=sha1(EXPECTED[0].body), WARC_Record_ID="<urn:uuid:1>")
    found = read(tmp_path, first + revisit(**fields))
    assert urls(found) == [url(0)]
    assert len(faults(found)) == 1


@pytest.mark.parametrize("version", ["0.17", "0.18", "1.0", "1.1"])
def test_versions_that_are_read(tmp_path: Path, version: str) -> None:
    assert urls(read(tmp_path, response(0, version=version))) == [url(0)]


@pytest.mark.parametrize("version", ["9.9", "2.0", "1"])
def test_versions_that_are_named(tmp_path: Path, version: str) -> None:
    found = read(tmp_path, response(0, version=version) + response(1))
    assert urls(found) == [url(1)]
    assert len(faults(found)) == 1


def test_fields_may_be_folded_repeated_and_in_any_letters(tmp_path: Path) -> None:
    data = response(0).replace(b"WARC-Date: ", b"warc-date:\r\n\t ").replace(b"WARC-Target-URI", b"Warc-Target-Uri")
    data = data.replace(b"Content-Type", b"X-\xff: \xff\r\nno colon\r\nWARC-Date: 1999\r\nContent-Type", 1)
    (exchange,) = exchanges(read(tmp_path, data))
    assert exchange.at == EXPECTED[0].at


# ------------------------------------------------------------------------------------------------ ARC


def arc(
    *bodies: bytes, opening: bytes = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n\n"
) -> list[bytes]:
    parts = [b"filedesc://a.arc 0.0.0.0 20140216050221 text/plain %d\n" % len(opening) + opening]
    for number, body in enumerate(bodies):
        line = b"http://news.example/%d 192.0.2.1 20140216050221 text/html %d\n" % (number, len(HEAD + body))
        parts.append(line + HEAD + body + b"\n")
    return parts


@pytest.mark.parametrize("packing", PACKINGS)
def test_reads_arc_files_under_any_name(tmp_path: Path, packing: Packing) -> None:
    found = read(tmp_path, packing(arc(b"one\n\ntwo", b"three")))
    assert faults(found) == []
    assert [each.body for each in exchanges(found)] == [b"one\n\ntwo", b"three"]
    assert exchanges(found)[0].at == datetime(2014, 2, 16, 5, 2, 21, tzinfo=UTC)
    assert exchanges(found)[0].ip == "192.0.2.1"


def test_an_arc_file_cut_at_every_byte_gives_whole_records_only(tmp_path: Path) -> None:
    for packing in (plain, gz):
        parts = arc(b"one\n\ntwo", b"three")
        data = packing(parts)
        ends = [len(packing(parts[:count])) for count in (2, 3)]
        for length in range(len(data)):
            found = read(tmp_path, data[:length])
            assert len(exchanges(found)) == sum(end <= length for end in ends)
            at_end = length in (len(packing(parts[:1])), *ends)
            assert bool(faults(found)) is not at_end


def test_an_arc_record_with_a_wrong_length_costs_itself(tmp_path: Path) -> None:
    parts = arc(b"one", b"two", b"three")
    for lie in (b"1", b"99", b"9999999999999", b"-1", b"x"):
        lying = re.sub(rb" \d+\n", b" " + lie + b"\n", parts[2], count=1)
        found = read(tmp_path, plain([*parts[:2], lying, parts[3]]))
        assert [each.body for each in exchanges(found)] == [b"one", b"three"]
        assert len(faults(found)) == 1


# --------------------------------------------------------------------------------- size and endurance


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_record_that_is_too_large_is_named_and_passed_over(tmp_path: Path, packing: Packing) -> None:
    large = response(9, HEAD + b"<p>large</p>" * 20_000)
    found = read(tmp_path, packing([*STORIES[:3], large, *STORIES[3:]]), most_bytes=100_000)
    assert exchanges(found) == EXPECTED
    assert len(faults(found)) == 1
    assert "larger than the limit of 100,000" in faults(found)[0]


@pytest.mark.parametrize("packing", [gz, gz_whole, zst])
def test_a_bomb_does_not_fill_memory(tmp_path: Path, packing: Packing) -> None:
    bombs = [bytes(64 * 1024 * 1024), response(9, HEAD + bytes(64 * 1024 * 1024))]
    data = packing([STORIES[1], bombs[1], STORIES[3]]) + packing([bombs[0]]) + packing([STORIES[5]])
    bombs.clear()
    tracemalloc.start()
    found = read(tmp_path, data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert urls(found) == [url(0), url(1), url(2)]
    assert len(faults(found)) == 2
    assert peak < 48 * 1024 * 1024


def test_a_sparse_file_is_gone_through_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(response(0))
    with path.open("ab") as file:
        file.truncate(100 * 1024 * 1024)
        file.seek(0, 2)
        file.write(response(1))
    tracemalloc.start()
    found = list(WarcReader().read(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert urls(found) == [url(0), url(1)] or urls(found) == [url(1)]
    assert len(faults(found)) >= 1
    assert peak < 10 * 1024 * 1024


def test_long_and_many_fields_are_bounded(tmp_path: Path) -> None:
    long = response(0, X="a" * 1_000_000)
    many = response(1).replace(b"WARC-Date", b"X: y\r\n" * 100_000 + b"WARC-Date", 1)
    found = read(tmp_path, plain([long, many, response(2)]))
    assert urls(found) == [url(2)]
    assert all("fields take more than" in reason for reason in faults(found))


def test_many_lying_records_do_not_make_it_read_without_end(tmp_path: Path) -> None:
    lying = b"".join(b"WARC/1.0\r\nContent-Length: %d\r\n\r\n" % (900_000 - 38 * number) for number in range(2000))
    found = read(tmp_path, lying + b"x" * 900_000, most_bytes=20_000_000)
    assert exchanges(found) == []
    assert len(found) <= 2002


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), packing=st.sampled_from([*PACKINGS, lambda parts: plain(arc(*parts[:2]))]))
def test_never_raises_and_offsets_only_grow(tmp_path: Path, data: st.DataObject, packing: Packing) -> None:
    whole = bytearray(packing(STORIES))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(at, min(len(whole), at + 300)))
        whole[at:end] = data.draw(
            st.one_of(st.binary(max_size=40), st.sampled_from([b"WARC/1.0\r\n", b"\r\n\r\n", bytes(whole[at:end]) * 2]))
        )
    found = read(tmp_path, bytes(whole))
    offsets = [offset for offset, _ in found]
    assert offsets == sorted(set(offsets))
    bodies = {each.body for each in EXPECTED}
    if packing in PACKINGS:
        # Cutting from one record into the next can make one of both: nobody can tell, but nothing in it is new.
        assert all(each.body in bodies or each.body in plain(STORIES) for each in exchanges(found))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(
        [b"", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18", b"WARC/1.0\r\n", b"filedesc://"]
    ),
    rest=st.binary(max_size=300),
)
def test_never_raises_for_any_bytes(tmp_path: Path, start: bytes, rest: bytes) -> None:
    assert exchanges(read(tmp_path, start + rest)) == []


# --------------------------------------------------------------------------------- what is no file


def test_what_is_no_readable_file_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty").touch()
    for name, words in [("fifo", "regular"), ("folder", "regular"), ("empty", "empty"), ("absent", "No such file")]:
        path = tmp_path / name
        ((offset, fault),) = WarcReader().read(path)
        assert isinstance(fault, Fault)
        assert (offset, fault.file) == (0, str(path))
        assert words in fault.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(response(0))
    path.chmod(0)
    ((_, fault),) = WarcReader().read(path)
    assert isinstance(fault, Fault)
    assert "denied" in fault.reason


def test_a_name_that_is_not_utf_8_gives_a_source_that_is(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.warc"))
    path.write_bytes(response(0))
    (exchange,) = read_foreign(path)
    assert isinstance(exchange, Exchange)
    assert exchange.source == "import a\\xff.warc"


def test_reads_our_own_captures(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path)
    captures.keep(EXPECTED)
    captures.close()
    (path,) = tmp_path.glob("*.warc.gz")
    assert list(read_foreign(path)) == [replace(each, source=f"import {path.name}") for each in EXPECTED]
