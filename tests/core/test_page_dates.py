"""The days of a page: choice among its sources, offsets, order of day and month, the future."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import page
from rawi.core.extract import extract
from rawi.core.page_dates import day_in_address, is_future

URL = "https://www.harbour.example/news/ferry"
AT = datetime(2025, 3, 20, tzinfo=UTC)
DAY = date(2025, 3, 14)
PARAGRAPH = "The ferry struck the quay in the early morning, and nobody was hurt, said the harbour's master. " * 3


def ld(**fields: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def html(head: str = "", line: str = "", *, after: str = "", lang: str = "en") -> str:
    return (
        f'<html lang="{lang}"><head><title>Ferry struck off the port</title>{head}</head><body><main><article>'
        f"<h1>Ferry struck off the port</h1>{line}<p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></article></main>{after}"
        "</body></html>"
    )


def read(head: str = "", line: str = "", *, url: str = URL, after: str = "", lang: str = "en") -> page.Declared:
    tree = page.parse(html(head, line, after=after, lang=lang))
    assert tree is not None
    return page.declared(tree, url, AT)


def on(found: page.Declared) -> date | None:
    return found.published.on if found.published else None


def moment(found: page.Declared) -> datetime | None:
    return found.published.at if found.published else None


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (ld(datePublished="2025-03-14T09:05:00+02:00"), ""),
        (ld(datePublished=["2025-03-14T09:05:00+02:00"]), ""),
        (ld(datePublished={"@value": "2025-03-14T09:05:00+02:00"}), ""),
        (ld(datePublished=1741935900), ""),
        (meta("article:published_time", "2025-03-14T09:05:00+02:00"), ""),
        ('<meta name="published-date" content="2025-03-14T07:05:00Z">', ""),
        ('<meta name="DC.date.issued" content="2025-03-14T07:05:00Z">', ""),
        ('<meta itemprop="dateCreated datePublished" content="2025-03-14T07:05:00Z">', ""),
        ("", '<span itemprop="datePublished" content="2025-03-14T09:05:00+02:00">Friday</span>'),
        ("", '<time datetime="2025-03-14T09:05:00+02:00">Friday</time>'),
        ("", '<span data-timestamp="1741935900">three hours ago</span>'),
        ("", '<span data-epoch="1741935900000">three hours ago</span>'),
        ('<script>window.state={"story":{"publishedAt":"2025-03-14T07:05:00Z"}}</script>', ""),
        ('<script>self.push("{\\"published_at\\":\\"2025-03-14T07:05:00Z\\"}")</script>', ""),
        ("", "<p>Published on March 14, 2025 at 7:05 a.m. GMT</p>"),
        ("", "<p>نشر في 14 آذار 2025 - 09:05 صباحا بتوقيت جرينتش +2</p>"),
    ],
)
def test_every_source(head: str, line: str) -> None:
    assert on(read(head, line)) == DAY
    if "نشر" not in line:
        assert moment(read(head, line)) == datetime(2025, 3, 14, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "<p>Publié le 14 mars 2025 à 14h30</p>",
        "<p>نشر في 14 مارس 2025</p>",
        "<div><b>تاريخ النشر:</b> <span>١٤ آذار ٢٠٢٥</span></div>",
        "<p>Publicado el 14 de marzo de 2025</p>",
        "<div>Veröffentlicht am 14. März 2025</div>",
        "<div class='meta'><span>14</span> <span>March</span> <span>2025</span></div>",
        "<small>March 14, 2025</small>",
        "<div>Text: Dana Kettani<br>14.03.2025, 10:15 Uhr<br></div>",
        "<p>14.03.2025 - Güncelleme : 16.03.2025</p>",
        "<p>14 رمضان 1446 هـ</p>",
    ],
)
def test_lines_that_a_reader_sees(line: str) -> None:
    assert on(read(line=line)) == DAY


def test_a_line_above_the_headline() -> None:
    tree = page.parse(html().replace("<h1>", "<h5>March 14, 2025</h5><h1>"))
    assert on(page.declared(tree, URL, AT)) == DAY


@pytest.mark.parametrize(
    "after",
    [
        "<aside><p>Published on March 10, 2025</p></aside>",
        '<div class="related-articles"><span class="date">March 10, 2025</span></div>',
        '<ul class="comments"><li><time datetime="2025-03-18T10:00:00Z">March 18, 2025</time></li></ul>',
        "<footer>Published by the Harbour Post, 10 March 2025</footer>",
        "<p>© 10 March 2025 The Harbour Post</p>",
        "<p>It was the worst night since a storm struck the old port on March 10, 2025, he told the paper then.</p>",
        '<script>var s=[{"publishedAt":"2025-03-10T07:05:00Z"},{"publishedAt":"2025-03-11T07:05:00Z"}]</script>',
        '<div class="teaser"><span data-timestamp="1741935900">then</span></div>',
    ],
)
def test_dates_of_something_else(after: str) -> None:
    assert on(read(after=after)) is None


# ------------------------------------------------------------------------------------------- choosing


def test_two_witnesses_beat_one() -> None:
    found = read(
        ld(datePublished="2025-03-19T10:00:00+00:00") + meta("date", "March 14, 2025"),
        "<p>Published March 14, 2025</p>",
    )
    assert on(found) == DAY
    assert any("2025-03-19" in note and "2025-03-14" in note for note in found.date_notes)


def test_one_against_one_leaves_the_most_trusted_and_says_so() -> None:
    found = read(
        ld(datePublished="2025-03-14T10:00:00+02:00") + meta("article:published_time", "2025-03-10T10:00:00+02:00")
    )
    assert on(found) == DAY
    assert any("2025-03-10" in note for note in found.date_notes)


def test_what_agrees_is_not_noted() -> None:
    stamp = "2025-03-14T10:00:00+02:00"
    found = read(ld(datePublished=stamp, dateModified=stamp) + meta("article:published_time", stamp))
    assert found.date_notes == ()


def test_the_future_and_nonsense_are_refused() -> None:
    head = (
        '<meta name="date" content="2099-01-01"><meta property="article:modified_time" content="1970-01-01">'
        '<meta name="pubdate" content="32/13/2015">' + meta("article:published_time", "0001-01-01T00:00:00Z")
    )
    found = read(head, '<p class="date">14 March 2025</p>')
    assert on(found) == DAY
    assert found.modified is None
    assert any("2099-01-01" in note for note in found.date_notes)
    assert any("1970-01-01" in note for note in found.date_notes)
    assert on(read(head)) is None


def test_a_day_of_tolerance() -> None:
    assert on(read(ld(datePublished="2025-03-21T01:00:00+14:00"))) == date(2025, 3, 21)
    assert on(read(ld(datePublished="2025-03-22T01:00:00Z"))) is None
    assert is_future(date(2099, 1, 1), None)


def test_a_change_before_the_publication_is_doubted() -> None:
    found = read(ld(datePublished="2025-03-14T10:00:00Z", dateModified="2025-02-14T10:00:00Z"))
    assert (on(found), found.modified) == (DAY, None)
    assert any("2025-02-14" in note for note in found.date_notes)


def test_a_change_is_read_from_the_line_that_says_it() -> None:
    found = read(line="<p>Published 14 March 2025. Updated 15 March 2025, 10:00 GMT</p>")
    assert on(found) == DAY
    assert found.modified is not None
    assert found.modified.at == datetime(2025, 3, 15, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["<p>Updated: March 14, 2025</p>", "<p>آخر تحديث: 14 مارس 2025</p>", "<p>Stand: 14.03.2025</p>"]
)
def test_only_a_change_is_said(line: str) -> None:
    found = read(line=line)
    assert on(found) == DAY
    assert any("only when it was changed" in note for note in found.date_notes)


# -------------------------------------------------------------------------------------------- offsets


@pytest.mark.parametrize(
    ("declared", "other"),
    [
        ("2025-03-14T23:30:00", "2025-03-14T23:30:00+01:00"),
        ("2025-03-14T23:30:41", "2025-03-14T22:30:41Z"),
        ("2025-03-14 23:30", "2025-03-14T22:30:00+00:00"),
        ("2025-03-14T22:30:00Z", "2025-03-14T23:30:00+01:00"),
        ("2025-03-14T22:30:00Z", "2025-03-14T23:30:00"),
    ],
)
def test_sources_of_one_moment_are_put_together(declared: str, other: str) -> None:
    found = read(meta("article:published_time", declared), f'<time datetime="{other}">on Friday</time>')
    at = moment(found)
    assert at is not None
    assert (on(found), at.replace(second=0)) == (DAY, datetime(2025, 3, 14, 22, 30, tzinfo=UTC))


def test_a_visible_zone_is_that_of_a_time_without() -> None:
    found = read(meta("article:published_time", "2025-03-14T23:30:00"), "<p>Published 14 March 2025, 23:30 CET</p>")
    assert (on(found), moment(found)) == (DAY, datetime(2025, 3, 14, 22, 30, tzinfo=UTC))


def test_times_that_are_not_the_same_moment_are_not_put_together() -> None:
    found = read(
        meta("article:published_time", "2025-03-14T23:30:00"), '<time datetime="2025-03-14T20:07:00Z">then</time>'
    )
    assert (on(found), moment(found)) == (DAY, None)


@pytest.mark.parametrize(
    ("stamp", "line", "url", "expected"),
    [
        ("2025-03-15T02:41:41Z", "", "https://harbour.example/2025/03/14/ferry", DAY),
        ("2025-03-15T02:41:41Z", "<time>March 14, 2025</time>", URL, DAY),
        ("2025-03-13T22:41:41Z", "", "https://harbour.example/2025/03/14/ferry", DAY),
        ("2025-03-15T18:41:41Z", "", "https://harbour.example/2025/03/14/ferry", date(2025, 3, 15)),
        ("2025-03-15T02:41:41+03:00", "", "https://harbour.example/2025/03/14/ferry", date(2025, 3, 15)),
    ],
)
def test_the_day_of_the_publisher_beside_a_moment_in_utc(stamp: str, line: str, url: str, expected: date) -> None:
    found = read(ld(datePublished=stamp), line, url=url)
    assert on(found) == expected
    assert moment(found) == datetime.fromisoformat(stamp).astimezone(UTC)


# ---------------------------------------------------------------------------------- day and month


@pytest.mark.parametrize(
    ("others", "url", "lang", "expected"),
    [
        ("", URL, "en", None),
        ("<p>Updated 13/01/2025</p><nav>25/01/2025</nav>", URL, "en", date(2025, 2, 3)),
        ("<nav>01/25/2025</nav>", URL, "en", date(2025, 3, 2)),
        ("", "https://harbour.example/2025/03/02/ferry", "en", date(2025, 3, 2)),
        ("", URL, "en-US", date(2025, 3, 2)),
        ("", URL, "en-GB", date(2025, 2, 3)),
        ("", "https://harbour.co.uk/ferry", "en", date(2025, 2, 3)),
        ("", URL, "fr", date(2025, 2, 3)),
        ("", URL, "ar", date(2025, 2, 3)),
    ],
)
def test_order_by_evidence(others: str, url: str, lang: str, expected: date | None) -> None:
    found = read(line='<p class="date">03/02/2025</p>', after=others, url=url, lang=lang)
    is_open = any("other way round" in note for note in found.date_notes)
    assert is_open is (expected is None)
    assert on(found) == (expected or date(2025, 2, 3))


def test_order_by_the_capture() -> None:
    found = read(line='<p class="date">03/12/2025</p>')
    assert on(found) == date(2025, 3, 12)
    assert found.date_notes == ()


# ------------------------------------------------------------------------------------------- address


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://harbour.example/2025/03/14/ferry", DAY),
        ("https://harbour.example/2025/3/14", DAY),
        ("https://harbour.example/news/2025-03-14-ferry", DAY),
        ("https://harbour.example/world/2025/mar/14/ferry", DAY),
        ("https://harbour.example/ferry-20250314.html", DAY),
        ("https://harbour.example/ferry?day=2025-03-14", None),
        ("https://harbour.example/2025/13/14/ferry", None),
        ("https://harbour.example/120250314", None),
        ("https://20250314.example/ferry", None),
        ("", None),
    ],
)
def test_days_of_addresses(url: str, expected: date | None) -> None:
    assert day_in_address(url) == expected


def test_an_article_keeps_choice_and_reason() -> None:
    head = '<meta name="date" content="2099-01-01">'
    found = extract(html(head), "https://harbour.example/2025/03/14/ferry", captured_at=AT)
    assert found.published_on == DAY
    assert any("2099-01-01" in note for note in found.notes)
    assert any("address" in note for note in found.notes)


# ----------------------------------------------------------------------------------------- bad input


STAMPS = st.sampled_from(
    ["", "2025-03-14", "2025-03-14T09:05:00", "9999-12-31T23:59:59-12:00", "1600-01-01T00:00:00+14:00", "1970-01-01",
     "03/02/2025", "15 رمضان 1437", "1741935900", "9" * 13, "14 March 2025 25:61 IST", "٢٠٢٥-٠٣-١٤"]
) | st.text(max_size=40)  # fmt: skip


@given(STAMPS, STAMPS, STAMPS, STAMPS, st.text(max_size=30))
def test_any_dates_are_read_or_refused(one: str, two: str, three: str, four: str, path: str) -> None:
    tree = page.parse(
        html(
            ld(datePublished=one, dateModified=two),
            f"<time datetime='2025-03-14T22:30:00Z'>x</time><p class=date>{three}</p>",
        )
    )
    assert tree is not None
    tree.find(".//time").set("datetime", "".join(c for c in four if c.isprintable() and not 0xD800 <= ord(c) < 0xE000))
    found = page.declared(tree, f"https://harbour.example/{path}", AT)
    for said in (found.published, found.modified):
        assert said is None or (said.on is not None and not is_future(said.on, AT))


@pytest.mark.parametrize(
    "value", [None, True, {}, [], [[]], {"@value": {}}, [None], -1, 1e300, float("inf"), 10**30, "2025" * 10_000]
)
def test_odd_values_of_declared_data(value: Any) -> None:
    assert on(read(ld(datePublished=value))) is None


def test_many_years_take_no_longer_than_few() -> None:
    assert on(read(after="<p>by Dana Kettani, 14 2025 or 2025 </p>" * 20_000)) is None


@pytest.mark.parametrize("stamp", ["9999-12-31T24:00", "9999-12-31T23:59:59", "9999-12-31T10:00:00Z"])
@pytest.mark.parametrize("other", ["9999-12-31T10:00:00Z", "9999-12-31 12:00:00 +0000", "9999-12-31T05:00:00+05:00"])
def test_the_last_day_of_all_calendars_ends_no_reading(stamp: str, other: str) -> None:
    html = f'<meta name="date" content="{stamp}"><time datetime="{other}">{stamp}</time><p>{other}</p>'
    found = page.declared(page.parse(html), "https://x.example/a", datetime(9999, 12, 31, 23, 59, tzinfo=UTC))
    assert found.published is None or found.published.on.year == 9999
