"""All cases of the hostile server, through the fetcher alone and through a whole archive: each gets its verdict."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rawi.adapters.http import HttpFetcher
from rawi.archive import Archive
from rawi.core.payload import header
from rawi.core.schedule import first_visit
from rawi.core.urls import clean, host_of
from rawi.errors import AddressRefused, BadInput
from rawi.model import Article, Ask, Capture, Fate, Host, Publisher, Revision, Visit, address_id
from rawi.wiring import open_archive
from tests.shared import ROOT
from tests.walk.hostile import SECONDS, Case, Hostile, cases, hostile_servers

pytestmark = pytest.mark.slow

CAP_KIB = 12 * 1024
BROTLI_WINDOW_KIB = 16 * 1024
"""What a decoder of Brotli takes for itself (RFC 7932, section 9.1), however little comes out."""
FEEDS = ("cache", "feed", "json", "opml", "sitemap", "xml")
AS_FEEDS = ("/good/rss.xml", "/good/atom.xml", "/good/feed.json", "/good/sitemap.xml", "/good/news-sitemap.xml")
TWICE = ("cache", "good", "state")
"""Groups that are about a second visit."""

WHOLE_BUT_BOUNDED = {
    "/coding/sitemap-gz-bomb",
    "/coding/warc-gz-bomb",
    "/feed/50k-items",
    "/file/warc-truncated",
    "/file/zip-bomb",
    "/html/big-table",
    "/opml/flood",
    "/sitemap/60k",
}
"""Come whole in a bounded number of bytes; it is their reading that is bounded."""

LONGER_THAN_THE_CAP = {"/html/whitespace", "/xml/huge-text"}
"""Harmless, and cut all the same."""

NO_ARTICLE_IN_THEM = {
    "/charset/idna-slow", "/charset/iso-2022-jp", "/charset/nul", "/charset/overlong", "/charset/surrogates",
    "/charset/utf-7", "/html/entity-flood", "/html/iframe-loop", "/html/whitespace", "/http/204-with-body",
    "/good/", "/http/content-disposition", "/http/ctype-lies-html-as-png", "/http/refresh-header", "/redir/300",
}  # fmt: skip
"""Harmless pages that hold no article a reader would miss."""

STILL_PAGES = {"/charset/ebcdic", "/charset/utf-32", "/html/canonical-canary", "/html/img-canary"}
"""Pages whose article may be read: what they must not do is something else."""


# ---------------------------------------------------------------------------------------- the fetcher alone


def fetched(asked: list[Case]) -> dict[str, Any]:
    """What a fetcher in a process of its own makes of these."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.walk.hostile"],
        input=json.dumps([case.url for case in asked]),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    assert len(told["answers"]) == len(asked)
    return told


def test_every_case_ends_within_its_budget_as_it_should() -> None:
    with hostile_servers() as servers:
        asked = cases(servers)
        told = fetched(asked)
    assert told["slowest"] < SECONDS + 1
    for case in asked:
        came = told["answers"][case.url]
        if case.verdict == "truncate" and case.path not in WHOLE_BUT_BOUNDED:
            assert came in ("length", "time", "disconnect"), case
        if case.verdict == "ok" and case.path not in LONGER_THAN_THE_CAP:
            assert came == "whole", case


def test_no_answer_takes_more_memory_than_twice_the_cap() -> None:
    with hostile_servers(1) as servers:
        quick = [case for case in cases(servers) if not any(word in case.path for word in ("slow", "stall", "late"))]
        told = fetched(quick)
    assert told["grown_kib"] < 2 * CAP_KIB + BROTLI_WINDOW_KIB


def test_no_address_that_is_not_public_is_connected_to() -> None:
    """Where each redirect leads is asked with the canary's own port allowed: only the check of the address is left."""
    with hostile_servers(1) as (server,):
        leading = [case for case in cases([server]) if case.group in ("ssrf", "redir") and case.verdict == "block"]
        free = HttpFetcher(
            "rawi/hostile", seconds=SECONDS, pause=0, pause_factor=0, at_one_address=1000, allow_loopback=True
        )
        strict = HttpFetcher("rawi/hostile", pause=0, ports=(server.ports["canary"], 80, 443, 22, 6379))
        try:
            targets = {}
            for ask, answer in free.fetch(Ask(url=case.url, purpose="article") for case in leading):
                said = header(answer.head, "location").encode("latin-1").decode("utf-8", "replace")  # type: ignore[union-attr]
                if said:
                    targets[ask.url] = said
            assert len(targets) >= len(leading) - 2  # two lead on in the page
            outcomes = [_asked(strict, target) for target in targets.values()]
        finally:
            free.close()
            strict.close()
        assert all(outcomes)
        assert server.told("__canary")["hits"] == 0


