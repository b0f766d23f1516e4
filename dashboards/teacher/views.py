"""A teacher's page: the lesson of now, what is allowed in it, and the lessons to come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dashboards.access.role_required import SignedInRequest, role_required
from dashboards.school import clock
from dashboards.school.lessons import load_lessons
from dashboards.school.platforms import platforms_in_use
from dashboards.teacher.lesson_exemptions import Permitted, heard, is_allowed_already, of_lesson
from dashboards.teacher.lessons import current_lesson, lessons_on, same_lesson_next_week
from monitor.configuration import Role
from monitor.store import list_running_sensors
from schedules import exemption_rules, store
from schedules.exemption import Exemption
from schedules.lesson import Lesson


@dataclass(frozen=True, slots=True)
class Shown:
    """A lesson, as it stands on the page."""

    lesson: Lesson
    start: datetime
    """On the school's clock, as `end` is."""
    end: datetime
    permitted: tuple[Permitted, ...]

    @property
    def groups(self) -> str:
        """Who has the lesson."""
        return ", ".join(self.lesson.groups)

    @property
    def rooms(self) -> str:
        """Where it is."""
        return ", ".join(self.lesson.rooms)


@require_safe
@role_required(Role.TEACHER)
def lesson(request: SignedInRequest) -> HttpResponse:
    """Show the lesson of now, and those to come today."""
    return _page(request)


@require_POST
@role_required(Role.TEACHER)
def allow(request: SignedInRequest) -> HttpResponse:
    """Allow platforms in a lesson of her own; asked twice, it is allowed once."""
    now = clock.now()
    given = request.POST
    found = _own_lesson(request, given.get("lesson", ""), now)
    known = platforms_in_use()
    chosen = frozenset(name for name in given.getlist("platform") if name in known)
    platforms = None if "all" in given else chosen
    from_start = "from_now" not in given
    before = is_allowed_already(
        found, store.list_exemptions_for([found.instance]), platforms, now, from_start=from_start
    )
    if before is None:
        try:
            store.add_exemption(
                exemption_rules.grant_for_lesson(
                    found,
                    teacher=request.user.code,
                    platforms=platforms,
                    now=now,
                    from_start=from_start,
                    reason=given.get("reason", ""),
                )
            )
        except exemption_rules.ExemptionDenied as refused:
            messages.error(request, exemption_rules.explain_denial(refused.reason))
            return _page(request, status=409)
    return redirect(f"{reverse('lesson')}#{_anchor(found)}")


@require_POST
@role_required(Role.TEACHER)
def stop(request: SignedInRequest, number: int) -> HttpResponse:
    """End a permission in a lesson of her own, now."""
    granted = _own(request, number)
    try:
        store.revoke_exemption(number, by=request.user.code, is_leadership=False, now=clock.now())
    except exemption_rules.ExemptionDenied as refused:
        if refused.reason not in {
            exemption_rules.DenialReason.REVOKED,
            exemption_rules.DenialReason.OVER,
        }:
            messages.error(request, exemption_rules.explain_denial(refused.reason))
    else:
        messages.success(request, _("Stopped: from now on nothing of it is allowed any more."))
    return redirect(f"{reverse('lesson')}#{_anchor(granted.lesson) if granted.lesson else ''}")


@require_safe
@role_required(Role.TEACHER)
def active(request: SignedInRequest, number: int) -> HttpResponse:
    """Give the piece of the page that says whether the network knows of a permission."""
    granted = _own(request, number)
    sensors = list_running_sensors(clock.machine_now())
    context = {"number": number, "heard": heard(granted.exemption.version, sensors)}
    return render(request, "teacher/heard.html", context)


def _page(request: SignedInRequest, status: int = 200) -> HttpResponse:
    now, zone = clock.now(), clock.zone()
    taught = load_lessons(now).taught_by(request.user.code)
    today = lessons_on(taught, clock.today(), zone)
    here = current_lesson(today, now)
    later = [each for each in today if each is not here and each.end.timestamp() > now]
    again = same_lesson_next_week(taught, here, zone) if here else None
    wanted = [each for each in (here, *later, again) if each]
    exemptions = store.list_exemptions_for(each.instance for each in wanted)
    sensors = list_running_sensors(clock.machine_now())

    def shown(each: Lesson) -> Shown:
        permitted = of_lesson(each, exemptions, sensors, now)
        return Shown(each, each.start.astimezone(zone), each.end.astimezone(zone), permitted)

    context = {
        "now": now,
        "here": shown(here) if here else None,
        "has_begun": bool(here and here.start.timestamp() <= now),
        "later": [shown(each) for each in later],
        "again": shown(again) if again else None,
        "choices": _choices(get_language() or "nl"),
        "chosen": _drawn_choices(_chosen(request)) if request.POST else "",
        "has_code": bool(request.user.code),
        "typed": request.POST,
    }
    return render(request, "teacher/lesson.html", context, status=status)


@cache
def _choices(_language: str) -> str:
    """Draw the platforms, none of them chosen, once a language: they stand in every lesson."""
    return _drawn_choices(())


def _chosen(request: SignedInRequest) -> list[str]:
    """Give what was ticked, so that it stays ticked where something was refused."""
    ticked = request.POST.getlist("platform")
    return [*ticked, "all"] if "all" in request.POST else ticked


def _drawn_choices(chosen: Collection[str]) -> str:
    context = {"platforms": platforms_in_use().values(), "chosen": chosen}
    return render_to_string("teacher/choices.html", context)


def _own_lesson(request: SignedInRequest, instance: str, now: float) -> Lesson:
    """Find a lesson of hers; another's is not there."""
    taught = load_lessons(now).taught_by(request.user.code)
    found = next((each for each in taught if each.instance == instance), None)
    if found is None:
        raise Http404
    return found


def _own(request: SignedInRequest, number: int) -> store.ExemptionWithLesson:
    """Find a permission of a lesson of hers; another's is not there."""
    granted = store.find_exemption(number)
    if granted is None or not _is_hers(granted.exemption, granted.lesson, request.user.code):
        raise Http404
    return granted


def _is_hers(exemption: Exemption, lesson: Lesson | None, code: str) -> bool:
    return bool(code) and exemption_rules.may_teacher_revoke(exemption, lesson, code)


def _anchor(lesson: Lesson) -> str:
    return f"les-{lesson.start.timestamp():.0f}"
