"""What an installation promises is attacked with its own noise."""

import pytest

from monitor.attacks.on_promise import attack_days, attack_habits
from monitor.identity import IdentityRules, Unit
from monitor.release.longitudinal import MODERATE
from monitor.release.promise import make_promise
from tests.cast import LAYERS

PROMISE = make_promise(IdentityRules(unit=Unit.DEVICE), LAYERS)


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.attacks.membership.MAX_DRAWS", 20_000)


def test_each_attack_says_what_it_gained_beside_its_gate() -> None:
    (day,) = attack_days(PROMISE, 1)
    assert day.attack == "was the heaviest device there, on 1 day"
    assert day.gate == "≤ tanh(nε/2) = 0.46"
    assert day.is_held
    (habits,) = attack_habits(PROMISE, MODERATE, weeks=2)
    assert habits.attack.endswith(
        "from all figures of 2 weeks: two lesson hours a day, one platform"
    )
    assert habits.gate.endswith("as `lesrust privacy` says")


def test_where_nothing_is_released_there_is_nothing_to_attack() -> None:
    nothing = make_promise(IdentityRules(), LAYERS, has_identity=False)
    assert [*attack_days(nothing, 1), *attack_habits(nothing, MODERATE)] == []
