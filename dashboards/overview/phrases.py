"""What a period, a difference and the visibility are called, in the reader's language."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from dashboards.figures.estimate import EstimateDifference
from dashboards.figures.period import PeriodKind, ReportingPeriod
from dashboards.figures.visibility import format_interval, format_percent
from monitor.release.visibility import Visibility
from schedules.language import writing

KINDS: dict[PeriodKind, StrOrPromise] = {
    PeriodKind.WEEK: _("Week"),
    PeriodKind.MONTH: _("Month"),
    PeriodKind.SCHOOL_YEAR: _("School year"),
    PeriodKind.TERM: _("Between two holidays"),
}
BEFORE: dict[PeriodKind, StrOrPromise] = {
    PeriodKind.WEEK: _("the week before"),
    PeriodKind.MONTH: _("the month before"),
    PeriodKind.SCHOOL_YEAR: _("the school year before"),
    PeriodKind.TERM: _("the weeks before the holiday"),
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


def differs(found: EstimateDifference | None) -> str:
    """Say in a table how much more or less there was."""
    if found is None:
        return gettext("cannot be compared")
    if not found.is_clear:
        return gettext("no clear difference")
    if found.value > 0:
        return gettext("%(number)s more") % {"number": writing.number(found.value)}
    return gettext("%(number)s less") % {"number": writing.number(-found.value)}


def compared(found: EstimateDifference | None, kind: PeriodKind) -> str:
    """Say in a sentence how a period's lesson hours differ from those of the one before."""
    before = {"before": BEFORE[kind]}
    if found is None:
        return gettext("Of %(before)s there is no figure to compare with.") % before
    if not found.is_clear:
        return gettext("There is no clear difference with %(before)s.") % before
    size = abs(found.value)
    sizes = {
        "number": writing.number(size),
        "low": writing.number(size - found.half_width),
        "high": writing.number(size + found.half_width),
    }
    if found.value > 0:
        text = gettext(
            "That is about %(number)s more in a lesson hour than %(before)s "
            "(between %(low)s and %(high)s more)."
        )
    else:
        text = gettext(
            "That is about %(number)s less in a lesson hour than %(before)s "
            "(between %(low)s and %(high)s less)."
        )
    return text % {**before, **sizes}


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
