"""What fuzzing begins with is as it should be."""

import pytest

from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS


def test_every_target_has_seeds() -> None:
    missing = TARGETS.keys() - SEEDS.keys()
    assert not missing, f"add seeds of {missing} to SEEDS in tests/fuzz/seeds.py"
    assert SEEDS.keys() <= TARGETS.keys()


@pytest.mark.parametrize("name", SEEDS)
def test_nothing_fails_to_begin_with(name: str) -> None:
    for data in SEEDS[name]():
        TARGETS[name](data)
