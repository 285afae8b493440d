"""Every page, by real requests."""

import re
from dataclasses import replace

import httpx
import pytest
from lxml import html

from rawi.archive import Archive
from rawi.web.app import make_app, preferred
from rawi.web.render import LANGUAGES
from tests.web.conftest import NOW, Browser, Sample, page, select

PATHS = (
    "",
    "latest",
    "latest?language=ar",
    "sections",
    "sections/politics",
    "sections/unsorted",
    "sections/weather",
    "publishers",
    "publishers/harbour.example",
    "publishers/manara.example",
    "days",
    "days/2015",
    "days/2015-10-02",
    "search",
    "search?q=aqueduct",
    "search?q=aqueduct&order=oldest&page=2",
    "search?q=nothingofthekind",
    "search?q=%2A&by=publisher&show=share&period=week",
    "search?q=aqueduct+publisher%3Aharbour.example+date%3A2023&exact=1&names=0",
    "compare",
    "compare?q=aqueduct",
    "compare?q=council&q=conseil&q=%D8%A7%D9%84%D9%82%D9%86%D8%A7%D8%A9&q=%2A&show=share",
    "search?q=%D8%A7%D9%84%D9%82%D9%86%D8%A7%D8%A9",
    "about",
)


def tree(answer: httpx.Response) -> html.HtmlElement:
    return html.document_fromstring(answer.content.decode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))


def words(answer: httpx.Response) -> str:
    """What a reader sees of the page, blanks squeezed."""
    return " ".join(tree(answer).text_content().split())


