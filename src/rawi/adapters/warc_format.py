"""An exchange as WARC/1.1 records, one gzip member each, and back.

An exchange is a `response` record and, right behind it, its `request` and a `metadata` record that tells how it was
had; a page without a response's head is a `resource`, an answer that confirms an earlier capture a `revisit`. What the
standard's fields cannot say, or not exactly, is said again in fields of our own (`Rawi-…`), so that what is read equals
what was kept. Every value is percent-encoded to printable ASCII: none can begin a new
field.

Record ids are computed from all that an exchange says. A reader computes them again, so that an altered field is
found even where the gzip checksum was mended.
"""

import base64
import json
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import ip_address
from typing import IO, cast
from urllib.parse import quote_from_bytes, unquote_to_bytes
from uuid import UUID

from rawi.errors import CaptureError
from rawi.model import Exchange, Purpose, Reference

MEMBER_START = b"\x1f\x8b\x08\0\0\0\0\0"
"""How every gzip member that we write begins: no name, no time."""

_CHUNK = 64 * 1024
_LEVEL = 5  # on news pages as small as 6, and a quarter faster
_PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F))
_PLAIN = _PRINTABLE.replace("%", "")
_PLAIN_URI = _PRINTABLE.replace("<", "").replace(">", "")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_TOKEN = re.compile(r"[a-z0-9-]+")
_MEDIA_TYPE = re.compile(r"[!-~]+/[!-~]+(?: ?; ?[!-~]+)*")

# The body is kept with its transfer coding undone, so the stored head must not say that it still is in one: other
# readers would undo it again. The field is renamed as Common Crawl does; a field that already has that name gets
# one more prefix, so that taking one away always gives back the head as it came.
_TRANSFER = re.compile(rb"(?im)^(?:X-Crawler-)*Transfer-Encoding[ \t]*:")
_TRANSFER_RENAMED = re.compile(rb"(?im)^X-Crawler-((?:X-Crawler-)*Transfer-Encoding[ \t]*:)")


