"""Which addresses bindings are of, and what they place."""

from ipaddress import IPv6Network, ip_address

import pytest

from monitor.place import Place
from monitor.places.bindings import Binding, Bindings, BindingSource, pack_address

NINE, NIGHT = 1_792_396_800.0, 1_792_432_800.0
PREFIX = ip_address("2001:db8:20:4::").packed[:8]
PRIVATE = ip_address("2001:db8:20:4:a:b:c:d").packed


def binding(place: Place | None, source: BindingSource = BindingSource.RADIUS) -> Binding:
    return Binding(source, b"phone", NINE, NIGHT, place, PRIVATE)


def test_an_address_is_placed_by_its_prefix_only_when_nobody_has_the_address() -> None:
    prefix = (binding(Place("B204")),)
    found = Bindings({PREFIX: prefix}).find(PRIVATE, NINE)
    assert found is not None
    assert Bindings({PREFIX: prefix, PRIVATE: (binding(None),)}).find(PRIVATE, NINE) is None


def test_a_lease_places_an_address_that_radius_knows_and_does_not_place() -> None:
    both = (binding(None), binding(Place("B205"), BindingSource.DHCP))
    found = Bindings({PRIVATE: both}).find(PRIVATE, NINE)
    assert found is not None
    assert found.source is BindingSource.DHCP


@pytest.mark.parametrize(
    "text", ["0.0.0.0", "::", "127.0.0.1", "ff02::1", "169.254.1.2", "fe80::1"]
)
def test_what_is_no_clients_address_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="no client"):
        pack_address(ip_address(text))


def test_a_prefix_is_one_clients_only_when_it_is_a_64() -> None:
    assert pack_address(IPv6Network("2001:db8:20:4::/64")) == PREFIX
    with pytest.raises(ValueError, match="other than"):
        pack_address(IPv6Network("2001:db8:20::/56"))


def test_a_prefix_that_every_link_has_names_no_device() -> None:
    with pytest.raises(ValueError, match="no client"):
        pack_address(IPv6Network("fe80::/64"))
