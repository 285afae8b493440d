"""The words of dates in the languages of the press: months, zones, halves of the day, and what announces a date.

All are written as `core.dates.fold` leaves them: small letters, no accents, hamzas or marks, ه for ة, ي for ى, and
names of two words joined by a low line. Names that a language shares with one above it in the alphabet may be left out.
"""

_MONTH_TABLE = {
    "ar (Egypt, Gulf, Sudan, Yemen)": (
        "يناير|فبراير|مارس|ابريل|مايو|يونيو يونيه|يوليو يوليه|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر"
    ),
    "ar (Levant, Iraq)": (
        "كانون_الثاني كانون_ثاني|شباط|اذار|نيسان|ايار|حزيران|تموز|اب|ايلول|تشرين_الاول تشرين_اول|"
        "تشرين_الثاني تشرين_ثاني|كانون_الاول كانون_اول"
    ),
    "ar (Tunisia, Algeria)": ("جانفي|فيفري فيفيري|مارس|افريل|ماي|جوان|جويليه جويلا|اوت|سبتمبر|اكتوبر|نوفمبر|ديسمبر"),
    "ar (Morocco, Mauritania)": ("يناير|فبراير|مارس|ابريل|ماي|يونيو|يوليوز|غشت|شتنبر|اكتوبر|نونبر|دجنبر دجمبر"),
    "ar (Libya until 2011)": ("اي_النار|النوار|الربيع|الطير|الماء|الصيف|ناصر|هانيبال|الفاتح|التمور|الحرث|الكانون"),
    "az": ("yanvar yan|fevral||aprel||iyun iyn|iyul iyl|avqust avq|sentyabr sen|oktyabr|noyabr noy|dekabr dek"),
    "bg": ("януари яну|февруари фев||април||юни|юли||септември сеп|октомври|ноември ное|декември"),
    "bn": ("জনযর|ফবরযর|মরচ|এপরল|ম|জন|জলই|আগসট|সপটমবর|অকটবর|নভমবর|ডসমবর"),
    "cs": (
        "ledna led leden|unora uno unor|brezna bre brezen|dubna dub duben|kvetna kve kveten|"
        "cervna cvn cerven|cervence cvc cervenec|srpna srp srpen|zari zar|rijna rij rijen|listopadu|"
        "prosince pro prosinec"
    ),
    "da": ("||marts||maj|||||||"),
    "de": (
        "januar jan janner|februar feb feber|marz mar mrz|april apr|mai|juni jun|juli jul|august aug|"
        "september sept sep|oktober okt|november nov|dezember dez"
    ),
    "el": (
        "ιανουαριου ιαν ιανουαριοσ|φεβρουαριου φεβ φεβρουαριοσ|μαρτιου μαρ μαρτιοσ|απριλιου απρ απριλιοσ|"
        "μαιου μαι μαιοσ|ιουνιου ιουν ιουνιοσ|ιουλιου ιουλ ιουλιοσ|αυγουστου αυγ αυγουστοσ|"
        "σεπτεμβριου σεπ σεπτεμβριοσ|οκτωβριου οκτ οκτωβριοσ|νοεμβριου νοε νοεμβριοσ|"
        "δεκεμβριου δεκ δεκεμβριοσ"
    ),
    "en": (
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|"
        "october oct|november nov|december dec"
    ),
    "es": (
        "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|"
        "septiembre sept setiembre|octubre oct|noviembre nov|diciembre dic"
    ),
    "et": ("jaanuar jaan|veebruar veebr||aprill||juuni|juuli|||oktoober||detsember dets"),
    "fi": (
        "tammikuuta tammi tammikuu|helmikuuta helmi helmikuu|maaliskuuta maalis maaliskuu|"
        "huhtikuuta huhti huhtikuu|toukokuuta touko toukokuu|kesakuuta kesa kesakuu|"
        "heinakuuta heina heinakuu|elokuuta elo elokuu|syyskuuta syys syyskuu|lokakuuta loka lokakuu|"
        "marraskuuta marras marraskuu|joulukuuta joulu joulukuu"
    ),
    "fr": (
        "janvier janv|fevrier fevr|mars|avril avr|mai|juin|juillet juil|aout|septembre sept|octobre oct|"
        "novembre nov|decembre dec"
    ),
    "he": (
        "ינואר בינואר|פברואר בפברואר|מרץ במרץ|אפריל באפריל|מאי במאי|יוני ביוני|יולי ביולי|אוגוסט באוגוסט|"
        "ספטמבר בספטמבר|אוקטובר באוקטובר|נובמבר בנובמבר|דצמבר בדצמבר"
    ),
    "hi": ("जनवर|फरवर|मरच|अपरल|मई|जन|जलई|अगसत|सतबर|अकटबर|नवबर|दसबर"),
    "hr": (
        "sijecnja sij sijecanj|veljace velj veljaca|ozujka ozu ozujak|travnja tra travanj|"
        "svibnja svi svibanj|lipnja lipanj|srpnja srpanj|kolovoza kol kolovoz|rujna ruj rujan||"
        "studenoga stu studeni|prosinca prosinac"
    ),
    "hu": ("||marcius marc||majus|junius|julius|augusztus|szeptember szept|||"),
    "id": ("||maret|||||agustus||||"),
    "is": ("|||||||agust agu||||"),
    "it": ("gennaio gen|febbraio||aprile|maggio mag|giugno giu|luglio lug||settembre|ottobre ott||dicembre"),
    "lt": (
        "sausio saus sausis|vasario vas vasaris|kovo kov kovas|balandzio bal balandis|geguzes geg geguze|"
        "birzelio birz birzelis|liepos liep liepa|rugpjucio rugp rugpjutis|rugsejo rugs rugsejis|"
        "spalio spal spalis|lapkricio lapkr lapkritis|gruodzio gruod gruodis"
    ),
    "lv": ("janvaris|februaris febr||aprilis|maijs|junijs|julijs|augusts|septembris|oktobris|novembris|decembris"),
    "ms": ("||mac||||julai|ogos ogo||||disember dis"),
    "nb": ("|||||||||||desember des"),
    "nl": ("januari|februari|maart mrt||mei|||augustus||||"),
    "pl": (
        "stycznia sty styczen|lutego lut luty|marca marzec|kwietnia kwi kwiecien|maja|czerwca cze czerwiec|"
        "lipca lip lipiec|sierpnia sie sierpien|wrzesnia wrz wrzesien|pazdziernika paz pazdziernik|"
        "listopada lis listopad|grudnia gru grudzien"
    ),
    "pt": ("janeiro|fevereiro fev|marco||maio|junho|julho||setembro set|outubro out|novembro|dezembro"),
    "ro": ("ianuarie ian|februarie|martie|aprilie||iunie iun|iulie iul||septembrie|octombrie|noiembrie|decembrie"),
    "ru": (
        "января янв январь|февраля февр февраль|марта мар март|апреля апр апрель|мая маи|июня июн июнь|"
        "июля июл июль|августа авг август|сентября сент сентябрь|октября окт октябрь|ноября нояб ноябрь|"
        "декабря дек декабрь"
    ),
    "sk": ("januara|februara|marec|aprila||juna|jula|augusta|septembra|oktobra|novembra|decembra"),
    "sl": ("|||||junij|julij|avgust avg||||"),
    "sq": (
        "janar|shkurt shk||prill pri||qershor qer|korrik korr|gusht gush|shtator sht|tetor tet|nentor nen|dhjetor dhj"
    ),
    "sr": ("јануар јан|фебруар феб|||мај|јун|јул||септембар|октобар|новембар нов|децембар дец"),
    "sv": ("|||||||augusti||||"),
    "sw": ("||machi|aprili||||agosti|septemba|oktoba|novemba|desemba"),
    "tr": (
        "ocak oca|subat sub|mart|nisan nis|mayıs|haziran haz|temmuz tem|agustos|eylul eyl|ekim eki|kasım kas|aralık ara"
    ),
    "uk": (
        "січня січ січень|лютого лют лютии|березня бер березень|квітня квіт квітень|травня трав травень|"
        "червня черв червень|липня лип липень|серпня серп серпень|вересня вер вересень|жовтня жовт жовтень|"
        "листопада лист листопад|грудня груд грудень"
    ),
    "ur": ("جنوري|فروري|مارچ|اپريل|ميي|جون|جولايي|اگست|ستمبر|اكتوبر|نومبر|دسمبر"),
}
"""Twelve names, parted by bars; several forms of one name by blanks."""

