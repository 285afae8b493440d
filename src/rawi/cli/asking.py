"""Commands that only ask: `search`, `export`, `show`, `fate`, `health`."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from rawi.archive import Archive
from rawi.cli.app import ArchiveOption, JsonOption, app
from rawi.cli.attention import as_data, known_period, line_names, say_attention
from rawi.cli.output import DONE, SOME_FAILED, counted, note, opened_archive, say
from rawi.cli.told import told
from rawi.errors import BadInput, NotFound
from rawi.jobs import history
from rawi.jobs.health import PublisherHealth
from rawi.progress import progress


@app.command()
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY")],
    archive: ArchiveOption = "",
    limit: Annotated[int, typer.Option(min=0, max=10_000)] = 20,
    order: Annotated[str, typer.Option(help="relevance, newest or oldest")] = "relevance",
    facets: Annotated[bool, typer.Option("--facets", help="Count by publisher, language, topic, author.")] = False,
    days: Annotated[bool, typer.Option("--days", help="Count by day of publication.")] = False,
    period: Annotated[str, typer.Option(help="Attention by day, week, month or year, or auto.")] = "",
    by: Annotated[str, typer.Option(help="publisher: attention to it by publisher.")] = "",
    language: Annotated[str, typer.Option(help="Whose operators are meant: en, fr or ar.")] = "en",
    exact: Annotated[bool, typer.Option("--exact", help="Take every word as it is written.")] = False,
    no_names: Annotated[bool, typer.Option("--no-names", help="Take names as they are written.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Find articles: words, "phrases", AND OR NOT, publisher:, language:, title:, before:, after:."""
    if order not in ("relevance", "newest", "oldest"):
        raise BadInput(f"--order {order}: choose relevance, newest or oldest")
    fields = ("publisher", "language", "topic", "author") if facets else ()
    wanted = known_period(period or "auto")
    if by not in ("", "publisher"):
        raise BadInput(f"--by {by}: there is publisher")
    with opened_archive(archive) as opened:
        found = opened.search(
            query,
            limit=limit,
            order=order,  # type: ignore[arg-type]
            facets=fields,
            days=days,
            language=language,
            exact=exact,
            names=not no_names,
        )
        hits = [_hit(opened, hit) for hit in found.hits]
        attended = (
            opened.attention(query, by=by, period=wanted, language=language, exact=exact, names=not no_names)  # type: ignore[arg-type]
            if period or by
            else None
        )
        names = line_names(opened, attended.attention) if attended else []
    if as_json:
        counted: dict[str, Any] = {"facets": found.facets, "days": [(day.isoformat(), n) for day, n in found.days]}
        if attended:
            counted |= {"attention": as_data(attended.attention, names), "undated": attended.undated}
        say({"total": found.total, "understood": found.understood, "hits": hits, **counted}, True)
        return
    note(f"{found.total} found; understood as: {found.understood}")
    if found.incomplete:
        note("not all is in the index yet: run rawi follow (rawi up does by itself)")
    for hit in hits:
        say(
            {},
            False,
            f"{hit['published_on'] or '          '}  {hit['publisher_name']}: {hit['title']}\n            {hit['url']}",
        )
    for field, counts in found.facets.items():
        say({}, False, f"{field}: {', '.join(f'{value} {count}' for value, count in counts)}")
    for day, count in found.days:
        say({}, False, f"{day} {count}")
    if attended:
        say_attention(attended.attention, names)
        if attended.undated:
            note(f"{attended.undated} have no known day: they are in no period")


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
def export(
    query: Annotated[str, typer.Argument(metavar="QUERY")],
    form: Annotated[str, typer.Option("--format", metavar="FORM", help="csv, jsonl, parquet, warc or wacz.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to; - is standard output.")],
    archive: ArchiveOption = "",
    language: Annotated[str, typer.Option(help="Whose operators are meant: en, fr or ar.")] = "en",
    exact: Annotated[bool, typer.Option("--exact", help="Take every word as it is written.")] = False,
    no_names: Annotated[bool, typer.Option("--no-names", help="Take names as they are written.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if there is one.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write all that a search finds to a file."""
    how: dict[str, Any] = {"language": language, "exact": exact, "names": not no_names}
    with opened_archive(archive) as opened, progress(is_quiet=as_json) as tell:
        to = sys.stdout.buffer if str(output) == "-" else output
        done = opened.export(query, form, to, overwrite=force, tell=tell, **how)
    if str(output) != "-":
        told = f"{counted(done.articles, 'article')} in {output}"
        say({"path": str(output), **asdict(done)}, as_json, told)
    for problem in done.missing:
        note(f"not in it: {problem}")
    if done.more_missing:
        note(f"and {counted(done.more_missing, 'more capture')} that could not be read")
    raise typer.Exit(SOME_FAILED if done.missing else DONE)


@app.command()
def show(
    what: Annotated[str, typer.Argument(metavar="ADDRESS-or-ID")],
    archive: ArchiveOption = "",
    text: Annotated[bool, typer.Option("--text", help="Only its text.")] = False,
    revisions: Annotated[bool, typer.Option("--revisions", help="Its different readings, too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show one article and what is known of it."""
    with opened_archive(archive) as opened:
        article = opened.article(what)
        readings = opened.revisions(article.id) if revisions else []
        name = opened.publisher_name(article.publisher)
    if as_json:
        say({**asdict(article), **({"revisions": [asdict(r) for r in readings]} if revisions else {})}, True)
        return
    if text:
        say({}, False, "\n\n".join([article.text, *(reading.text for reading in readings)]))
        return
    day = f"{article.published_on:%d - %m - %Y}" if article.published_on else ""
    say({}, False, told(article, name, day))
    for reading in readings:
        say({}, False, f"\nRevision {reading.number}, {reading.at:%Y-%m-%d %H:%M}: {reading.title}\n{reading.text}")


@app.command()
def fate(
    address: Annotated[str, typer.Argument(metavar="ADDRESS")],
    archive: ArchiveOption = "",
    as_json: JsonOption = False,
) -> None:
    """Tell everything that happened to an address, in order, and why."""
    with opened_archive(archive) as opened:
        found = opened.history(address)
    if not (found.fates or found.now):
        raise NotFound(f"{address}: nothing is known of this address")
    for one in found.fates:
        words = history.told(one)
        say({**asdict(one), "words": words}, as_json, f"{one.at:%Y-%m-%d %H:%M:%S}  {one.event:10}  {words}")
    for sentence in found.now:
        say({"now": sentence}, as_json, sentence)


@app.command()
def health(
    publisher: Annotated[str, typer.Argument(metavar="[PUBLISHER]", help="Only this one: its id or its name.")] = "",
    archive: ArchiveOption = "",
    days: Annotated[int, typer.Option(min=0, max=36_500, help="Tell gaps of the last so many days, too.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Tell how the gathering of each publisher goes: last answers, silence, errors, and days without any."""
    with opened_archive(archive) as opened:
        wanted = publisher.casefold()
        found = [one for one in opened.health() if wanted in ("", one.publisher, one.name.casefold())]
        until = opened.now().date()
        since = until - timedelta(days=days - 1)
        gaps = {one.publisher: opened.gaps(one.publisher, since, until) if days else [] for one in found}
    if publisher and not found:
        raise NotFound(f"{publisher}: no publisher of that id or name was added (`rawi health` lists them)")
    for one in found:
        shown = [(day.isoformat(), gap) for day, gap in gaps[one.publisher]]
        say({**asdict(one), "gaps": shown}, as_json, _told_health(one, shown))


def _told_health(one: PublisherHealth, gaps: Sequence[tuple[str, str]]) -> str:
    state, never = one.health, "never"
    lines = [
        f"{one.name} ({one.publisher}){': SILENT longer than usual' if state.is_silent else ''}",
        f"  last answer {_when(one.last_success_at) or never}, last new address {_when(state.last_new_at) or never}",
    ]
    lines += [f"  {url}: {why}" for url, why in one.troubled]
    if state.error_rate is not None:
        lines.append(f"  {state.error_rate:.1%} of what was asked in the last 7 days got no usable answer")
    if state.undated_share is not None:
        lines.append(f"  {state.undated_share:.1%} of its articles have no date")
    lines += [f"  {host.id} is left alone until {_when(host.rest_until)}: {host.why}" for host in one.resting]
    lines += [f"  {day}  {gap}" for day, gap in gaps]
    return "\n".join(lines)


def _when(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""
