"""Who wrote it: names in lines, in declarations, and where a page shows them."""

import json

import pytest

from rawi.core import bylines, page


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By Dana Kettani and Samir Haddad", ["Dana Kettani", "Samir Haddad"]),
        ("By Dana Kettani in Damascus", ["Dana Kettani"]),
        ("ByDana Kettani-", ["Dana Kettani"]),
        ("Written by: Dana Kettani", ["Dana Kettani"]),
        ("Reporting by Dana Kettani in Cairo; editing by Samir Haddad", ["Dana Kettani"]),
        ("Dana Kettani, Senior Editor", ["Dana Kettani"]),
        ("Dana Kettani, Damascus", ["Dana Kettani"]),
        ("Dana Kettani, March 14, 2025", ["Dana Kettani"]),
        ("Dana Kettani dk@harbour.example", ["Dana Kettani"]),
        ("@danakettani", []),
        ("Dana Kettani, AFP", ["Dana Kettani", "AFP"]),
        ("Dana Kettani / dpa", ["Dana Kettani", "dpa"]),
        ("AFP/Reuters", ["AFP", "Reuters"]),
        ("Associated Press", ["Associated Press"]),
        ("Dana Kettani, Samir Haddad et Lina Khoury", ["Dana Kettani", "Samir Haddad", "Lina Khoury"]),
        ("Par Dana Kettani à Beyrouth", ["Dana Kettani"]),
        ("Propos recueillis par Dana Kettani", ["Dana Kettani"]),
        ("Dana Kettani avec AFP", ["Dana Kettani", "AFP"]),
        ("Von Dana Kettani und Samir Haddad", ["Dana Kettani", "Samir Haddad"]),
        ("Por Dana Kettani y Samir Haddad", ["Dana Kettani", "Samir Haddad"]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Av Dana Kettani og Samir Haddad", ["Dana Kettani", "Samir Haddad"]),
        ("Yazan: Dana Kettani", ["Dana Kettani"]),
        ("كتب: سمير حداد", ["سمير حداد"]),
        ("كتبت دانا الكتاني من بيروت", ["دانا الكتاني"]),
        ("تقرير سمير حداد ودانا", ["سمير حداد ودانا"]),
        ("سمير حداد - مراسل المرفأ", ["سمير حداد"]),
        ("سمير حداد، مراسل المرفأ", ["سمير حداد"]),
        ("أ ف ب", ["أ ف ب"]),
        ("山田太郎記者", ["山田太郎"]),
        ("김하나 기자", ["김하나"]),
        ("admin", []),
        ("Senior Editor", ["Senior Editor"]),
        ("Byron Smith", ["Byron Smith"]),
        ("Ludwig von der Aue", ["Ludwig von der Aue"]),
        ("dana-kettani", ["Dana Kettani"]),
        ("t-online", ["t-online"]),
        ("https://www.harbour.example/author/dana-kettani/", ["Dana Kettani"]),
        ("/auteurs/dana-kettani", ["Dana Kettani"]),
        ("https://www.harbour.example/news/ferry-struck", []),
        ("https://social.example/harbourpost", []),
        ("", []),
        ("x" * 1000, []),
    ],
)
def test_names_in_a_line(said: str, names: list[str]) -> None:
    assert bylines.people(said) == names


def test_what_is_written_as_no_name_behind_a_name_says_what_she_is() -> None:
    assert bylines.people("Jonas Petraitis, Pajūrio universiteto istorijos profesorius") == ["Jonas Petraitis"]
    assert bylines.people("Dana Kettani, fellow of the coastal institute for ships") == ["Dana Kettani"]
    assert bylines.people("dana kettani, samir haddad") == ["dana kettani", "samir haddad"]
    assert bylines.people("Dana Kettani, José Ortega y Gasset") == ["Dana Kettani", "José Ortega y Gasset"]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Dana Kettani, The Harbour Post", ("Dana Kettani",)),
        ("Dana Kettani, harbour.example", ("Dana Kettani",)),
        (["Dana Kettani", "The Harbour Post North"], ("Dana Kettani",)),
        (["Dana Kettani", "AFP"], ("Dana Kettani", "AFP")),
        (["The Harbour Post", "AFP"], ("The Harbour Post", "AFP")),
        (["The Harbour Post North"], ("The Harbour Post North",)),
        ("Nachrichten", ()),
        (["World News", "Dana Kettani"], ("Dana Kettani",)),
        ("جمال الدين", ("جمال الدين",)),
        ("Faith Hill", ("Faith Hill",)),
    ],
)
def test_beside_a_person_the_paper_is_no_author_and_a_section_never(author: object, names: tuple[str, ...]) -> None:
    assert authors(script(ld(author=author))) == names


