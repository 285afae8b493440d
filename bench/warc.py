"""Reading WARCs of others and importing them: records and MB a second, beside warcio and FastWARC on the same file.

    ./do bench warc [--pages 3000] [--rounds 3]

The file is what a crawler writes (by warcio: a request and a response each, gzip a record, SHA-1 digests). All readers
go through every record and read its bytes; warcio and ours compare the digests of block and payload, FastWARC that of
the block (by its own code in C). "imported" is the whole way into an archive: read, told whether it is known, written
into our own files with a sync a hundred pages, its cards put into SQLite; "referenced" leaves the bytes where they are.
Seconds of processor time of one core; megabytes are those of the unpacked records; the best of the rounds.
"""

import argparse
import gzip
import tempfile
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import fastwarc.warc as fast
from fastwarc.stream_io import GzipReader
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

import made
import rawi
from rawi import config
from rawi.adapters.warc_foreign import WarcReader
from rawi.model import Exchange

MEGABYTE = 1_000_000


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--pages", type=int, default=3000)
    ask.add_argument("--rounds", type=int, default=3)
    asked = ask.parse_args()
    for what, bodies in (("made pages", made.bodies()), ("real pages", made.real_bodies())):
        if bodies:
            compare(what, bodies, asked.pages if what == "made pages" else asked.pages // 5, asked.rounds)


def write(path: Path, bodies: list[bytes], count: int) -> int:
    """Writes the file; gives how many bytes its records have unpacked."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.0")
        for number in range(count):
            url, body = f"https://news.example/{number}", bodies[number % len(bodies)]
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: nginx\r\n\r\n"
            http = StatusAndHeadersParser(["HTTP/1.1"]).parse(BytesIO(head))
            when = {"WARC-Date": f"2026-11-{number % 28 + 1:02}T00:00:00Z"}
            response = writer.create_warc_record(
                url, "response", payload=BytesIO(body), http_headers=http, warc_headers_dict=when
            )
            asked = StatusAndHeadersParser(["GET"], verify=False).parse(
                BytesIO(b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n")
            )
            request = writer.create_warc_record(url, "request", payload=BytesIO(), http_headers=asked)
            writer.write_request_response_pair(request, response)
    with gzip.open(path) as unpacked:
        return sum(len(piece) for piece in iter(lambda: unpacked.read(1_000_000), b""))


def compare(what: str, bodies: list[bytes], count: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as top:
        path = Path(top, "crawl.warc.gz")
        size = write(path, bodies, count) / MEGABYTE
        packed = path.stat().st_size / MEGABYTE
        print(f"{what}: {count} pages, {2 * count} records, {size:.0f} MB, {packed:.1f} MB packed")
        for reader in (read_ours, read_warcio, read_fast):
            spent = min(timed(partial(reader, path), count) for _ in range(rounds))
            say(f"read by {reader.__name__[5:]}", spent, count, size)
        for way in ("imported", "referenced"):
            places = [Path(top, f"{way}{number}") for number in range(rounds)]
            folder = Path(top) if way == "referenced" else None
            say(way, min(timed(partial(bring_in, path, place, folder), count) for place in places), count, size)


def timed(action: Callable[[], int], expected: int) -> float:
    began = time.process_time()
    found = action()
    assert found == expected, f"{found} of {expected}"
    return time.process_time() - began


def say(what: str, seconds: float, count: int, size: float) -> None:
    print(f"    {what:20} {2 * count / seconds:8.0f} records/s {size / seconds:7.1f} MB/s of a core")


def read_ours(path: Path) -> int:
    return sum(isinstance(found, Exchange) for _, found in WarcReader().read(path))


def read_warcio(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests=True):
            record.content_stream().read()
            found += record.rec_type == "response"
    return found


def read_fast(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        for record in fast.ArchiveIterator(GzipReader(file), parse_http=False):
            sound = record.verify_block_digest(consume=False)
            record.reader.read()
            found += bool(sound) and record.record_type == fast.response
    return found


def bring_in(path: Path, place: Path, referenced: Path | None) -> int:
    file = config.write_config(place, name="Bench", contact="")
    if referenced:
        with file.open("a") as settings:
            settings.write(f'\n[referenced]\ncrawls = "{referenced}"\n')
    with rawi.open_archive(place) as archive:
        return archive.import_paths([path]).kept


if __name__ == "__main__":
    main()
