"""What the job process does. Each job is a name plus ids and is safe to run twice.

A job reads in one short transaction, computes without any, and writes in another, so that
residents can answer while it works.
"""

from collections.abc import Callable
from functools import partial

from surveys.jobs.context import JobContext
from surveys.jobs.digests import WRITE_DIGESTS, write_digests
from surveys.jobs.documents import make_documents
from surveys.jobs.mail import SEND_MAIL, send_mail
from surveys.jobs.maps import compute_hotspots, compute_rounds, make_exports, prepare_edition
from surveys.jobs.reminding import REMIND, remind
from surveys.jobs.suggesting import suggest_themes
from surveys.jobs.sweeping import (
    DROP_KEYS,
    MASK_TEXTS,
    SWEEP,
    drop_keys,
    mask_texts,
    sweep_all,
)
from surveys.services.editions.edition_files import MAKE_DOCUMENTS
from surveys.services.maps.hotspot_requests import COMPUTE_HOTSPOTS
from surveys.services.maps.map_edition_steps import COMPUTE_EDITION
from surveys.services.maps.map_exports import MAKE_EXPORTS
from surveys.services.maps.round_map_requests import COMPUTE_ROUNDS
from surveys.services.texts.suggestion_requests import SUGGEST_THEMES


def job_functions(context: JobContext) -> dict[str, Callable[..., None]]:
    """All jobs by name. Those of one municipality take its id and the row's."""
    jobs: dict[str, Callable[..., None]] = {
        SUGGEST_THEMES: suggest_themes,
        COMPUTE_HOTSPOTS: compute_hotspots,
        COMPUTE_ROUNDS: compute_rounds,
        COMPUTE_EDITION: prepare_edition,
        MAKE_EXPORTS: make_exports,
        MAKE_DOCUMENTS: make_documents,
        SWEEP: sweep_all,
        DROP_KEYS: drop_keys,
        MASK_TEXTS: mask_texts,
        SEND_MAIL: send_mail,
        WRITE_DIGESTS: write_digests,
        REMIND: remind,
    }
    return {name: partial(job, context) for name, job in jobs.items()}
