"""Catalogues: read strictly; those that come with Rawi are sound."""

from collections import Counter

import pytest

from rawi import catalogues
from rawi.core.catalogue import MOST_PUBLISHERS, read_catalogue
from rawi.core.urls import host, publisher_of
from rawi.errors import BadInput

ONE = 'title = "Coast"\n[[publisher]]\nname = "Harbour"\nhome = "https://harbour.example/"\n'


def test_what_is_not_said_is_empty() -> None:
    read = read_catalogue(ONE.encode())
    assert (read.title, read.country) == ("Coast", "")
    [entry] = read.entries
    assert (entry.name, entry.home, entry.language, entry.feeds) == ("Harbour", "https://harbour.example/", "", ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title = ", "not TOML"),
        ("\udcff", "not TOML"),
        ("a = " + "[" * 10_000, "not TOML"),
        ('title = "Coast"', "no .*publisher"),
        ("publisher = 3", "no .*publisher"),
        (ONE + "colour = 3", r"publisher 1 \('Harbour'\): unknown key 'colour'"),
        ("color = 3\n" + ONE, "unknown key 'color'"),
        (ONE.replace("https", "ftp"), r"publisher 1 \('Harbour'\): .*ftp"),
        (ONE.replace("harbour.example/", "user:secret@harbour.example/"), "user name or password"),
        (ONE.replace('"Harbour"', "7"), "publisher 1: name must be a text"),
        (ONE.replace("home", "# home"), r"publisher 1 \('Harbour'\): home is missing"),
        ('country = "Egypt"\n' + ONE, "at its top: country must be a code"),
        (ONE.replace('"Harbour"', '" "'), "has no name"),
        (ONE + 'language = "arabic"', "two letters"),
        (ONE + 'feeds = "https://harbour.example/feed"', "list of texts"),
        (ONE + 'feeds = ["nonsense"]', "nonsense"),
        (ONE + 'hosts = ["a b"]', "a b"),
        (ONE + 'hosts = ["https://stories.example"]', "no host"),
        (ONE + 'hosts = ["stories.example/path"]', "no host"),
        (ONE + ONE.partition("\n")[2].replace("harbour.example/", "www.harbour.example/fr"), "harbour.example: .* 2"),
        (ONE + ONE.partition("\n")[2], "https://harbour.example/: it stands there 2 times"),
        (ONE + 'feeds = ["https://a.example/f", "https://a.example:443/f"]', "https://a.example/f: it stands there 2"),
        (ONE + ONE.partition("\n")[2] * MOST_PUBLISHERS, "split it"),
    ],
)
def test_a_slip_is_said(text: str, problem: str) -> None:
    with pytest.raises(BadInput, match=problem) as error:
        read_catalogue(text.encode("utf-8", "surrogateescape"))
    assert "secret" not in str(error.value)


def test_three_countries_come_with_it() -> None:
    assert catalogues.names() == ["egypt", "lebanon", "morocco"]
    with pytest.raises(BadInput, match=r"atlantis: .* egypt, lebanon, morocco"):
        catalogues.catalogue("atlantis")


@pytest.mark.parametrize("name", catalogues.names())
def test_each_is_sound(name: str) -> None:
    read = catalogues.catalogue(name)
    assert read.title.lower() == name
    assert len(read.country) == 2
    assert len(read.entries) >= 15
    ids = Counter(publisher_of(host(entry.home)) for entry in read.entries)
    assert [one for one, count in ids.items() if count > 1] == []
    for entry in read.entries:
        assert entry.language in ("ar", "fr", "en")
        own = publisher_of(host(entry.home))
        assert all(host(feed).endswith(own) for feed in entry.feeds), entry.name
