"""The leadership's page: what is exempted now and later; grant more, or end it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dashboards.access.role_required import SignedInRequest, role_required
from dashboards.confirming.waiting import find_own_confirmation, name_waiting
from dashboards.leadership.exemption_list import list_current_exemptions
from dashboards.leadership.forms import ExemptionForm
from dashboards.school import clock
from dashboards.school.lessons import load_lessons
from monitor.configuration import Role
from schedules import store
from schedules.exemption_rules import ExemptionDenied, explain_denial

USUAL_LENGTH = timedelta(hours=2)
"""What the form proposes."""


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.LEADERSHIP)
def exemptions(request: SignedInRequest) -> HttpResponse:
    """Show the exemptions, and grant one; what was typed stays where it is refused."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        try:
            store.add_exemption(form.to_exemption(by=request.user.username, now=clock.now()))
        except ExemptionDenied as denied:
            form.add_error(None, explain_denial(denied.reason))
        else:
            messages.success(request, _("Allowed. The sensors read it within a second."))
            return redirect("exemptions")
    context = {
        "form": form,
        "exemptions": list(list_current_exemptions(clock.now())),
        "waiting": name_waiting(find_own_confirmation()),
    }
    return render(
        request, "leadership/exemptions.html", context, status=400 if form.errors else 200
    )


@require_POST
@role_required(Role.LEADERSHIP)
def revoke_exemption(request: SignedInRequest, number: int) -> HttpResponse:
    """End any exemption now."""
    if store.find_exemption(number) is None:
        raise Http404
    try:
        store.revoke_exemption(
            number, by=request.user.username, is_leadership=True, now=clock.now()
        )
    except ExemptionDenied as denied:
        messages.error(request, explain_denial(denied.reason))
    else:
        messages.success(request, _("Stopped: from now on nothing of it is allowed any more."))
    return redirect("exemptions")


def _form(request: SignedInRequest) -> ExemptionForm:
    now = datetime.fromtimestamp(clock.now(), clock.zone()).replace(second=0, microsecond=0)
    timetable = load_lessons(clock.now()).timetable
    configured_rooms = {place.room for place in settings.LESRUST.places}
    return ExemptionForm(
        request.POST if request.method == "POST" else None,
        initial={"start": now, "end": now + USUAL_LENGTH},
        rooms=sorted({*timetable.rooms, *configured_rooms}),
        layers=[layer.name for layer in settings.LESRUST.layers],
    )
