"""What somebody asks to be mailed about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SubscriptionDraft:
    """An address, what it wants news of (a promise's address part, None for everything), and in
    which language (its code)."""

    email: str
    slug: str | None
    language: str


@dataclass(frozen=True, slots=True)
class WrittenMail:
    """A mail's words, as the edge writes them for one reader."""

    subject: str
    body: str
    unsubscribe_url: str | None = None
