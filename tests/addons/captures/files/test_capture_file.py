"""Which files are read, and what is said of those that are not."""

import gzip
import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addons.captures.error import CaptureError
from addons.captures.files import libpcap
from addons.captures.files.capture_file import MAX_TAGGED, CaptureFile
from addons.captures.files.frame_batches import BATCH_SIZE as FRAMES_OF_A_BATCH
from addons.captures.files.libpcap import LibpcapMissing
from addons.captures.filters.packet_filter import name_filter
from addons.captures.frame import CapturedFrame
from addons.packets.frame_parser import FrameParser
from addons.packets.link_types import LINK_SKIPPERS
from tests.addons.captures.made_captures import FORMATS, FRAMES, START, pcap, pcapng, written
from tests.addons.hellos import hello
from tests.addons.packets.samples import ip_4, tagged, tcp

pytestmark = pytest.mark.needs("libpcap")

HELLOS = [FRAMES[0], FRAMES[2]]
LARGE = pcap(FRAMES * 2_000)


def expected(frames: list[bytes]) -> list[CapturedFrame]:
    return [CapturedFrame(START + n + 0.5, frame, len(frame) + 4) for n, frame in enumerate(frames)]


def read(path: Path | str) -> list[CapturedFrame]:
    with CaptureFile(path) as capture:
        return list(capture)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, FORMATS[name])
    with CaptureFile(path) as capture:
        assert capture.link_type == 1
        assert list(capture) == expected(FRAMES)
        assert capture.position() == capture.size == path.stat().st_size


@pytest.mark.parametrize("name", FORMATS)
def test_only_what_passes_the_filter_is_seen(name: str, tmp_path: Path) -> None:
    with CaptureFile(written(tmp_path, FORMATS[name]), name_filter) as capture:
        assert [frame.content for frame in capture] == HELLOS


def test_a_filter_for_the_link_type(tmp_path: Path) -> None:
    asked = []

    def passes(link_type: int) -> str:
        asked.append(link_type)
        return ""

    with CaptureFile(written(tmp_path, pcap(link=113)), passes) as capture:
        assert capture.link_type == 113
    assert asked == [113]


def test_where_many_frames_are_tagged_the_filter_looks_behind_the_tags(tmp_path: Path) -> None:
    said, unsaid = (bytes(tagged(ip_4(tcp(content)), 7)) for content in (hello(), b""))
    path = written(tmp_path, pcap([unsaid] * (MAX_TAGGED + 2 * FRAMES_OF_A_BATCH) + [said]))
    with CaptureFile(
        path, partial(name_filter, behind_tags=False), make_tagged_filter=name_filter
    ) as capture:
        *before, last = (frame.content for frame in capture)
    assert last == said
    assert MAX_TAGGED <= len(before) <= MAX_TAGGED + FRAMES_OF_A_BATCH


@pytest.mark.parametrize("link", LINK_SKIPPERS)
def test_every_link_type_that_is_known(link: int, tmp_path: Path) -> None:
    """libpcap compiles its filter, reads it and writes it on."""
    with CaptureFile(written(tmp_path, pcap(link=link)), name_filter) as capture:
        frames = FrameParser(capture.link_type)
        assert len([frames.parse_frame(content, moment) for moment, content, _ in capture]) <= len(
            FRAMES
        )
    with CaptureFile(written(tmp_path, pcap(link=link))) as capture:
        assert [frame.content for frame in capture] == FRAMES


def test_the_position_goes_forward(tmp_path: Path) -> None:
    with CaptureFile(written(tmp_path, pcap(FRAMES * 20_000))) as capture:
        positions = {capture.position() for _ in capture}
        assert len(positions) > 2
        assert 0 < min(positions) < max(positions) == capture.size


