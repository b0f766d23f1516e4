"""What one device does in one lesson, and what of it is use of which platform.

The core holds one of these for each device and lesson. For anything else that has a device's
sightings, a capture above all, there is `use`, which needs no timetable.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from monitor.activity.attribution import Claimants, settle
from monitor.activity.uploads import has_sent
from monitor.activity.usage import Use
from monitor.catalogue import Catalogue, HostnameRole
from monitor.sighting import Evidence, Sighting

STRETCH = 3_600.0
"""Seconds that count as one lesson where there is no timetable."""
MOST_OPENED = 250
"""Connections to platforms in one lesson, above which an address is not one device's: the busiest
of 6,800 simulated device-lessons opens 69, and a class behind one address several hundred."""
_CONTENT = frozenset({HostnameRole.APP, HostnameRole.MEDIA})


class PlatformUse(NamedTuple):
    """A platform that a device used."""

    first: float
    """Seconds since 1970-01-01 UTC."""
    platform: str
    sent: bool
    """Whether it sent a photo, a film or a sound recording."""


class DeviceUse:
    """All platforms of one device in one lesson."""

    __slots__ = ("_uses", "layer", "opened")

    def __init__(self, layer: str = "") -> None:
        self.layer = layer
        """The released layer; empty when it is not known."""
        self.opened = 0
        """Connections to platforms: an address that opens too many is not one device's."""
        self._uses: dict[Claimants, Use] = {}

    def see(
        self, claimants: Claimants, role: HostnameRole, moment: float, up: int, down: int
    ) -> None:
        """Add a sighting; the order in which they come does not matter."""
        if len(claimants) > 1 and role not in _CONTENT:
            return  # a shared hostname that shows no use tells nothing of anybody
        use = self._uses.get(claimants)
        if use is None:
            use = self._uses[claimants] = Use()
        use.see(moment, role, up, down)

    @property
    def is_one_device(self) -> bool:
        """Whether this can be one device, and not an address that many share (NAT, a proxy)."""
        return self.opened <= MOST_OPENED

    def forget(self, platforms: Collection[str] | None) -> None:
        """Drop what is, or may be, of these platforms; None means all."""
        gone = [c for c in self._uses if platforms is None or any(one in platforms for one in c)]
        for claimants in gone:
            del self._uses[claimants]

    def used(self) -> Iterator[PlatformUse]:
        """Judge, once: give the platforms that were used, in no order."""
        for platform, use in settle(self._uses).items():
            is_active = use.is_active
            sent = has_sent(use, is_active=is_active)
            if sent or is_active:
                yield PlatformUse(use.first, platform, sent)


def use(sightings: Iterable[Sighting], catalogue: Catalogue) -> dict[str, PlatformUse]:
    """Judge one device's sightings by themselves, an hour at a time, without a timetable.

    Args:
        sightings: all of one device, in any order, over any time.
        catalogue: says what their hostnames are.

    Returns:
        By platform, when it was first used, and whether anything was sent in any of the hours.
    """
    seen = [one for one in sightings if one.evidence is not Evidence.HIDDEN]
    begins = min((one.timestamp for one in seen), default=0.0)
    stretches: dict[int, DeviceUse] = {}
    for one in seen:
        match = catalogue.recognise(one.hostname, one.cname)
        if match is not None and match.role is not HostnameRole.AUTH:
            stretch = stretches.setdefault(int((one.timestamp - begins) // STRETCH), DeviceUse())
            stretch.see(match.candidates, match.role, one.timestamp, one.up, one.down)
    found: dict[str, PlatformUse] = {}
    for device in stretches.values():
        for now in device.used():
            before = found.get(now.platform, now)
            first, sent = min(before.first, now.first), before.sent or now.sent
            found[now.platform] = PlatformUse(first, now.platform, sent)
    return found
