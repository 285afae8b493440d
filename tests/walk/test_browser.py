"""The journey as a reader makes it, in a real browser and in three languages."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, sync_playwright

from rawi.serving import serving
from tests import services
from tests.walk.press_archive import gathered, started

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = {
    "en": ("ferry", "Search", "Published in", "Read the story from its source", "ltr"),
    "ar": ("العبارة", "بحث", "نشر في", "مصدره", "rtl"),
    "fr": ("ferry", "Rechercher", "Publié dans", "source", "ltr"),
}
"""A word that finds something, the button, the words on an article's page, the direction."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("browser") / "archive"
    with started() as press, gathered(place, press) as archive, serving(archive) as url:
        yield url


@pytest.fixture
def page(site: str) -> Iterator[Page]:
    """A page of the browser; the test fails when it asked another host, or when something on a page failed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=services.chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        asked: list[str] = []
        faults: list[str] = []
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("requestfailed", lambda request: faults.append(request.url) if is_fault(request) else None)
        yield opened
        browser.close()
        assert [url for url in asked if not url.startswith((site, "data:"))] == []
        assert faults == []


def is_fault(request: Request) -> bool:
    """Whether a request failed by itself: those that end because the reader goes on to another page did not."""
    return request.failure != "net::ERR_ABORTED"


@pytest.mark.parametrize("language", list(WORDS))
def test_from_the_front_page_by_search_to_an_article(page: Page, site: str, language: str) -> None:
    word, button, published, source, direction = WORDS[language]
    page.goto(f"{site}{language}/")
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, direction)
    page.get_by_role("searchbox").first.fill(word)
    page.get_by_role("button", name=re.compile(button)).first.click()
    assert page.locator("mark").count() > 0
    page.locator("main h2 a, main h3 a").first.click()
    main = page.locator("main")
    assert main.get_by_text(re.compile(published)).count() > 0
    link = main.get_by_role("link", name=re.compile(source)).first
    assert re.match(r"http://127\.0\.0\.\d+:\d+/", link.get_attribute("href") or "")
    assert "noopener" in (link.get_attribute("rel") or "")


def test_an_article_shows_its_picture(page: Page, site: str) -> None:
    page.goto(f"{site}en/search?q=ferry")
    for address in [link.get_attribute("href") for link in page.locator("main h2 a, main h3 a").all()]:
        page.goto(f"{site.rstrip('/')}{address}" if str(address).startswith("/") else f"{page.url}/../{address}")
        picture = page.locator("figure img")
        if picture.count():
            assert picture.first.evaluate("image => image.complete && image.naturalWidth") > 100
            return
    pytest.fail("no article about the ferry has a picture")


@pytest.mark.parametrize("language", list(WORDS))
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_the_screen(page: Page, site: str, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in (
        "",
        "sections",
        "publishers",
        "days",
        "search?q=ferry&by=publisher",
        "compare?q=ferry&q=water",
        "about",
    ):
        page.goto(f"{site}{language}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{language}/{path}"


@pytest.mark.parametrize("language", list(WORDS))
def test_a_search_is_narrowed_drawn_and_compared(page: Page, site: str, language: str) -> None:
    word = WORDS[language][0]
    page.goto(f"{site}{language}/search?q={word}")
    found = page.locator(".results > li").count()
    box = page.locator("svg.plot").bounding_box()
    assert box
    assert box["width"] > 600
    bar = page.locator("svg.plot .bars rect").first.bounding_box()
    assert bar
    assert box["x"] <= bar["x"] <= box["x"] + box["width"]
    page.locator(".facets a").first.click()
    assert page.locator(".conditions li").count() == 1
    page.locator(".conditions a").first.click()
    assert page.locator(".results > li").count() == found
    page.locator(".options a").last.click()
    assert page.locator("svg.plot polyline").count() > 1
    page.locator(".files a").last.click()
    page.locator("#q1").fill("minister" if language == "en" else WORDS["fr"][0] if language == "ar" else "eau")
    page.locator("form.ask button").click()
    page.locator("svg.plot .letter").first.wait_for()
    assert page.locator("svg.plot .letter").all_text_contents() == ["A", "B"]
    page.locator("details summary").first.click()
    assert page.locator("figure table tbody tr").first.is_visible()


def test_days_reach_back_to_the_first_article(page: Page, site: str) -> None:
    page.goto(f"{site}en/days")
    years = [
        link.inner_text() for link in page.locator("main a").all() if re.fullmatch(r"\d{4}", link.inner_text().strip())
    ]
    assert min(years) == "2019"
    page.get_by_role("link", name="2019", exact=True).first.click()
    page.locator("main a[href*='days/2019-']").first.click()
    assert page.locator("main h2 a, main h3 a").count() >= 1
