"""What Hagfors' promise rests on, each source with its limits (D15–D18, D41–D44)."""

from datetime import date

from surveys.drafts.evidence import SourceDraft

N_ANSWERED = 325

SURVEY, ELSA, NTU, NATIONAL, OWN, INFLOW = (
    "enkat-2015",
    "elsa",
    "ntu",
    "brottsutveckling",
    "egen-2018",
    "inkommet",
)
SOURCES: dict[str, SourceDraft] = {
    SURVEY: SourceDraft(
        title="Polisens medborgarundersökning 2015–2016",
        statement=(
            "De som svarade tyckte att polisen och kommunen främst ska arbeta med trafik och med"
            " alkohol och droger."
        ),
        source="Polisen, webbenkät i Hagfors kommun",
        period="19 december 2015–16 mars 2016",
        method="Webbenkät som polisen gjorde. Hur de som svarade fick veta av den är okänt.",
        caveat="Ingen ny sådan undersökning har gjorts sedan dess.",
        n=N_ANSWERED,
        dated_on=date(2016, 3, 16),
    ),
    INFLOW: SourceDraft(
        title="Det som kommer in till kommunen och polisen",
        statement="Samtal, klagomål och synpunkter gäller oftast samma områden som 2016.",
        source="Hagfors kommun och polisen",
        period="Till och med 2019",
        method="Det som kommer in av sig självt, inte räknat.",
        caveat="Visar vad någon har hört av sig om, inte hur vanligt det är.",
        dated_on=date(2019, 8, 30),
    ),
    ELSA: SourceDraft(
        title="ELSA: ungdomars hälsa",
        statement="Undersökningen visar inga särskilda problem bland unga i Hagfors.",
        source="ELSA, elevhälsans undersökning",
        period="Senaste omgången före 2019",
        method="Elever svarar i samband med hälsobesök. Återkommer regelbundet.",
        dated_on=date(2019, 6, 14),
    ),
    NTU: SourceDraft(
        title="Trygghet i Lokalpolisområde Torsby",
        statement=(
            "Invånarna i lokalpolisområdet känner sig ganska trygga, lite tryggare än i andra"
            " lokalpolisområden i Värmland och i polisregion Bergslagen."
        ),
        source="Brå, Nationella trygghetsundersökningen",
        period="Före 2019, året är inte angivet",
        method="Urval ur befolkningen. Redovisas för lokalpolisområdet, inte för kommunen.",
        caveat="Gäller hela Lokalpolisområde Torsby. Talen är inte återgivna i löftet.",
        dated_on=date(2019, 1, 31),
    ),
    NATIONAL: SourceDraft(
        title="Hur invånarna ser på brottsutvecklingen i Sverige",
        statement="Fler än i jämförbara områden tror att brotten ökar i landet.",
        source="Brå, Nationella trygghetsundersökningen",
        period="Före 2019, året är inte angivet",
        method="Urval ur befolkningen i Lokalpolisområde Torsby.",
        caveat="Handlar om landet, inte om hur trygg man känner sig där man bor.",
        dated_on=date(2019, 1, 31),
    ),
    OWN: SourceDraft(
        title="Kommunens medborgarundersökning 2018",
        statement="Trygghet och säkerhet har ökat de senaste åren.",
        source="Hagfors kommun",
        period="2018",
        method="Enkät till invånare, görs vartannat år.",
        caveat="Talen är inte återgivna i löftet.",
        dated_on=date(2018, 12, 31),
    ),
}
