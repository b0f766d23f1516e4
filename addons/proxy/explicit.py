"""The first layer of an explicit proxy, which clients are set to use: a tunnel, or plain HTTP.

Most clients ask for a tunnel with CONNECT. mitmproxy's HTTP layer can do that too, but it costs as
much as the rest of a connection, and ends both directions where one ends.
"""

from collections.abc import Callable

from mitmproxy.proxy import commands, events, layer
from mitmproxy.proxy.context import Context

from addons.flows.tracker import FlowTracker
from addons.names.http_host import MAX_HEAD_SIZE
from addons.proxy.destinations import NOT_ALLOWED
from addons.proxy.plain_http import PlainHttpLayer

MAX_PORT = 65_535

_CONNECT = b"CONNECT "
_END = b"\r\n\r\n"
_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
_BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class ExplicitProxyLayer(layer.Layer):
    """Waits for what a client asks of the proxy."""

    def __init__(
        self,
        context: Context,
        tracker: FlowTracker,
        make_next_layer: Callable[[Context], layer.Layer],
    ) -> None:
        super().__init__(context)
        self._tracker = tracker
        self._make_next_layer = make_next_layer
        self._head = b""
        self._child: layer.Layer | None = None

    def _handle_event(self, event: events.Event) -> layer.CommandGenerator[None]:
        if self._child is not None:
            yield from self._child.handle_event(event)
        elif isinstance(event, events.DataReceived):
            self._head += event.data
            yield from self._decide()
        elif isinstance(event, events.ConnectionClosed):
            yield commands.CloseConnection(self.context.client)

    def _decide(self) -> layer.CommandGenerator[None]:
        if not self._head.startswith(_CONNECT):
            if not _CONNECT.startswith(self._head):
                yield from self._continue_as(
                    PlainHttpLayer(self.context, self._tracker), self._head
                )
            return
        head, end, rest = self._head.partition(_END)
        if end:
            yield from self._open_tunnel(head, rest)
        elif len(head) > MAX_HEAD_SIZE:
            yield from self._refuse(_BAD_REQUEST)

    def _open_tunnel(self, head: bytes, rest: bytes) -> layer.CommandGenerator[None]:
        address = _parse_destination(head)
        if address is None:
            yield from self._refuse(_BAD_REQUEST)
            return
        self.context.server.address = address
        error = yield commands.OpenConnection(self.context.server)
        if error:
            yield from self._refuse(_FORBIDDEN if NOT_ALLOWED in error else _BAD_GATEWAY)
            return
        yield commands.SendData(self.context.client, _ESTABLISHED)
        yield from self._continue_as(self._make_next_layer(self.context), rest)

    def _continue_as(self, child: layer.Layer, start: bytes) -> layer.CommandGenerator[None]:
        self._head = b""
        self._child = child
        yield from child.handle_event(events.Start())
        if start:
            yield from child.handle_event(events.DataReceived(self.context.client, start))

    def _refuse(self, answer: bytes) -> layer.CommandGenerator[None]:
        yield commands.SendData(self.context.client, answer)
        yield commands.CloseConnection(self.context.client)


def _parse_destination(head: bytes) -> tuple[str, int] | None:
    """Return the host and port of a CONNECT; None where they are malformed."""
    host, _, port = head.split(b" ", 2)[1].rpartition(b":")
    host = host.removeprefix(b"[").removesuffix(b"]")
    if not (host and host.isascii() and port.isdigit() and 0 < int(port[:6]) <= MAX_PORT):
        return None
    return host.decode("ascii"), int(port)
