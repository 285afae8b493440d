"""The archive's sections, and what tells which of them an article belongs to.

Seventeen are the top Media Topics of the IPTC (news codes, "medtop"); "world", "local" and "opinion" are not topics,
but newspapers print them as sections and readers look for them. "Local" is news of the publisher's own country or
town, "world" that of others.

The publisher's own words decide; where they mean nothing known, the section in the article's address; where there is
none, the words of the text (`core.section_model`), if they are clear.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from rawi.core import section_model, urls
from rawi.core.text import terms

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

MEDIA_TOPICS = {
    "culture": "medtop:01000000",  # arts, culture, entertainment and media
    "crime": "medtop:02000000",  # crime, law and justice
    "disaster": "medtop:03000000",  # disaster, accident and emergency incident
    "economy": "medtop:04000000",  # economy, business and finance
    "education": "medtop:05000000",
    "environment": "medtop:06000000",
    "health": "medtop:07000000",
    "human-interest": "medtop:08000000",
    "labour": "medtop:09000000",
    "lifestyle": "medtop:10000000",  # lifestyle and leisure
    "politics": "medtop:11000000",  # politics and government
    "religion": "medtop:12000000",
    "science": "medtop:13000000",  # science and technology
    "society": "medtop:14000000",
    "sport": "medtop:15000000",
    "conflict": "medtop:16000000",  # conflict, war and peace
    "weather": "medtop:17000000",
}
"""The IPTC's codes of the keys that are its topics."""

SURE = 0.8
"""How likely the model must hold a section to be: of such answers, about nine in ten are right on later months."""

NOT_BY_TEXT = frozenset(["local"])
"""What the model may find likeliest and is yet not taken from it: it knows the home news of one country, and texts of
others that are like them in tone are not home news for that."""

_PLACES = frozenset(["local", "world"])
"""They say where and not what: "Arab economy" is economy."""

