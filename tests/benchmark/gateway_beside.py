"""What the gateway is measured beside.

`plain` is a master with only mitmproxy's own proxy server and layers, `unseeing` the gateway with
mitmproxy's layer in the place of the one that looks, and `relay` no mitmproxy at all.
"""

import asyncio
import logging
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from mitmproxy.addonmanager import AddonManager
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.master import Master
from mitmproxy.options import Options
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import Layer, NextLayer
from mitmproxy.proxy.layers import HttpLayer, TCPLayer, modes
from mitmproxy.proxy.layers.http import HTTPMode

from addons.flows.tracker import FlowTracker
from addons.proxy import layers
from addons.proxy.listeners import ProxyListeners
from addons.proxy.socket_control import SocketControl
from addons.runtime import process
from addons.runtime.gateway_process import GatewayLoop
from addons.runtime.minimal_master import DirectAddonManager


class PassedOnByMitmproxy(layers.LayerFactory):
    """The gateway's way to a tunnel, and then mitmproxy's own layer, which does not look."""

    def pass_on(self, context: Context) -> Layer:
        return TCPLayer(context, ignore=True)


class NextByMitmproxy:
    """Answers which layer is next with mitmproxy's own."""

    def next_layer(self, nextlayer: NextLayer) -> None:
        context = nextlayer.context
        is_first = isinstance(context.layers[-1], modes.HttpProxy)
        nextlayer.layer = (
            HttpLayer(context, HTTPMode.regular) if is_first else TCPLayer(context, ignore=True)
        )


async def unseeing(listen: Sequence[str]) -> None:
    master = Master(Options())
    master.addons = DirectAddonManager(master, FlowTracker().count_error)
    first = PassedOnByMitmproxy(FlowTracker(), SocketControl({})).first_layer
    await run(master, ProxyListeners(first), [], listen)


async def plain(listen: Sequence[str]) -> None:
    await run(Master(Options()), Proxyserver(), [NextByMitmproxy()], listen)


async def run(
    master: Master, server: Proxyserver, others: Sequence[object], listen: Sequence[str]
) -> None:
    """Run a master that logs nothing, and say where it listens."""
    logging.getLogger("mitmproxy").setLevel(logging.CRITICAL)
    AddonManager.add(master.addons, server, *others)
    Options.update(master.options, mode=list(listen))
    running = asyncio.create_task(master.run())
    while len(server.listen_addrs()) < len(listen):
        await asyncio.sleep(0.01)
    process.tune_gc()
    say(*(f"{host}:{port}" for host, port, *_ in server.listen_addrs()))
    await running


async def relay(listen: Sequence[str]) -> None:
    """Relay with asyncio's streams, and nothing else."""
    for mode, begin in zip(listen, (begin_connect, begin_socks5), strict=True):
        host = mode.partition("@")[2].partition(":")[0]
        server = await asyncio.start_server(relaying(begin), host, 0)
        say("{}:{}".format(*server.sockets[0].getsockname()))
        kept.append(server)
    await asyncio.Event().wait()


kept: list[asyncio.Server] = []

type Begin = Callable[[StreamReader, StreamWriter], Awaitable[tuple[str, int]]]
type Handle = Callable[[StreamReader, StreamWriter], Awaitable[None]]


async def begin_connect(reader: StreamReader, writer: StreamWriter) -> tuple[str, int]:
    host, port = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode().split(":")
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    return host, int(port)


async def begin_socks5(reader: StreamReader, writer: StreamWriter) -> tuple[str, int]:
    await reader.readexactly(3)
    writer.write(b"\x05\x00")
    asked = await reader.readexactly(10)
    writer.write(b"\x05\x00\x00\x01" + bytes(6))
    return ".".join(map(str, asked[4:8])), int.from_bytes(asked[8:])


def relaying(begin: Begin) -> Handle:
    async def handle(reader: StreamReader, writer: StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection(*await begin(reader, writer))
        await asyncio.gather(pump(reader, server_writer), pump(server_reader, writer))
        server_writer.close()
        writer.close()

    return handle


async def pump(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()


def say(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    contender = {"unseeing": unseeing, "plain": plain, "relay": relay}[sys.argv[1]]
    with asyncio.Runner(loop_factory=GatewayLoop) as runner:
        runner.run(contender(sys.argv[2:]))
