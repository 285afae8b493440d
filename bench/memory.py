"""Memory of a large import: resident size of the importing process while 100,000 made pages come in.

    ./do bench memory [--articles 100000]

Flat means: the size after the last tenth is that after the second tenth, within a few per cent.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import made
from rawi import config

SECONDS = 20
"""Between two looks while pages are read."""


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--articles", type=int, default=100_000)
    count = ask.parse_args().articles
    with tempfile.TemporaryDirectory() as folder:
        source, place = Path(folder, "made.jsonl"), Path(folder, "archive")
        made.write(source, count, as_pages=True)
        config.write_config(place, name="Bench", contact="")
        command = [
            str(Path(sys.executable).with_name("rawi")),
            "import",
            str(source),
            "--archive",
            str(place),
            "--json",
        ]
        start = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            watch(process, count)
        seconds = time.monotonic() - start
        print(f"{count} pages in {seconds:.0f} s: {count / seconds:.0f} articles/s on {os.cpu_count()} cores")
        if process.returncode:
            sys.exit(f"the import ended with {process.returncode}")


def watch(process: "subprocess.Popen[bytes]", count: int) -> None:
    """Prints the sizes each time another tenth is kept, then every so often while the conclusions are drawn."""
    assert process.stdout is not None
    for done in range(1, count + 1):
        process.stdout.readline()
        if done % (count // 10) == 0:
            print(f"kept {done:7}: {size(process.pid)}", flush=True)
    start = time.monotonic()
    while True:
        try:
            process.wait(SECONDS)
            return
        except subprocess.TimeoutExpired:
            print(f"reading, {time.monotonic() - start:4.0f} s: {size(process.pid)}", flush=True)


def size(main: int) -> str:
    """Resident size of a process, and of those it started."""
    sizes = {pid: resident(pid) for pid in (main, *children(main))}
    return f"main {sizes.pop(main, 0):5.0f} MB, its {len(sizes)} others {sum(sizes.values()):5.0f} MB"


def resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = entry.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            except OSError:
                continue
            if int(parent) == pid:
                found += [int(entry.name), *children(int(entry.name))]
    return found


main()
