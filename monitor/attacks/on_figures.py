"""Attacks on what a school has released, by its figures, its ledger and copies of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from monitor.attacks.copies import CopiedFigure
from monitor.attacks.differencing import compare_copy, count_of_less_noise, count_outside_ledger
from monitor.attacks.exact_margins import audit_margins
from monitor.attacks.groups import MeasuredHours, audit_groups
from monitor.attacks.on_promise import format_share
from monitor.attacks.outcome import AttackOutcome
from monitor.attacks.reconstruction import reconstruct_figures
from monitor.release import longitudinal
from monitor.release.figures import Figure
from monitor.release.layers import Layers
from monitor.release.promise import Promise
from monitor.release.retention import first_days_kept
from monitor.release.tables import WEEKLY, TableName
from schedules.calendar import monday
from schedules.language import gettext, ngettext, writing

_DAILY = frozenset({TableName.PLATFORMS, TableName.LAYERS})
_NONE = "0"


def attack_ledger(figures: Sequence[Figure], keys: Collection[str]) -> Iterator[AttackOutcome]:
    """Look for figures that could be drawn again, and for too little noise."""
    outside = count_outside_ledger(figures, keys)
    yield AttackOutcome(
        gettext("figures that the ledger does not know, so that they could be drawn again"),
        gettext("{count} of {total}", count=outside, total=len(figures)),
        _NONE,
        not outside,
    )
    too_little = count_of_less_noise(figures)
    yield AttackOutcome(
        gettext("figures with less noise than ε = 1 a day needs"),
        gettext("{count} of {total}", count=too_little, total=len(figures)),
        _NONE,
        not too_little,
    )


def attack_margins(figures: Sequence[Figure]) -> Iterator[AttackOutcome]:
    """Work out counts from sums, and look whether sums fit each other too well."""
    known = cells = 0
    narrowest = list[float]()
    weeks = list_whole_weeks(figures)
    for week in weeks:
        found = reconstruct_figures(week)
        known += len(found.known)
        cells += len(found.spans)
        narrowest.append(found.narrowest)
    yield AttackOutcome(
        gettext("counts worked out from all others, by linear programming"),
        gettext(
            "{count} of {total}; of every other at least {width} counts are possible",
            count=known,
            total=cells,
            width=writing.number(min(narrowest) + 1),
        )
        if narrowest and cells
        else gettext("no whole week of figures"),
        _NONE,
        not known,
    )
    audit = audit_margins(figure for week in weeks for figure in week)
    yield AttackOutcome(
        gettext("sums of different tables that fit too well, as without noise"),
        gettext(
            "{share} of the noise, by {count} sums",
            share=format_share(audit.spread),
            count=audit.margins,
        )
        if audit.is_enough
        else gettext("too few sums to say"),
        gettext("≥ {share}", share=format_share(audit.floor)),
        audit.is_held,
    )


def attack_kept_weeks(
    figures: Sequence[Figure], promise: Promise, today: date, weeks_kept: int | None
) -> Iterator[AttackOutcome]:
    """Say what the weeks that are kept tell of one pupil's habits, and find what is kept too long.

    Args:
        figures: all that are kept.
        promise: the tables as they are drawn.
        today: the day at school.
        weeks_kept: as the configuration says.
    """
    first_days = first_days_kept(today, weeks_kept)
    # Retention runs once a night: what is a day too old may wait for it.
    late = sum(
        figure.cell.day < first_days[figure.cell.table] - timedelta(days=1) for figure in figures
    )
    weekly = (figure.cell.day for figure in figures if figure.cell.table in WEEKLY)
    weeks = len({*weekly})
    gain = longitudinal.advantage_of_kept(promise.drawn, longitudinal.HEAVIEST, weeks)
    yield AttackOutcome(
        ngettext(
            "habits of the heaviest pupil, from the {count} week that is kept",
            "habits of the heaviest pupil, from the {count} weeks that are kept",
            weeks,
        ),
        gettext("{share}; {count} figures kept too long", share=format_share(gain), count=late),
        gettext("0 kept too long"),
        not late,
    )


def attack_groups(
    figures: Sequence[Figure], hours: MeasuredHours, layers: Layers
) -> Iterator[AttackOutcome]:
    """Look for figures of one class, by exemptions, places and layers."""
    audit = audit_groups(figures, hours, layers)
    found = gettext("{count} of {total}", count=len(audit.small), total=audit.judged)
    if audit.fewest_rooms is not None:
        found += "; " + gettext("fewest rooms in a lesson hour: {count}", count=audit.fewest_rooms)
    yield AttackOutcome(
        gettext("figures of too few rooms or pupils, by what was exempt or has no place"),
        found,
        _NONE,
        not audit.small,
    )


def attack_copies(
    figures: Sequence[Figure], copies: Mapping[str, Sequence[CopiedFigure]]
) -> Iterator[AttackOutcome]:
    """Lay each copy beside what is kept: a second draw of a cell would be another figure."""
    for name, copy in copies.items():
        found = compare_copy(figures, copy)
        yield AttackOutcome(
            gettext("the same cells in {copy}", copy=name),
            gettext(
                "{count} of {total} differ; {gone} are 'no figure' since",
                count=found.different,
                total=found.compared,
                gone=found.gone,
            ),
            gettext("0 differ"),
            not found.different,
        )


def list_whole_weeks(figures: Iterable[Figure]) -> list[list[Figure]]:
    """List the figures of each week of which no day has been deleted yet.

    The first days that are kept may be the end of a week of which the others are gone.
    """
    weeks: dict[date, list[Figure]] = {}
    first_days = dict[TableName, date]()
    for figure in figures:
        cell = figure.cell
        weeks.setdefault(monday(cell.day), []).append(figure)
        first_days[cell.table] = min(cell.day, first_days.get(cell.table, cell.day))
    days = [day for name, day in first_days.items() if name in _DAILY]
    first_whole = monday(max(days) + timedelta(days=6)) if days else date.max
    return [weeks[week] for week in sorted(weeks) if week >= first_whole]
