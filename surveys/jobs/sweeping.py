"""The round that finds lost work, and what is looked after without anybody asking for it."""

from surveys.days import swedish_day
from surveys.jobs.context import JobContext, find_municipality
from surveys.jobs.documents import ask_for_missing_documents
from surveys.queries.maps.map_editions import list_waiting_editions
from surveys.queries.maps.map_exports import list_waiting_exports
from surveys.queries.maps.round_maps import list_waiting_round_maps
from surveys.services.dialogues.retention import drop_old_keys, has_old_keys
from surveys.services.evidence.evidence_checks import read_checks, store_checks
from surveys.services.ground.mark_areas import list_divisions, place_marks_in_areas
from surveys.services.maps.hotspot_requests import COMPUTE_HOTSPOTS, request_stale_runs
from surveys.services.maps.map_edition_steps import COMPUTE_EDITION
from surveys.services.maps.map_exports import MAKE_EXPORTS
from surveys.services.maps.round_map_requests import COMPUTE_ROUNDS
from surveys.services.texts.masking import compute_masks, list_unmasked, store_masks
from surveys.services.texts.suggestion_requests import SUGGEST_THEMES, request_stale_suggestions

SWEEP = "sweep"
DROP_KEYS = "drop_keys"
MASK_TEXTS = "mask_texts"
MASK_BATCHES = 20  # batches of one job: other jobs have their turn between two of them


def sweep_all(context: JobContext) -> None:
    """The whole round: lost work, and evidence whose data have changed."""
    sweep(context)
    check_evidence(context)


def sweep(context: JobContext) -> None:
    """Find work that nobody asked for or that was lost: changed marks, waiting runs, bare texts."""
    with context.writing() as session:
        asked = request_stale_runs(session, now=context.clock())
        waiting = list_waiting_editions(session)
        suggestions = request_stale_suggestions(session, now=context.clock())
        exports = list_waiting_exports(session)
        drawings = list_waiting_round_maps(session)
    _place_marks(context)
    for municipality_id, run_id in asked:
        context.enqueue(COMPUTE_HOTSPOTS, municipality_id, run_id)
    for municipality_id, run_id in suggestions:
        context.enqueue(SUGGEST_THEMES, municipality_id, run_id)
    for municipality_id, edition_id in waiting:
        context.enqueue(COMPUTE_EDITION, municipality_id, edition_id)
    for municipality_id, run_id in exports:
        context.enqueue(MAKE_EXPORTS, municipality_id, run_id)
    for municipality_id, drawing_id in drawings:
        context.enqueue(COMPUTE_ROUNDS, municipality_id, drawing_id)
    ask_for_missing_documents(context)
    mask_texts(context)


def mask_texts(context: JobContext) -> None:
    """Mask stored texts that the rules of this version have not masked; more of them wait a turn.

    After an upgrade that is every text there is, and staff see none of them until it is done.
    """
    for _ in range(MASK_BATCHES):
        with context.reading() as session:
            texts = list_unmasked(session)
        if not texts:
            return
        masks = compute_masks(texts)
        with context.writing() as session:
            store_masks(session, texts, masks)
    context.enqueue(MASK_TEXTS)


def check_evidence(context: JobContext) -> None:
    """Ask again for evidence whose data have changed, and note what the same gives now."""
    now = context.clock()
    with context.reading() as session:
        results = read_checks(session, now=now)
    if results:
        with context.writing() as session:
            store_checks(session, results, now=now)


def _place_marks(context: JobContext) -> None:
    """Find the area of each mark that has come since the last round, a division at a time."""
    with context.reading() as session:
        divisions = list_divisions(session)
    for municipality_id, kind in divisions:
        with context.writing() as session:
            place_marks_in_areas(session, find_municipality(session, municipality_id), kind)


def drop_keys(context: JobContext) -> None:
    """Forget the hashes of keys that are past their week: a day's answers in one step."""
    today = swedish_day(context.clock())
    with context.reading() as session:
        if not has_old_keys(session, today=today):
            return
    with context.writing() as session:
        drop_old_keys(session, today=today)
