"""The files that an export writes: CSV, JSON lines, Parquet, WARC, WACZ. See `ports.Packer`."""

import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import IO, Any

from rawi.adapters import cdxj
from rawi.adapters.warc_format import pack_exchange, pack_information, record_id
from rawi.core import rows
from rawi.errors import BadInput, CannotRun
from rawi.model import Article, Exchange
from rawi.ports import Packer

Found = Iterable[tuple[Article, Callable[[], Sequence[Exchange]]]]

_ROWS_A_GROUP = 5000
_NOT_DATED = (1980, 1, 1, 0, 0, 0)
"""What zips say of the time of a file that has none."""
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


class CsvPacker:
    """See `core.rows.as_csv`. With `mark`, a byte order mark comes first: older spreadsheets need it to read UTF-8."""

    def __init__(self, *, mark: bool = False) -> None:
        self._mark = mark

    def pack(self, found: Found, file: IO[bytes]) -> None:
        file.write(b"\xef\xbb\xbf" if self._mark else b"")
        for line in rows.as_csv(rows.COLUMNS, (rows.row(article).values() for article, _ in found)):
            file.write(line)


class JsonLinesPacker:
    """See `core.rows.as_json_lines`."""

    def pack(self, found: Found, file: IO[bytes]) -> None:
        for line in rows.as_json_lines(rows.row(article) for article, _ in found):
            file.write(line)


class ParquetPacker:
    """The columns of `core.rows`, days and times (UTC, microseconds) as such, in groups of 5,000 rows, by zstd."""

    def pack(self, found: Found, file: IO[bytes]) -> None:
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError as error:
            raise CannotRun(
                "Parquet needs pyarrow: run `pip install 'rawi[parquet]'`, or choose csv or jsonl"
            ) from error
        when, day, text = pa.timestamp("us", tz="UTC"), pa.date32(), pa.string()
        types = {"published_on": day, "published_at": when, "modified_at": when, "captured_at": when}
        schema = pa.schema([(name, types.get(name, text)) for name in rows.COLUMNS])
        articles = iter(found)
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            while group := [rows.row(article) for article, _ in islice(articles, _ROWS_A_GROUP)]:
                writer.write_table(pa.Table.from_pylist(group, schema=schema))


class WarcPacker:
    """The captures of the articles, every one once, as they are kept: with requests, metadata, digests (WARC/1.1)."""

    def pack(self, found: Found, file: IO[bytes]) -> None:
        file.write(pack_information("export.warc.gz", _software(), _FIRST))
        for exchange, confirmed in _once(found):
            file.write(pack_exchange(exchange, _software(), confirmed))


class WaczPacker:
    """The same as a web archive that players open (WACZ 1.1.1): WARC, index, a list of pages, digests of all of it."""

    def pack(self, found: Found, file: IO[bytes]) -> None:
        with tempfile.TemporaryDirectory(prefix="rawi-export-") as folder:
            warc, pages = Path(folder, "data.warc.gz"), Path(folder, "pages.jsonl")
            newest = _FIRST
            with warc.open("wb") as records, pages.open("wb") as listed:
                listed.write(_json({"format": "json-pages-1.0", "id": "pages", "title": "All pages"}))
                seen = _Watched(found, listed)
                WarcPacker().pack(seen, records)
                newest = seen.newest
            with warc.open("rb") as records:
                lines = "".join(f"{line}\n" for line in cdxj.lines(records, warc.name)).encode("utf-8")
            # First into a file: a zip that is written to a stream which cannot go back has other bytes.
            with tempfile.TemporaryFile(dir=folder) as whole:
                self._zip(whole, warc, lines, pages, newest)
                whole.seek(0)
                shutil.copyfileobj(whole, file)

    def _zip(self, file: IO[bytes], warc: Path, lines: bytes, pages: Path, newest: datetime) -> None:
        resources = []
        with zipfile.ZipFile(file, "w") as packed:
            for path, source, how in (
                # Players read records out of the middle of it: it may not be compressed once more.
                (f"archive/{warc.name}", warc, zipfile.ZIP_STORED),
                ("indexes/index.cdx", lines, zipfile.ZIP_STORED),
                ("pages/pages.jsonl", pages, zipfile.ZIP_DEFLATED),
            ):
                digest, size = _add(packed, path, source, how)
                resources.append({"name": Path(path).name, "path": path, "hash": f"sha256:{digest}", "bytes": size})
            package = {
                "profile": "data-package",
                "wacz_version": "1.1.1",
                "software": _software(),
                "created": newest.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "resources": resources,
            }
            said = json.dumps(package, indent=2).encode("ascii")
            _add(packed, "datapackage.json", said, zipfile.ZIP_DEFLATED)
            digest = f"sha256:{hashlib.sha256(said).hexdigest()}"
            whole = json.dumps({"path": "datapackage.json", "hash": digest}).encode("ascii")
            _add(packed, "datapackage-digest.json", whole, zipfile.ZIP_DEFLATED)


class _Watched:
    """Articles with their captures, as they are taken; each with a capture has a line among the pages."""

    def __init__(self, found: Found, listed: IO[bytes]) -> None:
        self._found, self._listed = found, listed
        self.newest = _FIRST

    def __iter__(self) -> Iterator[tuple[Article, Callable[[], Sequence[Exchange]]]]:
        for article, read in self._found:
            exchanges = read()
            if exchanges:
                last = exchanges[-1]
                self.newest = max(self.newest, last.at)
                page = {
                    "id": article.id,
                    "url": last.url,
                    "ts": last.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "title": article.title,
                }
                self._listed.write(_json(page))
            yield article, lambda exchanges=exchanges: exchanges  # type: ignore[misc]


def _once(found: Found) -> Iterator[tuple[Exchange, str]]:
    """Every capture once, in the order of the articles, with the id of the record it confirms, where that is here."""
    written: dict[tuple[str, datetime], str] = {}
    for _, read in found:
        for exchange in read():
            key = (exchange.url, exchange.at)
            if key in written:
                continue
            written[key] = record_id(exchange)
            earlier = exchange.revisit
            yield exchange, written.get((earlier.url, earlier.at), "") if earlier else ""


def _add(packed: zipfile.ZipFile, path: str, source: Path | bytes, how: int) -> tuple[str, int]:
    """Adds a file to a zip; gives its SHA-256 and its size."""
    entry = zipfile.ZipInfo(path, _NOT_DATED)
    entry.compress_type, entry.external_attr = how, 0o644 << 16
    digest, size = hashlib.sha256(), 0
    is_large = isinstance(source, Path) and source.stat().st_size > 1 << 30
    with (
        source.open("rb") if isinstance(source, Path) else io.BytesIO(source) as read,
        packed.open(entry, "w", force_zip64=is_large) as write,
    ):
        while chunk := read.read(1 << 20):
            digest.update(chunk)
            size += len(chunk)
            write.write(chunk)
    return digest.hexdigest(), size


def _json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _software() -> str:
    return f"rawi {version('rawi')}"


PACKERS: dict[str, Callable[[], Packer]] = {
    "csv": CsvPacker,
    "jsonl": JsonLinesPacker,
    "parquet": ParquetPacker,
    "warc": WarcPacker,
    "wacz": WaczPacker,
}
"""By the word that asks for them."""


def make_packer(form: str) -> Packer:
    """What writes files of a form; BadInput when there is none of that name."""
    if form not in PACKERS:
        raise BadInput(f"{form}: choose one of {', '.join(PACKERS)}")
    return PACKERS[form]()
