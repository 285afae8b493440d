"""Content codings and charsets: what comes out, and what is said of it."""

import gzip
import zlib
from codecs import lookup
from encodings.aliases import aliases

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import payload

TEXT = "Le président a dit « non » — الرئيس قال لا." * 40


def packed(coding: str, data: bytes) -> bytes:
    if coding == "gzip":
        return gzip.compress(data)
    if coding == "deflate":
        return zlib.compress(data)
    if coding == "raw deflate":
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        return packer.compress(data) + packer.flush()
    return bytes(brotli.compress(data)) if coding == "br" else zstandard.ZstdCompressor().compress(data)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "br", "zstd"])
def test_each_coding_is_undone(coding: str) -> None:
    assert payload.unpack(packed(coding, TEXT.encode()), coding.removeprefix("raw ")) == (TEXT.encode(), "")


def test_codings_are_undone_in_reverse_order() -> None:
    assert payload.unpack(packed("br", packed("gzip", b"text")), "gzip, br") == (b"text", "")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_cut_at_the_limit(coding: str) -> None:
    body, problem = payload.unpack(packed(coding, bytes(5_000_000)), coding, most=100_000)
    assert (len(body), problem) == (100_000, "unpacks to more than the limit")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_cut_body_gives_what_there_is_and_says_so(coding: str) -> None:
    whole = bytes(range(256)) * 2000
    body, problem = payload.unpack(packed(coding, whole)[:-40], coding)
    assert whole.startswith(body)
    assert problem == "content coding is cut short"


def test_gzip_that_is_none_stays_as_it_is() -> None:
    assert payload.unpack(b"<html>", "gzip") == (b"<html>", "said gzip, is not")


def test_too_many_codings_are_not_undone() -> None:
    assert payload.unpack(b"x", "gzip, gzip, gzip, gzip")[0] == b"x"


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "br", "zstd", "gremlin", "gzip, br", ""]))
def test_any_bytes_are_survived(body: bytes, coding: str) -> None:
    out, _ = payload.unpack(body, coding, most=10_000)
    assert len(out) <= 10_000


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("windows-1256", "قال الوزير إن الميناء سيفتح"),
        ("iso-8859-6", "قال الوزير ان الميناء سيفتح"),
        ("iso-8859-1", "élégant “quotes” of Windows"),
        ("iso-8859-15", "le cœur coûte 3 €"),
        ("gb2312", "新闻"),
        ("euc-kr", "뉴스"),
        ("shift_jis", "新聞"),
    ],
)
@pytest.mark.parametrize("where", ["header", "page"])
def test_a_declared_charset_is_used(charset: str, text: str, where: str) -> None:
    codec = {"iso-8859-1": "cp1252"}.get(charset, charset)
    page = f'<html><meta charset="{charset if where == "page" else "utf-8"}"><p>{text}'.encode(codec)
    decoded, doubt = payload.decode(page, f"text/html; charset={charset}" if where == "header" else "text/html")
    assert text in decoded
    assert doubt == ""


def test_utf_8_wins_over_a_lying_declaration() -> None:
    assert payload.decode("<p>قال الوزير".encode(), "text/html; charset=windows-1256") == ("<p>قال الوزير", "")


def test_a_lying_declaration_of_utf_8_is_seen_through() -> None:
    text = "قال الوزير إن الميناء سيفتح أبوابه أمام السفن يوم الخميس المقبل بعد أسبوع من الإغلاق " * 5
    page = f"<p>{text}".encode("cp1256")
    decoded, doubt = payload.decode(page, "text/html; charset=utf-8")
    assert "الوزير" in decoded
    assert "guessed" in doubt


def test_stray_bytes_cost_only_themselves() -> None:
    page = "é".encode() * 400 + b"\xff" + "قال".encode()
    decoded, doubt = payload.decode(page)
    assert decoded.endswith("قال")
    assert doubt == "some bytes are not UTF-8"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_byte_order_marks(codec: str) -> None:
    mark = b"\xfe\xff" if codec == "utf-16-be" else b""
    assert payload.decode(mark + "نص".encode(codec))[0] == "نص"


@given(st.binary(max_size=400), st.text(max_size=60))
def test_decoding_never_fails(body: bytes, content_type: str) -> None:
    assert isinstance(payload.decode(body, content_type)[0], str)


def test_header_finds_the_first_of_a_name_in_any_case() -> None:
    head = b'HTTP/1.1 200 OK\r\nETag: "a"\r\netag: "b"\r\n\r\n'
    assert payload.header(head, "Etag") == '"a"'
    assert payload.header(head, "Age") == ""


