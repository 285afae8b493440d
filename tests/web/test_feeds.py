"""Feeds of searches: valid, safe, and asked for again cheaply."""

import json
from urllib.parse import quote

import feedparser
import pytest
from lxml import etree

from rawi.archive import Archive
from rawi.web.app import make_app
from tests.web.conftest import NOW, Browser, page

HOSTILE = (
    "{{7*7}} council",
    "council ]]>",
    "<script> council",
    "council \x01\x0b\ufffe",
    "\u202ecouncil",
    "' OR council",
)


@pytest.fixture
def site(empty: Archive) -> Browser:
    for number, title in enumerate(("Council ]]&gt; one", "&lt;script&gt; council", "مجلس council")):
        empty.add_page(f"http://harbour.example/{number}", page(title, on=NOW.date()), NOW)
    empty.follow()
    return Browser(make_app(empty))


@pytest.mark.parametrize("query", HOSTILE)
def test_feeds_of_hostile_queries_are_well_formed(site: Browser, query: str) -> None:
    for form in ("rss", "atom"):
        answer = site.get(f"/en/search.{form}?q={quote(query)}")
        assert answer.status_code == 200
        root = etree.fromstring(answer.content)
        assert not root.xpath("//script")
        assert b"49 council" not in answer.content
        assert "\u202e" not in answer.text
        assert not feedparser.parse(answer.content).bozo
    assert json.loads(site.get(f"/en/search.json?q={quote(query)}").content)["version"].endswith("1.1")


def test_feeds_say_what_they_must(site: Browser) -> None:
    read = feedparser.parse(site.get("/en/search.atom?q=council").content)
    assert read.feed.id
    assert read.feed.updated_parsed
    assert len(read.entries) == 3
    for entry in read.entries:
        assert entry.id.startswith("urn:uuid:")
        assert entry.link.startswith("http://archive.test/en/articles/")
        assert entry.updated_parsed
        assert entry.author
    again = feedparser.parse(site.get("/en/search.rss?q=council").content)
    assert [entry.id for entry in again.entries] == [entry.id for entry in read.entries]


def test_a_feed_that_is_known_is_not_sent_again(site: Browser) -> None:
    first = site.get("/en/search.rss?q=council")
    assert first.headers["cache-control"] == "max-age=300"
    assert site.get("/en/search.rss?q=council", if_none_match=first.headers["etag"]).status_code == 304
    assert site.get("/en/search.rss?q=council", if_modified_since=first.headers["last-modified"]).status_code == 304
    assert site.get("/en/search.rss?q=council", if_none_match='"x"').status_code == 200


def test_saved_searches_have_addresses(site: Browser, empty: Archive) -> None:
    saved = empty.save_search("<b>{{7*7}}", "council", language="fr", mails=("desk@paper.example",))
    assert site.get(f"/saved/{saved.id}").headers["location"] == "/fr/search?q=council"
    exact = empty.save_search("as written", "council", exact=True, names=False)
    assert site.get(f"/saved/{exact.id}").headers["location"] == "/en/search?q=council&exact=1&names=0"
    for form in ("rss", "atom", "json"):
        answer = site.get(f"/saved/{saved.id}.{form}")
        assert answer.status_code == 200
        assert "desk@" not in answer.text
    assert site.get("/saved/none.rss").status_code == 404
    assert site.get(f"/saved/{saved.id}.exe").status_code == 404
    assert site.get("/en/search.rss?q=a", host="evil/host").status_code == 400


def test_the_page_of_a_search_names_its_feeds(site: Browser) -> None:
    assert 'type="application/rss+xml"' in site.get("/en/search?q=council").text
