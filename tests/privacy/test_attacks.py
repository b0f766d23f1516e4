"""What `make privacy` prints of running parts is what tests try: each that it names is there."""

import re
from pathlib import Path

import pytest

from tests.privacy.attacks import by_tests

ROOT = Path(__file__).parents[2]
TESTED = (*by_tests.ON_PROCESSES, *by_tests.ON_PARTS)


@pytest.mark.parametrize("name", sorted({name for tested in TESTED for name in tested.tests}))
def test_it_is_there(name: str) -> None:
    path, _, test = name.partition("::")
    assert (ROOT / path).exists()
    if test:
        code = (ROOT / path).read_text("utf-8")
        defined = re.findall(r"(?:def (?=test_)|class (?=Test))(\w+)[(:]", code)
        assert test in defined


def test_each_attack_has_a_name_of_its_own() -> None:
    names = [tested.attack for tested in TESTED]
    assert sorted(names) == sorted(set(names))
