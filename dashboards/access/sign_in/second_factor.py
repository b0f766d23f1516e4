"""Whoever must have a second factor sets it up before anything else."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

from dashboards.access.sign_in.adapters import PROVIDER_SECOND_FACTOR
from dashboards.models import Account

type Handler = Callable[[HttpRequest], HttpResponse]

OPEN_PAGES = frozenset(
    {
        "accessibility",
        "account_change_password",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "language",
        "manifest",
        "transparency",
    }
)
"""Names of pages that need no second factor; those of the second factor itself need none either."""


def require_second_factor(handle: Handler) -> Handler:
    """Lead whoever must have a second factor, and has none, to where it is set up."""

    def respond(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Account) and _lacks_second_factor(request, request.user):
            return redirect("mfa_index")
        return handle(request)

    return respond


def _lacks_second_factor(request: HttpRequest, account: Account) -> bool:
    if account.role_set.isdisjoint(settings.LESRUST.web.second_factor):
        return False
    name = resolve(request.path_info).url_name or ""
    if name in OPEN_PAGES or name.startswith("mfa_") or request.session.get(PROVIDER_SECOND_FACTOR):
        return False
    has_used = any(
        record.get("method") == "mfa" for record in get_authentication_records(request, account)
    )
    return not has_used and not Authenticator.objects.filter(user=account).exists()
