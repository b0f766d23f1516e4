"""The layer that passes a connection on undecrypted, and looks as the bytes go by.

It is mitmproxy's own TCP layer, which keeps nothing when told to ignore the content. A byte goes
on whatever the look at it comes to, so nothing that a client sends can stop a connection.
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
    """One connection, passed on and tallied."""

    def __init__(self, context: Context, tracker: FlowTracker, sockets: SocketControl) -> None:
        super().__init__(context, ignore=True)
        self._tracker = tracker
        self._sockets = sockets
        self._record: FlowRecord | None = None

    def start(self, event: events.Event) -> layer.CommandGenerator[None]:
        """Connect to the server, and begin the tally; what is refused is refused."""
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
        """Pass on an event, after a look at it."""
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
        """Tally what has come; a tally that fails is let go of, so that it fails once."""
        tally, self._record = self._record, None
        if tally is None:
            return
        if is_up:
            tally.add_client_data(data)
        else:
            tally.add_bytes(down=len(data))
        self._record = tally

    def _is_reset(self, event: events.Event) -> bool:
        return isinstance(event, events.ConnectionClosed) and self._sockets.was_reset(
            self.context.client, event.connection
        )

    def _reset_both(self) -> layer.CommandGenerator[None]:
        """Reset both sides, as one reset would have done."""
        for connection in (self.context.server, self.context.client):
            if connection.state is not ConnectionState.CLOSED:
                self._sockets.reset(self.context.client, connection)
                yield commands.CloseConnection(connection)

    def _finish(self) -> None:
        tally, self._record = self._record, None
        with self._tracker.error_counter:
            if tally is not None:
                tally.finish()


def packed_address(client: Client) -> bytes:
    """Pack a client's address: 4 bytes, or 16."""
    host = client.peername[0].partition("%")[0]
    if "." in host:
        host = host.removeprefix("::ffff:")
    return socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)


def requested_host(server: Server) -> str:
    """Give the hostname that the client asked a proxy to connect to, if it was a name."""
    host = server.address[0] if server.address else ""
    return "" if is_ip_address(host) else host
