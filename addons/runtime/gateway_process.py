"""The process of `lesrust gateway`: the minimal master, signals and systemd."""

import asyncio
import errno
import os
import signal
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from addons.classroom import Classroom
from addons.flows.tracker import FlowTracker
from addons.link.receiver import SightingReceiver
from addons.proxy.destinations import DestinationPolicy
from addons.proxy.log_filter import filter_all_logs
from addons.runtime import process
from addons.runtime.minimal_master import MinimalMaster
from monitor.configuration import load_configuration
from monitor.runtime.refusals import report_refusal
from monitor.runtime.service import Service
from schedules.language import Message, describe_os_error, gettext, gettext_lazy

LISTEN_BACKLOG = 4096
"""Connections that may wait to be accepted; Linux by default allows no more."""
MICROSECONDS = 1_000_000

_REASONS: Mapping[int, Message] = {
    errno.EADDRINUSE: gettext_lazy("the port is in use"),
    errno.EACCES: gettext_lazy(
        "not permitted: ports below 1024 need the capability CAP_NET_BIND_SERVICE"
    ),
}


class GatewayLoop(asyncio.SelectorEventLoop):
    """An event loop whose servers accept a whole school at the bell."""

    async def create_server(self, *args: Any, **kwargs: Any) -> asyncio.Server:
        """Listen, with a longer queue than asyncio's hundred.

        Connections inherit keep-alive, which finds clients that went before they sent anything.
        """
        server = await super().create_server(*args, **{"backlog": LISTEN_BACKLOG, **kwargs})
        for listener in server.sockets:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return server


def run_gateway(
    path: Path,
    modes: Sequence[str],
    service: Service,
    receiver: SightingReceiver | None,
    destinations: DestinationPolicy,
) -> list[str]:
    """Pass traffic through until a signal ends it.

    Args:
        path: of the configuration, to read it again.
        modes: where to listen, in mitmproxy's notation.
        service: the core.
        receiver: receives what a passive sensor beside the gateway sends.
        destinations: what clients of an explicit proxy may be connected to.

    Returns: where it could not listen, and why; nothing was passed through then.
    """

    async def pass_on() -> list[str]:
        if receiver:
            asyncio.get_running_loop().add_reader(receiver, receiver.receive_waiting)
        return await GatewayProcess(path, modes, service, destinations).run()

    with asyncio.Runner(loop_factory=GatewayLoop) as runner:
        return runner.run(pass_on())


class GatewayProcess:
    """One gateway process."""

    def __init__(
        self, path: Path, modes: Sequence[str], service: Service, destinations: DestinationPolicy
    ) -> None:
        self._path = path
        self._modes = modes
        self._service = service
        self._destinations = destinations
        self._loop = asyncio.get_running_loop()
        filter_all_logs(service.health.count_addon_error)
        self._master = MinimalMaster(
            modes,
            Classroom(FlowTracker(service, service.clock), destinations=self._destinations),
            service.health.count_addon_error,
            self._when_running,
        )

    async def run(self) -> list[str]:
        """Listen, and handle signals."""
        for ending in (signal.SIGTERM, signal.SIGINT):
            self._loop.add_signal_handler(ending, self._master.shutdown)
        self._loop.add_signal_handler(signal.SIGHUP, self._reload_in_thread)
        await self._master.run()
        process.notify_systemd("STOPPING=1")
        return [
            f"{mode}: {listen_failure(error)}"
            for mode, error in self._master.listeners.failures.items()
        ]

    def _when_running(self) -> None:
        process.tune_gc()
        places = (
            f"{server.mode.type_name} on {' and '.join(map(_address_text, server.listen_addrs))}"
            for server in self._master.listeners.servers
        )
        click.echo(gettext("lesrust gateway: passing on, {names}", names=", ".join(places)))
        process.notify_systemd("READY=1")
        self._notify_watchdog(float(os.environ.get("WATCHDOG_USEC", "0")) / MICROSECONDS)

    def _notify_watchdog(self, within: float) -> None:
        """Tell systemd's watchdog, if there is one, that the event loop runs."""
        if within:
            process.notify_systemd("WATCHDOG=1")
            self._loop.call_later(within / 3, self._notify_watchdog, within)

    def _reload_in_thread(self) -> None:
        """Reload in another thread, so that connections do not wait for a file."""
        self._loop.run_in_executor(None, self._reload)

    def _reload(self) -> None:
        process.notify_systemd(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")
        with report_refusal():
            settings = load_configuration(self._path)
            self._service.reload(settings)
            self._destinations.set_prefixes(settings.gateway.inside, settings.gateway.forbidden)
            click.echo(gettext("lesrust gateway: the configuration was read again"))
        process.notify_systemd("READY=1")


def listen_failure(error: Exception) -> str:
    """Return why a listener could not start."""
    if not isinstance(error, OSError):
        return type(error).__name__
    # asyncio has no number for the one error that it words itself.
    error.errno = error.errno or errno.EADDRNOTAVAIL
    reason = _REASONS.get(error.errno)
    return describe_os_error(error) if reason is None else str(reason)


def _address_text(address: tuple[str, int]) -> str:
    host, port, *_ = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
