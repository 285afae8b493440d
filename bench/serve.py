"""The site under load: requests a second of one process, and how long a reader waits.

    ./do bench serve [--articles 100000] [--seconds 10]

The server has the first core for itself, the readers the second. Closed loop: each reader asks again when it
has its page.
"""

import argparse
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import made
from rawi import config


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--articles", type=int, default=100_000)
    ask.add_argument("--seconds", type=float, default=10.0)
    ask.add_argument("--readers", type=int, default=4)
    ask.add_argument("--archive", type=Path, help="keep the archive here, or use the one that is there")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = asked.archive or Path(folder, "archive")
        if not (place / config.FILE).exists():
            fill(place, asked.articles, Path(folder))
        with served(place) as port:
            for name, path in pages(port).items():
                measure(name, path, port, asked.seconds, asked.readers)


def fill(place: Path, count: int, folder: Path) -> None:
    source = folder / "made.jsonl"
    made.write(source, count, as_pages=False)
    config.write_config(place, name="Bench", contact="")
    start = time.monotonic()
    subprocess.run([rawi(), "import", str(source), "--archive", str(place)], check=True)
    print(f"{count} articles in {time.monotonic() - start:.0f} s", flush=True)


def rawi() -> str:
    return str(Path(sys.executable).with_name("rawi"))


class served:  # noqa: N801 - reads as a word
    """The site of an archive in a process of its own, on the first core."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __enter__(self) -> int:
        first, *others = sorted(os.sched_getaffinity(0))
        command = ["taskset", "-c", str(first), rawi(), "serve", "--port", "0", "--archive", str(self._place)]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        os.sched_setaffinity(0, set(others) or {first})
        assert self._process.stderr is not None
        found = re.search(r":(\d+)/", self._process.stderr.readline())
        assert found
        return int(found.group(1))

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


def pages(port: int) -> dict[str, Callable[[random.Random], str]]:
    """What is asked: the same front page, articles at random, searches for words at random."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    days = re.findall(r'href="(/en/days/\d{4}-\d\d-\d\d)"', get(connection, "/en/days/2020"))
    found = [key for day in days[:60] for key in re.findall(r"articles/([0-9a-f]{20})", get(connection, day))]
    articles = list(dict.fromkeys(found))
    words = [made.VOCABULARY[language].words[rank] for language in ("ar", "en", "fr") for rank in range(5, 400)]
    return {
        "front page": lambda _: "/en/",
        f"article page ({len(articles)} of them)": lambda chance: f"/en/articles/{chance.choice(articles)}",
        "section page": lambda _: "/fr/sections/politics",
        "search page, one word": lambda chance: f"/en/search?q={quote(chance.choice(words))}",
        "search page, two words": lambda chance: f"/ar/search?q={quote(' '.join(chance.sample(words[:390], 2)))}",
    }


def get(connection: http.client.HTTPConnection, path: str) -> str:
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        sys.exit(f"{path}: HTTP {answer.status}")
    return body.decode()


def measure(name: str, path: Callable[[random.Random], str], port: int, seconds: float, readers: int) -> None:
    taken: list[float] = []
    sizes: list[int] = []
    end = time.perf_counter() + seconds

    def read(seed: int) -> None:
        chance, connection = random.Random(seed), http.client.HTTPConnection("127.0.0.1", port)
        while (start := time.perf_counter()) < end:
            sizes.append(len(get(connection, path(chance))))
            taken.append(time.perf_counter() - start)

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(taken, n=100)
    print(
        f"{name:32} {len(taken) / seconds:6.0f} requests/s   p50 {cuts[49] * 1000:6.1f} ms   "
        f"p99 {cuts[98] * 1000:6.1f} ms   {statistics.mean(sizes) / 1000:5.1f} kB",
        flush=True,
    )


main()
