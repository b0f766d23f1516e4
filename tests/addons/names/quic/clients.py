"""Real QUIC clients and servers, by aioquic, between which tests carry the datagrams by hand."""

from datetime import UTC, datetime
from functools import cache
from unittest.mock import Mock

from aioquic.asyncio.server import QuicServer
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.connection import QuicConnection
from aioquic.quic.packet import QuicProtocolVersion
from aioquic.tls import CipherSuite
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from addons.names.quic.header import parse_packets
from tests.addons.hellos import HOSTNAME

CLIENT = ("192.0.2.1", 50_000)
SERVER = ("192.0.2.2", 443)

VERSION_1 = QuicProtocolVersion.VERSION_1
VERSION_2 = QuicProtocolVersion.VERSION_2


def client(
    hostname: str | None = HOSTNAME, version: int = VERSION_1, suites: int = 1
) -> QuicConnection:
    """Begin a connection; some hundred cipher suites push the name out of the first datagram."""
    configuration = QuicConfiguration(
        alpn_protocols=["h3"],
        cipher_suites=[CipherSuite.AES_128_GCM_SHA256] * suites,
        original_version=version,
        server_name=hostname,
        supported_versions=[version],
    )
    connection = QuicConnection(configuration=configuration)
    connection.connect(SERVER, now=0)
    return connection


def sent(connection: QuicConnection, now: float = 0) -> list[bytes]:
    """Take the datagrams that a connection wants to send."""
    return [data for data, _ in connection.datagrams_to_send(now=now)]


def acknowledged(connection: QuicConnection, datagram: bytes) -> list[bytes]:
    """Lose all but one datagram, and give what the client sends when it hears only of that one."""
    (packet,) = parse_packets(datagram)
    server = QuicConnection(
        configuration=server_configuration(),
        original_destination_connection_id=packet.destination,
    )
    server.receive_datagram(datagram, CLIENT, now=0.1)
    for answer in sent(server, now=0.2):
        connection.receive_datagram(answer, SERVER, now=0.3)
    timer = connection.get_timer() or 0
    connection.handle_timer(now=timer)
    return sent(connection, now=timer)


def retried(connection: QuicConnection) -> list[bytes]:
    """Have a server ask a client to begin anew, and give what the client then sends.

    A server of aioquic's needs a running event loop, though it does not wait for anything.
    """
    server, transport = (
        QuicServer(
            configuration=QuicConfiguration(is_client=False), create_protocol=Mock(), retry=True
        ),
        Mock(),
    )
    server.connection_made(transport)
    server.datagram_received(sent(connection)[0], CLIENT)
    (answer, _), _ = transport.sendto.call_args
    connection.receive_datagram(answer, SERVER, now=0)
    return sent(connection)


@cache
def server_configuration() -> QuicConfiguration:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOSTNAME)])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2126, 1, 1, tzinfo=UTC))
        .sign(key, SHA256())
    )
    return QuicConfiguration(
        alpn_protocols=["h3"], certificate=certificate, is_client=False, private_key=key
    )
