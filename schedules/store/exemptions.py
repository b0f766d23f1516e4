"""Exemptions as they are granted and revoked, and the lessons that they are for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from schedules import granting
from schedules.exemption import Exemption, Exemptions, Scope
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
    from schedules.store import rows

    first = min((each.start for each in timetable.lessons), default=None)
    last = max((each.end for each in timetable.lessons), default=None)
    if first is None or last is None:
        return Exemptions((), timetable)
    lessons = LessonRow.objects.filter(end__gt=first, start__lt=last).values("instance")
    found = ExemptionRow.objects.filter(
        Q(scope=Scope.LESSON, target__in=lessons) | Q(end__gt=first, start__lt=last)
    )
    return Exemptions(map(rows.exemption, found.order_by("pk")), timetable)


def grant(exemption: Exemption) -> Exemption:
    """Keep an exemption that the rules have granted; the answer has its number."""
    from django.db import transaction

    from schedules.models import Action
    from schedules.store import rows

    with transaction.atomic():
        row = rows.exemption_row(replace(exemption, number=0, version=next_version()))
        row.save(force_insert=True)
        note(
            Action.EXEMPTION_GRANTED,
            by=exemption.granted_by,
            subject=str(row),
            now=exemption.granted_at,
        )
    return replace(exemption, number=row.pk, version=row.version)


def revoke(number: int, *, by: str, is_leadership: bool, now: float) -> Exemption:
    """Revoke an exemption, by the rules of `granting.revoke`.

    Raises:
        Refused: when there is none with that number.
        NotAllowed: when the rules forbid it.
    """
    from django.db import transaction

    from schedules.models import Action, ExemptionRow
    from schedules.store import rows

    with transaction.atomic():
        row = ExemptionRow.objects.select_for_update().filter(pk=number).first()
        if row is None:
            where = "the exemption's number"
            raise Refused([Problem(where, str(number), "one that `lesrust exempt list` shows")])
        exemption = rows.exemption(row)
        held = _lessons_of([exemption]).get(exemption.target)
        revoked = granting.revoke(exemption, held, by=by, is_leadership=is_leadership, now=now)
        revoked = replace(revoked, version=next_version())
        rows.exemption_row(revoked).save(force_update=True)
        note(Action.EXEMPTION_REVOKED, by=by, subject=str(row), now=now)
    return revoked


def granted_for(lessons: Iterable[str]) -> tuple[Exemption, ...]:
    """List the exemptions for some lessons, the newest first, revoked ones too."""
    from schedules.models import ExemptionRow
    from schedules.store import rows

    found = ExemptionRow.objects.filter(scope=Scope.LESSON, target__in=sorted(lessons))
    return tuple(rows.exemption(row) for row in found.order_by("-pk"))


def exemption(number: int) -> Granted | None:
    """Find one exemption by its number, with its lesson."""
    from schedules.models import ExemptionRow
    from schedules.store import rows

    row = ExemptionRow.objects.filter(pk=number).first()
    if row is None:
        return None
    found = rows.exemption(row)
    return Granted(found, _lessons_of([found]).get(found.target))


def listing(*, ending_after: float | None = None) -> tuple[Granted, ...]:
    """List exemptions, the newest first: all, or those not revoked that end after a moment."""
    from django.db.models import Q

    from schedules.models import ExemptionRow, LessonRow
    from schedules.store import rows

    found = ExemptionRow.objects.order_by("-pk")
    if ending_after is not None:
        after = rows.at(ending_after)
        lessons = LessonRow.objects.filter(end__gt=after).values("instance")
        current = Q(scope=Scope.LESSON, target__in=lessons) | Q(end__gt=after)
        found = found.filter(current, revoked_at=None)
    exemptions = [rows.exemption(row) for row in found]
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
    from schedules.store import rows

    until = rows.at(moment)
    lesson = LessonRow.objects.filter(instance=OuterRef("target"))
    # A lesson that is gone can come back with its name, so that a young exemption for it stays.
    of_lesson = Exists(lesson.filter(end__lte=until)) | (~Exists(lesson) & Q(granted_at__lt=until))
    return ExemptionRow.objects.filter(
        Q(revoked_at__lte=until)
        | (Q(scope=Scope.LESSON) & of_lesson)
        | (~Q(scope=Scope.LESSON) & Q(end__lte=until))
    )


def _lessons_of(exemptions: Iterable[Exemption]) -> dict[str, Lesson]:
    from schedules.store import rows

    names = sorted({each.target for each in exemptions if each.scope is Scope.LESSON})
    return {each.instance: each for found in rows.named(names) for each in rows.lessons(found)}
