"""Exemptions as they are granted and revoked, and the lessons that they are for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from schedules import exemption_rules
from schedules.exemption import Exemption, Exemptions, ExemptionScope
from schedules.lesson import Lesson
from schedules.problem import Problem, Refused
from schedules.store.audit import note
from schedules.store.versions import next_version
from schedules.timetable import Timetable

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from schedules.models import ExemptionRow


@dataclass(frozen=True, slots=True)
class Granted:
    """An exemption, and its lesson as the timetable has it now."""

    exemption: Exemption
    lesson: Lesson | None
    """None: it is not for a lesson, or its lesson is no longer in the timetable."""


def load_exemptions(timetable: Timetable) -> Exemptions:
    """Load the exemptions for a timetable's lessons and over its days, revoked ones too.

    One that was revoked still covers what it allowed until then.
    """
    from django.db.models import Q

    from schedules.models import ExemptionRow, LessonRow
    from schedules.store import conversion

    first = min((each.start for each in timetable.lessons), default=None)
    last = max((each.end for each in timetable.lessons), default=None)
    if first is None or last is None:
        return Exemptions((), timetable)
    lessons = LessonRow.objects.filter(end__gt=first, start__lt=last).values("instance")
    found = ExemptionRow.objects.filter(
        Q(scope=ExemptionScope.LESSON, target__in=lessons) | Q(end__gt=first, start__lt=last)
    )
    return Exemptions(map(conversion.exemption_from_row, found.order_by("pk")), timetable)


def grant(exemption: Exemption) -> Exemption:
    """Keep an exemption that the rules have granted; the answer has its number."""
    from django.db import transaction

    from schedules.models import Action
    from schedules.store import conversion

    with transaction.atomic():
        row = conversion.row_from_exemption(replace(exemption, number=0, version=next_version()))
        row.save(force_insert=True)
        note(
            Action.EXEMPTION_GRANTED,
            by=exemption.granted_by,
            subject=str(row),
            now=exemption.granted_at,
        )
    return replace(exemption, number=row.pk, version=row.version)


def revoke(number: int, *, by: str, is_leadership: bool, now: float) -> Exemption:
    """Revoke an exemption, by the rules of `exemption_rules.revoke`.

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
            where = "the exemption's number"
            raise Refused([Problem(where, str(number), "one that `lesrust exempt list` shows")])
        exemption = conversion.exemption_from_row(row)
        held = _lessons_of([exemption]).get(exemption.target)
        revoked = exemption_rules.revoke(
            exemption, held, by=by, is_leadership=is_leadership, now=now
        )
        revoked = replace(revoked, version=next_version())
        conversion.row_from_exemption(revoked).save(force_update=True)
        note(Action.EXEMPTION_REVOKED, by=by, subject=str(row), now=now)
    return revoked


def granted_for(lessons: Iterable[str]) -> tuple[Exemption, ...]:
    """List the exemptions for some lessons, the newest first, revoked ones too."""
    from schedules.models import ExemptionRow
    from schedules.store import conversion

    found = ExemptionRow.objects.filter(scope=ExemptionScope.LESSON, target__in=sorted(lessons))
    return tuple(conversion.exemption_from_row(row) for row in found.order_by("-pk"))


def exemption(number: int) -> Granted | None:
    """Find one exemption by its number, with its lesson."""
    from schedules.models import ExemptionRow
    from schedules.store import conversion

    row = ExemptionRow.objects.filter(pk=number).first()
    if row is None:
        return None
    found = conversion.exemption_from_row(row)
    return Granted(found, _lessons_of([found]).get(found.target))


def listing(*, ending_after: float | None = None) -> tuple[Granted, ...]:
    """List exemptions, the newest first: all, or those not revoked that end after a moment."""
    from django.db.models import Q

    from schedules.models import ExemptionRow, LessonRow
    from schedules.store import conversion

    found = ExemptionRow.objects.order_by("-pk")
    if ending_after is not None:
        after = conversion.to_datetime(ending_after)
        lessons = LessonRow.objects.filter(end__gt=after).values("instance")
        current = Q(scope=ExemptionScope.LESSON, target__in=lessons) | Q(end__gt=after)
        found = found.filter(current, revoked_at=None)
    exemptions = [conversion.exemption_from_row(row) for row in found]
    by_name = _lessons_of(exemptions)
    return tuple(Granted(each, by_name.get(each.target)) for each in exemptions)


def count_exemptions_before(moment: float) -> int:
    """Say how many exemptions had ended by a moment."""
    return _ended(moment).count()


def delete_exemptions_before(moment: float) -> int:
    """Delete the exemptions that had ended by a moment, and say how many those were.

    When one for a lesson ended is known from its lesson: delete the lessons after these.
    """
    deleted, _ = _ended(moment).delete()
    return deleted


def _ended(moment: float) -> "QuerySet[ExemptionRow]":
    from django.db.models import Exists, OuterRef, Q

    from schedules.models import ExemptionRow, LessonRow
    from schedules.store import conversion

    until = conversion.to_datetime(moment)
    lesson = LessonRow.objects.filter(instance=OuterRef("target"))
    # A lesson that is gone can come back with its name, so that a young exemption for it stays.
    of_lesson = Exists(lesson.filter(end__lte=until)) | (~Exists(lesson) & Q(granted_at__lt=until))
    return ExemptionRow.objects.filter(
        Q(revoked_at__lte=until)
        | (Q(scope=ExemptionScope.LESSON) & of_lesson)
        | (~Q(scope=ExemptionScope.LESSON) & Q(end__lte=until))
    )


def _lessons_of(exemptions: Iterable[Exemption]) -> dict[str, Lesson]:
    from schedules.store import conversion

    names = sorted({each.target for each in exemptions if each.scope is ExemptionScope.LESSON})
    return {
        each.instance: each
        for found in conversion.lesson_rows_named(names)
        for each in conversion.lessons_from_rows(found)
    }
