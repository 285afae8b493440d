"""Captures are the only truth: without the conclusions, the index, or the database, the same archive comes back."""

import shutil
from pathlib import Path

import pytest

from rawi import open_archive
from rawi.model import Article, Revision
from tests.walk.test_killed import Seen, look, make, source


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
        archive.rebuild(["articles"])
        assert archive.store.head() == head


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
