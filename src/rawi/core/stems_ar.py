"""Light stems of Arabic: what is left of a word when what is written together with it is taken off.

After light10 (Larkey, Ballesteros, Connell 2002, 2007): clitics in front and endings behind are parted, roots are not
sought. Beyond it, three things are known of words, and a clitic is only taken off where they agree: which words take
the article (nouns), which take the ya of the present (verbs), and which names begin with a letter that could be a
clitic. Broken plurals of the patterns that name their singular are read by rule where that singular is a known noun,
the others and the weak verbs by a table of ours (`core.stems_ar_words`).
"""

from functools import cache
from importlib import resources
from typing import NamedTuple

from rawi.core import stems_ar_words


class Words(NamedTuple):
    """What is known of Arabic words, folded as `core.text` does."""

    nouns: frozenset[str]
    verbs: frozenset[str]
    """The present without its ya; the past of the derived forms is alef and this."""
    names: frozenset[str]


class _Known(NamedTuple):
    nouns: frozenset[str]
    bases: frozenset[str]
    """Nouns without their endings."""
    verbs: frozenset[str]
    frequent_verbs: frozenset[str]
    verbs_after_alef: frozenset[str]
    names: frozenset[str]
    stem_of: dict[str, str]
    """Plurals, weak verbs, words that are left whole."""
    function_words: frozenset[str]


_FOLD = str.maketrans("أإآؤئىة", "اااوييه")

_ARTICLES = ("وبال", "فبال", "وكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال")
_PRONOUNS = ("هما", "كما", "هم", "هن", "ها", "كم", "نا", "ه")
_VERB_ENDINGS = ("", "ون", "وا", "ان", "ين", "تا", "تم", "نا", "ت", "ن", "ا")
_OBJECTS = ("", "هما", "هم", "هن", "ها", "كم", "نا", "ني", "ه")
_SHORTEST = 3
"""Letters that endings leave of a word."""


def stem(form: str) -> str:
    """The light stem of one folded Arabic word."""
    known = _known()
    if found := known.stem_of.get(form):
        return found
    base, is_noun = _without_clitics(form, known)
    if found := known.stem_of.get(base):
        return found
    if base in known.function_words:
        return base
    verb = "" if is_noun else _verb(base, known)
    return verb or _noun(base, known)


def pack(words: Words) -> str:
    """The words as the file of the package has them: a line a group."""
    return "".join(" ".join(sorted(group)) + "\n" for group in words)


# -------------------------------------------------------------------------------------------- clitics


def _without_clitics(form: str, known: _Known) -> tuple[str, bool]:
    """The word without conjunction, preposition, article, the sin of the future; and whether an article says noun."""
    if form in known.nouns or form in known.names or form in known.function_words or len(form) <= _SHORTEST:
        return form, False
    if form[0] == "ا" and form[1:] in known.verbs:
        return form, False
    for article in _ARTICLES:
        rest = form[len(article) :]
        if form.startswith(article) and (len(rest) >= _SHORTEST or rest in known.nouns or rest in known.stem_of):
            if article.endswith("لل") and rest not in known.nouns and "ل" + rest in known.nouns:
                return "ل" + rest, True
            return rest, True
    rest = form[1:]
    if form[0] in "وف" and _is_conjunction(form, known):
        return (rest, False) if rest in known.stem_of else _without_clitics(rest, known)
    if form[0] in "بلك" and _is_thing(rest, known) and not _is_thing(form, known):
        return rest, False
    if form[0] in "سل" and rest[0] in "يتنا" and (rest in known.stem_of or _verb(rest, known)):
        return rest, False
    return form, False


def _is_conjunction(form: str, known: _Known) -> bool:
    rest = form[1:]
    if rest in known.stem_of and len(rest) >= _SHORTEST and form not in known.nouns:
        return True
    if _is_thing(form, known) or _verb(form, known):
        return False
    if _is_thing(rest, known) or rest in known.function_words or _verb(rest, known) or rest in known.names:
        return True
    # An unknown word that begins with waw more often has it for "and" than for its own; with fa it is the reverse.
    return form[0] == "و" and len(rest) > _SHORTEST


