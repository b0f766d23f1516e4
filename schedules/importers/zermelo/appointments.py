"""Converts what Zermelo's Portal API (v3) calls appointments to lessons.

Each row is a version of an appointment, identified by its `appointmentInstance`; a superseded
version is not valid. A hidden one is nobody's lesson. The shape of a row is that of the maker's
documentation; no answer of a real portal was at hand, so what it leaves open is unverified.

Lessons and exams count as lessons: in both a class is in a room with a teacher, and the protocol
holds. An activity, a choice, a talk and what is of no known type do not: whether the protocol
holds at a trip or an interview is not for a timetable to say. So a row's type is looked at before
anything else of it.

By the documentation a row lacks the fields that the token's user has no right to. Without its type
and whether it is valid, a row cannot be told from a trip or an old version; without a room in any
row, nothing could be counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.importers.importer import ImportResult
from schedules.importers.shared.leftovers import (
    Leftovers,
    NoLesson,
    check_duration,
    check_size,
)
from schedules.importers.shared.limits import MAX_PERIOD_LENGTH, MAX_VALUE_LENGTH
from schedules.language import Message, gettext, gettext_lazy, ngettext
from schedules.lesson import Lesson, LessonStatus
from schedules.local_time import FIRST_YEAR, LAST_YEAR
from schedules.problem import InvalidValue, Problem

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
_NAMES: Mapping[str, Message] = {
    "locations": gettext_lazy("rooms"),
    "groups": gettext_lazy("groups"),
    "teachers": gettext_lazy("teachers"),
}
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
    rows = list(appointments)
    leftovers = Leftovers(name, unit=_count_appointments, allowed=gettext("a lesson or an exam"))
    lessons: list[Lesson] = []
    for where, row in _latest_rows(rows):
        try:
            lesson = _parse_lesson(row, days, zone)
        except NoLesson as kind:
            leftovers.leave_out(kind)
        except InvalidValue as mistake:
            leftovers.add_unreadable(where, mistake)
        else:
            lessons += [lesson] if lesson else []
    without_rooms = [*_missing_fields(rows, name, ("locations",))]
    return ImportResult(
        format="Zermelo",
        lessons=tuple(lessons),
        problems=(*without_rooms, *leftovers.refusal(len(lessons))),
        left_out=(*leftovers.left_out, *_missing_fields(rows, name, ("groups", "teachers"))),
        unreadable=leftovers.unreadable,
        days=days,
    )


def _count_appointments(count: int) -> str:
    return ngettext("{count} appointment", "{count} appointments", count)


def _missing_fields(rows: list[object], name: str, keys: Iterable[str]) -> Iterator[Problem]:
    """Iterate over the fields that no row has: those that the user has no right to."""
    for key in keys:
        if rows and not any(isinstance(row, Mapping) and key in row for row in rows):
            mistake = _missing(key)
            yield Problem(name, mistake.found, mistake.allowed)


def _missing(key: str) -> InvalidValue:
    return InvalidValue(
        gettext("no field {key}", key=key),
        gettext(
            "the field {key}: give the token's user, and the token, READ in the scope Schedule",
            key=key,
        ),
    )


def _latest_rows(rows: Iterable[object]) -> Iterator[tuple[str, _AppointmentRow]]:
    """Iterate over the places and rows of the version of each appointment that holds."""
    latest: dict[str, _AppointmentRow] = {}
    for position, value in enumerate(rows, start=1):
        row: _AppointmentRow = value if isinstance(value, Mapping) else {"type": "lesson"}
        if row.get("valid") is False or row.get("hidden") is True:
            continue
        number = _parse_instance(row)
        place = (
            gettext("row {number}", number=position)
            if number is None
            else gettext("appointment {number}", number=number)
        )
        known = latest.get(place)
        if known is None or _version(row) >= _version(known):
            latest[place] = row
    yield from latest.items()


def _parse_instance(row: _AppointmentRow) -> int | None:
    number = row.get("appointmentInstance")
    return number if type(number) is int and 0 <= number < _MAX_NUMBER else None


def _version(row: _AppointmentRow) -> tuple[bool, float]:
    """Return what the version that holds has the highest of."""
    return row.get("valid") is True, _modified(row)


def _modified(row: _AppointmentRow) -> float:
    timestamp = row.get("lastModified")
    return timestamp if isinstance(timestamp, int | float) else 0.0


def _parse_lesson(row: _AppointmentRow, days: DateRange, zone: ZoneInfo) -> Lesson | None:
    """Return the lesson that a row is; None when it starts on another day.

    Raises:
        NoLesson: when it is something else.
        InvalidValue: when it should be a lesson, or may be one, and cannot be read.
    """
    kind = _parse_type(row)
    if kind and kind not in LESSON_TYPES:
        if _starts_elsewhere(row, days, zone):
            return None
        raise NoLesson(gettext("of the type {kind}", kind=kind))
    number = _parse_instance(row)
    if number is None:
        raise InvalidValue(gettext("no appointment"), gettext("a number as appointmentInstance"))
    start, end = _parse_datetime(row, "start"), _parse_datetime(row, "end")
    if not days.covers(start.astimezone(zone).date()):
        return None
    if not kind:
        raise _missing("type")
    if row.get("valid") is not True:
        raise _missing("valid")
    check_duration(start, end)
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


def _parse_type(row: _AppointmentRow) -> str:
    """Return the type; empty when a row has none."""
    kind = row.get("type")
    if kind is None:
        return ""
    is_type = isinstance(kind, str) and kind.isalpha() and len(kind) <= MAX_PERIOD_LENGTH
    return str(kind) if is_type else "unknown"


def _starts_elsewhere(row: _AppointmentRow, days: DateRange, zone: ZoneInfo) -> bool:
    try:
        return not days.covers(_parse_datetime(row, "start").astimezone(zone).date())
    except InvalidValue:
        return False


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
    if not isinstance(values, list):
        raise InvalidValue(gettext("no list as {key}", key=key), gettext("a list"))
    check_size(len(values), _NAMES[key])
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
