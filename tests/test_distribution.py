"""How a run's tests are spread: what the declarations name exists, and holds together."""

from pathlib import Path

import pytest

from tests.distribution import LONG, LONG_APART, WHOLE_MACHINE, turn, unit

ROOT = Path(__file__).parents[1]
GATEWAY = "tests/network/test_gateway.py::test_it"
PAGE = "tests/dashboards/browser/test_every_page.py::test_a_page[nl-rapport]"
OTHER = "tests/monitor/core/test_floors.py::TestIt::test_it[tests/network/]"


@pytest.mark.parametrize("path", [*WHOLE_MACHINE, *LONG_APART, *LONG])
def test_what_is_named_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_what_goes_by_the_clock_is_one_unit_and_begins_first() -> None:
    assert unit(GATEWAY) == unit("tests/simulation/commands/test_demo.py::test_once")
    assert turn(GATEWAY) == 0


def test_a_module_is_one_unit_and_a_long_one_may_be_many() -> None:
    assert unit(OTHER) == "tests/monitor/core/test_floors.py"
    assert unit(PAGE) == PAGE
    assert turn(GATEWAY) < turn(PAGE) < turn(OTHER)


def test_what_needs_the_store_says_so_in_the_words_that_are_looked_for() -> None:
    """`tests/conftest.py` leaves other modules unread when only those tests are asked for."""
    for path in (ROOT / "tests").rglob("*.py"):
        text = path.read_text("utf-8").replace("pytest.mark.store", "")
        assert path == Path(__file__) or "mark.store" not in text, path
