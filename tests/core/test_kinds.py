"""Pages that are no article are known for what they are; articles are never taken for one of them."""

# ruff: noqa: E501 - pages, one a line
from datetime import UTC, datetime

import pytest

from rawi.core.extract import extract
from rawi.core.reading import ToRead, read
from rawi.model import Exchange

LINE = "The ferry left the island at nine in the evening with two hundred and fourteen people on board, the port said, "
TEXT = (
    LINE + "and a freighter struck it two miles off the breakwater while the watch was changing on both of the ships."
)
URL = "https://www.harbour.example/2025/03/ferry"
HOME = "https://www.harbour.example/"


def page(title: str, body: str, head: str = "", lang: str = "en") -> str:
    return f'<!doctype html><html lang="{lang}"><head><title>{title}</title>{head}</head><body>{body}</body></html>'


def teasers(count: int, words: str = "A headline of another story of the day, number") -> str:
    return "".join(f'<div class="item"><h3><a href="/2025/story-{n}">{words} {n}</a></h3></div>' for n in range(count))


def said(html: str, url: str = URL, headers: dict[str, str] | None = None) -> str:
    found = extract(html, url, headers)
    return "" if found.text else " | ".join(found.notes)


CHALLENGES = [
    page("Just a moment...", "<h1>www.harbour.example</h1><p>Checking if the site connection is secure</p>"),
    page("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1><p>You are unable to access this.</p>"),
    page("Harbour", "<p>Checking your browser before accessing harbour.example. This process is automatic.</p>"),
    page("DDoS-Guard", "<h1>DDoS protection by DDoS-Guard</h1><p>Please wait while your browser is checked.</p>"),
    page("Pardon Our Interruption", "<p>As you were browsing something made us think you were a bot. " + "Words. " * 30 + "</p>"),
    page("Harbour", "<p>Please verify you are a human</p><div id='px-captcha'></div>"),
    page("harbour.example", "<p>Please enable JS and disable any ad blocker</p><script src='https://ct.captcha-delivery.com/c.js'></script>"),
    page("", "<iframe src='/_Incapsula_Resource?x=1'>Request unsuccessful. Incapsula incident ID: 1</iframe>"),
    page("Un instant…", "<p>Vérification de sécurité en cours. Cela peut prendre quelques secondes.</p>", lang="fr"),
    page("Nur einen Moment…", "<p>Dies ist eine Sicherheitsüberprüfung Ihres Browsers.</p>", lang="de"),
    page("Un momento…", "<p>Verificando que usted no es un bot.</p>", lang="es"),
    page("لحظة من فضلك", "<p>التحقق من المتصفح قبل الدخول إلى الموقع، يرجى الانتظار بضع ثوان.</p>", lang="ar"),
]  # fmt: skip
ERRORS = [
    page("404 Page not found | The Harbour Post", f"<h1>Page not found</h1><p>{LINE}</p>"),
    page("The Harbour Post", "<h1>404</h1><p>The page you are looking for does not exist. Try our search instead, please.</p>"),
    page("Error 404", "<p>We could not find what you asked for, but here is our front page and here is our search.</p>"),
    page("الصفحة غير موجودة", "<h1>عذرا، الصفحة غير موجودة</h1><p>ربما تم حذف الصفحة أو تغيير عنوانها، يمكنك العودة إلى الصفحة الرئيسية.</p>", lang="ar"),
    page("صحيفة الميناء", "<h1>الصفحة المطلوبة غير موجودة</h1><p>يمكنك العودة إلى الصفحة الرئيسية أو البحث في الموقع عما تريد.</p>", lang="ar"),
    page("Page introuvable - Le Havre", "<h1>Page introuvable</h1><p>La page que vous cherchez n'existe plus ou a été déplacée ailleurs.</p>", lang="fr"),
    page("Le Havre", "<h1>Cette page n'existe pas</h1><p>Retournez à l'accueil ou faites une recherche dans nos archives.</p>", lang="fr"),
    page("Seite nicht gefunden", "<p>Die Seite wurde verschoben oder gelöscht. Versuchen Sie es mit der Suche oder der Startseite.</p>", lang="de"),
    page("Página no encontrada", "<p>La página que busca no existe o ha cambiado de dirección. Vuelva a la portada del diario.</p>", lang="es"),
    page("Pagina non trovata", "<p>La pagina che cerchi non esiste più oppure ha cambiato indirizzo. Torna alla prima pagina.</p>", lang="it"),
    page("Sayfa bulunamadı", "<p>Aradığınız sayfa kaldırılmış ya da adresi değişmiş olabilir. Ana sayfaya dönebilirsiniz.</p>", lang="tr"),
    page("Страница не найдена", "<p>Возможно, она была удалена или её адрес изменился. Вернитесь на главную страницу сайта.</p>", lang="ru"),
    page("500 Internal Server Error", "<p>Something went wrong on our side, and we are working on it. Please come back later on.</p>"),
    page("403 Forbidden", "<h1>Forbidden</h1><p>You don't have permission to access this resource on this server, says the server.</p>"),
    page("Access denied", "<p>You do not have permission to view this page. Reference number 18.2f3e1 of the server of ours.</p>"),
]  # fmt: skip
PASSWORD = '<form><input name="u"><input type="password" name="p"><button>Go</button></form>'
SIGN_INS = [
    page("Sign in | The Harbour Post", f"<h1>Sign in</h1><p>Enter your address and your password to go on reading with us.</p>{PASSWORD}"),
    page("The Harbour Post", f"<h2>Log in to continue</h2>{PASSWORD}"),
    page("Connexion - Le Havre", f"<h1>Connexion</h1>{PASSWORD}", lang="fr"),
    page("تسجيل الدخول", f"<h1>تسجيل الدخول</h1><p>أدخل بريدك وكلمة المرور لتتابع القراءة في صحيفة الميناء اليومية المستقلة.</p>{PASSWORD}", lang="ar"),
    page("Anmelden", f"<h1>Anmelden</h1>{PASSWORD}", lang="de"),
    page("Create your account", f"<h1>Create your account</h1>{PASSWORD}"),
]  # fmt: skip
CONSENTS = [
    page("Before you continue", "<p>We and our partners store cookies and use your personal data with your consent.</p><button>Accept all</button>"),
    page("Harbour", "<div>" + "<p>We value your privacy. Our partners set cookies to measure, with your consent, how our pages are read.</p>" * 6
         + "</div><button>Accept all</button><button>Reject all</button>"),
    page("Le Havre", "<p>Avec votre consentement, nos partenaires et nous utilisons des cookies et vos données personnelles.</p><button>Tout accepter</button>", lang="fr"),
    page("Hafen", "<p>Datenschutz: Mit Ihrer Einwilligung nutzen wir und unsere Partner Cookies und Daten.</p><button>Alle akzeptieren</button>", lang="de"),
    page("الميناء", "<p>نستخدم نحن و شركاؤنا ملفات تعريف الارتباط وفق سياسة الخصوصية لمعالجة البيانات الشخصية.</p><button>قبول الكل</button>", lang="ar"),
]  # fmt: skip
SHELLS = [
    page("Harbour", '<div id="root"></div><script src="/app.js"></script>'),
    page("Harbour", '<div id="__next"><div></div></div><script src="/app.js"></script>'),
    page("Harbour", '<noscript>You need to enable JavaScript to run this app.</noscript><div id="x"></div><script src="/app.js"></script>'),
    page("Le Havre", "<noscript>Veuillez activer JavaScript pour voir cette page.</noscript><script src='/a.js'></script>", lang="fr"),
    page("الميناء", "<noscript>يرجى تفعيل جافا سكريبت</noscript><script src='/a.js'></script>", lang="ar"),
]  # fmt: skip
WEBSITE = '<meta property="og:type" content="website">'
LISTS = [
    ("front page", HOME, page("The Harbour Post", teasers(12), WEBSITE)),
    ("front page", "https://www.harbour.example/ar/", page("الميناء", teasers(15, "عنوان خبر آخر من أخبار اليوم رقم"), lang="ar")),
    ("front page", "https://www.harbour.example/index.html", page("The Harbour Post", teasers(30))),
    ("section front", "https://www.harbour.example/sport", page("Sport | The Harbour Post", teasers(40))),
    ("section front", "https://www.harbour.example/sport", page("Sport", teasers(10), WEBSITE)),
    ("section front", "https://www.harbour.example/politique", page("Politique", teasers(30, "Un titre d'un autre article du jour, numéro"), lang="fr")),
    ("section front", "https://www.harbour.example/w", page("World", teasers(9), '<script type="application/ld+json">{"@type": "CollectionPage"}</script>')),
    ("search page", "https://www.harbour.example/search?q=ferry", page("Search", teasers(10))),
    ("search page", "https://www.harbour.example/?s=ferry", page("Results for ferry", teasers(10))),
    ("that of a tag", "https://www.harbour.example/tag/ferry", page("Ferry", teasers(10))),
    ("that of an author", "https://www.harbour.example/author/dana", page("Dana Kettani", teasers(10))),
]  # fmt: skip
VIDEOS = [
    page("The ferry", "<video src='/v.mp4'></video>", '<meta property="og:type" content="video.other">'),
    page("The ferry", "<h1>The ferry</h1><p>Watch the ferry come in.</p>", '<script type="application/ld+json">{"@type": "VideoObject"}</script>'),
]  # fmt: skip


