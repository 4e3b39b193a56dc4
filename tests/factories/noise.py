"""Another municipality's rows, with the same slugs and names, in every test with a database.

A query that forgets its tenant finds these. Extend it with each new tenant-owned table.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.coding import (
    CodingSample,
    CodingSampleMember,
    SuggestionRun,
    ThemeSuggestion,
)
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import EvidenceCheck, EvidenceState
from surveys.models.hotspot import RunState
from surveys.models.map_edition import EditionState
from surveys.models.map_export import ExportFormat, MapExport
from surveys.models.municipality import Municipality
from surveys.models.response import MarkedPlace, Response
from surveys.models.result_edition import ResultEdition
from surveys.models.theme import Theme, ThemeChange, ThemeChangeKind
from surveys.services.dialogues.counts import count_response
from tests.factories.coding import make_coding
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import make_run
from tests.factories.municipalities import (
    CREATED_AT,
    box,
    make_account,
    make_municipality,
    make_named_place,
    make_police_area,
)
from tests.factories.noise_agreements import (
    add_noise_editorial,
    add_noise_judgement,
    add_noise_sources,
    add_noise_work,
)
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture
from tests.factories.population import make_population
from tests.factories.promises import hold, make_activity, make_plan, make_point, make_promise
from tests.factories.round_maps import make_round_map

NOISE_TEXT = "BRUS: hör till en annan kommun"


def add_noise(session: Session) -> Municipality:
    """Hagfors with rows that no test about another municipality may see."""
    other = make_municipality(
        session,
        slug="hagfors",
        code="1783",
        name="Hagfors",
        genitive="Hagfors",
        official_name="Hagfors kommun",
        outline=box(13.3, 59.8, 14.0, 60.4),
        center_lat=60.0238,
        center_lon=13.6721,
    )
    make_police_area(session, other, name="Torsby")
    make_named_place(session, other, "Resecentrum", lat=60.0238, lon=13.6721)
    make_account(session, other)
    dialogues = [make_dialogue(session, other, slug=slug) for slug in ("oppen", "host-2021")]
    make_round_map(session, *dialogues, NOISE_TEXT)
    for dialogue in dialogues:
        response = make_response(
            session,
            dialogue,
            {1: ("1", None), 2: ("ja", NOISE_TEXT), 3: (None, NOISE_TEXT)},
            [MarkedPlace(words=NOISE_TEXT, lat=60.0238, lon=13.6721, precision=Precision.EXACT)],
        )
        count_response(session, response)
        run = make_run(session, dialogue, NOISE_TEXT)
        session.add(
            MapExport(
                municipality_id=other.id, run_id=run.id, format=ExportFormat.CSV,
                requested_at=CREATED_AT, content=NOISE_TEXT.encode(), n_bytes=len(NOISE_TEXT),
            )
        )  # fmt: skip
        add_noise_results(session, dialogue)
        add_noise_coding(session, response)
    make_population(session, other, source=NOISE_TEXT)
    add_noise_pictures(session, other)
    add_noise_promises(session, other)
    return other


def add_noise_coding(session: Session, response: Response) -> None:
    """A codebook with a code of the usual name, a coding, a drawn sample and a suggestion."""
    of_tenant = {"municipality_id": response.municipality_id}
    owner = of_tenant | {"dialogue_id": response.dialogue_id}
    theme = session.scalar(select(Theme).filter_by(code="drugs", **of_tenant))
    if theme is None:
        theme = Theme(code="drugs", name={"sv": NOISE_TEXT}, definition=NOISE_TEXT, **of_tenant)
        session.add(theme)
        session.flush()
        session.add(
            ThemeChange(
                theme_id=theme.id, kind=ThemeChangeKind.CREATED, at=CREATED_AT, by=NOISE_TEXT,
                **of_tenant,
            )
        )  # fmt: skip
    make_coding(session, response, theme)
    run = SuggestionRun(
        state=RunState.DONE, requested_at=CREATED_AT, computed_at=CREATED_AT, **owner
    )
    sample = CodingSample(
        drawn_at=CREATED_AT, drawn_by=NOISE_TEXT, seed=1, size=1,
        members=[CodingSampleMember(response_id=response.id)], **owner,
    )  # fmt: skip
    session.add_all([run, sample])
    session.flush()
    session.add(
        ThemeSuggestion(
            response_id=response.id, theme_id=theme.id, run_id=run.id, rank=1, score=1.0,
            is_likely=True, why=[NOISE_TEXT], **owner,
        )
    )  # fmt: skip


def add_noise_results(session: Session, dialogue: Dialogue) -> None:
    """Published figures of another municipality, at the usual address."""
    table = {
        "key": "q1", "kind": "one_way", "edition": 1, "n": 60, "n_edition": 60,
        "question": {"wording": {"sv": NOISE_TEXT}},
        "rows": [{"codes": ["5"], "count": 30}, {"codes": ["1"], "count": 30}],
    }  # fmt: skip
    session.add(
        ResultEdition(
            municipality_id=dialogue.municipality_id,
            dialogue_id=dialogue.id,
            number=1,
            state=EditionState.PUBLISHED,
            requested_at=dialogue.closes_at,
            published_at=dialogue.closes_at,
            published_by=NOISE_TEXT,
            min_respondents=5,
            min_crossed=10,
            n_respondents=60,
            method=NOISE_TEXT,
            tables=[table],
        )
    )
    session.flush()


def add_noise_pictures(session: Session, other: Municipality) -> None:
    """A published edition and a draft, on evidence of their own."""
    evidence = make_evidence(
        session, other, NOISE_TEXT, statement=NOISE_TEXT, source=NOISE_TEXT, caveat=NOISE_TEXT
    )
    session.add(
        EvidenceCheck(
            evidence_id=evidence.id,
            municipality_id=other.id,
            state=EvidenceState.CHANGED,
            checked_at=evidence.frozen_at,
            changed_at=evidence.frozen_at,
            n_now=42,
        )
    )
    for slug, published in (("lagesbild-juni-2023", True), ("lagesbild-augusti-2023", False)):
        area = make_area(NOISE_TEXT, make_claim(NOISE_TEXT, supported_by=(evidence,)))
        values: dict[str, object] = {} if published else {"published_at": None}
        picture = make_picture(
            session, other, slug, [area], title=NOISE_TEXT, summary=NOISE_TEXT, **values
        )
        if published:
            add_noise_editorial(session, picture, NOISE_TEXT)
            add_noise_sources(session, picture, evidence, NOISE_TEXT)


def add_noise_promises(session: Session, other: Municipality) -> None:
    """A published promise and plan at the usual addresses, whose occasions are their own."""
    promise = make_promise(
        session, other, title=NOISE_TEXT, said=NOISE_TEXT, pledge=NOISE_TEXT, said_ground=NOISE_TEXT
    )
    plan = make_plan(session, other)
    plan.introduction = NOISE_TEXT
    activity = make_activity(session, other, plan, (NOISE_TEXT, None), name=NOISE_TEXT)
    make_point(session, promise, NOISE_TEXT, [activity])
    hold(session, activity, date(2022, 3, 1), date(2023, 3, 1), note=NOISE_TEXT)
    add_noise_editorial(session, promise, NOISE_TEXT)
    add_noise_editorial(session, plan, NOISE_TEXT)
    add_noise_work(session, activity, NOISE_TEXT)
    add_noise_judgement(session, promise, NOISE_TEXT)
