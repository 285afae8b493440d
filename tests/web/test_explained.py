"""The page that explains a reading: it stands by itself, and what it shows of a page stays text."""

import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html

from rawi.archive import look_at_file
from rawi.jobs.look import Looked
from rawi.web.explained import page_of
from tests.core.test_extract import PARAGRAPHS, ld, og, page
from tests.web.test_safety import HOSTILE

AT = datetime(2025, 3, 20, tzinfo=UTC)


def looked(folder: Path, source: str) -> Looked:
    file = folder / "page.html"
    file.write_text(source, "utf-8")
    return look_at_file(file, url="https://www.harbour.example/'%22%3E?1", at=AT)


def test_it_shows_fields_and_blocks(tmp_path: Path) -> None:
    links = '<ul><li><a href="/1">Home</a></li><li><a href="/2">Sport</a></li></ul>'
    source = page(og("title", "Ferry struck off the port"), after=links)
    root = html.document_fromstring(page_of(looked(tmp_path, source)))
    assert root.xpath("//h1/text()") == ["Ferry struck off the port"]
    assert root.xpath("//tbody/tr/th/text()")[:3] == ["kind", "recipe", "headline"]
    kept = root.xpath("//li[contains(@class, 'is-text')]")
    assert [one.xpath("string(p[@class='words'])") for one in kept] == PARAGRAPHS
    for one in root.xpath("//ol/li[not(@class='links')]"):
        assert one.xpath("string(.//b)") in ("+", "−")
        assert re.fullmatch(r"[01]\.\d\d", one.xpath("string(.//span[@class='odds'])"))
        assert one.xpath("string(.//span[@class='why'])").strip()
    assert root.xpath("//li[@class='links']//summary")
    assert {one.get("dir") for one in root.xpath("//p[@class='words']")} == {"auto"}


def test_it_asks_nobody_for_anything(tmp_path: Path) -> None:
    said = page_of(looked(tmp_path, page(og("image", "https://www.harbour.example/f.jpg"))))
    root = html.document_fromstring(said)
    assert not root.xpath("//*[@src or @href or @srcset or @action or @style or @background]")
    assert not root.xpath("//script | //link | //iframe | //object | //img | //form | //base")
    (style,) = root.xpath("//style/text()")
    assert not re.search(r"url\(|@import", style)
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_pages_stay_text(tmp_path: Path, said: str) -> None:
    meant = html.fromstring(f"<p>{said}</p>").text_content()
    head = ld(headline=meant, author=meant, articleSection=meant, datePublished=meant) + og("title", said)
    body = f'<h1>{said}</h1><p class="x">{said} {PARAGRAPHS[0]} {said}</p>'
    text = page_of(looked(tmp_path, page(head, before=body)))
    root = html.document_fromstring(text)
    assert not root.xpath("//script | //base | //img | //svg | //*[@onerror or @onmouseover or @style]")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", text)


def test_a_page_that_is_no_article_says_why(tmp_path: Path) -> None:
    source = "<html><head><title>Just a moment...</title></head><body><p>Checking your browser</p></body></html>"
    root = html.document_fromstring(page_of(looked(tmp_path, source)))
    assert root.xpath("//h1/text()") == ["No article"]
    assert "challenge of a firewall" in root.xpath("string(//tbody/tr[1])")


def test_a_text_from_elsewhere_is_not_taken_for_that_of_the_blocks(tmp_path: Path) -> None:
    body = "\n".join(f"{paragraph} And so on the day {n}." for n, paragraph in enumerate(PARAGRAPHS * 2))
    source = f"<html><head>{ld(headline='Ferry', articleBody=body)}</head><body><h1>Ferry</h1></body></html>"
    assert "was not taken from these blocks" in page_of(looked(tmp_path, source))
    assert "was not taken from these blocks" not in page_of(looked(tmp_path, page()))
