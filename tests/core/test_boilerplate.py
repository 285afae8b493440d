"""What papers put around their texts is no text of theirs; what only resembles it stays."""

import pytest

from rawi.core import boilerplate
from tests.core.test_body import PARAGRAPHS, paragraphs, read, why

PHRASES = [
    "To view this video please enable JavaScript, and consider upgrading to a web browser that supports HTML5 video",
    "Up Next",
    "Sign up for our daily push alerts here.",
    "Get in touch with our news team by emailing us at news@harbour.example.",
    "Got a story? Get in touch with our news team.",
    "Follow Harbour.example on Twitter and Facebook for the latest news updates.",
    "All times ET",
    "Das ist die Europäische Perspektive bei HR24.",
    "Abonnieren Sie hier unseren Newsletter und bleiben Sie informiert.",
    "Article réservé aux abonnés",
    "Inscrivez-vous à notre newsletter",
    "Suscríbete a nuestra newsletter",
    "اشترك في نشرتنا البريدية",
    "تابعونا على تلغرام",
]


@pytest.mark.parametrize("said", PHRASES)
def test_phrases_around_a_text(said: str) -> None:
    assert read(paragraphs(PARAGRAPHS[0], said, *PARAGRAPHS[1:], said)).text.split("\n") == PARAGRAPHS
    assert boilerplate.without_phrases(f"{PARAGRAPHS[0]}\n{said}") == PARAGRAPHS[0]


@pytest.mark.parametrize(
    "said",
    [
        "The party that is up next has not said whether its members would sign up for the plan that was put to them.",
        "All times are hard, the baker said, and these are harder than those that her mother had seen at the quay.",
        "“Follow us on Monday,” the mayor told the bakers, “and we shall show you where the water comes from now.”",
    ],
)
def test_sentences_that_hold_such_words(said: str) -> None:
    assert said in read(paragraphs(PARAGRAPHS[0], said, *PARAGRAPHS[1:])).text


def test_a_by_line_with_an_address_is_no_text() -> None:
    byline = "By staff reporter, jane.doe@harbour.example"
    found = read(paragraphs(byline, *PARAGRAPHS))
    assert found.text.split("\n") == PARAGRAPHS
    assert why(found, "By staff") == "the by-line"


def test_a_lone_time_element_is_no_text() -> None:
    found = read("<div><time datetime=2025-03-05>5 March</time></div>" + paragraphs(*PARAGRAPHS))
    assert found.text.split("\n") == PARAGRAPHS
    inside = PARAGRAPHS[0].replace("Monday", "<time datetime=2025-03-03>Monday</time>")
    assert read(paragraphs(inside, *PARAGRAPHS[1:])).text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize("last", ["<p>Quellen:</p>", "<p>المصادر:</p>", "<h3>Related matters</h3><p>Sources:</p>"])
def test_what_leads_to_nothing_at_the_end(last: str) -> None:
    assert read(paragraphs(*PARAGRAPHS) + last).text.split("\n") == PARAGRAPHS


def test_headings_in_a_row_are_a_list() -> None:
    rows = [f"{number}. The pump of ward {number} stood still for eleven days" for number in range(1, 6)]
    found = read(paragraphs(*PARAGRAPHS) + "".join(f"<h3>{row}</h3>" for row in rows))
    assert found.text.split("\n") == [*PARAGRAPHS, *rows]


def test_a_wall_is_no_text_and_a_text_behind_one_is() -> None:
    wall = "<h3>Subscribe to keep reading</h3><p>Already a subscriber? Log in. From six dinars a month.</p>"
    found = read(paragraphs(*PARAGRAPHS) + f"<div class=paywall>{wall}</div>")
    assert found.text.split("\n") == PARAGRAPHS
    assert why(found, "Already") == "in a box named “paywall”"
    inside = f"<div class=paywall>{paragraphs(*PARAGRAPHS[3:])}<p>Already a subscriber? Log in.</p></div>"
    assert "\n".join(PARAGRAPHS) in read(paragraphs(*PARAGRAPHS[:3]) + inside).text


def test_a_declared_text_with_the_words_of_a_box_does_not_replace_the_article() -> None:
    more = "Full speech: " + "We shall build what was promised, and pay for what was built. " * 80
    text = [f"{paragraph} It was ward {ward} that said so." for ward in range(5) for paragraph in PARAGRAPHS]
    declared = "\\n".join([*text[:-1], more.strip(), text[-1]])
    json_ld = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{declared}"}}</script>'
    assert read(paragraphs(*text), json_ld).text.split("\n") == text
    assert "Full speech" in read(paragraphs(*text[:2]), json_ld).text
