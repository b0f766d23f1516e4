"""The timetable as a CSV file: what an administrator can make with any spreadsheet or script.

The header is `id,date,start,end,period,rooms,groups,teachers,status`; `id`, `groups`, `teachers`
and `status` may be absent. One row is one period; several rooms, groups or teachers are in one cell
with `|` between them. The headings and statuses may be
Dutch too. `docs/rooster.md` describes it for those who make the file.
"""

from collections.abc import Callable, Mapping
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
from schedules.importers.shared.leftovers import (
    NoLesson,
    check_duration,
    check_size,
)
from schedules.importers.shared.limits import (
    MAX_PERIOD_LENGTH,
    MAX_VALUE_LENGTH,
)
from schedules.importers.shared.row_collector import RowCollector
from schedules.language import Message, gettext, gettext_lazy, ngettext
from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import parse_date, parse_time, to_utc
from schedules.problem import InvalidValue, ProblemCollector

REQUIRED = ("date", "start", "end", "period", "rooms")
COLUMNS = ("id", "date", "start", "end", "period", "rooms", "groups", "teachers", "status")
DUTCH_COLUMNS: Mapping[str, str] = {
    "datum": "date",
    "begin": "start",
    "begintijd": "start",
    "eind": "end",
    "einde": "end",
    "eindtijd": "end",
    "uur": "period",
    "lesuur": "period",
    "lokaal": "rooms",
    "lokalen": "rooms",
    "klas": "groups",
    "klassen": "groups",
    "groep": "groups",
    "groepen": "groups",
    "lesgroep": "groups",
    "docent": "teachers",
    "docenten": "teachers",
}
DUTCH_STATUSES: Mapping[str, LessonStatus] = {
    "gepland": LessonStatus.PLANNED,
    "vervallen": LessonStatus.CANCELLED,
    "verplaatst": LessonStatus.MOVED,
    "nieuw": LessonStatus.NEW,
}
VALUE_SEPARATOR = "|"
_NAMES: Mapping[str, Message] = {
    "rooms": gettext_lazy("rooms"),
    "groups": gettext_lazy("groups"),
    "teachers": gettext_lazy("teachers"),
}
_NO_DATE = date(2000, 1, 3)
_NO_DATETIME = datetime(2000, 1, 3, tzinfo=UTC)


def parse_csv(content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
    """Parse the lessons of a file. It never raises, whatever the bytes.

    A row that cannot be read is left out, and of two rows with one id that differ both are: which
    of them holds is unknown.

    Args:
        content: in UTF-8 or Windows-1252, with `,`, `;` or a tab between cells.
        name: what to call the file in its problems.
        zone: the school's time zone.
    """
    problems = ProblemCollector(name)
    rows = RowCollector(name, zone)
    try:
        text = decode_text(content)
        _parse_lessons(text, _LocalTimes(zone), rows, problems)
    except InvalidValue as error:
        problems.add_value(gettext("the whole file"), error)
    return ImportResult(
        format="CSV",
        lessons=rows.lessons,
        problems=(*problems.problems, *rows.leftovers.refusal(len(rows.lessons))),
        left_out=rows.leftovers.left_out,
        unreadable=rows.leftovers.unreadable,
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
    text: str, times: "_LocalTimes", rows: RowCollector, problems: ProblemCollector
) -> None:
    add_unreadable = rows.leftovers.add_unreadable
    for row in parse_rows(
        text,
        required=REQUIRED,
        known=COLUMNS,
        problems=problems,
        aliases=DUTCH_COLUMNS,
        add_unreadable=add_unreadable,
    ):
        parser = _RowParser(row, times)
        try:
            lesson = parser.parse_lesson()
        except NoLesson as kind:
            rows.leave_out(kind)
            continue
        if parser.mistakes:
            add_unreadable(*parser.describe_mistakes())
        else:
            rows.add(row.line, lesson)
    if rows.is_empty and not problems.problems:
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
    """Parses one row, and collects what is wrong with its cells."""

    def __init__(self, row: TextRow, times: _LocalTimes) -> None:
        self._row = row
        self._times = times
        self.mistakes: dict[str, InvalidValue] = {}

    def parse_lesson(self) -> Lesson:
        """Return the lesson, without an instance when the row has no id.

        With mistakes it is none.

        Raises:
            NoLesson: when the row is something else, whatever is wrong with it.
        """
        day = self._parse_cell("date", self._times.parse_date, _NO_DATE)
        lesson = Lesson(
            instance=self._parse_cell("id", _parse_value, ""),
            start=self._parse_time_cell("start", day),
            end=self._parse_time_cell("end", day),
            period=self._parse_cell("period", _parse_period, ""),
            rooms=self._parse_names("rooms"),
            groups=self._parse_names("groups"),
            teachers=self._parse_names("teachers"),
            status=self._parse_cell("status", _parse_status, LessonStatus.PLANNED),
        )
        if not self.mistakes:
            self._parse_cell("end", lambda _: check_duration(lesson.start, lesson.end), None)
        return lesson

    def describe_mistakes(self) -> tuple[str, InvalidValue]:
        """Return the place of what is wrong with the row, and all of it as one mistake."""
        place = ngettext(
            "line {number}, column {column}",
            "line {number}, columns {column}",
            len(self.mistakes),
            number=self._row.line,
            column=", ".join(self.mistakes),
        )
        mistakes = self.mistakes.values()
        return place, InvalidValue(
            ", ".join(mistake.found for mistake in mistakes),
            "; ".join(dict.fromkeys(mistake.allowed for mistake in mistakes)),
        )

    def _parse_names(self, column: str) -> tuple[str, ...]:
        parts = (part.strip() for part in self._row.cells.get(column, "").split(VALUE_SEPARATOR))
        values = tuple(dict.fromkeys(filter(None, parts)))
        check_size(len(values), _NAMES[column])
        return self._parse_cell(column, lambda _: tuple(map(_parse_value, values)), ())

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
            self.mistakes[column] = error
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


def _parse_status(text: str) -> LessonStatus:
    status = text.lower() or LessonStatus.PLANNED
    try:
        return DUTCH_STATUSES.get(status) or LessonStatus(status)
    except ValueError:
        raise InvalidValue(
            text, gettext("{names}, or nothing", names=", ".join(LessonStatus))
        ) from None