def test_a_file_is_read_in_large_pieces(tmp_path: Path) -> None:
    """In small ones, the system is asked a hundred thousand times for a capture of 600 MB."""
    path = tmp_path / "large.pcap"
    path.write_bytes(pcap([bytes(50_000)] * 50))
    with CaptureFile(path) as capture:
        next(iter(capture))
        assert capture.position() == libpcap.BUFFER_SIZE < capture.size


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_standard_input(pack: type[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From a pipe, which cannot be read twice, and from a file."""
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(pack(LARGE))

    thread = Thread(target=write)
    thread.start()
    with os.fdopen(reading) as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)
        assert len(read("-")) == 8_000
    thread.join()
    with written(tmp_path, pack(pcap())).open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert read("-") == expected(FRAMES)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_one_that_is_not_read_to_its_end(pack: type[bytes], tmp_path: Path) -> None:
    with CaptureFile(written(tmp_path, pack(LARGE * 2))) as capture:
        assert next(iter(capture)).content == FRAMES[0]
    capture.close()


def test_a_closed_one_gives_nothing_more(tmp_path: Path) -> None:
    with CaptureFile(written(tmp_path, pcap())) as capture:
        frames = iter(capture)
        next(frames)
    assert list(frames) == []
    assert list(capture) == []


@pytest.mark.parametrize("content", [pcap(), pcapng()], ids=["pcap", "pcapng"])
@pytest.mark.parametrize("missing", [1, 100, 600])
def test_a_capture_that_is_cut_off(content: bytes, missing: int, tmp_path: Path) -> None:
    path = written(tmp_path, content[:-missing])
    frames: list[CapturedFrame] = []
    with CaptureFile(path) as capture, pytest.raises(CaptureError) as caught:
        frames.extend(capture)
    assert 0 < len(frames) < 4
    assert frames == expected(FRAMES)[: len(frames)]
    assert str(caught.value) == (
        f"{path} is cut off near byte {len(content) - missing:,}; what stood before it was read"
    )


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_packed_capture_that_is_cut_off(pack: type[bytes], tmp_path: Path) -> None:
    noise = [os.urandom(1_000) for _ in range(300)]
    path = written(tmp_path, pack(pcap(noise))[:-5_000])
    frames: list[CapturedFrame] = []
    with CaptureFile(path) as capture, pytest.raises(CaptureError, match="cut off") as caught:
        frames.extend(capture)
    assert [frame.content for frame in frames] == noise[: len(frames)]
    assert len(frames) > 100
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty, or cut off before its first packet"),
        (pcap()[:20], "is empty, or cut off before its first packet"),
        (b"a" * 100, "is not a capture (pcap or pcapng, also packed by gzip or zstd)"),
        (
            gzip.compress(b"a" * 100, mtime=0),
            "is not a capture (pcap or pcapng, also packed by gzip or zstd)",
        ),
        (gzip.compress(pcap(), mtime=0)[:15], "is packed, and the packing is damaged or cut off"),
        (b"\x1f\x8b" + b"a" * 100, "is packed, and the packing is damaged or cut off"),
        (b"\x28\xb5\x2f\xfd" + b"a" * 100, "is packed, and the packing is damaged or cut off"),
        (pcap(link=147), "has link type 147, which cannot be read"),
        (pcap(link=14), "has link type 14, which cannot be read"),
    ],
)
def test_what_is_no_capture(content: bytes, said: str, tmp_path: Path) -> None:
    path = written(tmp_path, content)
    with pytest.raises(CaptureError) as caught:
        CaptureFile(path)
    assert str(caught.value) == f"{path} {said}"


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="nothing is not there"):
        CaptureFile(tmp_path / "nothing")
    with pytest.raises(CaptureError, match="is a directory, and not a capture"):
        CaptureFile(tmp_path)


def test_what_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read everything, so the system's answer is given for it."""

    def refuse(*_: object) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(CaptureError, match="may not be read by this user"):
        CaptureFile(tmp_path / "capture")


def test_interfaces_of_different_link_types(tmp_path: Path) -> None:
    frames: list[CapturedFrame] = []
    with (
        CaptureFile(written(tmp_path, pcapng(links=(1, 113)))) as capture,
        pytest.raises(CaptureError, match="interfaces of different link types"),
    ):
        frames.extend(capture)
    assert frames == []


def test_a_machine_without_libpcap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse() -> None:
        raise LibpcapMissing

    monkeypatch.setattr(libpcap, "load_libpcap", refuse)
    with pytest.raises(CaptureError, match="apt install libpcap"):
        CaptureFile(written(tmp_path, pcap()))


def test_descriptors_are_given_back(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for content in (
        pcap(),
        gzip.compress(pcap(), mtime=0),
        gzip.compress(b"no"),
        b"no",
        pcap(link=147),
    ):
        try:
            read(written(tmp_path, content))
        except CaptureError:
            continue
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(sorted(FORMATS)),
    st.dictionaries(st.integers(0, 2_000), st.integers(0, 255), max_size=6),
    st.integers(0, 2_000),
)
def test_any_file(tmp_path: Path, name: str, changes: dict[int, int], length: int) -> None:
    """It is read, or an error says why not."""
    content = bytearray(FORMATS[name])
    for place, value in changes.items():
        content[place % len(content)] = value
    with suppress(CaptureError):
        for frame in read(written(tmp_path, bytes(content[:length]))):
            assert len(frame.content) <= libpcap.MAX_FRAME_SIZE
