"""The mitmproxy addon: every connection passes undecrypted, and is reported to the core.

`lesrust gateway` makes it with a core. In mitmdump, which is slower, it has an embedded core:

    mitmdump -s addons/classroom.py --mode transparent --set lesrust_config=lesrust.toml
"""

import asyncio
from pathlib import Path

from mitmproxy import ctx
from mitmproxy.addonmanager import Loader
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import Layer, NextLayer
from mitmproxy.proxy.mode_specs import TransparentMode
from mitmproxy.proxy.server_hooks import ServerConnectionHookData

from addons.flows.tracker import FlowTracker
from addons.link.embedded_core import EmbeddedCore
from addons.proxy import mitmproxy_options
from addons.proxy.destinations import NOT_ALLOWED, DestinationPolicy
from addons.proxy.layers import LayerFactory
from addons.proxy.log_filter import filter_all_logs, filter_connection_log
from addons.proxy.socket_control import SocketControl


class Classroom:
    """Chooses the layer of each connection, and reports flows once a second.

    Args:
        tracker: reports the flows.
        embedded_core: opened when the proxy runs; None where the tracker has a sink.
        destinations: what clients of an explicit proxy may be connected to.
    """

    name = "lesrust"

    def __init__(
        self,
        tracker: FlowTracker,
        embedded_core: EmbeddedCore | None = None,
        destinations: DestinationPolicy | None = None,
    ) -> None:
        self.destinations = destinations or DestinationPolicy()
        self._tracker = tracker
        self._embedded_core = embedded_core
        self._timer: asyncio.TimerHandle | None = None

    def load(self, loader: Loader) -> None:
        """Set the options, and filter the log."""
        if self._embedded_core:
            loader.add_option("lesrust_config", str, "lesrust.toml", "Lesrust's configuration.")
        filter_connection_log(self._tracker.count_error)
        mitmproxy_options.set_required_options(loader.master.options)
        self._listeners = loader.master.addons.get("proxyserver")
        self._sockets = SocketControl(self._listeners.connections)
        self._layers = LayerFactory(self._tracker, self._sockets)

    def configure(self, updated: set[str]) -> None:
        """Refuse options that would keep or show traffic; read the configuration."""
        mitmproxy_options.check_options(ctx.master)
        if self._embedded_core and "lesrust_config" in updated:
            settings = self._embedded_core.configure(Path(ctx.options.lesrust_config)).gateway
            self.destinations.set_prefixes(settings.inside, settings.forbidden)

    def running(self) -> None:
        """Start, once, when the proxy listens."""
        if self._timer is None:
            self.destinations.guard_resolution(asyncio.get_running_loop())
            if self._embedded_core:
                service = self._embedded_core.open()
                self._tracker.connect(service, service.clock)
            filter_all_logs(self._tracker.count_error)
            self._tick()

    def _tick(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(1.0, self._tick)
        self._tracker.tick()

    def done(self) -> None:
        """Report the rest, and end."""
        if self._timer:
            self._timer.cancel()
        self._tracker.close()
        if self._embedded_core:
            self._embedded_core.close()

    def first_layer(self, context: Context) -> Layer | None:
        """Return the layer of a new connection, before its first byte."""
        return self._layers.first_layer(context)

    def next_layer(self, nextlayer: NextLayer) -> None:
        """Set the layer that mitmproxy asks for."""
        nextlayer.layer = self._layers.next_layer(nextlayer.context, nextlayer.data_client())

    def server_connect(self, data: ServerConnectionHookData) -> None:
        """Have the client's data wait in the kernel while its server is connected to.

        What an explicit proxy is asked for and may not be reached is refused.
        """
        self._sockets.pause_reading_soon(data.client)
        is_asked_for = not isinstance(data.client.proxy_mode, TransparentMode)
        if is_asked_for and data.server.address is not None:
            listens = self._listeners.listen_addrs()
            self.destinations.own_ports = frozenset(port for _, port, *_ in listens)
            if not self.destinations.allows_literal(*data.server.address[:2]):
                data.server.error = NOT_ALLOWED

    def server_connected(self, data: ServerConnectionHookData) -> None:
        """Resume reading, and have the kernel check that both sides are there."""
        self._sockets.resume_reading(data.client)
        self._sockets.enable_keepalive(data.client)

    def server_connect_error(self, data: ServerConnectionHookData) -> None:
        """Resume reading, to see the client end the connection."""
        self._sockets.resume_reading(data.client)


addons = [Classroom(FlowTracker(), EmbeddedCore())]
