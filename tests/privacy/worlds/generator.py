"""Makes worlds by chance: what devices do in their stays, and what servers say of them.

A number makes the same world each time, so a failure names the world that it failed in.
"""

from dataclasses import replace
from random import Random

from tests.cast import at
from tests.privacy.worlds.maker import PLATFORMS, WorldMaker
from tests.privacy.worlds.school import DAYS, PERIODS, ROOMS
from tests.privacy.worlds.stays import Device, class_stays, random_stays
from tests.privacy.worlds.world import (
    SchoolNetwork,
    World,
)


def random_world(network: SchoolNetwork, seed: int) -> World:
    """Make a world of at most five devices."""
    random = Random(f"{network}/{seed}")
    persons = random.randint(1, 4)
    devices = [
        Device(f"device {number}", f"person {random.randint(1, persons)}")
        for number in range(random.randint(2, 5))
    ]
    maker = WorldMaker(network, random)
    for stay in random_stays(devices, network, random):
        maker.add_stay(stay)
        for _ in range(random.randint(0, 3)):
            maker.add_random_uses(stay)
    if random.random() < 0.3:
        maker.add_restart(at(random.randint(8, 15), random.randint(0, 59), random.choice(DAYS)))
    world = maker.world(f"random_world({network!r}, {seed})")
    return replace(world, timetable=seed)


def busiest_world(network: SchoolNetwork) -> World:
    """Make a world in which one device is in nine rooms, with nine platforms in each."""
    random = Random(0)
    device = Device("busiest", "busiest")
    maker = WorldMaker(network, random)
    for stay in class_stays([device], ROOMS[::2][:9], network, random=random):
        maker.add_stay(stay)
        for number, platform in enumerate(PLATFORMS):
            family = stay.ipv4 if number % 2 or not maker.counts_ipv6 else stay.ipv6[0]
            maker.add_use(stay, platform, stay.start + 60.0 + number, client=family)
    return maker.world(f"busiest_world({network!r})")


def walking_class_world(phones: int, rooms: int, families: int = 1) -> World:
    """Make a world in which phones walk together through rooms of one layer, a VLAN each.

    Args:
        phones: how many.
        rooms: how many, one after another.
        families: 2 where each uses IPv4 and IPv6, instead of half of them each.
    """
    network = SchoolNetwork.VLAN_A_ROOM
    maker = WorldMaker(network, Random(0))
    devices = [Device(f"phone {number}", f"pupil {number}") for number in range(phones)]
    for stay in class_stays(devices, ROOMS[::2][:rooms], network, random=Random(1)):
        maker.add_stay(stay)
        clients = (stay.ipv4, stay.ipv6[0])
        for client in clients if families > 1 else clients[stay.ipv4[-1] % 2 == 0 :][:1]:
            maker.add_use(stay, "instagram", stay.start + 300.0, client=client)
    return maker.world(f"walking_class_world({phones}, {rooms}, {families})")


def retold_world(network: SchoolNetwork) -> World:
    """Make a world in which DNS tells one device what twelve others would have to be told."""
    maker = WorldMaker(network, Random(0))
    devices = [Device("told", "told"), *(Device(f"{n} other", f"{n} other") for n in range(12))]
    for stay in class_stays(devices, ROOMS[:1], network, random=Random(1)):
        maker.add_stay(stay)
        if stay.device.name == "told":
            for platform in PLATFORMS:
                maker.add_answer(stay, platform, stay.start + 60.0, stay.ipv4)
        else:
            maker.add_use(stay, "instagram", stay.start + 300.0, hostname="")
    return maker.world(f"retold_world({network!r})")


def reused_address_world() -> World:
    """Make a world in which a device leaves, and another gets its address in the same room.

    The first uses four platforms in five lesson hours of the morning, the second four others after.
    """
    network = SchoolNetwork.VLAN_A_ROOM
    maker = WorldMaker(network, Random(0))
    first, second = Device("first", "first"), Device("second", "second")
    morning = class_stays([first], [ROOMS[0]] * 5, network, random=Random(1))
    day = class_stays([second], [ROOMS[0]] * PERIODS, network, random=Random(1))
    for stay, platforms in (
        *((stay, PLATFORMS[:4]) for stay in morning),
        *((stay, PLATFORMS[4:8]) for stay in day[len(morning) :]),
    ):
        maker.add_stay(stay)
        for number, platform in enumerate(platforms):
            maker.add_use(stay, platform, stay.start + 60.0 + number)
    return maker.world("reused_address_world()")


def shared_prefix_world() -> World:
    """Make a world in which RADIUS tells the network's /64 for a device that uses it, and another.

    The other, elsewhere in the school, does nothing at all.
    """
    network = SchoolNetwork.DOT1X
    maker = WorldMaker(network, Random(0))
    user, other = Device("user", "user"), Device("other", "other")
    prefix = b"\x20\x01\x0d\xb8" + bytes(4)
    for number, device in enumerate((user, other)):
        rooms = [ROOMS[2 * number]] * PERIODS
        for stay in class_stays([device], rooms, network, random=Random(1)):
            shared = stay._replace(
                ipv4=bytes((10, 8, number, 9)), ipv6=(prefix + (number + 1).to_bytes(8),)
            )
            maker.add_stay(shared, shows="start")
            for at_once, platform in enumerate(PLATFORMS[:4] if device is user else ()):
                client = prefix + (100 + at_once).to_bytes(8)
                maker.add_use(shared, platform, shared.start + 60.0 + at_once, client=client)
    return maker.world("shared_prefix_world()")


def many_addresses_world(addresses: int) -> World:
    """Make a world in which one device uses a platform from each of many addresses of its /64."""
    network = SchoolNetwork.VLAN_A_ROOM
    maker = WorldMaker(network, Random(0))
    (stay,) = class_stays([Device("many", "many")], ROOMS[:1], network, random=Random(1))
    for number in range(addresses):
        client = stay.prefix + (number + 1).to_bytes(8)
        maker.add_use(stay, "instagram", stay.start + 60.0 + number, client=client)
    return maker.world(f"many_addresses_world({addresses})")
