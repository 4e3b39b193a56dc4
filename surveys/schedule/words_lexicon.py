"""The words of promises and plans: forms as people write them -> the few forms that rules read."""

# The look-alikes that turn up in Swedish documents copied between programs: lower-case Cyrillic and
# Greek letters -> the Latin letter they pass for. Written as escapes, since they cannot be told
# apart by eye, which is the whole trouble.
LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u043a\u043c\u0442\u0432\u043d\u0456\u0455\u0458"
    "\u03bf\u03b1\u03c1\u03bd\u03b9",
    "aeopcyxkmtbhisjoapvi",
)
CYRILLIC_ER = "\u0440"

NUMBERS = {
    "noll": 0, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
    "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16,
    "sjutton": 17, "arton": 18, "aderton": 18, "nitton": 19, "tjugo": 20, "trettio": 30,
    "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80, "nittio": 90,
    "hundra": 100, "etthundra": 100,
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
ONES = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio")
NUMBERS |= {f"{t}{o}": NUMBERS[t] + n for t in TENS for n, o in enumerate(ONES, start=1)}
NUMBERS |= {f"{t}ett": NUMBERS[t] + 1 for t in TENS}

ORDINALS = {
    "första": 1, "förste": 1, "andra": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6,
    "sjunde": 7, "åttonde": 8, "nionde": 9, "tionde": 10, "tolfte": 12, "fjortonde": 14,
    "sista": -1,
}  # fmt: skip

MONTHS = {
    "januari": 1, "februari": 2, "mars": 3, "april": 4, "maj": 5, "juni": 6, "juli": 7,
    "augusti": 8, "september": 9, "oktober": 10, "november": 11, "december": 12,
}  # fmt: skip
WEEKDAYS = {
    "måndag": "MO", "tisdag": "TU", "onsdag": "WE", "torsdag": "TH", "fredag": "FR",
    "lördag": "SA", "söndag": "SU",
}  # fmt: skip
# The season's months; winter begins in December and ends in the next year.
SEASONS = {
    "våren": (3, 4, 5),
    "sommaren": (6, 7, 8),
    "hösten": (9, 10, 11),
    "vintern": (12, 1, 2),
}
# Months in each unit longer than a week. A tertial is the third of a year that Swedish
# municipalities report by.
UNIT_MONTHS = {
    "månad": 1, "kvartal": 3, "tertial": 4, "termin": 6, "halvår": 6, "år": 12,
}  # fmt: skip
UNITS = ("dag", "vecka", *UNIT_MONTHS)
PERIOD = "period"

_FORMS = {
    "gånger": "gång ggr ggn ggnr gngr gg gånger gångerna times time",
    "dag": "dag dagen dygn dygnet day",
    "vecka": "vecka veckan veckor veckorna arbetsvecka week weeks",
    "månad": "månad månaden månader månaderna mån mnd kalendermånad month months",
    "kvartal": "kvartal kvartalet kvartalen kv quarter quarters",
    "tertial": "tertial tertialet tertialen",
    "termin": "termin terminen terminer terminerna skoltermin term terms",
    "halvår": "halvår halvåret halvåren",
    "år": "år året åren kalenderår kalenderåret verksamhetsår verksamhetsåret budgetår budgetåret"
    " läsår läsåret skolår skolåret helår helåret årsbasis year years annum",
    "period": "period perioden avtalsperioden avtalsperiod löftesperioden löftesperiod planperioden"
    " projekttiden projekttid projektperioden mandatperioden mandatperiod tidsperioden avtalstiden"
    " giltighetstiden löftestiden programperioden verksamhetsperioden",
    "årligen": "årligen årsvis årlig årliga årligt annually annual yearly",
    "halvårsvis": "halvårsvis halvårsvisa halvårsvist halvårligen halvårlig",
    "tertialvis": "tertialvis tertialsvis tertialvisa tertialvist",
    "terminsvis": "terminsvis terminvis terminsvisa terminsvist",
    "kvartalsvis": "kvartalsvis kvartalvis kvartalsvisa kvartalsvist quarterly",
    "månadsvis": "månadsvis månadsvisa månadsvist månatlig månatliga månatligt månatligen monthly",
    "veckovis": "veckovis veckovisa veckovist veckovisen weekly",
    "dagligen": "dagligen dagsvis",
    "varje": "varje varenda samtliga alla",
    "vardagar": "vardagar vardagarna vardagskvällar vardagkvällar vardagsvis weekdays",
    "helger": "helger helgerna helgkvällar helgnätter veckoslut veckosluten weekends helgdygn",
    "löpande": "löpande fortlöpande kontinuerlig kontinuerliga kontinuerligt ständig"
    " ständigt fortgående pågående stadigvarande återkommande regelbunden regelbundet regelbundna"
    " alltid permanent permanenta ongoing continuous continuously continually regularly regular"
    " varaktigt always",
    "minst": "minst minimum lägst åtminstone minstone",
    "exakt": "exakt precis exactly precisely",
    "högst": "högst max maximalt maximum maximal",
    "ca": "ca cirka circa ungefär omkring runt uppskattningsvis approximately roughly",
    "senast": "senast deadline",
    "före": "före innan before",
    "våren": "våren vårarna vårtid spring",
    "sommaren": "sommaren somrar somrarna sommartid sommarmånaderna"
    " sommarperioden summer summers",
    "hösten": "hösten höstarna hösttid autumn autumns",
    "vintern": "vintern vintrar vintrarna vintertid winter winters",
    "första": "första 1:a first",
    "sista": "sista last",
    "tredje": "tredje third",
    "fjärde": "fjärde fourth",
    "varannan": "varannan varann",
    "möte": "möte meeting", "möten": "möten meetings",
    "engångsinsats": "engångsinsats engångsinsatser engångsaktivitet",
    "januari": "januari jan january", "februari": "februari feb febr february",
    "mars": "mars mar march", "april": "april apr", "juni": "juni jun june",
    "juli": "juli jul july",
    "augusti": "augusti aug august", "september": "september sep sept",
    "oktober": "oktober okt oct october", "november": "november nov",
    "december": "december dec",
    "måndag": "måndag måndagen måndagar måndagarna monday mondays",
    "tisdag": "tisdag tisdagen tisdagar tisdagarna tis tuesday tuesdays",
    "onsdag": "onsdag onsdagen onsdagar onsdagarna ons wednesday wednesdays",
    "torsdag": "torsdag torsdagen torsdagar torsdagarna tors thursday thursdays",
    "fredag": "fredag fredagen fredagar fredagarna fre friday fridays",
    "lördag": "lördag lördagen lördagar lördagarna lör saturday saturdays",
    "söndag": "söndag söndagen söndagar söndagarna sön sunday sundays",
}  # fmt: skip
FORMS = {form: base for base, forms in _FORMS.items() for form in forms.split()}

# Words that rules name themselves; known, so that spelling is mended towards them too.
_OTHER = (
    "behovsanpassat behovsstyrt behovsprövat behovsbaserat behovsanpassad befogat tillfälle"
    " tillfällen utifrån uppstår vartannat styrgruppsmöte styrgrupp styrgruppen arbetsgruppen"
    " beredningsgruppen trygghetsrådet genomförd genomförda genomfört avslutad avslutade"
    " projektet kontroller insatser insatsen aktiviteter utbildning medborgardialoger möten"
    " trygghetsvandringar förekommande begäran sommaruppehåll årsskiftet vårterminen höstterminen"
    " förutom bortsett utvärdering dagliga styrgruppsmöten styrgruppsmötet styrgruppsmötena"
    " sommarlovet projekt projekten sommarlov behovsprövas"
)
OTHER_WORDS = frozenset(_OTHER.split())

# Things that are counted as occasions of work, as endings: "föräldramöten", "narkotikainsatser".
OCCASION = (
    r"(?:gånger|tillfällen?|möten?|träff(?:ar)?|insatse?r?|aktivitet(?:er)?|kontroll(?:er)?"
    r"|dialog(?:er)?|vandring(?:ar)?|utbildning(?:ar)?|samtal|besök|föreläsning(?:ar)?"
    r"|kampanj(?:er)?|rapport(?:er)?|lägesbild(?:er)?|pass|patrullering(?:ar)?|avstämning(?:ar)?"
    r"|övning(?:ar)?|rådslag|uppföljning(?:ar)?|mätning(?:ar)?|undersökning(?:ar)?|enkät(?:er)?"
    r"|workshop(?:par|s)?|evenemang|kväll(?:ar)?|natt|nätter|helger|sammanträden?"
    r"|sammankomst(?:er)?|seminari(?:um|er)|konferens(?:er)?|arrangemang|utskick|nyhetsbrev"
    r"|inlägg|rond(?:er)?|tillsyn(?:er)?|provköp|razzior|inspektion(?:er)?|åtgärd(?:er)?"
    r"|temadag(?:ar)?|informationsdag(?:ar)?|presentation(?:er)?|redovisning(?:ar)?"
    r"|visits?|checks?|walks?|sessions?|dialogues?|operations?|activit(?:y|ies)|inspections?"
    r"|meetings?|reports?|occasions?|efforts?|trainings?|lectures?|patrols?|campaigns?)"
)
# Things that are amounts and no occasions: persons, hours, money, shares.
AMOUNT = (
    r"(?:timm(?:e|ar)|tim|minut(?:er)?|personer|elever|ungdomar|barn|deltagare|procent|kronor|kr"
    r"|medarbetare|tjänster|tjänstemän|vuxna|föräldrar|socialsekreterare|fältare|kommuner"
    r"|anmälningar|anmälda|brott|inbrott|stölder|olyckor|incidenter|otrygga|trygga"
    r"|mkr|tkr|invånare|hushåll|poliser|medborgare|hours?|minutes?|people|persons|pupils|percent)"
)
