"""Which part of a lesson a line of GPU014 is of, and what it changes."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from schedules.importers.importer import ImportResult
from schedules.lesson import Lesson, LessonStatus
from tests.schedules.cast import TUESDAY, at
from tests.schedules.importers.untis.test_export import DUTCH, change, only, read

BOTH = DUTCH + DUTCH.replace("B204", "B205").replace("VDA", "BAK").replace("h3a", "h3b")
"""Mevrouw Van Dalen has h3a in B204, and meneer Bakker h3b in B205, in one lesson."""
WEDNESDAY = {"day": "20261007", "hour": "3"}
TEXT = "ziek, griep"


def by_class(imported: ImportResult) -> dict[str, Lesson]:
    assert imported.problems == ()
    return {lesson.groups[0]: lesson for lesson in imported.lessons}


@pytest.mark.parametrize("named", [{"planned_room": "B205"}, {"planned_class": "h3b"}])
def test_a_line_without_a_teacher_is_of_the_part_whose_room_or_class_it_names(
    named: dict[str, str],
) -> None:
    found = by_class(read(BOTH, changes=change("R", absent="", room="B209", **named)))
    assert found["h3a"].rooms == ("B204",)
    assert found["h3b"].rooms == ("B209",)


def test_a_line_of_a_teacher_whom_no_part_has_is_left_out() -> None:
    found = read(BOTH, changes=change("C", absent="YIL"))
    assert all(lesson.is_held for lesson in found.lessons)
    assert [problem.where for problem in found.left_out] == ["GPU014.TXT, line 1"]


def test_a_second_line_of_a_part_with_a_stand_in_is_of_the_same_part() -> None:
    lines = change("S", stand_in="YIL") + change("R", room="B209")
    lesson = by_class(read(BOTH, changes=lines))["h3a"]
    assert (lesson.teachers, lesson.rooms) == (("YIL",), ("B209",))


def test_a_new_room_takes_the_place_of_the_one_it_is_instead_of() -> None:
    plan = DUTCH.replace("B204", "B204~B205")
    lesson = only(read(plan, changes=change("R", planned_room="B204", room="B206")))
    assert set(lesson.rooms) == {"B205", "B206"}


def test_a_moved_lesson_keeps_its_teacher() -> None:
    moved = change("F") + change("T", room="B207", **WEDNESDAY)
    assert only(read(DUTCH, changes=moved)).teachers == ("VDA",)


def test_a_moved_part_leaves_the_other_part_where_it_is() -> None:
    found = by_class(read(BOTH, changes=change("F") + change("T", room="B207", **WEDNESDAY)))
    assert found["h3a"].start.timestamp() == at("11:00", TUESDAY + timedelta(days=1))
    assert found["h3b"].start.timestamp() == at("09:00")
    assert found["h3b"].status is LessonStatus.PLANNED


def test_parts_that_move_together_each_have_their_own_room() -> None:
    gone = change("F") + change("F", absent="BAK")
    come = change("T", absent="BAK", room="B208", **WEDNESDAY) + change(
        "T", room="B207", **WEDNESDAY
    )
    found = by_class(read(BOTH, changes=gone + come))
    assert (found["h3a"].rooms, found["h3b"].rooms) == (("B207",), ("B208",))


def test_a_move_that_is_told_twice_is_one_move() -> None:
    lines = change("F") * 2 + change("T", room="B207", **WEDNESDAY)
    lesson = only(read(DUTCH, changes=lines))
    assert (lesson.status, lesson.rooms) == (LessonStatus.MOVED, ("B207",))


@pytest.mark.parametrize("place", [{"hour": "12"}, {"day": "20271007"}])
def test_a_move_to_where_no_lesson_can_be_is_left_out_with_its_line(place: dict[str, str]) -> None:
    found = read(DUTCH, changes=change("F") + change("T", **(WEDNESDAY | place)))
    assert not only(found).is_held
    assert [problem.where for problem in found.left_out] == ["GPU014.TXT, line 2"]


COUPLED = DUTCH + DUTCH.replace("h3a", "h3b")
"""Mevrouw Van Dalen has h3a and h3b together in B204."""


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (change("C", planned_class="h3a"), ("B204", LessonStatus.CANCELLED)),
        (change("R", planned_class="h3a", room="B209"), ("B209", LessonStatus.MOVED)),
        (change("R", planned_class="h3a", classes="h3a", room="B209"), ("B209", "moved")),
        (
            change("F", planned_class="h3a")
            + change("T", planned_class="h3a", room="B207", **WEDNESDAY),
            ("B207", LessonStatus.MOVED),
        ),
    ],
    ids=["cancelled", "room", "new-class", "moved"],
)
def test_a_line_of_one_class_leaves_the_other_class_of_a_coupled_lesson(
    line: str, named: tuple[str, str]
) -> None:
    found = by_class(read(COUPLED, changes=line))
    assert (found["h3a"].rooms[0], found["h3a"].status) == named
    assert found["h3b"] == replace(only(read(COUPLED)), groups=("h3b",))
    assert found["h3a"].instance != found["h3b"].instance


@pytest.mark.parametrize(
    "lines",
    [
        [change("C", planned_class=group) for group in ("h3a", "h3b")],
        [change("R", planned_class=group, room="B209") for group in ("h3a", "h3b")],
        [
            *(change("F", planned_class=group) for group in ("h3a", "h3b")),
            change("T", room="B207", **WEDNESDAY),
        ],
    ],
    ids=["cancelled", "room", "moved"],
)
def test_a_line_of_each_class_is_a_change_of_the_whole_lesson(lines: list[str]) -> None:
    lesson = only(read(COUPLED, changes="".join(lines)))
    whole = [re.sub("h3[ab]", "", line) for line in lines]
    assert lesson == only(read(COUPLED, changes="".join(whole)))
    assert lesson.groups == ("h3a", "h3b")


def test_classes_with_other_changes_are_called_the_same_in_whatever_order_they_are() -> None:
    lines = [
        change("C", planned_class="h3b"),
        change("R", planned_class="h3a", room="B209"),
    ]
    found = read(COUPLED, changes="".join(lines)).lessons
    turned = read(COUPLED, changes="".join(reversed(lines))).lessons
    assert {lesson.instance for lesson in found} == {lesson.instance for lesson in turned}
    assert len(set(found)) == len({*found, *turned}) == 2


def test_a_line_that_is_too_short_costs_its_lesson_alone() -> None:
    """Without its type a cancelled lesson would be held, and by nobody."""
    cut = ",".join(change("C").split(",")[:16]) + "\n"
    found = read(DUTCH + DUTCH.replace("133", "134"), changes=cut)
    assert found.problems == ()
    assert [problem.where for problem in found.unreadable] == ["GPU014.TXT, line 1"]
    assert [lesson.instance for lesson in found.lessons] == ["untis-134-20261006-1"]


@pytest.mark.parametrize(
    ("change_of", "gone"),
    [({}, 1), ({"hour": "x"}, 2), ({"day": "x"}, 2), ({"lesson": "x"}, 2)],
)
def test_what_cannot_be_read_of_a_line_may_be_any_lesson(
    change_of: dict[str, str], gone: int
) -> None:
    plan = [
        DUTCH,
        DUTCH.replace(";2;1;", ";2;2;"),
        DUTCH.replace(";2;1;", ";3;1;"),
        DUTCH.replace("133", "134"),
        DUTCH.replace("133", "135").replace(";2;1;", ";4;4;"),
    ]
    found = read("".join(plan), changes=change("C", room="B\x1b", **change_of))
    assert (len(found.lessons), found.problems) == (len(plan) - gone, ())


@pytest.mark.parametrize(
    "text", ["thuis", "thuis, tot maandag", "thuis, 12", "tot, 12, maandag", "a, b, c, d, e, f"]
)
@pytest.mark.parametrize("kind", ["", "C", "R"])
def test_words_that_a_separator_moves_into_other_columns_are_nowhere(text: str, kind: str) -> None:
    """The reason of an absence, in an export without quotes, would be a class of the lesson."""
    line = change(kind).replace("Krank", TEXT).replace("zie Van Dalen thuis", text)
    found = read(DUTCH, changes=line)
    assert len(found.unreadable) == 1
    assert (found.lessons, found.problems) == ((), ())
    for word in ("griep", "thuis", "maandag"):
        assert word not in repr(found)


@pytest.mark.parametrize("column", ["room", "classes", "stand_in"])
def test_what_does_not_print_costs_its_lesson(column: str) -> None:
    found = read(DUTCH, changes=change("R", **{column: "B\x1b[31m"}))
    assert "does not print" in str(found.unreadable[0])
    assert (found.lessons, found.problems) == ((), ())


def test_very_many_moves_take_no_longer_than_their_lines() -> None:
    lines = "".join(change("T", lesson=str(1000 + number)) for number in range(8_000))
    assert len(read(DUTCH, changes=lines).left_out) == 8_000
