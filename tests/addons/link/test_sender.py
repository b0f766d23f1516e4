"""What a sensor hands to the gateway beside it: whole, or counted as lost; and never an error."""

import socket
from pathlib import Path

import pytest

from addons.link import receiver
from addons.link.receiver import SightingReceiver, receive_sightings
from addons.link.sender import MAX_WAITING, SightingSender
from addons.link.wire_format import encode_sighting
from tests.addons.link.cast import SEEN, FailingSink


class TestBetweenTwoProcesses:
    def test_sighting_arrives_as_it_was(
        self, gateway: SightingReceiver, sensor: SightingSender, core: FailingSink
    ) -> None:
        sensor.receive_sighting(SEEN)
        sensor.tick()
        gateway.receive_waiting()
        assert core.sightings == [SEEN]
        assert (core.errors, core.lost) == (0, 0)

    def test_losses_of_the_sensor_arrive_with_a_tick(
        self, gateway: SightingReceiver, sensor: SightingSender, core: FailingSink
    ) -> None:
        sensor.health.count_dropped_packets(7)
        sensor.health.count_addon_error()
        sensor.tick()
        sensor.tick()
        gateway.receive_waiting()
        assert (core.lost, core.errors) == (7, 1)

    def test_losses_arrive_when_the_sensor_ends(
        self, gateway: SightingReceiver, path: Path, core: FailingSink
    ) -> None:
        giving = SightingSender(path)
        giving.count_dropped_packets(3)
        giving.close()
        gateway.receive_waiting()
        assert core.lost == 3

    def test_sightings_without_a_gateway_are_counted_for_the_next_one(
        self, path: Path, sensor: SightingSender, core: FailingSink
    ) -> None:
        for _ in range(5):
            sensor.receive_sighting(SEEN)
        sensor.tick()
        with receive_sightings(path, core) as gateway:
            assert gateway is not None
            sensor.receive_sighting(SEEN)
            sensor.tick()
            gateway.receive_waiting()
        assert (core.sightings, core.lost) == ([SEEN], 5)

    def test_gateway_that_starts_anew_is_found_again(
        self, path: Path, sensor: SightingSender, core: FailingSink
    ) -> None:
        for _ in range(2):
            with receive_sightings(path, core) as gateway:
                assert gateway is not None
                sensor.receive_sighting(SEEN)
                gateway.receive_waiting()
            sensor.receive_sighting(SEEN)
        assert len(core.sightings) == 2

    def test_what_a_busy_gateway_does_not_take_at_once_waits(
        self, gateway: SightingReceiver, sensor: SightingSender, core: FailingSink
    ) -> None:
        for _ in range(5_000):
            sensor.receive_sighting(SEEN)
        while len(core.sightings) < 5_000:
            sensor.tick()
            gateway.receive_waiting()
        assert core.lost == 0

    def test_what_waits_goes_on_in_order(
        self, gateway: SightingReceiver, sensor: SightingSender, core: FailingSink
    ) -> None:
        for number in range(2_000):
            sensor.receive_sighting(SEEN._replace(up=number))
        while len(core.sightings) < 2_000:
            gateway.receive_waiting()
            sensor.tick()
        assert [sighting.up for sighting in core.sightings] == [*range(2_000)]

    def test_what_there_is_no_room_for_is_lost_and_counted(
        self, gateway: SightingReceiver, sensor: SightingSender, core: FailingSink
    ) -> None:
        for _ in range(2 * MAX_WAITING):
            sensor.receive_sighting(SEEN)
        while len(core.sightings) + core.lost < 2 * MAX_WAITING:
            sensor.tick()
            gateway.receive_waiting()
        assert MAX_WAITING <= len(core.sightings) < 2 * MAX_WAITING
        assert len(core.sightings) + core.lost == 2 * MAX_WAITING

    def test_what_waits_when_the_gateway_goes_is_lost_and_counted(
        self, path: Path, sensor: SightingSender, core: FailingSink
    ) -> None:
        with receive_sightings(path, FailingSink()):
            for _ in range(5_000):
                sensor.receive_sighting(SEEN)
        sensor.tick()
        with receive_sightings(path, core) as gateway:
            assert gateway is not None
            sensor.tick()
            gateway.receive_waiting()
        assert 4_000 < core.lost < 5_000

    def test_other_work_has_its_turn_before_all_is_taken(
        self,
        gateway: SightingReceiver,
        path: Path,
        core: FailingSink,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(receiver, "MAX_BURST", 5)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            for _ in range(6):
                sender.sendto(encode_sighting(SEEN), str(path))
        gateway.receive_waiting()
        assert len(core.sightings) == 5
        gateway.receive_waiting()
        assert len(core.sightings) == 6

    def test_nothing_is_there_to_take(self, gateway: SightingReceiver, core: FailingSink) -> None:
        gateway.receive_waiting()
        assert (core.sightings, core.errors) == ([], 0)
