"""Makes copies, live pieces and revisions out of what is written, as the TOML files in `derived/` say.

Order inside one entry: keep or drop paragraphs of the source's first text, replace words, put the lead in the place
of the first paragraph, add paragraphs, set the credit. Numbers count paragraphs from 1; headings are not counted and
go with the paragraph below them.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rawi.press.manuscripts import SLUG, Fault, House, check_picture, check_section, read_date
from rawi.press.pieces import Edition, Paragraph, Piece, Text

WORDS = {"headline", "replace", "add", "drop"}
COPY = WORDS | {"publisher", "slug", "of", "kind", "credit", "credit_at", "section", "keep", "lead", "picture"}
COPY |= {"caption", "tags", "author", "standfirst"}
KEYS = {
    "copy": COPY | {"date"},
    "live": COPY | {"original", "after_seconds"},
    "revision": WORDS | {"of", "after", "after_seconds", "lead", "standfirst"},
}
ALLOWED = {
    "whole": set[str](),
    "cut": {"keep", "drop"},
    "edited": {"keep", "drop", "replace", "add", "lead"},
}
SHAPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "add": (lambda v: _is_list(v, str), "a list of texts"),
    "after_seconds": (lambda v: isinstance(v, int) and not isinstance(v, bool) and v > 0, "a number above 0"),
    "drop": (lambda v: _is_list(v, int), "a list of numbers"),
    "keep": (lambda v: isinstance(v, int) and not isinstance(v, bool) and v > 0, "a number above 0"),
    "replace": (lambda v: _is_list(v, list) and all(len(p) == 2 and _is_list(p, str) for p in v), "a list of pairs"),
    "tags": (lambda v: _is_list(v, str), "a list of texts"),
}


@dataclass(frozen=True)
class Entry:
    """One table of a TOML file."""

    file: str
    table: str
    number: int
    values: dict[str, Any]

    def __str__(self) -> str:
        values = self.values
        name = f"{values['publisher']}/{values.get('slug')}" if "publisher" in values else values.get("of", "")
        return f"derived/{self.file}: {self.table} {self.number} ({name})"


def derive(originals: list[Piece], folder: Path, house: House, faults: list[str]) -> list[Piece]:
    """The originals that appear and everything made of them; what cannot be used is told in `faults`."""
    entries = _read_folder(folder, faults)
    pieces = {piece.key: piece for piece in originals}
    _add_all(pieces, [e for e in entries if e.table != "revision"], house, faults)
    for entry in sorted((e for e in entries if e.table == "revision"), key=_stage):
        _attempt(entry, faults, lambda entry: _revise(pieces, entry))
    faults.extend(
        f"originals/{piece.key}.txt: its date is live, but no [[live]] table names it"
        for piece in pieces.values()
        if piece.published_at is None and piece.since_start is None
    )
    return list(pieces.values())


# ------------------------------------------------------------------------------------------------ files


def _read_folder(folder: Path, faults: list[str]) -> list[Entry]:
    entries: list[Entry] = []
    for path in sorted(folder.glob("*")):
        try:
            entries += _read_file(path)
        except (Fault, tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            faults.append(f"derived/{path.name}: {fault}")
    return entries


def _read_file(path: Path) -> list[Entry]:
    if path.suffix != ".toml":
        raise Fault("the name must end in .toml")
    tables = tomllib.loads(path.read_text("utf-8"))
    entries = []
    for table, rows in tables.items():
        if table not in KEYS:
            raise Fault(f"unknown table {table!r}")
        if not _is_list(rows, dict):
            raise Fault(f"{table!r} must be written [[{table}]]")
        entries += [Entry(path.name, table, n, row) for n, row in enumerate(rows, 1)]
    return entries


def _check_shape(entry: Entry) -> None:
    for key, value in entry.values.items():
        if key not in KEYS[entry.table]:
            raise Fault(f"unknown key {key!r}")
        fits, wanted = SHAPES.get(key, (lambda v: isinstance(v, str) and bool(v.strip()), "a text"))
        if not fits(value):
            raise Fault(f"{key!r} must be {wanted}")


def _is_list(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(v, kind) and not isinstance(v, bool) for v in value)


# ---------------------------------------------------------------------------------------- copies and live


def _add_all(pieces: dict[str, Piece], entries: list[Entry], house: House, faults: list[str]) -> None:
    """Adds what the entries make. A copy may be of a copy made further down, so it goes on while some can be made."""
    waiting = [entry for entry in entries if _attempt(entry, faults, _check_shape)]
    made = {f"{e.values.get('publisher')}/{e.values.get('slug')}" for e in waiting}
    while waiting:
        ready = [e for e in waiting if _source(e) in pieces or _source(e) not in made]
        if not ready:
            faults.extend(f"{entry}: copies itself in a circle, through {_source(entry)!r}" for entry in waiting)
            return
        for entry in ready:
            _attempt(entry, faults, lambda entry: _add(pieces, entry, house))
            made.discard(f"{entry.values.get('publisher')}/{entry.values.get('slug')}")
        waiting = [e for e in waiting if e not in ready]


def _source(entry: Entry) -> str:
    return str(entry.values.get("of") or entry.values.get("original") or "")


def _attempt(entry: Entry, faults: list[str], act: Callable[[Entry], None]) -> bool:
    try:
        act(entry)
    except Fault as fault:
        faults.append(f"{entry}: {fault}")
        return False
    return True


def _add(pieces: dict[str, Piece], entry: Entry, house: House) -> None:
    source = pieces.get(_source(entry))
    if source is None:
        raise Fault(f"there is no article {_source(entry)!r}")
    if "original" in entry.values:
        pieces[source.key] = _go_live(source, entry)
        return
    piece = _copy(source, entry, house)
    if piece.key in pieces:
        raise Fault(f"there is already an article {piece.key!r}")
    pieces[piece.key] = piece


def _go_live(original: Piece, entry: Entry) -> Piece:
    others = set(entry.values) - {"original", "after_seconds", "publisher", "slug"}
    if others:
        raise Fault(f"beside 'original' there may be no {sorted(others)[0]!r}")
    named = f"{entry.values.get('publisher', original.publisher)}/{entry.values.get('slug', original.slug)}"
    if named != original.key:
        raise Fault(f"'original' is {original.key!r}, but publisher and slug say {named!r}")
    if original.published_at is not None:
        raise Fault(f"the original {original.key!r} has a date of its own; it needs 'date: live'")
    return replace(original, since_start=timedelta(seconds=_needed(entry, "after_seconds")))


def _copy(source: Piece, entry: Entry, house: House) -> Piece:
    values = entry.values
    publisher, slug = _needed(entry, "publisher"), _needed(entry, "slug")
    if publisher not in house.languages:
        raise Fault(f"there is no publisher {publisher!r}")
    if not SLUG.fullmatch(slug):
        raise Fault(f"the slug {slug!r} must be of a-z, 0-9 and single hyphens")
    if house.languages[publisher] != house.languages[source.publisher]:
        raise Fault(f"{source.key!r} is in another language than {publisher!r} writes")
    check_section(values.get("section", source.section), house)
    is_dated = entry.table == "copy"
    published_at = read_date(_needed(entry, "date")) if is_dated else None
    since_start = None if is_dated else timedelta(seconds=_needed(entry, "after_seconds"))
    _check_order(source, published_at, since_start)
    own_picture = "picture" in values
    if own_picture or "caption" in values:
        check_picture(values.get("picture", source.picture), values.get("caption", source.caption), house)
    if own_picture and values["picture"] != source.picture and "caption" not in values:
        raise Fault("another picture needs a caption")
    text, authors = _credited(_rewritten(source.editions[0].text, entry), entry)
    return Piece(
        publisher=publisher,
        slug=slug,
        section=values.get("section", source.section),
        authors=authors,
        tags=tuple(values.get("tags", source.tags)),
        picture=values.get("picture", source.picture),
        picture_of=f"{publisher}/{slug}" if own_picture else source.picture_of,
        caption=values.get("caption", source.caption),
        published_at=published_at,
        since_start=since_start,
        editions=(Edition(text=text),),
        copied_from=source.key,
    )


def _check_order(source: Piece, published_at: datetime | None, since_start: timedelta | None) -> None:
    """A copy comes after what it copies. Live pieces come after all dated ones."""
    if published_at is not None and (source.published_at is None or published_at < source.published_at):
        raise Fault(f"it is dated before {source.key!r}, which it copies")
    if since_start is not None and source.since_start is not None and since_start < source.since_start:
        raise Fault(f"it appears before {source.key!r}, which it copies")


def _needed(entry: Entry, key: str) -> Any:
    if key not in entry.values:
        raise Fault(f"{key!r} is missing")
    return entry.values[key]


def _rewritten(text: Text, entry: Entry) -> Text:
    values = entry.values
    kind = _needed(entry, "kind")
    if kind not in ALLOWED:
        raise Fault(f"'kind' must be one of {', '.join(ALLOWED)}, not {kind!r}")
    used = ALLOWED["edited"] & set(values)
    if used - ALLOWED[kind]:
        raise Fault(f"a copy of kind {kind!r} may have no {sorted(used - ALLOWED[kind])[0]!r}")
    if kind != "whole" and not used:
        raise Fault(f"a copy of kind {kind!r} needs one of {', '.join(sorted(ALLOWED[kind]))}")
    if "keep" in values and "drop" in values:
        raise Fault("'keep' and 'drop' may not stand together")
    return _changed(text, values)


def _credited(text: Text, entry: Entry) -> tuple[Text, tuple[str, ...]]:
    """The text with its credit, and the byline. Names of the source's authors do not come along by themselves."""
    values = entry.values
    authors = (values["author"],) if "author" in values else ()
    if ("credit" in values) != ("credit_at" in values):
        raise Fault("'credit' and 'credit_at' go together")
    if "credit" not in values:
        return text, authors
    credit, at = values["credit"], values["credit_at"]
    if at == "byline":
        return text, (*authors, credit)
    if at == "start":
        first, *others = text.paragraphs
        return replace(text, paragraphs=(replace(first, text=f"{credit} {first.text}"), *others)), authors
    if at == "end":
        return replace(text, paragraphs=(*text.paragraphs, Paragraph(text=credit))), authors
    raise Fault(f"'credit_at' must be start, end or byline, not {at!r}")


