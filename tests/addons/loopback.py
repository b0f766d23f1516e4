"""A real proxy between real sockets on this machine, and a core that only remembers.

async with proxying("regular") as proxy, serving(echo) as server:
    reader, writer = await proxy.tunnel(server)
"""

import asyncio
import socket
import ssl
import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_network

from addons.classroom import Classroom
from addons.flows.tracker import FlowTracker
from addons.proxy.destinations import DestinationPolicy
from addons.runtime.minimal_master import MinimalMaster
from monitor.sighting import Sighting
from schedules.outgoing.destinations import Network
from tests.addons.sinks import RecordingSink

HERE = "127.0.0.1"
PACKED = bytes((127, 0, 0, 1))
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
"""What a proxy of these tests may reach inside: their servers."""
PATIENCE = 60.0
"""Seconds until a test that waits for something that will not come fails."""

type Streams = tuple[StreamReader, StreamWriter]


class AwaitedSink(RecordingSink):
    """Can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self._changed = asyncio.Event()

    def clock(self) -> float:
        return 1_000.0

    def receive_sighting(self, sighting: Sighting) -> None:
        super().receive_sighting(sighting)
        self._changed.set()

    def count_addon_error(self) -> None:
        super().count_addon_error()
        self._changed.set()

    def tick(self) -> None:
        super().tick()
        self._changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._changed.clear()
                await self._changed.wait()


@dataclass
class LoopbackProxy:
    """A proxy that listens."""

    master: MinimalMaster
    mode: str
    port: int

    async def connected(self) -> Streams:
        return await asyncio.open_connection(HERE, self.port)

    async def tunnel(self, port: int, host: str = HERE) -> Streams:
        """Ask for a tunnel, as a client that is set to use this proxy does."""
        return await (self._socks5 if self.mode == "socks5" else self._connect)(port, host)

    async def _connect(self, port: int, host: str) -> Streams:
        reader, writer = await self.connected()
        writer.write(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        return reader, writer

    async def _socks5(self, port: int, host: str) -> Streams:
        reader, writer = await self.connected()
        writer.write(b"\x05\x01\x00")
        assert await reader.readexactly(2) == b"\x05\x00"
        name = host.encode()
        writer.write(b"\x05\x01\x00\x03" + bytes((len(name),)) + name + port.to_bytes(2))
        assert (await reader.readexactly(10))[:2] == b"\x05\x00"
        return reader, writer


def minimal_master(
    modes: list[str],
    core: AwaitedSink,
    when_running: Callable[[], None],
    inside: Sequence[Network] = LOOPBACK,
) -> MinimalMaster:
    classroom = Classroom(FlowTracker(core, core.clock), destinations=DestinationPolicy(inside))
    return MinimalMaster(modes, classroom, core.count_addon_error, when_running)


@asynccontextmanager
async def proxying(
    mode: str, core: AwaitedSink, inside: Sequence[Network] = LOOPBACK
) -> AsyncIterator[LoopbackProxy]:
    """Run the small master, as the gateway does."""
    listens = asyncio.Event()
    master = minimal_master([f"{mode}@{HERE}:0"], core, listens.set, inside)
    running = asyncio.create_task(master.run())
    await asyncio.wait_for(listens.wait(), PATIENCE)
    try:
        yield LoopbackProxy(master, mode, master.listeners.listen_addrs()[0][1])
    finally:
        master.should_exit.set()
        await asyncio.wait_for(running, PATIENCE)


@dataclass
class RecordingServer:
    """A server that keeps what it received, and how it ended."""

    port: int = 0
    received: bytearray = field(default_factory=bytearray)
    ended_by: asyncio.Future[type[Exception] | None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    half_closed: asyncio.Event = field(default_factory=asyncio.Event)
    may_end: asyncio.Event = field(default_factory=asyncio.Event)

    async def until_received(self, data: bytes) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.received) < len(data):
                self.changed.clear()
                await self.changed.wait()
        assert self.received == data

    async def end(self) -> type[Exception] | None:
        """Wait until a connection has ended, and tell by what."""
        return await asyncio.wait_for(self.ended_by, PATIENCE)


type Behaviour = Callable[[RecordingServer, StreamReader, StreamWriter], Awaitable[None]]


async def listen(server: RecordingServer, reader: StreamReader, writer: StreamWriter) -> None:
    """Read until the client ends."""
    while data := await reader.read(65_536):
        server.received += data
        server.changed.set()


async def echo(server: RecordingServer, reader: StreamReader, writer: StreamWriter) -> None:
    """Send back what comes."""
    while data := await reader.read(65_536):
        server.received += data
        server.changed.set()
        writer.write(data)
        await writer.drain()


@asynccontextmanager
async def serving(
    behave: Behaviour = listen, context: ssl.SSLContext | None = None
) -> AsyncIterator[RecordingServer]:
    """Listen on this machine."""
    state = RecordingServer()

    writers = set[StreamWriter]()

    async def handle(reader: StreamReader, writer: StreamWriter) -> None:
        writers.add(writer)
        ended_by: type[Exception] | None = None
        try:
            await behave(state, reader, writer)
        except OSError as error:
            ended_by = type(error)
        finally:
            if not state.ended_by.done():
                state.ended_by.set_result(ended_by)
            await close(writer)
            writers.discard(writer)

    listener = await asyncio.start_server(handle, HERE, 0, ssl=context)
    state.port = listener.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        listener.close()
        for writer in writers:  # those of a test that has failed
            writer.transport.abort()


async def close(writer: StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


def reset(writer: StreamWriter) -> None:
    """End a connection in the rudest way there is."""
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def eventually(condition: Callable[[], bool]) -> None:
    """Let everything else go on until a condition holds."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0)


def no_server() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port: int = probe.getsockname()[1]
        return port
