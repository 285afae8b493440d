"""WARC files: read by others, torn, altered, full disks, kills."""

import errno
import io
import os
import shutil
import threading
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from rawi.adapters.disk import Disk
from rawi.adapters.warc import WarcCaptures
from rawi.errors import ArchiveBusy, CannotRun, CaptureError, StorageFull
from rawi.model import Exchange, Reference, Torn

PAGE = Exchange(
    url="https://news.example/a",
    at=datetime(2015, 10, 2, 12, 30, 1, 123456, tzinfo=UTC),
    status=404,
    request=b"GET /a HTTP/1.1\r\nHost: news.example\r\n\r\n",
    head=b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n",
    body=b"<p>gone</p>",
    media_type="text/html",
    purpose="article",
    source="gather",
    publisher="news.example",
    ip="192.0.2.7",
)
SAVED = replace(PAGE, url="https://news.example/saved", status=200, request=b"", head=b"", ip="", source="import a b")
CUT = replace(PAGE, url="https://news.example/أ", truncated="length", body=bytes(range(256)))


def numbered(count: int) -> list[Exchange]:
    return [replace(PAGE, url=f"https://news.example/{number}", body=b"%d" % number) for number in range(count)]


def only_file(folder: Path) -> Path:
    (path,) = folder.glob("*.warc.gz*")
    return path


def kept(folder: Path, *batches: list[Exchange]) -> tuple[Path, list[str]]:
    """A folder as a killed keeper leaves it: the file, still open, and the places."""
    captures = WarcCaptures(folder)
    places = [place for batch in batches for place in captures.keep(batch)]
    path = only_file(folder)
    data = path.read_bytes()
    captures.close()
    only_file(folder).unlink()
    path.write_bytes(data)
    return path, places


def fault_of(captures: WarcCaptures, place: str, expected: Exchange) -> str:
    """What is wrong with a capture; empty when it is as it was kept."""
    try:
        assert captures.read(place) == expected
    except CaptureError as error:
        return str(error)
    return ""


def keep_until_it_fails(captures: WarcCaptures, exchanges: list[Exchange]) -> tuple[list[tuple[str, Exchange]], str]:
    """What was acknowledged, and the error."""
    told: list[tuple[str, Exchange]] = []
    try:
        told.extend((captures.keep([exchange])[0], exchange) for exchange in exchanges)
    except CannotRun as error:
        return told, f"{type(error).__name__}: {error}"
    return told, ""


def offset_of(place: str) -> int:
    return int(place.partition("@")[2])


class Unsynced(Disk):
    """A disk that forgets to sync: for many small trials."""

    def sync(self, descriptor: int) -> None:
        pass

    def sync_folder(self, path: Path) -> None:
        pass


# ------------------------------------------------------------------------------------ read by others


def test_others_read_our_files_without_a_fault(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    captures = WarcCaptures(tmp_path, software="rawi/0.1.0")
    captures.keep([PAGE, SAVED, CUT])
    captures.close()
    kinds = ["warcinfo", "response", "request", "resource", "response", "request"]
    with only_file(tmp_path).open("rb") as file:
        seen = []
        records = ArchiveIterator(file, check_digests=True)
        for record in records:
            body = record.content_stream().read()
            seen.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), body))
            assert record.digest_checker.passed is True
        assert records.err_count == 0
    assert [kind for kind, _, _ in seen] == kinds
    assert [body for kind, _, body in seen if kind in ("response", "resource")] == [PAGE.body, SAVED.body, CUT.body]
    assert seen[4][1] == "https://news.example/%D8%A3"
    with only_file(tmp_path).open("rb") as file:
        names = []
        for record in FastIterator(file, parse_http=False):
            assert record.verify_block_digest()
            names.append(str(record.record_type))
    assert names == kinds
    assert capfd.readouterr().err == ""


