"""The words that the safety queue goes by: regular expressions over small letters."""

import re

# Who it is about: without one of these a sentence about what ought to be done is about society.
SELF = re.compile(r"\b(?:jag|mig|mej|min|mitt|mina|oss|vi|vår|våra|grann\w*|i|me|my|us)\b")
GENERAL = re.compile(
    r"\b(?:borde|måste|ska\w* inte behöva|satsa|arbet\w+|fler|mer|informera|utbilda|stoppa"
    r"|prata mer"
    r"|förebygg\w*|resurser|kunskap|samhället|synd om alla|more|should)\b"
)

_ME = r"(?:mig|mej|oss|mina? (?:son|dotter|barn|bror|syster|mamma|pappa))"
_NEAR = (  # somebody close, who may be the one who hurts
    r"(?:min|mitt|mina|styv\w*|plast\w*|bonus\w*)?\s?(?:man|make|fru|hustru|sambo\w*|ex\w*"
    r"|pojkvän\w*"
    r"|flickvän\w*|kille|tjej|partner|pappa|mamma|far|mor|bror|styvpappa|styvmamma|plastpappa"
    r"|föräldrar|husband|wife|boyfriend|girlfriend|dad|mum|mom|father|mother|stepdad)"
)
_HITS = (
    r"(?:slår|slog|slagit|slåss|sparkar|sparkade|misshandla\w*|stryper|strypte|knuffar|hotar|hotade"
    r"|hits?|beats?|hurts?|abuses?|kicks)"
)
_CHILD = (
    r"(?:\w*barn(?:en|et)?s?|flicka(?:n)?|pojke(?:n)?|pojkar(?:na)?|flickor(?:na)?|små(?:tjejer"
    r"|killar)|"
    r"(?:dottern?|sonen)|tjejer(?:na)?|bebis\w*|elever(?:na)?|\w+åring(?:ar|en|arna)?"
    r"|kids?|child(?:ren)?|little (?:brother|sister)|lillebror|lillasyster|kompis\w*)"
)
_HURT = (
    r"(?:(?:blir|blev|blivit|bli) (?:\w+ )?(?:slag\w*|misshandla\w*|inlåst\w*|utnyttja\w*"
    r"|utsatt\w*)"
    r"|far illa|blåmärken|misshandlas|ensamma? (?:hela )?(?:natt|nätt|kväll|dyg)\w*|svält\w*"
    r"|(?:får )?ingen mat|utnyttjas)"
)
_AGE = r"(?:jag|ja) (?:är|e) (?:bara )?(?:[5-9]|1[0-7])(?: år)?\b"
_SCHOOL = (
    r"(?:ettan|tvåan|trean|fyran|femman|sexan|sjuan|åttan|nian|högstadiet|mellanstadiet|skolan)"
)
_TOUCH = (
    r"(?:tafsa\w*|tar på|tog på|rör vid|antasta\w*|förgrip\w*|våldt\w*|nakenbild\w*|lockar|tvingar)"
)

