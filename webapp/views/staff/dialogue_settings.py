"""The settings of one dialogue: its days and what it asks."""

from dataclasses import asdict

from flask import render_template
from flask_babel import gettext as _

from surveys.days import swedish_day
from surveys.drafts.settings import DialogueDraft
from surveys.models.dialogue import Dialogue, DialoguePhase
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_own_dialogue
from surveys.services.dialogues.dialogues import describe_sampling, save_dialogue
from webapp.access import requires
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.settings import DialogueForm, SamplingForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, is_saved


@blueprint.route(
    "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/installningar", methods=["GET", "POST"]
)
@requires(Permission.MANAGE_DIALOGUE)
def dialogue_settings(slug: str) -> Answer:
    """Days, what is asked and how exactly pins are kept. The questions' wording only to read."""
    here = current_municipality()
    dialogue = get_own_dialogue(db.session(), here, slug)
    kept, phase = _kept(dialogue), dialogue.phase(now())
    form = DialogueForm(data=_values(kept), is_open=phase is not DialoguePhase.UPCOMING)
    if is_saved(
        form, lambda session: save_dialogue(session, here, slug, form.draft(kept), now=now())
    ):
        return done("staff.settings", _("The dialogue’s settings are saved."))
    page = _page(dialogue, phase, form, _sampling_form(dialogue))
    return (page, UNPROCESSABLE) if form.is_submitted() else page


@blueprint.post("/<slug:kommun>/handlaggning/dialoger/<slug:slug>/installningar/urval")
@requires(Permission.MANAGE_DIALOGUE)
def dialogue_sampling(slug: str) -> Answer:
    """How those who answer came to be asked; may be put right after the last day too."""
    here = current_municipality()
    dialogue = get_own_dialogue(db.session(), here, slug)
    form = SamplingForm()
    if is_saved(form, lambda session: describe_sampling(session, here, slug, form.chosen())):
        return done("staff.dialogue_settings", _("Saved."), slug=slug)
    kept, phase = _kept(dialogue), dialogue.phase(now())
    unsent = DialogueForm(
        formdata=None, data=_values(kept), is_open=phase is not DialoguePhase.UPCOMING
    )
    return _page(dialogue, phase, unsent, form), UNPROCESSABLE


def _sampling_form(dialogue: Dialogue) -> SamplingForm:
    return SamplingForm(formdata=None, data={"sampling": dialogue.sampling.value})


def _page(
    dialogue: Dialogue, phase: DialoguePhase, form: DialogueForm, sampling_form: SamplingForm
) -> str:
    return render_template(
        "staff/settings/dialogue.html",
        form=form,
        sampling_form=sampling_form,
        dialogue=dialogue,
        phase=phase.value,
    )


def _kept(dialogue: Dialogue) -> DialogueDraft:
    return DialogueDraft(
        title=dialogue.title,
        opens_on=swedish_day(dialogue.opens_at),
        closes_on=swedish_day(dialogue.closes_at),
        asks_age_band=dialogue.asks_age_band,
        asks_gender=dialogue.asks_gender,
        asks_area=dialogue.asks_area,
        asks_safe_places=dialogue.asks_safe_places,
        pin_cell_m=dialogue.pin_cell_m,
    )


def _values(kept: DialogueDraft) -> dict[str, object]:
    return asdict(kept) | {"pin_cell_m": str(kept.pin_cell_m)}
