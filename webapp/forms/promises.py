"""Forms for promises: the promise, its points, and who signs it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.promises import (
    PartyDraft,
    PointDraft,
    PromiseDraft,
    SignatoryDraft,
    TargetDraft,
)
from surveys.limits import MAX_DNR, MAX_PARAGRAPHS, MAX_SHORT, MAX_TITLE
from surveys.models.municipality import LocalPoliceArea, Municipality
from surveys.models.party import Party
from surveys.models.plan import Comparator, TargetPeriod
from surveys.models.promise import PointMeasure, PromisePoint
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
    tick,
)
from webapp.labels import WEEKDAYS, label

POLICE = "police"


class PromiseForm(FlaskForm):
    """What a promise says and for how long it holds."""

    title = line(
        _l("What the promise is about, in plain words"),
        MAX_TITLE,
        needed=_l("Write what it is about."),
        hint=_l("This is the heading of the page, such as “Färre unga i kriminalitet”."),
    )
    label = line(
        _l("What it is called"),
        MAX_SHORT,
        needed=_l("Write what kind of promise it is, such as “Medborgarlöfte 2022–2023”."),
        hint=_l("For example “Medborgarlöfte 2022–2023”."),
    )
    starts_on = DayField(_l("First day"))
    ends_on = DayField(_l("Last day"))
    months_from_signing = NumberField(
        _l("Or number of months from the signing"),
        description=_l("Leave the days empty. The period begins when the last one has signed."),
    )
    said = paragraphs(_l("You said: what people told us"), MAX_PARAGRAPHS)
    said_ground = paragraphs(
        _l("How we asked, and how many answered"),
        MAX_PARAGRAPHS,
        hint=_l("Stands in smaller type under what people said."),
    )
    pledge = paragraphs(_l("We promise: the promise in one or a few paragraphs"), MAX_PARAGRAPHS)
    is_verbatim = tick(
        _l("The promise and its points stand word for word as in the signed document")
    )
    vision = paragraphs(
        _l("The vision in the long run"),
        MAX_PARAGRAPHS,
        hint=_l("A vision is not a promise and is never counted."),
    )
    follow_up_text = paragraphs(_l("How the promise is followed up"), MAX_PARAGRAPHS)

    def draft(self) -> PromiseDraft:
        """What the form says."""
        return PromiseDraft(
            title=self.title.data,
            label=self.label.data,
            said=self.said.data,
            said_ground=self.said_ground.data,
            pledge=self.pledge.data,
            is_verbatim=self.is_verbatim.data,
            vision=self.vision.data or None,
            follow_up_text=self.follow_up_text.data or None,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            months_from_signing=self.months_from_signing.data,
        )


class NewPromiseForm(PromiseForm):
    """The same, with who gives the promise."""

    police_area = RadioChoice(_l("The police in"))
    parties = Ticked(
        _l("Other municipalities that give the same promise"),
        description=_l("Each of them signs and has a diary number of its own."),
    )
    dnr = line(_l("Your diary number"), MAX_DNR)
    dated_on = DayField(_l("Date of your document"))

    def __init__(
        self, municipality: Municipality, areas: Sequence[LocalPoliceArea], **options: Any
    ) -> None:
        super().__init__(**options)
        self.municipality_id = municipality.id
        self.police_area.choices = [(str(area.id), area.name) for area in areas]
        if len(areas) == 1 and not self.police_area.data:
            self.police_area.data = str(areas[0].id)
        neighbours = {m.id: m.name for area in areas for m in area.municipalities}
        neighbours.pop(municipality.id, None)
        self.parties.choices = [(str(id_), name) for id_, name in neighbours.items()]
        if not neighbours:
            del self.parties
        if len(areas) == 1:
            del self.police_area
        self._only_area = areas[0].id if len(areas) == 1 else None

    @property
    def police_area_id(self) -> int | None:
        """The chosen police area, or the only one there is."""
        if self._only_area is not None:
            return self._only_area
        return int(self.police_area.data) if self.police_area.data else None

    def party_drafts(self) -> tuple[PartyDraft, ...]:
        """This municipality with its number, and the other parties."""
        own = PartyDraft(self.municipality_id, self.dnr.data or None, self.dated_on.data)
        others = self.parties.ids if "parties" in self else frozenset()
        return (own, *(PartyDraft(id_) for id_ in sorted(others)))


class RegistrationForm(FlaskForm):
    """One municipality's own diary number and document date."""

    dnr = line(_l("Your diary number"), MAX_DNR)
    dated_on = DayField(_l("Date of your document"))

    def draft(self, municipality: Municipality) -> PartyDraft:
        """What the form says."""
        return PartyDraft(municipality.id, self.dnr.data or None, self.dated_on.data)


