"""What is said of one file of an export beside its lessons, and which lessons that costs."""

from collections.abc import Hashable
from itertools import product

from schedules.importers.shared.leftovers import Leftovers
from schedules.language import gettext, ngettext
from schedules.problem import InvalidValue, ProblemCollector


class DoubtfulLessons:
    """Lessons of which a line cannot be read, so that nobody knows what holds for them."""

    def __init__(self) -> None:
        self._doubts: set[tuple[Hashable, Hashable, Hashable]] = set()

    def add(self, number: str | None, day: Hashable | None = None, hour: str | None = None) -> None:
        """Add the lessons of a line; what cannot be read of it, None, may be anything."""
        self._doubts.add((number, day, hour))

    def covers(self, number: str, day: Hashable, hour: str) -> bool:
        """Return whether a lesson may be one of them."""
        choices = product((number, None), (day, None), (hour, None))
        return any(choice in self._doubts for choice in choices)


class FileReading:
    """Collects what is wrong with a file, and its lines that are no lesson or cannot be read.

    Args:
        name: what to call the file.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems = ProblemCollector(name)
        self.leftovers = Leftovers(
            name, unit=_count_lines, allowed=gettext("a lesson with a number")
        )
        self.doubts = DoubtfulLessons()
        self.readable = 0
        """Lines."""

    def add_unreadable(self, line: int, mistake: InvalidValue) -> None:
        """List a line that cannot be read."""
        self.leftovers.add_unreadable(gettext("line {number}", number=line), mistake)


def _count_lines(count: int) -> str:
    return ngettext("{count} line", "{count} lines", count)
