"""What Haparanda's promise for 2019 rests on, each source with its limits (D20, D118)."""

from datetime import date

from surveys.drafts.evidence import SourceDraft

DIALOGUES, STAFF, SURVEYS, INTELLIGENCE = ("medborgare", "medarbetare", "enkater", "underrattelser")
SOURCES: dict[str, SourceDraft] = {
    DIALOGUES: SourceDraft(
        title="Medborgardialoger i Haparanda",
        statement="Polisens närvaro, narkotika och trafik är de tre viktigaste områdena.",
        source="Haparanda stad och Lokalpolisområde Östra Norrbotten",
        period="2018",
        caveat="De som deltog valde det själva. Antalet är inte redovisat.",
        dated_on=date(2018, 12, 31),
    ),
    STAFF: SourceDraft(
        title="Medarbetardialoger",
        statement="Medarbetarna nämner samma tre områden.",
        source="Lokalpolisområde Östra Norrbotten",
        period="2018",
        method="Samtal med dem som arbetar i området, inte räknade.",
        dated_on=date(2018, 12, 31),
    ),
    SURVEYS: SourceDraft(
        title="Enkäter till invånarna",
        statement="Den största delen av de svarande vill att polisen är mer närvarande.",
        source="Haparanda stad och polisen",
        period="2018",
        caveat="Antalet svar och frågornas ordalydelse är inte redovisade.",
        dated_on=date(2018, 12, 31),
    ),
    INTELLIGENCE: SourceDraft(
        title="Polisens underrättelsebild om narkotika",
        statement="Mycket talar för att problemen med narkotika växer.",
        source="Polisens kriminalunderrättelsetjänst",
        period="2018",
        caveat="Källan är begränsad. Här står bara det som polisen själv har publicerat.",
        dated_on=date(2018, 12, 31),
    ),
}
