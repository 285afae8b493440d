"""Agencies and papers that others print, by the names and short forms under which they are credited."""

import re
from functools import cache
from typing import NamedTuple

AGENCIES = "agencies"
"""Who is meant where only "agencies" or "wires" is said."""


class Named(NamedTuple):
    """Who a name means."""

    name: str
    """As we write it."""
    is_agency: bool
    is_weak: bool
    """Whether the form is also a word, a place or somebody's name: it needs more about it to mean an agency."""


_TABLE = """
AA | Anadolu; Anadolu Agency; Anadolu Ajansı; Agence Anadolu; الأناضول; وكالة الأناضول; وكالة أنباء الأناضول | AA
AAP | Australian Associated Press
ABNA | أبنا; AhlulBayt News Agency
Adnkronos | Adnkronos
AFP | Agence France-Presse; Agence France Presse; France Presse; AFP Relaxnews; أ ف ب; فرانس برس; فرانس بريس;
  الفرنسية; وكالة فرانس برس; وكالة الصحافة الفرنسية; وكالة الأنباء الفرنسية; Агентство Франс Пресс
agencies | Agencies; News Agencies; Wire reports; Wire services; Wires; Staff and agencies; Agences; Agenturen;
  Agencias; Agenzie; وكالات; الوكالات; وكالات الأنباء; وكالات أنباء
Agência Brasil | Agência Brasil; Agencia Brasil
Agência Lusa | Lusa; Agência Lusa; Agencia Lusa
ANA-MPA | Athens-Macedonian News Agency; AMNA; ΑΠΕ-ΜΠΕ
ANF | ANF News; Firat News Agency; وكالة فرات; وكالة فرات للأنباء
ANHA | هاوار; وكالة هاوار; وكالة أنباء هاوار; Hawar News Agency
ANI | Asian News International; Agence Nouakchott d'Information | ANI
ANP | Algemeen Nederlands Persbureau
ANSA | Agenzia ANSA; أنسا; وكالة أنسا; آنسا; وكالة الأنباء الإيطالية
AP | Associated Press; The Associated Press; أ ب; أسوشيتد برس; أسوشييتد برس; الأسوشيتد برس; اسوشيتدبرس; أسوشيتدبرس;
  وكالة أسوشيتد برس; وكالة أسوشييتد برس
APA | Austria Presse Agentur; Austrian Press Agency | APA
APS | Algérie Presse Service; Algerie Presse Service; Algeria Press Service; واج; و أ ج; وكالة الأنباء الجزائرية;
  الأنباء الجزائرية | APS
Asharq News | الشرق للأخبار
ATS | Keystone-ATS; Keystone-SDA; SDA-Keystone; Agence télégraphique suisse | ATS; SDA
Belga | Agence Belga; Belga News Agency
Bernama | بيرناما; وكالة بيرناما
Bloomberg | Bloomberg News; بلومبرغ; بلومبيرغ; بلومبيرج; بلومبرج; وكالة بلومبرغ
BNA | Bahrain News Agency; وكالة أنباء البحرين; أنباء البحرين | BNA; بنا
BSS | Bangladesh Sangbad Sangstha
BTA | Bulgarian News Agency
Canadian Press | The Canadian Press; La Presse canadienne; La Presse Canadienne | CP
CMC | Caribbean Media Corporation
CNA | Central News Agency; Focus Taiwan | CNA
CNS | China News Service; Catholic News Service; 中新社 | CNS
CTK | ČTK; Česká tisková kancelář
dpa | Deutsche Presse-Agentur; Deutsche Presse Agentur; DPA; dpa-AFX; dpa-infocom; د ب أ; د ب ا; وكالة الأنباء
  الألمانية; الألمانية; الأنباء الألمانية
EFE | Agencia EFE; إفي; وكالة إفي; وكالة الأنباء الإسبانية
Europa Press | Europa Press
Fars | Fars News; Fars News Agency; وكالة فارس; وكالة أنباء فارس; فارس للأنباء | Fars; فارس
FIDES | Agenzia Fides
GNA | Ghana News Agency
Hina | HINA; Hrvatska izvještajna novinska agencija
IANS | Indo-Asian News Service
INA | Iraqi News Agency; واع; و ا ع; وكالة الأنباء العراقية; الأنباء العراقية | INA
Interfax | Интерфакс; إنترفاكس; انترفاكس; وكالة إنترفاكس
IPS | Inter Press Service | IPS
IQNA | إكنا; وكالة أنباء القرآن الدولية
IRNA | Islamic Republic News Agency; إرنا; ارنا; وكالة إرنا; وكالة الأنباء الإيرانية; وكالة أنباء الجمهورية الإسلامية
ISNA | Iranian Students News Agency; Iranian Students' News Agency; إيسنا; ايسنا; وكالة إيسنا
Jiji Press | Jiji; 時事; 時事通信
KCNA | Korean Central News Agency
KNA | Katholische Nachrichten-Agentur; Kenya News Agency | KNA
KUNA | Kuwait News Agency; كونا; وكالة كونا; وكالة الأنباء الكويتية; الأنباء الكويتية
Kyodo | Kyodo News; 共同; 共同通信; كيودو; وكالة كيودو
LANA | Libyan News Agency; وال; وكالة الأنباء الليبية; الأنباء الليبية | LANA; وال
Ma'an | Ma'an News Agency; وكالة معا; وكالة معا الإخبارية | معا
MAP | Maghreb Arabe Presse; Agence marocaine de presse; Maghreb Arab Press; و م ع; لاماب; وكالة المغرب العربي
  للأنباء; المغرب العربي للأنباء | MAP
Mehr | Mehr News; Mehr News Agency; وكالة مهر; وكالة مهر للأنباء; وكالة أنباء مهر | Mehr; مهر
MENA | Middle East News Agency; أ ش أ; ا ش ا; وكالة أنباء الشرق الأوسط; أنباء الشرق الأوسط | MENA
MTI | Magyar Távirati Iroda | MTI
NAN | News Agency of Nigeria | NAN
NINA | National Iraqi News Agency; نينا; وكالة نينا; الوكالة الوطنية العراقية للأنباء | NINA
NNA | National News Agency; الوكالة الوطنية للإعلام; وطنية; Agence nationale d'information; ANI Liban | NNA; الوطنية
NTB | Norsk Telegrambyrå
Oman News Agency | العمانية; وكالة الأنباء العمانية; الأنباء العمانية | ONA
PA | PA Media; Press Association; The Press Association; PA news agency | PA
PAP | Polska Agencja Prasowa
Petra | Jordan News Agency; بترا; وكالة بترا; وكالة الأنباء الأردنية; الأنباء الأردنية | Petra; PETRA
Prensa Latina | برنسا لاتينا
PTI | Press Trust of India; بي تي آي
QNA | Qatar News Agency; وكالة الأنباء القطرية; الأنباء القطرية; وكالة قنا | QNA; قنا
Reuters | Thomson Reuters; Thomson Reuters Foundation; Reuters Health; Reuter; رويترز; رويتر; وكالة رويترز; وكالة
  رويتر; Рейтер; Рейтерс; ロイター; 路透社; 路透
RIA Novosti | РИА Новости; ريا نوفوستي; نوفوستي; وكالة نوفوستي
Ritzau | Ritzau
Rudaw | رووداو; شبكة رووداو; روداو
SABA | Saba News Agency; سبأ; سبا; سبأنت; وكالة سبأ; وكالة الأنباء اليمنية; الأنباء اليمنية | SABA
SANA | Syrian Arab News Agency; سانا; وكالة سانا; وكالة الأنباء السورية; وكالة الأنباء العربية السورية | SANA
SAPA | South African Press Association
SID | Sport-Informations-Dienst | SID; sid
SNTV | SNTV
SPA | Saudi Press Agency; واس; و ا س; وكالة واس; وكالة الأنباء السعودية; الأنباء السعودية; الأنباء السعودية واس | SPA
Sputnik | Sputnik News; سبوتنيك; وكالة سبوتنيك; سبوتنيك عربي; Спутник
STT | Suomen Tietotoimisto
SUNA | Sudan News Agency; سونا; وكالة السودان للأنباء; وكالة سونا; الأنباء السودانية
Tanjug | Танјуг
TAP | Tunis Afrique Presse; وكالة تونس إفريقيا للأنباء; وكالة تونس افريقيا للأنباء; وكالة الأنباء التونسية; الأنباء
  التونسية | TAP; وات
Tasnim | Tasnim News; Tasnim News Agency; تسنيم; وكالة تسنيم; وكالة تسنيم الدولية للأنباء; وكالة أنباء تسنيم
TASR | Tlačová agentúra Slovenskej republiky
TASS | ТАСС; تاس; وكالة تاس; وكالة تاس الروسية; Itar-Tass; ИТАР-ТАСС; إيتار تاس; ايتار تاس; RUSSIA TASS
TT | Tidningarnas Telegrambyrå | TT
Ukrinform | Укринформ; Укрінформ; وكالة أوكرينفورم
UNA | Union of OIC News Agencies; يونا; وكالة يونا; اتحاد وكالات أنباء دول منظمة التعاون الإسلامي | UNA
UNI | United News of India | UNI
UPI | United Press International; يونايتد برس انترناشونال; يونايتد برس إنترناشيونال; يو بي آي; ي ب أ
VNA | Vietnam News Agency; TTXVN | VNA
WAFA | Palestinian News Agency; Palestine News Agency; وكالة وفا; وكالة الأنباء الفلسطينية; وكالة الأنباء والمعلومات
  الفلسطينية; الأنباء الفلسطينية | WAFA; وفا
WAM | Emirates News Agency; وام; وكالة وام; وكالة أنباء الإمارات; أنباء الإمارات | WAM
Xinhua | Xinhua News Agency; 新华社; 新華社;
  شينخوا; ش خ; وكالة شينخوا; شينخوا الصينية; وكالة أنباء شينخوا; وكالة الأنباء
  الصينية; Chine nouvelle; Agence Chine nouvelle; Синьхуа
Yonhap | Yonhap News; Yonhap News Agency; 연합뉴스; يونهاب; وكالة يونهاب
ZUMA Press | ZUMA Press
"""
"""One agency a line (what is indented belongs to the line before): how we call it | its names and short forms | forms
that are words too. Every name stands for itself, in any letters where it is longer than a short form."""

