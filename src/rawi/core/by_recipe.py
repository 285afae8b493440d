"""Reading a page by the rules of its publisher's recipe: what they name is taken as it stands; the rest is left to the
evidence.

The same rules give the same reading ten years later; a change here is a new version in `extract.MADE_BY`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from itertools import islice
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from rawi.core import blocks, bylines, dates, images, page, selectors, urls
from rawi.core.dates import Moment
from rawi.core.page import Declared
from rawi.core.recipes import DAY_FIRST, MONTH_FIRST, Rules
from rawi.model import Image

_MOST_AUTHORS, _MOST_ELEMENTS = 20, 30
_LONGEST_LINE = 1000
"""Characters of a headline, a name or a section."""

_NO_USE = {"authors": "no name in what it points at", "date": "no date in what it points at"}

_PREFERRED = {"h1": "h1", "og:title": 'meta[property="og:title"]', "title": "title"}

_MOST_BLOCKS = 100_000
_NOT_TEXT = blocks.BIT["figure"] | blocks.BIT["form"] | blocks.BIT["button"]

_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a page says where its recipe points; empty where the recipe points nowhere, or nothing stands there."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    section: str = ""
    images: tuple[Image, ...] = ()
    text: str = ""
    """Paragraphs parted by newlines."""
    by: str = ""
    """The recipe that pointed there."""
    notes: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    """What each of its keys says that points at nothing on this page, in words."""


def why_none(rules: Rules, tree: Any, url: str) -> str:
    """Why the rules call a page no article; "" when they do not."""
    parts = urls.parts(url)
    address = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
    for pattern in rules.not_article_addresses:
        if _fits(pattern, address):
            return f"its recipe {rules.id} calls addresses like {pattern} no articles"
    for selector in rules.not_article:
        if selectors.select(selector, tree):
            return f"its recipe {rules.id} calls pages with {selector} no articles"
    return ""


def _fits(pattern: str, address: str) -> bool:
    """Whether "*" for anything makes the pattern the address: each part is looked for once, behind the one before."""
    first, *rest = pattern.split("*")
    if not rest:
        return address == first
    *inner, last = rest
    if not address.startswith(first):
        return False
    at = len(first)
    for part in inner:
        found = address.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(address) - len(last) >= at and address.endswith(last)


def told(rules: Rules, tree: Any) -> Told:
    """What the page says where the rules point. What they drop is emptied, in place, before anything is read."""
    dropped = 0
    for selector in rules.drop:
        for element in selectors.select(selector, tree):
            dropped += 1
            # Emptied and not taken out: joining what stands around it takes the square of their number.
            element.clear(keep_tail=True)
    text = "\n".join(line for element in _outermost(_all(rules.text, tree)) for line in _lines(element))
    headline = _first_said(rules.headline, tree) or _preferred(rules.prefer, tree)
    wanted = {"text": (rules.text, text), "headline": (rules.headline or rules.prefer, headline)}
    missed = [what for what, (asked, found) in wanted.items() if asked and not found]
    said = Told(
        headline=headline,
        authors=_authors(rules, tree),
        published=_published(rules, tree),
        section=_first_said(rules.section, tree),
        images=_images(rules, tree),
        text=text,
        by=rules.id,
        notes=tuple(f"its recipe {rules.id} finds no {what} on this page" for what in missed),
    )
    return replace(said, missed=tuple(_missed(rules, said, dropped, tree)))


def _missed(rules: Rules, said: Told, dropped: int, tree: Any) -> Iterator[str]:
    """Of each key of the rules that gave nothing, whether its selectors found nothing, or nothing that is one."""
    asked = (
        ("text", rules.text, said.text),
        ("drop", rules.drop, dropped),
        ("headline", rules.headline, said.headline),
        ("prefer", () if rules.headline else (rules.prefer,) * bool(rules.prefer), said.headline),
        ("authors", rules.authors, said.authors),
        ("date", rules.date, said.published),
        ("section", rules.section, said.section),
        ("pictures", rules.pictures, said.images),
    )
    for key, chosen, found in asked:
        if chosen and not found:
            is_there = key != "prefer" and next(_all(chosen, tree), None) is not None
            yield f"{key} found {_NO_USE.get(key, 'only what is empty') if is_there else 'nothing'}"


def declared(rules: Rules, said: Told, found: Declared) -> Declared:
    """What the page declares, with what the rules found in place of it, and its times in the publisher's zone."""
    return replace(
        found,
        authors=said.authors or found.authors,
        published=said.published or _settled(rules, found.published),
        modified=_settled(rules, found.modified),
        section=said.section or found.section,
        images=said.images or found.images,
    )


def _all(chosen: tuple[str, ...], tree: Any) -> Iterator[Any]:
    """The elements of the first selector, then those of the next."""
    for selector in chosen:
        yield from selectors.select(selector, tree)


