"""A device takes what the local server sends, and notices when another one answers."""

import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from simulation.live.clock import AcceleratedClock
from simulation.live.processes import certificate
from simulation.live.processes.clients import ClientsParameters, ClientsProgress, LiveDevices
from simulation.live.processes.tls_server import LOOPBACK, answer
from simulation.live.processes.tunnel import HostPort
from simulation.school.bells import bell_spans
from simulation.traffic.connection import SimulatedConnection
from tests.simulation.cast import MONDAY

BY_HTTP, BY_SOCKS = b"\x7f\x01\x00\x02", b"\x7f\x01\x00\x03"
HOSTNAME = "www.tiktok.com"


type Answers = Callable[[StreamReader, StreamWriter], Awaitable[None]]


async def pipe(reader: StreamReader, writer: StreamWriter) -> None:
    while piece := await reader.read(65_536):
        writer.write(piece)
        await writer.drain()
    writer.close()


class AnsweringProxy:
    """A proxy that says yes and passes on, or says no."""

    def __init__(self, server: HostPort, *, says_yes: bool = True) -> None:
        self.server = server
        self.says_yes = says_yes
        self.asked: list[bytes] = []

    async def __call__(self, reader: StreamReader, writer: StreamWriter) -> None:
        first = await reader.readexactly(1)
        if first == b"\x05":
            await self._greet_socks(reader, writer)
        else:
            self.asked.append(first + await reader.readuntil(b"\r\n\r\n"))
            writer.write(
                b"HTTP/1.1 200 OK\r\n\r\n" if self.says_yes else b"HTTP/1.1 502 No\r\n\r\n"
            )
        if not self.says_yes:
            writer.close()
            return
        from_server, to_server = await asyncio.open_connection(*self.server)
        await asyncio.gather(pipe(reader, to_server), pipe(from_server, writer))

    async def _greet_socks(self, reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readexactly(2)
        writer.write(b"\x05\x00")
        self.asked.append(await reader.readexactly(10))
        writer.write(b"\x05" + (b"\x00" if self.says_yes else b"\x05") + bytes(8))


@asynccontextmanager
async def listening(answers: Answers, context: ssl.SSLContext | None) -> AsyncIterator[HostPort]:
    server = await asyncio.start_server(answers, LOOPBACK, 0, ssl=context)
    async with server:
        yield HostPort(LOOPBACK, server.sockets[0].getsockname()[1])


async def made(
    contact: SimulatedConnection, trusted: Path, shown: Path, *, says_yes: bool = True
) -> tuple[ClientsProgress, list[bytes]]:
    """Make one contact, trusting one folder's certificate and being shown another's."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(shown / certificate.CERTIFICATE, shown / certificate.KEY)
    async with listening(answer, context) as server:
        proxy = AnsweringProxy(server, says_yes=says_yes)
        async with listening(proxy, None) as at:
            devices = LiveDevices(means(at, server, trusted))
            await devices.make_connections([contact])
    return devices.progress(has_ended=True), proxy.asked


def means(proxy: HostPort, server: HostPort, folder: Path) -> ClientsParameters:
    return ClientsParameters(
        pupils=48,
        network=127,
        seed=1,
        span=bell_spans(MONDAY)[0],
        clock=AcceleratedClock(0.0, 60),
        http_proxy=proxy,
        socks_proxy=proxy,
        server=server,
        folder=folder,
        max_connections=10,
    )


def contact(client: bytes = BY_HTTP, hostname: str = HOSTNAME) -> SimulatedConnection:
    return SimulatedConnection(0.0, client, hostname, 1_000, 200_000, 3.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    certificate.write_certificate(tmp_path, [HOSTNAME])
    return tmp_path


@pytest.mark.parametrize("client", [BY_HTTP, BY_SOCKS])
@pytest.mark.parametrize("hostname", [HOSTNAME, ""])
async def test_a_contact_carries_what_it_should(folder: Path, client: bytes, hostname: str) -> None:
    told, asked = await made(contact(client, hostname), folder, folder)
    assert told == ClientsProgress(
        1, verified=1, failed=0, devices=1, bytes_carried=201_000, has_ended=True
    )
    assert len(asked) == 1


async def test_another_certificate_is_found_out(folder: Path, tmp_path: Path) -> None:
    """What a gateway that decrypts would show."""
    (tmp_path / "other").mkdir()
    certificate.write_certificate(tmp_path / "other", [HOSTNAME])
    told, _ = await made(contact(), folder, tmp_path / "other")
    assert told == ClientsProgress(
        1, verified=0, failed=1, devices=0, bytes_carried=0, has_ended=True
    )


async def test_so_is_a_hostname_that_the_certificate_is_not_for(folder: Path) -> None:
    told, _ = await made(contact(hostname="x.com"), folder, folder)
    assert (told.verified, told.failed) == (0, 1)


@pytest.mark.parametrize("client", [BY_HTTP, BY_SOCKS])
async def test_a_proxy_that_says_no_is_counted(folder: Path, client: bytes) -> None:
    told, _ = await made(contact(client), folder, folder, says_yes=False)
    assert (told.verified, told.failed) == (0, 1)