_PAPERS = """
+972 Magazine | +972 Magazine
Ahram Online | Ahram Online; الأهرام أونلاين
Al Ahram | Al-Ahram; بوابة الأهرام; صحيفة الأهرام | الأهرام
Al Akhbar | صحيفة الأخبار | الأخبار
Al Arabiya | Al-Arabiya; العربية نت; العربية.نت; قناة العربية | العربية
Al Bayan | صحيفة البيان | البيان
Al Hayat | Al-Hayat; صحيفة الحياة | الحياة
Al Jazeera | Al Jazeera English; Al-Jazeera; الجزيرة نت; الجزيرة.نت; قناة الجزيرة
Al Khaleej | صحيفة الخليج | الخليج
Al Masry Al Youm | المصري اليوم; صحيفة المصري اليوم
Al Mayadeen | الميادين; قناة الميادين; الميادين نت
Al-Monitor | Al Monitor; المونيتور
Al-Quds Al-Arabi | القدس العربي; صحيفة القدس العربي
Arab News | عرب نيوز
Asharq Al-Awsat | Asharq al-Awsat; الشرق الأوسط; الشرق الأوسط أونلاين; صحيفة الشرق الأوسط
BBC | BBC News; BBC Arabic; بي بي سي; بي بي سي عربي; هيئة الإذاعة البريطانية; BBC News عربي
Business Insider | Insider; بزنس إنسايدر
CBS | CBS News
CNN | CNN Arabic; CNN Newsource; CNN Wire; سي إن إن; سي ان ان; CNN بالعربية; سي إن إن عربية
Courrier international | Courrier International
Daily Mail | The Daily Mail; Mail Online; ديلي ميل
Der Spiegel | دير شبيغل; Spiegel Online
Deutsche Welle | DW; دويتشه فيله; دويتشه فيلة; DW عربية
El País | El Pais; إلباييس
Euronews | يورونيوز
Financial Times | The Financial Times; فايننشال تايمز; فاينانشال تايمز; فايننشيال تايمز | FT
Forbes | فوربس
Foreign Affairs | فورين أفيرز
Foreign Policy | فورين بوليسي
Fox News | فوكس نيوز; Fox News Digital
France 24 | France24; فرانس 24; فرانس24
Global Voices | Global Voices
Haaretz | هآرتس; صحيفة هآرتس
Independent Arabia | إندبندنت عربية; اندبندنت عربية
Inside Climate News | Inside Climate News
Kaiser Health News | KFF Health News; KHN
L'Orient-Le Jour | L'Orient Le Jour; L'Orient Today; لوريان لو جور; لوريان لوجور
La Tribune | La Tribune
Le Figaro | لوفيغارو; لو فيغارو
Le Monde | لوموند; لو موند; صحيفة لوموند
Le Monde diplomatique | لوموند ديبلوماتيك
Le Parisien | Aujourd'hui en France; لوباريزيان
Le Point | لوبوان
Libération | Liberation; ليبراسيون
Los Angeles Times | The Los Angeles Times; لوس أنجلوس تايمز; لوس أنجليس تايمز | LA Times
Middle East Eye | ميدل إيست آي; موقع ميدل إيست آي
NBC | NBC News
Newsweek | نيوزويك
NPR | National Public Radio
Project Syndicate | بروجيكت سنديكيت
ProPublica | ProPublica
Radio Free Europe | RFE/RL; Radio Free Europe/Radio Liberty
RFI | Radio France Internationale; راديو فرنسا الدولي; مونت كارلو الدولية
RT | RT Arabic; روسيا اليوم; RT Online | RT
Sky News | Sky News Arabia; سكاي نيوز; سكاي نيوز عربية
South China Morning Post | SCMP
Stars and Stripes | Stars and Stripes
The Athletic | The Athletic
The Atlantic | ذي أتلانتيك; ذا أتلانتيك; أتلانتيك
The Conversation | The Conversation
The Economist | ذي إيكونوميست; ذا إيكونوميست; الإيكونوميست; إيكونوميست
The Guardian | Guardian; الغارديان; الجارديان; صحيفة الغارديان; غارديان; جارديان
The Hill | The Hill
The Independent | الإندبندنت; الاندبندنت; إندبندنت | Independent
The Intercept | ذا إنترسبت; The Intercept
The Jerusalem Post | Jerusalem Post; جيروزاليم بوست; جيروزاليم بوست
The Marshall Project | Marshall Project
The New York Times | New York Times; NYT; New York Times News Service; نيويورك تايمز; صحيفة نيويورك تايمز; النيويورك
  تايمز
The Telegraph | The Daily Telegraph; Daily Telegraph; التلغراف; ديلي تلغراف; الديلي تلغراف | Telegraph
The Texas Tribune | Texas Tribune
The Times | التايمز; صحيفة التايمز | Times
The Times of Israel | Times of Israel; تايمز أوف إسرائيل
The Wall Street Journal | Wall Street Journal; WSJ; وول ستريت جورنال; صحيفة وول ستريت جورنال; الوول ستريت جورنال
The Washington Post | Washington Post; واشنطن بوست; صحيفة واشنطن بوست; الواشنطن بوست
The Washington Times | Washington Times
USA Today | USA TODAY; يو إس إيه توداي
VOA | Voice of America; صوت أمريكا; صوت أميركا
Yahoo News | Yahoo News
Yedioth Ahronoth | يديعوت أحرونوت; Ynet
"""
"""Papers and stations that others reprint, in the same form."""

