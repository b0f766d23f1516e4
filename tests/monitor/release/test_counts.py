"""The caps on what one device adds to a day."""

from monitor.release.counts import ActiveDevice, DayCounts
from monitor.release.tables import R1, R2

HOUR = [ActiveDevice(1, ("instagram",), "3 havo")]


def test_a_device_adds_no_more_lesson_hours_than_the_cap() -> None:
    day = DayCounts()
    counted = [day.add_hour(HOUR, is_released=True) for _ in range(9)]
    assert counted == [1] * R1.cap + [0] * 3


def test_a_device_adds_no_more_platforms_than_the_cap() -> None:
    day = DayCounts()
    day.add_hour([ActiveDevice(1, tuple("abcdef"), "3 havo")], is_released=True)
    assert list(day.platforms()) == list("abcdef")[: R2.cap]
    assert len(day.layer_platforms()) == R2.cap


def test_a_device_is_in_one_layer_the_first_that_is_known() -> None:
    day = DayCounts()
    for layer in ("", "3 havo", "3 vwo"):
        day.add_hour([ActiveDevice(1, ("x",), layer)], is_released=True)
    assert day.layers() == {"3 havo": 1}
    assert day.layer_platforms() == {("3 havo", "x"): 1}


def test_a_device_without_a_layer_is_in_no_layers_table() -> None:
    day = DayCounts()
    day.add_hour([ActiveDevice(1, ("x",), "")], is_released=True)
    assert day.platforms() == {"x": 1}
    assert not day.layers()
    assert not day.layer_platforms()


def test_a_lesson_hour_without_a_figure_uses_up_no_cap() -> None:
    day = DayCounts(hours_cap=1)
    assert day.add_hour(HOUR, is_released=False) == 0
    assert day.add_hour(HOUR, is_released=True) == 1


def test_a_day_is_counted_by_platform_once_a_device() -> None:
    day = DayCounts()
    for _ in range(3):
        day.add_hour(HOUR, is_released=True)
    assert day.platforms() == {"instagram": 1}
