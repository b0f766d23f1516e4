"""How many addresses a prefix has left to itself."""

from ipaddress import ip_network

from monitor.places.prefix_sizes import count_own_addresses


def test_a_longer_prefix_takes_its_addresses_from_the_one_around_it() -> None:
    sizes = {
        "10.0.1.0/24": 256 - 128 - 1,
        "10.0.1.0/25": 128 - 64,
        "10.0.1.0/26": 64,
        "10.0.1.200/32": 1,
        "10.0.2.0/24": 256,
        "2001:db8::/64": 2**64,
    }
    networks = {ip_network(name): count for name, count in sizes.items()}
    assert count_own_addresses(networks) == networks
