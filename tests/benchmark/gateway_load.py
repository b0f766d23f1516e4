"""The connections that the gateway is measured with: real TLS, from this process to a server."""

import asyncio
import ssl
import sys
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

MODES = ("regular", "socks5")
HOSTNAME = "www.instagram.com"
SERVER = "127.0.0.9"
AT_ONCE = 8
QUESTION = bytes(500)
ANSWER = bytes(4_000)


async def load(mode: str, port: int, server: int, context: ssl.SSLContext, count: int) -> None:
    """Make that many connections through a proxy, a few at once."""
    remaining = iter(range(count))

    async def client() -> None:
        for _ in remaining:
            await _ask(mode, port, server, context)

    await asyncio.gather(*(client() for _ in range(AT_ONCE)))


async def _ask(mode: str, port: int, server: int, context: ssl.SSLContext) -> None:
    host = f"127.0.0.{MODES.index(mode) + 1}"
    reader, writer = await asyncio.open_connection(host, port)
    if mode == "regular":
        writer.write(f"CONNECT {SERVER}:{server} HTTP/1.1\r\nHost: {SERVER}\r\n\r\n".encode())
        await reader.readuntil(b"\r\n\r\n")
    else:
        writer.write(b"\x05\x01\x00")
        await reader.readexactly(2)
        address = bytes(map(int, SERVER.split(".")))
        writer.write(b"\x05\x01\x00\x01" + address + server.to_bytes(2))
        await reader.readexactly(10)
    await writer.start_tls(context, server_hostname=HOSTNAME)
    writer.write(QUESTION)
    await reader.readexactly(len(ANSWER))
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()


async def _answer(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(OSError, asyncio.IncompleteReadError):
        await reader.readexactly(len(QUESTION))
        writer.write(ANSWER)
        await reader.read()
    writer.close()


async def _serve(certificate: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = await asyncio.start_server(_answer, SERVER, 0, ssl=context)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


def make_certificate(folder: Path) -> Path:
    """Write a certificate that is valid for an hour, and its key, into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOSTNAME)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOSTNAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1])))
