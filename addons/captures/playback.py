"""Plays captures to a passive sensor, on their own time."""

from collections.abc import Callable
from typing import Protocol

from addons.captures.error import CaptureError
from addons.captures.files.capture_file import CaptureFile
from addons.packets.frame_parser import FrameParser
from addons.packets.packet import Packet

MAX_GAP = 3600.0
"""Seconds without a packet after which time jumps, and does not pass second by second."""
MAX_TIMESTAMP = float(1 << 32)
"""Seconds since 1970, in the year 2106: what is later is no time, and would never be reached."""
_PROGRESS_EVERY = 256
"""Frames that passed the filter between two reports of progress: of a video few do."""
_BAD_TIMESTAMP = "has a packet whose time is damaged; what stood before it was read"

type ProgressCallback = Callable[[int], object]
"""Told how many more bytes of the files have been read."""


class PacketReceiver(Protocol):
    """The part of `addons.passive.Passive` that takes part."""

    def receive_packet(self, packet: Packet, timestamp: float) -> None:
        """Take in a packet."""

    def tick(self, timestamp: float) -> None:
        """Go on; once a second."""


class Playback:
    """Plays captures, one after the other, to one sensor."""

    def __init__(self, sensor: PacketReceiver) -> None:
        self._sensor = sensor
        self.timestamp = 0.0
        """Until when all has been played, in seconds since 1970; 0 before the first packet."""

    def play(self, capture: CaptureFile, frames: FrameParser, progress: ProgressCallback) -> None:
        """Play a capture.

        Raises:
            CaptureError: when it does not end where it should, or has a packet of no time that
                can be; what stood before was played.
        """
        read, take = frames.parse_frame, self._sensor.receive_packet
        told = 0
        for number, (moment, content, _) in enumerate(capture):
            if moment >= self.timestamp:
                if moment > MAX_TIMESTAMP:
                    raise CaptureError(f"{capture.name} {_BAD_TIMESTAMP}")
                self._pass_time(moment)
            packet = read(content, moment)
            if packet is not None:
                take(packet, moment)
            if not number % _PROGRESS_EVERY:
                told = _report_progress(progress, capture, told)
        _report_progress(progress, capture, told)

    def _pass_time(self, timestamp: float) -> None:
        """Let the seconds up to a moment pass."""
        if timestamp - self.timestamp > MAX_GAP:
            self.timestamp = timestamp
        while self.timestamp <= timestamp:
            self._sensor.tick(self.timestamp)
            self.timestamp += 1.0


def _report_progress(progress: ProgressCallback, capture: CaptureFile, told: int) -> int:
    """Report what has been read since the last time, and give how far that is."""
    position = capture.position()
    progress(position - told)
    return position
