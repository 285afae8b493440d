"""Pages of some megabytes that were made to take long: seconds of processor each, beside the bound of two for 10 MB.

`hostile_pages.py [--mb N] [NAME …]`. Every page is made of one thing in great number; the last column is how much
longer the whole takes than the half, which is two where time grows with the page.
"""

import argparse
import json
import random
import signal
import time
from collections.abc import Callable
from types import FrameType

from rawi.core.extract import extract

BOUND = 2.0
"""Seconds for 10 MB."""
GIVEN_UP = 60
STORY = "".join(
    f"<p>The ferry left the island at nine in the evening with {n} people on board, and the sea was calm.</p>"
    for n in range(30)
)


class GivenUp(BaseException):
    """A page took too long."""


def words(count: int) -> str:
    """So many characters of made-up words."""
    draw = random.Random(count)
    some = ["".join(draw.choices("abcdefghij", k=6)) for _ in range(500)]
    return " ".join(draw.choices(some, k=max(1, count // 7)))


def declared(**said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **said})}</script>'


def times(piece: str, size: int) -> str:
    return piece * max(1, size // len(piece))


def paragraphs(size: int, long: int) -> str:
    count = max(1, size // (long + 8))
    return "".join(f"<p>{words(long + n % 7)}.</p>" for n in range(count))


PAGES: dict[str, Callable[[int], str]] = {
    "a declared text as long as the page": lambda n: declared(articleBody=words(n // 2)) + paragraphs(n // 2, 60),
    "a declared text of one letter": lambda n: (
        declared(articleBody="a" * (n // 2)) + times(f"<p>{'a' * 50}b{'a' * 50}</p>", n // 2)
    ),
    "authors": lambda n: declared(author=[{"name": f"Ana B{k} Cole"} for k in range(n // 30)]) + STORY,
    "by-lines": lambda n: times('<p class="author">By Ana Bell</p>', n),
    "boxes with classes": lambda n: "".join(f'<div class="a{k} b{k}"></div>' for k in range(n // 33)) + STORY,
    "boxes without text": lambda n: times("<div></div>", n) + STORY,
    "breaks": lambda n: "<p>" + times("a<br>", n),
    "captions": lambda n: times(f"<figure><img src=/a.jpg><figcaption>{words(200)}</figcaption></figure>", n),
    "commas in JSON": lambda n: '<script type="application/ld+json">[' + times(", ", n) + "</script>" + STORY,
    "comments": lambda n: times("<!-- a -->", n) + STORY,
    "dated lines": lambda n: times("<p>2 October 2015 a</p>", n),
    "descriptions": lambda n: (
        declared(description=[f"d{k} and so on" for k in range(n // 20)]) + paragraphs(n // 9, 80)
    ),
    "entities": lambda n: "<p>" + times("&amp;amp;amp;", n),
    "headings": lambda n: times("<h1>a</h1>", n) + STORY,
    "links": lambda n: "".join(f'<a href="/{k}">x{k}</a> ' for k in range(n // 24)) + STORY,
    "marks on one letter": lambda n: "<p>a" + times("\u0315\u0300\u0316\u0300", n // 2) + STORY,
    "marked elements": lambda n: times('<i itemprop="author">A Bell</i>', n) + STORY,
    "metas": lambda n: "".join(f'<meta name="n{k}" content="c">' for k in range(n // 32)) + STORY,
    "nested links": lambda n: times("<a href=/x>", n // 2) + words(n // 2),
    "nested boxes": lambda n: times("<div>", n // 2) + words(n // 2),
    "pictures": lambda n: times("<img src=/a.jpg>", n) + STORY,
    "pictures in one figure": lambda n: "<figure>" + times("<img src=/a.jpg>", n) + "</figure>" + STORY,
    "plain text": lambda n: paragraphs(n, 400),
    "scripts of brackets": lambda n: times('<script>{"a":' + "[" * 3000 + "</script>", n),
    "scripts of texts": lambda n: (
        "<script>window.x = ["
        + times(json.dumps({"body": f"{words(200)}. {words(200)}. {words(100)}. <p>x</p>"}) + ",", n)
        + "0]</script>"
    ),
    "spans in a heading": lambda n: "<h1>" + times("<span>a</span>", n) + "</h1>" + STORY,
    "table": lambda n: "<table>" + times("<tr><td>a<td>b<td>c", n) + "</table>" + STORY,
    "title": lambda n: f"<title>{words(n // 2)}</title>" + paragraphs(n // 2, 90),
    "years": lambda n: "<p>" + times("2015 ", n),
}


def seconds(page: str) -> tuple[float, int]:
    """Seconds of processor, and how long the text is that was found."""
    signal.alarm(GIVEN_UP)
    start = time.process_time()
    try:
        found = len(extract(page, "https://x.example/a").text)
        return time.process_time() - start, found
    except GivenUp:
        return float("inf"), 0
    finally:
        signal.alarm(0)


def _give_up(number: int, frame: FrameType | None) -> None:
    raise GivenUp


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", help="pages whose names begin so; all of them when none is given")
    asked.add_argument("--mb", type=float, default=10)
    options = asked.parse_args()
    signal.signal(signal.SIGALRM, _give_up)
    extract(STORY, "https://x.example/a")  # loads the model
    size = int(options.mb * 1_000_000)
    for name, make in PAGES.items():
        if options.names and not name.startswith(tuple(options.names)):
            continue
        half, _ = seconds(make(size // 2))
        whole, text = seconds(make(size))
        over = "  over the bound" if whole > BOUND * options.mb / 10 else ""
        print(f"{name:38} {whole:7.2f} s  × {whole / half:4.1f}  {text:>10,} characters{over}", flush=True)


if __name__ == "__main__":
    main()
