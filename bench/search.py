"""Searching: ours through `archive.search`, with records and marked snippets, beside SQLite FTS5 and PostgreSQL.

    ./do bench search [--articles 1000000] [--archive DIR] [--without postgresql]

The same made articles (`bench/made.py`: three languages, Zipfian words, about 320 words each) are put into an archive,
an FTS5 table and, where `./do services` has one running, a PostgreSQL table with a GIN index; the same questions are
asked of each, one after the other, each kind 200 times with other words. What is timed of the others is the answer
alone: 20 ids with their rank, without records and snippets. Indexing is timed with the reading of text, on all cores.
"""

import argparse
import os
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

import made
import rawi
from rawi import config
from rawi.archive import Archive
from rawi.core import text
from rawi.jobs import index as indexing
from rawi.model import Article, address_id

TOPICS = {"Politics": "politics", "Economy": "economy", "Sport": "sport", "Culture": "culture"}
TIMES = 200
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Question:
    """One question in our language, in FTS5's and in PostgreSQL's."""

    ours: str
    fts5: str
    postgresql: str
    since: int = 0
    until: int = 99999999


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--articles", type=int, default=1_000_000)
    ask.add_argument("--archive", type=Path, help="keep everything here, or use what is there")
    ask.add_argument("--without", nargs="*", default=(), choices=("fts5", "postgresql"))
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = asked.archive or Path(folder, "bench")
        place.mkdir(parents=True, exist_ok=True)
        questions = made_questions(asked.articles)
        ours(place / "archive", asked.articles, questions)
        if "fts5" not in asked.without:
            fts5(place / "fts5.db", asked.articles, questions)
        if "postgresql" not in asked.without and (url := os.environ.get("RAWI_TEST_POSTGRESQL", "")):
            postgresql(url, asked.articles, questions)


# ---------------------------------------------------------------------------------------- made articles


def record(number: int) -> Article:
    """A made article as the archive keeps it."""
    said = made.article(number)
    at = datetime.fromisoformat(str(said["date"]))
    url = str(said["url"])
    topic = list(TOPICS.values())[made.SECTIONS[str(said["language"])].index(str(said["section"]))]
    return Article(
        id=address_id(url),
        url=url,
        canonical_url=url,
        publisher=url.split("/")[2],
        publisher_name=str(said["publisher"]),
        title=str(said["title"]),
        authors=(f"Author {number % 700}",),
        published_at=at,
        published_on=at.date(),
        date_text=str(said["date"]),
        modified_at=None,
        language=str(said["language"]),
        section=str(said["section"]),
        topic=topic,
        text=str(said["text"]),
        images=(),
        credit=None,
        capture="",
        captured_at=at,
        dated_at=at,
        notes=(),
        made_by="made/1",
    )


def made_questions(count: int) -> dict[str, list[Question]]:
    """Questions of each kind: words that some of a thousand articles have, phrases that stand in an article."""
    chance = random.Random("questions")
    words = [made.VOCABULARY[language].words for language in ("ar", "en", "fr")]

    def word(language: list[str]) -> str:
        return text.forms(language[chance.randrange(20, 3000)])[0]

    def phrase() -> tuple[str, ...]:
        said = text.forms(str(made.article(chance.randrange(count))["text"]))
        at = chance.randrange(len(said) - 2)
        return said[at : at + 2]

    kinds: dict[str, list[Question]] = {"term": [], "phrase": [], "boolean": [], "date range": []}
    for _ in range(TIMES):
        language = chance.choice(words)
        a, b, c = word(language), word(language), word(language)
        pair = " ".join(phrase())
        year = chance.randrange(2015, 2024)
        kinds["term"].append(Question(a, f'"{a}"', f"'{a}'"))
        kinds["phrase"].append(Question(f'"{pair}"', f'"{pair}"', " <-> ".join(f"'{part}'" for part in pair.split())))
        kinds["boolean"].append(
            Question(f"({a} OR {b}) NOT {c}", f'("{a}" OR "{b}") NOT "{c}"', f"('{a}' | '{b}') & !'{c}'")
        )
        kinds["date range"].append(
            Question(f"{a} date:[{year} TO {year + 1}]", f'"{a}"', f"'{a}'", year * 10000, (year + 2) * 10000)
        )
    return kinds


