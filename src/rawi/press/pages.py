"""Makes the pages of a publisher: gathers what its template shows, and fills the template in."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from rawi.press.dates import date_line, dateline_day
from rawi.press.pieces import Paragraph, Shown
from rawi.press.publishers import (
    BY_ID,
    SECTIONS,
    ZONE,
    Publisher,
    article_path,
    number,
    paged,
    section_path,
)

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
PLACES = {
    "en": ("PORT AMAL", {"Tell Zahra": "TELL ZAHRA", "Ras Lina": "RAS LINA", "Jabal Sabra": "AIN SARU, Jabal Sabra"}),
    "fr": ("PORT-AMAL", {"Tell-Zahra": "TELL-ZAHRA", "Ras-Lina": "RAS-LINA", "Jabal Sabra": "AÏN SARU"}),
    "ar": ("بورت أمل", {"تل الزهراء": "تل الزهراء", "راس لينا": "راس لينا", "جبل صبرة": "عين سارو"}),
}
"""Where an agency's report is filed from: the capital, or the place its headline names."""

T = TypeVar("T")


@dataclass(frozen=True)
class Picture:
    src: str
    caption: str
    credit: str


class Card:
    """An article as templates see it, on lists and on its own page."""

    def __init__(self, shown: Shown, base: str) -> None:
        self.shown = shown
        self.publisher = BY_ID[shown.piece.publisher]
        self.base = base
        self.headline = shown.text.headline
        self.standfirst = shown.text.standfirst
        self.authors = shown.piece.authors
        self.tags = [Link(tag, tag_path(tag)) for tag in shown.piece.tags]
        self.number = number(self.publisher.id, shown.piece.slug)
        self.published_at, self.modified_at = shown.published_at, shown.modified_at

    @cached_property
    def path(self) -> str:
        piece = self.shown.piece
        first = piece.editions[0].text.headline
        return article_path(self.publisher, piece.slug, piece.section, first, self.published_at)

    @property
    def url(self) -> str:
        return self.base + self.path

    @property
    def section(self) -> "Link":
        section = self.shown.piece.section
        return Link(self.publisher.sections[section], section_path(self.publisher, section))

    @property
    def date_line(self) -> str:
        return date_line(self.publisher.id, self.published_at)

    @property
    def modified_line(self) -> str:
        """When it was changed, in the publisher's form; empty when it was not."""
        return date_line(self.publisher.id, self.modified_at) if self.shown.edition else ""

    @property
    def published_iso(self) -> str:
        return iso(self.published_at)

    @property
    def modified_iso(self) -> str:
        return iso(self.modified_at)

    @property
    def teaser(self) -> str:
        text = self.standfirst or self.shown.text.paragraphs[0].text
        return text if len(text) < 180 else text[:170].rsplit(" ", 1)[0] + "…"

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs, the first one with an agency's dateline before it."""
        first, *others = self.shown.text.paragraphs
        if self.publisher.agency and not self.shown.piece.copied_from:
            first = Paragraph(text=self._dateline() + first.text, heading=first.heading)
        return [first, *others]

    @property
    def picture(self) -> Picture | None:
        piece = self.shown.piece
        if not piece.picture:
            return None
        return Picture(picture_path(self.shown), piece.caption, self._picture_credit())

    def _picture_credit(self) -> str:
        """The photographer, or the publisher whose picture came along with the text."""
        maker = BY_ID[self.shown.piece.picture_of.split("/")[0]]
        words = furniture()[self.publisher.language]
        if maker is not self.publisher or maker.agency:
            return str(words["staff_picture"].format(name=maker.short))
        name = words["photographers"][number(self.shown.piece.picture_of) % len(words["photographers"])]
        return f"{words['staff_picture'].format(name=name)} / {self.publisher.short}"

    def _dateline(self) -> str:
        capital, others = PLACES[self.publisher.language]
        place = next((filed for name, filed in others.items() if name in self.headline), capital)
        day = dateline_day(self.publisher.language, self.published_at)
        if self.publisher.language == "ar":
            return f"{place} في {day} /{self.publisher.short}/ - "
        return f"{place}, {day} ({self.publisher.short}) — "


