"""What becomes of the captures that a command was given."""

import struct
from pathlib import Path

import pytest

from addons.captures.files import frame_batches
from addons.captures.playback import MAX_TIMESTAMP, Playback
from addons.commands.capture_set import TRUNCATED, CaptureSet, progress_bar
from monitor.runtime.refusals import EXIT_WRONG_INPUT
from tests.addons.captures.made_captures import FRAMES, block, pcap, pcapng, written
from tests.addons.captures.recording_sensor import RecordingSensor, packets_at
from tests.addons.flows.wire import NOON, TcpClient, capture
from tests.addons.hellos import hello


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

    @pytest.mark.parametrize("units", [1, 1_000_000])
    @pytest.mark.parametrize("before", [0, 1 + frame_batches.BATCH_SIZE])
    def test_time_that_cannot_be_is_said_and_not_waited_for(
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


def test_no_bar_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(["-"]) as progress:
        progress(100)
    assert capsys.readouterr().err == ""
