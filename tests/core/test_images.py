"""The pictures of an article: its own, each once, with caption, credit and size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import page
from rawi.core.images import declared, images, same_file, split_caption
from rawi.core.outline import Outline
from rawi.model import Image

TEXT = "The ferry left the island at nine in the evening with two hundred and fourteen people on board, the port said."
P = f"<p>{TEXT}</p>"


def shown(
    html: str, said: list[Image] | None = None, around: str = "<article><h1>Ferry struck</h1>{}</article>"
) -> list[Image]:
    tree = page.parse(f"<html><body>{around.format(html)}</body></html>")
    return list(images(Outline(tree), said or []))


def addresses(html: str) -> list[str]:
    return [image.url for image in shown(html)]


def figure(inner: str, caption: str = "") -> str:
    return f"<figure>{inner}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def test_a_figure_with_its_caption_credit_and_size() -> None:
    html = figure(
        '<img src="/ferry.jpg" alt="A ferry" width="800" height="450">', "The ferry under tow. (Photo: AFP / Dana)"
    )
    assert shown(html + P) == [
        Image(
            url="/ferry.jpg", caption="The ferry under tow.", credit="AFP / Dana", alt="A ferry", width=800, height=450
        )
    ]


@pytest.mark.parametrize(
    "html",
    [
        P + figure('<img src="/own.jpg">') + P,
        P + '<img src="/own.jpg">' + P,
        figure('<img src="/own.jpg">') + P + P,
        P + P + figure('<img src="/own.jpg">'),
        P + '<div class="photo"><img src="/own.jpg"></div>' + P,
        P + '<p><img src="/own.jpg" width="640"></p>' + P,
        P + '<a href="/own.jpg"><img src="/own.jpg"></a>' + P,
        P + '<a href="#zoom"><img src="/own.jpg"></a>' + P,
        P + '<amp-img src="/own.jpg" width="640" height="480"></amp-img>' + P,
        P + '<noscript><img src="/own.jpg"></noscript>' + P,
        P + figure('<a href="/gallery/7"><img src="/own.jpg"></a>', "The ferry.") + P,
    ],
)
def test_what_is_the_articles_own(html: str) -> None:
    assert addresses(html) == ["/own.jpg"]


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/pixel.gif" width="1" height="1">',
        '<img src="/stats.jpg" width="1" height="1">',
        '<img src="/assets/logo.png">',
        '<img src="/icons/play.png">',
        '<img src="/mark.svg">',
        '<img src="data:image/gif;base64,R0lGOD">',
        '<img src="/photos/avatar-7.jpg">',
        '<div class="author-box"><img src="/dana.jpg"></div>',
        '<div class="related"><img src="/other.jpg"></div>',
        '<aside><figure><img src="/other.jpg"></figure></aside>',
        '<div class="share-bar"><img src="/send.png"></div>',
        '<a href="/2025/other-story"><img src="/other.jpg"></a>',
        '<a href="/2025/other-story"><figure><img src="/other.jpg"></figure><h3>Another story</h3></a>',
        '<article><a href="/x"><img src="/other.jpg"></a></article>',
        '<article><figure><img src="/other.jpg"></figure></article>',
        '<div class="newsletter"><img src="/letter.jpg"></div>',
        '<div id="comments"><img src="/smile.jpg"></div>',
        '<img src="/small.jpg" width="60">',
    ],
)
def test_what_is_not(html: str) -> None:
    assert addresses(f"{P}{html}{P}") == []


def test_pictures_outside_the_articles_part_are_others() -> None:
    around = '<header><img src="/head.jpg"></header><main><article><h1>Ferry</h1>{}</article></main>'
    around += '<div class="list"><figure><img src="/other.jpg"></figure></div><footer><img src="/foot.jpg"></footer>'
    html = figure('<img src="/own.jpg">') + P + P
    assert [image.url for image in shown(html, around=around)] == ["/own.jpg"]


@pytest.mark.parametrize(
    ("img", "url", "width"),
    [
        ('<img src="data:image/gif;base64,R0" data-src="/a.jpg">', "/a.jpg", None),
        ('<img src="/placeholder.gif" data-original="/a.jpg">', "/a.jpg", None),
        ('<img data-lazy-src="/a.jpg">', "/a.jpg", None),
        ('<img data-flickity-lazyload="/a.jpg">', "/a.jpg", None),
        ('<img src="/s.jpg" srcset="/s.jpg 320w, /m.jpg 640w, /l.jpg 1280w">', "/l.jpg", 1280),
        ('<img src="/s.jpg" srcset="/s.jpg 1x, /l.jpg 2x">', "/l.jpg", None),
        ('<img src="/s.jpg" srcset="/w=1,h=2/s.jpg 320w, /w=3,h=4/l.jpg 640w">', "/w=3,h=4/l.jpg", 640),
        ('<img src="/s.jpg" data-srcset="/s.jpg 320w,\n/l.jpg 640w">', "/l.jpg", 640),
        (
            '<picture><source srcset="/l.webp 900w"><source srcset="/m.webp 600w"><img src="/s.jpg"></picture>',
            "/l.webp",
            900,
        ),
        ('<img src="/a.jpg" srcset="">', "/a.jpg", None),
        ('<img src="/a.jpg" srcset="x y z 1e9w">', "/a.jpg", None),
        ('<img src="/a.jpg" width="640px">', "/a.jpg", 640),
    ],
)
def test_the_largest_size_that_is_offered(img: str, url: str, width: int | None) -> None:
    assert [(image.url, image.width) for image in shown(P + figure(img) + P)] == [(url, width)]


def test_the_height_goes_with_the_width() -> None:
    img = '<img src="/s.jpg" srcset="/s.jpg 320w, /l.jpg 1280w" width="320" height="180">'
    assert [(i.width, i.height) for i in shown(figure(img) + P)] == [(1280, 720)]


def test_one_picture_in_several_sizes_is_one() -> None:
    html = "".join(
        figure(f'<img src="{url}">', caption)
        for url, caption in (
            ("https://i.example/2025/ferry-tow-300x200.jpg", ""),
            ("https://i.example/2025/ferry-tow-1024x683.jpg?w=1024", "The ferry."),
            ("https://cdn.example/?url=https%3A%2F%2Fi.example%2F2025%2Fferry-tow.jpg", ""),
        )
    )
    assert [image.caption for image in shown(P + html + P)] == ["The ferry."]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://i.example/a/ferry-tow.jpg", "https://i.example/a/ferry-tow.jpg?w=300", True),
        ("https://i.example/a/ferry-tow_640w.jpg", "https://i.example/a/ferry-tow_1280w.webp", True),
        (
            "https://i.example/0123456789abcdef01/master/500.jpg",
            "https://i.example/0123456789abcdef01/master/1000.jpg",
            True,
        ),
        ("https://i.example/w=640,h=2/0123456789abc.jpg", "https://i.example/w=900,h=3/0123456789abc.jpg", True),
        ("https://i.example/2023/05/400.jpg", "https://i.example/2023/06/400.jpg", False),
        ("https://i.example/a/595971245.jpg", "https://i.example/a/595971246.jpg", False),
        ("https://i.example/show?id=1", "https://i.example/show?id=2", False),
        ("https://i.example/a/1.jpg", "https://i.example/a/2.jpg", False),
    ],
)
def test_which_addresses_are_of_the_same_picture(one: str, other: str, same: bool) -> None:
    assert (same_file(one) == same_file(other)) is same


def test_what_is_declared_of_a_picture_that_is_seen() -> None:
    node = {
        "image": {
            "@type": "ImageObject",
            "url": "/ferry-tow.jpg",
            "caption": "Under tow",
            "creditText": "Photo: Dana",
            "width": "1200",
        }
    }
    said = declared([node], {"og:image": "/ferry-tow-share.jpg"})
    found = shown(figure('<img src="/ferry-tow.jpg?w=600" width="600">') + P + P, said)
    assert found == [Image(url="/ferry-tow.jpg", caption="Under tow", credit="Dana", width=1200)]


def test_a_declared_picture_stands_where_none_is_seen_before_the_text() -> None:
    metas = {"og:image": "/crop.jpg", "og:image:width": "1200", "og:image:height": "630", "og:image:alt": "A ferry"}
    said = declared([], metas)
    assert shown(P + P, said) == [Image(url="/crop.jpg", alt="A ferry", width=1200, height=630)]
    assert [i.url for i in shown(figure('<img src="/lead.jpg">') + P, said)] == ["/lead.jpg"]
    assert shown(P, declared([], {"og:image": "/assets/logo.png"})) == []


@pytest.mark.parametrize(
    "value",
    [None, "", 3, [], {}, {"url": ["y"]}, [[["x"]]], {"url": {"a": 1}}, ["a", {"url": "b", "width": {"value": 4}}]],
)  # fmt: skip
def test_json_of_any_form(value: object) -> None:
    assert all(isinstance(image.url, str) for image in declared([{"image": value}], {}))


@pytest.mark.parametrize(
    ("said", "caption", "credit"),
    [
        ("The ferry. (Photo: AFP / Dana)", "The ferry.", "AFP / Dana"),
        ("The ferry. © AFP", "The ferry.", "AFP"),
        ("The ferry. Photo: Dana Kettani", "The ferry.", "Dana Kettani"),
        ("La navette. Crédit photo : Dana", "La navette.", "Dana"),
        ("Die Fähre. Foto: dpa", "Die Fähre.", "dpa"),
        ("Die Fähre | Bild: dpa", "Die Fähre", "dpa"),
        ("العبارة في الميناء (تصوير: دانا)", "العبارة في الميناء", "دانا"),
        ("العبارة في الميناء. تصوير: دانا", "العبارة في الميناء.", "دانا"),
        ("The ferry (Dana Kettani/Reuters)", "The ferry", "Dana Kettani/Reuters"),
        ("Photo: Dana Kettani", "", "Dana Kettani"),
        ("© AFP", "", "AFP"),
        ("The ferry (built in 1974).", "The ferry (built in 1974).", ""),
        (
            "The photo: a ferry in words that go on for a hundred letters and more, and on, and on, and on, and on.",
            None,
            "",
        ),
        ("", "", ""),
    ],
)
def test_captions_and_credits(said: str, caption: str | None, credit: str) -> None:
    assert split_caption(said) == (said if caption is None else caption, credit)


def test_a_credit_in_a_part_that_is_named_for_it() -> None:
    html = figure('<img src="/a.jpg">', 'The ferry. <span class="copyright">© Dana/AFP</span>')
    assert [(i.caption, i.credit) for i in shown(html + P)] == [("The ferry.", "Dana/AFP")]
    html = '<figure><img src="/a.jpg"><figcaption>The ferry.</figcaption><small class="credit">Dana</small></figure>'
    assert [(i.caption, i.credit) for i in shown(html + P)] == [("The ferry.", "Dana")]


def test_captions_without_a_figure() -> None:
    words = '<p class="wp-caption-text">The ferry. Photo: AFP</p>'
    html = f'<div class="wp-caption"><img src="/a.jpg" width="600">{words}</div>'
    assert [(i.caption, i.credit) for i in shown(P + html + P)] == [("The ferry.", "AFP")]


def test_a_gallery_gives_all_its_pictures_in_order() -> None:
    slides = "".join(figure(f'<img src="/gallery/slide-{n}-ferry.jpg">', f"Slide {n}.") for n in range(12))
    assert [i.caption for i in shown(slides)] == [f"Slide {n}." for n in range(12)]
    assert len(shown(f"{P}<div class='gallery'>{slides}</div>{P}")) == 12


@pytest.mark.parametrize(
    "flood",
    [
        "<figure><img src='/a.jpg'>",
        "<picture><source srcset='a b c'>",
        "<img srcset='" + "x " * 50_000 + "'>",
        "<p>" + TEXT,
    ],
)
def test_floods_are_read_in_little_time(flood: str) -> None:
    shown(flood * (20_000 if len(flood) < 1000 else 20))
    shown("(" * 100_000)
    split_caption("(Photo: " * 100_000)
    same_file("https://x.example/" + "a/" * 100_000)


@given(st.text(alphabet="<>/ =\"'abpimgsrcfigure.jpg0123:,()", max_size=300))
def test_no_page_brings_it_down(hostile: str) -> None:
    if (tree := page.parse(f"<html><body>{hostile}</body></html>")) is not None:
        images(Outline(tree))
    split_caption(hostile)
    same_file(hostile)
