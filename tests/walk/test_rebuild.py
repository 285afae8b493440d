"""Captures are the only truth: without the conclusions, the index, or the database, the same archive comes back."""

import itertools
import shutil
from pathlib import Path

import pytest

from rawi import Archive, open_archive
from rawi.adapters.local import SerialRunner
from rawi.core.extract import MADE_BY
from rawi.jobs.read import Came, rebuild_articles
from rawi.model import Article, Exchange, Revision, address_id
from tests.walk.test_killed import PAGES, Seen, look, make, page, source


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = make(tmp_path / "archive")
    with open_archive(made) as archive:
        archive.import_paths([source(tmp_path)])
        archive.follow()
    return made


def seen(place: Path, *, rebuild: bool = False) -> Seen:
    with open_archive(place) as archive:
        if rebuild:
            archive.rebuild()
        assert archive.check() == []
        return look(archive)


def test_without_articles_and_revisions(place: Path) -> None:
    before = seen(place)
    with open_archive(place) as archive:
        for kind in (Article, Revision):
            archive.store.drop(kind, *archive.store.ids(kind))
        archive.follow()
        assert look(archive).found[0] == ()
    assert seen(place, rebuild=True) == before


def test_without_the_index(place: Path) -> None:
    before = seen(place)
    shutil.rmtree(place / "index")
    assert seen(place, rebuild=True) == before


def test_a_lost_index_fills_again_by_itself(place: Path) -> None:
    before = seen(place)
    shutil.rmtree(place / "index")
    with open_archive(place) as archive:
        assert archive.search("ferry").incomplete
        archive.follow()
        assert not archive.search("ferry").incomplete
        assert look(archive) == before


def test_without_the_database(place: Path) -> None:
    before = seen(place)
    for file in place.glob("rawi.sqlite*"):
        file.unlink()
    assert seen(place, rebuild=True) == before


def test_rebuilding_what_is_right_writes_nothing(place: Path) -> None:
    with open_archive(place) as archive:
        head = archive.store.head()
        came = archive.rebuild(["articles"])
        assert (came.read, came.differ) == (PAGES + 1, 0)
        assert archive.store.head() == head
        assert archive.rebuild(["articles"]) == came


RECIPE = """
hosts = ["harbour.example"]
[[rules]]
not_article_addresses = "/5"
headline = "h1"
drop = "{drop}"
"""


def write_recipe(place: Path, drop: str = "nav", name: str = "harbour.toml") -> None:
    (place / "recipes").mkdir(exist_ok=True)
    (place / "recipes" / name).write_text(RECIPE.format(drop=drop))


def test_a_recipe_changes_only_what_it_reads_otherwise(place: Path) -> None:
    write_recipe(place)
    with open_archive(place) as archive:
        before = {article.id: article for article in archive.store.find(Article, limit=1000)}
        head = archive.store.head()
        came = archive.rebuild(["articles"])
        assert (came.read, came.differ) == (PAGES + 1, 1)
        [change] = archive.store.changes(head)
        assert (change.kind, change.id) == ("Article", address_id("https://harbour.example/5"))
        assert archive.search('"number 5"').total == 0
        assert archive.check() == []
        after = {article.id: article for article in archive.store.find(Article, limit=1000)}
        assert after == {key: article for key, article in before.items() if key != change.id}
    write_recipe(place, drop="article p + p")
    with open_archive(place) as archive:
        assert archive.rebuild(["articles"]).differ == PAGES - 1
        article = archive.article("https://harbour.example/3")
        assert "It left" not in article.text
        assert article.made_by == f"{MADE_BY}+{archive.recipes.all[0].rules[0].id}"
        assert archive.revisions(article.id) == []  # what it said otherwise was in what is dropped now
    (place / "recipes" / "harbour.toml").unlink()
    with open_archive(place) as archive:
        assert archive.rebuild(["articles"]).differ == PAGES
        after = {article.id: article for article in archive.store.find(Article, limit=1000)}
        assert after == before


def test_new_captures_are_read_by_the_recipe_too(place: Path) -> None:
    write_recipe(place)
    with open_archive(place) as archive:
        made = page(99, "It left at eight.", 3)
        capture = archive.add_page(made["url"], made["html"])
        archive.follow()
        assert archive.store.get(Article, capture.address).made_by.startswith(f"{MADE_BY}+harbour/")