def _is_thing(word: str, known: _Known) -> bool:
    if word in known.nouns or word in known.stem_of:
        return True
    base = _noun(word, known)
    return base != word and len(base) >= _SHORTEST and (base in known.bases or base in known.stem_of)


# ---------------------------------------------------------------------------------------------- verbs


def _verb(word: str, known: _Known) -> str:
    """What a form of a known verb is found under; empty when it is none."""
    if word in known.verbs and word not in known.nouns and not _is_present(word, known):
        return known.stem_of.get(word, word)
    for obj in _OBJECTS:
        if not word.endswith(obj):
            continue
        bare = word[: len(word) - len(obj)]
        if obj and bare in known.stem_of and len(bare) >= _SHORTEST:
            return known.stem_of[bare]
        for ending in _VERB_ENDINGS:
            if len(bare) - len(ending) < 2 or not bare.endswith(ending):
                continue
            base = bare[: len(bare) - len(ending)]
            if found := _verb_base(base, known, is_bare=not (obj or ending)):
                return known.stem_of.get(found, found)
    return ""


def _verb_base(base: str, known: _Known, *, is_bare: bool) -> str:
    if base in known.verbs and not is_bare:
        return base
    rest = base[1:]
    if base[0] in "يتن" and rest[:1] == "و" and len(rest) == _SHORTEST and "ا" + rest[1:] in known.frequent_verbs:
        return "ا" + rest[1:]  # a hamza sits on waw behind the prefix: يؤكد of أكد
    if base[0] in "يتن" and rest in known.verbs and (base not in known.nouns or _is_present(base, known)):
        return base if base in known.verbs and not _is_present(base, known) else rest
    return rest if base[0] == "ا" and rest in known.verbs_after_alef else ""


def _is_present(base: str, known: _Known) -> bool:
    """Whether a form with ta is "she …" rather than "he …" of the fifth or sixth form: both are written alike, and a
    verb that is frequent without ta is likelier unless that with ta is, too (تشارك, but تحدث)."""
    return base[0] == "ت" and base[1:] in known.frequent_verbs and base not in known.frequent_verbs


# ---------------------------------------------------------------------------------------------- nouns


def _noun(word: str, known: _Known) -> str:
    """A noun without pronoun, number, ta marbuta and nisba; the singular of a broken plural that names it."""
    for part in (_without_pronoun, _without_number, _without_nisba):
        word = part(word, known)
        if found := known.stem_of.get(word):
            return found
    return _of_pattern(word, known)


def _without_pronoun(word: str, known: _Known) -> str:
    if word in known.nouns:
        return word
    for pronoun in _PRONOUNS:
        rest = word[: -len(pronoun)]
        if not word.endswith(pronoun) or len(rest) < _SHORTEST:
            continue
        if rest.endswith("ت") and rest[:-1] + "ه" in known.stem_of:
            return rest[:-1] + "ه"
        if rest.endswith("ت") and (rest[:-1] + "ه" in known.nouns or (len(rest) > 4 and rest[-2] != "ا")):
            return rest[:-1]
        if rest in known.nouns or rest in known.stem_of or (pronoun != "نا" and len(rest) > _SHORTEST):
            return rest
    return word


def _without_number(word: str, known: _Known) -> str:
    if word.endswith("ات") and len(word) >= 2 + _SHORTEST:
        return word[:-2]
    for ending in ("تين", "تان", "ون", "ين", "ان", "وا", "ا"):
        rest = word[: -len(ending)]
        if not word.endswith(ending) or len(rest) < _SHORTEST:
            continue
        if ending in ("تين", "تان") and rest + "ه" in known.stem_of:
            return rest + "ه"
        if rest in known.nouns or rest + "ه" in known.nouns or rest in known.stem_of:
            return rest
        if ending in ("ون", "ين") and len(rest) > _SHORTEST and (word not in known.nouns or _is_participle(rest)):
            return rest
    return word


