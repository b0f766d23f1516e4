"""Runs the lesson hour of now: gateway, local server and devices, each in a process of its own."""

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

TO_OPEN = 4.0
"""Seconds before the bell in which the gateway opens."""
UNTIL_IT_STANDS_STILL = 60.0
"""School seconds after the release."""
LONGEST_RELEASE = 20.0
"""Seconds."""
BETWEEN_LOOKS = 0.1


class LiveProcesses:
    """The three processes, started early because that takes seconds."""

    def __enter__(self) -> Self:
        with ExitStack() as held:
            self.server = held.enter_context(
                ChildProcess(_("The local TLS server"), tls_server.run)
            )
            self.gateway = held.enter_context(ChildProcess(_("The gateway"), gateway.run))
            self.clients = held.enter_context(ChildProcess(_("The simulated devices"), clients.run))
            self._held = held.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """End them."""
        self._held.close()

    def begin(self) -> None:
        """Wait until all of them can begin."""
        for child in (self.server, self.gateway, self.clients):
            child.hear()

    def serve_on(self) -> None:
        """Let the gateway serve until the keyboard's Ctrl-C.

        Raises:
            click.ClickException: when it ends by itself.
        """
        with suppress(KeyboardInterrupt):
            while True:
                self.gateway.heard()
                time.sleep(1)


@dataclass(frozen=True, slots=True)
class LiveLesson:
    """One lesson hour.

    Args:
        simulated: the school; its addresses are in 127.0.0.0/8.
        span: the lesson hour.
        configuration: of the gateway.
        listening: where the gateway listens.
        speed: school seconds a second.
        most_at_once: connections.
        mechanism: how counts become figures; anything but the default is for tests.
    """

    simulated: Simulation
    span: BellSpan
    configuration: Path
    listening: ListenAddresses
    speed: float
    most_at_once: int
    mechanism: Mechanism = draw_figures

    @property
    def released_at(self) -> float:
        """When its figure is released."""
        return self.span.end + RELEASE_DELAY

    @property
    def stands_still_at(self) -> float:
        """What the school's clock shows from then on."""
        return self.released_at + UNTIL_IT_STANDS_STILL

    def live(
        self, children: LiveProcesses, progress: Callable[[float, ClientsProgress], None]
    ) -> ClientsProgress:
        """Live through it until its figure is released, and give what the devices saw.

        Args:
            children: the processes.
            progress: told of the school's time, and of how far the devices are.

        Raises:
            click.ClickException: when a process ends or does not answer.
        """
        folder = self.configuration.parent
        certificate.write_certificate(folder, list_hostnames())
        children.begin()
        clock = self._clock()
        children.server.tell(TlsServerParameters(folder))
        children.gateway.tell(GatewayParameters(self.configuration, clock, self.mechanism))
        server = HostPort(LOOPBACK, children.server.hear())
        children.gateway.hear()
        children.clients.tell(self._clients(folder, clock, server))
        told: ClientsProgress = children.clients.hear()
        while clock() < self.released_at or not told.has_ended:
            told = (children.clients.heard() or [told])[-1]
            progress(clock(), told)
            children.gateway.heard()
            time.sleep(BETWEEN_LOOKS)
        return told

    def is_released(self) -> bool:
        """Wait for its figure in the store; False when it does not come."""
        until = time.monotonic() + LONGEST_RELEASE
        day = self.span.day
        while time.monotonic() < until:
            if store.load_figures(since=day, until=day, tables=(TableName.LESSON_HOURS,)):
                return True
            time.sleep(BETWEEN_LOOKS)
        return False

    def _clock(self) -> AcceleratedClock:
        start = self.span.start - TO_OPEN * self.speed
        return AcceleratedClock(start, self.speed, self.stands_still_at)

    def _clients(
        self, folder: Path, clock: AcceleratedClock, server: HostPort
    ) -> ClientsParameters:
        school = self.simulated.school
        return ClientsParameters(
            pupils=school.pupils,
            network=school.network,
            seed=self.simulated.seed,
            span=self.span,
            clock=clock,
            http_proxy=self.listening.http,
            socks_proxy=self.listening.socks,
            server=server,
            folder=folder,
            most_at_once=self.most_at_once,
        )
