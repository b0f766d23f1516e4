"""How many pupils are taught in some rooms, at the least."""

import pytest

from monitor.release.measured.pupils import (
    LARGEST_CLASS,
    SMALLEST_CLASS,
    LessonRoom,
    RoomsOfHour,
    count_classes,
    count_pupils,
    count_pupils_apart,
)


def room(name: str, *groups: str) -> LessonRoom:
    return LessonRoom(name, "3 havo", frozenset(groups))


APART = [room("101", "h3a"), room("102", "h3b")]
SPLIT = [room("101", "h3a"), room("102", "h3a")]
JOINED = [room("101", "h3a", "h3b", "h3c")]
SIZES = {"h3a": 28, "h3b": 25}


@pytest.mark.parametrize(("rooms", "classes"), [(APART, 2), (SPLIT, 1), (JOINED, 1), ([], 0)])
def test_there_are_no_more_classes_than_rooms_or_groups(
    rooms: list[LessonRoom], classes: int
) -> None:
    assert count_classes(rooms) == classes
    assert count_pupils(rooms, rooms, None) == classes * SMALLEST_CLASS


@pytest.mark.parametrize(
    ("rooms", "pupils"), [(APART, 53), (SPLIT, 28), (JOINED, LARGEST_CLASS), ([], 0)]
)
def test_of_known_groups_pupils_are_counted_and_of_unknown_ones_nobody(
    rooms: list[LessonRoom], pupils: int
) -> None:
    assert count_pupils(rooms, rooms, SIZES) == pupils


def test_of_a_group_in_two_rooms_half_is_in_each() -> None:
    assert count_pupils(SPLIT[:1], SPLIT, SIZES) == 14


class TestApart:
    def count(self, *hours: list[LessonRoom], sizes: dict[str, int] | None = SIZES) -> int:
        return count_pupils_apart([RoomsOfHour(held, held) for held in hours], sizes)

    def test_of_classes_that_are_free_in_turn_all_count(self) -> None:
        first, second, third = (room(name, name) for name in "abc")
        sizes = dict.fromkeys("abc", 20)
        assert self.count([first, second], [second, third], [first, third], sizes=sizes) == 60

    def test_of_groups_that_never_have_a_lesson_at_the_same_time_one_counts(self) -> None:
        """They may be the same pupils: the class, and its groups for languages."""
        hours = [[room("101", group)] for group in ("h3a", "h3b")]
        assert self.count(*hours) == 28
        assert self.count(*hours, sizes=None) == SMALLEST_CLASS

    @pytest.mark.parametrize("rooms", [JOINED, [room("1", "h3a", "h3b"), room("2", "h3a", "h3b")]])
    def test_nor_do_groups_that_are_only_taught_together(self, rooms: list[LessonRoom]) -> None:
        assert self.count(rooms) == 28

    def test_only_what_is_measured_counts(self) -> None:
        hour = RoomsOfHour(APART, APART[:1])
        assert count_pupils_apart([hour, hour], SIZES) == 28
        assert count_pupils_apart([], SIZES) == 0

    def test_no_group_is_larger_than_a_class(self) -> None:
        assert self.count(APART, sizes={"h3a": 400, "h3b": 25}) == LARGEST_CLASS + 25
