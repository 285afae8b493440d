"""Names in the news that are spelled in many ways, in Arabic and in Latin letters: all spellings of one have one key.

A table of ours gives each name in Arabic and in a spelling or two. For names of the Arab world rules of how Arabic
letters are written in English and French bring other spellings to the same key (Qaddafi, Kadhafi; Hussein, Husayn;
Bashar, Bachar; Qasim, Gassem); names from elsewhere have the spellings that are listed. A spelling is only taken for
a name of the table: of other words nothing is guessed. What is a word of English or French, too ("said", "salle"), or
fits two names, is no name here. In Arabic, who comes from a country is found with it, as in other words (الكويتي,
الكويت).
"""

import re
from collections.abc import Iterator
from functools import cache

_TABLE = """
محمد mohamed mohammad muhammad mohammed mehmed: احمد ahmed ahmad: محمود mahmoud mahmud mahmood: حسن hasan hassan
حسين hussein husayn hossein hocine: علي ali: عمر omar umar: عثمان othman osman uthman ousmane othmane
خالد khaled khalid: وليد walid waleed: طارق tarek tariq tareq: كريم karim kareem: يوسف youssef yusuf yousef youcef
ابراهيم ibrahim ebrahim brahim: اسماعيل ismail ismael smail: مصطفي mustafa mostafa moustapha
عبدالله abdullah abdallah abdulla: عبدالرحمن abdulrahman abderrahmane abdelrahman: عبدالعزيز abdulaziz abdelaziz
عبدالفتاح abdelfattah abdulfattah: عبدالملك abdulmalik abdelmalek: جمال jamal gamal djamal djamel jamel
ناصر nasser nasir naser nacer naceur
نصرالله nasrallah nasrullah: سعيد saeed saied: سليمان suleiman sulayman soleiman slimane souleymane
سلطان sultan: سلمان salman
فيصل faisal faysal faycal: فهد fahd fahad: بندر bandar: مقتدي muqtada moqtada: مقرن muqrin
هاشم hashem hashim hachem: هشام hisham hicham hichem: ياسر yasser yasir: ياسين yassin yassine: زياد ziad ziyad
زكريا zakaria zakariya: زينب zaynab zeinab zainab zineb: فاطمه fatima fatma fatemeh: خديجه khadija khadijah
عايشه aisha aicha ayesha: مريم maryam mariam meriem: ليلي leila layla laila: نادر nader nadir: نبيل nabil nabeel
رشيد rashid rachid rasheed: راشد rached: منصور mansour mansur: منير mounir munir: مروان marwan merwan merouane
معمر muammar moammar mouammar: نوري nuri nouri: حيدر haidar haydar haider: بشار bashar bachar: الاسد assad
ماهر maher: رفيق rafik rafiq: الحريري hariri: عون aoun awn: جنبلاط jumblatt joumblatt: جعجع geagea jaajaa
ميقاتي mikati miqati: فرنجيه frangieh franjieh: باسيل bassil: شمعون chamoun: السنيوره siniora sanioura
السيسي sisi sissi: مبارك mubarak moubarak: مرسي morsi mursi: السادات sadat sadate: شكري shoukry shukri choukri chokri
الطيب tayeb tayyib taieb: ساويرس sawiris: القذافي gaddafi qadhafi kadhafi khadafi gadhafi: حفتر haftar hifter
السراج sarraj serraj: الدبيبه dbeibah dbeiba: بلحاج belhaj belhadj: بوتفليقه bouteflika boutefliqa
تبون tebboune tabboun: بورقيبه bourguiba: السبسي essebsi sebsi: المرزوقي marzouki: الغنوشي ghannouchi ghannushi
بنعلي benali: الجبالي jebali: قيس kais qais kays: البشير bashir bachir bechir: البرهان burhan bourhan
حميدتي hemedti hemeti: الترابي turabi tourabi: حمدوك hamdok: الحوثي houthi huthi houthis huthis
صالح saleh salih: صدام saddam: المالكي maliki: العبادي abadi: الصدر sadr: السيستاني sistani: بارزاني barzani
طالباني talabani: العامري amiri ameri: الزرقاوي zarqawi zarkaoui: البغدادي baghdadi: الظواهري zawahiri zawahri
الجولاني jolani julani joulani golani: القاعده qaeda qaida kaida: داعش daesh daech daish: حماس hamas
حزبالله hezbollah hizbullah hizballah: النصره nusra nosra: طالبان taliban talibans: بوكوحرام bokoharam: عرفات arafat
عباس abbas: هنيه haniyeh haniya haniyah haniye: مشعل meshaal mashal meshal: السنوار sinwar: دحلان dahlan
البرغوثي barghouti barghouthi: فياض fayyad: اشتيه shtayyeh: روحاني rouhani ruhani rohani: خامنيي khamenei khameini
الخميني khomeini: ظريف zarif: رييسي raisi raissi: احمدينجاد ahmadinejad: سليماني soleimani suleimani: خاتمي khatami
عمران imran: شريف sharif shareef cherif charif: الابراهيمي brahimi: البرادعي elbaradei baradei: موسي moussa musa
ابوالغيط aboulgheit: الجيزه giza guizeh: اسوان aswan assouan: حمص homs: اللاذقيه latakia lattaquie: درعا deraa daraa
ادلب idlib idleb: الرقه raqqa rakka: كوباني kobani: القامشلي qamishli kameshli: السويداء sweida suwayda soueida
الغوطه ghouta: الموصل mosul mossoul: البصره basra bassora: كركوك kirkuk kirkouk: الفلوجه fallujah falluja falloujah
اربيل erbil irbil arbil: النجف najaf nadjaf: كربلاء karbala kerbala: تكريت tikrit: سامراء samarra: صيدا sidon saida
بعلبك baalbek: زحله zahle zahleh: عرسال arsal: البقاع bekaa beqaa: عمان amman: غزه gaza: رفح rafah: رامالله ramallah
جنين jenin djenine: حيفا haifa: جده jeddah djeddah jiddah: الدوحه doha: ابوظبي abudhabi: البحرين bahrain bahrein
المنامه manama: صنعاء sanaa: تعز taiz taez: الحديده hodeidah hudaydah hodeida: الخرطوم khartoum
دارفور darfur darfour: مقديشو mogadishu mogadiscio: بنغازي benghazi: مصراته misrata misurata: سرت sirte syrte
درنه derna: طبرق tobruk tobrouk: صفاقس sfax: القيروان kairouan: وهران oran: الرباط rabat: فاس fez
مراكش marrakesh marrakech: نواكشوط nouakchott: الايزيديون yazidis yezidis: الاخوان ikhwan: الازهر azhar
رمضان ramadan: شيخ sheikh cheikh shaykh: جهاد jihad djihad: حجاب hijab: الكويت kuwait koweit: عدن aden
الجزيره jazeera: امير emir: خاشقجي khashoggi khashoqji khashuqji kashoggi: جابر jaber jabir: جبريل jibril djibril
جعفر jaafar djaafar: حامد hamed: حمدان hamdan: حمزه hamza: رضوان ridwan redouane: شفيق shafiq chafik shafik
عاصم asim assem: عبدالكريم abdulkarim abdelkrim abdelkarim: عبدالقادر abdulqadir abdelkader
عبداللطيف abdellatif abdullatif: عبدالمجيد abdelmadjid abdelmajid abdulmajid: عبدالناصر abdelnasser abdulnasser
عدنان adnan: عصام essam issam isam: غسان ghassan: فاروق farouk faruq farooq: قاسم qasim qassem kassem qasem kacem
معتز moataz mutaz: مقداد miqdad mekdad: منذر munther mundhir: نعيم naim naeem
هيثم haitham haytham haithem: وسام wissam: رامي rami ramy: الجعفري jaafari: الهاشمي hashimi hashemi: النجيفي nujaifi
الحلبوسي halbousi halboosi: الكاظمي kadhimi kazemi kadhemi: الزبيدي zubaidi zoubaidi
العليمي alimi: الزنداني zindani: المشاط mashat: الشرع sharaa charaa: المقداد mekdad: الغزالي ghazali
العثماني othmani: بنكيران benkirane: اخنوش akhannouch akhannush: بوريطه bourita: المشيشي mechichi: الفخفاخ fakhfakh
النهضه ennahda nahda: الزبير zubair zoubeir: باشاغا bashagha bachagha: المشري mishri mechri
قاليباف qalibaf ghalibaf: لاريجاني larijani laridjani: عراقجي araghchi araqchi: بزشكيان pezeshkian
رفسنجاني rafsanjani: العاروري arouri aruri: الضاحيه dahiyeh dahieh: خانيونس khanyunis: جباليا jabalia jabaliya
الجولان golan joulan: الانبار anbar: نينوي nineveh ninive: ديالي diyala: دهوك duhok dohuk
السليمانيه sulaymaniyah sulaimaniya: الحسكه hasakah hasaka hassake: منبج manbij: الزبداني zabadani
المهره mahra: شبوه shabwa: مارب marib maareb: ابين abyan: لحج lahij: سقطري socotra: الفاشر fasher fashir
كسلا kassala: جوبا juba djouba: امدرمان omdurman: كردفان kordofan: تطوان tetouan: اغادير agadir: مكناس meknes
وجده oujda: سبها sabha sebha: بوليساريو polisario: سطيف setif: عنابه annaba: تلمسان tlemcen: بجايه bejaia
بنزرت bizerte: القصرين kasserine
"""
"""Names of the Arab world and its neighbours, by which the rules bring other spellings to them, too."""

