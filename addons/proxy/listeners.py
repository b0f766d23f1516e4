"""mitmproxy's proxy server, with a layer for each connection before its first byte.

mitmproxy itself asks its addons for the next layer once bytes came; until then it treats a client
that ends its direction as one that has gone. Asking also costs a hook.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mitmproxy import ctx
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.connection import ConnectionState
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import Layer
from mitmproxy.proxy.mode_servers import ProxyConnectionHandler
from mitmproxy.proxy.server import TimeoutWatchdog
from mitmproxy.utils.asyncio_utils import create_task

HALF_CLOSED_TIMEOUT = 900.0
"""Seconds: Linux itself forgets such a connection after two minutes."""


class IdleTracker(TimeoutWatchdog):
    """Ends no connection, and only notes whether anything happens on it."""

    def __init__(self) -> None:
        TimeoutWatchdog.__init__(self, 0, self.watch)
        self._events = 0
        self._events_before = -1

    def register_activity(self) -> None:
        """Note that something happened."""
        self._events += 1

    async def watch(self) -> None:
        """Do nothing."""

    def was_idle(self) -> bool:
        """Return whether nothing happened since the last call."""
        was_idle = self._events == self._events_before
        self._events_before = self._events
        return was_idle


class ProxyListeners(Proxyserver):
    """Listens, and gives each connection the layer of its mode."""

    name = "proxyserver"
    """mitmproxy's master finds it by this name."""

    def __init__(self, first_layer: Callable[[Context], Layer | None]) -> None:
        Proxyserver.__init__(self)
        self._first_layer = first_layer
        self._timer: asyncio.TimerHandle | None = None
        self.failures: dict[str, Exception] = {}
        """Errors by mode, where it could not listen."""

    async def setup_servers(self) -> bool:
        """Listen in every mode, or end: nobody would notice half a gateway."""
        all_listen = await super().setup_servers()
        if not all_listen:
            self.failures = {
                server.mode.full_spec: server.last_exception
                for server in self.servers
                if server.last_exception
            }
            await self.stop()
            ctx.master.should_exit.set()
        return all_listen

    def running(self) -> None:
        """Start to end idle half-closed connections."""
        Proxyserver.running(self)
        self._sweep_regularly()

    def _sweep_regularly(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(
            HALF_CLOSED_TIMEOUT, self._sweep_regularly
        )
        self.end_idle_half_closed()

    def end_idle_half_closed(self) -> None:
        """End half-closed connections on which nothing happened since the last call.

        A side that has closed is not read any more, so the kernel's keep-alive is not noticed. An
        open connection may be idle for ever, as it may without a proxy.
        """
        for handler in tuple(self.connections.values()):
            watchdog = handler.timeout_watchdog
            is_idle = isinstance(watchdog, IdleTracker) and watchdog.was_idle()
            if is_idle and handler.client.state is not ConnectionState.OPEN:
                create_task(handler.on_timeout(), name="end of a rest", keep_ref=True)

    async def stop(self) -> None:
        """Accept no more connections."""
        if self._timer:
            self._timer.cancel()
        await self.servers.update([])

    @contextmanager
    def register_connection(
        self, connection_id: tuple[object, ...] | str, handler: ProxyConnectionHandler
    ) -> Iterator[None]:
        """Set a connection's layer; mitmproxy calls this for each connection."""
        if first := self._first_layer(handler.layer.context):
            handler.layer = first
        handler.timeout_watchdog = IdleTracker()
        with super().register_connection(connection_id, handler):
            yield
