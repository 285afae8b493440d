"""The catalogues that come with Rawi: a TOML file for each country, beside this one."""

from importlib.resources import files

from rawi.core.catalogue import Catalogue, read_catalogue
from rawi.errors import BadInput


def names() -> list[str]:
    """What they are called, in order."""
    return sorted(file.name.removesuffix(".toml") for file in files(__name__).iterdir() if file.name.endswith(".toml"))


def catalogue(name: str) -> Catalogue:
    """The catalogue of this name; BadInput, naming those there are, when there is none."""
    if name not in names():
        raise BadInput(f"{name}: no catalogue of that name; there are {', '.join(names())}")
    return read_catalogue((files(__name__) / f"{name}.toml").read_bytes())
