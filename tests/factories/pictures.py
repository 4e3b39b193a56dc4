"""Evidence and pictures to test with."""

from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation, Claim, PictureKind, ProblemArea, ProblemPicture
from surveys.queries.evidence.evidence_sums import content_hash

FROZEN_AT = datetime(2023, 6, 5, 8, 0, tzinfo=UTC)
PUBLISHED_AT = datetime(2023, 6, 7, 8, 0, tzinfo=UTC)


def make_evidence(
    session: Session, municipality: Municipality, title: str = "Anmälda brott", **values: object
) -> Evidence:
    """An external source, frozen in June 2023."""
    columns: dict[str, object] = {
        "municipality_id": municipality.id,
        "kind": EvidenceKind.EXTERNAL_SOURCE,
        "title": title,
        "statement": "41 anmälda narkotikabrott.",
        "source": "Polisens statistik över anmälda brott",
        "period": "2022",
        "method": "Alla anmälningar i kommunen",
        "caveat": "Siffran visar främst hur mycket tid polisen har lagt.",
        "n": 41,
        "dated_on": date(2023, 2, 1),
        "figures": {},
        "frozen_at": FROZEN_AT,
        "frozen_by": "Kommunpolis",
    } | values
    evidence = Evidence(**columns)
    evidence.content_hash = content_hash(evidence)
    session.add(evidence)
    session.flush()
    return evidence


def make_picture(
    session: Session,
    municipality: Municipality,
    slug: str = "lagesbild-juni-2023",
    areas: list[ProblemArea] | None = None,
    **values: object,
) -> ProblemPicture:
    """An edition; published on 7 June 2023 unless told ``published_at=None``."""
    columns: dict[str, object] = {
        "municipality_id": municipality.id,
        "slug": slug,
        "kind": PictureKind.SITUATION_REPORT,
        "title": "Lägesbild juni 2023",
        "period": "Juni 2023",
        "summary": "Lugnare vid Resecentrum än i våras. Fler hör av sig om mopeder."
        " Vi följer Stadsparken.",
        "next_edition": "I augusti, efter sommaruppehållet",
        "created_at": FROZEN_AT,
        "published_at": PUBLISHED_AT,
        "published_by": "Trygghetssamordnare",
        "areas": areas or [],
    } | values
    picture = ProblemPicture(**columns)
    session.add(picture)
    session.flush()
    return picture


def make_area(
    title: str = "Narkotika", *claims: Claim, rank: int = 1, text: str = ""
) -> ProblemArea:
    """An area with ``claims`` in order, to hand to ``make_picture``."""
    for position, claim in enumerate(claims, start=1):
        claim.position = position
    return ProblemArea(rank=rank, title=title, text=text, claims=list(claims))


def make_claim(
    text: str = "Narkotika hanteras mer öppet än förr.",
    *,
    supported_by: tuple[Evidence, ...] = (),
    against: tuple[Evidence, ...] = (),
    judged_by: str | None = None,
) -> Claim:
    """A claim with its ground, to hand to ``make_area``."""
    citations = [Citation(evidence_id=evidence.id) for evidence in supported_by]
    citations += [Citation(evidence_id=evidence.id, disagrees=True) for evidence in against]
    return Claim(
        text=text,
        is_judgement=judged_by is not None,
        judged_by=judged_by,
        citations=citations,
    )


def make_grounded_picture(
    session: Session,
    municipality: Municipality,
    slug: str = "lagesbild-juni-2023",
    **values: object,
) -> ProblemPicture:
    """An edition with two areas: a judgement, and a claim with sources that disagree."""
    tips = make_evidence(
        session,
        municipality,
        "Tips och samtal",
        statement="Näringsidkare berättar om öppen handel.",
        source="Tips, näringsidkare och polisens kontroller",
        n=None,
        caveat=None,
    )
    crimes = make_evidence(session, municipality)
    judged = make_claim(
        "Yngre tonåringar fångas upp av äldre.", judged_by="polisens narkotikagrupp"
    )
    cited = make_claim(supported_by=(tips,), against=(crimes,))
    areas = [
        make_area("Narkotika", judged, cited, rank=1, text="Främst i centrum."),
        make_area("Trafik", make_claim("Fler kör moped.", supported_by=(tips,)), rank=2),
    ]
    return make_picture(session, municipality, slug, areas, **values)
