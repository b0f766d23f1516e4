"""One process of the passive sensor: who takes what it sees, signals, and systemd."""

import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Protocol

import click

from addons.flows.naming import FlowNamer
from addons.flows.sink import SightingSink
from addons.link.sender import SightingSender
from addons.packets.tunnel import Tunnel
from addons.passive import PassiveSensor
from addons.runtime import process
from addons.runtime.capture_loop import CaptureLoop, open_interfaces
from monitor import catalogue
from monitor.catalogue import Catalogue
from monitor.catalogue.hiding import bundled_hiding_list
from monitor.configuration import Configuration, load_configuration
from monitor.runtime import service
from monitor.runtime.refusals import report_refusal

CLOCK: Callable[[], float] = time.time
"""Gives seconds since 1970-01-01 UTC; the gateway has the same."""


class SinkHandle(Protocol):
    """A core, and the catalogue that holds there."""

    sink: SightingSink

    def catalogue(self) -> Catalogue:
        """Give the catalogue in force."""

    def reload(self, settings: Configuration) -> None:
        """Put another configuration in force.

        Raises:
            Refused: when it names what is not there; the old one stays in force.
        """

    def close(self) -> None:
        """End."""


class LocalSink:
    """A core in this process.

    Raises:
        Refused: when the store cannot be used, or an address is not free.
    """

    def __init__(self, settings: Configuration) -> None:
        self._service = service.Service(settings)
        self._service.open()
        self.sink: SightingSink = self._service
        self.reload = self._service.reload
        self.close = self._service.close

    def catalogue(self) -> Catalogue:
        """Give the catalogue in force."""
        return self._service.snapshot.catalogue


class RemoteSink:
    """The core of the gateway on this machine.

    Raises:
        Refused: when the catalogue's overlay or a platform's name is wrong.
    """

    def __init__(self, settings: Configuration, path: Path) -> None:
        self.reload(settings)
        giving = SightingSender(path)
        self.sink: SightingSink = giving
        self.close = giving.close

    def catalogue(self) -> Catalogue:
        """Give the catalogue in force."""
        return self._catalogue

    def reload(self, settings: Configuration) -> None:
        """Put another configuration in force.

        Raises:
            Refused: when it names what is not there; the old one stays in force.
        """
        changes = settings.catalogue
        self._catalogue = catalogue.load_catalogue(
            switched_on=changes.switched_on,
            switched_off=changes.switched_off,
            overlay=changes.overlay,
        )


def run_passive(path: Path, settings: Configuration, interfaces: Sequence[str]) -> None:
    """Watch until a signal ends it.

    Args:
        path: of the configuration, to read it again.
        settings: the configuration.
        interfaces: their names.

    Raises:
        CaptureError: when an interface cannot be listened to, or goes away.
        Refused: when the configuration cannot be put in force.
    """
    tunnels = [Tunnel(name) for name in settings.watch.tunnels]
    promiscuous = settings.watch.promiscuous
    gateway = settings.watch.gateway
    with open_interfaces(interfaces, tunnels, promiscuous=promiscuous) as listening:
        taker: SinkHandle = RemoteSink(settings, gateway) if gateway else LocalSink(settings)
        process.quiet_tracebacks()
        with closing(taker):
            naming = FlowNamer(taker.catalogue, bundled_hiding_list())
            passive = PassiveSensor(taker.sink, naming, counts_tcp=gateway is None)
            watching = CaptureLoop(
                listening, passive, taker.sink.health, CLOCK, _watchdog_notifier()
            )
            _handle_signals(watching, lambda: _reload(path, taker))
            click.echo(f"lesrust watch: watching {', '.join(interfaces)}")
            process.notify_systemd("READY=1")
            watching.run()
            process.notify_systemd("STOPPING=1")


def _watchdog_notifier() -> Callable[[], None]:
    """Give what tells systemd's watchdog, if it watches, that the loop turns."""
    if not os.environ.get("WATCHDOG_USEC"):
        return lambda: None
    return lambda: process.notify_systemd("WATCHDOG=1")


def _handle_signals(watching: CaptureLoop, reload: Callable[[], None]) -> None:
    def end(*_: object) -> None:
        watching.is_ended = True

    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, end)
    # In another thread: packets do not wait for a file.
    signal.signal(signal.SIGHUP, lambda *_: Thread(target=reload, daemon=True).start())


def _reload(path: Path, taker: SinkHandle) -> None:
    process.notify_systemd(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")
    with report_refusal():
        taker.reload(load_configuration(path))
        click.echo("lesrust watch: the configuration was read again")
    process.notify_systemd("READY=1")
