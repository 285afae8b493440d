"""Light stems of English and French, of forms without accents: what inflections share, and no more.

Only what inflects is taken off (number, gender, the common endings of verbs); what derives (-ation, -ment, -ity) stays,
so that "organ" and "organisation", "universe" and "university" are two words. After Harman's S-stemmer (1991), Porter
(1980, step 1) and Savoy's light stemmer of French (1999), with lists of words that only look inflected.
"""

import re

_SHORTEST = 3
_VOWEL = re.compile("[aeiouy]")

# -------------------------------------------------------------------------------------------- English

_IRREGULAR = {
    form: base
    for line in """
    man men: woman women: child children: foot feet: tooth teeth: person persons people peoples: wife wives
    life lives: knife knives: leaf leaves: half halves: thief thieves: crisis crises: analysis analyses
    basis bases: thesis theses: medium media: criterion criteria: phenomenon phenomena: index indices
    begin began begun: beat beaten beating: break broke broken: bring brought: build built: buy bought: catch caught
    choose chose chosen: come came: drive drove driven: eat ate eaten: fall fell fallen: fight fought: find found
    flee fled: fly flew flown: forget forgot forgotten: give gave given: go went gone: grow grew grown
    hide hid hidden: hold held: keep kept: know knew known: lead led: leave left: lose lost: make made: meet met
    pay paid: rise rose risen: run ran: see saw seen: seek sought: sell sold: send sent: shoot shot
    shrink shrank shrunk: sink sank sunk: speak spoke spoken: spend spent: stand stood: steal stole stolen
    strike struck: swear swore sworn: take took taken: teach taught: tell told: think thought: throw threw thrown
    win won: write wrote written: say said: arise arose arisen: bear bore borne: bend bent: bleed bled
    blow blew blown: deal dealt: draw drew drawn: feel felt: freeze froze frozen: hang hung: hear heard
    mean meant: overthrow overthrew overthrown: ride rode ridden: shake shook shaken: sing sang sung: sleep slept
    slide slid: swim swam swum: sweep swept: undergo underwent undergone: understand understood: uphold upheld
    wear wore worn: weep wept: withhold withheld: goose geese: mouse mice: calf calves: loaf loaves: self selves
    shelf shelves: wolf wolves: hypothesis hypotheses: emphasis emphases: withdraw withdrew withdrawn
    die dies died dying: lie lies lying: tie ties tied tying
    """.replace("\n", ":").split(":")
    for base, *forms in [line.split() or [""]]
    for form in (base, *forms)
    if form
}
"""Forms and the word they belong to, each by its first."""

_SPELT = {
    british: american
    for line in """
    armour armor: behaviour behavior: colour color: endeavour endeavor: favour favor: favourite favorite
    harbour harbor: honour honor: humour humor: labour labor: neighbour neighbor: neighbourhood neighborhood
    parlour parlor: rumour rumor: saviour savior: vapour vapor: vigour vigor: centre center: fibre fiber
    litre liter: metre meter: kilometre kilometer: theatre theater: calibre caliber: spectre specter
    defence defense: offence offense: licence license: pretence pretense: programme program: catalogue catalog
    dialogue dialog: cheque check: grey gray: tyre tire: aluminium aluminum: aeroplane airplane: storey story
    sceptic skeptic: sceptical skeptical: plough plow: pyjama pajama: jewellery jewelry
    """.replace("\n", ":").split(":")
    for british, american in [line.split() or ["", ""]]
    if british
}
"""British spellings and the American ones that they are found under."""

_ISE = re.compile("is(?=(?:e|ation|er)$)")
_WITH_S = frozenset(
    """
    adviser advertise advertiser appraise appraiser chastise chemise clockwise comprise compromise concise cruiser
    despise disguise enterprise exercise expertise franchise fundraiser improvise likewise marquise merchandise
    otherwise paradise porpoise precise premise promise reprise supervise surprise televise tortoise treatise turquoise
    """.split()  # noqa: SIM905 - a table, many words a line
)
"""Words in -ise that are so spelled in America, too."""

_AS_THEY_ARE = frozenset(
    """
    news series species gas bus plus thus perhaps always besides sometimes afterwards towards texas kansas paris
    athens brussels mars jesus hamas christmas alias atlas canvas bias chaos lens yes this his its was has does
    united states hundred sacred naked wicked red bed shed speed indeed need seed feed breed embed king ring sing
    wing thing string spring bring cling sting swing sling nothing something anything everything morning evening
    fils cours corps temps pays fonds bras repas proces avis divers discours secours parcours recours concours poids
    univers velours envers travers revers bedding customs
    ceiling wedding during beijing sterling viking darling sibling inning being outing offspring ping ming
    """.split()  # noqa: SIM905 - a table, many words a line
)
"""Words that end as if they were inflected."""


def english(form: str) -> str:
    """What the inflections of an English word share. `form` is in small letters without accents."""
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    if len(form) <= _SHORTEST or form in _AS_THEY_ARE or not form.isalpha():
        return form
    stem = _of_verb(_singular(form))
    if stem in _SPELT:
        return _SPELT[stem]
    if len(stem) >= _LONG and stem not in _WITH_S:
        stem = _ISE.sub("iz", stem)
    return stem[:-1] if stem.endswith("ll") and len(stem) > 5 else stem  # "install" is "instal" elsewhere


def _singular(form: str) -> str:
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")) and len(form) > 4:
        return form[:-2]
    if form.endswith("s") and not form.endswith(("ss", "us", "is", "ics", "ous")):
        return form[:-1]
    return form


