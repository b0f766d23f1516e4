"""What only a demonstration has: a school clock that stands still, and a link to sign in by role.

A real school's pages do not have these addresses at all: `lesrust web` serves them only when a
demonstration starts it, on this machine alone.
"""

import hmac
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from dashboards.figures import clock
from dashboards.models import Account
from dashboards.teacher.lessons import SNAPSHOT
from monitor.configuration import Role, WebSettings
from schedules.problem import Problem, Refused


@dataclass(frozen=True, slots=True)
class Demonstration:
    """One demonstration's own."""

    moment: float
    """What the school's clock shows, in seconds since 1970-01-01 UTC."""
    tokens: Mapping[str, str]
    """By role."""


def begun(moment: float) -> Demonstration:
    """Begin one: its links are known to nobody yet."""
    return Demonstration(moment, {role.value: secrets.token_urlsafe(16) for role in Role})


def require_this_machine_only(web: WebSettings) -> None:
    """Refuse to have a link that signs in where others can reach it.

    Raises:
        Refused: when the pages listen on another address than loopback, or have a public one.
    """
    host, _ = web.listen_address
    if web.address or not _is_loopback(host):
        allowed = "127.0.0.1 and no address, for a demonstration"
        raise Refused([Problem("key web.listen", web.address or web.listen, allowed)])


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def links(demonstration: Demonstration) -> Iterator[tuple[str, str]]:
    """Give the path of each role's link."""
    for role, token in demonstration.tokens.items():
        yield role, f"/demo/{token}/"


@require_safe
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link, as one of the roles."""
    demonstration: Demonstration | None = settings.DEMONSTRATION
    if demonstration is None:
        raise Http404
    for role, known in demonstration.tokens.items():
        if hmac.compare_digest(known, token):
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
    """Choose somebody who teaches now, so that there is something to allow."""
    now = clock.now()
    for lesson in SNAPSHOT.lessons(now).timetable.lessons:
        is_now = lesson.start.timestamp() <= now < lesson.end.timestamp()
        if is_now and lesson.is_held and lesson.teachers:
            return lesson.teachers[0]
    return ""
