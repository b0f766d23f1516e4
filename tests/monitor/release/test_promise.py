"""What is promised is what the network can carry: one device's share in a table stays its cap."""

from collections.abc import Sequence
from itertools import product

import pytest

from monitor.identity import IdentityRules, Unit
from monitor.release.layers import Layer, Layers
from monitor.release.noise import draw_figures, verify_privacy_loss
from monitor.release.promise import (
    MAX_EXPECTED_ERROR,
    MIN_EPSILON,
    Promise,
    WithheldReason,
    expected_error,
    make_promise,
)
from monitor.release.tables import (
    B1,
    B2,
    DRAWN,
    EPSILON_A_DAY,
    R1,
    R2,
    R3,
    R4,
    R5,
    V1,
    TableName,
    TableSpec,
)

SCHOOL = Layers(tuple(Layer(f"{year}", 250) for year in range(1, 7)))
DAY_AND_WEEK = {table.name for table in (R2, R3, R4, R5, V1, B1, B2)}


def by_address(addresses: int = 1, *, reused: bool = False, layers: Layers = SCHOOL) -> Promise:
    return make_promise(IdentityRules(Unit.ADDRESS, addresses=addresses, reused=reused), layers)


@pytest.mark.parametrize("unit", [Unit.PERSON, Unit.DEVICE])
def test_where_a_device_has_one_name_the_tables_are_as_declared(unit: Unit) -> None:
    promise = make_promise(IdentityRules(unit), SCHOOL)
    assert promise.released == promise.tables == DRAWN
    assert promise.epsilon == pytest.approx(EPSILON_A_DAY)


def test_where_nothing_names_a_device_nothing_is_released() -> None:
    promise = make_promise(IdentityRules(Unit.DEVICE), SCHOOL, has_identity=False)
    assert promise.released == ()
    assert {*promise.withheld.values()} == {WithheldReason.NO_IDENTITY}
    assert promise.epsilon == 0


def test_an_address_that_passes_to_another_device_takes_twice_the_noise() -> None:
    promise = by_address(reused=True)
    for table, declared in zip(promise.tables, DRAWN, strict=True):
        assert table.sensitivity == 2 * declared.cap
        assert table.scale == pytest.approx(2 * declared.scale)
    assert promise.withheld == {}
    assert promise.epsilon == pytest.approx(EPSILON_A_DAY)


def test_what_would_count_a_device_many_times_is_withheld() -> None:
    promise = by_address(6)
    assert promise.withheld == dict.fromkeys(DAY_AND_WEEK, WithheldReason.COUNTS_ADDRESSES)
    (hours,) = promise.released
    assert (hours.name, hours.cap, hours.sensitivity) == (TableName.LESSON_HOURS, 1, 6)
    assert promise.epsilon == R1.epsilon


def test_how_far_devices_go_beyond_a_cap_is_released_with_the_table_that_has_it() -> None:
    """Where a school chose so little that the table is noise, it has no intervals either."""
    school = Layers(tuple(Layer(f"{year}", 100) for year in range(1, 3)))
    for epsilon in (1.0, 0.5, MIN_EPSILON):
        promise = make_promise(IdentityRules(Unit.DEVICE), school, epsilon=epsilon)
        names = {table.name for table in promise.drawn}
        assert (B1.name in names, B2.name in names) == (R1.name in names, R2.name in names)
    assert {B1.name, B2.name} <= promise.withheld.keys()


def test_what_would_be_noise_is_withheld() -> None:
    promise = by_address(18, reused=True)
    assert promise.withheld[TableName.LESSON_HOURS] is WithheldReason.TOO_NOISY
    assert promise.released == ()


def test_a_small_school_is_not_told_that_its_own_figures_are_noise() -> None:
    """Which figures a school of its size has, the floors say."""
    small = Layers((Layer("1", 200),))
    assert by_address(layers=small).withheld == {}


@pytest.mark.parametrize(
    ("table", "percent"),
    [(R1, 10.0), (R2, 10.3), (R3, 7.5), (R4, 12.2), (R5, 11.8)],
    ids=("R1", "R2", "R3", "R4", "R5"),
)
def test_what_error_a_school_of_1500_can_expect(table: TableSpec, percent: float) -> None:
    assert 100 * expected_error(table, SCHOOL) == pytest.approx(percent, abs=0.1)


def test_a_school_without_pupils_expects_nothing_but_noise() -> None:
    assert expected_error(R1, Layers(())) > MAX_EXPECTED_ERROR


