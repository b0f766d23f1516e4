"""The simulated school: its groups, its devices and their networks.

The simulation has places by prefix alone. So every group keeps its own room, as the lower years of
many schools do, and the teachers move: a room has one network for its group's devices, where each
keeps its address all day, and one for the staff. A group with a free hour stays where it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from itertools import accumulate, pairwise

LAYERS = (
    ("brugklas", "b1", 9),
    ("2 havo", "h2", 6),
    ("2 vwo", "v2", 5),
    ("3 havo", "h3", 6),
    ("3 vwo", "v3", 5),
    ("4 havo", "h4", 5),
    ("5 havo", "h5", 4),
    ("4 vwo", "v4", 4),
    ("5 vwo", "v5", 2),
    ("6 vwo", "v6", 2),
)
"""Name, prefix of its groups' names, and number of groups. The last two layers have too few pupils
for a figure of their own."""
GROUPS = sum(groups for _, _, groups in LAYERS)
FLOORS = 3
MIN_DEVICES = GROUPS
MAX_DEVICES = 100_000
PUPIL_DEVICES_PER_STAFF_DEVICE = 15
GUESTS = 12
"""Devices on a network without a place."""

_USUAL_NETWORK = 10
_MAX_SMALL_GROUP = 250
_STAFF = 100
_NO_PLACE = 200


@dataclass(frozen=True, slots=True)
class PupilGroup:
    """A group of pupils, its layer, and the room it keeps."""

    number: int
    name: str
    layer: str
    room: str


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedDevice:
    """A phone, tablet or laptop, with one address all day. Only pupils' devices are in a group."""

    number: int
    address: bytes
    group: PupilGroup | None


@dataclass(frozen=True)
class SimulatedSchool:
    """The school, derived from the number of its pupils.

    Args:
        pupils: their number; each has one device.
        network: the first number of every address, such as 10 or 127.
    """

    pupils: int
    network: int = _USUAL_NETWORK
    groups: tuple[PupilGroup, ...] = field(init=False)
    devices: tuple[SimulatedDevice, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", tuple(_make_groups()))
        object.__setattr__(self, "devices", tuple(self._make_devices()))

    def group_size(self, group: PupilGroup) -> int:
        """Return the number of pupils in a group."""
        return self.pupils // GROUPS + (group.number < self.pupils % GROUPS)

    def layer_size(self, layer: str) -> int:
        """Return the number of pupils in a layer."""
        return sum(self.group_size(group) for group in self.groups if group.layer == layer)

    def prefix(self, group: PupilGroup, *, staff: bool = False) -> IPv4Network:
        """Return the network of a group's room, for its devices or for the staff's."""
        third = group.number + 1 + _STAFF * staff
        length = 24 if self.pupils <= GROUPS * _MAX_SMALL_GROUP else 16
        return IPv4Network((self._address(third, 0), length))

    def _address(self, second: int, host: int) -> bytes:
        return bytes((self.network, second)) + host.to_bytes(2)

    def _make_devices(self) -> Iterator[SimulatedDevice]:
        number = 0
        for group in self.groups:
            for host in range(1, self.group_size(group) + 1):
                yield SimulatedDevice(number, self._address(group.number + 1, host), group)
                number += 1
        for staff in range(self.pupils // PUPIL_DEVICES_PER_STAFF_DEVICE):
            room = staff % GROUPS
            host = staff // GROUPS + 1
            yield SimulatedDevice(number + staff, self._address(room + 1 + _STAFF, host), None)
        number += self.pupils // PUPIL_DEVICES_PER_STAFF_DEVICE
        for guest in range(1, GUESTS + 1):
            yield SimulatedDevice(number + guest - 1, self._address(_NO_PLACE, guest), None)


def _make_groups() -> Iterator[PupilGroup]:
    last = list(accumulate((groups for _, _, groups in LAYERS), initial=0))
    for (layer, prefix, _), (first, end) in zip(LAYERS, pairwise(last), strict=True):
        for number in range(first, end):
            yield PupilGroup(
                number, f"{prefix}{chr(ord('a') + number - first)}", layer, _room_name(number)
            )


def _room_name(number: int) -> str:
    floor, door = divmod(number, GROUPS // FLOORS)
    return f"{floor + 1}{door + 1:02}"