def titles(answer: httpx.Response) -> list[str]:
    return [link.text_content() for link in select(tree(answer), "main .headlines a[dir]")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_page_is_whole(browser: Browser, language: str, path: str) -> None:
    answer = browser.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert len(answer.content) < 60_000
    root = tree(answer)
    assert root.get("lang") == language
    assert root.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert len(select(root, "main")) == len(select(root, "h1")) == len(select(root, "head title")) == 1
    assert select(root, "header form[role=search] input[name=q]")
    assert len(select(root, "aside.run li")) == 48
    assert not select(root, "script, style, [style], iframe, object, [onclick]")
    others = {link.get("href") for link in select(root, ".tongues a")}
    assert others == {f"/{other}/{path}" for other in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_stay_on_the_site(browser: Browser, sample: Sample, language: str) -> None:
    for path in (
        *PATHS,
        f"articles/{sample.seed}",
        f"articles/{sample.pictured}",
        f"articles/{sample.revised}",
        "nope",
    ):
        for element in tree(browser.get(f"/{language}/{path}", host="evil.test")).iter():
            for name in ("href", "src", "action", "srcset", "poster", "data", "formaction"):
                value = element.get(name)
                if value is None or value.startswith("#"):
                    continue
                if value.startswith(("http://", "https://")) and element.tag == "a":
                    assert "external" in element.get("rel", ""), value
                    assert "noopener" in element.get("rel", ""), value
                    continue
                assert re.match(r"/(?!/)", value), (path, value)
                assert "evil" not in value


def test_links_of_pages_lead_somewhere(browser: Browser, sample: Sample) -> None:
    asked: set[str] = set()
    for path in (
        "/en/",
        "/en/sections",
        "/en/publishers",
        "/en/days/2022",
        f"/en/articles/{sample.pictured}",
        "/en/days",
    ):
        for element in tree(browser.get(path)).iter():
            value = (element.get("href") or element.get("src") or "").partition("#")[0]
            if value.startswith("/") and value not in asked and len(asked) < 150:
                asked.add(value)
                assert browser.get(value).status_code == 200, value


@pytest.mark.parametrize(
    ("language", "phrase", "source"),
    [
        ("en", "Published in Albawaba on 02 - 10 - 2015", "Read the story from its source"),
        ("ar", "نشر في Albawaba يوم 02 - 10 - 2015", "اقرأ الخبر من مصدره"),
        ("fr", "Publié dans Albawaba le 02 - 10 - 2015", "Lire l’article depuis sa source"),
    ],
)
def test_article_says_where_and_when_it_was_published(
    browser: Browser, sample: Sample, language: str, phrase: str, source: str
) -> None:
    answer = browser.get(f"/{language}/articles/{sample.seed}")
    assert phrase in words(answer)
    [link] = select(tree(answer), ".source a")
    assert link.text_content() == source
    assert link.get("href") == "http://albawaba.example/news/russia"
    assert set(link.get("rel").split()) == {"noopener", "noreferrer", "nofollow", "external"}


def test_phrase_stands_unbroken_in_the_source(browser: Browser, sample: Sample) -> None:
    assert "Published in Albawaba on 02 - 10 - 2015" in browser.get(f"/en/articles/{sample.seed}").text


def test_article_keeps_its_own_language_and_direction(browser: Browser, sample: Sample) -> None:
    for language in LANGUAGES:
        root = tree(browser.get(f"/{language}/articles/{sample.pictured}"))
        assert root.get("lang") == language
        for selector in ("h1", ".body"):
            [element] = select(root, selector)
            assert (element.get("lang"), element.get("dir")) == ("ar", "rtl")


def test_article_shows_text_authors_and_how_it_is_known(browser: Browser, sample: Sample) -> None:
    answer = browser.get(f"/en/articles/{sample.sectioned}")
    found = sample.archive.article(sample.sectioned)
    assert [p.text_content() for p in select(tree(answer), ".body p")] == found.text.split("\n")
    assert "By Mona Halim" in words(answer)
    assert found.made_by in words(answer)
    assert "12 June 2024, 09:00 UTC" in words(answer)
    assert select(tree(answer), ".kicker a[href=/en/sections/politics]")


def test_article_shows_its_kept_picture(browser: Browser, sample: Sample) -> None:
    [image] = select(tree(browser.get(f"/en/articles/{sample.pictured}")), "main img")
    assert image.get("src") == f"/pictures/{sample.picture}"
    assert image.get("alt") is not None
    assert not select(tree(browser.get(f"/en/articles/{sample.seed}")), "main img")


def test_article_shows_what_changed(browser: Browser, sample: Sample) -> None:
    root = tree(browser.get(f"/en/articles/{sample.revised}"))
    assert [e.text_content().strip() for e in select(root, ".readings del")] == ["promises"]
    added = [e.text_content().strip() for e in select(root, ".readings ins")]
    assert added[0] == "denies"
    assert added[1].startswith("A correction was added")
    assert not select(tree(browser.get(f"/en/articles/{sample.seed}")), ".readings")


def test_article_of_an_unknown_day_and_source_says_so(empty: Archive) -> None:
    empty.add_page("http://harbour.example/undated", page("Undated piece"), NOW)
    empty.follow()
    [headline] = empty.headlines()
    found = replace(empty.article(headline.id), published_on=None, published_at=None, url="ni:///sha-256;abc")
    empty.store.put(found)
    browser = Browser(make_app(empty))
    answer = browser.get(f"/en/articles/{headline.id}")
    assert "Published in The Harbour Post; the day is not known" in words(answer)
    assert "there is no link to its source" in words(answer)
    assert not select(tree(answer), ".source a")
    assert "Jour inconnu" in words(browser.get("/fr/latest"))


@pytest.mark.parametrize("path", ["latest", "publishers/harbour.example", "sections/politics", "latest?language=fr"])
def test_lists_page_back_to_the_first_article(browser: Browser, sample: Sample, path: str) -> None:
    chosen = {
        "latest": {},
        "publishers/harbour.example": {"publisher": "harbour.example"},
        "sections/politics": {"topic": "politics"},
        "latest?language=fr": {"language": "fr"},
    }[path]
    wanted = [headline.title for headline in sample.archive.headlines(**chosen, limit=1000)]
    seen: list[str] = []
    address: str | None = f"/en/{path}"
    pages = 0
    while address:
        answer = browser.get(address)
        assert answer.status_code == 200
        seen += titles(answer)
        root = tree(answer)
        assert bool(select(root, ".pages a[rel=first]")) == (pages > 0)
        links = select(root, ".pages a[rel=next]")
        address = links[0].get("href") if links else None
        pages += 1
    assert seen == wanted
    assert len(wanted) > 10


def test_front_page_shows_sections_and_publishers(browser: Browser, sample: Sample) -> None:
    root = tree(browser.get("/ar/"))
    assert select(root, ".lead h2 a")[0].get("lang") == "ar"
    headings = [h.text_content() for h in select(root, ".columns h3")]
    assert headings == ["سياسة", "اقتصاد", "رياضة"]
    assert len(select(root, ".names li")) == 4


def test_front_page_follows_the_archive(empty: Archive) -> None:
    browser = Browser(make_app(empty))
    assert "No articles here yet." in words(browser.get("/en/"))
    empty.add_page("http://harbour.example/first", page("The very first", on=NOW.date()), NOW)
    empty.follow()
    for path in ("/en/", "/en/latest", "/en/publishers", "/en/about", "/en/days"):
        assert "The very first" in words(browser.get(path))


def test_empty_archive_has_all_its_pages(empty: Archive) -> None:
    browser = Browser(make_app(empty))
    for path in ("", "latest", "sections", "sections/sport", "publishers", "days", "about", "search", "search?q=x"):
        for language in LANGUAGES:
            assert browser.get(f"/{language}/{path}").status_code == 200


def test_days_lead_to_each_other(browser: Browser, sample: Sample) -> None:
    days = [on for on, _ in sample.archive.days()]
    answer = tree(browser.get(f"/en/days/{days[1]}"))
    assert select(answer, "a[rel=prev]")[0].get("href") == f"/en/days/{days[0]}"
    assert select(answer, "a[rel=next]")[0].get("href") == f"/en/days/{days[2]}"
    calendar = tree(browser.get("/en/days"))
    years = [int(h.text_content()) for h in select(calendar, ".year h2")]
    assert years == sorted({on.year for on in days}, reverse=True)
    year = tree(browser.get(f"/en/days/{days[0].year}"))
    assert f"/en/days/{days[0]}" in [a.get("href") for a in select(year, ".calendar a")]


def test_search_marks_counts_and_refines(browser: Browser, sample: Sample) -> None:
    answer = browser.get("/en/search?q=aqueduct")
    root = tree(answer)
    results = sample.archive.search("aqueduct")
    assert f"{results.total} articles found" in words(answer)
    assert {mark.text_content().lower() for mark in select(root, ".snippet mark")} == {"aqueduct"}
    assert len(select(root, ".results > li")) == 20
    refine = next(a for a in select(root, ".facets a") if a.text_content().strip() == "English")
    narrowed = browser.get(refine.get("href"))
    assert narrowed.status_code == 200
    assert "aqueduct language:en" in html.tostring(
        select(tree(narrowed), "header input[name=q]")[0], encoding="unicode"
    )
    assert select(root, ".chart svg rect")


def test_every_facet_link_finds_what_it_counts(browser: Browser) -> None:
    for item in select(tree(browser.get("/en/search?q=aqueduct+OR+conseil")), ".facets li"):
        [link] = select(item, "a")
        number = select(item, ".meta")[0].text_content()
        found = browser.get(link.get("href"))
        assert re.search(rf"\b{number} articles? found", words(found)), link.get("href")


def test_search_pages_to_its_last_result(browser: Browser, sample: Sample) -> None:
    address: str | None = "/en/search?q=aqueduct&order=oldest"
    seen: list[str] = []
    while address:
        root = tree(browser.get(address))
        seen += [a.get("href") for a in select(root, ".results h2 a")]
        links = select(root, ".pages a[rel=next]")
        address = links[0].get("href") if links else None
    assert len(seen) == len(set(seen)) == sample.archive.search("aqueduct").total


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_that_cannot_be_understood(browser: Browser, language: str) -> None:
    answer = browser.get(f"/{language}/search?q=water+(council")
    assert answer.status_code == 400
    root = tree(answer)
    assert root.get("lang") == language
    [mark] = select(root, ".wrong mark")
    before = mark.getparent().text or ""
    assert f" {len(before) + 1}" in words(answer)
    assert select(root, "header input[name=q]")[0].get("value") == "water (council"


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("de, ar;q=0.5, en;q=0.4", "ar"),
        ("ar-EG,ar;q=0.9,en;q=0.8", "ar"),
        ("en;q=0.1, fr;q=0.2", "fr"),
        ("ar;q=0", "en"),
        ("ar;q=nonsense, fr;q=0.1", "fr"),
        ("*, ;;;,,=q", "en"),
    ],
)
def test_home_leads_to_the_readers_language(browser: Browser, asked: str, language: str) -> None:
    answer = browser.get("/", accept_language=asked, host="evil.test")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"/{language}/"
    assert answer.headers["vary"] == "Accept-Language"
    assert preferred(asked) == language


def test_language_alone_leads_to_its_front_page(browser: Browser) -> None:
    assert browser.get("/ar", host="evil.test").headers["location"] == "/ar/"