_LONGEST_SHORT_FORM = 6
_PLAIN_LETTERS = str.maketrans("أإآٱىة’‘`", "اااايه'''", "ـًٌٍَُِّْ\u200e\u200f\u200b\u200c\u200d.")
_GENERIC = re.compile(
    r"^(?:the|l'agence|agence|agencia|agência|agenzia|nachrichtenagentur|der|die|das|la|le|les|l'|"
    r"وكاله الانباء|وكاله انباء|وكاله|صحيفه|جريده|موقع|شبكه|قناه|مجله|بوابه)\s+"
)
_GENERIC_AFTER = re.compile(r"\s+(?:news agency|agency|للانباء|الاخباريه|الاخباري)$")
_QUOTES = " \t\n\"'“”„«»‹›{}*•·.،,;؛:"
_LONE_LETTERS = re.compile(r"[\u0621-\u064a](?:[ .]{1,2}[\u0621-\u064a]){1,3}\.?")


def named(said: str) -> Named | None:
    """Who a name or short form means; None when it is not in the table.

    Short forms count as they are written ("AFP", "dpa"), or all in small letters ("afp").
    """
    said = said.strip(_QUOTES)
    if not said or len(said) > 60:
        return None
    table = _names()
    if said.isascii() and said.isalpha() and said.islower() and (short := table.get(said.upper())):
        return short._replace(is_weak=True)
    plain = _plain(said)
    if found := table.get(said) or table.get(plain) or table.get(_letters(plain)):
        # "foreign policy" is a matter before it is a magazine.
        return found._replace(is_weak=True) if said.islower() and said != found.name and said.isascii() else found
    for pattern in (_GENERIC, _GENERIC_AFTER):
        plain = pattern.sub("", plain)
        if found := table.get(plain):
            return found._replace(is_weak=False)
    return table.get(_letters(plain))


