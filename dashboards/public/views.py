"""The pages for everyone: what is measured, and how accessible all pages are."""

from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from dashboards.figures.wording import WORDINGS, Language
from dashboards.public import accessibility_target, example
from dashboards.public.figure_cache import weekly_totals
from dashboards.public.in_force import in_force
from dashboards.public.own_device import own_device
from dashboards.public.public_page import for_everyone, kept_language
from dashboards.public.release_times import describe_release_time
from dashboards.public.rules import rules
from dashboards.public.visibility import seen
from dashboards.public.weeks import PUBLIC_SPAN, PublicWeek, public_weeks
from dashboards.school import clock
from dashboards.school.platforms import platforms_in_use
from monitor import store
from schedules.calendar import monday


@require_safe
@for_everyone
def transparency(request: HttpRequest) -> HttpResponse:
    """Say what is measured and what is not, and show the weekly totals."""
    today = clock.today()
    language = Language(get_language() or Language.DUTCH)
    wording = WORDINGS[language]
    platforms = platforms_in_use()
    titles = {name: platform.title for name, platform in platforms.items()}
    in_order = public_weeks(weekly_totals(today), titles, wording)
    newest, earlier = in_order[:1], in_order[1:]
    found = seen(store.load_visibility(monday(today), today))
    applied = rules(today)
    return _page(
        request,
        "transparency",
        {
            "rules": applied,
            "own_device": own_device(settings.LESRUST.device),
            "tables": [
                (table, describe_release_time(table.interval, applied)) for table in applied.tables
            ],
            "here": in_force(settings.LESRUST, platforms.values()),
            "seen": found,
            "ways": [(way.evidence.spec.plain_title, way.percent) for way in found.ways]
            if found
            else [],
            "newest": [{"drawn": _drawn(week, language)} for week in newest],
            "earlier": [
                {"title": week.title, "drawn": _drawn(week, language, is_titled=True)}
                for week in earlier
            ],
            "drawn": example.DRAWN,
            "alike": example.no_clear_difference(),
            "examples": [(each.table.plain, each.shown) for each in example.examples()],
            "drawing": example.drawing(),
        },
    )


@require_safe
@for_everyone
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement, as far as Lesrust's makers can write it for a school."""
    context = {
        "contact": settings.LESRUST.contact,
        "widths": accessibility_target.WIDTHS,
        "standard": accessibility_target.STANDARD,
    }
    return _page(request, "accessibility", context)


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    said = {
        "prose": f"public/{Language(get_language() or Language.DUTCH)}/{name}.html",
        "kept_language": kept_language(request),
    }
    return render(request, f"public/{name}.html", {**context, **said})


@lru_cache(maxsize=4 * PUBLIC_SPAN // timedelta(weeks=1))
def _drawn(week: PublicWeek, language: Language, *, is_titled: bool = False) -> str:
    """Make a week's table, once: what was released does not change, and the school reads it.

    Args:
        week: what stands in it.
        language: that of the page.
        is_titled: whether its title stands above it already.
    """
    with override(language):
        return render_to_string("public/week.html", {"week": week, "is_titled": is_titled})
