"""'Mijn apparaat' on a real gateway: what a device sends through it is on its own page alone."""

import asyncio
import signal
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from ipaddress import ip_address
from pathlib import Path

import pytest

from addons.link.sender import SightingSender
from monitor.evidence import Evidence
from monitor.sighting import Sighting
from tests.addons.loopback import HERE, PATIENCE, echo, no_server, serving
from tests.addons.running import CLIENT, RunningProcess, configuration, running

GATEWAY = ("-m", "monitor", "gateway", "--listen", f"regular@{HERE}:0", "--config")
OTHER = "127.0.0.78"


@asynccontextmanager
async def gateway_with_page(
    folder: Path, more: str = ""
) -> AsyncIterator[tuple[RunningProcess, int, int]]:
    """Run a gateway, and give its port and that of the page."""
    page = no_server()
    path = configuration(folder, f'[device]\nlisten = "{HERE}:{page}"\n{more}')
    async with running(*GATEWAY, path) as gateway:
        line = await gateway.until_printed("passing on")
        yield gateway, int(line.rpartition(":")[2]), page


class Looking:
    """A device that has the page open, and what it was told."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        self.text = ""

    async def until(self, said: str) -> str:
        async with asyncio.timeout(PATIENCE):
            while said not in self.text:
                line = (await self._reader.readline()).decode()
                assert line, f"it ended:\n{self.text}"
                self.text += line
        return next(line for line in self.text.splitlines() if said in line)


@asynccontextmanager
async def looking(port: int, who: str) -> AsyncIterator[Looking]:
    reader, writer = await asyncio.open_connection(HERE, port, local_addr=(who, 0))
    writer.write(f"GET /mijn-apparaat/live HTTP/1.1\r\nHost: {HERE}\r\n\r\n".encode())
    try:
        told = Looking(reader)
        await told.until("lokaal 101")
        yield told
    finally:
        writer.close()


async def curl(port: int, server: int, hostname: str, who: str, certificate: Path) -> bytes:
    """Have a real client open a site through the gateway; it checks the certificate."""
    process = await asyncio.create_subprocess_exec(
        *("curl", "--silent", "--show-error", "--max-time", str(PATIENCE), "--interface", who),
        *("--proxy", f"http://{HERE}:{port}", "--noproxy", "", "--cacert", str(certificate)),
        *("--connect-to", f"{hostname}:443:{HERE}:{server}", f"https://{hostname}/"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    return printed


async def greet(_: object, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
    await writer.drain()


@pytest.mark.needs("curl")
async def test_what_a_device_opens_is_on_its_own_page_and_on_no_other(
    tmp_path: Path, certificate: Path, server_context: ssl.SSLContext
) -> None:
    async with gateway_with_page(tmp_path) as (gateway, port, page):
        async with (
            serving(greet, server_context) as site,
            looking(page, CLIENT) as own,
            looking(page, OTHER) as others,
        ):
            opened = await curl(port, site.port, "www.instagram.com", CLIENT, certificate)
            assert opened == b"hello"
            line = await own.until("www.instagram.com")
            assert ">Instagram<" in line
            assert ">TLS<" in line
            assert "geen les: telt niet" in line
            # The other one's own comes after it, and is all that it sees.
            await curl(port, site.port, "www.instagram.com", OTHER, certificate)
            await others.until("www.instagram.com")
            assert others.text.count("www.instagram.com") == 1
        gateway.process.send_signal(signal.SIGTERM)
        assert await gateway.ended() == 0
    _is_nowhere(gateway.printed, tmp_path)


async def test_what_the_passive_sensor_beside_the_gateway_sees_is_there_too(tmp_path: Path) -> None:
    more = '[watch]\ngateway = "watch.sock"\n'
    async with (
        gateway_with_page(tmp_path, more) as (_, _, page),
        looking(page, CLIENT) as own,
    ):
        with closing(SightingSender(tmp_path / "watch.sock")) as sensor:
            client = ip_address(CLIENT).packed
            sensor.receive_sighting(Sighting(time.time(), client, "www.tiktok.com", Evidence.QUIC))
            assert ">QUIC<" in await own.until("www.tiktok.com")


async def test_what_it_says_of_a_request_that_breaks_names_nobody(tmp_path: Path) -> None:
    async with gateway_with_page(tmp_path) as (gateway, _, page):
        for sent in (b"\x16\x03\x01", b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n"):
            reader, writer = await asyncio.open_connection(HERE, page, local_addr=(CLIENT, 0))
            writer.write(sent)
            writer.write_eof()
            assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
            writer.close()
        gateway.process.send_signal(signal.SIGTERM)
        assert await gateway.ended() == 0
    _is_nowhere(gateway.printed, tmp_path)


async def test_it_ends_while_somebody_looks(tmp_path: Path) -> None:
    async with gateway_with_page(tmp_path) as (gateway, _, page), looking(page, CLIENT):
        gateway.process.send_signal(signal.SIGTERM)
        assert await gateway.ended() == 0


async def test_through_the_gateway_s_own_proxy_nobody_sees_the_gateway_s_machine(
    tmp_path: Path,
) -> None:
    page = no_server()
    path = configuration(tmp_path, f'[device]\nlisten = "{HERE}:{page}"\n')
    path.write_text(path.read_text().replace("127.0.0.0/8", "10.0.0.0/8", 1))
    async with running(*GATEWAY, path) as gateway:
        port = int((await gateway.until_printed("passing on")).rpartition(":")[2])
        reader, writer = await asyncio.open_connection(HERE, port, local_addr=(CLIENT, 0))
        asked = f"http://{HERE}:{page}/mijn-apparaat"
        writer.write(f"GET {asked} HTTP/1.1\r\nHost: {HERE}:{page}\r\n\r\n".encode())
        assert b" 403 " in await asyncio.wait_for(reader.readline(), PATIENCE)
        writer.close()


async def test_a_port_that_is_taken_is_told_with_its_key(tmp_path: Path) -> None:
    async with serving(echo) as taken:
        path = configuration(tmp_path, f'[device]\nlisten = "{HERE}:{taken.port}"\n')
        async with running(*GATEWAY, path) as gateway:
            assert await gateway.ended() == 2
    assert f"key device.listen: found '{HERE}:{taken.port}'" in gateway.printed


def _is_nowhere(printed: str, folder: Path) -> None:
    kept = [printed.encode(), *(path.read_bytes() for path in folder.rglob("*") if path.is_file())]
    for address in map(ip_address, (CLIENT, OTHER)):
        for form in (str(address).encode(), address.packed, address.packed.hex().encode()):
            assert not any(form in content for content in kept)
    assert not any(b"instagram" in content for content in kept)
