"""What one device did in one lesson, and which platforms it used.

The core keeps a `DeviceUse` for each device and lesson. Whatever has a device's sightings and no
timetable, such as a capture, uses `judge_sightings`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from monitor.activity.active_use import is_active_use
from monitor.activity.attribution import Candidates, attribute
from monitor.activity.platform_traffic import PlatformTraffic
from monitor.activity.uploads import has_uploaded
from monitor.catalogue import Catalogue, HostnameRole
from monitor.evidence import Evidence
from monitor.sighting import Sighting

HOUR = 3_600.0
"""Seconds that count as one lesson where there is no timetable."""
MAX_CONNECTIONS = 250
"""Connections to platforms in one lesson, above which an address is not one device: the busiest
of 6,800 simulated device-lessons opens 69, and a class behind one address several hundred."""
MAX_IPV4, MAX_IPV6 = 4, 24
"""Addresses of each kind in one lesson, above which a MAC address is a router's or an access
point's. A phone has one of IPv4, two where it moves, and makes some of IPv6 itself."""
MAX_DEVICES = 8
"""Devices in one lesson, above which an account is many people's, such as a set of tablets'."""
_CONTENT = frozenset({HostnameRole.APP, HostnameRole.MEDIA})

type Origin = tuple[int, int]
"""Where a connection came from: how many such origins one device can have in a lesson, and a hash
that is only compared, of an address, or of a device where the unit is a person."""


class UsedPlatform(NamedTuple):
    """A platform that a device used."""

    first_contact: float
    """Seconds since 1970-01-01 UTC."""
    platform: str
    has_uploaded: bool
    """Whether it sent a photo, a film or a sound recording."""


class DeviceUse:
    """The traffic of one device in one lesson, with all platforms."""

    __slots__ = ("_origins", "_traffic", "connections", "is_staff", "layer")

    def __init__(self, layer: str = "", *, is_staff: bool = False) -> None:
        self.layer = layer
        """The released layer; empty when it is not known."""
        self.is_staff = is_staff
        """Whether all of it was at places of staff."""
        self.connections = 0
        """Connections to platforms: an address that opens too many is not one device."""
        self._traffic: dict[Candidates, PlatformTraffic] = {}
        self._origins: tuple[Origin, ...] | None = ()
        """None when there are more than one device can have."""

    def add(
        self, candidates: Candidates, role: HostnameRole, timestamp: float, up: int, down: int
    ) -> None:
        """Add a sighting; their order does not matter."""
        if len(candidates) > 1 and role not in _CONTENT:
            return  # an embed or background of a shared hostname says nothing about any platform
        traffic = self._traffic.get(candidates)
        if traffic is None:
            traffic = self._traffic[candidates] = PlatformTraffic()
        traffic.add(timestamp, role, up, down)

    def add_origin(self, origin: Origin) -> None:
        """Note where a connection came from."""
        if self._origins is None or origin in self._origins:
            return
        self._origins += (origin,)
        limit, _ = origin
        if sum(kind == limit for kind, _ in self._origins) > limit:
            self._origins = None

    @property
    def is_one_device(self) -> bool:
        """Whether this can be one device, and not what many share (NAT, a proxy, a router)."""
        return self.connections <= MAX_CONNECTIONS and self._origins is not None

    def forget(self, platforms: Collection[str] | None) -> Mapping[Candidates, PlatformTraffic]:
        """Drop the traffic that is, or may be, with these platforms, and return it.

        Args:
            platforms: those; None means all.
        """
        covered = [candidates for candidates in self._traffic if is_with(candidates, platforms)]
        return {candidates: self._traffic.pop(candidates) for candidates in covered}

    def add_forgotten(self, forgotten: Mapping[Candidates, PlatformTraffic]) -> None:
        """Add what the same device's use elsewhere has dropped."""
        for candidates, traffic in forgotten.items():
            self._traffic.setdefault(candidates, PlatformTraffic()).add_all(traffic)

    def used_platforms(self) -> Iterator[UsedPlatform]:
        """Judge the traffic, once, and yield the platforms that were used, in no order."""
        for platform, traffic in attribute(self._traffic).items():
            is_active = is_active_use(traffic)
            uploaded = has_uploaded(traffic, is_active=is_active)
            if uploaded or is_active:
                yield UsedPlatform(traffic.first_contact, platform, uploaded)


def is_with(candidates: Candidates, platforms: Collection[str] | None) -> bool:
    """Say whether traffic is, or may be, with some of these platforms; None means all."""
    return platforms is None or any(platform in platforms for platform in candidates)


def judge_sightings(sightings: Iterable[Sighting], catalogue: Catalogue) -> dict[str, UsedPlatform]:
    """Judge one device's sightings by themselves, an hour at a time, without a timetable.

    Args:
        sightings: all of one device, in any order, over any time.
        catalogue: knows what their hostnames are.

    Returns:
        The used platforms by name, with the first contact and any upload of all hours together.
    """
    named = [sighting for sighting in sightings if sighting.evidence is not Evidence.HIDDEN]
    start = min((sighting.timestamp for sighting in named), default=0.0)
    hours: dict[int, DeviceUse] = {}
    for sighting in named:
        match = catalogue.recognise(sighting.hostname, sighting.cname)
        if match is not None and match.role is not HostnameRole.AUTH:
            hour = int((sighting.timestamp - start) // HOUR)
            hours.setdefault(hour, DeviceUse()).add(
                match.candidates, match.role, sighting.timestamp, sighting.up, sighting.down
            )
    used: dict[str, UsedPlatform] = {}
    for device in hours.values():
        for platform in device.used_platforms():
            before = used.get(platform.platform, platform)
            used[platform.platform] = platform._replace(
                first_contact=min(before.first_contact, platform.first_contact),
                has_uploaded=before.has_uploaded or platform.has_uploaded,
            )
    return used
