"""Words that must find each other, and words that must not: our own table, written as they stand in print."""

SAME = """
كتاب: الكتاب كتابه كتابها كتابهم بالكتاب للكتاب والكتاب كتب الكتب وكتبهم
رئيس: الرئيس الرئيسي للرئيس والرئيس رئيسهم رؤساء الرؤساء رئيسة
وزير: الوزير وزراء الوزراء للوزراء وزيرة الوزيرة وزيرها
دولة: الدولة دول الدول للدول والدول بالدولة دولتين دولتنا
خبر: الخبر أخبار الأخبار والأخبار أخبارهم بالخبر
قوة: القوة قوات القوات والقوات بقوات قواته
حكومة: الحكومة حكومات للحكومة والحكومة حكومته حكومتها حكومي
مدرسة: المدرسة مدارس المدارس مدرستهم بالمدرسة والمدارس
مدينة: مدينه مدينتهم مدينتين للمدينة
معلم: المعلم معلمون المعلمين للمعلمين معلمة معلمات
مهندس: المهندس المهندسون مهندسين المهندسين مهندسة
شركة: الشركة شركات الشركات للشركات شركته
قرار: القرار قرارات القرارات قراره بقراره والقرار
انتخاب: الانتخاب انتخابات الانتخابات للانتخابات انتخابي الانتخابية
سياسة: السياسة سياسي السياسية سياسات السياسيين
اقتصاد: الاقتصاد اقتصادي الاقتصادية للاقتصاد
حرب: الحرب حروب الحروب والحرب بالحرب
جيش: الجيش جيوش الجيوش للجيش وجيشه
شهر: الشهر أشهر شهور الأشهر شهرين
يوم: اليوم أيام الأيام يومين يوميا
سوق: السوق أسواق الأسواق والأسواق
مستشفى: المستشفى مستشفي مستشفيات المستشفيات
مسؤول: مسئول المسؤول مسؤولون المسؤولين مسؤولية
إمرأة: امرأة امراة
شخص: أشخاص الأشخاص شخصين للأشخاص
طالب: الطالب طلاب الطلاب طالبة للطلاب
عامل: العامل عمال العمال للعمال
لاجئ: اللاجئ لاجئون اللاجئين لاجئين للاجئين
قتيل: القتيل قتلى القتلى
جريح: الجريح جرحى الجرحى وجرحى
مقاتل: المقاتل مقاتلون المقاتلين مقاتلي
صحيفة: الصحيفة صحف الصحف صحيفتنا
صحفي: الصحفي صحفيون الصحفيين للصحفيين
مفاوضة: مفاوضات المفاوضات والمفاوضات للمفاوضات
اتفاق: الاتفاق اتفاقات باتفاق للاتفاق اتفاقهم
قال: وقال قالت وقالت يقول تقول يقولون
أعلن: وأعلن أعلنت يعلن تعلن أعلنوا وأعلنت
أكد: وأكد أكدت يؤكد تؤكد أكدوا
قتل: قتلت يقتل وقتل قتلوا
وصل: وصلت يصل وصلوا تصل
طالب: وطالب طالبت يطالب تطالب طالبوا
شارك: شاركت يشارك وشارك شاركوا
القاهرة: القاهره بالقاهرة والقاهرة للقاهرة
سورية: سوريا السورية والسورية
عربي: العربي العربية عربية العرب
جديد: الجديد جديدة الجديدة
كبير: الكبير كبيرة الكبيرة
دبلوماسي: الدبلوماسي دبلوماسية الدبلوماسية الدبلوماسيين
مليون: ملايين الملايين مليوني
حق: الحق حقوق الحقوق وحقوق
election: elections
minister: ministers
country: countries
strike: strikes striking struck
attack: attacks attacked attacking
kill: kills killed killing
negotiate: negotiates negotiated negotiating
woman: women
child: children
crisis: crises
army: armies
protest: protests protested protesting
stop: stops stopped stopping
carry: carries carried carrying
refugee: refugees
house: houses housed
city: cities
leave: leaves left leaving
take: takes took taken taking
say: says saying
control: controls controlled controlling
install: installs installed installing
arrest: arrests arrested arresting
agree: agrees agreed agreeing
election: élection élections
président: président présidente présidents présidentes president
ministre: ministres
national: nationale nationaux nationales
journal: journaux
gouvernement: gouvernements
attaque: attaques attaquer attaqué attaquée attaqués attaquées
élu: élue élus élues
français: française françaises
libanais: libanaise libanaises
travail: travaux
officiel: officielle officiels officielles
européen: européenne européens européennes
actif: active actifs actives
premier: première premiers premières
loi: lois
nouveau: nouvelle nouveaux nouvelles
manifestation: manifestations
réfugié: réfugiée réfugiés réfugiées
arrêter: arrêté arrêtés arrêtée arrête
السيسي: Sisi Sissi للسيسي والسيسي
القذافي: Gaddafi Qadhafi Kadhafi Khadafi Qaddafi Gadhafi
بوتين: Putin Poutine لبوتين
محمد: Mohamed Muhammad Mohammed Mohammad ومحمد
حسين: Hussein Husayn Hossein Hussain
حسن: Hassan Hasan
بشار: Bashar Bachar
الأسد: Assad للأسد
نتنياهو: Netanyahu Netanyahou Nétanyahou
زيلينسكي: Zelensky Zelenskyy Zelenski
حزبالله: Hezbollah Hizbullah Hizballah
داعش: Daesh Daech
الحوثي: Houthi Huthi
أردوغان: Erdogan Erdoğan
مبارك: Mubarak Moubarak
بوتفليقة: Bouteflika
عرفات: Arafat
خامنئي: Khamenei
السنوار: Sinwar
حفتر: Haftar Hifter
بيروت: Beirut Beyrouth ببيروت
دمشق: Damascus Damas بدمشق
القاهرة: Cairo Caire
بغداد: Baghdad Bagdad
حلب: Aleppo Alep
صنعاء: Sanaa Sana'a
الرياض: Riyadh Riyad
طهران: Tehran Téhéran
القدس: Jerusalem Jérusalem
غزة: Gaza بغزة
العراق: Iraq Irak بالعراق
سوريا: Syria Syrie
مصر: Egypt Egypte Égypte
تركيا: Turquie
لبنان: Lebanon Liban بلبنان
الموصل: Mosul Mossoul
يوسف: Youssef Yusuf Yousef
إبراهيم: Ibrahim Brahim
خالد: Khaled Khalid
الكويت: الكويتي والكويتيين
سوريا: السورية السوريين
مصر: المصريون
لبنان: اللبنانيين
فرنسا: الفرنسية
العراق: عراقي
تونس: التونسية
روسيا: الروس
أوكرانيا: الأوكراني
إيران: الإيرانية
إسرائيل: الإسرائيلي
المغرب: المغربي
ليبيا: الليبيين
أمريكا: الأمريكية
أميركا: أمريكا
بريطانيا: البريطاني
تركيا: التركية
الصين: الصينية
وزير: لوزير ووزيرا
وزارة: وزاراتها بوزارته
حكومة: حكومتهم للحكومات
رئيس: رئيسها برئيسنا والرؤساء
مسؤول: مسئولين المسؤولات
قاضي: القضاة قاضيا
محامي: المحامين
نائب: النواب نائبين
صحافي: صحافيون
طالب: طالبات
مهاجر: المهاجرين
جندي: جنديا
ضابط: الضباط
انتخابات: انتخابي انتخابية
مفاوضات: المفاوضات
اتفاق: اتفاقيات
اتفاقية: الاتفاقيات
مظاهرة: المظاهرات
تظاهرة: تظاهرات
احتجاج: احتجاجات
اعتقال: اعتقالات
هجوم: هجمات الهجوم
غارة: الغارات
قصف: القصف
انفجار: انفجارات
قنبلة: القنابل
صاروخ: صواريخ
طائرة: الطائرات
سفينة: السفن
سيارة: سيارات
حادث: حوادث
ضحية: ضحايا
مصاب: المصابين
كتب: يكتبون كتبت سيكتب
أعلن: سيعلنون وأعلنوا
صرح: يصرح تصريحات
أكد: وأكدت
نفى: تنفي ونفت
دعا: تدعو ودعت
رفض: يرفض رفضوا
زار: يزور سيزور
التقى: يلتقي التقت
بحث: يبحث
ناقش: ناقشت
وقع: توقيع
اعتقل: اعتقلت يعتقلون
أصيب: أصيبوا
استشهد: استشهدوا
استقبل: يستقبل استقبلت
افتتح: يفتتح
انسحب: ينسحب
شارك: تشارك
هدد: تهدد
حذر: حذرت
أطلق: يطلق أطلقت
فاز: فازت
خسر: خسرت
سجل: سجلوا
مدينة: مدن المدينتين
قرية: القرى
شارع: الشوارع
جامعة: الجامعات جامعتها
مستشفى: مستشفياتها
بنك: البنوك
شركة: شركاتهم
مصنع: مصانع
سعر: أسعار
ضريبة: ضرائب
ميزانية: الميزانية
قانون: القوانين
محكمة: محاكم
سجن: سجون
قضية: قضايا
جريمة: الجرائم
لجنة: لجان
حزب: أحزاب حزبه
زعيم: الزعماء
ملك: ملوك
أمير: الأمراء
شهيد: شهداء
طفل: الأطفال
امرأة: النساء
رجل: رجال
عائلة: عائلات
أسرة: أسر
لاعب: لاعبين
فريق: فرق
مباراة: المباريات
بطولة: بطولات
هدف: أهداف
مدرب: مدربين
فيلم: أفلام
أغنية: أغاني
فنان: فنانين
رواية: روايات
كاتب: كاتبة
شاعر: شعراء
مرض: أمراض
مريض: مرضى
طبيب: أطباء
دواء: أدوية
لقاح: لقاحات
فيروس: فيروسات
سلاح: أسلحة
عاصمة: عواصم
حدود: الحدود
منطقة: مناطق
إقليم: أقاليم
ميناء: موانئ
مطار: مطارات
مشروع: مشاريع
برنامج: برامج
خطة: خطط
تقرير: تقارير
صورة: صور
فيديو: فيديوهات
موقع: مواقع
شبكة: شبكات
هاتف: هواتف
جهاز: أجهزة
election: elections elections
vote: voted voting
man: men
say: said
go: went
win: won
buy: bought
leader: leaders
plan: planned
refuse: refusing
die: dying
labour: labor
organise: organize
organisation: organizations
programme: program
centre: center
defence: defense
wife: wives
policy: policies
company: companies
match: matches
tax: taxes
begin: began
meet: met
announce: announces
threaten: threatened
travel: travelling
traveled: travelling
nationale: nationaux
president: presidente
déclarer: déclare déclaré
annoncer: annonçait
annonce: annoncent
cheval: chevaux
oeil: yeux
nouveaux: nouvelles
ancien: anciennes
israélien: israélienne
tuer: tués
blessé: blessées
manifestant: manifestants
manifester: manifestent
finir: finissent
libérer: libération
syndical: syndicaux
heureux: heureuse
grève: grèves
prix: prix
vendre: vendu
mort: morte
bureau: bureaux
feu: feux
accuser: accusent
Sisi: السيسي
Sissi: Sisi
Qaddafi: Kadhafi
Gadhafi: القذافي
Khadafi: القذافي
Poutine: Putin
Mohamed: Muhammad
Mohammad: محمد
Mahmoud: محمود
Mahmud: محمود
Netanyahu: نتنياهو
Netanyahou: نتانياهو
Zelensky: زيلينسكي
Zelenskyi: Zelensky
Hizballah: Hezbollah
Erdogan: أردوغان إردوغان
Assad: الأسد
Bachar: Bashar
Abbas: عباس
Hamas: حماس
Houthi: الحوثي
Houthis: الحوثيون
Khamenei: خامنئي
Rouhani: روحاني
Biden: بايدن
Trump: ترامب
Macron: ماكرون
Merkel: ميركل
Obama: أوباما
Clinton: كلينتون
Khashoggi: خاشقجي
Beirut: بيروت
Beyrouth: Beirut
Damascus: دمشق
Damas: Damascus
Cairo: القاهرة
Baghdad: بغداد
Bagdad: Baghdad
Tripoli: طرابلس
Benghazi: بنغازي
Aleppo: حلب
Alep: Aleppo
Riyadh: الرياض
Jeddah: جدة
Djeddah: Jeddah
Gaza: غزة
Rafah: رفح
Sanaa: صنعاء
Tehran: طهران
Téhéran: Tehran
Kyiv: كييف
Kiev: Kyiv
Moscow: موسكو
Moscou: Moscow
Alger: الجزائر
Iraq: Irak
Tunisia: تونس
Yemen: اليمن
Maroc: المغرب
Morocco: المغرب
Libya: Libye
Syria: سوريا
Syrie: سورية
Khalid: Khaled
Yusuf: Youssef
Youcef: يوسف
Ibrahim: إبراهيم
Abdallah: Abdullah
Fatima: فاطمة
Aisha: Aïcha
Hussein: حسين
Houssein: Husayn
Mustafa: Moustapha
Sharif: Cherif
Shaykh: Cheikh
Nasrallah: نصرالله
Bouteflika: بوتفليقة
Tebboune: تبون
Saied: سعيد
Hariri: الحريري
Haftar: حفتر
Hifter: Haftar
Dbeibah: الدبيبة
Mikati: ميقاتي
Berri: بري
Aoun: عون
Sadr: الصدر
Maliki: المالكي
Sudani: السوداني
Guterres: غوتيريش
Lavrov: لافروف
Blinken: بلينكن
Nasser: ناصر
Sadate: السادات
Arafat: عرفات
Sinwar: السنوار
Haniyeh: هنية
Haniya: Haniyeh
Daech: داعش
Daesh: داعش
Taliban: طالبان
Kurds: أكراد
Sudan: السودان
Soudan: Sudan
Jordan: الأردن
Qatar: قطر
Kuwait: الكويت
Koweit: Kuwait
Doha: الدوحة
Jerusalem: القدس
"""
"""Groups: each word must find the first of its line."""