@pytest.mark.parametrize("html", CHALLENGES)
def test_challenges_of_firewalls(html: str) -> None:
    assert "a challenge of a firewall" in said(html)


@pytest.mark.parametrize("html", ERRORS)
def test_errors_that_come_as_pages(html: str) -> None:
    assert "tells of an error" in said(html)


@pytest.mark.parametrize("html", SIGN_INS)
def test_pages_to_sign_in(html: str) -> None:
    assert "to sign in or to register" in said(html)


@pytest.mark.parametrize("html", CONSENTS)
def test_walls_of_consent(html: str) -> None:
    assert "consent to cookies" in said(html)


@pytest.mark.parametrize("html", SHELLS)
def test_shells_that_need_a_browser(html: str) -> None:
    assert "it needs a browser" in said(html)


@pytest.mark.parametrize(("kind", "url", "html"), LISTS)
def test_lists_of_articles(kind: str, url: str, html: str) -> None:
    assert f"the page is a {kind}" in said(html, url) or f"the page is {kind}" in said(html, url)
    assert "links to articles, no text of its own" in said(html, url)


ARTICLE = f"<article><h1>Ferry struck</h1><p>{TEXT}</p><p>Then {TEXT}</p><p>So {TEXT} It was said.</p></article>"


def stories(count: int, day: str = "<time>5 May 2025</time>") -> str:
    teaser = f"<p>{TEXT.replace('nine', 'eight')}</p>{day}</article>"
    return "".join(f"<article><h2><a href=/2025/{n}>Ferry struck, number {n}</a></h2>{teaser}" for n in range(count))