# --------------------------------------------------------------------------------------------- revisions


def _stage(entry: Entry) -> tuple[float, float]:
    """Orders revisions in time: those after publication first, then those that are staged."""
    try:
        return (float(entry.values.get("after_seconds", 0)), _hours(entry).total_seconds())
    except (Fault, TypeError, ValueError):
        return (0, 0)


def _hours(entry: Entry) -> timedelta:
    if "after" not in entry.values:
        return timedelta()
    match = re.fullmatch(r"(\d+)([hd])", str(entry.values["after"]))
    if not match:
        raise Fault(f"'after' must be like 3h or 2d, not {entry.values['after']!r}")
    return timedelta(**{"hours" if match[2] == "h" else "days": int(match[1])})


def _revise(pieces: dict[str, Piece], entry: Entry) -> None:
    _check_shape(entry)
    piece = pieces.get(_needed(entry, "of"))
    if piece is None:
        raise Fault(f"there is no article {entry.values['of']!r}")
    seconds = entry.values.get("after_seconds")
    if ("after" in entry.values) == (seconds is not None):
        raise Fault("it needs either 'after' or 'after_seconds'")
    since_start = timedelta(seconds=seconds) if seconds else None
    if since_start and piece.since_start and since_start <= piece.since_start:
        raise Fault(f"it comes before {piece.key!r} itself appears")
    before = piece.editions[-1]
    text = _changed(before.text, entry.values)
    if text == before.text:
        raise Fault("it changes nothing")
    edition = Edition(text=text, after=_hours(entry), since_start=since_start)
    pieces[piece.key] = replace(piece, editions=(*piece.editions, edition))


