"""Converts what WebUntis calls periods to lessons, from the answers of its JSON-RPC.

A row is one period on one day, and has only the numbers of its classes, rooms and teachers; their
names are in lists of their own. The shapes are those of answers that the makers of the Python
library `webuntis` recorded. Unverified, for no server was at hand: that a period keeps its `id`
when the timetable is imported again, and that the number 0 stands for nobody and nowhere.

Lessons and examinations (`ls`, `ex`) count as lessons: in both a class is in a room with a teacher.
Office hours, stand-by and the supervision of breaks do not, so a row's type is looked at before
anything else of it. An `irregular` period differs from the
plan, and the server does not say how: for us it has been moved.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.importers.importer import ImportResult
from schedules.importers.shared.leftovers import (
    Leftovers,
    NoLesson,
    check_duration,
    check_size,
)
from schedules.importers.shared.limits import MAX_VALUE_LENGTH
from schedules.importers.webuntis.time_grid import period_labels
from schedules.importers.webuntis.values import parse_day, parse_name, parse_number, parse_time
from schedules.language import Message, gettext, gettext_lazy, ngettext
from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import to_utc
from schedules.problem import InvalidValue, Problem, ProblemCollector

LESSON_TYPES = frozenset({"ls", "ex"})
_LISTS: Mapping[str, Message] = {
    "kl": gettext_lazy("classes"),
    "ro": gettext_lazy("rooms"),
    "te": gettext_lazy("teachers"),
}
_STATUS = {"cancelled": LessonStatus.CANCELLED, "irregular": LessonStatus.MOVED}
_MAX_TYPE_LENGTH = 10

type _PeriodRow = Mapping[object, object]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WebUntisAnswers:
    """What a server answered, as decoded JSON: nothing of it is to be trusted."""

    rows: Iterable[object]
    """Of `getTimetable`. A coupled lesson may be in it once for each class."""
    classes: object
    """Of `getKlassen`."""
    rooms: object
    """Of `getRooms`."""
    teachers: object
    """Of `getTeachers`; None without the right to it. Only the short name of each is used."""
    grid: object
    """Of `getTimegridUnits`; None without the right to it."""
    days: DateRange
    """The days that the rows cover."""
    classes_not_shown: int = 0
    """How many classes have a timetable that the user may not see."""


class SchoolYear(NamedTuple):
    """A school year of the server."""

    number: int
    days: DateRange


def parse_answers(answers: WebUntisAnswers, *, name: str, zone: ZoneInfo) -> ImportResult:
    """Parse the lessons of a server's answers. It never raises, whatever is in them.

    Args:
        answers: what was answered.
        name: what to call the server in problems.
        zone: the school's time zone; WebUntis gives times without one.
    """
    return _AnswersParser(answers, name, zone).parse()


def parse_school_years(entries: object) -> list[SchoolYear]:
    """Parse the answer of `getSchoolyears`.

    Raises:
        InvalidValue: when an entry is no school year.
    """
    years: list[SchoolYear] = []
    for entry in entries if isinstance(entries, list) else ():
        number = parse_number(entry)
        if number is None or not isinstance(entry, Mapping):
            raise InvalidValue(gettext("no school year"), gettext("a number as id"))
        days = DateRange(parse_day(entry.get("startDate")), parse_day(entry.get("endDate")))
        years.append(SchoolYear(number, days))
    return years


def _count_periods(count: int) -> str:
    return ngettext("{count} period", "{count} periods", count)


class _AnswersParser:
    """Parses rows with the names of the lists, and counts what is left out."""

    def __init__(self, answers: WebUntisAnswers, name: str, zone: ZoneInfo) -> None:
        self._problems = ProblemCollector(name)
        self._leftovers = Leftovers(
            name, unit=_count_periods, allowed=gettext("a lesson or an exam")
        )
        self._unknown: Counter[str] = Counter()
        self._unnamed: Counter[str] = Counter()
        self._name = name
        self._zone = zone
        self._answers = answers
        self._names = {
            "kl": self._parse_list(answers.classes, "kl"),
            "ro": self._parse_list(answers.rooms, "ro"),
            "te": self._parse_list(answers.teachers, "te"),
        }
        self._labels = period_labels(answers.grid)

    def parse(self) -> ImportResult:
        lessons = tuple(self._parse_lessons())
        return ImportResult(
            format="WebUntis",
            lessons=lessons,
            problems=(*self._problems.problems, *self._leftovers.refusal(len(lessons))),
            left_out=(*self._leftovers.left_out, *self._not_shown()),
            unreadable=self._leftovers.unreadable,
            days=self._answers.days,
        )

    def _not_shown(self) -> Iterator[Problem]:
        """Iterate over what the user may not see, or what has no name that can be used."""
        if count := self._answers.classes_not_shown:
            yield self._without(
                gettext("{count} classes whose timetable is not shown", count=count), "kl"
            )
        if self._answers.teachers is None:
            yield self._without(gettext("no teachers: they are not shown"), "te")
        if self._answers.grid is None:
            yield Problem(
                self._name,
                gettext("no names of the lesson hours: the time grid is not shown"),
                gettext("a user that may see the time grid"),
            )
        for key, count in self._unnamed.most_common():
            yield Problem(
                self._name,
                gettext("{count} {list} without a usable name", count=count, list=_LISTS[key]),
                gettext(
                    "a number and a name of {count} characters at most", count=MAX_VALUE_LENGTH
                ),
            )
        for key, count in self._unknown.most_common():
            yield self._without(
                gettext(
                    "{count} times one that is not among the {list}", count=count, list=_LISTS[key]
                ),
                key,
            )

    def _without(self, found: str, key: str) -> Problem:
        allowed = gettext("a user that may see all {list}", list=_LISTS[key])
        return Problem(self._name, found, allowed)

    def _parse_lessons(self) -> Iterator[Lesson]:
        for where, row in self._latest_rows():
            try:
                lesson = self._parse_lesson(row)
            except NoLesson as kind:
                self._leftovers.leave_out(kind)
            except InvalidValue as mistake:
                self._leftovers.add_unreadable(where, mistake)
            else:
                if lesson:
                    yield lesson

    def _latest_rows(self) -> Iterator[tuple[str, _PeriodRow]]:
        """Iterate over each period once, as it was answered last, with its place."""
        latest: dict[str, _PeriodRow] = {}
        for position, row in enumerate(self._answers.rows, start=1):
            number = parse_number(row)
            place = (
                gettext("row {number}", number=position)
                if number is None
                else gettext("period {number}", number=number)
            )
            latest[place] = row if isinstance(row, Mapping) else {}
        yield from latest.items()

    def _parse_lesson(self, row: _PeriodRow) -> Lesson | None:
        """Return the lesson that a row is; None when it is on another day.

        Raises:
            NoLesson: when it is something else.
            InvalidValue: when it should be a lesson and cannot be read.
        """
        kind = _parse_type(row)
        if kind not in LESSON_TYPES:
            if self._is_elsewhere(row):
                return None
            raise NoLesson(gettext("of the type {kind}", kind=kind))
        number = parse_number(row)
        if number is None:
            raise InvalidValue(gettext("no period"), gettext("a number as id"))
        day = parse_day(row.get("date"))
        if not self._answers.days.covers(day):
            return None
        start_time = parse_time(row, "startTime")
        start = to_utc(day, start_time, self._zone)
        end = to_utc(day, parse_time(row, "endTime"), self._zone)
        check_duration(start, end)
        return Lesson(
            instance=f"webuntis-{number}",
            start=start,
            end=end,
            period=self._labels.get((day.isoweekday(), start_time), f"{start_time:%H:%M}"),
            rooms=self._parse_names(row, "ro"),
            groups=self._parse_names(row, "kl"),
            teachers=self._parse_names(row, "te"),
            status=_parse_status(row),
        )

    def _is_elsewhere(self, row: _PeriodRow) -> bool:
        try:
            return not self._answers.days.covers(parse_day(row.get("date")))
        except InvalidValue:
            return False

    def _parse_names(self, row: _PeriodRow, key: str) -> tuple[str, ...]:
        """Return the names of a row's classes, rooms or teachers."""
        values = row.get(key)
        if values is None:
            return ()
        if not isinstance(values, list):
            raise InvalidValue(gettext("no list as {key}", key=key), gettext("a list"))
        check_size(len(values), _LISTS[key])
        names: dict[str, None] = {}
        for value in values:
            number = parse_number(value)
            if number is None:
                raise InvalidValue(
                    gettext("no number in {key}", key=key), gettext("a number as id")
                )
            if number in self._names[key]:
                names[self._names[key][number]] = None
            elif number and not (key == "te" and self._answers.teachers is None):
                self._unknown[key] += 1
        return tuple(names)

    def _parse_list(self, entries: object, key: str) -> dict[int, str]:
        """Parse a list of numbers and names, and count what has neither."""
        names: dict[int, str] = {}
        if entries is None and key == "te":
            return names
        if not isinstance(entries, list):
            self._problems.add(str(_LISTS[key]), gettext("no list"), gettext("a list"))
            return names
        for entry in entries:
            number = parse_number(entry)
            name = parse_name(entry.get("name")) if isinstance(entry, Mapping) else ""
            if number is None or not name:
                self._unnamed[key] += 1
            else:
                names[number] = name
        if entries and not names:
            self._problems.add(
                str(_LISTS[key]), gettext("no usable name"), gettext("a number and a name")
            )
        return names


def _parse_type(row: _PeriodRow) -> str:
    kind = row.get("lstype", "ls")
    is_type = isinstance(kind, str) and kind.isalpha() and len(kind) <= _MAX_TYPE_LENGTH
    return str(kind) if is_type else "unknown"


def _parse_status(row: _PeriodRow) -> LessonStatus:
    code = row.get("code")
    if code is None or code == "":
        return LessonStatus.PLANNED
    if not isinstance(code, str) or code not in _STATUS:
        raise InvalidValue(
            gettext("another code"), gettext("one of {names}", names=", ".join(_STATUS))
        )
    return _STATUS[code]
