"""What is told of a reading: which source won, what was passed over, and what came of each block."""

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.archive import look_at_file
from rawi.core import headlines, reading, reasons, recipes
from rawi.core.authors import Named
from rawi.core.headlines import Candidate
from rawi.core.lines import PLAIN_LINK, Line
from rawi.core.reading import ToRead
from rawi.core.reasons import FIELDS, Field
from rawi.model import Exchange
from tests.core.test_extract import AT, PARAGRAPHS, PLAIN, URL, ld, og, page
from tests.core.test_text import ZULU
from tests.shared import ROOT, shared

RECIPE = b"""hosts = ["harbour.example"]
[[rules]]
headline = "h2.real"
authors = "p.who"
date = "p.when"
text = "div.story"
section = "p.where"
pictures = "figure"
not_article_addresses = ["/tag/*"]
"""


def asked(html: str | bytes, url: str = URL, media_type: str = "text/html; charset=utf-8", at: datetime = AT) -> ToRead:
    body = html.encode() if isinstance(html, str) else html
    exchange = Exchange(
        url=url,
        at=at,
        status=200,
        request=b"",
        head=b"",
        body=body,
        media_type=media_type,
        purpose="article",
        source="test",
    )
    return ToRead(capture="c", captured_at=at, exchange=exchange)


def told(html: str | bytes, **other: str) -> dict[str, Field]:
    return {field.name: field for field in reasons.fields(reading.explain(asked(html, **other)))}


def test_reading_and_explaining_give_the_same_article() -> None:
    one = asked(page(og("title", PLAIN)))
    looked = reading.explain(one)
    assert reading.read(one) == looked.reading
    assert looked.explanation
    assert looked.explanation.article == looked.reading.article


def test_every_field_is_told_in_order() -> None:
    found = reasons.fields(reading.explain(asked(page())))
    assert [field.name for field in found] == list(FIELDS)
    assert found[0].value == "an article"


def test_a_headline_is_told_with_its_sources_and_the_ones_passed_over() -> None:
    headline = told(page(ld(headline=f"{PLAIN}, two hundred saved") + og("title", PLAIN)))["headline"]
    assert (headline.value, headline.source) == (f"{PLAIN}, two hundred saved", "JSON-LD of a news article")
    assert "JSON-LD of a news article +6.00" in headline.why
    (other,) = headline.passed
    assert (other.value, other.source) == (PLAIN, "og:title, h1")


def test_the_first_of_what_is_judged_is_what_is_chosen() -> None:
    found = (Candidate(PLAIN, "h1"), Candidate("Ferry struck", "og"), Candidate("The Harbour Post", "title"))
    judged = headlines.judged(found, ("The Harbour Post",), URL)
    assert judged[0].text == headlines.choose(found, ("The Harbour Post",), URL)
    assert [one.weight for one in judged] == sorted((one.weight for one in judged), reverse=True)
    for one in judged:
        assert one.weight == pytest.approx(sum(weight for _, weight in one.reasons))
    assert headlines.judged((), (), URL) == []


def test_a_page_without_a_headline_says_what_stands_for_it() -> None:
    headline = told(page(before=""))["headline"]
    assert headline.source == "the text"
    assert "first words" in headline.why


def test_authors_say_where_they_are_named_and_where_only_the_paper_is() -> None:
    head = og("site_name", "The Harbour Post") + ld(author="The Harbour Post")
    authors = told(page(head, before=f'<h1>{PLAIN}</h1><p class="byline">By Mona Halim</p>'))["authors"]
    assert (authors.value, authors.source) == ("Mona Halim", "the by-line that is seen nearest to the headline")
    assert [(one.value, one.source, one.why) for one in authors.passed] == [
        ("The Harbour Post", "JSON-LD of the article", "names only the paper")
    ]
    assert told(page('<meta name="author" content="Mona Halim">'))["authors"].source == "a meta element"
    assert told(page())["authors"].why.startswith("nobody is named")


