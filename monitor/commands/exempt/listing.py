"""Formats exemptions for people and for programs."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitor.commands.tables import print_table
from schedules.exemption import Exemption, ExemptionScope, ExemptionState
from schedules.language import Message, gettext, writing
from schedules.language import gettext_lazy as _
from schedules.lesson import Lesson
from schedules.store import ExemptionWithLesson

COLUMNS = (
    _("number"),
    _("for"),
    _("platforms"),
    _("from"),
    _("until"),
    _("by"),
    _("reason"),
    _("state"),
)
SCOPES: Mapping[ExemptionScope, Message] = {
    ExemptionScope.LESSON: _("lesson {target}"),
    ExemptionScope.ROOM: _("room {target}"),
    ExemptionScope.LAYER: _("year layer {target}"),
    ExemptionScope.SCHOOL: _("the whole school"),
}
STATES: Mapping[ExemptionState, Message] = {
    ExemptionState.TO_COME: _("to come"),
    ExemptionState.IN_FORCE: _("in force"),
    ExemptionState.OVER: _("over"),
    ExemptionState.REVOKED: _("revoked"),
    ExemptionState.WITHOUT_LESSON: _("lesson cancelled or not in the timetable"),
}


def print_exemptions(listed: Iterable[ExemptionWithLesson], zone: ZoneInfo, now: float) -> None:
    """Print exemptions as a table."""
    print_table(COLUMNS, [_format_row(exemption, zone, now) for exemption in listed])


def format_json(listed: Iterable[ExemptionWithLesson], zone: ZoneInfo, now: float) -> str:
    """Format exemptions as a JSON array; its keys are the same in every language."""
    return json.dumps(
        [_make_record(exemption, zone, now) for exemption in listed], indent=2, ensure_ascii=False
    )


def describe_grant(exemption: Exemption, lesson: Lesson | None, zone: ZoneInfo) -> str:
    """Describe what was granted, where, and from when until when."""
    start, end = _format_times(exemption, lesson, zone)
    return gettext(
        "Exemption {number}: {platforms}, {place}, from {start} until {end}.",
        number=exemption.number,
        platforms=name_platforms(exemption),
        place=describe_place(exemption, lesson, zone),
        start=start,
        end=end,
    )


def name_platforms(exemption: Exemption) -> str:
    """Name the platforms of an exemption."""
    if exemption.platforms is None:
        return gettext("all platforms")
    return ", ".join(sorted(exemption.platforms))


def describe_place(exemption: Exemption, lesson: Lesson | None, zone: ZoneInfo) -> str:
    """Describe the lesson, room or layer of an exemption."""
    if exemption.scope is not ExemptionScope.LESSON:
        return SCOPES[exemption.scope].format(target=exemption.target)
    if lesson is None:
        return gettext("lesson {target}, which is not in the timetable", target=exemption.target)
    when = writing.numeric_day_and_time(lesson.start.timestamp(), zone)
    target = f"{lesson.period} ({', '.join([*lesson.rooms, *lesson.groups, when])})"
    return SCOPES[ExemptionScope.LESSON].format(target=target)


def _format_row(listed: ExemptionWithLesson, zone: ZoneInfo, now: float) -> tuple[str, ...]:
    exemption, lesson = listed.exemption, listed.lesson
    return (
        str(exemption.number),
        describe_place(exemption, lesson, zone),
        name_platforms(exemption),
        *_format_times(exemption, lesson, zone),
        exemption.granted_by,
        exemption.reason,
        str(STATES[exemption.state(lesson, now)]),
    )


def _format_times(exemption: Exemption, lesson: Lesson | None, zone: ZoneInfo) -> tuple[str, str]:
    span = exemption.time_span(lesson)
    if span is None:
        return "-", "-"
    return writing.numeric_day_and_time(span.start, zone), writing.numeric_day_and_time(
        span.end, zone
    )


def _make_record(listed: ExemptionWithLesson, zone: ZoneInfo, now: float) -> dict[str, Any]:
    exemption, lesson = listed.exemption, listed.lesson
    span, names = exemption.time_span(lesson), exemption.platforms
    return {
        "number": exemption.number,
        "scope": exemption.scope,
        "target": exemption.target,
        "platforms": None if names is None else sorted(names),
        "from": _format_timestamp(span and span.start, zone),
        "until": _format_timestamp(span and span.end, zone),
        "granted_by": exemption.granted_by,
        "granted_at": _format_timestamp(exemption.granted_at, zone),
        "reason": exemption.reason,
        "revoked_by": exemption.revoked_by or None,
        "revoked_at": _format_timestamp(exemption.revoked_at, zone),
        "state": exemption.state(lesson, now),
    }


def _format_timestamp(timestamp: float | None, zone: ZoneInfo) -> str | None:
    if timestamp is None:
        return None
    return datetime.fromtimestamp(timestamp, zone).isoformat(timespec="seconds")
