"""The page that explains a reading, in a real browser: it fits every screen, and asks nobody for anything."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from rawi.archive import look_at_file
from rawi.web.explained import page_of
from tests import services
from tests.web.conftest import SENTENCES, page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = "a-name-without-any-blank-" * 12


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_it_fits_every_screen_and_asks_nobody(tmp_path: Path, language: str, direction: str) -> None:
    source = tmp_path / "page.html"
    extra = f"<p class='{LONG}'>{SENTENCES[language]} {LONG}</p><img src='/f.jpg'>"
    source.write_text(page(SENTENCES[language][:60], language=language, extra=extra), "utf-8")
    out = tmp_path / "out.html"
    out.write_text(page_of(look_at_file(source, url="https://harbour.example/1")), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=services.chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for width, scheme in ((320, "light"), (390, "dark"), (1280, "light")):
            opened = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
            asked: list[str] = []
            faults: list[str] = []
            opened.on("request", lambda request, asked=asked: asked.append(request.url))
            opened.on("console", lambda message, faults=faults: faults.append(message.text))
            opened.goto(out.as_uri())
            assert opened.evaluate("document.documentElement.scrollWidth") <= width
            styles = "[getComputedStyle(x).direction, getComputedStyle(x).backgroundColor]"
            words = opened.locator("li.is-text p.words").first
            assert words.evaluate(f"x => {styles}")[0] == direction
            # The style was let in by its digest: text and no text have grounds of their own.
            grounds = {
                opened.locator(f"li.{one}").first.evaluate(f"x => {styles}")[1] for one in ("is-text", "no-text")
            }
            assert len(grounds) == 2
            assert (asked, faults) == ([out.as_uri()], [])
        browser.close()
