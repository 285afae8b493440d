"""The bytes of a WARC or ARC file with its packing undone: plain, gzip of any number of members, or zstd frames.

Neither warcio nor fastwarc tells a torn gzip member from a whole one, so the ends of members are watched here. A member
whose end or checksum is missing is damage: nothing comes after it until `past_damage` has found the next one.
"""

import os
import re
import struct
import zlib
from collections import deque
from typing import IO, Any

import zstandard

ARC_LINE = re.compile(
    rb"([a-z][a-z0-9+.-]*:[^\r\n]{0,8000}?) ([0-9A-Fa-f.:]{2,45}) ([0-9]{8,18})"
    rb" ([^\r\n]{0,2000}?) (-?[0-9a-z]{1,18})\r?\n"
)
"""The line that begins a record of an ARC file: address, IP, date, type (in version 2 more fields), length."""

_BEGINNING = re.compile(rb"WARC/[0-9]|" + ARC_LINE.pattern)
_GZIP = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_MOST_DICTIONARY = 16 * 1024 * 1024
_MOST_WINDOW = 128 * 1024 * 1024

# How much is unpacked in one step: gzip packs a thousand to one at best, zstd 128 KiB to four bytes.
_STEP = {"plain": 64 * 1024, "gzip": 16 * 1024, "zstd": 512}
_SEARCH = 1024 * 1024
_MOST_MEMBERS = 10_000


