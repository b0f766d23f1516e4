"""The timetable as its sources bring it: compared, and imported whole or not at all.

A lesson belongs to the source that brought it; no source changes another's.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import batched
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from schedules.lesson import Lesson
from schedules.problem import Problem, ProblemCollector, Refused
from schedules.store.audit import note
from schedules.store.difference import TimetableDifference, compare_lessons
from schedules.store.versions import next_version

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from schedules.models import TimetableImport

type Days = tuple[date, date]
"""The first day and the last."""

type Shown = Callable[[TimetableDifference], None]
"""Told what an import will change, before anything is written."""

type Progress = Callable[[int], None]
"""Told how many rows have been written since it was told before."""


def compare(
    lessons: Sequence[Lesson], *, source: str, zone: ZoneInfo, days: Days | None = None
) -> TimetableDifference:
    """Say what an import would change, and change nothing.

    Args:
        lessons: all that the source has.
        source: what the lessons are a version of.
        zone: where the school's clocks stand.
        days: the first and the last day that the source speaks of; None: those of the lessons.

    Raises:
        Refused: when a lesson has the name of another source's lesson.
    """
    from schedules.store import conversion

    _refuse_others(lessons, source)
    first, last = days or _days(lessons, zone)
    instances = {each.instance for each in lessons}
    before = {
        each.instance: each
        for each in conversion.lessons_from_rows(
            conversion.lesson_rows_on(first, last, zone, source)
        )
    }
    # A lesson that was moved into these days from outside them is not new.
    for found in conversion.lesson_rows_named(sorted(instances - before.keys())):
        before.update((each.instance, each) for each in conversion.lessons_from_rows(found))
    return compare_lessons(before.values(), lessons)


def import_timetable(
    lessons: Sequence[Lesson],
    *,
    source: str,
    by: str,
    now: float,
    zone: ZoneInfo,
    days: Days | None = None,
    show: Shown = lambda _: None,
    progress: Progress = lambda _: None,
) -> TimetableDifference:
    """Replace a source's lessons on the days that it speaks of: all or nothing.

    Who wants to see what will change gives `show`: to compare twice takes seconds for a year.

    Those days are `days`, or from the first day of the new lessons to the last.

    Exemptions stay, and hold for the lesson of the same name.

    Raises:
        Refused: when there is no lesson, or one has the name of another source's lesson.
    """
    from django.db import transaction

    from schedules.models import Action, LessonRow, TimetableImport
    from schedules.store import conversion

    first, last = days or _days(lessons, zone)
    with transaction.atomic():
        changes = compare(lessons, source=source, zone=zone, days=days)
        show(changes)
        taken_from = TimetableImport.objects.create(
            source=source,
            by=by,
            at=conversion.to_datetime(now),
            first_day=first,
            last_day=last,
            lessons=len(lessons),
        )
        for gone in conversion.lesson_rows_named(
            [each.instance for each in changes.changed + changes.gone]
        ):
            progress(gone.delete()[0])
        written = conversion.rows_from_lessons(changes.changed + changes.new, source, taken_from)
        for some in batched(written, conversion.BATCH_SIZE):
            progress(len(LessonRow.objects.bulk_create(some)))
        next_version()
        note(Action.TIMETABLE_IMPORTED, by=by, subject=str(taken_from), now=now)
    return changes


def imported_at() -> float | None:
    """Say when an import last changed the timetable; None: never, or too long ago to be kept."""
    from schedules.models import TimetableImport

    at = TimetableImport.objects.order_by("-at").values_list("at", flat=True).first()
    return None if at is None else at.timestamp()


def count_imports_before(moment: float) -> int:
    """Say how many imports are of before a moment and brought no lesson that ends after it."""
    return _outlived(moment).count()


def delete_imports_before(moment: float) -> int:
    """Delete the imports of before a moment whose lessons are gone, and say how many those were.

    Raises:
        django.db.models.ProtectedError: when lessons of theirs that ended by then still stand.
    """
    deleted, _ = _outlived(moment).delete()
    return deleted


def _outlived(moment: float) -> "QuerySet[TimetableImport]":
    from django.db.models import Exists, OuterRef

    from schedules.models import LessonRow, TimetableImport
    from schedules.store import conversion

    until = conversion.to_datetime(moment)
    lasting = LessonRow.objects.filter(taken_from=OuterRef("pk"), end__gt=until)
    return TimetableImport.objects.filter(~Exists(lasting), at__lt=until)


def _days(lessons: Iterable[Lesson], zone: ZoneInfo) -> tuple[date, date]:
    starts = [each.start for each in lessons]
    if not starts:
        raise Refused([Problem("the timetable", "no lesson", "at least one lesson")])
    return min(starts).astimezone(zone).date(), max(starts).astimezone(zone).date()


def _refuse_others(lessons: Iterable[Lesson], source: str) -> None:
    from schedules.store import conversion

    mistakes = ProblemCollector("the timetable")
    for found in conversion.lesson_rows_named(each.instance for each in lessons):
        for instance, other in found.exclude(source=source).values_list("instance", "source"):
            allowed = f"a name that the source {other} does not use"
            mistakes.add("a lesson's id", instance, allowed)
    if mistakes.problems:
        raise Refused(mistakes.problems)
