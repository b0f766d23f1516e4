"""A mitmproxy master with the proxy server and the classroom addon only.

mitmdump calls some forty addons six times for every connection. Here a hook that no addon has is
not dispatched at all, and a connection costs half.
"""

from collections.abc import Callable, Sequence

from mitmproxy.addonmanager import AddonManager, traverse
from mitmproxy.hooks import Hook
from mitmproxy.master import Master
from mitmproxy.options import Options

from addons.classroom import Classroom
from addons.flows.error_counter import ErrorCounter
from addons.proxy.listeners import ProxyListeners


class DirectAddonManager(AddonManager):
    """Calls the addons that have a hook, which it looks up once.

    They are few, known from the start, and synchronous.
    """

    def __init__(self, master: Master, count_error: Callable[[], None]) -> None:
        AddonManager.__init__(self, master)
        self._error_counter = ErrorCounter(count_error)
        self._hooks: dict[str, list[Callable[..., object]]] = {}

    async def handle_lifecycle(self, event: Hook) -> None:
        """Call the addons that have this hook."""
        hooks = self._hooks.get(event.name)
        if hooks is None:
            methods = (getattr(addon, event.name, None) for addon in traverse(self.chain))
            hooks = self._hooks[event.name] = [method for method in methods if method]
        for hook in hooks:
            with self._error_counter:
                hook(*event.args())


class MinimalMaster(Master):
    """Listens in these modes, with this addon."""

    def __init__(
        self,
        modes: Sequence[str],
        classroom: Classroom,
        count_error: Callable[[], None],
        when_running: Callable[[], None],
    ) -> None:
        Master.__init__(self, Options())
        self._when_running = when_running
        self.addons = DirectAddonManager(self, count_error)
        self.listeners = ProxyListeners(classroom.first_layer)
        AddonManager.add(self.addons, self.listeners, classroom)
        Options.update(self.options, mode=list(modes))

    async def running(self) -> None:
        """Say that the proxy listens."""
        await super().running()
        self._when_running()

    async def done(self) -> None:
        """End: first the listeners, then the addon, which reports the rest."""
        await self.listeners.stop()
        await super().done()
