"""Importing files: what becomes a capture, what is refused by name, and that a second time adds nothing."""

import base64
import gzip
import hashlib
import json
import os
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from rawi.adapters.memory_captures import MemoryCaptures
from rawi.adapters.memory_store import MemoryStore
from rawi.adapters.warc_foreign import WarcReader
from rawi.errors import BadInput
from rawi.jobs import intake
from rawi.jobs.files import Opener
from rawi.jobs.only import Only
from rawi.jobs.outcome import Outcome
from rawi.model import Capture, Fate
from tests.core.test_archive_page import ENGLISH
from tests.shared import shared

HTML = b"""<!doctype html><html><head><link rel="canonical" href="https://harbour.example/ferry"></head>
<body><h1>Ferry struck</h1><p>The ferry left the island at nine in the evening.</p></body></html>"""


@dataclass
class Desk:
    """An archive's parts, and what was heard of an import into them."""

    store: MemoryStore = field(default_factory=MemoryStore)
    captures: MemoryCaptures = field(default_factory=MemoryCaptures)
    heard: list[Outcome] = field(default_factory=list)

    def take(self, *paths: Path, most_bytes: int = 100_000, only: Only = intake.EVERYTHING) -> intake.Report:
        self.heard.clear()
        return intake.import_paths(
            paths,
            store=self.store,
            captures=self.captures,
            warcs=WarcReader(most_bytes=most_bytes),
            most_bytes=most_bytes,
            only=only,
            listen=self.heard.append,
        )

    def cards(self) -> list[Capture]:
        return self.store.find(Capture, limit=10_000)

    def problem(self) -> str:
        """What was said of the one item that failed."""
        (failed,) = [outcome for outcome in self.heard if outcome.failed]
        return f"{failed.address}: {failed.note}"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_saved_page_is_kept_byte_for_byte_under_its_own_address(desk: Desk, tmp_path: Path) -> None:
    report = desk.take(write(tmp_path / "ferry.html", HTML))
    (card,) = desk.cards()
    assert (report.kept, report.failed) == (1, 0)
    assert (card.url, card.status, card.source) == ("https://harbour.example/ferry", 200, "import ferry.html")
    assert desk.captures.read(card.place).body == HTML


def test_the_same_page_twice_adds_nothing_even_when_the_file_is_newer(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "ferry.html", HTML)
    desk.take(path)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    report = desk.take(path, write(tmp_path / "again.html", HTML))
    assert (report.kept, report.known, len(desk.cards())) == (0, 2, 1)


def test_the_browsers_note_on_saving_is_the_address(desk: Desk, tmp_path: Path) -> None:
    page = b"<!-- saved from url=(0031)https://harbour.example/saved?a=1 -->\n" + HTML
    desk.take(write(tmp_path / "x.html", page))
    assert desk.cards()[0].url == "https://harbour.example/saved?a=1"


def test_a_page_without_an_address_is_named_by_its_bytes(desk: Desk, tmp_path: Path) -> None:
    desk.take(write(tmp_path / "x.html", b"<html><p>No address</p></html>"))
    assert desk.cards()[0].url.startswith("ni:///sha-256;")


def test_a_packed_page(desk: Desk, tmp_path: Path) -> None:
    desk.take(write(tmp_path / "x.html.gz", gzip.compress(HTML)))
    assert desk.captures.read(desk.cards()[0].place).body == HTML


def test_a_text_page_of_an_archive(desk: Desk, tmp_path: Path) -> None:
    desk.take(write(tmp_path / "x.txt", ENGLISH))
    assert desk.cards()[0].media_type == "text/plain"


