"""What the tests of the readers share."""

from collections.abc import Callable, Iterator

from monitor.catalogue.comparison.lists.entry import ListEntry, ListReading
from schedules.problem import ProblemCollector


def reading() -> ListReading:
    return ListReading(ProblemCollector("lijst"))


def read(
    reader: Callable[[ListReading], Iterator[ListEntry]],
) -> tuple[list[ListEntry], ListReading]:
    noted = reading()
    return list(reader(noted)), noted


def problems(noted: ListReading) -> list[str]:
    return [f"{problem.where}: {problem.found}" for problem in noted.mistakes.problems]