def test_the_fields_are_those_of_the_standard(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path)
    captures.keep([PAGE, CUT])
    captures.close()
    with only_file(tmp_path).open("rb") as file:
        info, response, request, cut, _ = [record.rec_headers for record in ArchiveIterator(file)]
    assert info.protocol == "WARC/1.1"
    assert info.get_header("WARC-Filename") == only_file(tmp_path).name
    assert response.get_header("WARC-Date") == "2015-10-02T12:30:01.123456Z"
    assert response.get_header("WARC-IP-Address") == "192.0.2.7"
    assert response.get_header("WARC-Concurrent-To") == request.get_header("WARC-Record-ID")
    assert request.get_header("WARC-Concurrent-To") == response.get_header("WARC-Record-ID")
    assert response.get_header("WARC-Payload-Digest") == f"sha256:{sha256(PAGE.body).hexdigest()}"
    assert request.get_header("WARC-Block-Digest") == f"sha256:{sha256(PAGE.request).hexdigest()}"
    assert response.get_header("WARC-Truncated") is None
    assert cut.get_header("WARC-Truncated") == "length"


def test_equal_exchanges_have_equal_ids_and_others_do_not(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path)
    captures.keep([PAGE, PAGE, replace(PAGE, publisher="other.example")])
    captures.close()
    with only_file(tmp_path).open("rb") as file:
        ids = [record.rec_headers.get_header("WARC-Record-ID") for record in ArchiveIterator(file)][1:]
    assert ids[0:2] == ids[2:4]
    assert len(set(ids)) == 4


def test_a_member_of_gzip_a_record(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path)
    captures.keep([PAGE])
    captures.close()
    rest, members = only_file(tmp_path).read_bytes(), []
    while rest:
        unpacker = zlib.decompressobj(wbits=31)
        members.append(unpacker.decompress(rest))
        assert unpacker.eof
        rest = unpacker.unused_data
    assert [member.count(b"WARC/1.1\r\n") for member in members] == [1, 1, 1]


def test_an_undone_transfer_coding_is_not_undone_again_by_others(tmp_path: Path) -> None:
    exchange = replace(PAGE, body=b"4\r\nlike\r\n0\r\n\r\n")
    captures = WarcCaptures(tmp_path)
    place = captures.keep([exchange])[0]
    assert captures.read(place) == exchange
    captures.close()
    with only_file(tmp_path).open("rb") as file:
        bodies = [record.content_stream().read() for record in ArchiveIterator(file) if record.rec_type == "response"]
    assert bodies == [exchange.body]


ASKED = replace(
    PAGE,
    why="article in https://news.example/feed",
    tls="TLSv1.3 TLS_AES_256_GCM_SHA384",
    certificates=(b"\x30\x82", b"\x30\x83"),
)


def confirmed(place: str, status: int = 304) -> Exchange:
    """A later answer that confirms what is kept at a place."""
    earlier = Reference(place=place, url=PAGE.url, at=PAGE.at, digest=sha256(PAGE.body).hexdigest())
    return replace(ASKED, at=PAGE.at + timedelta(hours=1), status=status, body=b"", revisit=earlier)


def test_how_a_capture_was_had_stands_in_a_record_that_others_read(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path, software="rawi/7")
    captures.keep([ASKED])
    captures.close()
    with only_file(tmp_path).open("rb") as file:
        _, response, request, metadata = [(r.rec_headers, r.content_stream().read()) for r in ArchiveIterator(file)]
    headers, block = metadata
    assert headers.get_header("WARC-Type") == "metadata"
    assert headers.get_header("WARC-Concurrent-To") == response[0].get_header("WARC-Record-ID")
    assert headers.get_header("WARC-Target-URI") == ASKED.url
    assert [value for name, value in response[0].headers if name == "WARC-Concurrent-To"] == [
        request[0].get_header("WARC-Record-ID"),
        headers.get_header("WARC-Record-ID"),
    ]
    assert block.decode().split("\r\n") == [
        "why: article in https://news.example/feed",
        "tls: TLSv1.3 TLS_AES_256_GCM_SHA384",
        "certificate: MII=",
        "certificate: MIM=",
        "connected-to: 192.0.2.7",
        "software: rawi/7",
        "",
    ]


