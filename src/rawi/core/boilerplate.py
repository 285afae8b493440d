"""What is no text of an article whatever a model thinks of it: boxes that call themselves furniture, and phrases that
papers put around their texts."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rawi.core.blocks import Block, Page, counted, name_parts

_FURNITURE = frozenset(
    """
    ad ads advert advertisement advertising annonce breadcrumb breadcrumbs comment comments consent cookie cookies
    donate encart lettre newsletter partage pub publicite recirc recommended related relatedposts share sharedaddy
    sharing sponsor sponsored subscribe ticker
    """.split()  # noqa: SIM905 - a table, many words a line
)
"""Words of names that say of a small box that it is no part of the text, whatever it says."""
_FURNITURE_PHRASES = re.compile(
    r"(?:^|[\s_-])(?:lire-aussi|a-lire|see-also|read-also|read-more|rich-link|embedded-post)(?:$|[\s_-])", re.IGNORECASE
)
_LEADS_ELSEWHERE = re.compile(
    r"(?:also on|also read|read also|read more|read next|see also|related|more on this|more from|you may also like"
    r"|recommended|lire aussi|à lire aussi|à lire|voir aussi|lesen sie auch|mehr zum thema|auch interessant|les også"
    r"|læs også|läs också|lees ook|lea también|lee también|ver también|te puede interesar|leia também|leggi anche"
    r"|ayrıca bakınız|читайте также"
    r"|[اإ]قرأ أيضاً?|اقرأ المزيد|شاهد أيضاً?|مواضيع ذات صلة)"
    r"\s?[:：»>–—-]?(?=\s|$|(?-i:[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
_FRAMES = frozenset(["html", "body", "article", "main"])
_SMALL, _FEW_PARAGRAPHS = 1500, 4
"""Characters and paragraphs: what holds more may be the article's own frame, whatever it is called."""
_WALLS = frozenset(["offer", "offers", "paywall", "piano", "premium", "regwall", "subscription", "tp"])
_OFFERS = re.compile(
    r"\b(?:subscri(?:be|ber|ption)|log ?in|sign ?in|sign ?up|register|cancel (?:at )?any ?time|per month|a month|"
    r"abonn(?:é|ez|ement|ieren|ent)\w*|connectez-vous|s'identifier|mois|anmelden|einloggen|jetzt testen|monat|kündbar|"
    r"suscr[ií]b\w*|suscrip\w*|inicia sesión|abbon\w+|accedi|assin\w+)\b|اشترك|المشتركين|تسجيل الدخول|سجل الدخول",
    re.IGNORECASE,
)
_LONGEST_OFFER = 300

_LONGEST_PHRASE = 320
_PHRASES = re.compile(
    r"to (?:view|watch|play) this (?:video|content),? (?:please )?(?:enable|turn on|accept)|"
    r"(?:sorry, )?(?:this|the) video (?:is (?:not|no longer|currently un)|can(?:no|')t be) ?(?:available|played)|"
    r"sign up (?:for|to) (?:our|the|your|all)\b.{0,80}\b(?:newsletters?|alerts?|e-?mails?|briefing|updates)\b|"
    r"subscribe to (?:our|the)\b.{0,60}\b(?:newsletters?|channel|podcast|alerts?)\b|"
    r"get (?:in touch|contact) with (?:our|the) (?:news ?(?:team|desk|room)|newsroom|reporters?)|"
    r"(?:got|have|do you have) (?:a|any) (?:news )?(?:story|stories|tip)s?(?: (?:to share|for us|to tell))?\s?\?|"
    r"for more stories like this,? (?:check|visit|see)|"
    r"follow (?:us|[\w.]+) on (?:twitter|facebook|instagram|tiktok|telegram|whatsapp|youtube|google news|x\b)|"
    r"(?:join|download) (?:us on|our|the) .{0,40}(?:whatsapp|telegram|app\b)|"
    r"(?:(?:the )?(?:story|article)|content) continues (?:below|after)|scroll (?:down )?(?:to|for) (?:continue|more)|"
    r"das ist die europäische perspektive bei|"
    r"(?:melden sie sich|melde dich|hier) .{0,60}\bnewsletter\b.{0,30}(?:an|anmelden|abonnieren)\b|"
    r"abonnier(?:en sie|e|t) .{0,60}(?:newsletter|kanal|podcast)|folgen sie uns (?:auf|bei)|folge uns (?:auf|bei)|"
    r"um dieses (?:video|element) (?:anzusehen|abzuspielen|anzuzeigen)|"
    r"inscrivez-vous (?:à|pour) .{0,60}(?:newsletter|lettre|alertes?)|abonnez-vous à (?:notre|nos|la)\b|"
    r"suivez-nous sur|pour (?:voir|lire|regarder) cette vidéo|article réservé (?:aux|à nos) abonnés|"
    r"la suite (?:de cet article )?après (?:cette|la) publicité|"
    r"suscríb(?:ete|ase) a (?:nuestr[ao]|la)\b|s[ií]g[ua]e?nos en|para ver este v[ií]deo|"
    r"iscriviti alla (?:nostra )?newsletter|seguici su|assine (?:a|nossa) newsletter|"
    r"(?:اشترك|اشتركوا|سجل|سجلوا) (?:الآن )?(?:في|ب) ?(?:نشرتنا|النشرة|قناتنا|خدمة)|"
    r"تابع(?:ونا|نا|وا) (?:عبر|على)|انضم(?:وا)? (?:إلى|الى) قناتنا|يرجى تفعيل (?:ال)?جافا|"
    r"لمشاهدة (?:هذا )?الفيديو.{0,20}تفعيل",
    re.IGNORECASE,
)
"""How a short block begins that papers put under or between their own words."""
_LABELS = re.compile(
    r"up next|advertisement|advert|sponsored|"
    r"all times (?:are )?(?:in )?(?:et|est|edt|ct|pt|pst|gmt|utc|bst|cet|cest|local)|"
    r"anzeige|werbung|publicité|publicidad|pubblicità|publicidade|reklam|إعلان|اعلان",
    re.IGNORECASE,
)
"""What a block of that kind says, and nothing else."""
_OF_PLAYERS = re.compile(
    r"^to view this video please enable javascript,?\s+and consider upgrading to a\s+web\s+browser\s+that\s+supports\s+"
    r"html5\s+video\.?$",
    re.IGNORECASE | re.MULTILINE,
)
"""What the most used player says to browsers that cannot play; in declared texts on several lines."""
_WRITTEN_BY = re.compile(
    r"(?:by|von|par|por|di|door|av|بقلم|كتب|كتبت|إعداد)\b[^.!?؟\n]{0,80}(?:\s|[(,])[\w.+-]{1,40}@[\w-]{1,40}\.[\w.-]{2,30}\W{0,3}|"
    r"by (?:our |a )?(?:own |staff |special )(?:reporters?|writers?|correspondents?)",
    re.IGNORECASE,
)
_LONGEST_LEAD = 60
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])


