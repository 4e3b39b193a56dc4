"""Contents of editions to make documents of, in the shapes that the queries freeze."""

from datetime import UTC, date, datetime
from typing import Any

from surveys.queries.editions.edition_files import PROMISE, DocumentSource, Look, Signed

PUBLISHED_AT = datetime(2022, 2, 1, 9, 0, tzinfo=UTC)
HASH = "4f" * 32
LOOK = Look("soderhamn", "Söderhamns kommun", None, with_police=True)
APPROVALS = (
    {
        "party": "police",
        "name": "Hälsingland",
        "role": "Kommunpolis",
        "approved_at": "2022-01-20T10:00:00+00:00",
    },
)


def point_content(**values: object) -> dict[str, Any]:
    """A counted point, at least four in the whole period."""
    return {
        "id": 1,
        "title": "Insatser mot narkotika",
        "text": "Minst fyra (4) myndighetsgemensamma insatser mot narkotika.",
        "area": None,
        "responsible": "both",
        "third_parties": None,
        "owner": {"title": "Kommunpolis", "party": "police"},
        "measure": "count",
        "target": {"count": 4, "comparator": ">=", "per": "period"},
        "unit": "insatser mot narkotika",
        "due_on": None,
        "condition": "Socialtjänsten arbetar från polisstationen.",
        "target_group": None,
        "baseline": None,
        "places": ["Resecentrum"],
        "n_places_not_named": 1,
        "place_text": None,
        "methods": ["EST"],
        "aim": "activity",
        "wanted": None,
        "claims": [],
    } | values


def promise_content(**values: object) -> dict[str, Any]:
    """Söderhamn's promise with one point, two roles that sign, and a claim with two sides."""
    return {
        "title": "Färre unga i kriminalitet, mindre narkotika",
        "label": "Medborgarlöfte 2022–2023",
        "said": "Ungdomskriminalitet och narkotika bidrar mest till otryggheten.",
        "said_ground": "18 medborgardialoger hösten 2021.",
        "pledge": "Vi fortsätter att arbeta mot narkotika.",
        "is_verbatim": False,
        "vision": None,
        "follow_up_text": "Varje insats rapporteras till styrgruppen.",
        "report_to": ["Lokalpolisområdeschef", "Kommunalråd"],
        "summary_due_on": "2024-02-28",
        "starts_on": "2022-01-01",
        "ends_on": "2023-12-31",
        "months_from_signing": None,
        "police_area": "Hälsingland",
        "municipalities": [
            {
                "slug": "soderhamn",
                "name": "Söderhamn",
                "official_name": "Söderhamns kommun",
                "dnr": "KS 21-100",
                "dated_on": "2022-01-24",
            }
        ],
        "agreement": None,
        "carried_from": None,
        "points": [point_content()],
        "signatories": [
            {
                "id": 1,
                "title": "Lokalpolisområdeschef",
                "party": "police",
                "body": "Hälsingland",
                "is_acting": True,
            },
            {
                "id": 2,
                "title": "Kommunstyrelsens ordförande",
                "party": "municipality",
                "body": "Söderhamns kommun",
                "is_acting": False,
            },
        ],
        "claims": [
            {
                "id": 1,
                "text": "Narkotika hanteras mer öppet än förr.",
                "judged_by": None,
                "picture": {"title": "Problembild 2022", "slug": "p", "kommun": "soderhamn"},
                "grounds": [
                    {
                        "evidence_id": 1,
                        "source": "Tips från näringsidkare",
                        "period": "2021",
                        "caveat": None,
                        "disagrees": False,
                    },
                    {
                        "evidence_id": 2,
                        "source": "Anmälda narkotikabrott",
                        "period": "2021",
                        "caveat": "Siffran visar polisens arbete.",
                        "disagrees": True,
                    },
                ],
            }
        ],
        "gaps": [],
    } | values


def plan_content(n_activities: int = 3, **values: object) -> dict[str, Any]:
    """A plan whose first activity stands under both of its areas, with a follow-up of each."""
    activities = [
        {
            "id": n,
            "name": f"Avstämning {n}",
            "when": "Varje måndag kl. 14.00",
            "who": "Kommunpolis och socialsekreterare",
            "methods": [],
            "weekday": 0,
            "schedule": None,
            "target": None,
        }
        for n in range(1, n_activities + 1)
    ]
    return {
        "kind": "action_plan",
        "version": 1,
        "title": "Lokal handlingsplan 2022–2023",
        "dnr": "KS 22-17",
        "starts_on": "2022-01-01",
        "ends_on": "2023-12-31",
        "is_joint": True,
        "introduction": "Planen bygger på den gemensamma problembilden.",
        "municipality": "Söderhamns kommun",
        "police_areas": ["Hälsingland"],
        "authors": ["Trygghetssamordnare"],
        "methods": [],
        "other_plans": ["ANDT-plan"],
        "report_to": [],
        "summary_due_on": None,
        "decision": {"on": "2022-03-08", "by": "Kommunstyrelsen", "paragraph": "§ 44"},
        "picture": None,
        "agreement": None,
        "council": None,
        "evaluation": {"text": None, "after": None, "owners": []},
        "channels": [],
        "areas": [
            {
                "id": 1,
                "name": "Ungdomskriminalitet",
                "goals": ["Upptäcka tidigt"],
                "activities": [
                    {"activity": a["id"], "follow_up": follow_up("Rapport 2023-02-06")}
                    for a in activities
                ],
            },
            {
                "id": 2,
                "name": "Samverkan",
                "goals": [],
                "activities": [{"activity": 1, "follow_up": follow_up("Rapport 2022-10-24")}],
            },
        ],
        "activities": activities,
    } | values


def follow_up(text: str) -> dict[str, Any]:
    return {"text": text, "due_on": None, "body": None, "schedule": None}


def source(content: dict[str, Any], kind: str = PROMISE, **values: object) -> DocumentSource:
    """The second edition of ``content``, of which the municipality has signed."""
    fields: dict[str, Any] = {
        "kind": kind,
        "content": content,
        "look": LOOK,
        "dnr": "KS 21-100" if kind == PROMISE else "KS 22-17",
        "day": date(2022, 2, 1),
        "number": 2,
        "content_hash": HASH,
        "published_at": PUBLISHED_AT,
        "published_by": "Trygghetssamordnare",
        "change_note": "Tiden för summeringen är tillagd.",
        "approvals": APPROVALS,
        "signed": {2: Signed("Söderhamn", date(2022, 1, 28))} if kind == PROMISE else {},
    }
    return DocumentSource(**(fields | values))


def draft(content: dict[str, Any], kind: str = PROMISE) -> DocumentSource:
    """``content`` as a draft, which has no edition."""
    return DocumentSource(kind, content, LOOK, "KS 21-100", date(2022, 1, 20))
