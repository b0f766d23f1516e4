"""The mitmproxy addon: every connection passes undecrypted, and the core is told of it.

`lesrust gateway` gives it its core. In mitmdump, which is slower, it opens one itself:

    mitmdump -s addons/classroom.py --mode transparent --set lesrust_config=lesrust.toml
"""

import asyncio
from pathlib import Path

from mitmproxy import ctx
from mitmproxy.addonmanager import Loader
from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import Layer, NextLayer
from mitmproxy.proxy.server_hooks import ServerConnectionHookData

from addons.flows.tracker import FlowTracker
from addons.link.embedded_core import EmbeddedCore
from addons.proxy import mitmproxy_options
from addons.proxy.layers import LayerFactory
from addons.proxy.log_filter import filter_all_logs, filter_connection_log
from addons.proxy.socket_control import SocketControl


class Classroom:
    """Answers which layer comes next, and lets time go on."""

    name = "lesrust"

    def __init__(self, tracker: FlowTracker, embedded_core: EmbeddedCore | None = None) -> None:
        self._tracker = tracker
        self._embedded_core = embedded_core
        self._timer: asyncio.TimerHandle | None = None

    def load(self, loader: Loader) -> None:
        """Make ready to pass on, and to say nothing of it."""
        if self._embedded_core:
            loader.add_option("lesrust_config", str, "lesrust.toml", "Lesrust's configuration.")
        filter_connection_log(self._tracker.count_error)
        mitmproxy_options.set_required_options(loader.master.options)
        self._sockets = SocketControl(loader.master.addons.get("proxyserver").connections)
        self._layers = LayerFactory(self._tracker, self._sockets)

    def configure(self, updated: set[str]) -> None:
        """Refuse options that would keep or show something; read the configuration."""
        mitmproxy_options.check_options(ctx.master)
        if self._embedded_core and "lesrust_config" in updated:
            self._embedded_core.configure(Path(ctx.options.lesrust_config))

    def running(self) -> None:
        """Begin, once, when everything listens."""
        if self._timer is None:
            if self._embedded_core:
                service = self._embedded_core.open()
                self._tracker.connect(service, service.clock)
            filter_all_logs(self._tracker.count_error)
            self._tick()

    def _tick(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(1.0, self._tick)
        self._tracker.tick()

    def done(self) -> None:
        """Tell the rest, and end."""
        if self._timer:
            self._timer.cancel()
        self._tracker.close()
        if self._embedded_core:
            self._embedded_core.close()

    def first_layer(self, context: Context) -> Layer | None:
        """Decide at once; for a proxy server that asks before the first byte."""
        return self._layers.first_layer(context)

    def next_layer(self, nextlayer: NextLayer) -> None:
        """Decide when mitmproxy asks."""
        nextlayer.layer = self._layers.next_layer(nextlayer.context, nextlayer.data_client())

    def server_connect(self, data: ServerConnectionHookData) -> None:
        """Let what the client sends wait in the kernel while its server is connected to."""
        self._sockets.pause_reading_soon(data.client)

    def server_connected(self, data: ServerConnectionHookData) -> None:
        """Go on reading, and have the kernel watch that both sides are there."""
        self._sockets.resume_reading(data.client)
        self._sockets.enable_keepalive(data.client)

    def server_connect_error(self, data: ServerConnectionHookData) -> None:
        """Go on reading, to see the client end it."""
        self._sockets.resume_reading(data.client)


addons = [Classroom(FlowTracker(), EmbeddedCore())]
