"""What is wrong with something that we were given, in one form for every kind of input."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is, what stands there, and what may stand there."""

    where: str
    """File and line, or file and key: `timetable.csv, line 3, column start`."""
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.where}: found {self.found!r}; allowed: {self.allowed}"


class Refused(Exception):
    """Input that is not applied, not even in part. Its text is one line for each problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
