"""Reading one page before its reader's eyes: which capture, and what is said when there is none."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rawi.adapters.memory_captures import MemoryCaptures
from rawi.archive import Archive, look_at_file
from rawi.core import recipes
from rawi.errors import BadInput, CaptureError, NotFound
from rawi.jobs.keep import keep
from rawi.jobs.look import NO_ADDRESS, Looked
from rawi.model import Capture, Exchange
from rawi.ports import Captures
from rawi.wiring import open_memory_archive
from tests.core.test_extract import PARAGRAPHS, ld, og, page
from tests.core.test_reasons import asked

URL = "https://www.harbour.example/ferry"
NOON = datetime(2025, 3, 14, 12, tzinfo=UTC)


def titled(title: str) -> str:
    return page(before=f"<h1>{title}</h1>")


@pytest.fixture
def archive() -> Archive:
    made = open_memory_archive(now=lambda: NOON)
    for days, title in ((0, "The first day"), (10, "The tenth day"), (20, "The twentieth day")):
        made.add_page(URL, titled(title), NOON + timedelta(days=days))
    return made


def title(looked: Looked) -> str:
    return looked.article.title if looked.article else ""


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(None, "twentieth"), (-50, "first"), (4, "first"), (6, "tenth"), (14, "tenth"), (900, "twentieth")],
)
def test_the_newest_capture_or_the_one_nearest(archive: Archive, days: int | None, wanted: str) -> None:
    looked = archive.look(URL, None if days is None else NOON + timedelta(days=days))
    assert title(looked) == f"The {wanted} day"
    assert looked.article
    assert looked.article.publisher == "harbour.example"
    assert "one of 3; --at DATE chooses another" in looked.notes[0]


def test_an_address_may_be_written_otherwise(archive: Archive) -> None:
    assert title(archive.look("HTTPS://www.Harbour.example:443/ferry#top")) == "The twentieth day"


def test_nothing_is_written(archive: Archive) -> None:
    head = archive.store.head()
    archive.look(URL)
    assert archive.store.head() == head


def test_an_address_without_a_page(archive: Archive) -> None:
    with pytest.raises(NotFound, match="no capture of this address"):
        archive.look("https://nowhere.example/")
    gone = replace(asked("Gone", url="https://harbour.example/gone").exchange, status=410)
    keep([gone], store=archive.store, captures=archive.captures)
    with pytest.raises(NotFound, match=r"none of its captures is a page; the newest, of 2025-03-20 .* is HTTP 410"):
        archive.look(gone.url)


class Torn(MemoryCaptures):
    """Captures of which those at some places are torn."""

    def __init__(self, whole: Captures, *places: str) -> None:
        super().__init__()
        self._whole, self._torn = whole, places

    def read(self, place: str) -> Exchange:
        if place in self._torn:
            raise CaptureError("torn")
        return self._whole.read(place)


def test_a_capture_that_cannot_be_read_gives_way_to_the_next(archive: Archive) -> None:
    places = {card.id: card.place for card in archive.store.find(Capture)}
    whole = archive.captures
    archive.captures = Torn(whole, places[archive.look(URL).capture])
    looked = archive.look(URL)
    assert title(looked) == "The tenth day"
    assert "2025-04-03 12:00:00 UTC cannot be read: torn" in looked.notes[0]
    archive.captures = Torn(whole, *places.values())
    with pytest.raises(CaptureError, match="torn"):
        archive.look(URL)


# ------------------------------------------------------------------------------------------- files


def saved(folder: Path, data: bytes | str, name: str = "page.html") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_the_address_of_a_file(tmp_path: Path) -> None:
    own = saved(tmp_path, page(f'<link rel="canonical" href="{URL}">'), "own.html")
    assert (look_at_file(own).url, look_at_file(own).address_from) == (URL, "as the page says it")
    given = look_at_file(own, url="https://other.example/1")
    assert (given.url, given.address_from) == ("https://other.example/1", "as it was given")
    none = look_at_file(saved(tmp_path, page(), "2015-10-02-sport.html"))
    assert (none.url, none.address_from) == (NO_ADDRESS, "none known")
    assert "--url" in none.notes[0]
    assert none.article
    assert (none.article.published_on, none.article.text.split("\n")) == (None, PARAGRAPHS)
    with pytest.raises(BadInput):
        look_at_file(own, url="not an address")


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (ld(url=URL), URL),
        (ld(mainEntityOfPage=URL), URL),
        (ld(mainEntityOfPage={"@type": "WebPage", "@id": f"{URL}#page"}), URL),
        (ld(url="https://other.example/1") + og("url", URL), URL),
        (ld(url="https://other.example/1") + f'<link rel="canonical" href="{URL}">', URL),
        (ld(url=URL) + ld(url=URL), URL),
        (ld(url=URL) + ld(url=f"{URL}-2"), NO_ADDRESS),  # a list of articles
        (ld(url="https://www.harbour.example/"), NO_ADDRESS),
        (ld(url="/ferry"), NO_ADDRESS),
        (ld(url=["x", 3], mainEntityOfPage=True), NO_ADDRESS),
    ],
)
def test_json_ld_says_the_address_too(tmp_path: Path, head: str, address: str) -> None:
    assert look_at_file(saved(tmp_path, page(head))).url == address
    if "canonical" not in head and "og:" not in head:
        assert look_at_file(saved(tmp_path, page(after=head))).url == address


def test_a_packed_file_and_one_with_a_day_of_capture(tmp_path: Path) -> None:
    packed = look_at_file(saved(tmp_path, gzip.compress(titled("Packed").encode()), "page.html.gz"), at=NOON)
    assert (title(packed), packed.captured_at) == ("Packed", NOON)


def test_recipes_hold_for_the_day_of_capture(tmp_path: Path) -> None:
    rules = b'hosts = ["harbour.example"]\n[[rules]]\nuntil = 2025-03-15\nheadline = "footer"\n'
    known = recipes.gather([("harbour.toml", rules)])
    file = saved(tmp_path, page())
    before = look_at_file(file, url=URL, at=NOON, recipes=known)
    after = look_at_file(file, url=URL, at=NOON + timedelta(days=1), recipes=known)
    assert [field.value[:8] for looked in (before, after) for field in looked.fields if field.name == "recipe"] == [
        "harbour/",
        "",
    ]
    assert title(before).startswith("©")
    assert title(after) == "Ferry struck off the port"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.html", b"", "is empty"),
        ("a.html", b" \n", "is empty"),
        ("a.html", b"%PDF-1.7 ...", "is no page"),
        ("a.bin", b"\x89PNG\r\n\x1a\n\0\0", "is no page"),
        ("a.html.gz", b"\x1f\x8bnot really", "its gzip"),
        ("a.warc.gz", b"\x1f\x8b", "rawi import it"),
        ("a.jsonl", b"{}", "rawi import it"),
        ("a.zip", b"PK", "rawi import it"),
    ],
)
def test_what_is_no_page_is_said(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        look_at_file(saved(tmp_path, data, name))


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not there; an address begins with https://"):
        look_at_file(tmp_path / "none.html")
    with pytest.raises(BadInput, match="is a folder"):
        look_at_file(tmp_path)
    with pytest.raises(BadInput, match="cannot be read"):
        look_at_file(Path("a\0b"))


def test_a_text_without_its_dated_line_is_no_article(tmp_path: Path) -> None:
    looked = look_at_file(saved(tmp_path, "Only words.", "a.txt"))
    assert looked.article is None
    assert "without the line" in looked.problem
    assert [field.name for field in looked.fields] == ["kind"]
