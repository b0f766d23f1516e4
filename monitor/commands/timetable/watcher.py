"""Looks at the sources of the timetable again and again, and obeys signals meanwhile."""

import signal
import time
from collections.abc import Callable
from threading import Event

import click

from monitor import store
from monitor.commands.timetable import report
from monitor.configuration import Configuration
from monitor.runtime.refusals import report_refusal
from monitor.timetables.refresh import TimetableRefresher

ROUND = 1.0
"""Seconds between two looks at which source it is time for."""


class Watching:
    """Keeps a store up to date with the sources of a configuration.

    Args:
        read: reads the configuration; raises Refused when it cannot be used.
        by: who imports, for the audit.
    """

    def __init__(self, read: Callable[[], Configuration], by: str) -> None:
        self._read = read
        self._by = by
        self._ends = Event()
        self._reads_again = Event()
        self.has_failed = False
        """Whether anything could not be read."""

    def obey_signals(self) -> None:
        """End at SIGTERM and SIGINT, and read the configuration again at SIGHUP."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._ends.set())
        signal.signal(signal.SIGHUP, lambda *_: self._reads_again.set())

    def run(self, *, once: bool) -> None:
        """Look at each source when it is time for it; or at each once.

        Raises:
            Refused: when the configuration that it begins with cannot be used.
        """
        settings = self._read()
        store.connect(settings.database)
        refresher = TimetableRefresher(settings, self._by, time.time)
        while not self._ends.is_set():
            if self._reads_again.is_set():
                self._reads_again.clear()
                with report_refusal():
                    settings = self._read()
                    refresher = TimetableRefresher(settings, self._by, time.time)
                    click.echo("lesrust timetable: the configuration was read again")
            for source in refresher.due():
                look = refresher.look(source)
                self.has_failed = self.has_failed or bool(look.failure)
                report.tell_look(look, settings.school.zone)
            if once or self._ends.wait(ROUND):
                break
