"""What is done to sockets that mitmproxy's layers have no words for."""

import asyncio
import socket

import pytest
from mitmproxy.connection import Client

from addons.proxy import socket_control as wires
from addons.proxy.socket_control import SocketControl
from tests.addons.loopback import (
    HERE,
    AwaitedSink,
    LoopbackProxy,
    close,
    eventually,
    proxying,
    reset,
    serving,
)


def only_client(proxy: LoopbackProxy) -> Client:
    (handler,) = proxy.master.listeners.connections.values()
    return handler.client


def transport(proxy: LoopbackProxy, client: Client) -> asyncio.Transport:
    writer = proxy.master.listeners.connections[client.id].transports[client].writer
    assert isinstance(writer, asyncio.StreamWriter)
    assert isinstance(writer.transport, asyncio.Transport)
    return writer.transport


async def test_client_is_not_read_from_while_its_server_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wires, "PAUSE_AFTER", 0)
    with socket.create_server((HERE, 0), backlog=0) as busy:
        port = busy.getsockname()[1]
        full = [await asyncio.open_connection(HERE, port)]  # what comes now is left waiting
        async with proxying("regular", AwaitedSink()) as proxy:
            _, writer = await proxy.connected()
            writer.write(f"CONNECT {HERE}:{port} HTTP/1.1\r\n\r\n".encode())
            await eventually(lambda: len(proxy.master.listeners.connections) == 1)
            client = only_client(proxy)
            await eventually(lambda: not transport(proxy, client).is_reading())
            reset(writer)
        for _, waiting in full:
            await close(waiting)


async def test_client_that_was_held_is_read_from_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "PAUSE_AFTER", 0)
    async with proxying("regular", AwaitedSink()) as proxy, serving() as server:
        _, writer = await proxy.tunnel(server.port)
        client = only_client(proxy)
        held = SocketControl(proxy.master.listeners.connections)
        held.pause_reading_soon(client)
        await eventually(lambda: not transport(proxy, client).is_reading())
        held.resume_reading(client)
        writer.write(b"goes on")
        await server.until_received(b"goes on")
        held.resume_reading(client)
        await close(writer)


async def test_client_that_is_let_go_in_time_is_not_held() -> None:
    async with proxying("regular", AwaitedSink()) as proxy, serving() as server:
        _, writer = await proxy.tunnel(server.port)
        client = only_client(proxy)
        held = SocketControl(proxy.master.listeners.connections)
        held.pause_reading_soon(client)
        held.resume_reading(client)
        assert transport(proxy, client).is_reading()
        await close(writer)


async def test_both_sides_are_kept_alive_by_the_kernel() -> None:
    async with proxying("regular", AwaitedSink()) as proxy, serving() as server:
        _, writer = await proxy.tunnel(server.port)
        (handler,) = proxy.master.listeners.connections.values()
        for wire in handler.transports.values():
            assert isinstance(wire.writer, asyncio.StreamWriter)
            connection = wire.writer.get_extra_info("socket")
            assert connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        assert len(handler.transports) == 2
        await close(writer)


async def test_connection_without_a_socket_is_left_alone() -> None:
    client = Client(peername=(HERE, 50_000), sockname=(HERE, 8080), timestamp_start=0)
    nothing = SocketControl({})
    nothing.pause_reading_soon(client)
    nothing.resume_reading(client)
    nothing.enable_keepalive(client)
    nothing.reset(client, client)
    assert not nothing.was_reset(client, client)
