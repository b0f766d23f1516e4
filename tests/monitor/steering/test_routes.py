"""By which interface a destination is reached."""

import json
from ipaddress import ip_address

import pytest

from monitor.steering.routes import find_policies, parse_routes

ROUTES = [
    {"dst": "default", "gateway": "203.0.113.2", "dev": "internet"},
    {"dst": "10.20.0.0/16", "dev": "servers", "metric": 100},
    {"dst": "10.20.0.0/16", "dev": "spare", "metric": 200},
    {"type": "unreachable", "dst": "10.9.0.0/16"},
    {"dst": "10.8.0.0/16", "nexthops": [{"dev": "left"}, {"dev": "right"}]},
    {"dst": "10.20.7.7", "dev": "one"},
]
PLAIN = [
    {"priority": 0, "src": "all", "table": "local"},
    {"priority": 32766, "src": "all", "table": "main"},
    {"priority": 32767, "src": "all", "table": "default"},
]


@pytest.mark.parametrize(
    ("destination", "interfaces"),
    [
        ("198.51.100.7", ("internet",)),
        ("10.20.1.1", ("servers",)),
        ("10.20.7.7", ("one",)),
        ("10.9.1.1", ()),
        ("10.8.1.1", ("left", "right")),
    ],
)
def test_the_narrowest_and_cheapest_route_counts(
    destination: str, interfaces: tuple[str, ...]
) -> None:
    table = parse_routes(json.dumps(ROUTES), 4)
    assert table.leaves_by(int(ip_address(destination))) == interfaces


def test_without_a_route_there_is_no_way() -> None:
    assert parse_routes("", 6).leaves_by(1) == ()


def test_what_every_machine_has_is_no_policy() -> None:
    assert find_policies(json.dumps(PLAIN)) == {}


@pytest.mark.parametrize(
    "rule",
    [
        {"priority": 100, "src": "10.30.0.0", "srclen": 16, "table": "100"},
        {"priority": 100, "src": "all", "fwmark": "0x7", "table": "main"},
        {"priority": 100, "src": "all", "iif": "pupils", "table": "main"},
    ],
)
def test_routes_that_are_not_the_same_for_all_are_named(rule: dict[str, object]) -> None:
    assert [*find_policies(json.dumps([*PLAIN, rule]))] == ["ip rule 100"]
