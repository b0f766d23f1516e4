"""The local server that every simulated device ends at: it sends what it is asked for."""

import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from simulation.live.processes.certificate import CERTIFICATE, KEY
from simulation.live.processes.child_process import end_with_parent
from simulation.live.processes.transfer_request import SIZE, parse_transfer_request

LOOPBACK = "127.0.0.1"
BETWEEN_PIECES = 0.1
"""Seconds."""


@dataclass(frozen=True, slots=True)
class TlsServerParameters:
    """Where it finds its certificate; told as it begins."""

    folder: Path


def run(pipe: Connection) -> None:
    """Serve, and tell on which port."""
    pipe.send("ready")
    asyncio.run(_serve(pipe.recv(), pipe))


async def _serve(told: TlsServerParameters, pipe: Connection) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(told.folder / CERTIFICATE, told.folder / KEY)
    server = await asyncio.start_server(answer, LOOPBACK, 0, ssl=context, backlog=1024)
    ended = asyncio.Event()
    end_with_parent(ended.set)
    pipe.send(server.sockets[0].getsockname()[1])
    await ended.wait()


async def answer(reader: StreamReader, writer: StreamWriter) -> None:
    """Answer one request, and end the connection."""
    with suppress(OSError, asyncio.IncompleteReadError, ssl.SSLError):
        asked = parse_transfer_request(await reader.readexactly(SIZE))
        await reader.readexactly(asked.up)
        seconds = asked.milliseconds / 1000
        pieces = int(seconds / BETWEEN_PIECES) + 1
        for _ in range(pieces):
            writer.write(bytes(asked.down // pieces))
            await writer.drain()
            await asyncio.sleep(seconds / pieces)
    writer.close()
