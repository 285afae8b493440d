"""Import of saved pages to searchable articles: articles a second on one core, and where the time goes.

    ./do bench import [--made 2000] [--profile]

Pages: those of the shared data (RAWI_SHARED, default ../shared) and made ones. Everything runs on one core: the main
process and no other.
"""

import argparse
import cProfile
import os
import pstats
import tempfile
import time
from pathlib import Path

import made
import rawi
from rawi import config

STAGES = {
    "undo content codings and charset": ("payload.py", ("unpack", "decode")),
    "find the page's own address (import)": ("reading.py", ("own_address",)),
    "parse HTML": ("page.py", ("parse",)),
    "read what the page declares": ("page.py", ("declared",)),
    "find the text": ("body.py", ("read",)),
    "tell the language": ("text.py", ("language",)),
    "write WARC and fsync": ("warc.py", ("keep",)),
    "read WARC back": ("warc.py", ("read",)),
    "write the store (and its log)": ("database.py", ("put",)),
    "read the store": ("database.py", ("find", "get_many", "changes")),
    "terms for the index": ("index.py", ("doc_of",)),
    "write the index": ("tantivy_index.py", ("put", "commit")),
}


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--made", type=int, default=2000, help="made pages")
    ask.add_argument("--profile", action="store_true", help="say where the time goes (slower)")
    asked = ask.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    shared = Path(os.environ.get("RAWI_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "fundus" / "html"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "made.jsonl")
        made.write(source, asked.made, as_pages=True)
        run("made pages (12 kB)", source, Path(folder, "a"), asked.profile)
        if shared.is_dir():
            run("real pages of 90 publishers (350 kB)", shared, Path(folder, "b"), asked.profile)


def run(what: str, source: Path, place: Path, profiled: bool) -> None:
    config.write_config(place, name="Bench", contact="")
    with place.joinpath(config.FILE).open("a") as file:
        file.write("\n")
    os.environ["RAWI_PROCESSES"] = "1"
    with rawi.open_archive(place) as archive:
        archive.follow()
        profile = cProfile.Profile()
        start = time.process_time()
        if profiled:
            profile.enable()
        report = archive.import_paths([source])
        archive.follow()
        profile.disable()
        seconds = time.process_time() - start
        found = archive.search("*", limit=0).total
    print(f"{what}: {report.kept} pages, {found} searchable articles, {found / seconds:.0f} articles/s of one core")
    if profiled:
        explain(profile)


def explain(profile: cProfile.Profile) -> None:
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = sum(own for _, _, own, _, _ in stats.values())
    for stage, (file, names) in STAGES.items():
        spent = sum(
            cumulative
            for (path, _, name), (_, _, _, cumulative, _) in stats.items()
            if path.endswith(f"/{file}") and name in names and "/rawi/" in path
        )
        print(f"    {stage:40} {spent / total:6.1%}")


main()
