"""Commands about what follows from the captures: `follow`, `rebuild`, `recipes`, `check`."""

from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from rawi.archive import CONCLUSIONS
from rawi.cli.app import ArchiveOption, JsonOption, app
from rawi.cli.output import DONE, SOME_FAILED, counted, note, opened_archive, say, say_broken, say_torn, say_unread
from rawi.core.recipes import Rules
from rawi.jobs.check import Finding
from rawi.progress import progress
from rawi.wiring import read_recipes


@app.command()
def follow(
    archive: ArchiveOption = "",
    once: Annotated[bool, typer.Option("--once", help="Stop at the end of the log; it always does.")] = True,  # noqa: ARG001
    as_json: JsonOption = False,
) -> None:
    """Bring all conclusions and the index up to date with the log."""
    with opened_archive(archive) as opened, progress(is_quiet=as_json) as tell:
        done = opened.follow(tell=tell)
        say_torn(opened.torn)
    say({"followed": done}, as_json, f"{counted(done, 'change')} followed")
    raise typer.Exit(max(say_broken(opened.recipes), say_unread(opened.unread)))


@app.command()
def rebuild(
    what: Annotated[list[str] | None, typer.Argument(metavar="[captures|articles|index]…")] = None,
    archive: ArchiveOption = "",
    as_json: JsonOption = False,
) -> None:
    """Draw conclusions again from the captures: all of them, or those named."""
    with opened_archive(archive) as opened, progress(is_quiet=as_json) as tell:
        done = opened.rebuild(what or (), tell=tell)
    differ = f"{counted(done.differ, 'article')} differ{'s' if done.differ == 1 else ''}"
    read = f"{counted(done.read, 'capture')} read, {differ}; " if "articles" in (what or CONCLUSIONS) else ""
    say(asdict(done), as_json, f"rebuilt: {read}{counted(done.followed, 'change')} followed")
    raise typer.Exit(max(say_broken(opened.recipes), say_unread(opened.unread)))


@app.command()
def recipes(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]…", help="Only say whether these are right.")
    ] = None,
    archive: ArchiveOption = "",
    as_json: JsonOption = False,
) -> None:
    """List the recipes of the archive and what is wrong with them; or check files."""
    if files:
        found = read_recipes(files)
    else:
        with opened_archive(archive) as opened:
            found = opened.recipes
    for recipe in found.all:
        say(asdict(recipe), as_json, f"{recipe.name}: {', '.join(recipe.hosts)}" + "".join(map(_told, recipe.rules)))
    if as_json:
        for file, problem in found.problems:
            say({"file": file, "problem": problem}, True)
    raise typer.Exit(say_broken(found))


def _told(rules: Rules) -> str:
    since = f" from {rules.since}" if rules.since else ""
    until = f" until {rules.until}" if rules.until else ""
    return f"\n  {rules.id}{since}{until}"


def _found(finding: Finding) -> str:
    examples = f" (such as {', '.join(finding.examples)})" if finding.examples else ""
    return finding.sentence or f"{finding.count} × {finding.what}{examples}"


@app.command("check")
def check_command(
    archive: ArchiveOption = "",
    quick: Annotated[bool, typer.Option("--quick", help="Do not read every kept byte and every article.")] = False,
    mend: Annotated[bool, typer.Option("--mend", help="First put right what differs in the search index.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Compare every part of the archive with every other, and say what to do about differences."""
    with opened_archive(archive) as opened, progress(is_quiet=as_json) as tell:
        if mend:
            mended = opened.mend_index()
            note(f"{counted(mended, 'article')} put right in the search index")
        findings = opened.check(deep=not quick, tell=tell)
    for advice, alike in groupby(findings, key=lambda finding: finding.advice):
        *others, last = alike
        for finding in others:
            say(asdict(finding), as_json, _found(finding))
        say(asdict(last), as_json, f"{_found(last)}: {advice}")
    if not findings and not as_json:
        say({}, False, "all parts agree")
    raise typer.Exit(SOME_FAILED if findings else DONE)
