"""A process of our own, for the time of a demonstration: it ends with us, however we end."""

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Self

import click

from schedules.language import gettext as _

LONGEST_START = 60.0
"""Seconds: a machine can be busy."""
LONGEST_END = 10.0

_spawning = multiprocessing.get_context("spawn")


class ChildProcess:
    """A process that runs one function, with a pipe between it and us.

    Args:
        name: what to call it when it fails.
        run: what it does; gets its end of the pipe.
    """

    def __init__(self, name: str, run: Callable[[Connection], None]) -> None:
        self._name = name
        self._pipe, theirs = _spawning.Pipe()
        self._process = _spawning.Process(target=_begin, args=(run, theirs), daemon=True)
        # What is interrupted at the keyboard is the demonstration, which then ends its children.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            self._process.start()
        finally:
            signal.signal(signal.SIGINT, before)
        theirs.close()

    def tell(self, what: Any) -> None:
        """Send something to it."""
        self._pipe.send(what)

    def hear(self, seconds: float = LONGEST_START) -> Any:
        """Wait for the next thing that it sends.

        Raises:
            click.ClickException: when it has ended, or says nothing.
        """
        try:
            if self._pipe.poll(seconds):
                return self._pipe.recv()
        except EOFError:
            self._process.join(LONGEST_END)
            code = self._process.exitcode
            raise click.ClickException(
                _("{process} ended by itself (code {code}).", process=self._name, code=code)
            ) from None
        raise click.ClickException(
            _(
                "{process} did not answer in {seconds} seconds.",
                process=self._name,
                seconds=round(seconds),
            )
        )

    def heard(self) -> list[Any]:
        """Give what it has sent since, without waiting."""
        said = []
        while self._pipe.poll():
            said.append(self.hear())
        return said

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End it, and wait until it is gone."""
        self._process.terminate()
        self._process.join(LONGEST_END)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _begin(run: Callable[[Connection], None], pipe: Connection) -> None:
    # When we are killed outright the pipe ends, and there is nobody to tell that to.
    with suppress(EOFError, ConnectionError):
        run(pipe)


def end_with_parent(end: Callable[[], object]) -> None:
    """Have a running event loop call `end` when this process is told to end, or is left alone."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, end)
    parent = multiprocessing.parent_process()
    if parent is not None:
        loop.add_reader(parent.sentinel, end)
