"""Attacks on released figures alone: sums that give hidden counts away, and two draws of one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from monitor.attacks.copies import CopiedFigure
from monitor.attacks.differencing import compare_copy, count_outside_ledger
from monitor.attacks.exact_margins import audit_margins
from monitor.attacks.outcome import AttackOutcome
from monitor.attacks.reconstruction import reconstruct, reconstruct_figures
from monitor.release.tables import TableSpec
from tests.cast import MONDAY
from tests.monitor.attacks.school_week import exact_counts, release, without_noise
from tests.monitor.attacks.test_reconstruction import hide_small
from tests.privacy.attacks.running import Attack

WEEKS = 8
THRESHOLDS = (5, 10)


def attacks() -> Iterator[Attack]:
    """Give every attack."""
    yield linear_programs
    for threshold in THRESHOLDS:
        yield partial(exact_counts_from, threshold)
    yield margins
    yield copies


def linear_programs() -> Iterator[AttackOutcome]:
    """Work out what can be known of each count of some weeks."""
    known = cells = 0
    narrowest = float("inf")
    for week in range(WEEKS):
        found = reconstruct_figures(release(exact_counts(week)))
        known += len(found.known)
        cells += len(found.spans)
        narrowest = min(narrowest, found.narrowest)
    yield AttackOutcome(
        f"linear programs over all tables, {WEEKS} weeks of layer × platform",
        f"{known} of {cells} counts known; {narrowest + 1:.0f} or more are possible of each",
        "0 exact recoveries",
        not known and cells > 0,
    )


def exact_counts_from(threshold: int) -> Iterator[AttackOutcome]:
    """Do the same with exact counts of which the small ones are hidden."""
    hidden = recovered = wrong = 0
    for week in range(WEEKS):
        counts = exact_counts(week)
        spans = hide_small(counts, threshold)
        found = reconstruct(spans, is_exact=True)
        for cell, (low, high) in spans.items():
            if low < high:
                hidden += 1
                is_known = cell in found.known
                recovered += is_known
                wrong += is_known and found.spans[cell][0] != counts[cell]
    yield AttackOutcome(
        f"mutant: a threshold of {threshold} on exact counts, without noise",
        f"{recovered} of {hidden} hidden counts recovered, {wrong} wrongly",
        "found: > 0, none wrongly",
        recovered > 0 and not wrong,
    )


def margins() -> Iterator[AttackOutcome]:
    """Ask of figures alone whether the noise is there."""
    weeks = [exact_counts(week, MONDAY + timedelta(weeks=week)) for week in range(WEEKS)]
    audit = audit_margins(figure for week in weeks for figure in release(week))
    yield AttackOutcome(
        "sums of different tables that fit too well",
        f"{audit.spread:.2f} of the noise, {audit.margins} sums",
        f"≥ {audit.floor:.2f}",
        audit.is_enough and audit.is_held,
    )
    for name, figures in (
        ("half the scale, seen in figures alone", [release(week, _half) for week in weeks]),
        ("no noise, seen in figures alone", [without_noise(week) for week in weeks]),
    ):
        audit = audit_margins(figure for week in figures for figure in week)
        yield AttackOutcome(
            f"mutant: {name}",
            f"{audit.spread:.2f} of the noise",
            f"found: < {audit.floor:.2f}",
            not audit.is_held,
        )


def _half(table: TableSpec) -> TableSpec:
    return replace(table, epsilon=2 * table.epsilon, scale=table.scale / 2)


def copies() -> Iterator[AttackOutcome]:
    """Lay a copy beside figures that were drawn again, and a ledger that forgot beside both."""
    counts = exact_counts()
    figures = release(counts)
    again = [CopiedFigure(figure.cell, figure.shown) for figure in release(counts)]
    different = compare_copy(figures, again).different
    yield AttackOutcome(
        "mutant: a second draw, seen in an export",
        f"{different} of {len(figures)} differ",
        "found: > 0",
        different > 0,
    )
    outside = count_outside_ledger(figures, ())
    yield AttackOutcome(
        "mutant: a release without a ledger",
        f"{outside} of {len(figures)} could be drawn again",
        "found: > 0",
        outside > 0,
    )
