"""Which layer a connection gets: in every mode one that passes it on undecrypted."""

from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import Layer
from mitmproxy.proxy.layers.modes import HttpProxy
from mitmproxy.proxy.mode_specs import RegularMode, Socks5Mode, TransparentMode

from addons.flows.tracker import Tallies
from addons.proxy.explicit import Explicit
from addons.proxy.pass_on import PassOn
from addons.proxy.plain_http import PlainHttp
from addons.proxy.socket_control import Wires
from addons.proxy.socks5 import Socks5


class Layers:
    """Makes the layers of one proxy server."""

    def __init__(self, tallies: Tallies, wires: Wires) -> None:
        self._tallies = tallies
        self._wires = wires

    def first(self, context: Context) -> Layer | None:
        """Make the one layer of a connection that has just come in."""
        context.layers.clear()
        match context.client.proxy_mode:
            case RegularMode():
                return Explicit(context, self._tallies, self.pass_on)
            case Socks5Mode():
                return Socks5(context, self.pass_on)
            case TransparentMode():
                return self.pass_on(context)
        return None

    def following(self, context: Context, start: bytes) -> Layer | None:
        """Make the layer after those that mitmproxy made, where it asks for one."""
        if not isinstance(context.layers[-1], HttpProxy):
            return self.pass_on(context)
        if start.startswith(b"\x16"):  # TLS with the proxy itself, which mitmproxy ends
            return None
        return PlainHttp(context, self._tallies)

    def pass_on(self, context: Context) -> Layer:
        """Make the layer that passes on whatever comes."""
        return PassOn(context, self._tallies, self._wires)
