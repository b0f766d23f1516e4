"""What is typed to interrupt the measuring."""

import pytest

from dashboards.it.pause_form import parse_pause, proposed_end
from schedules.pause import InvalidPause, Pause, PauseDenialReason
from schedules.problem import InvalidValue
from tests.cast import AMSTERDAM, at

NOW = at(8, 42)


def ordered(until: str, reason: str = "") -> Pause:
    return parse_pause(until, reason, by="ict", now=NOW, zone=AMSTERDAM)


def test_about_an_hour_is_proposed() -> None:
    assert proposed_end(NOW, AMSTERDAM) == "2026-11-23T09:45"
    assert proposed_end(at(8, 45), AMSTERDAM) == "2026-11-23T09:45"


@pytest.mark.parametrize(
    "until", ["2026-11-23T12:00", "2026-11-23 12:00", "23-11-2026 12:00", "12:00"]
)
def test_an_end_is_a_wall_time_at_school(until: str) -> None:
    assert ordered(until, " open dag ") == Pause(start=NOW, end=at(12), by="ict", reason="open dag")


@pytest.mark.parametrize(
    ("until", "reason", "wrong"),
    [
        ("08:42", "", PauseDenialReason.ENDS_BEFORE_NOW),
        ("2026-12-08 12:00", "", PauseDenialReason.TOO_LONG),
        ("12:00", "x" * 201, PauseDenialReason.REASON_NOT_LINE),
        ("12:00", "twee\nregels", PauseDenialReason.REASON_NOT_LINE),
    ],
)
def test_what_cannot_be_says_why(until: str, reason: str, wrong: PauseDenialReason) -> None:
    with pytest.raises(InvalidPause) as refused:
        ordered(until, reason)
    assert refused.value.reason is wrong


@pytest.mark.parametrize("until", ["", "straks"])
def test_an_end_is_a_time(until: str) -> None:
    with pytest.raises(InvalidValue):
        ordered(until)
