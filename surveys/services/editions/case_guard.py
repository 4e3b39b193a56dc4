"""What everybody is to read is about places and work, never about one person's case."""

from surveys.errors import AboutPerson
from surveys.text.person_cases import find_case_signs


def check_no_case(text: str | None, field: str, *, is_confirmed: bool) -> None:
    """Raise AboutPerson where ``text`` points at one person.

    ``is_confirmed``: whoever wrote it has read the warning and says that it is no person. It helps
    for what may be something else (a place named as people are), not for a personal number.
    """
    signs = find_case_signs(text or "")
    certain = tuple(sign.words for sign in signs if sign.is_certain)
    if certain:
        raise AboutPerson(field, certain, is_certain=True)
    if signs and not is_confirmed:
        raise AboutPerson(field, tuple(sign.words for sign in signs), is_certain=False)