_HIJRI_TABLE = (
    "محرم المحرم|صفر|ربيع_الاول ربيع_اول|ربيع_الثاني ربيع_الاخر ربيع_ثاني ربيع_الاخره|جمادي_الاولي جمادي_الاول"
    "|جمادي_الاخره جمادي_الثانيه جمادي_الاخر جمادي_الثاني|رجب|شعبان|رمضان|شوال|ذو_القعده ذي_القعده|ذو_الحجه ذي_الحجه"
)
_PERSIAN_TABLE = "فروردين|ارديبهشت|خرداد|تير|مرداد امرداد|شهريور|مهر|ابان|اذر|دي|بهمن|اسفند"


def _numbered(table: str) -> dict[str, int]:
    return {name: number for number, names in enumerate(table.split("|"), 1) for name in names.split()}


MONTHS = {name: number for table in _MONTH_TABLE.values() for name, number in _numbered(table).items()}
"""The number of each Gregorian month."""
HIJRI_MONTHS = _numbered(_HIJRI_TABLE)
PERSIAN_MONTHS = _numbered(_PERSIAN_TABLE)
TWO_WORDS = tuple({name.replace("_", " ") for name in (*MONTHS, *HIJRI_MONTHS) if "_" in name})
"""Names of months as they are written before their words are joined."""

