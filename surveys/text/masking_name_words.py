"""The words around names: who is spoken of, what is said of them, and what only looks like one."""

import re

# Persons in a role, before their name: "grannen Kenneth", "rektorn Lars", "mitt ex Jonas".
_ROLE_STEMS = """
granne lärare lärar rektor vaktmästare chef handläggare socialsekreterare soctant kurator fritidsledare ledare
tränare polis poliskonstapel konstapel vakt ordningsvakt väktare busschaufför chaufför kassörska ägare
hyresvärd värd fastighetsskötare städare präst doktor läkare sköterska sjuksköterska politiker kommunalråd
ordförande kompis polare vän killkompis snubbe gubbe tant kärring man kvinna pojke flicka son dotter brorsa syrra
morsa farsa farbror moster faster morbror mormor farmor morfar farfar mamma pappa kusin ex exman sambo make
maka hustru fru familj bröder syskon makar klasskompis elev knarkare langare tjuv alkis missbrukare ligist
mobbare kille tjej grabb bror syster barnbarn kollega bekant hantverkare tandläkare lokförare förare ledsagare
assistent kund sångare idiot jävel psykopat gangster pundare pedofil stalker våldsman handlare butiksägare
krögare mäklare bonde markägare jaktledare förälder fostermamma styvpappa styvfar plastpappa pojkvän flickvän
väninna hyresgäst bedragare skojare fritidspedagog pedagog barnskötare specialpedagog skolsköterska
kommunpolis områdespolis polisassistent polisman kommunchef enhetschef biståndshandläggare
""".split()
_ENDINGS = r"(?:n|en|an|na|arna|erna|arn|ns|ens|s|t|et|ar|er|r|a|ars)?"
ROLE = re.compile(rf"(?:{'|'.join(sorted(_ROLE_STEMS, key=len, reverse=True))}){_ENDINGS}")
ROLE_END = re.compile(
    r"[a-zåäö]{2,}(?:granne|lärare|chef|ledare|handläggare|vakt|chaufför|kompis|kille|tjej|gubbe|tant|"
    rf"skötare|politiker|ägare|tränare|mästare|sekreterare){_ENDINGS}"
)
TITLES = frozenset(
    "herr herrn fru fröken dr doktor prof professor familjen fam bröderna systrarna makarna syskonen"
    " klanen gubben tanten kapten mr mrs ms sir".split()
)
# What comes right before a name and hardly before anything else with a capital.
NAMING = re.compile(
    r"(?:\b(?:heter|hette|kallas|kallad|kallar\s(?:sig|han|hon|dom|de)|alias|vid\snamn|namn\särr?|namnet(?:\sär)?"
    r"|namn\s?:|nämligen|undertecknad|mvh|vänligen|hälsn?\w*(?:\sfrån)?|signatur\w*|c/o|kontakta|kontaktperson\w*"
    r"|kontakt\smed|prata(?:r|de)?\smed|pratat\smed|snacka\smed|fråga|hälsa|anmäld?a?|anmält|my\sname\sis"
    r"|namngiven|misstänker\satt|tack\s(?:till|vare)|är\sdet|det\sär|var\sdet|det\svar|gäller|heiter)"
    r")\s?:?\s{0,2}\Z",
    re.IGNORECASE,
)
SAID = re.compile(
    r"\b(?:heter|hette|kallas|kallad|mitt\snamn\sär|vid\snamn|alias|namnet\sär|my\sname\sis)\s:?\s?\Z",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"(?:\bm\.?v\.?h\.?|\bhälsn\w*(?:\sfrån)?|\bundertecknad)\s?,?\s{0,3}\Z", re.IGNORECASE
)
SLASHED = re.compile(r"(?:\s|\A)//?\s?\Z")  # "/Anna": a signature at the end of the text
# What follows a name: where the person is found or what the person does.
WHERE = re.compile(
    r",?\s(?:som\s\w+\s)?(?:på|i|från|hos|vid)\s(?:soc\w*|kommun\w*|skol\w*|komvux|ica\b|coop\b|lidl\b|willys\b|trean|"
    r"tvåan|fyran|femman|sexan|sjuan|åttan|nian|ettan|(?:\d{1,2})[:\s]?(?:an|[a-z]\b)|kass\w+|recep\w*|hem\w*|"
    r"våning\w*|plan\s\d|huset|port\w*|polis\w*|fritids\w*|vård\w*|jobb\w*|kontor\w*|bygg\w*|gym\w*|"
    r"bibliotek\w*|klass\w*|gården|arbets\w*|försäkring\w*|boendet|hvb\w*|krogen|macken|pizzeri\w*)",
    re.IGNORECASE,
)
DOES = re.compile(
    r"\s(?:(?:och|o)\s\w+\s)?(?:säljer|sålde|langar|slår|slog|hotar|hotade|bor|bodde|kör|körde|stal|stjäl|knarkar"
    r"|super|dricker|misshandla\w*|mobbar|mobbade|rånade|tafsa\w*|trakassera\w*|förföljer|följde|snor|skrek|skriker|"
    r"jobbar|jobbade|lovade|sa\b|sade|sparkade|hette|heter|är\s(?:full|hög|farlig|aggressiv)|har\s(?:hotat|slagit|"
    r"sålt|stulit|en\s|rånat|misshandlat)|brukar|spottade|filmade|filmar|våldtog|kastade|eldar|terroriserar|"
    r"lurade|lurar|hälsar|tog|tar|som\s(?:bor|jobbar|säljer|är|har|kör|slår|står|hotar|gör)|kom\b|kommer\b|ringer|"
    r"ringde|gör|vet|vägrar|skickade|skickar|står|stod|sitter|satt|hänger|går|gick|började|fick|får|måste|borde)\b",
    re.IGNORECASE,
)
INITIALS_TOLD = re.compile(
    r"\s(?:på|i\s\d|i\sklass|säljer|slår|hotar|bor|som|kör|misshandlar|mobbar|knarkar|hotade|slog|sålde)\b"
)
# Something else than a person is named so: "Sankta Maria skola", "stormen Alfrida", "Annas kiosk".
NOT_A_PERSON_BEFORE = re.compile(
    r"\b(?:sankta?|s:t|s:ta|st|ica|coop|restaurang(?:en)?|krogen|pizzeria|pizzerian|café(?:et)?|cafe|fik(?:et)?|"
    r"salong(?:en)?|hotell(?:et)?|frisör|butiken|kiosken|båten|stormen|orkanen|puben|baren|kyrkan|skolan|föreningen|"
    r"företaget|firman|affären|kvarteret|orten|staden|byn|ön|gården|torpet|parken|gatan|i|från|till|mot|genom|mellan"
    r"|hotellet|klubben|matcher\smot|laget|kung|drottning|prins(?:essan)?|heliga|kvarter|bostadsområdet|området|"
    r"förskolan|hamnen|sjön|museet|nattklubben|gymmet|bageriet|stiftelsen|tidningen)\s\Z",
    re.IGNORECASE,
)
PLACE_BEFORE = re.compile(
    r"\b(?:i|från|till|mot|genom|mellan|utanför|runt|kring|längs|norr om|söder om)\s\Z", re.I
)
NOT_A_PERSON_AFTER = re.compile(
    r"\s(?:kyrka|skola|skolan|gata|gatan|väg|torg|park|parken|församling|plats|minne|krog|kiosk|kiosken|pizzeria|livs|"
    r"bageri|café|cafe|kafé|kök|grill|grillen|salong|hotell|förskola|gymnasium|gård|backe|centrum|station|hamn|"
    r"bro|vårdcentral|varv|brygga|badet|udde|ab|kulturhus\w*|museum|museet|teater|konsthall|simhall\w*|fritidsgård\w*|hb|if|bk|ik|sk|fk|fc|cykel och|konditori|restaurang|"
    r"möbler|el\sab|bil\sab|borg|vik|näs|sjö|bageri|blommor|matchen)\b",
    re.IGNORECASE,
)
PLACE_END = re.compile(
    r"(?:gatan|gata|vägen|väg|skolan|skola|torget|torg|parken|park|hamnen|hamn|centrum|hallen|gården|kyrkan|kyrka|"
    r"stationen|station|stad|köping|hult|korsningen|korset|tunneln|bron|stigen|rondellen|badet|plan|planen|huset|hus|"
    r"området|område|backen|macken|kiosken|krogen|affären|butiken|marken|stugan|bruk|bruket|sund|ljusne|tuna|åsen|ön|skär|"
    r"hemmet|spåret|banan|platsen|föreningen|kommun|kommunen|sjukhuset|biblioteket|gymnasiet|förskola|förskolan|"
    r"festival|festivalen|dagen|veckan|marknaden|laget|partiet|posten|bladet|länet|landet|vallen|"
    r"arenan|terminalen|gallerian|allén|allé|gränd|udden|viken|holmen|berget|klubben|ligan|matchen|köp|"
    r"ning|ningen|het|heten|skap|tion|tionen|ande|ande(?:t)|verket|lokalen|mästaren|polisen|vakten|erna|orna|arna)\Z",
    re.IGNORECASE,
)
NO_NAMES = frozenset(
    """
    jag du han hon den det vi ni de dom man en ett som och eller men så om när där här hur vad vem varför vilken
    vilka alla allt inte ingen inga inget någon nån några nåt något många mycket mer fler flera flest mest mindre
    mitt min mina din ditt vår vårt våra er ert deras hans hennes sin sitt sina på i av för från till med utan vid hos
    mot under över mellan bakom framför utanför innanför bredvid efter före sedan sen nu då igår idag imorgon ofta
    aldrig alltid ibland bara också även kanske ja nej jo nä nja tja hej hejsan tack snälla ok okej bra dåligt
    är var har hade kan kunde ska skulle vill ville måste får fick gör gjorde går gick kommer kom ser såg blir blev
    bli finns fanns säger sa tycker tror vet känner tar tog ger gav sätt sluta börja ta ge gå kom stoppa bygg måla
    rensa städa ploga sanda släck tänd lys öppna stäng flytta ring ringde skicka gärna
    sverige norge danmark finland tyskland usa england eu europa ryssland ukraina syrien irak iran
    somalia afghanistan turkiet polen stockholm göteborg malmö uppsala västerås örebro linköping helsingborg
    jönköping norrköping lund umeå gävle borås södertälje eskilstuna halmstad växjö karlstad sundsvall östersund
    trollhättan luleå borlänge falun kalmar kristianstad skövde karlskrona skellefteå uddevalla varberg
    örnsköldsvik nyköping motala hudiksvall söderhamn härnösand kramfors sollefteå bollnäs ljusdal ljusne sandarne
    bergvik norrala trönö söderala mohed vallvik stugsund hälsingland gästrikland dalarna värmland norrland skåne
    småland haparanda hagfors kiruna boden piteå arvika mora ludvika avesta sandviken hofors ockelbo nordanstig
    ånge timrå strömsund visby gotland öland blekinge halland dalsland närke västmanland uppland medelpad jämtland
    ångermanland lappland västerbotten norrbotten resecentrum centrum stan torget
    ica coop lidl willys maxi max hemköp konsum systemet systembolaget mcdonalds burger king sibylla okq8 circle
    preem shell ikea biltema jula rusta dollarstore gekås kvantum nära supermarket city gross apoteket pressbyrån
    polisen kommunen regionen socialen skatteverket trafikverket försäkringskassan migrationsverket länsstyrelsen
    socialtjänsten arbetsförmedlingen hyresgästföreningen räddningstjänsten ambulans brandkåren posten postnord sj
    volvo saab bmw audi mercedes toyota tesla porsche ford opel golf facebook instagram snapchat tiktok swish
    bankid telegram youtube google iphone android sms blocket tradera klarna netflix messenger
    januari februari mars april maj juni juli augusti september oktober november december måndag tisdag onsdag
    torsdag fredag lördag söndag måndagar tisdagar onsdagar torsdagar fredagar lördagar söndagar jul julafton
    påsk midsommar valborg lucia nyår halloween ramadan eid advent kristi pingst allhelgona
    region regionen gävleborg heja hurra leve län kommun distrikt kvarteret
    gud jesus allah herregud fan jävla svenska svensk nya gamla stora lilla södra norra östra västra röda korset
    dina dag natt kväll utvärdering lokalpolisområde lokalpolisområdet
    sommar vinter höst vår sommaren vintern hösten våren kväll natt dag morgon helg vardag lov
    folkets hus park rädda barnen svenska kyrkan moderaterna socialdemokraterna sverigedemokraterna vänsterpartiet
    miljöpartiet centerpartiet liberalerna kristdemokraterna sd brå skr hbtq hvb lss bup soc bvc pro spf abf if bk ik
    ab hb tv cd dvd gps wifi app hvb-hemmet epa epor eu-moppar a-traktor gångtunneln cykelbanan busshållplatsen
    the and this that there here my is are was were not no yes as when where who what why how we they you he she it
    please police school street people please good bad safe some more less park station square child children
    grabben gänget ungdomar ungar barn föräldrar vuxna poliser vakter folk killar tjejer bilar mopeder lampor
    ljus mörkt mörker belysning kameror kamera buss bussar tåg cykel cyklar droger knark alkohol våld rån stöld
    inbrott klotter skräp snö is vatten hundar hund skog park gata väg parkering lekplats fotbollsplan bro tunnel
    förskola skola dagis fritids gymnasiet högstadiet biblioteket badhuset simhallen ishallen bandyn hockeyn
    trygg otrygg tryggt otryggt lugnt farligt läskigt kul roligt fint fult
    """.split()
)
# Family names that are also everyday words.
FAMILY_WORDS = frozenset(
    """
    alm ask berg björk blom borg brink dal ek falk fors frisk glad gran hall hed holm häll kvist lund lind ljung
    löv mark modig ros rosen sand sjö skog sten stål strand ström svärd äng lans rapp rask stolt trygg brask
    backen bäck boman fält gren hammar hjort hård kant krans kullen lager linden munk norden palm quick rydd
    sköld stark stenar storm sund tapper varg vinter wall winter åker ängen öst brand brant gård norr söder
    kung park post pihl planting boll blad blixt dolk dufva dahlia snäll ståhl syren tall uggla örn
    """.split()
)
PREFIXES = frozenset("von af de da la el al van bin ibn abu di du der den le ben".split())
