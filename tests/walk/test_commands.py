"""The command line, as scripts rely on it: what it prints where, and how it ends."""

import json
import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rawi import open_archive
from rawi.cli import output
from rawi.cli.output import counted
from rawi.errors import ArchiveBusy
from rawi.model import Article
from tests.adapters.server import Server, ok
from tests.jobs.test_intake import record
from tests.shared import ROOT, shared
from tests.walk.test_killed import PAGES, source


def rawi(*arguments: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs the command as a user does."""
    command = [sys.executable, "-m", "rawi", *map(str, arguments)]
    given = {**os.environ, "RAWI_PROCESSES": "1", **environment}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=given, check=False)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    done = rawi("init", tmp_path / "archive", "--name", 'The "Coast"', "--contact", "keeper@coast.example")
    assert done.returncode == 0, done.stderr
    return tmp_path / "archive"


@pytest.fixture
def filled(place: Path, tmp_path: Path) -> Path:
    done = rawi("import", source(tmp_path), "--archive", place)
    assert (done.returncode, done.stdout) == (0, f"{PAGES + 1} imported, 0 were there already, 0 failed\n")
    return place


def test_init_makes_an_archive_once(place: Path) -> None:
    with open_archive(place) as archive:
        assert archive.name == 'The "Coast"'
        assert "keeper@coast.example" in archive.settings.agent
    again = rawi("init", place)
    assert again.returncode == 2
    assert "is an archive already" in again.stderr


def test_import_prints_one_json_line_for_each_item(place: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    done = rawi("import", source(tmp_path), tmp_path / "empty.html", "--archive", place, "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [line["event"] for line in lines].count("imported") == PAGES + 1
    assert [(line["address"], line["note"]) for line in lines if line["failed"]] == [
        (str(tmp_path / "empty.html"), "is empty")
    ]


def test_search_show_and_fate(filled: Path) -> None:
    found = json.loads(rawi("search", "ferry 7", "--archive", filled, "--json", "--facets", "--limit", "3").stdout)
    assert found["total"] >= 1
    assert len(found["hits"]) <= 3
    assert found["facets"]["publisher"] == [["harbour.example", found["total"]]]
    address = found["hits"][0]["url"]
    shown = json.loads(rawi("show", address, "--archive", filled, "--json").stdout)
    assert shown["id"] == found["hits"][0]["id"]
    assert rawi("show", address, "--text", "--archive", filled).stdout.strip() == shown["text"]
    told = rawi("fate", address, "--archive", filled)
    assert "imported" in told.stdout
    revised = json.loads(rawi("show", "https://harbour.example/3", "--revisions", "--archive", filled, "--json").stdout)
    assert [revision["number"] for revision in revised["revisions"]] == [1, 2]


def test_export_writes_all_that_is_found(filled: Path, tmp_path: Path) -> None:
    found = json.loads(rawi("search", "ferry", "--archive", filled, "--json").stdout)
    done = rawi("export", "ferry", "--format", "csv", "-o", tmp_path / "a.csv", "--archive", filled)
    assert (done.returncode, done.stdout) == (0, f"{found['total']} articles in {tmp_path / 'a.csv'}\n")
    streamed = rawi("export", "ferry", "--format", "csv", "-o", "-", "--archive", filled)
    assert streamed.stdout.encode() == (tmp_path / "a.csv").read_bytes().replace(b"\r\n", b"\n")
    again = rawi("export", "ferry", "--format", "csv", "-o", tmp_path / "a.csv", "--archive", filled)
    assert again.returncode == 2
    assert "--force" in again.stderr


def test_check_finds_nothing_and_then_what_was_taken_away(filled: Path) -> None:
    assert rawi("check", "--archive", filled).stdout == "all parts agree\n"
    with open_archive(filled) as archive:
        archive.index.drop([next(archive.index.states())[0]])
        archive.index.commit()
    broken = rawi("check", "--archive", filled)
    assert broken.returncode == 1
    assert "1 × articles are missing from the search index" in broken.stdout
    assert "rawi check --mend" in broken.stdout
    mended = rawi("check", "--mend", "--archive", filled)
    assert (mended.returncode, mended.stdout) == (0, "all parts agree\n")
    assert "1 article put right" in mended.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["search", "(ferry"], 2, "parenthesis"),
        (["search", "ferry", "--order", "sideways"], 2, "relevance, newest or oldest"),
        (["show", "https://nowhere.example/"], 2, "no article of that id or address"),
        (["fate", "https://nowhere.example/"], 2, "nothing is known"),
        (["import", "/no/such/file"], 2, "nothing to import"),
        (["rebuild", "everything"], 2, "choose from captures, articles, index"),
        (["gather", "--once", "--watch"], 2, "choose one"),
        (["import", ".", "--language", "arabic"], 2, "code of two letters"),
        (["import", ".", "--since", "2026-03-01", "--until", "2026-01-01"], 2, "2026-03-01 is later than"),
        (["add"], 2, "nothing to add"),
        (["add", "javascript:alert(1)"], 1, "javascript:alert(1)"),
        (["add", "http://10.0.0.1/"], 1, "10.0.0.1"),
        (["search", "x", "--period", "hour"], 2, "choose day, week, month, year or auto"),
        (["search", "x", "--by", "topic"], 2, "--by topic"),
        (["compare", "x"], 2, "2 to 4 queries"),
        (["compare", "x", "(y"], 2, "query 2, character 1"),
        (["fly"], 2, "No such command"),
    ],
)
def test_wrong_use_says_what_is_wrong(place: Path, arguments: list[str], status: int, words: str) -> None:
    archive = [] if arguments == ["fly"] else ["--archive", str(place)]
    done = rawi(*arguments, *archive)
    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_without_an_archive(tmp_path: Path) -> None:
    done = rawi("search", "ferry", "--archive", tmp_path / "none")
    assert done.returncode == 3
    assert "rawi init" in done.stderr


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("colour = 'red'", "colour"),
        ("[limits]\npage_bytes = -1", "limits.page_bytes"),
        ("[gather]\npause = 1", "gather.pause"),
        ("name = ", "is not TOML"),
        ("database = 'shelf'", "is not an address"),
    ],
)
def test_a_wrong_setting_names_itself(place: Path, setting: str, words: str) -> None:
    (place / "rawi.toml").write_text(setting)
    done = rawi("search", "ferry", "--archive", place)
    assert done.returncode == 3
    assert words in done.stderr


def test_attention_is_printed_by_period(filled: Path) -> None:
    printed = rawi("search", "ferry", "--archive", filled, "--limit", "0", "--period", "year").stdout
    assert all(re.fullmatch(r"\d{4}-01-01 to \d{4}-12-31  \d+ \(.*%\).*", line) for line in printed.splitlines())
    found = json.loads(rawi("search", "ferry", "--archive", filled, "--by", "publisher", "--json").stdout)
    told = sum(point["articles"] for line in found["attention"]["lines"] for point in line["points"])
    assert told + found["undated"] == found["total"]


def test_searches_are_compared(filled: Path) -> None:
    printed = rawi("compare", "ferry", "nothingofthekind", "--archive", filled).stdout
    assert "A  ferry: " in printed
    assert "B  nothingofthekind: 0 found" in printed
    assert "A and B have 0 articles in common" in printed
    found = json.loads(rawi("compare", "ferry", "*", "--archive", filled, "--json").stdout)
    assert found["overlaps"][0]["articles"] == found["sides"][0]["total"]


def test_two_may_write_and_one_of_them_follows(filled: Path) -> None:
    """What a small newsroom does: it imports while `rawi up` runs."""
    html = "<html><body><h1>One more ferry</h1><article><p>{0}</p><p>{0}</p></article></body></html>"
    text = "One more ferry left the island with passengers and a cargo of tangerines for the market."
    with open_archive(filled) as archive:
        archive.add_page("https://harbour.example/new", html.format(text.replace("tangerines", "lemons")))
        archive.follow()
        more = filled.parent / "more.jsonl"
        more.write_text(json.dumps({"url": "https://harbour.example/more", "html": html.format(text)}))
        done = rawi("import", more, "--archive", filled)
        assert (done.returncode, done.stdout) == (0, "1 imported, 0 were there already, 0 failed\n")
        assert str(os.getpid()) in done.stderr
        archive.follow()
        assert archive.search("tangerines").total == 1
        assert archive.check() == []


def test_a_second_gatherer_goes_on_while_another_process_follows(filled: Path) -> None:
    with open_archive(filled) as first, open_archive(filled) as second:
        first.rebuild(["index"])  # it writes the index from now on
        stop = threading.Event()
        stop.set()
        second.watch(second.gatherer(), stop)
        with pytest.raises(ArchiveBusy):
            second.rebuild(["index"])


def test_a_second_follower_is_told_who_is_there(filled: Path) -> None:
    with open_archive(filled) as archive:
        archive.rebuild(["index"])
        done = rawi("rebuild", "index", "--archive", filled)
        assert done.returncode == 3
        assert str(os.getpid()) in done.stderr
        assert rawi("search", "ferry", "--archive", filled).returncode == 0


def test_gathering_once_ends_with_articles_and_names_what_failed(place: Path) -> None:
    told = "".join(f"<p>The ferry left the island at nine in the evening, as it had on day {n}.</p>" for n in range(9))
    pages = {
        "/": ok(b"<link rel='alternate' type='application/rss+xml' href='/feed'><p>News</p>"),
        "/feed": ok(b"<rss><channel><item><link>/1</link></item><item><link>/2</link></item></channel></rss>"),
        "/1": ok(
            f"<html><head><title>Ferry struck</title></head><body><h1>Ferry struck</h1>{told}</body></html>".encode()
        ),
        "/2": b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
        "/robots.txt": b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",
    }
    with Server(pages) as server:
        settings = {"RAWI_GATHER__ALLOW_LOOPBACK": "true", "RAWI_GATHER__PAUSE_SECONDS": "0"}
        added = rawi("add", f"{server.root}/", "--archive", place, **settings)
        assert "1 feed\n" in added.stdout
        again = rawi("add", f"{server.root}/", "--archive", place, **settings)
        assert "1 feed; it was there already, no feeds of them new" in again.stdout
        done = rawi("gather", "--once", "--archive", place, **settings)
        assert (done.returncode, done.stdout) == (1, "3 addresses asked: 2 captured, 1 failed\n")
        assert f"{server.root}/2: HTTP 500" in done.stderr
        assert "Ferry struck" in rawi("search", "ferry", "--archive", place).stdout
        publisher = f"127.0.0.1:{server.port}"
        told_by_id = rawi("health", publisher, "--archive", place).stdout
        name = told_by_id.partition(" (")[0]
        assert told_by_id == rawi("health", name.upper(), "--archive", place).stdout
        assert "last answer 20" in told_by_id
        assert rawi("health", "nobody", "--archive", place).returncode == 2


def test_a_collection_is_referenced_where_it_is(place: Path, tmp_path: Path) -> None:
    crawls = tmp_path / "crawls"
    crawls.mkdir()
    told = "".join(f"<p>The ferry left the island at nine in the evening, as it had on day {n}.</p>" for n in range(9))
    page = f"<html><head><title>Ferry struck</title></head><body><h1>Ferry struck</h1>{told}</body></html>"
    crawls.joinpath("a.warc").write_bytes(record("https://harbour.example/ferry", body=page.encode()))
    with place.joinpath("rawi.toml").open("a") as settings:
        settings.write(f'[referenced]\ncrawls = "{crawls}"\n')
    assert rawi("import", crawls, "--archive", place).returncode == 0
    assert not list(place.rglob("*.warc.gz"))
    assert "nine in the evening" in rawi("show", "https://harbour.example/ferry", "--archive", place).stdout
    assert rawi("check", "--archive", place).returncode == 0
    crawls.joinpath("a.warc").rename(crawls / "b.warc")
    checked = rawi("check", "--archive", place)
    assert checked.returncode == 1
    assert "a.warc cannot be read" in checked.stdout


def test_the_environment_wins_over_the_file(filled: Path) -> None:
    done = rawi("search", "ferry", "--archive", filled, RAWI_PROCESSES="none")
    assert done.returncode == 3
    assert "processes" in done.stderr


def test_the_seed_page_from_its_file_to_its_article(place: Path) -> None:
    """The page the archive's mission comes from."""
    assert rawi("import", shared("data/seed/press_archive_page.txt"), "--archive", place).returncode == 0
    (hit,) = json.loads(rawi("search", "publisher:albawaba", "--archive", place, "--json").stdout)["hits"]
    article = json.loads(rawi("show", hit["id"], "--archive", place, "--json").stdout)
    assert article["title"] == "Russia admits targeting non-Isis groups in Syria as airstrikes continue"
    assert (article["publisher_name"], article["published_on"], article["language"]) == ("Albawaba", "2015-10-02", "en")
    assert article["text"].startswith("Russian combat aircraft have carried out")
    assert article["text"].endswith("and I'll leave it there,\" Warren said.")
    assert article["text"].count("\n") == 31
    said = rawi("show", hit["id"], "--archive", place).stdout
    assert "Published in Albawaba on 02 - 10 - 2015" in said


def test_recipes_are_listed_and_checked(place: Path, tmp_path: Path) -> None:
    assert rawi("recipes", "--archive", place).stdout == ""
    (place / "recipes").mkdir()
    good, bad = place / "recipes" / "harbour.toml", place / "recipes" / "coast.toml"
    good.write_text('hosts = ["harbour.example"]\n[[rules]]\nuntil = 2021-05-01\nheadline = "h1"\n')
    bad.write_text('hosts = ["coast.example"]\n[[rules]]\nheadlin = "h1"\n')
    listed = rawi("recipes", "--archive", place)
    assert listed.returncode == 1
    assert re.fullmatch(r"harbour: harbour\.example\n  harbour/[0-9a-f]{8} until 2021-05-01\n", listed.stdout)
    assert "coast.toml: rules 1: unknown key 'headlin'; there are authors" in listed.stderr
    checked = rawi("recipes", good, tmp_path / "none.toml", "--json")
    recipe, missing = map(json.loads, checked.stdout.splitlines())
    assert (recipe["name"], recipe["rules"][0]["until"]) == ("harbour", "2021-05-01")
    assert missing == {"file": "none.toml", "problem": "it cannot be read: No such file or directory"}
    assert rawi("recipes", good).returncode == 0
    followed = rawi("follow", "--archive", place)
    assert (followed.returncode, followed.stderr.count("coast.toml")) == (1, 1)


def test_check_tells_each_broken_recipe_on_a_line_and_the_advice_once(place: Path) -> None:
    (place / "recipes").mkdir()
    for name in ("coast", "harbour"):
        text = f'hosts = ["{name}.example"]\n[[rules]]\nheadlin = "h1"\ntext = 3\n'
        (place / "recipes" / f"{name}.toml").write_text(text)
    checked = rawi("check", "--archive", place)
    assert checked.returncode == 1
    lines = [line for line in checked.stdout.splitlines() if line.startswith("the recipe ")]
    assert [line.partition(" cannot be used: rules 1: unknown key 'headlin'")[0] for line in lines] == [
        "the recipe coast.toml",
        "the recipe harbour.toml",
    ]
    assert checked.stdout.count("mend it, then run") == 1
    listed = rawi("recipes", "--archive", place)
    assert listed.stderr.count("recipe coast.toml: ") == 2


def test_what_is_counted_is_told_in_one_or_in_many(filled: Path) -> None:
    with open_archive(filled) as archive:
        (one,) = archive.search("ferry", limit=1).hits
        stored = archive.store.get(Article, one.article.id)
        archive.store.put(replace(stored, title="Another"))
    told = rawi("rebuild", "articles", "--archive", filled).stdout
    assert " read, 1 article differs; " in told
    assert [counted(number, "address", "addresses") for number in (0, 1, 2)] == [
        "0 addresses",
        "1 address",
        "2 addresses",
    ]


def test_show_tells_what_read_tells(filled: Path) -> None:
    address = "https://harbour.example/3"
    with open_archive(filled) as archive:
        known = archive.article(address)
        changed = datetime(2026, 3, 2, 8, 22, tzinfo=UTC)
        archive.store.put(replace(known, section="Coast", topic="local", language="en", modified_at=changed))
    shown = rawi("show", address, "--archive", filled).stdout
    assert "\nChanged 2026-03-02 08:22 UTC\nSection: Coast, topic: local, language: en\n" in shown
    told = json.loads(rawi("show", address, "--archive", filled, "--json").stdout)
    assert [told[key] for key in ("section", "topic", "language")] == ["Coast", "local", "en"]
    assert told["modified_at"].startswith("2026-03-02T08:22")


def test_a_rebuild_says_how_much_differs(filled: Path) -> None:
    assert re.match(
        r"rebuilt: [1-9]\d* captures read, 0 articles differ; ", rawi("rebuild", "articles", "--archive", filled).stdout
    )
    told = json.loads(rawi("rebuild", "articles", "--archive", filled, "--json").stdout)
    assert (told["read"] > 0, told["differ"]) == (True, 0)
    assert rawi("rebuild", "index", "--archive", filled).stdout.startswith("rebuilt: ")


PAGE = (
    '<html lang="en"><head><title>Ferry struck | The Harbour Post</title>'
    '<meta property="og:title" content="Ferry struck">'
    '<link rel="canonical" href="https://harbour.example/ferry"></head><body><h1>Ferry struck</h1><article>{}</article>'
    "<div class='newsletter'><p>Six dinars a month keep the lamps \x1b[31m \u202e of this newspaper lit.</p></div>"
    "<ul><li><a href='/1'>Home</a></li><li><a href='/2'>Sport</a></li></ul></body></html>"
).format("".join(f"<p>The ferry left the island at nine in the evening, as it had on day {n}.</p>" for n in range(9)))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "ferry.html").write_text(PAGE, "utf-8")
    return tmp_path / "ferry.html"


