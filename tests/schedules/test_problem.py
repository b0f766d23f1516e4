"""One form for everything that is wrong with what we were given."""

from schedules.problem import Problem, Refused

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