def test_a_revisit_refers_to_what_it_confirms(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path)
    (place,) = captures.keep([PAGE])
    captures.keep([confirmed(place), confirmed(place, 200), confirmed("nowhere@0")])
    captures.close()
    with only_file(tmp_path).open("rb") as file:
        records = [record.rec_headers for record in ArchiveIterator(file)]
    first = next(headers for headers in records if headers.get_header("WARC-Type") == "response")
    unmodified, identical, lost = [h for h in records if h.get_header("WARC-Type") == "revisit"]
    assert unmodified.get_header("WARC-Profile").endswith("/1.1/revisit/server-not-modified")
    assert identical.get_header("WARC-Profile").endswith("/1.1/revisit/identical-payload-digest")
    for headers in (unmodified, identical):
        assert headers.get_header("WARC-Refers-To") == first.get_header("WARC-Record-ID")
        assert headers.get_header("WARC-Refers-To-Target-URI") == first.get_header("WARC-Target-URI")
        assert headers.get_header("WARC-Refers-To-Date") == first.get_header("WARC-Date")
        assert headers.get_header("WARC-Payload-Digest") == first.get_header("WARC-Payload-Digest")
    assert lost.get_header("WARC-Refers-To") is None
    assert lost.get_header("WARC-Refers-To-Date") == first.get_header("WARC-Date")


