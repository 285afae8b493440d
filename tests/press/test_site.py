"""The sites of the press without a network: every page of every publisher."""

import json
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest

from rawi.press import pictures
from rawi.press.newsroom import load
from rawi.press.publishers import PUBLISHERS, Publisher
from rawi.press.site import Answer, Site

STARTED_AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWSROOM = load()
each_publisher = pytest.mark.parametrize("publisher", PUBLISHERS, ids=lambda publisher: publisher.id)


def site_of(publisher: Publisher) -> Site:
    return Site(publisher, NEWSROOM, f"http://{publisher.address}:8000", STARTED_AT)


def get(site: Site, target: str, seconds: int = 0) -> Answer:
    return site.answer(target, STARTED_AT + timedelta(seconds=seconds))


class Page(HTMLParser):
    """The visible text of a page and the addresses it refers to."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.references: list[str] = []
        self.links: list[str] = []
        self.feed("".join(re.split(r"(?s)<script.*?</script>|<style.*?</style>", markup)))
        self.close()
        self.references += re.findall(r"url\(([^)]*)\)", markup)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attrs}
        for key in ("href", "src", "srcset", "action", "data-src", "poster"):
            if key in named and not named[key].startswith("data:"):
                self.references.append(named[key])
        if tag == "meta" and re.match("https?:", named.get("content", "")):
            self.references.append(named["content"])
        if tag == "a" and "href" in named:
            self.links.append(named["href"])

    @property
    def text(self) -> str:
        return " ".join("".join(self.pieces).split())


def sitemap_addresses(site: Site, seconds: int = 0) -> list[str]:
    """All addresses that robots.txt leads to, through the index."""
    robots = get(site, "/robots.txt", seconds).body.decode()
    index = re.findall(r"^Sitemap: (.*)$", robots, re.MULTILINE)[0].removeprefix(site.base)
    found = []
    for one in ElementTree.fromstring(get(site, index, seconds).body).iter(f"{SITEMAP}loc"):
        sitemap = get(site, str(one.text).removeprefix(site.base), seconds)
        rows = list(ElementTree.fromstring(sitemap.body).iter(f"{SITEMAP}url"))
        assert all(row.findtext(f"{SITEMAP}lastmod") for row in rows)
        found += [str(row.findtext(f"{SITEMAP}loc")) for row in rows]
    return found


def everything(site: Site) -> dict[str, Page]:
    """All pages that can be reached from the front page, by path; pictures and feeds are asked for but not read."""
    pages: dict[str, Page] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        answer = get(site, path)
        assert answer.status == 200, path
        if not answer.media_type.startswith("text/html"):
            continue
        pages[path] = Page(answer.body.decode(site.publisher.charset))
        for link in pages[path].links:
            target = urljoin(site.base + path, link).split("#")[0].removeprefix(site.base) or "/"
            if target not in pages and target not in waiting:
                waiting.append(target)
    return pages


@each_publisher
def test_every_article_answers_with_its_headline_and_all_its_paragraphs(publisher: Publisher) -> None:
    site = site_of(publisher)
    shown = site.newsroom.on_show(STARTED_AT, STARTED_AT)
    assert len(shown) >= 8
    for one, address in zip(shown, site.addresses(STARTED_AT), strict=True):
        answer = get(site, address.removeprefix(site.base))
        text = Page(answer.body.decode(publisher.charset)).text
        assert answer.status == 200
        assert " ".join(one.text.headline.split()) in text
        for paragraph in one.text.paragraphs:
            assert " ".join(paragraph.text.split()) in text, (address, paragraph.text)
            assert paragraph.heading in text


@each_publisher
def test_all_articles_can_be_reached_from_the_front_page_and_no_link_is_dead(publisher: Publisher) -> None:
    site = site_of(publisher)
    pages = everything(site)
    assert {address.removeprefix(site.base) for address in site.addresses(STARTED_AT)} <= set(pages)


@each_publisher
def test_no_page_refers_to_another_host(publisher: Publisher) -> None:
    site = site_of(publisher)
    for path, page in everything(site).items():
        for reference in page.references:
            assert urlsplit(urljoin(site.base + path, reference)).netloc == urlsplit(site.base).netloc, path


@each_publisher
def test_the_pages_say_their_language_direction_and_charset(publisher: Publisher) -> None:
    markup = get(site_of(publisher), "/").body.decode(publisher.charset)
    if publisher.id == "tribune":  # it says nothing of itself
        return
    assert f'lang="{publisher.language}"' in markup
    assert ('dir="rtl"' in markup) == (publisher.language == "ar")
    assert f"charset={publisher.charset}" in markup.lower().replace('"', "")


@each_publisher
def test_the_sitemaps_hold_every_article(publisher: Publisher) -> None:
    site = site_of(publisher)
    found = sitemap_addresses(site)
    assert sorted(found) == sorted(site.addresses(STARTED_AT))


@each_publisher
def test_the_feed_parses_and_has_the_newest_articles(publisher: Publisher) -> None:
    site = site_of(publisher)
    front = get(site, "/").body.decode(publisher.charset)
    assert ('rel="alternate"' in front) == (publisher.feed != "none")
    if publisher.feed == "none":
        return
    body = get(site, publisher.feed_path).body
    if publisher.feed == "json":
        items = json.loads(body)["items"]
        links, titles = [item["url"] for item in items], [item["title"] for item in items]
    else:
        read = feedparser.parse(body)
        assert not read.bozo, read.get("bozo_exception")
        links, titles = [entry.link for entry in read.entries], [entry.title for entry in read.entries]
        assert all(entry.get("published_parsed") or entry.get("updated_parsed") for entry in read.entries)
    assert links == site.addresses(STARTED_AT)[:30]
    assert titles == [one.text.headline for one in site.newsroom.on_show(STARTED_AT, STARTED_AT)][:30]


def test_the_feed_forms_are_all_there() -> None:
    assert {publisher.feed for publisher in PUBLISHERS} == {"rss", "atom", "rdf", "json", "none"}


def test_no_two_articles_have_one_address() -> None:
    later = STARTED_AT + timedelta(days=9)
    addresses = [address for publisher in PUBLISHERS for address in site_of(publisher).addresses(later)]
    assert len(addresses) == len(set(addresses)) == len(NEWSROOM.pieces)


def test_addresses_stay_when_the_headline_changes() -> None:
    later = STARTED_AT + timedelta(days=9)
    for publisher in PUBLISHERS:
        assert set(site_of(publisher).addresses(STARTED_AT)) <= set(site_of(publisher).addresses(later))


def test_the_arabic_wire_is_in_windows_1256() -> None:
    wam = next(publisher for publisher in PUBLISHERS if publisher.id == "wam")
    answer = get(site_of(wam), "/")
    assert answer.media_type == "text/html; charset=windows-1256"
    assert "وكالة مرسانة للأنباء" in answer.body.decode("windows-1256")
    with pytest.raises(UnicodeDecodeError):
        answer.body.decode("utf-8")


def test_the_popular_site_has_a_news_sitemap() -> None:
    zahra = site_of(next(publisher for publisher in PUBLISHERS if publisher.id == "zahra"))
    assert "/news-sitemap.xml" in get(zahra, "/robots.txt").body.decode()
    rows = ElementTree.fromstring(get(zahra, "/news-sitemap.xml").body).iter(f"{SITEMAP}loc")
    assert [row.text for row in rows] == zahra.addresses(STARTED_AT)[:30]


@each_publisher
def test_unknown_addresses_are_not_found(publisher: Publisher) -> None:
    for target in ("/no-such-page", "/?p=1", "/news.php?id=1", "/wire/2025/03/14/none.html", "/media/harbour-1.jpg"):
        if target == "/?p=1" and publisher.id != "mirat":
            continue
        assert get(site_of(publisher), target).status == 404, target


def test_parameters_that_mean_nothing_are_passed_over() -> None:
    wam = site_of(next(publisher for publisher in PUBLISHERS if publisher.id == "wam"))
    path = wam.addresses(STARTED_AT)[0].removeprefix(wam.base)
    assert get(wam, path + "&utm_source=feed").body == get(wam, path).body


def test_live_articles_and_revisions_appear_in_time() -> None:
    live = [piece for piece in NEWSROOM.pieces if piece.since_start]
    assert live
    for piece in live:
        site = site_of(next(publisher for publisher in PUBLISHERS if publisher.id == piece.publisher))
        assert piece.since_start is not None
        at = int(piece.since_start.total_seconds())
        before, after = set(sitemap_addresses(site, at - 1)), set(sitemap_addresses(site, at))
        (address,) = after - before
        path = address.removeprefix(site.base)
        assert get(site, path, at - 1).status == 404
        text = Page(get(site, path, at).body.decode(site.publisher.charset)).text
        assert " ".join(piece.editions[0].text.headline.split()) in text
        assert get(site, "/", at).body != get(site, "/", at - 1).body
        assert get(site, "/", at).changed_at == STARTED_AT + piece.since_start


def test_without_live_nothing_ever_changes() -> None:
    for publisher in PUBLISHERS:
        site = Site(publisher, NEWSROOM, "http://press.test", STARTED_AT, live=False)
        assert get(site, "/", 9_000_000).body == get(site, "/").body
        assert get(site, "/", 9_000_000).changed_at == STARTED_AT


def test_staged_revisions_change_their_page_and_its_lastmod() -> None:
    staged = [(piece, e) for piece in NEWSROOM.pieces for e in piece.editions if e.since_start]
    assert staged
    for piece, edition in staged:
        site = site_of(next(publisher for publisher in PUBLISHERS if publisher.id == piece.publisher))
        assert edition.since_start is not None
        at = STARTED_AT + edition.since_start
        texts = []
        for now in (at - timedelta(seconds=1), at):
            (one,) = [one for one in site.newsroom.on_show(STARTED_AT, now) if one.piece.key == piece.key]
            texts.append(one.text)
        assert texts[0] != texts[1] == edition.text
        assert one.modified_at == at


def test_pictures_are_small_and_each_seed_has_its_own() -> None:
    for key in sorted(pictures.KEYS):
        first, second = pictures.draw(key, "a"), pictures.draw(key, "b")
        assert first != second
        assert len(first) <= 90_000
        assert first.startswith(b"\xff\xd8\xff")


def test_a_picture_is_the_same_whenever_it_is_drawn() -> None:
    first = pictures.draw("dam", "once")
    pictures.draw.cache_clear()
    assert pictures.draw("dam", "once") == first
