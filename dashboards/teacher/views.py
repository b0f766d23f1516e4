"""A teacher's page: what is exempted in her lessons, and granting and ending it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dashboards.access.role_required import SignedInRequest, role_required
from dashboards.school import clock
from dashboards.school.lessons import load_lessons
from dashboards.school.platforms import platforms_in_use
from dashboards.teacher.lesson_exemptions import delivery_status, find_equal_exemption
from dashboards.teacher.lesson_page import (
    lesson_anchor,
    load_lesson_page,
    render_choices,
    unticked_choices,
)
from monitor.configuration import Role
from monitor.store import list_running_sensors
from schedules import exemption_rules, store
from schedules.exemption_rules import DenialReason, ExemptionDenied, explain_denial
from schedules.lesson import Lesson

ENDED_ALREADY = frozenset({DenialReason.REVOKED, DenialReason.OVER})


@require_safe
@role_required(Role.TEACHER)
def lesson(request: SignedInRequest) -> HttpResponse:
    """Show the lesson of now, and those to come today."""
    return _page(request)


@require_POST
@role_required(Role.TEACHER)
def grant_lesson_exemption(request: SignedInRequest) -> HttpResponse:
    """Exempt platforms in a lesson of her own; asked twice, it is granted once."""
    now, posted = clock.now(), request.POST
    own_lesson = _own_lesson_or_404(request, posted.get("lesson", ""), now)
    ticked = frozenset(posted.getlist("platform")) & platforms_in_use().keys()
    platforms = None if "all" in posted else ticked
    from_start = "from_now" not in posted
    equal = find_equal_exemption(
        own_lesson,
        store.list_exemptions_for([own_lesson.instance]),
        platforms,
        now,
        from_start=from_start,
    )
    if equal is None:
        try:
            store.add_exemption(
                exemption_rules.grant_for_lesson(
                    own_lesson,
                    teacher=request.user.code,
                    platforms=platforms,
                    now=now,
                    from_start=from_start,
                    reason=posted.get("reason", ""),
                )
            )
        except ExemptionDenied as denied:
            messages.error(request, explain_denial(denied.reason))
            return _page(request, status=409)
    return _redirect_to(own_lesson)


@require_POST
@role_required(Role.TEACHER)
def revoke_lesson_exemption(request: SignedInRequest, number: int) -> HttpResponse:
    """End an exemption in a lesson of her own, now."""
    own = _own_exemption_or_404(request, number)
    try:
        store.revoke_exemption(number, by=request.user.code, is_leadership=False, now=clock.now())
    except ExemptionDenied as denied:
        if denied.reason not in ENDED_ALREADY:
            messages.error(request, explain_denial(denied.reason))
    else:
        messages.success(request, _("Stopped: from now on nothing of it is allowed any more."))
    return _redirect_to(own.lesson)


@require_safe
@role_required(Role.TEACHER)
def exemption_delivery(request: SignedInRequest, number: int) -> HttpResponse:
    """Send the piece of the page that says whether the sensors know of an exemption."""
    own = _own_exemption_or_404(request, number)
    sensors = list_running_sensors(clock.machine_now())
    context = {"number": number, "delivery": delivery_status(own.exemption.version, sensors)}
    return render(request, "teacher/delivery.html", context)


def _page(request: SignedInRequest, status: int = 200) -> HttpResponse:
    context = {
        "page": load_lesson_page(request.user.code),
        "choices": unticked_choices(get_language() or "nl"),
        "posted_choices": render_choices(_posted_choices(request)) if request.POST else "",
        "has_code": bool(request.user.code),
        "posted": request.POST,
    }
    return render(request, "teacher/lesson.html", context, status=status)


def _posted_choices(request: SignedInRequest) -> list[str]:
    """Return what was ticked, so that it stays ticked where something was refused."""
    ticked = request.POST.getlist("platform")
    return [*ticked, "all"] if "all" in request.POST else ticked


def _redirect_to(lesson: Lesson | None) -> HttpResponse:
    return redirect(f"{reverse('lesson')}#{lesson_anchor(lesson) if lesson else ''}")


def _own_lesson_or_404(request: SignedInRequest, instance: str, now: float) -> Lesson:
    """Return a lesson of hers; another's is not there."""
    for lesson in load_lessons(now).taught_by(request.user.code):
        if lesson.instance == instance:
            return lesson
    raise Http404


def _own_exemption_or_404(request: SignedInRequest, number: int) -> store.ExemptionWithLesson:
    """Return an exemption of a lesson of hers; another's is not there."""
    granted = store.find_exemption(number)
    code = request.user.code
    if granted is None or not code:
        raise Http404
    if not exemption_rules.may_teacher_revoke(granted.exemption, granted.lesson, code):
        raise Http404
    return granted
