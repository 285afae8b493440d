"""`compare`, and attention over time as commands print it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Any

import typer

from rawi.archive import Archive
from rawi.cli.app import ArchiveOption, JsonOption, app
from rawi.cli.output import note, opened_archive, say
from rawi.core.attention import PERIODS, Attention
from rawi.errors import BadInput
from rawi.jobs.attention import OTHERS, Asked
from rawi.jobs.compare import Comparison, First

LETTERS = "ABCD"


@app.command()
def compare(
    queries: Annotated[list[str], typer.Argument(metavar="QUERY QUERY…")],
    archive: ArchiveOption = "",
    period: Annotated[str, typer.Option(help="Attention by day, week, month or year, or auto.")] = "auto",
    exact: Annotated[bool, typer.Option("--exact", help="Take every word as it is written.")] = False,
    no_names: Annotated[bool, typer.Option("--no-names", help="Take names as they are written.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Compare two to four searches: attention, the words that set them apart, who was first, what they share."""
    wanted = known_period(period)
    with opened_archive(archive) as opened:
        found = opened.compare(queries, period=wanted, exact=exact, names=not no_names)
        names = {one.publisher: opened.publisher_name(one.publisher) for one in found.publishers}
        names |= {
            side.first.article.publisher: opened.publisher_name(side.first.article.publisher)
            for side in found.sides
            if side.first
        }
    if as_json:
        say(_as_data(found), True)
        return
    if found.incomplete:
        note("not all is in the index yet: run rawi follow (rawi up does by itself)")
    for letter, side in zip(LETTERS, found.sides, strict=False):
        say({}, False, f"{letter}  {side.asked}: {side.total} found; understood as: {side.understood}")
        if side.words:
            sample = f"a sample of {side.texts}" if side.is_sample else f"{side.texts}"
            words = ", ".join(f"{apart.word} {apart.z:.1f}" for apart in side.words)
            say({}, False, f"   words (z-score, {sample} articles read): {words}")
        if side.first:
            article = side.first.article
            say({}, False, f"   first: {article.published_on} {names[article.publisher]}: {article.title}")
    for pair in found.overlaps:
        say({}, False, f"{LETTERS[pair.one]} and {LETTERS[pair.other]} have {pair.articles} articles in common")
    for one in found.publishers:
        firsts = ", ".join(
            f"{letter} {first.article.published_on}{_behind(first.lag)}"
            for letter, first in zip(LETTERS, one.firsts, strict=False)
            if first
        )
        say({}, False, f"{names[one.publisher]}: {firsts or 'no article with a known day'}")
    say_attention(found.attention, LETTERS[: len(found.sides)])


def known_period(period: str) -> Asked:
    """The period as it is asked for; BadInput when there is no such."""
    for known in ("auto", *PERIODS):
        if period == known:
            return known  # type: ignore[return-value]
    raise BadInput(f"--period {period}: choose {', '.join(PERIODS)} or auto")


def line_names(opened: Archive, attention: Attention) -> list[str]:
    """What the lines of an answer are called."""
    return [
        "others" if line.key == OTHERS else opened.publisher_name(line.key) if line.key else ""
        for line in attention.lines
    ]


def say_attention(attention: Attention, names: Sequence[str]) -> None:
    """Prints a line for each period: number and share of all articles, and what is known to be missing."""
    for place, slot in enumerate(attention.slots):
        told = []
        for name, line in zip(names, attention.lines, strict=True):
            point = line.points[place]
            share = "" if point.share is None else f" ({point.share:.1%})"
            told.append(f"{name + ': ' if name else ''}{point.articles}{share}")
        missing = attention.missing[place]
        kinds = [
            f"{number} {word}"
            for number, word in (
                (missing.silent, "silent"),
                (missing.unreachable, "unreachable"),
                (missing.not_asked, "not asked"),
            )
            if number
        ]
        gaps = f"  [publisher-days: {', '.join(kinds)}]" if kinds else ""
        part = "  (in part)" if slot.is_incomplete else ""
        days = f"{slot.first}" if slot.first == slot.last else f"{slot.first} to {slot.last}"
        say({}, False, f"{days}  {'; '.join(told)}{part}{gaps}")
    if attention.earlier:
        note(f"{attention.earlier} are older than the first period told")


def as_data(attention: Attention, names: Sequence[str]) -> dict[str, Any]:
    """The series as plain values."""
    return {
        "period": attention.period,
        "periods": [
            {"first": slot.first, "last": slot.last, "is_incomplete": slot.is_incomplete} for slot in attention.slots
        ],
        "lines": [
            {
                "key": line.key,
                "name": name,
                "points": [
                    {"articles": point.articles, "all": point.all, "share": point.share, **asdict(point.missing)}
                    for point in line.points
                ],
            }
            for name, line in zip(names, attention.lines, strict=True)
        ],
        "earlier": attention.earlier,
    }


def _as_data(found: Comparison) -> dict[str, Any]:
    return {
        "sides": [
            {**asdict(side), "first": _first(side.first), "words": [asdict(apart) for apart in side.words]}
            for side in found.sides
        ],
        "attention": as_data(found.attention, [side.asked for side in found.sides]),
        "overlaps": [asdict(pair) for pair in found.overlaps],
        "publishers": [
            {
                "publisher": one.publisher,
                "articles": one.articles,
                "firsts": [_first(first) for first in one.firsts],
                "median_lag": one.median_lag,
            }
            for one in found.publishers
        ],
        "incomplete": found.incomplete,
        "is_partial": found.is_partial,
    }


def _first(first: First | None) -> dict[str, Any] | None:
    if first is None:
        return None
    article = first.article
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "published_on": article.published_on,
        "published_at": article.published_at,
        "lag": first.lag,
    }


def _behind(lag: timedelta) -> str:
    if not lag:
        return " (first)"
    hours = round(lag.total_seconds() / 3600, 1)
    return f" (+{round(hours / 24)} days)" if hours >= 48 else f" (+{hours:g} hours)"