def test_others_read_revisits_and_metadata_without_a_fault(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    captures = WarcCaptures(tmp_path)
    (place,) = captures.keep([ASKED])
    captures.keep([confirmed(place), SAVED])
    captures.close()
    kinds = ["warcinfo", "response", "request", "metadata", "revisit", "request", "metadata", "resource"]
    with only_file(tmp_path).open("rb") as file:
        records = ArchiveIterator(file, check_digests=True)
        seen = []
        for record in records:
            record.content_stream().read()
            seen.append(record.rec_type)
            # Of a revisit the payload digest is that of what it refers to.
            assert record.rec_type == "revisit" or record.digest_checker.passed is True
        assert records.err_count == 0
    assert seen == kinds
    with only_file(tmp_path).open("rb") as file:
        assert [str(r.record_type) for r in FastIterator(file, parse_http=False) if r.verify_block_digest()] == kinds
    assert "Traceback" not in capfd.readouterr().err


# ------------------------------------------------------------------------------------------- folders


def test_closes_a_full_file_and_begins_the_next(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path, max_file_bytes=1000)
    exchanges = numbered(6)
    places = [captures.keep([exchange])[0] for exchange in exchanges]
    assert len({place.partition("@")[0] for place in places}) > 1
    assert len(list(tmp_path.glob("*.warc.gz.open"))) == 1
    assert [captures.read(place) for place in places] == exchanges
    captures.close()
    assert list(tmp_path.glob("*.open")) == []
    assert list(captures.scan()) == list(zip(places, exchanges, strict=True))


def test_the_order_of_keeping_survives_a_clock_set_back(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path)
    first = captures.keep([PAGE])[0]
    captures.close()
    path = only_file(tmp_path)
    later = path.with_name(path.name.replace(path.name[5:13], "29991231"))
    path.rename(later)
    captures = WarcCaptures(tmp_path)
    second = captures.keep([SAVED])[0]
    assert [exchange for _, exchange in captures.scan()] == [PAGE, SAVED]
    assert first != second
    captures.close()


def test_makes_its_folder_when_it_keeps_and_not_before(tmp_path: Path) -> None:
    folder = tmp_path / "archive" / "captures"
    captures = WarcCaptures(folder)
    assert list(captures.scan()) == []
    assert not folder.exists()
    place = captures.keep([PAGE])[0]
    assert captures.read(place) == PAGE
    captures.close()


def test_two_keepers_are_one_too_many(tmp_path: Path) -> None:
    first, second = WarcCaptures(tmp_path), WarcCaptures(tmp_path)
    place = first.keep([PAGE])[0]
    for attempt in (lambda: second.keep([SAVED]), second.recover):
        with pytest.raises(ArchiveBusy) as caught:
            attempt()
        assert str(tmp_path) in str(caught.value)
        assert str(os.getpid()) in str(caught.value)
    assert second.read(place) == PAGE
    first.close()
    second.keep([SAVED])
    second.close()


def test_readers_read_while_a_keeper_keeps(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path, max_file_bytes=3000)
    exchanges = numbered(200)
    told: list[tuple[str, Exchange]] = []
    wrong: list[str] = []
    ended = threading.Event()

    def read() -> None:
        reader, last = WarcCaptures(tmp_path), False
        while not last:
            last = ended.is_set()
            known = list(told)
            seen = dict(reader.scan())
            wrong.extend(place for place, exchange in known if seen.get(place) != exchange)
            wrong.extend(place for place, exchange in known[-3:] if reader.read(place) != exchange)

    thread = threading.Thread(target=read)
    thread.start()
    told.extend((captures.keep([exchange])[0], exchange) for exchange in exchanges)
    ended.set()
    thread.join()
    captures.close()
    assert wrong == []


def test_scanning_holds_one_exchange_at_a_time(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path)
    captures.keep(numbered(3))
    scan = captures.scan()
    assert next(scan)[1].body == b"0"
    later = captures.keep([SAVED])[0]
    assert [place for place, _ in scan][-1] == later
    captures.close()


# ---------------------------------------------------------------------------------- torn and altered


def test_cut_at_every_byte_nothing_torn_is_returned_and_all_of_it_is_set_aside(tmp_path: Path) -> None:
    path, places = kept(tmp_path / "whole", [PAGE], [SAVED], [CUT])
    data = path.read_bytes()
    name = path.name.removesuffix(".warc.gz.open")
    starts = [offset_of(place) for place in places]
    ends = [*starts[1:], len(data)]
    for length in range(starts[1], len(data)):
        folder = tmp_path / str(length)
        folder.mkdir()
        (folder / path.name).write_bytes(data[:length])
        captures = WarcCaptures(folder, disk=Unsynced())
        found, torn = captures.recover()
        whole = [place for place, end in zip(places, ends, strict=True) if end <= length]
        assert [place for place, _ in found] == whole
        assert [exchange for _, exchange in found] == [PAGE, SAVED, CUT][: len(whole)]
        last = max([starts[0], *(end for end in ends if end <= length)])
        if last == length:
            assert torn == []
        else:
            aside = folder / "torn" / f"{name}@{last}"
            expected = Torn(file=f"{name}.warc.gz", offset=last, length=length - last, kept_as=str(aside))
            assert torn == [expected]
            assert aside.read_bytes() == data[last:length]
        later = captures.keep([SAVED])[0]
        captures.close()
        assert (folder / f"{name}.warc.gz").read_bytes() == data[:last]
        assert [place for place, _ in WarcCaptures(folder).scan()] == [*whole, later]
        shutil.rmtree(folder)


@pytest.mark.parametrize("length", [0, 1, 10, 100])
def test_a_file_without_a_whole_record_is_set_aside_whole(tmp_path: Path, length: int) -> None:
    path, places = kept(tmp_path, [PAGE])
    assert length < offset_of(places[0])
    path.write_bytes(path.read_bytes()[:length])
    captures = WarcCaptures(tmp_path)
    found, torn = captures.recover()
    assert list(found) == []
    assert [one.length for one in torn] == [length] * bool(length)
    assert list(tmp_path.glob("*.warc.gz*")) == []
    captures.close()


@pytest.mark.parametrize("tail", [bytes(5000), b"\x1f\x8b\x08\0\0\0\0\0\0\x03" * 20, os.urandom(3000), b"WARC/1.1\r\n"])
def test_sets_a_strange_end_aside(tmp_path: Path, tail: bytes) -> None:
    path, places = kept(tmp_path, [PAGE, SAVED])
    with path.open("ab") as file:
        file.write(tail)
    captures = WarcCaptures(tmp_path)
    found, torn = captures.recover()
    assert list(found) == list(zip(places, [PAGE, SAVED], strict=True))
    assert Path(torn[0].kept_as).read_bytes() == tail
    captures.close()


def test_a_changed_byte_in_any_place_is_found_or_changes_nothing(tmp_path: Path) -> None:
    path, places = kept(tmp_path, [PAGE, SAVED])
    data = bytearray(path.read_bytes())
    first, second = (offset_of(place) for place in places)
    second_record = first + data[first:].index(data[:8], 1)
    captures = WarcCaptures(tmp_path)
    found = 0
    for offset in range(first, second):
        for change in (1, 0x80):
            data[offset] ^= change
            path.write_bytes(data)
            error = fault_of(captures, places[0], PAGE)
            if error:
                found += 1
                assert error.startswith((f"{path} at byte {first}: ", f"{path} at byte {second_record}: "))
            assert captures.read(places[1]) == SAVED
            data[offset] ^= change
    assert found > 1.9 * (second - first - 20)  # the time, system and padding in a gzip head say nothing of ours


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"404 Not", b"200 Not"),
        (b"/news.example/a\r", b"/news.example/b\r"),
        (b"2015-10-02", b"2016-10-02"),
        (b"192.0.2.7", b"192.0.2.8"),
        (b"Purpose: article", b"Purpose: picture"),
        (b"<p>gone", b"<p>here"),
        (b"Content-Length: ", b"Content-Length: 1"),
        (b"Rawi-Head-Length: 8", b"Rawi-Head-Length: 7"),
        (b"Rawi-Status: 404", b"Rawi-Status: 200"),
        (b"Rawi-Status: 404", b"Rawi-Status: abc"),
        (b"Rawi-Status: 404", b"Other: 1"),
        (b"WARC/1.1", b"WARC/9.9"),
        (b"WARC-Type: response", b"WARC-Type: resource"),
        (b"WARC-Type: response", b"WARC-Type: conversion"),
    ],
)
def test_an_altered_record_is_found_though_its_checksum_was_mended(tmp_path: Path, old: bytes, new: bytes) -> None:
    path, places = kept(tmp_path, [PAGE])
    data, offset = path.read_bytes(), offset_of(places[0])
    unpacker = zlib.decompressobj(wbits=31)
    record = unpacker.decompress(data[offset:])
    assert old in record
    packer = zlib.compressobj(wbits=31)
    altered = packer.compress(record.replace(old, new)) + packer.flush()
    path.write_bytes(data[:offset] + altered + unpacker.unused_data)
    with pytest.raises(CaptureError):
        WarcCaptures(tmp_path).read(places[0])


