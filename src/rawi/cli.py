"""The command `rawi`: parses, calls the archive, prints.

Results go to standard output (with `--json`: one JSON value, or one line each, and nothing else), everything about
the work to standard error. Exit status: 0 done, 1 done but with items that failed, 2 wrong use, 3 could not run.
"""

import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from rawi import catalogues, config
from rawi.archive import Archive
from rawi.core.catalogue import read_catalogue
from rawi.errors import ArchiveBusy, BadInput, FetchError, NotFound, RawiError
from rawi.jobs import history
from rawi.jobs.add import Added
from rawi.jobs.health import PublisherHealth
from rawi.jobs.only import Only
from rawi.jobs.outcome import Outcome
from rawi.model import Torn
from rawi.progress import progress
from rawi.wiring import open_archive

DONE, SOME_FAILED, WRONG_USE, COULD_NOT_RUN = 0, 1, 2, 3

app = typer.Typer(
    name="rawi",
    help="A self-hosted press archive.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ArchiveOption = Annotated[
    str, typer.Option("--archive", metavar="DIR-or-URL", help="The archive. [default: $RAWI_ARCHIVE, else ./archive]")
]
CatalogueOption = Annotated[
    list[str] | None,
    typer.Option("--catalogue", metavar="NAME", help=f"Add its publishers: {', '.join(catalogues.names())}."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on standard output, and nothing else there.")]


def main() -> None:
    """Runs the command line; every error of ours becomes a sentence and an exit status."""
    try:
        code = app(standalone_mode=False)
    except typer.Exit as end:
        code = end.exit_code
    except (typer.Abort, KeyboardInterrupt):
        _note("stopped")
        code = COULD_NOT_RUN
    except BrokenPipeError:
        # Whoever read us has had enough: not an error. Python would complain once more when it closes standard output.
        sys.stderr.close()
        code = DONE
    except RawiError as error:
        _note(f"rawi: {error}")
        code = WRONG_USE if isinstance(error, BadInput | NotFound) else COULD_NOT_RUN
    except Exception as error:
        code = _wrong_use(error)
    sys.exit(code or DONE)


def _wrong_use(error: Exception) -> int:
    """Click's own errors about options and arguments; anything else is a bug and must show."""
    show = getattr(error, "show", None)
    if show is None:
        raise error
    show()
    return WRONG_USE


# ------------------------------------------------------------------------------------------- keeping


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
    _note(f"{folder} is an archive now. Its settings are in {file}.")
    if added:
        _note(f"{len(added)} publishers were added. Next: rawi up --archive {folder}")
    else:
        _note(f"Next: rawi add https://… --archive {folder}")


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
    with _opened(archive) as opened:
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
                _note(f"{address}: {problem}")
    raise typer.Exit(SOME_FAILED if failed else DONE)


def _add(opened: Archive, address: str, name: str, sections: bool) -> tuple[list[Added], list[str]]:
    if "://" in address:
        return [opened.add(address, name=name, sections=sections)], []
    try:
        data = Path(address).read_bytes()
    except OSError as error:
        raise BadInput(f"neither an address (https://…) nor a file that can be read: {error.strerror}") from error
    if address.endswith(".toml"):
        return opened.add_catalogue(read_catalogue(data)), []
    return opened.add_opml(data)


def _print_added(one: Added, as_json: bool) -> None:
    feeds = [{"url": feed.url, "kind": feed.kind} for feed in one.feeds]
    said = f"{one.publisher.name} ({one.publisher.id}): {len(feeds)} {'feed' if len(feeds) == 1 else 'feeds'}"
    _print({"publisher": one.publisher.id, "name": one.publisher.name, "feeds": feeds}, as_json, said)


@app.command()
def opml(
    archive: ArchiveOption = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Into a file.")] = None,
) -> None:
    """Write all publishers and feeds as OPML, for other readers and other archives."""
    with _opened(archive) as opened:
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
    failed = _Failed()
    with _opened(archive) as opened, progress(is_quiet=as_json) as tell:
        done = 0

        def listen(outcome: Outcome) -> None:
            nonlocal done
            done += 1
            failed.count(outcome)
            if as_json:
                _print(asdict(outcome), True)
            tell("gather", done, None)

        gatherer = opened.gatherer(listen=listen)
        _say_torn(opened.torn)
        gatherer.ask_all()
        if watch:
            _until_stopped(lambda stop: opened.watch(gatherer, stop))
        if not as_json:
            _print({}, False, f"{done} addresses asked, {failed.number} failed")
    raise typer.Exit(failed.status)


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
    failed, reasons = _Failed(), Counter[str]()
    only = Only(
        hosts=tuple(host or ()),
        languages=tuple(language or ()),
        since=since.date() if since else None,
        until=until.date() if until else None,
    )

    def listen(outcome: Outcome) -> None:
        failed.count(outcome)
        if outcome.failed:
            reasons[outcome.note] += 1
        if as_json:
            _print(asdict(outcome), True)
        elif outcome.failed:
            _note(f"{outcome.address}: {outcome.note}")

    with _opened(archive) as opened, progress(is_quiet=as_json) as tell:
        report = opened.import_paths(paths, only=only, listen=listen, tell=tell)
        _say_torn(opened.torn)
        try:
            opened.follow(tell=tell)
        except ArchiveBusy as error:
            _note(f"{error}. What was imported is kept; that process takes it up")
    said = f"{report.kept} imported, {report.known} were there already, {report.failed} failed"
    if not as_json:
        _print({}, False, said)
    if reasons.total() > 1:
        _note("failed: " + "; ".join(f"{count} × {reason[:200]}" for reason, count in reasons.most_common(10)))
    if report.left_out:
        _note("left out: " + ", ".join(f"{count} {why}" for why, count in report.left_out.most_common()))
    if report.passed_over:
        kinds = ", ".join(f"{count} {kind}" for kind, count in report.passed_over.most_common(10))
        _note(f"passed over, because no article can be in it: {kinds}")
    raise typer.Exit(failed.status)


# --------------------------------------------------------------------------------------- conclusions


@app.command()
def follow(
    archive: ArchiveOption = "",
    once: Annotated[bool, typer.Option("--once", help="Stop at the end of the log; it always does.")] = True,  # noqa: ARG001
    as_json: JsonOption = False,
) -> None:
    """Bring all conclusions and the index up to date with the log."""
    with _opened(archive) as opened, progress(is_quiet=as_json) as tell:
        done = opened.follow(tell=tell)
        _say_torn(opened.torn)
    _print({"followed": done}, as_json, f"{done} changes followed")


@app.command()
def rebuild(
    what: Annotated[list[str] | None, typer.Argument(metavar="[captures|articles|index]…")] = None,
    archive: ArchiveOption = "",
    as_json: JsonOption = False,
) -> None:
    """Draw conclusions again from the captures: all of them, or those named."""
    with _opened(archive) as opened, progress(is_quiet=as_json) as tell:
        done = opened.rebuild(what or (), tell=tell)
    _print({"followed": done}, as_json, f"rebuilt: {done} changes followed")


@app.command("check")
def check_command(
    archive: ArchiveOption = "",
    quick: Annotated[bool, typer.Option("--quick", help="Do not read every kept byte.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Compare every part of the archive with every other, and say what to do about differences."""
    with _opened(archive) as opened, progress(is_quiet=as_json) as tell:
        findings = opened.check(deep=not quick, tell=tell)
    for finding in findings:
        examples = f" (such as {', '.join(finding.examples)})" if finding.examples else ""
        _print(asdict(finding), as_json, f"{finding.count} × {finding.what}{examples}: {finding.advice}")
    if not findings and not as_json:
        _print({}, False, "all parts agree")
    raise typer.Exit(SOME_FAILED if findings else DONE)


# ------------------------------------------------------------------------------------------- reading


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY")],
    archive: ArchiveOption = "",
    limit: Annotated[int, typer.Option(min=0, max=10_000)] = 20,
    order: Annotated[str, typer.Option(help="relevance, newest or oldest")] = "relevance",
    facets: Annotated[bool, typer.Option("--facets", help="Count by publisher, language and topic.")] = False,
    days: Annotated[bool, typer.Option("--days", help="Count by day of publication.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Find articles: words, "phrases", AND OR NOT, publisher:, language:, title:, before:, after:."""
    if order not in ("relevance", "newest", "oldest"):
        raise BadInput(f"--order {order}: choose relevance, newest or oldest")
    fields = ("publisher", "language", "topic") if facets else ()
    with _opened(archive) as opened:
        found = opened.search(query, limit=limit, order=order, facets=fields, days=days)  # type: ignore[arg-type]
        hits = [_hit(opened, hit) for hit in found.hits]
    if as_json:
        counted = {"facets": found.facets, "days": [(day.isoformat(), count) for day, count in found.days]}
        _print({"total": found.total, "understood": found.understood, "hits": hits, **counted}, True)
        return
    _note(f"{found.total} found; understood as: {found.understood}")
    for hit in hits:
        _print(
            {},
            False,
            f"{hit['published_on'] or '          '}  {hit['publisher_name']}: {hit['title']}\n            {hit['url']}",
        )
    for field, counts in found.facets.items():
        _print({}, False, f"{field}: {', '.join(f'{value} {count}' for value, count in counts)}")
    for day, count in found.days:
        _print({}, False, f"{day} {count}")


def _hit(opened: Archive, hit: Any) -> dict[str, Any]:
    article = hit.article
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "publisher_name": opened.publisher_name(article.publisher),
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "language": article.language,
        "topic": article.topic,
        "score": round(hit.score, 4),
        "snippet": "".join(piece for piece, _ in hit.snippet),
    }


@app.command()
def show(
    what: Annotated[str, typer.Argument(metavar="ADDRESS-or-ID")],
    archive: ArchiveOption = "",
    text: Annotated[bool, typer.Option("--text", help="Only its text.")] = False,
    revisions: Annotated[bool, typer.Option("--revisions", help="Its different readings, too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show one article and what is known of it."""
    with _opened(archive) as opened:
        article = opened.article(what)
        readings = opened.revisions(article.id) if revisions else []
        name = opened.publisher_name(article.publisher)
    if as_json:
        _print({**asdict(article), **({"revisions": [asdict(r) for r in readings]} if revisions else {})}, True)
        return
    if text:
        _print({}, False, article.text)
        return
    day = f" on {article.published_on:%d - %m - %Y}" if article.published_on else ""
    authors = f"{', '.join(article.authors)}\n" if article.authors else ""
    _print({}, False, f"{article.title}\nPublished in {name}{day}\n{authors}{article.url}\n\n{article.text}")
    for reading in readings:
        _print({}, False, f"\nRevision {reading.number}, {reading.at:%Y-%m-%d %H:%M}: {reading.title}\n{reading.text}")


@app.command()
def fate(
    address: Annotated[str, typer.Argument(metavar="ADDRESS")],
    archive: ArchiveOption = "",
    as_json: JsonOption = False,
) -> None:
    """Tell everything that happened to an address, in order, and why."""
    with _opened(archive) as opened:
        found = opened.history(address)
    if not (found.fates or found.now):
        raise NotFound(f"{address}: nothing is known of this address")
    for one in found.fates:
        words = history.told(one)
        _print({**asdict(one), "words": words}, as_json, f"{one.at:%Y-%m-%d %H:%M:%S}  {one.event:10}  {words}")
    for sentence in found.now:
        _print({"now": sentence}, as_json, sentence)


@app.command()
def health(
    publisher: Annotated[str, typer.Argument(metavar="[PUBLISHER]", help="Only this one (its id).")] = "",
    archive: ArchiveOption = "",
    days: Annotated[int, typer.Option(min=0, max=36_500, help="Tell gaps of the last so many days, too.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Tell how the gathering of each publisher goes: last answers, silence, errors, and days without any."""
    with _opened(archive) as opened:
        found = [one for one in opened.health() if publisher in ("", one.publisher)]
        until = opened.now().date()
        since = until - timedelta(days=days - 1)
        gaps = {one.publisher: opened.gaps(one.publisher, since, until) if days else [] for one in found}
    if publisher and not found:
        raise NotFound(f"{publisher}: no publisher of that id was added (`rawi health` lists them)")
    for one in found:
        shown = [(day.isoformat(), gap) for day, gap in gaps[one.publisher]]
        _print({**asdict(one), "gaps": shown}, as_json, _told_health(one, shown))


def _told_health(one: PublisherHealth, gaps: Sequence[tuple[str, str]]) -> str:
    state, never = one.health, "never"
    lines = [
        f"{one.name} ({one.publisher}){': SILENT longer than usual' if state.is_silent else ''}",
        f"  last answer {_when(one.last_success_at) or never}, last new article {_when(state.last_new_at) or never}",
    ]
    if state.error_rate is not None:
        lines.append(f"  {state.error_rate:.1%} of what was asked in the last 7 days got no usable answer")
    if state.undated_share is not None:
        lines.append(f"  {state.undated_share:.1%} of its articles have no date")
    lines += [f"  {host.id} is left alone until {_when(host.rest_until)}: {host.why}" for host in one.resting]
    lines += [f"  {day}  {gap}" for day, gap in gaps]
    return "\n".join(lines)


def _when(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


# ------------------------------------------------------------------------------------------- serving

HostOption = Annotated[str, typer.Option(help="The address to listen on.")]
PortOption = Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")]


@app.command()
def serve(archive: ArchiveOption = "", host: HostOption = "127.0.0.1", port: PortOption = 8080) -> None:
    """Serve the site."""
    from rawi.serving import serve_site

    with _opened(archive) as opened:
        serve_site(opened, host=host, port=port, ready=lambda url: _note(f"the archive is at {url} (Ctrl-C stops it)"))


@app.command()
def up(archive: ArchiveOption = "", host: HostOption = "127.0.0.1", port: PortOption = 8080) -> None:
    """Gather, follow and serve in one process: what a small newsroom runs."""
    from rawi.serving import serve_and_gather

    with _opened(archive) as opened:
        serve_and_gather(
            opened, host=host, port=port, ready=lambda url: _note(f"the archive is at {url} (Ctrl-C stops it)")
        )


@app.command()
def demo(
    port: PortOption = 8080,
    once: Annotated[bool, typer.Option("--once", help="Check the main pages, then stop.")] = False,
    folder: Annotated[
        Path | None, typer.Option("--archive", metavar="DIR", help="Keep the demo's archive here.")
    ] = None,
) -> None:
    """Serve the made-up press on this machine, gather it live, and show the archive of it."""
    from rawi.demo import run_demo

    run_demo(port=port, once=once, folder=folder, note=_note)


# ------------------------------------------------------------------------------------------- helpers


@contextmanager
def _opened(place: str) -> Iterator[Archive]:
    with open_archive(place or config.default_place()) as opened:
        yield opened


def _until_stopped(work: Any) -> None:
    """Runs work that ends when its event is set, until Ctrl-C."""
    stop = threading.Event()
    with suppress(KeyboardInterrupt):
        work(stop)
    stop.set()


class _Failed:
    """Counts what failed."""

    def __init__(self) -> None:
        self.number = 0

    def count(self, outcome: Outcome) -> None:
        self.number += outcome.failed

    @property
    def status(self) -> int:
        return SOME_FAILED if self.number else DONE


def _say_torn(torn: list[Torn]) -> None:
    for piece in torn:
        _note(
            f"{piece.file}: its last {piece.length} bytes made no whole record after a crash; "
            f"set aside as {piece.kept_as}"
        )


def _print(value: Any, as_json: bool, said: str = "") -> None:
    """Prints a result: as JSON, or as it is said to people."""
    if as_json:
        import orjson

        sys.stdout.write(orjson.dumps(value, default=_as_json).decode() + "\n")
        sys.stdout.flush()
    else:
        sys.stdout.write(_printable(said) + "\n")


def _as_json(value: object) -> object:
    """What JSON has no form for: a stretch of time is told in seconds."""
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(type(value).__name__)


def _note(said: str) -> None:
    sys.stderr.write(_printable(said) + "\n")


def _printable(said: str) -> str:
    """Without what could steer a terminal: foreign text is printed here too."""
    return "".join(c if c == "\n" or c.isprintable() or c in "\u200e\u200f" else "\ufffd" for c in said)
