"""Lists of publishers: OPML in and out, catalogues."""

from rawi.adapters.memory_store import MemoryStore
from rawi.core.catalogue import read_catalogue
from rawi.jobs.lists import add_catalogue, add_opml, opml
from rawi.model import Feed, Publisher, Visit
from tests.jobs.test_gather import START


def test_a_list_of_feeds_is_added_and_written_again() -> None:
    store, again = MemoryStore(), MemoryStore()
    data = (
        '<opml><body><outline text="Harbour" xmlUrl="https://feeds.example/h" htmlUrl="https://harbour.example/"/>'
        '<outline text="Bad" xmlUrl="http://me:secret@x.example/feed"/><outline text="Odd" xmlUrl="nonsense"/>'
        '<outline text="Tribune" type="atom" xmlUrl="feed://tribune.example/atom"/></body></opml>'
    )
    added, problems = add_opml(data.encode(), store=store, now=lambda: START)
    assert [one.publisher.id for one in added] == ["harbour.example", "tribune.example"]
    assert set(added[0].publisher.hosts) == {"harbour.example", "feeds.example"}
    assert len(problems) == 2
    assert "secret" not in " ".join(problems)
    written = opml("Press", store=store)
    add_opml(written.encode(), store=again, now=lambda: START)
    assert again.find(Feed) == store.find(Feed)
    assert {p.id: p.name for p in again.find(Publisher)} == {p.id: p.name for p in store.find(Publisher)}
    assert "secret" not in written


def test_a_list_of_ours_keeps_the_hosts_of_publishers() -> None:
    store, again = MemoryStore(), MemoryStore()
    add_catalogue(read_catalogue(CATALOGUE), store=store, now=lambda: START)
    add_opml(opml("Press", store=store).encode(), store=again, now=lambda: START)
    hosts = {publisher.id: set(publisher.hosts) for publisher in again.find(Publisher)}
    assert hosts == {publisher.id: set(publisher.hosts) for publisher in store.find(Publisher)}
    assert "stories.example" in hosts["harbour.example"]


CATALOGUE = b"""title = "Coast"
country = "EG"
[[publisher]]
name = "Harbour"
home = "https://www.harbour.example"
language = "ar"
feeds = ["https://feeds.example/h", "https://www.harbour.example/en/feed"]
hosts = ["stories.example"]
[[publisher]]
name = "Tribune"
home = "https://tribune.example/"
"""


def test_a_catalogue_is_added_with_its_feeds_or_its_home_pages() -> None:
    store = MemoryStore()
    added = add_catalogue(read_catalogue(CATALOGUE), store=store, now=lambda: START)
    harbour, tribune = (one.publisher for one in added)
    assert (harbour.id, harbour.name, harbour.language, harbour.country) == ("harbour.example", "Harbour", "ar", "eg")
    assert set(harbour.hosts) == {"www.harbour.example", "feeds.example", "stories.example"}
    assert (tribune.id, tribune.language) == ("tribune.example", "")
    assert {feed.url: feed.kind for feed in store.find(Feed)} == {
        "https://feeds.example/h": "rss",
        "https://www.harbour.example/en/feed": "rss",
        "https://tribune.example/": "section",
    }
    assert {visit.url for visit in store.find(Visit) if visit.due_at} == {feed.url for feed in store.find(Feed)}


def test_a_catalogue_changes_no_publisher_that_is_there() -> None:
    store = MemoryStore()
    add_catalogue(read_catalogue(CATALOGUE), store=store, now=lambda: START)
    before = store.find(Publisher), store.find(Feed), store.find(Visit)
    again = CATALOGUE.replace(b'"Harbour"', b'"Other"').replace(b"https://feeds.example/h", b"https://feeds.example/n")
    add_catalogue(read_catalogue(again), store=store, now=lambda: START)
    assert store.find(Publisher) == before[0]
    assert {feed.url for feed in store.find(Feed)} - {feed.url for feed in before[1]} == {"https://feeds.example/n"}
