"""What can go wrong in the domain. The edges turn these into pages, exit codes and messages."""


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


class StorageUnavailable(DomainError):
    """The machine cannot store right now; nothing was kept and the caller may try again."""
