"""The process of `lesrust watch`: interfaces, a passive sensor and a sink, signals and systemd."""

import os
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from threading import Thread

import click

from addons.flows.naming import FlowNamer
from addons.link.handles import LocalSinkHandle, RemoteSinkHandle, SinkHandle
from addons.packets.tunnel import Tunnel
from addons.passive import PassiveSensor
from addons.runtime import process
from addons.runtime.capture_loop import CaptureLoop, open_interfaces
from monitor.catalogue.hiding import bundled_hiding_list
from monitor.configuration import Configuration, load_configuration
from monitor.runtime.refusals import report_refusal
from schedules.language import gettext

CLOCK: Callable[[], float] = time.time
"""Returns seconds since 1970-01-01 UTC; the gateway has the same."""


def run_passive(path: Path, configuration: Configuration, interfaces: Sequence[str]) -> None:
    """Watch interfaces until a signal ends it.

    Args:
        path: of the configuration, to read it again.
        configuration: the school's.
        interfaces: their names.

    Raises:
        CaptureError: when an interface cannot be listened to, or goes away.
        Refused: when the configuration cannot be put in force.
    """
    watch = configuration.watch
    tunnels = [Tunnel(name) for name in watch.tunnels]
    with open_interfaces(interfaces, tunnels, promiscuous=watch.promiscuous) as opened:
        handle: SinkHandle = (
            RemoteSinkHandle(configuration, watch.gateway)
            if watch.gateway
            else LocalSinkHandle(configuration)
        )
        process.quiet_tracebacks()
        with closing(handle):
            namer = FlowNamer(handle.catalogue, bundled_hiding_list())
            sensor = PassiveSensor(handle.sink, namer, counts_tcp=watch.gateway is None)
            loop = CaptureLoop(opened, sensor, handle.sink.health, CLOCK, _watchdog_notifier())
            _handle_signals(loop, lambda: _reload(path, handle))
            click.echo(gettext("lesrust watch: watching {names}", names=", ".join(interfaces)))
            process.notify_systemd("READY=1")
            loop.run()
            process.notify_systemd("STOPPING=1")


def _watchdog_notifier() -> Callable[[], None]:
    """Return what tells systemd's watchdog that the loop turns; nothing where none watches."""
    if not os.environ.get("WATCHDOG_USEC"):
        return lambda: None
    return lambda: process.notify_systemd("WATCHDOG=1")


def _handle_signals(loop: CaptureLoop, reload: Callable[[], None]) -> None:
    def end(*_: object) -> None:
        loop.is_ended = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    # In another thread: packets do not wait for a file.
    signal.signal(signal.SIGHUP, lambda *_: Thread(target=reload, daemon=True).start())


def _reload(path: Path, handle: SinkHandle) -> None:
    process.notify_systemd(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")
    with report_refusal():
        handle.reload(load_configuration(path))
        click.echo(gettext("lesrust watch: the configuration was read again"))
    process.notify_systemd("READY=1")