APART = """
سوريا سورة
عرب غرب
مصر مصرف
كتاب كتيبة
كتاب مكتب
قوة قوس
حرب حزب
حكم حلم
شعب شغب
وزير وزن
رئيس رأي
مدرسة درس
مدينة دين
عمل علم
جيش جرح
سلام سلاح
قرار قرية
نار نور
ماء مال
بحر بحث
صحة صحيفة
خبر خير
طفل طقس
شركة شرطة
شرطة شرط
دولة دولار
حكومة حكمة
وفد وعد
نفط نقطة
غاز غزو
قانون قرن
برلمان برنامج
قمة قمح
سعر سفر
مجلس مجلة
جلسة جنسية
موقف موقع
هجوم نجوم
قتل قبل
قال قاتل
وصل وطن
اتفاق نفق
لاجئ لجنة
مفاوضات تفويض
university universe
organ organisation
poison poisson
news new
state status
unit united
general generous
police policy
election elect
war ware
arm army
port sport
nation native
import important
form formal
press pressure
court cour
case casa
house horse
plan plane
car care
bus bush
gas gaz
king kin
ring rig
string strip
bed bee
need nee
this thin
was wash
hope hop
cost coast
human humane
past paste
mine mien
inform informal
commune communiste
journal jour
ville vile
mort mortel
port porte
cour course
mais maison
partie parti
poste post
fils fille
roi roman
pays paysan
loi loin
prix prise
main maintien
son sonde
temps tempête
Hassan Hussein
Said Saad
Omar Amr
Salem Salam
Ahmed Hamad
Mahmoud Mohamed
Hamid Hamad
Bashar Bashir
Karim Akram
Jamal Kamal
Nasser Nasr
Khaled Khalil
Syria Serbia
Iran Iraq
Mali Malawi
Niger Nigeria
Oman Omar
Gaza Giza
Sale Saleh
mine Amine
sisi sister
planer planet
score scorn
basin basis
rabat rabbit
turkey turk
حرب حراب
علم عالم
عمل عامل
أمل عمل
جبل جبن
ملك مالك
قلب كلب
حكم حكومة
دين دينار
بنك بنت
سلام سلم
إسلام سلام
إسلام استسلام
وطن وطأة
شرق شركة
شرط شرطة
حزب حزن
جامع جامعة
جمع جامعة
جمعة جامعة
صوت صيت
عرض معرض
دخل داخل
قرار قرآن
قرن قرآن
قبل قبيلة
قائد قاعدة
رأس رئيس
وزن وزير
وزير زير
ميناء مينا
فرنسا فرن
لبنان لبن
لبنان لبان
ولد والد
وفد فد
والي علي
بالون لون
كالح الح
فلسطين فلس
فلفل لفل
بلد لد
ليل يل
لحم حم
بيروت روت
كندا ندا
سيناء يناء
سياسة ياس
ستين تين
يمين مين
مدني مدينة
يهود هود
إيران ايرلندا
سعودية سعود
نيجر نيجيريا
نيجيريا نيجر
عمان عمانوئيل
الأردن أردوغان
تركيا ترك
يونان يونس
هند هندسة
قطر قطار
قطر قطرة
عراق عرق
كوبا كوب
تشاد شاد
سودان سواد
يمن يمين
إثيوبيا إثبات
حماس حماة
حماس حماسة
فتح مفتاح
دجاج دجلة
قاضي قضية
قاضي ماضي
نائب نيابة
شعب شعبة
خبر خبز
خبر خبير
كرة كرم
طفل طفيلي
سوق ساق
عين عون
تحدث حدث
تعليم علم
استقلال استقالة
اعتقال اعتقاد
انتخاب نخبة
اتهم متحف
organ organic
ration rational
general generate
marine marina
mars mar
cares cars
planes plans
bass bases
wander wonder
house hose
desert dessert
dessert désert
cousin coussin
fils fil
cours cour
mur mûre
porte port
vente vent
peine pen
maire mer
marche mars
campagne camp
compagnie campagne
balle bal
ville vil
course cour
princess prince
arms armies
cop copy
secret secretary
commune common
international internal
numeral number
temple temp
stare star
tone ton
states statues
accord accordion
capital capitol
execute executive
relative relation
author authority
customs customer
wing win
sing single
bed bedding
Hassan Hasna
Ali Alia
Mali Mally
Amin Amine
Karim Karam
Jamal Jamil
Rashid Rashad
Samir Samira
Hamad Hamid
Ahmed Hamid
Hamdan Hamdi
Khalil Khaled
Farid Fareed
Bush Bushehr
Austria Australia
Guinea Guyana
Libya Liberia
Gaza Gaz
Mine Amin
mine mina
hard Hardi
salad Salah
Putin putain
Trump trumpet
Hamas ham
fat Fatah
bin been
abbey Abbas
Bashar bash
Kurd curd
Sadr sad
Merkel market
said سعيد
sale صالح
salad صلاح
nasal ناصر
omen عمان
merry مري
barry بري
dam دمشق
jeans جان
harem حرم
berry بري
berri berry
cherif sheriff
chef شيخ
shake شيخ
marrow مروان
sultana سلطان
Hama Hamas
Sanaa sana
riad read
aden adan
doha duha
mecca make
salle صالح
chaîne الصين
chienne china
ditch داعش
alley علي
putain بوتين
saisi السيسي
smell إسماعيل
neiger النيجر
sissy السيسي
share الشرع
bretagne britain
Tunis tunes
Hamed Hamad
"""
"""Pairs: neither may find the other."""
