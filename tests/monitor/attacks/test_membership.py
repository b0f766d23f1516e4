"""Whoever knows all others gains no more of one device than was promised."""

from dataclasses import replace

import pytest

from monitor.attacks.membership import (
    Change,
    heaviest_changes,
    largest_gain,
    measure_gain,
    measure_gain_of_days,
)
from monitor.identity import IdentityRules
from monitor.release.promise import make_promise
from monitor.release.tables import DRAWN, EPSILON_A_DAY, R1, R3, V1
from tests.cast import LAYERS


def test_the_heaviest_device_reaches_every_cap() -> None:
    for table, cells, amount in heaviest_changes(DRAWN):
        assert cells * amount == table.cap


def test_where_a_device_has_several_addresses_it_changes_so_many_times_as_much() -> None:
    rules = IdentityRules(addresses=3, reused=False)
    (changed, *_) = heaviest_changes(make_promise(rules, LAYERS).released)
    assert changed.table.name is R1.name
    assert changed.cells * changed.amount == changed.table.sensitivity


@pytest.mark.parametrize("days", [1, 5])
def test_of_the_heaviest_device_no_more_is_gained_than_is_promised(days: int) -> None:
    gain = measure_gain_of_days(DRAWN, days)
    assert gain.is_within(largest_gain(EPSILON_A_DAY, days))
    assert gain.share > 0


def test_with_hardly_any_noise_more_is_gained() -> None:
    quiet = [replace(table, epsilon=table.sensitivity / 1.0, scale=1.0) for table in DRAWN]
    assert not measure_gain_of_days(quiet, 1).is_within(largest_gain(EPSILON_A_DAY, 1))


def test_nothing_is_gained_of_what_changes_nothing() -> None:
    assert measure_gain([Change(R3, 0, 1)]).share == 0


def test_a_vote_is_one_change_of_all_that_it_is_worth() -> None:
    assert Change(V1, 1, V1.points) in heaviest_changes(DRAWN)


@pytest.mark.parametrize(("days", "most"), [(1, 0.4621), (5, 0.9866), (190, 1.0)])
def test_the_promise_over_some_days(days: int, most: float) -> None:
    assert largest_gain(1.0, days) == pytest.approx(most, abs=1e-4)
