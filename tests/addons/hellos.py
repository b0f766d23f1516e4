"""Real ClientHellos, made by Python's own OpenSSL, and ways to cut and change them."""

import ssl
from functools import cache

HOSTNAME = "www.instagram.com"


@cache
def hello(hostname: str | None = HOSTNAME, protocols: tuple[str, ...] = ()) -> bytes:
    """Give what OpenSSL sends first, in one record."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if protocols:
        context.set_alpn_protocols(list(protocols))
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(incoming, outgoing, server_hostname=hostname)
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        return outgoing.read()
    raise AssertionError("a handshake needs a server")


def message(hostname: str | None = HOSTNAME) -> bytes:
    """Give the handshake message alone, without its record."""
    return hello(hostname)[5:]


def records(handshake: bytes, size: int) -> bytes:
    """Carry a message in records of this size."""
    return b"".join(record(handshake[at : at + size]) for at in range(0, len(handshake), size))


def record(content: bytes, kind: int = 22) -> bytes:
    return bytes((kind, 3, 1)) + len(content).to_bytes(2) + content


def with_extensions(*extensions: tuple[int, bytes]) -> bytes:
    """Make a ClientHello that has these extensions, in this order."""
    packed = b"".join(
        kind.to_bytes(2) + len(content).to_bytes(2) + content for kind, content in extensions
    )
    body = (
        b"\x03\x03"
        + bytes(32)  # version, random
        + b"\x20"
        + bytes(32)  # session
        + b"\x00\x02\x13\x01"  # cipher suites
        + b"\x01\x00"  # compression
        + len(packed).to_bytes(2)
        + packed
    )
    return b"\x01" + len(body).to_bytes(3) + body


def server_name(hostname: bytes, kind: int = 0) -> tuple[int, bytes]:
    entry = bytes((kind,)) + len(hostname).to_bytes(2) + hostname
    return 0, len(entry).to_bytes(2) + entry


def key_share(size: int) -> tuple[int, bytes]:
    return 51, bytes(size)
