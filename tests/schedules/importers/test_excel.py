"""The timetable as an Excel file: the same columns, with real dates and times in its cells."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from schedules.importers.csv import COLUMNS
from schedules.importers.excel import MAX_COLUMNS, MAX_UNPACKED_SIZE, parse_excel
from schedules.importers.importer import ImportResult
from tests.schedules.cast import AMSTERDAM, TUESDAY, lesson

ROW = ("dutch", TUESDAY, time(8, 30), time(9, 20), 1, "B204", "h3a", "vda", "planned")


def book(*rows: tuple[object, ...], title: str = "Blad1", before: str = "") -> bytes:
    made = Workbook()
    sheet: Any = made.active
    if before:
        sheet.title = before
        sheet.append(["iets anders"])
        sheet = made.create_sheet()
    sheet.title = title
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def read(content: bytes) -> ImportResult:
    return parse_excel(content, name="rooster.xlsx", zone=AMSTERDAM)


def test_a_row_is_a_lesson() -> None:
    assert read(book(COLUMNS, ROW)).lessons == (lesson(),)


@pytest.mark.parametrize("day", [datetime.combine(TUESDAY, time()), "6-10-2026", "2026-10-06"])
@pytest.mark.parametrize(
    "start", ["8:30", "08.30", datetime.combine(date(1900, 1, 1), time(8, 30))]
)
@pytest.mark.parametrize("period", ["1", 1.0])
def test_dates_times_and_numbers_are_read_however_they_are_typed(
    day: object, start: object, period: object
) -> None:
    row = ("dutch", day, start, *ROW[3:4], period, *ROW[5:])
    assert read(book(COLUMNS, row)).lessons == (lesson(),)


def test_the_sheet_that_is_called_rooster_comes_first() -> None:
    assert len(read(book(COLUMNS, ROW, title="Rooster", before="Toelichting")).lessons) == 1


def test_empty_cells_and_rows_are_as_in_csv() -> None:
    row = ("", *ROW[1:5], None, None, None, None)
    (found,) = read(book(COLUMNS, (None,) * 9, row)).lessons
    assert (found.rooms, found.groups) == ((), ())


def test_a_mistake_is_told_with_its_row_and_column() -> None:
    wrong = (*ROW[:2], "half 9", *ROW[3:])
    rows = [(f"good{number}", *ROW[1:]) for number in range(9)]
    found = read(book(COLUMNS, *rows, (*wrong,)))
    assert (len(found.lessons), found.problems) == (9, ())
    (problem,) = found.unreadable
    assert str(problem).startswith("rooster.xlsx, line 11, column start: found 'half 9'")


def test_a_break_within_a_cell_does_not_make_two_rows() -> None:
    row = (*ROW[:6], "h3a\nh3b", *ROW[7:])
    (found,) = read(book(COLUMNS, row)).lessons
    assert found.groups == ("h3a h3b",)


def test_a_bomb_is_not_unpacked() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(MAX_UNPACKED_SIZE + 1))
    assert "bytes when unpacked" in str(read(content.getvalue()).problems[0])


def test_a_sheet_that_is_too_wide_is_a_problem() -> None:
    assert "columns at most" in str(read(book(tuple(range(MAX_COLUMNS + 1)))).problems[0])


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"id;date\n", b"\xd0\xcf\x11\xe0old Excel"]
)
def test_another_kind_of_file_is_a_problem(content: bytes) -> None:
    (problem,) = read(content).problems
    assert problem.where == "rooster.xlsx, the whole file"


def test_a_workbook_of_which_a_part_is_missing_is_a_problem() -> None:
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book(COLUMNS, ROW))) as whole,
        zipfile.ZipFile(content, "w") as part,
    ):
        for entry in whole.infolist():
            if "sheet1" not in entry.filename:
                part.writestr(entry, whole.read(entry))
    assert "broken" in str(read(content.getvalue()).problems[0])


@given(st.integers(0, 5_000), st.integers(0, 255))
def test_a_damaged_workbook_gives_lessons_or_problems(place: int, value: int) -> None:
    content = bytearray(book(COLUMNS, ROW))
    content[place % len(content)] = value
    imported = read(bytes(content))
    assert imported.lessons or imported.problems


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_whatever_the_day_it_is_the_same_as_in_text(day: date) -> None:
    typed = read(book(COLUMNS, (ROW[0], day, *ROW[2:])))
    text = read(book(COLUMNS, (ROW[0], day.isoformat(), *ROW[2:])))
    assert typed == text
    assert len(typed.lessons) == 1
