"""What the promise would be without one of the rules that hold it: each must be found."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from addons.flows.dns_memory import DnsMemory
from monitor.core import ClosedSlot, Core
from monitor.release.schedule import ReleaseSlot
from monitor.release.table_counts import TableCounts
from monitor.release.tables import DRAWN

NO_CAP = 100_000


def without_caps(core: Core) -> None:
    """Have a core count all that a device does."""
    core._counts = TableCounts([replace(table, cap=NO_CAP) for table in DRAWN])


def with_floor_by_traffic(core: Core) -> None:
    """Have a core give no figure of a slot in which it counted nobody."""
    close = core._close

    def close_by_traffic(slot: ReleaseSlot) -> ClosedSlot:
        closed = close(slot)
        if any(count for cells in closed.counts.values() for count in cells.values()):
            return closed
        empty = {table: dict.fromkeys(cells) for table, cells in closed.counts.items()}
        return replace(closed, counts=empty)

    core._close = close_by_traffic  # type: ignore[method-assign]


@contextmanager
def shared_dns_memory() -> Iterator[None]:
    """Have DNS's answers to one client hold for all, while the context lasts."""
    find, make = DnsMemory._find_client, DnsMemory._client_for
    with patch.multiple(
        DnsMemory,
        _find_client=lambda memory, _, now: find(memory, b"all", now),
        _client_for=lambda memory, _, now: make(memory, b"all", now),
    ):
        yield
