"""The leadership's page: what is allowed now and later, and by whom; allow more, or end it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dashboards.access.role_required import SignedInRequest, role_required
from dashboards.leadership.forms import GrantForm
from dashboards.school import clock
from dashboards.school.lessons import load_lessons
from dashboards.school.platforms import platform_titles
from monitor.configuration import Role
from schedules import exemption_rules, store
from schedules.exemption import Exemption, ExemptionState

USUAL = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Line:
    """A permission, as it stands in the list."""

    number: int
    where: str
    """The room, the layer, or the lesson's groups; empty for the school."""
    scope: str
    what: tuple[str, ...]
    """Titles of platforms; empty: all."""
    start: datetime
    end: datetime
    by: str
    reason: str
    is_in_force: bool


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.LEADERSHIP)
def grants(request: SignedInRequest) -> HttpResponse:
    """Show what is allowed, and allow more; what was typed stays where it is refused."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            store.add_exemption(_granted(form, request.user.username))
        except exemption_rules.ExemptionDenied as refused:
            form.add_error(None, exemption_rules.explain_denial(refused.reason))
        else:
            messages.success(request, _("Allowed. The sensors read it within a second."))
            return redirect("grants")
    context = {"form": form, "lines": list(_lines(clock.now()))}
    return render(
        request, "leadership/exemptions.html", context, status=400 if form.errors else 200
    )


@require_POST
@role_required(Role.LEADERSHIP)
def end(request: SignedInRequest, number: int) -> HttpResponse:
    """End any permission now."""
    if store.find_exemption(number) is None:
        raise Http404
    try:
        store.revoke_exemption(
            number, by=request.user.username, is_leadership=True, now=clock.now()
        )
    except exemption_rules.ExemptionDenied as refused:
        messages.error(request, exemption_rules.explain_denial(refused.reason))
    else:
        messages.success(request, _("Stopped: from now on nothing of it is allowed any more."))
    return redirect("grants")


def _form(request: SignedInRequest) -> GrantForm:
    now = datetime.fromtimestamp(clock.now(), clock.zone()).replace(second=0, microsecond=0)
    timetable = load_lessons(clock.now()).timetable
    placed = {place.room for place in settings.LESRUST.places}
    return GrantForm(
        request.POST if request.method == "POST" else None,
        initial={"start": now, "end": now + USUAL},
        rooms=sorted({*timetable.rooms, *placed}),
        layers=[layer.name for layer in settings.LESRUST.layers],
    )


def _granted(form: GrantForm, by: str) -> Exemption:
    scope, target = form.place
    start, end = form.span
    return exemption_rules.grant_by_leadership(
        scope,
        target,
        by=by,
        platforms=form.chosen,
        start=start.timestamp(),
        end=end.timestamp(),
        now=clock.now(),
        reason=form.cleaned_data["reason"],
    )


def _lines(now: float) -> Iterator[Line]:
    zone = clock.zone()
    for granted in store.list_exemptions(ending_after=now):
        exemption, lesson = granted.exemption, granted.lesson
        span = exemption.time_span(lesson)
        if span is None:
            continue
        yield Line(
            number=exemption.number,
            where=", ".join(lesson.groups) if lesson else exemption.target,
            scope=exemption.scope.value,
            what=platform_titles(exemption.platforms),
            start=datetime.fromtimestamp(span.start, zone),
            end=datetime.fromtimestamp(span.end, zone),
            by=exemption.granted_by,
            reason=exemption.reason,
            is_in_force=exemption.state(lesson, now) is ExemptionState.IN_FORCE,
        )
