"""The timetable as a CSV file: what an administrator can make with any spreadsheet or script.

The header is `id,date,start,end,period,rooms,groups,teachers,status`; `id`, `groups`, `teachers`
and `status` may be absent. One row is one lesson hour; several rooms, groups or teachers stand in
one cell with `|` between them. `docs/rooster.md` describes it for those who make the file.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from schedules.importers.lesson_naming import LessonNamer
from schedules.importers.spreadsheet import Row, decode, rows
from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import parse_date, parse_time, to_utc
from schedules.problem import InvalidValue, Problem, ProblemCollector

REQUIRED = ("date", "start", "end", "period", "rooms")
COLUMNS = ("id", "date", "start", "end", "period", "rooms", "groups", "teachers", "status")
BETWEEN = "|"
LONGEST_VALUE = 100
LONGEST_PERIOD = 40
MOST_VALUES = 50
LONGEST_LESSON = timedelta(hours=12)
_NO_DAY = date(2000, 1, 3)
_NO_MOMENT = datetime(2000, 1, 3, tzinfo=UTC)


def parse(text: bytes, *, name: str, zone: ZoneInfo) -> tuple[list[Lesson], list[Problem]]:
    """Read the lessons of a file, and everything that is wrong with it.

    Never raises, whatever the bytes. A file with problems is not fit to be applied; the lessons
    beside them are those of the rows that could be read.

    Args:
        text: the file as it is, in UTF-8 or Windows-1252, with `,`, `;` or a tab between cells.
        name: what to call the file in its problems.
        zone: where the school's clocks stand.
    """
    mistakes = ProblemCollector(name)
    lessons: dict[str, Lesson] = {}
    try:
        _read(decode(text), _Clocks(zone), lessons, mistakes)
    except InvalidValue as wrong:
        mistakes.add_value("the whole file", wrong)
    return list(lessons.values()), mistakes.problems


def _read(
    text: str, clocks: "_Clocks", lessons: dict[str, Lesson], mistakes: ProblemCollector
) -> None:
    identities = LessonNamer(clocks.zone)
    lines: dict[str, int] = {}
    for row in rows(text, required=REQUIRED, known=COLUMNS, mistakes=mistakes):
        lesson = _Reading(row, clocks, mistakes).lesson()
        if lesson is None:
            continue
        lesson = identities.with_instance(lesson)
        first = lines.setdefault(lesson.instance, row.line)
        if first != row.line:
            allowed = f"each lesson once; line {first} has this one too"
            mistakes.add(f"line {row.line}, column id", lesson.instance, allowed)
        lessons.setdefault(lesson.instance, lesson)
    if not lines and not mistakes.problems:
        mistakes.add("below the header", "no lesson", "a row for each lesson")


class _Clocks:
    """Reads dates and times; a timetable has the same few on many rows."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.date = lru_cache(maxsize=1_000)(parse_date)
        self._time = lru_cache(maxsize=1_000)(parse_time)
        self._moment = lru_cache(maxsize=10_000)(to_utc)

    def moment(self, day: date, text: str) -> datetime:
        at: time = self._time(text)
        return self._moment(day, at, self.zone)


class _Reading:
    """The reading of one row: each cell that is wrong is noted."""

    def __init__(self, row: Row, clocks: _Clocks, mistakes: ProblemCollector) -> None:
        self._row = row
        self._clocks = clocks
        self._mistakes = mistakes
        self._is_right = True

    def lesson(self) -> Lesson | None:
        """Give the lesson, without a name when the row has none; None when a cell is wrong."""
        day = self._cell("date", self._clocks.date, _NO_DAY)
        lesson = Lesson(
            instance=self._cell("id", _value, ""),
            start=self._cell("start", lambda text: self._clocks.moment(day, text), _NO_MOMENT),
            end=self._cell("end", lambda text: self._clocks.moment(day, text), _NO_MOMENT),
            period=self._cell("period", _period, ""),
            rooms=self._cell("rooms", _values, ()),
            groups=self._cell("groups", _values, ()),
            teachers=self._cell("teachers", _values, ()),
            status=self._cell("status", _status, LessonStatus.PLANNED),
        )
        if self._is_right:
            self._cell("end", lambda text: _check_length(text, lesson), None)
        return lesson if self._is_right else None

    def _cell[Read](self, column: str, read: Callable[[str], Read], otherwise: Read) -> Read:
        try:
            return read(self._row.cells.get(column, ""))
        except InvalidValue as wrong:
            self._is_right = False
            where = f"line {self._row.line}, column {column}"
            self._mistakes.add_value(where, wrong)
            return otherwise


def _value(text: str, longest: int = LONGEST_VALUE) -> str:
    # What does not print could be anything, so it is described and not repeated.
    if not text.isprintable():
        raise InvalidValue("a character that does not print", "text")
    if len(text) > longest:
        raise InvalidValue(f"{len(text)} characters", f"{longest} characters at most")
    return text


def _period(text: str) -> str:
    if not text:
        raise InvalidValue("nothing", "the lesson hour's label, such as 3")
    return _value(text, LONGEST_PERIOD)


def _values(text: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(filter(None, (part.strip() for part in text.split(BETWEEN)))))
    if len(values) > MOST_VALUES:
        raise InvalidValue(f"{len(values)} values", f"{MOST_VALUES} values at most")
    return tuple(map(_value, values))


def _status(text: str) -> LessonStatus:
    try:
        return LessonStatus(text.lower() or LessonStatus.PLANNED)
    except ValueError:
        raise InvalidValue(text, ", ".join(LessonStatus) + ", or nothing") from None


def _check_length(text: str, lesson: Lesson) -> None:
    if lesson.end <= lesson.start:
        raise InvalidValue(text, "a time after the start, on the same day")
    if lesson.end - lesson.start > LONGEST_LESSON:
        raise InvalidValue(text, "an end within 12 hours of the start")
