"""The records of a WARC or ARC file, one after the other, and what is wrong between them.

A record is given only when it is whole: its length leads to the line ends that close it and to the next record (or the
end), its digest fits if it has one, and the gzip member it ends in is sound. Where that fails, the place is named and
reading goes on at the next record that can be found.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rawi.adapters.warc_stream import ARC_LINE, Stream
from rawi.core import digests

_VERSIONS = (b"0.17", b"0.18", b"1.0", b"1.1")
_MOST_HEAD = 256 * 1024
_MOST_BLANK = 1024
_MOST_REREAD = 4 * 1024**3
"""Bytes that may be gone through again in search of a next record: ends files made to be read without end."""

_VERSION = re.compile(rb"WARC/([0-9]{1,3}\.[0-9]{1,3})[ \t]*\r?\n")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_NEXT_WARC = re.compile(rb"WARC/[0-9]\.[0-9]{1,2}[ \t]*\r?\n[A-Za-z-]{1,60}[ \t]*:")
_NEXT_ARC = re.compile(rb"(?<=\n)" + ARC_LINE.pattern)
_LONGEST_BEGINNING = 12_000


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record. Names of fields are in lower case; of repeated fields the first is kept."""

    offset: int
    fields: dict[str, str]
    block: bytes


@dataclass(frozen=True, slots=True)
class Trouble:
    """A place where no record could be read, and why."""

    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Broken:
    """Why what begins here is no whole record; the search for the next begins behind `searched` bytes."""

    reason: str
    searched: int = 1


@dataclass(frozen=True, slots=True)
class _PassedOver:
    """Why a record was not read, though its end was found; the stream is there already."""

    reason: str


@dataclass(frozen=True, slots=True)
class _Framed:
    """A record whose frame holds: where its block begins and ends, and where the next record may begin."""

    fields: dict[str, str]
    start: int
    end: int
    following: int


def read_records(stream: Stream, most_bytes: int, *, is_arc: bool) -> Iterator[Record | Trouble]:
    """All records in order. Blocks longer than `most_bytes` are passed over and named."""
    reread = 0
    while _skip_blank(stream):
        offset = stream.mark()
        framed = _frame_arc(stream, most_bytes) if is_arc else _frame_warc(stream, most_bytes)
        if isinstance(framed, _Framed):
            yield _judge(stream, framed, offset)
            stream.drop(framed.following)
            continue
        if isinstance(framed, _PassedOver):
            yield Trouble(offset, framed.reason)
            continue
        yield Trouble(offset, framed.reason)
        reread += len(stream.buffer)
        if reread > _MOST_REREAD:
            yield Trouble(offset + 1, "the file is too damaged: the rest of it was not read")
            return
        if not _go_on(stream, framed, _NEXT_ARC if is_arc else _NEXT_WARC):
            return


def _skip_blank(stream: Stream) -> bool:
    """Goes to the next byte that is no line end; False when there is none. Damage counts as a byte."""
    while stream.want(1):
        blank = len(stream.buffer) - len(stream.buffer.lstrip(b"\r\n"))
        if blank < len(stream.buffer):
            stream.drop(blank)
            return True
        stream.drop(blank)
    return bool(stream.damage)


def _go_on(stream: Stream, broken: _Broken, beginning: re.Pattern[bytes]) -> bool:
    """Goes to the next thing that looks like the beginning of a record, or to damage that was not told yet.

    What was unpacked of a damaged member is not searched: a page may hold something that looks like a record.
    """
    if stream.damage and broken.reason == stream.damage:
        return stream.past_damage()
    stream.drop(broken.searched)
    while True:
        found = beginning.search(stream.buffer)
        if found and (not stream.damage or stream.is_finished(found.start() + 1)):
            stream.drop(found.start())
            return True
        if stream.damage:
            stream.drop(len(stream.buffer))
            return True
        stream.drop(max(0, len(stream.buffer) - _LONGEST_BEGINNING))
        if not stream.want(len(stream.buffer) + 1) and not stream.damage:
            return False


def _judge(stream: Stream, framed: _Framed, offset: int) -> Record | Trouble:
    block = bytes(memoryview(stream.buffer)[framed.start : framed.end])
    said = framed.fields.get("warc-block-digest", "")
    # Of a revisit some writers keep the digest that its block would have had with the content left out.
    is_revisit = framed.fields.get("warc-type", "").lower() == "revisit"
    if not is_revisit and digests.fits(said, block) is False:
        return Trouble(offset, f"its block does not fit its digest ({said[:120]}): it was altered or torn")
    return Record(offset, framed.fields, block)


# ---------------------------------------------------------------------------------------------- WARC


def _frame_warc(stream: Stream, most_bytes: int) -> _Framed | _PassedOver | _Broken:
    if not stream.want(5) or stream.buffer[:5] != b"WARC/":
        return _Broken(_why_nothing(stream, "no WARC record begins here", 5))
    head_end = _find_head_end(stream)
    version = _VERSION.match(stream.buffer)
    if head_end is None or version is None:
        return _Broken(_why_no_head(stream))
    fields = _fields(bytes(stream.buffer[version.end() : head_end]))
    length = _length(fields.get("content-length", ""))
    if length is None:
        said = fields.get("content-length")
        return _Broken(f"its Content-Length is {said[:40]!r}" if said else "it has no Content-Length", head_end)
    if length > most_bytes:
        return _pass_over(stream, head_end, length, most_bytes, b"\r\n\r\nWARC/")
    return _close_warc(stream, fields, head_end, length, version[1])


