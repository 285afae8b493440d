"""The lists that publishers make for machines: feeds, sitemaps, robots.txt."""

import json
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from rawi.press.pages import Card, environment, iso
from rawi.press.publishers import Publisher

LATEST = 30
"""How many articles a feed has."""

FULL_TEXT = frozenset({"almina", "mirat"})
"""Those whose feed carries the whole text; the others give a teaser."""

NEWS_SITEMAP = "/news-sitemap.xml"

MEDIA_TYPES = {
    "atom": "application/atom+xml",
    "json": "application/feed+json",
    "rdf": "application/rdf+xml",
    "rss": "application/rss+xml",
}


def feed(publisher: Publisher, base: str, cards: list[Card]) -> bytes:
    """The publisher's feed in its form, of the newest articles among these (newest first)."""
    cards = cards[:LATEST]
    if publisher.feed == "json":
        return json.dumps(_json_feed(publisher, base, cards), ensure_ascii=False, indent=1).encode()
    template = environment().get_template(f"feeds/{publisher.feed}.xml")
    text = template.render(
        me=publisher,
        base=base,
        cards=cards,
        updated=max((card.modified_at for card in cards), default=None),
        full=publisher.id in FULL_TEXT,
        rfc822=format_datetime,
        iso=iso,
        html=html,
    )
    return text.encode(publisher.charset, "xmlcharrefreplace")


def html(card: Card) -> str:
    """The whole text as plain HTML, as feeds carry it."""
    parts = []
    for paragraph in card.paragraphs:
        if paragraph.heading:
            parts.append(f"<h3>{escape(paragraph.heading)}</h3>")
        parts.append(f"<p>{escape(paragraph.text)}</p>")
    return "\n".join(parts)


def _json_feed(publisher: Publisher, base: str, cards: list[Card]) -> dict[str, Any]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.name,
        "home_page_url": f"{base}/",
        "feed_url": base + publisher.feed_path,
        "language": publisher.language,
        "items": [_json_item(publisher, base, card) for card in cards],
    }


def _json_item(publisher: Publisher, base: str, card: Card) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": card.url,
        "url": card.url,
        "title": card.headline,
        "date_published": card.published_iso,
        "date_modified": card.modified_iso,
        "tags": [tag.label for tag in card.tags],
    }
    if publisher.id in FULL_TEXT:
        item["content_html"] = html(card)
    else:
        item["summary"] = item["content_text"] = card.teaser
    if card.authors:
        item["authors"] = [{"name": name} for name in card.authors]
    if card.picture:
        item["image"] = base + card.picture.src
    return item


# --------------------------------------------------------------------------------------------- sitemaps


def robots(publisher: Publisher, base: str) -> bytes:
    """What robots may not ask for, and where the sitemaps are."""
    lines = ["User-agent: *", "Disallow: /search", "Disallow: /share", ""]
    lines.append(f"Sitemap: {base}{publisher.sitemap_path}")
    if publisher.id == "zahra":
        lines.append(f"Sitemap: {base}{NEWS_SITEMAP}")
    return "\n".join([*lines, ""]).encode()


def sitemap_paths(publisher: Publisher, cards: list[Card]) -> dict[str, list[Card]]:
    """The path of each sitemap with the articles it holds: one for each year, newest year first."""
    stem = publisher.sitemap_path.removesuffix(".xml")
    years: dict[str, list[Card]] = {}
    for card in cards:
        years.setdefault(f"{stem}-{card.published_at.year}.xml", []).append(card)
    return years


def sitemap_index(base: str, sitemaps: dict[str, list[Card]]) -> bytes:
    rows = [
        f"<sitemap><loc>{escape(base + path)}</loc>"
        f"<lastmod>{iso(max(card.modified_at for card in cards))}</lastmod></sitemap>"
        for path, cards in sitemaps.items()
    ]
    return _document("sitemapindex", rows)


def sitemap(cards: list[Card]) -> bytes:
    return _document(
        "urlset",
        [f"<url><loc>{escape(card.url)}</loc><lastmod>{card.modified_iso}</lastmod></url>" for card in cards],
    )


def news_sitemap(publisher: Publisher, cards: list[Card]) -> bytes:
    """The newest articles with their headlines, in the form that news search engines read."""
    rows = [
        f"<url><loc>{escape(card.url)}</loc><news:news><news:publication><news:name>{escape(publisher.name)}</news:name>"
        f"<news:language>{publisher.language}</news:language></news:publication>"
        f"<news:publication_date>{card.published_iso}</news:publication_date>"
        f"<news:title>{escape(card.headline)}</news:title></news:news></url>"
        for card in cards[:LATEST]
    ]
    return _document("urlset", rows, ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"')


def _document(root: str, rows: list[str], spaces: str = "") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    name = f'{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{spaces}'
    return "\n".join([f"{head}<{name}>", *rows, f"</{root}>", ""]).encode()
