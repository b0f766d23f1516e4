"""The log: who granted, ended or changed what. It never says what anybody did on the network."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_stubs_ext import StrOrPromise

from dashboards.access.role_required import SignedInRequest, role_required
from dashboards.leadership.audit_words import describe_author, describe_subject
from monitor.configuration import Role
from schedules.models import Action, AuditEntry

PAGE_SIZE = 50
ACTION_TITLES: dict[str, StrOrPromise] = {
    Action.TIMETABLE_IMPORTED: _("Timetable imported"),
    Action.EXEMPTION_GRANTED: _("Permission granted"),
    Action.EXEMPTION_REVOKED: _("Permission ended"),
    Action.MEASURING_PAUSED: _("Measuring interrupted"),
    Action.MEASURING_RESUMED: _("Measuring resumed"),
    Action.ACCOUNT_CHANGED: _("Account changed"),
    Action.CONFIGURATION_CHANGED: _("Settings changed"),
    Action.SETTINGS_RECORDED: _("First settings recorded"),
    Action.SETTINGS_CONFIRMED: _("Settings confirmed"),
}


@require_safe
@role_required(Role.LEADERSHIP)
def audit_log(request: SignedInRequest) -> HttpResponse:
    """Show the log, the newest first."""
    pages = Paginator(AuditEntry.objects.order_by("-pk"), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    entries = [
        {
            "at": entry.at,
            "who": describe_author(entry.by),
            "what": ACTION_TITLES.get(entry.action, entry.action),
            "subject": describe_subject(entry.subject),
        }
        for entry in page
    ]
    return render(request, "leadership/audit_log.html", {"page": page, "log": entries})
