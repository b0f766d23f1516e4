"""Exemptions as people and programs read them."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitor.commands.exempt.wording import Wording
from monitor.commands.tables import print_table
from schedules.exemption import Exemption, ExemptionScope
from schedules.lesson import Lesson
from schedules.store import ExemptionWithLesson


def print_exemptions(
    listed: Iterable[ExemptionWithLesson], words: Wording, zone: ZoneInfo, now: float
) -> None:
    """Print exemptions as a table."""
    print_table(words.columns, [_row(each, words, zone, now) for each in listed])


def as_json(listed: Iterable[ExemptionWithLesson], zone: ZoneInfo, now: float) -> str:
    """Give exemptions as a JSON array; its keys are the same in every language."""
    return json.dumps([_record(each, zone, now) for each in listed], indent=2, ensure_ascii=False)


def sentence(exemption: Exemption, lesson: Lesson | None, words: Wording, zone: ZoneInfo) -> str:
    """Say what was granted, for where, and from when until when."""
    start, end = _times(exemption, lesson, zone)
    return words.granted.format(
        number=exemption.number,
        platforms=platforms(exemption, words),
        place=place(exemption, lesson, words, zone),
        start=start,
        end=end,
    )


def platforms(exemption: Exemption, words: Wording) -> str:
    """Name the platforms of an exemption."""
    if exemption.platforms is None:
        return words.all_platforms
    return ", ".join(sorted(exemption.platforms))


def place(exemption: Exemption, lesson: Lesson | None, words: Wording, zone: ZoneInfo) -> str:
    """Say for which lesson, room or layer an exemption is."""
    if exemption.scope is not ExemptionScope.LESSON:
        return words.scopes[exemption.scope].format(target=exemption.target)
    if lesson is None:
        return words.lesson_gone.format(target=exemption.target)
    when = f"{lesson.start.astimezone(zone):%Y-%m-%d %H:%M}"
    target = f"{lesson.period} ({', '.join([*lesson.rooms, *lesson.groups, when])})"
    return words.scopes[ExemptionScope.LESSON].format(target=target)


def _row(each: ExemptionWithLesson, words: Wording, zone: ZoneInfo, now: float) -> tuple[str, ...]:
    exemption, lesson = each.exemption, each.lesson
    return (
        str(exemption.number),
        place(exemption, lesson, words, zone),
        platforms(exemption, words),
        *_times(exemption, lesson, zone),
        exemption.granted_by,
        exemption.reason,
        words.states[exemption.state(lesson, now)],
    )


def _times(exemption: Exemption, lesson: Lesson | None, zone: ZoneInfo) -> tuple[str, str]:
    span = exemption.time_span(lesson)
    if span is None:
        return "-", "-"
    start, end = (f"{datetime.fromtimestamp(each, zone):%Y-%m-%d %H:%M}" for each in span)
    return start, end


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
