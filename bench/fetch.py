"""Addresses a second from 200 hosts on loopback: ours beside a plain aiohttp loop and Scrapy, in turns in one run.

Each contender runs in a process of its own and asks the same pages (6 kB, twenty a host, no pause, one request at a
time to a host); told are addresses a second and seconds of processor for a thousand addresses, medians of the rounds.
"ours, kept" is the whole gatherer: robots.txt, WARC with fsync, the notebook. Then the loss when some hosts stall.
"""

import argparse
import asyncio
import json
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from loopback import served

HOSTS, PAGES = 200, 20
PAGE = (
    b"<html><head><title>A page</title></head><body>"
    + b"<p>The ferry left the island at nine.</p>" * 145
    + b"</body></html>"
)
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE
NO_RULES = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def ip(number: int) -> str:
    return f"127.0.1.{number + 1}"


def addresses(port: int, stalling: int) -> list[str]:
    """All pages, in the order in which a crawler finds them: a page of each host, then the next. The first `stalling`
    hosts have one page more, which never answers."""
    stalls = [f"http://{ip(host)}:{port}/stall" for host in range(stalling)]
    return stalls + [f"http://{ip(host)}:{port}/{page}" for page in range(PAGES) for host in range(stalling, HOSTS)]


# --------------------------------------------------------------------------------------------- the server


class Answering(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.data = b""

    def data_received(self, data: bytes) -> None:
        self.data += data
        while b"\r\n\r\n" in self.data:
            head, _, self.data = self.data.partition(b"\r\n\r\n")
            if head.startswith(b"GET /stall"):
                return
            self.transport.write(NO_RULES if head.startswith(b"GET /robots.txt") else ANSWER)  # type: ignore[attr-defined]
            if b"close" in head.lower():
                self.transport.close()


async def serve() -> None:
    loop = asyncio.get_running_loop()
    port = 0
    for host in range(HOSTS):
        listener = socket.create_server((ip(host), port), backlog=256)
        port = listener.getsockname()[1]
        await loop.create_server(Answering, sock=listener)
    print(port, flush=True)
    await asyncio.Event().wait()


# ----------------------------------------------------------------------------------------- the contenders


def run_ours(urls: list[str], seconds: float) -> int:
    from rawi.adapters.http import HttpFetcher
    from rawi.model import Ask, Exchange

    fetcher = HttpFetcher("rawi/bench", pause=0, pause_factor=0, allow_loopback=True, seconds=seconds)
    asks = (Ask(url=url, purpose="article") for url in urls)
    done = sum(isinstance(answer, Exchange) and len(answer.body) == len(PAGE) for _, answer in fetcher.fetch(asks))
    fetcher.close()
    return done


def run_kept(urls: list[str], seconds: float) -> int:
    from rawi.core.schedule import first_visit
    from rawi.model import Capture
    from rawi.wiring import open_archive

    with tempfile.TemporaryDirectory() as folder:
        settings = f"allow_loopback = true\npause_seconds = 0\npause_factor = 0\nmost_seconds = {seconds}\n"
        (Path(folder) / "rawi.toml").write_text(f"processes = 1\n[gather]\n{settings}")
        with open_archive(folder) as archive:
            now = datetime.now(UTC)
            archive.store.put(*(first_visit(url, "article", "p", "", now) for url in urls))
            archive.gatherer().ask_all()
            return sum(card.length == len(PAGE) for card in archive.store.find(Capture, limit=100_000))


def run_aiohttp(urls: list[str], seconds: float) -> int:
    import aiohttp

    async def ask(session: aiohttp.ClientSession, url: str) -> bool:
        try:
            async with session.get(url, allow_redirects=False) as answer:
                return len(await answer.read()) == len(PAGE)
        except (TimeoutError, aiohttp.ClientError):
            return False

    async def work() -> int:
        connector = aiohttp.TCPConnector(limit=500, limit_per_host=1)
        timeout = aiohttp.ClientTimeout(total=None, sock_read=seconds)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            return sum(await asyncio.gather(*(ask(session, url) for url in urls)))

    return asyncio.run(work())


def run_scrapy(urls: list[str], seconds: float) -> int:
    import scrapy
    from scrapy.crawler import CrawlerProcess

    done = 0

    class Spider(scrapy.Spider):  # type: ignore[misc]
        name = "bench"

        async def start(self):  # type: ignore[no-untyped-def]
            for url in urls:
                yield scrapy.Request(url, dont_filter=True)

        def parse(self, response):  # type: ignore[no-untyped-def]
            nonlocal done
            done += len(response.body) == len(PAGE)

    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": 500,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "DOWNLOAD_DELAY": 0,
            "DOWNLOAD_TIMEOUT": seconds,
            "ROBOTSTXT_OBEY": False,
            "RETRY_ENABLED": False,
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    process.crawl(Spider)
    process.start()
    return done


CONTENDERS: dict[str, Callable[[list[str], float], int]] = {
    "ours": run_ours,
    "ours, kept": run_kept,
    "aiohttp": run_aiohttp,
    "scrapy": run_scrapy,
}


def contend(name: str, port: int, stalling: int, seconds: float) -> tuple[float, float]:
    """Addresses a second, and seconds of processor for a thousand of them."""
    command = [sys.executable, __file__, "--run", name, str(port), str(stalling), str(seconds)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])
    asked = len(addresses(port, stalling)) - stalling
    assert told["done"] == asked, (name, told, asked)
    return asked / told["seconds"], told["cpu"] / asked * 1000


