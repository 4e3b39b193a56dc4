"""Public figures: prepared, published once, held to what was told before, and taken down."""

from collections.abc import Sequence
from datetime import datetime
from secrets import token_hex

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from surveys.days import whole_hour
from surveys.disclosure.audit import find_disclosures
from surveys.disclosure.editions import Limits
from surveys.errors import Conflict
from surveys.models.dialogue import Dialogue
from surveys.models.map_edition import EditionState
from surveys.models.municipality import Municipality
from surveys.models.result_edition import ResultEdition
from surveys.queries.figures.public_figures import is_near_what_pictures_told
from surveys.queries.maps.map_editions import EVER_PUBLIC, NOT_YET_PUBLIC
from surveys.queries.results.result_editions import (
    get_last_public_results,
    get_result_edition,
    view_edition,
)
from surveys.services.editions.edition_endings import take_down
from surveys.services.maps.map_edition_steps import person_digest
from surveys.services.results.result_drafting import Drafted, content_hash, draft, write_ledger
from surveys.services.results.result_tables import read_tables

METHOD = "respondents_in_editions"


def prepare_results(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, now: datetime
) -> ResultEdition:
    """Request, count and store in this one session, for commands."""
    edition = request_results(session, municipality, dialogue, now=now)
    drafted = count_results(session, municipality, dialogue, edition.id)
    return store_results(session, municipality, dialogue, edition.id, drafted)


def request_results(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, now: datetime
) -> ResultEdition:
    """The next edition before it is counted, in the place of one that was never published.

    The first published edition settles the limits, and the rows of each table that it tells.
    """
    earlier = get_last_public_results(session, municipality, dialogue)
    drop_unpublished_results(session, municipality.id, dialogue.id)
    edition = ResultEdition(
        municipality_id=municipality.id,
        dialogue_id=dialogue.id,
        number=earlier.number + 1 if earlier else 1,
        state=EditionState.QUEUED,
        requested_at=whole_hour(now),
        min_respondents=earlier.min_respondents if earlier else municipality.min_respondents,
        min_crossed=earlier.min_crossed if earlier else municipality.min_crossed,
        method=METHOD,
    )
    session.add(edition)
    session.flush()
    return edition


def count_results(
    session: Session, municipality: Municipality, dialogue: Dialogue, edition_id: int
) -> Drafted:
    """Read the answers and count; writes nothing, so that no resident waits. Raise NotFound."""
    edition = get_result_edition(session, municipality, dialogue, edition_id)
    earlier = get_last_public_results(session, municipality, dialogue)
    limits = Limits(edition.min_respondents, edition.min_crossed)
    counted = read_tables(session, municipality, dialogue)
    return draft(counted, earlier, limits, edition.number)


def store_results(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    edition_id: int,
    drafted: Drafted,
) -> ResultEdition:
    """Store what was counted, for staff to look at.

    Raise NotFound where the edition was dropped meanwhile, since an answer that it counts has
    left, and Conflict where it no longer waits.
    """
    edition = _locked(session, municipality, dialogue, edition_id)
    if edition.state is not EditionState.QUEUED:
        raise Conflict("the edition does not wait to be counted")
    edition.tables = drafted.tables
    edition.ledger = write_ledger(drafted.ledger)
    edition.n_respondents = max((t["n_edition"] for t in drafted.tables), default=0)
    edition.left_out = {
        "waiting": drafted.n_waiting,
        "standing": drafted.standing,
        "untold": drafted.untold,
    }
    limits = Limits(edition.min_respondents, edition.min_crossed)
    edition.content_hash = content_hash(edition.tables, limits)
    edition.failure = drafted.failure
    edition.state = EditionState.FAILED if drafted.failure else EditionState.PREVIEW
    session.flush()
    return edition


def publish_results(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    edition_id: int,
    *,
    role: str,
    now: datetime,
) -> ResultEdition:
    """Make a prepared edition what readers see; raise NotFound, or Conflict where it may not be.

    Before that all editions are read together as a reader would: where a number of few persons
    could be worked out, nothing is published.
    """
    edition = _locked(session, municipality, dialogue, edition_id)
    if edition.state is not EditionState.PREVIEW:
        raise Conflict("the edition is not ready to be published")
    earlier = (
        ResultEdition.municipality_id == municipality.id,
        ResultEdition.dialogue_id == dialogue.id,
        ResultEdition.id != edition.id,
    )
    shown = session.scalars(
        select(ResultEdition.tables).where(*earlier, ResultEdition.state.in_(EVER_PUBLIC))
    )
    limits = Limits(edition.min_respondents, edition.min_crossed)
    together = [table for tables in [*shown, edition.tables] for table in tables]
    if find_disclosures(together, limits) or is_near_what_pictures_told(
        session, municipality, dialogue, view_edition(edition)
    ):
        raise Conflict("the edition would tell of too few persons")
    session.execute(
        update(ResultEdition)
        .where(*earlier, ResultEdition.state == EditionState.PUBLISHED)
        .values(state=EditionState.REPLACED, ended_at=whole_hour(now))
    )
    session.execute(update(ResultEdition).where(*earlier).values(ledger={}))
    session.expire_all()
    edition.state = EditionState.PUBLISHED
    edition.published_at, edition.published_by = whole_hour(now), role
    session.flush()
    return edition


def publish_results_now(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, role: str, now: datetime
) -> ResultEdition:
    """Prepare and publish at once, for commands; raise Conflict where it may not be."""
    edition = prepare_results(session, municipality, dialogue, now=now)
    return publish_results(session, municipality, dialogue, edition.id, role=role, now=now)


def withdraw_results(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    edition_id: int,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Take the published edition down and say why.

    Raises NotFound, InvalidInput without a reason or with one that is too long, and Conflict
    where it is not the published one.
    """
    edition = _locked(session, municipality, dialogue, edition_id)
    take_down(edition, reason=reason, now=now)
    drop_unpublished_results(session, municipality.id, dialogue.id)
    session.flush()


def drop_unpublished_results(session: Session, municipality_id: int, dialogue_id: int) -> None:
    """Forget what was prepared and not published: an answer that it counts may have left."""
    session.execute(
        delete(ResultEdition).where(
            ResultEdition.municipality_id == municipality_id,
            ResultEdition.dialogue_id == dialogue_id,
            ResultEdition.state.in_(NOT_YET_PUBLIC),
        )
    )


def forget_persons(
    session: Session, municipality: Municipality, responses: Sequence[object]
) -> None:
    """Cut the way from ledgers to these responses (their ids), whose content is destroyed.

    That somebody was counted stays, or later editions could not be held to the rule; who it was
    can no longer be found.
    """
    digests = {person_digest(getattr(one, "hex", str(one))) for one in responses}
    statement = select(ResultEdition).where(ResultEdition.municipality_id == municipality.id)
    for edition in session.scalars(statement):
        persons = edition.ledger.get("persons", [])
        if digests.isdisjoint(persons):
            continue
        renamed = [token_hex(8) if one in digests else one for one in persons]
        edition.ledger = edition.ledger | {"persons": renamed}
    session.flush()


def _locked(
    session: Session, municipality: Municipality, dialogue: Dialogue, edition_id: int
) -> ResultEdition:
    """The edition, which nobody drops or takes down until this is done; raise NotFound."""
    session.execute(
        select(ResultEdition.id).where(ResultEdition.id == edition_id).with_for_update()
    )
    return get_result_edition(session, municipality, dialogue, edition_id)
