"""Captures in a bucket: a real S3 server (moto's) in a process of its own, and one that fails as it is told."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from rawi.adapters.s3 import Access, Bucket
from rawi.adapters.warc import WarcCaptures
from rawi.adapters.warc_objects import ObjectCaptures
from rawi.adapters.warc_shared import SharedWarcCaptures
from rawi.errors import CannotRun, CaptureError, StorageFull
from tests.contracts.test_captures import CONFIRMED, PAGE, SAVED, numbered
from tests.s3 import fresh_bucket


@pytest.fixture
def access(s3_address: str) -> Access:
    return fresh_bucket(s3_address)


def small(folder: Path, find: object) -> WarcCaptures:
    """Files that are full after one exchange."""
    return WarcCaptures(folder, max_file_bytes=1, record_id=find)  # type: ignore[arg-type]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.warc.gz*"))


# ------------------------------------------------------------------------------------------- sending


def test_a_closed_file_is_sent_and_only_then_removed_here(access: Access, tmp_path: Path) -> None:
    captures = ObjectCaptures(Bucket(access), "a/b", tmp_path)
    place = captures.keep([PAGE])[0]
    assert len(files(tmp_path)) == 1
    assert list(Bucket(access).keys("a/b")) == []
    captures.close()
    assert files(tmp_path) == []
    stem = place.partition("@")[0]
    assert sorted(Bucket(access).keys("a/b")) == [f"a/b/{stem}.cdxj", f"a/b/{stem}.warc.gz"]


def test_what_was_sent_is_read_from_any_machine(access: Access, tmp_path: Path) -> None:
    here = ObjectCaptures(Bucket(access), "", tmp_path / "here", make=small)
    there = ObjectCaptures(Bucket(access), "", tmp_path / "there", make=small)
    pages = numbered(6)
    places = [(here if n % 2 else there).keep([page])[0] for n, page in enumerate(pages)]
    here.close()
    there.close()
    reader = ObjectCaptures(Bucket(access), "", tmp_path / "elsewhere")
    assert [reader.read(place) for place in places] == pages
    assert sorted(reader.scan(), key=lambda pair: pair[1].url) == list(zip(places, pages, strict=True))
    reader.close()
    assert not (tmp_path / "elsewhere").exists()


def test_sent_at_once_it_is_read_from_any_machine_at_once(access: Access, tmp_path: Path) -> None:
    here = ObjectCaptures(Bucket(access), "p", tmp_path / "here", at_once=True)
    reader = ObjectCaptures(Bucket(access), "p", tmp_path / "there")
    pages = numbered(4)
    places = [here.keep([page])[0] for page in pages]
    assert len(set(places)) == 4
    assert [reader.read(place) for place in places] == pages
    assert files(tmp_path) == []


def test_several_processes_share_a_spool(access: Access, tmp_path: Path) -> None:
    keepers = [ObjectCaptures(Bucket(access), "p", tmp_path, make=small) for _ in range(3)]
    pages = numbered(9)
    places = [keepers[n % 3].keep([page])[0] for n, page in enumerate(pages)]
    assert len({place.partition("/")[0] for place in places}) == 1
    for reader in keepers:
        assert [reader.read(place) for place in places] == pages
    for keeper in keepers:
        keeper.close()
    assert [keepers[0].read(place) for place in places] == pages
    assert files(tmp_path) == []


def test_no_number_is_given_twice_although_files_go_away(access: Access, tmp_path: Path) -> None:
    captures = ObjectCaptures(Bucket(access), "p", tmp_path, at_once=True)
    places = [captures.keep([PAGE])[0] for _ in range(5)]
    assert [place.partition("@")[0][-6:] for place in places] == [f"{n:06d}" for n in range(1, 6)]
    assert len(list(tmp_path.rglob("*.sent"))) == 1


def test_a_large_file_goes_in_parts(access: Access, tmp_path: Path) -> None:
    page = replace(PAGE, body=random.Random(1).randbytes(100_000))
    captures = ObjectCaptures(Bucket(access), "", tmp_path)
    places = captures.keep([page] * 100)
    size = sum(path.stat().st_size for path in tmp_path.rglob("*.open"))
    captures.close()
    assert size > 8 * 1024 * 1024
    assert captures.read(places[-1]) == page
    assert len(list(captures.scan())) == 100


def test_others_read_what_lies_in_the_bucket(access: Access, tmp_path: Path) -> None:
    captures = ObjectCaptures(Bucket(access), "p", tmp_path, make=lambda f, find: WarcCaptures(f, record_id=find))
    place = captures.keep([PAGE])[0]
    captures.close()
    assert CONFIRMED.revisit
    again = replace(CONFIRMED, revisit=replace(CONFIRMED.revisit, place=place))
    captures.keep([again])
    captures.close()
    bucket = Bucket(access)
    found = []
    for key in sorted(key for key in bucket.keys("p") if key.endswith(".warc.gz")):
        with bucket.open(key, 1000) as file:
            for record in ArchiveIterator(file, check_digests=True):
                record.content_stream().read()
                found.append((record.rec_type, record.rec_headers.get_header("WARC-Refers-To")))
    assert found[-2] == ("revisit", captures.record_id(place))


def test_captures_moved_from_a_folder_are_read_at_their_old_places(access: Access, tmp_path: Path) -> None:
    old, other = SharedWarcCaptures(tmp_path / "captures"), SharedWarcCaptures(tmp_path / "captures")
    places = [old.keep([PAGE])[0], other.keep([SAVED])[0]]
    old.close()
    other.close()
    bucket = Bucket(access)
    for path in sorted((tmp_path / "captures").rglob("*.warc.gz")):
        bucket.put(f"press/{path.relative_to(tmp_path / 'captures')}", path)
    captures = ObjectCaptures(bucket, "press", tmp_path / "spool")
    assert [captures.read(place) for place in places] == [PAGE, SAVED]
    assert [place for place, _ in captures.scan()] == places


def test_a_bucket_that_is_copied_to_a_folder_is_read_at_its_places(access: Access, tmp_path: Path) -> None:
    one = ObjectCaptures(Bucket(access), "press", tmp_path / "spool")
    other = ObjectCaptures(Bucket(access), "press", tmp_path / "spool")
    places = one.keep([PAGE]) + other.keep([SAVED])
    assert places[1].count("/") == 2
    one.close()
    other.close()
    bucket = Bucket(access)
    for key in bucket.keys("press"):
        path = tmp_path / "captures" / key.removeprefix("press/")
        path.parent.mkdir(parents=True, exist_ok=True)
        with bucket.open(key, 100_000) as file:
            path.write_bytes(file.read())
    folder = SharedWarcCaptures(tmp_path / "captures")
    found, torn = folder.recover()
    assert (list(found), torn) == ([], [])
    assert [folder.read(place) for place in places] == [PAGE, SAVED]
    new = folder.keep([PAGE])
    assert [place for place, _ in folder.scan()] == new + places
    folder.close()


# ------------------------------------------------------------------------------------------ recovery


def test_what_a_killed_process_left_in_the_spool_is_taken_up_and_sent(access: Access, tmp_path: Path) -> None:
    killed = ObjectCaptures(Bucket(access), "p", tmp_path)
    lost = killed.keep([PAGE])[0]
    (path,) = tmp_path.rglob("*.open")
    data = path.read_bytes()
    killed.close()
    for key in list(Bucket(access).keys("p")):
        Bucket(access).drop(key)
    path.write_bytes(data + b"torn")

    captures = ObjectCaptures(Bucket(access), "p", tmp_path)
    found, torn = captures.recover()
    assert [piece.length for piece in torn] == [4]
    assert list(found) == [(lost, PAGE)]
    kept = captures.keep([SAVED])[0]
    captures.close()
    assert dict(ObjectCaptures(Bucket(access), "p", tmp_path / "other").scan()) == {lost: PAGE, kept: SAVED}


def test_a_file_that_was_sent_before_a_kill_is_not_sent_otherwise(access: Access, tmp_path: Path) -> None:
    captures = ObjectCaptures(Bucket(access), "p", tmp_path)
    place = captures.keep([PAGE])[0]
    (path,) = tmp_path.rglob("*.open")
    closed = path.with_suffix("")
    data = path.read_bytes()
    captures.close()
    closed.write_bytes(data)
    captures.keep([SAVED])
    captures.close()
    assert files(tmp_path) == []

    closed.write_bytes(data + b"other")
    captures.keep([SAVED])
    with pytest.raises(CannotRun, match="with other bytes"):
        captures.close()
    assert closed.read_bytes() == data + b"other"
    closed.unlink()
    assert captures.read(place) == PAGE


# ------------------------------------------------------------------------------------------ faults


class Faulty(ThreadingHTTPServer):
    """An S3 server that answers as it is told; without being told, as an empty bucket that takes and forgets."""

    daemon_threads = True
    status = 0
    code = ""
    body = b""
    is_slow = False


class _Answers(BaseHTTPRequestHandler):
    server: Faulty
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.server.is_slow:
            self.server.ended.wait()  # type: ignore[attr-defined]
            return
        status = self.server.status or {"HEAD": 404, "GET": 200, "DELETE": 204}.get(self.command, 200)
        body = f"<Error><Code>{self.server.code}</Code></Error>".encode() if self.server.code else self.server.body
        self.send_response(status)
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", "Thu, 26 Nov 2026 21:00:00 GMT")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def faulty() -> Iterator[Faulty]:
    with running() as server:
        yield server


@contextmanager
def running() -> Iterator[Faulty]:
    server = Faulty(("127.0.0.1", 0), _Answers)
    server.ended = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.ended.set()  # type: ignore[attr-defined]
    server.shutdown()
    thread.join()
    server.server_close()


def bucket_of(server: Faulty, seconds: float = 10) -> Bucket:
    address = f"http://127.0.0.1:{server.server_port}"
    return Bucket(
        Access(bucket="b", endpoint=address, access_key_id="k", secret_access_key="s", seconds=seconds, retries=0)
    )


FAULTS = [
    (403, "AccessDenied", "s3.secret_access_key", CannotRun),
    (404, "NoSuchBucket", "bucket", CannotRun),
    (500, "InternalError", "s3.endpoint", CannotRun),
    (503, "SlowDown", "s3.endpoint", CannotRun),
    (507, "InsufficientStorage", "no room", StorageFull),
]


@pytest.mark.parametrize(("status", "code", "advice", "kind"), FAULTS)
def test_a_store_that_takes_nothing_loses_nothing(
    access: Access, faulty: Faulty, tmp_path: Path, status: int, code: str, advice: str, kind: type[CannotRun]
) -> None:
    faulty.status, faulty.code = status, code
    captures = ObjectCaptures(bucket_of(faulty), "p", tmp_path)
    place = captures.keep([PAGE])[0]
    with pytest.raises(kind) as caught:
        captures.close()
    assert "s3://b/p/" in str(caught.value)
    assert advice in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert captures.read(place) == PAGE

    mended = ObjectCaptures(Bucket(access), "p", tmp_path)
    mended.keep([SAVED])
    mended.close()
    assert files(tmp_path) == []
    assert mended.read(place) == PAGE


def test_keeping_goes_on_while_the_store_is_down_until_too_many_wait(faulty: Faulty, tmp_path: Path) -> None:
    faulty.status = 500
    captures = ObjectCaptures(bucket_of(faulty), "p", tmp_path, make=small, most_waiting=3)
    pages = numbered(10)
    places = [captures.keep([page])[0] for page in pages[:4]]
    for page in pages[4:]:
        with pytest.raises(CannotRun, match="3 files wait in"):
            captures.keep([page])
    assert [captures.read(place) for place in places] == pages[:4]


def test_a_store_that_does_not_answer_is_named(faulty: Faulty, tmp_path: Path) -> None:
    faulty.is_slow = True
    captures = ObjectCaptures(bucket_of(faulty, seconds=0.2), "p", tmp_path)
    captures.keep([PAGE])
    with pytest.raises(CannotRun, match="s3://b/p/"):
        captures.close()
    assert len(files(tmp_path)) == 1


def test_what_comes_back_altered_was_not_sent(faulty: Faulty, tmp_path: Path) -> None:
    faulty.body = b"not what was sent"
    captures = ObjectCaptures(bucket_of(faulty), "p", tmp_path)
    place = captures.keep([PAGE])[0]
    with pytest.raises(CannotRun, match="came back altered"):
        captures.close()
    assert captures.read(place) == PAGE


@pytest.mark.parametrize(("status", "code", "advice", "kind"), FAULTS)
def test_what_cannot_be_read_is_named(
    faulty: Faulty, tmp_path: Path, status: int, code: str, advice: str, kind: type[CannotRun]
) -> None:
    faulty.status, faulty.code = status, code
    captures = ObjectCaptures(bucket_of(faulty), "p", tmp_path)
    place = "s0123456789ab/rawi-20260101T000000Z-000001"
    with pytest.raises(CaptureError, match=f"s3://b/p/{place}.warc.gz"):
        captures.read(f"{place}@0")
    with pytest.raises(CaptureError, match="s3://b/p"):
        list(captures.scan())


def test_damage_in_the_bucket_costs_only_what_it_hit(access: Access, tmp_path: Path) -> None:
    captures = ObjectCaptures(Bucket(access), "p", tmp_path)
    places = captures.keep([PAGE, SAVED])
    captures.close()
    (key,) = (key for key in Bucket(access).keys("p") if key.endswith(".warc.gz"))
    with Bucket(access).open(key, 100_000) as file:
        data = bytearray(file.read())
    data[int(places[0].partition("@")[2]) + 60] ^= 0xFF
    (tmp_path / "damaged").write_bytes(data)
    Bucket(access).put(key, tmp_path / "damaged")
    with pytest.raises(CaptureError, match="altered or is torn"):
        captures.read(places[0])
    assert list(captures.scan()) == [(places[1], SAVED)]


@pytest.mark.parametrize(
    "place", ["../x@0", "s0123456789ab/../../etc/passwd@0", "rawi-20260101T000000Z-000001@", "/rawi@0", "x/y@1"]
)
def test_no_place_leads_elsewhere(access: Access, tmp_path: Path, place: str) -> None:
    with pytest.raises(CaptureError, match="no capture at"):
        ObjectCaptures(Bucket(access), "", tmp_path).read(place)
