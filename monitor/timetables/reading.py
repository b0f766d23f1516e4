"""Reads a timetable, whatever it is in: the one place that knows every importer."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from monitor.configuration import Configuration, TimetableSettings
from monitor.configuration.timetables import build_bells, build_calendar
from monitor.timetables import servers
from schedules.bells import Bells
from schedules.calendar import DateRange
from schedules.importers import csv, excel, ical, untis
from schedules.importers.csv import LONGEST_VALUE
from schedules.importers.formats import Format
from schedules.importers.result import ImportResult
from schedules.importers.spreadsheet import MOST_BYTES
from schedules.lesson import Lesson
from schedules.problem import Problem, Refused

_DIGEST_BYTES = 16
UNTIS_FILES = "GPU0??.*"
STANDARD_INPUT = Path("-")
MOST_FILES = 50
"""Of one export: a folder with more is not one of exports."""


class TimetableReader:
    """Reads for one school, over some days.

    Args:
        settings: the school's bells, calendar and time zone.
        days: the first and the last day to read, for formats that have no end of their own.
    """

    def __init__(self, settings: Configuration, days: DateRange) -> None:
        self._settings = settings
        self._days = days
        self._zone = settings.school.zone
        self._bells = build_bells(settings.bells)

    def of_source(self, source: TimetableSettings) -> ImportResult:
        """Read a source of the configuration.

        Raises:
            Refused: when a file or a secret cannot be read.
            ServerTrouble: when a server does not answer, or not as it should.
        """
        if source.path is None:
            return _named(servers.fetch_timetable(source, self._days, self._zone), source)
        heard = self._bells.for_branch(source.branch, source.track)
        return _named(self.of_files(read_export(source.path), source.format, heard), source)

    def of_files(
        self, files: dict[str, bytes], form: Format, heard: Bells | None = None
    ) -> ImportResult:
        """Read the files of one export, by name; None: with the bells that hold for all."""
        if form is Format.UNTIS:
            return self._untis(files, heard or self._bells)
        return self._readers[form](next(iter(files)), files)

    @cached_property
    def _readers(self) -> dict[Format, Callable[[str, dict[str, bytes]], ImportResult]]:
        return {
            Format.CSV: self._csv,
            Format.EXCEL: lambda name, files: excel.parse(files[name], name=name, zone=self._zone),
            Format.ICAL: self._ical,
        }

    def _csv(self, name: str, files: dict[str, bytes]) -> ImportResult:
        lessons, problems = csv.parse(files[name], name=name, zone=self._zone)
        return ImportResult(format="CSV", lessons=tuple(lessons), problems=tuple(problems))

    def _ical(self, name: str, files: dict[str, bytes]) -> ImportResult:
        return ical.parse(files[name], name=name, days=self._days, zone=self._zone)

    def _untis(self, files: dict[str, bytes], heard: Bells) -> ImportResult:
        return untis.parse(
            files,
            bells=heard,
            calendar=build_calendar(self._settings.calendar),
            days=self._days,
            zone=self._zone,
        )


def _named(imported: ImportResult, source: TimetableSettings) -> ImportResult:
    """Let lessons be known by their source: two portals, or two exports, number theirs alike.

    A source that is called as its format keeps the names that a file of it has. In CSV and Excel
    the school names the lessons itself.
    """
    if source.format in {Format.CSV, Format.EXCEL} or source.name == source.format:
        return imported
    lessons = (replace(each, instance=_within(source.name, each)) for each in imported.lessons)
    return replace(imported, lessons=tuple(lessons))


def _within(source: str, lesson: Lesson) -> str:
    name = f"{source}/{lesson.instance}"
    if len(name) <= LONGEST_VALUE:
        return name
    digest = blake2b(name.encode(), digest_size=_DIGEST_BYTES).hexdigest()
    return f"{source}/{digest}"


def read_export(path: Path) -> dict[str, bytes]:
    """Read a file, and what belongs to it; of a folder, its export; of `-`, standard input.

    The files of Untis belong together. Of others, a folder's newest file is its export.

    Raises:
        Refused: when there is nothing to read, or it cannot be read.
    """
    if path == STANDARD_INPUT:
        return {"standard input": _bounded(sys.stdin.buffer, path)}
    try:
        return {str(each): _content(each) for each in _files(path)}
    except OSError as error:
        raise Refused([Problem(str(path), error.strerror or "", "a readable file")]) from error


def export_signature(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Give what changes when an export is written anew: names, sizes, moments.

    Raises:
        Refused: when there is nothing to read.
    """
    try:
        states = [(each, each.stat()) for each in _files(path)]
    except OSError as error:
        raise Refused([Problem(str(path), error.strerror or "", "a readable file")]) from error
    return tuple((str(each), state.st_size, state.st_mtime_ns) for each, state in states)


def _files(path: Path) -> list[Path]:
    """Name what is to be read, the file that shows the format first."""
    folder = path if path.is_dir() else path.parent
    exported = sorted(_of_untis(folder))
    if exported and (path.is_dir() or path in exported):
        return exported
    if not path.is_dir():
        return [path]
    files = [each for each in folder.iterdir() if each.is_file() and each.name[0] not in "._~"]
    if not files:
        raise Refused([Problem(str(path), "no file", "an export of a timetable")])
    return [max(files, key=lambda each: each.stat().st_mtime_ns)]


def _of_untis(folder: Path) -> Iterator[Path]:
    for number, each in enumerate(folder.glob(UNTIS_FILES, case_sensitive=False)):
        if number == MOST_FILES:
            raise Refused([Problem(str(folder), "many exports", f"{MOST_FILES} files at most")])
        if each.is_file():
            yield each


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return _bounded(file, path)


def _bounded(file: BinaryIO, path: Path) -> bytes:
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused([Problem(str(path), "a larger file", f"{MOST_BYTES} bytes at most")])
    return content
