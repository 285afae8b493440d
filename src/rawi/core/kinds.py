"""What kind of page it is: whether there is an article on it at all, whether all of it, and what its owner reserves.

A page is taken for no article only by strong evidence, because a wrong rejection loses an article: it must not call
itself one, and it must have next to no text of its own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from lxml import etree

from rawi.core import urls
from rawi.core.outline import Outline
from rawi.core.page import Declared

# ------------------------------------------------------------------------------------- what walls say

_CHALLENGE = re.compile(
    r"just a moment|attention required!? \| cloudflare|checking your browser|"
    r"checking if the site connection is secure|"
    r"ddos protection by|pardon our interruption|are you a (?:human|robot)|verif(?:y|"
    r"ying) (?:that )?you are (?:a )?human|"
    r"please verify you|unusual traffic from your|enable javascript and cookies to continue|"
    r"please enable js and disable|"
    r"security check to access|complete the (?:captcha|security check)|access to this page has been denied|"
    r"request unsuccessful\. incapsula|one more step|performing security verification|human verification|"
    r"un instant\s?(?:…|\.\.\.)|vérification de (?:votre navigateur|sécurité)|vérifiez que vous êtes humain|"
    r"(?:nur )?einen moment(?: bitte)?\s?(?:…|\.\.\.)|überprüfung ihres browsers|sicherheitsüberprüfung|"
    r"un momento\s?(?:…|\.\.\.)|verificando (?:que|su navegador)|comprobando (?:su|tu) navegador|"
    r"bir dakika lütfen|"
    r"проверка браузера|один момент|تحقق من أنك (?:إنسان|لست)|التحقق من (?:المتصفح|أنك)|لحظة من فضلك|"
    r"جار(?:ي|ٍ) التحقق",
    re.IGNORECASE,
)
_ERROR_WORDS = (
    r"(?:oops|sorry|ooops|désolé|عذر[اًا]*|uups)?[\s!,.…،-]*(?:the |this |la |cette |die |diese |la |"
    r"esta |المقال |the requested )?"
    r"(?:page|url|article|story|content|document|seite|página|pagina|artikel|sayfa|страница|الصفحة|صفحة)?\s*"
    r"(?:(?:you (?:requested|are looking for)|demandée?|recherchée?|que vous (?:cherchez|recherchez)|"
    r"solicitada|"
    r"التي (?:تبحث|طلبتها) ?\S{0,8}|المطلوبة)\s*)?"
    r"(?:(?:was |is |could |can ?)?not (?:be )?found|can(?:'|’)t be found|does(?: not|n['’]t) exist|"
    r"no longer (?:available|exists)|"
    r"(?:est )?introuvable|n['’]existe (?:pas|plus)|non trouvée?|(?:wurde )?nicht gefunden|existiert nicht|"
    r"no (?:encontrada|existe|se encuentra|disponible)|non trovat[ao]|non esiste|bulunamadı|не найдена|"
    r"غير موجود[ةه]?|لم يتم العثور(?: عليها| على الصفحة)?|غير متوفرة|غير متاحة)\s*[!.…]*|"
    r"(?:internal server error|service (?:temporarily )?unavailable|bad gateway|gateway time-?out|"
    r"access denied|forbidden|"
    r"gone|database error|error establishing a database connection|under maintenance|"
    r"site maintenance|en maintenance|"
    r"accès (?:refusé|interdit)|zugriff verweigert|acceso denegado|تحت الصيانة|الموقع قيد الصيانة|"
    r"تم رفض الوصول)\s*[!.…]*"
)
_ERROR = re.compile(
    r"(?:(?:error|erreur|fehler|خطأ|ошибка|hata)\s*)?[#:\s-]{0,3}(?:40\d|410|451|50\d)\s*[-–—|:!.]{0,3}\s*"
    rf"(?:error|erreur|fehler|خطأ|{_ERROR_WORDS})?|{_ERROR_WORDS}",
    re.IGNORECASE,
)
_SIGN_IN = re.compile(
    r"(?:please )?(?:log ?in|sign ?in|sign ?up|register|create (?:an|your) account|subscriber login|"
    r"member login|"
    r"log in to continue|sign in to (?:continue|read)|connexion|se connecter|connectez-vous|"
    r"identifiez-vous|inscription|"
    r"créer un compte|anmelden|anmeldung|einloggen|registrieren|iniciar sesión|inicia sesión|acceder|"
    r"registrarse|accedi|"
    r"registrati|entrar|inloggen|giriş yap|войти|вход|تسجيل الدخول|تسجيل دخول|إنشاء حساب|دخول|"
    r"سجل الدخول)\b.{0,40}",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"cookie|consent|our partners|personal data|your privacy|vie privée|nos partenaires|"
    r"données personnelles|consentement|"
    r"datenschutz|einwilligung|partnern|personenbezogen|nuestros socios|datos personales|privacidad|"
    r"i nostri partner|"
    r"ملفات تعريف الارتباط|الكوكيز|سياسة الخصوصية|شركاؤنا|شركائنا|البيانات الشخصية|kişisel veri|çerez",
    re.IGNORECASE,
)
_AGREE = re.compile(
    r"\b(?:accept(?: all)?|i agree|agree and|reject all|manage (?:options|settings|preferences)|"
    r"tout (?:accepter|refuser)|"
    r"accepter|j'accepte|continuer sans accepter|alle akzeptieren|akzeptieren|zustimmen|aceptar|"
    r"accetta|kabul et)\b|"
    r"قبول الكل|أوافق|موافق|قبول|رفض الكل",
    re.IGNORECASE,
)
_NEEDS_SCRIPT = re.compile(
    r"(?:enable|turn on|requires?|need to enable|activer|activez|aktivieren|habilit|activar|تفعيل|"
    r"تمكين).{0,30}(?:java ?script|جافا)|"
    r"java ?script.{0,40}(?:disabled|required|désactivé|deaktiviert|aktivieren|enabled|معطل)",
    re.IGNORECASE,
)
_SEARCHED = re.compile(
    r"/(?:search|recherche|suche|buscar|buscador|cerca|ara|bahth|search-results|resultats|بحث)(?:[/.?]|$)",
    re.IGNORECASE,
)
_SEARCH_ASKED = re.compile(r"(?:^|&)(?:q|s|query|search|keyword|keywords|recherche|suchbegriff)=", re.IGNORECASE)
_TAGGED = re.compile(
    r"/(?:tags?|topics?|keywords?|mot-cle|mots-cles|thema|themen|etiqueta|etiquetas|etiket|sujet|"
    r"dossier|وسم|كلمات)/[^/]",
    re.IGNORECASE,
)
_BY_AUTHOR = re.compile(
    r"/(?:authors?|auteurs?|autor(?:en|es)?|journalists?|profile|writers?|كاتب|كتاب)/[^/]", re.IGNORECASE
)
_LANGUAGE_FRONT = re.compile(
    r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:(?:index|home|default|accueil)(?:\.\w{2,5})?/?)?", re.IGNORECASE
)
_PAYWALL = re.compile(
    r"subscribe to (?:read|continue|unlock|keep reading)|(?:this|the rest of this) (?:article|"
    r"story) is (?:for|only available to|reserved for) "
    r"(?:subscribers|members)|to continue reading|become a (?:subscriber|member) to read|already a subscriber|"
    r"réservée? (?:à nos|aux) abonnés|il vous reste .{1,12} de cet article|la suite est réservée|"
    r"pour lire la suite|"
    r"weiterlesen mit|jetzt weiterlesen|nur für abonnenten|diesen artikel (?:mit|weiter)|"
    r"para seguir leyendo|contenido exclusivo para suscriptores|per continuare a leggere|"
    r"للمشتركين فقط|هذا المقال للمشتركين|اشترك لقراءة|لمتابعة القراءة",
    re.IGNORECASE,
)
_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*(?:"?false"?|"?no"?|0)\b', re.IGNORECASE)
_LISTS = re.compile(
    r'"@type"\s*:\s*\[?\s*"(?:https?://schema\.org/)?(CollectionPage|SearchResultsPage|ProfilePage|ItemList)"'
)
_VIDEO = re.compile(r'"@type"\s*:\s*\[?\s*"(?:https?://schema\.org/)?VideoObject"')

CUT = "it is not free to read: perhaps only its beginning is there"
"""The note of an article of which hardly more than a teaser is shown."""

_FEWEST_TEASERS, _MANY_TEASERS = 8, 25
_TEASER_LETTERS, _TEASER_WORDS = 20, 4
_OWN_LINE, _OWN_TEXT = 160, 500
"""Letters: a shorter line may be a teaser's; so much in longer lines is a text of the page's own."""
_SHORT, _VERY_SHORT, _FREE_PART, _MANY_LETTERS = 600, 150, 3000, 5000
_MOST_JSON, _MOST_SCRIPTS = 200_000, 500
_MOST_LINKS, _MOST_LOOKED_AT = 3000, 6000
_FEWEST_STORIES, _MOST_STORIES, _LONGEST_STORY = 5, 60, 3000
_LONGEST_SEGMENT, _LONGEST_NAME, _MOST_NAME_WORDS = 24, 30, 2
_PARTS = re.compile(r"\s+[|·–—»-]\s+|\s*::\s*|\s*\|\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """What tells of a page's kind, taken from its tree before the text is looked for."""

    titles: tuple[str, ...] = ()
    """Of `title` and of the first headings."""
    teasers: int = 0
    """Links with the words of a headline, outside menus and foot."""
    teaser_words: frozenset[str] = frozenset()
    stories: int = 0
    """How many `article` elements have a heading that leads elsewhere, and a day of their own."""
    story_words: str = ""
    """All that these say."""
    visible: str = ""
    """The beginning of what a reader sees."""
    passwords: int = 0
    scripts: int = 0
    lists: str = ""
    """The type of JSON-LD by which the page calls itself a list; "" when it does not."""
    og_type: str = ""
    is_video: bool = False
    is_challenge: bool = False
    has_empty_root: bool = False
    is_not_free: bool = False
    reserved: tuple[str, ...] = ()
    """What the page's owner asks of robots and of mining, as notes."""


