"""mitmproxy's SOCKS5 layer, with what follows it decided before the first byte."""

from collections.abc import Callable

from mitmproxy.proxy.context import Context
from mitmproxy.proxy.layer import CommandGenerator, Layer
from mitmproxy.proxy.layers.modes import Socks5Proxy


class Socks5(Socks5Proxy):
    """Hands on to a layer that is made beforehand, where mitmproxy would ask later."""

    def __init__(self, context: Context, follow: Callable[[Context], Layer]) -> None:
        super().__init__(context)
        self._follow = follow

    def finish_start(self) -> CommandGenerator[str | None]:
        """Connect, and go on."""
        self.child_layer = self._follow(self.context)
        return (yield from super().finish_start())
