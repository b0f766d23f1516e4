"""The timetable as an Excel file, with the columns of the CSV file.

The sheet `rooster`, or else the first, is written out as text and read as CSV: so whatever holds
for the one holds for the other, and a mistake is told with the sheet's own row.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from schedules.importers.csv import parse as parse_text
from schedules.importers.result import ImportResult
from schedules.importers.spreadsheet import MOST_BYTES, MOST_LINES
from schedules.problem import InvalidValue, Problem

SHEET = "rooster"
LARGEST_UNPACKED = 64 * 1024 * 1024
"""Bytes of XML in all: 300,000 rows stay below it. Python unpacks no more of an entry than the
archive's directory says, so that what is said is what there is."""
MOST_ENTRIES = 500
MOST_COLUMNS = 100


def parse(content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
    """Read the lessons of a workbook, and everything that is wrong with it.

    Never raises, whatever the bytes.

    Args:
        content: the file as it is; values are read, formulas are not worked out.
        name: what to call the file in its problems.
        zone: where the school's clocks stand.
    """
    try:
        rows = _rows(content)
    except InvalidValue as wrong:
        problem = Problem(f"{name}, the whole file", wrong.found, wrong.allowed)
        return ImportResult(format="Excel", problems=(problem,))
    lessons, problems = parse_text(_text(rows), name=name, zone=zone)
    return ImportResult(format="Excel", lessons=tuple(lessons), problems=tuple(problems))


def _rows(content: bytes) -> list[list[object]]:
    allowed = "an Excel workbook (.xlsx)"
    if len(content) > MOST_BYTES:
        raise InvalidValue(f"{len(content)} bytes", f"{MOST_BYTES} bytes at most")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise InvalidValue("another kind of file", allowed) from None
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED or len(entries) > MOST_ENTRIES:
        found = f"{unpacked} bytes when unpacked, in {len(entries)} parts"
        raise InvalidValue(found, f"{LARGEST_UNPACKED} bytes, in {MOST_ENTRIES} parts at most")
    try:
        return _sheet(content)
    except InvalidValue:
        raise
    except Exception:  # noqa: BLE001 (the libraries raise whatever a broken part makes of it)
        raise InvalidValue("a workbook that is broken", allowed) from None


def _sheet(content: bytes) -> list[list[object]]:
    from pandas import ExcelFile

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and the like, which nobody reads here
        with ExcelFile(io.BytesIO(content), engine="openpyxl") as book:
            names = [str(each) for each in book.sheet_names]
            chosen = next((each for each in names if each.lower() == SHEET), names[0])
            frame: Any = book.parse(
                chosen, header=None, dtype=object, nrows=MOST_LINES + 1, na_filter=False
            )
    if len(frame.columns) > MOST_COLUMNS:
        raise InvalidValue(f"{len(frame.columns)} columns", f"{MOST_COLUMNS} columns at most")
    rows: list[list[object]] = frame.to_numpy().tolist()
    return rows


def _text(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        is_day = value.time() == time() and value.year > _NO_YEAR
        return f"{value:%Y-%m-%d}" if is_day else f"{value:%H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # One row is one line: a break within a cell would make two of it.
    return "" if value is None else " ".join(str(value).split())


_NO_YEAR = 1900
"""What a time of the day without a day has in Excel."""
