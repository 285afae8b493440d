import pytest
from hypothesis import given
from hypothesis import strategies as st

from rawi.core import stems
from rawi.core.query import DEEPEST, LONGEST, MOST_WORDS, parse, understood, wanted
from rawi.core.text import forms
from rawi.errors import QueryError
from rawi.model import And, Days, Everything, Inflected, Is, Near, Node, Not, Or, Phrase, Prefix, Query, Word
from tests.hostile_queries import HOSTILE


def word(form: str, field: str = "") -> Node:
    """What a word outside of quotes asks for."""
    return Word(form, field) if field == "author" else Inflected(form, stems.stems(form), field)


A, B, C, D = word("a"), word("b"), word("c"), word("d")
ALL = Everything()


def tree(text: str, language: str = "en") -> Node:
    return parse(text, language).root


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ALL),
        ("  \n ", ALL),
        ("*", ALL),
        ("(*)", ALL),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a b AND c", And((A, B, C))),
        ("a OR b", Or((A, B))),
        ("a OR b OR c", Or((A, B, C))),
        ("a b OR c d", Or((And((A, B)), And((C, D))))),
        ("a (b OR c) d", And((A, Or((B, C)), D))),
        ("a (b c) d", And((A, B, C, D))),
        ("a OR (b OR c)", Or((A, B, C))),
        ("a(b)c", And((A, B, C))),
        ("NOT a", Not(A)),
        ("-a", Not(A)),
        ("+a -b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a OR NOT b", Or((A, Not(B)))),
        ("NOT NOT a", A),
        ("NOT -a", A),
        ("NOT (NOT a)", A),
        ("-(a OR b)", Not(Or((A, B)))),
        ('-"a b" +"c d"', And((Not(Phrase(("a", "b"))), Phrase(("c", "d"))))),
        ("-title:a", Not(word("a", "title"))),
        ("--a", Not(A)),
        ("a - b", And((A, B))),
        ("a-b", Phrase(("a", "b"))),
        ("Al-Sisi", word("sisi")),
        ("El  Al", And((word("el"), word("al")))),
        ("abdel fattah el Sissi", And((word("abdel"), word("fattah"), word("sissi")))),
        ("al Sisi OR el nino", Or((word("sisi"), And((word("el"), word("nino")))))),
        ("al-ahram al-arabi", And((word("ahram"), word("arabi")))),
        ("al-sisi-b", Phrase(("al", "sisi", "b"))),
        ("L’Élysée", word("elysee")),
        ("القاهرة", word("القاهره")),
        ("12:30", Phrase(("12", "30"))),
        ("https://x.com/a", Phrase(("https", "x", "com", "a"))),
        ("Macron: a", And((word("macron"), A))),
        ("قال: a", And((word("قال"), A))),
        ("a ! … ؟ b", And((A, B))),
        ("!!!", ALL),
        ("NOT !!!", ALL),
        ("a OR !!!", A),
        ("() a", A),
        ('"" a', A),
        ('"a"', Word("a")),
        ('"al-sisi"', Phrase(("al", "sisi"))),
        ('"a b', Phrase(("a", "b"))),
        ("a *", A),
        ("a OR *", Or((A, ALL))),
        ("NOT *", Not(ALL)),
        ("* *", ALL),
        # operators without work are words
        ("AND", word("and")),
        ("OR", word("or")),
        ("NOT", word("not")),
        ("OR a", And((word("or"), A))),
        ("a AND", And((A, word("and")))),
        ("a OR", And((A, word("or")))),
        ("a NOT", And((A, word("not")))),
        ("(a OR) b", And((A, word("or"), B))),
        ("a OR OR b", Or((And((A, word("or"))), B))),
        ("and or not", And((word("and"), word("or"), word("not")))),
        ("a OU b", And((A, word("ou"), B))),
        # beginnings
        ("syri*", Prefix("syri")),
        ("Élys*", Prefix("elys")),
        ("القا*", Prefix("القا")),
        ("sy**", Prefix("sy")),
        ("title:syri*", Prefix("syri", "title")),
        ("al-sis*", And((Word("al"), Prefix("sis")))),
        ("a*b", Phrase(("a", "b"))),
        ('"syri*"', Word("syri")),
        # words near each other
        ('"a b"~10', Near(("a", "b"), 10)),
        ('"a b a"~٣', Near(("a", "b"), 3)),
        ('"a b c"~2 d', And((Near(("a", "b"), 2), Near(("a", "c"), 2), Near(("b", "c"), 2), D))),
        ('NOT "a b c"~2', Not(And((Near(("a", "b"), 2), Near(("a", "c"), 2), Near(("b", "c"), 2))))),
        ('"a b"~', Near(("a", "b"), 0)),
        ('"a"~5', Word("a")),
        ('""~5 a', A),
        ('near10:"a b" c', And((Near(("a", "b"), 10), C))),
        ("NEAR:«a b»", Near(("a", "b"), 10)),
        ('title:near2:"a b"', And((word("near2", "title"), Phrase(("a", "b"))))),
        ('title:"a b"~2', Near(("a", "b"), 2, "title")),
        ("-near3:a", Not(Word("a"))),
        # fields
        ("title:a", word("a", "title")),
        ("INTITLE:A", word("a", "title")),
        ('author:"dana kettani"', Phrase(("dana", "kettani"), "author")),
        ("author:al-sisi", Phrase(("al", "sisi"), "author")),
        ("title:(a OR b) c", And((Or((word("a", "title"), word("b", "title"))), C))),
        ("article_title:a", word("a", "title")),
        ("titre:a عنوان:a", And((word("a", "title"), word("a", "title")))),
        ("القاهرة:a", Phrase(("القاهره", "a"))),
        ("canonical_domain:x.org", Is("publisher", "x.org")),
        ("is:revised IS:Revised", And((Is("is", "revised"), Is("is", "revised")))),
        ("title:(a author:b)", And((word("a", "title"), word("b", "author")))),
        ("publisher:albawaba.com", Is("publisher", "albawaba.com")),
        ("site:https://www.Albawaba.com/", Is("publisher", "albawaba.com")),
        ("domain:WWW.X.ORG source:y", And((Is("publisher", "x.org"), Is("publisher", "y")))),
        ("publisher:127.0.0.1:8080", Is("publisher", "127.0.0.1:8080")),
        ("publisher:(a OR b)", Or((Is("publisher", "a"), Is("publisher", "b")))),
        ("language:ar lang:EN-gb", And((Is("language", "ar"), Is("language", "en")))),
        ('topic:"Middle  East"', Is("topic", "middle east")),
        ("section:رياضة", Is("topic", "رياضة")),
        ("publisher:\u200fx\x00", Is("publisher", "x")),
        # dates
        ("date:2015", Days(20150101, 20151231)),
        ("date:2015-10", Days(20151001, 20151031)),
        ("date:2016-02", Days(20160201, 20160229)),
        ("date:2015-10-02", Days(20151002, 20151002)),
        ("date:2015/10/2", Days(20151002, 20151002)),
        ("date:٢٠١٥-١٠-٠٢", Days(20151002, 20151002)),
        ("date:۲۰۱۵", Days(20150101, 20151231)),
        ('date:"2015-10"', Days(20151001, 20151031)),
        ("after:2015-10", Days(20151001, None)),
        ("after:2015-10-02", Days(20151002, None)),
        ("before:2015-10-02", Days(None, 20151001)),
        ("before:2016", Days(None, 20151231)),
        ("date:[2015-01-01 TO 2015-12-31]", Days(20150101, 20151231)),
        ("date:[2015 to 2016-02]", Days(20150101, 20160229)),
        ("DATE:[2015 TO *]", Days(20150101, None)),
        ("publication_date:[2015-01-01 TO 2015-12-31]", Days(20150101, 20151231)),
        ("date:[* TO 2015]", Days(None, 20151231)),
        ("-date:[2015 TO 2016] a", And((Not(Days(20150101, 20161231)), A))),
        ("date:(2015 OR 2017)", Or((Days(20150101, 20151231), Days(20170101, 20171231)))),
    ],
)
def test_what_is_meant(text: str, expected: Node) -> None:
    assert tree(text) == expected
    assert parse(text) == Query(root=expected), "all else is as a query has it"


