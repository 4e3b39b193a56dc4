"""The three questions that a dialogue begins with, with the municipality's name in its forms."""

from surveys.models.dialogue import Question, QuestionKind
from surveys.models.municipality import Municipality

# A wording that changes gets a new version: its answers are not put in one series with the old.
_STANDARD = (
    ("trygg_kommun", 2, QuestionKind.SCALE, "Känner du dig trygg i {genitive} kommun?"),
    (
        "otrygga_platser",
        1,
        QuestionKind.PLACES,
        "Är det några särskilda platser som får dig att känna dig otrygg i {genitive} kommun?",
    ),
    (
        "forslag",
        1,
        QuestionKind.TEXT,
        "Har du förslag på vad polis och kommun skulle kunna göra för att {name} skulle bli"
        " en ännu mera trygg kommun att leva och bo i?",
    ),
)


def standard_questions(municipality: Municipality) -> list[Question]:
    """Fresh questions, in order, for a dialogue of ``municipality``."""
    return [
        Question(
            position=position,
            code=code,
            version=version,
            kind=kind,
            wording={"sv": text.format(name=municipality.name, genitive=municipality.genitive)},
        )
        for position, (code, version, kind, text) in enumerate(_STANDARD, start=1)
    ]
