"""The query language: from what a reader types to a tree of data, and back.

    putin syria                 both words in any inflection (AND is understood); a name in any spelling and script
    putin AND (syria OR iran)   AND binds stronger than OR
    putin NOT syria, -syria     without the word; a query may be nothing but that
    "elections"                 the word as it is written, in quotes of any kind
    "air strikes", «قصف جوي»    these words as they are written, one after the other
    "talks gaza"~10             these words in any order, at most ten others between them (also near10:"talks gaza");
                                of three or four, each two of them
    syri*                       words that begin so, with at least two letters before the star
    title: author:              only there (also intitle: article_title:); a word, a phrase or a group in parentheses
    publisher: language: topic: the whole value (also site: domain: source: canonical_domain:, lang:, section:)
    is:revised                  captured in different readings
    date:2015  date:2015-10  date:2015-10-02  date:[2015-01 TO 2015-10-02]
                                published then (also publication_date:); both ends of a range are included, "*" leaves
                                an end open
    after:2015-10               from the first day of the period on, that day included
    before:2015-10              until the day before the period: it is not included
    *                           everything, as is an empty query

Fields have Arabic and French names, too (titre: عنوان: …; see `_FIELDS`). In a French query OU, ET and SAUF do what OR,
AND and NOT do; in an Arabic one أو, و between words and, behind a word, وليس. An operator that has nothing to work on
is read as a word. A word that the reading of text parts ("Saint-Denis") is a phrase, but the Arabic article falls away
("Al-Sisi": sisi); a word without letters or digits is left out.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from rawi.core import stems
from rawi.core.snippets import Wanted
from rawi.core.text import DIGITS, forms
from rawi.errors import QueryError
from rawi.model import And, Days, Everything, Inflected, Is, Near, Node, Not, Or, Phrase, Prefix, Query, Word

LONGEST = 4_000
"""Characters of a query, also as `understood` writes it."""

MOST_WORDS = 200
DEEPEST = 20
"""How deep parentheses may nest."""

MOST_NEAR = 4
"""Words of a `Near`."""
FARTHEST = 100
"""Words between those of a `Near`."""

_NAMES = {
    "title": "title intitle article_title titre عنوان العنوان",
    "author": "author auteur كاتب الكاتب",
    "publisher": "publisher site domain source canonical_domain journal ناشر الناشر صحيفة موقع",
    "language": "language lang langue لغة اللغة",
    "topic": "topic section rubrique قسم القسم",
    "is": "is",
    "date": "date publication_date تاريخ التاريخ",
    "after": "after apres après بعد",
    "before": "before avant قبل",
}
"""What readers call the fields: as the search engines they know do, and in French and Arabic."""

_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}

_LATER = ("speaker", "person", "place", "story")
"""Fields of conclusions that are not drawn yet."""

_STATES = ("revised",)
"""The values of "is"."""

_READ = ("", "title", "author")
"""The fields whose text is read into terms; "" is headline and text."""

_DATES = ("after", "before", "date")

_ARTICLES = frozenset(["ad", "al", "an", "ar", "as", "ash", "at", "az", "el", "es", "ul"])
"""How the Arabic article is written in Latin letters."""

_OPERATORS = {"AND": "and", "OR": "or", "NOT": "not"}
_OPERATORS_OF = {
    "ar": {**_OPERATORS, "أو": "or", "و": "and", "وليس": "but not"},
    "fr": {**_OPERATORS, "ET": "and", "OU": "or", "SAUF": "but not"},
}

_QUOTES = '"“”„‟«»‹›＂'
_TOKEN = re.compile(
    rf"""
      (?P<open>\()
    | (?P<close>\))
    | [{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?:[{_QUOTES}](?P<near>~\d*)?)?
    | (?P<word>[+-]*(?:publication_)?date:\[[^\]{_QUOTES}]*\] | [^\s(){_QUOTES}]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNS = re.compile(r"[+-]*")
_FIELD = re.compile(r"([^\W\d]{2,}):(?!//)")
_NEAR = re.compile(r"near(\d*):", re.IGNORECASE)
_PERIOD = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", re.ASCII)
_RANGE = re.compile(r"\[(\S+)\s+TO\s+(\S+)\]", re.IGNORECASE)
_BEFORE_HOST = re.compile(r"(?:[a-z]+://|www\.|[/ ])+")
_REGION = re.compile(r"([a-z]{2})[-_].*")
_PLAIN_VALUE = re.compile(r"[\w.-]+")


def parse(text: str, language: str = "en", *, exact: bool = False, names: bool = True) -> Query:
    """The query that a reader means by a text, with `root` set and the rest as `Query` has it.

    `language` is the reader's: it decides which words are operators. With `exact` every word is taken as it is
    written; without `names` those that are names are. QueryError, with the position, for: an unknown field, a field
    without a value, a date that is none, a parenthesis too many or too few, a star behind less than two letters, more
    than 4 words near each other, more than 4,000 characters, 200 words or 20 nested parentheses.
    """
    if len(text) > LONGEST:
        raise QueryError(f"A query has at most {LONGEST} characters: shorten it.", LONGEST)
    query = Query(root=_Reading(text, language, exact, names).whole() or Everything())
    if len(understood(query)) > LONGEST:
        raise QueryError(f"The query is longer than {LONGEST} characters when written out: shorten it.", 0)
    return query


def understood(query: Query) -> str:
    """The query's tree in the query language, in one canonical form: parsing that gives the same tree."""
    return _written(query.root)


def wanted(query: Query) -> Wanted:
    """The words that documents are asked to have, to be marked in them."""
    nodes = list(_asking(query.root))
    forms = {form for node in nodes for form in _forms(node)}
    terms = {term for node in nodes if isinstance(node, Inflected) for term in node.terms}
    starts = dict.fromkeys(node.start for node in nodes if isinstance(node, Prefix))
    return Wanted(frozenset(forms), frozenset(terms), tuple(starts))


# -------------------------------------------------------------------------------------------- reading


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    near: str = ""
    """How far apart the words of a quotation may be."""


def _token(match: re.Match[str]) -> _Token:
    if match["near"]:
        return _Token("quoted", match["quoted"], match.start(), match.end(), match["near"][1:] or "0")
    kind = match.lastgroup or ""
    return _Token(kind, match[kind], match.start(), match.end())


class _Reading:
    """One reading of a query, from its first token to its last."""

    def __init__(self, text: str, language: str, exact: bool, names: bool) -> None:
        self.tokens = [_token(match) for match in _TOKEN.finditer(text)]
        self.is_exact, self.with_names = exact, names
        self.operators = _OPERATORS_OF.get(language[:2].lower(), _OPERATORS)
        self.at = 0
        self.depth = 0
        self.words = 0

    def whole(self) -> Node | None:
        node = self.any_of("")
        if self.at < len(self.tokens):
            stray = self.tokens[self.at]
            raise QueryError("This closing parenthesis has no opening one: take it away.", stray.start)
        return node

    def any_of(self, field: str) -> Node | None:
        nodes = [self.all_of(field)]
        while self.operator(has_left=True) == "or":
            self.at += 1
            nodes.append(self.all_of(field))
        return _joined(Or, nodes)

    def all_of(self, field: str) -> Node | None:
        nodes: list[Node | None] = []
        while self.at < len(self.tokens) and self.tokens[self.at].kind != "close":
            operator = self.operator(has_left=bool(nodes))
            if operator == "or":
                break
            if operator == "and":
                self.at += 1
            nodes.append(self.one(field, has_left=bool(nodes)))
        nodes = [node for node, behind in zip(nodes, [*nodes, None][1:], strict=True) if not _is_article(node, behind)]
        return _joined(And, [node for node in nodes if node != Everything()] or nodes[:1])

    def one(self, field: str, has_left: bool) -> Node | None:
        is_not = False
        while self.operator(has_left) in ("not", "but not"):
            is_not = not is_not
            self.at += 1
        token = self.tokens[self.at]
        self.at += 1
        if token.kind != "word":
            return _turned(self.operand(token, field), is_not)
        signs = _SIGNS.match(token.text)
        sign = signs[0] if signs else ""
        is_not ^= sign.startswith("-")
        token = token._replace(text=token.text[len(sign) :], start=token.start + len(sign))
        if not token.text:
            follower = self.beside(token.end)
            return _turned(self.operand(follower, field), is_not) if follower else None
        return _turned(self.word(token, field), is_not)

    def operator(self, has_left: bool) -> str:
        """What the next token does to its neighbours; empty when it is a word, or has nothing to work on."""
        meaning = self.meaning(self.at)
        needs_left = meaning != "not"
        has_right = self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].kind != "close"
        if has_right and (has_left or not needs_left) and self.meaning(self.at + 1) not in ("and", "or"):
            return meaning
        return ""

    def meaning(self, at: int) -> str:
        token = self.tokens[at] if at < len(self.tokens) else None
        return self.operators.get(token.text, "") if token and token.kind == "word" else ""

    def beside(self, end: int) -> _Token | None:
        """The group or quotation that begins right where a sign or a field's colon ends; it is taken."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if not token or token.start != end or token.kind not in ("open", "quoted"):
            return None
        self.at += 1
        return token

    def operand(self, token: _Token, field: str) -> Node | None:
        return self.group(token, field) if token.kind == "open" else self.value(token, field)

    def group(self, opening: _Token, field: str) -> Node | None:
        self.deepen(opening)
        node = self.any_of(field)
        if self.at >= len(self.tokens):
            raise QueryError("This opening parenthesis has no closing one: add it.", opening.start)
        self.at += 1
        self.depth -= 1
        return node

    def deepen(self, token: _Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise QueryError(f"Parentheses nest at most {DEEPEST} deep.", token.start)

    def word(self, token: _Token, field: str) -> Node | None:
        if near := _NEAR.match(token.text):
            return self.near(token, near, field)
        named = _FIELD.match(token.text)
        if not named:
            return self.value(token, field)
        known, value_at = _FIELDS.get(named[1].lower()), token.start + named.end()
        value = token._replace(text=token.text[named.end() :], start=value_at)
        if known is None:
            if not named[1].isascii() or (not value.text and not self.begins_at(value_at)):
                return self.value(token, field)  # "Macron: …", a colon as newspapers use it
            if named[1].lower() in _LATER:
                message = f'The field "{named[1]}" cannot be asked yet: this archive does not draw those conclusions.'
                raise QueryError(message, token.start)
            raise QueryError(f'There is no field "{_shown(named[1])}": the fields are {_names()}.', token.start)
        follower = self.beside(value_at) if not value.text else None
        if not value.text and not follower:
            raise QueryError(f'The field "{_shown(named[1])}" has no value: write it right behind the colon.', value_at)
        return self.operand(follower, known) if follower else self.value(value, known)

    def near(self, token: _Token, begins: re.Match[str], field: str) -> Node | None:
        """`near10:"a b"`, and `near10:word`, which asks for nothing more than the word."""
        text, at = token.text[begins.end() :], token.start + begins.end()
        follower = token._replace(text=text, start=at, kind="quoted") if text else self.beside(at)
        if follower is None or follower.kind != "quoted":
            raise QueryError(f'Behind "{begins[0]}" stand words in quotes: {begins[0]}"one two".', token.start)
        return self.value(follower._replace(near=begins[1] or "10"), field)

    def begins_at(self, end: int) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at].start == end

    def value(self, token: _Token, field: str) -> Node | None:
        if field in _DATES:
            self.count(token, 1)
            return _days(field, _cleaned(token.text), token.start)
        if field not in _READ:
            self.count(token, 1)
            return Is(field, _whole_value(field, token))
        if token.kind == "word" and token.text.endswith("*"):
            return self.beginning(token, field)
        found = forms(token.text)
        self.count(token, len(found))
        if field and not found:
            raise QueryError(f'The value of the field "{field}" has no letters: write a word.', token.start)
        if token.near:
            return _near(found, field, token)
        return _as_written(found, field) if token.kind == "quoted" else self.inflected(found, field)

    def inflected(self, found: tuple[str, ...], field: str) -> Node | None:
        """What a word outside of quotes asks for."""
        if self.is_exact or field == "author" or not found:
            return _as_written(found, field)
        if len(found) == 2 and found[0] in _ARTICLES and self.with_names:
            found = found[1:]
        if len(found) > 1 or (not self.with_names and stems.is_name(found[0])):
            return _as_written(found, field)
        return Inflected(found[0], stems.stems(found[0]), field)

    def beginning(self, token: _Token, field: str) -> Node | None:
        stem = token.text.rstrip("*")
        found = forms(stem)
        if not found and not field:
            return Everything() if not stem else None
        if not found or len(found[-1]) < 2:
            raise QueryError("A star needs at least two letters before it.", token.start + len(stem))
        self.count(token, len(found))
        if len(found) == 1:
            return Prefix(found[0], field)
        self.deepen(token)  # behind a NOT this is written with parentheses
        self.depth -= 1
        return And((*(Word(form, field) for form in found[:-1]), Prefix(found[-1], field)))

    def count(self, token: _Token, words: int) -> None:
        self.words += words
        if self.words > MOST_WORDS:
            raise QueryError(f"A query has at most {MOST_WORDS} words: shorten it.", token.start)


def _joined(kind: type[And] | type[Or], nodes: list[Node | None]) -> Node | None:
    """The nodes under one And or Or, without those that came to nothing and without an And in an And."""
    flat: list[Node] = []
    for node in nodes:
        if isinstance(node, kind):
            flat.extend(node.nodes)
        elif node is not None:
            flat.append(node)
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


def _turned(node: Node | None, is_not: bool) -> Node | None:
    if node is None or not is_not:
        return node
    return node.node if isinstance(node, Not) else Not(node)


def _is_article(node: Node | None, behind: Node | None) -> bool:
    """Whether a word is the Arabic article before a name ("el Sissi")."""
    if not isinstance(node, Inflected) or not isinstance(behind, Inflected):
        return False
    return node.form in _ARTICLES and stems.is_name(behind.form)


def _as_written(found: tuple[str, ...], field: str) -> Node | None:
    if len(found) > 1:
        return Phrase(found, field)
    return Word(found[0], field) if found else None


def _near(found: tuple[str, ...], field: str, token: _Token) -> Node | None:
    different = tuple(dict.fromkeys(found))
    distance = int(token.near[:9].translate(DIGITS))
    if field == "author":
        raise QueryError("Words near each other are asked for in headline and text, not of an author.", token.start)
    if len(different) > MOST_NEAR:
        raise QueryError(f"At most {MOST_NEAR} words can be asked for near each other.", token.start)
    if distance > FARTHEST:
        raise QueryError(f"Words near each other have at most {FARTHEST} others between them.", token.start)
    if len(different) < 2:
        return _as_written(different, field)
    return _joined(And, [Near(pair, distance, field) for pair in combinations(different, 2)])


def _whole_value(field: str, token: _Token) -> str:
    value = _cleaned(token.text).lower()
    if "*" in value:
        raise QueryError(f'The field "{field}" takes a whole value: write it without a star.', token.start)
    if field == "publisher":
        before = _BEFORE_HOST.match(value)
        value = value[before.end() if before else 0 :].rstrip("/ ")
    if field == "language" and (region := _REGION.fullmatch(value)):
        value = region[1]
    if not value:
        raise QueryError(f'The field "{field}" has no value: write it right behind the colon.', token.start)
    if field == "is" and value not in _STATES:
        raise QueryError(f'"is:" is followed by {" or ".join(_STATES)}, not by "{_shown(value)}".', token.start)
    return value


def _cleaned(value: str) -> str:
    """Without control and bidi characters and lone surrogates, and with single spaces."""
    spaced = "".join(c if c.isprintable() else " " if c.isspace() else "" for c in value)
    return " ".join(spaced.split())


def _shown(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"


def _names() -> str:
    return ", ".join(sorted(name for name in _FIELDS if name.isascii()))


# ---------------------------------------------------------------------------------------------- dates


def _days(field: str, value: str, position: int) -> Days:
    value = value.translate(DIGITS)
    between = _RANGE.fullmatch(value) if field == "date" else None
    first, last = (between[1], between[2]) if between else (value, value)
    since = _period(first, position)[0] if not between or first != "*" else None
    until = _period(last, position)[1] if not between or last != "*" else None
    if field == "after":
        return Days(_number(since), None)
    if field == "before":
        if since == date.min:
            raise QueryError(f'There is no day before "{_shown(value)}".', position)
        return Days(None, _number(since and since - timedelta(days=1)))
    if since is None and until is None:
        raise QueryError("A range of dates needs a date at one end at least.", position)
    if since and until and since > until:
        raise QueryError(f'The range "{_shown(value)}" ends before it begins.', position)
    return Days(_number(since), _number(until))


def _period(value: str, position: int) -> tuple[date, date]:
    """The first and the last day of a year, a month or a day."""
    said = _PERIOD.fullmatch(value)
    try:
        year, month, day = said.groups() if said else ("0", "0", "0")
        first = date(int(year), int(month or 1), int(day or 1))
        last_month = int(month or 12)
        return first, date(first.year, last_month, int(day or monthrange(first.year, last_month)[1]))
    except ValueError as error:
        message = f'"{_shown(value)}" is no date: write 2015, 2015-10, 2015-10-02 or [2015-01 TO 2015-10].'
        raise QueryError(message, position) from error


def _number(day: date | None) -> int | None:
    return day.year * 10_000 + day.month * 100 + day.day if day else None


# -------------------------------------------------------------------------------------------- writing


def _written(node: Node, inside: type[And] | type[Not] | None = None) -> str:
    match node:
        case Or(nodes):
            said = " OR ".join(map(_written, nodes))
            return f"({said})" if inside else said
        case And(nodes):
            said = " AND ".join(_written(part, And) for part in nodes)
            return f"({said})" if inside is Not else said
        case Not(part):
            return f"NOT {_written(part, Not)}"
        case Word(form, "author"):
            return _in_field("author", form)
        case Word(form, field):
            return _in_field(field, f'"{form}"')
        case Inflected(form, _, field):
            return _in_field(field, form)
        case Near(found, distance, field):
            return _in_field(field, f'"{" ".join(found)}"~{distance}')
        case Prefix(start, field):
            return _in_field(field, f"{start}*")
        case Phrase(found, field):
            return _in_field(field, f'"{" ".join(found)}"')
        case Is(field, value):
            return f"{field}:{value}" if _PLAIN_VALUE.fullmatch(value) else f'{field}:"{value}"'
        case Days(since, until):
            return _written_days(since, until)
        case Everything():
            return "*"


def _in_field(field: str, said: str) -> str:
    return f"{field}:{said}" if field else said


def _written_days(since: int | None, until: int | None) -> str:
    if since is not None and since == until:
        return f"date:{_dashed(since)}"
    if since is not None and until is None:
        return f"after:{_dashed(since)}"
    first = "*" if since is None else _dashed(since)
    last = "*" if until is None else _dashed(until)
    return f"date:[{first} TO {last}]"


def _dashed(day: int) -> str:
    return f"{day // 10_000:04}-{day // 100 % 100:02}-{day % 100:02}"


def _asking(node: Node) -> Iterator[Node]:
    """The nodes that ask for words of headline or text."""
    match node:
        case And(nodes) | Or(nodes):
            for part in nodes:
                yield from _asking(part)
        case Word(_, field) | Inflected(_, _, field) | Prefix(_, field) | Phrase(_, field) | Near(_, _, field):
            if field != "author":
                yield node
        case _:
            pass


def _forms(node: Node) -> tuple[str, ...]:
    match node:
        case Word(form, _) | Inflected(form, _, _):
            return (form,)
        case Phrase(found, _) | Near(found, _, _):
            return found
        case _:
            return ()
