"""5,000 feeds on 5,000 hosts: processor time and memory of the gatherer that asks them all, round after round.

    ./do bench poll [--feeds 5000] [--rounds 4]

A server on loopback has a feed of twenty items on each host. In the first round everything is new: rules, feeds and
one article each. In each later one, a quarter of an hour on by the archive's clock, nine feeds of ten answer 304 and
one has a new article, which is asked too. Told are seconds of processor of a round, what share of a core that is over
its quarter of an hour, and the most memory that the process ever had. Pauses between requests are set to nothing, so
that a round does not take its quarter of an hour; all else is as it is by default.
"""

import argparse
import asyncio
import resource
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from loopback import served

QUARTER = timedelta(minutes=15)
ITEMS = 20
PAGE = b"<html><head><title>A page</title></head><body>" + b"<p>The ferry left.</p>" * 250 + b"</body></html>"


def host(number: int) -> str:
    """An address of this machine's own for each feed."""
    return f"127.1.{number // 200}.{number % 200 + 1}"


# --------------------------------------------------------------------------------------------- the server


class Feeds(asyncio.Protocol):
    """Answers for all hosts; a feed has one item more in each round in which its turn comes."""

    round = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.data = b""
        if not str(transport.get_extra_info("peername")[0]).startswith("127."):
            transport.close()  # it listens everywhere to answer for all of loopback's addresses

    def data_received(self, data: bytes) -> None:
        self.data += data
        while b"\r\n\r\n" in self.data:
            head, _, self.data = self.data.partition(b"\r\n\r\n")
            self.transport.write(self.answer(head))  # type: ignore[attr-defined]
            if b"connection: close" in head.lower():
                self.transport.close()

    def answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1].decode()
        if path == "/robots.txt":
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        if path.startswith("/next"):
            Feeds.round += 1
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        if path != "/feed":
            return _ok(PAGE, "text/html")
        name = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"host:")).decode().split()[1]
        number = sum(int(part) for part in name.partition(":")[0].split("."))
        newest = (Feeds.round + number) // 10  # a new item every tenth round
        tag = f'"{newest}"'
        if tag.encode() in head:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\nContent-Length: 0\r\n\r\n".encode()
        return _ok(_feed(name, newest), "application/rss+xml", f"ETag: {tag}\r\n")


def _feed(name: str, newest: int) -> bytes:
    # Only the newest item is one to be asked: the others are of another host, as if they had been had long ago.
    items = [f"<item><title>News {newest}</title><link>http://{name}/{newest}</link></item>"]
    items += [f"<item><title>Old {n}</title><link>http://old.example/{n}</link></item>" for n in range(ITEMS - 1)]
    return f"<rss version='2.0'><channel><title>{name}</title>{''.join(items)}</channel></rss>".encode()


def _ok(body: bytes, media_type: str, more: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Feeds, "0.0.0.0", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


# ------------------------------------------------------------------------------------------- the gatherer


def gather(port: int, feeds: int, rounds: int) -> None:
    from urllib.request import urlopen

    from rawi.core.schedule import first_visit
    from rawi.model import Feed, Publisher, address_id
    from rawi.wiring import open_archive

    start = datetime.now(UTC)
    clock = {"ahead": timedelta(0)}
    with tempfile.TemporaryDirectory() as folder:
        settings = "allow_loopback = true\npause_seconds = 0\npause_factor = 0\n"
        (Path(folder) / "rawi.toml").write_text(f"processes = 1\n[gather]\n{settings}")
        with open_archive(folder, now=lambda: datetime.now(UTC) + clock["ahead"]) as archive:
            for number in range(feeds):
                name = f"{host(number)}:{port}"
                url = f"http://{name}/feed"
                publisher = Publisher(
                    id=name, name=name, home=f"http://{name}/", language="", country="", hosts=(name,), added_at=start
                )
                feed = Feed(id=address_id(url), url=url, publisher=name, kind="rss", title="", added_at=start)
                archive.store.put(publisher, feed, first_visit(url, "feed", name, feed.id, start))
            gatherer = archive.gatherer()
            for number in range(rounds):
                wall, core = time.perf_counter(), time.process_time()
                asked = gatherer.ask_all()
                spent = time.process_time() - core
                most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(
                    f"round {number}: {asked:6} addresses, {spent:6.1f} s of processor "
                    f"({spent / QUARTER.total_seconds():6.1%} of a core), wall {time.perf_counter() - wall:6.1f} s, "
                    f"at most {most:4.0f} MB",
                    flush=True,
                )
                urlopen(f"http://127.0.0.1:{port}/next").close()
                clock["ahead"] += QUARTER


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--feeds", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve())
        return
    with served(__file__) as port:
        gather(port, options.feeds, options.rounds)


if __name__ == "__main__":
    main()