@pytest.mark.parametrize("heading", ["World", "العالم"])
def test_a_section_front_by_its_shape(heading: str) -> None:
    html = page(f"{heading} | The Harbour Post", f"<h1>{heading}</h1>" + stories(9))
    assert "the page is a section front: 9 articles with a day of their own" in said(html, HOME + "world/")


@pytest.mark.parametrize(
    ("url", "html"),
    [
        (URL, page("World", "<h1>World</h1>" + stories(9))),
        (HOME + "world", page("World", "<h1>World</h1>" + stories(4))),
        (HOME + "world", page("World", "<h1>World</h1>" + stories(9, ""))),
        (HOME + "world", page("The world", "<h1>The world as it was told</h1>" + stories(9))),
        (HOME + "ferry", page("Ferry", ARTICLE.replace("Ferry struck", "Ferry") + stories(9))),
    ],
)
def test_what_only_looks_like_a_section_front(url: str, html: str) -> None:
    assert "section front" not in said(html, url)


@pytest.mark.parametrize("html", VIDEOS)
def test_pages_of_videos(html: str) -> None:
    assert "of a video" in said(html)


DECLARED = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry struck", '
    '"datePublished": "2025-03-14T09:05:00+02:00"%s}</script>'
)


@pytest.mark.parametrize(
    ("url", "html"),
    [
        (URL, page("404: the story of a page not found", ARTICLE)),
        (URL, page("Just a moment: the ferry", ARTICLE)),
        (URL, page("Ferry", ARTICLE + teasers(60), WEBSITE)),
        (URL, page("Ferry", ARTICLE + PASSWORD)),
        (URL, page("Ferry", ARTICLE + "<div>We use cookies. <button>Accept all</button></div>")),
        (URL, page("Ferry", ARTICLE + "<noscript>Please enable JavaScript</noscript><div id='root'></div>")),
        (HOME, page("Ferry", ARTICLE)),
        (HOME, page("Ferry", ARTICLE + teasers(20))),
        ("https://www.harbour.example/tag/ferry", page("Ferry", ARTICLE + teasers(20))),
        (URL, page("Ferry", f"<h1>Ferry</h1><p>{TEXT}</p>" + teasers(40), DECLARED % "")),
        (URL, page("Ferry", f"<h1>Ferry</h1><p>{TEXT}</p>" + PASSWORD, DECLARED % "")),
        (URL, page("Ferry", f"<h1>Ferry</h1><p>{TEXT}</p>")),
        (
            URL,
            page(
                "Cookies",
                "<h1>Cookies</h1>"
                + "".join(f"<p>{TEXT} Cookies and consent and our partners {n}.</p>" for n in range(4)),
            ),
        ),
    ],
)
def test_articles_are_articles(url: str, html: str) -> None:
    assert TEXT in extract(html, url).text