_AS_LISTED = """
ميشال michel: نتنياهو netanyahu netanyahou netanjahu: شارون sharon: باراك barak: ليبرمان lieberman: غانتس gantz
لابيد lapid: بوتين putin poutine: لافروف lavrov: ميدفيديف medvedev
زيلينسكي zelensky zelenskyy zelenskyi zelenskiy zelenski zelinsky: لوكاشينكو lukashenko loukachenko
بوروشينكو poroshenko porochenko: اوباما obama: ترامب trump: ترمب trump: بايدن biden: كيري kerry: كلينتون clinton
بلينكن blinken: ريغان reagan: نيكسون nixon: كيسنجر kissinger: ميركل merkel: شولتس scholz: ماكرون macron
هولاند hollande: ساركوزي sarkozy: شيراك chirac: كاميرون cameron: جونسون johnson: بلير blair: اردوغان erdogan
غولن gulen: مودي modi: بوتو bhutto: كرزاي karzai: غوتيريش guterres: انان annan: كيمون kimoon
دميستورا demistura: القاهره cairo caire: الاسكندريه alexandria alexandrie: السويس suez: سيناء sinai
الاقصر luxor louxor: دمشق damascus damas: حلب aleppo alep: بغداد baghdad bagdad: بيروت beirut beyrouth
طرابلس tripoli: لبنان lebanon liban lebanese libanais libanaise libanaises: القدس jerusalem: نابلس nablus naplouse
الخليل hebron: تلابيب telaviv
الرياض riyadh riyad riad: مكه mecca makkah mecque: دبي dubai doubai: مسقط muscat mascate: سوسه sousse
الجزاير algiers alger algeria algerie: طنجه tangier tanger: مصر egypt egypte
سوريا syria syrie syrian syrians syrien syriens syrienne syriennes: سوريه syria syrie
العراق iraq irak iraqi iraqis irakien irakiens irakienne irakiennes: الاردن jordan jordanie
فلسطين palestine palestinian palestinians palestinien palestiniens palestinienne palestiniennes
اسراييل israel israeli israelis israelien israeliens israelienne israeliennes: ليبيا libya libye
السودان sudan soudan
المغرب morocco maroc: موريتانيا mauritania mauritanie: اليمن yemen: السعوديه saudi saoudite: قطر qatar
الامارات emirates emirats: ايران iran: تركيا turkey turquie: روسيا russia russie: اوكرانيا ukraine
الصين china chine: اليابان japan japon: الهند india inde: باكستان pakistan: افغانستان afghanistan: فرنسا france
المانيا germany allemagne: بريطانيا britain: اسبانيا spain espagne: ايطاليا italy italie: اليونان greece grece
قبرص cyprus chypre: امريكا america amerique: اميركا america amerique: المكسيك mexico mexique: البرازيل brazil bresil
الصومال somalia somalie: اثيوبيا ethiopia ethiopie: ارتيريا eritrea erythree: نيجيريا nigeria: السنغال senegal
تشاد tchad: النيجر niger: جيبوتي djibouti: طهران tehran teheran: اصفهان isfahan ispahan: انقره ankara
اسطنبول istanbul: موسكو moscow moscou: كييف kyiv kiev: واشنطن washington: نيويورك newyork: لندن london londres
باريس paris: برلين berlin: بروكسل brussels bruxelles: جنيف geneva geneve: فيينا vienna: روما rome: مدريد madrid
اثينا athens athenes: بكين beijing pekin: طوكيو tokyo: نيودلهي newdelhi: كابول kabul kaboul: اسلاماباد islamabad
القرم crimea crimee: دونباس donbass donbas: الشيشان chechnya tchetchenie: الشيعه shia shiite shiites chiite chiites
العلويون alawite alawites alaouite alaouites: الدروز druze druzes: الاكراد kurd kurds kurdes kurdish kurde
الاقباط copts coptes: الامازيغ amazigh berbers berberes: رويترز reuters: حلال halal: قبطي coptic copte
تونس tunis tunisia tunisie: بلجيكا belgium belgique: سويسرا switzerland suisse: هولندا netherlands
النمسا austria autriche: بولندا poland pologne: السويد sweden: النرويج norway norvege
الدنمارك denmark danemark: فنلندا finland finlande: ايرلندا ireland irlande: البرتغال portugal
المجر hungary hongrie: رومانيا romania roumanie: بلغاريا bulgaria bulgarie: صربيا serbia serbie
كرواتيا croatia croatie: البوسنه bosnia bosnie: البانيا albania albanie: ارمينيا armenia armenie
اذربيجان azerbaijan azerbaidjan: كازاخستان kazakhstan: اوزبكستان uzbekistan ouzbekistan: كندا canada: كوبا cuba
فنزويلا venezuela: كولومبيا colombia colombie: الارجنتين argentina argentine: اندونيسيا indonesia indonesie
ماليزيا malaysia malaisie: تايلاند thailand thailande: فيتنام vietnam: تايوان taiwan: استراليا australia australie
كينيا kenya: اوغندا uganda ouganda: رواندا rwanda: غانا ghana: اوروبا europe: افريقيا africa afrique: اسيا asia asie
بيونغيانغ pyongyang: وارسو warsaw varsovie: غوغل google: فيسبوك facebook: تويتر twitter
انستغرام instagram: يوتيوب youtube: مايكروسوفت microsoft: بلاتر blatter: مانديلا mandela: غاندي gandhi
تشافيز chavez: كاسترو castro: مادورو maduro: ثاتشر thatcher: سوناك sunak: ستارمر starmer: روبيو rubio
اوربان orban: ميلوني meloni: ستولتنبرغ stoltenberg: اليونيسكو unesco: اليونيسف unicef: الناتو nato: اوبك opec opep
الفيفا fifa
"""
"""Names whose Latin spelling does not write Arabic letters down: rules for those would take "chienne" for China."""