def _few(chosen: tuple[str, ...], tree: Any) -> Iterator[Any]:
    """The first of them: elements in each other, each read whole, would take the square of their number."""
    return islice(_all(chosen, tree), _MOST_ELEMENTS)


def _first_said(chosen: tuple[str, ...], tree: Any) -> str:
    return next((said for element in _few(chosen, tree) if (said := _said(element))), "")


def _said(element: Any) -> str:
    """What an element says, on one line: a meta element by its content, all others by their text."""
    if element.tag == "meta":
        return _line(element.get("content") or "")
    return _line("".join(element.itertext()))


def _line(words: str) -> str:
    return " ".join(words.split())[:_LONGEST_LINE]


def _preferred(prefer: str, tree: Any) -> str:
    if prefer == "json-ld":
        return page.linked_headline(tree)[:_LONGEST_LINE]
    return _first_said((_PREFERRED[prefer],), tree) if prefer else ""


def _authors(rules: Rules, tree: Any) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for element in _few(rules.authors, tree):
        names.update(dict.fromkeys(bylines.people(_said(element))))
    return tuple(names)[:_MOST_AUTHORS]


# ---------------------------------------------------------------------------------------------- dates


def _published(rules: Rules, tree: Any) -> Moment | None:
    for element in _few(rules.date, tree):
        for words in (element.get("datetime"), element.get("content"), _said(element)):
            if words and (moment := _moment(rules, words)):
                return moment
    return None


def _settled(rules: Rules, moment: Moment | None) -> Moment | None:
    """A date that the page declares, read once more where the rules know what it leaves open."""
    if moment is None or not (rules.timezone or rules.day_month):
        return moment
    again = _moment(rules, moment.text)
    return again if again and (again.at or rules.day_month) else moment


def _moment(rules: Rules, words: str) -> Moment | None:
    ordered = _ordered(rules.day_month, words[: dates.LONGEST])
    moment = dates.read_date(ordered)
    if moment and moment.at is None and moment.on and rules.timezone:
        moment = _in_zone(rules.timezone, ordered, moment)
    return replace(moment, text=words[: dates.LONGEST].strip()) if moment else None


def _in_zone(zone: str, words: str, moment: Moment) -> Moment:
    """With its time, where one is written: its zone's offset is that of the day itself, summer time or not."""
    clock = dates.read_date(words, offset=timedelta())
    if not (clock and clock.at):
        return moment
    try:
        return replace(moment, at=clock.at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))
    except OverflowError:
        return moment


def _ordered(day_month: str, words: str) -> str:
    """A date in numbers as year, month, day, by the order that the rules know."""
    if day_month not in (DAY_FIRST, MONTH_FIRST):
        return words

    def iso(found: re.Match[str]) -> str:
        one, other, year = int(found[1]), int(found[3]), int(found[4])
        day, month = (one, other) if day_month == DAY_FIRST else (other, one)
        return f"{year:04}-{month:02}-{day:02}" if month <= 12 else found[0]

    return _NUMBERS.sub(iso, words)


# ------------------------------------------------------------------------------------------- pictures


def _images(rules: Rules, tree: Any) -> tuple[Image, ...]:
    found: dict[str, Image] = {}
    for element in _few(rules.pictures, tree):
        if (image := _image(element)) and image.url:
            found.setdefault(image.url, image)
    return tuple(found.values())


def _image(element: Any) -> Image | None:
    """The picture that an element is, names, or has in it, with the caption of the figure it stands in."""
    if element.tag == "meta":
        return Image(url=(element.get("content") or "").strip())
    img = element if element.tag == "img" else next(element.iter("img"), None)
    if img is None:
        return None
    figure = element if element.tag == "figure" else next(img.iterancestors("figure"), None)
    caption = next(figure.iter("figcaption"), None) if figure is not None else None
    url, width, height = images.largest(img)
    return Image(
        url=url,
        caption=_said(caption) if caption is not None else "",
        alt=_line(img.get("alt") or ""),
        width=width,
        height=height,
    )


# ----------------------------------------------------------------------------------------------- text


def _outermost(elements: Iterable[Any]) -> list[Any]:
    """Without those that stand in another of them, and each once."""
    chosen = dict.fromkeys(elements)
    inner = set(selectors.within(list(chosen), chosen.keys()))
    return [element for element in chosen if element not in inner]


def _lines(element: Any) -> Iterator[str]:
    """The lines of text in an element; a figure's caption belongs to its picture, and a form says nothing."""
    found = blocks.all_blocks(element, _MOST_BLOCKS)
    for block in found.blocks:
        if not found.boxes[block.box].flags & _NOT_TEXT:
            yield from block.text.split("\n")