def test_a_name_in_small_letters_is_written_as_in_the_by_line() -> None:
    declared = script(ld(author="dana kettani"))
    assert authors(declared, '<p class="byline">By Dana Kettani</p>') == ("Dana Kettani",)
    assert authors(declared, '<p class="byline">By Samir Haddad</p>') == ("dana kettani",)


def test_a_name_at_the_right_margin_signs_where_only_the_paper_is_named() -> None:
    paper = script(ld(author="The Harbour Post"))
    text = "<p>The ferry left.</p><p style='text-align: right;'><strong>Dana Kettani</strong></p>"
    assert authors(paper, text) == ("Dana Kettani",)
    assert authors(paper, "<p>The ferry left.</p><p><strong>Dana Kettani</strong></p>") == ("The Harbour Post",)
    assert authors(paper, "<p style='text-align:right'>Read on</p>") == ("The Harbour Post",)


def test_the_same_name_in_capitals_is_no_other() -> None:
    assert bylines.distinct(["JANE DOE", "Jane Doe", "jané doe"]) == ("Jane Doe",)


def ld(kind: str = "NewsArticle", **said: object) -> dict[str, object]:
    return {"@type": kind, "headline": "Ferry struck", "publisher": {"name": "The Harbour Post"}, **said}


def script(said: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


def authors(head: str = "", body: str = "") -> tuple[str, ...]:
    text = f"<p>{'The ferry left the island at nine in the evening. ' * 5}</p>"
    tree = page.parse(f"<html><head>{head}</head><body><main><h1>Ferry struck</h1>{body}{text}</main></body></html>")
    return page.declared(tree).authors


@pytest.mark.parametrize(
    "author",
    [
        "Dana Kettani",
        ["Dana Kettani"],
        {"@type": "Person", "name": "Dana Kettani"},
        [{"@type": "Person", "name": ["Dana Kettani"]}],
        {"@type": "Person", "givenName": "Dana", "familyName": "Kettani"},
        {"@type": "Person", "url": "https://www.harbour.example/author/dana-kettani"},
        {"@id": "https://www.harbour.example/author/dana-kettani"},
        {"name": "By Dana Kettani"},
        [{"name": "DANA KETTANI"}, {"name": "Dana Kettani"}],
    ],
)
def test_json_ld(author: object) -> None:
    assert authors(script(ld(author=author))) == ("Dana Kettani",)


def test_a_reference_into_the_graph() -> None:
    graph = [ld(author={"@id": "#/p/1"}), {"@type": "Person", "@id": "#/p/1", "name": "Dana Kettani"}]
    assert authors(script({"@graph": graph})) == ("Dana Kettani",)


@pytest.mark.parametrize(
    "author", [7, None, [], {}, {"name": {"name": {"name": {"name": "x"}}}}, [[[["x"]]]], {"@id": 5}]
)
def test_json_ld_that_says_nothing(author: object) -> None:
    assert authors(script(ld(author=author))) == ()


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="Dana Kettani">',
        '<meta property="article:author" content="https://www.harbour.example/author/dana-kettani">',
        '<meta name="parsely-author" content="Dana Kettani">',
        '<meta name="sailthru.author" content="Dana Kettani">',
        '<meta property="cXenseParse:author" content="Dana Kettani">',
        '<meta name="dc.creator" content="Kettani, Dana">',
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Dana Kettani">',
        '<meta name="author" content="admin"><meta name="byl" content="By Dana Kettani">',
    ],
)
def test_meta_elements(head: str) -> None:
    assert authors(head) == ("Dana Kettani",)


def test_several_meta_elements_of_one_name() -> None:
    head = '<meta name="author" content="Dana Kettani"><meta name="author" content="Samir Haddad">'
    assert authors(head) == ("Dana Kettani", "Samir Haddad")


