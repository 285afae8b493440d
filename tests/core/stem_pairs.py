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
"""
"""Pairs: neither may find the other."""
