"""What the tests of the readers share."""

from collections.abc import Callable, Iterator

from monitor.catalogue.lists.entry import Entry, Reading
from schedules.problem import ProblemCollector


def reading() -> Reading:
    return Reading(ProblemCollector("lijst"))


def read(reader: Callable[[Reading], Iterator[Entry]]) -> tuple[list[Entry], Reading]:
    noted = reading()
    return list(reader(noted)), noted


def problems(noted: Reading) -> list[str]:
    return [f"{problem.where}: {problem.found}" for problem in noted.mistakes.problems]
