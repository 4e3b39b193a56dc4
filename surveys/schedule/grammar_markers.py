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
_DONE = r"(?:genomför|avslut|slutför|utför|hållen|hållna|hållet|fullföl|completed)\w*"

AFTER_EACH = re.compile(
    rf"\befter (?:varje|respektive|var och en|alla) {_NO_UNIT}\w"
    rf"|\befter {_DONE}"
    rf"|\befter (?:(?:den|det|de) )?(?:[^\s\d§]+ ){{0,2}}?[^\W\d]*(?:{OCCASION}|insatsen"
    r"|insatserna|mötet|dialogen|vandringen|aktiviteten|utbildningen|tillfället|projektet|projekt)\b"
    rf"|\b(?:när|då) (?:[^\s\d§]+ ){{1,3}}(?:är|har|blivit) {_DONE}"
)
AT_EACH = re.compile(
    rf"\b(?:vid|inför|under|i samband med|i anslutning till) (?:varje|respektive) {_NO_UNIT}\w"
    rf"|\b(?:varje|respektive) (?:[^\s\d§]+ ){{0,2}}?[^\W\d]*{_MEETING}\b"
    rf"|\b(?:vid|på|under|inför) (?:[^\s\d§]+ ){{0,3}}?[^\W\d]*"
    r"(?:möten|mötena|sammanträdena?)\b"
    r"|\bvid sittande bord\b|\bstående (?:punkt|inslag)\b|\bvarje gånger\b|\bstanding item\b"
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
    r"|\bvid (?:[^\s\d§]+ )?(?:incident|händelse|misstank|indikation|larm|oro\b|anmälan)\w*"
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
    r"\bterminstid\b|\bunder termin\b|\bunder skoltid\b|\bskoldagar\b|\b\w*lov(?:en|et)?\b"
)
UNNAMED_SPAN = re.compile(
    r"\b(?:under|i) (?:hela )?(?:år|period|termin|halvår)\b|\b(?:under|på) \w*lov(?:en|et)?\b"
)
