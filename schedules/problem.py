"""What is wrong with an input, in one form for every kind of input."""

from collections.abc import Iterable
from dataclasses import dataclass

from schedules.language import gettext, ngettext

MAX_PROBLEMS = 100
MAX_QUOTE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: where it is, what is there, and what is allowed there."""

    where: str
    """File and line, or file and key: `timetable.csv, line 3, column start`."""
    found: str
    allowed: str
    rows: int = 1
    """How many rows of the input it is about."""

    def __str__(self) -> str:
        return gettext(
            "{where}: found {found!r}; allowed: {allowed}",
            where=self.where,
            found=self.found,
            allowed=self.allowed,
        )


class Refused(Exception):
    """Input that is not applied, not even in part. Its text is one line for each problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class InvalidValue(ValueError):
    """A value that cannot be parsed. It does not know where the value stood."""

    def __init__(self, found: str, allowed: str) -> None:
        self.found = found
        self.allowed = allowed
        super().__init__(
            gettext("found {found!r}; allowed: {allowed}", found=found, allowed=allowed)
        )


class ProblemCollector:
    """Collects what is wrong with one input: the first problems are kept, the rest are counted.

    Args:
        name: what to call the input in its problems.
        max_problems: how many problems are kept.
    """

    def __init__(self, name: str, max_problems: int = MAX_PROBLEMS) -> None:
        self.name = name
        self._max_problems = max_problems
        self._kept: list[Problem] = []
        self._dropped = 0

    def add(self, where: str, found: str, allowed: str) -> None:
        """Add a problem at a place in the input."""
        if len(self._kept) == self._max_problems:
            self._dropped += 1
        else:
            self._kept.append(Problem(f"{self.name}, {where}", found[:MAX_QUOTE_LENGTH], allowed))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems that know already where they are."""
        for problem in problems:
            if len(self._kept) == self._max_problems:
                self._dropped += 1
            else:
                self._kept.append(problem)

    def add_value(self, where: str, value: InvalidValue) -> None:
        """Add a value that could not be parsed, now that its place is known."""
        self.add(where, value.found, value.allowed)

    @property
    def problems(self) -> list[Problem]:
        """The problems in the input's order, ending with a count of those that were not kept."""
        if not self._dropped:
            return list(self._kept)
        more = ngettext("{count} more mistake", "{count} more mistakes", self._dropped)
        rest = Problem(self.name, more, gettext("none"), self._dropped)
        return [*self._kept, rest]
