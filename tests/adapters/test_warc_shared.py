"""Several processes that write one folder of captures."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from rawi.adapters.warc import WarcCaptures
from rawi.adapters.warc_shared import SharedWarcCaptures
from rawi.errors import CaptureError
from tests.contracts.test_captures import CONFIRMED, PAGE, SAVED, replace
from tests.shared import ROOT


def left_by_a_killed_process(folder: Path) -> str:
    """Captures one exchange and leaves the file as a kill would; gives its place."""
    captures = SharedWarcCaptures(folder)
    (place,) = captures.keep([PAGE])
    name, _, rest = place.rpartition("/")
    (path,) = (folder / name).glob(f"{rest.partition('@')[0]}.warc.gz.open")
    data = path.read_bytes()
    captures.close()
    path.with_suffix("").unlink()
    path.write_bytes(data)
    return place


def test_several_keep_at_once_and_each_reads_all(tmp_path: Path) -> None:
    keepers = [SharedWarcCaptures(tmp_path) for _ in range(3)]
    pages = [replace(PAGE, url=f"https://news.example/{n}") for n in range(6)]
    places = [keepers[n % 3].keep([page])[0] for n, page in enumerate(pages)]
    assert len(set(places)) == 6
    for reader in (*keepers, SharedWarcCaptures(tmp_path)):
        assert [reader.read(place) for place in places] == pages
        assert sorted(place for place, _ in reader.scan()) == sorted(places)
    for keeper in keepers:
        keeper.close()
    assert [SharedWarcCaptures(tmp_path).read(place) for place in places] == pages


def test_one_alone_writes_as_it_always_did(tmp_path: Path) -> None:
    alone = SharedWarcCaptures(tmp_path)
    (place,) = alone.keep([PAGE])
    alone.close()
    assert WarcCaptures(tmp_path).read(place) == PAGE


def test_what_a_killed_process_left_is_taken_up_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    living = SharedWarcCaptures(tmp_path)
    living.keep([SAVED])
    lost = left_by_a_killed_process(tmp_path)
    assert lost.startswith("k1/")
    third = SharedWarcCaptures(tmp_path)
    found, torn = third.recover()
    assert (list(found), torn) == ([(lost, PAGE)], [])
    assert list(found[0:1]) == [(lost, PAGE)]
    third.keep([SAVED])
    assert list(third.recover()[0]) == []
    assert not list((tmp_path / "k1").glob("rawi-*.open")) or third.read(lost) == PAGE
    third.close()
    living.close()
    assert not list(tmp_path.rglob("*.open"))


def test_without_being_taken_up_it_is_given_again(tmp_path: Path) -> None:
    lost = left_by_a_killed_process(tmp_path)
    first = SharedWarcCaptures(tmp_path)
    assert list(first.recover()[0]) == [(lost, PAGE)]
    first.close()
    assert list(SharedWarcCaptures(tmp_path).recover()[0]) == [(lost, PAGE)]


def test_a_torn_end_in_any_of_the_folders_is_set_aside(tmp_path: Path) -> None:
    living = SharedWarcCaptures(tmp_path)
    living.keep([SAVED])
    left_by_a_killed_process(tmp_path)
    (path,) = (tmp_path / "k1").glob("*.open")
    path.write_bytes(path.read_bytes() + b"torn")
    (piece,) = SharedWarcCaptures(tmp_path).recover()[1]
    assert piece.length == 4
    living.close()


def test_a_revisit_refers_to_a_capture_of_another_process(tmp_path: Path) -> None:
    first, second = SharedWarcCaptures(tmp_path), SharedWarcCaptures(tmp_path)
    (place,) = first.keep([PAGE])
    assert CONFIRMED.revisit is not None
    (again,) = second.keep([replace(CONFIRMED, revisit=replace(CONFIRMED.revisit, place=place))])
    second.close()
    (path,) = (tmp_path / "k1").glob("*.warc.gz")
    assert first.record_id(place).encode() in _unpacked(path)
    assert second.record_id(again) != first.record_id(place)
    first.close()


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


@pytest.mark.parametrize("place", ["../x@0", "k0/x@0", "k1/k2/x@0", "/etc/passwd@0", "k99999/x@0"])
def test_no_place_leads_out_of_the_folder(tmp_path: Path, place: str) -> None:
    with pytest.raises(CaptureError):
        SharedWarcCaptures(tmp_path).read(place)


KEEPER = """
import os
import sys
from dataclasses import replace
from pathlib import Path
from rawi.adapters.warc import WarcCaptures
from rawi.adapters.warc_shared import SharedWarcCaptures
from tests.contracts.test_captures import PAGE

captures = SharedWarcCaptures(
    Path(sys.argv[1]), lambda folder, find: WarcCaptures(folder, record_id=find, max_file_bytes=5000)
)
for number in range(40):
    if number % 10 == 0:
        list(captures.recover()[0])
    page = replace(PAGE, url=f"https://news.example/{sys.argv[2]}/{number}")
    print(captures.keep([page])[0], page.url, flush=True)
os.close(1)  # the end of what it says
sys.stdin.read()  # until it is killed
"""


@pytest.mark.slow
def test_processes_that_keep_and_recover_at_once_and_are_killed_lose_nothing(tmp_path: Path) -> None:
    told: dict[str, str] = {}
    for turn in range(2):
        command = [sys.executable, "-c", KEEPER, str(tmp_path)]
        processes = [
            subprocess.Popen(
                [*command, f"{turn}-{n}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
            )
            for n in range(3)
        ]
        for process in processes:
            with process:
                lines = process.stdout.read().splitlines()  # type: ignore[union-attr]
                process.kill()
            assert len(lines) == 40
            told |= dict(line.split() for line in lines)
    assert len(told) == 2 * 3 * 40
    captures = SharedWarcCaptures(tmp_path)
    captures.recover()
    assert {place: exchange.url for place, exchange in captures.scan()} == told
    captures.close()
