"""The archive's sections, and the words by which publishers call them.

Seventeen are the top Media Topics of the IPTC (news codes, "medtop"); "world", "local" and "opinion" are not topics,
but newspapers print them as sections and readers look for them.
"""

import re
import unicodedata

SECTIONS = (
    "politics",
    "world",
    "economy",
    "society",
    "conflict",
    "crime",
    "disaster",
    "education",
    "environment",
    "health",
    "human-interest",
    "labour",
    "lifestyle",
    "local",
    "culture",
    "opinion",
    "religion",
    "science",
    "sport",
    "weather",
)
"""Every key, in the order in which a front page shows them."""

_WORDS = {
    "conflict": ("conflict conflicts defence defense défense guerre security sécurité war الأمن الدفاع حرب حروب "),
    "crime": ("court courts crime crimes faits-divers judiciaire justice law police حوادث عدالة قضاء محاكم "),
    "culture": (
        "art arts books cinema cinéma culture culturel entertainment film livres media music musique "
        "médias spectacles television theatre tv "
        "إعلام الثقافة ثقافة ثقافية سينما فن فنون كتب منوعات "
    ),
    "disaster": ("accident accidents catastrophes disaster disasters emergency كوارث "),
    "economy": (
        "affaires banking bourse business companies economia economics economy economía energy "
        "entreprises finance finances industry marchés markets money property trade wirtschaft économie "
        "économique énergie "
        "أسواق أعمال اقتصاد اقتصادية الاقتصاد بورصة طاقة عقارات مال "
    ),
    "education": ("education enseignement schools university université école éducation التعليم تعليم جامعات "),
    "environment": ("climat climate environment environnement nature planète البيئة بيئة مناخ "),
    "health": ("health medicine médecine santé الصحة صحة طب "),
    "human-interest": ("celebrities people مشاهير "),
    "labour": ("emploi employment jobs labour social syndicats travail unions work عمال عمل "),
    "lifestyle": (
        "cuisine fashion food leisure lifestyle loisirs mode style tourism tourisme travel voyage "
        "voyages "
        "سفر سياحة مطبخ موضة "
    ),
    "local": (
        "city local locale metro province regional regions régional régions ville "
        "المحافظات المدينة جهات جهوية محليات محلية "
    ),
    "opinion": (
        "analyse analysis chroniques columnists columns comment commentary debate débats editorial "
        "editorials idées meinung opinion opinions tribune tribunes views éditorial "
        "آراء افتتاحية الرأي تحليل رأي مقالات وجهات "
    ),
    "politics": (
        "elections gouvernement government nation national parliament policy politica politics politik "
        "politique politiques política élections "
        "السياسة انتخابات برلمان حكومة سياسة سياسية "
    ),
    "religion": ("faith islam religion religions الدين دين "),
    "science": (
        "internet numérique science sciences space tech technologie technologies technology تقنية تكنولوجيا علوم "
    ),
    "society": ("community famille family femmes life society société women youth أسرة المجتمع شباب مجتمع مرأة "),
    "sport": ("basketball deporte deportes foot football soccer sport sports tennis الرياضة رياضة رياضية كرة "),
    "weather": ("météo weather الطقس طقس "),
    "world": (
        "africa afrique americas arab asia ausland europe foreign global international maghreb middle- "
        "east monde mundo world étranger "
        "أخبار-العالم إفريقيا العالم خارجية دولي دولية عالمي عربي عربية "
    ),
}

_KEYS = {word: key for key, words in _WORDS.items() for word in words.split()}
_NOT_LETTERS = re.compile(r"[\W_]+")


def topic(section: str | None) -> str | None:
    """The key of the archive's section that a publisher's own words for a section mean; None when they are not known.

    The whole wording decides first ("Middle East"), then its first word that is known ("Business & markets").
    """
    if not section:
        return None
    words = [w for w in _NOT_LETTERS.split(unicodedata.normalize("NFC", section[:200]).casefold()) if w]
    whole = _KEYS.get("-".join(words))
    return whole or next((_KEYS[w] for w in words if w in _KEYS), None)
