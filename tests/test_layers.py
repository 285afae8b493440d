"""Who may import whom, and what the core may not touch. The rules are seen to fail on made-up offenders."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src" / "rawi"

NOUNS = {"model", "errors"}
INNER = NOUNS | {"ports", "core", "jobs"}
FACE = {"archive", "catalogues", "cli", "config", "demo", "press", "progress", "serving", "web", "wiring"}
MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "ports": NOUNS,
    "core": NOUNS | {"core"},
    "jobs": INNER,
    "archive": INNER,
    "web": INNER | {"archive", "web"},
    "adapters": NOUNS | {"ports", "core", "adapters"},
    "wiring": INNER | {"archive", "config", "adapters", "web"},
    "config": NOUNS,
    "catalogues": NOUNS | {"core"},
    "press": {"press"},
    "progress": {"jobs"},
    "serving": INNER | {"archive", "web"},
    "demo": INNER | FACE,
    "cli": INNER | FACE,
    "__init__": {"archive", "wiring"},
    "__main__": {"cli"},
}

CORE_MAY_NOT_IMPORT = {
    "aiohttp", "asyncio", "datetime.now", "http.client", "logging", "multiprocessing", "os", "pathlib", "random",
    "requests", "secrets", "shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib.request", "urllib3", "uuid",
}  # fmt: skip
CORE_MAY_NOT_CALL = {"breakpoint", "exec", "eval", "input", "open", "print"}
CORE_MAY_NOT_ASK = {"environ", "getenv", "now", "open", "today", "utcnow"}


def room(path: Path, root: Path = ROOT) -> str:
    return path.relative_to(root).parts[0].removesuffix(".py")


def imported_rooms(source: str) -> Iterator[str]:
    """The rooms of rawi that a module imports, wherever in it the import stands."""
    for name in imported_modules(source):
        first, _, rest = name.partition(".")
        if first == "rawi" and rest:
            yield rest.partition(".")[0]


def imported_modules(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the room they lead to"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def impurities(source: str) -> Iterator[str]:
    for module in imported_modules(source):
        parts = module.split(".")
        for length in range(1, len(parts) + 1):
            if ".".join(parts[:length]) in CORE_MAY_NOT_IMPORT:
                yield module
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CORE_MAY_NOT_CALL:
            yield f"{node.func.id}()"
        if isinstance(node, ast.Attribute) and node.attr in CORE_MAY_NOT_ASK:
            yield f".{node.attr}"


MODULES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_room_imports_only_what_it_may(path: Path) -> None:
    assert set(imported_rooms(path.read_text())) <= MAY_IMPORT[room(path)]


@pytest.mark.parametrize("path", sorted((ROOT / "core").rglob("*.py")), ids=lambda path: path.stem)
def test_the_core_does_nothing_but_decide(path: Path) -> None:
    assert not list(impurities(path.read_text()))


def test_only_config_reads_the_environment() -> None:
    readers = {room(p) for p in MODULES if re.search(r"\b(os\.environ|getenv)\b", p.read_text())}
    assert readers == {"config"}


@pytest.mark.parametrize(
    ("where", "source"),
    [
        ("core", "from rawi.jobs import gather"),
        ("core", "def f():\n    import rawi.adapters.warc"),
        ("jobs", "from rawi.adapters.warc import WarcCaptures"),
        ("web", "from rawi import wiring"),
        ("adapters", "from rawi.archive import Archive"),
        ("model", "import rawi.errors"),
    ],
)
def test_a_forbidden_import_is_found(where: str, source: str) -> None:
    assert not set(imported_rooms(source)) <= MAY_IMPORT[where]


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "from time import sleep",
        "import urllib.request",
        "from datetime import datetime\nx = datetime.now()",
        "def f():\n    return open('x').read()",
        "import random",
        "import io\nx = io.open('x')",
        "print('x')",
    ],
)
def test_an_impurity_is_found(source: str) -> None:
    assert list(impurities(source))
