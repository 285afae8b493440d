"""Commands that bring something in: `init`, `add`, `opml`, `gather`, `import`."""

import sys
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from rawi import catalogues, config
from rawi.archive import Archive
from rawi.cli.app import ArchiveOption, JsonOption, app
from rawi.cli.output import (
    DONE,
    SOME_FAILED,
    Failed,
    counted,
    note,
    opened_archive,
    say,
    say_broken,
    say_torn,
    until_stopped,
)
from rawi.core import urls
from rawi.core.catalogue import read_catalogue
from rawi.errors import ArchiveBusy, BadInput, FetchError
from rawi.jobs.add import Added
from rawi.jobs.intake import Report
from rawi.jobs.only import Only
from rawi.jobs.outcome import Outcome
from rawi.jobs.tell import Tell
from rawi.progress import progress
from rawi.wiring import open_archive

CatalogueOption = Annotated[
    list[str] | None,
    typer.Option("--catalogue", metavar="NAME", help=f"Add its publishers: {', '.join(catalogues.names())}."),
]


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]")] = Path("archive"),
    name: Annotated[str, typer.Option(help="What the archive is called, on every page.")] = "Rawi",
    contact: Annotated[str, typer.Option(help="An address in the user agent, for publishers who want to write.")] = "",
    catalogue: CatalogueOption = None,
) -> None:
    """Make a new archive in a folder."""
    chosen = [catalogues.catalogue(one) for one in catalogue or ()]
    file = config.write_config(folder, name=name, contact=contact)
    with open_archive(folder) as opened:
        added = [one for each in chosen for one in opened.add_catalogue(each)]
    note(f"{folder} is an archive now. Its settings are in {file}.")
    if added:
        were = "was" if len(added) == 1 else "were"
        note(f"{counted(len(added), 'publisher')} {were} added. Next: rawi up --archive {folder}")
    else:
        note(f"Next: rawi add https://… --archive {folder}")


