"""Pages for everyone: in the language that their address asks for, and without any cookie.

The language stands in the address, so that a link that is passed on stays in its language, and so
that a browser that keeps the page for a minute does not keep it for the other language.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGE = "taal"
"""What the address calls it."""
KEPT = 60
"""Seconds that a browser may keep a page that says nothing of its reader."""

type Page = Callable[[HttpRequest], HttpResponse]


def for_everyone(page: Page) -> Page:
    """Let everyone read a page.

    A reader without cookies leaves without cookies, and her browser may keep the page for a
    minute. Who brings one could be signed in: her page is kept nowhere.
    """

    @wraps(page)
    def read(request: HttpRequest) -> HttpResponse:
        if asked := _asked(request):
            translation.activate(asked)
            request.LANGUAGE_CODE = asked
        response = page(request)
        if not request.COOKIES:
            response.headers["Cache-Control"] = f"private, max-age={KEPT}"
        return response

    return read


def kept_language(request: HttpRequest) -> str:
    """Give what is put behind the address of another page, to stay in the language."""
    asked = _asked(request)
    return f"?{LANGUAGE}={asked}" if asked else ""


def _asked(request: HttpRequest) -> str:
    asked = request.GET.get(LANGUAGE, "")
    return asked if asked in dict(settings.LANGUAGES) else ""
