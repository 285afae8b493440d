"""The index of a capture file, as web archives' players read it (CDXJ): a convenience for others, never trusted by us.

A line is the address as a sort key (SURT), the time in 14 digits, and JSON. It can be drawn again from the capture file
at any time.
"""

import contextlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from rawi.adapters import warc_files as files
from rawi.adapters.disk import Disk, write_all
from rawi.adapters.warc_format import Record

INDEX = ".cdxj"
_PART = ".cdxj.part"

_STATUS = re.compile(rb"HTTP/[0-9.]+[ \t]+([0-9]{3})\b")
_TYPE = re.compile(rb"(?im)^Content-Type[ \t]*:[ \t]*([^\s;]+)")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def write_index(disk: Disk, folder: Path, name: str) -> None:
    """Writes the index of a closed file beside it, whole or not at all. Errors: OSError."""
    with (folder / (name + files.CLOSED)).open("rb") as file:
        told = "".join(f"{line}\n" for line in lines(file, name + files.CLOSED)).encode("utf-8")
    part = folder / (name + _PART)
    with contextlib.suppress(FileNotFoundError):
        disk.remove(part)  # a kill left it
    descriptor = disk.create(part)
    try:
        write_all(disk, descriptor, told, 0)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    disk.rename(part, folder / (name + INDEX))
    disk.sync_folder(folder)


def lines(file: IO[bytes], file_name: str) -> list[str]:
    """The sorted lines of all answers in a capture file; what is damaged in it has none."""
    return sorted(_lines(file, file_name))


def _lines(file: IO[bytes], file_name: str) -> Iterator[str]:
    for offset, record in files.records(file):
        if record.fields.get("warc-type") in ("response", "resource", "revisit"):
            yield _line(record, offset, file_name)


def _line(record: Record, offset: int, file_name: str) -> str:
    fields = record.fields
    url = fields.get("warc-target-uri", "")
    said = {
        "url": url,
        "mime": _media_type(record),
        "status": _status(record),
        "digest": fields.get("warc-payload-digest", ""),
        "length": str(record.end - offset),
        "offset": str(offset),
        "filename": file_name,
    }
    at = re.sub(r"[^0-9]", "", fields.get("warc-date", ""))[:14]
    return f"{sort_key(url)} {at} {json.dumps({name: value for name, value in said.items() if value})}"


def sort_key(url: str) -> str:
    """The address with its host turned round and what hardly ever matters left out; the address where it has none."""
    import surt

    try:
        return str(surt.surt(url))
    except Exception:  # it raises whatever an odd address makes its parts raise
        return url


def _media_type(record: Record) -> str:
    kind = record.fields["warc-type"]
    if kind == "revisit":
        return "warc/revisit"
    if kind == "resource":
        return re.split(r"[;\s]", record.fields.get("content-type", ""), maxsplit=1)[0]
    found = _TYPE.search(_head(record))
    return found[1].decode("ascii", "replace") if found else ""


def _status(record: Record) -> str:
    if record.fields["warc-type"] == "resource":
        return ""
    found = _STATUS.match(record.block)
    return found[1].decode("ascii") if found else ""


def _head(record: Record) -> bytes:
    end = _HEAD_END.search(record.block)
    return record.block[: end.end()] if end else b""
