"""A CSV file with a group and a number in each row."""

import pytest

from schedules.importers.group_sizes.listing import parse_listing
from schedules.problem import ProblemCollector


def parse(text: str) -> tuple[dict[str, int], list[str]]:
    problems = ProblemCollector("groepen.csv")
    sizes = parse_listing(text.encode(), problems)
    return sizes, [problem.where for problem in problems.problems]


@pytest.mark.parametrize(
    "text",
    [
        "groep;aantal\nh3a;28\nv3b;25\n",
        "Groep,Mentor,Aantal\nh3a,mul,28\n\nv3b,jan,25\n",
        "group\tpupils\nh3a\t28\nv3b\t25\n",
        "aantal;groep\n28;h3a\n25;v3b\n",
    ],
)
def test_columns_may_be_in_dutch_or_english_and_in_any_order(text: str) -> None:
    assert parse(text) == ({"h3a": 28, "v3b": 25}, [])


@pytest.mark.parametrize("count", ["", "28,5", "-1", "1001", "veel", "²", "٢"])
def test_a_row_that_is_wrong_is_said_and_left_out(count: str) -> None:
    assert parse(f'groep;aantal\nh3a;28\nh3b;"{count}"\nv3b;25\n') == (
        {"h3a": 28, "v3b": 25},
        ["groepen.csv, line 3"],
    )


def test_of_a_group_that_is_there_twice_the_smaller_number_counts() -> None:
    assert parse("groep;aantal\nh3a;28\nh3a;12\nh3a;30\n") == (
        {"h3a": 12},
        ["groepen.csv, line 3", "groepen.csv, line 4"],
    )


@pytest.mark.parametrize("header", ["klas;leerlingen", "groep", "", "groep;aantal;groep"])
def test_without_its_columns_a_file_has_nothing(header: str) -> None:
    sizes, problems = parse(f"{header}\nh3a;28\n")
    assert sizes == {}
    assert len(problems) == 1
