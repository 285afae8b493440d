"""Feeds as feedparser reads them, item by item, and how much faster: real feeds and test feeds of `RAWI_SHARED`.

feedparser is the reference for meaning. Compared per item are address, title, dates, author and id, after what is fair
between two readers: addresses in our canonical form on both sides, titles as plain text with blanks made one, dates to
the second (a day without a time is its midnight, as feedparser has it). Where feedparser knows one date only, it is the
item's date, whether it is called published or updated (feedparser says of a `dc:date` that it is an update; in RSS 1.0
it is the publication). An id is the same when it leads to the same address (feedparser makes every id absolute, names
like "t3_qksbf1" as well). Authors are names, without the mail address beside them; Atom entries without one have that
of their feed (RFC 4287, section 4.2.1). Items whose address is none that could be asked (no http or https) are left
out on both sides, and so are items that feedparser gives no address. Files are halved by the hash of their name: look
at the differences of the one half (`--verbose`), and only at the totals of the other.
"""

import argparse
import calendar
import hashlib
import html
import os
import re
import statistics
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from time import perf_counter
from typing import Any

import fastfeedparser
import feedparser

from rawi.core.foundlink import FoundLink
from rawi.core.links import read_feed
from rawi.core.urls import clean
from rawi.errors import BadInput

SHARED = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared"))
URL = "https://feeds.example/rss/feed.xml"
FIELDS = ("title", "dates", "author", "id")
SETS = {
    "real feeds": ("fastfeedparser-integration", "feed-rs"),
    "feedparser's own tests": ("feedparser-tests",),
    "gofeed's tests": ("gofeed",),
}
_TAG = re.compile(r"<[^>]*>")
_MAIL = re.compile(r"\S+@\S+ \((.+)\)|(.+) \(\S+@\S+\)")
Item = dict[str, Any]


def files(folders: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        root = SHARED / "data" / "feeds" / folder
        for path in sorted(root.rglob("*")):
            is_feed = path.suffix in (".xml", ".rss", ".atom", ".rdf") and path.is_file()
            if is_feed or (path.suffix == ".json" and b"jsonfeed.org" in path.read_bytes()[:500]):
                yield path


def plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def canonical(url: str) -> str:
    try:
        return clean(url.strip(), URL) if url.strip() else ""
    except BadInput:
        return ""


def moment(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError):
        return None


def dates(published: datetime | None, updated: datetime | None) -> list[datetime]:
    return list(dict.fromkeys(date for date in (published, updated) if date))


def person(author: str) -> str:
    found = _MAIL.fullmatch(author)
    return (found[1] or found[2]) if found else author


def identity(said: str) -> str:
    said = " ".join(said.split())
    return canonical(said) or said


def theirs(data: bytes) -> dict[str, Item]:
    found = feedparser.parse(data, response_headers={"content-location": URL}, sanitize_html=False)
    of_feed = found.feed.get("author", "") if found.get("version", "").startswith("atom") else ""
    items: dict[str, Item] = {}
    for entry in found.entries:
        url = canonical(entry.get("link", ""))
        if url and url not in items:
            updated = moment(entry.get("updated_parsed")) if "updated" in entry else None
            items[url] = {
                "title": plain(entry.get("title", "")),
                "dates": dates(moment(entry.get("published_parsed")), updated),
                "author": person(plain(entry.get("author", "") or of_feed)),
                "id": identity(entry.get("id", "")),
            }
    return items


def ours(data: bytes) -> dict[str, Item]:
    return {link.url: _item(link) for link in read_feed(data, URL).links}


def _item(link: FoundLink) -> Item:
    published = link.published_at and link.published_at.replace(microsecond=0)
    if link.published_on and not published:
        published = datetime.combine(link.published_on, time(), UTC)
    updated = link.updated_at and link.updated_at.replace(microsecond=0)
    return {
        "title": plain(link.title),
        "dates": dates(published, updated),
        "author": person(plain(link.author)),
        "id": identity(link.id),
    }


def compare(data: bytes) -> tuple[int, int, Counter[str]]:
    """Items of feedparser, how many of them are ours with all fields equal, and which fields differ."""
    wanted, got = theirs(data), ours(data)
    equal, wrong = 0, Counter[str]()
    for url, item in wanted.items():
        mine = got.get(url)
        differs = [name for name in FIELDS if mine is None or mine[name] != item[name]]
        wrong.update(differs if mine else ["missing"])
        equal += not differs
    return len(wanted), equal, wrong


def half(path: Path) -> int:
    return hashlib.sha256(path.name.encode()).digest()[0] % 2


def judge(name: str, folders: tuple[str, ...], verbose: bool) -> None:
    totals, equals, wrong = [0, 0], [0, 0], Counter[str]()
    for path in files(folders):
        data = path.read_bytes()
        count, equal, differs = compare(data)
        part = half(path)
        totals[part] += count
        equals[part] += equal
        wrong += differs
        if verbose and part == 0 and differs:
            print(f"  {path.name}: {dict(differs)}")
    told = " ".join(f"{equals[part]}/{totals[part]} = {equals[part] / max(totals[part], 1):.3f}" for part in (0, 1))
    print(f"{name:24} all fields equal, two halves: {told}; differing: {dict(wrong.most_common())}")


def speed() -> None:
    data = [path.read_bytes() for path in files(SETS["real feeds"])]
    size = sum(map(len, data)) / 1e6
    readers: dict[str, Any] = {
        "ours": lambda one: read_feed(one, URL),
        "fastfeedparser": fastfeedparser.parse,
        "feedparser": feedparser.parse,
    }
    spent: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(3):
        for name, read in readers.items():
            began = perf_counter()
            for one in data:
                try:
                    read(one)
                except Exception:  # a reader that gives up has still spent its time
                    continue
            spent[name].append(perf_counter() - began)
    slowest = statistics.median(spent["feedparser"])
    print(f"\n{len(data)} real feeds, {size:.1f} MB")
    for name, times in spent.items():
        taken = statistics.median(times)
        print(f"{name:16} {taken / size * 1000:8.1f} ms/MB   {slowest / taken:6.1f} × feedparser")


def many_items() -> None:
    item = "<item><title>Number {0} &amp; more</title><link>https://www.example.com/news/{0}</link><guid>n{0}</guid>"
    item += "<pubDate>Fri, 02 Oct 2015 10:11:12 +0200</pubDate><description><![CDATA[<p>A.</p>]]></description></item>"
    data = f"<rss><channel>{''.join(item.format(number) for number in range(50_000))}</channel></rss>".encode()
    print(f"\none feed of 50,000 items, {len(data) / 1e6:.1f} MB")
    for name, read in (("ours", lambda: read_feed(data, URL)), ("feedparser", lambda: feedparser.parse(data))):
        began = perf_counter()
        read()
        print(f"{name:16} {perf_counter() - began:8.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="name the differing files of the first half")
    options = parser.parse_args()
    if not SHARED.is_dir():
        parser.exit(3, f"{SHARED} is not there: set RAWI_SHARED to the folder of shared data\n")
    warnings.simplefilter("ignore")
    for name, folders in SETS.items():
        judge(name, folders, options.verbose)
    speed()
    many_items()


if __name__ == "__main__":
    main()
