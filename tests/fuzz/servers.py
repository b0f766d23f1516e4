"""What holds for the answers of servers that have a timetable."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.importers.importer import ImportResult
from schedules.importers.shared.limits import MAX_LESSON_DURATION
from schedules.importers.webuntis.periods import WebUntisAnswers, parse_answers, parse_school_years
from schedules.importers.zermelo.appointments import parse_appointments
from schedules.problem import MAX_PROBLEMS, InvalidValue

ZONE = ZoneInfo("Europe/Amsterdam")
DAYS = DateRange(date(2026, 8, 1), date(2027, 7, 31))
MAX_PROBLEM_LENGTH = 1_000


def of_webuntis(data: bytes) -> None:
    read = _json(data)
    given = read if isinstance(read, Mapping) else {}
    rows = given.get("rows")
    answers = WebUntisAnswers(
        rows=rows if isinstance(rows, list) else [read],
        classes=given.get("classes"),
        rooms=given.get("rooms"),
        teachers=given.get("teachers"),
        grid=given.get("grid"),
        days=DAYS,
    )
    _is_sound(parse_answers(answers, name="server", zone=ZONE))
    with suppress(InvalidValue):
        parse_school_years(given.get("years"))


def of_zermelo(data: bytes) -> None:
    read = _json(data)
    rows = read if isinstance(read, list) else [read]
    _is_sound(parse_appointments(rows, name="portal", days=DAYS, zone=ZONE))


def _json(data: bytes) -> object:
    try:
        read: object = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return read


def _is_sound(imported: ImportResult) -> None:
    assert len({lesson.instance for lesson in imported.lessons}) == len(imported.lessons)
    for lesson in imported.lessons:
        assert lesson.start < lesson.end <= lesson.start + MAX_LESSON_DURATION
        assert DAYS.covers(lesson.start.astimezone(ZONE).date())
        assert lesson.period.isprintable()
        assert all((*lesson.rooms, *lesson.groups, *lesson.teachers))
    assert len(imported.problems) <= MAX_PROBLEMS + 3
    for problem in (*imported.problems, *imported.left_out):
        assert str(problem).encode()
        assert "\n" not in str(problem)
        assert len(str(problem)) <= MAX_PROBLEM_LENGTH
