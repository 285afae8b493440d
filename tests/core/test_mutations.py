"""Our own pages, broken by chance: nothing that a page, a server or a clock can say ends a reading.

Each seed breaks pages in the same way every time. `MUTATIONS=10000 pytest tests/core/test_mutations.py` looks longer.
"""

import os
import random
from datetime import UTC, datetime

import pytest

from rawi.core.extract import extract
from rawi.core.recipes import read_recipe
from tests import golden

SEEDS, PAGES_A_SEED = 20, int(os.environ.get("MUTATIONS", "1000")) // 20

PIECES = (
    (
        b'<script type="application/ld+json">{"@type":"NewsArticle","headline":[{"name":null},5,["x"]],"author":'
        b'{"name":{"name":["a",{"@id":7}]}},"datePublished":1e400,"image":{"width":1e30,"height":{"value":{}}},"articleSection":'
        b'[[["x"]],3],"publisher":[{"name":[1]}],"liveBlogUpdate":[{"articleBody":7}]}</script>'
    ),
    (
        b'<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"position":1e999,"name":"a",'
        b'"item":"http://["},{"position":true,"name":"b"}]}</script>'
    ),
    b'<a href="http://[">x</a>',
    b'<base href="http://[">',
    b'<link rel="canonical" href="http://[bad">',
    b'<link rel="canonical" href="//x:99999999/">',
    b'<html lang="\xff\xfe">',
    b'<meta charset="undefined">',
    b'<meta charset="idna">',
    b'<meta charset="utf-16">',
    b'<meta charset="unicode_escape">',
    b'<meta name="date" content="9999-366">',
    b'<meta name="date" content="2015-W53-7">',
    b'<meta name="date" content="31/02/2015">',
    b'<meta property="article:published_time" content="9999-12-31T23:59:59-14:00">',
    b'<meta property="article:published_time" content="2015-10-02T24:00:00Z">',
    b'<meta property="article:published_time" content="\xd9\xa2\xd9\xa0\xd9\xa1\xd9\xa5">',
    b'<time datetime="0001-01-01T00:00:00+14:00">30 Safar 1300</time>',
    b'<time datetime="9999-12-31T24:00">30 Esfand 1400</time>',
    b'<img src="http://[x/y.jpg" srcset="a 1e9w, b 99999w" width="1e5" height="-3">',
    b'<h1 itemprop="headline">',
    b'<div itemprop="articleBody datePublished" content="x">',
    b"&#0;&#xD800;&#x110000;&#99999999999;",
    b"\x00",
    b"\xed\xa0\x80",
    b"\xc2\x9b31m",
    b"<!--",
    b"<![CDATA[",
    b"<plaintext>",
    b"<template>",
    b"<svg><p>",
    b"<frameset>",
    b'<?xml version="1.0" encoding="utf-16"?>',
    b"</HTML >",
    b"a" + "\u0315\u0300".encode() * 500,
    b"<div>" * 300,
)
PARTS = (b'"', b"<", b">", b"{", b"[", b":", b"null", b"</p>", b"</div>", b"1e309", b"[]", b"\xff", b"2015", b"<p>")
ADDRESSES = (
    "https://press.example/2015/10/02/ferry",
    "http://[",
    "http://[::1/",
    "",
    "x",
    "https://",
    "http://press.example:abc/",
    "//",
    "https://\udcff/",
    "mailto:x",
    "http://exa mple.org/%zz/%ff%fe",
    "http://xn--/2015/99/99/",
    "https://" + "a" * 300 + ".com/",
    "https://press.example/9999/12/31/a",
)
TIMES = (
    datetime(2022, 1, 1, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
)
HEADERS = (
    None,
    {},
    {"Content-Type": "text/html; charset=idna"},
    {"content-type": "text/html; charset=\udcff"},
    {"content-type": ';;;charset="'},
    {"content-type": "text/html; charset=utf-16"},
    {"content-type": "text/html; charset=undefined"},
    {"X-Robots-Tag": "noindex"},
)
RULES = read_recipe(
    b'hosts = ["press.example"]\n[[rules]]\ntext = "p"\nheadline = "h1, h2"\nauthors = "[class]"\n'
    b'date = "time, .date"\npictures = "img"\n',
    "press.toml",
).rules[0]


def broken(page: bytes, draw: random.Random) -> bytes:
    """A page with some bytes changed, moved, taken out or put in."""
    for _ in range(draw.randint(1, 8)):
        at = draw.randrange(len(page) or 1)
        end = at + draw.randint(1, 600)
        match draw.randrange(7):
            case 0:
                page = page[:at] + draw.choice(PIECES) + page[at:]
            case 1:
                page = page[:at] + page[end:]
            case 2:
                to = draw.randrange(len(page) or 1)
                page = page[:to] + page[at:end] + page[to:]
            case 3:
                page = page[:at] + draw.randbytes(20) + page[at + 20 :]
            case 4:
                page = page[:end]
            case 5:
                page = page.replace(draw.choice(PARTS), draw.choice(PARTS), draw.randint(1, 20))
            case _:
                page = page[:at] + draw.choice(PIECES) * draw.randint(2, 30) + page[at:]
        page = page[:60_000] or b"<"
    return page


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_page_ends_its_reading(seed: int) -> None:
    draw = random.Random(seed)
    pages = [(case / "source.html").read_bytes() for case in golden.CASES]
    for _ in range(PAGES_A_SEED):
        page: bytes | str = broken(draw.choice(pages), draw)
        if isinstance(page, bytes) and draw.random() < 0.1:
            page = page.decode("utf-8", draw.choice(["surrogateescape", "replace", "ignore"]))
        address, at, recipe = draw.choice(ADDRESSES), draw.choice(TIMES), draw.choice([None, None, None, RULES])
        article = extract(page, address, draw.choice(HEADERS), captured_at=at, recipe=recipe)
        said = (article.title, article.text, article.publisher_name, article.date_text, article.section or "")
        for text in (*said, *article.authors, *(word for image in article.images for word in (image.url, image.alt))):
            text.encode()
