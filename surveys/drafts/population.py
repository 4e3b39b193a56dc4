"""What an import of population counts brings, read from a file and not yet stored."""

from dataclasses import dataclass, field

from surveys.models.response import Gender

WHOLE = ""  # the area of rows about the whole municipality


@dataclass(frozen=True, slots=True, order=True)
class AgeSpan:
    """Ages from ``first`` to ``last``, both included; ``last`` is None for "and older"."""

    first: int
    last: int | None

    def __str__(self) -> str:
        if self.last is None:
            return f"{self.first}+"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class PopulationDraft:
    """Inhabitants of one gender in one span of ages, in one area or, "", in all of it."""

    area: str
    gender: Gender
    ages: AgeSpan
    n: int


@dataclass(frozen=True, slots=True)
class PopulationProblem:
    """Why a table is refused. ``line`` is 0 where it belongs to no line."""

    line: int
    code: str
    values: dict[str, str | int] = field(default_factory=dict)


class PopulationRefused(ValueError):
    """The table cannot be used, and nothing of it is stored. ``problems`` in the file's order."""

    def __init__(self, problems: tuple[PopulationProblem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems
