"""The two figures behind the joint promise for 2024–2026, with what is missing (D45, D46)."""

from datetime import date

from surveys.drafts.evidence import SourceDraft

SPEEDING = SourceDraft(
    title="Otrygghet på grund av fortkörning",
    statement="38 % av de svarande uppgav att de är otrygga för att bilar kör för fort.",
    source="Trygghetsundersökning 2023, återgiven i medborgarlöftet 2024–2026",
    period="2023",
    method="Okänd: varken frågans ordalydelse eller urvalet är redovisat.",
    caveat=(
        "Antalet svar och kommunen är inte redovisade. Siffran går inte att jämföra med andra"
        " undersökningar och inte att dela upp på de tre kommunerna."
    ),
    dated_on=date(2023, 12, 31),
)
FRAUD = SourceDraft(
    title="Anmälda bedrägeribrott 2023",
    statement="Bedrägeri var en av de tre vanligaste brottskategorierna i anmälningarna.",
    source="Polisen, anmäld brottslighet",
    period="2023",
    caveat="Bara ordningen är redovisad, inte antalen. Många bedrägerier anmäls aldrig.",
    dated_on=date(2023, 12, 31),
)
