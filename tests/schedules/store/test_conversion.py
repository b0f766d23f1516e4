"""Between the tables and the dataclasses: nothing is lost on the way."""

from dataclasses import replace

import pytest

from schedules.exemption import Exemption, ExemptionScope
from schedules.store import conversion
from tests.schedules.cast import VAN_DALEN, YILDIZ, at

LESSON = Exemption(
    number=7,
    scope=ExemptionScope.LESSON,
    target="dutch",
    platforms=frozenset({"youtube", "x"}),
    granted_by=VAN_DALEN,
    granted_at=at("08:50") + 0.123456,
)
SCHOOL = replace(
    LESSON,
    scope=ExemptionScope.SCHOOL,
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
    assert conversion.exemption_from_row(conversion.row_from_exemption(exemption)) == exemption


def test_an_exemption_that_is_not_stored_gets_its_number_from_the_database() -> None:
    assert conversion.row_from_exemption(replace(LESSON, number=0)).pk is None
