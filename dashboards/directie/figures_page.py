"""What stands on the page of figures, and how long each part of it is kept."""

from collections.abc import Hashable
from datetime import date
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dashboards.charts.colours import night_colours
from dashboards.charts.locale import number_format
from dashboards.figures.period import CALENDAR_KINDS, PeriodKind, ReportingPeriod, list_periods
from dashboards.overview import phrases
from dashboards.overview.filters import KIND, LAYER, PLATFORM, START, FigureFilters
from dashboards.overview.loading import load_overview, newest_week, weeks_with_figures
from dashboards.overview.overview import PeriodOverview
from dashboards.school.platforms import platforms_in_use
from dashboards.school.profile import own_profile
from dashboards.version_cache import VersionCache


class Choice(NamedTuple):
    """An option of a form, or a link of a list."""

    value: str
    """In the address."""
    title: str
    is_chosen: bool


class PageContent(NamedTuple):
    """All of the page that is the same for every reader."""

    html: SafeString
    report_day: date
    """A day that a report can be asked of."""


PAGES = VersionCache[PageContent]()
OVERVIEWS = VersionCache[PeriodOverview]()
NEWEST_WEEKS = VersionCache[date]()


def cached_newest_week(version: Hashable) -> date:
    """Return the newest week, as it is in a version of the figures."""
    return NEWEST_WEEKS.get("", version, newest_week)


def cached_overview(filters: FigureFilters, version: Hashable) -> PeriodOverview:
    """Return what is said of a period, in the language that is active."""
    return OVERVIEWS.get(
        (filters, get_language()), version, lambda: load_overview(filters, own_profile())
    )


def cached_content(filters: FigureFilters, version: Hashable) -> PageContent:
    """Return the content of the page, in the language that is active."""
    return PAGES.get((filters, get_language()), version, lambda: _render_content(filters, version))


def _render_content(filters: FigureFilters, version: Hashable) -> PageContent:
    period, weeks = filters.period, weeks_with_figures()
    context = {
        "overview": cached_overview(filters, version),
        "filters": filters,
        "kind": str(period.kind),
        "names": {"kind": KIND, "start": START, "layer": LAYER, "platform": PLATFORM},
        "kinds": [
            Choice(
                filters.with_period(_newest_period(period, kind, weeks)).query,
                str(title),
                kind is period.kind,
            )
            for kind, title in phrases.KINDS.items()
            if kind in CALENDAR_KINDS
        ],
        "earlier": _link_to(filters, period.previous, weeks),
        "later": _link_to(filters, period.next, weeks),
        "periods": _period_choices(period, weeks),
        "layers": [Choice(name, name, name == filters.layer) for name in own_profile().layers],
        "platforms": [
            Choice(platform.name, platform.title, platform.name == filters.platform)
            for platform in platforms_in_use().values()
        ],
        "night": dict(night_colours()),
        "numbers": number_format(),
    }
    html = render_to_string("directie/content.html", context)
    report_day = _newest_period(period, PeriodKind.WEEK, weeks).start
    return PageContent(html, report_day)


def _newest_period(
    period: ReportingPeriod, kind: PeriodKind, weeks: tuple[date, ...]
) -> ReportingPeriod:
    """Return the period of a kind that shows the newest week of another period."""
    inside = [week for week in weeks if period.covers(week)]
    return ReportingPeriod.containing(kind, max(inside, default=period.first_day))


def _link_to(
    filters: FigureFilters, period: ReportingPeriod, weeks: tuple[date, ...]
) -> Choice | None:
    """Link to an earlier or later period; None when there is no figure of it."""
    if not any(period.covers(week) for week in weeks):
        return None
    return Choice(filters.with_period(period).query, phrases.called(period), is_chosen=False)


def _period_choices(period: ReportingPeriod, weeks: tuple[date, ...]) -> list[Choice]:
    return [
        Choice(other_period.start.isoformat(), phrases.called(other_period), other_period == period)
        for other_period in list_periods(period.kind, (*weeks, period.first_day))
    ]
