"""The reading of one HTTP/1.1 response, byte for byte and within limits (RFC 9112). No I/O: bytes in, state out.

Nothing is guessed: what breaks the rules is a `MalformedResponse`, what ends early is marked. One connection carries
one request, so that what comes behind an answer is never taken for another's.
"""

import re
from dataclasses import dataclass, field
from io import BytesIO

MOST_HEAD = 2 * 1024 * 1024
"""Bytes of a head, of all its fields."""
MOST_FIELD = 64 * 1024
"""Bytes of one field's line."""
MOST_FIELDS = 400
MOST_INTERIM = 10
"""Responses with a status of 1xx before the one that counts."""
MOST_TRAILER = 64 * 1024
MOST_OVERHEAD = 256 * 1024
"""Bytes of chunks' sizes, extensions and line ends that may come beyond those of the content itself."""

_LONGEST_CHUNK_LINE = 32 * 1024
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/1\.[0-9] ([1-5][0-9]{2})(?: [^\r\n]*)?")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,16})[ \t]*(?:;.*)?", re.DOTALL)
_NUMBER = re.compile(rb"[0-9]{1,19}")
_LARGEST_CHUNK = 2**62
_WITHOUT_BODY = (204, 304)


class MalformedResponse(Exception):
    """What came is no HTTP response that could be kept; its text says why."""


@dataclass(slots=True)
class ResponseReader:
    """Reads one response to a GET. Feed it bytes until `is_over`, or tell it that no more will come.

    `head` is the final response's status line and fields as they came, with the closing blank line; `body` its content
    with the transfer coding undone, content codings kept, at most `most_bytes` of it; `truncated` says why it is not
    whole ("length", "disconnect"), or is empty.
    """

    most_bytes: int
    head: bytes = b""
    status: int = 0
    fields: list[tuple[str, bytes]] = field(default_factory=list)
    """Names in lower case, values as they came, in order."""
    length: int = 0
    """Bytes of the body so far."""
    truncated: str = ""
    is_over: bool = False
    # Gives its bytes away without a copy: a body as long as may be is in memory once.
    _body: BytesIO = field(default_factory=BytesIO)
    _buffer: bytearray = field(default_factory=bytearray)
    _searched: int = 0
    _interim: int = 0
    _is_chunked: bool = False
    _left: int | None = None
    """Bytes still to come of the body, or of the chunk; None: until the connection ends."""
    _is_at_chunk_end: bool = False
    _is_in_trailer: bool = False
    _overhead: int = 0

    @property
    def body(self) -> bytes:
        """The content so far."""
        return self._body.getvalue()

    @property
    def has_head(self) -> bool:
        """Whether the head of the final response is there."""
        return bool(self.head)

    def value(self, name: str) -> bytes:
        """The first field of a name (in lower case), empty when there is none."""
        return next((value for key, value in self.fields if key == name), b"")

    def feed(self, data: bytes) -> None:
        """Takes what came. MalformedResponse when it cannot be what it should be."""
        if self.is_over:
            return
        if self.head and not self._is_chunked:
            self._take_plain(data)
            return
        self._buffer += data
        while not self.head and self._read_head():
            pass
        if self.head and not self.is_over and self._buffer:
            self._take_rest()

    def end(self) -> None:
        """Takes the end of the connection. MalformedResponse when there was no whole head."""
        if self.is_over:
            return
        if not self.head:
            raise MalformedResponse(
                "the connection was closed without an answer"
                if not self._buffer
                else "the connection ended inside the head"
            )
        # Without a length the end of the connection is the end of the body.
        if self._is_chunked or self._left is not None:
            self.truncated = "disconnect"
        self.is_over = True

    # --------------------------------------------------------------------------------------------- head

    def _read_head(self) -> bool:
        """Reads a head if it is whole; says whether there may be another one behind it."""
        found = _HEAD_END.search(self._buffer, max(self._searched - 3, 0))
        if found is None:
            self._searched = len(self._buffer)
            self._check_head_so_far()
            return False
        head = bytes(self._buffer[: found.end()])
        status = _status(head)
        fields = _fields(head)
        del self._buffer[: found.end()]
        self._searched = 0
        if 100 <= status < 200:
            self._interim += 1
            if status == 101 or self._interim > MOST_INTERIM:
                raise MalformedResponse(
                    "it switches to another protocol" if status == 101 else "it has no end of interim responses"
                )
            return True
        self.head, self.status, self.fields = head, status, fields
        self._frame()
        return False

    def _check_head_so_far(self) -> None:
        if len(self._buffer) > MOST_HEAD:
            raise MalformedResponse(f"its head is longer than {MOST_HEAD:,} bytes")
        start = bytes(self._buffer[:5])
        if not b"HTTP/".startswith(start[:5]) and start != b"HTTP/":
            raise MalformedResponse("it begins with no status line of HTTP/1")
        if b"\n" not in self._buffer[-MOST_FIELD - 2 :] and len(self._buffer) > MOST_FIELD:
            raise MalformedResponse(f"a field of its head is longer than {MOST_FIELD:,} bytes")

    def _frame(self) -> None:
        """How long the body is (RFC 9112, section 6.3)."""
        if self.status in _WITHOUT_BODY:
            self.is_over = True
            return
        codings = [value.strip().lower() for key, value in self.fields if key == "transfer-encoding"]
        if codings and codings != [b"identity"]:
            if codings != [b"chunked"]:
                raise MalformedResponse(f"a transfer coding that nobody can undo: {b', '.join(codings)[:80]!r}")
            self._is_chunked = True  # it wins over a length
            return
        self._left = _length([value for key, value in self.fields if key == "content-length"])
        if self._left == 0:
            self._finish()
        if self.status == 206:
            self.truncated = "length"  # nobody asked for a part

    # --------------------------------------------------------------------------------------------- body

    def _take_rest(self) -> None:
        if self._is_chunked:
            self._read_chunks()
        else:
            data = bytes(self._buffer)
            self._buffer.clear()
            self._take_plain(data)

    def _take_plain(self, data: bytes) -> None:
        part = data if self._left is None else data[: self._left]
        self._add(part)
        if self._left is not None and not self.is_over:
            self._left -= len(part)
            if not self._left:
                self._finish()

    def _add(self, part: bytes) -> None:
        room = self.most_bytes - self.length
        self._body.write(part if len(part) <= room else memoryview(part)[:room])
        self.length += min(len(part), room)
        if len(part) > room:
            self._cut()

    def _cut(self) -> None:
        self.truncated = "length"
        self.is_over = True

    def _finish(self) -> None:
        self.is_over = True
        if self.status == 206:
            self.truncated = "length"

    def _read_chunks(self) -> None:
        """Undoes as much of the chunked coding as has come."""
        at = 0
        buffer = self._buffer
        while not self.is_over:
            if self._left:
                part = bytes(buffer[at : at + self._left])
                at += len(part)
                self._left -= len(part)
                self._add(part)
                self._is_at_chunk_end = not self._left
                if self._left or self.is_over:
                    break
                continue
            end = buffer.find(b"\n", at)
            if end < 0:
                break
            line = bytes(buffer[at:end]).rstrip(b"\r")
            self._spend(end + 1 - at)
            at = end + 1
            if not self.is_over:
                self._take_line(line)
        del buffer[:at]
        if len(buffer) > _LONGEST_CHUNK_LINE and not self.is_over:
            self._spend(len(buffer))
            if not self.is_over and not self._is_in_trailer:
                raise MalformedResponse("the line of a chunk's size has no end")

    def _spend(self, overhead: int) -> None:
        self._overhead += overhead
        most = MOST_TRAILER if self._is_in_trailer else MOST_OVERHEAD + self.length
        if self._overhead > most:
            self._cut()

    def _take_line(self, line: bytes) -> None:
        if self._is_in_trailer:
            if not line:
                self._finish()
            return
        if self._is_at_chunk_end:
            if line:
                raise MalformedResponse("a chunk is longer than it says")
            self._is_at_chunk_end = False
            return
        size = _CHUNK_SIZE.fullmatch(line)
        if size is None or int(size[1], 16) > _LARGEST_CHUNK:
            raise MalformedResponse(f"the size of a chunk is {line[:40]!r}")
        self._left = int(size[1], 16)
        if not self._left:
            self._is_in_trailer, self._overhead = True, 0


