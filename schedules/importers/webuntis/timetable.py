"""WebUntis's timetable: the answers of its JSON-RPC, read into lessons.

A row is one period on one day, and names its classes, rooms and teachers by number only; what they
are called stands in lists of their own. The shapes are those of answers that the makers of the
`webuntis` library recorded. Unverified, for no server was at hand: that a period keeps its `id`
when the timetable is imported anew, and that the number 0 stands for nobody and nowhere.

Lessons and examinations (`ls`, `ex`) count as lessons: in both a class is in a room with a teacher.
Office hours, stand-by and the supervision of breaks do not. An `irregular` period differs from the
plan, and the server does not say how: it has been moved, as far as a lesson is concerned.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.importers.csv import LONGEST_LESSON, LONGEST_PERIOD, LONGEST_VALUE, MOST_VALUES
from schedules.importers.result import ImportResult
from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import FIRST_YEAR, LAST_YEAR, to_utc
from schedules.problem import InvalidValue, Problem, ProblemCollector

COUNTED = frozenset({"ls", "ex"})
_LISTS = {"kl": "classes", "ro": "rooms", "te": "teachers"}
_STATUS = {"cancelled": LessonStatus.CANCELLED, "irregular": LessonStatus.MOVED}
DAYS = 7
MIDNIGHT = 2400
_LARGEST_NUMBER = 2**63
_LONGEST_KIND = 10

type Row = Mapping[object, object]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Answers:
    """What a server answered, as JSON was decoded: nothing of it is to be trusted."""

    rows: Iterable[object]
    """Of `getTimetable`. A coupled lesson may stand in it once for each class."""
    classes: object
    """Of `getKlassen`."""
    rooms: object
    """Of `getRooms`."""
    teachers: object
    """Of `getTeachers`. Only the short name of each is looked at."""
    grid: object
    """Of `getTimegridUnits`."""
    days: DateRange
    """The first and the last day that the rows speak of."""


def parse(answers: Answers, *, name: str, zone: ZoneInfo) -> ImportResult:
    """Read the lessons of a server's answers. Never raises, whatever stands in them.

    Args:
        answers: what was answered.
        name: what to call the server in problems.
        zone: where the school's clocks stand; WebUntis gives times without a zone.
    """
    return _Reading(answers, name, zone).imported()


class _Reading:
    """The names by which rows are read, and what was found of them."""

    def __init__(self, answers: Answers, name: str, zone: ZoneInfo) -> None:
        self._mistakes = ProblemCollector(name)
        self._name = name
        self._zone = zone
        self._answers = answers
        self._names = {
            "kl": self._named(answers.classes, "kl"),
            "ro": self._named(answers.rooms, "ro"),
            "te": self._named(answers.teachers, "te"),
        }
        self._labels = _labels(answers.grid)
        self._unknown: Counter[str] = Counter()
        self._others: Counter[str] = Counter()

    def imported(self) -> ImportResult:
        lessons = tuple(self._lessons())
        return ImportResult(
            format="WebUntis",
            lessons=lessons,
            problems=tuple(self._mistakes.problems),
            left_out=tuple(self._left_out()),
            days=self._answers.days,
        )

    def _left_out(self) -> Iterator[Problem]:
        for kind, count in self._others.most_common():
            yield Problem(self._name, f"{count} periods of the type {kind}", "a lesson or an exam")
        for key, count in self._unknown.most_common():
            found = f"{count} times one that is not among the {_LISTS[key]}"
            yield Problem(self._name, found, f"a user that may see all {_LISTS[key]}")

    def _lessons(self) -> Iterator[Lesson]:
        first, last = self._answers.days
        for number, row in self._latest():
            try:
                day = _day(row.get("date"))
                lesson = self._lesson(number, row, day)
            except InvalidValue as wrong:
                self._mistakes.add_value(f"period {number}", wrong)
                continue
            kind = _kind(row)
            if not first <= day <= last:
                continue
            if kind in COUNTED:
                yield lesson
            else:
                self._others[kind] += 1

    def _latest(self) -> Iterator[tuple[int, Row]]:
        """Take each period once: as it was answered last."""
        latest: dict[int, Row] = {}
        for place, row in enumerate(self._answers.rows, start=1):
            number = _number(row)
            if number is None or not isinstance(row, Mapping):
                self._mistakes.add(f"row {place}", "no period", "a number as id")
            else:
                latest[number] = row
        yield from latest.items()

    def _lesson(self, number: int, row: Row, day: date) -> Lesson:
        clock = _time(row, "startTime")
        start = to_utc(day, clock, self._zone)
        end = to_utc(day, _time(row, "endTime"), self._zone)
        if not start < end or end - start > LONGEST_LESSON:
            raise InvalidValue(
                "an end that is not within 12 hours of the start", "a lesson's times"
            )
        return Lesson(
            instance=f"webuntis-{number}",
            start=start,
            end=end,
            period=self._labels.get((day.isoweekday(), clock), f"{clock:%H:%M}"),
            rooms=self._those(row, "ro"),
            groups=self._those(row, "kl"),
            teachers=self._those(row, "te"),
            status=_status(row),
        )

    def _those(self, row: Row, key: str) -> tuple[str, ...]:
        """Name the classes, rooms or teachers of a row."""
        values = row.get(key)
        if values is None:
            return ()
        if not isinstance(values, list) or len(values) > MOST_VALUES:
            raise InvalidValue(f"no list as {key}", f"{MOST_VALUES} numbers at most")
        found: dict[str, None] = {}
        for value in values:
            number = _number(value)
            if number is None:
                raise InvalidValue(f"no number in {key}", "a number as id")
            if number in self._names[key]:
                found[self._names[key][number]] = None
            elif number:
                self._unknown[key] += 1
        return tuple(found)

    def _named(self, entries: object, key: str) -> dict[int, str]:
        """Read a list of numbers and names, of which all else is passed over."""
        names: dict[int, str] = {}
        if not isinstance(entries, list):
            self._mistakes.add(_LISTS[key], "no list", "a list")
            return names
        for place, entry in enumerate(entries, start=1):
            number = _number(entry)
            text = _text(entry.get("name")) if isinstance(entry, Mapping) else ""
            if number is None or not text:
                allowed = f"a number and a name of {LONGEST_VALUE} characters at most"
                self._mistakes.add(f"{_LISTS[key]}, row {place}", "another", allowed)
            else:
                names[number] = text
        return names


def _labels(grid: object) -> dict[tuple[int, time], str]:
    """Name the lesson hours by ISO weekday and start, where their names tell them apart.

    A recorded time grid calls every hour `0`. What has no name is known by its start. In a grid
    the days begin at Sunday, as 1. A period of more than one hour has the label of its first.
    """
    labels: dict[tuple[int, time], str] = {}
    for row in grid if isinstance(grid, list) else ():
        day = row.get("day") if isinstance(row, Mapping) else None
        units = row.get("timeUnits") if isinstance(row, Mapping) else None
        if type(day) is int and 1 <= day <= DAYS and isinstance(units, list):
            labels.update({((day - 2) % 7 + 1, at): label for at, label in _hours(units).items()})
    return labels


def _hours(units: list[object]) -> dict[time, str]:
    hours: dict[time, str] = {}
    for unit in units:
        label = _text(unit.get("name")) if isinstance(unit, Mapping) else ""
        if isinstance(unit, Mapping) and 0 < len(label) <= LONGEST_PERIOD:
            try:
                hours[_time(unit, "startTime")] = label
            except InvalidValue:
                continue
    return hours if len({*hours.values()}) == len(hours) else {}


def _number(entry: object) -> int | None:
    number = entry.get("id") if isinstance(entry, Mapping) else None
    return number if type(number) is int and 0 <= number < _LARGEST_NUMBER else None


def _text(value: object) -> str:
    """Give a name that can be kept; empty when it is none."""
    plain = value.strip() if isinstance(value, str) else ""
    return plain if plain.isprintable() and len(plain) <= LONGEST_VALUE else ""


def _day(value: object) -> date:
    """Read `20261019`."""
    allowed = f"a day such as 20261019, from {FIRST_YEAR} to {LAST_YEAR}"
    if type(value) is not int or not FIRST_YEAR <= value // 10_000 <= LAST_YEAR:
        raise InvalidValue("no day as date", allowed)
    try:
        return date(value // 10_000, value // 100 % 100, value % 100)
    except ValueError:
        raise InvalidValue("no day as date", allowed) from None


def _time(row: Row, key: str) -> time:
    """Read `830`, which is 08:30; `5` is 00:05."""
    value = row.get(key)
    allowed = "a time such as 830"
    if type(value) is not int or not 0 <= value < MIDNIGHT:
        raise InvalidValue(f"no time as {key}", allowed)
    try:
        return time(*divmod(value, 100))
    except ValueError:
        raise InvalidValue(f"no time as {key}", allowed) from None


def _kind(row: Row) -> str:
    kind = row.get("lstype", "ls")
    is_one = isinstance(kind, str) and kind.isalpha() and len(kind) <= _LONGEST_KIND
    return str(kind) if is_one else "unknown"


def _status(row: Row) -> LessonStatus:
    code = row.get("code")
    if code is None or code == "":
        return LessonStatus.PLANNED
    if not isinstance(code, str) or code not in _STATUS:
        raise InvalidValue("another code", f"one of {', '.join(_STATUS)}")
    return _STATUS[code]


def school_years(entries: object) -> list[tuple[int, date, date]]:
    """Read the number, first and last day of each school year, of `getSchoolyears`.

    Raises:
        InvalidValue: when one of them is none.
    """
    years: list[tuple[int, date, date]] = []
    for entry in entries if isinstance(entries, list) else ():
        number = _number(entry)
        if number is None or not isinstance(entry, Mapping):
            raise InvalidValue("no school year", "a number as id")
        years.append((number, _day(entry.get("startDate")), _day(entry.get("endDate"))))
    return years