_WORDS = {
    "conflict": (
        "conflict, conflicts, defence, defense, military, security, war, wars, armée, défense, guerre, sécurité, "
        "krieg, militär, sicherheit, verteidigung, conflicto, defensa, guerra, seguridad, أمن, حرب, حروب, دفاع, "
        "عسكري, عسكرية, نزاعات, شؤون عسكرية, أمن ودفاع"
    ),
    "crime": (
        "court, courts, crime, crimes, crime and justice, justice, law, legal, police, faits divers, fait divers, "
        "judiciaire, tribunaux, blaulicht, justiz, kriminalität, polizei, recht, prozesse, justicia, policía, "
        "sucesos, tribunales, policiales, جرائم, جريمة, حوادث, عدالة, قضاء, قضايا ومحاكم, محاكم, أمن وقضاء, أخبار "
        "الحوادث, شرطة, قضائية, حوادث وقضايا"
    ),
    "culture": (
        "art, arts, arts and culture, books, celebrity news, cinema, culture, entertainment, film, films, "
        "literature, media, movies, music, showbiz, television, theatre, theater, tv, arts et spectacles, cinéma, "
        "culturel, culturelle, livres, littérature, médias, musique, spectacles, théâtre, bücher, feuilleton, "
        "fernsehen, kino, kultur, kunst, literatur, medien, musik, unterhaltung, arte, cine, cultura, "
        "entretenimiento, espectáculos, libros, literatura, medios, música, televisión, teatro, آداب, أدب, أدب "
        "وفن, أدب وفنون, إعلام, تراث, تلفزيون, ثقافة, ثقافة وفن, ثقافة وفنون, ثقافي, ثقافية, سينما, فن, فنون, "
        "فني, فنية, كتب, مسرح, ملحق ثقافي, موسيقى, دراما, ميديا, صحافة"
    ),
    "disaster": (
        "accident, accidents, disaster, disasters, emergency, catastrophe, catastrophes, incendies, katastrophen, "
        "unfälle, unglücke, accidentes, catástrofes, desastres, emergencias, كوارث, كوارث طبيعية, زلازل"
    ),
    "economy": (
        "banking, business, companies, economic, economics, economy, energy, finance, finances, financial, "
        "industry, investing, market, markets, money, personal finance, property, real estate, startups, stocks, "
        "trade, affaires, argent, banque, bourse, conso, consommation, économie, économique, énergie, entreprise, "
        "entreprises, immobilier, industrie, marchés, patrimoine, börse, energie, finanzen, geld, immobilien, "
        "konjunktur, märkte, unternehmen, verbraucher, wirtschaft, bolsa, economía, economia, empresas, energía, "
        "finanzas, industria, mercados, negocios, vivienda, أسواق, أسهم, أعمال, استثمار, اقتصاد, اقتصادي, "
        "اقتصادية, اقتصاد وأعمال, بنوك, بورصة, تجارة, ريادة أعمال, شركات, صناعة, طاقة, عقار, عقارات, مال, مال "
        "وأعمال, مال واقتصاد, مصارف, نفط, نفط وطاقة, عملات"
    ),
    "education": (
        "college, education, higher education, school, schools, students, universities, university, école, "
        "éducation, enseignement, lycées, université, universités, bildung, hochschule, schule, schulen, studium, "
        "educación, universidad, universidades, تربية, تربية وتعليم, تعليم, تعليمية, جامعات, جامعة, مدارس, طلاب, "
        "طلبة"
    ),
    "environment": (
        "animals, climate, climate change, environment, nature, sustainability, wildlife, climat, écologie, "
        "environnement, planète, animaux, klima, natur, umwelt, nachhaltigkeit, clima y medio ambiente, ecología, "
        "medio ambiente, medioambiente, naturaleza, بيئة, بيئي, بيئية, تغير المناخ, طبيعة, مناخ, بيئة ومناخ"
    ),
    "health": (
        "coronavirus, covid, covid 19, health, healthcare, medical, medicine, mental health, wellness, médecine, "
        "santé, bien être, gesundheit, medizin, medicina, salud, sanidad, صحة, صحي, صحية, طب, طبي, طبية, كورونا, "
        "صحة وطب, صحة وجمال, صحتك"
    ),
    "human-interest": (
        "celebrities, celebrity, gossip, human interest, monarchy, obituaries, odd news, offbeat, oddly enough, "
        "people, royal, royal family, royals, weird, famille royale, insolite, insolites, nécrologie, carnet, "
        "buntes, leute, menschen, stars, vermischtes, promis, adel, königshäuser, famosos, gente, corazón, realeza, "
        "casa real, طرائف, غرائب, غرائب وطرائف, لقطات, مشاهير, منوع, منوعات, متفرقات, وفيات, قصص إنسانية, حول "
        "العالم بالصور"
    ),
    "labour": (
        "careers, employment, jobs, labor, labour, unions, work, workplace, emploi, social, syndicats, travail, "
        "arbeit, arbeitsmarkt, beruf, karriere, gewerkschaften, empleo, laboral, trabajo, sindicatos, تشغيل, "
        "توظيف, عمال, عمالي, عمل, نقابات, وظائف, مهن"
    ),
    "lifestyle": (
        "automotive, autos, beauty, cars, cooking, dining, drink, drinks, eat, eat and drink, fashion, food, food "
        "and drink, gaming, garden, gardening, health and fitness, home and garden, leisure, life and style, "
        "lifestyle, motoring, recipes, restaurants, style, travel, tourism, wellbeing, automobile, beauté, cuisine, "
        "gastronomie, jardin, loisirs, mode, recettes, sorties, tourisme, voyage, voyages, auto, essen, essen und "
        "trinken, freizeit, garten, genuss, mode und beauty, motor, reise, reisen, rezepte, belleza, coches, "
        "cocina, estilo, estilo de vida, gastronomía, moda, recetas, turismo, viajes, أزياء, أناقة, تجميل, جمال, "
        "حياة وناس, ديكور, رفاهية, سفر, سياحة, سياحة وسفر, سيارات, طبخ, لايف ستايل, مأكولات, مطبخ, موضة, نمط حياة, "
        "أسلوب حياة"
    ),
    "local": (
        "city, community news, domestic, home news, in the nation, local, local news, metro, nation, national, uk "
        "news, nationwide, province, provinces, region, regional, regions, state, actualité nationale, actualités "
        "nationales, collectivités, communes, départements, locale, locales, régional, régionale, régions, "
        "nationale, ville, villes, inland, landkreis, lokal, lokales, regionales, stadt, aus der region, ciudad, "
        "comarcas, nacional, provincia, provincias, أخبار البلد, أخبار محلية, أقاليم, بلديات, جهات, جهوي, جهوية, "
        "محافظات, محلي, محليات, محلية, مدن, مدينة, مناطق, وطني, وطنية, أخبار وطنية, داخل, شأن محلي, شؤون محلية, "
        "ولايات, مجتمع محلي"
    ),
    "opinion": (
        "analyses, analysis, blog, blogs, column, columnist, columnists, columns, comment, commentary, comment is "
        "free, debate, editorial, editorials, guest column, ideas, leaders, letters, letters to the editor, oped, "
        "op ed, opinion, opinions, perspective, perspectives, views, viewpoint, voices, analyse, billet, chronique, "
        "chroniques, débat, débats, édito, éditorial, éditos, idées, point de vue, tribune, tribunes, blick von "
        "außen, gastbeitrag, gastkommentar, kolumne, kolumnen, kommentar, kommentare, leitartikel, meinung, "
        "meinungen, nuomonės, análisis, columna, columnas, columnistas, debates, editoriales, opinión, tribuna, "
        "آراء, أعمدة, افتتاحية, تحليل, تحليلات, رأي, زوايا, قضايا وآراء, كتاب ومقالات, كتاب وآراء, كتاب, مدونات, "
        "مقال, مقالات, مقالات رأي, منبر, وجهات نظر, وجهة نظر, تعليق, أقلام, أقلام وآراء, بأقلامهم"
    ),
    "politics": (
        "congress, diplomacy, election, elections, government, local government, parliament, policy, political, "
        "politics, white house, public affairs, diplomatie, élections, gouvernement, parlement, politique, "
        "politiques, bundestag, bundesregierung, innenpolitik, außenpolitik, regierung, politik, wahl, wahlen, "
        "bundespolitik, kommunalpolitik, landespolitik, elecciones, gobierno, parlamento, política, políticas, "
        "أحزاب, انتخابات, برلمان, برلمانيات, حكومة, "
        "دبلوماسية, سياسة, سياسي, سياسية, سياسات, شؤون سياسية, رئاسة, شأن عام"
    ),
    "religion": (
        "belief, christianity, church, faith, islam, religion, religions, spirituality, religieux, glaube, "
        "kirche, religión, iglesia, أديان, إسلام, إسلاميات, إسلامية, حج, دين, ديني, دينية, رمضان, فتاوى"
    ),
    "science": (
        "ai, artificial intelligence, cybersecurity, digital, gadgets, innovation, innovations, internet, "
        "science, sciences, scitech, sci tech, space, tech, technology, high tech, numérique, espace, "
        "intelligence artificielle, technologie, technologies, digitales, forschung, netzwelt, technik, weltraum, "
        "wissen, wissenschaft, ciencia, espacio, inteligencia artificial, tecnología, أبحاث, إنترنت, اتصالات, "
        "تقني, تقنية, تقنيات, تكنولوجيا, ذكاء اصطناعي, ذكاء صناعي, علم, علوم, علوم وتكنولوجيا, فضاء, هواتف, "
        "رقميات"
    ),
    "society": (
        "community, communities, demographics, families, family, gender, human rights, immigration, migration, "
        "parenting, society, women, youth, famille, femmes, jeunesse, société, vie locale, droits humains, "
        "familie, frauen, gesellschaft, jugend, familia, mujer, mujeres, sociedad, igualdad, اجتماعي, اجتماعية, "
        "اجتماعيات, أسرة, أسرة ومجتمع, بيت وأسرة, حقوق الإنسان, شباب, طفل, عائلة, قضايا اجتماعية, لاجئون, مجتمع, "
        "مجتمع مدني, مرأة, هجرة"
    ),
    "sport": (
        "athletics, baseball, basketball, boxing, champions league, cricket, cycling, football, formula 1, golf, "
        "handball, hockey, mlb, motorsport, nba, nfl, nhl, olympics, paralympics, premier league, rugby, soccer, "
        "sport, sporting, sports, tennis, volleyball, world cup, athlétisme, coupe du monde, cyclisme, foot, jeux "
        "olympiques, ligue 1, omnisports, sportif, bundesliga, fußball, leichtathletik, olympia, "
        "sportnachrichten, wintersport, wm, atletismo, baloncesto, ciclismo, deporte, deportes, fútbol, juegos "
        "olímpicos, liga, motogp, tenis, أولمبياد, دوري, رياضات, رياضة, رياضي, رياضية, رياضيات متنوعة, سلة, كأس "
        "العالم, كرة, كرة السلة, كرة القدم, كرة قدم, كرة اليد, كرة يد, كورة, ملاعب, مونديال, تنس, بطولات, دوريات"
    ),
    "weather": (
        "forecast, meteo, météo, weather, wetter, el tiempo, meteorología, أحوال جوية, أرصاد, أرصاد جوية, حالة "
        "الطقس, طقس, نشرة جوية"
    ),
    "world": (
        "africa, americas, arab, arab world, asia, asia pacific, europe, foreign, foreign affairs, global, "
        "international, internationals, latin america, mena, mideast, middle east, middle east and africa, north "
        "africa, overseas, world, world news, worldwide, afrique, amériques, asie, à l international, étranger, "
        "internationale, maghreb, monde, moyen orient, proche orient, afrika, amerika, asien, ausland, europa, "
        "internationales, naher osten, welt, américa, áfrica, extranjero, internacional, internacionales, mundo, "
        "oriente medio, oriente próximo, أخبار العالم, إفريقيا, أفريقيا, أوروبا, آسيا, أميركا, إقليمي, إقليمية, "
        "خارج, خارجي, خارجية, خليج, دولي, دولية, دوليات, شرق أوسط, شؤون دولية, عالم, عالمي, عالمية, عرب, عرب "
        "وعالم, عربي, عربية, عربيات, مغاربية, مغرب عربي, مغرب كبير, مشرق, من حول العالم, وطن عربي"
    ),
}
"""Publishers' wordings of each section, in English, French, German, Spanish and Arabic (there without the article)."""

