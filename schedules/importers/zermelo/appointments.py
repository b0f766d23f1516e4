"""Converts what Zermelo's Portal API (v3) calls appointments to lessons.

Each row is a version of an appointment, identified by its `appointmentInstance`; a superseded
version is not valid. A hidden one is nobody's lesson. The shape of a row is that of the maker's
documentation; no answer of a real portal was at hand, so what it leaves open is unverified.

Lessons and exams count as lessons: in both a class is in a room with a teacher, and the protocol
holds. An activity, a choice, a talk and what is of no known type do not: whether the protocol
holds at a trip or an interview is not for a timetable to say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.importers.importer import ImportResult
from schedules.importers.shared.limits import (
    MAX_LESSON_DURATION,
    MAX_PERIOD_LENGTH,
    MAX_VALUE_LENGTH,
    MAX_VALUES,
)
from schedules.language import gettext
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
"""All that is requested: subjects, remarks and students are not."""
MAX_SLOTS = 100
LESSON_TYPES = frozenset({"lesson", "exam"})
_MAX_NUMBER = 2**63
_LAST_TIMESTAMP = datetime(LAST_YEAR, 1, 1, tzinfo=UTC).timestamp()
_FIRST_TIMESTAMP = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp()

type _AppointmentRow = Mapping[object, object]


def parse_appointments(
    appointments: Iterable[object], *, name: str, days: DateRange, zone: ZoneInfo
) -> ImportResult:
    """Parse the lessons of a portal's answers. It never raises, whatever is in them.

    Args:
        appointments: the rows, as decoded JSON.
        name: what to call the portal in problems.
        days: those that were requested; what starts on others is ignored.
        zone: the school's time zone.
    """
    problems = ProblemCollector(name)
    lessons: list[Lesson] = []
    other_types: Counter[str] = Counter()
    for number, row in _latest_rows(appointments, problems):
        where = gettext("appointment {number}", number=number)
        try:
            kind = _parse_type(row)
            lesson = _parse_lesson(number, row, zone)
        except InvalidValue as error:
            problems.add_value(where, error)
            continue
        if not days.covers(lesson.start.astimezone(zone).date()):
            continue
        if kind in LESSON_TYPES:
            lessons.append(lesson)
        else:
            other_types[kind] += 1
    allowed = gettext("a lesson or an exam")
    return ImportResult(
        format="Zermelo",
        lessons=tuple(lessons),
        problems=tuple(problems.problems),
        left_out=tuple(
            Problem(
                name,
                gettext("{count} appointments of the type {kind}", count=count, kind=kind),
                allowed,
            )
            for kind, count in other_types.most_common()
        ),
        days=days,
    )


def _latest_rows(
    appointments: Iterable[object], problems: ProblemCollector
) -> Iterator[tuple[int, _AppointmentRow]]:
    """Iterate over the valid version of each appointment."""
    latest: dict[int, _AppointmentRow] = {}
    for position, row in enumerate(appointments, start=1):
        number = row.get("appointmentInstance") if isinstance(row, Mapping) else None
        if not isinstance(row, Mapping) or type(number) is not int or not 0 <= number < _MAX_NUMBER:
            problems.add(
                gettext("row {number}", number=position),
                gettext("no appointment"),
                gettext("a number as appointmentInstance"),
            )
        elif row.get("valid") is True and row.get("hidden") is not True:
            known = latest.get(number)
            if known is None or _modified(row) >= _modified(known):
                latest[number] = row
    yield from latest.items()


def _modified(row: _AppointmentRow) -> float:
    timestamp = row.get("lastModified")
    return timestamp if isinstance(timestamp, int | float) else 0.0


def _parse_type(row: _AppointmentRow) -> str:
    kind = row.get("type", "unknown")
    is_type = isinstance(kind, str) and kind.isalpha() and len(kind) <= MAX_PERIOD_LENGTH
    return str(kind) if is_type else "unknown"


def _parse_lesson(number: int, row: _AppointmentRow, zone: ZoneInfo) -> Lesson:
    start, end = _parse_datetime(row, "start"), _parse_datetime(row, "end")
    if not start < end or end - start > MAX_LESSON_DURATION:
        raise InvalidValue(
            gettext("an end that is not within 12 hours of the start"), gettext("a lesson's times")
        )
    return Lesson(
        instance=f"zermelo-{number}",
        start=start,
        end=end,
        period=_parse_period(row, start.astimezone(zone)),
        rooms=_parse_names(row, "locations"),
        groups=_parse_names(row, "groups"),
        teachers=_parse_names(row, "teachers"),
        status=_parse_status(row),
    )


def _parse_datetime(row: _AppointmentRow, key: str) -> datetime:
    seconds = row.get(key)
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, int | float)
        or not _FIRST_TIMESTAMP <= seconds < _LAST_TIMESTAMP
    ):
        raise InvalidValue(
            gettext("no moment as {key}", key=key), gettext("seconds since 1970, of this century")
        )
    return datetime.fromtimestamp(seconds, UTC)


def _parse_period(row: _AppointmentRow, start: datetime) -> str:
    """Return the label: the slot's name without a `u` before it, its number, or the time."""
    name = row.get("startTimeSlotName")
    if isinstance(name, str) and 0 < len(name.strip()) <= MAX_PERIOD_LENGTH and name.isprintable():
        plain = name.strip()
        return plain[1:] if plain[:1] == "u" and plain[1:].isdecimal() else plain
    slot = row.get("startTimeSlot")
    if isinstance(slot, int) and not isinstance(slot, bool) and 0 <= slot < MAX_SLOTS:
        return str(slot)
    return f"{start:%H:%M}"


def _parse_names(row: _AppointmentRow, key: str) -> tuple[str, ...]:
    values = row.get(key)
    if values is None:
        return ()
    if not isinstance(values, list) or len(values) > MAX_VALUES:
        raise InvalidValue(
            gettext("no list as {key}", key=key),
            gettext("{count} names at most", count=MAX_VALUES),
        )
    for value in values:
        if not isinstance(value, str) or not value.isprintable() or len(value) > MAX_VALUE_LENGTH:
            raise InvalidValue(
                gettext("no name in {key}", key=key),
                gettext("text of {count} characters at most", count=MAX_VALUE_LENGTH),
            )
    return tuple(dict.fromkeys(filter(None, (value.strip() for value in values))))


def _parse_status(row: _AppointmentRow) -> LessonStatus:
    for key, status in (
        ("cancelled", LessonStatus.CANCELLED),
        ("moved", LessonStatus.MOVED),
        ("new", LessonStatus.NEW),
    ):
        if row.get(key) is True:
            return status
    return LessonStatus.PLANNED
