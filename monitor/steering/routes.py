"""By which interface a connection leaves, from what `ip -json route` lists."""

import json
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import NamedTuple

from monitor.steering.ruleset import take_fingerprint
from monitor.steering.value_set import ValueSet

_BY_ITSELF = {("all", "local"), ("all", "main"), ("all", "default")}
"""Rules of routing that every machine has: whose packets, and by which table."""
_ANY = {4: "0.0.0.0/0", 6: "::/0"}


class IpRoute(NamedTuple):
    """A destination, and by which interfaces it is reached."""

    prefix: IPv4Network | IPv6Network
    interfaces: tuple[str, ...]
    """Several where they take turns; none where nothing may go there."""
    metric: int

    @property
    def values(self) -> ValueSet:
        """The addresses, as numbers."""
        return ValueSet([(int(self.prefix[0]), int(self.prefix[-1]))])


class RouteTable:
    """The routes of one version of the Internet Protocol.

    Args:
        routes: all of them.
    """

    def __init__(self, routes: Sequence[IpRoute] = ()) -> None:
        self._routes = [
            (route, route.values)
            # The narrowest that fits counts, and of those the one that costs least.
            for route in sorted(routes, key=lambda route: (-route.prefix.prefixlen, route.metric))
        ]

    @property
    def prefixes(self) -> Iterator[ValueSet]:
        """The addresses of each route."""
        for _, values in self._routes:
            yield values

    def leaves_by(self, destination: int) -> tuple[str, ...]:
        """Return the interfaces by which a destination is reached; none: it is not."""
        for route, values in self._routes:
            if destination in values:
                return route.interfaces
        return ()


def parse_routes(text: str, version: int) -> RouteTable:
    """Parse what `ip -json route` lists.

    Raises:
        ValueError: when it is something else.
    """
    return RouteTable([_parse_route(said, version) for said in json.loads(text or "[]")])


def find_policies(text: str) -> dict[str, str]:
    """Find rules by which not every packet takes the same routes, with their fingerprints."""
    return {
        f"ip rule {rule['priority']}": take_fingerprint(rule)
        for rule in json.loads(text or "[]")
        if (rule.get("src"), rule.get("table")) not in _BY_ITSELF or len(rule) > len(_PLAIN)
    }


_PLAIN = ("priority", "src", "table")


def _parse_route(said: dict[str, object], version: int) -> IpRoute:
    text = _ANY[version] if said["dst"] == "default" else str(said["dst"])
    hops = said.get("nexthops") or [said]
    interfaces = [str(hop["dev"]) for hop in hops if "dev" in hop]  # type: ignore[attr-defined]
    if said.get("type", "unicast") != "unicast":
        interfaces = []
    return IpRoute(
        ip_network(text, strict=False), tuple(interfaces), int(str(said.get("metric", 0)))
    )