_GENERAL = frozenset(
    re.findall(
        r"\S+",
        "a actualidad actualite actualites aktuell aktuelles all and archive archives article articles ar ara arabic "
        "cat category categoria categorie categories channel content de der des die du edition el en english es et "
        "features fr francais gen general headlines home hub index info infos in la las latest le les live los main my "
        "nachrichten news newsroom noticias of online page pages post posts premium read reports rubrique rubriques "
        "section sections seccion stories story tag the today top topic topics und updates web www y اخبار الاخبار خبر "
        "مقال قسم اقسام تصنيف كل اخر مستجدات تقارير عاجل صفحه ",
    )
)
"""Words of addresses that say nothing of a section, as `terms` gives them."""

_NOT_IN_ADDRESSES = frozenset(
    re.findall(
        r"\S+",
        "art auto blog blogs carnet city comment comments conso digital home leaders letters liga media motor nation "
        "people region social state stars style tv video views wm مقال مقالات كتاب كتب ",
    )
)
"""Known words that more often mean something else in an address: /art/ is for "article", /media/ a folder."""

_ARTICLES = ("وال", "بال", "ال", "لل", "و")
_BETWEEN = re.compile(r"\s*(?:[>|/\\»«›:;•·,،؛→]|\s[-–—]+\s)\s*")
"""What stands between the parts of a compound wording: "Sports > Football", "سياسة - لبنان"."""