def look(parts: Outline, declared: Declared, headers: Mapping[str, str] | None = None) -> Look:
    """Looks a page over; leaves its tree as it is. `headers` are the response's, by names in small letters."""
    tree, metas = parts.tree, parts.metas
    linked = (said[:_MOST_JSON] for kind, said in parts.scripts if "ld+json" in kind)
    json = "\n".join(islice(linked, _MOST_SCRIPTS))
    is_not_free = "isAccessibleForFree" in json and bool(_NOT_FREE.search(json))
    is_not_free = is_not_free or metas.get("article:content_tier", "").lower() in ("locked", "metered")
    certain = Look(
        scripts=len(parts.places("script")),
        has_empty_root=any(_is_empty(e) for e in tree.xpath(_ROOTS)),
        is_not_free=is_not_free,
        visible=_visible(tree) if is_not_free or not _is_sure(declared) else "",
        reserved=_reserved({**parts.equivalents, **metas}, headers or {}),
    )
    if _is_sure(declared):
        return certain
    hrefs = islice(parts.links.items(), _MOST_LINKS)
    links = [words for place, (href, _) in hrefs if href and (words := _headline(parts.elements[place]))]
    types = _LISTS.search(json)
    og_type = metas.get("og:type", "").lower()
    stories = _stories(parts)
    return replace(
        certain,
        stories=len(stories),
        story_words="\n".join(stories),
        titles=tuple(" ".join(_words(e).split())[:200] for e in parts.first("title", "h1", most=4)),
        teasers=len(set(links)),
        teaser_words=frozenset(links),
        passwords=sum((e.get("type") or "").lower() == "password" for e in parts.first("input", most=_MOST_LINKS)),
        lists=types[1] if types else "",
        og_type=og_type,
        is_video=og_type.startswith("video") or bool(_VIDEO.search(json)),
        is_challenge=_is_challenge(parts),
    )