def test_a_broken_recipe_stops_nothing(place: Path) -> None:
    write_recipe(place)
    write_recipe(place, drop="p ~ p", name="broken.toml")
    with open_archive(place) as archive:
        assert archive.rebuild(["articles"]).differ == 1
        [finding] = archive.check()
        assert finding.examples == (
            "broken.toml: rules 1: drop: 'p ~ p': '~' is not taken; there are a blank, '>' and '+'",
        )


class Stopped(Exception):
    pass


def rebuild_in_small_batches(archive: Archive) -> Came:
    return rebuild_articles(
        store=archive.store,
        captures=archive.captures,
        runner=SerialRunner(),
        unread=lambda *_: None,
        recipes=archive.recipes,
        batch=5,
    )


def stop_after(archive: Archive, reads: int) -> None:
    """The archive's captures fail in a way that nobody expects, after so many reads."""
    inner, count = archive.captures.read, itertools.count(1)

    def read(place: str) -> Exchange:
        if next(count) > reads:
            raise Stopped
        return inner(place)

    archive.captures.read = read  # type: ignore[method-assign]


def test_a_rebuild_that_was_stopped_goes_on_where_it_was(place: Path) -> None:
    write_recipe(place, drop="article p + p")
    with open_archive(place) as archive:
        stop_after(archive, 12)
        with pytest.raises(Stopped):
            rebuild_in_small_batches(archive)
        stopped = "a rebuild of the articles was stopped before its end"
        assert stopped in [finding.what for finding in archive.check(deep=False)]
    with open_archive(place) as archive:
        came = archive.rebuild(["articles"])
        assert 0 < came.read < PAGES
        assert archive.check() == []
        assert not any("It left" in article.text for article in archive.store.find(Article, limit=1000))


def test_a_rebuild_by_another_method_begins_anew(place: Path) -> None:
    write_recipe(place, drop="article p + p")
    with open_archive(place) as archive:
        stop_after(archive, 12)
        with pytest.raises(Stopped):
            rebuild_in_small_batches(archive)
    write_recipe(place)
    with open_archive(place) as archive:
        assert archive.rebuild(["articles"]).read == PAGES + 1
        assert all("It left" in article.text for article in archive.store.find(Article, limit=1000))
        assert archive.check() == []


def test_an_address_is_judged_once_however_often_it_was_captured(place: Path) -> None:
    with open_archive(place) as archive:
        before = look(archive)
        assert rebuild_in_small_batches(archive) == Came(read=PAGES + 1, differ=0)
        assert look(archive) == before


def test_processes_rebuild_as_one_does(place: Path) -> None:
    write_recipe(place, drop="article p + p")
    copy = place.parent / "copy"
    shutil.copytree(place, copy)
    (copy / "rawi.toml").write_text("processes = 2\n")
    results = []
    for one in (place, copy):
        with open_archive(one) as archive:
            came = archive.rebuild(["articles"])
            results.append((came.read, came.differ, look(archive)))
    assert results[0] == results[1]


def test_revisions_come_back(place: Path) -> None:
    with open_archive(place) as archive:
        (changed,) = [a for a in archive.search("title:3") if a.title.endswith(" 3")]
        texts = [revision.text for revision in archive.revisions(changed.id)]
        assert ["at ten" in text for text in texts] == [False, True]
        archive.rebuild()
        assert [revision.text for revision in archive.revisions(changed.id)] == texts


def test_captures_that_are_away_cost_no_article(place: Path, tmp_path: Path) -> None:
    before = seen(place)
    captures = place / "captures"
    captures.rename(tmp_path / "away")
    captures.mkdir()
    with open_archive(place) as archive:
        archive.rebuild(["articles"])
        assert archive.unread
        assert all("No such file" in why for why in archive.unread.values())
        assert look(archive) == before
        assert "captures cannot be read back whole" in [finding.what for finding in archive.check()]
    shutil.rmtree(captures)
    (tmp_path / "away").rename(captures)
    assert seen(place) == before


def test_captures_that_were_away_when_it_was_their_turn_are_found_by_check(tmp_path: Path) -> None:
    place = make(tmp_path / "archive")
    with open_archive(place) as archive:
        archive.import_paths([source(tmp_path)])
    captures = place / "captures"
    captures.rename(tmp_path / "away")
    captures.mkdir()
    with open_archive(place) as archive:
        archive.follow()
        assert look(archive).found[0] == ()
    shutil.rmtree(captures)
    (tmp_path / "away").rename(captures)
    with open_archive(place) as archive:
        [finding] = archive.check()
        assert (finding.what, finding.advice) == ("captures were never read", "run `rawi rebuild articles`")
        archive.rebuild(["articles"])
        assert archive.check() == []
