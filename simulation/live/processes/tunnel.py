"""Opens a tunnel through a proxy: with HTTP CONNECT, or with SOCKS5."""

from asyncio import StreamReader, StreamWriter
from ipaddress import IPv4Address
from typing import NamedTuple

_SOCKS_GREETING = b"\x05\x01\x00"
_SOCKS_CONNECT = b"\x05\x01\x00\x01"
_SOCKS_ANSWER = 10
"""Bytes, with an IPv4 address."""


class TunnelRefused(Exception):
    """The proxy refuses the tunnel."""


class HostPort(NamedTuple):
    """An address and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


async def open_http_tunnel(reader: StreamReader, writer: StreamWriter, target: HostPort) -> None:
    """Open a tunnel through an HTTP proxy.

    Raises:
        Refused: when the proxy refuses.
    """
    writer.write(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    if answer.split(b" ", 2)[1] != b"200":
        raise TunnelRefused


async def open_socks_tunnel(reader: StreamReader, writer: StreamWriter, target: HostPort) -> None:
    """Open a tunnel through a SOCKS5 proxy (RFC 1928).

    Raises:
        Refused: when the proxy refuses.
    """
    writer.write(_SOCKS_GREETING)
    if await reader.readexactly(2) != b"\x05\x00":
        raise TunnelRefused
    address = IPv4Address(target.host).packed + target.port.to_bytes(2)
    writer.write(_SOCKS_CONNECT + address)
    answer = await reader.readexactly(_SOCKS_ANSWER)
    if answer[1]:
        raise TunnelRefused
