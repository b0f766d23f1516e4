"""The layer that passes a connection on undecrypted, and looks as the bytes go by.

It is mitmproxy's own TCP layer, which keeps nothing when told to ignore the content. A byte goes
on whatever the look at it comes to, so nothing that a client sends can stop a connection.
"""

import socket

from mitmproxy.connection import Client, ConnectionState, Server
from mitmproxy.proxy import commands, events, layer
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layers import TCPLayer

from addons.flows.tracker import Tallies, Tally
from addons.names.http_host import is_address
from addons.proxy.socket_control import Wires


class PassOn(TCPLayer):
    """One connection, passed on and tallied."""

    def __init__(self, context: Context, tallies: Tallies, wires: Wires) -> None:
        super().__init__(context, ignore=True)
        self._tallies = tallies
        self._wires = wires
        self._tally: Tally | None = None

    def start(self, event: events.Event) -> layer.CommandGenerator[None]:
        """Connect to the server, and begin the tally; what is refused is refused."""
        yield from super().start(event)
        client, server = self.context.client, self.context.server
        with self._tallies.counted:
            if server.error:
                self._wires.reset(client, client)
            else:
                self._tally = Tally(self._tallies, packed(client), asked_for(server))

    _handle_event = start

    def relay_messages(self, event: events.Event) -> layer.CommandGenerator[None]:
        """Pass on an event, after a look at it."""
        if isinstance(event, events.DataReceived):
            is_up = event.connection is self.context.client
            with self._tallies.counted:
                self._look(event.data, is_up=is_up)
            yield commands.SendData(
                self.context.server if is_up else self.context.client, event.data
            )
            return
        if self._is_reset(event):
            yield from self._reset()
        else:
            yield from super().relay_messages(event)
        if not ConnectionState.CAN_READ & (self.context.client.state | self.context.server.state):
            self._end()

    def _look(self, data: bytes, *, is_up: bool) -> None:
        """Tally what has come; a tally that fails is let go of, so that it fails once."""
        tally, self._tally = self._tally, None
        if tally is None:
            return
        if is_up:
            tally.sent(data)
        else:
            tally.count(down=len(data))
        self._tally = tally

    def _is_reset(self, event: events.Event) -> bool:
        return isinstance(event, events.ConnectionClosed) and self._wires.is_broken(
            self.context.client, event.connection
        )

    def _reset(self) -> layer.CommandGenerator[None]:
        """Reset both sides, as one reset would have done."""
        for connection in (self.context.server, self.context.client):
            if connection.state is not ConnectionState.CLOSED:
                self._wires.reset(self.context.client, connection)
                yield commands.CloseConnection(connection)

    def _end(self) -> None:
        tally, self._tally = self._tally, None
        with self._tallies.counted:
            if tally is not None:
                tally.end()


def packed(client: Client) -> bytes:
    """Pack a client's address: 4 bytes, or 16."""
    host = client.peername[0].partition("%")[0]
    if "." in host:
        host = host.removeprefix("::ffff:")
    return socket.inet_pton(socket.AF_INET6 if ":" in host else socket.AF_INET, host)


def asked_for(server: Server) -> str:
    """Give the hostname that the client asked a proxy to connect to, if it was a name."""
    host = server.address[0] if server.address else ""
    return "" if is_address(host) else host
