"""A mitmproxy master that holds only the proxy server and the classroom addon.

Stock mitmdump asks some forty addons at six moments of every connection. Here a hook that no
addon listens to is not dispatched at all, and a connection costs half.
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
    """Calls the addons that listen to a hook of a connection, and looks them up once.

    They are few, known from the start, and synchronous.
    """

    def __init__(self, master: Master, count_error: Callable[[], None]) -> None:
        AddonManager.__init__(self, master)
        self._error_counter = ErrorCounter(count_error)
        self._hooks: dict[str, list[Callable[..., object]]] = {}

    async def handle_lifecycle(self, event: Hook) -> None:
        """Dispatch a hook."""
        listening = self._hooks.get(event.name)
        if listening is None:
            found = (getattr(addon, event.name, None) for addon in traverse(self.chain))
            listening = self._hooks[event.name] = [hook for hook in found if hook]
        for hook in listening:
            with self._error_counter:
                hook(*event.args())


class MinimalMaster(Master):
    """Listens in these modes, and passes on what the addon looks at."""

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
        """Tell that everything listens."""
        await super().running()
        self._when_running()

    async def done(self) -> None:
        """End: first what would come in, then what is told of what has."""
        await self.listeners.stop()
        await super().done()
