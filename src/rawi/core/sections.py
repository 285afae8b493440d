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
    "conflict": "conflict conflicts defence defense security war الأمن الدفاع حرب حروب défense guerre sécurité",
    "crime": "court courts crime crimes justice law police حوادث عدالة قضاء محاكم faits-divers judiciaire justice police",
    "culture": "art arts books cinema culture entertainment film media music theatre television tv "
    "ثقافة ثقافية الثقافة سينما فن فنون منوعات إعلام كتب arts cinéma culture culturel livres médias musique spectacles",
    "disaster": "accident accidents disaster disasters emergency كوارث catastrophes",
    "economy": "banking business companies economics economy energy finance industry markets money property trade "
    "اقتصاد اقتصادية الاقتصاد أسواق أعمال بورصة طاقة عقارات مال affaires bourse économie économique énergie entreprises "
    "finance finances marchés wirtschaft economía economia",
    "education": "education schools university تعليم التعليم جامعات education éducation enseignement école université",
    "environment": "climate environment nature بيئة البيئة مناخ climat environnement nature planète",
    "health": "health medicine صحة الصحة طب santé médecine",
    "human-interest": "people celebrities مشاهير people",
    "labour": "employment jobs labour unions work عمل عمال emploi social syndicats travail",
    "lifestyle": "fashion food leisure lifestyle style travel tourism سياحة سفر مطبخ موضة cuisine loisirs mode tourisme voyage voyages",
    "local": "city local metro regional regions province محليات محلية المحافظات المدينة جهات جهوية local locale régions régional ville",
    "opinion": "analysis columnists columns comment commentary debate editorial editorials opinion opinions views "
    "آراء رأي الرأي افتتاحية مقالات تحليل وجهات analyse chroniques débats éditorial opinion opinions tribune tribunes idées meinung",
    "politics": "elections government parliament policy politics national nation "
    "برلمان حكومة سياسة سياسية السياسة انتخابات politique politiques gouvernement élections politik política politica",
    "religion": "faith religion دين الدين islam religion religions",
    "science": "internet science tech technology space علوم تكنولوجيا تقنية sciences science technologie technologies numérique",
    "society": "community family life society women youth مجتمع المجتمع أسرة مرأة شباب société famille femmes",
    "sport": "football soccer sport sports basketball tennis رياضة الرياضة رياضية كرة sport sports foot football deporte deportes",
    "weather": "weather طقس الطقس météo",
    "world": "africa arab americas asia europe foreign global international middle-east world "
    "العالم عالمي دولي دولية عربي عربية خارجية إفريقيا أخبار-العالم international monde étranger afrique maghreb ausland mundo",
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