# -------------------------------------------------------------------------------------------------- text


def _changed(text: Text, values: dict[str, Any]) -> Text:
    """The text after keep, drop, replace, lead, add and a new headline or standfirst."""
    paragraphs = _kept(text.paragraphs, values)
    standfirst = text.standfirst
    for old, new in values.get("replace", ()):
        if not any(old in p.text for p in paragraphs) and old not in standfirst:
            raise Fault(f"the text to replace does not occur: {old!r}")
        paragraphs = [replace(p, text=p.text.replace(old, new)) for p in paragraphs]
        standfirst = standfirst.replace(old, new)
    if "lead" in values:
        paragraphs[0] = replace(paragraphs[0], text=values["lead"])
    paragraphs += [Paragraph(text=added) for added in values.get("add", ())]
    return Text(
        headline=values.get("headline", text.headline),
        standfirst=values.get("standfirst", standfirst),
        paragraphs=tuple(paragraphs),
    )


def _kept(paragraphs: tuple[Paragraph, ...], values: dict[str, Any]) -> list[Paragraph]:
    count = len(paragraphs)
    keep = values.get("keep", count)
    if keep > count:
        raise Fault(f"'keep' is {keep}, but there are only {count} paragraphs")
    for n in values.get("drop", ()):
        if not 1 <= n <= count:
            raise Fault(f"'drop' names paragraph {n}, but there are {count}")
    dropped = set(values.get("drop", ()))
    kept: list[Paragraph] = []
    heading = ""
    for n, paragraph in enumerate(paragraphs[:keep], 1):
        heading = paragraph.heading or heading
        if n not in dropped:
            kept.append(replace(paragraph, heading=heading))
            heading = ""
    if not kept:
        raise Fault("no paragraph is left")
    return kept
