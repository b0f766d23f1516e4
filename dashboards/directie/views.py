"""The directie's page, and the same figures as files."""

from collections.abc import Hashable
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from dashboards.access.role_required import SignedIn, allowed
from dashboards.charts.colours import night
from dashboards.charts.locale import NUMBERS
from dashboards.figures.period import IN_ADDRESS, Kind, Period, periods
from dashboards.overview import export, wording
from dashboards.overview.filters import FROM, KIND, LAYER, PLATFORM, Filters
from dashboards.overview.loading import newest, read, version, weeks
from dashboards.overview.overview import Overview
from dashboards.school.platforms import platforms_in_use
from dashboards.school.profile import own_profile
from dashboards.version_cache import VersionCache
from monitor import store
from monitor.configuration import Role

type Choice = tuple[str, str, bool]
"""What stands in the address, what is read, and whether it is chosen."""

PAGES = VersionCache[tuple[SafeString, date]]()
OVERVIEWS = VersionCache[Overview]()
NEWEST = VersionCache[date]()


@require_safe
@allowed(Role.DIRECTIE, Role.LEADERSHIP)
def figures(request: SignedIn) -> HttpResponse:
    """Show the figures of a period."""
    now = version()
    filters = _asked(request, now)
    content, day = PAGES.get((filters, get_language()), now, lambda: _content(filters, now))
    return render(request, "directie/figures.html", {"content": content, "day": day})


@require_safe
@allowed(Role.DIRECTIE, Role.LEADERSHIP)
def as_csv(request: SignedIn) -> HttpResponse:
    """Give the figures of a period as CSV."""
    now = version()
    filters = _asked(request, now)
    return _file(export.as_csv(_overview(filters, now)), "text/csv", filters)


@require_safe
@allowed(Role.DIRECTIE, Role.LEADERSHIP)
def as_json(request: SignedIn) -> HttpResponse:
    """Give the figures of a period as JSON, with what could be seen."""
    now = version()
    filters = _asked(request, now)
    seen = store.load_visibility(filters.period.begins, filters.period.ends)
    return _file(export.as_json(_overview(filters, now), seen), "application/json", filters)


def _asked(request: SignedIn, now: Hashable) -> Filters:
    return Filters.read(request.GET.dict(), NEWEST.get("", now, newest))


def _overview(filters: Filters, now: Hashable) -> Overview:
    return OVERVIEWS.get((filters, get_language()), now, lambda: read(filters))


def _file(content: str, kind: str, filters: Filters) -> HttpResponse:
    ending = kind.rpartition("/")[2]
    name = f"lesrust-{filters.period.kind}-{filters.period.first}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=f"{kind}; charset=utf-8", headers=headers)


def _content(filters: Filters, now: Hashable) -> tuple[SafeString, date]:
    """Render all of the page that is the same for every reader; with a day that a report is of."""
    period, known = filters.period, weeks()
    here = _overview(filters, now)
    context = {
        "overview": here,
        "filters": filters,
        "kind": str(period.kind),
        "names": {"kind": KIND, "first": FROM, "layer": LAYER, "platform": PLATFORM},
        "kinds": [
            (filters.at(_like(period, kind, known)).query, title, kind is period.kind)
            for kind, title in wording.KINDS.items()
            if kind in IN_ADDRESS
        ],
        "earlier": _beside(filters, period.previous, known),
        "later": _beside(filters, period.next, known),
        "periods": _choices(period, known),
        "layers": [(name, name, name == filters.layer) for name in own_profile().layers],
        "platforms": [
            (each.name, each.title, each.name == filters.platform)
            for each in platforms_in_use().values()
        ],
        "night": dict(night()),
        "numbers": NUMBERS.get(get_language() or "", NUMBERS["nl"]),
    }
    rendered = render_to_string("directie/content.html", context)
    day = _like(period, Kind.WEEK, known).first
    return mark_safe(rendered), day  # noqa: S308 (a template's)


def _like(period: Period, kind: Kind, known: tuple[date, ...]) -> Period:
    """Give the period of another kind that shows the newest of what this one shows."""
    inside = [week for week in known if period.begins <= week <= period.ends]
    return Period.of(kind, max(inside, default=period.begins))


def _beside(filters: Filters, period: Period, known: tuple[date, ...]) -> tuple[str, str] | None:
    """Give the address and name of a period beside this one; None when nothing is of it."""
    if not any(period.begins <= week <= period.ends for week in known):
        return None
    return filters.at(period).query, wording.called(period)


def _choices(period: Period, known: tuple[date, ...]) -> list[Choice]:
    found = periods(period.kind, (*known, period.begins))
    return [(each.first.isoformat(), wording.called(each), each == period) for each in found]
