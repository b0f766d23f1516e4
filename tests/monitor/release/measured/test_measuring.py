"""When what decides who is counted changed, or was not confirmed, without a gap between ticks."""

from monitor.release.layers import Layers
from monitor.release.measured.measuring import Measuring


def noted(*ticks: tuple[str, bool]) -> list[tuple[float, float]]:
    """Give the spans after some seconds, each with its rules and whether they are confirmed."""
    measuring = Measuring(Layers(()), "as it was")
    for second, (rules, is_confirmed) in enumerate(ticks):
        measuring.note_rules(rules, second, second + 1, is_confirmed=is_confirmed)
    return list(measuring.rule_changes)


def test_a_change_is_noted_once() -> None:
    assert noted(("as it was", True), ("other", True), ("other", True)) == [(1, 2)]


def test_what_is_not_confirmed_is_one_span_until_it_is() -> None:
    """Within the last second it was confirmed: until when in it, nobody knows."""
    ticks = [("as it was", True), *[("other", False)] * 3, ("other", True), ("other", True)]
    assert noted(*ticks) == [(1, 5)]


def test_what_is_taken_back_is_over_with_that_second() -> None:
    assert noted(("other", False), ("as it was", True), ("as it was", True)) == [(0, 2)]


def test_spans_with_time_between_them_stay_apart() -> None:
    ticks = [("other", True), ("other", True), ("another", True)]
    assert noted(*ticks) == [(0, 1), (2, 3)]
