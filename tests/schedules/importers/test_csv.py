"""The timetable as a CSV file."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schedules.importers.csv import COLUMNS, DUTCH_COLUMNS, DUTCH_STATUSES, parse_csv
from schedules.importers.importer import ImportResult
from schedules.importers.shared.limits import MAX_VALUES
from schedules.lesson import Lesson, LessonStatus
from schedules.problem import MAX_PROBLEMS
from tests.schedules.cast import AMSTERDAM, BAKKER, TUESDAY, VAN_DALEN, lesson

NAME = "rooster.csv"
HEADER = "id,date,start,end,period,rooms,groups,teachers,status"
ROW = "dutch,2026-10-06,08:30,09:20,1,B204,h3a,vda,planned"


GOOD = [ROW.replace("dutch", f"good{number}") for number in range(20)]
"""Enough rows for one or two that are not."""


def parse(*lines: str) -> ImportResult:
    return parse_csv("".join(f"{line}\n" for line in lines).encode(), name=NAME, zone=AMSTERDAM)


def read(*lines: str) -> tuple[list[Lesson], list[str]]:
    result = parse(*lines)
    return list(result.lessons), [str(problem) for problem in result.problems]


def unreadable(*lines: str) -> list[str]:
    """What is wrong with rows that stand below twenty good ones: on line 22 and on."""
    result = parse(HEADER, *GOOD, *lines)
    assert (len(result.lessons), result.problems, result.left_out) == (20, (), ())
    return [str(problem) for problem in result.unreadable]


def test_a_row_is_a_lesson() -> None:
    assert read(HEADER, ROW) == ([lesson()], [])


def test_several_rooms_groups_or_teachers_stand_in_one_cell() -> None:
    row = "dutch,2026-10-06,08:30,09:20,1,B204|B205,h3a| h3b |,vda|bak|vda,"
    expected = lesson(rooms=("B204", "B205"), groups=("h3a", "h3b"), teachers=(VAN_DALEN, BAKKER))
    assert read(HEADER, row) == ([expected], [])


def test_the_example_in_the_documentation_is_read_and_every_column_is_described() -> None:
    document = (Path(__file__).parents[3] / "docs" / "rooster.md").read_text("utf-8")
    example = document.partition("```csv\n")[2].partition("```")[0]
    lessons, problems = read(*example.splitlines())
    assert problems == []
    assert [lesson.status for lesson in lessons] == [
        LessonStatus.PLANNED,
        LessonStatus.PLANNED,
        LessonStatus.MOVED,
        LessonStatus.CANCELLED,
    ]
    for name in (*COLUMNS, *LessonStatus):
        assert f"`{name}`" in document, name


@pytest.mark.parametrize("status", LessonStatus)
def test_a_status_is_written_in_any_case(status: LessonStatus) -> None:
    row = ROW.replace("planned", status.value.upper())
    assert read(HEADER, row) == ([lesson(status=status)], [])


def test_an_empty_status_is_planned_and_an_empty_room_is_not_known() -> None:
    row = "dutch,2026-10-06,08:30,09:20,1,,h3a,vda,"
    assert read(HEADER, row) == ([lesson(rooms=())], [])


def test_what_excel_makes_of_it_in_the_netherlands_is_read_too() -> None:
    text = (
        "Date;Start;End;Period;Rooms;Opmerking\r\n6-10-2026;8:30:00;9:20:00;1;Café;één\r\n;;;;;\r\n"
    )
    result = parse_csv(text.encode("cp1252"), name=NAME, zone=AMSTERDAM)
    (read_lesson,), problems = result.lessons, result.problems
    assert problems == ()
    assert (read_lesson.start, read_lesson.rooms) == (lesson().start, ("Café",))


def test_dutch_headings_below_a_line_that_names_the_separator_are_read_too() -> None:
    lines = ["sep=;", "Datum;Begin;Eind;Uur;Lokaal;Klas;Docent;Status"]
    lines += ["6-10-2026;8:30;9:20;1;B204;h3a;vda;Verplaatst"]
    (found,), problems = read(*lines)
    assert problems == []
    assert replace(found, instance="dutch") == lesson(status=LessonStatus.MOVED)


def test_a_dutch_heading_beside_the_column_that_it_stands_for_is_another_column() -> None:
    assert read(HEADER + ",klas", ROW + ",x") == ([lesson()], [])


def test_two_dutch_headings_of_one_column_are_a_mistake() -> None:
    _, (problem,) = read("datum,begin,eind,uur,lokaal,klas,lesgroep", "")
    assert problem.startswith("rooster.csv, line 1, column groups: found 'this column twice'")


def test_every_dutch_heading_and_status_is_described() -> None:
    document = (Path(__file__).parents[3] / "docs" / "rooster.md").read_text("utf-8")
    for name in (*DUTCH_COLUMNS, *DUTCH_STATUSES):
        assert f"`{name}`" in document, name


def test_without_an_id_the_lesson_gets_one() -> None:
    lessons, problems = read(HEADER, ROW.removeprefix("dutch"))
    assert problems == []
    assert lessons[0].instance.startswith("20261006-")


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("2026-10-06", "6 okt", "column date: found '6 okt'; allowed: a date such as 2026-09-01"),
        ("08:30", "half 9", "column start: found 'half 9'; allowed: a time such as 08:30"),
        ("09:20", "", "column end: found ''; allowed: a time such as 08:30"),
        ("09:20", "08:00", "column end: found 'an end that is before the start'"),
        (",1,", ",,", "column period: found 'nothing'; allowed: the lesson hour's label"),
        (",1,", f",{'1' * 41},", "column period: found '41 characters'; allowed: 40"),
        ("planned", "weg", "column status: found 'weg'; allowed: planned, cancelled"),
        ("B204", "B" * 101, "column rooms: found '101 characters'; allowed: 100"),
        ("dutch", "a\x1b[2Jb", "column id: found 'a character that does not print'"),
    ],
)
def test_a_row_with_a_wrong_cell_is_left_out_and_told_with_its_line_and_column(
    right: str, wrong: str, problem: str
) -> None:
    (told,) = unreadable(ROW.replace(right, wrong))
    assert told.startswith(f"rooster.csv, line 22, {problem}")


@pytest.mark.parametrize("row", ["dutch,2026-10-06", ROW + ",,x", ROW.replace("B204", '"B204')])
def test_a_row_that_cannot_be_split_is_left_out(row: str) -> None:
    (told,) = unreadable(row)
    assert told.startswith("rooster.csv, line 22: found ")


def test_each_wrong_cell_of_a_row_is_named() -> None:
    (told,) = unreadable("dutch,gisteren,25:00,9:20,,B204,h3a,vda,weg")
    assert told.startswith("rooster.csv, line 22, columns date, start, period, status: ")
    assert "found 'gisteren, 25:00, nothing, weg'; allowed: a date such as 2026-09-01" in told
    assert "; a time such as 08:30; " in told


def test_a_teacher_is_not_repeated_in_a_problem() -> None:
    (told,) = unreadable(ROW.replace("vda", "Van Dalen\x07"))
    assert "Van Dalen" not in told


@pytest.mark.parametrize(("good", "is_refused"), [(17, True), (18, False)])
def test_more_than_a_tenth_of_such_rows_refuse_the_file(good: int, *, is_refused: bool) -> None:
    result = parse(HEADER, *GOOD[:good], "x", "x")
    assert len(result.unreadable) == 2
    assert bool(result.problems) is is_refused
    if is_refused:
        assert result.problems[0].where.endswith("that cannot be read (2 of 19)")


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("09:20", "08:30", "without duration"),
        ("09:20", "20:31", "of more than 12 hours"),
        ("h3a", "|".join(f"h{n}" for n in range(MAX_VALUES + 1)), "with more than 50 groups"),
        ("vda", "|".join(f"t{n}" for n in range(120)), "with more than 50 teachers"),
    ],
)
def test_a_row_that_is_no_lesson_is_counted_and_refuses_nothing(
    right: str, wrong: str, kind: str
) -> None:
    result = parse(HEADER, *GOOD[:1], ROW.replace(right, wrong))
    assert (len(result.lessons), result.problems, result.unreadable) == (1, (), ())
    assert [problem.found for problem in result.left_out] == [f"1 row {kind}"]


@pytest.mark.parametrize("end", ["dutch,2026-10-06,08:", 'dutch,2026-10-06,08:30,"09'])
def test_a_file_that_ends_in_the_middle_of_a_row_is_refused(end: str) -> None:
    content = "\n".join([HEADER, *GOOD, end]).encode()
    (problem,) = parse_csv(content, name=NAME, zone=AMSTERDAM).problems
    assert (problem.where, problem.allowed) == ("rooster.csv, line 22", "the whole file")


@pytest.mark.parametrize(("day", "why"), [("2027-03-28", "skip"), ("2026-10-25", "twice")])
def test_a_time_that_the_clocks_skip_or_show_twice_is_a_problem(day: str, why: str) -> None:
    (told,) = unreadable(f"night,{day},02:30,03:30,1,B204,h3a,vda,")
    assert why in told


def test_of_rows_with_one_id_that_differ_none_is_a_lesson() -> None:
    (told,) = unreadable(ROW, ROW.replace("B204", "B205"))
    assert told.startswith("rooster.csv, line 23, column id: found 'dutch'")
    assert told.endswith("line 22 has this one too")


@pytest.mark.parametrize("row", [ROW, ROW.removeprefix("dutch")])
def test_the_same_row_twice_is_one_lesson(row: str) -> None:
    result = parse(HEADER, row, row)
    assert (len(result.lessons), result.problems, result.unreadable) == (1, (), ())
    assert [problem.found for problem in result.left_out] == ["1 row that stands there twice"]


def test_a_file_without_lessons_is_a_problem() -> None:
    assert read(HEADER) == (
        [],
        ["rooster.csv, below the header: found 'no lesson'; allowed: a row for each lesson"],
    )


def test_a_file_that_is_wrong_on_every_line_gives_the_first_problems_and_a_count() -> None:
    lessons, problems = read(HEADER, *["x" for _ in range(MAX_PROBLEMS + 50)])
    assert lessons == []
    assert len(problems) == MAX_PROBLEMS + 2
    assert f"({MAX_PROBLEMS + 50} of {MAX_PROBLEMS + 50})" in problems[0]
    assert "50 more mistakes" in problems[-1]


@given(st.binary())
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"\x00" * 100)
def test_whatever_the_bytes_there_are_lessons_or_problems(content: bytes) -> None:
    result = parse_csv(content, name=NAME, zone=AMSTERDAM)
    assert result.lessons or result.problems or result.left_out


CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["2026-10-06", "08:30", "09:20", "1", "B204", "", '"', "a|b", "0-0-0000"]),
)


@given(st.lists(st.lists(CELLS, min_size=9, max_size=9), min_size=1, max_size=5))
def test_whatever_the_cells_there_are_lessons_or_problems(table: list[list[str]]) -> None:
    lines = [",".join(cells) for cells in table]
    result = parse(HEADER, *lines)
    assert result.lessons or result.problems or result.left_out


@given(st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=2))
def test_whatever_two_rows_hold_the_others_are_read(table: list[list[str]]) -> None:
    lines = [",".join(cells).replace("\n", "") for cells in table]
    result = parse(HEADER, *GOOD, *lines)
    assert {lesson.instance for lesson in result.lessons} >= {f"good{n}" for n in range(20)}


WORD = st.text(
    st.characters(codec="cp1252", categories=["L", "N", "P"], exclude_characters="|"),
    min_size=1,
    max_size=8,
)
NAMES = st.lists(WORD, unique=True, max_size=3).map(tuple)
LESSONS = st.lists(
    st.builds(
        lesson,
        WORD,
        period=WORD,
        rooms=NAMES,
        groups=NAMES,
        teachers=NAMES,
        status=st.sampled_from(LessonStatus),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda lesson: lesson.instance,
)


@given(LESSONS, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8-sig", "utf-8"]))
def test_what_is_written_is_read_back(lessons: list[Lesson], separator: str, encoding: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(COLUMNS)
    for planned in lessons:
        several = ["|".join(values) for values in (planned.rooms, planned.groups, planned.teachers)]
        writer.writerow(
            [
                planned.instance,
                TUESDAY,
                "08:30",
                "09:20",
                planned.period,
                *several,
                planned.status.value,
            ]
        )
    content = text.getvalue().encode(encoding)
    result = parse_csv(content, name=NAME, zone=AMSTERDAM)
    assert (result.lessons, result.problems) == (tuple(lessons), ())
