"""Addresses that lead in circles."""

import pytest

from rawi.core.traps import trapped


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://x.example/story/1;jsessionid=0123456789abcdef?a=b", "session"),
        ("https://x.example/story?PHPSESSID=0123456789abcdef0123", "session"),
        ("https://x.example/a/b/a/b/a/b/", "repeats"),
        ("https://x.example/" + "/".join(str(n) for n in range(30)), "deep"),
        ("https://x.example/?" + "&".join(f"f{n}=1" for n in range(20)), "parts"),
    ],
)
def test_a_trap_is_named(url: str, said: str) -> None:
    assert said in trapped(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/2015/10/02/russia-admits-its-strikes",
        "https://x.example/ar/news/ar/",
        "https://x.example/story.php?id=12&sid=3&lang=ar",
        "https://x.example/%D8%A7%D9%84%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/12",
        "https://x.example/",
    ],
)
def test_an_article_is_no_trap(url: str) -> None:
    assert trapped(url) == ""
