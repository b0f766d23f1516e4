"""The mechanism: OpenDP's, and exactly the one that is claimed."""

from dataclasses import replace

import pytest

from monitor.release.noise import draw_figures, verify_privacy_loss
from monitor.release.tables import DRAWN, EPSILON_A_DAY, R1


def test_the_claimed_privacy_loss_is_the_proven_one() -> None:
    verify_privacy_loss(DRAWN)


def test_a_claim_that_the_mechanism_does_not_keep_stops_everything() -> None:
    with pytest.raises(AssertionError, match=r"R1: 0\.372 claimed, 0\.8"):
        verify_privacy_loss([replace(R1, scale=7.5)])


def test_one_device_day_loses_no_more_than_is_told() -> None:
    assert sum(table.epsilon for table in DRAWN) == pytest.approx(EPSILON_A_DAY)
    assert sum(table.epsilon for table in DRAWN) <= EPSILON_A_DAY


def test_each_cell_gets_noise_of_its_own() -> None:
    drawn = draw_figures(R1, [1_000] * 50)
    assert len(drawn) == 50
    assert len(set(drawn)) > 10
    assert all(abs(value - 1_000) < 1_000 for value in drawn)
