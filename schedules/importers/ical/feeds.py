"""Combines feeds into one timetable: those of a folder, one a room, and the calendars of a file.

A lesson in two rooms can be in the feed of both. Two feeds that tell something else of one lesson
(an old export beside the new one) leave it unknown: which of them holds cannot be seen.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.importers.ical.feed import FeedReading, PlacedLesson, parse_feed
from schedules.importers.importer import ExportFiles, ImportResult
from schedules.importers.shared.limits import MAX_UNREADABLE_PERCENTAGE, MAX_VALUES
from schedules.language import gettext
from schedules.lesson import Lesson
from schedules.problem import InvalidValue, Problem

FORMAT = "iCalendar"
MAX_CONTRADICTIONS = 10
"""Lessons: so few are left out, whatever their share."""


def parse_feeds(files: ExportFiles, *, days: DateRange, zone: ZoneInfo) -> ImportResult:
    """Parse the lessons of some feeds on some days. It never raises, whatever the bytes.

    Args:
        files: the feeds by name.
        days: the days to read.
        zone: the school's time zone; times without a zone are in it.
    """
    feeds = [
        parse_feed(content, name=name, days=days, zone=zone) for name, content in files.items()
    ]
    unreadable = [problem for feed in feeds for problem in feed.unreadable]
    lessons, contradictions = _combine(feeds)
    problems = [problem for feed in feeds for problem in feed.problems]
    if not problems:
        problems = _refusal(next(iter(files)), len(lessons), contradictions)
    return ImportResult(
        format=FORMAT,
        lessons=tuple(lessons),
        problems=tuple(problems),
        left_out=tuple(problem for feed in feeds for problem in feed.left_out),
        unreadable=(*unreadable, *contradictions),
        days=None if problems else days,
    )


def _combine(feeds: Sequence[FeedReading]) -> tuple[list[Lesson], list[Problem]]:
    """Return the lessons, and those of which the feeds tell different things."""
    tellings: dict[str, list[PlacedLesson]] = defaultdict(list)
    for feed in feeds:
        for placed in feed.lessons:
            tellings[placed.lesson.instance].append(placed)
    lessons: list[Lesson] = []
    contradictions: list[Problem] = []
    for placed_lessons in tellings.values():
        try:
            lessons.append(_one_lesson([placed.lesson for placed in placed_lessons]))
        except InvalidValue as error:
            contradictions.append(Problem(placed_lessons[-1].where, error.found, error.allowed))
    return lessons, contradictions


def _one_lesson(tellings: Sequence[Lesson]) -> Lesson:
    """Return the lesson that several feeds tell of, in the rooms of all of them."""
    rooms = tuple(dict.fromkeys(room for lesson in tellings for room in lesson.rooms))
    if len({replace(lesson, rooms=rooms) for lesson in tellings}) > 1 or len(rooms) > MAX_VALUES:
        raise InvalidValue(
            gettext("a lesson that another feed or calendar tells differently"),
            gettext("one UID for one lesson, with the same times, groups and status everywhere"),
        )
    return replace(tellings[0], rooms=rooms)


def _refusal(name: str, readable: int, contradictions: Sequence[Problem]) -> list[Problem]:
    """Return why all feeds are refused, though each of them can be read."""
    count, total = len(contradictions), readable + len(contradictions)
    if count > MAX_CONTRADICTIONS and 100 * count > MAX_UNREADABLE_PERCENTAGE * total:
        return [
            Problem(
                contradictions[0].where,
                gettext(
                    "{count} of {total} lessons that two feeds tell differently",
                    count=count,
                    total=total,
                ),
                gettext(
                    "{percentage} % at most; keep no old feeds in the folder",
                    percentage=MAX_UNREADABLE_PERCENTAGE,
                ),
            )
        ]
    if readable:
        return []
    return [
        Problem(
            f"{name}, {gettext('the whole file')}",
            gettext("no lesson on these days"),
            gettext("at least one lesson"),
        )
    ]
