"""What the site gives to hostile pages and hostile requests."""

import re

import pytest
from lxml import html

from rawi.archive import Archive
from rawi.web.app import SECURITY, make_app
from rawi.web.render import LANGUAGES
from tests.web.conftest import NOW, Browser, Sample, keep_picture, page, png

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HOSTILE = (
    "&lt;script&gt;alert(1)&lt;/script&gt; one",
    "&quot;&gt;&lt;img src=x onerror=alert(1)&gt; two",
    "&lt;/title&gt;&lt;base href=//evil.test&gt; three",
    "\u202egnp.exe \u2066\u2067 four",
    "{{ 7*7 }} {% raw %} five",
    "' onmouseover='alert(1) six",
    "]]&gt;&lt;!-- seven",
    "القاهرة \u202b(abc) eight",
)


@pytest.fixture(scope="module")
def hostile() -> Browser:
    from rawi.wiring import open_memory_archive

    archive = open_memory_archive(now=lambda: NOW)
    for number, title in enumerate(HOSTILE):
        html_page = page(title, on=NOW.date(), section=title, name=title, extra=f"<p>{title} {title}</p>")
        archive.add_page(f"http://evil{number}.example/'%22%3E%3Cscript%3E?{number}", html_page, NOW)
    archive.follow()
    return Browser(make_app(archive))


