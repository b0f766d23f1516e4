"""What an installation can promise, by how well its network tells devices apart.

Where a device has one name all day, the caps hold for it and the tables are as they are declared.
Where only addresses are known, one device is as many units as it has addresses: each address may
add less, and the noise grows with how many there are, so that what a device-day loses stays what
it was. A table of days or weeks would count one device many times, which no noise mends, and is
withheld, as is one whose noise would drown its figures.

A school may choose a smaller privacy loss than is declared, never a larger one: the loss of every
table shrinks by the same part, and its noise grows by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import pi, sqrt

from monitor.identity import IdentityRules, Unit
from monitor.release.layers import Layers
from monitor.release.tables import (
    DRAWN,
    EPSILON_A_DAY,
    HOURS_A_DAY,
    OF_STAFF,
    SCHOOL_DAYS,
    TABLES,
    TOTALS,
    Counted,
    Dimension,
    ReleaseInterval,
    TableName,
    TableSpec,
    TotalSpec,
)

MIN_EPSILON = 0.1
"""The smallest privacy loss of a day that a school can choose: with less, no table is left."""
MAX_EXPECTED_ERROR = 0.5
"""Of what a cell typically counts: a table with more is noise."""
PASSED_ON = 2
"""By how much an address that passes to another device weighs more: when one of the two is not
there, what the other adds changes as well."""


NOT_OF_STAFF = {Dimension.LAYER, Dimension.EVIDENCE}
"""What tables are by that count pupils alone."""


class WithheldReason(StrEnum):
    """Why a table is not released."""

    NO_IDENTITY = "no identity"
    """Nothing in the installation names what counts once."""
    COUNTS_ADDRESSES = "counts addresses"
    """A device with several addresses would count several times."""
    TOO_NOISY = "too noisy"
    ONLY_IN_TOTAL = "only in total"
    """Its own figures would be noise; added up over a week they are not."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The tables as an installation draws them, and those that it withholds."""

    unit: Unit
    addresses: int
    """Units that one device may be in a day, as the school says; 1 where it has a name."""
    tables: tuple[TableSpec, ...]
    """Every table, with its cap and its noise."""
    withheld: Mapping[TableName, WithheldReason]

    @property
    def released(self) -> tuple[TableSpec, ...]:
        """The tables that have figures of their own."""
        return tuple(table for table in self.tables if table.name not in self.withheld)

    @property
    def only_in_totals(self) -> frozenset[TableName]:
        """The tables whose figures only the total of a week shows."""
        return frozenset(
            name for name, reason in self.withheld.items() if reason is WithheldReason.ONLY_IN_TOTAL
        )

    @property
    def drawn(self) -> tuple[TableSpec, ...]:
        """The tables that lose something."""
        names = {table.name for table in self.released} | self.only_in_totals
        return tuple(table for table in self.tables if table.name in names)

    @property
    def totals(self) -> tuple[TotalSpec, ...]:
        """The totals of what is drawn."""
        drawn = {table.name: table for table in self.drawn}
        return tuple(
            replace(total, of=drawn[total.of.name]) for total in TOTALS if total.of.name in drawn
        )

    @property
    def epsilon(self) -> float:
        """What the tables that are drawn lose together, of one unit on one day.

        No device-day is in all of them: one of staff is in no table by layer and not in visibility,
        and one that was a pupil's at any time is not in that of staff.
        """
        of_pupils = (table for table in self.drawn if table.counted is not Counted.STAFF_USE)
        of_staff = (table for table in self.drawn if not NOT_OF_STAFF & {*table.dimensions})
        return max(sum(table.epsilon for table in tables) for tables in (of_pupils, of_staff))


def make_promise(
    rules: IdentityRules,
    layers: Layers,
    *,
    has_identity: bool = True,
    epsilon: float = EPSILON_A_DAY,
    has_staff_figure: bool = False,
) -> Promise:
    """Work out what can be promised.

    Args:
        rules: what the network tells of a device.
        layers: the school's year layers.
        has_identity: whether anything in the installation names the unit.
        epsilon: what the school chose to lose of a unit in a day, over all tables.
        has_staff_figure: whether staff consented to a figure, and it is known which devices are
            theirs.
    """
    declared = (*DRAWN, *OF_STAFF) if has_staff_figure else DRAWN
    tables = tuple(_scale(table, rules, epsilon / EPSILON_A_DAY) for table in declared)
    withheld: dict[TableName, WithheldReason] = {}
    for table in tables:
        if not has_identity:
            withheld[table.name] = WithheldReason.NO_IDENTITY
        elif rules.addresses > 1 and table.interval is not ReleaseInterval.LESSON_HOUR:
            withheld[table.name] = WithheldReason.COUNTS_ADDRESSES
        elif table.beyond:
            # It is read by nobody: intervals are made of it, and know how noisy it is.
            if (reason := withheld.get(table.beyond)) is WithheldReason.TOO_NOISY:
                withheld[table.name] = reason
        elif table.scale > TABLES[table.name].scale and _is_noise(table, layers):
            has_total = rules.addresses == 1 and _has_readable_total(table, layers)
            withheld[table.name] = (
                WithheldReason.ONLY_IN_TOTAL if has_total else WithheldReason.TOO_NOISY
            )
    return Promise(rules.unit, rules.addresses, tables, withheld)


def expected_error(table: TableSpec | TotalSpec, layers: Layers) -> float:
    """Return how far a figure is expected to be off, as a share of what it typically counts.

    The mean absolute value of Laplace noise is its scale; the sum of many draws is close to normal.

    Args:
        table: as it is drawn, or added up.
        layers: the school's; of a table by layer, the mean released layer counts.
    """
    if isinstance(table, TotalSpec):
        hours = HOURS_A_DAY if table.of.interval is ReleaseInterval.LESSON_HOUR else 1
        parts = SCHOOL_DAYS * hours
        return expected_error(table.of, layers) * 2 / sqrt(pi * parts)
    pupils = float(layers.pupils)
    if Dimension.LAYER in table.dimensions:
        pupils /= max(1, len(layers.released))
    return table.noise / (table.typical * pupils) if pupils else float("inf")


def _is_noise(table: TableSpec, layers: Layers) -> bool:
    """Say whether figures that people see would be noise: a small school sees those of weeks."""
    is_seen = table.is_weekly or layers.has_daily_figures
    return (
        expected_error(table, layers) > MAX_EXPECTED_ERROR
        if is_seen
        else not _has_readable_total(table, layers)
    )


def _has_readable_total(table: TableSpec, layers: Layers) -> bool:
    return any(
        expected_error(replace(total, of=table), layers) <= MAX_EXPECTED_ERROR
        for total in TOTALS
        if total.of.name == table.name
    )


def _scale(table: TableSpec, rules: IdentityRules, share: float) -> TableSpec:
    units = rules.addresses * (PASSED_ON if rules.reused else 1)
    cap = max(table.points, table.cap // rules.addresses)
    epsilon = table.epsilon * share
    return replace(table, cap=cap, units=units, epsilon=epsilon, scale=cap * units / epsilon)