@app.command("add")
def add_command(
    addresses: Annotated[list[str] | None, typer.Argument(metavar="URL… or FILE.opml or FILE.toml")] = None,
    archive: ArchiveOption = "",
    name: Annotated[str, typer.Option(help="The publisher's name, when its page does not say it well.")] = "",
    sections: Annotated[
        bool, typer.Option("--sections", help="Watch the section pages of its menu, too, even where it has feeds.")
    ] = False,
    catalogue: CatalogueOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add publishers: finds the feeds and sitemaps of a home page; takes feeds, OPML files and catalogues, too."""
    if not (addresses or catalogue):
        raise BadInput("nothing to add: name an address, a file or --catalogue NAME")
    failed, chosen = 0, [catalogues.catalogue(one) for one in catalogue or ()]
    with opened_archive(archive) as opened:
        for each in chosen:
            for one in opened.add_catalogue(each):
                _print_added(one, as_json)
        for address in addresses or ():
            try:
                added, problems = _add(opened, address, name, sections)
            except (BadInput, FetchError) as error:
                added, problems = [], [str(error)]
            for one in added:
                _print_added(one, as_json)
            for problem in problems:
                failed += 1
                note(problem if problem.startswith(address) else f"{address}: {problem}")
    raise typer.Exit(SOME_FAILED if failed else DONE)


def _add(opened: Archive, address: str, name: str, sections: bool) -> tuple[list[Added], list[str]]:
    if "://" in address:
        return [opened.add(address, name=name, sections=sections)], []
    try:
        data = Path(address).read_bytes()
    except OSError as error:
        meant = f"; did you mean https://{address}/ ?" if "." in address and not Path(address).exists() else ""
        raise BadInput(
            f"neither an address (https://…) nor a file that can be read: {error.strerror}{meant}"
        ) from error
    if address.endswith(".toml"):
        return opened.add_catalogue(read_catalogue(data)), []
    return opened.add_opml(data)


def _print_added(one: Added, as_json: bool) -> None:
    feeds = [{"url": feed.url, "kind": feed.kind} for feed in one.feeds]
    sections = [feed.url for feed in one.feeds if feed.kind == "section"]
    said = f"{one.publisher.name} ({one.publisher.id}): {_counted(len(feeds) - len(sections), 'feed')}"
    if sections:
        said += f"{', ' if len(sections) < len(feeds) else ', watching '}{_counted(len(sections), 'page')}"
    if one.is_known:
        said += f"; it was there already, {_counted(one.new, 'feed')} of them new"
    value = {"publisher": one.publisher.id, "name": one.publisher.name, "feeds": feeds, "new": one.new}
    say(value, as_json, said)


def _counted(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


@app.command()
def opml(
    archive: ArchiveOption = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Into a file.")] = None,
) -> None:
    """Write all publishers and feeds as OPML, for other readers and other archives."""
    with opened_archive(archive) as opened:
        written = opened.opml()
    if output is None:
        sys.stdout.write(written)
        return
    try:
        output.write_text(written, "utf-8")
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}") from error


@app.command()
def gather(
    archive: ArchiveOption = "",
    once: Annotated[bool, typer.Option("--once", help="Ask what is due, and what comes of it, then stop.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on asking until stopped.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Ask publishers for what is due, politely; prints what became of each address."""
    if once and watch:
        raise BadInput("--once and --watch: choose one")
    failed, events = Failed(), Counter[str]()
    with opened_archive(archive) as opened, progress(is_quiet=as_json) as tell:

        def listen(outcome: Outcome) -> None:
            failed.count(outcome)
            events[outcome.event] += 1
            if as_json:
                say(asdict(outcome), True)
            elif outcome.failed:
                note(f"{outcome.address}: {outcome.note}")
            tell("gather", events.total(), None)

        gatherer = opened.gatherer(listen=listen)
        say_torn(opened.torn)
        gatherer.ask_all()
        if watch:
            until_stopped(lambda stop: opened.watch(gatherer, stop))
        elif _follow(opened, tell) and gatherer.has_new():  # the pictures of articles that were just read
            gatherer.ask_all()
            _follow(opened, tell)
        if not as_json:
            counts = ", ".join(f"{count} {event}" for event, count in sorted(events.items()))
            say({}, False, f"{counted(events.total(), 'address', 'addresses')} asked{': ' if counts else ''}{counts}")
    raise typer.Exit(failed.status)


def _follow(opened: Archive, tell: Tell) -> bool:
    """Follows what was brought in, unless another process does; says whether it did."""
    try:
        opened.follow(tell=tell)
    except ArchiveBusy as error:
        note(f"{error}. What was brought in is kept; that process takes it up")
        return False
    say_broken(opened.recipes)
    return True


def _told(report: Report) -> str:
    if not (report.kept or report.known or report.failed or report.left_out or report.passed_over):
        return "nothing new: these files were read to their end before, or hold no answer of a publisher"
    referenced = f" ({report.referenced} of them stay where they are)" if report.referenced else ""
    return f"{report.kept} imported{referenced}, {report.known} were there already, {report.failed} failed"


def _only(hosts: list[str], languages: list[str], since: datetime | None, until: datetime | None) -> Only:
    """What is wanted of an import; BadInput for a choice that nothing could ever fit."""
    if since and until and since > until:
        raise BadInput(f"--since {since:%Y-%m-%d} is later than --until {until:%Y-%m-%d}")
    for language in languages:
        if not (len(language) in (2, 3) and language.isascii() and language.isalpha()):
            raise BadInput(f"--language {language}: give its code of two letters (ar, en, fr, …)")
    return Only(
        hosts=tuple(urls.host(host if "://" in host else f"https://{host}/") for host in hosts),
        languages=tuple(language.lower() for language in languages),
        since=since.date() if since else None,
        until=until.date() if until else None,
    )


@app.command("import")
def import_command(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…")],
    archive: ArchiveOption = "",
    host: Annotated[
        list[str] | None, typer.Option(help="Only of this host and those below it; may be repeated.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Only in this language (ar, en, …); may be repeated.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only captured from this day on.")
    ] = None,
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only captured until this day.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Import WARCs, saved HTML, JSONL, text pages of archives, and folders and zips of these."""
    failed, reasons = Failed(), Counter[str]()
    only = _only(host or [], language or [], since, until)

    def listen(outcome: Outcome) -> None:
        failed.count(outcome)
        if outcome.failed:
            reasons[outcome.note] += 1
        if as_json:
            say(asdict(outcome), True)
        elif outcome.failed:
            note(f"{outcome.address}: {outcome.note}")

    with opened_archive(archive) as opened, progress(is_quiet=as_json) as tell:
        report = opened.import_paths(paths, only=only, listen=listen, tell=tell)
        say_torn(opened.torn)
        _follow(opened, tell)
    if not as_json:
        say({}, False, _told(report))
    if reasons.total() > 1:
        note("failed: " + "; ".join(f"{count} × {reason[:200]}" for reason, count in reasons.most_common(10)))
    if report.left_out:
        note("left out: " + ", ".join(f"{count} {why}" for why, count in report.left_out.most_common()))
    if report.passed_over:
        kinds = ", ".join(f"{count} {kind}" for kind, count in report.passed_over.most_common(10))
        note(f"passed over, because no article can be in it: {kinds}")
    raise typer.Exit(failed.status)