ZONES = {
    "acdt": 10.5,
    "acst": 9.5,
    "aedt": 11,
    "aest": 10,
    "akdt": -8,
    "akst": -9,
    "awst": 8,
    "bst": 1,
    "cat": 2,
    "cdt": -5,
    "cest": 2,
    "cet": 1,
    "cst": -6,
    "eat": 3,
    "edt": -4,
    "eest": 3,
    "eet": 2,
    "est": -5,
    "gmt": 0,
    "hkt": 8,
    "hst": -10,
    "jst": 9,
    "kst": 9,
    "mdt": -6,
    "mesz": 2,
    "met": 1,
    "mez": 1,
    "msk": 3,
    "mst": -7,
    "nzdt": 13,
    "nzst": 12,
    "pdt": -7,
    "pkt": 5,
    "pst": -8,
    "sast": 2,
    "sgt": 8,
    "ut": 0,
    "utc": 0,
    "west": 1,
    "wet": 0,
    "wib": 7,
    "z": 0,
    "بتوقيت ابو ظبي": 4,
    "بتوقيت ابوظبي": 4,
    "بتوقيت الامارات": 4,
    "بتوقيت الجزاير": 1,
    "بتوقيت الدوحه": 3,
    "بتوقيت الرياض": 3,
    "بتوقيت السعوديه": 3,
    "بتوقيت الكويت": 3,
    "بتوقيت بغداد": 3,
    "بتوقيت تونس": 1,
    "بتوقيت جرينتش": 0,
    "بتوقيت غرينتش": 0,
    "بتوقيت مكه": 3,
    "بتوقيت مكه المكرمه": 3,
    "ت غ": 0,
    "تغ": 0,
    "توقيت جرينتش": 0,
    "توقيت غرينتش": 0,
    "غرينتش": 0,
}
"""Hours east of Greenwich: RFC 822's own, and those that mean one thing to everyone who writes them in news."""

AMERICAN_ZONES = {
    "ct": -6,
    "et": -5,
    "mt": -7,
    "pt": -8,
}
"""Zones of the United States named for winter and summer alike: hours in winter."""

