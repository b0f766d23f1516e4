"""A name leads to those of its addresses that are allowed, or nowhere."""

import socket
from ipaddress import ip_network

import pytest

from schedules.outgoing.policy import ForbiddenDestination, OutgoingPolicy
from tests.schedules.names import Names, names

__all__ = ["names"]

ON_SITE = OutgoingPolicy(inside=(ip_network("10.1.2.3/32"),))
CONFIGURED = OutgoingPolicy(may_mean_this_machine=True)
SERVER = "untis.school.example"


def test_of_several_addresses_the_allowed_ones_are_left(names: Names) -> None:
    names(SERVER, ("10.9.9.9", "8.8.8.8", "127.0.0.1", "1.1.1.1"))
    assert OutgoingPolicy().resolve(SERVER, 443) == ["8.8.8.8", "1.1.1.1"]


@pytest.mark.parametrize("address", ["10.9.9.9", "127.0.0.1", "169.254.169.254", "fe80::1", "::1"])
@pytest.mark.parametrize("policy", [OutgoingPolicy(), ON_SITE, CONFIGURED], ids=str)
def test_a_name_leads_to_nothing_that_is_not(
    policy: OutgoingPolicy, address: str, names: Names
) -> None:
    names(SERVER, (address,))
    with pytest.raises(ForbiddenDestination):
        policy.resolve(SERVER, 443)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "0.0.0.0", "127.0.0.2"])
def test_nor_does_another_way_to_write_this_machine(host: str) -> None:
    with pytest.raises(ForbiddenDestination):
        CONFIGURED.resolve(host, 443)


def test_a_server_of_the_school_is_reached_where_it_is_named(names: Names) -> None:
    names(SERVER, ("10.1.2.3",))
    assert ON_SITE.resolve(SERVER, 443) == ["10.1.2.3"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_who_writes_this_machine_means_it_in_the_configuration_alone(host: str) -> None:
    assert "127.0.0.1" in CONFIGURED.resolve(host, 443)
    with pytest.raises(ForbiddenDestination):
        OutgoingPolicy().resolve(host, 443)


def test_this_machine_by_name_is_itself_and_nothing_else(names: Names) -> None:
    names("localhost", ("10.9.9.9", "127.0.0.1"))
    assert CONFIGURED.resolve("localhost", 443) == ["127.0.0.1"]


def test_a_name_that_nobody_knows_is_said_to_be_so() -> None:
    with pytest.raises(socket.gaierror):
        OutgoingPolicy().resolve("name.invalid", 443)
