"""Pages for everyone: in the language that their address asks for, and without any cookie.

The language stands in the address, so that a link that is passed on stays in its language, and so
that a browser that keeps the page for a minute does not keep it for the other language.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGE_PARAMETER = "taal"
"""Of the address."""
MAX_AGE = 60
"""Seconds that a browser may keep a page that says nothing of its reader."""

type Page = Callable[[HttpRequest], HttpResponse]


def public_page(page: Page) -> Page:
    """Let everyone read a page.

    A reader without cookies leaves without cookies, and her browser may keep the page for a
    minute. Who brings one could be signed in: her page is kept nowhere.
    """

    @wraps(page)
    def page_for_everyone(request: HttpRequest) -> HttpResponse:
        if language := _language_asked_for(request):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        response = page(request)
        if not request.COOKIES:
            response.headers["Cache-Control"] = f"private, max-age={MAX_AGE}"
        return response

    return page_for_everyone


def language_query(request: HttpRequest) -> str:
    """Return what is put behind the address of another page, to stay in the language."""
    language = _language_asked_for(request)
    return f"?{LANGUAGE_PARAMETER}={language}" if language else ""


def _language_asked_for(request: HttpRequest) -> str:
    language = request.GET.get(LANGUAGE_PARAMETER, "")
    return language if language in dict(settings.LANGUAGES) else ""
