"""WARC and ARC files that others made, as exchanges."""

import os
import re
import stat
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import IO
from urllib.parse import urlsplit

from rawi.adapters.warc_records import Record, Trouble, read_records
from rawi.adapters.warc_stream import Stream
from rawi.core import digests
from rawi.errors import CaptureError
from rawi.model import Exchange, Fault, Purpose, Reference

_MOST_ADDRESS = 8000
_MOST_HEAD = 256 * 1024
_MOST_SEEN = 100_000
_MOST_TYPE = 500
_FEED_TYPES = frozenset(
    {
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/rss+xml",
        "application/xml",
        "text/xml",
    }
)
_PASSED_OVER = frozenset({"warcinfo", "metadata", "conversion"})
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/[0-9](?:\.[0-9])?[ \t]+([1-9][0-9]{2})(?![0-9])")
_MEDIA_TYPE = re.compile(rb"(?im)^Content-Type[ \t]*:[ \t]*([^\r\n]*)")
_CHUNKED = re.compile(rb"(?im)^Transfer-Encoding[ \t]*:[^\r\n]*\bchunked\b")
_CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\r\n]{0,1000})?\r\n")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_IP = re.compile(r"[0-9A-Fa-f.:]{2,45}")
_TOKEN = re.compile(r"[a-z0-9-]{1,40}")
_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?[ ]?"
    r"(?:Z|z|UTC|([+-])([0-9]{2}):?([0-9]{2}))?)?)?)?"
)


_PLACE = re.compile(r"@([a-z0-9-]{1,40})/([^\0]{1,4000})@([0-9]{1,18})")
NO_FOLDERS: Mapping[str, Path] = MappingProxyType({})


class _Refused(Exception):
    """Why a sound record gives no exchange."""


class _PassedOver(_Refused):
    """It is of a kind that is never an answer of a publisher."""


_OTHER_SCHEMES = ("dns", "ftp", "mailto", "metadata", "pageinfo", "screenshot", "text", "thumbnail", "urn", "whois")
"""Of addresses under which other crawlers keep what no publisher answered: Heritrix its look-ups, wget its own
settings, browser crawlers their pictures and texts of pages."""


class WarcReader:
    """See `ports.ForeignWarcs`. Gives `response`, `resource` and `revisit` records of http(s) addresses.

    A record whose content is longer than `most_bytes` is a Fault. An archive's own capture files can be read too.
    Files below a folder of `referenced` (by name) have places: "@NAME/FILE@OFFSET".
    """

    def __init__(self, most_bytes: int = 20 * 1024 * 1024, referenced: Mapping[str, Path] = NO_FOLDERS) -> None:
        self._most_bytes = most_bytes
        self._referenced = {name: folder.resolve() for name, folder in referenced.items()}

    def read(self, path: Path, after: int = 0) -> Iterator[tuple[int, Exchange | Fault]]:
        last = after
        try:
            with _open(path) as file:
                stream, is_arc = _begin(file, after)
                found = read_records(stream, self._most_bytes, is_arc=is_arc)
                is_empty = True
                for offset, result in _Sorting(path).sort(found):
                    is_empty = False
                    if offset > after or after == 0:
                        last = offset
                        yield offset, result
                if is_empty and not stream.mark():
                    yield 0, Fault(file=str(path), offset=0, reason="it is empty")
        except OSError as error:
            yield last, Fault(file=str(path), offset=last, reason=f"it cannot be read ({error.strerror or error})")

    def missing(self) -> list[str]:
        return [f"referenced.{name} = {str(path)!r}" for name, path in self._referenced.items() if not path.is_dir()]

    def place(self, path: Path, offset: int) -> str:
        if not self._referenced:
            return ""  # asked for every record
        found = path.resolve()
        for name, folder in self._referenced.items():
            if found.is_relative_to(folder) and _is_text(str(found)) and _can_begin(found, offset):
                return f"@{name}/{found.relative_to(folder)}@{offset}"
        return ""

    def read_at(self, place: str) -> Exchange:
        with self._records_at(place) as (path, offset, found):
            for at, result in _Sorting(path).sort(found):
                if at == offset and isinstance(result, Exchange):
                    return result
                reason = result.reason if isinstance(result, Fault) else "there is another record"
                raise CaptureError(f"{path} at byte {offset}: {reason}")
        raise CaptureError(f"{path} at byte {offset}: there is no record")

    def record_id(self, place: str) -> str:
        """The WARC-Record-ID of what is at a place; empty when it has none or cannot be read."""
        try:
            with self._records_at(place) as (_, _, found):
                first = next(found, None)
        except CaptureError:
            return ""
        return first.fields.get("warc-record-id", "") if isinstance(first, Record) else ""

    @contextmanager
    def _records_at(self, place: str) -> Iterator[tuple[Path, int, Iterator[Record | Trouble]]]:
        path, offset = self._parted(place)
        try:
            with _open(path) as file:
                stream, is_arc = _begin(file, offset)
                yield path, offset, read_records(stream, self._most_bytes, is_arc=is_arc)
        except OSError as error:
            raise CaptureError(f"{path} cannot be read ({error.strerror or error})") from error

    def _parted(self, place: str) -> tuple[Path, int]:
        match = _PLACE.fullmatch(place)
        folder = self._referenced.get(match[1]) if match else None
        if match is None or folder is None:
            raise CaptureError(f"{place}: no folder of that name is among those of `referenced` in rawi.toml")
        path = (folder / match[2]).resolve()
        if not path.is_relative_to(folder):
            raise CaptureError(f"{place}: it leads out of {folder}")
        return path, int(match[3])


