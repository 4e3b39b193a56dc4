"""Refused input in words: what is wrong and how to go on, by the code of the domain's rule."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm

from surveys.errors import AboutPerson, InvalidInput

RULES: dict[str, LazyString] = {
    "about_person": _l(
        "This looks as if it were about one person. What everybody reads is about places and work:"
        " take it away, or tick the box below if it is no person."
    ),
    "import_not_ready": _l("Something has to be decided first. It is marked below."),
    "person_certain": _l("This is personal data. Take it away before you save."),
    "heir_unfit": _l("Choose somebody else who is still there."),
    "owner_twice": _l("There is one with that title already. Choose it in the list instead."),
    "row_with_itself": _l("The two rows are one activity already."),
    "too_many_imports": _l(
        "50 plans that were read wait to be looked through. Throw some away first."
    ),
    "too_many_owners": _l("There are 300 already, and no room for more."),
    "home_is_sensitive": _l("Somebody's home is never pointed to."),
    "sensitive_reason": _l("Write why. Only staff see it."),
    "activity_has_occasions": _l(
        "The activity has logged occasions and stays in the plan. Change it instead."
    ),
    "activity_is_counted": _l("A promise counts this activity. Take it out of the promise first."),
    "activity_without_area": _l("Choose at least one area for the activity."),
    "area_has_activities": _l("Activities stand under the area. Move them to another one first."),
    "area_twice": _l("The plan already has an area with that name. Choose another name."),
    "body_circle": _l("The body belongs to that one already. Choose another, or nothing."),
    "body_twice": _l("There is a body with that name. Choose another name."),
    "both_sides": _l("The same evidence cannot speak both for and against."),
    "coding_empty": _l("Choose at least one theme. “No theme” is for what says nothing."),
    "carried_from_itself": _l("A promise cannot go on from itself. Choose another, or none."),
    "carried_from_later": _l("That promise begins later than this one. Choose an earlier one."),
    "change_not_empty": _l(
        "The words differ from what readers have. Put them back, or let the parties approve the"
        " change and publish it."
    ),
    "change_note_missing": _l("Write what has changed. Readers see it in the promise's history."),
    "claim_in_promise": _l("A promise rests on this. Take it out of the promise first."),
    "cleared_already": _l("It is cleared already."),
    "closes_in_past": _l("The last day has been. Choose today or a later day."),
    "day_outside_period": _l(
        "The day lies outside the period of the plan or the promise. Check the year."
    ),
    "day_to_come": _l("The day has not been yet. Choose today or an earlier day."),
    "day_unlikely": _l("Check the year of the date."),
    "days_out_of_range": _l("Write a number of working days between 0.5 and 31."),
    "dialogue_closed": _l("The dialogue is closed and its settings stand."),
    "decided_by_missing": _l("Write which body decided it."),
    "decided_on_missing": _l("Write the day of the decision."),
    "dropped_why": _l("Write why it is dropped. Readers see the reason."),
    "due_before_start": _l("The day lies before the promise begins. Choose a later day."),
    "due_day_out_of_range": _l("Choose a day of the month from 1 to 28."),
    "end_before_start": _l("The period ends before it begins. Change one of the days."),
    "end_missing": _l("Write the last day too, or leave both days empty."),
    "fixed_since_opening": _l("The dialogue has opened, and this stands as it was then."),
    "follow_up_without_words": _l("Write what the follow-up is, or take its day away."),
    "four_eyes": _l("Somebody else has to read it too: nobody approves alone what they wrote."),
    "full_with_shortcomings": _l(
        "Pages with shortcomings do not comply fully. Choose another answer, or take the"
        " shortcomings away."
    ),
    "gate_reason_missing": _l(
        "Something is missing in the promise. Put it right, or write why it is published all the"
        " same."
    ),
    "gone": _l("The same can no longer be told, so there is nothing to save."),
    "in_future": _l("The day has not been yet. Choose today or an earlier day."),
    "label_missing": _l("Write what kind of promise it is, such as “Medborgarlöfte 2022–2023”."),
    "link_channel": _l("Choose where the address is to be spread."),
    "link_twice": _l("There is an address for that already. It is in the list."),
    "language_pages_first": _l("Approve the pages first: the legal texts stand on them."),
    "language_unfinished": _l("Texts are missing. A language is approved when it is whole."),
    "months_beyond_law": _l("Write a number of months between 1 and 24."),
    "months_out_of_range": _l("Write a number of months between 1 and 120."),
    "name_missing": _l("Write a name."),
    "no_clearance": _l("It needs no clearance."),
    "no_municipal_signatory": _l("Name who signs for the municipality."),
    "no_period": _l("Say for how long the promise holds."),
    "no_review": _l("Ask for review first, so that both parties know that the text is ready."),
    "no_points": _l("Write at least one point."),
    "no_police_signatory": _l("Name who signs for the police."),
    "not_approved": _l("Each party has to approve the text as it stands. See who has not."),
    "not_chosen_why": _l("Write why it is not chosen. Readers see the reason."),
    "not_missed": _l("That month is not late. Load the page again."),
    "not_a_color": _l("Write the colour as # and six digits or letters a–f, such as #17535A."),
    "not_an_address": _l("Write an e-mail address with @ and a dot."),
    "not_a_pdf": _l("The file is not a PDF. Choose the signed document as PDF."),
    "not_a_party": _l("Only those who give the promise sign it. Choose one of them."),
    "days_outside": _l("That is too few or too many days. Choose a number within the limits."),
    "escalates_first": _l("The coordinator cannot be told before the owner is. Write more days."),
    "silent_before_quiet": _l("Silent comes after quiet. Write more days."),
    "not_over": _l("The period of the promise is not over. It is judged afterwards."),
    "hours_out_of_range": _l("Write a number of hours between 0.5 and 100."),
    "occasion_reason_missing": _l("Write why it did not take place. Readers see the reason."),
    "people_out_of_range": _l("Write how many took part, at least 1."),
    "occasion_twice": _l(
        "An occasion is already logged on that day. Tick the box below if this is another one."
    ),
    "limit_out_of_range": _l("That is too few or too many. Choose a number within the limits."),
    "crossed_below_plain": _l("A crossed table may not tell fewer than a figure of its own."),
    "not_in_text": _l("The words do not stand in the answer. Write them as they stand there."),
    "not_its_words": _l(
        "A quote is a part of the masked text, word for word. Take words away only."
    ),
    "opens_in_past": _l("The first day has to lie ahead. Choose a later day."),
    "out_of_range": _l("The number is too large. Check it."),
    "parties_stand": _l(
        "A party has approved the promise, or it has been published: who gives it stands."
    ),
    "not_registering": _l("Only the municipality that began the promise changes who gives it."),
    "party_signs": _l(
        "A municipality that you have taken away has somebody who signs. Take that role away first."
    ),
    "party_outside_area": _l(
        "Only municipalities of the same local police area can give the promise together."
    ),
    "past_gallring": _l("The last day for reading originals of this dialogue has passed."),
    "personal_data": _l("There is personal data left in the text. Hide it first, or quote less."),
    "police_decision": _l("Write which decision it is, with case number and day."),
    "pauses_all_year": _l("Leave at least one month of the year without a pause."),
    "period_too_long": _l("The period is longer than ten years. Check the years."),
    "period_twice": _l("Choose either days or a number of months from the signing, not both."),
    "pin_cell_finer": _l("People have been told that pins are kept more coarsely than that."),
    "pin_cell_unknown": _l("Choose one of those that are shown here."),
    "place_missing": _l("Write where the signing took place."),
    "plan_without_activity": _l("Write at least one activity before you publish the plan."),
    "plan_without_area": _l("Write at least one area before you publish the plan."),
    "police_area_missing": _l("Choose which police area gives the promise."),
    "population_empty": _l("Nobody lives in any of the groups of the table. Is it the right file?"),
    "place_sensitive": _l(
        "The words name a place that is not to be pointed out. Describe the area instead."
    ),
    "promise_not_published": _l("The promise is not published, so its words can be changed as is."),
    "promise_published": _l(
        "The promise is published and its words stand. Open it for change, or write a progress"
        " report."
    ),
    "rate_impossible": _l("The count cannot be larger than the number of inhabitants."),
    "rate_incomplete": _l("Write the name, the count and the inhabitants of the other place."),
    "reason_missing": _l("Write why. Readers see the reason on the promise's page."),
    "reason_words_missing": _l("Write in own words why you need to read it."),
    "required": _l("Write something here."),
    "signatory_signed": _l("The role has signed and stays. What is signed is kept."),
    "series_too_long": _l("The table takes at most 120 rows."),
    "signatory_twice": _l("That role already signs for the same party. Each role signs once."),
    "start_missing": _l("Write the first day too, or leave both days empty."),
    "status_is_counted": _l("This point is counted. It is done when the count reaches its target."),
    "status_without_point": _l("Choose which point has the new status."),
    "summary_before_end": _l("The summary is written after the period. Choose a later day."),
    "target_missing": _l("Write how many times, or choose that the point is not counted."),
    "target_too_large": _l("The number is larger than 1 000. Check it."),
    "target_too_small": _l("Write at least 1, or choose that the point is not counted."),
    "text_changed": _l("The text was changed after you opened it. Read it again, then approve it."),
    "text_missing": _l("Write something here."),
    "title_missing": _l("Write a title."),
    "sample_empty": _l("There is no answer left to draw. Every answer with text is drawn."),
    "small_group_gone": _l("The sentence has been rewritten. Load the page again."),
    "small_group_reason": _l("Write why nobody can be recognised, or change the sentence."),
    "split_nothing": _l("Choose at least one answer that has the theme."),
    "theme_about_group": _l(
        "A theme is about what happens or what is wished for, never about people's ethnicity,"
        " religion or nationality: that says nothing to act on, and is sensitive personal data."
        " Write what happens. What is done to a group, such as hate crime, may be a theme."
    ),
    "theme_alone": _l("“No theme” stands alone. Take it away, or take the others away."),
    "theme_circle": _l("The broader theme lies under this one already. Choose another, or none."),
    "theme_exclusive": _l(
        "“No theme” stays as it is: without it, an answer that says nothing could not be coded."
    ),
    "theme_itself": _l("Choose another theme than this one."),
    "theme_parent": _l("Choose a broader theme that is in use."),
    "theme_retired": _l("That theme is out of use. Load the page again and choose another."),
    "theme_twice": _l("There is a theme with that name. Choose another name."),
    "too_few": _l("Fewer than five people answered. A number that small is not saved as evidence."),
    "too_fine": _l(
        "Evidence is saved within the limits that hold for everybody. Choose one filter or one"
        " split, not both, and save again."
    ),
    "too_long": _l("The text is too long. Shorten it."),
    "too_many_activities": _l("The plan has 300 activities and takes no more."),
    "too_many_areas": _l("The plan has 20 areas and takes no more."),
    "too_many_methods": _l("Write at most 8 working methods."),
    "too_many_bodies": _l("There are 200 bodies, and no more are taken."),
    "too_many_meetings": _l("The body has 500 meetings, and no more are taken."),
    "too_many_points": _l("The promise has 60 points and takes no more."),
    "too_many_sources": _l("The picture has 60 sources and takes no more."),
    "too_many_themes": _l("The codebook has 200 themes and takes no more."),
    "too_many_signatories": _l("The promise has 20 signatories and takes no more."),
    "unknown_evidence": _l("That evidence is no longer here. Choose again."),
    "unknown_body": _l("That body is no longer here. Choose again."),
    "unknown_filter": _l("We do not find what the address asks for. Choose in the lists."),
    "when_missing": _l("Write when, in the plan's own words."),
    "word_length": _l("Write a word of 3 to 40 letters, digits or hyphens."),
    "word_taken": _l("That word is taken. Choose another one."),
    "wording_stands": _l(
        "The dialogue has opened and people have answered these words, so they stand. Put them back"
        " as they were."
    ),
}


def rule_text(code: str) -> str:
    """The words for a rule's code, or a general sentence for one that has none of its own."""
    text = RULES.get(code)
    return _("Check what you wrote and send it again.") if text is None else str(text)


def put_on_form(form: FlaskForm, error: InvalidInput) -> None:
    """Show a refused rule on the field it belongs to, or on the form as a whole.

    A text that may be about a person is warned of, and the form then asks whether it is.
    """
    text = rule_text(error.code)
    if isinstance(error, AboutPerson):
        these = _("It is this: %(words)s", words=", ".join(error.words))
        text = f"{text} {these}"
        form.asks_about_person = not error.is_certain
    field = form._fields.get(error.field or "")
    if field is None:
        form.form_errors.append(text)
    else:
        field.errors = [*field.errors, text]


def hide_unasked(form: FlaskForm) -> None:
    """Take away the box "it is no person" where nothing has been warned of."""
    if "is_no_person" not in form or form.is_no_person.data:
        return
    if not getattr(form, "asks_about_person", False):
        del form.is_no_person
