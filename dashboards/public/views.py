"""The pages for everyone: what is measured, and how accessible all pages are."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dashboards.public import accessibility_target
from dashboards.public.page_language import language_query, public_page
from dashboards.public.transparency_page import transparency_context
from schedules.language import Language


@require_safe
@public_page
def transparency(request: HttpRequest) -> HttpResponse:
    """Show what is measured and what is not, with the weekly totals."""
    return _page(request, "transparency", transparency_context(Language.of(get_language())))


@require_safe
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement, as far as Lesrust's makers can write it for a school."""
    context = {
        "contact": settings.LESRUST.contact,
        "widths": accessibility_target.WIDTHS,
        "standard": accessibility_target.STANDARD,
    }
    return _page(request, "accessibility", context)


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    of_every_page = {
        "prose": f"public/{Language.of(get_language())}/{name}.html",
        "kept_language": language_query(request),
    }
    return render(request, f"public/{name}.html", {**context, **of_every_page})
