"""With noise off: whatever one device does, it changes a table by no more than its cap.

This is the test that holds the guarantee. A histogram of released figures does not: it missed a
mutant without caps.
"""

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.release import counts as module
from monitor.release.counts import ActiveDevice, DayCounts
from monitor.release.tables import R1, R2, R3, R4, TableSpec

PLATFORMS = tuple("abcdefghi")
LAYERS = ("", "3 havo", "3 vwo")
ONE = 0
"""The device that is there, or is not."""

device_hours = st.builds(
    ActiveDevice,
    st.integers(0, 5),
    st.permutations(PLATFORMS).flatmap(
        lambda order: st.integers(1, len(order)).map(lambda n: tuple(order[:n]))
    ),
    st.sampled_from(LAYERS),
)
days = st.lists(
    st.tuples(st.lists(device_hours, unique_by=lambda one: one.device), st.booleans()), max_size=10
)
type Day = list[tuple[list[ActiveDevice], bool]]


def tables(day: Day) -> dict[TableSpec, Counter[object]]:
    counts = DayCounts()
    hours: Counter[object] = Counter()
    for number, (active, is_released) in enumerate(day):
        count = counts.add_hour(active, is_released=is_released)
        if is_released:
            hours[number] = count
    return {
        R1: hours,
        R2: Counter(counts.platforms()),
        R3: Counter(counts.layers()),
        R4: Counter(counts.layer_platforms()),
    }


def without(day: Day, device: int) -> Day:
    return [([one for one in active if one.device != device], hour) for active, hour in day]


def distances(day: Day) -> Iterable[tuple[TableSpec, int]]:
    """How far each table is (L1) from the one of the same day without the device."""
    whole, less = tables(day), tables(without(day, ONE))
    for table in whole:
        cells = whole[table].keys() | less[table].keys()
        yield table, sum(abs(whole[table][cell] - less[table][cell]) for cell in cells)


@given(days)
def test_adding_or_removing_any_device_changes_a_table_by_no_more_than_its_cap(day: Day) -> None:
    for table, distance in distances(day):
        assert distance <= table.cap, table.name


BUSIEST: Day = [([ActiveDevice(ONE, PLATFORMS, "3 havo")], True)] * 10


def test_the_caps_are_reached() -> None:
    assert dict(distances(BUSIEST)) == {table: table.cap for table in (R1, R2, R3, R4)}


@pytest.mark.parametrize("table", ["R1", "R2", "R4"])
def test_a_mutant_without_a_cap_is_found(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoCap:
        cap = 1_000

    monkeypatch.setattr(module, table, NoCap)
    monkeypatch.setattr(DayCounts.__init__, "__defaults__", (NoCap.cap,))
    assert any(distance > one.cap for one, distance in distances(BUSIEST))
