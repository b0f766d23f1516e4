"""The layer that passes a connection through undecrypted, and records its bytes.

It is mitmproxy's own TCP layer, which keeps nothing when it ignores the content. A byte is passed
on even if recording it fails, so nothing that a client sends can stop a connection.
"""

import socket

from mitmproxy.connection import Client, ConnectionState, Server
from mitmproxy.proxy import commands, events, layer
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layers import TCPLayer

from addons.flows.tracker import FlowRecord, FlowTracker
from addons.names.http_host import is_ip_address
from addons.proxy.socket_control import SocketControl


class PassThroughLayer(TCPLayer):
    """One connection, passed through and recorded."""

    def __init__(self, context: Context, tracker: FlowTracker, sockets: SocketControl) -> None:
        super().__init__(context, ignore=True)
        self._tracker = tracker
        self._sockets = sockets
        self._record: FlowRecord | None = None

    def start(self, event: events.Event) -> layer.CommandGenerator[None]:
        """Connect to the server, and start the record; a refusal is passed on."""
        yield from super().start(event)
        client, server = self.context.client, self.context.server
        with self._tracker.error_counter:
            if server.error:
                self._sockets.reset(client, client)
            else:
                self._record = FlowRecord(
                    self._tracker, packed_address(client), requested_host(server)
                )

    _handle_event = start

    def relay_messages(self, event: events.Event) -> layer.CommandGenerator[None]:
        """Record an event, and pass it on."""
        if isinstance(event, events.DataReceived):
            is_up = event.connection is self.context.client
            with self._tracker.error_counter:
                self._record_bytes(event.data, is_up=is_up)
            yield commands.SendData(
                self.context.server if is_up else self.context.client, event.data
            )
            return
        if self._is_reset(event):
            yield from self._reset_both()
        else:
            yield from super().relay_messages(event)
        if not ConnectionState.CAN_READ & (self.context.client.state | self.context.server.state):
            self._finish()

    def _record_bytes(self, data: bytes, *, is_up: bool) -> None:
        """Record data; a record that fails is dropped, so that it fails once."""
        record, self._record = self._record, None
        if record is None:
            return
        if is_up:
            record.add_client_data(data)
        else:
            record.add_bytes(down=len(data))
        self._record = record

    def _is_reset(self, event: events.Event) -> bool:
        return isinstance(event, events.ConnectionClosed) and self._sockets.was_reset(
            self.context.client, event.connection
        )

    def _reset_both(self) -> layer.CommandGenerator[None]:
        """Reset both sides, as a reset without a proxy does."""
        for connection in (self.context.server, self.context.client):
            if connection.state is not ConnectionState.CLOSED:
                self._sockets.reset(self.context.client, connection)
                yield commands.CloseConnection(connection)

    def _finish(self) -> None:
        record, self._record = self._record, None
        with self._tracker.error_counter:
            if record is not None:
                record.finish()


def packed_address(client: Client) -> bytes:
    """Return a client's packed address: 4 bytes, or 16."""
    host = client.peername[0].partition("%")[0]
    if "." in host:
        host = host.removeprefix("::ffff:")
    return socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)


def requested_host(server: Server) -> str:
    """Return the hostname that the client asked a proxy for; "" for an address."""
    host = server.address[0] if server.address else ""
    return "" if is_ip_address(host) else host
