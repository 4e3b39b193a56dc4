"""What staff read of what residents write: the masked form, and nothing before there is one."""

from dataclasses import dataclass

from surveys.models.response import Answer, MarkedPlace, PersonalData


@dataclass(frozen=True, slots=True)
class MaskedWords:
    """Somebody's words without personal data; ``text`` is None until they have been masked."""

    text: str | None
    kinds: tuple[PersonalData, ...] = ()


def masked_answer(answer: Answer) -> MaskedWords | None:
    """What may be read of ``answer``; None where nothing was written or it was destroyed."""
    if not answer.has_text:
        return None
    kinds = tuple(kind for kind in PersonalData if kind in answer.masked_kinds)
    return MaskedWords(answer.masked_text if answer.mask_version else None, kinds)


def masked_mark(mark: MarkedPlace) -> MaskedWords | None:
    """The same for the words of a marked place."""
    if not mark.has_words:
        return None
    return MaskedWords(mark.masked_words if mark.mask_version else None)
