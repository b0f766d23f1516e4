"""Devices on which somebody signed in before: what others try elsewhere does not make them wait.

Where a school has one address, a pupil who guesses a teacher's password uses up the attempts of
that address. A device on which she signed in has attempts of its own. It gives no access: who has
its cookie has to know the password too, and has as few attempts as anybody.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

LIFETIME = timedelta(days=180)
NONCE_BYTES = 16
_SALT = "dashboards.access.sign_in.known_devices"
_SEPARATOR = "."


def remember_device(response: HttpResponse, username: str) -> None:
    """Let a browser keep that somebody signed in on it; of whom, it does not tell."""
    text = f"{secrets.token_urlsafe(NONCE_BYTES)}{_SEPARATOR}{_account_tag(username)}"
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        TimestampSigner(salt=_SALT).sign(text),
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def find_device(request: HttpRequest) -> str:
    """Return a name for a device on which somebody signed in before; empty for any other."""
    device, _ = _parse_cookie(request)
    return device


def find_device_of(request: HttpRequest, username: str) -> str:
    """Return a name for a device on which this account signed in last; empty for any other."""
    device, tag = _parse_cookie(request)
    return device if constant_time_compare(tag, _account_tag(username)) else ""


def _parse_cookie(request: HttpRequest) -> tuple[str, str]:
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        text = TimestampSigner(salt=_SALT).unsign(cookie, max_age=LIFETIME)
    except BadSignature:
        return "", ""
    device, _, tag = text.partition(_SEPARATOR)
    return device, tag


def _account_tag(username: str) -> str:
    return salted_hmac(_SALT, username.casefold(), algorithm="sha256").hexdigest()
