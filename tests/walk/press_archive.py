"""The made-up press, gathered over loopback into an archive of either shape: what the walk tests look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rawi import Archive, open_archive
from rawi.press.server import Press, serve

STARTED = datetime(2026, 11, 1, 9, tzinfo=UTC)
"""When the press was started, for the press: then what it shows is the same in every run."""

SETTINGS = """\
name = "The press of Marsana"
database = "{database}"
index = "{index}"
processes = 1
[gather]
allow_loopback = true
pause_seconds = 0
"""


@contextmanager
def gathered(place: Path, press: Press, *, database: str = "", index: str = "index") -> Iterator[Archive]:
    """An archive that has everything the press has out at its start."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "rawi.toml").write_text(SETTINGS.format(database=database, index=index), "utf-8")
    with open_archive(place) as archive:
        for publisher in press.publishers:
            archive.add(publisher.home, name=publisher.name)
        gatherer = archive.gatherer()
        while gatherer.ask_all():
            archive.follow()
            if not gatherer.has_new():
                break
        yield archive


def started() -> Press:
    """The press as it is at its start, and stays."""
    return serve(started_at=STARTED, live=False)
