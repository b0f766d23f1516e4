"""Under which licences Lesrust's parts come: none is unknown, and one alone needed a decision."""

from importlib.metadata import distribution

import pytest

from tests.supply.distributions import Use, find_used
from tests.supply.licences import (
    DECIDED,
    READ,
    UnknownLicenceError,
    find_licence,
    is_allowed,
    is_spdx,
)

USED = {part.name: part for part in find_used()}
LICENCES = {name: find_licence(name, distribution(name)) for name in USED}


def test_every_licence_is_one_of_spdx() -> None:
    assert [name for name, licence in LICENCES.items() if not is_spdx(licence)] == []


def test_what_a_school_installs_may_be_used_beside_eupl() -> None:
    others = {
        name: licence
        for name, licence in LICENCES.items()
        if USED[name].use is not Use.DEVELOPMENT and not is_allowed(licence)
    }
    assert others == DECIDED


def test_what_was_read_is_of_what_is_installed() -> None:
    assert READ.keys() <= USED.keys()


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("GPL-2.0-only", False),
        ("MIT AND GPL-2.0-only", False),
        ("GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1", True),
        ("GPL-2.0-only OR (MIT AND GPL-3.0-only)", False),
    ],
)
def test_a_choice_is_enough_and_a_sum_is_not(licence: str, *, allowed: bool) -> None:
    assert is_allowed(licence) is allowed


def test_a_licence_that_nothing_tells_is_said() -> None:
    with pytest.raises(UnknownLicenceError, match="webencodings-of-another-name"):
        find_licence("webencodings-of-another-name", distribution("webencodings"))
