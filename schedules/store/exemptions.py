"""Exemptions as they are granted and revoked, with the lessons that they are for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from schedules import exemption_rules
from schedules.exemption import Exemption, Exemptions, ExemptionScope
from schedules.language import gettext
from schedules.lesson import Lesson
from schedules.problem import Problem, Refused
from schedules.store.audit import record_audit_entry
from schedules.store.lessons import find_lessons
from schedules.store.versions import next_version
from schedules.timetable import Timetable

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from schedules.models import ExemptionRow


@dataclass(frozen=True, slots=True)
class ExemptionWithLesson:
    """An exemption, and its lesson as the timetable has it now."""

    exemption: Exemption
    lesson: Lesson | None
    """None: it is not for a lesson, or its lesson is no longer in the timetable."""


def load_exemptions(timetable: Timetable) -> Exemptions:
    """Load the exemptions for a timetable's lessons and days, with the revoked ones.

    A revoked exemption still covers the time until it was revoked.
    """
    from django.db.models import Q

    from schedules.models import ExemptionRow, LessonRow
    from schedules.store import conversion

    first = min((lesson.start for lesson in timetable.lessons), default=None)
    last = max((lesson.end for lesson in timetable.lessons), default=None)
    if first is None or last is None:
        return Exemptions((), timetable)
    lessons = LessonRow.objects.filter(end__gt=first, start__lt=last).values("instance")
    rows = ExemptionRow.objects.filter(
        Q(scope=ExemptionScope.LESSON, target__in=lessons) | Q(end__gt=first, start__lt=last)
    )
    return Exemptions(map(conversion.exemption_from_row, rows.order_by("pk")), timetable)


def add_exemption(exemption: Exemption) -> Exemption:
    """Store an exemption that the rules have granted, and return it with its number."""
    from django.db import transaction

    from schedules.models import Action
    from schedules.store import conversion

    with transaction.atomic():
        row = conversion.row_from_exemption(replace(exemption, number=0, version=next_version()))
        row.save(force_insert=True)
        record_audit_entry(
            Action.EXEMPTION_GRANTED,
            by=exemption.granted_by,
            subject=str(row),
            now=exemption.granted_at,
        )
    return replace(exemption, number=row.pk, version=row.version)


def revoke_exemption(number: int, *, by: str, is_leadership: bool, now: float) -> Exemption:
    """Revoke a stored exemption by the rules of `exemption_rules.revoke`.

    Raises:
        Refused: when there is none with that number.
        ExemptionDenied: when the rules forbid it.
    """
    from django.db import transaction

    from schedules.models import Action, ExemptionRow
    from schedules.store import conversion

    with transaction.atomic():
        row = ExemptionRow.objects.select_for_update().filter(pk=number).first()
        if row is None:
            where = gettext("the exemption's number")
            raise Refused(
                [Problem(where, str(number), gettext("one that `lesrust exempt list` shows"))]
            )
        exemption = conversion.exemption_from_row(row)
        lesson = _lessons_of([exemption]).get(exemption.target)
        revoked = exemption_rules.revoke(
            exemption, lesson, by=by, is_leadership=is_leadership, now=now
        )
        revoked = replace(revoked, version=next_version())
        conversion.row_from_exemption(revoked).save(force_update=True)
        record_audit_entry(Action.EXEMPTION_REVOKED, by=by, subject=str(row), now=now)
    return revoked


def list_exemptions_for(lessons: Iterable[str]) -> tuple[Exemption, ...]:
    """List the exemptions for some lessons, the newest first, with the revoked ones."""
    from schedules.models import ExemptionRow
    from schedules.store import conversion

    rows = ExemptionRow.objects.filter(scope=ExemptionScope.LESSON, target__in=sorted(lessons))
    return tuple(conversion.exemption_from_row(row) for row in rows.order_by("-pk"))


def find_exemption(number: int) -> ExemptionWithLesson | None:
    """Find one exemption by its number, with its lesson."""
    from schedules.models import ExemptionRow
    from schedules.store import conversion

    row = ExemptionRow.objects.filter(pk=number).first()
    if row is None:
        return None
    exemption = conversion.exemption_from_row(row)
    return ExemptionWithLesson(exemption, _lessons_of([exemption]).get(exemption.target))


def list_exemptions(*, ending_after: float | None = None) -> tuple[ExemptionWithLesson, ...]:
    """List exemptions, the newest first: all, or those not revoked that end after a time."""
    from django.db.models import Q

    from schedules.models import ExemptionRow, LessonRow
    from schedules.store import conversion

    rows = ExemptionRow.objects.order_by("-pk")
    if ending_after is not None:
        after = conversion.to_datetime(ending_after)
        lessons = LessonRow.objects.filter(end__gt=after).values("instance")
        current = Q(scope=ExemptionScope.LESSON, target__in=lessons) | Q(end__gt=after)
        rows = rows.filter(current, revoked_at=None)
    exemptions = [conversion.exemption_from_row(row) for row in rows]
    lessons_by_instance = _lessons_of(exemptions)
    return tuple(
        ExemptionWithLesson(exemption, lessons_by_instance.get(exemption.target))
        for exemption in exemptions
    )


def count_exemptions_before(timestamp: float) -> int:
    """Count the exemptions that ended before a time."""
    return _ended_before(timestamp).count()


def delete_exemptions_before(timestamp: float) -> int:
    """Delete the exemptions that ended before a time, and return how many there were.

    The end of an exemption for a lesson is that of its lesson, so lessons are deleted after these.
    """
    deleted, _ = _ended_before(timestamp).delete()
    return deleted


def _ended_before(timestamp: float) -> "QuerySet[ExemptionRow]":
    from django.db.models import Exists, OuterRef, Q

    from schedules.models import ExemptionRow, LessonRow
    from schedules.store import conversion

    until = conversion.to_datetime(timestamp)
    lesson = LessonRow.objects.filter(instance=OuterRef("target"))
    # A deleted lesson can come back with the same instance, so a young exemption for it stays.
    of_lesson = Exists(lesson.filter(end__lte=until)) | (~Exists(lesson) & Q(granted_at__lt=until))
    return ExemptionRow.objects.filter(
        Q(revoked_at__lte=until)
        | (Q(scope=ExemptionScope.LESSON) & of_lesson)
        | (~Q(scope=ExemptionScope.LESSON) & Q(end__lte=until))
    )


def _lessons_of(exemptions: Iterable[Exemption]) -> dict[str, Lesson]:
    instances = {
        exemption.target for exemption in exemptions if exemption.scope is ExemptionScope.LESSON
    }
    return {lesson.instance: lesson for lesson in find_lessons(instances)}
