"""Imports of the timetable: compared with what is stored, and applied whole or not at all.

A lesson belongs to the source that it came from. No source changes another's lessons.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import batched
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from schedules.calendar import DateRange
from schedules.language import gettext
from schedules.lesson import Lesson
from schedules.problem import Problem, ProblemCollector, Refused
from schedules.store.audit import record_audit_entry
from schedules.store.difference import TimetableDifference, compare_lessons
from schedules.store.lessons import find_lessons
from schedules.store.versions import next_version

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from schedules.models import TimetableImport

type OnDifference = Callable[[TimetableDifference], None]
"""Called with what an import changes, before anything is written."""

type OnProgress = Callable[[int], None]
"""Called with how many rows were written since the last call."""


def compare_timetable(
    lessons: Sequence[Lesson], *, source: str, zone: ZoneInfo, days: DateRange | None = None
) -> TimetableDifference:
    """Return what an import would change, and change nothing.

    Args:
        lessons: all lessons of the source.
        source: the source's name.
        zone: the school's time zone.
        days: the days that the source covers; None: those of the lessons.

    Raises:
        Refused: when a lesson has the instance of another source's lesson.
    """
    from schedules.store import conversion

    _refuse_instances_of_others(lessons, source)
    rows = conversion.lesson_rows_on(days or _days_of(lessons, zone), zone, source)
    before = {lesson.instance: lesson for lesson in conversion.lessons_from_rows(rows)}
    # A lesson that was moved into these days from outside them is not new.
    moved_in = {lesson.instance for lesson in lessons} - before.keys()
    before.update((lesson.instance, lesson) for lesson in find_lessons(moved_in))
    return compare_lessons(before.values(), lessons)


def import_timetable(
    lessons: Sequence[Lesson],
    *,
    source: str,
    by: str,
    now: float,
    zone: ZoneInfo,
    days: DateRange | None = None,
    on_difference: OnDifference = lambda _: None,
    on_progress: OnProgress = lambda _: None,
) -> TimetableDifference:
    """Replace a source's lessons on the days that it covers: all of them, or none.

    Exemptions stay, and hold for the lesson with the same instance. `on_difference` saves a caller
    that shows the difference first a second comparison, which takes seconds for a year.

    Args:
        lessons: all lessons of the source.
        source: the source's name.
        by: who imports, for the audit.
        now: seconds since 1970-01-01 UTC.
        zone: the school's time zone.
        days: the days that the source covers; None: from the first day of the lessons to the last.
        on_difference: called before anything is written.
        on_progress: called after each batch of rows.

    Raises:
        Refused: when there is no lesson, or one has the instance of another source's lesson.
    """
    from django.db import transaction

    from schedules.models import Action, LessonRow, TimetableImport
    from schedules.store import conversion

    first, last = days or _days_of(lessons, zone)
    with transaction.atomic():
        changes = compare_timetable(lessons, source=source, zone=zone, days=days)
        on_difference(changes)
        timetable_import = TimetableImport.objects.create(
            source=source,
            by=by,
            at=conversion.to_datetime(now),
            first_day=first,
            last_day=last,
            lessons=len(lessons),
        )
        replaced = [lesson.instance for lesson in changes.changed + changes.gone]
        for old_rows in conversion.lesson_rows_named(replaced):
            on_progress(old_rows.delete()[0])
        rows = conversion.rows_from_lessons(changes.changed + changes.new, source, timetable_import)
        for batch in batched(rows, conversion.BATCH_SIZE):
            on_progress(len(LessonRow.objects.bulk_create(batch)))
        next_version()
        record_audit_entry(Action.TIMETABLE_IMPORTED, by=by, subject=str(timetable_import), now=now)
    return changes


def last_import_timestamp() -> float | None:
    """Return when an import last changed the timetable; None: never, or too long ago to be kept."""
    from schedules.models import TimetableImport

    last = TimetableImport.objects.order_by("-at").values_list("at", flat=True).first()
    return None if last is None else last.timestamp()


def count_imports_before(timestamp: float) -> int:
    """Count the imports from before a time that have no lesson that ends after it."""
    return _outlived_by_none(timestamp).count()


def delete_imports_before(timestamp: float) -> int:
    """Delete the imports from before a time without lessons, and return how many there were.

    Raises:
        django.db.models.ProtectedError: when lessons of theirs that ended by then still exist.
    """
    deleted, _ = _outlived_by_none(timestamp).delete()
    return deleted


def _outlived_by_none(timestamp: float) -> "QuerySet[TimetableImport]":
    from django.db.models import Exists, OuterRef

    from schedules.models import LessonRow, TimetableImport
    from schedules.store import conversion

    until = conversion.to_datetime(timestamp)
    later_lessons = LessonRow.objects.filter(taken_from=OuterRef("pk"), end__gt=until)
    return TimetableImport.objects.filter(~Exists(later_lessons), at__lt=until)


def _days_of(lessons: Iterable[Lesson], zone: ZoneInfo) -> DateRange:
    starts = [lesson.start for lesson in lessons]
    if not starts:
        raise Refused(
            [
                Problem(
                    gettext("the timetable"), gettext("no lesson"), gettext("at least one lesson")
                )
            ]
        )
    return DateRange(min(starts).astimezone(zone).date(), max(starts).astimezone(zone).date())


def _refuse_instances_of_others(lessons: Iterable[Lesson], source: str) -> None:
    from schedules.store import conversion

    problems = ProblemCollector(gettext("the timetable"))
    for rows in conversion.lesson_rows_named(lesson.instance for lesson in lessons):
        for instance, other in rows.exclude(source=source).values_list("instance", "source"):
            allowed = gettext("a name that the source {other} does not use", other=other)
            problems.add(gettext("a lesson's id"), instance, allowed)
    if problems.problems:
        raise Refused(problems.problems)
