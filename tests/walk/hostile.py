"""The hostile servers of `RAWI_SHARED/tools`, for the tests that gather from them; and, run as a program, a fetcher
that asks the addresses it is given and prints what came and how much memory it took."""

import json
import resource
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from rawi.adapters.http import HttpFetcher
from rawi.core.urls import clean
from rawi.model import Ask, Exchange
from tests.shared import shared

SERVERS = 4
"""One server is one host, asked one thing at a time: the slow cases are shared out."""

SECONDS = 6.0
"""For one address: one case sends its first byte after five."""

_ONE_OF = {
    "/redir/chain/": "/redir/chain/1",
    "/redir/five/": "/redir/five/5",
    "/trap/calendar/": "/trap/calendar/2015/11",
    "/trap/dup/": "/trap/dup/1",
    "/trap/pages/": "/trap/pages/1",
}
"""Cases that are many addresses: one that begins them."""


@dataclass(frozen=True)
class Case:
    """One behaviour of a hostile server: its path in the list, its group, its address, and what must come of it."""

    path: str
    group: str
    url: str
    verdict: str


@dataclass(frozen=True)
class Hostile:
    """A running server."""

    ports: dict[str, int]

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.ports['main']}"

    def log(self) -> list[dict[str, Any]]:
        """What it was asked, in order."""
        found = self.told("__log")
        entries: list[dict[str, Any]] = found["requests"] if isinstance(found, dict) else found
        return entries

    def told(self, what: str) -> Any:
        """What it tells of itself."""
        with urllib.request.urlopen(f"{self.root}/{what}") as answer:
            return json.load(answer)


@contextmanager
def hostile_servers(count: int = SERVERS) -> Iterator[list[Hostile]]:
    """So many servers, stopped by their own process ids."""
    program = shared("tools/hostile_server.py")
    with ExitStack() as stack:
        made = []
        for _ in range(count):
            command = [
                sys.executable,
                str(program),
                "--port",
                "0",
                "--print-ports",
                "--drip",
                "0.2",
                "--lifetime",
                "600",
            ]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            stack.callback(process.wait)
            stack.callback(process.kill)
            assert process.stdout is not None
            stack.callback(process.stdout.close)
            made.append(Hostile(json.loads(process.stdout.readline())))
        yield made


def cases(servers: list[Hostile]) -> list[Case]:
    """Every case once, shared out among the servers."""
    listed = servers[0].told("index.json")
    found = listed["cases"] if isinstance(listed, dict) else listed
    return [
        Case(
            path=case["path"],
            group=case["group"],
            url=clean(servers[number % len(servers)].root + quote(_ONE_OF.get(case["path"], case["path"]))),
            verdict=case["verdict"],
        )
        for number, case in enumerate(found)
    ]


def fetch_all(urls: list[str]) -> dict[str, Any]:
    """Asks all with one fetcher and drops each answer: how long each took at most, and the memory beyond the start."""
    fetcher = HttpFetcher(
        "rawi/hostile", seconds=SECONDS, pause=0, pause_factor=0, at_one_address=1000, allow_loopback=True
    )
    list(fetcher.fetch([Ask(url=urls[0], purpose="article")]))  # what the first one brings along is not of the cases
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answers: dict[str, str] = {}
    began = last = time.monotonic()
    slowest = 0.0
    while left := [url for url in urls if answers.get(url, "rests") == "rests"]:
        for ask, answer in fetcher.fetch(Ask(url=url, purpose="article") for url in left):
            # Several hosts answer at once: between two answers no more can lie than one of them took.
            slowest, last = max(slowest, time.monotonic() - last), time.monotonic()
            answers[ask.url] = (answer.truncated or "whole") if isinstance(answer, Exchange) else answer.reason
            del answer
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    fetcher.close()
    return {"answers": answers, "grown_kib": grown, "slowest": slowest, "seconds": time.monotonic() - began}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fetch_all(json.load(sys.stdin))))
