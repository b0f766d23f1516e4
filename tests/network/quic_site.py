"""The website over QUIC, by aioquic: python -m tests.network.quic_site CERTIFICATE KEY SIZE."""

import asyncio
import subprocess
import sys
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aioquic.asyncio.client import connect
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.asyncio.server import serve
from aioquic.quic.configuration import QuicConfiguration

from tests.network.street import SITE, Street

PROTOCOL = "lesrust-test"
ROOT = Path(__file__).parents[2]


@contextmanager
def quic_site(street: Street, certificate: Path, size: int) -> Iterator[None]:
    """Answer each stream with so many bytes."""
    files = [str(certificate), str(certificate.with_suffix(".key"))]
    command = [sys.executable, "-m", "tests.network.quic_site", *files, str(size)]
    with (
        street.inside("outside"),
        subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as server,
    ):
        assert server.stdout
        try:
            assert server.stdout.readline() == b"listening\n"
            yield
        finally:
            server.terminate()


async def get(hostname: str, certificate: Path) -> bytes:
    """Get the page as a browser does over QUIC."""
    configuration = QuicConfiguration(alpn_protocols=[PROTOCOL], server_name=hostname)
    configuration.load_verify_locations(str(certificate))
    async with connect(SITE, 443, configuration=configuration) as client:
        reader, writer = await client.create_stream()
        writer.write(b"GET /page")
        writer.write_eof()
        return await reader.read()


async def _listen(certificate: str, key: str, page: bytes) -> None:
    configuration = QuicConfiguration(alpn_protocols=[PROTOCOL], is_client=False)
    configuration.load_cert_chain(Path(certificate), Path(key))

    async def answer(reader: StreamReader, writer: StreamWriter) -> None:
        await reader.read()
        writer.write(page)
        writer.write_eof()

    def handle(reader: StreamReader, writer: StreamWriter) -> None:
        answering.add(task := asyncio.ensure_future(answer(reader, writer)))
        task.add_done_callback(answering.discard)

    answering: set[asyncio.Future[None]] = set()
    await serve(
        "::",
        443,
        configuration=configuration,
        create_protocol=QuicConnectionProtocol,
        stream_handler=handle,
    )
    print("listening", flush=True)  # noqa: T201 (who started it waits for this)
    await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(_listen(sys.argv[1], sys.argv[2], bytes(int(sys.argv[3]))))
