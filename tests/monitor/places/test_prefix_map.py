"""Which prefix a client's address is in."""

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from monitor.place import IPV4_MAPPED, Place
from monitor.places.prefix_map import PrefixMap

ROOM, CORRIDOR, SCHOOL = Place("1.14"), Place("corridor"), Place("school")
PLACES = PrefixMap(
    [
        (IPv4Network("10.0.0.0/8"), SCHOOL),
        (IPv4Network("10.1.0.0/16"), CORRIDOR),
        (IPv4Network("10.1.14.0/24"), ROOM),
        (IPv6Network("2001:db8:0:14::/64"), ROOM),
        (IPv6Network("2001:db8::/32"), SCHOOL),
    ]
)


def of(address: str) -> Place | None:
    return PLACES.find(ip_address(address).packed)


def test_the_longest_prefix_wins() -> None:
    assert of("10.1.14.7") is ROOM
    assert of("10.1.15.7") is CORRIDOR
    assert of("10.2.0.1") is SCHOOL
    assert of("2001:db8:0:14:a:b:c:d") is ROOM
    assert of("2001:db8:1::1") is SCHOOL


def test_an_address_outside_every_prefix_has_no_place() -> None:
    assert of("192.0.2.1") is None
    assert of("2001:db9::1") is None


def test_an_ipv4_client_of_an_ipv6_socket_is_an_ipv4_client() -> None:
    assert PLACES.find(IPV4_MAPPED + ip_address("10.1.14.7").packed) is ROOM


def test_families_are_not_confused() -> None:
    """A prefix of one family has the same bits as one of the other."""
    places = PrefixMap([(IPv4Network("0.0.0.0/0"), ROOM)])
    assert places.find(ip_address("2001:db8::1").packed) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 32)),
        unique_by=lambda prefix: (prefix[1], prefix[0] >> (32 - prefix[1])),
    ),
    st.integers(0, 2**32 - 1),
)
def test_it_finds_what_a_walk_over_all_prefixes_finds(
    prefixes: list[tuple[int, int]], client: int
) -> None:
    networks = [ip_network((number, length), strict=False) for number, length in prefixes]
    places = PrefixMap(
        (network, Place(str(network))) for network in networks if isinstance(network, IPv4Network)
    )
    holding = [network for network in networks if ip_address(client) in network]
    found = places.find(client.to_bytes(4))
    longest = max(holding, key=lambda network: network.prefixlen, default=None)
    assert (found.room if found else None) == (str(longest) if longest else None)
