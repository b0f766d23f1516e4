"""Who looks at itself now; almost always nobody, and then this costs a sighting nothing."""

from monitor.core import Core
from monitor.locate import locate_client
from monitor.own_device.look import Ending, Look
from monitor.sighting import Sighting

MOST_LOOKS = 64


class Looks:
    """All devices that look at themselves.

    The page's thread begins and ends them; the sensor's thread asks `by_device`, and gives them
    what it sees.
    """

    def __init__(self) -> None:
        self.by_device: dict[bytes, Look] = {}

    def see(self, sighting: Sighting, core: Core) -> None:
        """Give a sighting to the device whose it is, if that looks."""
        client, moment = sighting.client, sighting.timestamp
        _, device = locate_client(client, moment, core.snapshot.prefixes, core.bindings)
        look = self.by_device.get(device)
        if look is not None:
            look.give(sighting)

    def begin(self, core: Core, client: bytes, moment: float, browser: str = "") -> Look:
        """Let the device at a packed address look; when it may not, `ending` says why.

        A device looks once: its page before ends. From one address two browsers do not look at a
        time, since they may be two people's.
        """
        look = Look(core, client, moment, browser)
        before = self.by_device.get(look.device)
        if before is not None:
            self._end(before, Ending.REPLACED if before.browser == browser else Ending.SHARED)
        if not core.is_one_device(look.device) or (before and before.ending is Ending.SHARED):
            look.ending = Ending.SHARED
        elif len(self.by_device) >= MOST_LOOKS:
            look.ending = Ending.FULL
        else:
            self.by_device[look.device] = look
        return look

    def close(self, look: Look) -> None:
        """Forget a device: nothing of its look is left."""
        if self.by_device.get(look.device) is look:
            del self.by_device[look.device]

    def _end(self, look: Look, why: Ending) -> None:
        look.ending = look.ending or why
        self.close(look)
