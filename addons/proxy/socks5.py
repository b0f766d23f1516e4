"""mitmproxy's SOCKS5 layer, with the next layer chosen before the first byte."""

from collections.abc import Callable

from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator, Layer
from mitmproxy.proxy.layers.modes import Socks5Proxy


class Socks5Layer(Socks5Proxy):
    """A SOCKS5 layer that makes the next layer itself, where mitmproxy would ask for it later."""

    def __init__(self, context: Context, make_next_layer: Callable[[Context], Layer]) -> None:
        super().__init__(context)
        self._make_next_layer = make_next_layer

    def finish_start(self) -> CommandGenerator[str | None]:
        """Set the next layer, and connect."""
        self.child_layer = self._make_next_layer(self.context)
        return (yield from super().finish_start())
