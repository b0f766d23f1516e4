"""The timetable as an Excel file, with the columns of the CSV file.

The sheet `rooster`, or else the first one, is converted to CSV and parsed as such: the same rules
hold for both, and a mistake is shown with the sheet's own row.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from schedules.importers.csv import parse_csv
from schedules.importers.importer import (
    ExportFiles,
    FileImporter,
    ImportContext,
    ImportResult,
    Recognition,
    content_start,
)
from schedules.importers.shared.delimited_text import MAX_BYTES, MAX_LINES
from schedules.language import gettext
from schedules.problem import InvalidValue, Problem

SHEET = "rooster"
MAX_UNPACKED_SIZE = 64 * 1024 * 1024
"""Bytes of XML in all: 300,000 rows stay below it. Python unpacks no more of an entry than the
archive's directory says, so the directory can be relied on."""
MAX_ENTRIES = 500
MAX_COLUMNS = 100
_ZIP = b"PK\x03\x04"


def parse_excel(content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
    """Parse the lessons of a workbook, and collect everything that is wrong with it.

    It never raises, whatever the bytes.

    Args:
        content: the workbook; values are read, formulas are not calculated.
        name: what to call the file in its problems.
        zone: the school's time zone.
    """
    try:
        rows = _parse_workbook(content)
    except InvalidValue as error:
        problem = Problem(gettext("{name}, the whole file", name=name), error.found, error.allowed)
        return ImportResult(format="Excel", problems=(problem,))
    return replace(parse_csv(_to_csv(rows), name=name, zone=zone), format="Excel")


def _parse_files(files: ExportFiles, context: ImportContext) -> ImportResult:
    name, content = next(iter(files.items()))
    return parse_excel(content, name=name, zone=context.zone)


def _recognise(_: str, content: bytes) -> Recognition:
    is_zip = content_start(content).startswith(_ZIP)
    return Recognition.BY_CONTENT if is_zip else Recognition.NO


IMPORTER = FileImporter(
    name="excel",
    title="Excel",
    parse=_parse_files,
    recognise=_recognise,
    has_own_instances=True,
)


def _parse_workbook(content: bytes) -> list[list[object]]:
    allowed = gettext("an Excel workbook (.xlsx)")
    if len(content) > MAX_BYTES:
        raise InvalidValue(
            gettext("{count} bytes", count=len(content)),
            gettext("{count} bytes at most", count=MAX_BYTES),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise InvalidValue(gettext("another kind of file"), allowed) from None
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_SIZE or len(entries) > MAX_ENTRIES:
        found = gettext(
            "{unpacked} bytes when unpacked, in {count} parts",
            unpacked=unpacked,
            count=len(entries),
        )
        raise InvalidValue(
            found,
            gettext(
                "{count} bytes, in {count2} parts at most",
                count=MAX_UNPACKED_SIZE,
                count2=MAX_ENTRIES,
            ),
        )
    try:
        return _parse_sheet(content)
    except InvalidValue:
        raise
    except Exception:  # noqa: BLE001 (the libraries raise whatever a broken part makes of it)
        raise InvalidValue(gettext("a workbook that is broken"), allowed) from None


def _parse_sheet(content: bytes) -> list[list[object]]:
    from pandas import ExcelFile

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and the like, which are not used
        with ExcelFile(io.BytesIO(content), engine="openpyxl") as book:
            names = [str(name) for name in book.sheet_names]
            chosen = next((name for name in names if name.lower() == SHEET), names[0])
            frame: Any = book.parse(
                chosen, header=None, dtype=object, nrows=MAX_LINES + 1, na_filter=False
            )
    if len(frame.columns) > MAX_COLUMNS:
        raise InvalidValue(
            gettext("{count} columns", count=len(frame.columns)),
            gettext("{count} columns at most", count=MAX_COLUMNS),
        )
    rows: list[list[object]] = frame.to_numpy().tolist()
    return rows


def _to_csv(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    for row in rows:
        writer.writerow([_cell_text(value) for value in row])
    return text.getvalue().encode("utf-8", "replace")


def _cell_text(value: object) -> str:
    if isinstance(value, datetime):
        is_day = value.time() == time() and value.year > _YEAR_OF_TIMES
        return f"{value:%Y-%m-%d}" if is_day else f"{value:%H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # One row is one line: a line break in a cell would make two of it.
    return "" if value is None else " ".join(str(value).split())


_YEAR_OF_TIMES = 1900
"""The year that Excel gives a time of the day without a date."""
