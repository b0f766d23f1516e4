"""The store of lessons and exemptions: each change is whole, audited, and seen by its version.

A reader asks for `version`, and loads anew when it has gone up. Django is imported inside the
functions: what thinks about lessons does without it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import batched
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from schedules import granting
from schedules.difference import Difference, difference
from schedules.exemption import Exemption, Exemptions, Scope
from schedules.lesson import Lesson
from schedules.mistakes import Mistakes
from schedules.pause import Pause
from schedules.problem import Problem, Refused
from schedules.timetable import Timetable

if TYPE_CHECKING:
    from schedules.models import Action

_ONLY_ROW = 1

type Days = tuple[date, date]
"""The first day and the last."""

type Shown = Callable[[Difference], None]
"""Told what an import will change, before anything is written."""

type Progress = Callable[[int], None]
"""Told how many rows have been written since it was told before."""


@dataclass(frozen=True, slots=True)
class Granted:
    """An exemption, and its lesson as the timetable has it now."""

    exemption: Exemption
    lesson: Lesson | None
    """None: it is not for a lesson, or its lesson is no longer in the timetable."""


def version() -> int:
    """Give a number that goes up with every grant, revocation and import; cheap to ask for."""
    from schedules.models import Version

    return Version.objects.filter(pk=_ONLY_ROW).values_list("number", flat=True).first() or 0


def compare(
    lessons: Sequence[Lesson], *, source: str, zone: ZoneInfo, days: Days | None = None
) -> Difference:
    """Say what an import would change, and change nothing.

    Args:
        lessons: all that the source has.
        source: what the lessons are a version of.
        zone: where the school's clocks stand.
        days: the first and the last day that the source speaks of; None: those of the lessons.

    Raises:
        Refused: when a lesson has the name of another source's lesson.
    """
    from schedules import rows

    _refuse_others(lessons, source)
    first, last = days or _days(lessons, zone)
    instances = {each.instance for each in lessons}
    before = {each.instance: each for each in rows.lessons(rows.on(first, last, zone, source))}
    # A lesson that was moved into these days from outside them is not new.
    for found in rows.named(sorted(instances - before.keys())):
        before.update((each.instance, each) for each in rows.lessons(found))
    return difference(before.values(), lessons)


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
) -> Difference:
    """Replace a source's lessons on the days that it speaks of: all or nothing.

    Who wants to see what will change gives `show`: to compare twice takes seconds for a year.

    Those days are `days`, or from the first day of the new lessons to the last.

    Exemptions stay, and hold for the lesson of the same name.

    Raises:
        Refused: when there is no lesson, or one has the name of another source's lesson.
    """
    from django.db import transaction

    from schedules import rows
    from schedules.models import Action, LessonRow, TimetableImport

    first, last = days or _days(lessons, zone)
    with transaction.atomic():
        changes = compare(lessons, source=source, zone=zone, days=days)
        show(changes)
        taken_from = TimetableImport.objects.create(
            source=source,
            by=by,
            at=rows.at(now),
            first_day=first,
            last_day=last,
            lessons=len(lessons),
        )
        for gone in rows.named([each.instance for each in changes.changed + changes.gone]):
            progress(gone.delete()[0])
        written = rows.lesson_rows(changes.changed + changes.new, source, taken_from)
        for some in batched(written, rows.AT_ONCE):
            progress(len(LessonRow.objects.bulk_create(some)))
        _next_version()
        _write(Action.TIMETABLE_IMPORTED, by, str(taken_from), now)
    return changes


def changed_at() -> float:
    """Say when anything was last changed, as the audit has it; 0 when nothing ever was."""
    from schedules.models import AuditEntry

    at = AuditEntry.objects.order_by("-pk").values_list("at", flat=True).first()
    return 0.0 if at is None else at.timestamp()


def imported_at() -> float | None:
    """Say when an import last changed the timetable; None: never."""
    from schedules.models import TimetableImport

    at = TimetableImport.objects.order_by("-at").values_list("at", flat=True).first()
    return None if at is None else at.timestamp()


def load_timetable(zone: ZoneInfo, first_day: date, last_day: date) -> Timetable:
    """Load the lessons from a first day up to and including a last, from every source."""
    from schedules import rows

    return Timetable(rows.lessons(rows.on(first_day, last_day, zone)), zone)


def lesson(instance: str) -> Lesson | None:
    """Find one lesson by what names it, whatever its day."""
    from schedules import rows

    return next((each for found in rows.named([instance]) for each in rows.lessons(found)), None)


def load_exemptions(timetable: Timetable) -> Exemptions:
    """Load the exemptions for a timetable's lessons and over its days, revoked ones too.

    One that was revoked still covers what it allowed until then.
    """
    from django.db.models import Q

    from schedules import rows
    from schedules.models import ExemptionRow, LessonRow

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

    from schedules import rows
    from schedules.models import Action

    with transaction.atomic():
        row = rows.exemption_row(replace(exemption, number=0, version=_next_version()))
        row.save(force_insert=True)
        _write(Action.EXEMPTION_GRANTED, exemption.granted_by, str(row), exemption.granted_at)
    return replace(exemption, number=row.pk, version=row.version)


def revoke(number: int, *, by: str, is_leadership: bool, now: float) -> Exemption:
    """Revoke an exemption, by the rules of `granting.revoke`.

    Raises:
        Refused: when there is none with that number.
        NotAllowed: when the rules forbid it.
    """
    from django.db import transaction

    from schedules import rows
    from schedules.models import Action, ExemptionRow

    with transaction.atomic():
        row = ExemptionRow.objects.select_for_update().filter(pk=number).first()
        if row is None:
            where = "the exemption's number"
            raise Refused([Problem(where, str(number), "one that `lesrust exempt list` shows")])
        exemption = rows.exemption(row)
        held = _lessons_of([exemption]).get(exemption.target)
        revoked = granting.revoke(exemption, held, by=by, is_leadership=is_leadership, now=now)
        revoked = replace(revoked, version=_next_version())
        rows.exemption_row(revoked).save(force_update=True)
        _write(Action.EXEMPTION_REVOKED, by, str(row), now)
    return revoked


def pause(ordered: Pause) -> Pause:
    """Keep an interruption of the measuring; the answer has its number."""
    from django.db import transaction

    from schedules import rows
    from schedules.models import Action, PauseRow

    with transaction.atomic():
        _next_version()
        row = PauseRow.objects.create(
            start=rows.at(ordered.start),
            end=rows.at(ordered.end),
            by=ordered.by,
            reason=ordered.reason,
        )
        _write(Action.MEASURING_PAUSED, ordered.by, str(row), ordered.start)
    return replace(ordered, number=row.pk)


def resume(*, by: str, now: float) -> bool:
    """End every interruption that lasts, and say whether there was one."""
    from django.db import transaction

    from schedules import rows
    from schedules.models import Action, PauseRow

    with transaction.atomic():
        _next_version()
        lasting = list(PauseRow.objects.select_for_update().filter(end__gt=rows.at(now)))
        for row in lasting:
            row.end = max(row.start, rows.at(now))
            row.save(update_fields=["end"])
            _write(Action.MEASURING_RESUMED, by, str(row), now)
    return bool(lasting)


def pauses(since: float) -> tuple[Pause, ...]:
    """List the interruptions that end after a moment, in the order in which they began."""
    from schedules import rows
    from schedules.models import PauseRow

    return tuple(
        Pause(
            start=row.start.timestamp(),
            end=row.end.timestamp(),
            by=row.by,
            reason=row.reason,
            number=row.pk,
        )
        for row in PauseRow.objects.filter(end__gt=rows.at(since)).order_by("start", "pk")
    )


def granted_for(lessons: Iterable[str]) -> tuple[Exemption, ...]:
    """List the exemptions for some lessons, the newest first, revoked ones too."""
    from schedules import rows
    from schedules.models import ExemptionRow

    found = ExemptionRow.objects.filter(scope=Scope.LESSON, target__in=sorted(lessons))
    return tuple(rows.exemption(row) for row in found.order_by("-pk"))


def exemption(number: int) -> Granted | None:
    """Find one exemption by its number, with its lesson."""
    from schedules import rows
    from schedules.models import ExemptionRow

    row = ExemptionRow.objects.filter(pk=number).first()
    if row is None:
        return None
    found = rows.exemption(row)
    return Granted(found, _lessons_of([found]).get(found.target))


def listing(*, ending_after: float | None = None) -> tuple[Granted, ...]:
    """List exemptions, the newest first: all, or those not revoked that end after a moment."""
    from django.db.models import Q

    from schedules import rows
    from schedules.models import ExemptionRow, LessonRow

    found = ExemptionRow.objects.order_by("-pk")
    if ending_after is not None:
        after = rows.at(ending_after)
        lessons = LessonRow.objects.filter(end__gt=after).values("instance")
        current = Q(scope=Scope.LESSON, target__in=lessons) | Q(end__gt=after)
        found = found.filter(current, revoked_at=None)
    exemptions = [rows.exemption(row) for row in found]
    by_name = _lessons_of(exemptions)
    return tuple(Granted(each, by_name.get(each.target)) for each in exemptions)


def _lessons_of(exemptions: Iterable[Exemption]) -> dict[str, Lesson]:
    from schedules import rows

    names = sorted({each.target for each in exemptions if each.scope is Scope.LESSON})
    return {each.instance: each for found in rows.named(names) for each in rows.lessons(found)}


def _days(lessons: Iterable[Lesson], zone: ZoneInfo) -> tuple[date, date]:
    starts = [each.start for each in lessons]
    if not starts:
        raise Refused([Problem("the timetable", "no lesson", "at least one lesson")])
    return min(starts).astimezone(zone).date(), max(starts).astimezone(zone).date()


def _refuse_others(lessons: Iterable[Lesson], source: str) -> None:
    from schedules import rows

    mistakes = Mistakes("the timetable")
    for found in rows.named(each.instance for each in lessons):
        for instance, other in found.exclude(source=source).values_list("instance", "source"):
            allowed = f"a name that the source {other} does not use"
            mistakes.add("a lesson's id", instance, allowed)
    if mistakes.problems:
        raise Refused(mistakes.problems)


def note(action: "Action", *, by: str, subject: str, now: float) -> None:
    """Write the audit of a change to what is not stored here."""
    _write(action, by, subject, now)


def note_configuration(
    digests: Mapping[str, str], *, keyed_by: str, by: Callable[[str], str], now: float
) -> tuple[str, ...]:
    """Write the audit of what is another configuration than the last one, and remember this one.

    The first that is ever looked at is only remembered. A key that is new beside others is told as
    a change of the secret, because what else changed with it cannot be known.

    Args:
        digests: of every part, by its name.
        keyed_by: tells the key of the digests from others.
        by: gives who is answerable for a part, by its name.
        now: seconds since 1970-01-01 UTC.

    Returns:
        The names of the parts that changed.
    """
    from django.db import transaction

    from schedules.models import Action, ConfigurationSection

    with transaction.atomic():
        everything = ConfigurationSection.objects
        known = {
            row.name: row.digest
            for row in everything.select_for_update().filter(keyed_by=keyed_by).order_by("name")
        }
        if known:
            names = sorted(known.keys() | digests.keys())
            changed = [name for name in names if known.get(name) != digests.get(name)]
        else:
            changed = ["web.secret"] if everything.exists() else []
        everything.filter(keyed_by=keyed_by, name__in=changed).delete()
        everything.bulk_create(
            (
                ConfigurationSection(keyed_by=keyed_by, name=name, digest=digest)
                for name, digest in digests.items()
                if known.get(name) != digest
            ),
            ignore_conflicts=True,
        )
        for name in changed:
            _write(Action.CONFIGURATION_CHANGED, by(name), name, now)
    return tuple(changed)


def count_audit_before(moment: float) -> int:
    """Say how many entries the audit has of before a moment."""
    from schedules import rows
    from schedules.models import AuditEntry

    return AuditEntry.objects.filter(at__lt=rows.at(moment)).count()


def delete_audit_before(moment: float) -> int:
    """Delete what the audit has of before a moment, and say how many entries that were.

    Nothing else deletes from the audit. The database refuses what is not a year old.

    Raises:
        django.db.DatabaseError: when there is something younger than a year among it.
    """
    from django.db.models import QuerySet

    from schedules import rows
    from schedules.models import AuditEntry

    # The audit's own rows refuse to be deleted.
    deleted, _ = QuerySet(AuditEntry).filter(at__lt=rows.at(moment)).delete()
    return deleted


def _next_version() -> int:
    """Let readers know that something changes, and give the number that they know it by."""
    from django.db.models import F

    from schedules.models import Version

    Version.objects.get_or_create(pk=_ONLY_ROW, defaults={"number": 0})
    Version.objects.filter(pk=_ONLY_ROW).update(number=F("number") + 1)
    return version()


def _write(action: "Action", by: str, subject: str, now: float) -> None:
    from schedules import rows
    from schedules.models import AuditEntry

    AuditEntry.objects.create(at=rows.at(now), by=by, action=action, subject=subject)