def test_damage_in_the_middle_costs_only_what_it_hit(tmp_path: Path) -> None:
    exchanges = numbered(4)
    path, places = kept(tmp_path, exchanges)
    data = bytearray(path.read_bytes())
    start, end = offset_of(places[1]), offset_of(places[2])
    data[start + 40 : start + 60] = bytes(20)
    path.write_bytes(data)
    captures = WarcCaptures(tmp_path)
    found, torn = captures.recover()
    assert [place for place, _ in found] == [places[0], *places[2:]]
    name = places[0].partition("@")[0]
    assert torn == [Torn(file=f"{name}.warc.gz", offset=start, length=end - start, kept_as="")]
    assert path.read_bytes() == bytes(data)
    assert [place for place, _ in captures.scan()] == [places[0], *places[2:]]
    assert captures.read(places[3]) == exchanges[3]
    captures.close()


def test_a_folder_or_no_file_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    path, places = kept(tmp_path, [PAGE])
    path.unlink()
    with pytest.raises(CaptureError, match=path.name.removesuffix(".open")):
        WarcCaptures(tmp_path).read(places[0])
    path.mkdir()
    with pytest.raises(CaptureError):
        WarcCaptures(tmp_path).read(places[0])
    assert list(WarcCaptures(tmp_path).scan()) == []


