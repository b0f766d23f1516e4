"""A child process for the time of a demonstration: it ends when its parent ends."""

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Self

import click

from schedules.language import gettext as _

START_TIMEOUT = 60.0
"""Seconds, because a machine can be busy."""
END_TIMEOUT = 10.0

_spawning = multiprocessing.get_context("spawn")


class ChildProcess:
    """A process that runs one function, with a pipe to its parent.

    Args:
        name: its name in error messages.
        run: the function; it gets the child's end of the pipe.
    """

    def __init__(self, name: str, run: Callable[[Connection], None]) -> None:
        self._name = name
        self._pipe, child_pipe = _spawning.Pipe()
        self._process = _spawning.Process(target=_begin, args=(run, child_pipe), daemon=True)
        # Ctrl-C interrupts the parent alone, which then ends its children.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            self._process.start()
        finally:
            signal.signal(signal.SIGINT, before)
        child_pipe.close()

    def send(self, message: Any) -> None:
        """Send a message to the process."""
        self._pipe.send(message)

    def receive(self, seconds: float = START_TIMEOUT) -> Any:
        """Wait for the next message of the process.

        Raises:
            click.ClickException: when it has ended, or sends nothing in time.
        """
        try:
            if self._pipe.poll(seconds):
                return self._pipe.recv()
        except EOFError:
            self._process.join(END_TIMEOUT)
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

    def receive_all(self) -> list[Any]:
        """Return the messages that have arrived, without waiting."""
        messages = []
        while self._pipe.poll():
            messages.append(self.receive())
        return messages

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the process, and wait until it is gone."""
        self._process.terminate()
        self._process.join(END_TIMEOUT)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _begin(run: Callable[[Connection], None], pipe: Connection) -> None:
    # The pipe ends when the parent is killed; then there is nobody to report to.
    with suppress(EOFError, ConnectionError):
        run(pipe)


def end_with_parent(end: Callable[[], object]) -> None:
    """Have the running event loop call `end` at SIGTERM, or when the parent process has ended."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, end)
    parent = multiprocessing.parent_process()
    if parent is not None:
        loop.add_reader(parent.sentinel, end)
