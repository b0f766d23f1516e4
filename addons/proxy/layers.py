"""The layer of a connection: in every mode one that passes it through undecrypted."""

from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import Layer
from mitmproxy.proxy.layers.modes import HttpProxy
from mitmproxy.proxy.mode_specs import RegularMode, Socks5Mode, TransparentMode

from addons.flows.tracker import FlowTracker
from addons.proxy.explicit import ExplicitProxyLayer
from addons.proxy.pass_through import PassThroughLayer
from addons.proxy.plain_http import PlainHttpLayer
from addons.proxy.socket_control import SocketControl
from addons.proxy.socks5 import Socks5Layer


class LayerFactory:
    """Makes the layers of one proxy server."""

    def __init__(self, tracker: FlowTracker, sockets: SocketControl) -> None:
        self._tracker = tracker
        self._sockets = sockets

    def first_layer(self, context: Context) -> Layer | None:
        """Return the layer of a new connection; None in an unknown mode."""
        context.layers.clear()
        match context.client.proxy_mode:
            case RegularMode():
                return ExplicitProxyLayer(context, self._tracker, self.pass_through)
            case Socks5Mode():
                return Socks5Layer(context, self.pass_through)
            case TransparentMode():
                return self.pass_through(context)
        return None

    def next_layer(self, context: Context, start: bytes) -> Layer | None:
        """Return the layer after those that mitmproxy made; None where mitmproxy makes it."""
        if not isinstance(context.layers[-1], HttpProxy):
            return self.pass_through(context)
        if start.startswith(b"\x16"):  # TLS with the proxy itself, which mitmproxy terminates
            return None
        return PlainHttpLayer(context, self._tracker)

    def pass_through(self, context: Context) -> Layer:
        """Return the layer that passes everything through."""
        return PassThroughLayer(context, self._tracker, self._sockets)
