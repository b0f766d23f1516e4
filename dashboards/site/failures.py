"""When something fails: the page says so and what follows, and keeps what was typed.

What went wrong goes to standard error as a kind and a place in the code. Its message, the address
of the page and what was typed do not: they can hold a name.
"""

import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override
from django.views.defaults import server_error

MAX_FIELD_LENGTH = 2_000
"""Characters of one field."""
RETRY_AFTER = 10
"""Seconds."""
FIELDS_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "login", "code", "credential"})
"""Besides whatever is called a password."""


def handle_server_error(request: HttpRequest) -> HttpResponse:
    """Answer for whatever failed: in a page, or before it, where a session is read."""
    if isinstance(sys.exception(), DatabaseError | InterfaceError):
        return _store_unavailable(request)
    return server_error(request)


def _store_unavailable(request: HttpRequest) -> HttpResponse:
    """Answer without asking the store anything: not even who is signed in."""
    language = "en" if request.COOKIES.get("taal") == "en" else "nl"
    with override(language):
        page = render_to_string(
            "store_unavailable.html",
            {
                "typed": list(_typed_fields(request)),
                "address": request.path if request.method == "POST" else request.get_full_path(),
                "method": request.method,
                "token": request.POST.get("csrfmiddlewaretoken", ""),
            },
        )
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def _typed_fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in FIELDS_NOT_KEPT and "password" not in name:
            for value in values:
                yield name, str(value)[:MAX_FIELD_LENGTH]


def report_exception(**_: Any) -> None:
    """Write where an error that nobody expected came from, and of which kind it is."""
    error = sys.exception()
    if error is None:
        return
    places = traceback.extract_tb(error.__traceback__)
    ours = [place for place in places if "site-packages" not in place.filename]
    place = (ours or places)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    sys.stderr.write(f"lesrust web: a page failed with {type(error).__name__} at {where}\n")