def _is_text(path: str) -> bool:
    """Whether a file's name can be written into a database: names are bytes, and may be in no charset."""
    try:
        return bool(path.encode("utf-8"))
    except UnicodeEncodeError:
        return False


def _can_begin(path: Path, offset: int) -> bool:
    """Whether reading can begin at a record: not within a file that is packed as one."""
    try:
        with _open(path) as file:
            stream = Stream(file)
            return stream.packing == "plain" or stream.has_member(offset)
    except OSError:
        return False


def read_foreign(path: Path) -> Iterator[Exchange | Fault]:
    """What a WARC or ARC file holds, in order."""
    return (found for _, found in WarcReader().read(path))


def _open(path: Path) -> IO[bytes]:
    """A regular file, open for reading; OSError for anything else, without waiting for a FIFO's writer."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "it is not a regular file")
    return os.fdopen(descriptor, "rb")


def _begin(file: IO[bytes], after: int) -> tuple[Stream, bool]:
    """The stream of a file, from an offset on where that can be found again; and whether it is an ARC file."""
    stream = Stream(file)
    is_arc = stream.want(11) and stream.buffer.startswith(b"filedesc://")
    if after and (stream.packing == "plain" or stream.has_member(after)):
        stream = Stream(file, after)
    return stream, is_arc


class _Sorting:
    """Makes exchanges of one file's records; a response waits for the request that may follow it."""

    def __init__(self, path: Path) -> None:
        self._file = str(path)
        self._source = f"import {os.fsencode(path.name).decode('utf-8', 'backslashreplace')}"
        self._waiting: tuple[Record, Exchange] | None = None
        self._request: Record | None = None
        self._seen: OrderedDict[int, tuple[str, datetime]] = OrderedDict()
        """Of what was given: address and time, by record id and by digest of the payload."""

    def sort(self, found: Iterator[Record | Trouble]) -> Iterator[tuple[int, Exchange | Fault]]:
        for each in found:
            if isinstance(each, Trouble):
                yield from self._flush()
                yield each.offset, self._fault(each.offset, each.reason)
            else:
                yield from self._take(each)
        yield from self._flush()

    def _take(self, record: Record) -> Iterator[tuple[int, Exchange | Fault]]:
        kind = record.fields.get("warc-type", "").lower()
        if kind == "request":
            if self._waiting and _belong(self._waiting[0], record):
                response, answered = self._waiting
                self._waiting = response, replace(answered, request=_head(record.block))
                yield from self._flush()
            else:
                yield from self._flush()
                self._request = record
            return
        request, self._request = self._request, None
        yield from self._flush()
        try:
            exchange = self._read(kind, record)
        except _Refused as error:
            fault = self._fault(record.offset, str(error))
            yield record.offset, replace(fault, is_passed_over=isinstance(error, _PassedOver))
            return
        if exchange is None:
            return
        if request and _belong(record, request):
            yield record.offset, replace(exchange, request=_head(request.block))
        else:
            # The record itself is kept without its block: only its fields are looked at later.
            self._waiting = Record(record.offset, record.fields, b""), exchange

    def _flush(self) -> Iterator[tuple[int, Exchange | Fault]]:
        if self._waiting:
            record, exchange = self._waiting
            self._waiting = None
            yield record.offset, exchange

    def _fault(self, offset: int, reason: str) -> Fault:
        return Fault(file=self._file, offset=offset, reason=reason)

    def _read(self, kind: str, record: Record) -> Exchange | None:
        """The exchange of a record; None for one that is rightly passed over."""
        if kind in ("response", "resource"):
            exchange = _exchange(record, self._source, is_response=kind == "response")
            self._remember(record.fields, exchange)
            return exchange
        if kind == "revisit":
            return _revisit(record, self._source, self._confirmed(record.fields))
        if kind == "continuation":
            raise _Refused("a continuation of a record that was cut in segments: segments are not joined")
        if kind not in _PASSED_OVER:
            raise _Refused(f"a record of the unknown type {kind[:40]!r}" if kind else "a record without a type")
        return None

    def _remember(self, fields: dict[str, str], exchange: Exchange) -> None:
        for name in _names_of_content(fields, "warc-record-id", exchange.url):
            self._seen.setdefault(hash(name), (exchange.url, exchange.at))
        while len(self._seen) > _MOST_SEEN:
            self._seen.popitem(last=False)

    def _confirmed(self, fields: dict[str, str]) -> Reference:
        """The capture whose content a revisit confirms: as it says itself, else as this file has shown."""
        date, digest = fields.get("warc-refers-to-date", ""), fields.get("warc-payload-digest", "")
        own = fields.get("warc-target-uri", "")
        if date:
            url = fields.get("warc-refers-to-target-uri", own)
            return Reference(place="", url=_address(url), at=_time(date), digest=digest)
        for name in _names_of_content(fields, "warc-refers-to", _address(own)):
            if known := self._seen.get(hash(name)):
                return Reference(place="", url=known[0], at=known[1], digest=digest)
        if digests.unpacked(digest):
            # An earlier answer of the same address, in another file or before the place where reading began.
            return Reference(place="", url=_address(own), at=_time(fields.get("warc-date", "")), digest=digest)
        raise _Refused("a revisit that does not say of what, and this file does not show it before")


