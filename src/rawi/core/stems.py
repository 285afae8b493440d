"""What the inflections of a word share, in Arabic, English and French, and what all spellings of a name do.

Stems are made of forms as `core.text` folds them, without accents, so that who types none finds the same.
"""

from rawi.core import name_variants, stems_ar, stems_latin

_ARABIC_FIRST, _ARABIC_LAST = "\u0621", "\u064a"
_OF_LATIN = {"en": stems_latin.english, "fr": stems_latin.french}


def stem(form: str, language: str) -> str:
    """The stem of a form in a text of a language (ISO 639-1, or "").

    A known name has the key that all its spellings share. Arabic words are stemmed in Arabic texts and in those whose
    language is not known; Latin ones by the language of the text; all others are what they are. Never empty.
    """
    if name := name_variants.name_of(form):
        return name
    if _ARABIC_FIRST <= form[0] <= _ARABIC_LAST:
        return stems_ar.stem(form) if language in ("ar", "") else form
    return _OF_LATIN[language](form) if language in _OF_LATIN and form.isascii() else form


def stems(form: str) -> tuple[str, ...]:
    """Every stem that a document of any language may hold for what a reader types, each once."""
    if name := name_variants.name_of(form):
        return (name,)
    if _ARABIC_FIRST <= form[0] <= _ARABIC_LAST:
        return (stems_ar.stem(form),)
    return tuple(dict.fromkeys((stem(form, "en"), stem(form, "fr"), form)))


def is_name(form: str) -> bool:
    """Whether a form is a name whose spellings share a stem."""
    return bool(name_variants.name_of(form))
