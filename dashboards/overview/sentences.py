"""What is read first: how much there was, whether that differs, and what was used most."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from dashboards.figures.estimate import Estimate, estimate_mean, is_clearly_less
from dashboards.figures.period import PeriodKind
from dashboards.figures.week_comparison import compare_by_part
from dashboards.overview import phrases
from dashboards.overview.selection import FigureSelection
from monitor.release.tables import TableName
from schedules.language import writing


def summary_sentences(selection: FigureSelection) -> Iterator[str]:
    """Write the few sentences that stand above the charts."""
    period = selection.period
    where = {"period": phrases.in_period(period)}
    totals = selection.rows_in_period(TableName.WEEK)
    mean = estimate_mean(totals, by_part=True)
    if mean is None:
        if period.kind is PeriodKind.WEEK:
            yield _("This week is not complete yet.")
        else:
            yield _("Of %(period)s there is no figure of a whole week yet.") % where
        return
    if any(total.value for total in totals):
        numbers = {
            **where,
            "mean": writing.number(mean.value),
            "low": writing.number(mean.low),
            "high": writing.number(mean.high or 0),
            "pupils": writing.number(selection.school.pupils),
        }
        text = _(
            "In %(period)s about %(mean)s devices on average were active on social media in a "
            "lesson hour (between %(low)s and %(high)s), of %(pupils)s pupils."
        )
        if mean.high is None:
            text = _(
                "In %(period)s at least %(low)s devices on average were active on social media in "
                "a lesson hour, of %(pupils)s pupils."
            )
        yield text % numbers
    else:
        yield _("In %(period)s there was too little to name a number.") % where
    differences = compare_by_part(*selection.compared_rows(TableName.WEEK))
    yield phrases.compared(differences.get(("", "")))
    if most_used := _most_used(selection):
        yield _("Used most: %(platforms)s.") % {"platforms": writing.listing(most_used)}


def _most_used(selection: FigureSelection) -> list[str]:
    """List the platform that was used most, with those that do not differ clearly from it."""
    means: dict[str, Estimate] = {}
    by_platform = selection.group_by_platform(selection.rows_in_period(TableName.WEEK_PLATFORMS))
    for title, rows in by_platform.items():
        mean = estimate_mean(rows, by_part=True)
        if mean and any(row.value for row in rows):
            means[title] = mean
    if len(means) <= 1:  # of one there is nothing to say
        return []
    largest = max(means.values(), key=lambda mean: mean.value)
    titles = [
        title
        for title, mean in means.items()
        if mean is largest or not is_clearly_less(mean, largest)
    ]
    return sorted(titles, key=lambda title: -means[title].value)
