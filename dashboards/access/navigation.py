"""What stands at the head of every page: where somebody can go."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from dashboards.models import Account
from monitor.configuration import Role


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A page that has its place at the head."""

    url_name: str
    title: StrOrPromise
    roles: frozenset[Role]


ENTRIES = (
    NavigationEntry("lesson", _("My lesson"), frozenset({Role.TEACHER})),
    NavigationEntry("exemptions", _("Permissions"), frozenset({Role.LEADERSHIP})),
    NavigationEntry("figures", _("Figures"), frozenset({Role.DIRECTIE, Role.LEADERSHIP})),
    NavigationEntry("settings", _("Settings"), frozenset({Role.DIRECTIE, Role.LEADERSHIP})),
    NavigationEntry("audit", _("Log"), frozenset({Role.LEADERSHIP})),
    NavigationEntry("it", _("Management"), frozenset({Role.IT})),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give every template the school's name, whether it is on trial, and its reader's pages."""
    account = getattr(request, "user", None)
    roles = account.role_set if isinstance(account, Account) else frozenset()
    return {
        "school": settings.LESRUST.school.name,
        "is_on_trial": settings.LESRUST.is_on_trial,
        "entries": [entry for entry in ENTRIES if entry.roles & roles],
    }
