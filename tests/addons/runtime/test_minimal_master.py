"""Hooks reach the addons that listen to them, and an addon that raises breaks nothing."""

from collections.abc import Callable

from mitmproxy.addonmanager import AddonManager
from mitmproxy.proxy.server_hooks import ServerConnectionHookData

from tests.addons.hellos import hello
from tests.addons.loopback import AwaitedSink, close, echo, proxying, serving


class Listening:
    """An addon that listens to one hook."""

    def __init__(self, then: Callable[[], None]) -> None:
        self._then = then
        self.heard: list[ServerConnectionHookData] = []

    def server_connected(self, data: ServerConnectionHookData) -> None:
        self.heard.append(data)
        self._then()


async def test_addon_hears_what_it_listens_to() -> None:
    addon = Listening(lambda: None)
    async with proxying("regular", AwaitedSink()) as proxy, serving() as server:
        AddonManager.add(proxy.master.addons, addon)
        _, writer = await proxy.tunnel(server.port)
        await close(writer)
    assert [data.server.address for data in addon.heard] == [("127.0.0.1", server.port)]


async def test_addon_that_raises_breaks_nothing() -> None:
    def fail() -> None:
        raise RuntimeError

    core = AwaitedSink()
    async with proxying("regular", core) as proxy, serving(echo) as server:
        AddonManager.add(proxy.master.addons, Listening(fail))
        reader, writer = await proxy.tunnel(server.port)
        writer.write(hello())
        assert await reader.readexactly(len(hello())) == hello()
        await close(writer)
        await server.end()
    assert core.errors == 1
    assert len(core.names) == 1
