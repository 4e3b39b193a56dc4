"""The same occasions counted towards several targets: which of them a promise's page names."""

from datetime import date

from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.promise import PointMeasure
from surveys.queries.promises.page import get_public_promise
from tests.factories.municipalities import make_municipality, make_police_area
from tests.factories.promises import SLUG, hold, make_activity, make_plan, make_point, make_promise

TODAY = date(2023, 8, 1)
UNCOUNTED: dict[str, object] = {"measure": PointMeasure.NONE, "target_count": None}


def test_a_point_names_the_published_targets_that_share_its_occasions(
    session: Session, municipality: Municipality
) -> None:
    neighbour = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    make_police_area(session, neighbour, "Gävleborgs kust")
    plan = make_plan(session, municipality)
    shared = make_activity(session, municipality, plan, target_count=2)
    unplanned = make_activity(session, municipality, target_count=None)
    hold(session, shared, date(2022, 5, 1), date(2023, 5, 1))
    promise = make_promise(session, municipality)
    make_point(session, promise, "Delas", [shared])
    make_point(session, promise, "Ensam", [unplanned])
    for tenant, title, published_at in (
        (municipality, "Annat löfte", promise.published_at),
        (municipality, "Utkast", None),
        (neighbour, "Grannens löfte", promise.published_at),
    ):
        other = make_promise(session, tenant, title[:3].lower(), title=title)
        other.published_at = published_at
        make_point(session, other, title, [shared], target_count=8)
        make_point(session, other, "Räknas inte", [shared], **UNCOUNTED)

    first, second = get_public_promise(session, municipality, SLUG, TODAY).points
    found = [(o.title, o.is_plan, o.counter.held, o.counter.wanted) for o in first.others]
    assert found == [("Handlingsplan 2022–2023", True, 2, 4), ("Annat löfte", False, 2, 8)]
    assert second.others == ()


def test_an_unpublished_plan_is_not_named(session: Session, municipality: Municipality) -> None:
    plan = make_plan(session, municipality)
    plan.published_at = None
    make_point(
        session,
        make_promise(session, municipality),
        "A",
        [make_activity(session, municipality, plan)],
    )
    [point] = get_public_promise(session, municipality, SLUG, TODAY).points
    assert point.others == ()