def test_the_import_is_part_of_the_fate(desk: Desk, tmp_path: Path) -> None:
    desk.take(write(tmp_path / "ferry.html", HTML))
    (fate,) = desk.store.find(Fate)
    assert (fate.event, fate.note) == ("imported", f"from ferry.html, {len(HTML)} bytes")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.html", b"", "is empty"),
        ("blank.html", b" \n ", "is empty"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(100), "is no page"),
        ("paper.html", b"%PDF-1.4 " + b"x" * 99, "is no page"),
        ("note.txt", b"A note of mine.", "Published in PUBLISHER on DD - MM - YYYY"),
        ("large.html", b"<p>" + b"x" * 200_000, "the limit is 100,000 (raise limits.page_bytes"),
        ("bomb.html.gz", gzip.compress(bytes(500_000)), "the limit is 100,000"),
        ("cut.html.gz", gzip.compress(HTML * 50)[:-20], "is cut short"),
        ("broken.zip", b"PK\x03\x04broken", "cannot be read as a zip"),
        ("strange.bin", b"\x00\x01\x02", "is no page"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_goes_on(
    desk: Desk, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    report = desk.take(write(tmp_path / name, data), write(tmp_path / "ferry.html", HTML))
    assert name in desk.problem()
    assert words in desk.problem()
    assert (report.kept, report.failed) == (1, 1)


def test_a_file_without_read_permission(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "secret.html", HTML)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything (root)")
    desk.take(path)
    assert "read permission" in desk.problem()


def test_a_pipe_does_not_hang_the_import(desk: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    desk.take(tmp_path / "pipe.html")
    assert "not a file or folder" in desk.problem()


def test_nothing_at_all_is_a_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing to import"):
        intake.check_paths([tmp_path / "nowhere"])


def test_a_folder_is_walked_and_other_files_are_counted(desk: Desk, tmp_path: Path) -> None:
    write(tmp_path / "a" / "b" / "ferry.html", HTML)
    write(tmp_path / "a" / "picture.png", b"\x89PNG")
    write(tmp_path / ".hidden" / "x.html", HTML)
    (tmp_path / "loop").symlink_to(tmp_path)
    report = desk.take(tmp_path)
    assert (report.kept, report.failed) == (1, 0)
    assert report.passed_over[".png"] == 1


SHA1 = "sha1:" + hashlib.sha1(HTML).hexdigest()
FERRY, HARBOUR = "https://harbour.example/ferry", "https://harbour.example/"


def record(
    address: str, day: int = 1, of: tuple[str, int] | None = None, body: bytes = HTML, digest: str = ""
) -> bytes:
    """A record of a WARC: a response, or a revisit of the one `of` an address and day or with a `digest`."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    block = head if of or digest else head + body
    fields = [f"WARC-Type: {'revisit' if of or digest else 'response'}", f"WARC-Target-URI: {address}"]
    fields += [f"WARC-Payload-Digest: {digest}"] if digest else []
    fields += [f"WARC-Date: 2026-01-{day:02}T00:00:00Z", f"Content-Length: {len(block)}"]
    if of:
        fields += [f"WARC-Refers-To-Target-URI: {of[0]}", f"WARC-Refers-To-Date: 2026-01-{of[1]:02}T00:00:00.5Z"]
    return "\r\n".join(["WARC/1.1", *fields, "", ""]).encode() + block + b"\r\n\r\n"


def test_a_packed_warc_under_another_name_is_one(desk: Desk, tmp_path: Path) -> None:
    data = gzip.compress(record(FERRY)) + gzip.compress(record(HARBOUR))
    report = desk.take(
        write(tmp_path / "crawl.warc.gz.bak", data), write(tmp_path / "torn.bak", b"\x1f\x8b\x08\0rubbish")
    )
    assert (report.kept, report.failed) == (2, 1)
    assert {card.url for card in desk.cards()} == {FERRY, HARBOUR}


def test_a_revisit_confirms_a_capture_of_the_same_import_or_an_earlier_one(desk: Desk, tmp_path: Path) -> None:
    both = record(FERRY, 2, of=(FERRY, 1)) + record(FERRY, 1)  # in any order
    assert desk.take(write(tmp_path / "a.warc", both)).kept == 2
    assert desk.take(write(tmp_path / "b.warc", record(FERRY, 4, of=(FERRY, 1)))).kept == 1
    assert desk.take(write(tmp_path / "c.warc", record(FERRY, 5, of=(FERRY, 4)))).kept == 1
    first, *later = sorted(desk.cards(), key=lambda card: card.at)
    assert [card.at.day for card in later] == [2, 4, 5]
    assert {(card.revisit_of, card.digest) for card in later} == {(first.id, first.digest)}
    again = desk.take(tmp_path)
    assert (again.kept, again.failed) == (0, 0)


def test_a_revisit_of_another_address_gets_its_content_back(desk: Desk, tmp_path: Path) -> None:
    desk.take(write(tmp_path / "a.warc", record(FERRY, 1) + record(HARBOUR, 2, of=(FERRY, 1))))
    [card] = [card for card in desk.cards() if card.url == HARBOUR]
    assert card.revisit_of == ""
    assert desk.captures.read(card.place).body == HTML


def test_a_revisit_of_what_is_not_here_is_named(desk: Desk, tmp_path: Path) -> None:
    report = desk.take(write(tmp_path / "a.warc", record(FERRY, 3, of=(FERRY, 2)) + record(HARBOUR, 1)))
    assert (report.kept, report.failed) == (1, 1)
    assert "2026-01-02 00:00:00) is not here; import the file that holds it, then this one again" in desk.problem()


@pytest.mark.parametrize("later", [record(FERRY, 3, of=(FERRY, 2)), record(FERRY, 3, digest=SHA1)])
def test_a_revisit_whose_original_comes_later_is_kept_then(desk: Desk, tmp_path: Path, later: bytes) -> None:
    confirming = write(tmp_path / "a.warc", record(HARBOUR, 1) + later + record(HARBOUR, 4))
    assert desk.take(confirming).failed == 1
    write(tmp_path / "b.warc", record(FERRY, 2))
    report = desk.take(tmp_path)
    assert (report.kept, report.failed, report.known) == (2, 0, 1)
    assert [card.revisit_of != "" for card in desk.cards() if card.at.day == 3] == [True]
    report = desk.take(confirming)
    assert (report.kept, report.failed, report.known) == (0, 0, 0)


def test_in_one_import_the_order_of_files_does_not_matter(desk: Desk, tmp_path: Path) -> None:
    write(tmp_path / "a.warc", record(FERRY, 3, of=(FERRY, 2)) + record(HARBOUR, 1))
    write(tmp_path / "b.warc", record(FERRY, 2))
    report = desk.take(tmp_path)
    assert (report.kept, report.failed) == (3, 0)
    assert desk.take(tmp_path / "a.warc").known == 0


def test_a_revisit_of_a_revisit_of_one_batch_is_kept(desk: Desk, tmp_path: Path) -> None:
    records = [record(FERRY, 3, of=(FERRY, 2)), record(FERRY, 2, of=(FERRY, 1)), record(FERRY, 1)]
    assert desk.take(write(tmp_path / "a.warc", b"".join(records))).kept == 3


def test_a_revisit_of_other_content_confirms_nothing(desk: Desk, tmp_path: Path) -> None:
    wrong = "sha1:" + base64.b32encode(hashlib.sha1(b"another").digest()).decode()
    report = desk.take(write(tmp_path / "a.warc", record(FERRY, 1) + record(FERRY, 2, of=(FERRY, 1), digest=wrong)))
    assert (report.kept, report.failed) == (1, 1)
    right = record(FERRY, 3, of=(FERRY, 1), digest=SHA1)
    assert desk.take(write(tmp_path / "b.warc", right)).kept == 1


def test_a_revisit_of_what_was_left_out_is_left_out(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "a.warc", record(FERRY, 1) + record(FERRY, 2, of=(FERRY, 1)))
    report = desk.take(path, only=Only(languages=("ar",)))
    assert (report.kept, report.failed, report.left_out.total()) == (0, 0, 2)


def test_records_that_are_no_answers_of_publishers_are_counted(desk: Desk, tmp_path: Path) -> None:
    addresses = ("dns:harbour.example", "https://harbour.example/ferry", "metadata://gnu.org/software/wget/warc/x")
    report = desk.take(write(tmp_path / "a.warc", b"".join(map(record, addresses))))
    assert (report.kept, report.failed) == (1, 0)
    assert report.passed_over == {"record of dns:": 1, "record of metadata:": 1}


ARABIC = (
    "<html><body><h1>العبارة</h1><p>غادرت العبارة الجزيرة في الساعة التاسعة مساء وعلى متنها ركاب كثيرون.</p></body>"
)


def lines(tmp_path: Path) -> Path:
    rows = [
        ("https://www.harbour.example/1", HTML.decode(), "2026-01-01T12:00:00Z"),
        ("https://ar.harbour.example/2", ARABIC, "2026-01-02T12:00:00Z"),
        ("https://elsewhere.example/3", ARABIC, "2026-01-03T12:00:00Z"),
    ]
    made = (json.dumps({"url": url, "html": html, "fetched_at": at}) for url, html, at in rows)
    return write(tmp_path / "pages.jsonl", "\n".join(made))


@pytest.mark.parametrize(
    ("only", "kept", "left_out"),
    [
        (Only(), "123", {}),
        (Only(hosts=("harbour.example",)), "12", {"of other hosts": 1}),
        (Only(hosts=("ar.harbour.example", "elsewhere.example")), "23", {"of other hosts": 1}),
        (Only(languages=("ar",)), "23", {"in other languages": 1}),
        (Only(languages=("en", "fr")), "1", {"in other languages": 2}),
        (Only(since=date(2026, 1, 2)), "23", {"of other days": 1}),
        (Only(since=date(2026, 1, 2), until=date(2026, 1, 2)), "2", {"of other days": 2}),
        (Only(hosts=("harbour.example",), languages=("ar",)), "2", {"of other hosts": 1, "in other languages": 1}),
    ],
)
def test_only_what_is_wanted_is_imported(
    desk: Desk, tmp_path: Path, only: Only, kept: str, left_out: dict[str, int]
) -> None:
    report = desk.take(lines(tmp_path), only=only)
    assert sorted(card.url[-1] for card in desk.cards()) == list(kept)
    assert (report.failed, report.left_out) == (0, left_out)


def test_a_wider_choice_later_takes_what_a_narrower_one_left(desk: Desk, tmp_path: Path) -> None:
    path = lines(tmp_path)
    assert desk.take(path, only=Only(languages=("ar",))).kept == 2
    report = desk.take(path)
    assert (report.kept, report.known) == (1, 2)
    assert desk.take(path).known == 0  # it goes on where it stopped: at the end


def test_a_zip_of_pages(desk: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../escape.html", HTML)
        archive.writestr("bomb.html", bytes(90_000))
        archive.writestr("readme.md", "no page")
    report = desk.take(tmp_path / "pages.zip")
    assert (report.kept, report.failed, report.passed_over) == (1, 1, {".md": 1})
    assert "bomb.html" in desk.problem()


# ------------------------------------------------------------------------------------------- JSONL


def test_lines_of_pages_and_of_fields(desk: Desk, tmp_path: Path) -> None:
    rows = [
        {"url": "https://a.example/1", "html": HTML.decode()},
        {"url": "https://a.example/2", "title": "T", "text": "x"},
    ]
    report = desk.take(write(tmp_path / "x.jsonl", "\n".join(map(json.dumps, rows))))
    assert report.kept == 2
    assert {card.media_type for card in desk.cards()} == {"text/html", "application/vnd.rawi.article+json"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{broken", "is not JSON"),
        ("[1, 2]", "is not a JSON object"),
        ('{"url": "https://a.example/"}', "has neither html nor text"),
        ('{"url": 7, "html": "x"}', "its url or html is not a text"),
        ('{"url": "javascript:alert(1)", "text": "x"}', "javascript"),
        ('{"html": "' + "x" * 100_001 + '"}', "the limit is 100,000"),
    ],
)
def test_a_bad_line_is_named_by_its_place(desk: Desk, tmp_path: Path, line: str, words: str) -> None:
    good = '{"url": "https://a.example/good", "text": "x"}'
    report = desk.take(write(tmp_path / "x.jsonl", f"{good}\n{line}\n\n{good.replace('good', 'last')}"))
    assert (report.kept, report.failed) == (2, 1)
    assert f"x.jsonl at byte {len(good) + 1}" in desk.problem()
    assert words in desk.problem()


def test_an_import_goes_on_where_it_stopped(desk: Desk, tmp_path: Path) -> None:
    rows = [json.dumps({"url": f"https://a.example/{n}", "text": "x"}) for n in range(250)]
    path = write(tmp_path / "x.jsonl", "\n".join(rows))
    desk.take(path)
    report = desk.take(path)
    assert (report.kept, report.known) == (0, 0)
    assert len(desk.cards()) == 250


# -------------------------------------------------------------------------------------------- WARC


def test_a_warc_of_another_crawler(desk: Desk) -> None:
    path = shared("data/warc/warcio/example.warc.gz")
    report = desk.take(path)
    assert report.kept == len(desk.cards()) >= 1
    assert {card.url for card in desk.cards()} == {"http://example.com/"}
    again = desk.take(path)
    assert again.kept == 0


def test_a_warc_cut_at_any_byte_gives_whole_records_only(desk: Desk, tmp_path: Path) -> None:
    data = shared("data/warc/warcio/example.warc.gz").read_bytes()
    desk.take(write(tmp_path / "whole.warc.gz", data))
    whole = {(card.url, card.digest) for card in desk.cards()}
    for cut in range(0, len(data), 97):
        other = Desk()
        other.take(write(tmp_path / f"cut{cut}.warc.gz", data[:cut]))
        assert {(card.url, card.digest) for card in other.cards()} <= whole


def test_one_page_that_ends_its_reader_costs_that_page_only(tmp_path: Path) -> None:
    def own_address(body: bytes, media_type: str) -> str:
        if b"faulty" in body:
            raise RuntimeError("no such thing was thought of")
        return ""

    for name in ("a", "faulty", "z"):
        (tmp_path / f"{name}.html").write_text(f"<h1>{name}</h1>")
    opener = Opener(
        warcs=WarcReader(most_bytes=1000),
        store=MemoryStore(),
        most_bytes=1000,
        passed_over=Counter(),
        own_address=own_address,
    )
    items = list(opener.items(tmp_path))
    assert [bool(item.exchange) for item in items] == [True, False, True]
    assert items[1].problem == "cannot be read: RuntimeError: no such thing was thought of"


def test_pages_of_odd_charsets_are_imported(desk: Desk, tmp_path: Path) -> None:
    for charset in ("undefined", "idna", "utf-8"):
        (tmp_path / f"{charset}.html").write_bytes(f'<meta charset="{charset}"><h1>'.encode() + b"Caf\xe9</h1>")
    assert desk.take(tmp_path).kept == 3


def test_a_file_of_a_time_that_no_calendar_has_is_imported(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(HTML)
    try:
        os.utime(page, (2**40, 2**40))
    except (OSError, OverflowError):
        pytest.skip("this file system keeps no such time")
    if page.stat().st_mtime < 2**39:
        pytest.skip("this file system keeps no such time")
    assert desk.take(page).kept == 1
