"""What a school may choose to promise: less loss than is declared, never more."""

from pathlib import Path

import pytest

from monitor.configuration import load_configuration
from monitor.release.promise import MIN_EPSILON
from monitor.runtime.factories import make_installation_promise
from schedules.problem import Refused

SCHOOL = """[school]
name = "Het Voorbeeld"
[[layer]]
name = "3 havo"
pupils = 1500
[watch]
[privacy]
epsilon = {}
"""


def written(folder: Path, epsilon: str) -> Path:
    path = folder / "lesrust.toml"
    path.write_text(SCHOOL.format(epsilon))
    return path


@pytest.mark.parametrize("epsilon", ["1", "1.0", "0.5", "0.1"])
def test_a_loss_of_one_or_less_is_promised(tmp_path: Path, epsilon: str) -> None:
    settings = load_configuration(written(tmp_path, epsilon))
    promise = make_installation_promise(settings)
    assert settings.privacy.epsilon == float(epsilon)
    assert sum(table.epsilon for table in promise.tables) == pytest.approx(float(epsilon))


@pytest.mark.parametrize("epsilon", ["1.0000001", "2", "0.0999", "0", "-1", "nan", "inf", "-inf"])
def test_more_is_never_promised_nor_what_would_leave_nothing(tmp_path: Path, epsilon: str) -> None:
    with pytest.raises(Refused) as refused:
        load_configuration(written(tmp_path, epsilon))
    assert "key privacy.epsilon" in str(refused.value)
    assert f"a number from {MIN_EPSILON} to 1: it can be lowered" in str(refused.value)


@pytest.mark.parametrize("epsilon", ["true", '"0.5"', "[0.5]"])
def test_what_is_no_number_is_refused(tmp_path: Path, epsilon: str) -> None:
    with pytest.raises(Refused, match=r"allowed: a number such as 0\.5"):
        load_configuration(written(tmp_path, epsilon))
