"""Controls the sockets of mitmproxy's connections, where its layers cannot.

To a layer a reset looks like an end; and while mitmproxy connects to a server, it reads on and
keeps what the client sends, without a bound. Without a proxy a reset reaches the other side, and a
client can send no more than fits in the kernel: both are preserved here.

It uses public attributes of mitmproxy's connection handlers, and does nothing without a socket.
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
"""Seconds, up to twice as many, in which a client is read while its server is connected to. Most
servers answer in that time, and a network of 1 Gbit/s can send no more than 25 MB in it."""

_LINGER_ZERO = struct.pack("ii", 1, 0)
"""Linger for no time: closing then resets."""


class SocketControl:
    """Controls the sockets of a proxy server's open connections."""

    def __init__(self, handlers: Mapping[Any, ConnectionHandler]) -> None:
        self._handlers = handlers
        self._pausing: dict[str, Client] = {}
        self._paused: set[str] = set()
        self._is_timer_set = False

    def _transport(self, client: Client, connection: Connection) -> Transport | None:
        handler = self._handlers.get(client.id)
        connection_io = handler.transports.get(connection) if handler else None
        writer = connection_io.writer if connection_io else None
        transport = writer.transport if isinstance(writer, StreamWriter) else None
        return transport if isinstance(transport, Transport) else None

    def pause_reading_soon(self, client: Client) -> None:
        """Stop reading from a client after `PAUSE_AFTER`, unless `resume_reading` comes first."""
        self._pausing[client.id] = client
        if not self._is_timer_set:
            self._pause_later()

    def _pause_later(self) -> None:
        """Set the timer for the clients that wait now; one timer serves all."""
        self._is_timer_set = bool(self._pausing)
        if self._is_timer_set:
            loop = asyncio.get_running_loop()
            loop.call_later(PAUSE_AFTER, self._pause, tuple(self._pausing))

    def _pause(self, waiting: tuple[str, ...]) -> None:
        """Have the clients' data wait in the kernel, if they still wait."""
        for client_id in waiting:
            client = self._pausing.get(client_id)
            transport = self._transport(client, client) if client else None
            if transport and not transport.is_closing():
                transport.pause_reading()
                self._paused.add(client_id)
        self._pause_later()

    def resume_reading(self, client: Client) -> None:
        """Resume reading from a client."""
        self._pausing.pop(client.id, None)
        if client.id in self._paused:
            self._paused.discard(client.id)
            if (transport := self._transport(client, client)) and not transport.is_closing():
                transport.resume_reading()

    def enable_keepalive(self, client: Client) -> None:
        """Have the kernel find out, after its two hours, that a side is gone."""
        handler = self._handlers.get(client.id)
        for connection in tuple(handler.transports) if handler else ():
            if (transport := self._transport(client, connection)) and not transport.is_closing():
                transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)

    def was_reset(self, client: Client, connection: Connection) -> bool:
        """Return whether an ended connection was reset: a closed one can still be written to."""
        transport = self._transport(client, connection)
        return transport is not None and transport.is_closing()

    def reset(self, client: Client, connection: Connection) -> None:
        """Reset a connection."""
        if (transport := self._transport(client, connection)) and not transport.is_closing():
            with suppress(OSError):
                transport.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, _LINGER_ZERO)
            transport.abort()