PHRASE = "a phrase that papers put around their texts"


def phrase(said: str) -> str:
    """Why a block is no text by what it says alone; "" when nothing speaks against it."""
    if len(said) > _LONGEST_PHRASE:
        return ""
    if _PHRASES.match(said) or _LABELS.fullmatch(said.strip(" .:…|–-")):
        return PHRASE
    return "the by-line" if _WRITTEN_BY.fullmatch(said) else ""


def without_phrases(text: str) -> str:
    """A text that a page declares, or holds in a script, without the lines that are such phrases."""
    return "\n".join(line for line in _OF_PLAYERS.sub("", text).split("\n") if line and not phrase(line))


def leads_elsewhere(block: Block) -> bool:
    """Whether a block says "Read also", and what."""
    is_short = block.link_chars * 3 > len(block.text) or len(block.text) < _SHORTEST_TEXT
    return is_short and _LEADS_ELSEWHERE.match(block.text) is not None


_SHORTEST_TEXT = 40


def leads_to_nothing(said: str, tag: str) -> bool:
    """Whether a block with nothing behind it wants something there: a heading, "Sources:"."""
    return tag in _HEADINGS or (len(said) <= _LONGEST_LEAD and said.endswith((":", "：")))


def furniture(page: Page) -> list[str]:
    """Of each box the word by which it, or one around it, calls itself no text; "" where there is none."""
    words: list[str] = []
    offered = _offered(page)
    for place, box in enumerate(page.boxes):
        word = words[box.parent] if box.parent >= 0 else ""
        is_small = box.chars <= _SMALL and box.paragraphs <= _FEW_PARAGRAPHS
        if not word and box.named and is_small and box.tag not in _FRAMES:
            word, wall = _called(box.named)
            if not word and offered[place] * 2 > box.chars:
                word = wall
        words.append(word)
    return words


@lru_cache(maxsize=20_000)
def _called(named: str) -> tuple[str, str]:
    """The word by which a name says that its box is no text, and that by which it may be a wall; "" for none."""
    parts = name_parts(named)
    word = next((part for part in parts if part in _FURNITURE), "")
    if not word and (phrase := _FURNITURE_PHRASES.search(named)):
        word = phrase[0].strip(" _-")
    return word, next((part for part in parts if part in _WALLS), "")


def _offered(page: Page) -> Sequence[int]:
    """Of each box how many of its characters ask the reader to subscribe or to sign in. A wall around a paid text has
    the same names as the text itself."""
    chars = [0] * len(page.boxes)
    if not any(_called(box.named)[1] for box in page.boxes if box.named):
        return chars
    for block in page.blocks:
        if len(block.text) <= _LONGEST_OFFER and _OFFERS.search(block.text):
            chars[block.box] += counted(block)
    for place in range(len(page.boxes) - 1, 0, -1):
        if (outer := page.boxes[place].parent) >= 0:
            chars[outer] += chars[place]
    return chars