def _asked(strict: HttpFetcher, target: str) -> bool:
    """Whether an address is refused before any connection."""
    try:
        url = clean(target, "http://press.example/")
    except BadInput:
        return True
    ((_, answer),) = strict.fetch([Ask(url=url, purpose="article")])
    return isinstance(answer, AddressRefused)


# ------------------------------------------------------------------------------------------ a whole archive


@dataclass(frozen=True)
class Gathered:
    """What an archive has of the cases after two visits."""

    archive: Archive
    servers: list[Hostile]
    cases: list[Case]

    def fates(self, case: Case) -> list[str]:
        return [f.event for f in self.archive.store.find(Fate, order="at", address=address_id(case.url), limit=100)]

    def captures(self, case: Case) -> list[Capture]:
        return self.archive.store.find(Capture, order="at", address=address_id(case.url), limit=100)

    def has_article(self, case: Case) -> bool:
        return bool(self.archive.store.get_many(Article, [address_id(case.url)]))

    def visit(self, case: Case) -> Visit:
        return self.archive.store.get(Visit, address_id(case.url))

    def of(self, verdict: str) -> list[Case]:
        return [case for case in self.cases if case.verdict == verdict]

    def asked(self, case: Case) -> list[dict[str, Any]]:
        """What its server was asked at its address, in order."""
        (server,) = [server for server in self.servers if case.url.startswith(server.root)]
        return [entry for entry in server.log() if server.root + entry["p"] == case.url]

    def one(self, path: str) -> Case:
        return next(case for case in self.cases if case.path == path)


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gathered]:
    place = _made(tmp_path_factory.mktemp("hostile"))
    with hostile_servers() as servers, open_archive(place) as archive:
        found = cases(servers)
        _add(archive, servers, found)
        _gather(archive)
        _ask_again(archive, [case for case in found if case.group in TWICE])
        _gather(archive)
        archive.follow()
        yield Gathered(archive, servers, found)


def _made(place: Path) -> Path:
    hasty = (
        f"allow_loopback = true\npause_seconds = 0\npause_factor = 0\nat_one_address = 1000\nmost_seconds = {SECONDS}\n"
    )
    (place / "rawi.toml").write_text(f"[gather]\n{hasty}")
    return place


def _add(archive: Archive, servers: list[Hostile], found: list[Case]) -> None:
    """Publishers and visits. What feeds lead to is not asked: their publisher has no host of these."""
    now = archive.now()
    own = tuple(host_of(server.root) for server in servers)
    made = Publisher(id="p", name="P", home=servers[0].root, language="", country="", hosts=own, added_at=now)
    archive.store.put(made, replace(made, id="feeds", hosts=("nowhere.example",)))
    for case in found:
        is_feed = case.group in FEEDS or case.path in AS_FEEDS
        purpose = "feed" if is_feed else "picture" if case.group == "img" or "/img/" in case.path else "article"
        archive.store.put(first_visit(case.url, purpose, "feeds" if is_feed else "p", "", now))


def _gather(archive: Archive) -> None:
    """Asks until all was asked: hosts that must rest are woken, since that they rest is not what is tried here."""
    gatherer = archive.gatherer()
    for _ in range(200):
        gatherer.ask_all()
        if not gatherer.has_new():
            return
        rested = [replace(host, rest_until=None, why="", failures=0) for host in archive.store.find(Host)]
        archive.store.put(*rested)
    raise AssertionError("not all was asked")


def _ask_again(archive: Archive, some: list[Case]) -> None:
    now = archive.now()
    rested = [replace(host, rest_until=None, why="", failures=0) for host in archive.store.find(Host)]
    visits = archive.store.get_many(Visit, [address_id(case.url) for case in some])
    archive.store.put(*rested, *(replace(visit, due_at=now - timedelta(seconds=1)) for visit in visits))


