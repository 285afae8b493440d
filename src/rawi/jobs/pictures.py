"""From articles to the pictures that are to be fetched for them: a follower that gives the gatherer addresses."""

from collections.abc import Callable
from datetime import datetime

from rawi.core import schedule
from rawi.core.payload import media_type
from rawi.jobs.follow import follow
from rawi.jobs.found import belongs
from rawi.jobs.tell import Tell, silent
from rawi.model import Article, Capture, Link, Publisher, Visit, address_id
from rawi.ports import Store

FOLLOWER = "pictures"
MOST_AN_ARTICLE = 5

RASTER = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif")
"""What is shown: kinds of picture that cannot be active. An SVG is kept, but never served."""


def ask_for_pictures(*, store: Store, now: Callable[[], datetime], tell: Tell = silent) -> int:
    """Notes the pictures of gathered articles for fetching, where they stand on a host of their publisher's.

    Those of imported pages are not fetched: their owner did not ask for that.
    """

    def work(articles: list[Article]) -> None:
        gathered = {c.id for c in store.get_many(Capture, [a.capture for a in articles]) if c.source == "gather"}
        publishers = {p.id: p for p in store.get_many(Publisher, sorted({a.publisher for a in articles}))}
        wanted = {
            image.url: article
            for article in articles
            if article.capture in gathered and article.publisher in publishers
            for image in article.images[:MOST_AN_ARTICLE]
            if belongs(image.url, publishers[article.publisher])
        }
        ids = [address_id(url) for url in wanted]
        known = {visit.id for visit in store.get_many(Visit, ids)}
        new = {url: article.publisher for url, article in wanted.items() if address_id(url) not in known}
        links = [_link(url, publisher, now()) for url, publisher in new.items()]
        store.put(*links, *(schedule.first_visit(link.url, "picture", link.publisher, "", now()) for link in links))

    return follow(FOLLOWER, Article, work, store=store, tell=tell)


def _link(url: str, publisher: str, now: datetime) -> Link:
    return Link(
        id=address_id(url),
        url=url,
        feed="",
        publisher=publisher,
        purpose="picture",
        title="",
        published_at=None,
        found_at=now,
    )


def is_picture(capture: Capture) -> bool:
    """Whether a capture holds a picture that may be shown."""
    is_whole = capture.status == 200 and not capture.truncated and not capture.revisit_of
    return is_whole and media_type(capture.media_type) in RASTER
