"""Frames that libpcap writes into memory are those that it gives one by one."""

import struct
from pathlib import Path

import pytest

from addons.captures.error import CaptureError
from addons.captures.files.capture_file import CaptureFile
from addons.captures.files.frame_batches import BATCH_SIZE
from addons.captures.frame import CapturedFrame
from tests.addons.captures.made_captures import block, pcap, pcapng, written

pytestmark = pytest.mark.needs("libpcap")

SEVERAL = 3 * BATCH_SIZE + 7
"""Frames: some batches, and a beginning of one."""


def numbered(count: int) -> list[bytes]:
    """Give frames of different lengths that tell their place."""
    return [number.to_bytes(4) + bytes(60 + number % 1_400) for number in range(count)]


def read(path: Path) -> list[CapturedFrame]:
    with CaptureFile(path) as capture:
        return list(capture)


@pytest.mark.parametrize("count", [0, 1, BATCH_SIZE, BATCH_SIZE + 1, BATCH_SIZE + 2, SEVERAL])
def test_every_frame_comes_once_and_in_its_place(tmp_path: Path, count: int) -> None:
    frames = numbered(count)
    assert [frame.content for frame in read(written(tmp_path, pcap(frames)))] == frames


def test_moments_and_lengths_are_the_same_within_a_batch_as_at_its_beginning(
    tmp_path: Path,
) -> None:
    found = read(written(tmp_path, pcap(numbered(SEVERAL))))
    first = found[0].timestamp
    assert [frame.timestamp - first for frame in found] == [float(n) for n in range(SEVERAL)]
    assert all(frame.length == len(frame.content) + 4 for frame in found)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_moment_after_2038_is_no_negative_one(tmp_path: Path, order: str) -> None:
    """Half of what 32 bits can say has the bit first that elsewhere is a sign."""
    later = 1 << 31
    head = struct.pack(f"{order}IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, 1)
    records = [struct.pack(f"{order}IIII", later + n, 0, 60, 60) + bytes(60) for n in range(3)]
    found = read(written(tmp_path, head + b"".join(records)))
    assert [frame.timestamp for frame in found] == [later, later + 1, later + 2]


def test_one_that_is_closed_in_the_middle_of_a_batch_gives_what_it_has(tmp_path: Path) -> None:
    frames = numbered(SEVERAL)
    with CaptureFile(written(tmp_path, pcap(frames))) as capture:
        given = iter(capture)
        begun = [next(given).content for _ in range(3)]
    assert [*begun, *(frame.content for frame in given)] == frames[: BATCH_SIZE + 1]


def test_what_stands_in_a_batch_before_the_damage_is_given(tmp_path: Path) -> None:
    content = pcapng(numbered(20)) + block(1, struct.pack("<HHI", 113, 0, 65_535)) + bytes(9)
    found: list[CapturedFrame] = []
    with CaptureFile(written(tmp_path, content)) as capture, pytest.raises(CaptureError):
        found.extend(capture)
    assert [frame.content for frame in found] == numbered(20)