def _close_warc(stream: Stream, fields: dict[str, str], start: int, length: int, version: bytes) -> _Framed | _Broken:
    """Looks at what closes a record and at what follows it."""
    end = start + length
    stream.want(end + 4)
    if len(stream.buffer) < end + 4 and (len(stream.buffer) < end or not stream.buffer[end:].strip(b"\r\n")):
        return _Broken(stream.damage or "the file ends inside the record: it is torn or its length too large", start)
    following = end + _blank_behind(stream, end)
    if stream.damage and not stream.is_finished(following):
        return _Broken(stream.damage, start)
    is_closed = stream.buffer[end : end + 4] == b"\r\n\r\n" and _begins(stream, following, b"WARC/")
    if not is_closed and not digests.fits(fields.get("warc-block-digest", ""), bytes(stream.buffer[start:end])):
        return _Broken("its Content-Length does not lead to its end", start)
    if version not in _VERSIONS:
        return _Broken(f"WARC/{version.decode()} is no version that is read here", following)
    return _Framed(fields, start, end, following)


def _find_head_end(stream: Stream) -> int | None:
    searched = 0
    while searched < _MOST_HEAD:
        found = _BLANK_LINE.search(stream.buffer, max(0, searched - 3))
        if found:
            return found.end()
        searched = len(stream.buffer)
        if not stream.want(searched + 1):
            return None
    return None


def _why_no_head(stream: Stream) -> str:
    if len(stream.buffer) >= _MOST_HEAD:
        return f"its fields take more than {_MOST_HEAD:,} bytes"
    if _BLANK_LINE.search(stream.buffer):
        return "its first line names no version of WARC"
    return stream.damage or "the file ends inside the fields of the record: it is torn"


def _why_nothing(stream: Stream, reason: str, least: int) -> str:
    return stream.damage if len(stream.buffer) < least and stream.damage else reason


def _fields(head: bytes) -> dict[str, str]:
    """The fields of a head; lines that begin with a blank go on with the line before."""
    fields: dict[str, str] = {}
    unfolded = re.sub(rb"\r?\n[ \t]+", b" ", head)
    for line in unfolded.split(b"\n"):
        name, colon, value = line.partition(b":")
        if not colon:
            continue
        key, text = name.strip().decode("latin-1").lower(), _text(value.strip())
        if key == "content-length" and fields.get(key, text) != text:
            fields[key] = f"{fields[key]} and {text}"  # no number: nobody knows which is right
        fields.setdefault(key, text)
    return fields


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _length(said: str) -> int | None:
    return int(said) if re.fullmatch("[0-9]{1,19}", said) else None


def _pass_over(stream: Stream, start: int, length: int, most_bytes: int, closing: bytes) -> _PassedOver | _Broken:
    """A record too long to be held: goes to its end where that can be believed."""
    reason = f"a record of {length:,} bytes is larger than the limit of {most_bytes:,}"
    ahead = stream.look_ahead(start + length, len(closing))
    if ahead is None or (ahead and closing.startswith(ahead)):
        stream.skip_in_member(start + length)
        return _PassedOver(reason)
    return _Broken(f"{reason}, or its Content-Length is wrong", start)


def _blank_behind(stream: Stream, end: int) -> int:
    """How many bytes of line ends follow."""
    while True:
        behind = stream.buffer[end : end + _MOST_BLANK]
        blank = len(behind) - len(behind.lstrip(b"\r\n"))
        if blank < len(behind) or blank >= _MOST_BLANK or not stream.want(end + blank + 1):
            return blank


def _begins(stream: Stream, at: int, beginning: bytes) -> bool:
    """Whether the next record begins there, or nothing more comes."""
    stream.want(at + len(beginning))
    found = bytes(stream.buffer[at : at + len(beginning)])
    return found == beginning or (beginning.startswith(found) and len(stream.buffer) < at + len(beginning))


# ----------------------------------------------------------------------------------------------- ARC


def _frame_arc(stream: Stream, most_bytes: int) -> _Framed | _PassedOver | _Broken:
    stream.want(_LONGEST_BEGINNING)
    line = ARC_LINE.match(stream.buffer)
    if line is None:
        return _Broken(_why_nothing(stream, "no ARC record begins here", _LONGEST_BEGINNING))
    length = _length(line[5].decode())
    if length is None:
        return _Broken(f"its length is {line[5].decode()!r}", line.end())
    if length > most_bytes:
        return _pass_over(stream, line.end(), length, most_bytes, b"\n")
    end = line.end() + length
    # The opening record counts its closing line end in or leaves it out, as its writer liked.
    closing = 0 if line[1].startswith(b"filedesc:") else 1
    if not stream.want(end + closing):
        return _Broken(
            stream.damage or "the file ends inside the record: it is torn or its length too large", line.end()
        )
    following = end + _blank_behind(stream, end)
    if stream.damage and not stream.is_finished(following):
        return _Broken(stream.damage, line.end())
    goes_on = stream.want(following + _LONGEST_BEGINNING)
    is_last = not goes_on and b"\n" not in stream.buffer[following:]  # nothing follows, or a line that is torn itself
    if following < end + closing or not (is_last or ARC_LINE.match(stream.buffer, following)):
        return _Broken("its length does not lead to its end", line.end())
    return _Framed(_arc_fields(line), line.end(), end, following)


def _arc_fields(line: re.Match[bytes]) -> dict[str, str]:
    """An ARC record's line in the words of WARC."""
    address, date = _text(line[1]), line[3].decode()
    is_opening = address.lower().startswith("filedesc:")
    return {
        "warc-type": "warcinfo" if is_opening else "response",
        "warc-target-uri": address,
        "warc-ip-address": line[2].decode(),
        "warc-date": f"{date[:4]}-{date[4:6]}-{date[6:8]}T{date[8:10]}:{date[10:12]}:{date[12:14]}Z",
        "content-type": _text(line[4]),
    }
