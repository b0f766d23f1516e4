"""What an installation can promise, by how well its network tells devices apart.

Where a device has one name all day, the caps hold for it and the tables are as they are declared.
Where only addresses are known, one device is as many units as it has addresses: each address may
add less, and the noise grows with how many there are, so that what a device-day loses stays what
it was. A table of days or weeks would count one device many times, which no noise mends, and is
withheld, as is one whose noise would drown its figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from monitor.identity import IdentityRules, Unit
from monitor.release.layers import Layers
from monitor.release.tables import DRAWN, Dimension, ReleaseInterval, TableName, TableSpec

MAX_EXPECTED_ERROR = 0.5
"""Of what a cell typically counts: a table with more is noise."""
PASSED_ON = 2
"""By how much an address that passes to another device weighs more: when one of the two is not
there, what the other adds changes as well."""


class WithheldReason(StrEnum):
    """Why a table is not released."""

    NO_IDENTITY = "no identity"
    """Nothing in the installation names what counts once."""
    COUNTS_ADDRESSES = "counts addresses"
    """A device with several addresses would count several times."""
    TOO_NOISY = "too noisy"


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
        """The tables that have figures."""
        return tuple(table for table in self.tables if table.name not in self.withheld)

    @property
    def epsilon(self) -> float:
        """What the released tables lose together, of one unit on one day."""
        return sum(table.epsilon for table in self.released)


def make_promise(rules: IdentityRules, layers: Layers, *, has_identity: bool = True) -> Promise:
    """Work out what can be promised.

    Args:
        rules: what the network tells of a device.
        layers: the school's year layers.
        has_identity: whether anything in the installation names the unit.
    """
    tables = tuple(_scale(table, rules) for table in DRAWN)
    withheld: dict[TableName, WithheldReason] = {}
    for table in tables:
        if not has_identity:
            withheld[table.name] = WithheldReason.NO_IDENTITY
        elif rules.addresses > 1 and table.interval is not ReleaseInterval.LESSON_HOUR:
            withheld[table.name] = WithheldReason.COUNTS_ADDRESSES
        elif expected_error(table, layers) > MAX_EXPECTED_ERROR and table.units > 1:
            withheld[table.name] = WithheldReason.TOO_NOISY
    return Promise(rules.unit, rules.addresses, tables, withheld)


def expected_error(table: TableSpec, layers: Layers) -> float:
    """Return how far a figure is expected to be off, as a share of what it typically counts.

    The mean absolute value of Laplace noise is its scale.

    Args:
        table: as it is drawn.
        layers: the school's; of a table by layer, the mean released layer counts.
    """
    pupils = float(layers.pupils)
    if Dimension.LAYER in table.dimensions:
        pupils /= max(1, len(layers.released))
    return table.noise / (table.typical * pupils) if pupils else float("inf")


def _scale(table: TableSpec, rules: IdentityRules) -> TableSpec:
    units = rules.addresses * (PASSED_ON if rules.reused else 1)
    cap = max(table.points, table.cap // rules.addresses)
    return replace(table, cap=cap, units=units, scale=cap * units / table.epsilon)
