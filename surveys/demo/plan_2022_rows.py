"""The rows of Söderhamn's joint action plan 2022–2023 (D76–D95), each activity once.

When and how it is followed up stand as in the plan; the rest is retold. An activity that the plan
lists under two areas has two placements, with the follow-up that each of them gives it.
"""

from dataclasses import dataclass
from datetime import date

from surveys.drafts.promises import TargetDraft
from surveys.models.plan import Comparator, TargetPeriod

YOUTH, DRUGS, COOPERATION = "Ungdomskriminalitet", "Narkotika", "Samverkan"
MONDAY = 0

_COORDINATOR_AND_POLICE = "Trygghetssamordnare och kommunpolis"
_REPORT_TO_BOARD = "Rapport sammanställs efter varje insats. Föredras sedan för styrgruppen för BRÅ"
_ORAL = "Muntlig uppföljning av arbetssättet 2023-02-06"
_FEBRUARY = date(2023, 2, 6)
_PROJECT_BOARD = "Sker i projektets egen styrgrupp"


@dataclass(frozen=True, slots=True)
class Row:
    """One activity: ``placements`` are (area, follow-up or "", day of follow-up)."""

    key: str
    name: str
    when: str
    who: str
    placements: tuple[tuple[str, str, date | None], ...]
    target: TargetDraft | None = None


def _times(count: int, per: TargetPeriod, *, at_least: bool = False) -> TargetDraft:
    comparator = Comparator.AT_LEAST if at_least else Comparator.EXACTLY
    return TargetDraft(count=count, comparator=comparator, per=per)


_EVERY_MONDAY = TargetDraft(
    count=1, comparator=Comparator.AT_LEAST, per=TargetPeriod.WEEK, weekday=MONDAY
)

ROWS = (
    Row(
        "polis-ifo",
        "Avstämningar mellan polisen och individ- och familjeomsorgen (IFO) om unga i kriminalitet",
        "Varje måndag kl. 14.00",
        "Kommunpolis och utsedd socialsekreterare",
        (
            (
                YOUTH,
                "Genom en kort skriftlig rapport till styrgruppen för BRÅ 2023-02-06",
                _FEBRUARY,
            ),
            (
                COOPERATION,
                "Genom en kort skriftlig rapport till styrgruppen för BRÅ 2022-10-24",
                date(2022, 10, 24),
            ),
        ),
        _EVERY_MONDAY,
    ),
    Row(
        "polis-forebyggande",
        "Avstämningar mellan polisen och Förebyggande enheten om unga i kriminalitet",
        "Varje måndag kl. 15.00",
        "Kommunpolis och fältare",
        (
            (
                YOUTH,
                "Genom en kort skriftlig rapport till styrgruppen för BRÅ 2023-02-06",
                _FEBRUARY,
            ),
        ),
        _EVERY_MONDAY,
    ),
    Row(
        "utbildning",
        "Utbildning om att dela information i brottsförebyggande syfte, om unga under 21 år",
        "2 gånger/år",
        "Socialsekreterare för barn och unga, kommunjurist och kommunpolis",
        ((YOUTH, "Muntlig utvärdering under september månad varje år", None),),
        _times(2, TargetPeriod.YEAR),
    ),
    Row(
        "skolteam",
        "Skolteam med skola, polis och Förebyggande enheten",
        "Löpande under året utifrån behov",
        "Skolor med behov och intresse för aktiviteten",
        ((YOUTH, "Reflektion vid sittande bord", None),),
    ),
    Row(
        "radslag",
        "Rådslag",
        "När behov uppstår utifrån lokala problembilder",
        "Förebyggande enheten kallar samman, polisen är delaktig",
        ((YOUTH, "", None),),  # the plan's cell is missing: a gap that is shown, not filled
    ),
    Row(
        "insatser",
        "Gemensamma operativa insatser mot narkotika enligt medborgarlöftet",
        "Minst 2 gånger/år",
        "Polis och IFO",
        ((YOUTH, _REPORT_TO_BOARD, None), (DRUGS, _REPORT_TO_BOARD, None)),
        _times(2, TargetPeriod.YEAR, at_least=True),
    ),
    Row(
        "sig",
        "Sociala insatsgrupper (SIG)",
        "När en ungdom identifieras och uppfyller kriterierna för SIG",
        "IFO och polis",
        ((YOUTH, "Utvärdering när tillräckligt underlag för metoden finns", None),),
    ),
    Row(
        "kamera",
        "Kameraövervakning i centrum",
        "Under 2022",
        "Polisen: tillfälliga trygghetskameror. Kommunen (sektor Samhällsservice): fasta kameror",
        ((DRUGS, "Vid varje styrgruppsmöte i BRÅ", None),),
    ),
    Row(
        "gavleborg",
        "Delta aktivt i projektet Gävleborg mot narkotika",
        "Löpande under projektiden",
        "Kommun- och polisrepresentanter",
        ((DRUGS, _PROJECT_BOARD, None), (COOPERATION, _PROJECT_BOARD, None)),
    ),
    Row(
        "bra",
        "Lokalt BRÅ, styrgrupp",
        "5 ggr/år",
        "Kommunstyrelsens ordförande",
        ((COOPERATION, _ORAL, _FEBRUARY),),
        _times(5, TargetPeriod.YEAR),
    ),
    Row(
        "beredning",
        "Beredningsgruppen",
        "11 ggr/år",
        _COORDINATOR_AND_POLICE,
        ((COOPERATION, _ORAL, _FEBRUARY),),
        _times(11, TargetPeriod.YEAR),
    ),
    Row(
        "lagesbild",
        "Lokal gemensam lägesbild",
        "11 ggr/år",
        _COORDINATOR_AND_POLICE,
        ((COOPERATION, _ORAL, _FEBRUARY),),
        _times(11, TargetPeriod.YEAR),
    ),
    Row(
        "behovsstyrda",
        "Behovsstyrda avstämningar",
        "När behov uppstår",
        _COORDINATOR_AND_POLICE,
        ((COOPERATION, "Kontinuerligt", None),),
    ),
    Row(
        "trygg-i-centrum",
        "Arbetsgruppen Trygg i centrum",
        "1 ggr/månad",
        "Drogsamordnare",
        ((COOPERATION, "1 ggr/år", None),),
        _times(1, TargetPeriod.MONTH),
    ),
    Row(
        "dialoger",
        "Medborgardialoger",
        "Minst 3 ggr/år",
        _COORDINATOR_AND_POLICE,
        ((COOPERATION, "Efter genomförda medborgardialoger", None),),
        _times(3, TargetPeriod.YEAR, at_least=True),
    ),
    Row(
        "vandringar",
        "Trygghetsvandringar",
        "Behovsanpassat",
        "Den person eller organisation som önskar en trygghetsvandring tar initiativet",
        ((COOPERATION, "Efter genomförda trygghetsvandringar", None),),
    ),
    Row(
        "narkotikasok",
        "Narkotikasök i skola med polis",
        "Behovsanpassat",
        "Initieras av skolans rektor",
        ((COOPERATION, "Löpande, efter genomförd insats", None),),
    ),
)
