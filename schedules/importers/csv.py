"""The timetable as a CSV file: what an administrator can make with any spreadsheet or script.

The header is `id,date,start,end,period,rooms,groups,teachers,status`; `id`, `groups`, `teachers`
and `status` may be absent. One row is one period; several rooms, groups or teachers are in one cell
with `|` between them. `docs/rooster.md` describes it for those who make the file.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from schedules.importers.importer import (
    ExportFiles,
    FileImporter,
    ImportContext,
    ImportResult,
    Recognition,
)
from schedules.importers.shared.delimited_text import TextRow, decode_text, parse_rows
from schedules.importers.shared.lesson_naming import LessonNamer
from schedules.importers.shared.limits import (
    MAX_LESSON_DURATION,
    MAX_PERIOD_LENGTH,
    MAX_VALUE_LENGTH,
    MAX_VALUES,
)
from schedules.language import gettext
from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import parse_date, parse_time, to_utc
from schedules.problem import InvalidValue, ProblemCollector

REQUIRED = ("date", "start", "end", "period", "rooms")
COLUMNS = ("id", "date", "start", "end", "period", "rooms", "groups", "teachers", "status")
VALUE_SEPARATOR = "|"
_NO_DATE = date(2000, 1, 3)
_NO_DATETIME = datetime(2000, 1, 3, tzinfo=UTC)


def parse_csv(content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
    """Parse the lessons of a file, and collect everything that is wrong with it.

    It never raises, whatever the bytes. A file with problems cannot be applied; the lessons beside
    them are those of the valid rows.

    Args:
        content: in UTF-8 or Windows-1252, with `,`, `;` or a tab between cells.
        name: what to call the file in its problems.
        zone: the school's time zone.
    """
    problems = ProblemCollector(name)
    lessons: dict[str, Lesson] = {}
    try:
        _parse_lessons(decode_text(content), _LocalTimes(zone), lessons, problems)
    except InvalidValue as error:
        problems.add_value(gettext("the whole file"), error)
    return ImportResult(
        format="CSV", lessons=tuple(lessons.values()), problems=tuple(problems.problems)
    )


def _parse_files(files: ExportFiles, context: ImportContext) -> ImportResult:
    name, content = next(iter(files.items()))
    return parse_csv(content, name=name, zone=context.zone)


IMPORTER = FileImporter(
    name="csv",
    title="CSV",
    parse=_parse_files,
    recognise=lambda _name, _content: Recognition.FALLBACK,
    has_own_instances=True,
)


def _parse_lessons(
    text: str, times: "_LocalTimes", lessons: dict[str, Lesson], problems: ProblemCollector
) -> None:
    namer = LessonNamer(times.zone)
    lines: dict[str, int] = {}
    for row in parse_rows(text, required=REQUIRED, known=COLUMNS, problems=problems):
        lesson = _RowParser(row, times, problems).parse_lesson()
        if lesson is None:
            continue
        lesson = namer.with_instance(lesson)
        first = lines.setdefault(lesson.instance, row.line)
        if first != row.line:
            allowed = gettext("each lesson once; line {number} has this one too", number=first)
            problems.add(
                gettext("line {number}, column id", number=row.line), lesson.instance, allowed
            )
        lessons.setdefault(lesson.instance, lesson)
    if not lines and not problems.problems:
        problems.add(
            gettext("below the header"), gettext("no lesson"), gettext("a row for each lesson")
        )


class _LocalTimes:
    """Parses dates and times. They are cached, because a timetable repeats a few on many rows."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.parse_date = lru_cache(maxsize=1_000)(parse_date)
        self._parse_time = lru_cache(maxsize=1_000)(parse_time)
        self._to_utc = lru_cache(maxsize=10_000)(to_utc)

    def parse_datetime(self, day: date, text: str) -> datetime:
        clock_time: time = self._parse_time(text)
        return self._to_utc(day, clock_time, self.zone)


class _RowParser:
    """Parses one row, and collects a problem for each invalid cell."""

    def __init__(self, row: TextRow, times: _LocalTimes, problems: ProblemCollector) -> None:
        self._row = row
        self._times = times
        self._problems = problems
        self._is_valid = True

    def parse_lesson(self) -> Lesson | None:
        """Return the lesson, without an instance when the row has no id; None: it is invalid."""
        day = self._parse_cell("date", self._times.parse_date, _NO_DATE)
        lesson = Lesson(
            instance=self._parse_cell("id", _parse_value, ""),
            start=self._parse_time_cell("start", day),
            end=self._parse_time_cell("end", day),
            period=self._parse_cell("period", _parse_period, ""),
            rooms=self._parse_cell("rooms", _parse_values, ()),
            groups=self._parse_cell("groups", _parse_values, ()),
            teachers=self._parse_cell("teachers", _parse_values, ()),
            status=self._parse_cell("status", _parse_status, LessonStatus.PLANNED),
        )
        if self._is_valid:
            self._parse_cell("end", lambda text: _check_length(text, lesson), None)
        return lesson if self._is_valid else None

    def _parse_time_cell(self, column: str, day: date) -> datetime:
        return self._parse_cell(
            column, lambda text: self._times.parse_datetime(day, text), _NO_DATETIME
        )

    def _parse_cell[Parsed](
        self, column: str, parse: Callable[[str], Parsed], default: Parsed
    ) -> Parsed:
        try:
            return parse(self._row.cells.get(column, ""))
        except InvalidValue as error:
            self._is_valid = False
            self._problems.add_value(
                gettext("line {number}, column {column}", number=self._row.line, column=column),
                error,
            )
            return default


def _parse_value(text: str, max_length: int = MAX_VALUE_LENGTH) -> str:
    # What does not print could be anything, so it is described and not repeated.
    if not text.isprintable():
        raise InvalidValue(gettext("a character that does not print"), gettext("text"))
    if len(text) > max_length:
        raise InvalidValue(
            gettext("{count} characters", count=len(text)),
            gettext("{count} characters at most", count=max_length),
        )
    return text


def _parse_period(text: str) -> str:
    if not text:
        raise InvalidValue(gettext("nothing"), gettext("the lesson hour's label, such as 3"))
    return _parse_value(text, MAX_PERIOD_LENGTH)


def _parse_values(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.split(VALUE_SEPARATOR))
    values = tuple(dict.fromkeys(filter(None, parts)))
    if len(values) > MAX_VALUES:
        raise InvalidValue(
            gettext("{count} values", count=len(values)),
            gettext("{count} values at most", count=MAX_VALUES),
        )
    return tuple(map(_parse_value, values))


def _parse_status(text: str) -> LessonStatus:
    try:
        return LessonStatus(text.lower() or LessonStatus.PLANNED)
    except ValueError:
        raise InvalidValue(
            text, gettext("{names}, or nothing", names=", ".join(LessonStatus))
        ) from None


def _check_length(text: str, lesson: Lesson) -> None:
    if lesson.end <= lesson.start:
        raise InvalidValue(text, gettext("a time after the start, on the same day"))
    if lesson.end - lesson.start > MAX_LESSON_DURATION:
        raise InvalidValue(text, gettext("an end within 12 hours of the start"))
