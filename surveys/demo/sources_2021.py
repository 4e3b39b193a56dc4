"""The sources of Söderhamn's problem picture, as the action plan names them, with their limits.

Everything here stands in the plan and is retold. Details that could point at a few children are
left out (D120), and so is everything about individuals (D29).
"""

from datetime import date

from surveys.drafts.evidence import SeriesRow, SourceDraft
from surveys.drafts.pictures import PictureSourceDraft
from surveys.models.evidence import Direction
from surveys.models.party import Party

# What was looked at for the picture, as the plan tells it.
LOOKED_AT = (
    PictureSourceDraft(
        "Polisens problembild",
        Party.POLICE,
        limits="Underrättelser tas med bara i den mån polisen själv har publicerat dem.",
    ),
    PictureSourceDraft(
        "Kommunens inventering med månatliga lägesbilder",
        Party.MUNICIPALITY,
        limits="De som lämnar lägesbilder berättar vad de ser; ingen har räknat.",
    ),
    PictureSourceDraft(
        "Medborgardialogerna 2021",
        Party.BOTH,
        limits="De som svarade valde det själva.",
    ),
    PictureSourceDraft(
        "Diagrammet över anmälningar med misstänkt under 18 år",
        Party.POLICE,
        is_used=False,
        dropped_because="Planen hänvisar till det, men det saknas. Bara riktningen kan återges.",
    ),
)
# Where it stands that the police's own figure may be told.
CLEARED = "Polisen har själv publicerat uppgiften i lokal handlingsplan 2022–2023"

SOURCES: dict[str, SourceDraft] = {
    "polisen": SourceDraft(
        title="Polisens problembild för Söderhamn",
        statement="Polisen ser ungdomskriminalitet och narkotika som de viktigaste områdena.",
        source="Polisen, Lokalpolisområde Hälsingland",
        period="2021",
        method=(
            "Sammanvägd av anmälda brott, underrättelser, kartläggning av problemområden, dialoger"
            " med medarbetare och medborgare, och händelserapporter."
        ),
        dated_on=date(2021, 12, 31),
    ),
    "kommunen": SourceDraft(
        title="Kommunens inventering",
        statement="Kommunen och de som rapporterar till den ser samma två områden.",
        source="Söderhamns kommun",
        period="2021",
        method=(
            "Folkhälsoenkäten, CAN:s undersökning om alkohol och droger bland skolelever,"
            " medborgardialoger och månatliga lägesbilder från bland andra handeln, RF-SISU, Rädda"
            " Barnen, trossamfund, Hyresgästföreningen, fastighetsbolag, samhällsbyggnad, förskola,"
            " grundskola, gymnasium, bibliotek, fritid, Förebyggande enheten, kommunikation,"
            " säkerhet, centrumvärdar och kollektivtrafik."
        ),
        dated_on=date(2021, 12, 31),
    ),
    "anmalningar": SourceDraft(
        title="Anmälda brott med misstänkt under 18 år",
        statement="Antalet anmälningar har ökat i minst fyra år.",
        source="Polisen, Lokalpolisområde Hälsingland",
        period="De senaste fyra åren före 2022",
        caveat=(
            "Planen hänvisar till ett diagram som saknas, så talen går inte att visa. Anmälda brott"
            " är inte detsamma som begångna brott."
        ),
        direction=Direction.UP,
        wanted=Direction.DOWN,
        dated_on=date(2021, 12, 31),
    ),
    "iakttagelser": SourceDraft(
        title="Tips, näringsidkare och polisens kontroller",
        statement=(
            "I centrum förekommer narkotikahandel, stölder i butik och bråk. Yngre tonåringar dras"
            " in av äldre."
        ),
        source="Polisen och näringsidkare i Söderhamn",
        period="2021",
        method="Iakttagelser som har samlats i arbetet, inte räknade.",
        caveat="Visar det som någon har sett och berättat om, inte hur vanligt det är.",
        dated_on=date(2021, 12, 31),
    ),
    "dodsfall": SourceDraft(
        title="Dödsfall av narkotika och läkemedel",
        statement=(
            "28 personer dog av förgiftning med narkotika eller läkemedel 2015–2020. Hälften var"
            " över 30 år."
        ),
        source="FoU Välfärd: registerstudie som ser tillbaka på dödsfallen",
        period="2015–2020",
        n=28,
        dated_on=date(2020, 12, 31),
    ),
    "jamforelse": SourceDraft(
        title="Narkotikarelaterade dödsfall i Söderhamn och Gävle",
        statement=(
            "Per 10 000 invånare och år var talet 2,0 i Söderhamn och 1,3 i Gävle under 2017–2018."
        ),
        source="Återgivet i lokal handlingsplan 2022–2023",
        period="2017–2018",
        caveat=(
            "Så få fall att skillnaden kan bero på slumpen. Jämför längre perioder innan du drar"
            " slutsatser."
        ),
        indicator="Narkotikarelaterade dödsfall per invånare",
        comparison="Gävle, samma år",
        wanted=Direction.DOWN,
        series=(
            SeriesRow("2017–2018, Söderhamn", 2.0, "per 10 000 invånare och år"),
            SeriesRow("2017–2018, Gävle", 1.3, "per 10 000 invånare och år"),
        ),
        dated_on=date(2018, 12, 31),
    ),
    "avlopp": SourceDraft(
        title="Narkotika i avloppsvattnet",
        statement=(
            "Mätningarna visar att cannabis ökar, amfetamin också till viss del, och att kokain är"
            " etablerat."
        ),
        source="Söderhamns kommun, mätning varje kvartal sedan 2015",
        period="2015–2021",
        method="Halten i avloppsvattnet.",
        caveat="Visar mängden som används i upptagningsområdet, inte av hur många.",
        indicator="Rester av narkotika i avloppsvattnet",
        geography="Reningsverkets upptagningsområde",
        direction=Direction.UP,
        wanted=Direction.DOWN,
        recurs="Varje kvartal",
        dated_on=date(2021, 12, 31),
    ),
    "underrattelser": SourceDraft(
        title="Polisens underrättelser",
        statement="Inflödet om narkotika i Söderhamn är större än i Hälsinglands andra kommuner.",
        source="Underrättelseenheten i Polisområde Gävleborg",
        period="2021",
        caveat="Källan är begränsad. Här står bara det som polisen själv har publicerat.",
        geography="Söderhamn bland kommunerna i Hälsingland",
        needs_clearance=True,
        dated_on=date(2021, 12, 31),
    ),
    "narkotikabrott": SourceDraft(
        title="Anmälda narkotikabrott: eget bruk och innehav",
        statement="Söderhamn sticker inte ut jämfört med andra kommuner.",
        source="Polisen, anmäld brottslighet",
        period="2021",
        caveat=(
            "Nästan alla anmälningar kommer av polisens eget arbete. Antalet visar hur mycket tid"
            " polisen lägger på narkotika, inte hur utbredd den är."
        ),
        dated_on=date(2021, 12, 31),
    ),
    "dialoger": SourceDraft(
        title="Önskemål i medborgardialogerna",
        statement="Många vill se mer samverkan mellan polis, kommun och civilsamhälle.",
        source="Medborgardialoger i Söderhamn hösten 2021",
        period="Hösten och vintern 2021",
        caveat="De som deltog valde det själva. Önskemålen är inte räknade.",
        dated_on=date(2021, 12, 17),
    ),
}
