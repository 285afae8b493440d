"""Killed at any moment, the next start loses no acknowledged capture and ends as an undisturbed run does."""

import json
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from rawi import open_archive
from rawi.model import Article, Capture
from tests.shared import ROOT

POINTS = 60
PAGES = 24


@dataclass(frozen=True)
class Seen:
    """What an archive comes to: everything a reader could ask of it."""

    captures: frozenset[tuple[str, str, str]]
    articles: frozenset[tuple[str, str, str, str]]
    found: tuple[tuple[str, ...], ...]


def source(folder: Path) -> Path:
    """Pages, one of them twice with a changed text, so that there are articles and a revision."""
    path = folder / "pages.jsonl"
    rows = [page(number, "It left at nine.") for number in range(PAGES)] + [
        page(3, "It left at ten, the port now says.", 2)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def page(number: int, said: str, day: int = 1) -> dict[str, str]:
    text = (
        f"Ferry {number} left the island with {number} passengers and a cargo of oranges for the market of the capital."
    )
    html = (
        f"<html><body><h1>Ferry number {number}</h1><article><p>{text}</p><p>{said} {text}</p></article></body></html>"
    )
    return {"url": f"https://harbour.example/{number}", "html": html, "fetched_at": f"2026-01-{day:02}T12:00:00Z"}


def make(place: Path) -> Path:
    place.mkdir()
    (place / "rawi.toml").write_text("processes = 1\n")
    return place


def run(place: Path, path: Path, calls: int) -> list[str]:
    """Runs the import until it is killed, or to its end; gives what it printed."""
    command = [sys.executable, "-m", "tests.walk.killed", str(place), str(path), str(calls)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -9), done.stderr
    assert (done.returncode == -9) == (calls > 0), "the point of killing was not reached"
    return done.stdout.splitlines()


def finish(place: Path, path: Path) -> Seen:
    """The next start: imports again, follows, and looks."""
    with open_archive(place) as archive:
        archive.import_paths([path])
        archive.follow()
        assert archive.check() == []
        return look(archive)


def look(archive: object) -> Seen:
    store, search = archive.store, archive.search  # type: ignore[attr-defined]
    captures = store.find(Capture, limit=1000)
    articles = store.find(Article, limit=1000)
    queries = ("ferry", '"number 7"', "oranges -10", "ten")
    return Seen(
        captures=frozenset((c.id, c.url, c.digest) for c in captures),
        articles=frozenset((a.id, a.title, a.text, a.made_by) for a in articles),
        found=tuple(tuple(sorted(a.id for a in search(query, limit=100))) for query in queries),
    )


@pytest.mark.slow
def test_killed_at_any_point(tmp_path: Path) -> None:
    path = source(tmp_path)
    printed = run(make(tmp_path / "counted"), path, 0)
    total = int(printed[-1].split()[1])
    undisturbed = finish(tmp_path / "counted", path)
    assert len(undisturbed.captures) == PAGES + 1
    assert len(undisturbed.articles) == PAGES

    chance = random.Random(2026)
    acknowledged_before_killing = 0
    for number, calls in enumerate(sorted(chance.sample(range(1, total), POINTS))):
        place = make(tmp_path / f"killed{number}")
        acknowledged = {line.split()[1] for line in run(place, path, calls) if line.startswith("capture")}
        seen = finish(place, path)
        assert seen == undisturbed, f"killed after {calls} of {total} calls"
        assert acknowledged <= {key for key, _, _ in seen.captures}
        acknowledged_before_killing += bool(acknowledged)
    assert acknowledged_before_killing >= POINTS // 10, (
        "hardly any point lay behind an acknowledgement: move the points"
    )


def test_a_torn_record_is_set_aside_and_named(tmp_path: Path) -> None:
    """What a power cut leaves: half a record at the end of a capture file that was not closed."""
    path, place = source(tmp_path), make(tmp_path / "torn")
    run(place, path, 0)
    (file,) = (place / "captures").glob("*.warc.gz")
    torn = file.with_name(file.name + ".open")
    file.rename(torn)
    torn.write_bytes(torn.read_bytes()[:-25])
    with open_archive(place) as archive:
        archive.follow()
        (piece,) = archive.torn
        assert piece.length > 0
        assert (place / "captures" / "torn" / Path(piece.kept_as).name).stat().st_size == piece.length
        (finding,) = [f for f in archive.check() if "read back" in f.what]
        assert finding.count == 1
