"""The caps on what one device adds to a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest

from monitor.release.day_counts import ActiveDevice, DayCounts
from monitor.release.tables import B1, B2, R1, R2, R3, R4, V1, Dimension, TableName

HOUR = [ActiveDevice(1, ("instagram",), "3 havo")]


def every_hour(_layer: str, _platform: str) -> set[str]:
    return {"1", "2"}


def add_hour(
    day: DayCounts, active: Iterable[ActiveDevice] = HOUR, *, is_released: bool = True
) -> int:
    """Add a lesson hour, and give its count for R1."""
    return day.add_hour("1", active, is_released=is_released)[R1].total()


def test_a_device_adds_no_more_lesson_hours_than_the_cap() -> None:
    day = DayCounts()
    assert [add_hour(day) for _ in range(9)] == [1] * R1.cap + [0] * 3


def test_a_device_adds_no_more_platforms_than_the_cap() -> None:
    day = DayCounts()
    add_hour(day, [ActiveDevice(1, tuple("abcdef"), "3 havo")])
    assert list(day.count(R2, every_hour)) == [(name,) for name in "abcdef"[: R2.cap]]
    assert day.count(R4, every_hour).total() == R4.cap


def test_a_device_is_in_one_layer_the_first_that_is_known() -> None:
    day = DayCounts()
    for layer in ("", "3 havo", "3 vwo"):
        add_hour(day, [ActiveDevice(1, ("x",), layer)])
    assert day.count(R3, every_hour) == {("3 havo",): 1}
    assert day.count(R4, every_hour) == {("3 havo", "x"): 1}


def test_a_device_without_a_layer_is_in_no_layers_table() -> None:
    day = DayCounts()
    add_hour(day, [ActiveDevice(1, ("x",), "")])
    assert day.count(R2, every_hour) == {("x",): 1}
    assert not day.count(R3, every_hour)
    assert not day.count(R4, every_hour)


def test_a_lesson_hour_without_a_figure_uses_up_no_cap() -> None:
    day = DayCounts(hours_spent=R1.cap - 1)
    assert add_hour(day, is_released=False) == 0
    assert add_hour(day) == 1
    assert add_hour(day) == 0


def test_hours_that_may_have_been_spent_before_are_not_counted_again() -> None:
    assert DayCounts(hours_spent=R1.cap - 1).can_count(R1)
    spent = DayCounts(hours_spent=R1.cap)
    assert not spent.can_count(R1)
    assert add_hour(spent) == 0


def test_a_day_that_is_closed_counts_nothing_more() -> None:
    day = DayCounts()
    add_hour(day)
    day.close()
    assert not day.count(R2, every_hour)
    assert not day.can_count(R1)
    assert add_hour(day) == 0


def test_a_day_is_counted_by_platform_once_a_device() -> None:
    day = DayCounts()
    for _ in range(3):
        add_hour(day)
    assert day.count(R2, every_hour) == {("instagram",): 1}


def test_a_table_without_dimensions_counts_the_devices() -> None:
    day = DayCounts()
    for device in range(3):
        add_hour(day, [ActiveDevice(device, ("x", "tiktok"), "")])
    assert day.count(replace(R3, dimensions=()), every_hour) == {(): 3}


def test_what_was_done_in_an_hour_that_does_not_count_is_left_out() -> None:
    """Of Instagram the second hour counts for the layer, and none for the school."""
    hours = {("3 havo", "instagram"): {"2"}, ("", "x"): {"1"}, ("3 havo", ""): {"2"}}
    day = DayCounts()
    day.add_hour("1", [ActiveDevice(1, ("x", "instagram"), "")], is_released=True)
    day.add_hour("2", [ActiveDevice(1, ("instagram",), "3 havo")], is_released=True)

    def counts_in(layer: str, platform: str) -> set[str]:
        return hours.get((layer, platform), set())

    assert day.count(R2, counts_in) == {("x",): 1}
    assert day.count(R3, counts_in) == {("3 havo",): 1}
    assert day.count(R4, counts_in) == {("3 havo", "instagram"): 1}


def test_an_hour_that_does_not_count_takes_no_place_of_one_that_does() -> None:
    day = DayCounts()
    day.add_hour("1", [ActiveDevice(1, tuple("abcd"), "")], is_released=True)
    day.add_hour("2", [ActiveDevice(1, tuple("ef"), "")], is_released=True)
    assert list(day.count(R2, lambda _, platform: {"2"})) == [("e",), ("f",)]


def test_a_vote_is_split_over_the_hours_that_count() -> None:
    day = DayCounts()
    for hour, kind in (("1", "sni"), ("2", "quic")):
        seen = ActiveDevice(1, (), "", {kind: 3})
        day.add_hour(hour, [seen], is_released=True)
    assert day.count(V1, lambda *_: {"2"}) == {("quic",): V1.cap}
    assert not day.count(V1, lambda *_: set())


def test_each_table_of_lesson_hours_has_its_own_cap() -> None:
    by_layer = replace(
        R1,
        name=TableName.LAYERS,
        dimensions=(Dimension.LAYER, Dimension.PERIOD),
        cap=2,
    )
    day = DayCounts([R1, by_layer])
    hours = [day.add_hour(str(number), HOUR, is_released=True) for number in range(4)]
    assert [counted[R1].total() for counted in hours] == [1, 1, 1, 1]
    assert [dict(counted[by_layer]) for counted in hours] == [
        {("3 havo", "0"): 1},
        {("3 havo", "1"): 1},
        {},
        {},
    ]


def test_a_device_whose_layer_is_not_known_spends_nothing_of_a_layers_hours() -> None:
    by_layer = replace(
        R1, name=TableName.LAYERS, dimensions=(Dimension.LAYER, Dimension.PERIOD), cap=1
    )
    day = DayCounts([by_layer])
    unknown = [ActiveDevice(1, ("x",), "")]
    assert day.add_hour("1", unknown, is_released=True)[by_layer] == Counter()
    assert day.add_hour("2", HOUR, is_released=True)[by_layer] == {("3 havo", "2"): 1}


def count_beyond_hours(number: int, *, without_figure: int = 0, spent: int = 0) -> dict[str, int]:
    """Count how far a device goes beyond R1's cap that is active in so many hours."""
    day = DayCounts(hours_spent=spent)
    for hour in range(number + without_figure):
        add_hour(day, is_released=hour >= without_figure)
    return {beyond: count for (beyond,), count in day.count(B1, every_hour).items()}


