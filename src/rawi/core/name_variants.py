"""Names in the news that are spelled in many ways, in Arabic and in Latin letters: all spellings of one have one key.

A table of ours gives each name in Arabic and in a spelling or two; rules of how Arabic letters are written in English
and French bring other spellings to the same key (Qaddafi, Kadhafi; Hussein, Husayn; Bashar, Bachar). A spelling
is only taken for a name of the table: of other words nothing is guessed. What is a word of English or French, too
("said", "sale"), or fits two names, is no name here.
"""

import re
from collections.abc import Iterator
from functools import cache

_TABLE = """
محمد mohamed mohammad muhammad mohammed mehmed: احمد ahmed ahmad: محمود mahmoud mahmud: حسن hasan hassan
حسين hussein husayn hossein hocine: علي ali: عمر omar umar: عثمان othman osman uthman: خالد khaled khalid
وليد walid waleed: طارق tarek tariq tareq: كريم karim kareem: يوسف youssef yusuf yousef youcef
ابراهيم ibrahim ebrahim brahim: اسماعيل ismail ismael smail: مصطفي mustafa mostafa moustapha
عبدالله abdullah abdallah abdulla: عبدالرحمن abdulrahman abderrahmane abdelrahman: عبدالعزيز abdulaziz abdelaziz
عبدالفتاح abdelfattah abdulfattah: عبدالملك abdulmalik abdelmalek: جمال jamal gamal djamal: ناصر nasser nasir naser
نصرالله nasrallah nasrullah: سعيد saeed saied: سليمان suleiman sulayman soleiman slimane: سلطان sultan: سلمان salman
فيصل faisal faysal faycal: فهد fahd fahad: بندر bandar: تركي turki: مقتدي muqtada moqtada: مقرن muqrin
هاشم hashem hashim hachem: هشام hisham hicham: ياسر yasser yasir: ياسين yassin yassine: زياد ziad ziyad
زكريا zakaria zakariya: زينب zaynab zeinab zainab: فاطمه fatima fatma fatemeh: خديجه khadija khadijah
عايشه aisha aicha ayesha: مريم maryam mariam meriem: ليلي leila layla laila: نادر nader nadir: نبيل nabil nabeel
رشيد rashid rachid rasheed: راشد rached: منصور mansour mansur: منير mounir munir: مروان marwan merwan
معمر muammar moammar mouammar: نوري nuri nouri: حيدر haidar haydar haider: بشار bashar bachar: الاسد assad
ماهر maher: رفيق rafik rafiq: الحريري hariri: ميشال michel: عون aoun awn: جنبلاط jumblatt joumblatt
جعجع geagea jaajaa: ميقاتي mikati miqati: فرنجيه frangieh franjieh: باسيل bassil: شمعون chamoun
السنيوره siniora sanioura: السيسي sisi sissi: مبارك mubarak moubarak: مرسي morsi mursi: السادات sadat
شكري shoukry shukri choukri: الطيب tayeb tayyib: ساويرس sawiris: القذافي gaddafi qadhafi kadhafi khadafi gadhafi
حفتر haftar hifter: السراج sarraj serraj: الدبيبه dbeibah dbeiba: بلحاج belhaj belhadj
بوتفليقه bouteflika boutefliqa: تبون tebboune tabboun: بورقيبه bourguiba: السبسي essebsi sebsi: المرزوقي marzouki
الغنوشي ghannouchi ghannushi: بنعلي benali: الجبالي jebali: قيس kais qais kays: البشير bashir bachir
البرهان burhan bourhan: حميدتي hemedti hemeti: الترابي turabi tourabi: حمدوك hamdok: الحوثي houthi huthi
الحوثيون houthis huthis: صالح saleh salih: صدام saddam: المالكي maliki: العبادي abadi: الصدر sadr: السيستاني sistani
بارزاني barzani: طالباني talabani: العامري amiri ameri: الزرقاوي zarqawi zarkaoui: البغدادي baghdadi
الظواهري zawahiri zawahri: الجولاني jolani julani joulani golani: القاعده qaeda qaida kaida: داعش daesh daech daish
حماس hamas: حزبالله hezbollah hizbullah hizballah: النصره nusra nosra: طالبان taliban talibans: بوكوحرام bokoharam
عرفات arafat: عباس abbas: هنيه haniyeh haniya haniyah: مشعل meshaal mashal meshal: السنوار sinwar: دحلان dahlan
البرغوثي barghouti barghouthi: فياض fayyad: اشتيه shtayyeh: نتنياهو netanyahu netanyahou nétanyahou: شارون sharon
بيريز peres: باراك barak: ليبرمان lieberman: غانتس gantz: لابيد lapid: بوتين putin poutine: لافروف lavrov
ميدفيديف medvedev: زيلينسكي zelensky zelenskyy zelenski: لوكاشينكو lukashenko loukachenko
بوروشينكو poroshenko porochenko: اوباما obama: ترامب trump: ترمب trump: بايدن biden: كيري kerry: كلينتون clinton
بلينكن blinken: ريغان reagan: نيكسون nixon: كيسنجر kissinger: ميركل merkel: شولتس scholz: ماكرون macron
هولاند hollande: ساركوزي sarkozy: شيراك chirac: كاميرون cameron: جونسون johnson: بلير blair: اردوغان erdogan erdoğan
داوود davutoglu: غولن gulen: روحاني rouhani ruhani rohani: خامنيي khamenei khameini: الخميني khomeini: ظريف zarif
رييسي raisi raissi: احمدينجاد ahmadinejad: سليماني soleimani suleimani: خاتمي khatami: مودي modi: عمران imran
شريف sharif: بوتو bhutto: كرزاي karzai: غوتيريش guterres: انان annan: كيمون kimoon: دميستورا demistura
الابراهيمي brahimi: البرادعي elbaradei baradei: موسي moussa musa: ابوالغيط aboulgheit: القاهره cairo caire
الاسكندريه alexandria alexandrie: السويس suez: سيناء sinai: الجيزه giza guizeh: اسوان aswan assouan
الاقصر luxor louxor: دمشق damascus damas: حلب aleppo alep: حمص homs: اللاذقيه latakia lattaquie: درعا deraa daraa
ادلب idlib idleb: الرقه raqqa rakka: كوباني kobani: القامشلي qamishli kameshli: السويداء sweida suwayda soueida
الغوطه ghouta: بغداد baghdad bagdad: الموصل mosul mossoul: البصره basra bassora: كركوك kirkuk kirkouk
الفلوجه fallujah falluja falloujah: اربيل erbil irbil arbil: النجف najaf nadjaf: كربلاء karbala kerbala
تكريت tikrit: سامراء samarra: بيروت beirut beyrouth: طرابلس tripoli: صيدا sidon saida: بعلبك baalbek
زحله zahle zahleh: عرسال arsal: البقاع bekaa beqaa: لبنان lebanon liban: عمان amman: القدس jerusalem: غزه gaza
رفح rafah: نابلس nablus naplouse: رامالله ramallah: الخليل hebron: جنين jenin djenine: حيفا haifa: تلابيب telaviv
الرياض riyadh riyad riad: جده jeddah djeddah jiddah: مكه mecca makkah mecque: الدوحه doha: دبي dubai doubai
ابوظبي abudhabi: البحرين bahrain bahrein: المنامه manama: مسقط muscat mascate: صنعاء sanaa: تعز taiz taez
الحديده hodeidah hudaydah hodeida: الخرطوم khartoum: دارفور darfur darfour: مقديشو mogadishu mogadiscio
بنغازي benghazi: مصراته misrata misurata: سرت sirte syrte: درنه derna: طبرق tobruk tobrouk: تونس tunis: صفاقس sfax
سوسه sousse: القيروان kairouan: الجزاير algiers alger: وهران oran: قسنطينه constantine: الرباط rabat: فاس fez
مراكش marrakesh marrakech: طنجه tangier tanger: نواكشوط nouakchott: مصر egypt egypte: سوريا syria syrie
سوريه syria syrie: العراق iraq irak: الاردن jordan jordanie: فلسطين palestine: اسراييل israel: ليبيا libya libye
السودان sudan soudan: المغرب morocco maroc: موريتانيا mauritania mauritanie: اليمن yemen: السعوديه saudi saoudite
قطر qatar: الامارات emirates emirats: ايران iran: تركيا turkey turquie: روسيا russia russie: اوكرانيا ukraine
الصين china chine: اليابان japan japon: الهند india inde: باكستان pakistan: افغانستان afghanistan: فرنسا france
المانيا germany allemagne: بريطانيا britain bretagne: اسبانيا spain espagne: ايطاليا italy italie
اليونان greece grece: قبرص cyprus chypre: امريكا america amerique: اميركا america amerique: المكسيك mexico mexique
البرازيل brazil bresil: الصومال somalia somalie: اثيوبيا ethiopia ethiopie: ارتيريا eritrea erythree
نيجيريا nigeria: السنغال senegal: مالي mali: تشاد tchad: النيجر niger: جيبوتي djibouti: طهران tehran teheran
اصفهان isfahan ispahan: انقره ankara: اسطنبول istanbul: موسكو moscow moscou: كييف kyiv kiev: واشنطن washington
نيويورك newyork: لندن london londres: باريس paris: برلين berlin: بروكسل brussels bruxelles: جنيف geneva geneve
فيينا vienna vienne: روما rome: مدريد madrid: اثينا athens athenes: بكين beijing pekin: طوكيو tokyo
نيودلهي newdelhi: كابول kabul kaboul: اسلاماباد islamabad: القرم crimea crimee: دونباس donbass donbas
الشيشان chechnya tchetchenie: الشيعه shia shiite shiites chiite chiites
العلويون alawite alawites alaouite alaouites: الدروز druze druzes: الاكراد kurds kurdes: كردي kurdish kurde
الاقباط copts coptes: الايزيديون yazidis yezidis: الامازيغ amazigh berbers berberes: الاخوان ikhwan: الازهر azhar
رويترز reuters: رمضان ramadan: شيخ sheikh cheikh shaykh: جهاد jihad djihad: حجاب hijab: حلال halal
قبطي coptic copte: الكويت kuwait koweit: عدن aden: الجزيره jazeera: امير emir
"""