PATTERNS: dict[str, tuple[str, ...]] = {
    "danger_now": (
        rf"(?:ska|skall|kommer|hotat?\w*|sagt|vill)\b[^,]{{0,40}}\b(?:döda|skjuta|ha ihjäl"
        rf"|slå ihjäl"
        rf"|knivhugga|spräng\w*|bränna ner|mörda)\b[^,]{{0,12}}(?:\b{_ME}|huset|\w*huset|hem\w*)",
        rf"(?:döda|skjuta|ha ihjäl|slå ihjäl|mörda) {_ME}",
        r"hota\w*[^,]{0,20}till livet|dödshota\w*|för mitt liv\b|livrädd för (?:mitt|att)",
        r"(?:utanför|i trappan|vid dörren|in here|outside)[^,]{0,30}\b(?:just nu|nu|right now)\b",
        r"\b(?:kniv|pistol|vapen|gevär|bomb|gun|knife)\b[^,]{0,60}\b(?:nu|just nu|i natt|ikväll"
        r"|i kväll"
        r"|hemma|utanför|tonight|now)\b",
        r"\b(?:he|she|they) (?:has|have) (?:a )?(?:gun|knife|weapon)",
        r"\bbomb\b|\bspränga\b",
        r"hjälp(?:\s|,)[^.]{0,30}\b(?:han|hon|de|dom) (?:är|slår|kommer|står)",
        r"(?:gömd|gömmer mig|gömt mig)[^.]{0,60}\b(?:letar|hitta|väntar|söker)",
        r"följer efter mig|förföljd av (?:mitt|min|en|ett)|stalk\w*",
        r"(?:vågar|törs) inte (?:gå|åka|komma) hem\b",
        r"(?:will|going to|wants to|gonna) kill (?:me|us)",
    ),
    "child": (
        rf"{_CHILD}[^,]{{0,45}}{_HURT}|{_HURT}[^,]{{0,30}}{_CHILD}",
        rf"{_AGE}[^.]{{0,80}}(?:{_HITS}|{_HURT}|{_TOUCH}|rädd|hot\w*)",
        rf"\b(?:pappa|mamma|styvpappa|styvmamma|stepdad|dad|mum|mom) {_HITS}[^,]{{0,12}}"
        r"\b(?:mig|mej|oss|me)\b|slåss me(?:d)? me[jg]",
        rf"{_TOUCH}[^,.]{{0,40}}(?:{_CHILD}|oss|{_SCHOOL})|{_CHILD}[^.]{{0,60}}följa med honom",
        rf"{_TOUCH} (?:mig|mej)[^.]{{0,60}}{_SCHOOL}|{_SCHOOL}[^.]{{0,60}}{_TOUCH} (?:mig|mej|oss)",
        rf"{_HITS} (?:her|his|their|sina?|sitt) (?:{_CHILD})|{_HITS} me and my little",
        rf"{_CHILD}[^.]{{0,50}}(?:gråter|skriker)[^.]{{0,40}}(?:natt|nätter|kväll|dag)",
        r"(?:vågar|törs) inte gå hem\b",
    ),
    "self_harm": (
        r"(?:ta|tar|tagit|tog) (?:mitt|sitt|sina|livet)(?: eget)? ?(?:liv\b|av (?:mig|mej|sig"
        r"|dej|dig))",
        r"(?:orkar|vill|kan) inte (?:leva|finnas|vara vid liv)|kommer inte leva",
        r"\bvill (?:bara |jag bara |jag )?(?:dö\b|försvinna för|slippa leva)",
        r"\bjag vill[^.]{0,12}\bdö\b",
        r"mening med (?:att leva|livet)\b|avsluta (?:allt|livet|mitt liv)",
        r"(?:bättre|lika bra)[^.]{0,20}(?:jag (?:var|vore) död|utan mig)",
        r"(?:skär|skära|skurit|skadar|skada) (?:mig|mej|sig)\b(?: själv)?",
        r"självmords(?:tank\w*|försök\w*|plan\w*)|hoppa (?:från|framför)",
        r"kill myself|end my life|want to die|hurt myself|cut myself|suicidal"
        r"|(?:do not|don't|dont) want to (?:live|be alive)",
    ),
    "abuse": (
        rf"{_NEAR}[^.]{{0,30}}\b{_HITS}\b[^.]{{0,20}}\b(?:mig|mej|oss|me|us)\b",
        rf"\b(?:han|hon|he|she) {_HITS} (?:mig|mej|me)\b",
        r"\bsom (?:slår|misshandlar|hotar) (?:mig|mej)\b|strypgrepp på (?:mig|mej)|tagit stryptag",
        r"(?:blev|blir|blivit|är) (?:jag )?(?:våldtag\w*|misshandla\w*|sexuellt \w+|slagen"
        r"|antastad)",
        r"våldtog (?:mig|mej)|\braped\b|sexually (?:abused|assaulted)|försökte döda (?:mig|mej)",
        r"utsatt för (?:ett )?(?:sexuellt|övergrepp|våldtäkt|misshandel)",
        rf"rädd för (?:{_NEAR})\b|afraid of my (?:husband|boyfriend|dad|father)",
        r"tvingar (?:mig|mej)|forces me|gifta bort|bortgift|tvångsgift\w*|könsstymp\w*",
        r"(?:låter (?:mig|mej) inte|låser in (?:mig|mej)|kontrollerar (?:mig|mej|min))",
        r"lägga ut (?:bilder|nakenbilder)|skyddat boende för",
    ),
}

# Whatever fits a pattern has one of these in it, so that a sentence without them need not be
# read for patterns. A test writes texts from the patterns and finds that none is lost.
STEMS: tuple[str, ...] = (
    # danger now
    *("döda", "skjuta", "ihjäl", "mörda", "knivhugga", "spräng", "bränna ner", "till livet"),
    *("dödshot", "mitt liv", "livrädd", "utanför", "i trappan", "vid dörren", "in here"),
    *("outside", "kniv", "pistol", "vapen", "gevär", "bomb", "gun", "knife", "weapon", "hjälp"),
    *("gömd", "gömm", "gömt", "efter mig", "förföljd", "stalk", "inte gå", "inte åka"),
    *("inte komma", "kill "),
    # who is hit or touched, a child or somebody close
    *("slår", "slog", "slag", "slåss", "spark", "misshandla", "stryp", "knuffar", "hot", "hit"),
    *("beat", "hurt", "abuse", "kicks", "inlåst", "utnyttja", "utsatt", "far illa", "blåmärken"),
    *("ensam", "svält", "ingen mat", "tafsa", "tar på", "tog på", "rör vid", "antasta"),
    *("förgrip", "våldt", "nakenbild", "lockar", "tvingar", "rädd", "följa med honom", "gråter"),
    *("skriker", "sexuell", "sexual", "raped", "afraid", "forces me", "gifta bort", "bortgift"),
    *("tvångsgift", "könsstymp", "låter mig", "låter mej", "låser in", "kontrollerar"),
    *("lägga ut", "skyddat boende"),
    # self-harm
    *("liv", "av mig", "av mej", "av sig", "av dej", "av dig", "inte leva", "inte finnas", "dö"),
    *("försvinna för", "slippa leva", "mening med", "avsluta", "utan mig", "skär", "skuri"),
    *("skada", "självmords", "hoppa", "end my life", "to die", "myself", "suicid", "to live"),
    "be alive",
)
