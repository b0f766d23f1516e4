"""Refreshes the sources of the timetable in a loop, and obeys signals meanwhile."""

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
from schedules.language import gettext

INTERVAL = 1.0
"""Seconds between two checks of which source is due."""


class TimetableWatcher:
    """Keeps a store up to date with the sources of a configuration.

    Args:
        load: loads the configuration; raises Refused when it cannot be used.
        by: who imports, for the audit.
    """

    def __init__(self, load: Callable[[], Configuration], by: str) -> None:
        self._load = load
        self._by = by
        self._is_ended = Event()
        self._must_reload = Event()
        self.has_failed = False
        """Whether any source could not be read."""

    def obey_signals(self) -> None:
        """End at SIGTERM and SIGINT, and reload the configuration at SIGHUP."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._is_ended.set())
        signal.signal(signal.SIGHUP, lambda *_: self._must_reload.set())

    def run(self, *, once: bool) -> None:
        """Refresh each source when it is due; or each once.

        Raises:
            Refused: when the first configuration cannot be used.
        """
        settings = self._load()
        store.connect(settings.database)
        refresher = TimetableRefresher(settings, self._by, time.time)
        while not self._is_ended.is_set():
            if self._must_reload.is_set():
                self._must_reload.clear()
                with report_refusal():
                    settings = self._load()
                    refresher = TimetableRefresher(settings, self._by, time.time)
                    click.echo(gettext("lesrust timetable: the configuration was read again"))
            for source in refresher.list_due():
                refresh = refresher.refresh(source)
                self.has_failed = self.has_failed or bool(refresh.failure)
                report.print_refresh(refresh, settings.school.zone)
            if once or self._is_ended.wait(INTERVAL):
                break
