"""WARCs of others that stay where they are: found again by their place, never written, never believed when altered."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from rawi.adapters.memory_captures import MemoryCaptures
from rawi.adapters.memory_store import MemoryStore
from rawi.adapters.warc import WarcCaptures
from rawi.adapters.warc_foreign import WarcReader
from rawi.adapters.warc_referenced import WithReferenced
from rawi.errors import CaptureError
from rawi.jobs import intake
from rawi.model import Capture, Exchange, Reference
from tests.adapters.test_warc_foreign import PACKINGS, Packing, gz, gz_whole, plain, record, response, url
from tests.jobs.test_intake import FERRY, HARBOUR, HTML
from tests.jobs.test_intake import record as dated


class Desk:
    """An archive that refers to the WARCs of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "crawls"
        self.folder.mkdir()
        self.warcs = WarcReader(1_000_000, {"crawls": self.folder})
        self.own = MemoryCaptures()
        self.captures = WithReferenced(self.own, self.warcs)
        self.store = MemoryStore()

    def write(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def take(self, *paths: Path) -> intake.Report:
        return intake.import_paths(
            paths, store=self.store, captures=self.captures, warcs=self.warcs, most_bytes=1_000_000
        )

    def cards(self) -> list[Capture]:
        return sorted(self.store.find(Capture, limit=1000), key=lambda card: (card.url, card.at))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("packing", [p for p in PACKINGS if p is not gz_whole])
def test_what_stands_in_the_folder_is_referenced_and_read_there(desk: Desk, packing: Packing) -> None:
    path = desk.write("2026/a b@1#.warc", packing([response(0), response(1), response(2)]))
    before = path.read_bytes()
    assert desk.take(desk.folder).kept == 3
    whole = [found for _, found in WarcReader().read(path) if isinstance(found, Exchange)]
    assert [desk.captures.read(card.place) for card in desk.cards()] == whole
    assert list(desk.own.scan()) == []
    assert path.read_bytes() == before
    assert desk.take(desk.folder).known == 0
    assert list(desk.captures.scan()) == []


def test_of_a_file_packed_as_one_only_the_first_record_can_be_referenced(desk: Desk) -> None:
    desk.take(desk.write("a.warc.gz", gz_whole([response(0), response(1), response(2)])))
    assert [exchange.url for _, exchange in desk.own.scan()] == [url(1), url(2)]
    assert all(desk.captures.read(card.place).url == card.url for card in desk.cards())


def test_files_elsewhere_are_copied(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.warc"
    path.write_bytes(plain([response(0)]))
    desk.take(path)
    assert len(list(desk.own.scan())) == 1


def test_revisits_are_copied_and_confirm_what_is_referenced(desk: Desk) -> None:
    data = [dated(FERRY, 1), dated(FERRY, 2, of=(FERRY, 1)), dated(HARBOUR, 3, of=(FERRY, 1))]
    assert desk.take(desk.write("a.warc.gz", gz(data))).kept == 3
    elsewhere, first, confirming = desk.cards()
    assert confirming.revisit_of == first.id
    assert first.place.startswith("@crawls/a.warc.gz@")
    assert desk.captures.read(elsewhere.place).body == HTML
    assert len(list(desk.own.scan())) == 2


def test_a_request_behind_its_response_is_read_with_it(desk: Desk) -> None:
    request = record("request", b"GET /0 HTTP/1.1\r\n\r\n", WARC_Target_URI=url(0), WARC_Date="2015-10-02T12:30:01Z")
    desk.take(desk.write("a.warc.gz", gz([response(0), request, response(1)])))
    assert desk.captures.read(desk.cards()[0].place).request == b"GET /0 HTTP/1.1\r\n\r\n"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda data: data.replace(b"ferry", b"FERRY"), "altered since it was imported"),
        (lambda data: data.replace(b"200 OK", b"404 OK"), "altered since it was imported"),
        (lambda data: data.replace(b"2026-01-01", b"2016-01-01"), "altered since it was imported"),
        (lambda data: data.replace(b"text/html", b"image/png"), "altered since it was imported"),
        (lambda data: data[:20], "torn"),
        (lambda data: b"rubbish" + data, "no WARC record begins here"),
        (lambda _: b"", "no record"),
    ],
)
def test_a_file_that_was_changed_is_not_believed(desk: Desk, change: "Packing", problem: str) -> None:
    path = desk.write("a.warc", dated(FERRY))
    desk.take(path)
    path.write_bytes(change(path.read_bytes()))  # type: ignore[arg-type]
    [card] = desk.cards()
    with pytest.raises(CaptureError, match=problem):
        desk.captures.read(card.place)


@pytest.mark.parametrize("is_moved", [True, False])
def test_what_is_gone_can_be_imported_again(desk: Desk, tmp_path: Path, is_moved: bool) -> None:
    path = desk.write("a.warc", dated(FERRY))
    desk.take(path)
    [before] = desk.cards()
    moved = desk.folder / "b.warc" if is_moved else tmp_path / "b.warc"
    path.rename(moved)
    assert desk.take(moved).kept == 1
    [after] = desk.cards()
    assert (after.id, after.place == before.place) == (before.id, False)
    assert desk.captures.read(after.place).body == HTML
    assert desk.take(moved).kept == 0


def test_a_file_that_is_gone_is_named(desk: Desk) -> None:
    path = desk.write("a.warc", dated(FERRY))
    desk.take(path)
    path.unlink()
    with pytest.raises(CaptureError, match=r"a\.warc cannot be read \(No such file"):
        desk.captures.read(desk.cards()[0].place)


@pytest.mark.parametrize(
    "place", ["@other/a.warc@0#", "@crawls/../secret@0#", "@crawls/a.warc#", "@", "@crawls//etc/x@0#", "@crawls/a\0@0#"]
)
def test_no_place_leads_out_of_the_folder(desk: Desk, tmp_path: Path, place: str) -> None:
    (tmp_path / "secret").write_bytes(dated(FERRY))
    with pytest.raises(CaptureError, match=r"no folder of that name|leads out of"):
        desk.captures.read(place)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    warcs = WarcReader(referenced={"away": tmp_path / "away", "here": tmp_path})
    assert warcs.missing() == [f"referenced.away = '{tmp_path / 'away'}'"]


def test_a_name_in_no_charset_is_copied(desk: Desk) -> None:
    desk.take(desk.write("a\udcff.warc", dated(FERRY)))
    assert len(list(desk.own.scan())) == 1


def test_our_revisit_of_it_refers_to_its_record(tmp_path: Path) -> None:
    folder = tmp_path / "crawls"
    folder.mkdir()
    folder.joinpath("a.warc").write_bytes(response(0, WARC_Record_ID="<urn:uuid:7>"))
    warcs = WarcReader(referenced={"crawls": folder})
    assert warcs.record_id("@crawls/a.warc@0") == "<urn:uuid:7>"
    assert warcs.record_id("@crawls/b.warc@0") == ""
    captures = WarcCaptures(tmp_path / "own", record_id=warcs.record_id)
    original = warcs.read_at("@crawls/a.warc@0")
    known = Reference(place="@crawls/a.warc@0", url=original.url, at=original.at, digest="ab" * 32)
    captures.keep([replace(original, body=b"", revisit=known)])
    captures.close()
    [path] = (tmp_path / "own").glob("*.warc.gz")
    assert b"WARC-Refers-To: <urn:uuid:7>" in gzip.decompress(path.read_bytes())
