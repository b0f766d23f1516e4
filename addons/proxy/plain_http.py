"""Plain `http://` requests to a proxy: mitmproxy's HTTP layer, streaming, recorded and bounded.

Bodies are streamed in both directions, so nothing is stored and nothing waits. The names are those
of the requests; one connection to a proxy can carry requests to several hosts.
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
"""Bytes of one side that may wait for the rest of a head, or for an earlier response."""


class PlainHttpLayer(HttpLayer):
    """The requests of one client over one connection to the proxy."""

    def __init__(self, context: Context, tracker: FlowTracker) -> None:
        super().__init__(context, HTTPMode.regular)
        self._tracker = tracker
        self._record: FlowRecord | None = None
        self._host = ""
        self._waiting: Counter[Connection] = Counter()

    def _handle_event(self, event: events.Event) -> layer.CommandGenerator[None]:
        """Handle an event; the connection is closed if mitmproxy's layer fails on it."""
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
        """Keep nothing: no body, and no message of an upgraded connection."""
        match command:
            case HttpRequestHeadersHook(flow):
                flow.request.stream = True
            case HttpResponseHeadersHook(flow) if flow.response:
                flow.response.stream = True
            case TcpMessageHook(tcp_flow):
                tcp_flow.messages.clear()

    def _has_room(self, event: events.Event, *, has_moved: bool) -> bool:
        """Return whether mitmproxy keeps few enough bytes that it cannot use yet."""
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
                self._finish()  # the tunnel has its own record
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
        """Start a record for this host, unless the last one is for it too."""
        if self._record and host == self._host:
            return
        self._finish()
        self._host = host
        self._record = FlowRecord(self._tracker, packed_address(self.context.client))
        name = "" if is_ip_address(host) else host
        self._record.set_name(name, Evidence.HTTP if name else Evidence.HIDDEN)

    def _finish(self) -> None:
        record, self._record = self._record, None
        if record:
            record.finish()