@pytest.mark.parametrize("quoted", ['"{}"', "“{}”", "„{}“", "«{}»", "« {} »", "»{}«", '“{}"', "‹{}›", "＂{}＂"])
def test_quotes_of_all_kinds(quoted: str) -> None:
    assert tree(quoted.format("a b")) == Phrase(("a", "b"))
    assert tree(f"title:{quoted.format('a b')} c") == And((Phrase(("a", "b"), "title"), C))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("a OU b", "fr", Or((A, B))),
        ("a ET b", "fr", And((A, B))),
        ("a SAUF b", "fr-FR", And((A, Not(B)))),
        ("a AND b OR c NOT d", "fr", Or((And((A, B)), And((C, Not(D)))))),
        ("SAUF a", "fr", And((word("sauf"), A))),
        ("a ou b", "fr", And((A, word("ou"), B))),
        ("a أو b", "ar", Or((A, B))),
        ("a وليس b", "ar", And((A, Not(B)))),
        ("وليس a", "ar", And((word("وليس"), A))),
        ("a أو", "ar", And((A, word("او")))),
        ("a او b", "ar", And((A, word("او"), B))),
        ("a أو b", "en", And((A, word("او"), B))),
        ("a و b", "ar", And((A, B))),
        ("a و b", "en", And((A, word("و"), B))),
    ],
)
def test_operators_of_other_languages(text: str, language: str, expected: Node) -> None:
    assert tree(text, language) == expected


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("a foo:b", 2, '"foo"'),
        ("mailto:x", 0, '"mailto"'),
        ("a speaker:b", 2, "cannot be asked yet"),
        ("is:copy", 3, "revised"),
        ('a "b c d e f"~2', 2, "4 words"),
        ('"a b"~101', 0, "100 others"),
        ('near999999999999:"a b"', 17, "100 others"),
        ('author:"a b"~3', 7, "author"),
        ("near3: a", 0, "quotes"),
        ("near3:(a b)", 0, "quotes"),
        ("-foo:b", 1, '"foo"'),
        ('a foo:"b c"', 2, '"foo"'),
        ("(a", 0, "closing"),
        ("a ((b)", 2, "closing"),
        ("a)", 1, "opening"),
        ("(a) )", 4, "opening"),
        ("title:", 6, "no value"),
        ("a title: b", 8, "no value"),
        ("date:", 5, "no value"),
        ("publisher: x", 10, "no value"),
        ("title:!", 6, "no letters"),
        ('title:""', 6, "no letters"),
        ('publisher:"  "', 10, "no value"),
        ("publisher:www.", 10, "no value"),
        ("publisher:alb*", 10, "whole value"),
        ("title:*", 6, "two letters"),
        ("a*", 1, "two letters"),
        ("b al-s*", 6, "two letters"),
        ("date:x", 5, "no date"),
        ("date:15", 5, "no date"),
        ("date:0000", 5, "no date"),
        ("date:2015-13", 5, "no date"),
        ("date:2015-00", 5, "no date"),
        ("date:2015-02-29", 5, "no date"),
        ("date:2015-10-02-01", 5, "no date"),
        ("date:[2015", 5, "no date"),
        ("date:[2015 2016]", 5, "no date"),
        ("date:[a TO b]", 5, "no date"),
        ("date:[* TO *]", 5, "one end"),
        ("date:[2016 TO 2015]", 5, "before it begins"),
        ("before:0001", 7, "no day before"),
        ("before:[2015 TO 2016]", 7, "no date"),
        ("after:99999", 6, "no date"),
    ],
)
def test_what_cannot_be_understood(text: str, position: int, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        parse(text)
    assert caught.value.position == position


def test_limits() -> None:
    assert isinstance(tree(" ".join(["a"] * MOST_WORDS)), And)
    with pytest.raises(QueryError, match="200 words") as caught:
        parse(" ".join(["a"] * (MOST_WORDS + 1)))
    assert caught.value.position == 2 * MOST_WORDS
    assert tree("(" * DEEPEST + "a" + ")" * DEEPEST) == A
    with pytest.raises(QueryError, match="20 deep") as caught:
        parse("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1))
    assert caught.value.position == DEEPEST
    assert tree(" " * LONGEST) == ALL
    with pytest.raises(QueryError, match="4000 characters") as caught:
        parse(" " * (LONGEST + 1))
    assert caught.value.position == LONGEST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "*"),
        ("a b OR -c", "a AND b OR NOT c"),
        ("a (b OR c)", "a AND (b OR c)"),
        ("-(a b)", "NOT (a AND b)"),
        ("Al-Sisi syri* site:X.com", "sisi AND syri* AND publisher:x.com"),
        ('"Al-Sisi" «Said»', '"al sisi" AND "said"'),
        ('author:Said author:"A B"', 'author:said AND author:"a b"'),
        ('near3:"b a" title:"a b"~4', '"b a"~3 AND title:"a b"~4'),
        ('section:"Middle East" intitle:"a b"', 'topic:"middle east" AND title:"a b"'),
        ("date:2015-10-02", "date:2015-10-02"),
        ("date:2015", "date:[2015-01-01 TO 2015-12-31]"),
        ("after:2015-10 ", "after:2015-10-01"),
        ("before:2016", "date:[* TO 2015-12-31]"),
    ],
)
def test_how_it_is_written_back(text: str, expected: str) -> None:
    assert understood(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "forms", "starts"),
    [
        ("", "", ""),
        ("a NOT b", "a", ""),
        ("a syri* -c", "a", "syri"),
        ('"a b" OR (c NOT (d OR e)) OR "f g"~2', "a b c f g", ""),
        ("title:a author:b publisher:c date:2015", "a", ""),
    ],
)
def test_what_is_to_be_marked(text: str, forms: str, starts: str) -> None:
    found = wanted(parse(text))
    assert found.forms == set(forms.split())
    assert found.starts == tuple(starts.split())


