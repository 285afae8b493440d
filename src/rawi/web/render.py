"""From values to HTML: the texts of three languages, their dates and numbers, and templates compiled once."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

LANGUAGES = ("en", "ar", "fr")
"""The languages of the interface, the first being the one for readers who ask for none of them."""

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "syr", "ug", "ur", "yi"})

# Characters that publishers' texts must not bring into a page: controls, embeddings, overrides and isolates of
# direction (they reach beyond the text they stand in), halves of surrogate pairs, non-characters.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BREAKS = re.compile("[\u2028\u2029]")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def plain(text: str) -> str:
    """A foreign text without the characters that could disturb the page around it."""
    return _BREAKS.sub(" ", _UNFIT.sub("", text))


def direction(language: str) -> str:
    """ "rtl" or "ltr" as a language is written; "auto" when it is not known."""
    if not language:
        return "auto"
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=500)
def tongue(language: str) -> Markup:
    """The attributes for an element whose text is in this language (a code, or empty)."""
    if not _LANGUAGE.fullmatch(language):
        return Markup(' dir="auto"')
    return Markup(f' lang="{language}" dir="{direction(language)}"')  # noqa: S704 - letters only


def web_address(url: str) -> str:
    """The address when a reader's browser may be sent there (http, https); otherwise empty."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    fit = parts.scheme in ("http", "https") and parts.netloc and not _UNFIT.search(url) and not re.search(r"\s", url)
    return url if fit else ""


def address(*parts: str, **query: str | int) -> str:
    """A path of the site, each part quoted; with the query's values that are not empty."""
    path = "/" + "/".join(quote(part, safe=":@") for part in parts)
    asked = urlencode({name: value for name, value in query.items() if value not in ("", None)})
    return f"{path}?{asked}" if asked else path


def fill(text: str, **values: Any) -> Markup:
    """A text of ours with values put into it, those that are not markup escaped."""
    fit = {name: plain(value) if type(value) is str else value for name, value in values.items()}
    return escape(text).format(**fit)


# ------------------------------------------------------------------------------------------- languages


def _plural_en(n: int) -> str:
    return "one" if n == 1 else "other"


def _plural_fr(n: int) -> str:
    return "one" if n < 2 else "other"


def _plural_ar(n: int) -> str:
    if n < 3:
        return ("zero", "one", "two")[n]
    if 3 <= n % 100 <= 10:
        return "few"
    return "many" if n % 100 >= 11 else "other"


PLURALS: dict[str, Callable[[int], str]] = {"ar": _plural_ar, "en": _plural_en, "fr": _plural_fr}
"""Which form of a counted text a number asks for."""


@dataclass(frozen=True)
class Language:
    """The texts of the interface in one language, and how it writes numbers and dates."""

    code: str
    texts: dict[str, Any]

    @property
    def direction(self) -> str:
        """The direction of its pages: "ltr" or "rtl"."""
        return str(self.texts["language"]["direction"])

    def number(self, n: int) -> str:
        """A number with its thousands grouped."""
        return f"{n:,}".replace(",", self.texts["language"]["group"])

    def count(self, what: str, n: int) -> str:
        """So many of a thing, in the form that the number asks for."""
        form: str = self.texts["count"][what][PLURALS[self.code](n)]
        return form.format(n=self.number(n))

    def day(self, on: date) -> str:
        """A day in words: "2 October 2015"."""
        form: str = self.texts["dates"]["first" if on.day == 1 else "day"]
        return form.format(day=on.day, month=self.texts["dates"]["months"][on.month - 1], year=on.year)

    def weekday(self, on: date) -> str:
        """A day in words with its day of the week."""
        named: str = self.texts["dates"]["weekdays"][on.weekday()]
        return str(self.texts["dates"]["weekday"]).format(weekday=named, date=self.day(on))

    def digits(self, on: date) -> str:
        """A day as "02 - 10 - 2015", the form of the line that says where an article was published."""
        form: str = self.texts["dates"]["digits"]
        return form.format(day=f"{on.day:02}", month=f"{on.month:02}", year=f"{on.year:04}")

    def month(self, year: int, month: int) -> str:
        """A month in words: "October 2015"."""
        return str(self.texts["dates"]["month"]).format(month=self.texts["dates"]["months"][month - 1], year=year)

    def moment(self, at: datetime) -> str:
        """A moment in words, in UTC as all our times are."""
        return str(self.texts["dates"]["moment"]).format(date=self.day(at.date()), time=f"{at:%H:%M}")

    def topic(self, key: str | None) -> str:
        """The name of a section of the archive; None or "" is for articles without one."""
        return str(self.texts["topics"].get(key or "unsorted", key))

    def tongue_name(self, code: str) -> str:
        """The name of a language; its code when we have no name for it."""
        return str(self.texts["languages"].get(code, code))

    def isolated(self, name: str) -> Markup:
        """A name, set apart where its letters or digits would disturb the order of the words around it."""
        kinds = {unicodedata.bidirectional(letter) for letter in name}
        foreign = {"L", "EN", "AN"} if self.direction == "rtl" else {"R", "AL", "AN"}
        return Markup("<bdi>{}</bdi>").format(plain(name)) if kinds & foreign else escape(plain(name))

    def names(self, names: Sequence[str]) -> Markup:
        """Several names, each set apart where it needs to be."""
        return escape(self.texts["language"]["comma"]).join(map(self.isolated, names))


def read_language(code: str) -> Language:
    """The language of a code in LANGUAGES, read from its file in `locale/`."""
    text = files("rawi.web").joinpath("locale", f"{code}.toml").read_text("utf-8")
    return Language(code, tomllib.loads(text))


def _reachable(texts: Any) -> Any:
    """Nested tables as namespaces, whose names templates reach without a detour through attributes of dict."""
    if not isinstance(texts, dict):
        return texts
    return SimpleNamespace(**{name.replace("-", "_"): _reachable(value) for name, value in texts.items()})


# ------------------------------------------------------------------------------------------- templates


def _finished(value: Any) -> Any:
    return plain(value) if type(value) is str else value


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("rawi.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        # Every text passes through `plain`, so no template can forget it.
        finalize=_finished,
    )
    made.filters |= {"tongue": tongue}
    made.globals |= {"address": address, "fill": fill, "web_address": web_address}
    return made


def render_alone(template: str, **values: Any) -> str:
    """The HTML of a template that needs nothing of the site."""
    return _environment().get_template(template).render(values)


class Renderer:
    """Makes pages from templates in any language of the interface."""

    def __init__(self, **everywhere: Any) -> None:
        """`everywhere` are values that all templates see."""
        self.languages = {code: read_language(code) for code in LANGUAGES}
        environment = _environment()
        self._templates = {name: environment.get_template(name) for name in environment.list_templates()}
        self._common = {code: everywhere | _words(language) for code, language in self.languages.items()}

    def render(self, template: str, language: str, **values: Any) -> str:
        """The HTML of a template."""
        return self._templates[template].render(self._common[language] | values)


def _words(language: Language) -> dict[str, Any]:
    return {
        "code": language.code,
        "direction": language.direction,
        "t": _reachable(language.texts),
        "number": language.number,
        "count": language.count,
        "day": language.day,
        "weekday": language.weekday,
        "digits": language.digits,
        "month_name": language.month,
        "moment": language.moment,
        "topic_name": language.topic,
        "language_name": language.tongue_name,
        "isolated": language.isolated,
        "names": language.names,
        "here": f"/{language.code}/",
    }
