"""Between the tables and the dataclasses: nothing is lost on the way."""

from dataclasses import replace

import pytest

from schedules.exemption import Exemption, Scope
from schedules.store import rows
from tests.schedules.cast import VAN_DALEN, YILDIZ, at

LESSON = Exemption(
    number=7,
    scope=Scope.LESSON,
    target="dutch",
    platforms=frozenset({"youtube", "x"}),
    granted_by=VAN_DALEN,
    granted_at=at("08:50") + 0.123456,
)
SCHOOL = replace(
    LESSON,
    scope=Scope.SCHOOL,
    target="",
    platforms=None,
    start=at("09:00"),
    end=at("12:00"),
    reason="open dag",
    revoked_at=at("10:00"),
    revoked_by=YILDIZ,
)


@pytest.mark.parametrize("exemption", [LESSON, SCHOOL])
def test_an_exemption_is_the_same_when_it_comes_back(exemption: Exemption) -> None:
    assert rows.exemption(rows.exemption_row(exemption)) == exemption


def test_an_exemption_that_is_not_stored_gets_its_number_from_the_database() -> None:
    assert rows.exemption_row(replace(LESSON, number=0)).pk is None
