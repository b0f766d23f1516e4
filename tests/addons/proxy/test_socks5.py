"""SOCKS5 as mitmproxy speaks it; what goes through it is tested with every mode's tunnels."""

import asyncio

import pytest

from tests.addons.loopback import HERE, PATIENCE, AwaitedSink, close, no_server, proxying


async def test_server_that_refuses_is_said_to() -> None:
    core = AwaitedSink()
    async with proxying("socks5", core) as proxy:
        reader, writer = await proxy.connected()
        writer.write(b"\x05\x01\x00")
        assert await reader.readexactly(2) == b"\x05\x00"
        writer.write(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + no_server().to_bytes(2))
        assert (await asyncio.wait_for(reader.read(), PATIENCE))[:2] == b"\x05\x04"
        await close(writer)
    assert (core.sightings, core.errors) == ([], 0)


@pytest.mark.parametrize(
    "said", [b"\x04\x01\x00\x50", b"GET / HTTP/1.1\r\n\r\n", b"\x05\x01\x02", b"\x05\xff", b""]
)
async def test_client_that_does_not_speak_it(said: bytes) -> None:
    core = AwaitedSink()
    async with proxying("socks5", core) as proxy:
        reader, writer = await asyncio.open_connection(HERE, proxy.port)
        writer.write(said)
        writer.write_eof()
        await asyncio.wait_for(reader.read(), PATIENCE)
        await close(writer)
    assert (core.sightings, core.errors) == ([], 0)
