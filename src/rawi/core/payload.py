"""From the bytes of a body to its text: content codings, then the charset."""

import gzip
import re
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from email.message import Message

import brotli
import charset_normalizer
import zstandard

MOST_BYTES = 64 * 1024 * 1024
"""A body that unpacks to more is cut there: news pages are a hundred times smaller, bombs larger."""

_CHUNK = 64 * 1024
_MOST_CODINGS = 3

_BOMS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))

_LABELS = {
    "big5hkscs": "big5 big5hkscs cnbig5 csbig5 xbig5",
    "cp1252": "ansix341968 ascii cp819 csisolatin1 ibm819 iso88591 iso885911987 isoir100 l1 latin1 usascii",
    "cp1254": "csisolatin5 iso88599 iso885991989 isoir148 l5 latin5",
    "cp866": "866 cp866 csibm866 ibm866",
    "cp874": "cp874 dos874 iso885911 tis620 windows874",
    "cp932": "cp932 csshiftjis ms932 mskanji shiftjis sjis windows31j xsjis",
    "cp949": "cp949 cseuckr csksc56011987 euckr isoir149 korean ksc5601 ksc56011987 ksc56011989 uhc windows949",
    "euc_jp": "cseucpkdfmtjapanese eucjp xeucjp",
    "gb18030": "chinese cp936 csgb2312 csiso58gb231280 euccn gb18030 gb2312 gb231280 gbk isoir58 ms936 xgbk",
    "iso2022_jp": "csiso2022jp iso2022jp",
    "iso8859_2": "csisolatin2 iso885921987 isoir101 l2 latin2",
    "iso8859_3": "csisolatin3 iso885931988 isoir109 l3 latin3",
    "iso8859_4": "csisolatin4 iso885941988 isoir110 l4 latin4",
    "iso8859_5": "csisolatincyrillic cyrillic iso885951988 isoir144",
    "iso8859_6": "arabic asmo708 csiso88596e csiso88596i csisolatinarabic ecma114 "
    "iso885961987 iso88596e iso88596i isoir127",
    "iso8859_7": "csisolatingreek ecma118 elot928 greek greek8 iso885971987 isoir126 suneugreek",
    "iso8859_8": "csiso88598e csiso88598i csisolatinhebrew hebrew iso885981988 iso88598e "
    "iso88598i isoir138 logical visual",
    "iso8859_10": "csisolatin6 isoir157 l6 latin6",
    "iso8859_15": "csisolatin9 l9 latin9",
    "koi8_r": "cskoi8r koi koi8 koi8r",
    "koi8_u": "koi8ru koi8u",
    "mac_cyrillic": "xmaccyrillic xmacukrainian",
    "mac_roman": "csmacintosh mac macintosh xmacroman",
    "utf-16-be": "unicodefffe utf16be",
    "utf-16-le": "csunicode iso10646ucs2 ucs2 unicodefeff utf16 utf16le",
    "utf-8": "unicode11utf8 unicode20utf8 utf8 xunicode20utf8",
}
"""Codecs of Python with the labels of the Encoding Standard of the WHATWG (section 4.2) under which browsers read what
they read, without their marks; and the names that Windows gives the same. What is in no family below is no charset of
the web, whatever Python has under that name: "undefined" refuses all, "idna" is for names of hosts."""
_FAMILIES = (
    (re.compile(r"(?:iso8859|isolatin)(2|3|4|5|6|7|8|10|13|14|15|16)"), "iso8859_{}"),
    (re.compile(r"(?:x?cp|windows)(125[0-8])"), "cp{}"),
)
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
_MARKS = re.compile(r"[\s_:.()-]+")
_LONGEST_LABEL = 40
_META_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([a-zA-Z0-9_:.-]{2,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([a-zA-Z0-9_:.-]{2,40})""")


def media_type(content_type: str) -> str:
    """The media type of a Content-Type, in lower case and without its parameters."""
    said = content_type.partition(";")[0].strip().lower()[:100]
    return said if said.isascii() and said.isprintable() else ""


def header(head: bytes, name: str) -> str:
    """The first header of this name in a request's or response's head; empty when there is none."""
    wanted = name.lower().encode()
    for line in head.splitlines()[1:]:
        key, colon, value = line.partition(b":")
        if colon and key.strip().lower() == wanted:
            return value.strip().decode("latin-1")
    return ""


UNKNOWN = "unknown content coding"
TOO_LARGE = "unpacks to more than the limit"
CUT_SHORT = "content coding is cut short"


def cut_in_coding(body: bytes, content_encoding: str, most: int) -> str:
    """Why a body is not whole in its content coding, in the words of `Capture.truncated`; "" when it is, or when
    something else is wrong with it. What comes out is counted and not kept."""
    codings = [c.strip().lower() for c in content_encoding.split(",") if c.strip()]
    if not codings or len(codings) > _MOST_CODINGS:
        return ""
    problem = ""
    for coding in reversed(codings[1:]):
        body, said = _undo(body, coding, most)
        problem = problem or said
    return _CUT.get(problem or _counted(body, codings[0], most), "")


_CUT = {TOO_LARGE: "length", CUT_SHORT: "disconnect"}


def _counted(body: bytes, coding: str, most: int) -> str:
    """What is wrong with a body in one content coding, by unpacking it piece by piece."""
    try:
        if coding in ("gzip", "x-gzip") and body[:2] == b"\x1f\x8b":
            return _count_deflate(body, zlib.MAX_WBITS | 16, most)
        if coding == "deflate":
            return _count_deflate(body, zlib.MAX_WBITS if _is_zlib(body) else -zlib.MAX_WBITS, most)
        if coding == "br":
            return _count_brotli(body, most)
        if coding == "zstd":
            return _count_zstd(body, most)
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        return f"broken content coding: {error}"
    return ""


def _count_deflate(body: bytes, window: int, most: int) -> str:
    count, rest = 0, body
    while True:
        unpacker = zlib.decompressobj(window)
        while not unpacker.eof:
            piece = unpacker.decompress(rest, _CHUNK)
            rest, count = unpacker.unconsumed_tail, count + len(piece)
            if count > most:
                return TOO_LARGE
            if not piece and not rest and not unpacker.eof:
                return CUT_SHORT
        rest = unpacker.unused_data
        if window < zlib.MAX_WBITS + 16 or not rest.startswith(b"\x1f\x8b"):
            return ""


def _count_brotli(body: bytes, most: int) -> str:
    unpacker, count, data = brotli.Decompressor(), 0, body
    while count <= most:
        piece = unpacker.process(data, output_buffer_limit=_CHUNK)
        data, count = b"", count + len(piece)
        if unpacker.is_finished():
            return TOO_LARGE if count > most else ""
        if not piece and unpacker.can_accept_more_data():
            return CUT_SHORT
    return TOO_LARGE


def _count_zstd(body: bytes, most: int) -> str:
    count = 0
    with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(body, read_across_frames=True) as reader:
        while piece := reader.read(_CHUNK):
            count += len(piece)
            if count > most:
                return TOO_LARGE
    return ""


def _is_zlib(body: bytes) -> bool:
    """Whether deflate comes in zlib's wrapping, as the standard has it; some servers leave it out."""
    return body[:1] != b"" and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0


def unpack(body: bytes, content_encoding: str, most: int = MOST_BYTES) -> tuple[bytes, str]:
    """Undoes the content codings of a body (gzip, deflate, br, zstd); gives the bytes, and what was wrong or "".

    Never raises: what cannot be undone stays as it is, what is cut gives what there is of it, and no more than
    `most` bytes come out.
    """
    codings = [c.strip().lower() for c in content_encoding.split(",") if c.strip()]
    if len(codings) > _MOST_CODINGS:
        return body, f"more than {_MOST_CODINGS} content codings"
    problem = ""
    for coding in reversed(codings):
        body, said = _undo(body, coding, most)
        problem = problem or said
    return body, problem


def _undo(body: bytes, coding: str, most: int) -> tuple[bytes, str]:
    if coding in ("", "identity"):
        return body, ""
    if coding in ("gzip", "x-gzip"):
        return _inflate(body, zlib.MAX_WBITS | 16, most) if body[:2] == b"\x1f\x8b" else (body, "said gzip, is not")
    if coding == "deflate":
        return _inflate(body, zlib.MAX_WBITS if _is_zlib(body) else -zlib.MAX_WBITS, most)
    if coding == "br":
        return _unbrotli(body, most)
    if coding == "zstd":
        return _unzstd(body, most)
    return body, f"{UNKNOWN} {coding[:40]!r}"


def _inflate(body: bytes, window: int, most: int) -> tuple[bytes, str]:
    """Undoes deflate in one of its wrappings; of gzip all members. What stands behind the last one is passed over."""
    out, rest = bytearray(), body
    while True:
        unpacker = zlib.decompressobj(window)
        try:
            out += unpacker.decompress(rest, most - len(out) + 1)
        except zlib.error as error:
            return bytes(out) or _salvage(body, window, most), f"broken content coding: {error}"
        if len(out) > most:
            return bytes(out[:most]), TOO_LARGE
        if not unpacker.eof:
            return bytes(out), CUT_SHORT
        rest = unpacker.unused_data
        if window < zlib.MAX_WBITS + 16 or not rest.startswith(b"\x1f\x8b"):
            return bytes(out), ""


def _salvage(body: bytes, window: int, most: int) -> bytes:
    """What comes out before the fault."""
    unpacker, out = zlib.decompressobj(window), bytearray()
    try:
        for start in range(0, len(body), 256):
            out += unpacker.decompress(body[start : start + 256], most - len(out) or 1)
            if len(out) >= most:
                break
    except zlib.error:
        pass
    return bytes(out[:most])


def _unbrotli(body: bytes, most: int) -> tuple[bytes, str]:
    unpacker, out = brotli.Decompressor(), bytearray()
    try:
        data = body
        while len(out) < most:
            out += (piece := unpacker.process(data, output_buffer_limit=_CHUNK))
            data = b""
            if unpacker.is_finished():
                return bytes(out[:most]), ""
            if not piece and unpacker.can_accept_more_data():
                return bytes(out), CUT_SHORT
    except brotli.error as error:
        return bytes(out), f"broken content coding: {error}"
    return bytes(out[:most]), TOO_LARGE


def _unzstd(body: bytes, most: int) -> tuple[bytes, str]:
    out = bytearray()
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(body, read_across_frames=True) as reader:
            while len(out) < most and (piece := reader.read(_CHUNK)):
                out += piece
    except zstandard.ZstdError as error:
        return bytes(out), f"broken content coding: {error}"
    return (bytes(out), "") if len(out) < most else (bytes(out[:most]), TOO_LARGE)


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """The text of a page, and what was doubtful about its charset, or "".

    Evidence in order: a byte order mark; UTF-8 that holds throughout (by chance other charsets hardly ever do); the
    header; the page's own declaration; statistics. A declaration that does not hold is passed over, and said.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), ""
    # UTF-16 without its mark may be valid UTF-8 with many NULs.
    for start, name in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be")):
        if body.startswith(start):
            return body.decode(name, "replace"), ""
    try:
        return body.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    with suppress(UnicodeDecodeError):
        # Surrogates written as UTF-8, as some programs do: pairs are what they stand for, the rest is nothing.
        text = body.decode("utf-8", "surrogatepass")
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "some characters are surrogates"
    said = [name for name in (_of_header(content_type), *_of_page(body)) if name]
    for name in said:
        codec = _fitting(name, body)
        if codec and codec != "utf-8":
            try:
                return body.decode(codec), ""
            except UnicodeError:
                if _nearly(text := body.decode(codec, "replace")):
                    return text, f"some bytes are not {name}"
    if _nearly(text := body.decode("utf-8", "replace")):
        return text, "some bytes are not UTF-8"
    guess = charset_normalizer.from_bytes(body[: 4 * _CHUNK]).best()
    codec = (_fitting(guess.encoding, body) if guess else "") or "cp1252"
    return body.decode(codec, "replace"), f"charset guessed as {codec}"


def _nearly(text: str) -> bool:
    """Whether a decoding that replaced something replaced little: a stray byte in a page, not another charset."""
    return text.count("\ufffd") * 200 <= len(text)


def _of_header(content_type: str) -> str:
    message = Message()
    message["content-type"] = content_type.replace("\r", " ").replace("\n", " ")
    return str(message.get_param("charset", "") or "")


def _of_page(body: bytes) -> list[str]:
    start = body[:4096]
    return [
        found.group(1).decode("ascii") for pattern in (_XML_CHARSET, _META_CHARSET) if (found := pattern.search(start))
    ]


def _fitting(label: str, body: bytes) -> str:
    """The codec for a label; "" where it is UTF-16 and the body, without one NUL, is not."""
    codec = _codec(label)
    return "" if codec.startswith("utf-16") and b"\0" not in body else codec


def _codec(label: str) -> str:
    """Python's codec for a label, as browsers mean it; "" for one that is no charset of the web."""
    said = _MARKS.sub("", label[:_LONGEST_LABEL].lower())
    families = (form.format(found[1]) for pattern, form in _FAMILIES if (found := pattern.fullmatch(said)))
    return _CODECS.get(said, "") or next(families, "")


def gunzip(data: bytes, most: int = MOST_BYTES) -> tuple[bytes, str]:
    """The content of a gzip file of one or several members, as far as `most` bytes; and what was wrong, or ""."""
    out = bytearray()
    try:
        while data[:2] == b"\x1f\x8b" and len(out) <= most:
            unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
            out += unpacker.decompress(data, most + 1 - len(out))
            if not unpacker.eof:
                return bytes(out[:most]), TOO_LARGE if len(out) > most else "is cut short"
            data = unpacker.unused_data
    except (zlib.error, gzip.BadGzipFile) as error:
        return bytes(out), f"is broken: {error}"
    return bytes(out), ""
