"""The link by which a demonstration signs somebody in, as one of the roles.

A real school's pages do not have these addresses at all: `lesrust web` serves them only when a
demonstration starts it, on this machine alone.
"""

import hmac

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from dashboards.models import Account
from dashboards.school import clock
from dashboards.school.demonstration import WebDemonstration
from dashboards.school.lessons import load_lessons
from monitor.configuration import Role


@require_safe
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link, as the role whose token it has."""
    demonstration: WebDemonstration | None = settings.DEMONSTRATION
    if demonstration is None:
        raise Http404
    for role, role_token in demonstration.tokens.items():
        if hmac.compare_digest(role_token, token):
            login(request, _account(Role(role)), settings.AUTHENTICATION_BACKENDS[0])
            return redirect("home")
    raise Http404


def _account(role: Role) -> Account:
    code = _teacher_of_now() if role is Role.TEACHER else ""
    account, is_new = Account.objects.get_or_create(
        username=f"demo-{role.value}", defaults={"roles": [role.value], "code": code}
    )
    if is_new:
        account.set_unusable_password()
        account.save()
    return account


def _teacher_of_now() -> str:
    """Return the code of somebody who teaches now, so that there is a lesson to exempt."""
    now = clock.now()
    for lesson in load_lessons(now).timetable.lessons:
        is_now = lesson.start.timestamp() <= now < lesson.end.timestamp()
        if is_now and lesson.is_held and lesson.teachers:
            return lesson.teachers[0]
    return ""
