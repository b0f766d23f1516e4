"""WebUntis's timetable, as its JSON-RPC answers have it, read into lessons.

Times are whole numbers without a zone: 830 is half past eight, and 5 is five past midnight. Days
are numbers too, and in the time grid day 1 is Sunday. A period that goes on over several units of
the grid is one lesson, by the label of its first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from zoneinfo import ZoneInfo

from schedules.csv import LONGEST_LESSON, LONGEST_PERIOD, LONGEST_VALUE, MOST_VALUES
from schedules.imported import Imported
from schedules.lesson import Lesson, Status
from schedules.mistakes import Mistakes
from schedules.problem import Problem
from schedules.unreadable import Unreadable
from schedules.wall_time import FIRST_YEAR, LAST_YEAR, moment

LESSON = "ls"
_KINDS = {
    "oh": "an office hour",
    "sb": "a standby",
    "bs": "a break supervision",
    "ex": "an examination",
}
_COUNTED = frozenset({LESSON, "ex"})
_SUNDAY_FIRST = 7
_HUNDRED = 100

type Row = Mapping[object, object]


@dataclass(frozen=True)
class Answers:
    """What the server answered, as JSON was decoded. Whatever stands in it, it is read."""

    periods: Iterable[object]
    rooms: Iterable[object] = ()
    classes: Iterable[object] = ()
    teachers: Iterable[object] = ()
    grid: Iterable[object] = ()
    holidays: Iterable[object] = ()
    names: dict[str, dict[int, str]] = field(init=False)
    units: dict[int, dict[int, str]] = field(init=False)
    """By ISO weekday, the label of the unit that begins at a time."""

    def __post_init__(self) -> None:
        names = {"ro": self.rooms, "kl": self.classes, "te": self.teachers}
        object.__setattr__(self, "names", {key: _names(rows) for key, rows in names.items()})
        object.__setattr__(self, "units", dict(_units(self.grid)))


def parse(answers: Answers, *, name: str, days: tuple[date, date], zone: ZoneInfo) -> Imported:
    """Read the lessons of a server's answers. Never raises, whatever stands in them.

    Args:
        answers: periods, and the lists that their numbers refer to.
        name: what to call the server in problems.
        days: the first and the last day that was asked for.
        zone: where the school's clocks stand.
    """
    mistakes = Mistakes(name)
    lessons: dict[str, Lesson] = {}
    others: Counter[str] = Counter()
    free = list(_holidays(answers.holidays))
    for place, row in enumerate(answers.periods, start=1):
        try:
            period = _Period(row, answers)
            lesson = period.lesson(zone)
        except Unreadable as wrong:
            mistakes.add(f"period {place}", wrong.found, wrong.allowed)
            continue
        if any(first <= period.day <= last for first, last in free):
            others["a period in a holiday"] += 1
        elif period.kind not in _COUNTED:
            others[_KINDS.get(period.kind, "a period of another kind")] += 1
        else:
            lessons.setdefault(lesson.instance, lesson)
    left_out = [
        Problem(name, f"{count} × {what}", "a lesson or an examination")
        for what, count in others.most_common()
    ]
    return Imported(
        format="WebUntis",
        lessons=tuple(lessons.values()),
        problems=tuple(mistakes.problems),
        left_out=tuple(left_out),
        days=days,
    )


class _Period:
    """One period of an answer."""

    def __init__(self, row: object, answers: Answers) -> None:
        if not isinstance(row, Mapping):
            raise Unreadable("no period", "an object")
        self._row: Row = row
        self._answers = answers
        self.day = _day(row.get("date"))
        kind = row.get("lstype", LESSON)
        self.kind = kind if isinstance(kind, str) else ""

    def lesson(self, zone: ZoneInfo) -> Lesson:
        number = self._row.get("id")
        if not _is_number(number):
            raise Unreadable("no number as id", "a whole number")
        start, end = _time(self._row.get("startTime")), _time(self._row.get("endTime"))
        begins, ends = moment(self.day, start, zone), moment(self.day, end, zone)
        if not begins < ends or ends - begins > LONGEST_LESSON:
            raise Unreadable("an end that is not within 12 hours of the start", "a lesson's times")
        return Lesson(
            instance=f"webuntis-{number}",
            start=begins,
            end=ends,
            period=self._label(start),
            rooms=self._named("ro"),
            groups=self._named("kl"),
            teachers=self._named("te"),
            status=_STATUS.get(self._row.get("code"), Status.PLANNED),
        )

    def _label(self, start: time) -> str:
        units = self._answers.units.get(self.day.isoweekday(), {})
        return units.get(start.hour * _HUNDRED + start.minute) or f"{start:%H:%M}"

    def _named(self, key: str) -> tuple[str, ...]:
        known = self._answers.names[key]
        rows = self._row.get(key) or ()
        if not isinstance(rows, list | tuple) or len(rows) > MOST_VALUES:
            raise Unreadable(f"no list as {key}", f"{MOST_VALUES} numbers at most")
        found = []
        for each in rows:
            number = each.get("id") if isinstance(each, Mapping) else None
            if number == 0:  # what was there is taken away and nothing came in its place
                continue
            if number not in known and key == "te":  # not every user may see teachers' codes
                continue
            if not _is_number(number) or number not in known:
                raise Unreadable(f"an unknown number in {key}", "one that the server's list has")
            found.append(known[number])
        return tuple(dict.fromkeys(found))


_STATUS: dict[object, Status] = {"cancelled": Status.CANCELLED, "irregular": Status.MOVED}


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63


def _names(rows: Iterable[object]) -> dict[int, str]:
    found = {}
    for row in rows:
        if isinstance(row, Mapping):
            number, name = row.get("id"), row.get("name")
            if isinstance(number, int) and isinstance(name, str) and name.isprintable():
                found[number] = name.strip()[:LONGEST_VALUE]
    return {number: name for number, name in found.items() if name}


def _units(grid: Iterable[object]) -> Iterator[tuple[int, dict[int, str]]]:
    """Give each weekday's labels; where they are not told apart by name, they are by place."""
    for row in grid:
        if not isinstance(row, Mapping):
            continue
        day, units = row.get("day"), row.get("timeUnits")
        if not isinstance(day, int) or not isinstance(units, list):
            continue
        starts = [unit for unit in units if isinstance(unit, Mapping)]
        names = [str(unit.get("name", ""))[:LONGEST_PERIOD] for unit in starts]
        if len({*names}) < len(names) or not all(map(str.isprintable, names)):
            names = [str(place) for place in range(1, len(starts) + 1)]
        labels = {
            start: name
            for unit, name in zip(starts, names, strict=True)
            if isinstance(start := unit.get("startTime"), int)
        }
        yield day - 1 or _SUNDAY_FIRST, labels


def _holidays(rows: Iterable[object]) -> Iterator[tuple[date, date]]:
    for row in rows:
        if isinstance(row, Mapping):
            try:
                yield _day(row.get("startDate")), _day(row.get("endDate"))
            except Unreadable:
                continue


def _day(value: object) -> date:
    allowed = "a day such as 20261019"
    if not isinstance(value, int) or not FIRST_YEAR <= value // 10_000 <= LAST_YEAR:
        raise Unreadable("no day", allowed)
    try:
        return date(value // 10_000, value // _HUNDRED % _HUNDRED, value % _HUNDRED)
    except ValueError:
        raise Unreadable(str(value), allowed) from None


def _time(value: object) -> time:
    allowed = "a time such as 830"
    if not isinstance(value, int):
        raise Unreadable("no time", allowed)
    try:
        return time(value // _HUNDRED, value % _HUNDRED)
    except ValueError:
        raise Unreadable("no time", allowed) from None
