"""Plays captures to a passive sensor, by their own clock."""

from collections.abc import Callable
from typing import Protocol

from addons.captures.error import CaptureError
from addons.captures.files.capture_file import CaptureFile
from addons.packets.frame_parser import FrameParser
from addons.packets.packet import Packet
from schedules.language import gettext

MAX_GAP = 3600.0
"""Seconds without a packet, after which time jumps instead of passing second by second."""
MAX_TIMESTAMP = float(1 << 32)
"""Seconds since 1970, in the year 2106: a later timestamp is an error."""
_PROGRESS_EVERY = 256
"""Frames that pass the filter between two reports of progress: few frames of a video pass."""

type ProgressCallback = Callable[[int], object]
"""Called with the bytes that were read since the last call."""


class PacketReceiver(Protocol):
    """The part of `addons.passive.PassiveSensor` that receives packets."""

    def receive_packet(self, packet: Packet, timestamp: float) -> None:
        """Receive a packet."""

    def tick(self, timestamp: float) -> None:
        """Go on with what time brings; called once a second."""


class Playback:
    """Plays captures, one after the other, to one sensor."""

    def __init__(self, sensor: PacketReceiver) -> None:
        self._sensor = sensor
        self.timestamp = 0.0
        """Time up to which all was played, in seconds since 1970; 0 before the first packet."""

    def play(self, capture: CaptureFile, frames: FrameParser, progress: ProgressCallback) -> None:
        """Play a capture.

        Raises:
            CaptureError: when it does not end where it should, or a packet has an impossible
                timestamp; what stood before was played.
        """
        parse, receive = frames.parse_frame, self._sensor.receive_packet
        reported = 0
        for number, (timestamp, content, _) in enumerate(capture):
            if timestamp >= self.timestamp:
                if timestamp > MAX_TIMESTAMP:
                    raise CaptureError(
                        gettext(
                            "{capture} has a packet whose time is damaged; what stood before it "
                            "was read",
                            capture=capture.name,
                        )
                    )
                self._pass_time(timestamp)
            packet = parse(content, timestamp)
            if packet is not None:
                receive(packet, timestamp)
            if not number % _PROGRESS_EVERY:
                reported = _report_progress(progress, capture, reported)
        _report_progress(progress, capture, reported)

    def _pass_time(self, timestamp: float) -> None:
        """Tick for each second up to a time."""
        if timestamp - self.timestamp > MAX_GAP:
            self.timestamp = timestamp
        while self.timestamp <= timestamp:
            self._sensor.tick(self.timestamp)
            self.timestamp += 1.0


def _report_progress(progress: ProgressCallback, capture: CaptureFile, reported: int) -> int:
    """Report what was read since the last report, and return the position."""
    position = capture.position()
    progress(position - reported)
    return position
