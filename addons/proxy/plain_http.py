"""Plain `http://` requests to a proxy: mitmproxy's HTTP layer, streaming, tallied and bounded.

Bodies are streamed in both directions, so that nothing is stored and nothing waits. The names are
those of the requests; one connection to a proxy can carry requests to several hosts.
"""

from collections import Counter
from typing import TypeGuard

from mitmproxy.connection import Connection
from mitmproxy.proxy import commands, events, layer
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layers.http import HttpLayer, HTTPMode
from mitmproxy.proxy.layers.http._hooks import (
    HttpConnectHook,
    HttpRequestHeadersHook,
    HttpResponseHeadersHook,
)
from mitmproxy.proxy.layers.tcp import TcpMessageHook

from addons.flows.tracker import FlowRecord, FlowTracker
from addons.names.http_host import is_ip_address
from addons.proxy.pass_through import packed_address
from monitor.evidence import Evidence

MAX_WAITING = 262_144
"""Bytes of one side that may wait for the rest of a head, or for an earlier request's answer."""


class PlainHttpLayer(HttpLayer):
    """All requests that one client makes over one connection to the proxy."""

    def __init__(self, context: Context, tracker: FlowTracker) -> None:
        super().__init__(context, HTTPMode.regular)
        self._tracker = tracker
        self._record: FlowRecord | None = None
        self._host = ""
        self._waiting: Counter[Connection] = Counter()

    def _handle_event(self, event: events.Event) -> layer.CommandGenerator[None]:
        """Handle an event; when mitmproxy's layer fails over it, the connection is closed."""
        goes_on = False
        with self._tracker.error_counter:
            has_moved = False
            for command in super()._handle_event(event):
                has_moved = True
                self._keep_nothing(command)
                self._record_command(command)
                yield command
            goes_on = self._has_room(event, has_moved=has_moved)
        if not goes_on:
            yield commands.CloseConnection(self.context.client)
        self._record_event(event)

    def _keep_nothing(self, command: commands.Command) -> None:
        """Have nothing kept: no body, and no message of what a request was upgraded to."""
        match command:
            case HttpRequestHeadersHook(flow):
                flow.request.stream = True
            case HttpResponseHeadersHook(flow) if flow.response:
                flow.response.stream = True
            case TcpMessageHook(tcp_flow):
                tcp_flow.messages.clear()

    def _has_room(self, event: events.Event, *, has_moved: bool) -> bool:
        """Bound what mitmproxy keeps of bytes that brought it no further."""
        if not isinstance(event, events.DataReceived):
            return True
        self._waiting[event.connection] += len(event.data)
        if has_moved:
            del self._waiting[event.connection]
        return self._waiting[event.connection] <= MAX_WAITING

    def _record_command(self, command: commands.Command) -> None:
        with self._tracker.error_counter:
            if isinstance(command, HttpRequestHeadersHook):
                self._start_record(command.flow.request.host)
            elif isinstance(command, HttpConnectHook):
                self._finish()  # the tunnel has a tally of its own
            elif self._is_answer(command) and self._record:
                self._record.add_bytes(down=len(command.data))

    def _is_answer(self, command: commands.Command) -> TypeGuard[commands.SendData]:
        return isinstance(command, commands.SendData) and command.connection is self.context.client

    def _record_event(self, event: events.Event) -> None:
        with self._tracker.error_counter:
            if self._record is None or not isinstance(event, events.ConnectionEvent):
                return
            if event.connection is self.context.client:
                if isinstance(event, events.DataReceived):
                    self._record.add_bytes(up=len(event.data))
                elif isinstance(event, events.ConnectionClosed):
                    self._finish()

    def _start_record(self, host: str) -> None:
        """Tally what follows for this host: a new contact, unless it goes on with the last."""
        if self._record and host == self._host:
            return
        self._finish()
        self._host = host
        self._record = FlowRecord(self._tracker, packed_address(self.context.client))
        name = "" if is_ip_address(host) else host
        self._record.set_name(name, Evidence.HTTP if name else Evidence.HIDDEN)

    def _finish(self) -> None:
        tally, self._record = self._record, None
        if tally:
            tally.finish()
