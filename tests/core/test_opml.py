"""Lists of feeds as OPML."""

import pytest

from rawi.core.opml import MOST_OUTLINES, Outline, read_opml, write_opml
from rawi.errors import BadInput
from rawi.model import Feed, Publisher
from tests.contracts.records import make

HEAD = '<?xml version="1.0"?><opml version="2.0"><body>'


def file(*outlines: str) -> bytes:
    return f"{HEAD}{''.join(outlines)}</body></opml>".encode()


def test_feeds_are_found_however_deep() -> None:
    nested = '<outline text="Press"><outline text="North"><outline xmlUrl=" https://a.example/rss " title="A"/>'
    found, problem = read_opml(file(nested, "</outline></outline>", '<outline text="B" xmlUrl="https://b.example/f"/>'))
    assert found == [Outline(url="https://a.example/rss", title="A"), Outline(url="https://b.example/f", title="B")]
    assert problem == ""


def test_what_is_written_is_read_back() -> None:
    publisher = make(Publisher, "a.example", name="L'été & <“النهار”>\x01", home="https://a.example/")
    feeds = [
        make(Feed, "1", url="https://a.example/rss?a=1&b=2", publisher="a.example", kind="rss", title="Une"),
        make(Feed, "2", url="https://a.example/map.xml", publisher="a.example", kind="sitemap"),
    ]
    written = write_opml("Press & more", [(publisher, feeds)])
    found, problem = read_opml(written.encode())
    assert problem == ""
    assert [(one.url, one.kind) for one in found] == [(feed.url, feed.kind) for feed in feeds]
    assert {(one.home, one.title) for one in found} == {("https://a.example/", "L'été & <“النهار”>")}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"no xml at all", "no OPML"),
        (b"<html><body>Log in</body></html>", "no feed"),
        (file('<outline text="empty"/>'), "no feed"),
        (b"\x00\x01\x02", "no OPML"),
    ],
)
def test_what_holds_no_feed_is_said(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_opml(data)


def test_broken_xml_gives_what_can_be_read_and_says_so() -> None:
    found, problem = read_opml(f'{HEAD}<outline xmlUrl="https://a.example/rss"/><outline'.encode())
    assert [one.url for one in found] == ["https://a.example/rss"]
    assert "broken" in problem


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    data = (
        f'<?xml version="1.0"?>{bomb}<opml><body><outline text="&b;" xmlUrl="https://a.example/rss"/>&x;</body></opml>'
    )
    found, _ = read_opml(data.encode())
    assert [one.url for one in found] == ["https://a.example/rss"]
    assert "root:" not in found[0].title


def test_a_flood_is_cut_and_said() -> None:
    found, problem = read_opml(file(*(f'<outline xmlUrl="https://a.example/{n}"/>' for n in range(MOST_OUTLINES + 5))))
    assert len(found) == MOST_OUTLINES
    assert "more than" in problem
