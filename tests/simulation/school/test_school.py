from collections import Counter
from ipaddress import IPv4Address

import pytest

from monitor.release.tables import MIN_LAYER_PUPILS
from simulation.school.school import GROUPS, LAYERS, SimulatedSchool


@pytest.mark.parametrize("pupils", [48, 500, 1_200, 1_201, 13_000])
def test_every_pupil_is_in_a_group_and_has_an_address_in_its_room(pupils: int) -> None:
    school = SimulatedSchool(pupils)
    prefixes = {group: school.prefix(group) for group in school.groups}
    own = [device for device in school.devices if device.group]
    assert len(own) == pupils
    assert all(IPv4Address(d.address) in prefixes[d.group] for d in own if d.group)
    assert Counter(d.group for d in own) == {g: school.group_size(g) for g in school.groups}


def test_no_two_devices_share_an_address_and_no_two_rooms_a_prefix() -> None:
    school = SimulatedSchool(1_200)
    assert len({device.address for device in school.devices}) == len(school.devices)
    prefixes = {school.prefix(g, staff=staff) for g in school.groups for staff in (False, True)}
    assert len(prefixes) == 2 * GROUPS
    assert len({group.room for group in school.groups}) == GROUPS == 48


def test_staff_and_guests_have_networks_of_their_own() -> None:
    school = SimulatedSchool(1_200, network=127)
    pupils = [school.prefix(group) for group in school.groups]
    others = [IPv4Address(device.address) for device in school.devices if not device.group]
    assert others
    assert not any(address in prefix for address in others for prefix in pupils)
    assert all(device.address[0] == 127 for device in school.devices)


def test_of_the_usual_school_only_the_last_layers_are_below_the_floor() -> None:
    school = SimulatedSchool(1_200)
    sizes = [school.layer_size(name) for name, _, _ in LAYERS]
    assert sum(sizes) == 1_200
    assert [size >= MIN_LAYER_PUPILS for size in sizes] == [True] * 8 + [False] * 2
