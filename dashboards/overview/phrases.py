"""What a period, a difference and the visibility are called, in the reader's language."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from dashboards.figures.differences import MIN_WEEKS, WeekDifference
from dashboards.figures.period import PeriodKind, ReportingPeriod
from dashboards.figures.trend import Trend
from dashboards.figures.visibility import format_interval, format_percent
from monitor.release.visibility import Visibility
from schedules.language import writing

KINDS: dict[PeriodKind, StrOrPromise] = {
    PeriodKind.WEEK: _("Week"),
    PeriodKind.MONTH: _("Month"),
    PeriodKind.SCHOOL_YEAR: _("School year"),
    PeriodKind.TERM: _("Between two holidays"),
}


def called(period: ReportingPeriod) -> str:
    """Name a period: `16 t/m 20 november 2026`, `november 2026`, `2026–2027`."""
    match period.kind:
        case PeriodKind.WEEK:
            return writing.week(period.start)
        case PeriodKind.MONTH:
            return writing.month(period.start)
        case PeriodKind.TERM:
            return writing.days(period.first_day, period.last_day - timedelta(days=2))
        case _:
            return f"{period.start.year}\N{EN DASH}{period.start.year + 1}"


def in_period(period: ReportingPeriod) -> str:
    """Name a period inside a sentence."""
    match period.kind:
        case PeriodKind.WEEK:
            return gettext("the week of %(week)s") % {"week": called(period)}
        case PeriodKind.MONTH:
            return called(period)
        case PeriodKind.TERM:
            return gettext("the weeks of %(weeks)s") % {"weeks": called(period)}
        case _:
            return gettext("the school year %(years)s") % {"years": called(period)}


def differs(found: WeekDifference | None) -> str:
    """Say in a table how much more or less there was."""
    if found is None:
        return gettext("cannot be compared")
    if not found.is_clear:
        return gettext("no clear difference")
    if found.value > 0:
        return gettext("%(number)s more") % {"number": writing.number(found.value)}
    return gettext("%(number)s less") % {"number": writing.number(-found.value)}


def compared(found: WeekDifference | None) -> str:
    """Say in a sentence how the counts of a lesson hour differ from those of the weeks before."""
    if found is None:
        return gettext(
            "Whether that differs from the weeks before cannot be said: that takes %(weeks)s "
            "whole weeks before it."
        ) % {"weeks": MIN_WEEKS}
    if not found.is_clear:
        return gettext("The counts do not differ clearly from those of the weeks before.")
    size = abs(found.value)
    sizes = {
        "number": writing.number(size),
        "low": writing.number(size - found.half_width),
        "high": writing.number(size + found.half_width),
    }
    if found.value > 0:
        text = gettext(
            "The counts are clearly higher than in the weeks before: about %(number)s more in a "
            "lesson hour (between %(low)s and %(high)s more). Why, they do not say."
        )
    else:
        text = gettext(
            "The counts are clearly lower than in the weeks before: about %(number)s fewer in a "
            "lesson hour (between %(low)s and %(high)s fewer). Why, they do not say."
        )
    return text % sizes


def tends(trend: Trend, weeks: int) -> str:
    """Say in a sentence whether counts go up or down over a long time.

    Args:
        trend: of them.
        weeks: how many weeks it is of.
    """
    numbers = {
        "weeks": weeks,
        "low": writing.number(100 * (abs(trend.a_year) - trend.half_width)),
        "high": writing.number(100 * (abs(trend.a_year) + trend.half_width)),
        "number": writing.number(100 * abs(trend.a_year)),
    }
    if not trend.is_clear:
        text = gettext(
            "Over these %(weeks)s weeks the counts show no clear trend; one of up to about "
            "%(high)s %% a year may be there."
        )
    elif trend.a_year > 0:
        text = gettext(
            "Over these %(weeks)s weeks the counts go up, by about %(number)s %% a year (between "
            "%(low)s and %(high)s %%)."
        )
    else:
        text = gettext(
            "Over these %(weeks)s weeks the counts go down, by about %(number)s %% a year (between "
            "%(low)s and %(high)s %%)."
        )
    return text % numbers


def seen(visibility: Visibility | None) -> Iterator[str]:
    """Say what could be seen, so that silence is not read as success."""
    if visibility is None:
        yield gettext("Of this period it is not known how much could be seen.")
    else:
        yield gettext(
            "Of what pupils' devices did in lessons, about %(percent)s (%(interval)s) could be "
            "recognised. Each device counts equally."
        ) % {
            "percent": format_percent(visibility.recognised),
            "interval": format_interval(visibility.recognised),
        }