def test_gunzip_reads_all_members_and_says_when_cut() -> None:
    data = gzip.compress(b"one ") + gzip.compress(b"two")
    assert payload.gunzip(data) == (b"one two", "")
    assert payload.gunzip(data[:-3])[1] == "is cut short"
    assert payload.gunzip(gzip.compress(bytes(1000)), most=10) == (bytes(10), "unpacks to more than the limit")


# ----------------------------------------------------------------------------------- whole in its coding or not

LONG = b"<p>The ferry left the island at nine.</p>" * 1000
PACKED = {
    "gzip": gzip.compress(LONG),
    "deflate": zlib.compress(LONG),
    "br": brotli.compress(LONG),
    "zstd": zstandard.ZstdCompressor().compress(LONG),
}


@pytest.mark.parametrize("coding", PACKED)
def test_a_body_is_whole_in_its_coding_or_it_is_said_why_not(coding: str) -> None:
    packed = PACKED[coding]
    assert payload.cut_in_coding(packed, coding, len(LONG)) == ""
    assert payload.cut_in_coding(packed, coding, len(LONG) - 1) == "length"
    if coding != "zstd":  # its reader does not tell
        assert payload.cut_in_coding(packed[:-9], coding, len(LONG)) == "disconnect"
    assert payload.cut_in_coding(b"no such coding", coding, len(LONG)) in ("", "disconnect")


def test_members_count_together_and_codings_of_codings_are_undone() -> None:
    members = PACKED["gzip"] * 3
    assert payload.cut_in_coding(members, "gzip", 3 * len(LONG)) == ""
    assert payload.cut_in_coding(members, "gzip", 3 * len(LONG) - 1) == "length"
    assert payload.unpack(members, "gzip", 3 * len(LONG)) == (LONG * 3, "")
    assert payload.unpack(PACKED["gzip"] + b"junk", "gzip") == (LONG, "")
    twice = gzip.compress(PACKED["gzip"])
    assert payload.cut_in_coding(twice, "gzip, gzip", len(LONG)) == ""
    assert payload.cut_in_coding(twice, "gzip, gzip", len(LONG) - 1) == "length"
    assert payload.cut_in_coding(twice, ", ".join(["gzip"] * 50), 10) == ""


def test_utf_16_without_its_mark_and_surrogates_in_utf_8_are_read() -> None:
    page = "<p>وافق مجلس الميناء</p>"
    assert payload.decode(page.encode("utf-16-le"), "text/html; charset=utf-8")[0] == page
    assert payload.decode("<p>\ud83d\ude00 \ud800</p>".encode("utf-8", "surrogatepass"))[0] == "<p>😀 \ufffd</p>"


@pytest.mark.parametrize(
    "label",
    sorted(
        {*aliases, *aliases.values(), "undefined", "mbcs", "oem", "x-user-defined", "none", "replacement", "a" * 1000}
    ),
)
def test_any_name_of_a_charset_is_read_or_passed_over(label: str) -> None:
    page = f'<meta charset="{label}"><p>caf'.encode()
    for body in (page + b"\xe9 \x81\xff</p>", page + b"\xff", page + b"\x80\xff\xfe\x1b$B\xa4"):
        for content_type in ("text/html", f"text/html; charset={label}"):
            said, _ = payload.decode(body, content_type)
            assert "<p>caf" in said


@pytest.mark.parametrize("label", ["undefined", "idna", "punycode", "utf-7", "unicode_escape", "mbcs", "palmos", "hz"])
def test_what_only_python_calls_a_charset_is_passed_over(label: str) -> None:
    page = f'<meta charset="{label}"><p>'.encode() + "قال الوزير إن الميناء سيفتح أبوابه يوم الخميس.".encode("cp1256")
    assert "إن الميناء سيفتح" in payload.decode(page, f"text/html; charset={label}")[0]


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO_8859-6:1987", "iso8859_6"),
        ("x-cp1256", "cp1256"),
        ("windows-1256", "cp1256"),
        ("CP1251", "cp1251"),
        ("iso-8859-13", "iso8859_13"),
        ("latin1", "cp1252"),
        ("windows-31j", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("GB_2312-80", "gb18030"),
        ("unicode-1-1-utf-8", "utf-8"),
        ("x-mac-roman", "mac_roman"),
        ("koi8-ru", "koi8_u"),
    ],
)
def test_labels_of_the_web(label: str, codec: str) -> None:
    assert payload._codec(label) == codec
    lookup(codec)


def test_every_codec_that_a_label_leads_to_is_there() -> None:
    for codec in set(payload._CODECS.values()):
        b"abc".decode(codec, "replace")


def test_utf_16_in_a_page_without_a_nul_is_none() -> None:
    page = b'<meta charset="utf-16"><p>' + "Le maire a été élu à Évian. ".encode("cp1252")
    assert "été élu" in payload.decode(page)[0]