OPEN_ZONES: dict[str, dict[str, float]] = {
    "ast": {"ar": 3},  # Arabia, Atlantic
    "cst": {"zh": 8, "en": -6, "es": -6, "": -6},  # China, the middle of America
    "ist": {"he": 2, "hi": 5.5},  # India, Ireland, Israel
}
"""Names of several zones: hours by the language of the text; of no known zone in all others."""

AFTERNOON = ("ظهرا", "عصرا", "م", "مساء", "بعد_الظهر")
FORENOON = ("ص", "صباحا")

BETWEEN = (
    "a",
    "alle",
    "as",
    "at",
    "das",
    "de",
    "den",
    "el",
    "godz",
    "h",
    "heure",
    "hrs",
    "hs",
    "in",
    "kl",
    "klo",
    "klokken",
    "las",
    "le",
    "los",
    "luc",
    "o",
    "on",
    "ore",
    "saat",
    "the",
    "time",
    "tr",
    "uhr",
    "um",
    "в",
    "г",
    "الساعه",
    "الموافق",
    "تمام",
    "علي",
    "عند",
    "في",
    "م",
    "يوم",
)
"""Words that may stand between a date and its time."""

WEEKDAYS = (
    "dienstag",
    "dimanche",
    "domingo",
    "donnerstag",
    "freitag",
    "fri",
    "friday",
    "jeudi",
    "jueves",
    "lundi",
    "lunes",
    "mardi",
    "martes",
    "mercredi",
    "miercoles",
    "mittwoch",
    "mon",
    "monday",
    "montag",
    "sabado",
    "samedi",
    "samstag",
    "sat",
    "saturday",
    "sonntag",
    "sun",
    "sunday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "tue",
    "tues",
    "tuesday",
    "vendredi",
    "viernes",
    "wed",
    "wednesday",
    "الاثنين",
    "الاحد",
    "الاربعاء",
    "الثلاثاء",
    "الجمعه",
    "الخميس",
    "السبت",
)

PUBLISHED = (
    "ausgegeben am",
    "created",
    "cree le",
    "dang ngay",
    "data publikacji",
    "date:",
    "diterbitkan",
    "ecrit le",
    "erschienen",
    "erstellt",
    "fecha",
    "first published",
    "gepubliceerd",
    "ilichapishwa",
    "imechapishwa",
    "issued",
    "julkaistu",
    "mis en ligne",
    "objavljeno",
    "online seit",
    "opublikowano",
    "paru le",
    "parution",
    "paskelbta",
    "posted",
    "pubblicato",
    "publicad",
    "publicerad",
    "publicerat",
    "publie",
    "publikovano",
    "published",
    "publisert",
    "release date",
    "submitted",
    "udgivet",
    "veroffentlicht",
    "vom",
    "yayin",
    "δημοσιευ",
    "дата публикации",
    "опубликован",
    "публикувана",
    "פורסם",
    "انتشار",
    "تاريخ الخبر",
    "تاريخ النشر",
    "كتب في",
    "منشور",
    "نشر",
    "প্রকাশ",
    "प्रकाशित",
    "公開",
    "公开",
    "发布",
    "発表",
    "発行",
    "配信",
    "등록",
    "입력",
)
"""What announces the day of publication."""

MODIFIED = (
    "actualise",
    "actualizad",
    "actualizacion",
    "aggiornat",
    "ajourf",
    "aktualis",
    "atualizad",
    "bijgewerkt",
    "cap nhat",
    "corrected",
    "diperbarui",
    "edited",
    "geandert",
    "guncelle",
    "imehaririwa",
    "last review",
    "maj le",
    "maj :",
    "mis a jour",
    "mise a jour",
    "modifi",
    "oppdatert",
    "opdateret",
    "paivitetty",
    "revised",
    "senast andrad",
    "stand:",
    "stand ",
    "uppdaterad",
    "updated",
    "zaktualizowan",
    "ενημερ",
    "изменен",
    "обновлен",
    "עודכן",
    "اخر تحديث",
    "اخر تعديل",
    "تحديث",
    "تم التعديل",
    "अपडेट",
    "更新",
    "最終更新",
    "수정",
    "업데이트",
)
"""What announces the day of a change."""
