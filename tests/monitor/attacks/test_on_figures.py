"""Attacks on all that a school has released."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.attacks import on_figures
from monitor.attacks.copies import CopiedFigure
from monitor.attacks.outcome import AttackOutcome
from monitor.identity import IdentityRules, Unit
from monitor.release.figures import Figure
from monitor.release.promise import make_promise
from monitor.release.schedule import slot_key
from monitor.release.tables import R4, TABLES
from tests.cast import LAYERS, MONDAY, school_snapshot
from tests.monitor.attacks.school_week import exact_counts, release, without_noise
from tests.monitor.attacks.test_groups import FIGURES, all_but, measured

PROMISE = make_promise(IdentityRules(unit=Unit.DEVICE), LAYERS)
TODAY = MONDAY + timedelta(days=8)


@pytest.fixture(scope="module")
def figures() -> list[Figure]:
    return release(exact_counts())


def keys_of(figures: list[Figure]) -> set[str]:
    return {
        slot_key(TABLES[figure.cell.table].interval, figure.cell.day, figure.cell.period)
        for figure in figures
    }


def held(*outcomes: AttackOutcome) -> list[bool]:
    return [outcome.is_held for outcome in outcomes]


def test_released_figures_hold(figures: list[Figure]) -> None:
    ledger = on_figures.attack_ledger(figures, keys_of(figures))
    assert held(*ledger) == [True, True]
    assert held(*on_figures.attack_margins(figures)) == [True, True]
    assert held(*on_figures.attack_kept_weeks(figures, PROMISE, TODAY, None)) == [True]


def test_a_ledger_that_forgot_is_found(figures: list[Figure]) -> None:
    forgot = keys_of(figures) - {slot_key(R4.interval, MONDAY)}
    outside, noise = on_figures.attack_ledger(figures, forgot)
    assert held(outside, noise) == [False, True]
    assert outside.figure == "54 of 129"


def test_figures_without_noise_are_found() -> None:
    exact = [replace(figure, scale=0.05) for figure in without_noise(exact_counts())]
    assert held(*on_figures.attack_ledger(exact, keys_of(exact))) == [True, False]
    assert held(*on_figures.attack_margins(exact)) == [False, False]


def test_figures_that_claim_noise_and_have_none_are_found() -> None:
    _, audit = on_figures.attack_margins(without_noise(exact_counts()))
    assert not audit.is_held
    assert audit.figure == "0.00 of the noise, by 9 sums"


def test_what_is_kept_too_long_is_found(figures: list[Figure]) -> None:
    (kept,) = on_figures.attack_kept_weeks(figures, PROMISE, MONDAY + timedelta(weeks=9), None)
    assert not kept.is_held
    assert "75 figures kept too long" in kept.figure
    # One night may go by before they are deleted.
    day_after = MONDAY + timedelta(weeks=8, days=1)
    assert held(*on_figures.attack_kept_weeks(figures, PROMISE, day_after, None)) == [True]


def test_figures_of_one_class_are_found() -> None:
    for exemptions, is_held in ((None, True), (all_but(["101"]), False)):
        hours = measured(school_snapshot(exemptions=exemptions))
        (groups,) = on_figures.attack_groups(FIGURES, hours, LAYERS)
        assert groups.is_held is is_held
        assert "fewest rooms in a lesson hour: " + ("24" if is_held else "1") in groups.figure


def test_a_copy_with_another_draw_is_found(figures: list[Figure]) -> None:
    same = [CopiedFigure(figure.cell, figure.shown) for figure in figures]
    again = [CopiedFigure(figure.cell, figure.shown) for figure in release(exact_counts())]
    outcomes = on_figures.attack_copies(figures, {"a.csv": same, "b.csv": again})
    assert held(*outcomes) == [True, False]


def test_a_week_of_which_days_are_gone_is_left_out(figures: list[Figure]) -> None:
    def without_monday(figure: Figure) -> bool:
        return figure.cell.table is R4.name or figure.cell.day > MONDAY

    assert len(on_figures.list_whole_weeks(figures)) == 1
    assert on_figures.list_whole_weeks(filter(without_monday, figures)) == []
    assert on_figures.list_whole_weeks([]) == []


def test_a_store_without_figures_holds() -> None:
    outcomes = [
        *on_figures.attack_ledger([], set()),
        *on_figures.attack_margins([]),
        *on_figures.attack_kept_weeks([], PROMISE, TODAY, 8),
        *on_figures.attack_groups([], {}, LAYERS),
        *on_figures.attack_copies([], {}),
    ]
    assert all(held(*outcomes))
    assert "no whole week of figures" in {outcome.figure for outcome in outcomes}
