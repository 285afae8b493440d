"""From paths to the items in them: pages, lines of JSONL, records of WARCs, in folders and zips or alone."""

import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

import orjson

from rawi.core import archive_page, dates, payload, reading, urls
from rawi.core.extract import clean
from rawi.errors import BadInput
from rawi.model import Exchange, Fault, content_id
from rawi.ports import ForeignWarcs, Store

HTML = "text/html; charset=utf-8"

PAGE_ENDINGS = (".html", ".htm", ".xhtml")
TEXT_ENDINGS = (".txt",)
LINES_ENDINGS = (".jsonl", ".ndjson")
WARC_ENDINGS = (".warc", ".arc", ".warc.zst")
_MOST_ZIP_ENTRIES = 200_000
_MOST_ZIP_RATIO = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One thing found in what is to be imported: a page, or what is wrong with it."""

    name: str
    exchange: Exchange | None
    problem: str = ""
    has_own_time: bool = False
    """Whether the capture time is the source's own; else it is the file's, and says nothing."""
    file: str = ""
    place: str = ""
    """Where it stands in a WARC that is referenced and not copied; else empty."""
    offset: int = 0
    """How far into a long file (WARC, JSONL) it ends: an import may go on behind it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opener:
    """Finds the items in paths. Reads one at a time: a folder or a WARC of any size fits in memory."""

    warcs: ForeignWarcs
    store: Store
    most_bytes: int
    passed_over: Counter[str]
    own_address: Callable[[bytes, str], str] = reading.own_address
    """Tells the address that a page gives as its own."""
    choice: str = ""
    """What is wanted of the items (`Only.key`): how far a file was imported is remembered for each choice."""

    def items(self, path: Path) -> Iterator[Item]:
        """Everything at one path that was named by hand: what cannot be read is a failed item."""
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield _failed(str(path), _why(error))
            return
        if stat.S_ISDIR(mode):
            yield from self._folder(path)
        elif not stat.S_ISREG(mode):
            yield _failed(str(path), "not a file or folder that can be read to an end")
        elif reader := self._reader(path.name):
            yield from reader(path)
        else:
            yield from self._page_of_unknown_kind(path)

    def _folder(self, folder: Path) -> Iterator[Item]:
        for root, folders, files in os.walk(folder, onerror=None):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in sorted(files):
                path = Path(root, name)
                if name.startswith(".") or path.is_symlink() or not path.is_file():
                    self.passed_over["hidden files and links"] += 1
                elif reader := self._reader(name):
                    yield from reader(path)
                else:
                    self.passed_over[path.suffix or "no ending"] += 1

    def _reader(self, name: str) -> Callable[[Path], Iterator[Item]] | None:
        plain = name.lower().removesuffix(".gz")
        if plain.endswith(WARC_ENDINGS):
            return self._warc
        if plain.endswith((*PAGE_ENDINGS, *TEXT_ENDINGS)):
            return self._page
        if plain.endswith(LINES_ENDINGS):
            return self._lines
        return self._zip if plain.endswith(".zip") else None

    # ------------------------------------------------------------------------------------------ pages

    def _page(self, path: Path) -> Iterator[Item]:
        try:
            if path.stat().st_size > self.most_bytes:
                yield _failed(str(path), self._too_large(path.stat().st_size))
                return
            data, at = path.read_bytes(), _modified_at(path)
        except OSError as error:
            yield _failed(str(path), _why(error))
            return
        yield self._page_item(str(path), data, at)

    def _page_of_unknown_kind(self, path: Path) -> Iterator[Item]:
        """A file without a telling name, that somebody named by hand: its first bytes decide."""
        try:
            with path.open("rb") as file:
                start = file.read(1024)
        except OSError as error:
            yield _failed(str(path), _why(error))
            return
        if _is_warc(start):
            yield from self._warc(path)
        elif start.startswith(b"PK\x03\x04"):
            yield from self._zip(path)
        else:
            yield from self._page(path)

    def _page_item(self, name: str, data: bytes, at: datetime) -> Item:
        if name.lower().endswith(".gz") or data.startswith(b"\x1f\x8b"):
            data, problem = payload.gunzip(data, self.most_bytes)
            if problem:
                return _failed(name, self._too_large(None) if "limit" in problem else f"its gzip {problem}")
        if not data.strip():
            return _failed(name, "is empty")
        try:
            return self._read_item(name, data, at)
        except Exception as error:  # whatever one page does to its reader, the others are imported
            return _failed(name, f"cannot be read: {type(error).__name__}: {error}")

    def _read_item(self, name: str, data: bytes, at: datetime) -> Item:
        media_type = page_type(name.lower().removesuffix(".gz"), data)
        kind = reading.kind(media_type, data)
        if not kind:
            return _failed(name, "is no page: its bytes are those of another kind of file")
        if kind == "text" and archive_page.read_archive_page(payload.decode(data)[0]) is None:
            return _failed(
                name, "is a text without a headline and a line like “Published in PUBLISHER on DD - MM - YYYY”"
            )
        url = self.own_address(data, media_type) if kind == "html" else ""
        return Item(name=name, exchange=saved(name, url or _named_by_content(data), at, data, media_type))

    def _too_large(self, size: int | None) -> str:
        said = f"is {size:,} bytes" if size else "unpacks to more bytes"
        return f"{said}; the limit is {self.most_bytes:,} (raise limits.page_bytes in rawi.toml to import it)"

    # ------------------------------------------------------------------------------------- long files

    def _warc(self, path: Path) -> Iterator[Item]:
        cursor = _cursor(path, self.choice)
        for offset, found in self.warcs.read(path, after=self.store.cursor(cursor)):
            if isinstance(found, Fault) and found.is_passed_over:
                self.passed_over[found.reason] += 1
                continue
            if isinstance(found, Fault):
                yield replace(_failed(f"{path} at byte {found.offset}", found.reason), file=cursor, offset=offset)
                continue
            name = f"{path} at byte {offset}"
            try:
                exchange = replace(found, url=urls.clean(found.url))
            except BadInput as error:
                yield replace(_failed(name, str(error)), file=cursor, offset=offset)
                continue
            place = "" if exchange.revisit else self.warcs.place(path, offset)
            yield Item(name=name, exchange=exchange, has_own_time=True, place=place, file=cursor, offset=offset)

    def _lines(self, path: Path) -> Iterator[Item]:
        """A JSONL file: each line a page (`url`, `html`) or an article's fields (`url`, `title`, `text`)."""
        cursor = _cursor(path, self.choice)
        try:
            at = _modified_at(path)
            with path.open("rb") as file:
                if file.read(2) == b"\x1f\x8b":
                    yield _failed(str(path), "is packed JSONL: unpack it first (gunzip)")
                    return
                file.seek(self.store.cursor(cursor))
                yield from self._each_line(str(path), file, at, cursor)
        except OSError as error:
            yield _failed(str(path), _why(error))

    def _each_line(self, name: str, file: IO[bytes], at: datetime, cursor: str) -> Iterator[Item]:
        offset = file.tell()
        while line := file.readline(self.most_bytes + 1):
            start, offset = offset, offset + len(line)
            here = f"{name} at byte {start}"
            if len(line) > self.most_bytes:
                while line and not line.endswith(b"\n"):
                    line = file.readline(self.most_bytes)
                    offset += len(line)
                yield replace(_failed(here, self._too_large(offset - start)), file=cursor, offset=offset)
            elif line.strip():
                item = _line_item(here, line.strip().removeprefix(b"\xef\xbb\xbf"), at)
                yield replace(item, file=cursor, offset=offset)

    def _zip(self, path: Path) -> Iterator[Item]:
        try:
            with zipfile.ZipFile(path) as archive:
                entries = archive.infolist()
                if len(entries) > _MOST_ZIP_ENTRIES:
                    yield _failed(str(path), f"has {len(entries):,} entries; the limit is {_MOST_ZIP_ENTRIES:,}")
                    return
                for entry in entries:
                    yield from self._zipped(path, archive, entry)
        except (OSError, zipfile.BadZipFile, NotImplementedError) as error:
            yield _failed(str(path), f"cannot be read as a zip: {error}")

    def _zipped(self, path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Item]:
        name, plain = f"{path}: {entry.filename}", entry.filename.lower().removesuffix(".gz")
        if entry.is_dir() or PurePosixPath(entry.filename).name.startswith("."):
            return
        if not plain.endswith((*PAGE_ENDINGS, *TEXT_ENDINGS)):
            self.passed_over[PurePosixPath(entry.filename).suffix or "no ending"] += 1
        elif entry.file_size > self.most_bytes or entry.file_size > _MOST_ZIP_RATIO * max(entry.compress_size, 1000):
            yield _failed(name, self._too_large(entry.file_size))
        else:
            try:
                with archive.open(entry) as file:
                    data = file.read(self.most_bytes + 1)
                at = datetime(*entry.date_time, tzinfo=UTC)
            except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
                yield _failed(name, f"cannot be read: {error}")
                return
            yield self._page_item(name, data, at)


