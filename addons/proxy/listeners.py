"""mitmproxy's proxy server, which gives each connection its one layer before the first byte.

By itself mitmproxy asks its addons which layer is to follow when bytes have come; until then it
takes a client that ends its direction for one that has gone. Asking also costs a hook.
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
"""Seconds: much longer than the two minutes after which Linux forgets such a connection."""


class IdleTracker(TimeoutWatchdog):
    """Ends no connection by itself, and only notes whether anything happens on it."""

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
        """Whether nothing has happened since this was last asked."""
        has_rested = self._events == self._events_before
        self._events_before = self._events
        return has_rested


class ProxyListeners(Proxyserver):
    """Listens, and hands each connection to the layer that fits the mode."""

    name = "proxyserver"
    """mitmproxy's master finds it by this name."""

    def __init__(self, first_layer: Callable[[Context], Layer | None]) -> None:
        Proxyserver.__init__(self)
        self._first_layer = first_layer
        self._timer: asyncio.TimerHandle | None = None
        self.failures: dict[str, Exception] = {}
        """What went wrong, by mode, where it could not listen."""

    async def setup_servers(self) -> bool:
        """Listen everywhere, or end: half a gateway would go unnoticed."""
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
        """Begin to sweep."""
        Proxyserver.running(self)
        self._sweep_regularly()

    def _sweep_regularly(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(
            HALF_CLOSED_TIMEOUT, self._sweep_regularly
        )
        self.end_idle_half_closed()

    def end_idle_half_closed(self) -> None:
        """End what is half closed, and was so idle since the last time that nobody is there.

        A side that has closed is not read any more, so the kernel's keep-alive goes unheard. An
        open connection may be idle for ever, as it may without us.
        """
        for handler in tuple(self.connections.values()):
            watchdog = handler.timeout_watchdog
            has_rested = isinstance(watchdog, IdleTracker) and watchdog.was_idle()
            if has_rested and handler.client.state is not ConnectionState.OPEN:
                create_task(handler.on_timeout(), name="end of a rest", keep_ref=True)

    async def stop(self) -> None:
        """Take in no more connections."""
        if self._timer:
            self._timer.cancel()
        await self.servers.update([])

    @contextmanager
    def register_connection(
        self, connection_id: tuple[object, ...] | str, handler: ProxyConnectionHandler
    ) -> Iterator[None]:
        """Put the layer in its place; mitmproxy calls this for each connection that comes in."""
        if first := self._first_layer(handler.layer.context):
            handler.layer = first
        handler.timeout_watchdog = IdleTracker()
        with super().register_connection(connection_id, handler):
            yield
