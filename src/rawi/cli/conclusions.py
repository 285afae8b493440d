"""Commands about what follows from the captures: `follow`, `rebuild`, `check`."""

from dataclasses import asdict
from typing import Annotated

import typer

from rawi.cli.app import ArchiveOption, JsonOption, app
from rawi.cli.output import DONE, SOME_FAILED, opened_archive, say, say_torn, say_unread
from rawi.progress import progress


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
    say({"followed": done}, as_json, f"{done} changes followed")
    raise typer.Exit(say_unread(opened.unread))


@app.command()
def rebuild(
    what: Annotated[list[str] | None, typer.Argument(metavar="[captures|articles|index]…")] = None,
    archive: ArchiveOption = "",
    as_json: JsonOption = False,
) -> None:
    """Draw conclusions again from the captures: all of them, or those named."""
    with opened_archive(archive) as opened, progress(is_quiet=as_json) as tell:
        done = opened.rebuild(what or (), tell=tell)
    say({"followed": done}, as_json, f"rebuilt: {done} changes followed")
    raise typer.Exit(say_unread(opened.unread))


@app.command("check")
def check_command(
    archive: ArchiveOption = "",
    quick: Annotated[bool, typer.Option("--quick", help="Do not read every kept byte.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Compare every part of the archive with every other, and say what to do about differences."""
    with opened_archive(archive) as opened, progress(is_quiet=as_json) as tell:
        findings = opened.check(deep=not quick, tell=tell)
    for finding in findings:
        examples = f" (such as {', '.join(finding.examples)})" if finding.examples else ""
        say(asdict(finding), as_json, f"{finding.count} × {finding.what}{examples}: {finding.advice}")
    if not findings and not as_json:
        say({}, False, "all parts agree")
    raise typer.Exit(SOME_FAILED if findings else DONE)
