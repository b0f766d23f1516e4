"""The sockets under mitmproxy's connections, for what its layers cannot say.

To a layer a reset looks like an end; and while its server is being connected to, mitmproxy reads
on and keeps what comes, without a bound. Without us a reset would reach the other side, and a
client could send no more than fits in the kernel: both are kept as they would have been.

Everything goes through public attributes of mitmproxy's connection handlers, and does nothing
where there is no socket.
"""

import asyncio
import struct
from asyncio import StreamWriter, Transport
from collections.abc import Mapping
from contextlib import suppress
from socket import SO_KEEPALIVE, SO_LINGER, SOL_SOCKET
from typing import Any

from mitmproxy.connection import Client, Connection
from mitmproxy.proxy.server import ConnectionHandler

PAUSE_AFTER = 0.1
"""Seconds, up to twice this, in which a client is read from while its server is connected to: most
servers answer within them, and all of a network of 1 Gbit/s can send no more than 25 MB."""

_LINGER_ZERO = struct.pack("ii", 1, 0)
"""Linger for no time: what is closed so is reset."""


class SocketControl:
    """Finds the sockets of the connections that a proxy server has open."""

    def __init__(self, handlers: Mapping[Any, ConnectionHandler]) -> None:
        self._handlers = handlers
        self._pausing: dict[str, Client] = {}
        self._paused: set[str] = set()
        self._is_timer_set = False

    def _transport(self, client: Client, connection: Connection) -> Transport | None:
        handler = self._handlers.get(client.id)
        wire = handler.transports.get(connection) if handler else None
        writer = wire.writer if wire else None
        transport = writer.transport if isinstance(writer, StreamWriter) else None
        return transport if isinstance(transport, Transport) else None

    def pause_reading_soon(self, client: Client) -> None:
        """Soon read no more from a client, unless it is let go of before."""
        self._pausing[client.id] = client
        if not self._is_timer_set:
            self._pause_later()

    def _pause_later(self) -> None:
        """Look again at those who are held now; one timer serves all."""
        self._is_timer_set = bool(self._pausing)
        if self._is_timer_set:
            loop = asyncio.get_running_loop()
            loop.call_later(PAUSE_AFTER, self._pause, tuple(self._pausing))

    def _pause(self, before: tuple[str, ...]) -> None:
        """Have what they send wait in the kernel, if they are held still."""
        for key in before:
            client = self._pausing.get(key)
            transport = self._transport(client, client) if client else None
            if transport and not transport.is_closing():
                transport.pause_reading()
                self._paused.add(key)
        self._pause_later()

    def resume_reading(self, client: Client) -> None:
        """Read from a client again."""
        self._pausing.pop(client.id, None)
        if client.id in self._paused:
            self._paused.discard(client.id)
            if (transport := self._transport(client, client)) and not transport.is_closing():
                transport.resume_reading()

    def enable_keepalive(self, client: Client) -> None:
        """Have the kernel find out, in its own two hours, that either side has gone."""
        handler = self._handlers.get(client.id)
        for connection in tuple(handler.transports) if handler else ():
            if (transport := self._transport(client, connection)) and not transport.is_closing():
                transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)

    def was_reset(self, client: Client, connection: Connection) -> bool:
        """Whether a connection that has ended was reset: one that was closed can be written to."""
        transport = self._transport(client, connection)
        return transport is not None and transport.is_closing()

    def reset(self, client: Client, connection: Connection) -> None:
        """Reset a connection."""
        if (transport := self._transport(client, connection)) and not transport.is_closing():
            with suppress(OSError):
                transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, _LINGER_ZERO)
            transport.abort()