class Stream:
    """Unpacked bytes, looked at in `buffer` and dropped when done with."""

    def __init__(self, file: IO[bytes], start: int = 0) -> None:
        self.buffer = bytearray()
        self.damage = ""
        """Why no more bytes come although the file has not ended; empty when nothing is wrong."""
        self._file = file
        self._dictionary: zstandard.ZstdCompressionDict | None = None
        self.packing = self._detect()
        self._offset = start
        self._unpacker: Any = None
        self._dropped = 0
        self._finished = 0
        self._members: deque[tuple[int, int]] = deque([(0, start)])
        self._marked = (-1, -1)
        self._marks_in_member = 0

    def want(self, count: int) -> bool:
        """Whether that many bytes are in the buffer, after trying."""
        while len(self.buffer) < count:
            if not self._unpack():
                return False
        return True

    def drop(self, count: int) -> None:
        """Done with the first bytes of the buffer."""
        count = min(count, len(self.buffer))
        del self.buffer[:count]
        self._dropped += count

    def mark(self) -> int:
        """The offset of the buffer's first byte; see `ports.ForeignWarcs` for what it means in a packed file."""
        if self.packing == "plain":
            return self._members[0][1] + self._dropped
        if self._marked[0] != self._dropped:
            while len(self._members) > 1 and self._members[1][0] <= self._dropped:
                self._members.popleft()
                self._marks_in_member = 0
            self._marked = (self._dropped, self._members[0][1] + self._marks_in_member)
            self._marks_in_member += 1
        return self._marked[1]

    def is_finished(self, count: int) -> bool:
        """Whether the first bytes of the buffer are from members that were unpacked to their sound end."""
        return self.packing == "plain" or self._dropped + count <= self._finished

    def skip_in_member(self, count: int) -> bool:
        """Drops that many bytes, but none behind the end of the member; whether there were enough."""
        if self.packing == "plain":
            return self._skip_plain(count)
        while count:
            if not self.buffer and (self._unpacker is None or not self._unpack()):
                return False
            following = next((at for at, _ in self._members if at > self._dropped), None)
            here = len(self.buffer) if following is None else min(len(self.buffer), following - self._dropped)
            if not self.buffer:
                continue
            self.drop(min(count, here))
            count -= min(count, here)
            if count and following == self._dropped:
                return False
        return True

    def look_ahead(self, distance: int, count: int) -> bytes | None:
        """Some bytes of a plain file far ahead, without reading what is between; None in a packed file."""
        if self.packing != "plain":
            return None
        offset = self.mark() + distance
        if offset >= os.fstat(self._file.fileno()).st_size:
            return b""  # file systems refuse to seek too far
        self._file.seek(offset)
        return self._file.read(count)

    def past_damage(self) -> bool:
        """Goes to the next sound member behind the damage, if there is one."""
        self.drop(len(self.buffer))
        magic = _GZIP if self.packing == "gzip" else _ZSTD
        offset = (self._members[-1][1] if self._unpacker is not None else self._offset) + 1
        self._unpacker = None
        self._marked = (-1, -1)
        while True:
            self._file.seek(offset)
            data = self._file.read(_SEARCH)
            found = data.find(magic)
            if found >= 0 and self._begins_a_record(offset + found):
                self.damage = ""
                self._offset = offset + found
                return True
            if found < 0 and len(data) < _SEARCH:
                return False
            offset += found + 1 if found >= 0 else _SEARCH - len(magic) + 1

    def has_member(self, offset: int) -> bool:
        """Whether a member begins at an offset, and a record in it."""
        self._file.seek(offset)
        magic = _GZIP if self.packing == "gzip" else _ZSTD
        return self._file.read(len(magic)) == magic and self._begins_a_record(offset)

    # ---------------------------------------------------------------------------------------- unpacking

    def _detect(self) -> str:
        self._file.seek(0)
        beginning = self._file.read(8)
        if beginning.startswith(_GZIP):
            return "gzip"
        if beginning.startswith(_DICTIONARY):
            self._read_dictionary(beginning)
        return "zstd" if beginning.startswith(_ZSTD) or _SKIPPABLE.match(beginning) else "plain"

    def _read_dictionary(self, beginning: bytes) -> None:
        length = _length_of_skippable(beginning)
        if length > _MOST_DICTIONARY:
            return
        data = self._file.read(length)
        try:
            if data.startswith(_ZSTD):
                unpacker = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW)
                data = unpacker.decompress(data, max_output_size=_MOST_DICTIONARY)
            self._dictionary = zstandard.ZstdCompressionDict(data)
        except (zstandard.ZstdError, ValueError, MemoryError):
            self._dictionary = None  # frames that need it will say so

    def _new_unpacker(self) -> Any:
        if self.packing == "gzip":
            return zlib.decompressobj(wbits=31)
        return zstandard.ZstdDecompressor(self._dictionary, max_window_size=_MOST_WINDOW).decompressobj()

    def _unpack(self) -> bool:
        """Unpacks one step more; False at the end of the file and at damage."""
        if self.damage or (self._unpacker is None and not self._begin()):
            return False
        packed = self._read_step()
        if self.packing == "plain":
            self.buffer += packed
            return bool(packed)
        if not packed:
            self.damage = f"the file ends inside a {self._member()}: it is torn"
            return False
        try:
            self.buffer += self._unpacker.decompress(packed)
        except (zlib.error, zstandard.ZstdError) as error:
            self.damage = f"a {self._member()} is damaged ({error})"
            return False
        if self._unpacker.eof:
            self._offset -= len(self._unpacker.unused_data)
            self._unpacker = None
            self._finished = self._dropped + len(self.buffer)
        return True

    def _begin(self) -> bool:
        """Begins the next member; True at once in a plain file."""
        if self.packing == "plain":
            return True
        while beginning := self._peek(8):
            if beginning.startswith(_GZIP if self.packing == "gzip" else _ZSTD):
                self._unpacker = self._new_unpacker()
                self._note_member(self._dropped + len(self.buffer))
                return True
            if self.packing == "zstd" and len(beginning) == 8 and _SKIPPABLE.match(beginning):
                self._offset += 8 + _length_of_skippable(beginning)
            elif not beginning.strip(b"\0"):
                self._skip_zeros()
            else:
                self.damage = f"there are bytes that are no {self._member()}"
                self._note_member(self._dropped + len(self.buffer))
                return False
        return False

    def _note_member(self, position: int) -> None:
        while len(self._members) > 1 and self._members[-1][0] == position:
            self._members.pop()  # an empty one: nothing in the buffer is from it
        if len(self._members) < _MOST_MEMBERS:  # more only in a file that was made to fill our memory
            self._members.append((position, self._offset))

    def _skip_zeros(self) -> None:
        """Files are padded with zeros here and there."""
        while data := self._peek(_SEARCH):
            rest = data.lstrip(b"\0")
            self._offset += len(data) - len(rest)
            if rest:
                return

    def _read_step(self) -> bytes:
        packed = self._peek(_STEP[self.packing])
        self._offset += len(packed)
        return packed

    def _peek(self, count: int) -> bytes:
        self._file.seek(self._offset)
        return self._file.read(count)

    def _skip_plain(self, count: int) -> bool:
        here = min(count, len(self.buffer))
        self.drop(here)
        self._offset += count - here
        self._dropped += count - here
        return True

    def _begins_a_record(self, offset: int) -> bool:
        self._file.seek(offset)
        try:
            beginning = self._new_unpacker().decompress(self._file.read(_STEP[self.packing]))
        except (zlib.error, zstandard.ZstdError):
            return False
        return bool(_BEGINNING.match(beginning[:16_000].lstrip(b"\r\n")))

    def _member(self) -> str:
        return "gzip member" if self.packing == "gzip" else "zstd frame"


def _length_of_skippable(beginning: bytes) -> int:
    return int(struct.unpack("<I", beginning[4:8])[0]) if len(beginning) == 8 else 0
