"""Reading an archive again: captures a second with one and with two processes, and what a changed recipe writes.

    ./do bench rebuild [--made 2000] [--processes 1 2]

Pages: made ones, and those of the shared data (RAWI_SHARED, default ../shared). Seconds of a machine that does other
work, too, say little: what each capture costs the main process and the others is told beside them. With many processes
the first is what bounds the speed.
"""

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path

import made
import rawi
from rawi import config

RECIPE = 'hosts = ["{host}"]\n[[rules]]\ndrop = ["p + p + p + p"]\n'


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--made", type=int, default=2000, help="made pages")
    ask.add_argument("--processes", type=int, nargs="*", default=[1, 2])
    asked = ask.parse_args()
    shared = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "fundus" / "html"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "made.jsonl")
        made.write(source, asked.made, as_pages=True)
        run("made pages (12 kB)", source, Path(folder, "a"), asked.processes)
        if shared.is_dir():
            run("real pages of 90 publishers (350 kB)", shared, Path(folder, "b"), asked.processes)


def run(what: str, source: Path, place: Path, processes: list[int]) -> None:
    config.write_config(place, name="Bench", contact="")
    with rawi.open_archive(place) as archive:
        archive.import_paths([source])
        archive.follow()
    for count in processes:
        rebuild(f"{what}, {count} processes", place, count)
    (place / "recipes").mkdir()
    (place / "recipes" / "one.toml").write_text(RECIPE.format(host="paper1.example"), "utf-8")
    rebuild(f"{what}, a recipe for one of its publishers, {processes[-1]} processes", place, processes[-1])


def rebuild(what: str, place: Path, processes: int) -> None:
    os.environ["RAWI_PROCESSES"] = str(processes)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with rawi.open_archive(place) as archive:
        head, start, mine = archive.store.head(), time.perf_counter(), time.process_time()
        came = archive.rebuild(["articles"])
        seconds, mine = time.perf_counter() - start, time.process_time() - mine
        lines = archive.store.head() - head
    after = resource.getrusage(resource.RUSAGE_CHILDREN)  # processes count when they have ended
    theirs = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{what}: {came.read} captures read, {came.differ} differ, {lines} lines of the log, "
        f"{came.read / seconds:.0f} captures/s; each costs the main process {1000 * mine / came.read:.1f} ms, "
        f"the others {1000 * theirs / came.read:.1f} ms"
    )


main()
