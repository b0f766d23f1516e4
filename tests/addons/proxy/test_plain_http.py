"""Plain requests through a proxy: each reaches its host, nothing waits, nothing is kept."""

import asyncio
from asyncio import StreamReader, StreamWriter

import pytest
from mitmproxy.addonmanager import AddonManager
from mitmproxy.tcp import TCPFlow

from addons.proxy.plain_http import MAX_WAITING
from monitor.evidence import Evidence
from tests.addons.hellos import HOSTNAME, hello
from tests.addons.loopback import (
    HERE,
    PATIENCE,
    AwaitedSink,
    RecordingServer,
    close,
    echo,
    no_server,
    proxying,
    serving,
)

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
NAMED = ("localhost", Evidence.HTTP)
HIDDEN = ("", Evidence.HIDDEN)


def get(port: int, host: str = "localhost", *fields: str) -> bytes:
    lines = [f"GET http://{host}:{port}/page HTTP/1.1", f"Host: {host}:{port}", *fields, "", ""]
    return "\r\n".join(lines).encode()


async def answer_all(server: RecordingServer, reader: StreamReader, writer: StreamWriter) -> None:
    """Answer each request, and keep its head."""
    while True:
        try:
            server.received += await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return
        writer.write(OK)


async def test_request_and_answer_arrive() -> None:
    core = AwaitedSink()
    async with proxying("regular", core) as proxy, serving(answer_all) as server:
        reader, writer = await proxy.connected()
        request = get(server.port, "localhost", "x-odd-CASE:  kept")
        writer.write(request)
        assert await reader.readexactly(len(OK)) == OK
        await close(writer)
        await core.until(lambda: core.carried == (len(request), len(OK)))
    host = f"Host: localhost:{server.port}"
    assert server.received.startswith(b"GET /page HTTP/1.1\r\n" + host.encode())
    assert b"x-odd-CASE" in server.received
    assert core.names == [NAMED]
    assert core.errors == 0


async def test_one_connection_for_several_requests() -> None:
    core = AwaitedSink()
    async with proxying("regular", core) as proxy, serving(answer_all) as server:
        reader, writer = await proxy.connected()
        for host in ("localhost", "localhost", HERE, "localhost"):
            writer.write(get(server.port, host))
            assert await reader.readexactly(len(OK)) == OK
        await close(writer)
        await core.until(lambda: core.carried[1] == 4 * len(OK))
    assert core.names == [NAMED, HIDDEN, NAMED]


async def test_bodies_do_not_wait_for_their_end() -> None:
    async def echo_body(
        server: RecordingServer, reader: StreamReader, writer: StreamWriter
    ) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        await echo(server, reader, writer)

    core = AwaitedSink()
    async with proxying("regular", core) as proxy, serving(echo_body) as server:
        reader, writer = await proxy.connected()
        writer.write(get(server.port, "localhost", "Transfer-Encoding: chunked"))
        await reader.readuntil(b"\r\n\r\n")
        for _ in range(20):
            chunk = b"f000\r\n" + bytes(0xF000) + b"\r\n"
            writer.write(chunk)
            got = 0
            while got < 0xF000:  # in chunks of whatever size
                size = int(await asyncio.wait_for(reader.readline(), PATIENCE), 16)
                got += len((await reader.readexactly(size + 2))[:-2])
        await close(writer)
        await core.until(lambda: min(core.carried) > 20 * 0xF000)


async def test_upgraded_connection_is_passed_on() -> None:
    async def upgrade(server: RecordingServer, reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(
            b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
        )
        await echo(server, reader, writer)

    core, keeper = AwaitedSink(), Keeper()
    fields = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13")
    async with proxying("regular", core) as proxy, serving(upgrade) as server:
        AddonManager.add(proxy.master.addons, keeper)
        reader, writer = await proxy.connected()
        writer.write(get(server.port, "localhost", *fields))
        await reader.readuntil(b"\r\n\r\n")
        for _ in range(3):
            writer.write(b"\x00 not a frame \xff")
            assert await reader.readexactly(15) == b"\x00 not a frame \xff"
        await close(writer)
        await core.until(lambda: core.carried[1] > 45)
    assert (core.names, core.errors) == ([NAMED], 0)
    assert keeper.flow is not None
    assert keeper.flow.messages == []


class Keeper:
    """An addon that keeps what mitmproxy knows of an upgraded connection."""

    flow: TCPFlow | None = None

    def tcp_message(self, flow: TCPFlow) -> None:
        self.flow = flow


async def test_tunnel_after_a_request() -> None:
    core = AwaitedSink()
    async with (
        proxying("regular", core) as proxy,
        serving(answer_all) as plain,
        serving(echo) as secure,
    ):
        reader, writer = await proxy.connected()
        writer.write(get(plain.port))
        assert await reader.readexactly(len(OK)) == OK
        writer.write(f"CONNECT {HERE}:{secure.port} HTTP/1.1\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
        writer.write(hello())
        assert await reader.readexactly(len(hello())) == hello()
        await close(writer)
        await secure.end()
        await core.until(lambda: core.carried[1] >= len(OK) + len(hello()))
    assert core.names == [NAMED, (HOSTNAME, Evidence.SNI)]
    assert core.carried == (len(get(plain.port)) + len(hello()), len(OK) + len(hello()))


@pytest.mark.parametrize(
    "endless",
    [b"GET http://localhost/ HTTP/1.1\r\nX: ", b"garbage without an end "],
)
async def test_head_that_never_ends_is_not_kept(endless: bytes) -> None:
    core = AwaitedSink()
    async with proxying("regular", core) as proxy:
        reader, writer = await proxy.connected()
        writer.write(endless + bytes(b"x" * (MAX_WAITING + 1)))
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
        await close(writer)
    assert (core.sightings, core.errors) == ([], 0)


async def test_server_that_refuses() -> None:
    async with proxying("regular", AwaitedSink()) as proxy:
        reader, writer = await proxy.connected()
        writer.write(get(no_server()))
        assert (await asyncio.wait_for(reader.readline(), PATIENCE)).startswith(b"HTTP/1.1 502 ")
        await close(writer)


async def test_what_mitmproxy_cannot_carry_ends_and_is_counted() -> None:
    async def trail(server: RecordingServer, reader: StreamReader, writer: StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n")
        writer.write(b"2\r\nok\r\n0\r\nX: y\r\n\r\n")
        await reader.read()

    core = AwaitedSink()
    async with proxying("regular", core) as proxy, serving(trail) as server:
        reader, writer = await proxy.connected()
        writer.write(get(server.port))
        assert b"2\r\nok\r\n" in await asyncio.wait_for(reader.read(), PATIENCE)
        await close(writer)
    assert core.errors == 1
