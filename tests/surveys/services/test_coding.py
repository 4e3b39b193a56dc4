"""One coder's reading of one answer: stored once, kept from being overwritten, undone, settled."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.coding import CodingDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.account import User
from surveys.models.coding import Coding, CodingPurpose, CodingSample, CodingSampleMember
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.models.theme import Polarity, Theme
from surveys.queries.texts.coding import (
    Queue,
    Show,
    codes_of,
    count_progress,
    find_next,
    get_coding_page,
)
from surveys.services.texts.codebook import retire_theme
from surveys.services.texts.coding import save_coding, settle_coding, undo_coding
from surveys.services.texts.coding_files import import_codings
from tests.factories.coding import make_codebook, make_coding
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account

NOW = datetime(2023, 8, 1, 10, 0, tzinfo=UTC)


class Desk:
    """A dialogue with a codebook and two who code."""

    def __init__(self, session: Session, municipality: Municipality) -> None:
        self.session, self.municipality = session, municipality
        self.themes = make_codebook(session, municipality)
        self.dialogue: Dialogue = make_dialogue(session, municipality)
        self.anna = make_account(session, municipality)
        self.bo = make_account(session, municipality, email="bo@soderhamn.example")

    def answer(self, text: str = "Mopeder kör fort") -> Response:
        return make_response(self.session, self.dialogue, {2: ("ja", text)})

    def page(self, account: User, response: Response, *, asks: bool = False):  # type: ignore[no-untyped-def]
        return get_coding_page(
            self.session, self.municipality, self.dialogue, account, response.id, asks=asks
        )

    def draft(self, account: User, response: Response, *codes: str, saw: bool = True):  # type: ignore[no-untyped-def]
        pairs = frozenset((self.theme(code).id, self.axis(code)) for code in codes)
        return CodingDraft(response.id, pairs, self.page(account, response).base, saw)

    def theme(self, code: str) -> Theme:
        return self.themes[code.removesuffix("+")]

    def axis(self, code: str) -> Polarity:
        return Polarity.WISH if code.endswith("+") else Polarity.PROBLEM

    def save(self, account: User, draft: CodingDraft) -> Coding:
        return save_coding(self.session, self.municipality, self.dialogue, account, draft, now=NOW)

    def code(self, account: User, response: Response, *codes: str, saw: bool = True) -> Coding:
        return self.save(account, self.draft(account, response, *codes, saw=saw))

    def current(self, response: Response) -> set[str]:
        names = {theme.id: code for code, theme in self.themes.items()}
        coding = self.session.scalars(
            select(Coding).where(Coding.response_id == response.id, Coding.is_current.is_(True))
        ).one_or_none()
        return {
            names[theme_id] + ("+" if axis is Polarity.WISH else "")
            for theme_id, axis in codes_of(coding)
        }

    def draw(self, *responses: Response) -> None:
        self.session.add(
            CodingSample(
                municipality_id=self.municipality.id,
                dialogue_id=self.dialogue.id,
                drawn_at=NOW,
                drawn_by="Samordnare",
                seed=1,
                size=len(responses),
                members=[CodingSampleMember(response_id=r.id) for r in responses],
            )
        )
        self.session.flush()


@pytest.fixture
def desk(session: Session, municipality: Municipality) -> Desk:
    return Desk(session, municipality)


def test_an_answer_carries_several_themes_on_two_axes(desk: Desk) -> None:
    response = desk.answer()
    desk.code(desk.anna, response, "traffic", "traffic+", "police_presence+")
    assert desk.current(response) == {"traffic", "traffic+", "police_presence+"}


def test_the_same_coding_sent_twice_is_stored_once(desk: Desk) -> None:
    response = desk.answer()
    draft = desk.draft(desk.anna, response, "traffic")
    assert desk.save(desk.anna, draft).id == desk.save(desk.anna, draft).id
    assert (
        len(desk.session.scalars(select(Coding).where(Coding.response_id == response.id)).all())
        == 1
    )


def test_two_who_code_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    response = desk.answer()
    mine, theirs = (desk.draft(who, response, "traffic") for who in (desk.anna, desk.bo))
    desk.save(desk.anna, mine)
    with pytest.raises(Conflict):
        desk.save(desk.bo, theirs)
    assert desk.current(response) == {"traffic"}


def test_a_later_reader_s_correction_counts_and_the_first_reading_is_kept(desk: Desk) -> None:
    response = desk.answer()
    make_coding(desk.session, response, desk.themes["other"])
    desk.code(desk.bo, response, "traffic")
    assert desk.current(response) == {"traffic"}
    assert undo_coding(desk.session, desk.municipality, desk.dialogue, desk.bo, response.id)
    assert desk.current(response) == {"other"}
    assert not undo_coding(desk.session, desk.municipality, desk.dialogue, desk.bo, response.id)


def test_no_theme_stands_alone_and_something_must_be_said(desk: Desk) -> None:
    response = desk.answer()
    for codes, rule in ((("none", "traffic"), "theme_alone"), ((), "coding_empty")):
        with pytest.raises(InvalidInput, match=rule):
            desk.code(desk.anna, response, *codes)
    desk.code(desk.anna, response, "none+")
    assert desk.current(response) == {"none"}


def test_a_theme_out_of_use_or_of_another_municipality_is_refused(desk: Desk) -> None:
    response = desk.answer()
    draft = desk.draft(desk.anna, response, "drugs")
    drugs = desk.themes["drugs"].id
    retire_theme(desk.session, desk.municipality, drugs, by="Samordnare", now=NOW)
    with pytest.raises(InvalidInput, match="theme_retired"):
        desk.save(desk.anna, draft)
    foreign = desk.session.scalars(
        select(Theme).where(Theme.municipality_id != desk.municipality.id).limit(1)
    ).one()
    bad = CodingDraft(response.id, frozenset({(foreign.id, Polarity.PROBLEM)}), "", False)
    with pytest.raises(InvalidInput, match="theme_retired"):
        desk.save(desk.anna, bad)


def test_answers_that_do_not_count_or_say_nothing_are_not_coded(desk: Desk) -> None:
    left_out = make_response(desk.session, desk.dialogue, {2: ("ja", "Mörkt")}, is_counted=False)
    silent = make_response(desk.session, desk.dialogue, {1: ("4", None)})
    for response in (left_out, silent):
        with pytest.raises(NotFound):
            desk.page(desk.anna, response)
    progress = count_progress(desk.session, desk.municipality, desk.dialogue, desk.anna)
    assert (progress.coded, progress.n) == (0, 0)


def test_in_a_sample_each_codes_without_seeing_the_other(desk: Desk) -> None:
    response = desk.answer()
    desk.draw(response)
    desk.code(desk.anna, response, "traffic", saw=False)
    blind = desk.page(desk.bo, response)
    assert (blind.codes, blind.coded_by, blind.suggestions) == (frozenset(), None, ())
    desk.code(desk.bo, response, "other", saw=False)
    assert desk.current(response) == {"traffic"}, "the first reading counts until it is settled"
    both = desk.session.scalars(select(Coding).where(Coding.response_id == response.id)).all()
    assert len(both) == 2


def test_what_is_settled_counts_and_stays(desk: Desk) -> None:
    response = desk.answer()
    desk.draw(response)
    desk.code(desk.anna, response, "traffic", saw=False)
    desk.code(desk.bo, response, "other", saw=False)
    agreed = CodingDraft(
        response.id, frozenset({(desk.themes["alcohol"].id, Polarity.PROBLEM)}), "", True
    )
    settled = settle_coding(
        desk.session, desk.municipality, desk.dialogue, desk.anna, agreed, now=NOW
    )
    assert settled.purpose is CodingPurpose.SETTLED
    assert desk.current(response) == {"alcohol"}
    undo_coding(desk.session, desk.municipality, desk.dialogue, desk.anna, response.id)
    assert desk.current(response) == {"alcohol"}


def test_the_queue_goes_through_each_answer_once(desk: Desk) -> None:
    answers = {desk.answer(f"Text {n}").id for n in range(6)}
    seen, at = [], None
    for _ in range(6):
        at = find_next(
            desk.session, desk.municipality, desk.dialogue, desk.anna, Queue(Show.ALL), at
        )
        seen.append(at)
    assert set(seen) == answers
    first = desk.session.get(Response, seen[0])
    assert first is not None
    desk.code(desk.anna, first, "other")
    left = find_next(desk.session, desk.municipality, desk.dialogue, desk.anna, Queue(), seen[0])
    assert left == seen[1]
    coded = find_next(desk.session, desk.municipality, desk.dialogue, desk.bo, Queue(Show.CODED))
    assert coded == seen[0]


def test_the_queue_is_searched_without_regard_to_case(desk: Desk) -> None:
    desk.answer("Inget särskilt")
    wanted = desk.answer("ÄLGAR på vägen")
    queue = Queue(Show.ALL, search="älgar")
    found = find_next(desk.session, desk.municipality, desk.dialogue, desk.anna, queue)
    assert found == wanted.id


def test_the_second_coder_s_queue_holds_what_they_have_not_coded(desk: Desk) -> None:
    first, second = desk.answer(), desk.answer()
    desk.draw(first, second)
    desk.code(desk.anna, first, "traffic", saw=False)
    queue = Queue(Show.SAMPLE)
    for account, wanted in ((desk.anna, second), (desk.bo, first)):
        after = None
        ids = set()
        for _ in range(3):
            after = (
                find_next(desk.session, desk.municipality, desk.dialogue, account, queue, after)
                or after
            )
            ids.add(after)
        assert wanted.id in ids
        assert (first.id in ids) is (account is desk.bo)


def test_a_file_s_theme_for_nothing_stands_on_one_axis_as_a_coder_s_does(
    session: Session, municipality: Municipality
) -> None:
    """Else "Inget tema" would be counted among what people wish for."""
    desk = Desk(session, municipality)
    response = desk.answer("Inga")
    response.external_id = "S001"
    session.flush()
    nothing = next(code for code, theme in desk.themes.items() if theme.is_exclusive)
    codes = frozenset({(desk.themes[nothing].id, Polarity.WISH)})
    stored = import_codings(
        session, municipality, desk.dialogue, {"S001": codes}, title="Kodare", now=NOW
    )
    assert stored == 1
    assert desk.current(response) == {nothing}
