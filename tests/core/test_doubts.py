"""What is noted of a text that is wrongly decoded, breaks off, or is in several languages."""

import pytest

from rawi.core.doubts import BROKEN_OFF, WRONGLY_DECODED, of_text
from rawi.core.extract import extract
from tests.core.test_extract import BODY, PARAGRAPHS, PLAIN, URL, page

ARABIC = "غادرت العبارة الجزيرة في التاسعة مساء وعلى متنها مئتا راكب، كما قالت سلطة الميناء للصحفيين في المدينة اليوم."
FRENCH = (
    "Le bac avait quitté l’île à neuf heures du soir avec deux cents passagers à bord, a déclaré l’autorité du port."
)
GERMAN = (
    "Die Fähre hatte die Insel um neun Uhr abends mit zweihundert Menschen verlassen, wie die Hafenbehörde mitteilte."
)


@pytest.mark.parametrize("said", [ARABIC, FRENCH * 2, GERMAN * 2, "It’s “closed” – that’s all."])
def test_letters_of_a_wrong_decoding(said: str) -> None:
    assert of_text(said) == ()
    assert of_text(said.encode().decode("cp1252", "replace")) == (WRONGLY_DECODED,)


@pytest.mark.parametrize(
    "said", ["À São João", "Ångström, Øst og Ærø", "5 Â° and Ã— once in a long text " + FRENCH, "«Ñ»"]
)
def test_letters_that_are_meant(said: str) -> None:
    assert of_text(said) == ()


def test_the_languages_of_the_longer_parts() -> None:
    assert of_text("\n".join([PARAGRAPHS[0], FRENCH, ARABIC])) == ("its parts are in several languages: en, fr, ar",)
    assert of_text("\n".join([*PARAGRAPHS, "Auf Wiedersehen, sagte der Kapitän."])) == ()
    assert of_text("\n".join([GERMAN, GERMAN, GERMAN])) == ()


def test_a_page_that_ends_in_the_middle() -> None:
    whole = page().partition("<footer>")[0]
    cut = whole[: whole.index("who had travelled")]
    assert BROKEN_OFF in extract(cut, URL).notes
    assert BROKEN_OFF not in extract(cut + "</p></body></html>", URL).notes
    assert BROKEN_OFF not in extract(f"<title>{PLAIN}</title><h1>{PLAIN}</h1>{BODY}", URL).notes
