"""The index beside a capture file, judged by the indexer of others."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from cdxj_indexer.main import CDXJIndexer

from rawi.adapters.cdxj import sort_key
from rawi.adapters.warc import WarcCaptures
from rawi.model import Exchange
from tests.contracts.test_captures import CONFIRMED, PAGE, SAVED

EVERY_KIND = [
    replace(PAGE, why="feed https://news.example/feed", tls="TLSv1.3", certificates=(b"\x30\x82",)),
    SAVED,
    CONFIRMED,
    replace(CONFIRMED, status=304, head=b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    replace(PAGE, url="http://www.News.example:80/B?z=1&a=2#part", status=404, head=b"HTTP/1.1 404 No\r\n\r\n"),
    replace(PAGE, url="https://news.example/أخبار", truncated="length"),
]


def closed(folder: Path, exchanges: list[Exchange]) -> Path:
    captures = WarcCaptures(folder)
    captures.keep(exchanges)
    captures.close()
    (path,) = folder.glob("*.warc.gz")
    return path


def index_of(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".warc.gz") + ".cdxj")


def test_is_what_others_write(tmp_path: Path) -> None:
    path = closed(tmp_path, EVERY_KIND)
    theirs = io.StringIO()
    theirs.close = lambda: None  # type: ignore[method-assign]  # it closes what it is given
    CDXJIndexer(theirs, [str(path)], sort=True).process_all()
    told = index_of(path).read_text("utf-8")
    assert told == theirs.getvalue()
    assert len(told.splitlines()) == len(EVERY_KIND)


def test_is_made_when_a_file_is_closed_and_again_when_it_is_missing(tmp_path: Path) -> None:
    path = closed(tmp_path, [PAGE])
    index = index_of(path)
    told = index.read_text("utf-8")
    index.unlink()
    index.with_name(index.name + ".part").write_text("a kill left this")
    captures = WarcCaptures(tmp_path)
    captures.recover()
    captures.close()
    assert index.read_text("utf-8") == told
    assert sorted(tmp_path.glob("*.cdxj*")) == [index]


def test_a_wrong_index_misleads_nobody(tmp_path: Path) -> None:
    path = closed(tmp_path, [PAGE])
    index_of(path).write_text("nonsense")
    assert [exchange for _, exchange in WarcCaptures(tmp_path).scan()] == [PAGE]


def test_what_is_damaged_has_no_line(tmp_path: Path) -> None:
    path = closed(tmp_path, [PAGE, SAVED])
    index = index_of(path)
    first, second = sorted(
        index.read_text("utf-8").splitlines(), key=lambda line: "resource" in line or "saved" in line
    )
    data = bytearray(path.read_bytes())
    data[data.find(b"\x1f\x8b\x08\0", 20) + 60] ^= 0xFF
    path.write_bytes(data)
    index.unlink()
    captures = WarcCaptures(tmp_path)
    captures.recover()
    captures.close()
    assert index.read_text("utf-8").splitlines() == [second]
    assert first != second


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.news.example/A?b=2&a=1", "example,news)/a?a=1&b=2"),
        ("http://[::1", "::1)/"),
        ("", "-"),
    ],
)
def test_a_sort_key_of_any_address(url: str, key: str) -> None:
    assert sort_key(url) == key
