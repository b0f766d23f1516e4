"""A line that cannot be read costs its lesson, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.schedules.importers.untis.test_export import DUTCH, OTHERS, change, only, read


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('133;"h3a";"VDA"\n', "found '3 cells'; allowed: 7 cells or more"),
        ('133;"h3a;"VDA";"NE";"B204";2;1;;\n', "a quote inside a cell or left open"),
        (DUTCH.replace(";2;1;", ";8;1;"), "found '8'; allowed: as day a number"),
        (DUTCH.replace(";2;1;", ";2;één;"), "found 'één'; allowed: as hour a number"),
        (DUTCH.replace("B204", "B" * 101), "a value that is too long"),
    ],
)
def test_a_line_that_is_wrong_is_left_out_with_its_lesson(line: str, told: str) -> None:
    """What it says of the lesson is not known: of the other class in it neither."""
    imported = read(OTHERS + DUTCH.replace("h3a", "h3b") + line)
    assert imported.problems == ()
    (problem,) = imported.unreadable
    assert problem.where == "GPU001.TXT, line 22"
    assert told in str(problem)
    assert {lesson.instance[:8] for lesson in imported.lessons} == {
        f"untis-{number}" for number in range(20, 40)
    }


@pytest.mark.parametrize(("good", "is_refused"), [(8, True), (9, False)])
def test_more_than_a_tenth_of_such_lines_refuse_the_export(good: int, *, is_refused: bool) -> None:
    imported = read("".join(OTHERS.splitlines(keepends=True)[:good]) + "133;\n")
    assert bool(imported.problems) is is_refused
    assert len(imported.unreadable) == 1


def test_a_line_of_gpu002_that_is_wrong_costs_its_lesson() -> None:
    """Without its days the lesson would hold the whole year."""
    days = "{};1;1;1;{};B205;;;1;;;;{};20270731;\n"
    others = "".join(days.format(number, "h4a;BAK;WI", "20260901") for number in range(20, 40))
    wrong = days.format("133", "h3a;VDA;NE", "31-2")
    imported = read(OTHERS + DUTCH, periods=others + wrong)
    assert (len(imported.lessons), imported.problems) == (20, ())
    (problem,) = imported.unreadable
    assert str(problem).startswith("GPU002.TXT, line 21: found '31-2'; allowed: a date")


def test_a_change_on_31_february_is_left_out_with_its_lesson() -> None:
    imported = read(DUTCH + OTHERS, changes=change("C", day="20270231"))
    assert (len(imported.lessons), imported.problems) == (20, ())
    (problem,) = imported.unreadable
    assert str(problem).startswith("GPU014.TXT, line 1: found '20270231'; allowed: a date")


def test_a_change_without_a_day_and_a_lesson_refuses_the_export() -> None:
    """It may be about any of them."""
    imported = read(DUTCH + OTHERS, changes=change("C", day="", lesson="x"))
    assert [problem.where for problem in imported.problems] == ["GPU014.TXT, line 1"]


def test_many_changes_that_are_wrong_refuse_the_export() -> None:
    wrong = [change("C", lesson=str(number), day="") for number in range(100, 111)]
    assert read(DUTCH, changes="".join(wrong[:10])).problems == ()
    assert "(11 of 11)" in str(read(DUTCH, changes="".join(wrong)).problems[0])


@pytest.mark.parametrize("number", ["", "0"])
def test_exams_and_duties_without_a_lessons_number_are_counted(number: str) -> None:
    duty = DUTCH.replace("133", number)
    imported = read(DUTCH + duty * 2, changes=change("S", lesson=number, stand_in="BAK"))
    assert only(imported).teachers == ("VDA",)
    assert imported.unreadable == ()
    assert [(problem.where, problem.found) for problem in imported.left_out] == [
        ("GPU001.TXT", "2 lines without a lesson's number"),
        ("GPU014.TXT", "1 line without a lesson's number"),
    ]


@given(st.text(max_size=40).filter(lambda line: "133" not in line))
def test_whatever_one_line_holds_the_others_are_read(line: str) -> None:
    imported = read(OTHERS + "".join(line.splitlines())[:40] + "\n")
    assert len(imported.lessons) >= 19
