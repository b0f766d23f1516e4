"""The captures that a command was given: each is played, and what is wrong with one is printed."""

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from addons.captures.error import CaptureError
from addons.captures.files.capture_file import CaptureFile
from addons.captures.filters.packet_filter import name_and_size_filter, name_filter
from addons.captures.playback import Playback, ProgressCallback
from addons.packets.frame_parser import FrameParser
from addons.packets.tunnel import Tunnel
from monitor.runtime.refusals import EXIT_WRONG_INPUT

TRUNCATED = 1
"""Exit code: a capture does not end where it should."""


class CaptureSet:
    """The captures that a command was given.

    Args:
        files: paths, or `-` for standard input.
        tunnels: whose inner packets are parsed.
        sizes: whether to read also the packets that tell how much is carried.
        progress: called with the bytes that were read.
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
        """What the command exits with, so far."""
        self._tunnels = frozenset(Tunnel(name) for name in tunnels)
        self._make_filter = name_and_size_filter if sizes else name_filter
        self._progress = progress

    def play(self, file: str, playback: Playback) -> bool:
        """Play a file, and return whether it is a capture.

        What is wrong with it is printed, and changes the exit code.
        """
        try:
            opened = CaptureFile(
                file,
                partial(self._make_filter, tunnels=self._tunnels, behind_tags=False),
                make_tagged_filter=partial(self._make_filter, tunnels=self._tunnels),
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
