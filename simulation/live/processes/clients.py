"""The simulated devices, live: each connects from an address of its own, and checks who answers.

A device trusts the local server's certificate and no other: had the gateway decrypted anything,
it would have shown one of its own, and the connection would have failed.
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

BETWEEN_REPORTS = 0.25
"""Seconds."""
AT_ONCE = 65_536
"""Bytes."""


@dataclass(frozen=True, slots=True)
class ClientsParameters:
    """What the devices need to know; told as they begin."""

    pupils: int
    network: int
    seed: int
    span: BellSpan
    clock: AcceleratedClock
    http_proxy: HostPort
    socks_proxy: HostPort
    server: HostPort
    folder: Path
    most_at_once: int


class ClientsProgress(NamedTuple):
    """How far the devices are."""

    connections: int
    verified: int
    """Connections whose certificate was the local server's own."""
    failed: int
    devices: int
    carried: int
    """Bytes."""
    has_ended: bool


def run(pipe: Connection) -> None:
    """Live through a lesson hour, telling now and then how far it is; then wait to be ended."""
    pipe.send("ready")
    asyncio.run(_live(pipe.recv(), pipe))
    with suppress(EOFError):
        pipe.recv()


async def _live(told: ClientsParameters, pipe: Connection) -> None:
    simulated = Simulation(SimulatedSchool(told.pupils, told.network), told.seed)
    contacts = Behaviour(simulated.school, simulated.seed).simulate_span(told.span).connections
    devices = LiveDevices(told)
    living = asyncio.ensure_future(devices.live(sorted(contacts)))
    end_with_parent(living.cancel)
    while not living.done():
        await asyncio.wait([living], timeout=BETWEEN_REPORTS)
        pipe.send(devices.told(has_ended=living.done()))


@dataclass
class LiveDevices:
    """All devices, and what they have seen."""

    means: ClientsParameters
    connections: int = 0
    verified: int = 0
    failed: int = 0
    carried: int = 0
    seen: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._named = ssl.create_default_context(cafile=self.means.folder / CERTIFICATE)
        self._nameless = ssl.create_default_context(cafile=self.means.folder / CERTIFICATE)
        self._nameless.check_hostname = False
        pem = (self.means.folder / CERTIFICATE).read_text("ascii")
        self._certificate = ssl.PEM_cert_to_DER_cert(pem)
        self._room = asyncio.Semaphore(self.means.most_at_once)

    def told(self, *, has_ended: bool) -> ClientsProgress:
        """Say how far they are."""
        seen = len(self.seen)
        return ClientsProgress(
            self.connections, self.verified, self.failed, seen, self.carried, has_ended
        )

    async def live(self, contacts: list[SimulatedConnection]) -> None:
        """Make each contact at its moment."""
        async with asyncio.TaskGroup() as all_contacts:
            for contact in contacts:
                await asyncio.sleep(self.means.clock.wait(contact.timestamp))
                all_contacts.create_task(self._make(contact))

    async def _make(self, contact: SimulatedConnection) -> None:
        async with self._room:
            self.connections += 1
            try:
                await self._connect(contact)
            except (OSError, EOFError, tunnel.TunnelRefused):
                self.failed += 1

    async def _connect(self, contact: SimulatedConnection) -> None:
        by_socks = contact.client[-1] % 2
        proxy = self.means.socks_proxy if by_socks else self.means.http_proxy
        own = inet_ntop(AF_INET, contact.client), 0
        reader, writer = await asyncio.open_connection(*proxy, local_addr=own)
        try:
            ask = tunnel.open_socks_tunnel if by_socks else tunnel.open_http_tunnel
            await ask(reader, writer, self.means.server)
            await self._carry(contact, reader, writer)
            self.seen.add(contact.client)
        finally:
            writer.close()

    async def _carry(
        self, contact: SimulatedConnection, reader: StreamReader, writer: StreamWriter
    ) -> None:
        context = self._named if contact.hostname else self._nameless
        await writer.start_tls(context, server_hostname=contact.hostname or None)
        shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        self.verified += shown == self._certificate
        lasts = int(contact.duration / self.means.clock.speed * 1000)
        writer.write(TransferRequest(contact.up, contact.down, lasts).written() + bytes(contact.up))
        while piece := await reader.read(AT_ONCE):
            self.carried += len(piece)
        self.carried += contact.up
