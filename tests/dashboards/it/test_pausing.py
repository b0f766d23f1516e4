"""What is typed to interrupt the measuring."""

import pytest

from dashboards.it.pausing import NotOrdered, Wrong, order, proposed
from schedules.pause import LONGEST_PAUSE, Pause
from tests.cast import AMSTERDAM, at

NOW = at(8, 42)


def ordered(until: str, reason: str = "") -> Pause:
    return order(until, reason, by="ict", now=NOW, zone=AMSTERDAM)


def test_about_an_hour_is_proposed() -> None:
    assert proposed(NOW, AMSTERDAM) == "2026-11-23T09:45"
    assert proposed(at(8, 45), AMSTERDAM) == "2026-11-23T09:45"


@pytest.mark.parametrize(
    "until", ["2026-11-23T12:00", "2026-11-23 12:00", "23-11-2026 12:00", "12:00"]
)
def test_an_end_is_a_wall_time_at_school(until: str) -> None:
    assert ordered(until, " open dag ") == Pause(start=NOW, end=at(12), by="ict", reason="open dag")


@pytest.mark.parametrize(
    ("until", "reason", "wrong"),
    [
        ("", "", Wrong.NO_MOMENT),
        ("straks", "", Wrong.NO_MOMENT),
        ("08:42", "", Wrong.NOT_AFTER_NOW),
        ("2026-12-08 12:00", "", Wrong.TOO_LONG),
        ("12:00", "x" * 201, Wrong.NO_REASON),
        ("12:00", "twee\nregels", Wrong.NO_REASON),
    ],
)
def test_what_cannot_be_says_why(until: str, reason: str, wrong: Wrong) -> None:
    with pytest.raises(NotOrdered) as refused:
        ordered(until, reason)
    assert refused.value.wrong is wrong
    assert LONGEST_PAUSE == 14 * 86_400
