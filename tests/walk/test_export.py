"""What a search finds, whole, as files that others read."""

import csv
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet
import pytest
from warcio.archiveiterator import ArchiveIterator

import rawi
from rawi import config
from rawi.archive import Archive
from rawi.core import rows
from rawi.errors import BadInput, QueryError
from tests.web.conftest import page

AT = datetime(2025, 3, 1, 9, tzinfo=UTC)
FORMS = ("csv", "jsonl", "parquet", "warc", "wacz")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    place = tmp_path_factory.mktemp("export") / "archive"
    config.write_config(place, name="Export", contact="")
    with rawi.open_archive(place) as opened:
        for number in range(30):
            at = AT + timedelta(days=number)
            html = page(f"=Ferry number {number}", on=at.date(), name="The Harbour Post")
            opened.add_page(f"https://harbour.example/{number}", html, at)
        changed = page("Ferry number 3, changed", on=AT.date(), name="The Harbour Post")
        opened.add_page("https://harbour.example/3", changed, AT + timedelta(days=90))
        opened.follow()
        yield opened


def exported(archive: Archive, form: str, path: Path, query: str = "ferry") -> bytes:
    done = archive.export(query, form, path)
    assert done.articles == archive.search(query, limit=0).total
    assert done.missing == ()
    return path.read_bytes()


def test_tables_hold_every_article_oldest_first(archive: Archive, tmp_path: Path) -> None:
    lines = exported(archive, "jsonl", tmp_path / "a.jsonl")
    objects = [json.loads(line) for line in lines.splitlines()]
    assert len(objects) == 30
    assert [tuple(one) for one in objects] == [rows.COLUMNS] * 30
    published = [one["published_at"] for one in objects]
    assert published == sorted(published)
    cells = list(csv.reader(io.StringIO(exported(archive, "csv", tmp_path / "a.csv").decode(), newline="")))
    assert [values[0] for values in cells[1:]] == [one["id"] for one in objects]
    assert cells[1][3] == "'=Ferry number 0"
    exported(archive, "parquet", tmp_path / "a.parquet")
    table = pyarrow.parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert [one["title"] for one in table] == [one["title"] for one in objects]
    assert table[0]["published_on"] == AT.date()


@pytest.mark.parametrize("form", FORMS)
def test_the_same_question_gives_the_same_bytes(archive: Archive, tmp_path: Path, form: str) -> None:
    assert exported(archive, form, tmp_path / "one") == exported(archive, form, tmp_path / "two")


class Pipe(io.RawIOBase):
    """What cannot go back, as standard output."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.written += memoryview(data)  # type: ignore[arg-type]
        return len(memoryview(data))  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS)
def test_a_stream_gets_the_bytes_of_a_file(archive: Archive, tmp_path: Path, form: str) -> None:
    pipe = Pipe()
    archive.export("ferry", form, pipe)
    assert bytes(pipe.written) == exported(archive, form, tmp_path / "file")


def test_a_warc_holds_the_captures_and_others_read_it(archive: Archive, tmp_path: Path) -> None:
    exported(archive, "warc", tmp_path / "a.warc.gz", 'title:changed OR "number 7"')
    with (tmp_path / "a.warc.gz").open("rb") as file:
        reader = ArchiveIterator(file, check_digests="raise")
        kinds = [(one.rec_type, one.rec_headers.get_header("WARC-Target-URI")) for one in reader]
    pages = [url for kind, url in kinds if kind in ("response", "resource")]
    assert sorted(pages) == [f"https://harbour.example/{number}" for number in (3, 3, 7)]


def test_what_was_exported_can_be_imported(archive: Archive, tmp_path: Path) -> None:
    exported(archive, "warc", tmp_path / "a.warc.gz")
    config.write_config(tmp_path / "other", name="Other", contact="")
    with rawi.open_archive(tmp_path / "other") as other:
        other.import_paths([tmp_path / "a.warc.gz"])
        other.follow()
        assert [one.title for one in other.everything("*").articles] == [
            one.title for one in archive.everything("*").articles
        ]


def test_a_web_archive_is_whole_by_its_own_digests(archive: Archive, tmp_path: Path) -> None:
    exported(archive, "wacz", tmp_path / "a.wacz")
    with zipfile.ZipFile(tmp_path / "a.wacz") as packed:
        package = json.loads(packed.read("datapackage.json"))
        whole = json.loads(packed.read("datapackage-digest.json"))
        assert whole["hash"] == f"sha256:{hashlib.sha256(packed.read('datapackage.json')).hexdigest()}"
        for one in package["resources"]:
            data = packed.read(one["path"])
            assert (one["hash"], one["bytes"]) == (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))
        assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
        assert packed.getinfo("archive/data.warc.gz").compress_type == zipfile.ZIP_STORED
        head, *pages = [json.loads(line) for line in packed.read("pages/pages.jsonl").splitlines()]
        assert head["format"] == "json-pages-1.0"
        assert len(pages) == 30
        warc = packed.read("archive/data.warc.gz")
        for line in packed.read("indexes/index.cdx").decode().splitlines():
            said = json.loads(line.split(" ", 2)[2])
            record = gzip.decompress(warc[int(said["offset"]) :][: int(said["length"])])
            assert f"WARC-Target-URI: {said['url']}".encode() in record


def test_a_file_that_is_there_is_kept(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")
    with pytest.raises(BadInput, match="--force"):
        archive.export("ferry", "csv", path)
    assert path.read_text() == "mine"
    assert archive.export("ferry", "csv", path, overwrite=True).articles == 30


def test_what_fails_leaves_nothing(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no folder"):
        archive.export("ferry", "csv", tmp_path / "none" / "a.csv")
    with pytest.raises(BadInput, match="choose one of csv"):
        archive.export("ferry", "docx", tmp_path / "a.docx")
    with pytest.raises(QueryError):
        archive.export("(ferry", "csv", tmp_path / "a.csv")

    def tell(what: str, done: int, total: int | None) -> None:
        assert (tmp_path / "a.csv.part").exists()
        assert not (tmp_path / "a.csv").exists()
        if done == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.export("ferry", "csv", tmp_path / "a.csv", tell=tell)
    assert list(tmp_path.iterdir()) == []


def test_articles_are_read_as_they_are_taken(archive: Archive) -> None:
    found = archive.everything("ferry")
    assert found.total == 30
    assert next(found.articles).title == "=Ferry number 0"