def _belong(response: Record, request: Record) -> bool:
    """Whether a request is that of a response."""
    asked, answered = request.fields, response.fields
    if "warc-concurrent-to" in asked or "warc-concurrent-to" in answered:
        one, other = asked.get("warc-concurrent-to"), answered.get("warc-concurrent-to")
        return one == answered.get("warc-record-id", "") or other == asked.get("warc-record-id", "")
    return all(asked.get(name) == answered.get(name) for name in ("warc-target-uri", "warc-date"))


def _names_of_content(fields: dict[str, str], id_field: str, url: str) -> list[object]:
    """What a content can be known by: the id of its record, the digest of its payload (in whatever base), first that
    of the same address: many answers have no content at all."""
    digest = digests.unpacked(fields.get("warc-payload-digest", ""))
    names: list[object] = [fields[id_field]] if fields.get(id_field) else []
    return [*names, (url, digest), digest] if digest else names


def _revisit(record: Record, source: str, confirmed: Reference) -> Exchange:
    """An answer whose body was left out because an earlier capture has it; some writers leave out its head, too."""
    status, head = 200, b""
    if _STATUS_LINE.match(record.block):
        status, head, _ = _parts(record.block)
    # What is said of its payload is said of the earlier capture's.
    own = {name: said for name, said in record.fields.items() if name not in ("warc-payload-digest", "warc-truncated")}
    whole = _exchange(Record(record.offset, own, b""), source, is_response=False)
    return replace(whole, status=status, head=head, media_type=_media_type(head, {}), revisit=confirmed)


def _exchange(record: Record, source: str, *, is_response: bool) -> Exchange:
    fields = record.fields
    url = _address(fields.get("warc-target-uri", ""))
    at = _time(fields.get("warc-date", ""))
    cut = _truncated(fields)
    status, head, raw = _parts(record.block) if is_response else (200, b"", record.block)
    body, is_cut = _without_chunks(head, raw)
    said = fields.get("warc-payload-digest", "")
    # Some writers take the digest before the transfer coding is undone, some after.
    if not cut and digests.fits(said, raw) is False and digests.fits(said, body) is False:
        raise _Refused(f"its payload does not fit its digest ({said[:120]})")
    media_type = _media_type(head, fields)
    ip = fields.get("warc-ip-address", "")
    return Exchange(
        url=url,
        at=at,
        status=status,
        request=b"",
        head=head,
        body=body,
        media_type=media_type,
        purpose=_purpose(url, media_type),
        source=source,
        ip=ip if _IP.fullmatch(ip) else "",
        truncated=cut or ("disconnect" if is_cut else ""),
    )


