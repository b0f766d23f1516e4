"""Real processes of the sensor, as an administrator starts them, and what they print."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.addons.loopback import PATIENCE, Streams

CLIENT = "127.0.0.77"
"""Where clients come from: an address that nothing else has."""
START = 240.0
"""Seconds in which a process must have started, on a busy machine too."""

CONFIGURATION = """
[school]
name = "College"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"
[identity]
unit = "address"
reused = false
[[layer]]
name = "3 havo"
pupils = 250
[[place]]
prefixes = ["127.0.0.0/8"]
room = "101"
[metrics]
listen = "127.0.0.1:0"
[health]
listen = "127.0.0.1:0"
"""
INSIDE = '[gateway]\ninside = ["127.0.0.0/8", "::1/128"]\n'
"""Servers of tests are on this machine."""


def configuration(folder: Path, more: str = "") -> Path:
    path = folder / "lesrust.toml"
    path.write_text(CONFIGURATION + ("" if "[gateway]" in more else INSIDE) + more)
    return path


@dataclass
class RunningProcess:
    """A process, and all that it has printed."""

    process: asyncio.subprocess.Process
    printed: str = ""

    async def until_printed(self, text: str, times: int = 1) -> str:
        """Wait for a text, and give the line that has it."""
        assert self.process.stdout is not None
        async with asyncio.timeout(START):
            while self.printed.count(text) < times:
                line = (await self.process.stdout.readline()).decode()
                assert line, f"it ended:\n{self.printed}"
                self.printed += line
        return next(line for line in self.printed.splitlines() if text in line)

    async def ended(self) -> int:
        """Wait for the end, and give the exit code."""
        assert self.process.stdout is not None
        async with asyncio.timeout(START):
            self.printed += (await self.process.stdout.read()).decode()
            return await self.process.wait()


@asynccontextmanager
async def running(*command: str | Path, **environment: str) -> AsyncIterator[RunningProcess]:
    # The settings of the tests' own Django are not those of a sensor.
    ours = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *map(str, command),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=ours | {"PYTHONUNBUFFERED": "1"} | environment,
    )
    try:
        yield RunningProcess(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def connect(port: int, server: int, host: str = "127.0.0.1") -> Streams:
    """Ask a proxy for a tunnel, from the clients' own address."""
    connection = socket.socket()
    connection.setblocking(False)
    connection.bind((CLIENT, 0))
    await asyncio.get_running_loop().sock_connect(connection, ("127.0.0.1", port))
    reader, writer = await asyncio.open_connection(sock=connection)
    writer.write(f"CONNECT {host}:{server} HTTP/1.1\r\n\r\n".encode())
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
    assert answer.startswith(b"HTTP/1.1 200 ")
    return reader, writer