def _is_participle(word: str) -> bool:
    """Whether a word has the shape of who does something or to whom it is done: these have no broken plurals."""
    return word[0] == "م" or (len(word) == 4 and word[1] == "ا")


def _without_nisba(word: str, _: _Known) -> str:
    for ending in ("يه", "ه", "ي"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("ه") and len(word) > 2 else word


def _of_pattern(word: str, known: _Known) -> str:
    """The singular of a plural whose pattern names it, where that is a known noun; a verb for its noun of action."""
    for singular in _singulars(word):
        if singular in known.bases:
            return singular
    if len(word) >= 5 and word[0] == "ا" and word[-2] == "ا" and (verb := word[1:-2] + word[-1]) in known.verbs:
        return known.stem_of.get(verb, verb)
    return word


def _singulars(word: str) -> tuple[str, ...]:
    """Stems that a word of a plural's pattern could have for its singular, the likeliest first."""
    if len(word) == 5 and word[2] == "ا" and word[3] != "ا":
        a, b, c, d = word[0], word[1], word[3], word[4]
        if b == "و":
            return (a + "ا" + c + d,)
        if c == "ي":
            return (a + b + "ي" + d, a + b + "ا" + d)
        return (a + b + c + d,)
    if len(word) == 6 and word[2] == "ا" and word[4] == "ي":
        a, b, c, d = word[0], word[1], word[3], word[5]
        if b == "و":
            return (a + "ا" + c + "و" + d,)
        return (a + b + c + "و" + d, a + b + c + "ا" + d, a + b + c + "ي" + d)
    if len(word) == 5 and word.endswith("اء"):
        a, b, c = word[0], word[1], word[2]
        return (a + b + "ي" + c, a + "ا" + b + c)
    return ()


# ---------------------------------------------------------------------------------------------- words


@cache
def _known() -> _Known:
    """Read once, when the first Arabic word asks for it: a file of the package, which is the method itself."""
    text = resources.files("rawi.core").joinpath("models/stems_ar.txt").read_text("utf-8")
    nouns, verbs, names = (frozenset(line.split(" ")) for line in text.splitlines())
    past = stems_ar_words.REGULAR_VERBS.translate(_FOLD).split()
    listed = frozenset(form[1:] if form[0] == "ا" and len(form) > _SHORTEST else form for form in past)
    after_alef = frozenset(form[1:] for form in past if form[0] == "ا" and len(form) > _SHORTEST)
    apart = stems_ar_words.APART.translate(_FOLD).split()
    known = _Known(
        nouns=nouns | frozenset(apart),
        bases=frozenset(),
        verbs=verbs | listed,
        frequent_verbs=listed,
        verbs_after_alef=after_alef | frozenset(verb for verb in verbs if len(verb) > _SHORTEST),
        names=names,
        stem_of=dict.fromkeys(apart, ""),
        function_words=frozenset(stems_ar_words.FUNCTION_WORDS.translate(_FOLD).split()),
    )
    known = known._replace(stem_of={})
    known = known._replace(bases=frozenset(_noun(noun, known) for noun in known.nouns))
    stem_of = {}
    for line in stems_ar_words.VERBS.translate(_FOLD).split("\n"):
        stem_of.update(dict.fromkeys(line.split(), line.split(" ")[0]))
    pairs = [line.split() for line in stems_ar_words.PLURALS.translate(_FOLD).strip().split("\n")]
    whole = {word: word for word in stems_ar_words.WHOLE.translate(_FOLD).split()}
    stem_of |= {plural: whole.get(singular) or _noun(singular, known) for plural, singular in pairs} | whole
    # Never a verb's word: "he sent" is a root of its own, whatever else is written so.
    return known._replace(stem_of=stem_of)