_LONGEST, _MOST_PARTS, _MOST_WORDS = 200, 8, 4
_LONGEST_ADDRESS = 2000
_SHORTEST_GENERAL = 4
_COMMA = re.compile(r"([,،;])(?=[^\W\d])")
_SLUG = re.compile(r"[a-z0-9_-]{2,80}")
_LONGEST_PART = 40
"""Characters of a part of an address that may name a section: what is longer is a headline."""


class Topic(NamedTuple):
    """The section of an article, and what it was told by."""

    key: str | None
    """One of `SECTIONS`; None when nothing tells."""
    why: str
    """"section: Sports > Football", "address: /sport/" or "text: 0.93"; "" when there is no key."""


def judge(section: str | None, url: str, title: str, text: str, language: str) -> Topic:
    """The archive's section of an article: by its publisher's words for it, else by its address, else by its text.

    `language` is that of the text. The text decides only in a language that there is a model of, and where it is clear.
    """
    if key := topic(section):
        return Topic(key, f"section: {section}")
    for part, key in _in_address(url):
        return Topic(key, f"address: {part}")
    found = section_model.guess(title, text, language)
    if found and is_clear(found):
        return Topic(found.key, f"text: {found.likely:.2f}")
    return Topic(None, "")


def is_clear(guess: section_model.Guess) -> bool:
    """Whether the archive takes the model's word for a section."""
    return guess.likely >= SURE and guess.key not in NOT_BY_TEXT


