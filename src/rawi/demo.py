"""The demonstration: the made-up press on loopback, gathered live into a fresh archive, shown on the site."""

import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import quote

from rawi import config
from rawi.archive import Archive
from rawi.errors import CannotRun
from rawi.press.server import serve
from rawi.serving import gathering, serving, stop_on_sigterm
from rawi.wiring import open_archive

Note = Callable[[str], None]

SETTINGS = """\
name = "Rawi: the press of Marsana"

[gather]
contact = "the demonstration of Rawi"
allow_loopback = true
pause_seconds = 0
pause_factor = 0
feed_minutes = 0.15
shortest_feed_minutes = 0.1
longest_feed_minutes = 0.2
revisit_hours = [0.01, 0.02, 0.05]
"""
"""Everything a hundred times faster than a publisher would like it: this press is ours, and on this machine."""


def run_demo(*, port: int, once: bool, folder: Path | None, note: Note) -> None:
    """Runs the demonstration until Ctrl-C; with `once`, until its main pages have been checked."""
    stop_on_sigterm()
    started = time.monotonic()
    with _folder(folder) as place, serve() as made_up:
        note(f"The made-up press: {len(made_up.publishers)} publishers, such as {made_up.publishers[0].home}")
        with open_archive(place) as archive:
            for publisher in made_up.publishers:
                archive.add(publisher.home, name=publisher.name)
            _gather_all(archive, note)
            note(f"Gathered and read in {time.monotonic() - started:.0f} s.")
            if once:
                with serving(archive) as url:
                    _check_pages(archive, url, note)
                return
            with gathering(archive), serving(archive, port=port) as url:
                note(f"\nThe archive is at  {url}\nNew articles and revisions come in while you read. Ctrl-C ends it.")
                _wait()


@contextmanager
def _folder(folder: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="rawi-demo-") as temporary:
        place = folder or Path(temporary)
        if (place / config.FILE).exists():
            raise CannotRun(
                f"{place} is an archive already: the demonstration begins with a fresh one; name another folder"
            )
        place.mkdir(parents=True, exist_ok=True)
        (place / config.FILE).write_text(SETTINGS, "utf-8")
        yield place


def _gather_all(archive: Archive, note: Note) -> None:
    """Everything the press has out by now: articles, then the pictures that they show."""
    gatherer, count = archive.gatherer(), 0
    while asked := gatherer.ask_all():
        count += asked
        note(f"{count} addresses asked")
        archive.follow()
        if not gatherer.has_new():
            return


def _wait() -> None:
    forever = threading.Event()
    try:
        forever.wait()
    except KeyboardInterrupt:
        forever.set()


# -------------------------------------------------------------------------------------- self-check


def _check_pages(archive: Archive, url: str, note: Note) -> None:
    """Asks the main pages as a reader would; CannotRun when one is not as it should be."""
    article = archive.headlines(limit=1)[0]
    first_day = archive.days()[0][0]
    wanted = {
        "en/": article.title[:20],
        "ar/": 'dir="rtl"',
        "fr/": 'lang="fr"',
        f"en/articles/{article.id}": "Published in",
        f"en/days/{first_day.isoformat()}": "articles/",
        "en/search?q=ferry": "<mark>",
        "fr/search?q=ferry": "<mark>",
        "ar/search?q=العبارة": "<mark>",
    }
    for path, words in wanted.items():
        _check_page(url + quote(path, safe="/?=&"), words)
    note(f"{len(wanted)} pages are as they should be: {archive.state().articles} articles.")


def _check_page(url: str, words: str) -> None:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own address
            body = unescape(answer.read().decode())
    except (urllib.error.URLError, OSError) as error:
        raise CannotRun(f"{url}: {error}") from error
    if words not in body:
        raise CannotRun(f"{url}: the page does not hold “{words}”")
