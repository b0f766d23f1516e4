"""Runs the current lesson hour live: gateway, TLS server and devices in processes of their own."""

import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from monitor import store
from monitor.release.noise import Mechanism, draw_figures
from monitor.release.tables import RELEASE_DELAY, TableName
from schedules.language import gettext as _
from simulation.live.addresses import ListenAddresses
from simulation.live.clock import AcceleratedClock
from simulation.live.processes import certificate, clients, gateway, tls_server
from simulation.live.processes.child_process import ChildProcess
from simulation.live.processes.clients import ClientsParameters, ClientsProgress
from simulation.live.processes.gateway import GatewayParameters
from simulation.live.processes.tls_server import LOOPBACK, TlsServerParameters
from simulation.live.processes.tunnel import HostPort
from simulation.school.bells import BellSpan
from simulation.simulation import Simulation
from simulation.traffic.hostnames import list_hostnames

OPENING_TIME = 4.0
"""Seconds before the bell, for the gateway to open."""
RUNS_ON = 60.0
"""School seconds after the release, until the clock stops."""
RELEASE_TIMEOUT = 20.0
"""Seconds."""
POLL_INTERVAL = 0.1
"""Seconds."""


class LiveProcesses:
    """The three processes, started early because starting takes seconds."""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.server = stack.enter_context(
                ChildProcess(_("The local TLS server"), tls_server.run)
            )
            self.gateway = stack.enter_context(ChildProcess(_("The gateway"), gateway.run))
            self.clients = stack.enter_context(
                ChildProcess(_("The simulated devices"), clients.run)
            )
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        self._stack.close()

    def wait_until_ready(self) -> None:
        """Wait until every process can begin."""
        for process in (self.server, self.gateway, self.clients):
            process.receive()

    def serve_on(self) -> None:
        """Let the gateway serve until the keyboard's Ctrl-C.

        Raises:
            click.ClickException: when it ends by itself.
        """
        with suppress(KeyboardInterrupt):
            while True:
                self.gateway.receive_all()
                time.sleep(1)


@dataclass(frozen=True, slots=True)
class LiveLesson:
    """One lesson hour.

    Args:
        simulation: the school; its addresses are in 127.0.0.0/8.
        span: the lesson hour.
        configuration: the gateway's.
        addresses: where the gateway listens.
        speed: school seconds per second.
        max_connections: at the same time.
        mechanism: makes figures of counts; anything but the default is for tests.
    """

    simulation: Simulation
    span: BellSpan
    configuration: Path
    addresses: ListenAddresses
    speed: float
    max_connections: int
    mechanism: Mechanism = draw_figures

    @property
    def released_at(self) -> float:
        """The timestamp of the release of its figure."""
        return self.span.end + RELEASE_DELAY

    @property
    def stops_at(self) -> float:
        """The timestamp at which the school's clock stops."""
        return self.released_at + RUNS_ON

    def run(
        self,
        processes: LiveProcesses,
        report_progress: Callable[[float, ClientsProgress], None],
    ) -> ClientsProgress:
        """Run the lesson hour until its figure is released, and return the devices' progress.

        Args:
            processes: the processes.
            report_progress: called with the school's time and the devices' progress.

        Raises:
            click.ClickException: when a process ends or does not answer.
        """
        folder = self.configuration.parent
        certificate.write_certificate(folder, list_hostnames())
        processes.wait_until_ready()
        clock = self._make_clock()
        processes.server.send(TlsServerParameters(folder))
        processes.gateway.send(GatewayParameters(self.configuration, clock, self.mechanism))
        server = HostPort(LOOPBACK, processes.server.receive())
        processes.gateway.receive()
        processes.clients.send(self._make_client_parameters(folder, clock, server))
        progress: ClientsProgress = processes.clients.receive()
        while clock() < self.released_at or not progress.has_ended:
            progress = (processes.clients.receive_all() or [progress])[-1]
            report_progress(clock(), progress)
            processes.gateway.receive_all()
            time.sleep(POLL_INTERVAL)
        return progress

    def wait_for_release(self) -> bool:
        """Wait until its figure is in the store; False when it does not come in time."""
        deadline = time.monotonic() + RELEASE_TIMEOUT
        day = self.span.day
        while time.monotonic() < deadline:
            if store.load_figures(since=day, until=day, tables=(TableName.LESSON_HOURS,)):
                return True
            time.sleep(POLL_INTERVAL)
        return False

    def _make_clock(self) -> AcceleratedClock:
        start = self.span.start - OPENING_TIME * self.speed
        return AcceleratedClock(start, self.speed, self.stops_at)

    def _make_client_parameters(
        self, folder: Path, clock: AcceleratedClock, server: HostPort
    ) -> ClientsParameters:
        school = self.simulation.school
        return ClientsParameters(
            pupils=school.pupils,
            network=school.network,
            seed=self.simulation.seed,
            span=self.span,
            clock=clock,
            http_proxy=self.addresses.http,
            socks_proxy=self.addresses.socks,
            server=server,
            folder=folder,
            max_connections=self.max_connections,
        )
