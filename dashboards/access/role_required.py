"""Which roles may see a page: said once, above the function that makes it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from dashboards.models import Account
from monitor.configuration import Role


class SignedInRequest(HttpRequest):
    """A request of somebody who signed in and may see the page."""

    user: Account


type View[**P] = Callable[Concatenate[SignedInRequest, P], HttpResponse]
type Page[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]
"""Given by its place: Django does so."""


def role_required[**P](*roles: Role) -> Callable[[View[P]], Page[P]]:
    """Let whoever has one of some roles see a page.

    Others get 403, and who is not signed in is led to the page on which she can.
    """

    def decorate(view: View[P]) -> Page[P]:
        @wraps(view)
        def view_for_role(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            if not isinstance(request.user, Account):
                return redirect_to_login(request.get_full_path())
            if request.user.role_set.isdisjoint(roles):
                raise PermissionDenied
            return view(cast("SignedInRequest", request), *args, **kwargs)

        return view_for_role

    return decorate
