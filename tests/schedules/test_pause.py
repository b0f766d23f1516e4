"""When measuring may be interrupted, and what that covers."""

import pytest

from schedules.exemption import TimeSpan
from schedules.language import Language, override
from schedules.pause import (
    MAX_PAUSE_DURATION,
    InvalidPause,
    Pause,
    PauseDenialReason,
    explain_pause_denial,
    is_paused,
    order_pause,
)

NOW = 1_000.0


def test_an_interruption_begins_now_and_says_until_when_and_by_whom() -> None:
    made = order_pause(now=NOW, end=NOW + 60, by="ict", reason="  open dag ")
    assert made == Pause(start=NOW, end=NOW + 60, by="ict", reason="open dag")


def test_the_longest_is_two_weeks() -> None:
    assert order_pause(now=NOW, end=NOW + MAX_PAUSE_DURATION, by="ict").end == NOW + 14 * 86_400


@pytest.mark.parametrize(
    ("end", "reason", "why"),
    [
        (NOW, "", PauseDenialReason.ENDS_BEFORE_NOW),
        (NOW - 1, "", PauseDenialReason.ENDS_BEFORE_NOW),
        (NOW + MAX_PAUSE_DURATION + 1, "", PauseDenialReason.TOO_LONG),
        (float("nan"), "", PauseDenialReason.TOO_LONG),
        (float("inf"), "", PauseDenialReason.TOO_LONG),
        (NOW + 60, "x" * 201, PauseDenialReason.REASON_NOT_LINE),
        (NOW + 60, "two\nlines", PauseDenialReason.REASON_NOT_LINE),
        (NOW + 60, "a\x1b[31m", PauseDenialReason.REASON_NOT_LINE),
    ],
)
def test_what_cannot_be_is_refused(end: float, reason: str, why: PauseDenialReason) -> None:
    with pytest.raises(InvalidPause) as refused:
        order_pause(now=NOW, end=end, by="ict", reason=reason)
    assert refused.value.reason is why


@pytest.mark.parametrize("reason", PauseDenialReason)
def test_why_not_is_said_in_a_sentence(reason: PauseDenialReason) -> None:
    with override(Language.DUTCH):
        dutch = explain_pause_denial(reason)
    assert dutch.endswith(".")
    assert dutch != explain_pause_denial(reason)


def test_it_covers_its_first_moment_and_not_its_last() -> None:
    spans = (TimeSpan(10.0, 20.0), TimeSpan(30.0, 40.0))
    assert [moment for moment in range(0, 50, 5) if is_paused(spans, moment)] == [10, 15, 30, 35]
    assert not is_paused((), NOW)