def test_every_case_was_asked_and_none_hit_the_canary(gathered: Gathered) -> None:
    for case in gathered.cases:
        assert gathered.visit(case).asked_at is not None, case
    assert [server.told("__canary")["hits"] for server in gathered.servers] == [0] * len(gathered.servers)


def test_what_is_harmless_is_kept_whole_and_read(gathered: Gathered) -> None:
    for case in gathered.of("ok") + gathered.of("sanitise"):
        if case.path in NO_ARTICLE_IN_THEM | LONGER_THAN_THE_CAP:
            continue
        events, purpose = gathered.fates(case), gathered.visit(case).purpose
        assert "captured" in events or "redirected" in events, case
        if "captured" in events:
            assert all(not card.truncated for card in gathered.captures(case)), case
            assert purpose != "article" or gathered.has_article(case) or case.group in ("file", "json", "xss"), case


def test_what_is_cut_is_marked(gathered: Gathered) -> None:
    for case in gathered.of("truncate"):
        marks = [card.truncated for card in gathered.captures(case)]
        assert any(marks) or (marks and case.path in WHOLE_BUT_BOUNDED), case
        for article in gathered.archive.store.get_many(Article, [address_id(case.url)]):
            assert any("not whole" in note for note in article.notes), case


def test_what_is_an_error_is_said_and_never_an_article(gathered: Gathered) -> None:
    for case in gathered.of("error"):
        assert gathered.fates(case), case
        if case.path not in STILL_PAGES:
            assert not gathered.has_article(case), case


def test_what_is_blocked_is_no_article_of_ours(gathered: Gathered) -> None:
    for case in gathered.of("block"):
        assert case.path in STILL_PAGES or not gathered.has_article(case), case


def test_what_says_to_come_again_is_asked_again_not_sooner(gathered: Gathered) -> None:
    for case in gathered.of("retry"):
        visit = gathered.visit(case)
        if case.path == "/state/fail-twice":
            continue
        assert "failed" in gathered.fates(case), case
        assert visit.due_at is not None, case
        assert visit.asked_at is not None
        assert timedelta(seconds=3) <= visit.due_at - visit.asked_at <= timedelta(days=1), case


def test_what_is_gone_is_gone_and_keeps_what_was(gathered: Gathered) -> None:
    for case in gathered.of("gone"):
        assert "gone" in gathered.fates(case), case
        if case.group == "state":
            assert gathered.has_article(case), case
            assert next(card.status for card in gathered.captures(case)) == 200, case


def test_traps_are_left(gathered: Gathered) -> None:
    asked = [entry["p"] for server in gathered.servers for entry in server.log()]
    for case in gathered.of("trap"):
        assert sum(path.startswith(case.path) for path in asked) <= 50, case


def test_only_what_changed_is_a_revision(gathered: Gathered) -> None:
    readings = {
        case.path: gathered.archive.store.count(Revision, article=address_id(case.url))
        for case in gathered.of("revise")
    }
    for path in ("/state/edit", "/state/headline", "/state/correction"):
        assert readings[path] == 2, path
    for path in ("/state/emptied", "/state/home", "/state/flap", "/html/timestamp-noise", "/html/rotating-ads"):
        assert readings[path] == 0, path


def test_a_second_visit_is_conditional_and_byte_exact(gathered: Gathered) -> None:
    for case in (gathered.one(f"/good/article/{n}") for n in range(3)):
        first, second = gathered.asked(case)
        assert not first["inm"]
        assert second["inm"] or second["ims"]
    quotes = [entry["inm"] for entry in gathered.asked(gathered.one("/cache/etag-quotes"))]
    assert quotes == ["", 'W/"a\\"b, c" ; drop=\'1\'']
    assert not any(entry["cookie"] or entry["injected"] for server in gathered.servers for entry in server.log())


def test_robots_were_asked_first_and_obeyed(gathered: Gathered) -> None:
    for server in gathered.servers:
        paths = [entry["p"] for entry in server.log() if entry["p"] != "/index.json"]  # that we asked ourselves
        assert paths[0] == "/robots.txt"
        assert paths.count("/robots.txt") == 1
        assert not any(path.startswith("/robots-trap") for path in paths)


def test_all_parts_agree_afterwards(gathered: Gathered) -> None:
    # Its last pages have no authors and no dates where the first had both: that is said, and true.
    assert [found for found in gathered.archive.check() if not found.what.startswith("of the newest")] == []
