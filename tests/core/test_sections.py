"""What tells an article's section: its publisher's words, its address, its text. All texts are made up."""

import pytest

from rawi.core import section_model, sections
from rawi.core.section_model import Model
from rawi.core.sections import MEDIA_TOPICS, SECTIONS, Topic, judge, of_address, topic
from rawi.core.text import terms

MATCH = (
    "الترجي يفوز على النجم الساحلي في مباراة الدوري",
    (
        "فاز الترجي على النجم الساحلي بهدفين مقابل هدف في المباراة التي جمعت الفريقين لحساب الجولة العاشرة من البطولة. "
        "وسجل المهاجم الهدف الأول في الشوط الأول، وأقصى الحكم مدافع الفريق الضيف بالبطاقة الحمراء."
    ),
)
NOTHING = ("كلمات", "هذه كلمات لا تقول شيئا عن شيء، وهذه أخرى مثلها.")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Politics", "politics"),
        ("سياسة", "politics"),
        ("Politique", "politics"),
        ("Innenpolitik", "politics"),
        ("Elecciones", "politics"),
        ("Middle East", "world"),
        ("Business & markets", "economy"),
        ("اقتصاد", "economy"),
        ("مال وأعمال", "economy"),
        ("Wirtschaft", "economy"),
        ("L’économie", "economy"),
        ("الرياضة", "sport"),
        ("والرياضة", "sport"),
        ("كرة القدم", "sport"),
        ("SPORTS", "sport"),
        ("Fútbol", "sport"),
        ("Santé", "health"),
        ("Sante\u0301", "health"),
        ("Sante", "health"),
        ("منوعات", "human-interest"),
        ("وطنية", "local"),
        ("جهات", "local"),
        ("الطقس", "weather"),
        ("UK News", "local"),
        ("Landespolitik", "politics"),
        ("NRW > Landespolitik", "politics"),
        ("Nuomonės", "opinion"),
        ("Music News", "culture"),
        ("Eat & Drink", "lifestyle"),
        ("Essen und Trinken", "lifestyle"),
        ("Royal", "human-interest"),
        ("Royal Family", "human-interest"),
        ("Famille royale", "human-interest"),
        ("Global,Innovation", "science"),
        ("Nos partenaires", None),
        ("", None),
        (" / > ", None),
        (None, None),
    ],
)
def test_words_of_five_languages(words: str | None, key: str | None) -> None:
    assert topic(words) == key


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Sports > Football", "sport"),
        ("News/Politics", "politics"),
        ("News | World | Politics", "politics"),
        ("سياسة - لبنان", "politics"),
        ("أخبار » اقتصاد", "economy"),
        ("اقتصاد عربي", "economy"),
        ("World news", "world"),
        ("World Cup", "sport"),
        ("عربي ودولي", "world"),
        ("Faits divers", "crime"),
        ("faits-divers", "crime"),
        ("Sci-Tech", "science"),
        ("Home › Opinion › Columnists", "opinion"),
    ],
)
def test_compound_wordings(words: str, key: str) -> None:
    assert topic(words) == key


def test_sections_that_a_comma_runs_together_are_set_apart() -> None:
    assert sections.as_written("Global,Innovation") == "Global, Innovation"
    assert sections.as_written("سياسة،اقتصاد") == "سياسة، اقتصاد"
    assert sections.as_written("Sports, Football") == "Sports, Football"
    assert sections.as_written("Top 1,000") == "Top 1,000"


