"""Addresses: canonical form, host, publisher, and which IP addresses are public."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core.urls import LONGEST, clean, host, is_loopback, is_public, publisher_of
from rawi.errors import BadInput
from tests.shared import shared


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://example.com", "http://example.com/"),
        ("  http://example.com/\n", "http://example.com/"),
        ("HTTP://EXAMPLE.com:80/A", "http://example.com/A"),
        ("https://example.com:443", "https://example.com/"),
        ("https://example.com:80/", "https://example.com:80/"),
        ("http://example.com:8080/?", "http://example.com:8080/"),
        ("http://example.com./x", "http://example.com/x"),
        ("http://example.com/a/../b/./c//d#top", "http://example.com/b/c//d"),
        ("http://example.com/a/%2e%2e/b", "http://example.com/b"),
        ("http://example.com/a b?q=a b", "http://example.com/a%20b?q=a+b"),
        ("http://example.com/?a=1;b=2&c=%26", "http://example.com/?a=1;b=2&c=%26"),
        ("http://example.com/%7euser/%d9%85", "http://example.com/~user/%D9%85"),
        ("http://مثال.مصر/خبر", "http://xn--mgbh0fb.xn--wgbh1c/%D8%AE%D8%A8%D8%B1"),
        ("http://EXAMPLE.com#@evil.org/", "http://example.com/"),
        ("http://[2001:DB8::0:1]:80/", "http://[2001:db8::1]/"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
        ("http://example.com/a\\b?c\\d", "http://example.com/a/b?c%5Cd"),
        ("http://a_b.example.com/", "http://a_b.example.com/"),
    ],
)
def test_clean_gives_the_canonical_form(url: str, expected: str) -> None:
    assert clean(url) == expected
    assert clean(expected) == expected


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("b", "http://example.com/a/x", "http://example.com/a/b"),
        ("../b", "http://example.com/a/x/y", "http://example.com/a/b"),
        ("/b?c", "http://example.com/a/x?d", "http://example.com/b?c"),
        ("//cdn.example.org/p", "https://example.com/", "https://cdn.example.org/p"),
        ("http://example.org/", "https://example.com/", "http://example.org/"),
        ("?page=2", "http://example.com/a/x?page=1", "http://example.com/a/x?page=2"),
        ("#top", "http://example.com/a/x?d", "http://example.com/a/x?d"),
    ],
)
def test_clean_resolves_against_the_base(url: str, base: str, expected: str) -> None:
    assert clean(url, base) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/x",
        "/x",
        "//example.com/x",
        "http:",
        "http:///x",
        "http:x",
        "ftp://example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "mailto:a@example.com",
        "http://user@example.com/",
        "http://user:pass@example.com/",
        "http://:@example.com/",
        "http://example.com%2f@127.0.0.1/",
        "http://example.com\\@127.0.0.1/",
        "http://example.com\\.example.org/",
        "http:\\\\127.0.0.1/",
        "http:/\\127.0.0.1/",
        "http://example.com:99999/",
        "http://example.com:0/",
        "http://example.com:x/",
        "http://exa mple.com/",
        "http://ex%41mple.com/",
        "http://a..b/",
        "http://-a.com/",
        "http://" + "a" * 64 + ".com/",
        "http://[::1/",
        "http://[fe80::1%25lo]/",
        "http://0x7f000001/",
        "http://2130706433/",
        "http://127.1/",
        "http://0/",
        "http://0177.0.0.1/",
        "http://0x7f.0.1/",
        "http://1.2.3.4.5/",
        "http://1.2.3.256/",
        "http://example.com/\ud800",
        "http://example.com/" + "a" * LONGEST,
    ],
)
def test_clean_refuses_and_names_the_address(url: str) -> None:
    with pytest.raises(BadInput) as refused:
        clean(url)
    assert repr(url[:200].replace("user:pass@", "…@")) in str(refused.value)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.c", "\\\\a.b:1/x", "/\\a.b/x", "\\/a.b/x"]
)
def test_a_base_makes_no_other_scheme_or_host_good(url: str) -> None:
    with pytest.raises(BadInput):
        clean(url, "http://example.com/a")


@given(st.text(max_size=60), st.sampled_from(["", "http://example.com/a/b?c"]))
def test_clean_is_idempotent_and_raises_nothing_else(text: str, base: str) -> None:
    for url in (text, "http://example.com/" + text, "https://" + text):
        try:
            cleaned = clean(url, base)
        except BadInput:
            continue
        assert clean(cleaned) == cleaned
        assert clean(cleaned, base) == cleaned
        assert cleaned.isascii()


_NAMES = st.text(alphabet="ab1-.x", max_size=12) | st.sampled_from(
    ["example.com", "xn--a.com", "a.xn--b.com", "a.b--c.de"]
)
_PATHS = st.text(alphabet="aB1._~-/?&=%+;:@", max_size=20)


@given(_NAMES, _PATHS)
def test_what_is_canonical_at_first_sight_is_so_at_the_second(name: str, path: str) -> None:
    """A scheme in capitals takes the long way."""

    def cleaned(url: str) -> str:
        try:
            return clean(url)
        except BadInput:
            return "refused"

    assert cleaned(f"https://{name}/{path}") == cleaned(f"HTTPS://{name}/{path}")


def test_clean_agrees_with_the_web_platform_on_hosts() -> None:
    """Where both read an http address, both must find the same host: a difference is a hole."""
    table = shared("data/urls/urltestdata.json")
    rows = [row for row in json.loads(table.read_text("utf-8")) if isinstance(row, dict)]
    both = 0
    for row in rows:
        base = row.get("base") or ""
        if base and not base.startswith(("http:", "https:")):
            continue
        try:
            cleaned = clean(row["input"], base)
        except BadInput:
            continue
        if row.get("failure") or row.get("protocol") not in ("http:", "https:"):
            continue
        both += 1
        assert host(cleaned) == row["host"].removesuffix("."), row["input"]
    assert both > 80


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://Example.com/x", "example.com"),
        ("https://example.com:443/x", "example.com"),
        ("https://example.com:80/x", "example.com:80"),
        ("http://127.0.0.1:8001/", "127.0.0.1:8001"),
        ("http://[::1]:8001/", "[::1]:8001"),
    ],
)
def test_host(url: str, expected: str) -> None:
    assert host(url) == expected


@pytest.mark.parametrize("url", ["", "x", "mailto:a@b", "http://a b/"])
def test_host_of_what_has_none(url: str) -> None:
    with pytest.raises(BadInput):
        host(url)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("www.albawaba.com", "albawaba.com"),
        ("m.albawaba.com", "albawaba.com"),
        ("amp.albawaba.com:8080", "albawaba.com:8080"),
        ("www.m.albawaba.com", "albawaba.com"),
        ("albawaba.com", "albawaba.com"),
        ("m.com", "m.com"),
        ("www.com", "www.com"),
        ("news.bbc.co.uk", "news.bbc.co.uk"),
        ("127.0.0.2:8001", "127.0.0.2:8001"),
        ("localhost", "localhost"),
    ],
)
def test_publisher_of(name: str, expected: str) -> None:
    assert publisher_of(name) == expected


SPECIAL = [
    "",
    "example.com",
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.0.192",
    "192.0.2.1",
    "192.31.196.1",
    "192.52.193.1",
    "192.88.99.1",
    "192.168.1.1",
    "192.175.48.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "100:0:0:1::1",
    "2001::1",
    "2001:0:1::1",
    "2001:0:808:808::f7f7:f7f7",
    "2001:1::1",
    "2001:2::1",
    "2001:3::1",
    "2001:4:112::1",
    "2001:10::1",
    "2001:20::1",
    "2001:30::1",
    "2001:1ff::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:c0a8:101::1",
    "2620:4f:8000::1",
    "2a00:1450::5efe:10.0.0.1",
    "2a00:1450::200:5efe:127.0.0.1",
    "3fff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%lo",
    "2606:4700::1111%eth0",
    "fec0::1",
    "ff02::1",
    "127.1",
    "0x7f000001",
    "2130706433",
    "8.8.8.8 ",
    "8.8.8.8/32",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "128.0.0.1",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "192.0.3.1",
    "192.167.255.255",
    "192.169.0.1",
    "198.17.255.255",
    "198.20.0.1",
    "203.0.112.1",
    "223.255.255.254",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2002:808:808::1",
    "2400:cb00::1",
    "2606:4700::1111",
    "2a00:1450:4001::200e",
    "2a00:1450::5efe:8.8.8.8",
    "3ffe::1",
    "64:ff9b::8.8.8.8",
    "::ffff:8.8.8.8",
]


@pytest.mark.parametrize("ip", SPECIAL)
def test_special_addresses_are_not_public(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_addresses_are_public(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize(
    ("ip", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
        ("localhost", False),
    ],
)
def test_loopback(ip: str, expected: bool) -> None:
    assert is_loopback(ip) is expected
