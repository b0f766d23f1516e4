"""What is no lesson is counted, and what cannot be read is listed, up to a share."""

from datetime import UTC, datetime, timedelta

import pytest

from schedules.importers.shared.leftovers import Leftovers, NoLesson, check_duration
from schedules.problem import MAX_PROBLEMS, InvalidValue

EIGHT = datetime(2026, 10, 6, 8, tzinfo=UTC)


@pytest.fixture
def leftovers() -> Leftovers:
    def unit(count: int) -> str:
        return f"{count} appointment" if count == 1 else f"{count} appointments"

    return Leftovers("portal", unit=unit, allowed="a lesson")


def test_kinds_are_counted_the_most_frequent_first(leftovers: Leftovers) -> None:
    for kind in ("short", "long", "long"):
        leftovers.leave_out(NoLesson(kind))
    assert [problem.found for problem in leftovers.left_out] == [
        "2 appointments long",
        "1 appointment short",
    ]
    assert [problem.rows for problem in leftovers.left_out] == [2, 1]
    assert leftovers.refusal(0) == ()


@pytest.mark.parametrize(("readable", "is_refused"), [(0, True), (17, True), (18, False)])
def test_up_to_a_tenth_may_be_unreadable(
    leftovers: Leftovers, readable: int, is_refused: bool
) -> None:
    for row in ("row 1", "row 2"):
        leftovers.add_unreadable(row, InvalidValue("nothing", "a time"))
    assert bool(leftovers.refusal(readable)) is is_refused
    assert [problem.where for problem in leftovers.unreadable] == ["portal, row 1", "portal, row 2"]


def test_the_share_counts_also_what_is_not_listed(leftovers: Leftovers) -> None:
    for row in range(3 * MAX_PROBLEMS):
        leftovers.add_unreadable(f"row {row}", InvalidValue("nothing", "a time"))
    leftovers.add_unreadable("the last", InvalidValue("another", "a day"))
    share = leftovers.refusal(100)[0]
    assert (
        share.where
        == f"portal, the number of lessons that cannot be read ({3 * MAX_PROBLEMS + 1} of 401)"
    )
    assert "a time" in share.allowed


def test_a_lesson_lasts_twelve_hours_at_most() -> None:
    check_duration(EIGHT, EIGHT + timedelta(hours=12))
    with pytest.raises(NoLesson, match="of more than 12 hours"):
        check_duration(EIGHT, EIGHT + timedelta(hours=12, seconds=1))
    with pytest.raises(NoLesson, match="without duration"):
        check_duration(EIGHT, EIGHT)
    with pytest.raises(InvalidValue, match="before the start"):
        check_duration(EIGHT, EIGHT - timedelta(seconds=1))
