"""Plays captures to a passive sensor, on their own time."""

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

import click

from addons.captures.error import CaptureError
from addons.captures.files.capture_file import CaptureFile
from addons.captures.filters import packet_filter as passing
from addons.packets.frame_parser import FrameParser
from addons.packets.packet import Packet
from addons.packets.tunnel import Tunnel
from monitor.runtime.refusals import EXIT_WRONG_INPUT

TRUNCATED = 1
"""Exit code: a capture does not end where it should."""
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


class CaptureSet:
    """The captures that a command was given.

    Args:
        files: paths, or `-` for standard input.
        tunnels: to look into.
        sizes: whether to see also what tells how much is carried.
        progress: told of what has been read.
    """

    def __init__(
        self,
        files: Sequence[str],
        tunnels: Collection[str],
        *,
        sizes: bool,
        progress: ProgressCallback = lambda _: None,
    ) -> None:
        self.files = files
        self.exit_code = 0
        """What the command is to end with, as far as it has come."""
        self._tunnels = frozenset(Tunnel(name) for name in tunnels)
        self._passes = passing.name_and_size_filter if sizes else passing.name_filter
        self._progress = progress

    def play(self, file: str, playback: Playback) -> bool:
        """Play a file, and tell whether it is a capture.

        What is wrong with it is printed, and told by the exit code.
        """
        try:
            opened = CaptureFile(
                file,
                partial(self._passes, tunnels=self._tunnels, behind_tags=False),
                make_tagged_filter=partial(self._passes, tunnels=self._tunnels),
            )
        except CaptureError as error:
            self._fail(error, EXIT_WRONG_INPUT)
            return False
        with opened as capture:
            try:
                playback.play(
                    capture, FrameParser(capture.link_type, self._tunnels), self._progress
                )
            except CaptureError as error:
                self._fail(error, TRUNCATED)
        return True

    def _fail(self, error: CaptureError, exit_code: int) -> None:
        click.echo(f"lesrust: {error}", err=True)
        self.exit_code = max(self.exit_code, exit_code)


@contextmanager
def progress_bar(files: Sequence[str]) -> Iterator[ProgressCallback]:
    """Show on a terminal how far the files have been read; elsewhere show nothing."""
    stderr = sys.stderr
    if not stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    known = [Path(file).stat().st_size for file in files if Path(file).is_file()]
    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=sum(known) if len(known) == len(files) else None)
        yield lambda more: bar.advance(task, more)
