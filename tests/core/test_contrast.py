from math import log, sqrt

import pytest

from rawi.core.contrast import LEAST_Z, MOST_READ, contrast, counted, z_scores
from rawi.core.stopwords import STOPWORDS, tells_nothing
from rawi.core.text import forms


def test_scores_are_those_of_the_paper() -> None:
    """By hand, equations 15, 20 and 22: y = 8 of 20, x = 2 of 30, the prior 10 words of which the word has 2."""
    z = z_scores({"w": 8, "v": 12}, {"w": 2, "v": 28}, {"w": 10, "v": 40}, prior=10)["w"]
    delta = log(10 / (20 + 10 - 10)) - log(4 / (30 + 10 - 4))
    assert z == pytest.approx(delta / sqrt(1 / 10 + 1 / 4))
    assert z == pytest.approx(2.5424, abs=1e-4)


def test_a_word_in_equal_measure_sets_nothing_apart() -> None:
    assert z_scores({"w": 3, "v": 7}, {"w": 6, "v": 14}, {"w": 9, "v": 21}, prior=30)["w"] == pytest.approx(0)


def test_swapping_the_sides_turns_the_signs() -> None:
    one, other = {"sea": 9, "port": 4, "law": 1}, {"sea": 1, "law": 7, "vote": 3}
    both = {word: one.get(word, 0) + other.get(word, 0) for word in {*one, *other}}
    there, back = z_scores(one, other, both, 5), z_scores(other, one, both, 5)
    assert there.keys() == back.keys()
    for word, z in there.items():
        assert z == pytest.approx(-back[word])
        assert z != 0


@pytest.mark.parametrize(("one", "other"), [({}, {}), ({"a": 1}, {}), ({}, {"a": 1}), ({"a": 1}, {"a": 1})])
def test_too_little_gives_nothing(one: dict[str, int], other: dict[str, int]) -> None:
    both = {word: one.get(word, 0) + other.get(word, 0) for word in {*one, *other}}
    assert all(z == pytest.approx(0) for z in z_scores(one, other, both, 5).values())


SEA = [(f"The ferry left the port in March. Ferries cross the sea on Monday, number {n}.", "en") for n in range(30)]
LAW = [(f"The court ruled on the law in April. The judge in the court, number {n}.", "en") for n in range(30)]


def test_each_side_is_told_by_its_words() -> None:
    sea, law = contrast([counted(SEA), counted(LAW)])
    assert {"port", "sea"} <= {apart.word for apart in sea}
    assert {"court", "judge", "law"} <= {apart.word for apart in law}
    for apart in (*sea, *law):
        assert apart.z >= LEAST_Z
        assert apart.others == 0
        assert apart.word.lower() not in {"the", "in", "on", "march", "april", "monday"}
    court = next(apart for apart in law if apart.word == "court")
    assert (court.times, court.texts) == (60, 30)
    assert contrast([counted(LAW), counted(SEA)]) == [law, sea]


def test_three_sides_stand_each_against_the_others() -> None:
    school = [("Pupils and teachers of the school went on strike.", "en")] * 30
    sea, law, pupils = contrast([counted(SEA), counted(LAW), counted(school)])
    assert {"strike", "Pupils"} <= {apart.word for apart in pupils}
    assert {apart.word for apart in sea} & {apart.word for apart in law} == {"number"}  # both have it, the third not


def test_alike_sides_have_nothing_apart() -> None:
    assert contrast([counted(SEA), counted(SEA)]) == [(), ()]
    assert contrast([counted([]), counted(SEA)]) == [(), ()]
    assert contrast([]) == []


def test_the_spelling_shown_is_the_most_frequent() -> None:
    texts = [("Gaza GAZA Gaza port", "en"), ("gaza port", "en")] * 20
    apart = contrast([counted(texts), counted(LAW)])[0]
    assert [one.word for one in apart] == ["Gaza", "port"]


def test_a_text_is_read_up_to_a_bound() -> None:
    found = counted([("ferry " * 10_000, "en")])
    assert (found.times["ferry"], found.texts["ferry"], found.read) == (MOST_READ, 1, 1)


def test_words_asked_for_are_left_out() -> None:
    found = counted(SEA, lambda term, form: form == "port")
    assert "port" not in found.times
    assert found.times["sea"] == 30


@pytest.mark.parametrize(
    "word",
    [
        "the",
        "وفي",
        "التي",
        "وقال",
        "aujourd’hui",
        "Été",
        "Novembre",
        "نوفمبر",
        "تشرين",
        "Monday",
        "2015",
        "a",
        "ب",
        "١٢",
    ],
)
def test_what_tells_nothing(word: str) -> None:
    assert all(map(tells_nothing, forms(word)))


@pytest.mark.parametrize(
    "word",
    [
        "ferry",
        "وزير",
        "الماء",
        "ناصر",
        "conseil",
        "Ramadan",
        "رمضان",
        "بيان",
        "ولاية",
        "ولد",
        "لبنان",
        "فلسطين",
        "كهرباء",
    ],
)
def test_what_tells_something(word: str) -> None:
    assert not any(map(tells_nothing, forms(word)))


def test_stop_words_are_folded_as_texts_are() -> None:
    assert all(forms(word) == (word,) for word in STOPWORDS)
