"""A file can be wrong on every line: the first mistakes are kept, the rest only counted."""

from schedules.problem import Problem

MOST_KEPT = 100
LONGEST_QUOTE = 80


class Mistakes:
    """What was found wrong with one file."""

    def __init__(self, name: str, most: int = MOST_KEPT) -> None:
        self.name = name
        self._most = most
        self._kept: list[Problem] = []
        self._more = 0

    def add(self, where: str, found: str, allowed: str) -> None:
        """Note a mistake at a place in the file."""
        if len(self._kept) == self._most:
            self._more += 1
        else:
            self._kept.append(Problem(f"{self.name}, {where}", found[:LONGEST_QUOTE], allowed))

    @property
    def problems(self) -> list[Problem]:
        """The mistakes in the file's order, ending with a count of those that were not kept."""
        if not self._more:
            return list(self._kept)
        rest = Problem(self.name, f"{self._more} more mistakes", "none")
        return [*self._kept, rest]