def is_short_form(said: str) -> bool:
    """Whether a text is an agency's short form by its looks alone: two to four Arabic letters that stand apart."""
    return bool(_LONE_LETTERS.fullmatch(said.strip()))


def _plain(said: str) -> str:
    said = said.translate(_PLAIN_LETTERS).casefold()
    return " ".join(said.split())


def _letters(plain: str) -> str:
    """What letters that stand apart are kept by ("*افب" for "ا ف ب"); "" for other texts.

    Two letters that stand together may be a month ("آب") and count for nothing, three are a short form all the same.
    """
    letters = plain.replace(" ", "")
    is_apart = " " in plain and len(letters) <= 4
    return "*" + letters if (is_apart or len(plain) == 3) and not letters.isascii() else ""


@cache
def _names() -> dict[str, Named]:
    table: dict[str, Named] = {}
    for rows, is_agency in ((_PAPERS, False), (_TABLE, True)):
        for row in rows.strip().replace("\n  ", " ").splitlines():
            name, strong, weak = (*(part.strip() for part in row.split("|")), "")[:3]
            weak_forms = [form.strip() for form in weak.split(";") if form.strip()]
            for form in (name, *(form.strip() for form in strong.split(";"))):
                if form not in weak_forms:
                    _add(table, form, Named(name, is_agency, is_weak=False))
            for form in weak_forms:
                _add(table, form, Named(name, is_agency, is_weak=True))
    return table


def _add(table: dict[str, Named], form: str, means: Named) -> None:
    is_short = form.isascii() and form.isalpha() and form.isupper() and len(form) <= _LONGEST_SHORT_FORM
    if is_short:
        table[form] = means  # "map" and "tap" are words: such a form counts only as it is written
        return
    plain = _plain(form)
    table[_letters(plain) if " " in plain and _letters(plain) else plain] = means