def test_inflections_are_marked_where_they_are_asked_for() -> None:
    assert wanted(parse("elections")).terms == set(stems.stems("elections"))
    assert wanted(parse('"elections"')).terms == set()


def test_words_can_be_taken_as_they_are_written() -> None:
    assert parse("elections al-sisi -b title:c", exact=True).root == And(
        (Word("elections"), Phrase(("al", "sisi")), Not(Word("b")), Word("c", "title"))
    )


# ----------------------------------------------------------------------------------------- round trips

TERM = st.sampled_from(["a", "syria", "and", "or", "not", "ou", "و", "او", "القاهره", "2015", "title", "to", "東"])
FIELD = st.sampled_from(["", "title", "author"])
DAY = st.dates().map(lambda day: day.year * 10_000 + day.month * 100 + day.day)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, TERM, FIELD),
    st.builds(lambda form, field: Inflected(form, stems.stems(form), field), TERM, st.sampled_from(["", "title"])),
    st.builds(
        Near,
        st.lists(TERM, min_size=2, max_size=2, unique=True).map(tuple),
        st.integers(0, 100),
        st.sampled_from(["", "title"]),
    ),
    st.builds(Prefix, st.sampled_from(["sy", "or", "القا"]), FIELD),
    st.builds(Phrase, st.lists(TERM, min_size=2, max_size=3).map(tuple), FIELD),
    st.builds(
        Is,
        st.sampled_from(["publisher", "language", "topic"]),
        st.sampled_from(["x.org", "a b", "and", "(", "[a to", ":", "-"]),
    ),
    st.tuples(DAY, DAY).map(lambda days: Days(min(days), max(days))),
    st.builds(Days, DAY, st.none()),
    st.builds(Days, st.none(), DAY),
)


