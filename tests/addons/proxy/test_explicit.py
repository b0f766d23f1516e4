"""What a client may ask of a proxy that it is set to use."""

import asyncio

import pytest

from monitor.evidence import Evidence
from tests.addons.hellos import HOSTNAME, hello
from tests.addons.loopback import (
    HERE,
    PATIENCE,
    AwaitedSink,
    LoopbackProxy,
    close,
    echo,
    no_server,
    proxying,
    serving,
)

SNI = (HOSTNAME, Evidence.SNI)


async def answer(proxy: LoopbackProxy, request: bytes) -> bytes:
    """Give all that the proxy says to a request."""
    reader, writer = await proxy.connected()
    writer.write(request)
    said = await asyncio.wait_for(reader.read(), PATIENCE)
    await close(writer)
    return said


async def test_request_for_a_tunnel_that_comes_byte_by_byte() -> None:
    core = AwaitedSink()
    async with proxying("regular", core) as proxy, serving(echo) as server:
        reader, writer = await proxy.connected()
        for byte in f"CONNECT {HERE}:{server.port} HTTP/1.1\r\nX: y\r\n\r\n".encode():
            writer.write(bytes((byte,)))
            await writer.drain()
        assert await reader.readuntil(b"\r\n\r\n")
        writer.write(hello())
        assert await reader.readexactly(len(hello())) == hello()
        await close(writer)
        await server.end()
    assert core.names == [SNI]


async def test_what_follows_the_request_at_once_goes_through_the_tunnel() -> None:
    core = AwaitedSink()
    async with proxying("regular", core) as proxy, serving(echo) as server:
        reader, writer = await proxy.connected()
        writer.write(f"CONNECT {HERE}:{server.port} HTTP/1.1\r\n\r\n".encode() + hello())
        await reader.readuntil(b"\r\n\r\n")
        assert await reader.readexactly(len(hello())) == hello()
        await close(writer)
        await server.end()
    assert core.names == [SNI]


async def test_tunnel_to_an_ipv6_address() -> None:
    listener = await asyncio.start_server(lambda reader, writer: writer.close(), "::1", 0)
    port = listener.sockets[0].getsockname()[1]
    async with listener, proxying("regular", AwaitedSink()) as proxy:
        reader, writer = await proxy.tunnel(port, "[::1]")
        assert await reader.read() == b""
        await close(writer)


@pytest.mark.parametrize(
    "request_",
    [
        b"CONNECT\x20\r\n\r\n",
        b"CONNECT example.com HTTP/1.1\r\n\r\n",
        b"CONNECT :443 HTTP/1.1\r\n\r\n",
        b"CONNECT example.com:0 HTTP/1.1\r\n\r\n",
        b"CONNECT example.com:65536 HTTP/1.1\r\n\r\n",
        b"CONNECT example.com:" + b"9" * 5_000 + b" HTTP/1.1\r\n\r\n",
        b"CONNECT \xff:443 HTTP/1.1\r\n\r\n",
        b"CONNECT example.com:443 HTTP/1.1\r\nX: " + b"x" * 20_000,
        b"\x00\x01\x02\r\n\r\n",
    ],
    ids=lambda value: str(value)[:40],
)
async def test_request_that_cannot_be_understood(request_: bytes) -> None:
    core = AwaitedSink()
    async with proxying("regular", core) as proxy:
        assert (await answer(proxy, request_)).startswith(b"HTTP/1.1 400 ")
    assert (core.sightings, core.errors) == ([], 0)


async def test_server_that_refuses() -> None:
    core = AwaitedSink()
    request = f"CONNECT {HERE}:{no_server()} HTTP/1.1\r\n\r\n".encode()
    async with proxying("regular", core) as proxy:
        assert (await answer(proxy, request)).startswith(b"HTTP/1.1 502 ")
    assert core.sightings == []


@pytest.mark.parametrize("said", [b"", b"CONN", b"CONNECT example.com:443 HT"])
async def test_client_that_leaves_before_it_has_asked(said: bytes) -> None:
    core = AwaitedSink()
    async with proxying("regular", core) as proxy:
        reader, writer = await proxy.connected()
        writer.write(said)
        writer.write_eof()
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
        await close(writer)
    assert (core.sightings, core.errors) == ([], 0)