def _stories(parts: Outline) -> list[str]:
    """What the `article` elements say that are teasers of others: with a heading that leads elsewhere and a day."""
    stories = filter(_is_story, parts.first("article", most=_MOST_STORIES))
    return [words for story in stories if len(words := " ".join(_words(story).split())) <= _LONGEST_STORY]


_heading_link = etree.XPath("(.//h2//a[@href] | .//h3//a[@href] | .//h4//a[@href] | .//a[@href][.//h2 or .//h3])[1]")
_dates_itself = etree.XPath("boolean(.//time)")
_SHOWS_DAY = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d\b|\b(?:19|20)\d\d\b|[٠-٩]{4}")


def _is_story(article: Any) -> bool:
    if next(article.iterchildren("article"), None) is not None or not _heading_link(article):
        return False
    return bool(_dates_itself(article)) or bool(_SHOWS_DAY.search(_words(article)[:_LONGEST_STORY]))


def _is_sure(declared: Declared) -> bool:
    """Whether a page calls itself an article, and dates itself: such a one is believed."""
    return declared.is_article and declared.published is not None


def no_article(seen: Look, declared: Declared, text: str, url: str) -> str:
    """Why a page is no article, in words; "" when it may be one."""
    if reason := _front(seen, declared, text, url):
        return reason
    own = sum(len(line) for line in text.split("\n") if len(line) >= _OWN_LINE and line not in seen.teaser_words)
    if own >= _OWN_TEXT and not _is_consent(seen, text):
        return ""
    letters = _letters(text)
    if _is_sure(declared):
        # Unless a script is to bring its text.
        return _shell(seen, letters)
    return (
        _wall(seen, letters)
        or _error(seen, letters)
        or _sign_in(seen, letters)
        or _consent(seen, text, letters)
        or ("" if declared.is_article else _list(seen, text, own, url))
        or ("" if declared.is_article else _video(seen, letters))
        or _shell(seen, letters)
    )