def test_dates_say_their_witnesses() -> None:
    head = ld(datePublished="2025-03-14", dateModified="2025-03-15T08:00:00+02:00")
    head += '<meta property="article:published_time" content="2024-01-02">'
    found = told(page(head))
    published, modified = found["published"], found["modified"]
    assert published.value == "2025-03-14"
    assert published.source == "JSON-LD"
    assert "not 2024-01-02 (meta)" in published.why
    assert [(one.value, one.source) for one in published.passed] == [("2024-01-02", "a meta element")]
    assert (modified.value[:10], modified.source) == ("2025-03-15", "JSON-LD")


def test_a_date_of_the_address_and_one_that_is_not_taken() -> None:
    by_address = told(page(), url="https://www.harbour.example/2025/03/14/ferry")["published"]
    assert (by_address.value, by_address.source) == ("2025-03-14", "the address")
    future = told(page(ld(datePublished="2031-01-01")))["published"]
    assert future.value == ""
    assert "2031-01-01, is later than its capture: not taken" in future.why


def test_section_topic_and_language() -> None:
    found = told(page(ld(articleSection=["Sports", "Coast"])))
    assert (found["section"].value, found["section"].source) == ("Sports", "JSON-LD of the article")
    assert [one.value for one in found["section"].passed] == ["Coast"]
    assert (found["topic"].value, found["topic"].source, found["topic"].why) == ("sport", "section", "Sports")
    assert (found["language"].value, found["language"].source) == ("en", "the text")
    french = told(page(lang="fr"))["language"]
    assert (french.value, [one.value for one in french.passed]) == ("en", ["fr"])


def test_a_language_says_whether_the_text_or_the_page_tells_it() -> None:
    sure = told(page())["language"]
    assert (sure.source, sure.why) == ("the text", "its letters and words; the page declares the same")
    row = "<html lang='{0}'><body><h1>Syria</h1></body></html>"
    alike = told(row.format("en"))["language"]
    assert (alike.value, alike.source, alike.passed) == ("en", "the page", ())
    assert "weakly" in alike.why
    other = told(row.format("fr"))["language"]
    assert (other.value, other.source) == ("fr", "the page")
    assert [(one.value, one.why) for one in other.passed] == [("en", "weak evidence")]
    strange = told(f"<html lang=en><body><h1>{ZULU[:60]}</h1><p>{ZULU}</p></body></html>")["language"]
    assert (strange.value, strange.why) == ("", "its words are of no language that is known here")
    assert [(one.value, one.source) for one in strange.passed] == [("en", "the page")]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("2024-11-22T08:22:44+02:00", "2024-11-22 08:22:44+02:00"),
        ("2024-11-22T08:22:44Z", "2024-11-22 08:22:44+00:00"),
        ("2024-11-22", "2024-11-22"),
        ("22 November 2024", "2024-11-22 (“22 November 2024”)"),
        ("2024-11-22T01:22:44.5+0300", "2024-11-22 01:22:44+03:00"),
        ("2024-11-22T08:22", "2024-11-22 (“2024-11-22T08:22”)"),
        ("Fri, 22 Nov 2024 08:22:44 +0200", "2024-11-22 08:22:44+02:00 (“Fri, 22 Nov 2024 08:22:44 +0200”)"),
    ],
)
def test_a_date_has_the_offset_of_its_page_and_its_day_once(said: str, value: str) -> None:
    assert told(page(ld(datePublished=said)))["published"].value == value


def test_a_section_that_is_a_part_of_the_address_is_no_wording() -> None:
    url = "https://www.harbour.example/news/bayern/ferry"
    assert "a part of the page's address" in told(page(ld(articleSection="bayern")), url=url)["section"].why
    assert told(page(ld(articleSection="Bayern")), url=url)["section"].why == "what is said first"
    assert told(page(ld(articleSection="bayern")))["section"].why == "what is said first"


