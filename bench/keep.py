"""Keeping and reading back: records and megabytes a second, ours beside warcio and FastWARC with the same exchanges.

    ./do bench keep [--pages 3000] [--batch 50] [--rounds 3]

Pages: made ones, and real ones where the shared data is (RAWI_SHARED, default ../shared); each with a request and a
response, a gzip member a record, a sync after each batch. The others write as they do by themselves: SHA-1 digests of
block and payload, warcio with gzip level 9, FastWARC with the level of ours, 5. Ours writes SHA-256, a metadata record,
ids computed from all that it keeps, and an index when it closes the file; reading, it compares all of it. The others
compare digests. Seconds of processor time of one core, and of the wall; the best of the rounds.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import fastwarc.warc as fast
from fastwarc.stream_io import GzipReader, GzipWriter
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

import made
from rawi.adapters.cdxj import lines
from rawi.adapters.warc import WarcCaptures
from rawi.model import Exchange

MEGABYTE = 1_000_000
LEVEL = 5


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--pages", type=int, default=3000)
    ask.add_argument("--batch", type=int, default=50, help="exchanges between two syncs")
    ask.add_argument("--rounds", type=int, default=3)
    asked = ask.parse_args()
    for what, bodies in (("made pages", made.bodies()), ("real pages", made.real_bodies())):
        if bodies:
            pages = exchanges(bodies, asked.pages if what == "made pages" else asked.pages // 5)
            compare(what, pages, asked.batch, asked.rounds)


def exchanges(bodies: list[bytes], count: int) -> list[Exchange]:
    page = Exchange(
        url="",
        at=datetime(2026, 11, 26, tzinfo=UTC),
        status=200,
        request=b"GET / HTTP/1.1\r\nHost: news.example\r\nUser-Agent: rawi\r\nAccept-Encoding: gzip\r\n\r\n",
        head=b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: nginx\r\nETag: "a"\r\n\r\n',
        body=b"",
        media_type="text/html; charset=utf-8",
        purpose="article",
        source="gather",
        publisher="news.example",
        ip="192.0.2.7",
        why="article in https://news.example/feed",
    )
    return [
        replace(page, url=f"https://news.example/{n}", at=page.at + timedelta(seconds=n), body=bodies[n % len(bodies)])
        for n in range(count)
    ]


def compare(what: str, pages: list[Exchange], batch: int, rounds: int) -> None:
    size = sum(len(page.request) + len(page.head) + len(page.body) for page in pages) / MEGABYTE
    print(f"{what}: {len(pages)} exchanges, {size:.0f} MB, {size / len(pages) * 1000:.0f} kB each")
    for writer, write, readers in WAYS:
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as top:
            folders = [Path(top, str(number)) for number in range(rounds)]
            kept = []
            for folder in folders:
                folder.mkdir()
                kept.append(timed(partial(write, folder, pages, batch)))
            on_disk = sum(path.stat().st_size for path in folders[0].glob("*.gz")) / MEGABYTE
            say(f"kept by {writer}", min(kept), len(pages), size, f"{on_disk:.1f} MB on disk")
            for reader, read in readers:
                back = min(timed(partial(read_all, read, folder, len(pages))) for folder in folders)
                say(f"  read by {reader}", back, len(pages), size)


def timed(action: Callable[[], object]) -> tuple[float, float]:
    core, wall = time.process_time(), time.perf_counter()
    action()
    return time.process_time() - core, time.perf_counter() - wall


def read_all(read: Callable[[Path], int], folder: Path, expected: int) -> None:
    found = read(folder)
    assert found == expected, f"{read.__name__} gave {found} of {expected}"


def say(what: str, seconds: tuple[float, float], count: int, size: float, more: str = "") -> None:
    core, wall = seconds
    print(
        f"    {what:36} {count / core:8.0f} exchanges/s {size / core:7.1f} MB/s of a core; wall {wall:5.2f} s  {more}"
    )


# -- ours


def write_ours(folder: Path, pages: list[Exchange], batch: int) -> None:
    captures = WarcCaptures(folder, max_file_bytes=1_000_000_000)
    for start in range(0, len(pages), batch):
        captures.keep(pages[start : start + batch])
    captures.close()


def read_ours(folder: Path) -> int:
    return sum(1 for _ in WarcCaptures(folder).scan())


def index_ours(folder: Path) -> int:
    (path,) = folder.glob("*.warc.gz")
    with path.open("rb") as file:
        return len(lines(file, path.name))


# -- warcio


def write_warcio(folder: Path, pages: list[Exchange], batch: int) -> None:
    with (folder / "warcio.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for number, page in enumerate(pages, 1):
            http = StatusAndHeadersParser(["HTTP/1.1"]).parse(BytesIO(page.head))
            headers = {"WARC-Date": f"{page.at:%Y-%m-%dT%H:%M:%SZ}", "WARC-IP-Address": page.ip}
            response = writer.create_warc_record(
                page.url, "response", payload=BytesIO(page.body), http_headers=http, warc_headers_dict=headers
            )
            asked = StatusAndHeadersParser(["GET"], verify=False).parse(BytesIO(page.request))
            request = writer.create_warc_record(page.url, "request", payload=BytesIO(), http_headers=asked)
            writer.write_request_response_pair(request, response)
            if number % batch == 0 or number == len(pages):
                file.flush()
                os.fsync(file.fileno())


def read_warcio(folder: Path) -> int:
    found = 0
    with next(folder.glob("*.warc.gz")).open("rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            record.content_stream().read()
            found += record.rec_type == "response"
    return found


# -- FastWARC


def write_fast(folder: Path, pages: list[Exchange], batch: int) -> None:
    with (folder / "fast.warc.gz").open("wb") as file:
        stream = GzipWriter(file, compression_level=LEVEL)
        for number, page in enumerate(pages, 1):
            for kind, block in ((fast.response, page.head + page.body), (fast.request, page.request)):
                record = fast.WarcRecord()
                record.init_headers(record_type=kind)
                record.headers["WARC-Target-URI"] = page.url
                record.headers["WARC-Date"] = f"{page.at:%Y-%m-%dT%H:%M:%SZ}"
                record.set_bytes_content(block)
                record.write(stream, checksum_data=True)
                stream.finish()  # else several records share a gzip member, and none can be read by itself
            if number % batch == 0 or number == len(pages):
                file.flush()
                os.fsync(file.fileno())


def read_fast(folder: Path) -> int:
    found = 0
    with next(folder.glob("*.warc.gz")).open("rb") as file:
        for record in fast.ArchiveIterator(GzipReader(file), parse_http=False):
            sound = record.verify_block_digest(consume=False)
            record.reader.read()
            found += bool(sound) and record.record_type == fast.response
    return found


WAYS: list[tuple[str, Callable[[Path, list[Exchange], int], None], list[tuple[str, Callable[[Path], int]]]]] = [
    (
        "Rawi",
        write_ours,
        [
            ("Rawi", read_ours),
            ("Rawi, to draw the index", index_ours),
            ("warcio", read_warcio),
            ("FastWARC", read_fast),
        ],
    ),
    ("warcio", write_warcio, [("warcio", read_warcio), ("FastWARC", read_fast)]),
    ("FastWARC", write_fast, [("FastWARC", read_fast)]),
]

main()
