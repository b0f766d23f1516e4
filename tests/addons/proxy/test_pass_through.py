"""Every byte goes on as it was sent, whatever it is; what the core is told is counts and a name.

Each test has a real client, a real server, and mitmproxy between them.
"""

import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator

import pytest
from mitmproxy.connection import Client

from addons.proxy.pass_through import packed_address
from monitor.evidence import Evidence
from monitor.sighting import Sighting
from tests.addons import hellos
from tests.addons.hellos import HOSTNAME, hello
from tests.addons.loopback import (
    HERE,
    PACKED,
    PATIENCE,
    AwaitedSink,
    LoopbackProxy,
    RecordingServer,
    close,
    echo,
    listen,
    proxying,
    reset,
    serving,
)

SNI = (HOSTNAME, Evidence.SNI)
HIDDEN = ("", Evidence.HIDDEN)


@pytest.fixture
async def core() -> AwaitedSink:
    return AwaitedSink()


@pytest.fixture(params=["regular", "socks5"])
async def proxy(request: pytest.FixtureRequest, core: AwaitedSink) -> AsyncIterator[LoopbackProxy]:
    async with proxying(request.param, core) as running:
        yield running


async def test_bytes_of_both_sides_arrive_and_are_counted(
    proxy: LoopbackProxy, core: AwaitedSink
) -> None:
    sent = hello() + bytes(range(256)) * 1_000
    async with serving(echo) as server:
        reader, writer = await proxy.tunnel(server.port)
        writer.write(sent)
        assert await reader.readexactly(len(sent)) == sent
        await close(writer)
        assert await server.end() is None
        await core.until(lambda: core.carried == (len(sent), len(sent)))
    assert server.received == sent
    assert core.names == [SNI]
    assert core.sightings[0].client == PACKED
    assert core.errors == 0


async def test_tls_is_not_decrypted(
    proxy: LoopbackProxy,
    core: AwaitedSink,
    server_context: ssl.SSLContext,
    client_context: ssl.SSLContext,
) -> None:
    async with serving(echo, server_context) as server:
        reader, writer = await proxy.tunnel(server.port)
        await writer.start_tls(client_context, server_hostname=HOSTNAME)
        writer.write(b"secret")
        assert await reader.readexactly(6) == b"secret"
        certificate = writer.get_extra_info("ssl_object").getpeercert()
        assert certificate["subject"] == ((("commonName", HOSTNAME),),)
        await close(writer)
        await core.until(lambda: len(core.sightings) > 1)
    assert core.names == [SNI]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (hello(), SNI),
        (hello(None), HIDDEN),
        (hellos.records(hellos.message(), 100), SNI),
        (b"GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", ("example.com", Evidence.HTTP)),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", HIDDEN),
        (b"SSH-2.0-OpenSSH_9.6\r\n", HIDDEN),
        (b"\x16\x03\x01", HIDDEN),
        (hello()[:60], HIDDEN),
        (b"\x16\x03\x01\xff\xff\x01\x00\xff\xf0\x03\x03" + bytes(200_000), HIDDEN),
        (bytes(100_000), HIDDEN),
    ],
    ids=[
        "a hello",
        "a hello without a name",
        "a hello over many records",
        "HTTP",
        "HTTP/2 as agreed before",
        "SSH",
        "three bytes of a hello",
        "half a hello",
        "an endless record",
        "zeros",
    ],
)
async def test_whatever_comes_goes_on(
    proxy: LoopbackProxy, core: AwaitedSink, sent: bytes, told: tuple[str, Evidence]
) -> None:
    async with serving() as server:
        _, writer = await proxy.tunnel(server.port)
        writer.write(sent)
        await server.until_received(sent)
        await close(writer)
        assert await server.end() is None
        await core.until(lambda: core.carried == (len(sent), 0))
    assert core.names == [told]
    assert core.errors == 0


async def test_each_byte_goes_on_at_once(proxy: LoopbackProxy, core: AwaitedSink) -> None:
    async with serving(echo) as server:
        reader, writer = await proxy.tunnel(server.port)
        for at in range(len(hello())):
            byte = hello()[at : at + 1]
            writer.write(byte)
            assert await asyncio.wait_for(reader.readexactly(1), PATIENCE) == byte
        await close(writer)
        await server.end()
    assert core.names == [SNI]


