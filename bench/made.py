"""Made articles for benchmarks: Zipfian words in three languages, several paragraphs, dates over ten years.

The same number gives the same article, on every machine.
"""

import json
import os
import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

LETTERS = {"ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "en": "abcdefghijklmnopqrstuvwxyz", "fr": "abcdefghijlmnopqrstuvéèêàç"}
SECTIONS = {
    "ar": ("سياسة", "اقتصاد", "رياضة", "ثقافة"),
    "en": ("Politics", "Economy", "Sport", "Culture"),
    "fr": ("Politique", "Économie", "Sport", "Culture"),
}
WORDS = 30_000
PUBLISHERS = 40
FIRST_DAY = datetime(2015, 1, 1, 8, tzinfo=UTC)
DAYS = 3650


class Words:
    """A vocabulary whose n-th word is used about 1/n as often as the first, as in any language."""

    def __init__(self, language: str) -> None:
        chance = random.Random(f"words {language}")
        self.words = ["".join(chance.choices(LETTERS[language], k=chance.randint(2, 9))) for _ in range(WORDS)]
        self._weights = [0.0]
        for rank in range(1, WORDS + 1):
            self._weights.append(self._weights[-1] + 1 / rank)
        self._weights.pop(0)

    def some(self, chance: random.Random, count: int) -> str:
        return " ".join(chance.choices(self.words, cum_weights=self._weights, k=count))


VOCABULARY = {language: Words(language) for language in LETTERS}


def article(number: int) -> dict[str, object]:
    """One article's fields: url, title, text (8 paragraphs, about 320 words), date, language, section, publisher."""
    chance = random.Random(number)
    language = ("ar", "en", "fr")[number % 3]
    words = VOCABULARY[language]
    publisher = f"paper{number % PUBLISHERS}.example"
    at = FIRST_DAY + timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(720))
    return {
        "url": f"https://{publisher}/{at:%Y/%m/%d}/{number}",
        "title": words.some(chance, 9).capitalize(),
        "text": "\n".join(f"{words.some(chance, 40).capitalize()}." for _ in range(8)),
        "date": at.isoformat(),
        "language": language,
        "section": chance.choice(SECTIONS[language]),
        "publisher": f"Paper {number % PUBLISHERS}",
    }


def page(number: int) -> dict[str, object]:
    """The same article as a saved page: url and html, with menus, links and notices around the text."""
    made = article(number)
    linked = {
        "@type": "NewsArticle",
        "headline": made["title"],
        "datePublished": made["date"],
        "articleSection": made["section"],
    }
    menu = "".join(f'<li><a href="/{n}">{VOCABULARY["en"].some(random.Random(n), 2)}</a></li>' for n in range(40))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in str(made["text"]).split("\n"))
    html = (
        f'<!doctype html><html lang="{made["language"]}"><head><meta charset="utf-8"><title>{made["title"]}</title>'
        f'<script type="application/ld+json">{json.dumps(linked, ensure_ascii=False)}</script></head>'
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{made['title']}</h1><div class=body>{body}</div></article>"
        f"<aside><ul>{menu}</ul></aside></main><footer><p>All rights reserved.</p></footer></body></html>"
    )
    return {"url": made["url"], "html": html}


def write(path: Path, count: int, *, as_pages: bool) -> None:
    """Writes `count` of them as JSONL."""
    with path.open("w", encoding="utf-8") as file:
        for line in lines(count, as_pages=as_pages):
            file.write(line)


def lines(count: int, *, as_pages: bool) -> Iterator[str]:
    make = page if as_pages else article
    for number in range(count):
        yield json.dumps(make(number), ensure_ascii=False) + "\n"


def bodies() -> list[bytes]:
    """Five hundred made pages."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.jsonl")
        write(path, 500, as_pages=True)
        return path.read_bytes().splitlines()


def real_bodies() -> list[bytes]:
    """Real pages, two hundred at most, from the shared data (RAWI_SHARED, default ../shared); none without it."""
    shared = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "fundus" / "html"
    return [path.read_bytes() for path in sorted(shared.rglob("*")) if path.is_file()][:200] if shared.is_dir() else []
