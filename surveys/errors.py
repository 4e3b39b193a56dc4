"""What can go wrong in the domain. The edges turn these into pages, exit codes and messages."""

from dataclasses import dataclass


class DomainError(Exception):
    """Base of every error that the domain raises on purpose."""


class NotFound(DomainError):
    """The tenant has no such row: unknown, another tenant's, or not published."""


class PermissionDenied(DomainError):
    """The account may not do this in this municipality."""


class DialogueClosed(DomainError):
    """The dialogue does not take answers now: before it opens or after it closes."""


class KeyReused(DomainError):
    """The idempotency key has already been used for an answer with other content."""


class Conflict(DomainError):
    """Somebody else changed the row, or another row holds the same name."""


class InvalidInput(DomainError):
    """A rule of the domain refuses the input.

    ``code`` names the rule and ``field`` the input it belongs to, so that the edge can word it.
    """

    def __init__(self, code: str, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True)
class PlaceOutside:
    """A pin further out than is accepted: which place of the form, how far, and what is near."""

    number: int
    distance_m: float
    suggestion: str | None


class PlacesOutside(InvalidInput):
    """Pins lie too far outside the municipality and their sender has not said what to do."""

    def __init__(self, places: tuple[PlaceOutside, ...]) -> None:
        super().__init__("places_outside", "places")
        self.places = places


class AboutPerson(InvalidInput):
    """A text that everybody is to read points at one person.

    ``words`` are the pieces that do. ``is_certain`` where they can be nothing else: no confirmation
    helps then.
    """

    def __init__(self, field: str, words: tuple[str, ...], *, is_certain: bool) -> None:
        super().__init__("person_certain" if is_certain else "about_person", field)
        self.words, self.is_certain = words, is_certain


class ColorRefused(InvalidInput):
    """Pages in that colour could not be read.

    ``ratio`` is the contrast that falls short most, ``least`` what is asked of it, and
    ``suggestion`` the nearest colour that passes, "#rrggbb".
    """

    def __init__(self, ratio: float, least: float, suggestion: str) -> None:
        super().__init__("color_refused", "color")
        self.ratio, self.least, self.suggestion = ratio, least, suggestion


class StorageUnavailable(DomainError):
    """The machine cannot store right now; nothing was kept and the caller may try again."""


class MailFailed(DomainError):
    """A mail could not be handed over. ``fault`` is a ``MailFault``'s value.

    ``is_final``: no later try can go better. ``ends_round``: neither would the next mail now.
    """

    def __init__(self, fault: str, *, is_final: bool = False, ends_round: bool = False) -> None:
        super().__init__(fault)
        self.fault, self.is_final, self.ends_round = fault, is_final, ends_round
