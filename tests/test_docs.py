"""What can be said on the command line and set in a configuration is named in the documents."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from typer.main import get_command

from rawi.cli import app
from rawi.config import Config
from tests.shared import ROOT

COMMANDS = (ROOT / "docs/reference/commands.md").read_text("utf-8")
CONFIGURATION = (ROOT / "docs/reference/configuration.md").read_text("utf-8")
PAGES = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))


def options() -> list[tuple[str, str]]:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    return [
        (name, option)
        for name, command in sorted(commands.items())
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option not in ("--help", "--archive", "--json")
    ]


def keys(model: type[BaseModel] = Config, before: str = "") -> list[str]:
    found = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        is_table = isinstance(inner, type) and issubclass(inner, BaseModel)
        found += keys(inner, f"{name}.") if is_table else [before + name]  # type: ignore[arg-type]
    return found


def line_of(command: str) -> str:
    (line,) = re.findall(rf"^\| `rawi {command}\b.*$", COMMANDS, re.MULTILINE)
    return str(line)


@pytest.mark.parametrize("command", sorted(get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_is_documented(command: str) -> None:
    assert line_of(command)


@pytest.mark.parametrize(("command", "option"), options())
def test_every_option_is_documented(command: str, option: str) -> None:
    assert option in line_of(command) or option == "--once", f"{option} of rawi {command}"


@pytest.mark.parametrize("key", keys())
def test_every_setting_is_documented_with_its_default(key: str) -> None:
    assert re.search(rf"^\| `{re.escape(key)}` \| `", CONFIGURATION, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} leads to {target}"


def test_every_path_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for name in set(re.findall(r"`((?:core|jobs|adapters|web|press)/[\w/.]*|\w+\.py)`", text)):
        assert (ROOT / "src" / "rawi" / name).exists(), name
