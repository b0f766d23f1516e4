"""Captures that are played: seconds pass, and what is wrong with a file is said once."""

import struct
from pathlib import Path

import pytest

from addons.captures.files import frame_batches
from addons.captures.files.capture_file import CaptureFile
from addons.captures.playback import (
    MAX_GAP,
    MAX_TIMESTAMP,
    TRUNCATED,
    CaptureSet,
    Playback,
    progress_bar,
)
from addons.packets.frame_parser import FrameParser
from addons.packets.packet import Packet
from monitor.runtime.refusals import EXIT_WRONG_INPUT
from tests.addons.captures.made_captures import FRAMES, block, pcap, pcapng, written
from tests.addons.flows.wire import NOON, SITE, TcpClient, capture
from tests.addons.hellos import hello

type Event = tuple[str, float]


class RecordingSensor:
    """Remembers what happens to it, in order."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.packets: list[Packet] = []

    def receive_packet(self, packet: Packet, moment: float) -> None:
        self.events.append(("packet", moment))
        self.packets.append(packet)

    def tick(self, moment: float) -> None:
        self.events.append(("tick", moment))


def packets_at(*moments: float) -> bytes:
    return capture((moment, TcpClient(port).says(hello())) for port, moment in enumerate(moments))


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

    @pytest.mark.parametrize("units", [1, 1_000_000])
    @pytest.mark.parametrize("before", [0, 1 + frame_batches.BATCH_SIZE])
    def test_that_cannot_be_is_said_and_not_waited_for(
        self, tmp_path: Path, units: int, before: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A second more is no more there than in a number that has no place for it."""
        content = pcapng([]) if units > 1 else in_seconds()
        content += enhanced(int(NOON) * units) * before + enhanced(min(units << 60, (1 << 63) - 1))
        sensor = RecordingSensor()
        captures = captures_of(tmp_path, content)
        captures.play(captures.files[0], Playback(sensor))
        assert {moment for _, moment in sensor.events} == ({NOON} if before else set())
        assert len(sensor.packets) == before
        assert captures.exit_code == TRUNCATED
        assert "time is damaged" in capsys.readouterr().err
        assert MAX_TIMESTAMP > NOON


def in_seconds() -> bytes:
    """Write the start of a pcapng whose moments are in whole seconds (its option if_tsresol)."""
    section = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
    return section + block(1, struct.pack("<HHIHHBxxxHH", 1, 0, 65_535, 9, 1, 0, 0, 0))


def enhanced(moment: int) -> bytes:
    frame = FRAMES[0]
    head = struct.pack("<IIIII", 0, moment >> 32, moment & 0xFFFFFFFF, len(frame), len(frame))
    return block(6, head + frame + bytes(-len(frame) % 4))


def captures_of(folder: Path, *contents: bytes, tunnels: tuple[str, ...] = ()) -> CaptureSet:
    names = []
    for number, content in enumerate(contents):
        path = folder / f"{number}.pcap"
        path.write_bytes(content)
        names.append(str(path))
    return CaptureSet(names, tunnels, sizes=True)


def play_all(captures: CaptureSet) -> RecordingSensor:
    sensor = RecordingSensor()
    playback = Playback(sensor)
    for file in captures.files:
        captures.play(file, playback)
    return sensor


class TestCaptures:
    def test_that_are_whole_end_with_0(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        captures = captures_of(tmp_path, packets_at(NOON), packets_at(NOON + 5))
        assert len(play_all(captures).packets) == 2
        assert captures.exit_code == 0
        assert capsys.readouterr().err == ""

    def test_that_is_cut_off_counts_as_far_as_it_goes(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        captures = captures_of(tmp_path, packets_at(NOON, NOON + 1)[:-5], packets_at(NOON + 9))
        assert len(play_all(captures).packets) == 2
        assert captures.exit_code == TRUNCATED
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"lesrust: {captures.files[0]} is cut off")

    def test_that_is_none_is_refused_and_the_others_are_played(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        captures = captures_of(tmp_path, b"%PDF-1.7 and more of it", packets_at(NOON))
        assert len(play_all(captures).packets) == 1
        assert captures.exit_code == EXIT_WRONG_INPUT
        assert "is not a capture" in capsys.readouterr().err

    def test_that_is_not_there_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        captures = CaptureSet([str(tmp_path / "absent.pcap")], (), sizes=True)
        assert play_all(captures).events == []
        assert captures.exit_code == EXIT_WRONG_INPUT
        assert "is not there" in capsys.readouterr().err

    def test_worst_of_several_is_what_it_ends_with(self, tmp_path: Path) -> None:
        captures = captures_of(tmp_path, b"none", packets_at(NOON)[:-5])
        play_all(captures)
        assert captures.exit_code == EXIT_WRONG_INPUT

    @pytest.mark.parametrize(("sizes", "expected"), [(True, 2), (False, 1)])
    def test_sizes_are_seen_where_they_are_wanted(
        self, tmp_path: Path, sizes: bool, expected: int
    ) -> None:
        client = TcpClient()
        path = written(tmp_path, capture([(NOON, client.says(hello())), (NOON, client.ends())]))
        assert len(play_all(CaptureSet([str(path)], (), sizes=sizes)).packets) == expected

    @pytest.mark.parametrize(("tunnels", "target"), [((), 4), (("6in4",), 16)])
    def test_tunnels_are_looked_into_where_they_are_wanted(
        self, tmp_path: Path, tunnels: tuple[str, ...], target: int
    ) -> None:
        from scapy.layers.inet import IP

        from tests.addons.packets import samples

        inside = samples.ip_6(samples.tcp(hello()))
        carried = IP(src="192.0.2.1", dst="192.0.2.2", proto=41) / inside
        path = written(tmp_path, pcap([bytes(samples.frame(carried))]))
        packets = play_all(CaptureSet([str(path)], tunnels, sizes=True)).packets
        assert [len(packet.destination) for packet in packets] == ([target] if tunnels else [])

    def test_progress_adds_up_to_what_has_been_read(self, tmp_path: Path) -> None:
        told: list[int] = []
        path = written(tmp_path, pcap(FRAMES * 12_000))
        captures = CaptureSet([str(path)], (), sizes=True, progress=told.append)
        play_all(captures)
        assert len(told) > 10
        assert sum(told) == path.stat().st_size
        assert 0 <= min(told) <= max(told) < path.stat().st_size / 2


def test_no_bar_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(["-"]) as progress:
        progress(100)
    assert capsys.readouterr().err == ""


def test_site_is_what_was_played(tmp_path: Path) -> None:
    sensor, _ = play(tmp_path, packets_at(NOON))
    (packet,) = sensor.packets
    assert (packet.destination, packet.payload) == (SITE, hello())
