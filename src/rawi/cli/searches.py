"""The commands about saved searches: `rawi searches` and what is below it."""

from dataclasses import asdict, replace
from typing import Annotated, Any

import typer

from rawi.archive import Archive
from rawi.cli.app import ArchiveOption, JsonOption, app
from rawi.cli.output import DONE, SOME_FAILED, note, opened_archive, say
from rawi.errors import BadInput
from rawi.jobs.searches import SavedSearch
from rawi.model import Search

searches = typer.Typer(rich_markup_mode=None, add_completion=False)
app.add_typer(searches, name="searches")

IdArgument = Annotated[str, typer.Argument(metavar="ID-or-NAME")]
MailOption = Annotated[list[str] | None, typer.Option("--mail", metavar="ADDRESS", help="Tell it; may be repeated.")]


@searches.callback(invoke_without_command=True)
def list_searches(context: typer.Context, archive: ArchiveOption = "", as_json: JsonOption = False) -> None:
    """Saved searches: list them with what they found and whom they told; add, change, remove, send."""
    if context.invoked_subcommand:
        if archive or as_json:
            raise BadInput("write --archive and --json behind the command: rawi searches add … --archive DIR")
        return
    with opened_archive(archive) as opened:
        for one in opened.searches():
            say(asdict(one), as_json, _told(one))


@searches.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME")],
    query: Annotated[str, typer.Argument(metavar="QUERY")],
    archive: ArchiveOption = "",
    mail: MailOption = None,
    webhook: Annotated[str, typer.Option(metavar="URL", help="Tell it by POST.")] = "",
    language: Annotated[str, typer.Option(help="en, ar or fr: of operators and messages.")] = "en",
    exact: Annotated[bool, typer.Option("--exact", help="Words only as they are written.")] = False,
    no_names: Annotated[bool, typer.Option("--no-names", help="Names only as they are written.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Save a search; it tells what comes in from now on."""
    with opened_archive(archive) as opened:
        made = opened.save_search(
            name,
            query,
            language=language,
            exact=exact,
            names=not no_names,
            mails=tuple(mail or ()),
            webhook=webhook,
        )
        _say_saved(opened, made, as_json)


@searches.command()
def change(
    search: IdArgument,
    archive: ArchiveOption = "",
    name: Annotated[str | None, typer.Option(help="Another name.")] = None,
    query: Annotated[str | None, typer.Option(help="Another question: it begins anew, now.")] = None,
    mail: MailOption = None,
    no_mail: Annotated[bool, typer.Option("--no-mail", help="Tell no e-mail address any more.")] = False,
    webhook: Annotated[str | None, typer.Option(metavar="URL", help="Another webhook; empty for none.")] = None,
    language: Annotated[str | None, typer.Option(help="en, ar or fr")] = None,
    exact: Annotated[bool | None, typer.Option("--exact/--inflected", help="Words as written, or inflected.")] = None,
    names: Annotated[bool | None, typer.Option("--names/--no-names", help="Names in other spellings, or not.")] = None,
    pause: Annotated[bool | None, typer.Option("--pause/--resume", help="Tell nothing; tell again, from now.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Change a saved search; what is not named stays, and so does its address."""
    if mail and no_mail:
        raise BadInput("--mail and --no-mail: choose one")
    given: dict[str, Any] = {"name": name, "query": query, "webhook": webhook, "language": language}
    given |= {"exact": exact, "names": names, "is_paused": pause}
    given["mails"] = () if no_mail else tuple(mail) if mail else None
    changed: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    with opened_archive(archive) as opened:
        before = opened.saved_search(search)
        made = opened.change_search(before, replace(before, **changed))
        _say_saved(opened, made, as_json)


@searches.command()
def remove(search: IdArgument, archive: ArchiveOption = "", as_json: JsonOption = False) -> None:
    """Take a saved search away, with its address, its feeds and what waits to be told."""
    with opened_archive(archive) as opened:
        gone = opened.saved_search(search)
        opened.remove_search(gone)
    say({"removed": gone.id}, as_json, f"{gone.name} ({gone.id}) is gone")


@searches.command()
def send(archive: ArchiveOption = "", as_json: JsonOption = False) -> None:
    """Tell what was found now, also to those whose time has not come."""
    with opened_archive(archive) as opened:
        told = opened.tell_searches(is_by_hand=True)
        failing = [alert for one in opened.searches() for alert in one.alerts if alert.failures]
    for alert in failing:
        note(f"{alert.target}: {alert.why}")
    say(asdict(told), as_json, f"{told.found} found, {told.sent} messages sent, {told.failed} failed")
    raise typer.Exit(SOME_FAILED if told.failed else DONE)


def _say_saved(opened: Archive, made: Search, as_json: bool) -> None:
    if (made.mails or made.webhook) and not opened.settings.address:
        note("address is not set in rawi.toml: messages lead to the publishers' pages, not to the archive's")
    say(asdict(made), as_json, f"{made.name} ({made.id}): /saved/{made.id}, .rss, .atom, .json")


def _told(one: SavedSearch) -> str:
    saved = one.search
    state = " PAUSED" if saved.is_paused else ""
    lines = [f"{saved.name} ({saved.id}, {saved.language}){state}: {saved.query}", f"  {one.found} found"]
    known = {alert.target: alert for alert in one.alerts}
    for target in (*saved.mails, *((saved.webhook,) if saved.webhook else ())):
        alert = known.get(target)
        if alert is None:
            lines.append(f"  {target}: nothing to tell yet")
            continue
        waiting = len(alert.articles) + alert.more
        when = f", last {alert.told_at:%Y-%m-%d %H:%M}" if alert.told_at else ""
        lines.append(f"  {target}: {alert.told} told{when}; {waiting} waiting")
        if alert.why:
            again = f"; again at {alert.due_at:%Y-%m-%d %H:%M}" if alert.due_at else ""
            lines.append(f"    failed {alert.failures} times: {alert.why}{again}")
    return "\n".join(lines)