def test_the_reason_of_no_article_stands_apart_from_what_is_noted() -> None:
    dated = "<p class=date>02/03/2025</p>"
    looked = reading.explain(asked(f"<html><body><h1>{PLAIN}</h1>{dated}</body></html>"))
    kind, *_ = reasons.fields(looked)
    assert looked.reading.problem == kind.why
    assert "; " not in kind.why
    assert kind.notes
    assert kind.why not in kind.notes


def constants(call: ast.Call, at: int, name: str) -> set[str]:
    """The texts that an argument of a call may be, where they are written there."""
    given = [one.value for one in call.keywords if one.arg == name] + call.args[at : at + 1]
    found = [node.value for one in given for node in ast.walk(one) if isinstance(node, ast.Constant)]
    return {value for value in found if isinstance(value, str)}


@pytest.mark.parametrize(
    ("record", "at", "name", "words", "more"),
    [
        ("Candidate", 1, "source", reasons._OF_HEADLINES, {"h1", "later", "og", "twitter", "meta", "news", "json"}),
        ("Named", 1, "source", reasons._OF_AUTHORS, {"JSON-LD", "meta", "microdata"}),
        ("_Clue", 0, "kind", reasons._OF_DATES, set()),
    ],
)
def test_every_source_has_its_words(record: str, at: int, name: str, words: dict[str, str], more: set[str]) -> None:
    found = set(more)
    for file in (ROOT / "src/rawi/core").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == record and file.name != "agencies.py":
                found |= constants(node, at, name)
    assert found <= words.keys()
    assert found >= more


