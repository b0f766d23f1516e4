"""An error in what only looks is counted; what ends the process ends it."""

import pytest

from addons.flows.error_counter import ErrorCounter


def test_error_is_counted_and_ends_there() -> None:
    errors: list[int] = []
    counted = ErrorCounter(lambda: errors.append(1))
    for _ in range(2):
        with counted:
            raise ValueError
    assert len(errors) == 2


def test_success_is_not_counted() -> None:
    errors: list[int] = []
    with ErrorCounter(lambda: errors.append(1)):
        pass
    assert errors == []


@pytest.mark.parametrize("ending", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_what_ends_the_process_goes_on(ending: type[BaseException]) -> None:
    errors: list[int] = []
    with pytest.raises(ending), ErrorCounter(lambda: errors.append(1)):
        raise ending
    assert errors == []
