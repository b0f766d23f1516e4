"""mitmproxy's proxy server, which gives each connection its one layer before the first byte.

By itself mitmproxy asks its addons which layer is to follow when bytes have come; until then it
takes a client that ends its direction for one that has gone. Asking also costs a hook.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mitmproxy import ctx
from mitmproxy.addons.proxyserver import Proxyserver
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import Layer
from mitmproxy.proxy.mode_servers import ProxyConnectionHandler
from mitmproxy.proxy.server import TimeoutWatchdog


class Unwatched(TimeoutWatchdog):
    """Never ends a connection for being idle: what has gone, the kernel's keep-alive finds."""

    def __init__(self) -> None:
        TimeoutWatchdog.__init__(self, 0, self.watch)

    def register_activity(self) -> None:
        """Do nothing."""

    async def watch(self) -> None:
        """Do nothing."""


class Listeners(Proxyserver):
    """Listens, and hands each connection to the layer that fits the mode."""

    name = "proxyserver"
    """mitmproxy's master finds it by this name."""

    def __init__(self, first_layer: Callable[[Context], Layer | None]) -> None:
        Proxyserver.__init__(self)
        self._first_layer = first_layer
        self._unwatched = Unwatched()
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

    async def stop(self) -> None:
        """Take in no more connections."""
        await self.servers.update([])

    @contextmanager
    def register_connection(
        self, connection_id: tuple[object, ...] | str, handler: ProxyConnectionHandler
    ) -> Iterator[None]:
        """Put the layer in its place; mitmproxy calls this for each connection that comes in."""
        if first := self._first_layer(handler.layer.context):
            handler.layer = first
        handler.timeout_watchdog = self._unwatched
        with super().register_connection(connection_id, handler):
            yield
