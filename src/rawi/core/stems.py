"""What the inflections of a word share."""


def stem(form: str, language: str) -> str:  # noqa: ARG001
    """The form that all inflections of a word share. `form` is as `core.text` gives it, `language` ISO 639-1 or ""."""
    return form


def is_name(form: str) -> bool:  # noqa: ARG001
    """Whether a form is a name whose spellings share a stem."""
    return False


def stems(form: str) -> tuple[str, ...]:
    """Every stem that a document of any language may hold for what a reader types, each once."""
    return (form,)
