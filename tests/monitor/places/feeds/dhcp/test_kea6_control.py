"""The answer of Kea's control socket of DHCPv6."""

from ipaddress import ip_address
from typing import Any

import pytest

from monitor.places.feeds.dhcp.kea6_control import Kea6ControlFeed
from monitor.places.feeds.dhcp.kea_control import parse_lease
from tests.monitor.places.feeds.dhcp.cast import HOSTNAME, MAC, NOW

LEASE: dict[str, Any] = {
    "cltt": int(NOW) - 60,
    "duid": f"00:01:00:01:31:41:59:26:{MAC}",
    "hostname": HOSTNAME,
    "iaid": 1234,
    "ip-address": "2001:db8::17",
    "preferred-lft": 1800,
    "state": 0,
    "subnet-id": 9,
    "type": "IA_NA",
    "valid-lft": 3600,
}


def test_the_leases_of_dhcpv6_are_asked_for() -> None:
    assert b"lease6-get-all" in Kea6ControlFeed.command


@pytest.mark.parametrize(
    ("more", "hardware"),
    [({}, ""), ({"hw-address": MAC}, ""), ({"hw-address": MAC, "duid": "00:04:aa"}, MAC)],
)
def test_a_lease_says_whose_an_address_is_by_what_is_not_of_its_duid(
    more: dict[str, str], hardware: str
) -> None:
    lease = parse_lease(LEASE | more)
    assert lease is not None
    assert lease.address == ip_address("2001:db8::17").packed
    assert lease.hardware.hex(":") == hardware


def test_a_temporary_address_is_not_taken_for_the_device_s() -> None:
    lease = parse_lease(LEASE | {"type": "IA_TA", "hw-address": MAC, "duid": "00:04:aa"})
    assert lease is not None
    assert lease.hardware == b""


def test_a_whole_prefix_is_no_client_s() -> None:
    assert parse_lease(LEASE | {"type": "IA_PD", "prefix-len": 56}) is None