def notes(seen: Look, text: str) -> tuple[str, ...]:
    """What is to be known of an article besides what it says: that it is cut, what its owner reserves."""
    is_asked = bool(_PAYWALL.search(seen.visible))
    letters = _letters(text) if is_asked or seen.is_not_free else 0
    few = (_FREE_PART if is_asked else _FREE_PART // 2) if seen.is_not_free else _SHORT
    is_cut = 0 < letters < few
    return (*((CUT,) if is_cut else ()), *seen.reserved)


def _letters(text: str) -> int:
    """How many letters a text has, or so many that their number says nothing any more."""
    count = at = 0
    while at < len(text) and count <= _MANY_LETTERS:
        count += sum(map(str.isalpha, text[at : at + _MANY_LETTERS]))
        at += _MANY_LETTERS
    return count


# --------------------------------------------------------------------------------------------- one by one


def _wall(seen: Look, letters: int) -> str:
    said = next((title for title in seen.titles if _CHALLENGE.search(title)), "")
    if not said and letters < _SHORT and len(seen.visible) < 1500 and (found := _CHALLENGE.search(seen.visible)):
        said = found[0]
    if said and letters < _SHORT:
        return f"the page is a challenge of a firewall: “{said[:60]}”"
    if seen.is_challenge and letters < _SHORT and len(seen.visible) < 1500:
        return "the page is a challenge of a firewall, with a riddle to solve"
    return ""


def _error(seen: Look, letters: int) -> str:
    if letters >= _SHORT:
        return ""
    for title in seen.titles:
        for part in (title, *_PARTS.split(title)):
            if 3 <= len(part.strip()) <= 90 and _ERROR.fullmatch(part.strip()):
                return f"the page tells of an error: “{part.strip()[:60]}”"
    return ""


def _sign_in(seen: Look, letters: int) -> str:
    if not seen.passwords or letters >= _SHORT:
        return ""
    is_titled = any(_SIGN_IN.fullmatch(part.strip()) for title in seen.titles for part in _PARTS.split(title))
    if is_titled or (letters < _VERY_SHORT and seen.teasers < _FEWEST_TEASERS and _SIGN_IN.search(seen.visible[:1500])):
        return "the page asks its reader to sign in or to register"
    return ""


def _is_consent(seen: Look, text: str) -> bool:
    if not _AGREE.search(seen.visible) or _letters(text) > _MANY_LETTERS:
        return False
    about = sum(len(line) for line in text.split("\n") if _CONSENT.search(line))
    return (
        bool(text) and about >= 0.7 * len(text) and len(_CONSENT.findall(text)) >= 3 and seen.teasers < _FEWEST_TEASERS
    )


def _consent(seen: Look, text: str, letters: int) -> str:
    is_bare = letters < _VERY_SHORT and len(_CONSENT.findall(seen.visible[:2000])) >= 3 and len(seen.visible) < 3000
    if _is_consent(seen, text) or (is_bare and bool(_AGREE.search(seen.visible)) and seen.teasers < 3):
        return "the page asks for consent to cookies, and shows nothing before"
    return ""


def _list(seen: Look, text: str, own: int, url: str) -> str:
    if seen.teasers < _FEWEST_TEASERS or own >= _OWN_TEXT // 2:
        return ""
    parts = urls.parts(url)
    links = f"{seen.teasers} links to articles, no text of its own"
    if _SEARCHED.search(parts.path) or _SEARCH_ASKED.search(parts.query) or seen.lists == "SearchResultsPage":
        return f"the page is a search page: {links}"
    if _TAGGED.search(parts.path):
        return f"the page is that of a tag: {links}"
    if _BY_AUTHOR.search(parts.path) or seen.lists == "ProfilePage":
        return f"the page is that of an author: {links}"
    if parts.netloc and _LANGUAGE_FRONT.fullmatch(parts.path) and not parts.query:
        return f"the page is a front page: {links}"
    lines = text.split("\n")
    of_links = sum(len(line) for line in lines if line.lstrip("-•*– ") in seen.teaser_words)
    is_of_links = of_links >= 0.3 * len(text) or len(text) < _VERY_SHORT
    if is_of_links and (seen.lists or seen.og_type == "website" or seen.teasers >= _MANY_TEASERS):
        return f"the page is a section front: {links}"
    return ""


def _front(seen: Look, declared: Declared, text: str, url: str) -> str:
    """A section's front by its shape: its address and its heading name a section, its text is that of its stories."""
    if seen.stories < _FEWEST_STORIES or declared.is_article:
        return ""
    segments = [part for part in urls.parts(url).path.split("/") if part]
    is_named = any(_is_section(title) for title in seen.titles[1:])
    if len(segments) != 1 or len(segments[0]) > _LONGEST_SEGMENT or "." in segments[0] or not is_named:
        return ""
    own = sum(len(line) for line in text.split("\n") if line not in seen.story_words)
    return f"the page is a section front: {seen.stories} articles with a day of their own" if own < _OWN_TEXT else ""


def _is_section(title: str) -> bool:
    return 0 < len(title) <= _LONGEST_NAME and len(title.split()) <= _MOST_NAME_WORDS


def _video(seen: Look, letters: int) -> str:
    return "the page is of a video, without a text" if seen.is_video and letters < _VERY_SHORT else ""


def _shell(seen: Look, letters: int) -> str:
    if letters >= 60 or not seen.scripts:
        return ""
    says_so = _NEEDS_SCRIPT.search(seen.visible) is not None
    if (says_so and len(seen.visible) < 1000) or seen.has_empty_root or (len(seen.visible) < 80 and letters < 20):
        return "the page is an empty shell that a script fills: it needs a browser"
    return ""


# ------------------------------------------------------------------------------------------ what is seen

_ROOTS = "id('root app __next __nuxt main-app q-app')"
"""What scripts fill; the parser keeps a table of ids, so that this costs no walk through the page."""
_CHALLENGE_IDS = "id('challenge-form cf-wrapper px-captcha challenge-running challenge-stage')"
_CHALLENGE_SOURCES = (
    ("form", "action", ("captcha",)),
    ("script", "src", ("captcha-delivery.com", "_Incapsula_Resource", "/cdn-cgi/challenge-platform/h/")),
    ("iframe", "src", ("captcha-delivery.com", "_Incapsula_Resource")),
)
"""Elements, and what stands in an attribute of theirs in a firewall's riddle."""
_ASKED = ("noarchive", "noindex", "nosnippet", "noai")
_words = etree.XPath("string()")
_MENUS = frozenset(("nav", "footer", "header"))


def _headline(link: Any) -> str:
    """The words of a link that may be another article's headline; "" for those of menus."""
    words = " ".join(_words(link).split()[:60])
    if not (_TEASER_LETTERS <= len(words) <= 400) or len(words.split()) < _TEASER_WORDS:
        return ""
    above = link.getparent()
    for _ in range(8):
        if above is None:
            return words
        if above.tag in _MENUS or above.tag == "p":
            return ""  # a link in a sentence is none, either
        above = above.getparent()
    return words


def _visible(tree: Any) -> str:
    """What a reader sees first, up to some thousand letters; without scripts, and with what stands in for them."""
    body = tree.find("body")
    found: list[str] = []
    length = 0
    for event, element in etree.iterwalk(body if body is not None else tree, events=("start", "end")):
        is_hidden = event == "start" and element.tag in ("script", "style", "template")
        said = element.tail if event == "end" else None if is_hidden else element.text
        if said and isinstance(element.tag, str) and (words := " ".join(said[:_MOST_LOOKED_AT].split())):
            found.append(words)
            length += len(words) + 1
            if length > _MOST_LOOKED_AT:
                break
    return " ".join(found)[:_MOST_LOOKED_AT]


def _is_empty(root: Any) -> bool:
    return not _words(root).strip()


def _is_challenge(parts: Outline) -> bool:
    return bool(parts.tree.xpath(_CHALLENGE_IDS)) or any(
        part in (element.get(attribute) or "")
        for tag, attribute, known in _CHALLENGE_SOURCES
        for element in parts.first(tag, most=_MOST_SCRIPTS)
        for part in known
    )


def _reserved(metas: Mapping[str, str], headers: Mapping[str, str]) -> tuple[str, ...]:
    given = [metas.get(name, "") for name in ("robots", "googlebot", "x-robots-tag")]
    said = ",".join((*given, headers.get("x-robots-tag", ""))).lower()
    asked = [word for word in _ASKED if re.search(rf"\b{word}\b", said)]
    found = [f"its page asks of robots: {', '.join(asked)}"] if asked else []
    if "1" in (metas.get("tdm-reservation", ""), headers.get("tdm-reservation", "").strip()):
        found.append("its page reserves the right to text and data mining (tdm-reservation: 1)")
    return tuple(found)
