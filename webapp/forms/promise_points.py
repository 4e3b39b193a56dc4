"""Forms for a point of a promise: who carries it, what is counted, how much and how often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField

from surveys.drafts.promises import PointDraft, TargetDraft
from surveys.limits import MAX_PARAGRAPHS, MAX_SHORT, MAX_SOURCE, MAX_TITLE
from surveys.models.evidence import Direction
from surveys.models.party import Party
from surveys.models.plan import Comparator, TargetPeriod
from surveys.models.promise import PointAim, PointMeasure
from webapp.forms.promises import Named, chosen_id, named_choices
from webapp.forms.staff_fields import (
    DayField,
    Filled,
    NumberField,
    RadioChoice,
    SelectChoice,
    Ticked,
    choices_of,
    line,
    paragraphs,
)
from webapp.labels import WEEKDAYS, label


@dataclass(frozen=True, slots=True)
class PointChoices:
    """What a point may be tied to, each as ids and names."""

    activities: Named = ()
    owners: Named = ()
    places: Named = ()
    claims: Named = ()


class PointForm(FlaskForm):
    """One point of a promise. ``seen``: what it said when it was opened."""

    seen = HiddenField()
    read_words = HiddenField()  # the target's words that have been read back

    title = line(_l("The point in a few words"), MAX_TITLE, needed=_l("Write what it is about."))
    text = paragraphs(
        _l("What is promised"),
        MAX_PARAGRAPHS,
        needed=_l("Write something here."),
        hint=_l(
            "Word for word as in the document, if that is how the promise is shown. Put no blame on"
            " those who were harmed: write “whoever is cheated”, and that it can happen to anybody."
        ),
    )
    area = line(_l("Heading above the point"), MAX_SHORT, hint=_l("For example “Trafik”."))
    responsible = RadioChoice(
        _l("Who carries it"), validators=[Filled(_l("Choose who carries the point."))]
    )
    owner = SelectChoice(
        _l("Who answers for it"),
        description=_l("A role or a unit. Owners are added on the page Owners."),
    )
    third_parties = line(_l("Others who take part"), MAX_TITLE)
    aim = RadioChoice(_l("What is promised here"))
    wanted = SelectChoice(
        _l("Which way a figure is to go"),
        description=_l("More reports may be the goal, when more dare to report."),
    )
    target_group = line(
        _l("Whom it is about"), MAX_TITLE, hint=_l("Such as “personer under 21 år”.")
    )
    measure = RadioChoice(
        _l("How it is followed up"),
        validators=[Filled(_l("Choose how the point is followed up."))],
    )
    words = line(
        _l("How much and how often, in the promise's own words"),
        MAX_TITLE,
        hint=_l("Such as “minst fyra (4) under 2022–2023”. We read it and you check the reading."),
    )
    comparator = SelectChoice(_l("How the number is meant"))
    target_count = NumberField(_l("How many times"), description=_l("Where the point is counted."))
    per = SelectChoice(_l("How often"))
    weekday = SelectChoice(
        _l("Day of the week"),
        description=_l("For weekly meetings. A meeting on a public holiday is then not missed."),
    )
    baseline = line(
        _l("What it comes on top of"),
        MAX_TITLE,
        hint=_l("Such as “utöver den dagliga verksamheten”."),
    )
    unit = line(
        _l("What is counted"), 80, hint=_l("In the plural, such as “insatser mot narkotika”.")
    )
    condition = paragraphs(
        _l("Condition for each occasion"),
        MAX_PARAGRAPHS,
        hint=_l("For example that the social services work at the police station."),
    )
    due_on = DayField(_l("To be done by"))
    places = Ticked(
        _l("Places"),
        description=_l("Homes and premises that could be pointed at are never named for readers."),
    )
    place_text = line(_l("Where, in words"), MAX_SOURCE)
    methods = line(
        _l("Working methods"), MAX_SHORT, hint=_l("With a comma between: PSS, SSP, SIG, EST.")
    )
    claims = Ticked(_l("Why just this: what was seen"))
    activities = Ticked(
        _l("Activities that are counted"),
        description=_l("If you choose none, the point gets an activity of its own to log."),
    )

    def __init__(self, offered: PointChoices, **options: Any) -> None:
        super().__init__(**options)
        self.responsible.choices = choices_of(Party, label)
        self.measure.choices = choices_of(PointMeasure, label)
        self.aim.choices = choices_of(PointAim, label)
        self.wanted.choices = choices_of(Direction, label, empty=_l("Nothing in particular"))
        self.comparator.choices = choices_of(Comparator, label)
        self.per.choices = choices_of(
            [TargetPeriod.PERIOD, *(p for p in TargetPeriod if p is not TargetPeriod.PERIOD)], label
        )
        self.weekday.choices = weekday_choices()
        self.owner.choices = named_choices(offered.owners, _("Nobody yet"))
        for name in ("activities", "places", "claims"):
            self[name].choices = [(str(id_), words) for id_, words in getattr(offered, name)]
            if not self[name].choices:
                del self[name]

    def draft(self) -> PointDraft:
        """What the form says."""
        return PointDraft(
            title=self.title.data,
            text=self.text.data,
            responsible=Party(self.responsible.data),
            measure=PointMeasure(self.measure.data),
            area=self.area.data or None,
            third_parties=self.third_parties.data or None,
            target=read_target(self),
            words=self.words.data or None,
            unit=self.unit.data or None,
            due_on=self.due_on.data,
            condition=self.condition.data or None,
            target_group=self.target_group.data or None,
            baseline=self.baseline.data or None,
            place_text=self.place_text.data or None,
            place_ids=self._ids("places"),
            methods=tuple(tag.strip() for tag in self.methods.data.split(",") if tag.strip()),
            aim=PointAim(self.aim.data or PointAim.ACTIVITY.value),
            wanted=Direction(self.wanted.data) if self.wanted.data else None,
            owner_id=chosen_id(self.owner),
            claim_ids=self._ids("claims"),
            activity_ids=self._ids("activities"),
        )

    def fill_target(self, target: TargetDraft | None, due_on: date | None) -> None:
        """Put what the words were read as into the fields, for somebody to say yes to."""
        self.read_words.data = self.words.data
        if target is not None:
            self.measure.data = PointMeasure.COUNT.value
            self.target_count.raw_data, self.target_count.data = None, target.count
            self.comparator.data, self.per.data = target.comparator.value, target.per.value
            self.weekday.data = "" if target.weekday is None else str(target.weekday)
        if due_on is not None and not self.due_on.data:
            self.due_on.raw_data, self.due_on.data = None, due_on

    @property
    def is_read_back(self) -> bool:
        """Whether the words in the form are those whose reading has been shown."""
        return not self.words.data or self.words.data == self.read_words.data

    def _ids(self, name: str) -> frozenset[int]:
        ids: frozenset[int] = self[name].ids if name in self else frozenset()
        return ids


class ActivitiesForm(FlaskForm):
    """Which activities a point counts, also once the promise is published."""

    activities = Ticked(_l("Activities that are counted"))


def weekday_choices() -> list[tuple[str, str]]:
    """No fixed day, then Monday to Sunday."""
    return [("", _("No fixed day"))] + [
        (str(day), str(words)) for day, words in enumerate(WEEKDAYS)
    ]


def read_target(form: Any) -> TargetDraft | None:
    """The target of a form with count, comparator, per and weekday; None without a count."""
    if form.target_count.data is None:
        return None
    weekday = form.weekday.data
    return TargetDraft(
        count=form.target_count.data,
        comparator=Comparator(form.comparator.data or Comparator.AT_LEAST.value),
        per=TargetPeriod(form.per.data or TargetPeriod.PERIOD.value),
        weekday=int(weekday) if weekday else None,
    )


def point_values(draft: PointDraft | None) -> dict[str, Any]:
    """What the form is filled with for a point that says ``draft``; the usual for a new one."""
    if draft is None:
        return {
            "responsible": Party.BOTH.value,
            "measure": PointMeasure.COUNT.value,
            "aim": PointAim.ACTIVITY.value,
        }
    values = {name: getattr(draft, name) for name in PointDraft.__slots__}
    target = draft.target
    return values | {
        "responsible": draft.responsible.value,
        "measure": draft.measure.value,
        "aim": draft.aim.value,
        "wanted": draft.wanted.value if draft.wanted else "",
        "read_words": draft.words or "",
        "comparator": target.comparator.value if target else "",
        "target_count": target.count if target else None,
        "per": target.per.value if target else "",
        "weekday": str(target.weekday) if target and target.weekday is not None else "",
        "methods": ", ".join(draft.methods),
        "owner": str(draft.owner_id or ""),
        "activities": _texts(draft.activity_ids),
        "places": _texts(draft.place_ids),
        "claims": _texts(draft.claim_ids),
    }


def _texts(ids: frozenset[int]) -> Sequence[str]:
    return [str(id_) for id_ in sorted(ids)]
