"""A day of 60 phones that walk through six rooms with a VLAN each is released as 60 devices."""

from monitor.release.tables import TableName
from tests.privacy.attacks import from_packets
from tests.privacy.worlds.distance import cells_of
from tests.privacy.worlds.generator import walking_class_world
from tests.privacy.worlds.play import play

PHONES, ROOMS = 60, 6


def test_phones_that_change_room_and_address_are_counted_once() -> None:
    counts = play(walking_class_world(PHONES, ROOMS))
    layers, hours = cells_of(counts, TableName.LAYERS), cells_of(counts, TableName.LESSON_HOURS)
    assert layers["", "3 havo", ""] == PHONES
    assert layers["", "3 vwo", ""] == 0
    assert [hours[str(hour), "", ""] for hour in range(1, ROOMS + 2)] == [PHONES] * ROOMS + [0]


def test_phones_that_are_addresses_would_be_many_more() -> None:
    counts = play(walking_class_world(PHONES, ROOMS), from_packets.OLD_IDENTITY)
    counted = cells_of(counts, TableName.LAYERS)["", "3 havo", ""]
    assert counted is not None
    assert counted >= 3 * PHONES
