"""What a feed, a sitemap or a page links to. Nothing here raises, whatever the bytes."""

import re
from dataclasses import replace

from rawi.core import jsonfeed, pagelinks, payload, xmlfeed, xmltext
from rawi.core.foundlink import (
    CUT,
    MOST_LINKS,
    MOST_TITLE,
    NOT_TEXT,
    FeedReading,
    FoundLink,
    collected,
    web,
)
from rawi.core.urls import absolute

MOST_BYTES = 20_000_000
"""What is read of a feed; what comes behind is passed over, and `problem` says so."""

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_START = re.compile(r"<\?xml|<rss\b|<rdf:RDF\b|<feed\b|<urlset\b|<sitemapindex\b")


def read_feed(data: bytes, url: str, content_type: str = "") -> FeedReading:
    """What a feed, a sitemap or a page of this address links to.

    `data` is the body with its content codings undone (a gzip file is opened). RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0, JSON
    Feed, sitemaps (index, news, plain text) and HTML pages are told apart by what they are, not by `content_type`,
    which only helps with the charset and tells a page in a feed's place from a section page.
    """
    is_cut = False
    if data[:2] == b"\x1f\x8b":
        data, wrong = payload.gunzip(data, MOST_BYTES)
        is_cut = bool(wrong)
    if len(data) > MOST_BYTES:
        data, is_cut = data[:MOST_BYTES], True
    reading = _read(payload.decode(data, content_type)[0], url, payload.media_type(content_type))
    return replace(reading, problem=CUT) if is_cut and not reading.problem else reading


def _read(text: str, url: str, media_type: str) -> FeedReading:
    text = text.lstrip("\ufeff \t\r\n\0")
    if not text:
        return FeedReading(problem="it is empty")
    if text[0] in "{[":
        return jsonfeed.read(text, url)
    root = xmltext.root_name(text)
    if root not in xmlfeed.ROOTS and media_type in _FEED_TYPES and (start := _START.search(text[:20_000])):
        # What stands before the feed is a program's complaint, or an advertisement.
        text = text[start.start() :]
        root = xmltext.root_name(text)
    if root in xmlfeed.ROOTS:
        return xmlfeed.read(text, url, xmlfeed.ROOTS[root])
    if root == "html" or (text[0] == "<" and "html" in media_type):
        if media_type in _FEED_TYPES:
            return FeedReading(problem="an HTML page, not a feed")
        return _read_page(text, url)
    if root:
        return FeedReading(problem=f"neither a feed nor a page: its first element is <{root}>")
    return _read_lines(text, url)


def _read_lines(text: str, url: str) -> FeedReading:
    """A sitemap of plain text: an address on each line; lines that are none are passed over."""
    lines = text[: MOST_BYTES // 4].splitlines()[: 2 * MOST_LINKS]
    links = [FoundLink(url=address) for line in lines if (address := absolute(web(line.strip()), url))]
    if not links:
        return FeedReading(problem="neither a feed nor a page")
    return collected("sitemap", "", links)


def _read_page(text: str, url: str) -> FeedReading:
    tree = pagelinks.parsed(NOT_TEXT.sub("", text))
    if tree is None:
        return FeedReading(problem="an HTML page without any content")
    base = pagelinks.base(tree, url)
    links = (FoundLink(url=address, title=title) for address, title in pagelinks.articles(tree, url, base))
    reading = collected("section", pagelinks.title(tree)[:MOST_TITLE], links)
    feeds = tuple(pagelinks.announced(tree, base))
    nothing = "an HTML page, not a feed; it links to no articles" if not (reading.links or feeds) else reading.problem
    return replace(reading, feeds=feeds, problem=nothing)
