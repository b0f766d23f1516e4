"""A capture is played on its own time."""

from pathlib import Path

import pytest

from addons.captures.files.capture_file import CaptureFile
from addons.captures.playback import MAX_GAP, Playback
from addons.packets.frame_parser import FrameParser
from tests.addons.captures.made_captures import pcap, written
from tests.addons.captures.recording_sensor import RecordingSensor, packets_at
from tests.addons.flows.wire import NOON, SITE
from tests.addons.hellos import hello


def play(folder: Path, *contents: bytes) -> tuple[RecordingSensor, Playback]:
    sensor = RecordingSensor()
    playback = Playback(sensor)
    for content in contents:
        with CaptureFile(written(folder, content)) as file:
            playback.play(file, FrameParser(file.link_type), lambda _: None)
    return sensor, playback


class TestTime:
    def test_begins_with_the_first_packet(self, tmp_path: Path) -> None:
        sensor, playback = play(tmp_path, packets_at(NOON + 0.25))
        assert sensor.events == [("tick", NOON + 0.25), ("packet", NOON + 0.25)]
        assert playback.timestamp == NOON + 1.25

    def test_passes_second_by_second_between_packets(self, tmp_path: Path) -> None:
        sensor, _ = play(tmp_path, packets_at(NOON, NOON + 0.5, NOON + 3.5))
        assert sensor.events == [
            ("tick", NOON),
            ("packet", NOON),
            ("packet", NOON + 0.5),
            ("tick", NOON + 1),
            ("tick", NOON + 2),
            ("tick", NOON + 3),
            ("packet", NOON + 3.5),
        ]

    def test_ticks_come_before_what_is_later(self, tmp_path: Path) -> None:
        """What a tick says to have been taken in has been."""
        moments = [NOON + step * 0.7 for step in range(200)]
        sensor, _ = play(tmp_path, packets_at(*moments))
        latest = 0.0
        for what, moment in sensor.events:
            assert moment >= latest or what == "packet"
            latest = max(latest, moment if what == "tick" else 0)
            assert moment >= latest

    @pytest.mark.parametrize(("gap", "ticks"), [(MAX_GAP, 3601), (MAX_GAP + 2, 2)])
    def test_jumps_over_a_long_gap(self, tmp_path: Path, gap: float, ticks: int) -> None:
        sensor, _ = play(tmp_path, packets_at(NOON, NOON + gap))
        assert sum(what == "tick" for what, _ in sensor.events) == ticks

    def test_does_not_go_back(self, tmp_path: Path) -> None:
        sensor, playback = play(tmp_path, packets_at(NOON + 10, NOON, NOON + 10.5))
        assert sensor.events == [
            ("tick", NOON + 10),
            ("packet", NOON + 10),
            ("packet", NOON),
            ("packet", NOON + 10.5),
        ]
        assert playback.timestamp == NOON + 11

    def test_goes_on_from_one_capture_to_the_next(self, tmp_path: Path) -> None:
        sensor, _ = play(tmp_path, packets_at(NOON), packets_at(NOON + 2))
        assert [moment - NOON for what, moment in sensor.events if what == "tick"] == [0, 1, 2]

    def test_is_nothing_without_a_packet(self, tmp_path: Path) -> None:
        sensor, playback = play(tmp_path, pcap([]))
        assert (sensor.events, playback.timestamp) == ([], 0.0)


def test_site_is_what_was_played(tmp_path: Path) -> None:
    sensor, _ = play(tmp_path, packets_at(NOON))
    (packet,) = sensor.packets
    assert (packet.destination, packet.payload) == (SITE, hello())
