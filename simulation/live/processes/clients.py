"""The simulation devices, live: each connects from an address of its own, and checks who answers.

A device trusts the certificate of the TLS server and no other: if the gateway decrypted anything,
it would show a certificate of its own, and the connection would fail.
"""

import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from socket import AF_INET, inet_ntop
from typing import NamedTuple

from simulation.live.clock import AcceleratedClock
from simulation.live.processes import tunnel
from simulation.live.processes.certificate import CERTIFICATE
from simulation.live.processes.child_process import end_with_parent
from simulation.live.processes.transfer_request import TransferRequest
from simulation.live.processes.tunnel import HostPort
from simulation.school.bells import BellSpan
from simulation.school.school import SimulatedSchool
from simulation.simulation import Simulation
from simulation.traffic.behaviour import Behaviour
from simulation.traffic.connection import SimulatedConnection

REPORT_INTERVAL = 0.25
"""Seconds."""
CHUNK = 65_536
"""Bytes."""


@dataclass(frozen=True, slots=True)
class ClientsParameters:
    """The parameters of the devices, sent when they begin."""

    pupils: int
    network: int
    seed: int
    span: BellSpan
    clock: AcceleratedClock
    http_proxy: HostPort
    socks_proxy: HostPort
    server: HostPort
    folder: Path
    max_connections: int


class ClientsProgress(NamedTuple):
    """The progress of the devices."""

    connections: int
    verified: int
    """Connections with the TLS server's own certificate."""
    failed: int
    devices: int
    bytes_carried: int
    has_ended: bool


def run(pipe: Connection) -> None:
    """Make the connections of a lesson hour, reporting progress; then wait to be ended."""
    pipe.send("ready")
    asyncio.run(_live(pipe.recv(), pipe))
    with suppress(EOFError):
        pipe.recv()


async def _live(parameters: ClientsParameters, pipe: Connection) -> None:
    simulation = Simulation(SimulatedSchool(parameters.pupils, parameters.network), parameters.seed)
    connections = (
        Behaviour(simulation.school, simulation.seed).simulate_span(parameters.span).connections
    )
    devices = LiveDevices(parameters)
    making = asyncio.ensure_future(devices.make_connections(sorted(connections)))
    end_with_parent(making.cancel)
    while not making.done():
        await asyncio.wait([making], timeout=REPORT_INTERVAL)
        pipe.send(devices.progress(has_ended=making.done()))


@dataclass
class LiveDevices:
    """All devices, and their counts."""

    parameters: ClientsParameters
    connections: int = 0
    verified: int = 0
    failed: int = 0
    bytes_carried: int = 0
    connected: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._named = ssl.create_default_context(cafile=self.parameters.folder / CERTIFICATE)
        self._nameless = ssl.create_default_context(cafile=self.parameters.folder / CERTIFICATE)
        self._nameless.check_hostname = False
        pem = (self.parameters.folder / CERTIFICATE).read_text("ascii")
        self._certificate = ssl.PEM_cert_to_DER_cert(pem)
        self._slots = asyncio.Semaphore(self.parameters.max_connections)

    def progress(self, *, has_ended: bool) -> ClientsProgress:
        """Return their progress."""
        devices = len(self.connected)
        return ClientsProgress(
            self.connections, self.verified, self.failed, devices, self.bytes_carried, has_ended
        )

    async def make_connections(self, connections: list[SimulatedConnection]) -> None:
        """Make each connection at its time."""
        async with asyncio.TaskGroup() as tasks:
            for connection in connections:
                await asyncio.sleep(self.parameters.clock.seconds_until(connection.timestamp))
                tasks.create_task(self._make(connection))

    async def _make(self, connection: SimulatedConnection) -> None:
        async with self._slots:
            self.connections += 1
            try:
                await self._connect(connection)
            except (OSError, EOFError, tunnel.TunnelRefused):
                self.failed += 1

    async def _connect(self, connection: SimulatedConnection) -> None:
        uses_socks = connection.client[-1] % 2
        proxy = self.parameters.socks_proxy if uses_socks else self.parameters.http_proxy
        own = inet_ntop(AF_INET, connection.client), 0
        reader, writer = await asyncio.open_connection(*proxy, local_addr=own)
        try:
            ask = tunnel.open_socks_tunnel if uses_socks else tunnel.open_http_tunnel
            await ask(reader, writer, self.parameters.server)
            await self._carry(connection, reader, writer)
            self.connected.add(connection.client)
        finally:
            writer.close()

    async def _carry(
        self, connection: SimulatedConnection, reader: StreamReader, writer: StreamWriter
    ) -> None:
        context = self._named if connection.hostname else self._nameless
        await writer.start_tls(context, server_hostname=connection.hostname or None)
        certificate = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        self.verified += certificate == self._certificate
        milliseconds = int(connection.duration / self.parameters.clock.speed * 1000)
        writer.write(
            TransferRequest(connection.up, connection.down, milliseconds).to_bytes()
            + bytes(connection.up)
        )
        while chunk := await reader.read(CHUNK):
            self.bytes_carried += len(chunk)
        self.bytes_carried += connection.up
