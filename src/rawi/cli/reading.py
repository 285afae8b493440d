"""The command that reads one page before its reader's eyes: `read`."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rawi import config
from rawi.archive import look_at_file
from rawi.cli.app import ArchiveOption, JsonOption, app
from rawi.cli.output import SOME_FAILED, note, opened_archive, printable, say, say_broken
from rawi.cli.told import long_day, told
from rawi.core import recipes
from rawi.core.lines import Line
from rawi.core.reasons import Field, Passed, folded
from rawi.core.recipes import Recipes
from rawi.errors import BadInput
from rawi.jobs.look import NO_ADDRESS, Looked, is_address
from rawi.wiring import recipes_of

if TYPE_CHECKING:
    from rich.text import Text

_WIDTH_OF_PIPES = 120
_WIDEST_WHY, _WIDEST_ELEMENT, _LONGEST_LINE = 26, 24, 1000
_AT_ONCE = 500
"""Lines that are printed together: rich takes its time for each print."""
_NOON = time(12)


@app.command()
def read(
    what: Annotated[str, typer.Argument(metavar="FILE|URL-in-archive")],
    archive: ArchiveOption = "",
    url: Annotated[str, typer.Option(help="The address of the page in a file. [default: the one it says]")] = "",
    at: Annotated[
        str, typer.Option(metavar="DATE", help="Of several captures the one nearest to it; when a file was captured.")
    ] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Show what was taken from where and why.")] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="OUT.html", help="Write that as a page, too; implies --explain.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read one page, from a saved file or the archive, and show what was taken from where and why."""
    looked, broken = _looked(what, archive, url, _moment(at))
    for one in looked.notes:
        note(one)
    if html:
        _write(html, what, looked)
    if as_json:
        say(asdict(looked), True)
    elif explain or html:
        _print_explained(looked)
    elif looked.article:
        article = looked.article
        publisher = article.publisher_name or article.publisher or "an unknown paper"
        say({}, False, told(article, publisher, long_day(article.published_on)))
    if looked.problem:
        note(f"{what}: no article: {looked.problem}")
        for one in looked.doubts:
            note(f"note: {one}")
    raise typer.Exit(SOME_FAILED if looked.problem else broken)


def _looked(what: str, archive: str, url: str, at: datetime | None) -> tuple[Looked, int]:
    """What was read, and the exit status that broken recipes make."""
    if is_address(what):
        if url:
            raise BadInput("--url is the address of a page in a file; the archive knows those of its captures")
        with opened_archive(archive) as opened:
            return opened.look(what, at), say_broken(opened.recipes)
    known = _recipes(archive)
    return look_at_file(Path(what), url=url, at=at, recipes=known), say_broken(known)


def _recipes(archive: str) -> Recipes:
    """Those of the archive, if there is one: a file needs none."""
    place = archive or config.default_place()
    return recipes_of(place) if archive or config.is_archive(place) else recipes.NONE


def _moment(said: str) -> datetime | None:
    """A day, taken as its noon, or a moment, taken as UTC where no zone is written."""
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        try:
            at = datetime.fromisoformat(said)
        except ValueError as error:
            raise BadInput(f"--at {said}: write a day or a moment, such as 2026-03-01 or 2026-03-01T18:30") from error
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    return datetime.combine(day, _NOON, UTC)


def _write(out: Path, what: str, looked: Looked) -> None:
    from rawi.web.explained import page_of

    if not is_address(what) and out.exists() and out.samefile(what):
        raise BadInput(f"{out}: that is the page itself; name another file for --html")
    try:
        out.write_text(page_of(looked), "utf-8")
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}") from error
    note(f"{out} shows it with its blocks coloured")


# ------------------------------------------------------------------------------------------ explained


def _print_explained(looked: Looked) -> None:
    """Fields and blocks, in colour where it is a terminal; blocks a line each, cut to its width."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, emoji=False, markup=False, width=_WIDTH_OF_PIPES)
    # What it prints passes through us: it ends the program in its own way when nobody reads on.
    with console.capture() as first:
        console.print(_head(looked))
        console.print(_table(looked.fields))
        if looked.blocks:
            console.print(_about_blocks(looked))
    sys.stdout.write("\n".join(map(str.rstrip, first.get().split("\n"))))
    lines = folded(looked.blocks)
    while some := list(islice(lines, _AT_ONCE)):
        with console.capture() as printed:
            console.print(Text("\n").join(map(_block, some)), no_wrap=True, overflow="ellipsis")
        sys.stdout.write(printed.get())


def _text(said: str, style: str = "") -> "Text":
    from rich.text import Text

    return Text(printable(said.replace("\n", " ⏎ ")), style=style)


def _head(looked: Looked) -> "Text":
    captured = f"captured {looked.captured_at:%Y-%m-%d %H:%M:%S} UTC"
    if looked.url == NO_ADDRESS:
        first, about = "address: none known", captured
    else:
        first, about = looked.url, f"address: {looked.address_from}; {captured}"
    return _text("").append_text(_text(first, "bold")).append("\n").append_text(_text(about, "dim"))


def _table(fields: tuple[Field, ...]) -> Any:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for field in fields:
        cell = _text(field.value or "–", "" if field.value else "dim")
        for reason in _reasons(field):
            cell.append("\n")
            cell.append_text(_text(reason, "dim"))
        table.add_row(_text(field.name, "bold cyan"), cell)
    return table


def _reasons(field: Field) -> Iterator[str]:
    if field.source or field.why:
        yield "; ".join(filter(None, (f"from {field.source}" if field.source else "", field.why)))
    for one in field.notes:
        yield f"note: {one}"
    for passed in field.passed:
        yield f"passed over: {_passed(passed)}"


def _passed(one: Passed) -> str:
    return f"{one.value} ({'; '.join(filter(None, (one.source, one.why)))})"


def _about_blocks(looked: Looked) -> "Text":
    elsewhere = "" if looked.is_of_blocks else "; the text was not taken from them, see above"
    return _text(f"blocks: + text, - no text; odds; why; element [its names]; words{elsewhere}", "bold")


def _block(line: Line | int) -> "Text":
    if isinstance(line, int):
        return _text(f"  … {line:,} plain link{'s' if line > 1 else ''}", "dim")
    style = "green" if line.is_text else "red"
    element = f"{line.tag} [{line.named}]" if line.named else line.tag
    row = _text("").append_text(_text(f"{'+' if line.is_text else '-'} {line.odds:.2f} ", f"bold {style}"))
    for said, width, look in ((line.why, _WIDEST_WHY, style), (element, _WIDEST_ELEMENT, "dim")):
        column = _text(said, look)
        column.truncate(width, overflow="ellipsis", pad=True)
        row.append_text(column).append(" ")
    return row.append_text(_text(line.text[:_LONGEST_LINE], "" if line.is_text else "dim"))
