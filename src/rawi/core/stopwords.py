"""Words that tell nothing of what a text is about: function words, and the names of months and days of the week.

They are written as `core.text` gives forms: small letters, no accents, ه for ة, ي for ى, ا for every alef.
"""

from rawi.core.text import forms

_FUNCTION = {
    "ar": "أ أبدا أثناء أجل أحد أسبوع أشار أشارت أضاف أضافت أعلن أعلنت أكثر أكد أكدت أما أمام أن أنا أنت أنه أنها "
    "أنهم أو أوضح أوضحت أول أي أيضا أين إثر إذ إذا إضافة إلا إلى إليه إليها إما إن إنما إنه إنها الآن الأخرى "
    "الأول الأولى التي الثاني الثانية الحالي الحالية الذي الذين السابق العديد الماضي الماضية المقبل المقبلة الى "
    "اليوم ام امس ان او اي بأن بأنه بأي باسم بدون بسبب بشأن بشكل بعد بعدما بعض بعضها بل بما بمثابة بن به بها "
    "بهذا بهذه بين بينما بينها بينهم تابع تابعت تجاه تحت تكون تلك تم ثلاث ثلاثة ثم ثمة جاء جاءت جانب جدا جراء "
    "جميع جميعا حاليا حتى حسب حوالي حول حيال حيث حين خارج خاصة خلال خلف دون ذات ذكر ذكرت ذلك رغم زال ساعة سنة "
    "سوف سوى سيكون شخص شهر شيء صباح ضد ضمن طالما طريق طوال عام عاما عبر عدا عدة عدد عدم على عليه عليها عليهم "
    "عما عن عند عندما عنه عنها غدا غير فأن فإن فقال فقط فكان فلا فما فهو فهي فوق في فيما فيه فيها قال قالت قام "
    "قبل قد قليلا كافة كان كانت كانوا كذلك كل كلا كلما كم كما كيف لأن لأنه لا لافتا لدى لدي لديه لديها لذلك لقد "
    "لكل لكن لكنه لكنها لم لما لماذا لن له لها لهذا لهم لو لولا ليس ليست ليلة مؤكدا ما ماذا مازال مثل مجرد مدى "
    "مرة مساء مشيرا مضيفا مع معه معها مقابل مما من منذ منه منها منهم موضحا نحن نحو نحوه نعم نفس نفسه نفسها "
    "نهاية هؤلاء هذا هذان هذه هكذا هل هم هما هن هنا هناك هو هي وأشار وأشارت وأضاف وأضافت وأكد وأن وأنه وأوضح "
    "وإلى وإن وبعد وبين وتم وذكر وذلك وعلى وعن وفق وفقا وفي وقال وقالت وقد وكان وكانت وكذلك ولا ولكن ولم ولن "
    "وليس وما ومع ومن ومنها وهذا وهذه وهم وهو وهي ويوم يا يتم يجب يكن يكون يلي يمكن ينبغي يوم يوما",
    "en": "a about above according across added after again against ago all almost along already also although always "
    "am among an and another any are aren around as asked at away be became because become been before began "
    "behind being below between both but by call called came can cannot cant come could couldn couldnt day days "
    "despite did didn didnt do does doesn doesnt doing don done dont down during each earlier early either else "
    "end enough even ever every few first five for four from further gave get getting give given go goes going "
    "gone got had hadn hadnt has hasn hasnt have haven havent having he hed hell her here hers herself hes him "
    "himself his hour hours how however i id if ill im in including into is isn isnt it its itself ive just "
    "keep know known last late later least left less let like likely made make makes making many may me mean "
    "might mine month months more most mostly much must my myself near nearly need never new next no nor not "
    "nothing now of off often old on once one ones only onto or other others our ours ourselves out over own "
    "part per perhaps put quite rather re really right s said same saw say saying says second see seen several "
    "shall she should shouldn since six so some something soon still such t take taken than that thats the "
    "their theirs them themselves then there these they theyre thing things third this those though three "
    "through thus time times to today together told tomorrow too took toward towards two under until up upon us "
    "use used using very via want was wasn wasnt way we week weeks well went were weren werent what when where "
    "whether which while who whom whose why will with within without won wont would wouldn year years yes "
    "yesterday yet you your yours yourself",
    "fr": "a affirmé afin ai ainsi ajouté alors an annee annees ans après as assez au aucun aucune aujourdhui auquel "
    "aura auront aussi autant autour autre autres aux avaient avais avait avant avec avez avoir avons ayant "
    "beaucoup bien c car ce ceci cela celle celles celui cependant ces cet cette ceux chaque chez ci cinq comme "
    "comment contre d dans de dehors depuis dernier derniers dernière dernières derrière des desquels deux "
    "devait devant devra devrait dire dit doit doivent donc dont du durant dès début déclaré déjà elle elles en "
    "encore enfin ensuite entre envers es est et eu eux explique expliqué faire fait faits façon fois font fut "
    "heure heures hier hors hui ici il ils indique indiqué j jamais je jour jours jusqu jusque juste l la "
    "laquelle le lequel les lesquels leur leurs loin lors lorsque lui là m ma mais mal malgré me mes mieux mis "
    "moi moins mois mon même mêmes ne ni non nos notamment notre nous nouveau nouveaux nouvel nouvelle "
    "nouvelles ont ou outre où par parce parfois parmi part pas pendant peu peut peuvent plus plusieurs plutôt "
    "pour pourquoi pourrait pouvait premier première presque près précisé pu puis puisque qu quand quatre que "
    "quel quelle quelles quelque quelques quels qui quoi rappelé rien s sa sans se selon semaine sera serait "
    "seront ses si sien six soi soir soit sommes son sont souligné sous souvent suis suite sur surtout t ta "
    "tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutefois toutes trois trop très "
    "tu un une va vers via voici voilà vont vos votre vous y à étaient étais était étant été être",
}

_ARABIC_CLITICS = ("و", "ف", "ب", "ل", "ك")
"""What Arabic writes as one with a function word that follows."""

_CALENDAR = {
    "ar": "يناير فبراير مارس أبريل إبريل مايو يونيو يونيه يوليو يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر كانون الثاني "
    "شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين الأول جانفي فيفري أفريل ماي جوان جويلية أوت يوليوز غشت "
    "شتنبر نونبر دجنبر الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "en": "january february march april may june july august september october november december jan feb apr jun jul "
    "aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi "
    "jeudi vendredi samedi dimanche",
}
"""Of the calendars that the press of these languages dates by. Months of the Hijri year are not among them: they are
what articles are about ("Ramadan")."""

STOPWORDS = frozenset(form for table in (_FUNCTION, _CALENDAR) for words in table.values() for form in forms(words))


def tells_nothing(form: str) -> bool:
    """Whether a form is a function word, the name of a month or a day, a number, or a single letter."""
    if len(form) < 2 or form in STOPWORDS or any(letter.isdecimal() for letter in form):
        return True
    return form.startswith(_ARABIC_CLITICS) and form[1:] in STOPWORDS
