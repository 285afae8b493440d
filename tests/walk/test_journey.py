"""One journey, from a publisher's feed to the page of an article, on both shapes of an archive: the same pages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from rawi import Archive
from rawi.adapters.queries import COUNTED
from rawi.core.query import parse
from rawi.model import Article, Capture, Order
from rawi.press import newsroom
from rawi.press.server import Press
from rawi.serving import serving
from tests.opensearch import fresh_name, opensearch
from tests.postgresql import fresh_postgresql
from tests.walk.press_archive import STARTED, gathered, started

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Journey:
    """An archive of the press, and its site."""

    archive: Archive
    site: str

    def page(self, path: str) -> str:
        answer = httpx.get(f"{self.site}{path}")
        assert answer.status_code == 200, path
        return answer.text


def journey(place: Path, press: Press, database: str = "", index: str = "index") -> Iterator[Journey]:
    with gathered(place, press, database=database, index=index) as archive, serving(archive) as site:
        yield Journey(archive, site)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with started() as press:
        yield press


@pytest.fixture(scope="module")
def embedded(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    yield from journey(tmp_path_factory.mktemp("embedded") / "archive", press)


@pytest.fixture(scope="module")
def server(press: Press, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    with fresh_postgresql() as database, fresh_name() as name:
        index = f"opensearch+{opensearch()}/{name}"
        yield from journey(tmp_path_factory.mktemp("server") / "archive", press, database, index)


def written() -> dict[str, int]:
    """How many articles the press has out, by headline."""
    counts: dict[str, int] = {}
    for shown in newsroom.load().on_show(STARTED, STARTED, live=False):
        title = " ".join(shown.text.headline.split())
        counts[title] = counts.get(title, 0) + 1
    return counts


def test_everything_the_press_wrote_is_there(embedded: Journey) -> None:
    articles = embedded.archive.store.find(Article, limit=1000)
    found: dict[str, int] = {}
    for article in articles:
        title = " ".join(article.title.split())
        found[title] = found.get(title, 0) + 1
    assert found == written()
    assert len(articles) >= 150
    assert {article.language for article in articles} == {"ar", "en", "fr"}
    assert all(article.published_on for article in articles)


def test_all_parts_agree(embedded: Journey) -> None:
    assert embedded.archive.check() == []


def test_pictures_were_gathered_and_are_served(embedded: Journey) -> None:
    with_picture = [a for a in embedded.archive.store.find(Article, limit=1000) if embedded.archive.pictures(a)]
    assert len(with_picture) >= 50
    picture = embedded.archive.pictures(with_picture[0])[0]
    answer = httpx.get(f"{embedded.site}pictures/{picture.capture}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")


def test_nothing_but_the_press_was_asked(embedded: Journey) -> None:
    hosts = {re.sub(r":\d+.*", "", c.url) for c in embedded.archive.store.find(Capture, limit=10_000)}
    assert hosts == {f"http://127.0.0.{n}" for n in range(11, 21)}


@pytest.mark.opensearch
@pytest.mark.postgresql
def test_both_shapes_give_the_same_pages(embedded: Journey, server: Journey) -> None:
    paths = [f"{language}/" for language in ("en", "ar", "fr")]
    paths += [
        "en/sections",
        "en/sections/politics",
        "ar/sections/sport",
        "fr/publishers",
        "en/days",
        "en/days/2025-03-14",
    ]
    paths += [
        "en/latest",
        "en/search?q=ferry&order=newest",
        "ar/search?q=العبارة&order=newest",
        "fr/search?q=port+-grève",
    ]
    for path in paths:
        assert shown(embedded.page(path)) == shown(server.page(path)), path


@pytest.mark.opensearch
@pytest.mark.postgresql
def test_both_shapes_hold_the_same_articles(embedded: Journey, server: Journey) -> None:
    read = [
        sorted((a.url, a.title, a.text, a.published_on) for a in j.archive.store.find(Article, limit=1000))
        for j in (embedded, server)
    ]
    assert read[0] == read[1]


@pytest.mark.opensearch
@pytest.mark.postgresql
@pytest.mark.parametrize(
    "text", ["", "ferry", "the -ferry", "*", "العبارة", "port grève", '"the harbour"', "date:2025-03"]
)
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_both_indexes_answer_the_same(embedded: Journey, server: Journey, text: str, order: Order) -> None:
    asked = replace(parse(text), order=order, limit=1000, per_day=True, facets=COUNTED)
    assert embedded.archive.index.search(asked) == server.archive.index.search(asked)
    assert sorted(embedded.archive.index.states()) == sorted(server.archive.index.states())


def shown(html: str) -> str:
    """What a page says, but for the moments of our own captures, which no two archives share."""
    return re.sub(r"/pictures/[0-9a-f]{20}", "/pictures/ID", re.sub(r"<time[^>]*>", "<time>", html))