def test_read_needs_no_archive(page: Path, tmp_path: Path) -> None:
    nowhere = {"RAWI_ARCHIVE": str(tmp_path / "none")}
    done = rawi("read", page, "--url", "https://harbour.example/2026/03/01/ferry", **nowhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Ferry struck\nPublished in ")
    assert " on 1 March 2026\n" in done.stdout
    assert "as it had on day 8." in done.stdout
    assert "Six dinars" not in done.stdout
    assert rawi("read", page, "--archive", tmp_path / "none").returncode == 3


def test_read_explains_on_a_terminals_lines_and_as_a_page(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    done = rawi("read", page, "--html", out)
    assert done.returncode == 0, done.stderr
    assert str(out) in done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "https://harbour.example/ferry"
    assert re.search(r"^headline +Ferry struck$", done.stdout, re.MULTILINE)
    assert "from og:title, h1, title; weight" in done.stdout
    assert sum(bool(re.match(r"\+ [01]\.\d\d ", line)) for line in lines) == 9
    assert re.search(r"^- [01]\.\d\d .*Six dinars", done.stdout, re.MULTILINE)
    assert lines[-1].strip() == "… 2 plain links"
    assert not re.search("[\x1b\u202e]", done.stdout)
    assert max(map(len, lines)) <= 120
    assert "<script" not in out.read_text("utf-8")
    assert done.stdout == rawi("read", page, "--explain").stdout


def test_read_prints_json(page: Path) -> None:
    done = rawi("read", page, "--json")
    told = json.loads(done.stdout)
    assert told["article"]["title"] == "Ferry struck"
    assert [field["name"] for field in told["fields"]][:3] == ["kind", "recipe", "headline"]
    assert sum(block["is_text"] for block in told["blocks"]) == 9
    assert set(told["blocks"][0]) == {"text", "tag", "named", "is_text", "odds", "why"}


def test_read_takes_captures_and_recipes_of_the_archive(filled: Path, page: Path) -> None:
    address = "https://harbour.example/3"
    (filled / "recipes").mkdir()
    (filled / "recipes" / "harbour.toml").write_text('hosts = ["harbour.example"]\n[[rules]]\nheadline = "h1"\n')
    newest = rawi("read", address, "--archive", filled, "--json")
    told = json.loads(newest.stdout)
    assert (newest.returncode, told["article"]["url"], told["address_from"]) == (0, address, "of the archive")
    assert "--at DATE chooses another" in newest.stderr
    first = json.loads(rawi("read", address, "--at", "1999-01-01", "--archive", filled, "--json").stdout)
    assert first["captured_at"] < told["captured_at"]
    for fields in (told["fields"], json.loads(rawi("read", page, "--archive", filled, "--json").stdout)["fields"]):
        assert next(field["source"] for field in fields if field["name"] == "headline").startswith("recipe harbour/")


def test_read_says_that_a_page_is_no_article(tmp_path: Path) -> None:
    wall = tmp_path / "wall.html"
    wall.write_text("<title>Just a moment...</title><p>Checking your browser")
    done = rawi("read", wall)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no article: the page is a challenge of a firewall" in done.stderr
    explained = rawi("read", wall, "--json")
    assert (explained.returncode, json.loads(explained.stdout)["article"]) == (1, None)


def test_read_tells_the_reason_and_then_the_notes(tmp_path: Path) -> None:
    short = tmp_path / "short.html"
    short.write_text("<title>Ferry struck off the port</title><h1>Ferry struck off the port</h1><p>02/03/2025</p>")
    done = rawi("read", short)
    assert done.stderr.splitlines()[1] == f"{short}: no article: no article text in the page"
    assert all(line.startswith("note: ") for line in done.stderr.splitlines()[2:])
    assert len(done.stderr.splitlines()) > 2
    explained = rawi("read", short, "--explain").stdout.splitlines()
    assert explained[0] == "address: none known"
    assert explained[1].startswith("captured 20")


def test_read_says_what_is_wrong(filled: Path, page: Path, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    for arguments, status, words in (
        ([tmp_path / "none.html"], 2, "is not there; an address begins with https://"),
        ([tmp_path / "a.png"], 2, "is no page"),
        ([tmp_path], 2, "is a folder"),
        ([page, "--at", "yesterday"], 2, "write a day or a moment"),
        ([page, "--url", "nonsense"], 2, "nonsense"),
        ([page, "--html", page], 2, "that is the page itself"),
        ([page, "--html", tmp_path / "no" / "out.html"], 2, "cannot be written"),
        (["https://nowhere.example/1"], 2, "the archive has no capture of this address"),
        (
            ["https://harbour.example/3", "--url", "https://harbour.example/4"],
            2,
            "--url is the address of a page in a file",
        ),
    ):
        done = rawi("read", *arguments, "--archive", filled)
        assert (done.returncode, done.stdout) == (status, ""), arguments
        assert words in done.stderr
        assert "Traceback" not in done.stderr
    assert page.read_text("utf-8") == PAGE
    with open_archive(filled) as archive:
        for place in (filled / "captures").rglob("*.warc*"):
            place.write_bytes(b"torn")
        assert archive.name
    torn = rawi("read", "https://harbour.example/3", "--archive", filled)
    assert torn.returncode == 3
    assert "cannot be read" in torn.stderr


def test_json_says_the_same_and_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    title = "a\x9b31m b\u202ec\u2066 d\x1b[31m e\u200f قال é \\u202e"
    output.say({"title": title}, as_json=True)
    said = capsys.readouterr().out
    assert json.loads(said) == {"title": title}
    assert not set(said) & set("\x9b\u202e\u2066\x1b")
    assert "قال é" in said
