"""The timetable as a CSV file."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schedules.importers.csv import COLUMNS, parse_csv
from schedules.importers.shared.limits import MAX_VALUES
from schedules.lesson import Lesson, LessonStatus
from schedules.problem import MAX_PROBLEMS
from tests.schedules.cast import AMSTERDAM, BAKKER, TUESDAY, VAN_DALEN, lesson

HEADER = "id,date,start,end,period,rooms,groups,teachers,status"
ROW = "dutch,2026-10-06,08:30,09:20,1,B204,h3a,vda,planned"


def read(*lines: str) -> tuple[list[Lesson], list[str]]:
    text = "\n".join(lines).encode()
    result = parse_csv(text, name="rooster.csv", zone=AMSTERDAM)
    lessons, problems = list(result.lessons), list(result.problems)
    return lessons, [str(problem) for problem in problems]


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
    result = parse_csv(text.encode("cp1252"), name="rooster.csv", zone=AMSTERDAM)
    (read_lesson,), problems = result.lessons, result.problems
    assert problems == ()
    assert (read_lesson.start, read_lesson.rooms) == (lesson().start, ("Café",))


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
        ("09:20", "08:30", "column end: found '08:30'; allowed: a time after the start"),
        ("09:20", "08:00", "column end: found '08:00'; allowed: a time after the start"),
        ("09:20", "20:31", "column end: found '20:31'; allowed: an end within 12 hours"),
        (",1,", ",,", "column period: found 'nothing'; allowed: the lesson hour's label"),
        (",1,", f",{'1' * 41},", "column period: found '41 characters'; allowed: 40"),
        ("planned", "vervallen", "column status: found 'vervallen'; allowed: planned, cancelled"),
        ("B204", "B" * 101, "column rooms: found '101 characters'; allowed: 100"),
        ("dutch", "a\x1b[2Jb", "column id: found 'a character that does not print'"),
        ("h3a", "|".join(f"h{n}" for n in range(MAX_VALUES + 1)), "column groups: found '51 v"),
    ],
)
def test_a_wrong_cell_is_a_problem_with_its_line_and_column(
    right: str, wrong: str, problem: str
) -> None:
    lessons, problems = read(HEADER, ROW.replace("dutch", "first"), ROW.replace(right, wrong))
    assert [lesson.instance for lesson in lessons] == ["first"]
    assert len(problems) == 1
    assert problems[0].startswith(f"rooster.csv, line 3, {problem}")


def test_each_wrong_cell_of_a_row_is_named() -> None:
    _, problems = read(HEADER, "dutch,gisteren,25:00,9:20,,B204,h3a,vda,weg")
    assert [problem.partition(":")[0] for problem in problems] == [
        f"rooster.csv, line 2, column {column}" for column in ("date", "start", "period", "status")
    ]


def test_a_teacher_is_not_repeated_in_a_problem() -> None:
    _, problems = read(HEADER, ROW.replace("vda", "Van Dalen\x07"))
    assert len(problems) == 1
    assert "Van Dalen" not in problems[0]


@pytest.mark.parametrize(("day", "why"), [("2027-03-28", "skip"), ("2026-10-25", "twice")])
def test_a_time_that_the_clocks_skip_or_show_twice_is_a_problem(day: str, why: str) -> None:
    row = f"night,{day},02:30,03:30,1,B204,h3a,vda,"
    lessons, problems = read(HEADER, row)
    assert lessons == []
    assert why in problems[0]


def test_an_id_that_is_used_twice_names_both_lines() -> None:
    lessons, problems = read(HEADER, ROW, ROW.replace("B204", "B205"))
    assert lessons == [lesson()]
    (problem,) = problems
    assert problem.startswith("rooster.csv, line 3, column id: found 'dutch'")
    assert problem.endswith("line 2 has this one too")


def test_the_same_row_twice_is_a_problem_without_ids_too() -> None:
    nameless = ROW.removeprefix("dutch")
    lessons, problems = read(HEADER, nameless, nameless)
    assert len(lessons) == len(problems) == 1


def test_a_file_without_lessons_is_a_problem() -> None:
    assert read(HEADER) == (
        [],
        ["rooster.csv, below the header: found 'no lesson'; allowed: a row for each lesson"],
    )


def test_a_file_that_is_wrong_on_every_line_gives_the_first_problems_and_a_count() -> None:
    lessons, problems = read(HEADER, *["x" for _ in range(MAX_PROBLEMS + 50)])
    assert lessons == []
    assert len(problems) == MAX_PROBLEMS + 1
    assert "50 more mistakes" in problems[-1]


@given(st.binary())
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"\x00" * 100)
def test_whatever_the_bytes_there_are_lessons_or_problems(content: bytes) -> None:
    result = parse_csv(content, name="rooster.csv", zone=AMSTERDAM)
    lessons, problems = list(result.lessons), list(result.problems)
    assert lessons or problems


CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["2026-10-06", "08:30", "09:20", "1", "B204", "", '"', "a|b", "0-0-0000"]),
)


@given(st.lists(st.lists(CELLS, min_size=9, max_size=9), min_size=1, max_size=5))
def test_whatever_the_cells_there_are_lessons_or_problems(table: list[list[str]]) -> None:
    lines = [",".join(cells) for cells in table]
    lessons, problems = read(HEADER, *lines)
    assert lessons or problems


NAME = st.text(
    st.characters(codec="cp1252", categories=["L", "N", "P"], exclude_characters="|"),
    min_size=1,
    max_size=8,
)
NAMES = st.lists(NAME, unique=True, max_size=3).map(tuple)
LESSONS = st.lists(
    st.builds(
        lesson,
        NAME,
        period=NAME,
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
    result = parse_csv(content, name="rooster.csv", zone=AMSTERDAM)
    assert (result.lessons, result.problems) == (tuple(lessons), ())
