"""The first mistakes of a file are kept, the rest counted."""

from schedules.importers.mistakes import LONGEST_QUOTE, Mistakes
from schedules.problem import Problem


def test_each_mistake_names_the_file() -> None:
    mistakes = Mistakes("rooster.csv")
    mistakes.add("line 2, column date", "tomorrow", "a date")
    assert mistakes.problems == [Problem("rooster.csv, line 2, column date", "tomorrow", "a date")]


def test_a_file_without_mistakes_has_no_problems() -> None:
    assert Mistakes("rooster.csv").problems == []


def test_what_is_not_kept_is_counted() -> None:
    mistakes = Mistakes("rooster.csv", most=2)
    for line in range(2, 7):
        mistakes.add(f"line {line}", "", "a date")
    assert [problem.where for problem in mistakes.problems] == [
        "rooster.csv, line 2",
        "rooster.csv, line 3",
        "rooster.csv",
    ]
    assert mistakes.problems[-1].found == "3 more mistakes"


def test_a_long_value_is_quoted_in_part() -> None:
    mistakes = Mistakes("rooster.csv")
    mistakes.add("line 2", "x" * 10_000, "a date")
    assert len(mistakes.problems[0].found) == LONGEST_QUOTE
