"""Times that no calendar knows: after each, at each meeting, when needed, all along."""

import re

from surveys.schedule.words_lexicon import OCCASION, PERIOD, UNITS, WEEKDAYS

_NO_UNIT = rf"(?!(?:{'|'.join((*UNITS, PERIOD, *WEEKDAYS))}|vardag|helg)\b|§)"
_MEETING = (
    r"(?:möten?|mötet|mötena|sammanträden?|sammanträdet|sammanträdena|sammankomst(?:er)?|träffar)"
)
_BODY = (
    r"(?:styrgrupp|arbetsgrupp|beredningsgrupp|lägesbildsgrupp|samverkansgrupp|ledningsgrupp"
    r"|projektgrupp|trygghetsråd|brottsförebyggande råd|nämnd|fullmäktige|kommunstyrelse|brå)"
)
_TOGETHER = r"(?:i samband med|i (?:direkt |nära )?anslutning till)"
_DONE = r"(?:genomför|avslut|slutför|utför|hållen|hållna|hållet|fullföl|completed)\w*"

AFTER_EACH = re.compile(
    rf"\befter (?:varje|respektive|var och en|alla) {_NO_UNIT}\w"
    rf"|\befter {_DONE}\b(?! (?:period|avtal))"
    rf"|\befter (?:(?:den|det|de) )?(?:[^\s\d§]+ ){{0,2}}?[^\W\d]*(?:{OCCASION}|insatsen"
    r"|insatserna|mötet|dialogen|vandringen|aktiviteten|utbildningen|tillfället|projektet|projekt)\b"
    rf"|\b(?:när|då) (?:[^\s\d§]+ ){{1,3}}(?:är|har|blivit) {_DONE}"
)
# "Vid varje insats": as often as there is one, without a calendar of its own.
AT_OCCASIONS = re.compile(
    rf"\b(?:vid|inför|under|{_TOGETHER}) (?:varje|respektive) {_NO_UNIT}\w|\bvarje gånger\b"
    rf"|\b{_TOGETHER} (?:(?:den|det|de) )?(?:[^\s\d§]+ ){{0,1}}?(?!\w*(?:evenemang|arrangemang))"
    rf"[^\W\d]*(?:{OCCASION}|insatsen|insatserna|vandringen|vandringarna|aktiviteten|dialogen)\b"
)
AT_EACH = re.compile(
    rf"\b(?:vid|inför|under|på|{_TOGETHER}) (?:varje|respektive) (?:[^\s\d§]+ ){{0,2}}?[^\W\d]*"
    rf"(?:{_MEETING}|{_BODY})\w*"
    rf"|\b(?:varje|respektive) (?:[^\s\d§]+ ){{0,2}}?[^\W\d]*{_MEETING}\b"
    rf"|\b(?:vid|på|under|inför) (?:[^\s\d§]+ ){{0,3}}?[^\W\d]*"
    r"(?:möten|mötena|sammanträdena?)\b"
    r"|\bstående (?:punkt|inslag)\b|\bstanding item\b"
)
# Weaker: a body named as the place, where nothing else says when.
IN_A_BODY = re.compile(
    rf"\b(?:i|in|på) (?:[^\s\d§]+ ){{0,2}}?[^\W\d]*{_BODY}\w*|\bsteering group\b"
    rf"|\b(?:till|för) (?:[^\s\d§]+ )?{_BODY}\w* (?:för|i) brå\b"
)
ON_DEMAND = re.compile(
    r"\b(?:vid|efter|utifrån|utefter|enligt|i mån av|allt efter|beroende på)"
    r" (?:[^\s\d§]+ ){0,2}?behov\w*"
    r"|\bbehovs(?:anpass|styr|pröv|baser|driv|relater|inriktad)\w*"
    r"|\bi förekommande fall\b|\bpå förekommen anledning\b|\bvid tillfälle\b"
    r"|\b(?:på|vid|efter) (?:begäran|förfrågan|anmodan|uppdrag|önskemål|överenskommelse)\b"
    r"|\b(?:vid|i samband med) (?:[^\s\d§]+ )?(?:incident|händelse|misstank|indikation|larm|oro\b"
    r"|anmälan|evenemang|arrangemang|risk\b|ordningsstörning|skadegörelse|orolighet|konflikt"
    r"|nyanställ|introduktion|förändring|ändring|uppdatering|revidering)\w*"
    r"|\bpå (?:[^\s\d§]+ )?initiativ\b"
    r"|\bi mån av (?:[^\s\d§]+ )?(?:tid|resurser|möjlighet)\b"
    r"|\b(?:händelsestyr|situationsanpass|lägesanpass|underrättelsestyr)\w*"
    r"|\butifrån (?:[^\s\d§]+ )?(?:lägesbild|problembild|underrättelse)\w*"
    r"|\b(?:när|närhelst|ifall|så snart|så fort) (?!det gäller)\w"
    r"|\b(?:då|om) (?:det|så|behov) (?:är|behövs|krävs|finns|bedöms|uppstår|blir|anses|föreligger)"
    r"|\bbefogat\b|\bvid lämpligt tillfälle\b"
)
SCOPE = re.compile(r"\bi den (?:omfattning|utsträckning)\b|\bså långt (?:det är )?möjligt\b")
CONTINUOUS = re.compile(r"\blöpande\b|\bhela (?:tiden|år|period)\b|\btills vidare\b|\bfortgår\b")
# Weaker: "pågår under 2 år" is a span.
UNDER_WAY = re.compile(r"\bpågår\b|\bfortsätter\b")
NEGATED = re.compile(
    r"\b(?:inte|ej|aldrig|not|never|upphör|slutar|icke) (?:längre |att |ske |genomföras |hållas )*"
    r"(?:varje|varannan|löpande|minst|dagligen|veckovis|månadsvis|kvartalsvis|årligen|vid behov"
    r"|\d+ gånger|på|senast)\b"
)
NO_SCHEDULE = re.compile(
    r"^(?:ej|inte|inget|ingen|saknas|tomt|okänt|oklart|-|n / a|ej aktuellt)\b"
    r"(?! (?:mindre|färre|fler|mer) än)"
)
TERM_DATES = re.compile(
    r"\bterminstid\b|\bunder termin\b|\bunder skoltid\b|\bskoldagar\b"
    r"|\b\w*lov(?:en|et|dag\w*|veck\w*)?\b"
)
UNNAMED_SPAN = re.compile(
    r"\b(?:under|i) (?:hela )?(?:år|period|termin|halvår)\b|\b(?:år|period) ut\b"
    r"|\b(?:i|under) (?:början|mitten|slutet) av (?:år|period|termin)\b"
    r"|(?:^|\b(?:under|på|i|varje) )(?:varje )?"
    r"(?:höst|sport|påsk|sommar|jul|vinter|februari|skol)?lov(?:en|et)?\b"
)
# Why a text says no time: what it speaks of instead.
ELSEWHERE = re.compile(
    r"\b(?:enligt|se|jfr|utifrån)\b.*(?:plan\w*|schema\w*|årshjul\w*|bilaga\w*|ovan|nedan|beslut\w*"
    r"|rutin\w*|överenskommelse\w*|avtal\w*|direktiv\w*|instruktion\w*)"
)
UNDECIDED = re.compile(
    r"\b(?:tbd|ej|inte|oklart|okänt) ?"
    r"(?:satt|bestämt|beslutat|beslutad|fastställt|fastställd|klart)?$"
    r"|\b(?:ska beslutas|beslutas senare|meddelas senare|återkommer|tbd|tba)\b|^oklart\b|^okänt\b"
    r"|^(?:ej|inte) (?:fastställ|beslut|bestäm|satt)"
)
MANNER = re.compile(r"\b(?:muntlig|skriftlig|reflektion|sittande bord|diskussion|dialogform)\w*")
AT_LEAST_EVERY = re.compile(
    r"\bminst (?:varje|varannan|vartannat|vart?|dagligen|veckovis|månadsvis|kvartalsvis|tertialvis"
    r"|terminsvis|halvårsvis|årligen)\b"
)