_PROFILES = "http://netpreserve.org/warc/1.1/revisit/"
_UNMODIFIED = _PROFILES + "server-not-modified"
_IDENTICAL = _PROFILES + "identical-payload-digest"


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in a file. Names of fields are in lower case; values of one name are parted by blanks."""

    fields: dict[str, str]
    block: bytes
    end: int
    """The offset behind it."""


# -------------------------------------------------------------------------------------------- writing


def pack_exchange(exchange: Exchange, software: str = "rawi", refers_to: str = "") -> bytes:
    """The gzip members of an exchange's records. `refers_to` is the record id of the capture that a revisit confirms,
    empty when it cannot be had."""
    ids = _record_ids(exchange)
    about = _about(exchange)
    others = [ids.request] * bool(exchange.request) + [ids.metadata] * bool(about)
    fields = [
        ("WARC-Type", _type(exchange)),
        ("WARC-Record-ID", ids.answer),
        *(("WARC-Concurrent-To", other) for other in others),
        *_common_fields(exchange),
        *_own_fields(exchange),
        *_revisit_fields(exchange, refers_to),
    ]
    stored_head = _TRANSFER.sub(rb"X-Crawler-\g<0>", exchange.head)
    fields.append(("Rawi-Head-Length", str(len(stored_head))))
    if not exchange.revisit and _others_see_the_body(stored_head):
        fields.append(("WARC-Payload-Digest", _digest(exchange.body)))
    fields.append(("Content-Type", _content_type(exchange)))
    packed = pack_record(fields, stored_head + exchange.body)
    if exchange.request:
        packed += _pack_request(exchange, ids)
    if about:
        packed += _pack_metadata(exchange, ids, [*about, ("software", software)])
    return packed


def pack_information(file_name: str, software: str, at: datetime) -> bytes:
    """The `warcinfo` that opens a file."""
    block = (
        f"software: {_told(software)}\r\nformat: WARC File Format 1.1\r\n"
        "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
    ).encode("ascii")
    fields = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", _urn(f"warcinfo {file_name} {_date(at)} {software}")),
        ("WARC-Date", _date(at)),
        ("WARC-Filename", _told(file_name)),
        ("Content-Type", "application/warc-fields"),
    ]
    return pack_record(fields, block)


def pack_record(fields: list[tuple[str, str]], block: bytes) -> bytes:
    """One record as one gzip member. Values must be ASCII without line ends."""
    told = [*fields, ("WARC-Block-Digest", _digest(block)), ("Content-Length", str(len(block)))]
    head = "".join(f"{name}: {value}\r\n" for name, value in told)
    packer = zlib.compressobj(_LEVEL, wbits=31)
    packed = [packer.compress(f"WARC/1.1\r\n{head}\r\n".encode("ascii")), packer.compress(block)]
    return b"".join([*packed, packer.compress(b"\r\n\r\n"), packer.flush()])


def _pack_request(exchange: Exchange, ids: "_Ids") -> bytes:
    fields = [
        ("WARC-Type", "request"),
        ("WARC-Record-ID", ids.request),
        ("WARC-Concurrent-To", ids.answer),
        *_common_fields(exchange),
    ]
    end = _HEAD_END.search(exchange.request)
    if end and end.end() == len(exchange.request):
        fields.append(("WARC-Payload-Digest", _digest(b"")))
    fields.append(("Content-Type", "application/http;msgtype=request"))
    return pack_record(fields, exchange.request)


def _pack_metadata(exchange: Exchange, ids: "_Ids", about: list[tuple[str, str]]) -> bytes:
    # Blanks may stand in a value here: people read it.
    lines = (f"{name}: {quote_from_bytes(_bytes(value), _PLAIN + ' ')}\r\n" for name, value in about)
    block = "".join(lines).encode("ascii")
    fields = [
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", ids.metadata),
        ("WARC-Concurrent-To", ids.answer),
        *_common_fields(exchange),
        ("Content-Type", "application/warc-fields"),
    ]
    return pack_record(fields, block)


def _about(exchange: Exchange) -> list[tuple[str, str]]:
    """How an exchange was had: names and values, as far as there is anything to say. Certificates: DER in base 64."""
    said = [("why", exchange.why), ("tls", exchange.tls), ("tls-problem", exchange.tls_problem)]
    said = [(name, value) for name, value in said if value]
    said += [("certificate", base64.b64encode(one).decode("ascii")) for one in exchange.certificates]
    if said and exchange.ip:
        said.append(("connected-to", exchange.ip))
    return said


def _type(exchange: Exchange) -> str:
    if exchange.revisit:
        return "revisit"
    return "response" if exchange.head else "resource"


def _revisit_fields(exchange: Exchange, refers_to: str) -> list[tuple[str, str]]:
    earlier = exchange.revisit
    if earlier is None:
        return []
    uri = quote_from_bytes(_bytes(earlier.url), _PLAIN_URI)
    return [
        ("WARC-Profile", _UNMODIFIED if exchange.status == 304 else _IDENTICAL),
        *([("WARC-Refers-To", refers_to)] if refers_to else []),
        ("WARC-Refers-To-Target-URI", uri),
        ("WARC-Refers-To-Date", _date(earlier.at)),
        ("WARC-Payload-Digest", f"sha256:{earlier.digest}"),
        ("Rawi-Refers-To-Place", _told(earlier.place)),
        *([] if uri == earlier.url else [("Rawi-Refers-To-URL", _told(earlier.url))]),
    ]


def _common_fields(exchange: Exchange) -> list[tuple[str, str]]:
    uri = quote_from_bytes(_bytes(exchange.url), _PLAIN_URI)
    fields = [("WARC-Date", _date(exchange.at)), ("WARC-Target-URI", uri)]
    if _is_address(exchange.ip):
        fields.append(("WARC-IP-Address", exchange.ip))
    return fields


def _own_fields(exchange: Exchange) -> list[tuple[str, str]]:
    """What the standard's fields do not say, or not in the same letters."""
    cut = exchange.truncated
    fields = []
    if cut:
        fields.append(("WARC-Truncated", cut if _TOKEN.fullmatch(cut) else "unspecified"))
    values = {
        "Rawi-Status": str(exchange.status),
        "Rawi-Purpose": exchange.purpose,
        "Rawi-Source": exchange.source,
        "Rawi-Publisher": exchange.publisher,
        "Rawi-Media-Type": exchange.media_type,
        "Rawi-URL": "" if quote_from_bytes(_bytes(exchange.url), _PLAIN_URI) == exchange.url else exchange.url,
        "Rawi-IP": "" if _is_address(exchange.ip) else exchange.ip,
        "Rawi-Truncated": "" if _TOKEN.fullmatch(cut) else cut,
    }
    return fields + [(name, _told(value)) for name, value in values.items() if value]