def topic(section: str | None) -> str | None:
    """The key of the archive's section that a publisher's own words for a section mean; None when they are not known.

    Of several parts ("News/Politics", "Sports > Football"), and of several words in one, the first that is known
    decides; one that says what comes before one that says only where ("Arab economy").
    """
    if not section:
        return None
    found = [
        key
        for part in _BETWEEN.split(section[:_LONGEST])[:_MOST_PARTS]
        for key in _keys_in([term.form for term in terms(part)])
        if key
    ]
    return next((key for key in found if key not in _PLACES), found[0] if found else None)


def of_address(url: str) -> str | None:
    """The key of the section that an article's address names ("/sport/…", "sport.example.org"); None when none does."""
    return next((key for _, key in _in_address(url)), None)


def as_written(section: str) -> str:
    """A publisher's words for a section; several that a comma runs together, as "Global,Innovation", set apart."""
    return _COMMA.sub(r"\1 ", section)


def is_heading(said: str) -> bool:
    """Whether a text that stands where a name should is but a section's: "News", "Sport", "Local news"."""
    if len(said) > _LONGEST_PART or not any(map(str.isalpha, said)):
        return False
    words = [term.form for term in terms(said)]
    is_general = [word in _GENERAL and len(word) >= _SHORTEST_GENERAL for word in words]
    if len(words) == 1:
        return is_general[0] or (said.isascii() and _key(words) is not None)
    return any(is_general) and all(is_general[n] or _key([word]) is not None for n, word in enumerate(words))


def is_of_address(section: str, url: str) -> bool:
    """Whether what is called a section is a part of the page's address, in small letters only, and no wording."""
    if not _SLUG.fullmatch(section):
        return False
    split = urls.parts(url[:_LONGEST_ADDRESS])
    return section in (*unquote(split.path).split("/"), *(split.hostname or "").split("."))


def _in_address(url: str) -> Iterator[tuple[str, str]]:
    """The parts of an address that name a section and nothing else, and its key; those that say what come first."""
    split = urls.parts(url[:_LONGEST_ADDRESS])
    host = split.hostname or ""
    places = []
    # What comes last names the article.
    for part in unquote(split.path).strip("/").split("/")[:-1][:_MOST_PARTS]:
        key = _of_part(part)
        if key in _PLACES:
            places.append((f"/{part}/", key))
        elif key:
            yield f"/{part}/", key
    first, _, rest = urls.publisher_of(host).partition(".")
    # "sport.example.org" is a part of example.org; "sport.co.uk" is a publisher of its own.
    if "." in rest and len(rest.partition(".")[0]) > 3 and (key := _of_part(first)) and key not in _PLACES:
        yield f"{first}.{rest}", key
    yield from places


def _of_part(part: str) -> str | None:
    """The key that a part of an address means if all of its words are known, but for those that say nothing."""
    if not part or len(part) > _LONGEST_PART:
        return None
    words = [term.form for term in terms(part.replace("_", " "))]
    whole = _key(words)
    telling = [word for word in words if word not in _GENERAL and not word.isdecimal()]
    keys = [whole] if whole else _keys_in(telling)
    if not keys or None in keys or _NOT_IN_ADDRESSES.intersection(words):
        return None
    return next((key for key in keys if key not in _PLACES), keys[0])


def _keys_in(words: list[str]) -> list[str | None]:
    """The keys of the longest known wordings in a row of words, in order; None for a word that is in none."""
    keys: list[str | None] = []
    words = words[:_LONGEST]
    at = 0
    while at < len(words):
        for wide in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            if key := _key(words[at : at + wide]):
                break
        keys.append(key)
        at += wide
    return keys


def _key(words: list[str]) -> str | None:
    return _keys().get(" ".join(map(_without_article, words)))


def _without_article(word: str) -> str:
    """An Arabic word without its article: "الرياضه" and "والرياضه" are "رياضه"."""
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) > 1:
            return word[len(article) :]
    return word


@cache
def _keys() -> dict[str, str]:
    """The key of every wording, as `terms` reads it and without articles."""
    return {
        " ".join(_without_article(term.form) for term in terms(wording)): key
        for key, wordings in _WORDS.items()
        for wording in wordings.split(",")
    }
