"""Answers to send in, as a form hands them over."""

from surveys.drafts.responses import AnswerDraft, PlaceDraft, ResponseDraft

SECRET = "a secret of this test"
KEY = "k3y-of-one-answer-0123456789"
STOCKHOLM = (59.3293, 18.0686)
IN_SODERHAMN = (61.3007, 17.0575)


def make_draft(key: str = KEY, **values: object) -> ResponseDraft:
    """Quite safe, with a suggestion and nothing else, unless told otherwise."""
    content: dict[str, object] = {
        "answers": (AnswerDraft(1, value="4"), AnswerDraft(3, text="Bättre belysning")),
    } | values
    return ResponseDraft(key=key, **content)  # type: ignore[arg-type]


def make_place(number: int = 0, **values: object) -> PlaceDraft:
    """The first place of a form."""
    return PlaceDraft(number=number, **values)  # type: ignore[arg-type]