@pytest.mark.parametrize("path", ["", "latest", "publishers", "search?q=alert", "search?q=aqueduct", "days/2024-06-12"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_titles_stay_text(hostile: Browser, language: str, path: str) -> None:
    answer = hostile.get(f"/{language}/{path}")
    assert answer.status_code == 200
    check(answer.text)
    assert "49" not in html.document_fromstring(answer.text).xpath("string(//aside)")


def test_hostile_articles_stay_text(hostile: Browser) -> None:
    links = set(re.findall(r"/en/articles/[0-9a-f]{20}", hostile.get("/en/latest").text))
    assert len(links) == len(HOSTILE)
    for link in links:
        check(hostile.get(link).text)


def check(text: str) -> None:
    root = html.document_fromstring(text)
    assert not root.xpath("//script | //base | //*[@onerror or @onmouseover or @style]")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", text)
    assert all(image.get("src", "").startswith("/pictures/") for image in root.xpath("//img"))


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", '"><svg onload=alert(1)>', "\u202ex", "a\x00b", "%", "\ud7ff", "a" * 500]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_queries_stay_text(browser: Browser, language: str, query: str) -> None:
    from urllib.parse import quote

    answer = browser.get(f"/{language}/search?q={quote(query)}")
    assert answer.status_code in (200, 400)
    root = html.document_fromstring(answer.text)
    assert not root.xpath("//script | //*[@onload] | //main//svg[not(ancestor::figure)]")


BAD = [
    ("latest?before=x", 400),
    ("latest?before=20151002T000000.000000Z-" + "0" * 19, 400),
    ("latest?before=20151302T000000.000000Z-" + "0" * 20, 400),
    ("latest?before=00000102T000000.000000Z-" + "0" * 20, 400),
    ("latest?before=٢٠١٥١٠٠٢T000000.000000Z-" + "0" * 20, 400),
    ("latest?before=00010101T000000.000000Z-" + "0" * 20, 404),
    ("latest?language=%3Cscript%3E", 400),
    ("search?q=aqueduct&page=-1", 400),
    ("search?q=aqueduct&page=0", 400),
    ("search?q=aqueduct&page=1e9", 400),
    ("search?q=aqueduct&page=abc", 400),
    ("search?q=aqueduct&page=٣", 400),
    ("search?q=aqueduct&page=999999999999999999999", 400),
    ("search?q=aqueduct&page=500", 404),
    ("search?q=aqueduct&order=sideways", 400),
    ("search?q=" + "a" * 501, 400),
    ("search?q=" + "a" * 5000, 400),
    ("articles/" + "0" * 20, 404),
    ("articles/x", 404),
    ("articles/" + "F" * 20, 404),
    ("articles/%00", 404),
    ("articles/http:%2F%2Falbawaba.example%2Fnews%2Frussia", 404),
    ("articles/..%2f..%2fetc%2fpasswd", 404),
    ("publishers/nobody.example", 404),
    ("publishers/%ff%00", 404),
    ("sections/nothing", 404),
    ("sections/", 404),
    ("days/0", 404),
    ("days/99999999999999999999", 404),
    ("days/2015-13-40", 404),
    ("days/2015-02-30", 404),
    ("days/1999-01-01", 404),
    ("days/9999-12-31", 404),
    ("days/٢٠١٥-١٠-٠٢", 404),
    ("days/2015-10", 404),
    ("nope", 404),
    ("x" * 2000, 400),
    ("latest/", 404),
]


@pytest.mark.parametrize(("path", "status"), BAD)
def test_bad_requests_are_refused(browser: Browser, path: str, status: int) -> None:
    for language in LANGUAGES:
        answer = browser.get(f"/{language}/{path}")
        assert answer.status_code == status
        assert html.document_fromstring(answer.text).get("lang") == language
        for name, value in SECURITY.items():
            assert answer.headers[name] == value


@pytest.mark.parametrize("path", ["/de/", "/xx", "/favicon.ico", "/static/style-000000000000.css", "/static/../app.py"])
def test_unknown_addresses_speak_the_readers_language(browser: Browser, path: str) -> None:
    answer = browser.get(path, accept_language="fr")
    assert answer.status_code == 404
    assert html.document_fromstring(answer.text).get("lang") == "fr"
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_only_reading_is_allowed(browser: Browser, method: str) -> None:
    for path in ("/", "/ar/", "/ar/search", "/nope"):
        answer = browser.ask(method, path)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"
        assert answer.headers["content-security-policy"] == POLICY


def test_every_answer_carries_the_headers(browser: Browser, sample: Sample) -> None:
    style = re.search(r'href="(/static/style-[0-9a-f]{12}\.css)"', browser.get("/en/").text)
    assert style
    for path in ("/", "/en", "/en/", "/ar/latest", f"/fr/articles/{sample.seed}", "/en/search?q=(", style[1], "/nope"):
        answer = browser.get(path, host="evil.test")
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in answer.headers
        assert "evil.test" not in answer.text + str(answer.headers)


def test_static_files_are_kept_for_good(browser: Browser) -> None:
    page_text = browser.get("/en/").text
    for address in re.findall(r'href="(/static/[^"]+)"', page_text):
        answer = browser.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert browser.get(address, if_none_match=answer.headers["etag"]).status_code == 304


@pytest.mark.parametrize("path", ["/en/", "/ar/latest", "/fr/search?q=aqueduct", "/en/about"])
def test_known_pages_are_not_sent_again(browser: Browser, path: str) -> None:
    first = browser.get(path)
    tag = first.headers["etag"]
    again = browser.get(path, if_none_match=f'"other", W/{tag}')
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag
    assert again.headers["content-security-policy"] == POLICY
    assert browser.get(path, if_none_match='"other"').status_code == 200
    assert browser.get(path.replace("/en/", "/fr/") if "/en/" in path else "/en/").headers["etag"] != tag


def test_head_is_get_without_its_body(browser: Browser) -> None:
    whole, head = browser.get("/en/latest"), browser.ask("HEAD", "/en/latest")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["etag"] == whole.headers["etag"]


def test_picture_can_only_be_seen(browser: Browser, sample: Sample) -> None:
    answer = browser.get(f"/pictures/{sample.picture}")
    assert answer.status_code == 200
    assert answer.content == png()
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_is_no_safe_picture_is_not_served(empty: Archive) -> None:
    browser = Browser(make_app(empty))
    active = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for media_type, body in (("image/svg+xml", active), ("text/html", b"<p>x"), ("image/png", active)):
        capture = keep_picture(empty, f"http://manara.example/{media_type}", media_type, body)
        assert browser.get(f"/pictures/{capture}").status_code == 404
    capture = empty.add_page("http://harbour.example/page", page("A page"), NOW)
    for name in (capture.id, "0" * 20, "x", "%00", "..%2f"):
        assert browser.get(f"/pictures/{name}").status_code == 404


class Broken:
    """An archive that fails at everything."""

    name = "Rawi"

    def __getattr__(self, name: str) -> object:
        raise RuntimeError(f"secret of {name}")


@pytest.mark.parametrize("path", ["/ar/", "/ar/search?q=x", "/ar/articles/" + "0" * 20])
def test_fault_gives_a_page_that_tells_nothing(path: str) -> None:
    answer = Browser(make_app(Broken())).get(path)  # type: ignore[arg-type]
    assert answer.status_code == 500
    assert html.document_fromstring(answer.text).get("lang") == "ar"
    assert "حدث خطأ هنا" in answer.text
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"] == POLICY
