"""The page on which a second person reads what changed of the settings, and confirms it."""

from datetime import datetime

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dashboards.access.role_required import SignedInRequest, role_required
from dashboards.confirming.guarded_words import describe_guarded
from dashboards.confirming.waiting import find_own_confirmation, name_waiting
from dashboards.models import Account
from dashboards.school import clock
from monitor.configuration import Role
from monitor.store.guarded.confirmations import (
    NothingToConfirm,
    SettingsChangedMeanwhile,
    confirm_settings,
)
from schedules.problem import Refused

MAX_NAME_LENGTH = 100


@require_safe
@role_required(Role.DIRECTIE, Role.LEADERSHIP)
def guarded_settings(request: SignedInRequest) -> HttpResponse:
    """Show the settings that figures rest on, and what of them waits for a confirmation."""
    confirmation = find_own_confirmation()
    at = confirmation.at
    sections = describe_guarded(settings.LESRUST, confirmation)
    context = {
        "confirmation": confirmation,
        "confirmed_at": None if at is None else datetime.fromtimestamp(at, clock.zone()),
        "waiting": name_waiting(confirmation),
        "sections": sections,
        "has_unchanged": not all(section.is_changed for section in sections),
        "may_confirm": _is_second_person(request.user),
    }
    return render(request, "confirming/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.DIRECTIE, Role.LEADERSHIP)
def confirm(request: SignedInRequest) -> HttpResponse:
    """Confirm what was read; whoever had to sign in first reads it again."""
    if request.method != "POST":
        return redirect("settings")
    if not _is_second_person(request.user):
        raise PermissionDenied
    response: HttpResponse = reauthentication_required(_confirm)(request)
    return response


def _confirm(request: SignedInRequest) -> HttpResponse:
    try:
        confirm_settings(
            settings.LESRUST,
            request.POST.get("shown", ""),
            by=request.user.name_in_audit[:MAX_NAME_LENGTH],
            now=clock.machine_now(),
        )
    except SettingsChangedMeanwhile:
        messages.error(request, _("The settings changed meanwhile. Read them again."))
    except NothingToConfirm:
        messages.info(
            request,
            _(
                "Nothing waits any more: these settings were confirmed already. "
                "You need do nothing."
            ),
        )
    except Refused:
        messages.error(request, _("The settings cannot be confirmed now. Ask IT."))
    else:
        messages.success(request, _("Confirmed. The sensors read it within a second."))
    return redirect("settings")


def _is_second_person(account: Account) -> bool:
    """Say whether somebody is not also who can change the settings."""
    return Role.IT not in account.role_set