_NO_NAMES = frozenset(
    """
    said sad sale sales turkey quiet beiden shine sinni schiene mitchell rabatt mali niger oran tyre fez side
    chine medina mousse basil tunes masher tayer bissel quasi
    """.split()  # noqa: SIM905 - a table, many words a line
)
"""What rules, or a listed spelling, would take for a name and is another word more often."""

_RULES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"[^a-z]", ""),
        (r"ph", "f"),
        (r"tch|ch", "sh"),
        (r"dj", "j"),
        (r"dh", "d"),
        (r"q|ck|c(?=[aouklr]|$)", "k"),
        (r"([bdfgjklmnprstvz])\1", r"\1"),
        (r"oo|ou|ow", "u"),
        (r"ee|ey|ei|ay|ai|ie|yy", "i"),
        (r"(?<=[aeiou])h?$|(?<=[aeiou])h(?=[^aeiou])", ""),
        (r"y(?![aeiou])", "i"),
        (r"aa", "a"),
        (r"ii+", "i"),
        (r"uu+", "u"),
    )
)
"""How the letters of one name are written in English and French, in this order, each brought to one."""

_ARABIC = re.compile("[\u0621-\u064a]")
_SHORTEST = 5
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
    by_key: dict[str, str] = {}
    apart: set[str] = set()
    for line in _TABLE.replace("\n", ":").split(":"):
        arabic, *latin = line.split() or [""]
        if not arabic:
            continue
        mine = by_arabic[arabic] = _TWICE.get(arabic, arabic)
        listed.update(dict.fromkeys(latin, mine))
        for said in map(key, latin):
            if by_key.setdefault(said, mine) != mine:
                apart.add(said)
    return by_arabic, listed, {said: mine for said, mine in by_key.items() if said not in apart}


_TWICE = {"ترمب": "ترامب", "سوريه": "سوريا", "اميركا": "امريكا"}
"""Second spellings in Arabic, and the first: a name's key is its first spelling, which no stem of a word is."""
