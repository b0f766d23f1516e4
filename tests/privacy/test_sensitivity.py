"""With noise off: whatever one device does, it changes a table by no more than its cap.

This is the test that holds the guarantee. A histogram of released figures does not: it missed a
mutant without caps.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.release.day_counts import ActiveDevice, DayCounts
from monitor.release.tables import (
    B1,
    B2,
    DRAWN,
    EPSILON_A_DAY,
    OF_STAFF,
    PREPARED,
    R1,
    R2,
    R4,
    R5,
    R6,
    S1,
    V1,
    CellValues,
    ReleaseInterval,
    TableName,
    TableSpec,
)
from monitor.release.visibility import KINDS

PLATFORMS = tuple("abcdefghi")
LAYERS = ("", "3 havo", "3 vwo")
ONE = 0
"""The device that is there, or is not."""

TABLES = (*DRAWN, *OF_STAFF, *PREPARED)
exempt_devices = st.frozensets(st.integers(0, 5))
platforms = st.permutations(PLATFORMS).flatmap(
    lambda order: st.integers(0, len(order)).map(lambda n: tuple(order[:n]))
)
pupils = st.builds(
    ActiveDevice,
    st.integers(0, 5),
    platforms,
    st.sampled_from(LAYERS),
    seen=st.dictionaries(st.sampled_from([*KINDS]), st.integers(1, 5_000)),
    has_uploaded=st.booleans(),
)
staff = st.builds(
    ActiveDevice,
    st.integers(0, 5),
    platforms,
    st.just(""),
    has_uploaded=st.booleans(),
    is_staff=st.just(True),
)
device_hours = pupils | staff
days = st.lists(
    st.tuples(
        st.lists(device_hours, unique_by=lambda one: one.device), exempt_devices, st.booleans()
    ),
    max_size=10,
)
type Day = list[tuple[list[ActiveDevice], frozenset[int], bool]]


def tables(day: Day, counted: Sequence[TableSpec]) -> dict[TableName, Counter[CellValues]]:
    """Count a day for some tables; what is not released by the hour has no lesson hours."""
    counts = DayCounts(counted)
    found: dict[TableName, Counter[CellValues]] = {table.name: Counter() for table in counted}
    for number, (active, exempt, is_released) in enumerate(day):
        counts.add_exempt(str(number), exempt)
        hours = counts.add_hour(str(number), active, is_released=is_released)
        for table, hour in hours.items() if is_released else ():
            found[table.name].update(hour)
    for table in counted:
        if table.interval is not ReleaseInterval.LESSON_HOUR:
            found[table.name] = counts.count(table, lambda *_: list(map(str, range(len(day)))))
    return found


def without(day: Day, device: int) -> Day:
    return [
        (
            [active_device for active_device in active if active_device.device != device],
            exempt - {device},
            hour,
        )
        for active, exempt, hour in day
    ]


def distances(day: Day, counted: Sequence[TableSpec] = TABLES) -> Iterable[tuple[TableSpec, int]]:
    """How far each table is (L1) from the one of the same day without the device."""
    whole, less = tables(day, counted), tables(without(day, ONE), counted)
    for table in TABLES:
        with_one, without_one = whole[table.name], less[table.name]
        cells = with_one.keys() | without_one.keys()
        yield table, sum(abs(with_one[cell] - without_one[cell]) for cell in cells)


@given(days)
def test_adding_or_removing_any_device_changes_a_table_by_no_more_than_its_cap(day: Day) -> None:
    for table, distance in distances(day):
        assert distance <= table.cap, table.name


@given(days)
def test_no_device_loses_more_than_is_promised_whoever_has_it_in_the_day(day: Day) -> None:
    """Of staff, of a pupil, or of both: the tables that it is in lose no more together."""
    lost = sum(distance / table.scale for table, distance in distances(day) if table is not R6)
    assert lost <= EPSILON_A_DAY + 1e-9


PUPIL = ActiveDevice(ONE, PLATFORMS, "3 havo", {"sni": 7, "vpn": 900}, has_uploaded=True)
COLLEAGUE = PUPIL._replace(layer="", seen={}, is_staff=True)


def busiest(device: ActiveDevice) -> Day:
    return [([device], frozenset({ONE}), True)] * 10


def test_the_caps_are_reached() -> None:
    assert dict(distances(busiest(PUPIL))) == {
        table: table.cap if table is not S1 else 0 for table in TABLES
    }
    assert dict(distances(busiest(COLLEAGUE)))[S1] == S1.cap


@pytest.mark.parametrize(
    "mutant", [R1, R2, R4, R5, V1, B1, B2, R6, S1], ids=lambda table: table.name
)
def test_a_mutant_without_a_cap_is_found(mutant: TableSpec) -> None:
    day = busiest(COLLEAGUE if mutant is S1 else PUPIL)
    counted = [replace(table, cap=1_000) if table is mutant else table for table in TABLES]
    found = [table for table, distance in distances(day, counted) if distance > table.cap]
    assert found == [mutant]