@pytest.mark.parametrize(
    ("section", "is_it"),
    [("bayern", True), ("sport", True), ("Bayern", False), ("news", False), ("", False), ("ب", False)],
)
def test_a_part_of_the_address_is_no_wording(section: str, is_it: bool) -> None:
    assert sections.is_of_address(section, "https://sport.paper.example/bayern/12") is is_it
    assert not sections.is_of_address(section, "http://[broken")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://paper.example/politics/2020/05/some-headline", "politics"),
        ("https://paper.example/sport/football/12", "sport"),
        ("https://paper.example/ar/%D8%A7%D9%82%D8%AA%D8%B5%D8%A7%D8%AF/2020/12", "economy"),
        ("https://paper.example/اقتصاد/خبر-ما", "economy"),
        ("https://paper.example/business-news/some-headline/", "economy"),
        ("https://paper.example/international/politique/article/12.html", "politics"),
        ("https://paper.example/world-news/12", "world"),
        ("https://sport.paper.example/12", "sport"),
        ("https://paper.example/politics/", None),  # what comes last names the page itself
        ("https://paper.example/sport-for-thought-wins-the-day/12", None),
        ("https://paper.example/art/12/some-headline", None),
        ("https://paper.example/media/2020/05/some-headline", None),
        ("https://paper.example/business-insider/12", None),
        ("https://weather.example/12/some-headline", None),
        ("https://world.paper.example/12", None),
        ("https://sport.co.uk/12", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_the_section_in_an_address(url: str, key: str | None) -> None:
    assert of_address(url) == key


def test_words_come_before_address_and_address_before_text() -> None:
    url = "https://paper.example/health/12"
    assert judge("Économie", url, *MATCH, "ar") == Topic("economy", "section: Économie")
    assert judge("Nos partenaires", url, *MATCH, "ar") == Topic("health", "address: /health/")
    by_text = judge(None, "https://paper.example/12", *MATCH, "ar")
    assert by_text.key == "sport"
    assert by_text.why.startswith("text: ")


def test_where_nothing_is_clear_there_is_no_section() -> None:
    assert judge("", "https://paper.example/12", *NOTHING, "ar") == Topic(None, "")


@pytest.mark.parametrize("language", ["en", "fr", "fa", ""])
def test_a_text_tells_only_in_a_language_with_a_model(language: str) -> None:
    assert section_model.guess(*MATCH, language) is None


@pytest.mark.parametrize("text", ["", "\ud800\udfff \x00", "ا" * 100_000, "ا " * 100_000, "؟!" * 100])
def test_any_text_is_read(text: str) -> None:
    judge(text, text, text, text, "ar")


def test_an_unclear_text_is_left_without_a_section() -> None:
    """The model itself always answers where it knows enough words; whether that is sure enough is decided here."""
    mixed = ("خبر", "الوزير الترجي السياحة المباراة الشرطة البنك المهرجان المستشفى الانتخابات فيسبوك فيلم حادث المدرسة")
    found = section_model.guess(*mixed, "ar")
    assert found is not None
    assert found.likely < sections.SURE
    assert judge(None, "", *mixed, "ar").key is None


def test_home_news_are_not_told_by_the_text() -> None:
    """They are those of one country in what the model learnt from."""
    assert sections.is_clear(section_model.Guess("sport", 0.9))
    assert not sections.is_clear(section_model.Guess("sport", 0.7))
    assert not sections.is_clear(section_model.Guess("local", 0.99))


def test_a_headline_is_read_once_more_than_the_text() -> None:
    there = section_model.features("حادث مرور", "")
    assert there - section_model.features("", "حادث مرور")


def test_a_stem_is_the_same_with_article_and_ending() -> None:
    assert section_model.features("", "والمباريات") == section_model.features("", "مباريات")


def test_the_shipped_model_knows_the_archive_s_keys_and_is_small() -> None:
    model = section_model.shipped()
    assert set(model.keys) <= set(SECTIONS)
    assert len(model.weights) > 10_000
    assert len(section_model.pack(model)) < 600_000


def test_a_model_is_unpacked_as_it_was_packed() -> None:
    made = Model(("sport", "culture"), (0.5, 0.25), (-1.0, 0.125), 2.5, {7: (-127, 3), 4_294_967_295: (0, 127)})
    assert section_model.unpack(section_model.pack(made)) == made


def test_every_wording_leads_to_one_section() -> None:
    keys = sections._keys()
    assert set(keys.values()) == set(SECTIONS)
    for key, wordings in sections._WORDS.items():
        for wording in wordings.split(","):
            assert keys[" ".join(sections._without_article(t.form) for t in terms(wording))] == key, wording


def test_media_topics_are_the_seventeen() -> None:
    assert sorted(MEDIA_TOPICS.values()) == [f"medtop:{n:02}000000" for n in range(1, 18)]
    assert set(SECTIONS) - set(MEDIA_TOPICS) == {"world", "local", "opinion"}
