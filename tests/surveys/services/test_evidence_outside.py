"""What a source from outside says of itself is kept whole, and enters its sum."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.evidence import RateDraft, SeriesRow, SourceDraft
from surveys.errors import InvalidInput
from surveys.models.evidence import Direction
from surveys.models.municipality import Municipality
from surveys.queries.evidence.evidence import get_evidence
from surveys.queries.evidence.evidence_sums import Soundness, content_hash
from surveys.services.evidence.evidence import freeze_source
from tests.conftest import NOW
from tests.factories.pictures import make_evidence

NTU = SourceDraft(
    title="Otrygga utomhus sent en kväll",
    statement="31 procent är ganska eller mycket otrygga.",
    source="Brå, NTU",
    period="2023",
    n=1200,
    method="Enkät till ett slumpmässigt urval.",
    caveat="Gäller polisområdet, inte kommunen.",
    indicator="Egen trygghet utomhus sent en kväll",
    geography="Lokalpolisområde Hälsingland",
    comparison="Riket: 27 procent",
    direction=Direction.UP,
    wanted=Direction.DOWN,
    recurs="Varje år",
    series=(SeriesRow("2021", 28, "procent"), SeriesRow("2022", 29.5, "procent")),
)
# What the factory's row gave at the commit before its columns could hold any of this.
OF_BEFORE = "559716434846ba9ce65aede08c797cb59a086c7d5322e07c12fd41164acd7deb"
BARE = SourceDraft(title="Anmälda brott", statement="41 anmälda.", source="Polisen")


def test_everything_that_a_source_says_of_itself_is_kept(
    session: Session, municipality: Municipality
) -> None:
    row = freeze_source(session, municipality, NTU, by="Kommunpolis", now=NOW)
    session.expire_all()
    page = get_evidence(session, municipality, row.id)
    outside = page.evidence.outside
    assert outside is not None
    assert (outside.indicator, outside.geography) == (NTU.indicator, NTU.geography)
    assert (outside.comparison, outside.recurs) == ("Riket: 27 procent", "Varje år")
    assert (outside.direction, outside.wanted) == (Direction.UP, Direction.DOWN)
    assert [(r.period, r.value, r.unit) for r in outside.series] == [
        ("2021", 28, "procent"),
        ("2022", 29.5, "procent"),
    ]
    assert page.soundness is Soundness.INTACT


def test_own_trygghet_and_the_view_of_the_country_are_two_rows(
    session: Session, municipality: Municipality
) -> None:
    own = freeze_source(session, municipality, NTU, by="x", now=NOW)
    country = replace(NTU, indicator="Synen på brottsligheten i landet")
    other = freeze_source(session, municipality, country, by="x", now=NOW)
    assert own.id != other.id
    again = freeze_source(session, municipality, NTU, by="x", now=NOW)
    assert again.id == own.id


def test_a_source_that_says_nothing_more_has_the_sum_it_always_had(
    session: Session, municipality: Municipality
) -> None:
    """Sums of before these were kept must go on fitting their rows."""
    old = make_evidence(session, municipality)
    assert content_hash(old) == OF_BEFORE
    row = freeze_source(session, municipality, BARE, by="x", now=NOW)
    assert row.content_hash == content_hash(row)
    assert row.figures == {}


def test_a_rate_of_rare_things_says_whether_it_is_more_than_chance(
    session: Session, municipality: Municipality
) -> None:
    draft = replace(BARE, rate=RateDraft(5, 25_000, "Gävle", 13, 100_000))
    row = freeze_source(session, municipality, draft, by="x", now=NOW)
    found = get_evidence(session, municipality, row.id).evidence.outside
    assert found is not None
    assert found.rate is not None
    assert found.rate.own.value == pytest.approx(20.0)
    assert found.rate.ratio is not None
    assert found.rate.ratio.is_inconclusive


@pytest.mark.parametrize(
    ("rate", "code"),
    [
        (RateDraft(5, 0), "rate_impossible"),
        (RateDraft(10, 5), "rate_impossible"),
        (RateDraft(5, 100, "Gävle", 3, None), "rate_incomplete"),
        (RateDraft(5, 100, "", 3, 100), "rate_incomplete"),
        (RateDraft(5, 100, "Gävle", 300, 100), "rate_impossible"),
    ],
)
def test_what_cannot_be_a_rate_is_refused(
    session: Session, municipality: Municipality, rate: RateDraft, code: str
) -> None:
    with pytest.raises(InvalidInput, match=code):
        freeze_source(session, municipality, replace(BARE, rate=rate), by="x", now=NOW)
