"""Zermelo's timetable: what its Portal API (v3) calls appointments, read into lessons.

Each row is a version of an appointment, known by its `appointmentInstance`; a version that another
has taken the place of is not valid. A hidden one is nobody's lesson. The shape of a row is that of
the maker's documentation; no answer of a real portal was at hand, so what it leaves open is
unverified.

Lessons and exams count as lessons: in both a class is in a room with a teacher, and the protocol
holds. An activity, a choice, a talk and what is of no known type do not: whether it holds at a
trip or an interview is not for a timetable to say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.importers.csv import LONGEST_LESSON, LONGEST_PERIOD, LONGEST_VALUE, MOST_VALUES
from schedules.importers.result import ImportResult
from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import FIRST_YEAR, LAST_YEAR
from schedules.problem import InvalidValue, Problem, ProblemCollector

FIELDS = (
    "id",
    "appointmentInstance",
    "start",
    "end",
    "startTimeSlot",
    "startTimeSlotName",
    "valid",
    "hidden",
    "cancelled",
    "moved",
    "new",
    "type",
    "teachers",
    "groups",
    "locations",
    "lastModified",
)
"""All that is asked for: subjects, remarks and students are not."""
MOST_SLOTS = 100
COUNTED = frozenset({"lesson", "exam"})
_LARGEST_NUMBER = 2**63
_LARGEST_MOMENT = datetime(LAST_YEAR, 1, 1, tzinfo=UTC).timestamp()
_SMALLEST_MOMENT = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp()

type Row = Mapping[object, object]


def parse(
    appointments: Iterable[object], *, name: str, days: DateRange, zone: ZoneInfo
) -> ImportResult:
    """Read the lessons of a portal's answers. Never raises, whatever stands in them.

    Args:
        appointments: the rows, as JSON was decoded.
        name: what to call the portal in problems.
        days: the first and the last day that was asked for; what starts on others is left alone.
        zone: where the school's clocks stand.
    """
    mistakes = ProblemCollector(name)
    lessons: list[Lesson] = []
    others: Counter[str] = Counter()
    for number, row in _latest(appointments, mistakes):
        where = f"appointment {number}"
        try:
            kind = _kind(row)
            lesson = _lesson(number, row, zone)
        except InvalidValue as wrong:
            mistakes.add_value(where, wrong)
            continue
        if not days[0] <= lesson.start.astimezone(zone).date() <= days[1]:
            continue
        if kind in COUNTED:
            lessons.append(lesson)
        else:
            others[kind] += 1
    allowed = "a lesson or an exam"
    return ImportResult(
        format="Zermelo",
        lessons=tuple(lessons),
        problems=tuple(mistakes.problems),
        left_out=tuple(
            Problem(name, f"{count} appointments of the type {kind}", allowed)
            for kind, count in others.most_common()
        ),
        days=days,
    )


def _latest(
    appointments: Iterable[object], mistakes: ProblemCollector
) -> Iterator[tuple[int, Row]]:
    """Choose the version of each appointment that holds now."""
    latest: dict[int, Row] = {}
    for place, row in enumerate(appointments, start=1):
        number = row.get("appointmentInstance") if isinstance(row, Mapping) else None
        if (
            not isinstance(row, Mapping)
            or type(number) is not int
            or not 0 <= number < _LARGEST_NUMBER
        ):
            mistakes.add(f"row {place}", "no appointment", "a number as appointmentInstance")
        elif row.get("valid") is True and row.get("hidden") is not True:
            known = latest.get(number)
            if known is None or _modified(row) >= _modified(known):
                latest[number] = row
    yield from latest.items()


def _modified(row: Row) -> float:
    at = row.get("lastModified")
    return at if isinstance(at, int | float) else 0.0


def _kind(row: Row) -> str:
    kind = row.get("type", "unknown")
    is_one = isinstance(kind, str) and kind.isalpha() and len(kind) <= LONGEST_PERIOD
    return str(kind) if is_one else "unknown"


def _lesson(number: int, row: Row, zone: ZoneInfo) -> Lesson:
    start, end = _moment(row, "start"), _moment(row, "end")
    if not start < end or end - start > LONGEST_LESSON:
        raise InvalidValue("an end that is not within 12 hours of the start", "a lesson's times")
    return Lesson(
        instance=f"zermelo-{number}",
        start=start,
        end=end,
        period=_period(row, start.astimezone(zone)),
        rooms=_names(row, "locations"),
        groups=_names(row, "groups"),
        teachers=_names(row, "teachers"),
        status=_status(row),
    )


def _moment(row: Row, key: str) -> datetime:
    seconds = row.get(key)
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, int | float)
        or not _SMALLEST_MOMENT <= seconds < _LARGEST_MOMENT
    ):
        raise InvalidValue(f"no moment as {key}", "seconds since 1970, of this century")
    return datetime.fromtimestamp(seconds, UTC)


def _period(row: Row, start: datetime) -> str:
    """Name the lesson hour: the slot's name without a `u` before it, its number, or the time."""
    named = row.get("startTimeSlotName")
    if isinstance(named, str) and 0 < len(named.strip()) <= LONGEST_PERIOD and named.isprintable():
        plain = named.strip()
        return plain[1:] if plain[:1] == "u" and plain[1:].isdecimal() else plain
    slot = row.get("startTimeSlot")
    if isinstance(slot, int) and not isinstance(slot, bool) and 0 <= slot < MOST_SLOTS:
        return str(slot)
    return f"{start:%H:%M}"


def _names(row: Row, key: str) -> tuple[str, ...]:
    values = row.get(key)
    if values is None:
        return ()
    if not isinstance(values, list) or len(values) > MOST_VALUES:
        raise InvalidValue(f"no list as {key}", f"{MOST_VALUES} names at most")
    for value in values:
        if not isinstance(value, str) or not value.isprintable() or len(value) > LONGEST_VALUE:
            raise InvalidValue(f"no name in {key}", f"text of {LONGEST_VALUE} characters at most")
    return tuple(dict.fromkeys(filter(None, (value.strip() for value in values))))


def _status(row: Row) -> LessonStatus:
    for key, status in (
        ("cancelled", LessonStatus.CANCELLED),
        ("moved", LessonStatus.MOVED),
        ("new", LessonStatus.NEW),
    ):
        if row.get(key) is True:
            return status
    return LessonStatus.PLANNED