@pytest.mark.parametrize(
    ("hours", "beyond"),
    [(0, {}), (6, {}), (7, {"1": 1}), (8, {"2": 1}), (9, {"3": 1}), (11, {"3": 1})],
)
def test_a_device_has_one_vote_on_how_far_it_goes_beyond_a_cap(
    hours: int, beyond: dict[str, int]
) -> None:
    assert count_beyond_hours(hours) == beyond


def test_an_hour_without_a_figure_takes_no_device_beyond_a_cap() -> None:
    assert count_beyond_hours(6, without_figure=3) == {}
    assert count_beyond_hours(7, without_figure=3) == {"1": 1}


def test_what_a_restart_left_of_a_cap_is_gone_beyond_sooner() -> None:
    assert count_beyond_hours(6, spent=2) == {"2": 1}


def test_a_device_goes_beyond_the_platforms_that_count_in_hours_that_count() -> None:
    day = DayCounts()
    day.add_hour("1", [ActiveDevice(1, tuple("abcd"), "")], is_released=True)
    day.add_hour("2", [ActiveDevice(1, tuple("ef"), "")], is_released=False)
    assert day.count(B2, every_hour) == {("2",): 1}
    assert not day.count(B2, lambda *_: {"1"})


def test_of_a_day_that_does_not_count_nobody_goes_beyond_a_cap() -> None:
    day = DayCounts()
    for number in range(9):
        day.add_hour(str(number), [ActiveDevice(1, tuple("abcdef"), "")], is_released=True)
    assert not day.count(B1, lambda *_: set())
    assert not day.count(B2, lambda *_: set())