def _of_verb(form: str) -> str:
    if form.endswith("ied") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith("eed"):
        return form[:-1] if len(form) > 5 else form
    for ending in ("ing", "ed"):
        base = form[: -len(ending)]
        if form.endswith(ending) and len(base) >= _SHORTEST and _VOWEL.search(base):
            if base[-1] == base[-2] and base[-1] not in "aeiou":
                return base if base.endswith(("ll", "ss", "zz", "ff")) else base[:-1]
            return f"{base}e" if _WANTS_E.search(base) else base
    return form


_WANTS_E = re.compile(
    r"[cvzu]$|[^s]s$|(?:[^n]|an|en|in)g$|(?:at|bl|iz|id|ud|ut|ir|ur|ar|ap|ov|yp|plet|vit|itn|usn)$"
    r"|^.{0,4}or$|^[^aeiou]*[aeiou][^aeiouwxy]$"
)
"""What is left of a verb whose base ends in e: strik, leav, produc, negotiat; not visit, enter, belong."""


# --------------------------------------------------------------------------------------------- French

_FRENCH = {
    form: base
    for line in """
    elu elue elus elues: travail travaux: ciel cieux: oeil yeux: bail baux: vitrail vitraux: corail coraux
    beau bel belle beaux belles: nouveau nouvel nouvelle nouveaux nouvelles: vieux vieil vieille vieilles
    fou fol folle fous folles: mou molle mous: blanc blanche blancs blanches: franc franche francs franches
    sec seche secs seches: public publique publics publiques: grec grecque grecs grecques: turc turque turcs turques
    long longue longs longues: gentil gentille: roi rois: loi lois: mois: fois: pays: prix: voix: paix: choix: croix
    temps: corps: proces: acces: succes: deces: progres: congres: interets interet: bras: cas: pas: plus: sans: dans
    vers: puis: depuis: jamais: toujours: ailleurs: alors: fils: os: gaz: nez: repas: avis: permis: compris: commis
    promis: mis: pris: assis: sous: nous: vous: tous tout toute toutes: palais: relais: marais
    anglais anglaise anglaises: francais francaise francaises: libanais libanaise libanaises
    irlandais irlandaise irlandaises: portugais portugaise portugaises: japonais japonaise japonaises
    feu feux: jeu jeux: enjeu enjeux: lieu lieux: milieu milieux: voeu voeux: neveu neveux: cheveu cheveux: aveu aveux
    mort morte morts mortes: tuer tue tues tuee tuees tuent: chef chefs cheffe cheffes
    soudanais soudanaise soudanaises: senegalais senegalaise senegalaises: polonais polonaise polonaises
    """.replace("\n", ":").split(":")
    for base, *forms in [line.split() or [""]]
    for form in (base, *forms)
    if form
}
"""Forms that the rules would part or join wrongly, each by its first."""


def french(form: str) -> str:
    """What the inflections of a French word share. `form` is in small letters without accents."""
    if form in _FRENCH:
        return _FRENCH[form]
    if len(form) <= _SHORTEST or form in _AS_THEY_ARE or not form.isalpha():
        return form
    return _masculine(_french_singular(form))


def _french_singular(form: str) -> str:
    if form.endswith(("eaux", "oux")):
        return form[:-1]
    if form.endswith("aux") and len(form) > 4:
        return form[:-2] + "l"
    return form[:-1] if form.endswith("s") and not form.endswith(("ss", "ous")) else form


def _masculine(form: str) -> str:
    """Without the ending of the feminine, of a participle, of an infinitive, of a third person."""
    if len(form) >= _LONG and _THIRD_PERSON.search(form) and form not in _NO_VERBS:
        form = _THIRD_PERSON.sub("e", form)
    elif len(form) > _LONG and _AS_FINIR.search(form):
        form = _AS_FINIR.sub("ir", form)
    for ending, instead, least in _ENDINGS:
        if form.endswith(ending) and len(form) >= least:
            form = form[: -len(ending)] + instead
            break
    if form.endswith("e") and len(form) >= _LONG:
        form = form[:-1]
    return form[:-1] if form.endswith(("ll", "nn", "tt")) and len(form) >= _LONG - 1 else form


_LONG = 7
"""Letters of a word whose final e may be taken for that of the feminine: among shorter ones too many are other words
(plan, plane; port, porte)."""

_THIRD_PERSON = re.compile(
    r"(?<=..)(?:(?<=r)(?<!e)ment|(?<![aeiousm]m)(?<![mgi])(?<!id)(?<!in)(?<!ul)(?<!ell)(?<!qu)(?<!er)(?<!sc))ent$"
    r"|(?<=...)(?:er)?ai(?:en)?t$|(?<=....)er(?:a|ont)$"
)
_AS_FINIR = re.compile(r"(?<!a)iss(?:ent|ait)$")
_NO_VERBS = frozenset(
    """
    abstrait absent apparent bienfait content decent distrait event forfait independent innocent magnificent parent
    parfait portrait present prevalent recent represent retrait satisfait souhait talent torrent violent opera extrait
    """.split()  # noqa: SIM905 - a table, many words a line
)
"""Words that only end as verbs do."""

_ENDINGS = (
    ("euse", "eux", 7),
    ("iere", "i", 6),
    ("ier", "i", 5),
    ("ive", "if", 6),
    ("aient", "e", 8),
    ("erent", "e", 8),
    ("ee", "e", 5),
    ("er", "e", 5),
    ("ez", "e", 6),
)
"""Endings, what stands in their place, and the letters of the shortest word that has them."""