@pytest.mark.parametrize(("addresses", "reused"), [*product((1, 2, 3, 6, 9), (False, True))])
def test_opendp_proves_what_is_promised(addresses: int, reused: bool) -> None:
    verify_privacy_loss(by_address(addresses, reused=reused).tables)


@pytest.mark.parametrize("addresses", [1, 2, 4, 6, 9])
def test_a_device_of_many_addresses_adds_no_more_than_the_noise_covers(addresses: int) -> None:
    """Each address adds up to its cap, in whatever hours: together no more than the sensitivity."""
    (hours, *_) = by_address(addresses).tables
    assert addresses * hours.cap <= hours.sensitivity


def test_who_has_an_address_after_another_changes_no_more_than_the_noise_covers() -> None:
    """Brute force: an address counts the first hours of whoever has it, up to its cap."""
    (hours, *_) = by_address(2, reused=True).tables
    worst = 0
    for first, second in product(product((0, 1), repeat=6), repeat=2):
        both = [max(pair) for pair in zip(first, second, strict=True)]
        worst = max(worst, _distance(_counted(both, hours.cap), _counted(second, hours.cap)))
    assert worst * 2 <= hours.sensitivity


@pytest.mark.parametrize("epsilon", [1.0, 0.7, 0.5, MIN_EPSILON])
@pytest.mark.parametrize("addresses", [1, 6])
def test_a_lower_loss_is_a_lower_loss_of_every_table(epsilon: float, addresses: int) -> None:
    rules = IdentityRules(Unit.ADDRESS, addresses=addresses)
    declared, chosen = make_promise(rules, SCHOOL), make_promise(rules, SCHOOL, epsilon=epsilon)
    for before, now in zip(declared.tables, chosen.tables, strict=True):
        assert now.epsilon == pytest.approx(before.epsilon * epsilon)
        assert now.scale == pytest.approx(before.scale / epsilon)
        assert now.sensitivity == before.sensitivity
    verify_privacy_loss(chosen.tables)
    assert sum(table.epsilon for table in chosen.tables) == pytest.approx(epsilon)


def test_what_a_lower_loss_leaves_of_a_school_of_640() -> None:
    """Figures of an hour would be noise; added up over the week they are not."""
    school = Layers(tuple(Layer(f"{year}", 160) for year in range(1, 5)))
    promise = make_promise(IdentityRules(Unit.DEVICE), school, epsilon=0.4)
    only_in_total = dict.fromkeys(("R1", "R2"), WithheldReason.ONLY_IN_TOTAL)
    assert promise.withheld == {**only_in_total, "R5": WithheldReason.TOO_NOISY}
    assert {table.name for table in promise.released} == {"R3", "R4", "V1", "B1", "B2"}
    assert promise.drawn == tuple(table for table in promise.tables if table.name != "R5")
    assert promise.epsilon == pytest.approx(0.4 * (1 - R5.epsilon))
    assert [total.name for total in promise.totals] == ["W1", "W2"]
    least = make_promise(IdentityRules(Unit.DEVICE), school, epsilon=MIN_EPSILON)
    assert {*least.withheld.values()} == {WithheldReason.ONLY_IN_TOTAL, WithheldReason.TOO_NOISY}
    assert least.epsilon < MIN_EPSILON


@pytest.mark.parametrize(("name", "percent"), [("W1", 3.9), ("W2", 12.2)])
def test_what_error_the_total_of_a_week_can_expect(name: str, percent: float) -> None:
    school = Layers((Layer("1", 640),))
    totals = {total.name: total for total in make_promise(IdentityRules(), school).totals}
    assert 100 * expected_error(totals[TableName(name)], school) == pytest.approx(percent, abs=0.1)


def test_the_error_that_a_total_can_expect_is_what_its_noise_comes_to() -> None:
    """Simulated: the sum of the noise of 45 lesson hours."""
    draws = draw_figures(R1, [0] * 45 * 400)
    sums = [abs(sum(draws[45 * week : 45 * week + 45])) for week in range(400)]
    counted = 45 * R1.typical * SCHOOL.pupils
    expected = expected_error(make_promise(IdentityRules(), SCHOOL).totals[0], SCHOOL)
    assert sum(sums) / 400 / counted == pytest.approx(expected, rel=0.25)


def _counted(active: Sequence[int], cap: int) -> list[int]:
    counted: list[int] = []
    for hour in active:
        counted.append(hour if sum(counted) < cap else 0)
    return counted


def _distance(first: list[int], second: list[int]) -> int:
    return sum(abs(count - other) for count, other in zip(first, second, strict=True))
