"""What is read first: how much there was, whether that differs, and what was used most."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from dashboards.figures.estimate import Estimate, difference, mean
from dashboards.overview import wording
from dashboards.overview.selection import Selected
from monitor.release.tables import TableName


def sentences(selected: Selected) -> Iterator[str]:
    """Say it in a few sentences."""
    period = selected.period
    where = {"period": wording.in_period(period)}
    whole = selected.within(TableName.WEEK)
    here = mean(whole, by_part=True)
    if here is None:
        yield _("Of %(period)s there is no figure of a whole week yet.") % where
        return
    if any(line.value for line in whole):
        yield _(
            "In %(period)s about %(mean)s devices on average were active on social media in a "
            "lesson hour (between %(low)s and %(high)s), of %(pupils)s pupils."
        ) % {
            **where,
            "mean": wording.number(here.value),
            "low": wording.number(here.low),
            "high": wording.number(here.high),
            "pupils": wording.number(selected.school.pupils),
        }
    else:
        yield _("In %(period)s there was too little to name a number.") % where
    before = mean(selected.before(TableName.WEEK), by_part=True)
    yield wording.compared(difference(here, before), period.kind)
    if liked := _liked(selected):
        yield _("Used most: %(platforms)s.") % {"platforms": wording.together(liked)}


def _liked(selected: Selected) -> list[str]:
    """Name what was used most: of what does not differ clearly from it, all."""
    means: dict[str, Estimate] = {}
    for title, found in selected.by_platform(selected.within(TableName.WEEK_PLATFORMS)).items():
        here = mean(found, by_part=True)
        if here and any(line.value for line in found):
            means[title] = here
    if len(means) < 2:  # noqa: PLR2004 (of one there is nothing to say)
        return []
    most = max(means.values(), key=lambda one: one.value)
    near = [title for title, one in means.items() if one is most or not _is_clear(most, one)]
    return sorted(near, key=lambda title: -means[title].value)


def _is_clear(one: Estimate, other: Estimate) -> bool:
    found = difference(one, other)
    return found is not None and found.is_clear