def _content_type(exchange: Exchange) -> str:
    if exchange.head or exchange.revisit:
        return "application/http;msgtype=response"
    return exchange.media_type if _MEDIA_TYPE.fullmatch(exchange.media_type) else "application/octet-stream"


def _others_see_the_body(stored_head: bytes) -> bool:
    """Whether a reader that looks for the first blank line finds the body where it begins."""
    end = _HEAD_END.search(stored_head)
    return not stored_head or (end is not None and end.end() == len(stored_head))


# -------------------------------------------------------------------------------------------- reading


def read_exchange(file: IO[bytes], offset: int) -> tuple[Exchange, int]:
    """The exchange whose first record begins at an offset, and the offset behind it; else CaptureError."""
    first = read_record(file, offset)
    if first.fields.get("warc-type") not in ("response", "resource", "revisit"):
        raise damage(file, offset, "no exchange begins here")
    others: dict[str, Record] = {}
    end = first.end
    for expected in first.fields.get("warc-concurrent-to", "").split():
        other = read_record(file, end)
        if other.fields.get("warc-record-id") != expected:
            raise damage(file, offset, "a record that belongs to it does not follow")
        others[other.fields.get("warc-type", "")] = other
        end = other.end
    try:
        exchange = _exchange(first, others)
        ids = _record_ids(exchange)
    except (KeyError, ValueError, OverflowError) as error:
        raise damage(file, offset, f"a field of the record is missing or altered ({error})") from error
    own = {"request": ids.request, "metadata": ids.metadata}
    if first.fields.get("warc-record-id") != ids.answer or any(
        own.get(kind) != other.fields["warc-record-id"] for kind, other in others.items()
    ):
        raise damage(file, offset, "what it says does not fit its own id: something was altered")
    return exchange, end


def read_record(file: IO[bytes], offset: int) -> Record:
    """The record that begins at an offset, whole and with its digests checked; else CaptureError."""
    data, end = _read_member(file, offset)
    head, blank, rest = data.partition(b"\r\n\r\n")
    if not head.startswith(b"WARC/1.1\r\n") or not blank:
        raise damage(file, offset, "no record begins here")
    fields: dict[str, str] = {}
    for line in head.decode("ascii", "replace").split("\r\n")[1:]:
        name, _, value = line.partition(": ")
        key = name.lower()
        fields[key] = f"{fields[key]} {value}" if key in fields else value
    if fields.get("content-length") != str(len(rest) - 4) or not rest.endswith(b"\r\n\r\n"):
        raise damage(file, offset, "its length is not what it says")
    block = rest[:-4]
    if fields.get("warc-block-digest") != _digest(block):
        raise damage(file, offset, "its digest does not fit: it was altered")
    return Record(fields, block, end)


def damage(file: IO[bytes], offset: int, reason: str) -> CaptureError:
    """The error that names a file and an offset."""
    return CaptureError(f"{file.name} at byte {offset}: {reason}; restore the file from a copy")


def _read_member(file: IO[bytes], offset: int) -> tuple[bytes, int]:
    file.seek(offset)
    unpacker = zlib.decompressobj(wbits=31)
    unpacked: list[bytes] = []
    end = offset
    while not unpacker.eof:
        packed = file.read(_CHUNK)
        if not packed:
            raise damage(file, offset, "the record is torn" if end > offset else "nothing is kept there")
        end += len(packed)
        try:
            unpacked.append(unpacker.decompress(packed))
        except zlib.error as error:
            raise damage(file, offset, f"the record was altered or is torn ({error})") from error
    return b"".join(unpacked), end - len(unpacker.unused_data)


