"""Estimates from a draw and the school's own released history."""

import random
from collections.abc import Iterator, Mapping
from math import sqrt
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.release.estimates.local_level import LevelEstimator

SCALE = 16.0
NOISE = sqrt(2) * SCALE
USUAL = {"instagram": 300, "snapchat": 250, "tiktok": 200, "x": 80}
DRIFT = 0.1
NEW_WEEK = 0.2
SEED = 20261201

SLOTS = st.lists(
    st.dictionaries(st.sampled_from(list(USUAL)), st.floats(-100, 1000), min_size=1), max_size=30
)


def new_estimator() -> LevelEstimator:
    return LevelEstimator(spread=0.8, wandering=0.01)


def school(
    slots: int,
    change: Mapping[str, float] | None = None,
    from_slot: int = 0,
    seed: int = SEED,
) -> Iterator[tuple[Mapping[str, int], Mapping[str, float]]]:
    """Give the true counts and the draws of slots, in which a cell changes from one on."""
    chance = random.Random(seed)
    for slot in range(slots):
        level = chance.gauss(1, 0.05)
        factors = change if change and slot >= from_slot else {}
        true = {
            key: round(usual * level * factors.get(key, 1) + chance.gauss(0, sqrt(usual)))
            for key, usual in USUAL.items()
        }
        yield (
            true,
            {
                key: count + chance.expovariate(1 / SCALE) - chance.expovariate(1 / SCALE)
                for key, count in true.items()
            },
        )


def errors_and_coverage(
    slots: Iterator[tuple[Mapping[str, int], Mapping[str, float]]],
    first: int,
    drift: float = DRIFT,
) -> tuple[float, float, float]:
    """Give the mean error of draws and estimates, and how often an interval holds the truth."""
    estimator = new_estimator()
    drawn_off, off, held = [], [], []
    for slot, (true, drawn) in enumerate(slots):
        estimates = estimator.estimate(drawn, drift, NOISE)
        if slot >= first:
            drawn_off += [abs(drawn[key] - count) for key, count in true.items()]
            off += [abs(estimates[key].value - count) for key, count in true.items()]
            held += [
                abs(estimates[key].value - count) <= estimates[key].half_width
                for key, count in true.items()
            ]
    return fmean(drawn_off), fmean(off), fmean(held)


def test_estimates_of_stable_use_are_nearer_to_the_truth_than_draws() -> None:
    drawn_off, off, held = errors_and_coverage(school(200), first=20)
    assert off < 0.8 * drawn_off
    assert held > 0.94


def test_intervals_hold_the_truth_in_the_first_slots_in_which_all_use_falls() -> None:
    fall = dict.fromkeys(USUAL, 0.7)
    held = [
        errors_and_coverage(school(32, fall, from_slot=30, seed=seed), 30, NEW_WEEK)[2]
        for seed in range(100)
    ]
    assert fmean(held) >= 0.94


def test_a_draw_that_contradicts_what_was_expected_stands() -> None:
    estimator = new_estimator()
    for _, drawn in school(30):
        estimator.estimate(drawn, DRIFT, NOISE)
    drawn = dict(USUAL) | {"tiktok": 40}
    estimate = estimator.estimate(drawn, DRIFT, NOISE)["tiktok"]
    assert estimate.is_gated
    assert (estimate.value, estimate.deviation) == pytest.approx((40, NOISE))


def test_cells_that_change_together_are_contradicted_together() -> None:
    layers = {f"layer {number}": 150.0 for number in range(6)} | {
        f"other {number}": 150.0 for number in range(60)
    }
    groups = {key: key.split()[0] for key in layers}
    estimator = new_estimator()
    for _ in range(20):
        estimator.estimate(layers, DRIFT, NOISE, groups=groups)
    fallen = layers | {f"layer {number}": 105.0 for number in range(6)}
    estimates = estimator.estimate(fallen, DRIFT, NOISE, groups=groups)
    gated = {key for key, estimate in estimates.items() if estimate.is_gated}
    assert gated == {key for key in layers if key.startswith("layer")}


def test_the_first_draw_of_a_cell_stands() -> None:
    estimates = new_estimator().estimate(dict(USUAL), DRIFT, NOISE)
    assert {key: estimate.value for key, estimate in estimates.items()} == USUAL


def test_a_cell_is_known_once_it_was_drawn() -> None:
    estimator = new_estimator()
    assert not estimator.knows("x")
    estimator.estimate({"x": 80.0}, DRIFT, NOISE)
    assert estimator.knows("x")
    assert not estimator.knows("tiktok")


def test_a_new_cell_is_expected_to_be_like_the_one_that_it_resembles() -> None:
    estimator = new_estimator()
    for day in range(20):
        estimator.estimate({f"{day} 3": 200.0}, 0.01, NOISE, {f"{day} 3": "3"})
    estimator.estimate({"Monday 3": 240.0}, 0.01, NOISE, {"Monday 3": "3"})
    estimate = estimator.estimate({"Monday 3": 240.0}, 0.01, NOISE)["Monday 3"]
    assert 200 < estimate.value < 235


@given(SLOTS)
def test_an_estimate_is_no_less_sure_than_the_draw(slots: list[dict[str, float]]) -> None:
    estimator = new_estimator()
    for drawn in slots:
        estimates = estimator.estimate(drawn, DRIFT, NOISE)
        assert set(estimates) == set(drawn)
        for key, estimate in estimates.items():
            if estimate.is_gated:
                assert estimate.value == drawn[key]
            assert estimate.half_width > 0