def articles(count: int) -> Iterator[list[Article]]:
    for start in range(0, count, BATCH):
        yield [record(number) for number in range(start, min(start + BATCH, count))]


# ------------------------------------------------------------------------------------------------- ours


def ours(place: Path, count: int, questions: dict[str, list[Question]]) -> None:
    if not (place / config.FILE).exists():
        config.write_config(place, name="Bench", contact="")
        with rawi.open_archive(place) as archive:
            for batch in articles(count):
                archive.store.put(*batch)
    with rawi.open_archive(place) as archive:
        index_all(archive, count)
        size = sum(file.stat().st_size for file in (place / "index").rglob("*") if file.is_file())
        print(f"\nours: {archive.index.count():,} articles, {size / count / 1000:.2f} kB of index an article")
        for kind, asked in questions.items():
            report(kind, [timed(lambda q=q: archive.search(q.ours, facets=())) for q in asked])
        for kind in ("term", "boolean"):
            counting = [timed(lambda q=q: archive.search(q.ours, days=True)) for q in questions[kind]]
            report(f"{kind}, with facets and days", counting)
        report("newest 20", [timed(lambda: archive.search("*", order="newest", facets=())) for _ in range(50)])
        deep(archive, questions)
        while_written(archive, count, questions["term"])
    print(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


def index_all(archive: Archive, count: int) -> None:
    behind = archive.store.head() - archive.store.cursor(indexing.follower(archive.index))
    if behind <= 0:
        return
    marks: list[tuple[int, float]] = [(0, time.perf_counter())]
    archive.follow(tell=lambda what, done, _: marks.append((done, time.perf_counter())) if what == "index" else None)
    done, end = marks[-1]
    print(f"indexed {done:,} articles: {done / (end - marks[0][1]):,.0f} a second, the reading of text included")
    early, late = cost(marks, 0, 10_000), cost(marks, max(0, done - 10_000), done)
    print(f"an article costs {early:.3f} ms up to 10,000, {late:.3f} ms at {done:,} ({late / early - 1:+.0%})")


def cost(marks: list[tuple[int, float]], first: int, last: int) -> float:
    """Milliseconds an article took between two counts."""
    begin = next(mark for mark in marks if mark[0] >= first)
    end = next((mark for mark in marks if mark[0] >= last), marks[-1])
    return 1000 * (end[1] - begin[1]) / max(1, end[0] - begin[0])


def deep(archive: Archive, questions: dict[str, list[Question]]) -> None:
    """Page 1 beside page 1,000 of the same question, of words that so many articles have."""
    common = [q for q in questions["term"] if archive.search(q.ours, limit=0, facets=()).total > 20_020][:20]
    for order in ("relevance", "newest"):
        for number in (1, 1000):
            ask = partial(archive.search, order=order, offset=20 * (number - 1), facets=())
            report(f"page {number:,}, {order}", [timed(partial(ask, q.ours)) for q in common])


def while_written(archive: Archive, count: int, asked: list[Question]) -> None:
    """A reader while 300 articles are added by this process."""
    new = [record(number) for number in range(count, count + 300)]
    archive.store.put(*new)
    taken: list[float] = []
    adding = threading.Thread(target=archive.follow)
    adding.start()
    while adding.is_alive():
        taken += [timed(lambda q=q: archive.search(q.ours, facets=())) for q in asked[:20]]
    adding.join()
    report("term, while 300 are added", taken)
    archive.store.drop(Article, *(article.id for article in new))
    archive.follow()


# ----------------------------------------------------------------------------------------------- others


def rows(count: int) -> Iterator[tuple[int, str, str, int]]:
    """The same terms for all: what is compared is the engines."""
    for number in range(count):
        said = made.article(number)
        day = int(str(said["date"])[:10].replace("-", ""))
        yield number, " ".join(text.forms(str(said["title"]))), " ".join(text.forms(str(said["text"]))), day


def fts5(place: Path, count: int, questions: dict[str, list[Question]]) -> None:
    is_new = not place.exists()
    base = sqlite3.connect(place)
    if is_new:
        tokens = "unicode61 categories 'L* N* Co M*'"
        table = f"CREATE VIRTUAL TABLE docs USING fts5(title, body, content='', tokenize=\"{tokens}\")"
        base.execute("CREATE TABLE days (id INTEGER PRIMARY KEY, day INTEGER)")
        base.execute(table)
        start = time.perf_counter()
        for number, title, body, day in rows(count):
            base.execute("INSERT INTO docs(rowid, title, body) VALUES (?, ?, ?)", (number, title, body))
            base.execute("INSERT INTO days VALUES (?, ?)", (number, day))
        base.commit()
        rate = count / (time.perf_counter() - start)
        print(f"\nSQLite FTS5: indexed {rate:,.0f} a second, the making of articles included")
    print(f"\nSQLite FTS5 {sqlite3.sqlite_version}: {place.stat().st_size / count / 1000:.2f} kB an article")
    ranked = "SELECT rowid FROM docs WHERE docs MATCH ? ORDER BY bm25(docs, 2.5, 1.0) LIMIT 20"
    within = (
        "SELECT docs.rowid FROM docs JOIN days ON days.id = docs.rowid WHERE docs MATCH ? AND day BETWEEN ? AND ?"
        " ORDER BY bm25(docs, 2.5, 1.0) LIMIT 20"
    )
    for kind, asked in questions.items():
        if kind == "date range":
            report(
                kind, [timed(lambda q=q: base.execute(within, (q.fts5, q.since, q.until)).fetchall()) for q in asked]
            )
        else:
            report(kind, [timed(lambda q=q: base.execute(ranked, (q.fts5,)).fetchall()) for q in asked])
    base.close()


def postgresql(url: str, count: int, questions: dict[str, list[Question]]) -> None:
    engine = sa.create_engine(url)
    with engine.connect() as base:
        base.execute(sa.text("DROP TABLE IF EXISTS bench_docs"))
        base.execute(sa.text("CREATE UNLOGGED TABLE bench_docs (id integer, day integer, words tsvector)"))
        insert = sa.text(
            "INSERT INTO bench_docs VALUES (:id, :day,"
            " setweight(to_tsvector('simple', :title), 'A') || to_tsvector('simple', :body))"
        )
        batch: list[dict[str, object]] = []
        for number, title, body, day in rows(count):
            batch.append({"id": number, "day": day, "title": title, "body": body})
            if len(batch) == BATCH or number == count - 1:
                base.execute(insert, batch)
                batch = []
        base.execute(sa.text("CREATE INDEX ON bench_docs USING gin (words)"))
        base.commit()
        base.execute(sa.text("ANALYZE bench_docs"))
        size = base.execute(sa.text("SELECT pg_total_relation_size('bench_docs')")).scalar_one()
        version = base.execute(sa.text("SHOW server_version")).scalar_one()
        print(f"\nPostgreSQL {version}: {size / count / 1000:.2f} kB an article")
        ranked = sa.text(
            "SELECT id FROM bench_docs, to_tsquery('simple', :asked) query WHERE words @@ query"
            " AND day BETWEEN :since AND :until ORDER BY ts_rank(words, query) DESC LIMIT 20"
        )
        for kind, asked in questions.items():
            taken = [
                timed(
                    lambda q=q: base.execute(
                        ranked, {"asked": q.postgresql, "since": q.since, "until": q.until}
                    ).fetchall()
                )
                for q in asked
            ]
            report(kind, taken)
        base.execute(sa.text("DROP TABLE bench_docs"))
        base.commit()


# ------------------------------------------------------------------------------------------------ timing


def timed(ask: Callable[[], object]) -> float:
    start = time.perf_counter()
    ask()
    return time.perf_counter() - start


def report(kind: str, taken: list[float]) -> None:
    if len(taken) < 2:
        print(f"{kind:32} not asked")
        return
    cuts = statistics.quantiles(taken, n=20)
    print(f"{kind:32} p50 {cuts[9] * 1000:7.1f} ms   p95 {cuts[18] * 1000:7.1f} ms", flush=True)


if __name__ == "__main__":
    sys.exit(main())
