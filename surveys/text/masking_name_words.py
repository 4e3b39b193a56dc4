"""The words around names: who is spoken of, what is said of them, and what only looks like one."""

import re

from surveys.text.masking_words import words

# Persons in a role, before their name: "grannen Kenneth", "rektorn Lars", "mitt ex Jonas".
_ROLE_STEMS = words("roles")
_ENDINGS = r"(?:n|en|an|na|arna|erna|arn|ns|ens|s|t|et|ar|er|r|a|ars)?"
ROLE = re.compile(rf"(?:{'|'.join(sorted(_ROLE_STEMS, key=len, reverse=True))}){_ENDINGS}")
ROLE_END = re.compile(
    r"[a-zåäö]{2,}(?:granne|lärare|chef|ledare|handläggare|vakt|chaufför|kompis|kille|tjej"
    r"|gubbe|tant|"
    rf"skötare|politiker|ägare|tränare|mästare|sekreterare){_ENDINGS}"
)
TITLES = words("titles")
# What comes right before a name and hardly before anything else with a capital.
NAMING = re.compile(
    r"(?:\b(?:heter|hette|kallas|kallad|kallar\s(?:sig|han|hon|dom|de)|alias|vid\snamn"
    r"|namn\särr?|namnet(?:\sär)?"
    r"|namn\s?:|nämligen|undertecknad|mvh|vänligen|hälsn?\w*(?:\sfrån)?|signatur\w*|c/o"
    r"|kontakta|kontaktperson\w*"
    r"|kontakt\smed|prata(?:r|de)?\smed|pratat\smed|snacka\smed|fråga|hälsa|anmäld?a?|anmält"
    r"|my\sname\sis"
    r"|namngiven|misstänker\satt|tack\s(?:till|vare)|är\sdet|det\sär|var\sdet|det\svar|gäller"
    r"|heiter)"
    r")\s?:?\s{0,2}\Z",
    re.IGNORECASE,
)
SAID = re.compile(
    r"\b(?:heter|hette|kallas|kallad|mitt\snamn\sär|vid\snamn|alias|namnet\sär"
    r"|my\sname\sis)\s:?\s?\Z",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"(?:\bm\.?v\.?h\.?|\bhälsn\w*(?:\sfrån)?|\bundertecknad)\s?,?\s{0,3}\Z", re.IGNORECASE
)
SLASHED = re.compile(r"(?:\s|\A)//?\s?\Z")  # "/Anna": a signature at the end of the text
# What follows a name: where the person is found or what the person does.
WHERE = re.compile(
    r",?\s(?:som\s\w+\s)?(?:på|i|från|hos|vid)\s(?:soc\w*|kommun\w*|skol\w*|komvux|ica\b|coop\b"
    r"|lidl\b|willys\b|trean|"
    r"tvåan|fyran|femman|sexan|sjuan|åttan|nian|ettan|(?:\d{1,2})[:\s]?(?:an|[a-z]\b)|kass\w+"
    r"|recep\w*|hem\w*|"
    r"våning\w*|plan\s\d|huset|port\w*|polis\w*|fritids\w*|vård\w*|jobb\w*|kontor\w*|bygg\w*"
    r"|gym\w*|"
    r"bibliotek\w*|klass\w*|gården|arbets\w*|försäkring\w*|boendet|hvb\w*|krogen|macken"
    r"|pizzeri\w*)",
    re.IGNORECASE,
)
DOES = re.compile(
    r"\s(?:(?:och|o)\s\w+\s)?(?:säljer|sålde|langar|slår|slog|hotar|hotade|bor|bodde|kör|körde"
    r"|stal|stjäl|knarkar"
    r"|super|dricker|misshandla\w*|mobbar|mobbade|rånade|tafsa\w*|trakassera\w*|förföljer"
    r"|följde|snor|skrek|skriker|"
    r"jobbar|jobbade|lovade|sa\b|sade|sparkade|hette|heter|är\s(?:full|hög|farlig|aggressiv)"
    r"|har\s(?:hotat|slagit|"
    r"sålt|stulit|en\s|rånat|misshandlat)|brukar|spottade|filmade|filmar|våldtog|kastade|eldar"
    r"|terroriserar|"
    r"lurade|lurar|hälsar|tog|tar|som\s(?:bor|jobbar|säljer|är|har|kör|slår|står|hotar|gör)"
    r"|kom\b|kommer\b|ringer|"
    r"ringde|gör|vet|vägrar|skickade|skickar|står|stod|sitter|satt|hänger|går|gick|började|fick"
    r"|får|måste|borde)\b",
    re.IGNORECASE,
)
INITIALS_TOLD = re.compile(
    r"\s(?:på|i\s\d|i\sklass|säljer|slår|hotar|bor|som|kör|misshandlar|mobbar|knarkar|hotade"
    r"|slog|sålde)\b"
)
# Something else than a person is named so: "Sankta Maria skola", "stormen Alfrida", "Annas kiosk".
NOT_A_PERSON_BEFORE = re.compile(
    r"\b(?:sankta?|s:t|s:ta|st|ica|coop|restaurang(?:en)?|krogen|pizzeria|pizzerian|café(?:et)?"
    r"|cafe|fik(?:et)?|"
    r"salong(?:en)?|hotell(?:et)?|frisör|butiken|kiosken|båten|stormen|orkanen|puben|baren"
    r"|kyrkan|skolan|föreningen|"
    r"företaget|firman|affären|kvarteret|orten|staden|byn|ön|gården|torpet|parken|gatan|i|från"
    r"|till|mot|genom|mellan"
    r"|hotellet|klubben|matcher\smot|laget|kung|drottning|prins(?:essan)?|heliga|kvarter"
    r"|bostadsområdet|området|"
    r"förskolan|hamnen|sjön|museet|nattklubben|gymmet|bageriet|stiftelsen|tidningen)\s\Z",
    re.IGNORECASE,
)
PLACE_BEFORE = re.compile(
    r"\b(?:i|från|till|mot|genom|mellan|utanför|runt|kring|längs|norr om|söder om)\s\Z", re.I
)
NOT_A_PERSON_AFTER = re.compile(
    r"\s(?:kyrka|skola|skolan|gata|gatan|väg|torg|park|parken|församling|plats|minne|krog|kiosk"
    r"|kiosken|pizzeria|livs|"
    r"bageri|café|cafe|kafé|kök|grill|grillen|salong|hotell|förskola|gymnasium|gård|backe"
    r"|centrum|station|hamn|"
    r"bro|vårdcentral|varv|brygga|badet|udde|ab|kulturhus\w*|museum|museet|teater|konsthall"
    r"|simhall\w*|fritidsgård\w*|hb|if|bk|ik|sk|fk|fc|cykel och|konditori|restaurang|"
    r"möbler|el\sab|bil\sab|borg|vik|näs|sjö|bageri|blommor|matchen)\b",
    re.IGNORECASE,
)
PLACE_END = re.compile(
    r"(?:gatan|gata|vägen|väg|skolan|skola|torget|torg|parken|park|hamnen|hamn|centrum|hallen"
    r"|gården|kyrkan|kyrka|"
    r"stationen|station|stad|köping|hult|korsningen|korset|tunneln|bron|stigen|rondellen|badet"
    r"|plan|planen|huset|hus|"
    r"området|område|backen|macken|kiosken|krogen|affären|butiken|marken|stugan|bruk|bruket"
    r"|sund|ljusne|tuna|åsen|ön|skär|"
    r"hemmet|spåret|banan|platsen|föreningen|kommun|kommunen|sjukhuset|biblioteket|gymnasiet"
    r"|förskola|förskolan|"
    r"festival|festivalen|dagen|veckan|marknaden|laget|partiet|posten|bladet|länet|landet|vallen|"
    r"arenan|terminalen|gallerian|allén|allé|gränd|udden|viken|holmen|berget|klubben|ligan"
    r"|matchen|köp|"
    r"ning|ningen|het|heten|skap|tion|tionen|ande|ande(?:t)|verket|lokalen|mästaren|polisen"
    r"|vakten|erna|orna|arna)\Z",
    re.IGNORECASE,
)
NO_NAMES = words("no_names")
# Family names that are also everyday words.
FAMILY_WORDS = words("family_words")
PARTICLES = words("particles")
