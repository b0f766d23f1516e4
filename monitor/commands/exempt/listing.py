"""Exemptions as people and programs read them."""

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
    print_table(COLUMNS, [_row(each, zone, now) for each in listed])


def as_json(listed: Iterable[ExemptionWithLesson], zone: ZoneInfo, now: float) -> str:
    """Give exemptions as a JSON array; its keys are the same in every language."""
    return json.dumps([_record(each, zone, now) for each in listed], indent=2, ensure_ascii=False)


def sentence(exemption: Exemption, lesson: Lesson | None, zone: ZoneInfo) -> str:
    """Say what was granted, for where, and from when until when."""
    start, end = _times(exemption, lesson, zone)
    return gettext(
        "Exemption {number}: {platforms}, {place}, from {start} until {end}.",
        number=exemption.number,
        platforms=platforms(exemption),
        place=place(exemption, lesson, zone),
        start=start,
        end=end,
    )


def platforms(exemption: Exemption) -> str:
    """Name the platforms of an exemption."""
    if exemption.platforms is None:
        return gettext("all platforms")
    return ", ".join(sorted(exemption.platforms))


def place(exemption: Exemption, lesson: Lesson | None, zone: ZoneInfo) -> str:
    """Say for which lesson, room or layer an exemption is."""
    if exemption.scope is not ExemptionScope.LESSON:
        return SCOPES[exemption.scope].format(target=exemption.target)
    if lesson is None:
        return gettext("lesson {target}, which is not in the timetable", target=exemption.target)
    when = writing.moment(lesson.start.timestamp(), zone)
    target = f"{lesson.period} ({', '.join([*lesson.rooms, *lesson.groups, when])})"
    return SCOPES[ExemptionScope.LESSON].format(target=target)


def _row(each: ExemptionWithLesson, zone: ZoneInfo, now: float) -> tuple[str, ...]:
    exemption, lesson = each.exemption, each.lesson
    return (
        str(exemption.number),
        place(exemption, lesson, zone),
        platforms(exemption),
        *_times(exemption, lesson, zone),
        exemption.granted_by,
        exemption.reason,
        str(STATES[exemption.state(lesson, now)]),
    )


def _times(exemption: Exemption, lesson: Lesson | None, zone: ZoneInfo) -> tuple[str, str]:
    span = exemption.time_span(lesson)
    if span is None:
        return "-", "-"
    return writing.moment(span.start, zone), writing.moment(span.end, zone)


def _record(each: ExemptionWithLesson, zone: ZoneInfo, now: float) -> dict[str, Any]:
    exemption, span = each.exemption, each.exemption.time_span(each.lesson)
    names = exemption.platforms
    return {
        "number": exemption.number,
        "scope": exemption.scope,
        "target": exemption.target,
        "platforms": None if names is None else sorted(names),
        "from": _written(span and span.start, zone),
        "until": _written(span and span.end, zone),
        "granted_by": exemption.granted_by,
        "granted_at": _written(exemption.granted_at, zone),
        "reason": exemption.reason,
        "revoked_by": exemption.revoked_by or None,
        "revoked_at": _written(exemption.revoked_at, zone),
        "state": exemption.state(each.lesson, now),
    }


def _written(moment: float | None, zone: ZoneInfo) -> str | None:
    if moment is None:
        return None
    return datetime.fromtimestamp(moment, zone).isoformat(timespec="seconds")