@dataclass(frozen=True)
class Link:
    label: str
    href: str


class Desk:
    """The pages of one publisher for what it shows at one moment, newest first."""

    def __init__(self, publisher: Publisher, base: str, shown: Sequence[Shown]) -> None:
        self.publisher = publisher
        self.base = base
        self.cards = [Card(one, base) for one in shown]
        self.words: dict[str, Any] = furniture()[publisher.language]

    def home(self) -> bytes:
        return self._page("home", title=self.publisher.name, cards=self.cards[:16], path="/", by_section=self._blocks())

    def article(self, card: Card) -> bytes:
        seed = f"{card.number}"
        return self._page(
            "article",
            title=card.headline,
            path=card.path,
            card=card,
            related=self._related(card),
            comments=pick(self.words["comments"], seed, number(seed) % 5),
        )

    def listing(self, label: str, path: str, cards: list[Card], page: int) -> bytes:
        """One page of a list; pages are counted from 1."""
        size = self.publisher.per_page
        pages = max(1, -(-len(cards) // size))
        return self._page(
            "list",
            title=label,
            path=paged(self.publisher, path, page),
            cards=cards[(page - 1) * size : page * size],
            page=page,
            pages=[Link(str(n), paged(self.publisher, path, n)) for n in range(1, pages + 1)],
        )

    def plain(self, title: str, paragraphs: list[str], path: str) -> bytes:
        return self._page("plain", title=title, path=path, lines=paragraphs)

    def _page(self, kind: str, **values: Any) -> bytes:
        publisher, seed = self.publisher, f"{publisher_seed(self.publisher)} {values['path']}"
        template = environment().get_template(f"{publisher.id}.html")
        page = template.render(
            kind=kind,
            me=publisher,
            base=self.base,
            url=self.base + values["path"],
            menu=[Link(publisher.sections[s], section_path(publisher, s)) for s in SECTIONS],
            latest=self.cards[:8],
            most_read=pick(self.cards, publisher.id, 5),
            adverts=pick(self.words["adverts"], seed, 3),
            today=date_line(publisher.id, self.cards[0].published_at) if self.cards else "",
            **values,
        )
        return page.encode(publisher.charset, "xmlcharrefreplace")

    def _blocks(self) -> list[tuple[Link, list[Card]]]:
        """The sections that have articles, each with its newest ones, for the lower half of the front page."""
        blocks = []
        for section in SECTIONS:
            cards = [card for card in self.cards if card.shown.piece.section == section]
            if cards:
                blocks.append((cards[0].section, cards[:4]))
        return blocks

    def _related(self, card: Card) -> list[Card]:
        """Up to five others: those with most tags in common, then those of the section."""
        tags, section = set(card.shown.piece.tags), card.shown.piece.section
        others = [other for other in self.cards if other is not card]
        others.sort(
            key=lambda other: (
                -len(tags & set(other.shown.piece.tags)),
                other.shown.piece.section != section,
                abs(other.published_at - card.published_at),
            )
        )
        return others[:5]


def tag_path(tag: str) -> str:
    return "/tag/" + quote(tag.replace(" ", "-"), safe="-")


def picture_path(shown: Shown) -> str:
    piece = shown.piece
    return f"{BY_ID[piece.publisher].picture_folder}/{piece.picture}-{number('picture', piece.picture_of)}.jpg"


def publisher_seed(publisher: Publisher) -> str:
    return f"{publisher.id} {publisher.address}"


def iso(at: datetime) -> str:
    return at.astimezone(ZONE).isoformat(timespec="seconds")


def pick(things: Sequence[T], seed: str, count: int) -> list[T]:
    """So many of these things, the same ones for the same seed."""
    order = sorted(range(len(things)), key=lambda n: number(seed, str(n)))
    return [things[n] for n in order[:count]]


@lru_cache
def furniture() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "furniture.toml").read_text("utf-8"))


@lru_cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["css"] = style
    return made


@lru_cache
def style(publisher: str) -> str:
    return (TEMPLATES / f"{publisher}.css").read_text("utf-8")