_NO_NAMES = frozenset(
    """
    bander barin barrin basel basil beiden bender bissel bretagne burette cherifs chine facher fez gabber genin
    hamden hammed hider jabber machet mali masher medina meekness mitchell morsay morse mousse niger oran peres
    quasi quiet rabatt sad said sale sales samara schiene share sherif sheriff sherriff shine side sinni tayer tunes
    turkey tyre
    """.split()  # noqa: SIM905 - a table, many words a line
)
"""What rules, or a listed spelling, would take for a name and is another word more often."""

_RULES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"[^a-z]", ""),
        (r"ph", "f"),
        (r"(?<!t)ch", "sh"),
        (r"dj", "j"),
        (r"dh", "d"),
        (r"q|ck|c(?=[aouklr]|$)", "k"),
        (r"([bdfgjklmnprstvz])\1", r"\1"),
        (r"oo|ou|ow", "u"),
        (r"ee|ey|ei|ay|ai|yy", "i"),
        (r"(?<=[aeiou])h?$|(?<=[aeiou])h(?=[^aeiou])", ""),
        (r"y(?![aeiou])", "i"),
        (r"aa", "a"),
        (r"ii+", "i"),
        (r"uu+", "u"),
    )
)
"""How the letters of one name are written in English and French, in this order, each brought to one."""

