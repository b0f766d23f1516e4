"""The TLS server that every simulated device connects to: it sends the bytes that are requested."""

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
CHUNK_INTERVAL = 0.1
"""Seconds."""


@dataclass(frozen=True, slots=True)
class TlsServerParameters:
    """The parameters of the server, sent when it begins."""

    folder: Path
    """Holds its certificate."""


def run(pipe: Connection) -> None:
    """Serve, and report the port."""
    pipe.send("ready")
    asyncio.run(_serve(pipe.recv(), pipe))


async def _serve(parameters: TlsServerParameters, pipe: Connection) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(parameters.folder / CERTIFICATE, parameters.folder / KEY)
    server = await asyncio.start_server(answer, LOOPBACK, 0, ssl=context, backlog=1024)
    ended = asyncio.Event()
    end_with_parent(ended.set)
    pipe.send(server.sockets[0].getsockname()[1])
    await ended.wait()


async def answer(reader: StreamReader, writer: StreamWriter) -> None:
    """Answer one request, and end the connection."""
    with suppress(OSError, asyncio.IncompleteReadError, ssl.SSLError):
        request = parse_transfer_request(await reader.readexactly(SIZE))
        await reader.readexactly(request.up)
        seconds = request.milliseconds / 1000
        chunks = int(seconds / CHUNK_INTERVAL) + 1
        for _ in range(chunks):
            writer.write(bytes(request.down // chunks))
            await writer.drain()
            await asyncio.sleep(seconds / chunks)
    writer.close()