def _status(head: bytes) -> int:
    line = head.split(b"\n", 1)[0].rstrip(b"\r")
    found = _STATUS_LINE.fullmatch(line)
    if found is None:
        raise MalformedResponse(f"its status line is {line[:80]!r}")
    return int(found[1])


def _fields(head: bytes) -> list[tuple[str, bytes]]:
    """The fields of a head; a line without a colon is passed over, one that begins with a blank goes on."""
    fields: list[tuple[str, bytes]] = []
    lines = head.split(b"\n")[1:]
    if len(lines) > MOST_FIELDS + 2:
        raise MalformedResponse(f"its head has more than {MOST_FIELDS} fields")
    for raw in lines:
        line = raw.rstrip(b"\r")
        if len(line) > MOST_FIELD:
            raise MalformedResponse(f"a field of its head is longer than {MOST_FIELD:,} bytes")
        if b"\0" in line:
            raise MalformedResponse("there is a NUL in a field of its head")
        if line[:1] in (b" ", b"\t") and fields:
            name, value = fields[-1]
            fields[-1] = name, value + b" " + line.strip()
            continue
        name_bytes, colon, value = line.partition(b":")
        if colon:
            fields.append((name_bytes.strip().decode("latin-1").lower(), value.strip()))
    return fields


def _length(said: list[bytes]) -> int | None:
    """The one length that a head says; None when it says none."""
    if not said:
        return None
    values = {part.strip() for value in said for part in value.split(b",")}
    if len(values) > 1:
        raise MalformedResponse("it says different lengths")
    (value,) = values
    if not _NUMBER.fullmatch(value):
        raise MalformedResponse(f"its length is {value[:40]!r}")
    return int(value)