_ALIKE = {"a": "ae", "e": "eai", "i": "ie", "o": "ou", "u": "uo"}
"""How the short vowels of Arabic, which it does not write, are heard."""

_SPOKEN = {"ق": ("k", "g"), "ج": ("j", "g")}
"""Letters that sound otherwise in Libya, in Sudan, in Egypt, and how a key has them."""

_MOST_VARIANTS = 256

_COUNTRIES = """
ارتيريا اسبانيا استراليا اسراييل افغانستان الارجنتين الاردن الامارات البحرين البرازيل البرتغال الجزاير السعوديه السنغال
السودان السويد الصومال الصين العراق القدس الكويت المانيا المغرب المكسيك النرويج الهند اليابان اليمن اليونان امريكا
اوروبا اوكرانيا ايران ايطاليا باكستان بريطانيا بلجيكا تركيا تشاد تونس روسيا سوريا فرنسا فلسطين قطر كندا لبنان ليبيا
مصر موريتانيا هولندا
"""
"""Places whose people and things are called by them with an ending (nisba) that is no other word."""

_NISBA_ENDINGS = ("ي", "يه", "يا", "يين", "يون", "يان", "يات", "يتين", "يتان")

_ARABIC = re.compile("[\u0621-\u064a]")
_SHORTEST = 5
_FEWEST_CONSONANTS = 3
_CONSONANT = re.compile("[ksgt]h|[^aeiou]")
"""Letters of a spelling that is not listed: too many short words are spelled like a name by the rules."""


