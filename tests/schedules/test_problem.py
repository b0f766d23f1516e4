"""One form for everything that is wrong with what we were given."""

from schedules.problem import MAX_QUOTE_LENGTH, InvalidValue, Problem, ProblemCollector, Refused

PROBLEM = Problem("rooster.csv, line 3, column start", "25:00", "a time such as 08:30")


def test_a_problem_says_where_it_is_what_was_found_and_what_is_allowed() -> None:
    assert (
        str(PROBLEM)
        == "rooster.csv, line 3, column start: found '25:00'; allowed: a time such as 08:30"
    )


def test_refused_input_names_every_problem_on_a_line_of_its_own() -> None:
    other = Problem("rooster.csv, line 4, column rooms", "B204", "a cell")
    refused = Refused([PROBLEM, other])
    assert refused.problems == (PROBLEM, other)
    assert str(refused) == f"{PROBLEM}\n{other}"


def test_an_invalid_value_has_what_was_found_and_what_is_allowed() -> None:
    value = InvalidValue("noon", "a time such as 08:30")
    assert (value.found, value.allowed) == ("noon", "a time such as 08:30")
    assert str(value) == "found 'noon'; allowed: a time such as 08:30"


def test_each_problem_names_the_input() -> None:
    collector = ProblemCollector("rooster.csv")
    collector.add("line 2, column date", "tomorrow", "a date")
    assert collector.problems == [Problem("rooster.csv, line 2, column date", "tomorrow", "a date")]


def test_an_input_without_problems_has_none() -> None:
    assert ProblemCollector("rooster.csv").problems == []


def test_what_is_not_kept_is_counted() -> None:
    collector = ProblemCollector("rooster.csv", max_problems=2)
    for line in range(2, 7):
        collector.add(f"line {line}", "", "a date")
    assert [problem.where for problem in collector.problems] == [
        "rooster.csv, line 2",
        "rooster.csv, line 3",
        "rooster.csv",
    ]
    assert collector.problems[-1].found == "3 more mistakes"


def test_a_long_value_is_quoted_in_part() -> None:
    collector = ProblemCollector("rooster.csv")
    collector.add("line 2", "x" * 10_000, "a date")
    assert len(collector.problems[0].found) == MAX_QUOTE_LENGTH


def test_an_invalid_value_is_added_with_its_place() -> None:
    collector = ProblemCollector("rooster.csv")
    collector.add_value("line 2, column date", InvalidValue("tomorrow", "a date"))
    assert collector.problems == [Problem("rooster.csv, line 2, column date", "tomorrow", "a date")]