def run(name: str, port: int, stalling: int, seconds: float) -> None:
    urls = addresses(port, stalling)
    began, cpu = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    done = CONTENDERS[name](urls, seconds)
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = used.ru_utime + used.ru_stime - cpu.ru_utime - cpu.ru_stime
    print(json.dumps({"done": done, "seconds": time.perf_counter() - began, "cpu": spent}))


def stalled_loss(port: int, stalling: int) -> float:
    """How much longer the good hosts take in all when some hosts stall for their whole time, as a share."""
    from rawi.adapters.http import HttpFetcher
    from rawi.model import Ask, Exchange

    def until_all_good(with_stalls: bool) -> float:
        fetcher = HttpFetcher("rawi/bench", pause=0, pause_factor=0, allow_loopback=True, seconds=30)
        urls = addresses(port, stalling)[0 if with_stalls else stalling :]
        left, began = len(urls) - (stalling if with_stalls else 0), time.perf_counter()
        for _, answer in fetcher.fetch(Ask(url=url, purpose="article") for url in urls):
            left -= isinstance(answer, Exchange)
            if not left:
                break
        taken = time.perf_counter() - began
        fetcher.close()
        return taken

    pairs = [(until_all_good(True), until_all_good(False)) for _ in range(5)]
    return statistics.median(stalled for stalled, _ in pairs) / statistics.median(free for _, free in pairs) - 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", action="store_true")
    parser.add_argument("--run", nargs=4)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve())
    elif options.run:
        name, port, stalling, seconds = options.run
        run(name, int(port), int(stalling), float(seconds))
    else:
        with served(__file__) as port:
            tell(port, options.rounds)


def tell(port: int, rounds: int) -> None:
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in CONTENDERS}
    for _ in range(rounds):
        for name in CONTENDERS:
            figures[name].append(contend(name, port, 0, 30.0))
    print(f"{HOSTS} hosts, {PAGES} pages each, {rounds} rounds")
    print(f"{'':12} {'addresses/s':>12} {'CPU s/1000':>12}")
    for name, rates in figures.items():
        print(
            f"{name:12} {statistics.median(r for r, _ in rates):12.0f} {statistics.median(c for _, c in rates):12.2f}"
        )
    for stalling in (1, 40):
        print(f"{stalling} hosts stalling: the others take {stalled_loss(port, stalling):+.1%}")


if __name__ == "__main__":
    main()
