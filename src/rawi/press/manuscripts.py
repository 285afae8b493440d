"""Reads the originals: one text file each, a head of `key: value` lines, an empty line, then paragraphs."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rawi.press.pieces import Edition, Paragraph, Piece, Text

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEYS = ("headline", "section", "author", "date", "picture", "caption", "standfirst", "tags")
NEEDED = ("headline", "section", "date")


@dataclass(frozen=True, kw_only=True)
class House:
    """What files may name."""

    languages: dict[str, str]
    """The language of each publisher, by its id."""
    sections: frozenset[str]
    pictures: frozenset[str]


class Fault(ValueError):
    """One rule broken; the text says which, the caller adds the file."""


def read_originals(folder: Path, house: House, faults: list[str]) -> list[Piece]:
    """All originals under a folder, one sub-folder for each publisher; what cannot be used is told in `faults`."""
    pieces = []
    for path in sorted(folder.glob("*/*")):
        try:
            pieces.append(read_original(path, house))
        except (Fault, UnicodeDecodeError) as fault:
            faults.append(f"originals/{path.parent.name}/{path.name}: {fault}")
    return pieces


def read_original(path: Path, house: House) -> Piece:
    """One original; Fault when it breaks a rule."""
    publisher, slug = path.parent.name, path.stem
    if publisher not in house.languages:
        raise Fault(f"there is no publisher {publisher!r}")
    if path.suffix != ".txt" or not SLUG.fullmatch(slug):
        raise Fault("the name must be of a-z, 0-9 and single hyphens, and end in .txt")
    head, _, body = path.read_text("utf-8").strip().partition("\n\n")
    fields = _fields(head)
    picture = _one(fields, "picture")
    check_picture(picture, _one(fields, "caption"), house)
    check_section(_one(fields, "section"), house)
    text = Text(
        headline=_one(fields, "headline"), standfirst=_one(fields, "standfirst"), paragraphs=read_paragraphs(body)
    )
    return Piece(
        publisher=publisher,
        slug=slug,
        section=_one(fields, "section"),
        authors=tuple(fields.get("author", ())),
        tags=tuple(tag for tag in (part.strip() for part in re.split("[,،]", _one(fields, "tags"))) if tag),
        picture=picture,
        picture_of=f"{publisher}/{slug}" if picture else "",
        caption=_one(fields, "caption"),
        published_at=None if _one(fields, "date") == "live" else read_date(_one(fields, "date")),
        since_start=None,
        editions=(Edition(text=text),),
        copied_from="",
    )


def read_date(text: str) -> datetime:
    """An ISO date with minutes and zone."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Fault(f"{text!r} is not a date like 2025-03-14T07:20+02:00") from error
    if at.tzinfo is None:
        raise Fault(f"the date {text!r} has no zone, such as +02:00")
    return at


def read_paragraphs(body: str) -> tuple[Paragraph, ...]:
    """Paragraphs parted by empty lines; one that begins with ## is the heading of the next."""
    paragraphs, heading = [], ""
    for block in re.split(r"\n[ \t]*\n", body):
        text = " ".join(block.split("\n")).strip()
        if text.startswith("## "):
            if heading:
                raise Fault(f"the heading {heading!r} has no paragraph below it")
            heading = text[3:].strip()
        elif text:
            paragraphs.append(Paragraph(text=text, heading=heading))
            heading = ""
    if heading:
        raise Fault(f"the heading {heading!r} has no paragraph below it")
    if not paragraphs:
        raise Fault("there is no text")
    return tuple(paragraphs)


def check_picture(picture: str, caption: str, house: House) -> None:
    if picture and picture not in house.pictures:
        raise Fault(f"there is no picture {picture!r}")
    if bool(picture) != bool(caption):
        raise Fault("a picture needs a caption, and a caption a picture")


def check_section(section: str, house: House) -> None:
    if section not in house.sections:
        raise Fault(f"there is no section {section!r}")


def _fields(head: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for line in head.splitlines():
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or not value:
            raise Fault(f"the line {line!r} is not 'key: value'")
        if key not in KEYS:
            raise Fault(f"unknown key {key!r}")
        if key in fields and key != "author":
            raise Fault(f"{key!r} is there twice")
        fields.setdefault(key, []).append(value)
    for key in NEEDED:
        if key not in fields:
            raise Fault(f"{key!r} is missing")
    return fields


def _one(fields: dict[str, list[str]], key: str) -> str:
    return fields[key][0] if key in fields else ""