def test_a_teaser_of_a_paid_article_is_noted() -> None:
    short = f"<h1>Ferry struck</h1><p>{TEXT}</p>"
    paid = DECLARED % ', "isAccessibleForFree": false'
    assert any("not free to read" in note for note in extract(page("Ferry", short, paid), URL).notes)
    box = "<div>Subscribe to continue reading this article.</div>"
    assert any("not free to read" in note for note in extract(page("Ferry", short + box), URL).notes)
    whole = f"<h1>Ferry struck</h1>{''.join(f'<p>{n} {TEXT}</p>' for n in range(20))}"
    assert not any("not free" in note for note in extract(page("Ferry", whole, paid), URL).notes)
    assert not any("not free" in note for note in extract(page("Ferry", short, DECLARED % ""), URL).notes)


@pytest.mark.parametrize(
    ("head", "headers", "note"),
    [
        ("<meta name='robots' content='noarchive, noindex'>", {}, "noarchive, noindex"),
        ("<meta name='robots' content='max-image-preview:large'>", {}, ""),
        ("", {"X-Robots-Tag": "noarchive"}, "noarchive"),
        ("<meta name='tdm-reservation' content='1'>", {}, "text and data mining"),
        ("<meta name='tdm-reservation' content='0'>", {}, ""),
        ("", {"TDM-Reservation": "1"}, "text and data mining"),
    ],
)
def test_what_an_owner_reserves_is_noted(head: str, headers: dict[str, str], note: str) -> None:
    found = [said for said in extract(page("Ferry", ARTICLE, head), URL, headers).notes if said.startswith("its page")]
    assert (not found) if not note else any(note in one for one in found)


@pytest.mark.parametrize(
    "flood", ["<a href='/x'>one two three four five six</a>", "<div>", "<script>", "<input type=password>", "<h1>404 "]
)
def test_floods_are_read_in_little_time(flood: str) -> None:
    extract(page("404 " * 50_000, flood * 20_000), URL)


def test_a_capture_of_such_a_page_has_no_article_but_a_reason() -> None:
    at = datetime(2025, 3, 20, tzinfo=UTC)
    html = page(
        "Just a moment...", "<p>Checking your browser before accessing harbour.example, which takes some seconds.</p>"
    )
    head = b"HTTP/1.1 200 OK\r\nX-Robots-Tag: noarchive\r\n\r\n"
    exchange = Exchange(
        url=URL,
        at=at,
        status=200,
        request=b"",
        head=head,
        body=html.encode(),
        media_type="text/html",
        purpose="article",
        source="test",
    )
    found = read(ToRead(capture="c", captured_at=at, exchange=exchange))
    assert (found.article, found.problem) == (None, "the page is a challenge of a firewall: “Just a moment...”")
