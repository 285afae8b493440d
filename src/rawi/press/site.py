"""One publisher's site without the network: an address and a moment in, an answer out."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from itertools import pairwise
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from PIL import Image, ImageDraw

from rawi.press import feeds, pictures
from rawi.press.newsroom import Newsroom
from rawi.press.pages import Card, Desk, picture_path, style, tag_path
from rawi.press.publishers import SECTIONS, Publisher, paged, section_path

PLAIN_PAGES = ("about", "contact", "privacy", "share")
KNOWN_PARAMETERS = frozenset({"cat", "date", "id", "p", "page", "paged", "q", "ref", "rub"})
STYLE = "/css/site.css"


@dataclass(frozen=True)
class Answer:
    """What is sent back. `changed_at` is when it last became another, as far as the site knows."""

    status: int
    media_type: str
    body: bytes
    changed_at: datetime


Maker = Callable[[], tuple[str, bytes]]


class Site:
    """A publisher's site at `base` (scheme, host and port); `started_at` is when the press was started."""

    def __init__(
        self, publisher: Publisher, newsroom: Newsroom, base: str, started_at: datetime, live: bool = True
    ) -> None:
        self.publisher = publisher
        self.base = base
        self.started_at = started_at
        self.live = live
        self.newsroom = newsroom.of(publisher.id)
        self.moments = [timedelta(), *self.newsroom.moments()] if live else [timedelta()]
        self._at_stage = lru_cache(maxsize=4)(self._laid_out)

    def answer(self, target: str, now: datetime) -> Answer:
        """The answer to a request for a path with query at a moment."""
        stage = max(0, sum(moment <= now - self.started_at for moment in self.moments) - 1)
        changed_at = (self.started_at + self.moments[stage]).astimezone(UTC).replace(microsecond=0)
        desk, pages = self._at_stage(stage)
        key = _key(target)
        if key in pages:
            return Answer(200, *pages[key](), changed_at)
        if key.startswith("/search"):
            return Answer(200, self._html_type, self._found(desk, target), changed_at)
        title, *lines = desk.words["not_found"]
        return Answer(404, self._html_type, desk.plain(title, lines, "/404"), changed_at)

    def addresses(self, now: datetime) -> list[str]:
        """The address of every article that can be read at a moment, newest first."""
        return [Card(shown, self.base).url for shown in self.newsroom.on_show(self.started_at, now, self.live)]

    # ------------------------------------------------------------------------------------------- pages

    def _laid_out(self, stage: int) -> tuple[Desk, dict[str, Maker]]:
        """The desk and a maker for every page there is while nothing changes."""
        now = self.started_at + self.moments[stage]
        desk = Desk(self.publisher, self.base, self.newsroom.on_show(self.started_at, now, self.live))
        pages: dict[str, Maker] = {_key("/"): self._html(desk.home)}
        for card in desk.cards:
            if _key(card.path) in pages:
                raise ValueError(f"two articles of {self.publisher.id} have the address {card.path}")
            pages[_key(card.path)] = self._html(partial(desk.article, card))
            if card.shown.piece.picture:
                draw = partial(pictures.draw, card.shown.piece.picture, card.shown.piece.picture_of)
                pages[_key(picture_path(card.shown))] = _made(pictures.MEDIA_TYPE, draw)
        pages |= self._lists(desk)
        pages |= self._plain_pages(desk)
        pages |= self._for_machines(desk)
        return desk, pages

    def _lists(self, desk: Desk) -> dict[str, Maker]:
        """Section and tag pages, each paged back to its first article."""
        lists = []
        for section in SECTIONS:
            cards = [card for card in desk.cards if card.shown.piece.section == section]
            lists.append((self.publisher.sections[section], section_path(self.publisher, section), cards))
        for tag in sorted({tag for card in desk.cards for tag in card.shown.piece.tags}):
            cards = [card for card in desk.cards if tag in card.shown.piece.tags]
            lists.append((tag, tag_path(tag), cards))
        pages: dict[str, Maker] = {}
        for label, path, cards in lists:
            for n in range(1, max(1, -(-len(cards) // self.publisher.per_page)) + 1):
                page = partial(desk.listing, label, path, cards, n)
                pages[_key(paged(self.publisher, path, n))] = self._html(page)
        return pages

    def _plain_pages(self, desk: Desk) -> dict[str, Maker]:
        pages: dict[str, Maker] = {}
        for name in PLAIN_PAGES:
            title, *lines = desk.words["pages"][name]
            pages[_key(f"/{name}")] = self._html(partial(desk.plain, title, lines, f"/{name}"))
        return pages

    def _for_machines(self, desk: Desk) -> dict[str, Maker]:
        me, base = self.publisher, self.base
        sitemaps = feeds.sitemap_paths(me, desk.cards)
        pages: dict[str, Maker] = {
            "/robots.txt": _made("text/plain; charset=utf-8", partial(feeds.robots, me, base)),
            "/favicon.ico": _made("image/png", partial(icon, me.colour)),
            STYLE: _made("text/css; charset=utf-8", lambda: style(me.id).encode()),
            me.sitemap_path: _made("application/xml", partial(feeds.sitemap_index, base, sitemaps)),
        }
        for path, cards in sitemaps.items():
            pages[path] = _made("application/xml", partial(feeds.sitemap, cards))
        if me.id == "zahra":
            pages[feeds.NEWS_SITEMAP] = _made("application/xml", partial(feeds.news_sitemap, me, desk.cards))
        if me.feed != "none":
            media_type = f"{feeds.MEDIA_TYPES[me.feed]}; charset={me.charset}"
            pages[_key(me.feed_path)] = _made(media_type, partial(feeds.feed, me, base, desk.cards))
        return pages

    def _found(self, desk: Desk, target: str) -> bytes:
        """The page of a search in headlines."""
        words = dict(parse_qsl(urlsplit(target).query)).get("q", "").strip()
        cards = [card for card in desk.cards if words and words.lower() in card.headline.lower()]
        return desk.listing(words or "…", f"/search?{urlencode({'q': words})}", cards[: self.publisher.per_page], 1)

    @property
    def _html_type(self) -> str:
        # The French wire names its charset only inside its pages, as old sites do.
        return "text/html" if self.publisher.id == "alp" else f"text/html; charset={self.publisher.charset}"

    def _html(self, make: Callable[[], bytes]) -> Maker:
        return _made(self._html_type, make)


def _made(media_type: str, make: Callable[[], bytes]) -> Maker:
    return lambda: (media_type, make())


def _key(target: str) -> str:
    """One spelling for the same address: decoded path, known parameters in order."""
    parts = urlsplit(target)
    known = sorted((k, v) for k, v in parse_qsl(parts.query) if k in KNOWN_PARAMETERS)
    path = quote(unquote(parts.path), safe="/,.-_+~")
    return f"{path}?{urlencode(known)}" if known else path


@lru_cache
def icon(colour: str) -> bytes:
    """A little icon of a publisher's colour: waves on a disc."""
    image = Image.new("RGBA", (64, 64))
    pen = ImageDraw.Draw(image)
    pen.ellipse((0, 0, 63, 63), fill=colour)
    for y in (22, 34, 46):
        points = [(x, y + (4 if (x // 9) % 2 else -3)) for x in range(10, 60, 9)]
        for before, after in pairwise(points):
            pen.line((before, after), fill="white", width=4)
    out = io.BytesIO()
    image.reduce(2).save(out, "PNG")
    return out.getvalue()
