"""Whoever must have a second factor sets it up before anything else."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

from dashboards.access.sign_in.adapters import BY_PROVIDER
from dashboards.models import Account

type Handler = Callable[[HttpRequest], HttpResponse]

OPEN = frozenset(
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
"""Pages that are there before a second factor is; those of the second factor itself too."""


def required(handle: Handler) -> Handler:
    """Lead whoever must have a second factor, and has none, to where it is set up."""

    def answered(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Account) and _is_wanting(request, request.user):
            return redirect("mfa_index")
        return handle(request)

    return answered


def _is_wanting(request: HttpRequest, account: Account) -> bool:
    if account.held.isdisjoint(settings.LESRUST.web.second_factor):
        return False
    name = resolve(request.path_info).url_name or ""
    if name in OPEN or name.startswith("mfa_") or request.session.get(BY_PROVIDER):
        return False
    used = any(each.get("method") == "mfa" for each in get_authentication_records(request, account))
    return not used and not Authenticator.objects.filter(user=account).exists()
