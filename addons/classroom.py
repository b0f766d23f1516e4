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

from addons.flows.tracker import Tallies
from addons.link.embedded_core import OwnCore
from addons.proxy import stock
from addons.proxy.layers import Layers
from addons.proxy.log_filter import silence_all, silence_connections
from addons.proxy.socket_control import Wires


class Classroom:
    """Answers which layer comes next, and lets time go on."""

    name = "lesrust"

    def __init__(self, tallies: Tallies, own_core: OwnCore | None = None) -> None:
        self._tallies = tallies
        self._own_core = own_core
        self._timer: asyncio.TimerHandle | None = None

    def load(self, loader: Loader) -> None:
        """Make ready to pass on, and to say nothing of it."""
        if self._own_core:
            loader.add_option("lesrust_config", str, "lesrust.toml", "Lesrust's configuration.")
        silence_connections(self._tallies.count_error)
        stock.prepare(loader.master.options)
        self._wires = Wires(loader.master.addons.get("proxyserver").connections)
        self._layers = Layers(self._tallies, self._wires)

    def configure(self, updated: set[str]) -> None:
        """Refuse options that would keep or show something; read the configuration."""
        stock.check(ctx.master)
        if self._own_core and "lesrust_config" in updated:
            self._own_core.configure(Path(ctx.options.lesrust_config))

    def running(self) -> None:
        """Begin, once, when everything listens."""
        if self._timer is None:
            if self._own_core:
                service = self._own_core.open()
                self._tallies.connect(service, service.clock)
            silence_all(self._tallies.count_error)
            self._go_on()

    def _go_on(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(1.0, self._go_on)
        self._tallies.tick()

    def done(self) -> None:
        """Tell the rest, and end."""
        if self._timer:
            self._timer.cancel()
        self._tallies.close()
        if self._own_core:
            self._own_core.close()

    def first_layer(self, context: Context) -> Layer | None:
        """Decide at once; for a proxy server that asks before the first byte."""
        return self._layers.first(context)

    def next_layer(self, nextlayer: NextLayer) -> None:
        """Decide when mitmproxy asks."""
        nextlayer.layer = self._layers.following(nextlayer.context, nextlayer.data_client())

    def server_connect(self, data: ServerConnectionHookData) -> None:
        """Let what the client sends wait in the kernel while its server is connected to."""
        self._wires.hold(data.client)

    def server_connected(self, data: ServerConnectionHookData) -> None:
        """Go on reading, and have the kernel watch that both sides are there."""
        self._wires.let_go(data.client)
        self._wires.keep_alive(data.client)

    def server_connect_error(self, data: ServerConnectionHookData) -> None:
        """Go on reading, to see the client end it."""
        self._wires.let_go(data.client)


addons = [Classroom(Tallies(), OwnCore())]
