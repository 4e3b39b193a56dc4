"""Looks at figures that are logged: at a running dialogue, and at numbers under the limit."""

from collections.abc import Iterable

from surveys.models.access_record import AccessKind
from surveys.models.dialogue import Dialogue, DialoguePhase
from surveys.permissions import Permission
from surveys.services.municipalities.access import is_told, record_access
from webapp.access import signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work


def sees_rows() -> bool:
    """Whether the signed-in account may see numbers under the limits here."""
    return bool(signed_in_account().can(Permission.READ_ROWS, current_municipality()))


def log_looks(dialogues: Iterable[Dialogue], *, has_below: bool) -> None:
    """Log that the signed-in account saw figures of these dialogues, where that is logged.

    Nothing is written where the log has this hour's look already.
    """
    moment, here, account = now(), current_municipality(), signed_in_account()
    kinds = {AccessKind.RUNNING_RESULTS, AccessKind.UNSUPPRESSED}
    wanted = [
        (kind, dialogue)
        for dialogue in dialogues
        for kind in kinds
        if (kind is AccessKind.UNSUPPRESSED and has_below)
        or (kind is AccessKind.RUNNING_RESULTS and dialogue.phase(moment) is DialoguePhase.OPEN)
    ]
    fresh = [
        (kind, dialogue)
        for kind, dialogue in wanted
        if not is_told(db.session(), account, kind, now=moment, about=(here, dialogue))
    ]
    if not fresh:
        return
    with unit_of_work() as session:
        for kind, dialogue in fresh:
            record_access(session, here, account, kind, now=moment, dialogue=dialogue)
