"""What a school is told of many weeks is no less than what an attacker then gains."""

import pytest

from monitor.attacks.habits import measure_gain_of_habits
from monitor.release.longitudinal import HEAVIEST, MODERATE, TERM, Habits, advantage
from monitor.release.tables import DRAWN


@pytest.mark.parametrize(
    ("habits", "weeks"), [(HEAVIEST, 2), (MODERATE, TERM)], ids=["heaviest", "moderate"]
)
def test_what_is_said_is_what_is_gained(habits: Habits, weeks: int) -> None:
    gain = measure_gain_of_habits(DRAWN, habits, weeks)
    said = advantage(DRAWN, habits, weeks)
    # Three standard errors on either side: it is missed once in some hundred runs, so try again.
    if abs(gain.share - said) > gain.stray:
        gain = measure_gain_of_habits(DRAWN, habits, weeks)
    assert gain.share == pytest.approx(said, abs=gain.stray)


def test_more_weeks_tell_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.attacks.membership.MAX_DRAWS", 20_000)
    few, many = (measure_gain_of_habits(DRAWN, MODERATE, weeks).share for weeks in (1, 20))
    assert few < many
