"""Reading the made-up press: of all its articles, how many are read right, field by field and publisher by publisher.

./do bench press [--say]
"""

import argparse
from collections import Counter
from datetime import UTC, datetime

from rawi.core.extract import extract
from rawi.press import newsroom
from rawi.press.pages import Card
from rawi.press.publishers import PUBLISHERS
from rawi.press.site import Site

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
FIELDS = (
    "articles",
    "title",
    "day",
    "authors",
    "all paragraphs",
    "nothing else",
    "picture",
    "topic",
    "language",
    "name",
)


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--say", action="store_true", help="say what was wrong")
    say = ask.parse_args().say
    house, total = newsroom.load(), Counter[str]()
    print(f"{'':12}" + "".join(f"{field:>15}" for field in FIELDS))
    for publisher in PUBLISHERS:
        base = f"http://{publisher.address}:8801"
        site, right, furniture = Site(publisher, house, base, NOW, live=False), Counter[str](), Counter[str]()
        for shown in site.newsroom.on_show(NOW, NOW, False):
            card = Card(shown, base)
            answer = site.answer(card.path, NOW)
            found = extract(answer.body, card.url, {"content-type": answer.media_type}, captured_at=NOW)
            truth = {plain(said) for p in shown.text.paragraphs for said in (p.text, p.heading)}
            lines = [plain(line) for line in found.text.split("\n")]
            extra = [line for line in lines if line not in truth | {plain(shown.text.standfirst)}]
            furniture.update(line[:70] for line in extra)
            right.update(
                {
                    "articles": 1,
                    "title": plain(found.title) == plain(shown.text.headline),
                    "day": found.published_on == shown.published_at.date(),
                    "authors": set(found.authors) == set(shown.piece.authors),
                    "all paragraphs": all(plain(p.text) in lines for p in shown.text.paragraphs),
                    "nothing else": not extra,
                    "picture": bool(found.images) == bool(shown.piece.picture),
                    "topic": found.topic is not None,
                    "language": found.language == publisher.language,
                    "name": found.publisher_name == publisher.name,
                }
            )
        total.update(right)
        show(publisher.id, right)
        if say:
            print("    ", furniture.most_common(5))
    show("all", total)


def show(name: str, right: "Counter[str]") -> None:
    print(f"{name:12}" + "".join(f"{right[field]:15}" for field in FIELDS))


def plain(text: str) -> str:
    return " ".join(text.split())


main()
