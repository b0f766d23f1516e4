"""What an address leads to, however it is written."""

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.outgoing.destinations import Address, may_be_reached

EVERYTHING = (ip_network("0.0.0.0/0"), ip_network("::/0"))
INSIDE = (ip_network("10.20.0.0/16"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_the_internet_is_reached(address: str) -> None:
    assert may_be_reached(ip_address(address), ())


@pytest.mark.parametrize(
    "address", ["10.20.1.1", "::ffff:10.20.1.1", "fd00::7", "64:ff9b::a14:101"]
)
def test_and_what_is_named_inside(address: str) -> None:
    assert may_be_reached(ip_address(address), INSIDE)
    assert not may_be_reached(ip_address(address), ())


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::1"),
        *("10.21.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "198.18.0.1", "fc00::1"),
    ],
)
def test_nothing_else_is(address: str) -> None:
    assert not may_be_reached(ip_address(address), INSIDE)


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "0.1.2.3", "::", "::ffff:0.0.0.0"),
        *("169.254.169.254", "169.254.1.1", "fe80::1", "::ffff:169.254.169.254"),
        *("64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1"),
        *("fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"),
        *("224.0.0.1", "255.255.255.255", "ff02::1"),
    ],
)
def test_some_are_never_reached_whatever_is_named(address: str) -> None:
    assert not may_be_reached(ip_address(address), EVERYTHING)


@given(st.ip_addresses(v=4))
def test_an_address_in_another_s_clothes_is_judged_as_itself(address: Address) -> None:
    mapped = ip_address(f"::ffff:{address}")
    assert may_be_reached(mapped, INSIDE) == may_be_reached(address, INSIDE)
