"""robots.txt: what it allows, when it is missing, broken, huge or hostile."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core.robots import LONGEST_DELAY, MOST_BYTES, Robots

PAGE = "https://example.com/news/1"
AGENT = "Rawi/0.1 (+https://example.org/rawi)"


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /a", "/ab", False),
        ("User-agent: *\nDisallow: /a", "/A", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: rawi\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: RAWI\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: https\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", True),
        ("User-agent: a\nUser-agent: rawi\nDisallow: /x", "/x", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\rDisallow: /a\r", "/a", False),
        ("uSeR-aGeNt : *\n  DISALLOW :  /a  # no", "/a", False),
        ("User-agent: *\nDisallow: /مقالات", "/%D9%85%D9%82%D8%A7%D9%84%D8%A7%D8%AA/1", False),
        ("<!doctype html><title>Not here</title><p>Disallow: /", "/a", True),
        ("Disallow: /", "/a", True),
    ],
)
def test_rules(text: str, path: str, expected: bool) -> None:
    assert Robots(text.encode()).allows("https://example.com" + path, AGENT) is expected


@pytest.mark.parametrize(
    "agent", ["Rawi", "rawi/1", AGENT, "Mozilla/5.0 (compatible; Rawi/0.1; +https://example.org/)"]
)
def test_an_agent_is_known_by_its_name(agent: str) -> None:
    robots = Robots(b"User-agent: mozilla\nAllow: /\n\nUser-agent: rawi\nDisallow: /news\nCrawl-delay: 3")
    assert not robots.allows(PAGE, agent)
    assert robots.delay(agent) == 3.0


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, False),
        (206, False),
        (302, True),
        (401, True),
        (403, True),
        (404, True),
        (410, True),
        (451, True),
        (429, False),
        (500, False),
        (503, False),
        (599, False),
        (0, False),
        (999, False),
    ],
)
def test_status(status: int, expected: bool) -> None:
    robots = Robots(b"User-agent: *\nDisallow: /news", status)
    assert robots.allows(PAGE, AGENT) is expected


def test_a_good_answer_without_rules_allows_all() -> None:
    assert Robots(b"", 200).allows(PAGE, AGENT)


def test_what_stands_behind_the_limit_is_not_read_nor_is_a_cut_line() -> None:
    filler = b"# " + b"x" * 97 + b"\n"
    start = b"User-agent: *\nDisallow: /private\n"
    body = start + filler * ((MOST_BYTES - len(start)) // len(filler))
    body += b"#" * (MOST_BYTES - len(body) - 12) + b"\n"
    body += b"Disallow: /news-of-yesterday\n"
    assert body[:MOST_BYTES].endswith(b"\nDisallow: /")
    robots = Robots(body)
    assert robots.allows(PAGE, AGENT)
    assert not robots.allows("https://example.com/private/1", AGENT)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Crawl-delay: 2", 2.0),
        ("Crawl-delay: 0.5", 0.5),
        ("Crawl-delay: 100000", LONGEST_DELAY),
        ("Crawl-delay: -1", 0.0),
        ("Crawl-delay: NaN", 0.0),
        ("Crawl-delay: inf", 0.0),
        ("Crawl-delay: 1e99", 0.0),
        ("Crawl-delay: soon", 0.0),
        ("Request-rate: 1/10", 10.0),
        ("Request-rate: 2/10", 5.0),
        ("Request-rate: 0/10", 0.0),
        ("Disallow: /x", 0.0),
    ],
)
def test_delay(said: str, expected: float) -> None:
    assert Robots(f"User-agent: *\n{said}\n".encode()).delay(AGENT) == expected


def test_sitemaps_are_web_addresses_each_once() -> None:
    body = b"""Sitemap: https://Example.com/sitemap.xml
Sitemap: https://example.com/sitemap.xml
Sitemap: file:///etc/passwd
Sitemap: /relative.xml
Sitemap: http://user:secret@example.com/s.xml
Sitemap: http://example.org/news.xml
"""
    assert Robots(body).sitemaps == ("https://example.com/sitemap.xml", "http://example.org/news.xml")


def test_wildcards_without_end_are_matched_in_no_time() -> None:
    body = b"User-agent: *\nDisallow: /" + b"*a" * 2000 + b"b$\n"
    robots = Robots(body * 20)
    for _ in range(20):
        assert robots.allows("https://example.com/" + "a" * 3000, AGENT)


@given(st.binary(max_size=300), st.integers(0, 999))
def test_any_bytes_give_rules(body: bytes, status: int) -> None:
    for start in (b"", b"User-agent: *\nDisallow: ", b"User-agent: *\nCrawl-delay: ", b"Sitemap: "):
        robots = Robots(start + body, status)
        assert robots.allows(PAGE, AGENT) in (True, False)
        assert 0 <= robots.delay(AGENT) <= LONGEST_DELAY
        assert isinstance(robots.sitemaps, tuple)