class ClaimsForm(FlaskForm):
    """Which sentences of the problem pictures the promise builds on."""

    claims = Ticked(_l("We saw: what the promise builds on"))


class PointForm(FlaskForm):
    """One point of a promise."""

    title = line(_l("The point in a few words"), MAX_TITLE, needed=_l("Write what it is about."))
    text = paragraphs(
        _l("What is promised"),
        MAX_PARAGRAPHS,
        needed=_l("Write something here."),
        hint=_l("Word for word as in the document, if that is how the promise is shown."),
    )
    area = line(_l("Heading above the point"), MAX_SHORT, hint=_l("For example “Trafik”."))
    responsible = RadioChoice(
        _l("Who carries it"), validators=[Filled(_l("Choose who carries the point."))]
    )
    third_parties = line(_l("Others who take part"), MAX_TITLE)
    measure = RadioChoice(
        _l("How it is followed up"),
        validators=[Filled(_l("Choose how the point is followed up."))],
    )
    comparator = SelectChoice(_l("How the number is meant"))
    target_count = NumberField(_l("How many times"), description=_l("Where the point is counted."))
    per = SelectChoice(_l("How often"))
    weekday = SelectChoice(
        _l("Day of the week"),
        description=_l("For weekly meetings. A meeting on a public holiday is then not missed."),
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
    activities = Ticked(
        _l("Activities that are counted"),
        description=_l("If you choose none, the point gets an activity of its own to log."),
    )

    def __init__(self, activities: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(**options)
        self.responsible.choices = choices_of(Party, label)
        self.measure.choices = choices_of(PointMeasure, label)
        self.comparator.choices = choices_of(Comparator, label)
        self.per.choices = choices_of(
            [TargetPeriod.PERIOD, *(p for p in TargetPeriod if p is not TargetPeriod.PERIOD)], label
        )
        self.weekday.choices = weekday_choices()
        self.activities.choices = [(str(id_), name) for id_, name in activities]
        if not activities:
            del self.activities

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
            unit=self.unit.data or None,
            due_on=self.due_on.data,
            condition=self.condition.data or None,
            activity_ids=self.activities.ids if "activities" in self else frozenset(),
        )


class ActivitiesForm(FlaskForm):
    """Which activities a point counts, also once the promise is published."""

    activities = Ticked(_l("Activities that are counted"))


class SignatoryForm(FlaskForm):
    """A role that is to sign."""

    party = RadioChoice(_l("Signs for"), validators=[Filled(_l("Choose who the role signs for."))])
    title = line(
        _l("Role"),
        160,
        needed=_l("Write the role."),
        hint=_l("The role and not the person, such as “Kommunstyrelsens ordförande”."),
    )
    is_acting = tick(_l("Acting (tf.)"))

    def __init__(self, parties: Sequence[Municipality], police_area: str, **options: Any) -> None:
        super().__init__(**options)
        police = (POLICE, _("The police in local police area %(area)s", area=police_area))
        self.party.choices = [police, *((str(m.id), m.official_name) for m in parties)]

    def draft(self) -> SignatoryDraft:
        """What the form says."""
        party = self.party.data
        municipality_id = None if party == POLICE else int(party)
        return SignatoryDraft(self.title.data, municipality_id, self.is_acting.data)


class SignatureForm(FlaskForm):
    """Where and when a role signed."""

    place = line(_l("Place"), MAX_SHORT, needed=_l("Write where the signing took place."))
    signed_on = DayField(_l("Day"), validators=[Filled(_l("Write the day of the signing."))])


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


def point_values(point: PromisePoint | None) -> dict[str, Any]:
    """What the form for ``point`` is filled with; the usual choices for a new one."""
    if point is None:
        return {"responsible": Party.BOTH.value, "measure": PointMeasure.COUNT.value}
    weekdays = [str(a.weekday) for a in point.activities if a.weekday is not None]
    return {
        "title": point.title,
        "text": point.text,
        "area": point.area,
        "responsible": point.responsible.value,
        "third_parties": point.third_parties,
        "measure": point.measure.value,
        "comparator": point.comparator.value if point.comparator else "",
        "target_count": point.target_count,
        "per": point.per.value if point.per else "",
        "weekday": weekdays[0] if weekdays else "",
        "unit": point.unit,
        "condition": point.condition,
        "due_on": point.due_on,
        "activities": [str(activity.id) for activity in point.activities],
    }