def _address(said: str) -> str:
    url = said.strip().removeprefix("<").removesuffix(">").strip()
    scheme = url.partition(":")[0].lower()
    if scheme in _OTHER_SCHEMES:
        raise _PassedOver(f"record of {scheme}:")
    if not url.lower().startswith(("http://", "https://")):
        raise _Refused(f"its address {url[:100]!r} is not one of http or https" if url else "it has no address")
    if len(url) > _MOST_ADDRESS:
        raise _Refused(f"its address of {len(url):,} characters is too long")
    if _CONTROL.search(url):
        raise _Refused(f"its address {url[:100]!r} has control characters in it")
    try:
        host = urlsplit(url).hostname
    except ValueError as error:
        raise _Refused(f"its address {url[:100]!r} cannot be read ({error})") from error
    if not host:
        raise _Refused(f"its address {url[:100]!r} names no host")
    return url.replace(" ", "%20")


def _time(said: str) -> datetime:
    match = _DATE.fullmatch(said.strip())
    if not match:
        raise _Refused(f"its WARC-Date {said[:40]!r} cannot be read" if said else "it has no WARC-Date")
    year, month, day, hour, minute, second, fraction, sign, off_hours, off_minutes = match.groups()
    try:
        at = datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            min(int(second or 0), 59),  # a leap second
            int((fraction or "").ljust(6, "0")[:6]),
            tzinfo=UTC,
        )
        off = timedelta(hours=int(off_hours or 0), minutes=int(off_minutes or 0))
        return at + off if sign == "-" else at - off
    except (ValueError, OverflowError) as error:
        raise _Refused(f"its WARC-Date {said[:40]!r} is no time ({error})") from error


def _truncated(fields: dict[str, str]) -> str:
    if "warc-segment-number" in fields:
        return "length"
    said = fields.get("warc-truncated", "").strip().lower()
    return said if not said or _TOKEN.fullmatch(said) else "unspecified"


def _parts(block: bytes) -> tuple[int, bytes, bytes]:
    """Status, head and body of a response; one that was kept without its head counts as 200."""
    if not block.startswith(b"HTTP/"):
        return 200, b"", block
    status = _STATUS_LINE.match(block)
    if not status:
        raise _Refused(f"its status line {block[:40]!r} cannot be read")
    end = _BLANK_LINE.search(block, 0, _MOST_HEAD)
    if not end:
        if len(block) > _MOST_HEAD:
            raise _Refused(f"the head of its response takes more than {_MOST_HEAD:,} bytes")
        return int(status[1]), block, b""
    return int(status[1]), block[: end.end()], block[end.end() :]


def _head(block: bytes) -> bytes:
    """A request's line and fields."""
    end = _BLANK_LINE.search(block, 0, _MOST_HEAD)
    return block[: end.end()] if end else block[:_MOST_HEAD]


def _without_chunks(head: bytes, raw: bytes) -> tuple[bytes, bool]:
    """The body with a chunked coding undone, if it really is in one; and whether it broke off."""
    if not _CHUNKED.search(head):
        return raw, False
    parts: list[bytes] = []
    at = 0
    while line := _CHUNK_LINE.match(raw, at):
        size = int(line[1], 16)
        if size == 0:
            return b"".join(parts), False
        part = raw[line.end() : line.end() + size]
        parts.append(part)
        at = line.end() + size
        if len(part) < size or raw[at:] in (b"", b"\r"):
            return b"".join(parts), True
        if raw[at : at + 2] != b"\r\n":
            return raw, False
        at += 2
    if parts and len(raw) - at < 20 and re.fullmatch(rb"[0-9A-Fa-f]*\r?", raw[at:]):
        return b"".join(parts), True
    return raw, False


def _media_type(head: bytes, fields: dict[str, str]) -> str:
    if head:
        said = _MEDIA_TYPE.search(head)
        try:
            text = said[1].decode("utf-8") if said else ""
        except UnicodeDecodeError:
            text = said[1].decode("latin-1") if said else ""
    else:
        text = fields.get("content-type", "")
        if text.lower().startswith("application/http"):
            text = ""
    return _CONTROL.sub(" ", text).strip()[:_MOST_TYPE]


def _purpose(url: str, media_type: str) -> Purpose:
    bare = media_type.partition(";")[0].strip().lower()
    if urlsplit(url).path == "/robots.txt":
        return "robots"
    if bare.startswith("image/"):
        return "picture"
    return "feed" if bare in _FEED_TYPES else "article"