# ------------------------------------------------------------------------------ kills and full disks


class Fails(Unsynced):
    """A disk on which the n-th call of some kinds fails, for good or once; `before` is told first."""

    def __init__(self, calls: set[str], at: int, error: Callable[[], BaseException], *, for_good: bool = True) -> None:
        self.calls, self.left, self.error, self.for_good = calls, at, error, for_good
        self.is_well = False

    def _count(self, call: str) -> None:
        if self.is_well or (self.calls and call not in self.calls):
            return
        self.left -= 1
        if self.left < 0 if self.for_good else self.left == -1:
            raise self.error()

    def create(self, path: Path) -> int:
        self._count("create")
        return super().create(path)

    def write(self, descriptor: int, data: memoryview, offset: int) -> int:
        half = data[: max(1, len(data) // 2)]
        try:
            self._count("write")
        except BaseException:
            super().write(descriptor, half, offset)
            raise
        return super().write(descriptor, half, offset)

    def cut(self, descriptor: int, length: int) -> None:
        self._count("cut")
        super().cut(descriptor, length)

    def sync(self, descriptor: int) -> None:
        self._count("sync")
        super().sync(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        self._count("rename")
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        self._count("remove")
        super().remove(path)

    def sync_folder(self, path: Path) -> None:
        self._count("sync_folder")
        super().sync_folder(path)


class Killed(BaseException):
    """Stands for the end of the process: nothing of ours catches it and goes on."""


def io_error(number: int) -> Callable[[], OSError]:
    return lambda: OSError(number, os.strerror(number))


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
@pytest.mark.parametrize("call", ["write", "sync", "sync_folder", "create"])
@pytest.mark.parametrize("at", range(6))
def test_a_full_disk_tears_nothing_and_keeping_goes_on_when_there_is_room(
    tmp_path: Path, number: int, call: str, at: int
) -> None:
    disk = Fails({call}, at, io_error(number))
    captures = WarcCaptures(tmp_path, disk=disk)
    told, error = keep_until_it_fails(captures, numbered(8))
    assert list(captures.scan()) == told
    if error:
        assert error.startswith(f"StorageFull: no room is left in {tmp_path}")
        with pytest.raises(StorageFull):
            captures.keep([CUT])
    disk.is_well = True
    told.append((captures.keep([SAVED])[0], SAVED))
    assert list(captures.scan()) == told
    captures.close()
    assert list(WarcCaptures(tmp_path).scan()) == told


@pytest.mark.parametrize("call", ["write", "sync", "sync_folder"])
def test_after_a_disk_error_nothing_more_is_kept(tmp_path: Path, call: str) -> None:
    disk = Fails({call}, 1, io_error(errno.EIO), for_good=False)
    captures = WarcCaptures(tmp_path, disk=disk, max_file_bytes=1)
    told, error = keep_until_it_fails(captures, numbered(8))
    assert "look at the disk" in error
    with pytest.raises(CannotRun, match="started again"):
        captures.keep([SAVED])
    assert list(captures.scan()) == told
    captures.close()
    fresh = WarcCaptures(tmp_path)
    fresh.recover()
    later = fresh.keep([SAVED])[0]
    assert list(fresh.scan()) == [*told, (later, SAVED)]
    fresh.close()


def test_when_nothing_can_be_taken_back_nothing_more_is_kept(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path, disk=Fails({"write", "cut"}, 3, io_error(errno.ENOSPC)))
    with pytest.raises(StorageFull):
        captures.keep(numbered(3))
    with pytest.raises(CannotRun, match="started again"):
        captures.keep([SAVED])
    captures.close()


def test_a_batch_that_cannot_be_kept_leaves_nothing(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path)
    places = captures.keep([PAGE])
    with pytest.raises(ValueError, match="no time zone"):
        captures.keep([SAVED, replace(PAGE, at=datetime(2020, 1, 1))])
    places += captures.keep([CUT])
    assert list(captures.scan()) == list(zip(places, [PAGE, CUT], strict=True))
    captures.close()


def test_killed_at_any_call_of_the_system_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """Each run is killed one call later than the one before, until one is not; then each recovery likewise."""
    exchanges = numbered(3)
    survived = False
    at = 0
    while not survived:
        folder = tmp_path / str(at)
        captures = WarcCaptures(folder, max_file_bytes=1000, disk=Fails(set(), at, Killed))
        told: list[tuple[str, Exchange]] = []
        try:
            told.extend((captures.keep([exchange])[0], exchange) for exchange in exchanges)
            captures.close()
            survived = True
        except Killed:
            _release(captures)
        _recover_with_kills(folder, told)
        at += 1
    assert at > 20


def _recover_with_kills(folder: Path, told: list[tuple[str, Exchange]]) -> None:
    for at in range(200):
        captures = WarcCaptures(folder, disk=Fails(set(), at, Killed))
        before = dict(captures.scan())
        closed = {path.name.removesuffix(".warc.gz") for path in folder.glob("*.warc.gz")}
        try:
            found, _ = captures.recover()
            in_closed = [pair for pair in before.items() if pair[0].partition("@")[0] in closed]
            assert sorted([*in_closed, *found]) == sorted(before.items())
            captures.keep([SAVED])
            captures.close()
            break
        except Killed:
            _release(captures)
        after = dict(captures.scan())
        assert all(after[place] == exchange for place, exchange in told)
    assert all(captures.read(place) == exchange for place, exchange in told)
    assert not list(folder.glob("*.open"))


def _release(captures: WarcCaptures) -> None:
    """What the system does when a process ends."""
    if captures._growing:
        os.close(captures._growing.descriptor)
    if captures._lock is not None:
        os.close(captures._lock)
    captures._lock = None


def test_what_was_recovered_is_given_again_until_something_is_kept(tmp_path: Path) -> None:
    path, places = kept(tmp_path, [PAGE, SAVED])
    for _ in range(2):
        captures = WarcCaptures(tmp_path)
        found, _ = captures.recover()
        assert [place for place, _ in found] == places
        assert list(found[1:]) == [(places[1], SAVED)]
        assert found[-1] == (places[1], SAVED)
        captures.close()
        assert path.exists()
    captures = WarcCaptures(tmp_path)
    captures.recover()
    captures.keep([CUT])
    assert not path.exists()
    captures.close()
    captures = WarcCaptures(tmp_path)
    assert len(captures.recover()[0]) == 0
    captures.close()


def test_a_copy_of_the_folder_that_holds_both_forms_of_a_file_loses_nothing(tmp_path: Path) -> None:
    path, places = kept(tmp_path, [PAGE], [SAVED])
    whole = path.with_name(path.name.removesuffix(".open"))
    whole.write_bytes(path.read_bytes())
    path.write_bytes(path.read_bytes()[: offset_of(places[1])])
    captures = WarcCaptures(tmp_path)
    captures.recover()
    captures.keep([CUT])
    assert captures.read(places[1]) == SAVED
    captures.close()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "captures").write_text("a file")
    captures = WarcCaptures(tmp_path / "captures")
    for attempt in (lambda: captures.keep([PAGE]), captures.recover):
        with pytest.raises(CannotRun, match="captures cannot be written"):
            attempt()
    with pytest.raises(CaptureError):
        list(captures.scan())


def test_information_opens_each_file(tmp_path: Path) -> None:
    captures = WarcCaptures(tmp_path, software="other/2\r\nx: y")
    captures.keep([PAGE])
    captures.close()
    record = next(iter(ArchiveIterator(io.BytesIO(only_file(tmp_path).read_bytes()))))
    block = record.content_stream().read()
    assert record.rec_type == "warcinfo"
    assert block.startswith(b"software: other/2%0D%0Ax:%20y\r\nformat: WARC File Format 1.1\r\n")