def _exchange(record: Record, others: dict[str, Record]) -> Exchange:
    fields = record.fields
    cut = int(fields["rawi-head-length"])
    revisit = _reference(fields) if fields["warc-type"] == "revisit" else None
    if revisit is None and fields["warc-type"] != ("response" if cut else "resource"):
        raise ValueError("type")
    head = _TRANSFER_RENAMED.sub(rb"\g<1>", record.block[:cut])
    body = record.block[cut:]
    if not revisit and "warc-payload-digest" in fields and fields["warc-payload-digest"] != _digest(body):
        raise ValueError("payload digest")
    about = _read_about(others["metadata"].block) if "metadata" in others else {}
    return Exchange(
        url=_untold(fields["rawi-url"]) if "rawi-url" in fields else fields["warc-target-uri"],
        at=datetime.fromisoformat(fields["warc-date"]),
        status=int(fields["rawi-status"]),
        request=others["request"].block if "request" in others else b"",
        head=head,
        body=body,
        media_type=_untold(fields.get("rawi-media-type", "")),
        purpose=cast(Purpose, _untold(fields.get("rawi-purpose", ""))),
        source=_untold(fields.get("rawi-source", "")),
        publisher=_untold(fields.get("rawi-publisher", "")),
        ip=fields.get("warc-ip-address") or _untold(fields.get("rawi-ip", "")),
        truncated=_untold(fields.get("rawi-truncated", "")) or fields.get("warc-truncated", ""),
        why="".join(about.get("why", [])),
        tls="".join(about.get("tls", [])),
        tls_problem="".join(about.get("tls-problem", [])),
        certificates=tuple(base64.b64decode(one, validate=True) for one in about.get("certificate", [])),
        revisit=revisit,
    )


def _reference(fields: dict[str, str]) -> Reference:
    said = fields.get("rawi-refers-to-url")
    return Reference(
        place=_untold(fields["rawi-refers-to-place"]),
        url=_untold(said) if said is not None else fields["warc-refers-to-target-uri"],
        at=datetime.fromisoformat(fields["warc-refers-to-date"]),
        digest=fields["warc-payload-digest"].removeprefix("sha256:"),
    )


def _read_about(block: bytes) -> dict[str, list[str]]:
    about: dict[str, list[str]] = {}
    for line in block.decode("ascii").split("\r\n"):
        name, colon, value = line.partition(": ")
        if colon:
            about.setdefault(name, []).append(_untold(value))
    return about


# --------------------------------------------------------------------------------------------- values


@dataclass(frozen=True, slots=True)
class _Ids:
    """The ids of an exchange's records."""

    answer: str
    request: str
    metadata: str


def record_id(exchange: Exchange) -> str:
    """The id of the record that answers: what a revisit of it refers to."""
    return _record_ids(exchange).answer


def _record_ids(exchange: Exchange) -> _Ids:
    """Ids computed from all that an exchange says."""
    said: list[str | int] = [
        exchange.url,
        _date(exchange.at),
        exchange.status,
        *(sha256(part).hexdigest() for part in (exchange.request, exchange.head, exchange.body)),
        exchange.media_type,
        exchange.purpose,
        exchange.source,
        exchange.publisher,
        exchange.ip,
        exchange.truncated,
    ]
    # What says nothing of these has the id it had before they were told.
    said += [f"{name} {value}" for name, value in _about(exchange)]
    if earlier := exchange.revisit:
        said += [earlier.place, earlier.url, _date(earlier.at), earlier.digest]
    told = json.dumps(said)
    return _Ids(*(_urn(f"{kind} {told}") for kind in ("answer", "request", "metadata")))


def _urn(said: str) -> str:
    """A UUID of version 8 (made from a hash of our choice) as WARC writes ids."""
    number = int.from_bytes(sha256(said.encode("utf-8", "surrogatepass")).digest()[:16], "big")
    number = number & ~(0xF << 76) | 8 << 76
    number = number & ~(0x3 << 62) | 2 << 62
    return f"<urn:uuid:{UUID(int=number)}>"


def _digest(data: bytes) -> str:
    return f"sha256:{sha256(data).hexdigest()}"


def _date(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError(f"the time {at.isoformat()} of an exchange says no time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _is_address(ip: str) -> bool:
    try:
        ip_address(ip)
    except ValueError:
        return False
    return not set(ip) - set(_PRINTABLE)


def _bytes(text: str) -> bytes:
    # Names of files that are not UTF-8 reach us with lone surrogates in them; they come back the same way.
    return text.encode("utf-8", "surrogatepass")


def _told(text: str) -> str:
    return quote_from_bytes(_bytes(text), _PLAIN)


def _untold(value: str) -> str:
    return unquote_to_bytes(value).decode("utf-8", "surrogatepass")
