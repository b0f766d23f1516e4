"""Counts from OneRoster's classes and enrolments, and nothing of who is in them."""

from datetime import date

import pytest

from schedules.importers.group_sizes.one_roster import parse_one_roster
from schedules.problem import ProblemCollector

TODAY = date(2026, 11, 23)
CLASSES = """\
sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,\
schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
c1,,,Klas 3A havo,,k1,h3a,homeroom,,s1,t1,,,
c2,,,Biologie,,k2,v5.bi1,scheduled,,s1,t1,,,
c3,,,Biologie,,k2,v5.bi2,scheduled,,s1,t1,,,
c4,,,h3b,,k1,,homeroom,,s1,t1,,,
"""
HEADER = """\
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,\
beginDate,endDate
"""


def enrolment(of: str = "c1", user: str = "u1", role: str = "student", **changes: str) -> str:
    cells = {"status": "", "begin": "", "end": "", **changes}
    return f"e,{cells['status']},,{of},s1,{user},{role},false,{cells['begin']},{cells['end']}\n"


def parse(*enrolments: str, classes: str = CLASSES) -> tuple[dict[str, int], list[str]]:
    problems = ProblemCollector("rooster.zip")
    files = {
        "classes.csv": classes.encode(),
        "enrollments.csv": (HEADER + "".join(enrolments)).encode(),
    }
    sizes = parse_one_roster(files, TODAY, problems)
    return sizes, [str(problem) for problem in problems.problems]


def test_pupils_are_counted_by_the_code_of_their_class_and_by_a_title_of_its_own() -> None:
    everybody = [
        *(enrolment("c1", f"u{number}") for number in range(28)),
        *(enrolment("c2", f"u{number}") for number in range(14)),
        enrolment("c4", "u30"),
    ]
    assert parse(*everybody) == (
        {"h3a": 28, "Klas 3A havo": 28, "v5.bi1": 14, "v5.bi2": 0, "h3b": 1},
        [],
    )


@pytest.mark.parametrize(
    "row",
    [
        enrolment(role="teacher"),
        enrolment(role="administrator"),
        enrolment(status="tobedeleted"),
        enrolment(begin="2026-11-24"),
        enrolment(end="2026-11-22"),
    ],
    ids=["teacher", "administrator", "deleted", "to come", "over"],
)
def test_who_is_no_pupil_there_today_counts_for_nothing(row: str) -> None:
    sizes, problems = parse(enrolment(user="u2", begin="2026-11-23", end="2026-11-23"), row)
    assert (sizes["h3a"], problems) == (1, [])


def test_who_is_enrolled_twice_counts_once() -> None:
    sizes, _ = parse(enrolment(), enrolment(), enrolment(role="Student"))
    assert sizes["h3a"] == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (enrolment(of="c9", user="jonathan"), "classes.csv"),
        (enrolment(role="pupil", user="jonathan"), "'pupil'"),
        (enrolment(begin="soon", user="jonathan"), "'soon'"),
        (enrolment(user=""), "userSourcedId"),
        ("e,,,c1,jonathan\n", "5 cells"),
        (enrolment(status="gone", user="jonathan"), "'gone'"),
    ],
    ids=["class", "role", "date", "user", "cells", "status"],
)
def test_a_row_that_is_wrong_is_said_by_its_place_and_never_by_its_user(
    row: str, said: str
) -> None:
    sizes, (problem,) = parse(enrolment(), row, enrolment(user="u2"))
    assert sizes["h3a"] == 2, "those beside it count"
    assert "enrollments.csv, line 3" in problem
    assert said in problem
    assert "jonathan" not in problem


def test_a_class_without_a_name_is_said_and_a_deleted_one_is_no_group() -> None:
    cells = [",,,,,s1,,,,", "tobedeleted,,h3z,,k1,h3z,homeroom,,s1,,,,"]
    rows = f"c8,,,,,k1,,homeroom,,s1,,,,\nc9,{cells[1]}\n"
    sizes, problems = parse(enrolment(), enrolment("c9"), classes=CLASSES + rows)
    assert "h3z" not in sizes
    assert [problem.split(":")[0] for problem in problems] == ["rooster.zip, classes.csv, line 6"]


def test_of_two_classes_with_one_code_the_smaller_counts() -> None:
    twice = CLASSES + "c5,,,Klas 3A,,k1,h3a,homeroom,,s1,t1,,,\n"
    sizes, _ = parse(enrolment(user="u1"), enrolment(user="u2"), enrolment("c5"), classes=twice)
    assert sizes["h3a"] == 1


def test_what_is_not_of_the_standard_has_no_sizes_and_says_which_columns_it_lacks() -> None:
    sizes, (problem,) = parse(classes="name,size\nh3a,28\n")
    assert sizes == {}
    assert "classes.csv" in problem
    assert "sourcedid" in problem
