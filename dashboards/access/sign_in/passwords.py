"""Changing one's own password, for whoever has one here."""

from allauth.account import views
from django.http import Http404, HttpRequest, HttpResponse

from dashboards.models import Account


def change_password(request: HttpRequest) -> HttpResponse:
    """Let somebody change her password; who signs in with the provider has none to change."""
    if isinstance(request.user, Account) and not request.user.has_usable_password():
        raise Http404
    response: HttpResponse = views.password_change(request)
    return response