@pytest.mark.parametrize(
    "line",
    [
        '<span itemprop="author" itemscope><a href="/x"><span itemprop="name">Dana Kettani</span></a></span>',
        '<a rel="author" href="/x">Dana Kettani</a>',
        '<a href="/author/dana-kettani">Dana Kettani</a>',
        '<p class="byline">By <a href="/x">Dana Kettani</a> in Damascus</p>',
        '<div class="article-author"><p>Dana Kettani</p><small>Chief of the Sea Desk</small></div>',
        '<div class="c-author__name">Dana Kettani</div>',
        "<p>By Dana Kettani, 14 March 2025</p>",
        "<p><em>Von Dana Kettani</em></p>",
        '<div class="byline"><span>Dana</span> <span>Kettani</span></div>',
    ],
)
def test_lines_that_are_seen(line: str) -> None:
    assert authors("", line) == ("Dana Kettani",)


def test_two_names_of_one_line() -> None:
    line = '<p class="byline">By <a href="/a">Dana Kettani</a> and <a href="/b">Samir Haddad</a></p>'
    assert authors("", line) == ("Dana Kettani", "Samir Haddad")
    links = '<ul><li><a href="/author/dk">Dana Kettani</a></li><li><a href="/author/sh">Samir Haddad</a></li></ul>'
    assert authors("", links) == ("Dana Kettani", "Samir Haddad")


@pytest.mark.parametrize(
    "line",
    [
        '<aside><p class="author">Dana Kettani</p></aside>',
        '<div class="related-articles"><p class="author">Dana Kettani</p></div>',
        '<a href="/2025/other"><h3>Another</h3><p class="author">Dana Kettani</p></a>',
        '<figure><figcaption class="author">Dana Kettani</figcaption></figure>',
        '<ol class="comments"><li class="comment-author">Dana Kettani</li></ol>',
        '<a href="https://www.linkedin.com/people/dana-kettani">Dana Kettani</a>',
        '<p class="author">Chief Sea Correspondent</p>',
        "<p>By the time they came it was dark.</p>",
    ],
)
def test_names_of_others_are_not_taken(line: str) -> None:
    assert authors("", line) == ()


def test_the_line_nearest_to_the_headline_counts() -> None:
    others = "".join(f'<div><p class="author">Writer Number{n}</p><p>…</p><p>…</p></div>' for n in "abc")
    assert authors("", f'<p class="author">Dana Kettani</p><p>…</p><p>…</p><div>{others}</div>') == ("Dana Kettani",)


def test_the_paper_stands_for_a_name_only_where_no_other_is_said() -> None:
    head = script(ld(author="The Harbour Post"))
    assert authors(head) == ("The Harbour Post",)
    assert authors(head, '<p class="author">Dana Kettani</p>') == ("Dana Kettani",)
    far = "<p><b>x</b></p>" * 40
    assert authors(head, f'{far}<p class="author">Dana Kettani</p>') == ("The Harbour Post",)


def test_a_line_at_the_end_of_the_text() -> None:
    text = "<p>The ferry left the island at nine in the evening.</p>" * 30
    assert authors("", f"<article>{text}<p>كتب: سمير حداد</p></article>") == ("سمير حداد",)


@pytest.mark.parametrize(
    "flood",
    [
        '<div class="author">' * 20_000,
        '<a rel="author" href="/author/x">' * 20_000 + "x",
        '<p class="author"></p>' * 50_000,
        "<p>By " + "and " * 100_000,
        '<span itemprop="author">' * 5_000 + "Dana " * 100_000,
    ],
)
def test_floods_cost_little(flood: str) -> None:
    assert len(authors("", flood)) <= bylines.MOST


@pytest.mark.parametrize(
    "said",
    [
        *("AFP", "afp", "AP", "Reuters", "reuters", "dpa", "DPA", "dpa-AFX", "EFE", "SANA", "PETRA", "MAP", "PA"),
        *("Agences", "Agenturen", "Agencias", "Anadolu", "TASS", "Itar-Tass", "Tanjug", "TASR", "Keystone-SDA"),
        *("Xinhua", "رويترز", "أ.ف.ب", "سانا", "بترا", "وكالات", "الأناضول"),
        *["연합뉴스", "新华社", "時事通信"],
        *("Associated Press", "The Associated Press", "Agencia EFE", "PA Media", "News Agencies", "RIA Novosti"),
        *("أ ف ب", "فرانس برس", "وكالة وفا"),
    ],
)
def test_agencies_are_names(said: str) -> None:
    assert bylines.is_agency(said)
    assert bylines.is_name(said)


@pytest.mark.parametrize(
    "said", ["Petra", "Sid", "Map", "Sana", "Pa", "Ria", "petra", "sid", "map", "فارس", "Le Monde"]
)
def test_first_names_and_words_are_no_agencies(said: str) -> None:
    assert not bylines.is_agency(said)