async def test_server_may_speak_first(proxy: LoopbackProxy, core: AwaitedSink) -> None:
    async def greet(server: RecordingServer, reader: StreamReader, writer: StreamWriter) -> None:
        writer.write(b"220 mail.example\r\n")
        await listen(server, reader, writer)

    async with serving(greet) as server:
        reader, writer = await proxy.tunnel(server.port)
        assert await reader.readline() == b"220 mail.example\r\n"
        await close(writer)
        await server.end()
        await core.until(lambda: core.carried == (0, 18))
    assert core.names == [HIDDEN]


async def test_connection_that_carries_nothing_is_not_told(
    proxy: LoopbackProxy, core: AwaitedSink
) -> None:
    async with serving() as server:
        _, writer = await proxy.tunnel(server.port)
        await close(writer)
        assert await server.end() is None
    assert core.sightings == []


async def test_client_that_ends_its_direction_still_gets_the_answer(
    proxy: LoopbackProxy, core: AwaitedSink
) -> None:
    async def answer_late(
        server: RecordingServer, reader: StreamReader, writer: StreamWriter
    ) -> None:
        await listen(server, reader, writer)
        writer.write(b"answer")

    async with serving(answer_late) as server:
        for sent in (b"question", b""):
            reader, writer = await proxy.tunnel(server.port)
            writer.write(sent)
            writer.write_eof()
            assert await asyncio.wait_for(reader.read(), PATIENCE) == b"answer"
            await close(writer)
        await core.until(lambda: core.carried == (8, 12))


async def test_server_that_ends_its_direction_still_gets_the_rest(proxy: LoopbackProxy) -> None:
    async def end_first(
        server: RecordingServer, reader: StreamReader, writer: StreamWriter
    ) -> None:
        writer.write_eof()
        await listen(server, reader, writer)

    async with serving(end_first) as server:
        reader, writer = await proxy.tunnel(server.port)
        assert await reader.read() == b""
        writer.write(b"late")
        await server.until_received(b"late")
        await close(writer)
        assert await server.end() is None


@pytest.mark.parametrize(
    "sent",
    [b"", b"\x16\x03\x01", hello(), hello() + bytes(50_000)],
    ids=["at once", "after three bytes", "after a hello", "after more"],
)
async def test_clients_reset_reaches_the_server(
    proxy: LoopbackProxy, core: AwaitedSink, sent: bytes
) -> None:
    async with serving() as server:
        _, writer = await proxy.tunnel(server.port)
        writer.write(sent)
        await server.until_received(sent)
        reset(writer)
        assert await server.end() is ConnectionResetError
        await core.until(lambda: core.carried == (len(sent), 0))
    assert core.errors == 0


async def test_servers_reset_reaches_the_client(proxy: LoopbackProxy, core: AwaitedSink) -> None:
    async def break_off(
        server: RecordingServer, reader: StreamReader, writer: StreamWriter
    ) -> None:
        await reader.readexactly(len(hello()))
        reset(writer)

    async with serving(break_off) as server:
        reader, writer = await proxy.tunnel(server.port)
        writer.write(hello())
        with pytest.raises(ConnectionResetError):
            await asyncio.wait_for(reader.read(), PATIENCE)
        await close(writer)
    assert core.names == [SNI]


async def test_core_that_fails_does_not_break_a_connection(
    proxy: LoopbackProxy, core: AwaitedSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(sighting: Sighting) -> None:
        raise RuntimeError

    monkeypatch.setattr(core, "receive_sighting", fail)
    async with serving(echo) as server:
        reader, writer = await proxy.tunnel(server.port)
        for sent in (hello(), b"more", b"and more"):
            writer.write(sent)
            assert await reader.readexactly(len(sent)) == sent
        await close(writer)
        await server.end()
    assert core.errors == 1


async def test_name_that_a_proxy_was_asked_for_stands_in_for_a_hidden_one(
    proxy: LoopbackProxy, core: AwaitedSink
) -> None:
    async with serving() as server:
        for sent in (hello(None), hello()):
            _, writer = await proxy.tunnel(server.port, host="localhost")
            writer.write(sent)
            await close(writer)
        await core.until(lambda: len(core.names) == 2)
    assert sorted(core.names) == [("localhost", Evidence.HTTP), SNI]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.7", bytes((192, 0, 2, 7))),
        ("::ffff:192.0.2.7", bytes((192, 0, 2, 7))),
        ("2001:db8::7", bytes.fromhex("20010db8000000000000000000000007")),
        ("fe80::7%eth0", bytes.fromhex("fe800000000000000000000000000007")),
    ],
)
def test_packed_address(host: str, address: bytes) -> None:
    client = Client(peername=(host, 50_000), sockname=(HERE, 8080), timestamp_start=0)
    assert packed_address(client) == address
