"""Where connections come in, and how long they may stay."""

import asyncio
import errno
import socket
from asyncio import StreamReader, StreamWriter
from unittest.mock import ANY

import pytest
from mitmproxy.exceptions import OptionsError

from tests.addons.hellos import hello
from tests.addons.loopback import (
    HERE,
    PATIENCE,
    AwaitedSink,
    RecordingServer,
    close,
    echo,
    minimal_master,
    proxying,
    serving,
)


async def test_several_listeners_at_once() -> None:
    core, listens = AwaitedSink(), asyncio.Event()
    master = minimal_master([f"regular@{HERE}:0", "socks5@127.0.0.2:0"], core, listens.set)
    running = asyncio.create_task(master.run())
    await listens.wait()
    (regular, *_), (socks5, *_) = (server.listen_addrs for server in master.listeners.servers)
    async with serving(echo) as server:
        for address, said, answered in (
            (regular, f"CONNECT {HERE}:{server.port} HTTP/1.1\r\n\r\n".encode(), b"HTTP/1.1 200"),
            (socks5, b"\x05\x01\x00", b"\x05\x00"),
        ):
            reader, writer = await asyncio.open_connection(*address[:2])
            writer.write(said)
            assert await reader.readexactly(len(answered)) == answered
            await close(writer)
    master.should_exit.set()
    await running


async def test_all_listen_or_none() -> None:
    with socket.create_server((HERE, 0)) as taken:
        mode = f"regular@{HERE}:{taken.getsockname()[1]}"
        master = minimal_master([f"socks5@{HERE}:0", mode], AwaitedSink(), ANY)
        await master.run()
    assert list(master.listeners.failures) == [mode]
    (failure,) = master.listeners.failures.values()
    assert isinstance(failure, OSError)
    assert failure.errno == errno.EADDRINUSE
    assert master.listeners.listen_addrs() == []


async def test_two_listeners_on_one_port() -> None:
    with pytest.raises(OptionsError, match="same address"):
        minimal_master(["regular@8080", "socks5@8080"], AwaitedSink(), ANY)


async def test_idle_connection_is_never_ended() -> None:
    async with proxying("regular", AwaitedSink()) as proxy, serving() as server:
        _, writer = await proxy.tunnel(server.port)
        (handler,) = proxy.master.listeners.connections.values()
        await asyncio.wait_for(handler.timeout_watchdog.watch(), PATIENCE)
        for _ in range(3):
            proxy.master.listeners.end_idle_half_closed()
        writer.write(hello())
        await server.until_received(hello())
        await close(writer)


async def linger(server: RecordingServer, reader: StreamReader, writer: StreamWriter) -> None:
    """Say one thing for each thing that comes, and do not end when the client does."""
    while await reader.read(65_536):
        writer.write(b"yes")
    server.half_closed.set()
    await server.may_end.wait()


async def test_half_closed_connection_on_which_nothing_happens_is_ended() -> None:
    async with proxying("regular", AwaitedSink()) as proxy, serving(linger) as server:
        reader, writer = await proxy.tunnel(server.port)
        writer.write_eof()
        await asyncio.wait_for(server.half_closed.wait(), PATIENCE)
        proxy.master.listeners.end_idle_half_closed()
        await asyncio.sleep(0)
        assert not reader.at_eof()
        proxy.master.listeners.end_idle_half_closed()
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
        server.may_end.set()
        await close(writer)


async def test_half_closed_connection_that_carries_something_is_left() -> None:
    async def answer_twice(
        server: RecordingServer, reader: StreamReader, writer: StreamWriter
    ) -> None:
        await reader.read()
        writer.write(b"one")
        await server.may_end.wait()
        writer.write(b"two")

    async with proxying("regular", AwaitedSink()) as proxy, serving(answer_twice) as server:
        reader, writer = await proxy.tunnel(server.port)
        writer.write_eof()
        proxy.master.listeners.end_idle_half_closed()
        assert await reader.readexactly(3) == b"one"
        proxy.master.listeners.end_idle_half_closed()
        server.may_end.set()
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b"two"
        await close(writer)


async def test_nothing_comes_in_after_the_end() -> None:
    async with proxying("regular", AwaitedSink()) as proxy:
        pass
    with pytest.raises(ConnectionRefusedError):
        await proxy.connected()


async def test_proxy_does_not_connect_to_itself() -> None:
    async with proxying("regular", AwaitedSink()) as proxy:
        reader, writer = await proxy.connected()
        writer.write(f"CONNECT {HERE}:{proxy.port} HTTP/1.1\r\n\r\n".encode())
        assert (await reader.read()).startswith((b"HTTP/1.1 403 ", b"HTTP/1.1 502 "))
        await close(writer)