def _failed(name: str, problem: str) -> Item:
    return Item(name=name, exchange=None, problem=problem)


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "may not be read: give yourself read permission on it, and import it again"
    return "is not there" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror or error}"


def _modified_at(path: Path) -> datetime:
    """When a file was changed last; 1970 where its file system says a time that no calendar has."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (ValueError, OverflowError):
        return datetime.fromtimestamp(0, UTC)


def _cursor(path: Path, choice: str) -> str:
    """Names how far a file was imported; another when the file is another, or the choice of what is wanted of it."""
    try:
        found = path.stat()
    except OSError as error:
        raise BadInput(f"{path} {_why(error)}") from error
    parts = (str(path.resolve()), str(found.st_size), str(found.st_mtime_ns), *([choice] if choice else []))
    return f"import/{content_id(*parts)}"


def _is_warc(start: bytes) -> bool:
    """Whether a file of another name begins like a WARC or ARC file, packed or not."""
    if start.startswith(b"\x1f\x8b"):
        try:
            start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, 64)
        except zlib.error:
            return False
    return start.startswith((b"WARC/", b"filedesc://"))


def page_type(name: str, data: bytes) -> str:
    """The media type of a page in a file, by its first bytes and the ending of its name."""
    start = data[:2048].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<!--", b"<head", b"<body")):
        return "text/html"
    return "text/plain" if name.endswith(TEXT_ENDINGS) else "text/html"


def _named_by_content(data: bytes) -> str:
    """The address of what has none: the name of its bytes (RFC 6920)."""
    return f"ni:///sha-256;{sha256(data).hexdigest()}"


def saved(name: str, url: str, at: datetime, data: bytes, media_type: str) -> Exchange:
    return Exchange(
        url=url,
        at=at,
        status=200,
        request=b"",
        head=b"",
        body=data,
        media_type=media_type,
        purpose="article",
        source=f"import {clean(PurePosixPath(name).name)}",
    )


def _line_item(name: str, line: bytes, at: datetime) -> Item:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return _failed(name, f"is not JSON: {error}")
    if not isinstance(row, dict):
        return _failed(name, "is not a JSON object")
    html, said = row.get("html"), row.get("url")
    if not isinstance(html, str | None) or not isinstance(said, str | None):
        return _failed(name, "its url or html is not a text")
    if not html and not any(
        isinstance(row.get(key), str) for key in ("text", "body", "content", "maintext", "article_text")
    ):
        return _failed(name, "has neither html nor text")
    try:
        url = urls.clean(said) if said else _named_by_content(line)
    except BadInput as error:
        return _failed(name, str(error))
    fetched_at = _time(row.get("fetched_at"))
    body, media_type = (html.encode("utf-8", "replace"), HTML) if html else (line, reading.ARTICLE_JSON)
    exchange = saved(name, url, fetched_at or at, body, media_type)
    return Item(name=name, exchange=exchange, has_own_time=fetched_at is not None)


def _time(said: object) -> datetime | None:
    """When a line says that it was fetched; None when it does not say it to the minute and with a zone."""
    moment = dates.read_date(said) if isinstance(said, str) else None
    return moment.at if moment else None