def test_every_source_of_a_section_has_its_words() -> None:
    tree = ast.parse((ROOT / "src/rawi/core/page.py").read_text("utf-8"))
    maker = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "_sections")
    pairs = [node for node in ast.walk(maker) if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    seconds = [pair.elts[1] for pair in pairs]
    found = {one.value for one in seconds if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    assert {"JSON-LD", "microdata", "meta", "path"} <= found
    assert found <= reasons._OF_SECTIONS.keys()


def test_a_source_without_words_ends_no_reading() -> None:
    explained = reading.explain(asked(page(ld(articleSection="Sports", author="Mona Halim"))))
    found = explained.explanation
    assert found
    strange = replace(
        found.declared,
        sections=(("Sports", "smoke"),),
        named=(Named(("Mona Halim",), "smoke"),),
        headlines=(Candidate(PLAIN, "h1"), Candidate("Ferry", "smoke")),
        witnesses=tuple(replace(one, kind="smoke") for one in found.declared.witnesses),
    )
    fields = {one.name: one for one in reasons.fields(replace(explained, explanation=replace(found, declared=strange)))}
    assert (fields["section"].source, fields["authors"].source) == ("smoke", "smoke")


def test_a_section_passes_over_that_of_the_address() -> None:
    topic = told(page(ld(articleSection="Politics")), url="https://www.harbour.example/sport/ferry-struck")["topic"]
    assert topic.value == "politics"
    assert ("sport", "address") in [(one.value, one.source) for one in topic.passed]


def test_credit_and_pictures() -> None:
    head = og("image", "https://www.harbour.example/f.jpg")
    figure = '<figure><img src="/f.jpg" width="640"><figcaption>The ferry under tow.</figcaption></figure>'
    found = told(page(head, before=f"<h1>{PLAIN}</h1>{figure}<p>PORT SALWA (Reuters) - {PARAGRAPHS[0]}</p>"))
    assert (found["credit"].source, found["credit"].why) == ("first line", "names Reuters")
    assert (found["picture"].value, found["picture"].source) == (
        "https://www.harbour.example/f.jpg",
        "JSON-LD or OpenGraph",
    )
    assert "caption: The ferry under tow." in found["picture"].why


def test_a_recipe_is_named_for_all_that_it_points_at() -> None:
    (recipe,) = recipes.gather([("harbour.toml", RECIPE)]).all
    (rules,) = recipe.rules
    body = (
        f'<h2 class="real">The real one</h2><p class="who">Mona Halim</p><p class="when">14 March 2025</p>'
        f'<p class="where">Coast</p><figure><img src="/f.jpg"></figure><div class="story">{PARAGRAPHS[0]}</div>'
    )
    looked = reading.explain(replace(asked(page(after=body)), recipe=rules))
    found = {field.name: field for field in reasons.fields(looked, rules.id)}
    assert found["recipe"].value == rules.id
    for name in ("headline", "authors", "published", "section", "picture"):
        assert found[name].source == f"recipe {rules.id}", name
    assert found["text"].source == f"where its recipe {rules.id} points"
    assert found["headline"].value == "The real one"
    assert PLAIN in [one.value for one in found["headline"].passed]
    assert "blocks" in found["text"].passed[0].source
    assert looked.explanation
    assert not reasons.is_of_blocks(looked.explanation)


def test_each_key_of_a_recipe_that_finds_nothing_is_told() -> None:
    text = """hosts = ["harbour.example"]
[[rules]]
headline = "b.none"
authors = ["b.none", "p.who"]
date = "b.none"
text = "b.none"
section = "p.where"
pictures = "b.none"
drop = "b.none"
"""
    (recipe,) = recipes.gather([("harbour.toml", text.encode())]).all
    looked = reading.explain(
        replace(asked(page(after="<p class=who>45</p><p class=where> </p>")), recipe=recipe.rules[0])
    )
    found = {field.name: field for field in reasons.fields(looked, recipe.rules[0].id)}
    assert sorted(found["recipe"].notes) == [
        "authors found no name in what it points at",
        "date found nothing",
        "drop found nothing",
        "headline found nothing",
        "pictures found nothing",
        "section found only what is empty",
        "text found nothing",
    ]
    (recipe,) = recipes.gather([("harbour.toml", RECIPE)]).all
    none = reading.explain(replace(asked("<p>Nothing here"), recipe=recipe.rules[0]))
    assert "authors found nothing" in reasons.fields(none)[1].notes


def test_a_page_that_a_recipe_calls_no_article_is_not_looked_at() -> None:
    (recipe,) = recipes.gather([("harbour.toml", RECIPE)]).all
    tag = replace(asked(page(), url="https://harbour.example/tag/coast"), recipe=recipe.rules[0])
    kind, by = reasons.fields(reading.explain(tag), recipe.rules[0].id)
    assert (kind.value, by.value) == ("no article", recipe.rules[0].id)
    assert "/tag/*" in kind.why


def test_why_a_page_is_no_article() -> None:
    found = told("<html><head><title>Just a moment...</title></head><body><p>Checking your browser</p></body></html>")
    assert found["kind"].value == "no article"
    assert "challenge of a firewall" in found["kind"].why
    assert "challenge of a firewall" in found["text"].why
    (kind,) = told(b"%PDF-1.4", media_type="application/pdf").values()
    assert (kind.value, kind.why) == ("no article", "not a page: a PDF")


def test_text_that_only_json_has() -> None:
    body = "\n".join(f"{paragraph} And so on the day {n}." for n, paragraph in enumerate(PARAGRAPHS * 2))
    html = f"<html><head>{ld(headline=PLAIN, articleBody=body)}</head><body><h1>{PLAIN}</h1></body></html>"
    text = told(html)["text"]
    assert "JSON-LD" in text.source
    assert [one.source for one in text.passed] == ["the blocks of the page"]


def test_a_text_page_and_a_line_of_json() -> None:
    said = f"{PLAIN}\nPublished in The Harbour Post on 02 - 10 - 2015\n\n" + "\n".join(PARAGRAPHS)
    found = told(said, media_type="text/plain; charset=utf-8")
    for name in ("headline", "published", "text"):
        assert found[name].source == reading.TEXT_PAGE, name
    row = {"title": PLAIN, "text": "\n".join(PARAGRAPHS), "date": "2015-10-02", "section": "Coast", "authors": ["Mona"]}
    found = told(json.dumps(row), media_type=reading.ARTICLE_JSON)
    for name in ("headline", "authors", "published", "section", "text"):
        assert found[name].source == reading.JSON_LINE, name


# ------------------------------------------------------------------------------------- block by block


def line(words: str, why: str = "text", *, is_text: bool = True) -> Line:
    return Line(words, "p", "", is_text, 0.9, why)


def test_plain_links_are_folded_and_nothing_else() -> None:
    link = line("Home", PLAIN_LINK, is_text=False)
    some = [link, link, line("One"), link, line("Two")]
    assert list(reasons.folded(some)) == [2, some[2], 1, some[4]]
    assert list(reasons.folded([])) == []


def test_blocks_that_are_taken_off_again_are_no_text() -> None:
    explanation = reading.explain(asked(page())).explanation
    assert explanation
    first, when, *rest = [line(PLAIN), line("Fri 14 Mar 2025, 7.40pm"), *map(line, PARAGRAPHS), line("Unlike the rest")]
    found = reasons.blocks(replace(explanation, lines=(first, when, *rest)))
    assert [one.is_text for one in found] == [False, False, True, True, True, True]
    assert [one.why for one in found[:2]] == ["the headline", "says only who, when or how long"]


def test_every_block_is_there() -> None:
    links = '<ul><li><a href="/1">Home</a></li><li><a href="/2">Sport</a></li></ul>'
    looked = reading.explain(asked(page(after=f"{links}<div>© The Harbour Post. All rights reserved.</div>")))
    assert looked.explanation
    found = reasons.blocks(looked.explanation)
    assert [one.text for one in found if one.is_text] == PARAGRAPHS
    words = " ".join(one.text for one in found)
    assert all(said in words for said in ("Home", "Sport", PLAIN, "© The Harbour Post. All rights reserved."))


@given(st.text(alphabet="<>/=\"' apbdivh1:[]{}&#x0;١٤آ\ud800\u202e\x00", max_size=300))
def test_nothing_makes_it_fail(mess: str) -> None:
    looked = reading.explain(
        asked((page() + mess).encode("utf-8", "surrogatepass"), at=datetime(2025, 1, 1, tzinfo=UTC))
    )
    for field in reasons.fields(looked):
        (field.value + field.why + field.source).encode()
    if looked.explanation:
        reasons.blocks(looked.explanation)


def test_a_section_of_the_path_of_links_is_told() -> None:
    crumbs = [
        {"@type": "ListItem", "position": at, "item": {"@id": f"https://harbour.example{path}", "name": name}}
        for at, (name, path) in enumerate([("Home", "/"), ("Seaside", "/seaside/")], 1)
    ]
    path = json.dumps({"@type": "BreadcrumbList", "itemListElement": crumbs})
    found = told(page(f'<script type="application/ld+json">{path}</script>'))
    assert (found["section"].value, found["section"].source) == ("Seaside", "the page's path of links")


def truth(name: str) -> Iterator[tuple[str, Path]]:
    """The address and the file of every labelled page of a set."""
    folder = shared("data/" + name)
    if (folder / "truth.jsonl").exists():
        for line in (folder / "truth.jsonl").read_text("utf-8").splitlines():
            one = json.loads(line)
            yield one["url"], folder / "html" / f"{one['id']}.html.gz"
    else:
        for file in sorted((folder / "ground-truth").glob("*.json")):
            yield json.loads(file.read_text("utf-8")).get("url") or "", folder / "html" / f"{file.stem}.html.gz"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fundus", "arabic11", "wcxb/dev"])
def test_every_real_page_can_be_looked_at(name: str) -> None:
    count = 0
    for url, file in truth(name):
        looked = look_at_file(file, url=url)
        assert [field for field in FIELDS if field in {one.name for one in looked.fields}] == list(
            dict.fromkeys(one.name for one in looked.fields)
        ), url
        count += 1
    assert count > 3
