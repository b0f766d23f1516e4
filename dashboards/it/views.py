"""The page of IT: how everything is, a pause of the measuring, and the diagnostics file."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dashboards.access.role_required import SignedInRequest, role_required
from dashboards.it.pause_form import parse_pause, proposed_end
from dashboards.school import clock
from monitor.configuration import Role
from monitor.diagnostics.bundle import make_bundle
from monitor.diagnostics.condition import Condition, diagnose
from monitor.diagnostics.formatting import ConditionFormatter
from monitor.diagnostics.observation import Observation
from monitor.diagnostics.observer import observe
from monitor.store import applied_migrations
from schedules import store
from schedules.pause import MAX_REASON_LENGTH, InvalidPause, Pause, explain_pause_denial
from schedules.problem import InvalidValue


@require_safe
@role_required(Role.IT)
def condition(request: SignedInRequest) -> HttpResponse:
    """Show one line, and then every part with what follows and what to do."""
    return _page(request)


@require_POST
@role_required(Role.IT)
def pause(request: SignedInRequest) -> HttpResponse:
    """Pause the measuring until a time; asked twice, the furthest end holds."""
    posted, now = request.POST, clock.now()
    try:
        ordered = parse_pause(
            posted.get("until", ""),
            posted.get("reason", ""),
            by=request.user.name_in_audit,
            now=now,
            zone=clock.zone(),
        )
    except InvalidValue:
        messages.error(request, _("Say until when: a date and a time, such as 2026-09-01 12:00."))
        return _page(request, status=409)
    except InvalidPause as refused:
        messages.error(request, explain_pause_denial(refused.reason))
        return _page(request, status=409)
    if not any(pause.end >= ordered.end for pause in store.list_pauses(now)):
        store.add_pause(ordered)
    messages.success(request, _("Measuring is interrupted: nothing is seen now."))
    return redirect("it")


@require_POST
@role_required(Role.IT)
def resume(request: SignedInRequest) -> HttpResponse:
    """Go on measuring now."""
    if store.end_pauses(by=request.user.name_in_audit, now=clock.now()):
        messages.success(request, _("Measuring goes on."))
    return redirect("it")


@require_safe
@role_required(Role.IT)
def diagnostics(_request: SignedInRequest) -> HttpResponse:
    """Send the diagnostics file."""
    observation, diagnosed = _diagnose()
    name = f"lesrust-{datetime.fromtimestamp(observation.now, clock.zone()):%Y-%m-%d-%H%M}.json"
    return HttpResponse(
        make_bundle(settings.LESRUST, observation, diagnosed, applied_migrations()),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _diagnose() -> tuple[Observation, Condition]:
    observation = observe(settings.LESRUST, clock.machine_now())
    return observation, diagnose(settings.LESRUST, observation)


def _page(request: SignedInRequest, status: int = 200) -> HttpResponse:
    observation, diagnosed = _diagnose()
    zone = clock.zone()
    last_pause = max(observation.pauses, key=lambda pause: pause.end, default=None)
    context: dict[str, Any] = {
        "condition": ConditionFormatter(zone, observation.now).format(diagnosed),
        "at": datetime.fromtimestamp(observation.now, zone),
        "pause": _pause_context(last_pause) if last_pause else None,
        "until": request.POST.get("until") or proposed_end(observation.now, zone),
        "reason": request.POST.get("reason", ""),
        "longest_reason": MAX_REASON_LENGTH,
    }
    return render(request, "it/condition.html", context, status=status)


def _pause_context(pause: Pause) -> dict[str, object]:
    zone = clock.zone()
    return {
        "start": datetime.fromtimestamp(pause.start, zone),
        "end": datetime.fromtimestamp(pause.end, zone),
        "by": pause.by,
        "reason": pause.reason,
    }