def several(kind: type[And] | type[Or], inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """As parsing makes them: two at least, none of the same kind among them."""
    return st.lists(inner.filter(lambda node: not isinstance(node, kind)), min_size=2, max_size=3).map(
        lambda nodes: kind(tuple(nodes))
    )


def branches(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        several(And, inner), several(Or, inner), inner.filter(lambda node: not isinstance(node, Not)).map(Not)
    )


@given(st.recursive(LEAVES, branches, max_leaves=12))
def test_every_tree_comes_back(root: Node) -> None:
    assert tree(understood(Query(root=root))) == root


PARTS = (
    "a Al-Sisi syri* al-sis* near5: ~3 is:revised "
    '( ) " « » - + * AND OR NOT OU أو وليس title: author: publisher: lang: date: before: '
    "after:2015 [2015 2016] TO 2015-10 www. http:// ﷺ İ ß ٢٠١٥ \u200f \x00 \ud800 😀 x: :"
)


@given(
    st.lists(st.sampled_from([*PARTS.split(" "), " ", "  "]), max_size=14).map("".join),
    st.sampled_from(["en", "fr", "ar", ""]),
)
def test_what_is_understood_is_understood_again(text: str, language: str) -> None:
    assert_understood_or_refused(text, language)


@given(st.text(st.characters()), st.text(max_size=3))
def test_any_text_is_understood_or_refused(text: str, language: str) -> None:
    assert_understood_or_refused(text, language)


def assert_understood_or_refused(text: str, language: str = "en") -> None:
    try:
        query = parse(text, language)
    except QueryError as error:
        refused: QueryError | None = error
    else:
        refused = None
    if refused:
        assert 0 <= refused.position <= len(text)
        assert str(refused)
        return
    assert parse(understood(query)) == query
    asked = wanted(query)
    for form in (*asked.forms, *asked.starts):
        assert forms(form) == (form,)


# --------------------------------------------------------------------------------------------- hostile


def test_there_is_enough_that_is_hostile() -> None:
    assert len(set(HOSTILE)) >= 500


def test_hostile_texts_are_understood_or_refused() -> None:
    for text in HOSTILE:
        for language in ("en", "fr", "ar"):
            assert_understood_or_refused(text, language)
