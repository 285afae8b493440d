"""The loader of the made-up press: what it makes of good files, and what it says of bad ones."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rawi.press.newsroom import BadNewsroom, Newsroom, load
from rawi.press.pieces import Piece

STARTED_AT = datetime(2026, 11, 1, 12, tzinfo=UTC)

ORIGINAL = """headline: A ferry sinks
section: society
author: Dana Kettani
author: Omar Lahham
date: 2025-03-14T07:20+02:00
picture: harbour
caption: The port.
standfirst: It was night.
tags: ferry, coastguard

Seven people died.

## The night

The boats came
after twenty minutes.

Nobody answered.
"""
LIVE = "headline: Now\nsection: local\ndate: live\n\nIt happens.\n"
COPY = """[[copy]]
publisher = "b"
slug = "copied"
of = "a/ferry"
date = "2025-03-14T09:00+02:00"
"""


def newsroom(tmp_path: Path, files: dict[str, str]) -> Newsroom:
    """The newsroom of these files, for publishers a, b (English) and f (French)."""
    (tmp_path / "originals" / "a").mkdir(parents=True)
    (tmp_path / "derived").mkdir()
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return load(tmp_path / "originals", tmp_path / "derived", languages={"a": "en", "b": "en", "f": "fr"})


def only(tmp_path: Path, derived: str, slug: str = "copied") -> Piece:
    made = newsroom(tmp_path, {"originals/a/ferry.txt": ORIGINAL, "derived/x.toml": derived})
    return next(piece for piece in made.pieces if piece.slug == slug)


def texts(piece: Piece, edition: int = -1) -> list[str]:
    return [paragraph.text for paragraph in piece.editions[edition].text.paragraphs]


def test_an_original_is_read(tmp_path: Path) -> None:
    piece = only(tmp_path, "", "ferry")
    assert piece.key == "a/ferry"
    assert piece.authors == ("Dana Kettani", "Omar Lahham")
    assert piece.tags == ("ferry", "coastguard")
    assert piece.published_at == datetime(2025, 3, 14, 5, 20, tzinfo=UTC)
    assert texts(piece) == ["Seven people died.", "The boats came after twenty minutes.", "Nobody answered."]
    assert [p.heading for p in piece.editions[0].text.paragraphs] == ["", "The night", ""]


def test_a_whole_copy_has_the_text_and_the_credit_before_it(tmp_path: Path) -> None:
    piece = only(tmp_path, COPY + 'kind = "whole"\ncredit = "(A) -"\ncredit_at = "start"\n')
    assert texts(piece)[0] == "(A) - Seven people died."
    assert piece.authors == ()
    assert (piece.picture, piece.picture_of) == ("harbour", "a/ferry")
    assert piece.copied_from == "a/ferry"


@pytest.mark.parametrize(
    ("how", "left"),
    [
        ("keep = 1", ["Seven people died."]),
        ("drop = [1]", ["The boats came after twenty minutes.", "Nobody answered."]),
        ("drop = [2, 3]", ["Seven people died."]),
    ],
)
def test_a_cut_copy_leaves_paragraphs_out(tmp_path: Path, how: str, left: list[str]) -> None:
    assert texts(only(tmp_path, COPY + f'kind = "cut"\n{how}\n')) == left


def test_a_heading_goes_to_the_next_paragraph_when_its_own_is_left_out(tmp_path: Path) -> None:
    piece = only(tmp_path, COPY + 'kind = "cut"\ndrop = [2]\n')
    assert [p.heading for p in piece.editions[0].text.paragraphs] == ["", "The night"]


def test_an_edited_copy_is_changed_in_order(tmp_path: Path) -> None:
    how = 'kind = "edited"\nheadline = "Nine"\nlead = "Nine died."\nadd = ["More later."]\n'
    how += 'replace = [["twenty", "forty"]]\n'
    piece = only(tmp_path, COPY + how + 'credit = "Source: A"\ncredit_at = "end"\n')
    assert piece.editions[0].text.headline == "Nine"
    assert texts(piece) == [
        "Nine died.",
        "The boats came after forty minutes.",
        "Nobody answered.",
        "More later.",
        "Source: A",
    ]


def test_copies_may_be_of_copies_further_down_the_file(tmp_path: Path) -> None:
    second = (
        '[[copy]]\npublisher = "a"\nslug = "again"\nof = "b/copied"\ndate = "2025-03-15T09:00+02:00"\nkind = "whole"\n'
    )
    assert only(tmp_path, second + COPY + 'kind = "cut"\nkeep = 2\n', "again").copied_from == "b/copied"


def test_revisions_follow_each_other_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    later = '[[revision]]\nof = "a/ferry"\nafter = "2d"\nreplace = [["Nine people", "Eleven people"]]\n'
    first = '[[revision]]\nof = "a/ferry"\nafter = "3h"\nreplace = [["Seven people", "Nine people"]]\n'
    piece = only(tmp_path, later + first, "ferry")
    assert [texts(piece, n)[0] for n in range(3)] == ["Seven people died.", "Nine people died.", "Eleven people died."]
    assert [edition.after for edition in piece.editions] == [timedelta(), timedelta(hours=3), timedelta(days=2)]


def test_copies_take_the_first_text(tmp_path: Path) -> None:
    revision = '[[revision]]\nof = "a/ferry"\nafter = "1h"\nreplace = [["Seven", "Nine"]]\n'
    assert texts(only(tmp_path, revision + COPY + 'kind = "whole"\n'))[0] == "Seven people died."


def test_what_is_dated_is_on_show_with_its_revisions_even_before_its_day(tmp_path: Path) -> None:
    revision = '[[revision]]\nof = "a/ferry"\nafter = "1h"\nreplace = [["Seven", "Nine"]]\n'
    made = newsroom(tmp_path, {"originals/a/ferry.txt": ORIGINAL, "derived/x.toml": revision})
    early = datetime(2020, 1, 1, tzinfo=UTC)
    (shown,) = made.on_show(early, early)
    assert shown.text.paragraphs[0].text == "Nine people died."
    assert shown.modified_at - shown.published_at == timedelta(hours=1)


def test_live_pieces_and_staged_revisions_come_after_the_start(tmp_path: Path) -> None:
    derived = (
        '[[live]]\noriginal = "a/now"\nafter_seconds = 45\n'
        '[[revision]]\nof = "a/ferry"\nafter_seconds = 60\nreplace = [["Seven", "Nine"]]\n'
    )
    files = {"originals/a/ferry.txt": ORIGINAL, "originals/a/now.txt": LIVE, "derived/x.toml": derived}
    made = newsroom(tmp_path, files)

    def shown(seconds: int, live: bool = True) -> list[tuple[str, int]]:
        now = STARTED_AT + timedelta(seconds=seconds)
        return [(one.piece.slug, one.edition) for one in made.on_show(STARTED_AT, now, live)]

    assert shown(44) == [("ferry", 0)]
    assert shown(45) == [("now", 0), ("ferry", 0)]
    assert shown(60) == [("now", 0), ("ferry", 1)]
    assert shown(60, live=False) == [("ferry", 0)]
    live = made.on_show(STARTED_AT, STARTED_AT + timedelta(hours=1))[0]
    assert live.published_at == STARTED_AT + timedelta(seconds=45)
    assert made.moments() == [timedelta(seconds=45), timedelta(seconds=60)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("section: society", "section: gossip"), "there is no section 'gossip'"),
        (("section: society\n", ""), "'section' is missing"),
        (("section: society", "section: society\nsection: local"), "'section' is there twice"),
        (("author: Omar", "writer: Omar"), "unknown key 'writer'"),
        (("+02:00", ""), "has no zone"),
        (("2025-03-14T07:20", "14 March"), "is not a date"),
        (("picture: harbour", "picture: castle"), "there is no picture 'castle'"),
        (("caption: The port.\n", ""), "a picture needs a caption"),
        (("standfirst: It", "standfirst It"), "is not 'key: value'"),
        (("\n\nThe boats came\nafter twenty minutes.\n\nNobody answered.", ""), "has no paragraph below it"),
    ],
)
def test_a_bad_original_is_named_with_its_fault(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(BadNewsroom) as caught:
        newsroom(tmp_path, {"originals/a/ferry.txt": ORIGINAL.replace(*change)})
    assert str(caught.value).startswith("originals/a/ferry.txt: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("originals/c/ferry.txt", "there is no publisher 'c'"),
        ("originals/a/Ferry.txt", "the name must be"),
        ("originals/a/ferry.md", "the name must be"),
    ],
)
def test_a_bad_name_is_told(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(BadNewsroom, match=said):
        newsroom(tmp_path, {name: ORIGINAL})


REVISION = '[[revision]]\nof = "a/ferry"\n'


@pytest.mark.parametrize(
    ("derived", "said"),
    [
        (COPY + 'kind = "whole"\ncolour = "red"\n', "unknown key 'colour'"),
        (COPY, "'kind' is missing"),
        (COPY + 'kind = "stolen"\n', "'kind' must be one of whole, cut, edited"),
        (COPY + 'kind = "whole"\nkeep = 2\n', "may have no 'keep'"),
        (COPY + 'kind = "cut"\n', "needs one of drop, keep"),
        (COPY + 'kind = "cut"\nkeep = 9\n', "there are only 3 paragraphs"),
        (COPY + 'kind = "cut"\nkeep = "2"\n', "'keep' must be a number above 0"),
        (COPY + 'kind = "cut"\ndrop = [4]\n', "'drop' names paragraph 4"),
        (COPY + 'kind = "cut"\ndrop = [1, 2, 3]\n', "no paragraph is left"),
        (COPY + 'kind = "edited"\nreplace = [["ninety", "x"]]\n', "does not occur: 'ninety'"),
        (COPY + 'kind = "edited"\nreplace = ["ninety"]\n', "'replace' must be a list of pairs"),
        (COPY + 'kind = "whole"\ncredit = "(A)"\n', "'credit' and 'credit_at' go together"),
        (COPY + 'kind = "whole"\ncredit = "(A)"\ncredit_at = "top"\n', "'credit_at' must be"),
        (COPY.replace("a/ferry", "a/boat") + 'kind = "whole"\n', "there is no article 'a/boat'"),
        (COPY.replace("a/ferry", "b/copied") + 'kind = "whole"\n', "in a circle"),
        (COPY.replace('"b"', '"f"') + 'kind = "whole"\n', "in another language"),
        (COPY.replace('"b"', '"z"') + 'kind = "whole"\n', "there is no publisher 'z'"),
        (COPY.replace("2025", "2024") + 'kind = "whole"\n', "dated before 'a/ferry'"),
        (COPY.replace('"b"', '"a"').replace('"copied"', '"ferry"') + 'kind = "whole"\n', "there is already an article"),
        (COPY + 'kind = "whole"\n' + COPY + 'kind = "whole"\n', "there is already an article"),
        ("[[copies]]\n", "unknown table 'copies'"),
        ("[copy]\n", "must be written [[copy]]"),
        ("[[copy]\n", "derived/x.toml"),
        (REVISION + 'add = ["x"]\n', "either 'after' or 'after_seconds'"),
        (REVISION + 'after = "soon"\nadd = ["x"]\n', "'after' must be like 3h or 2d"),
        (REVISION + 'after = "1h"\n', "it changes nothing"),
        (REVISION + 'after = "1h"\nreplace = [["ninety", "x"]]\n', "does not occur: 'ninety'"),
        (REVISION.replace("ferry", "boat") + 'after = "1h"\n', "there is no article 'a/boat'"),
        ('[[live]]\noriginal = "a/ferry"\nafter_seconds = 5\n', "has a date of its own"),
    ],
)
def test_a_bad_entry_is_named_with_its_fault(tmp_path: Path, derived: str, said: str) -> None:
    with pytest.raises(BadNewsroom) as caught:
        only(tmp_path, derived)
    assert str(caught.value).startswith("derived/x.toml: ")
    assert said in str(caught.value)


def test_a_live_original_that_nobody_stages_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadNewsroom, match=r"originals/a/now\.txt: .*no \[\[live\]\] table names it"):
        newsroom(tmp_path, {"originals/a/now.txt": LIVE})


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    files = {"originals/a/one.txt": "headline: x\n\ny\n", "originals/a/two.txt": "nothing", "derived/x.toml": "["}
    with pytest.raises(BadNewsroom) as caught:
        newsroom(tmp_path, files)
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [
        "originals/a/one.txt",
        "originals/a/two.txt",
        "derived/x.toml",
    ]


def test_the_press_itself_is_large_and_of_many_publishers() -> None:
    pieces = load().pieces
    assert len(pieces) >= 150
    assert len({piece.publisher for piece in pieces}) == 10
    assert sum(not piece.copied_from for piece in pieces) >= 60
    assert any(piece.since_start for piece in pieces)
    assert any(edition.since_start for piece in pieces for edition in piece.editions)
    assert {piece.published_at.year for piece in pieces if piece.published_at} >= set(range(2019, 2027))