def name_of(form: str) -> str:
    """The key of a name that a form spells, in either script; "" when it is none that is known.

    `form` is one word as `core.text` folds it; in Arabic it may have conjunction and preposition. Names that are words
    without their article (الصدر) are names with it alone.
    """
    by_arabic, listed, by_key = _tables()
    if _ARABIC.match(form):
        return next((by_arabic[base] for base in _bases(form) if base in by_arabic), "")
    if form in _NO_NAMES or not form.isascii() or not form.isalpha():
        return ""
    return listed.get(form, "") or (by_key.get(key(form), "") if len(form) >= _SHORTEST else "")


def _bases(form: str) -> Iterator[str]:
    """A form, then what is left of it without conjunction and preposition; an article stays, or comes back."""
    yield form
    rest = form[1:] if form[0] in "وف" else form
    yield rest
    if rest.startswith("لل"):
        yield "ال" + rest[2:]
    elif rest[:1] in ("ب", "ل", "ك"):
        yield rest[1:]


def key(form: str) -> str:
    """What the spellings of a name in Latin letters have in common. `form` is in small letters without accents."""
    for pattern, by in _RULES:
        form = pattern.sub(by, form)
    return form


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The keys of names by Arabic form, by listed spelling, and by what spellings of one name alone have in common."""
    by_arabic: dict[str, str] = {}
    listed: dict[str, str] = {}
    of_rules: dict[str, str] = {}
    apart: set[str] = set()
    for arabic, latin in _lines(_AS_LISTED + ":" + _TABLE):
        mine = by_arabic[arabic] = _TWICE.get(arabic, arabic)
        listed.update(dict.fromkeys(latin, mine))
    for arabic, latin in _lines(_TABLE):
        for said in {variant for spelling in latin for variant in _variants(key(spelling), arabic)}:
            if of_rules.setdefault(said, by_arabic[arabic]) != by_arabic[arabic]:
                apart.add(said)
    for country in _COUNTRIES.split():
        by_arabic.update(dict.fromkeys(_people(country), country))
    # Where the variants of two names meet, the one that is listed so has it.
    sure = {key(spelling): mine for spelling, mine in listed.items() if key(spelling) in of_rules}
    by_key = {said: mine for said, mine in of_rules.items() if said not in apart} | sure
    return by_arabic | _TWICE, listed, by_key


def _lines(table: str) -> Iterator[tuple[str, list[str]]]:
    for line in table.replace("\n", ":").split(":"):
        if words := line.split():
            yield words[0], words[1:]


def _variants(said: str, arabic: str) -> set[str]:
    """What else a key may be when short vowels are heard otherwise and letters spoken as in another country.

    None for a name of two consonants ("sali", "nuri"), which too many words are spelled like; and the vowels stay in
    one of three, where they part names (Hamad, Hamid).
    """
    consonants = len(_CONSONANT.findall(said))
    if consonants < _FEWEST_CONSONANTS:
        return set()
    found = {said}
    if consonants > _FEWEST_CONSONANTS:
        found = {begun + said[-1] for begun in _heard(said[:-1])}
    for letter, (here, there) in _SPOKEN.items():
        if letter in arabic:
            found |= {variant.replace(here, there) for variant in found}
    return found


def _heard(said: str) -> set[str]:
    found = {""}
    for letter in said:
        found = {begun + other for begun in found for other in _ALIKE.get(letter, letter)}
    return found if len(found) <= _MOST_VARIANTS else {said}


def _people(country: str) -> Iterator[str]:
    """Who and what is of a country, with and without article."""
    bare = country.removeprefix("ال") if country != "المانيا" else country
    base = bare.removesuffix("يا") if bare.endswith("يا") else bare.removesuffix("يه").removesuffix("ا")
    for ending in _NISBA_ENDINGS:
        yield base + ending
        yield "ال" + base + ending


_TWICE = {
    "حوثي": "الحوثي",
    "حوثيون": "الحوثي",
    "حوثيين": "الحوثي",
    "الحوثيون": "الحوثي",
    "الحوثيين": "الحوثي",
    "حريري": "الحريري",
    "اتراك": "تركيا",
    "الحسين": "حسين",
    "الاتراك": "تركيا",
    "كردي": "الاكراد",
    "كرديه": "الاكراد",
    "الكردي": "الاكراد",
    "الكرديه": "الاكراد",
    "اكراد": "الاكراد",
    "الروس": "روسيا",
    "اميركا": "امريكا",
    "اميركي": "امريكا",
    "اميركيه": "امريكا",
    "الاميركي": "امريكا",
    "الاميركيه": "امريكا",
    "الاميركيون": "امريكا",
    "الاميركيين": "امريكا",
    "ايرلاند": "ايرلندا",
    "بشير": "البشير",
    "بلينكين": "بلينكن",
    "ترمب": "ترامب",
    "جوتيريش": "غوتيريش",
    "جوجل": "غوغل",
    "زلينسكي": "زيلينسكي",
    "زيلنسكي": "زيلينسكي",
    "سوريه": "سوريا",
    "غوتيريس": "غوتيريش",
    "غولان": "الجولان",
    "ميشيل": "ميشال",
    "نتانياهو": "نتنياهو",
}
"""Second spellings in Arabic, and the first: a name's key is its first spelling, which no stem of a word is."""
