"""What stands on the page about what is measured: the rules, the settings, the weekly totals."""

from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from dashboards.public import example
from dashboards.public.figure_cache import weekly_totals
from dashboards.public.own_device import own_device_address
from dashboards.public.public_settings import public_settings
from dashboards.public.release_times import describe_release_time
from dashboards.public.rules import release_rules
from dashboards.public.visibility import load_public_visibility
from dashboards.public.weeks import PUBLIC_SPAN, PublicWeek, public_weeks
from dashboards.school import clock
from dashboards.school.platforms import platforms_in_use
from monitor.runtime.factories import make_installation_promise
from schedules.language import Language


def transparency_context(language: Language) -> dict[str, Any]:
    """Return what the page's template shows.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    today = clock.today()
    platforms = platforms_in_use()
    titles = {name: platform.title for name, platform in platforms.items()}
    weeks = public_weeks(weekly_totals(today), titles)
    school = settings.LESRUST
    promise = make_installation_promise(school)
    rules = release_rules(today, school.store.weeks_kept, promise)
    return {
        "rules": rules,
        "own_device": own_device_address(settings.LESRUST.device),
        "tables": [
            (table, describe_release_time(table.interval, rules), table.devices * rules.addresses)
            for table in rules.tables
        ],
        "here": public_settings(settings.LESRUST, platforms.values()),
        "seen": load_public_visibility(today),
        "newest": [{"drawn": _render_week(week, language)} for week in weeks[:1]],
        "earlier": [
            {"title": week.title, "drawn": _render_week(week, language, is_titled=True)}
            for week in weeks[1:]
        ],
        "drawn": example.FIGURE,
        "alike": example.indistinct_figure(promise.tables),
        "examples": [
            (figure.table.plain, figure.shown) for figure in example.examples(promise.tables)
        ],
        "drawing": example.drawing(promise.tables),
    }


@lru_cache(maxsize=4 * PUBLIC_SPAN // timedelta(weeks=1))
def _render_week(week: PublicWeek, language: Language, *, is_titled: bool = False) -> str:
    """Render a week's table, once: what was released does not change, and the school reads it.

    Args:
        week: what stands in it.
        language: that of the page.
        is_titled: whether its title stands above it already.
    """
    with override(language):
        return render_to_string("public/week.html", {"week": week, "is_titled": is_titled})
